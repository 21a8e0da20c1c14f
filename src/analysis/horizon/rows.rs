//! `horizon.csv`: one row a design point and outcome.

use super::course::{Course, verdict};
use super::flag::{Flag, flags};
use super::lengths::{Lengths, Look};
use super::mean::Mean;
use super::seen::{Seen, counted};
use crate::analysis::compare::{Good, SMALL, Verdict, groups};
use crate::analysis::summary::Summary;
use crate::experiment::Experiment;
use crate::measure::{Outcome, RUN};
use serde::Serialize;
use std::collections::BTreeMap;

/// What half, the whole and twice the horizon say of an outcome at a design point. Totals, their
/// changes and differences are a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The design point.
    pub design_id: u64,
    /// Its scenario.
    pub scenario: String,
    /// Its arm; empty where there are none.
    pub arm: String,
    /// The outcome.
    pub outcome: &'static str,
    /// Its unit; of a total, a year.
    pub unit: String,
    /// The horizon in months.
    pub months: u32,
    /// Runs in which it is defined at the horizon.
    pub n: u64,
    /// Mean after half, the whole and twice the horizon.
    pub means: [Option<f64>; 3],
    /// The smallest change that matters.
    pub smallest: Option<f64>,
    /// Change from the horizon to twice of it.
    pub change: Option<Mean>,
    /// What the length of the run does to it.
    pub flags: Vec<Flag>,
    /// The difference from the baseline; none of the baseline itself.
    pub against: Option<Against>,
}

/// A difference from the baseline, at each look.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Against {
    /// The design point of the baseline.
    pub baseline_id: u64,
    /// Mean paired difference at each look, of the same runs.
    pub differences: [Option<Mean>; 3],
    /// Its verdict at each look, against the smallest difference that matters at the horizon.
    pub verdicts: [Option<Verdict>; 3],
    /// What became of it from half the horizon to the whole.
    pub to_whole: Option<Course>,
    /// What becomes of it from the horizon to twice of it.
    pub to_double: Option<Course>,
}

/// What was seen at one design point: for each outcome of a run, in the catalogue's order.
pub type Point = (u64, Lengths, Vec<Seen>);

/// The rows of all outcomes that are defined somewhere, by design point and outcome. `smallest` has
/// the smallest differences of interest that were stated, of totals over the whole run; others are .2
/// standard deviations between runs: of changes those of the design point, of differences those
/// of the baseline, both at the horizon.
#[must_use]
pub fn rows(
    experiment: &Experiment,
    points: &[Point],
    smallest: &BTreeMap<String, f64>,
) -> Vec<Row> {
    let groups = groups(experiment);
    let pairs = groups
        .iter()
        .flat_map(crate::analysis::compare::Group::pairs);
    let baselines: BTreeMap<u64, u64> = pairs.map(|(id, baseline, _)| (id, baseline)).collect();
    let place = |id: u64| points.iter().find(|(other, ..)| *other == id);
    let mut found = Vec::new();
    for here in points {
        let baseline = baselines.get(&here.0).and_then(|id| place(*id));
        let names = experiment.point(here.0);
        for (at, outcome) in RUN.iter().enumerate() {
            let stated = smallest.get(outcome.name).copied();
            let Some(mut row) = row(here, at, outcome, stated) else {
                continue;
            };
            row.scenario
                .clone_from(&experiment.scenarios[names.scenario].name);
            row.arm.clone_from(&experiment.arms[names.arm].id);
            row.against = baseline.map(|there| against((here, there), at, outcome, stated));
            found.push(row);
        }
    }
    found
}

/// What was stated of a total over the run, a year.
fn stated_a_year(stated: Option<f64>, outcome: &Outcome, lengths: &Lengths) -> Option<f64> {
    let months = counted(outcome.name, lengths.whole);
    stated.map(|stated| months.map_or(stated, |months| stated * 12.0 / f64::from(months.max(1))))
}

/// The row of an outcome without its difference; none where it is defined nowhere.
fn row(
    (id, lengths, all): &Point,
    at: usize,
    outcome: &Outcome,
    stated: Option<f64>,
) -> Option<Row> {
    let seen = &all[at];
    let a_year = seen.a_year(outcome.name, lengths);
    let means = Look::ALL.map(|look| Summary::of(a_year.at(look)).mean);
    means.iter().find_map(|mean| *mean)?;
    let whole = Summary::of(&a_year.whole);
    let smallest = stated_a_year(stated, outcome, lengths).or(whole.sd.map(|sd| SMALL * sd));
    let total = counted(outcome.name, lengths.whole).is_some();
    Some(Row {
        design_id: *id,
        scenario: String::new(),
        arm: String::new(),
        outcome: RUN[at].name,
        unit: outcome.unit.to_owned() + if total { " a year" } else { "" },
        months: lengths.whole,
        n: whole.n,
        means,
        smallest,
        change: Mean::of_change(&a_year.whole, &a_year.double),
        flags: smallest.map_or(Vec::new(), |zone| flags(outcome, seen, &a_year, zone)),
        against: None,
    })
}

/// The difference of a design point from its baseline.
fn against(
    (here, there): (&Point, &Point),
    at: usize,
    outcome: &Outcome,
    stated: Option<f64>,
) -> Against {
    let of = |point: &Point| point.2[at].a_year(outcome.name, &point.1);
    let (design, baseline) = (of(here), of(there));
    let apart = Look::ALL.map(|look| -> Vec<f64> {
        let both = design.at(look).iter().zip(baseline.at(look));
        both.map(|(one, other)| one - other).collect()
    });
    let differences = [0, 1, 2].map(|look| Mean::of(&apart[look]));
    let paired = baseline.whole.iter().zip(&apart[1]);
    let paired: Vec<f64> = paired
        .filter(|(_, one)| !one.is_nan())
        .map(|(value, _)| *value)
        .collect();
    let zone =
        stated_a_year(stated, outcome, &there.1).or(Summary::of(&paired).sd.map(|sd| SMALL * sd));
    let good = Good::of(outcome.name);
    let verdicts = differences.map(|one| Some(verdict(&one?, zone?, good)));
    let course = |shorter: usize, longer: usize| {
        let change = Mean::of_change(&apart[shorter], &apart[longer])?;
        Some(Course::of(
            &differences[shorter]?,
            &differences[longer]?,
            &change,
            zone?,
        ))
    };
    Against {
        baseline_id: there.0,
        differences,
        verdicts,
        to_whole: course(0, 1),
        to_double: course(1, 2),
    }
}

impl Row {
    /// The names of the columns of `horizon.csv`.
    pub const COLUMNS: [&'static str; 24] = [
        "design_id",
        "scenario",
        "arm",
        "outcome",
        "unit",
        "months",
        "n",
        "half",
        "whole",
        "double",
        "smallest",
        "change",
        "change_low",
        "change_high",
        "flag",
        "baseline_id",
        "difference_half",
        "difference_whole",
        "difference_double",
        "verdict_half",
        "verdict_whole",
        "verdict_double",
        "to_whole",
        "to_double",
    ];

    /// The fields of its line; empty where missing.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        let change = self.change;
        let numbers = [
            self.smallest,
            change.map(|change| change.value),
            change.map(|change| change.ninety_five.low),
            change.map(|change| change.ninety_five.high),
        ];
        let flags: Vec<&str> = self.flags.iter().map(|flag| flag.word()).collect();
        let against = self.against.as_ref();
        let differences = against.map_or([None; 3], |one| one.differences);
        let verdicts = against.map_or([None; 3], |one| one.verdicts);
        let courses = [
            against.and_then(|one| one.to_whole),
            against.and_then(|one| one.to_double),
        ];
        let baseline = against.map_or(String::new(), |one| one.baseline_id.to_string());
        [self.design_id.to_string()]
            .into_iter()
            .chain([
                self.scenario.clone(),
                self.arm.clone(),
                self.outcome.to_owned(),
            ])
            .chain([
                self.unit.clone(),
                self.months.to_string(),
                self.n.to_string(),
            ])
            .chain(self.means.into_iter().chain(numbers).map(number))
            .chain([flags.join(" "), baseline])
            .chain(differences.map(|one| number(one.map(|one| one.value))))
            .chain(verdicts.map(|one| one.map_or(String::new(), |one| one.word().to_owned())))
            .chain(courses.map(|one| one.map_or(String::new(), |one| one.word().to_owned())))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two arms at a horizon of two years, with three replicates; of all outcomes but wins nothing is
    /// known.
    fn found(smallest: &[(&str, f64)]) -> Vec<Row> {
        let text = "extends = \"trust-board\"\n[[arms]]\nid = \"a\"\n[[arms]]\nid = \"b\"\nset.context.hierarchy = 0.9\n";
        let scenario = crate::scenario::from_text("plan", text, &[]).unwrap();
        let experiment = Experiment::of("plan", vec![scenario], None).unwrap();
        let lengths = Lengths {
            half: Some(12),
            whole: 24,
            double: Some(48),
            left_out: Vec::new(),
        };
        let point = |id: u64, [half, whole, double]: [[f64; 3]; 3]| -> Point {
            let all = RUN.iter().map(|outcome| match outcome.name {
                "wins" => Seen {
                    half: half.to_vec(),
                    whole: whole.to_vec(),
                    double: double.to_vec(),
                    stays: vec![f64::NAN; 3],
                },
                _ => Seen::default(),
            });
            (id, lengths.clone(), all.collect())
        };
        let points = [
            point(
                0,
                [[10.0, 12.0, 14.0], [20.0, 24.0, 28.0], [40.0, 48.0, 56.0]],
            ),
            point(
                1,
                [[12.0, 14.0, 16.0], [24.0, 28.0, 32.0], [44.0, 52.0, 60.0]],
            ),
        ];
        let smallest = smallest
            .iter()
            .map(|(name, value)| ((*name).to_owned(), *value));
        rows(&experiment, &points, &smallest.collect())
    }

    /// A year the baseline has 10, 12 and 14 at each look, sd 2, so that .4 matters; the design has
    /// 2 more after one and two years, and 1 more after four.
    #[test]
    fn a_difference_of_totals_worked_by_hand() {
        let rows = found(&[]);
        assert_eq!(rows.len(), 2);
        let (baseline, design) = (&rows[0], &rows[1]);
        assert_eq!(
            (baseline.means, baseline.smallest),
            ([Some(12.0); 3], Some(0.4))
        );
        assert_eq!(
            (baseline.unit.as_str(), baseline.months, baseline.n),
            ("wins a year", 24, 3)
        );
        assert_eq!(
            (baseline.flags.as_slice(), &baseline.against),
            (&[Flag::Monotone][..], &None)
        );
        assert_eq!(design.means, [Some(14.0), Some(14.0), Some(13.0)]);
        assert_eq!(design.change.map(|change| change.value), Some(-1.0));
        assert_eq!(design.flags, [Flag::Drifting, Flag::Monotone]);
        let against = design.against.as_ref().unwrap();
        assert_eq!(against.baseline_id, 0);
        let differences = against.differences.map(|one| one.map(|one| one.value));
        assert_eq!(differences, [Some(2.0), Some(2.0), Some(1.0)]);
        assert_eq!(against.verdicts, [Some(Verdict::Better); 3]);
        assert_eq!(against.to_whole, Some(Course::Holds));
        assert_eq!(against.to_double, Some(Course::Fades));
        assert_eq!(design.fields().len(), Row::COLUMNS.len());
        assert_eq!(design.fields()[14..18].join(","), "drifting monotone,0,2,2");
    }

    /// Three wins in the two years are 1.5 a year: less than 2, and more than 1 and than its loss.
    #[test]
    fn a_stated_smallest_is_over_the_whole_run() {
        let rows = found(&[("wins", 3.0)]);
        assert_eq!(rows[1].smallest, Some(1.5));
        assert_eq!(rows[1].flags, [Flag::Monotone]);
        let against = rows[1].against.as_ref().unwrap();
        let [better, equivalent] = [Verdict::Better, Verdict::Equivalent].map(Some);
        assert_eq!(against.verdicts, [better, better, equivalent]);
        assert_eq!(against.to_double, Some(Course::Fades));
    }
}

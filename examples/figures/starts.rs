//! The good and the bad start: do trust and commitment part, and how much of it is feedback?

use crate::sample::{Estimate, Failure, head, minus, of_months, row, sample, setup};
use commonground::report::palette::{Colour, arm};
use commonground::report::{self, Band, Heading, LineChart, LinePanel, Series};
use std::path::Path;

const STARTS: [&str; 2] = ["virtuous", "vicious"];
const OUTCOMES: [&str; 2] = ["trust", "commitment"];
/// Months of the tables.
const MONTHS: [usize; 4] = [1, 12, 36, 60];

const GAIN: &str = "mechanisms.commitment.feedback";
/// The rates by which what became of joint action comes back to leaders.
const RESULTS: [&str; 4] = [
    GAIN,
    "mechanisms.commitment.progress",
    "mechanisms.commitment.expectation_rate",
    "mechanisms.renewal.failing",
];
/// With them those by which decisions do.
const EVENTS: [&str; 7] = [
    GAIN,
    "mechanisms.commitment.progress",
    "mechanisms.commitment.expectation_rate",
    "mechanisms.renewal.failing",
    "mechanisms.commitment.agreement",
    "mechanisms.commitment.impasse",
    "mechanisms.commitment.imposition",
];

/// One series a run.
type Paths = Vec<Vec<f64>>;

/// Both starts, with some rates at zero.
struct Arm {
    label: &'static str,
    /// By outcome, then by start.
    paths: Vec<[Paths; 2]>,
}

impl Arm {
    fn of(label: &'static str, off: &[&str], runs: u64) -> Result<Self, Failure> {
        let mut records = Vec::new();
        for name in STARTS {
            let mut start = setup(name)?;
            for path in off {
                if !start.mechanisms.set(path, 0.0) {
                    return Err(format!("there is no rate {path}").into());
                }
            }
            records.push(sample(&start, runs));
        }
        let of = |outcome: &&str| -> Result<[Paths; 2], Failure> {
            Ok([
                of_months(&records[0], outcome)?,
                of_months(&records[1], outcome)?,
            ])
        };
        let paths = OUTCOMES.iter().map(of).collect::<Result<_, _>>()?;
        Ok(Self { label, paths })
    }

    /// Good start minus bad start, run by run, in a month from 1.
    fn gap(&self, outcome: usize, month: usize) -> Vec<f64> {
        let [good, bad] = &self.paths[outcome];
        minus(&at(good, month), &at(bad, month))
    }

    fn widening(&self, outcome: usize, from: usize, to: usize) -> Vec<f64> {
        minus(&self.gap(outcome, to), &self.gap(outcome, from))
    }
}

fn at(paths: &Paths, month: usize) -> Vec<f64> {
    paths.iter().map(|path| path[month - 1]).collect()
}

/// Prints the tables and draws the chart.
pub(crate) fn report(runs: u64) -> Result<(), Failure> {
    let arms = [
        Arm::of("all rates as they are", &[], runs)?,
        Arm::of("`feedback` at zero", &[GAIN], runs)?,
        Arm::of("all rates of results at zero", &RESULTS, runs)?,
        Arm::of("those of decisions too", &EVENTS, runs)?,
    ];
    for (index, outcome) in OUTCOMES.iter().enumerate() {
        println!("\n**{outcome}**, {runs} runs\n");
        levels(&arms, index);
        println!();
        gaps(&arms, index);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/model");
    report::save(&chart(&arms[0], &arms[2]), &folder, "starts")?;
    println!("\nChart: {}", folder.join("starts.svg").display());
    Ok(())
}

/// Both starts by themselves.
fn levels(arms: &[Arm], outcome: usize) {
    println!(
        "{}",
        head(&["start", "rates", "month 1", "month 60", "months 36 to 60"])
    );
    for arm in arms {
        for (name, paths) in STARTS.iter().zip(&arm.paths[outcome]) {
            let [first, before, last] = [1, 36, 60].map(|month| at(paths, month));
            println!(
                "{}",
                row(&[
                    (*name).to_owned(),
                    arm.label.to_owned(),
                    Estimate::of(&first).text(3),
                    Estimate::of(&last).text(3),
                    Estimate::of(&minus(&last, &before)).text(4),
                ])
            );
        }
    }
}

/// The gap between them, and what of its widening goes with the rates.
fn gaps(arms: &[Arm], outcome: usize) {
    let months = MONTHS.map(|month| format!("gap in month {month}"));
    let mut titles: Vec<&str> = vec!["rates"];
    titles.extend(months.iter().map(String::as_str));
    titles.extend(["widening, months 1 to 60", "less than with all rates by"]);
    println!("{}", head(&titles));
    let whole = arms[0].widening(outcome, 1, 60);
    for arm in arms {
        let widening = arm.widening(outcome, 1, 60);
        let mut cells = vec![arm.label.to_owned()];
        cells.extend(MONTHS.map(|month| Estimate::of(&arm.gap(outcome, month)).text(4)));
        cells.push(Estimate::of(&widening).text(4));
        cells.push(if std::ptr::eq(arm, &arms[0]) {
            String::new()
        } else {
            Estimate::of(&minus(&whole, &widening)).text(4)
        });
        println!("{}", row(&cells));
    }
}

/// A line with the interval of its mean.
fn line(label: &str, colour: Colour, months: &[Vec<f64>]) -> Series {
    let estimates: Vec<Estimate> = months.iter().map(|values| Estimate::of(values)).collect();
    Series {
        label: label.to_owned(),
        colour,
        mean: estimates.iter().map(|estimate| estimate.mean).collect(),
        bands: vec![Band {
            low: estimates.iter().map(|estimate| estimate.low).collect(),
            high: estimates.iter().map(|estimate| estimate.high).collect(),
        }],
        single_runs: Vec::new(),
    }
}

fn chart(with: &Arm, without: &Arm) -> LineChart {
    let arms = [
        (with, "", [1, 2], 0),
        (without, ", results not felt", [6, 5], 4),
    ];
    let mut panels = Vec::new();
    for (index, outcome) in OUTCOMES.iter().enumerate() {
        let levels = arms.iter().flat_map(|(arm_of, what, colours, _)| {
            let starts = STARTS.iter().zip(&arm_of.paths[index]).zip(colours);
            starts.map(move |((name, paths), colour)| {
                let months: Vec<Vec<f64>> = (1..=60).map(|month| at(paths, month)).collect();
                line(&format!("{name}{what}"), arm(*colour), &months)
            })
        });
        let gaps = arms.iter().map(|(arm_of, what, _, colour)| {
            let months: Vec<Vec<f64>> = (1..=60)
                .map(|month| arm_of.widening(index, 1, month))
                .collect();
            line(&format!("gap{what}"), arm(*colour), &months)
        });
        panels.push((
            format!("{outcome}: both starts"),
            format!("{outcome}, 0 to 1"),
            levels.collect(),
        ));
        panels.push((
            format!("{outcome}: the gap since month 1"),
            "virtuous minus vicious".to_owned(),
            gaps.collect(),
        ));
    }
    let last = |outcome: usize| Estimate::of(&with.widening(outcome, 1, 60)).mean;
    let cut = |outcome: usize| Estimate::of(&without.widening(outcome, 1, 60)).mean;
    LineChart {
        marks: Vec::new(),
        heading: Heading {
            title: "A good and a bad start drift apart, whether results are felt or not".to_owned(),
            caption: "Scenarios virtuous and vicious, which differ from baseline in starting trust, history and interdependence alone; \
                the same luck in all four arms. Results not felt: every rate by which wins, failures and progress come back to leaders is zero."
                .to_owned(),
            alt: format!(
                "Four line charts over 60 months. Trust and commitment rise from the virtuous start and fall from the vicious one. \
                 The gap in trust widens by {:.3}, or {:.3} where results are not felt; that in commitment by {:.2}, or {:.2}.",
                last(0), cut(0), last(1), cut(1)
            ),
        },
        months: (1..=60).collect(),
        bands: vec!["95 % interval of the mean".to_owned()],
        runs: with.paths[0][0].len(),
        panels: panels
            .into_iter()
            .map(|(title, y_title, series)| LinePanel { title, y_title, y_range: None, series, context: Vec::new() })
            .collect(),
        columns: 2,
    }
}

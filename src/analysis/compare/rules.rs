//! Where a design fails: the futures in which it is no better than its baseline, as limits on the factors
//! that nobody can choose (scenario discovery, Bryant & Lempert 2010; [`prim`](crate::analysis::prim)).
//!
//! Means over replicates say in which futures a design is better. The rarer side is looked for: the futures in
//! which it is not, or, where that is most of them, those in which it is.

use super::frame::Group;
use super::ranks::Table;
use super::uncertain::{Named, Uncertain, numbered, regions};
use crate::analysis::prim::LEAST_ROWS;
use serde::Serialize;

/// In which futures a design is better than its baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exceptions {
    /// First design point of the design.
    pub design_id: u64,
    /// Its scenario.
    pub scenario: String,
    /// Its arm.
    pub arm: String,
    /// The outcome, of which one way is good.
    pub outcome: &'static str,
    /// Futures in which both have a value.
    pub futures: u64,
    /// Those in which its mean is better.
    pub better: u64,
    /// What the boxes are of: the futures in which it is better, where these are the fewer.
    pub of_better: bool,
    /// The regions in which these futures lie.
    pub boxes: Vec<Named>,
    /// Why no region was looked for; empty where one was.
    pub too_few: String,
}

/// For each design but the baseline where it is better and where not, in one outcome; none in fewer than 40
/// futures. `factors` are those of the futures of the group.
#[must_use]
pub fn exceptions(
    table: &Table,
    group: &Group,
    factors: &[Uncertain],
    outcome: &'static str,
    seed: u64,
) -> Vec<Exceptions> {
    if table.futures() < LEAST_ROWS {
        return Vec::new();
    }
    let all: Vec<usize> = (0..table.replicates()).collect();
    let means: Vec<Vec<f64>> = (0..table.futures())
        .map(|future| table.means_in(future, &all))
        .collect();
    let of_design = |at: usize| {
        let pair = |future: &usize| (means[*future][at], means[*future][group.baseline]);
        let known = |future: &usize| {
            let (design, baseline) = pair(future);
            !design.is_nan() && !baseline.is_nan()
        };
        let futures: Vec<usize> = (0..means.len()).filter(known).collect();
        let better = |future: &usize| {
            let (design, baseline) = pair(future);
            design > baseline
        };
        let better: Vec<bool> = futures.iter().map(better).collect();
        let times = better.iter().filter(|better| **better).count();
        let of_better = 2 * times < futures.len();
        let cases: Vec<bool> = better.iter().map(|better| *better == of_better).collect();
        let there = factors.iter().map(|one| one.at(&futures));
        let found = regions(&there.collect::<Vec<_>>(), &cases, seed);
        let design = &group.designs[at];
        Exceptions {
            design_id: design.design_id,
            scenario: design.scenario.clone(),
            arm: design.arm.clone(),
            outcome,
            futures: futures.len() as u64,
            better: times as u64,
            of_better,
            too_few: found
                .as_ref()
                .err()
                .map_or(String::new(), |few| few.words()),
            boxes: found.unwrap_or_default(),
        }
    };
    let designs = (0..group.designs.len()).filter(|at| *at != group.baseline);
    designs.map(of_design).collect()
}

impl Exceptions {
    /// The names of the columns of `rules.csv`, one row a restriction.
    pub const COLUMNS: [&'static str; 17] = [
        "design_id",
        "scenario",
        "arm",
        "outcome",
        "cases",
        "box",
        "factor",
        "parameter",
        "low",
        "high",
        "levels",
        "quasi_p",
        "coverage",
        "density",
        "mass",
        "chance",
        "futures",
    ];

    /// Its lines; empty where missing.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<String>> {
        let cases = match self.of_better {
            true => "better",
            false => "not better",
        };
        let line = |(number, fields): (u64, Vec<String>)| {
            let of_design = [
                self.scenario.clone(),
                self.arm.clone(),
                self.outcome.to_owned(),
            ];
            std::iter::once(self.design_id.to_string())
                .chain(of_design)
                .chain([cases.to_owned(), number.to_string()])
                .chain(fields)
                .chain([self.futures.to_string()])
                .collect()
        };
        numbered(&self.boxes).map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::compare::{Good, groups, uncertain};
    use crate::analysis::prim::Values;
    use crate::experiment::Experiment;

    fn experiment(text: &str) -> Experiment {
        let scenario = crate::scenario::from_text("plan", text, &[]).unwrap();
        Experiment::of("plan", vec![scenario], None).unwrap()
    }

    const TEXT: &str = "extends = \"trust-board\"
[design]
kind = \"latin_hypercube\"
size = 100
[[factors]]
id = \"rules\"
parameter = \"forums.ground_rules\"
low = 0.0
high = 1.0
[[factors]]
id = \"hierarchy\"
parameter = \"context.hierarchy\"
low = 0.0
high = 1.0
[[arms]]
id = \"a\"
[[arms]]
id = \"b\"
set.forums.chair = { kind = \"neutral\" }
";

    /// A hundred futures; `b` is better by one where `better` says so of the two factors, else worse by one.
    fn found(better: impl Fn(f64, f64) -> bool) -> Vec<Exceptions> {
        let experiment = experiment(TEXT);
        let group = &groups(&experiment)[0];
        let points: Vec<u64> = group.futures.iter().map(|points| points[0]).collect();
        let factors = uncertain(&experiment, &points);
        let of = |at: usize| match &factors[at].values {
            Values::Numbers(values) => values.clone(),
            Values::Words(_) => Vec::new(),
        };
        let values = of(0).into_iter().zip(of(1)).map(|(rules, hierarchy)| {
            let gain = if better(rules, hierarchy) { 1.0 } else { -1.0 };
            vec![vec![10.0, 12.0], vec![10.0 + gain, 12.0 + gain]]
        });
        let table = Table::new(Good::More, values.collect());
        exceptions(&table, group, &factors, "wins", 1)
    }

    #[test]
    fn a_region_of_failure_has_the_names_of_its_factors() {
        let found = found(|rules, hierarchy| !(rules < 0.5 && hierarchy > 0.4));
        assert_eq!(found.len(), 1);
        let one = &found[0];
        assert_eq!(
            (one.futures, one.of_better, one.arm.as_str()),
            (100, false, "b")
        );
        let lines = one.lines();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert_eq!(lines[0].len(), Exceptions::COLUMNS.len());
        assert_eq!(
            lines[0][4..8],
            ["not better", "1", "rules", "forums.ground_rules"]
        );
        assert_eq!(lines[1][6..8], ["hierarchy", "context.hierarchy"]);
        assert!(lines[0][8].is_empty() && lines[1][9].is_empty());
        let number = |cell: &str| cell.parse::<f64>().unwrap();
        assert!((number(&lines[0][9]) - 0.5).abs() < 0.06, "{lines:?}");
        assert!((number(&lines[1][8]) - 0.4).abs() < 0.06, "{lines:?}");
    }

    #[test]
    fn a_design_that_mostly_loses_is_told_where_it_wins() {
        let found = found(|rules, hierarchy| rules < 0.5 && hierarchy > 0.4);
        assert!(found[0].of_better && found[0].better < 50);
        assert_eq!(found[0].lines()[0][4], "better");
        assert_eq!(found[0].boxes[0].restrictions.len(), 2);
    }

    #[test]
    fn few_exceptions_are_said_to_be_few() {
        let found = found(|rules, _| rules > 0.05);
        assert_eq!((found[0].better, found[0].boxes.len()), (95, 0));
        assert!(
            found[0].too_few.contains("5 are too few"),
            "{}",
            found[0].too_few
        );
    }

    #[test]
    fn few_futures_are_no_region() {
        let group = Group {
            designs: Vec::new(),
            baseline: 0,
            futures: Vec::new(),
        };
        let table = Table::new(Good::More, vec![vec![vec![1.0], vec![2.0]]; 39]);
        assert_eq!(exceptions(&table, &group, &[], "wins", 1), []);
    }

    #[test]
    fn a_posterior_stands_as_its_parameters_and_words_as_words() {
        let levels = "levels = [\"random\", \"growth\"]\n";
        let text = TEXT.replace("size = 100", "size = 4").replace(
            "forums.ground_rules\"\nlow = 0.0\nhigh = 1.0\n",
            &format!("network.generator\"\n{levels}"),
        );
        let experiment = experiment(&text);
        let found = uncertain(&experiment, &[0, 2, 4, 6]);
        assert!(
            matches!(&found[0].values, Values::Words(words) if words.len() == 4),
            "{found:?}"
        );
        assert!(matches!(&found[1].values, Values::Numbers(_)));
        let experiment =
            Experiment::load("experiments/policies-under-uncertainty", &[], None).unwrap();
        let found = uncertain(&experiment, &[0, 4, 8]);
        assert!(
            found.len() > 1
                && found
                    .iter()
                    .all(|one| one.factor == "draw" && one.name == one.parameter)
        );
        assert!(
            found
                .iter()
                .all(|one| matches!(&one.values, Values::Numbers(all) if all.len() == 3))
        );
    }
}

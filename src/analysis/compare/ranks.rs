//! Which design is best, as far as so many replicates can tell.
//!
//! Of each resample of replicates (the same ones in every design and future) the design with the
//! best mean is best; designs with the same mean share the place. `p_best` and `p_worst` are the
//! shares of resamples.

use super::frame::{Design, Group};
use super::verdict::Good;
use crate::analysis::bootstrap::{Of, RESAMPLES, Resampler};
use rayon::prelude::*;
use serde::Serialize;

/// The values of one outcome in a group, more being better. A replicate counts in a future if the
/// outcome is defined there in every design, so that all designs stand on the same luck.
#[derive(Clone, Debug)]
pub struct Table {
    designs: usize,
    replicates: usize,
    good: Good,
    /// Whether a replicate counts, for each future.
    counts: Vec<Vec<bool>>,
    /// By future, design, replicate.
    values: Vec<Vec<Vec<f64>>>,
}

impl Table {
    /// The values of an outcome at each design point, as results have them, in the order of a group.
    #[must_use]
    pub fn of(values: &[Vec<f64>], group: &Group, good: Good) -> Self {
        let at = |id: &u64| usize::try_from(*id).ok().and_then(|id| values.get(id));
        let future = |points: &Vec<u64>| -> Vec<Vec<f64>> {
            let known = points.iter().filter_map(at);
            known
                .map(|all| all.iter().map(|value| good.oriented(*value)).collect())
                .collect()
        };
        Self::new(good, group.futures.iter().map(future).collect())
    }

    /// The table of values by future, design and replicate, turned so that more is better.
    pub(super) fn new(good: Good, values: Vec<Vec<Vec<f64>>>) -> Self {
        let first = values.first();
        let designs = first.map_or(0, Vec::len);
        let replicates = first.and_then(|one| one.first()).map_or(0, Vec::len);
        let whole = |future: &Vec<Vec<f64>>| -> Vec<bool> {
            (0..replicates)
                .map(|at| future.iter().all(|design| !design[at].is_nan()))
                .collect()
        };
        Self {
            designs,
            replicates,
            good,
            counts: values.iter().map(whole).collect(),
            values,
        }
    }

    /// How many designs there are.
    pub(super) fn designs(&self) -> usize {
        self.designs
    }

    /// How many replicates there are.
    pub(super) fn replicates(&self) -> usize {
        self.replicates
    }

    /// How many futures there are.
    pub(super) fn futures(&self) -> usize {
        self.values.len()
    }

    /// Which way is good.
    pub(super) fn good(&self) -> Good {
        self.good
    }

    /// Runs of a design that count.
    pub(super) fn n(&self) -> u64 {
        let counted = self.counts.iter().flatten();
        counted.filter(|counts| **counts).count() as u64
    }

    /// The mean of each design in one future over some replicates, which may come more than once;
    /// `NaN` where none of them counts.
    pub(super) fn means_in(&self, future: usize, replicates: &[usize]) -> Vec<f64> {
        let counts = &self.counts[future];
        let counted: Vec<usize> = replicates
            .iter()
            .copied()
            .filter(|at| counts[*at])
            .collect();
        let mean = |design: &Vec<f64>| {
            counted.iter().map(|at| design[*at]).sum::<f64>() / counted.len() as f64
        };
        self.values[future].iter().map(mean).collect()
    }

    /// The mean of each design, every future counting alike.
    pub(super) fn means(&self, replicates: &[usize]) -> Vec<f64> {
        let mut sums = vec![0.0; self.designs];
        let mut futures = 0.0;
        for future in 0..self.futures() {
            let means = self.means_in(future, replicates);
            if means.iter().all(|mean| !mean.is_nan()) {
                sums.iter_mut()
                    .zip(means)
                    .for_each(|(sum, mean)| *sum += mean);
                futures += 1.0;
            }
        }
        sums.iter().map(|sum| sum / futures).collect()
    }

    /// The mean of each design over all replicates.
    pub(super) fn found(&self) -> Vec<f64> {
        self.means(&(0..self.replicates).collect::<Vec<_>>())
    }
}

/// One row of `ranks.csv`: a design and an outcome of which one way is good.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rank {
    /// First design point of the design.
    pub design_id: u64,
    /// Its scenario.
    pub scenario: String,
    /// Its arm; empty where there are none.
    pub arm: String,
    /// The outcome.
    pub outcome: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Runs behind the mean: those of replicates in which every design has a value.
    pub n: u64,
    /// Mean over replicates and futures.
    pub mean: f64,
    /// Designs whose mean is better, and one.
    pub rank: u64,
    /// Chance of being the best; none of fewer than two replicates.
    pub p_best: Option<f64>,
    /// Chance of being the worst.
    pub p_worst: Option<f64>,
}

/// The ranks of a group's designs in one outcome; none where it is nowhere defined.
#[must_use]
pub fn ranks(
    table: &Table,
    designs: &[Design],
    (outcome, unit): (&'static str, &'static str),
    seed: u64,
) -> Vec<Rank> {
    let means = table.found();
    if table.n() == 0 {
        return Vec::new();
    }
    let [best, worst] = chances(table, seed);
    let row = |(at, design): (usize, &Design)| {
        let mean = means[at];
        let chance = |all: &[f64]| (table.replicates() > 1).then(|| all[at]);
        Rank {
            design_id: design.design_id,
            scenario: design.scenario.clone(),
            arm: design.arm.clone(),
            outcome,
            unit,
            n: table.n(),
            mean: table.good().oriented(mean),
            rank: 1 + means.iter().filter(|other| **other > mean).count() as u64,
            p_best: chance(&best),
            p_worst: chance(&worst),
        }
    };
    designs.iter().enumerate().map(row).collect()
}

/// The chance of each design to be the best, and to be the worst.
fn chances(table: &Table, seed: u64) -> [Vec<f64>; 2] {
    let resampler = Resampler::new(seed, Of::Replicates, table.replicates());
    let resamples: Vec<Vec<f64>> = (0..RESAMPLES)
        .into_par_iter()
        .map(|resample| table.means(&resampler.indices(resample)))
        .filter(|means| means.iter().all(|mean| !mean.is_nan()))
        .collect();
    let mut chances = [vec![0.0; table.designs()], vec![0.0; table.designs()]];
    for means in &resamples {
        let ends = [
            means.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            means.iter().copied().fold(f64::INFINITY, f64::min),
        ];
        for (chance, end) in chances.iter_mut().zip(ends) {
            let there = |mean: &f64| mean.total_cmp(&end).is_eq();
            let ties = means.iter().filter(|mean| there(mean)).count() as f64;
            for (chance, _) in chance.iter_mut().zip(means).filter(|(_, mean)| there(mean)) {
                *chance += 1.0 / ties / resamples.len() as f64;
            }
        }
    }
    chances
}

/// A field of a table; empty where missing.
pub(super) fn number(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

impl Rank {
    /// The names of the columns of `ranks.csv`.
    pub const COLUMNS: [&'static str; 10] = [
        "design_id",
        "scenario",
        "arm",
        "outcome",
        "unit",
        "n",
        "mean",
        "rank",
        "p_best",
        "p_worst",
    ];

    /// The fields of its line; empty where missing.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        vec![
            self.design_id.to_string(),
            self.scenario.clone(),
            self.arm.clone(),
            self.outcome.to_owned(),
            self.unit.to_owned(),
            self.n.to_string(),
            self.mean.to_string(),
            self.rank.to_string(),
            number(self.p_best),
            number(self.p_worst),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many designs in one group.
    fn designs(n: u64) -> Vec<Design> {
        let design = |design_id| Design {
            design_id,
            scenario: "s".to_owned(),
            arm: format!("arm-{design_id}"),
            name: String::new(),
        };
        (0..n).map(design).collect()
    }

    fn of(good: Good, values: &[&[f64]]) -> Vec<Rank> {
        let values = values
            .iter()
            .map(|one| one.iter().map(|value| good.oriented(*value)).collect())
            .collect();
        let table = Table::new(good, vec![values]);
        ranks(
            &table,
            &designs(table.designs() as u64),
            ("wins", "wins"),
            1,
        )
    }

    /// Of two replicates a resample is 00, 01, 10 or 11. Design 0 has 0 and 2, design 1 has 1 and 1:
    /// 0 is worse in 00, better in 11, and they tie in the others: half each.
    #[test]
    fn chances_of_being_best_worked_by_hand() {
        let found = of(Good::More, &[&[0.0, 2.0], &[1.0, 1.0], &[-1.0, 0.5]]);
        // 2,000 resamples, sd .0079 (a tie counts a half): five of them.
        let near = |found: Option<f64>, chance: f64| (found.unwrap() - chance).abs() < 0.04;
        assert!(
            near(found[0].p_best, 0.5) && near(found[1].p_best, 0.5),
            "{found:?}"
        );
        assert_eq!(found[2].p_best, Some(0.0));
        assert_eq!(found[2].p_worst.map(|p| (p * 1e6).round()), Some(1e6));
        assert_eq!([0, 1, 2].map(|at| found[at].rank), [1, 1, 3]);
        assert_eq!([0, 1, 2].map(|at| found[at].mean), [1.0, 1.0, -0.25]);
        let costs = of(Good::Less, &[&[0.0, 2.0], &[1.0, 1.0], &[-1.0, 0.5]]);
        assert_eq!([0, 1, 2].map(|at| costs[at].rank), [2, 2, 1]);
        assert_eq!(costs[2].mean, -0.25);
        assert_eq!(costs[0].p_best, Some(0.0));
    }

    /// Ten designs that are the same in every bit share every place.
    #[test]
    fn equal_designs_share_the_place() {
        let same: &[f64] = &[0.1, 0.7, 0.3];
        for row in of(Good::More, &[same; 10]) {
            assert!((row.p_best.unwrap() - 0.1).abs() < 1e-9, "{row:?}");
            assert_eq!(row.rank, 1);
        }
    }

    #[test]
    fn a_replicate_counts_where_every_design_has_a_value() {
        let found = of(Good::More, &[&[1.0, f64::NAN, 3.0], &[5.0, 100.0, 1.0]]);
        assert_eq!((found[0].n, found[0].mean, found[1].mean), (2, 2.0, 3.0));
        assert_eq!(of(Good::More, &[&[f64::NAN], &[1.0]]), []);
        assert_eq!(of(Good::More, &[&[0.0], &[1.0]])[1].p_best, None);
    }
}

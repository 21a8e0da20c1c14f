//! What it would be worth to know, before a design is chosen, what nobody knows (value of information).
//!
//! With m(d, f) the mean of design d in future f, in the outcome's unit and turned so that more is better:
//!
//! * of everything, EVPI = mean_f max_d m(d, f) − max_d mean_f m(d, f) (Raiffa & Schlaifer 1961): the mean
//!   regret of the design that is best on average;
//! * of one factor, EVPPI = Σ_k n_k / n · max_d mean_{f in k} m(d, f) − max_d mean_f m(d, f), over parts k of
//!   its values: one a value of few, else up to ten with as many futures each (Strong & Oakley 2013).
//!
//! Parts of few futures show some worth where there is none, and so does luck that is left in the means.
//! `by_luck` is what a factor that does nothing would exceed once in twenty. Futures count alike.

use super::ranks::{Table, number};
use super::uncertain::Uncertain;
use crate::analysis::bootstrap::{Of, Resampler, percentiles};
use crate::analysis::interval::{Interval, quantile};
use crate::analysis::prim::Values;
use crate::analysis::sensitivity::pawn::shuffled;
use crate::random::Draws;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// The fewest futures.
const FEWEST_FUTURES: usize = 20;
/// The most parts of a factor's values.
const PARTS: usize = 10;
/// Futures in a part.
const IN_PART: usize = 10;
/// Resamples behind an interval.
const RESAMPLES: u64 = 1000;

/// One row of `information.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Information {
    /// First design point of the design that is best on average.
    pub design_id: u64,
    /// The outcome, of which one way is good.
    pub outcome: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What would be known; empty for everything.
    pub factor: String,
    /// Its parameter.
    pub parameter: String,
    /// What knowing it would be worth, in the outcome's unit.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// What a factor that does nothing exceeds once in twenty; none of everything.
    pub by_luck: Option<f64>,
    /// Futures in which every design has a value.
    pub futures: u64,
}

/// What it would be worth to know everything, and each factor; none in fewer than 20 futures. `designs` are
/// the first design points of the group's.
#[must_use]
pub fn information(
    table: &Table,
    designs: &[u64],
    factors: &[Uncertain],
    (outcome, unit): (&'static str, &'static str),
    seed: u64,
) -> Vec<Information> {
    let all: Vec<usize> = (0..table.replicates()).collect();
    let means = |replicates: &[usize]| -> Vec<Vec<f64>> {
        let futures = 0..table.futures();
        futures
            .map(|future| table.means_in(future, replicates))
            .collect()
    };
    let found = means(&all);
    let known: Vec<usize> = (0..found.len())
        .filter(|at| found[*at].iter().all(|mean| !mean.is_nan()))
        .collect();
    if known.len() < FEWEST_FUTURES || designs.len() < 2 {
        return Vec::new();
    }
    let of = |means: &[Vec<f64>], at: &[usize]| -> Vec<Vec<f64>> {
        at.iter().map(|at| means[*at].clone()).collect()
    };
    let found = of(&found, &known);
    let best = best(&found);
    let each: Vec<usize> = (0..known.len()).collect();
    // The parts of everything, then those of each factor.
    let parts: Vec<Vec<usize>> = std::iter::once(each.clone())
        .chain(factors.iter().map(|one| parts(&one.values.at(&known))))
        .collect();
    let futures = Resampler::new(seed, Of::Futures, known.len());
    let luck = Resampler::new(seed, Of::Replicates, table.replicates());
    let resamples: Vec<Vec<f64>> = (0..RESAMPLES)
        .into_par_iter()
        .map(|number| {
            let means = of(&means(&luck.indices(number)), &known);
            let drawn = futures.indices(number);
            let drawn: Vec<usize> = drawn
                .into_iter()
                .filter(|at| means[*at].iter().all(|mean| !mean.is_nan()))
                .collect();
            let here = of(&means, &drawn);
            let worth_of = |parts: &Vec<usize>| {
                let parts: Vec<usize> = drawn.iter().map(|at| parts[*at]).collect();
                worth(&here, &parts)
            };
            parts.iter().map(worth_of).collect()
        })
        .collect();
    let row = |(at, parts): (usize, &Vec<usize>)| {
        let factor = at.checked_sub(1).map(|at| &factors[at]);
        let value = worth(&found, parts);
        let again = percentiles(resamples.iter().map(|one| one[at]).collect());
        let interval = again.filter(|_| table.replicates() > 1);
        // Parts grow emptier where futures are drawn twice, so resamples lie too high by about as much as
        // the value does (Davison & Hinkley 1997, 5.2.1).
        let interval = match factor {
            None => interval,
            Some(_) => interval.map(|one| Interval {
                low: 2.0 * value - one.high,
                high: 2.0 * value - one.low,
            }),
        };
        let draws = Draws::new(seed, u64::MAX - 16 - at as u64);
        Information {
            design_id: designs[best],
            outcome,
            unit,
            factor: factor.map_or(String::new(), |one| one.name.clone()),
            parameter: factor.map_or(String::new(), |one| one.parameter.clone()),
            value,
            interval,
            by_luck: factor.map(|_| shuffled(parts, &draws, |parts| worth(&found, parts))),
            futures: known.len() as u64,
        }
    };
    parts.iter().enumerate().map(row).collect()
}

/// The design with the best mean over futures.
fn best(means: &[Vec<f64>]) -> usize {
    let sums = sums(means.iter());
    let all = sums.iter().enumerate();
    all.max_by(|a, b| a.1.total_cmp(b.1))
        .map_or(0, |(at, _)| at)
}

/// The sum of each design over some futures.
fn sums<'a>(futures: impl Iterator<Item = &'a Vec<f64>>) -> Vec<f64> {
    let mut sums: Vec<f64> = Vec::new();
    for means in futures {
        sums.resize(means.len(), 0.0);
        sums.iter_mut()
            .zip(means)
            .for_each(|(sum, mean)| *sum += mean);
    }
    sums
}

/// How much better it is to choose a design in each part than one for all, on average over futures.
fn worth(means: &[Vec<f64>], parts: &[usize]) -> f64 {
    let mut in_parts: BTreeMap<usize, Vec<&Vec<f64>>> = BTreeMap::new();
    for (means, part) in means.iter().zip(parts) {
        in_parts.entry(*part).or_default().push(means);
    }
    let most = |sums: Vec<f64>| sums.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let knowing: f64 = in_parts
        .values()
        .map(|futures| most(sums(futures.iter().copied())))
        .sum();
    (knowing - most(sums(means.iter()))) / means.len() as f64
}

/// The part of its values that a factor has in each future.
fn parts(values: &Values) -> Vec<usize> {
    let numbers = match values {
        Values::Words(words) => {
            let mut levels: Vec<&String> = words.iter().collect();
            levels.sort_unstable();
            levels.dedup();
            let place = |word: &String| levels.binary_search(&word).unwrap_or(0);
            return words.iter().map(place).collect();
        }
        Values::Numbers(numbers) => numbers,
    };
    let mut sorted = numbers.clone();
    sorted.sort_by(f64::total_cmp);
    let mut levels = sorted.clone();
    levels.dedup();
    let edges: Vec<f64> = if levels.len() <= PARTS {
        levels.into_iter().skip(1).collect()
    } else {
        let count = (numbers.len() / IN_PART).clamp(2, PARTS);
        let edge = |at: usize| quantile(&sorted, at as f64 / count as f64);
        (1..count).filter_map(edge).collect()
    };
    let place = |value: &f64| edges.partition_point(|edge| edge <= value);
    numbers.iter().map(place).collect()
}

impl Information {
    /// The names of the columns of `information.csv`.
    pub const COLUMNS: [&'static str; 10] = [
        "design_id",
        "outcome",
        "unit",
        "factor",
        "parameter",
        "value",
        "low",
        "high",
        "by_luck",
        "futures",
    ];

    /// The fields of its line; empty where missing.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        vec![
            self.design_id.to_string(),
            self.outcome.to_owned(),
            self.unit.to_owned(),
            self.factor.clone(),
            self.parameter.clone(),
            self.value.to_string(),
            number(self.interval.map(|one| one.low)),
            number(self.interval.map(|one| one.high)),
            number(self.by_luck),
            self.futures.to_string(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::compare::verdict::Good;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }

    /// Two designs in four futures:
    ///
    /// | | 1 | 2 | 3 | 4 | mean |
    /// |---|---|---|---|---|---|
    /// | a | 10 | 2 | 8 | 4 | 6 |
    /// | b | 4 | 6 | 5 | 7 | 5.5 |
    ///
    /// The best in each: 10, 6, 8, 7, mean 7.75: everything is worth 1.75. A factor that is low in 1 and 3:
    /// there a has 9, in the others b has 6.5: the same 7.75. One that is low in 1 and 2: a 6 and a 6 (b 5, 6):
    /// nothing.
    #[test]
    fn worth_worked_by_hand() {
        let means = [[10.0, 4.0], [2.0, 6.0], [8.0, 5.0], [4.0, 7.0]].map(|one| one.to_vec());
        close(worth(&means, &[0, 1, 2, 3]), 1.75);
        close(worth(&means, &[0, 1, 0, 1]), 1.75);
        close(worth(&means, &[0, 0, 1, 1]), 0.0);
        assert_eq!(best(&means), 0);
    }

    #[test]
    fn values_are_parted_by_level_or_into_equal_counts() {
        let numbers = |values: &[f64]| parts(&Values::Numbers(values.to_vec()));
        assert_eq!(numbers(&[0.8, 0.2, 0.5, 0.2]), [2, 0, 1, 0]);
        let many: Vec<f64> = (0..40).map(|at| f64::from((at * 7) % 40)).collect();
        let found = numbers(&many);
        for part in 0..4 {
            assert_eq!(
                found.iter().filter(|one| **one == part).count(),
                10,
                "{found:?}"
            );
        }
        let words = ["ring", "star", "ring"].map(str::to_owned).to_vec();
        assert_eq!(parts(&Values::Words(words)), [0, 1, 0]);
    }

    /// Which of two designs is better by 2 depends on one factor, and not on the other: knowing the first is
    /// worth 1 on average, as much as knowing everything; the second nothing beyond luck. Of costs the same.
    #[test]
    fn what_decides_is_worth_knowing_and_what_does_not_is_not() {
        let of = |factor: &str, values: Vec<f64>| Uncertain {
            factor: factor.to_owned(),
            parameter: factor.to_owned(),
            name: factor.to_owned(),
            values: Values::Numbers(values),
        };
        let n = 60_u32;
        let decides: Vec<f64> = (0..n).map(|at| f64::from(at) / f64::from(n)).collect();
        let idle: Vec<f64> = (0..n).map(|at| f64::from((at * 17) % n)).collect();
        for good in [Good::More, Good::Less] {
            let future = |at: &f64| {
                let a = if *at < 0.5 { 2.0 } else { 0.0 };
                [a, 2.0 - a]
                    .map(|value| vec![good.oriented(value); 3])
                    .to_vec()
            };
            let table = Table::new(good, decides.iter().map(future).collect());
            let factors = [of("decides", decides.clone()), of("idle", idle.clone())];
            let found = information(&table, &[4, 5], &factors, ("wins", "wins"), 1);
            assert_eq!(found.len(), 3);
            close(found[0].value, 1.0);
            close(found[1].value, 1.0);
            assert!(found[1].value > found[1].by_luck.unwrap(), "{found:?}");
            assert!(found[2].value <= found[2].by_luck.unwrap(), "{found:?}");
            assert_eq!((found[0].by_luck, found[0].factor.as_str()), (None, ""));
            // Where a share s of the futures drawn is low, everything is worth 2 min(s, 1 - s). Of 60 futures
            // s has a standard deviation of .0645, and lies 2.24 of them off once in forty: .711.
            let interval = found[0].interval.unwrap();
            assert!((interval.low - 0.711).abs() < 0.034, "{interval:?}");
            assert!(interval.high <= 1.0, "{interval:?}");
            assert_eq!(found[0].fields().len(), Information::COLUMNS.len());
        }
        let few = Table::new(Good::More, vec![vec![vec![1.0], vec![2.0]]; 19]);
        assert_eq!(information(&few, &[0, 1], &[], ("wins", "wins"), 1), []);
    }
}

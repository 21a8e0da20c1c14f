//! What holds in most futures: combinations of factors that nobody can choose.
//!
//! * regret of a design in a future: how much better the best design does there, by means over
//!   replicates (Savage 1951); its largest and its mean over futures;
//! * satisficing: the share of futures in which the design's mean meets a target (Starr 1962;
//!   McPhail et al. 2018).
//!
//! Intervals are 95 % percentile intervals over resamples of futures and of replicates, the same ones
//! in every design. That of the largest regret is too short at its upper end: no resample has a
//! worse future than those that were run.

use super::frame::Design;
use super::ranks::Table;
use crate::analysis::bootstrap::{Of, RESAMPLES, Resampler, percentiles};
use crate::analysis::interval::Interval;
use rayon::prelude::*;
use serde::Serialize;

/// What an outcome should reach.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum Target {
    /// This much or more.
    #[serde(rename = "at least")]
    AtLeast(f64),
    /// This much or less.
    #[serde(rename = "at most")]
    AtMost(f64),
}

impl Target {
    /// Whether a mean meets it.
    #[must_use]
    pub fn met(self, mean: f64) -> bool {
        match self {
            Self::AtLeast(least) => mean >= least,
            Self::AtMost(most) => mean <= most,
        }
    }

    /// In words, such as `>= 20`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::AtLeast(least) => format!(">= {least}"),
            Self::AtMost(most) => format!("<= {most}"),
        }
    }
}

/// A number and its 95 % interval; none where nothing could be resampled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Where it lies.
    pub interval: Option<Interval>,
}

/// One row of `robustness.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Robustness {
    /// First design point of the design.
    pub design_id: u64,
    /// Its scenario.
    pub scenario: String,
    /// Its arm.
    pub arm: String,
    /// The outcome.
    pub outcome: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Futures in which every design has a value.
    pub futures: u64,
    /// Largest regret over futures.
    pub max_regret: Estimate,
    /// Mean regret over futures.
    pub mean_regret: Estimate,
    /// What the outcome should reach, where it was said.
    pub target: Option<Target>,
    /// Share of futures in which it does.
    pub satisficing: Option<Estimate>,
}

/// What one table of means says of a design.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Found {
    max: f64,
    mean: f64,
    met: f64,
}

/// The robustness of a group's designs in one outcome; none where there are not two futures.
#[must_use]
pub fn robustness(
    table: &Table,
    designs: &[Design],
    (outcome, unit): (&'static str, &'static str),
    target: Option<Target>,
    seed: u64,
) -> Vec<Robustness> {
    let all: Vec<usize> = (0..table.replicates()).collect();
    let each = (0..table.futures()).map(|future| table.means_in(future, &all));
    let means: Vec<Vec<f64>> = each.collect();
    let known: Vec<usize> = (0..means.len())
        .filter(|at| means[*at].iter().all(|mean| !mean.is_nan()))
        .collect();
    if known.len() < 2 {
        return Vec::new();
    }
    let met = |mean: f64| target.is_some_and(|target| target.met(table.good().oriented(mean)));
    let found = of_futures(known.iter().map(|at| &means[*at]), table.designs(), met);
    let luck = Resampler::new(seed, Of::Replicates, table.replicates());
    let futures = Resampler::new(seed, Of::Futures, known.len());
    let resamples: Vec<Vec<Found>> = (0..RESAMPLES)
        .into_par_iter()
        .map(|resample| {
            let replicates = luck.indices(resample);
            let means: Vec<Vec<f64>> = known
                .iter()
                .map(|future| table.means_in(*future, &replicates))
                .collect();
            let drawn = futures.indices(resample).into_iter().map(|at| &means[at]);
            let drawn = drawn.filter(|means| means.iter().all(|mean| !mean.is_nan()));
            of_futures(drawn, table.designs(), met)
        })
        .collect();
    let row = |(at, design): (usize, &Design)| {
        let estimate = |part: fn(&Found) -> f64| Estimate {
            value: part(&found[at]),
            interval: percentiles(resamples.iter().map(|one| part(&one[at])).collect())
                .filter(|_| table.replicates() > 1),
        };
        Robustness {
            design_id: design.design_id,
            scenario: design.scenario.clone(),
            arm: design.arm.clone(),
            outcome,
            unit,
            futures: known.len() as u64,
            max_regret: estimate(|found| found.max),
            mean_regret: estimate(|found| found.mean),
            target,
            satisficing: target.map(|_| estimate(|found| found.met)),
        }
    };
    designs.iter().enumerate().map(row).collect()
}

/// Largest and mean regret of each design over some futures' means, and the share in which they
/// meet the target; `NaN` of no futures.
fn of_futures<'a>(
    futures: impl Iterator<Item = &'a Vec<f64>>,
    designs: usize,
    met: impl Fn(f64) -> bool,
) -> Vec<Found> {
    let none = Found {
        max: f64::NAN,
        mean: 0.0,
        met: 0.0,
    };
    let mut found = vec![none; designs];
    let mut n = 0.0;
    for means in futures {
        n += 1.0;
        let best = means.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (one, mean) in found.iter_mut().zip(means) {
            let regret = best - mean;
            one.max = one.max.max(regret);
            one.mean += regret;
            one.met += f64::from(u8::from(met(*mean)));
        }
    }
    for one in &mut found {
        one.mean /= n;
        one.met /= n;
    }
    found
}

impl Robustness {
    /// The names of the columns of `robustness.csv`.
    pub const COLUMNS: [&'static str; 16] = [
        "design_id",
        "scenario",
        "arm",
        "outcome",
        "unit",
        "futures",
        "max_regret",
        "max_regret_low",
        "max_regret_high",
        "mean_regret",
        "mean_regret_low",
        "mean_regret_high",
        "target",
        "satisficing",
        "satisficing_low",
        "satisficing_high",
    ];

    /// The fields of its line; empty where missing.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        let three = |one: Option<Estimate>| {
            let interval = one.and_then(|one| one.interval);
            [
                one.map(|one| one.value),
                interval.map(|one| one.low),
                interval.map(|one| one.high),
            ]
            .map(number)
        };
        let names = [&self.scenario, &self.arm].map(String::to_owned);
        let outcome = [self.outcome, self.unit].map(str::to_owned);
        let target = self.target.map_or(String::new(), Target::words);
        [self.design_id.to_string()]
            .into_iter()
            .chain(names)
            .chain(outcome)
            .chain([self.futures.to_string()])
            .chain(three(Some(self.max_regret)))
            .chain(three(Some(self.mean_regret)))
            .chain([target])
            .chain(three(self.satisficing))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::compare::verdict::Good;

    /// Three designs in four futures, the same in both replicates:
    ///
    /// | | future 1 | 2 | 3 | 4 | regret | largest | mean | at least 5 |
    /// |---|---|---|---|---|---|---|---|---|
    /// | a | 10 | 4 | 6 | 8 | 0 3 2 0 | 3 | 1.25 | 3/4 |
    /// | b | 7 | 7 | 8 | 2 | 3 0 0 6 | 6 | 2.25 | 3/4 |
    /// | c | 6 | 6 | 5 | 5 | 4 1 3 3 | 4 | 2.75 | 4/4 |
    const FUTURES: [[f64; 3]; 4] = [
        [10.0, 7.0, 6.0],
        [4.0, 7.0, 6.0],
        [6.0, 8.0, 5.0],
        [8.0, 2.0, 5.0],
    ];

    fn designs() -> Vec<Design> {
        let design = |design_id| Design {
            design_id,
            scenario: "s".to_owned(),
            arm: format!("arm-{design_id}"),
            name: String::new(),
        };
        (0..3).map(design).collect()
    }

    fn found(good: Good, futures: &[[f64; 3]], target: Target) -> Vec<Robustness> {
        let future = |future: &[f64; 3]| future.map(|value| vec![good.oriented(value); 2]).to_vec();
        let table = Table::new(good, futures.iter().map(future).collect());
        robustness(&table, &designs(), ("wins", "wins"), Some(target), 1)
    }

    #[test]
    fn three_designs_in_four_futures_worked_by_hand() {
        let found = found(Good::More, &FUTURES, Target::AtLeast(5.0));
        let largest = [0, 1, 2].map(|at| found[at].max_regret.value);
        let mean = [0, 1, 2].map(|at| found[at].mean_regret.value);
        let met = [0, 1, 2].map(|at| found[at].satisficing.unwrap().value);
        assert_eq!(largest, [3.0, 6.0, 4.0]);
        assert_eq!(mean, [1.25, 2.25, 2.75]);
        assert_eq!(met, [0.75, 0.75, 1.0]);
        // All four draws are the future with the largest regret of c in 1 of 256 resamples, and c
        // meets its target in all.
        let interval = found[2].satisficing.unwrap().interval.unwrap();
        assert_eq!((interval.low, interval.high), (1.0, 1.0));
        let mean = found[0].mean_regret.interval.unwrap();
        assert!(mean.low >= 0.0 && mean.low < 0.5 && mean.high > 2.0 && mean.high <= 3.0);
        let largest = found[1].max_regret.interval.unwrap();
        assert_eq!(largest.high, 6.0);
        assert_eq!(found[0].fields().len(), Robustness::COLUMNS.len());
    }

    /// As costs the table turns round: best 6, 4, 5, 2; regrets of a 4, 0, 1, 6.
    #[test]
    fn of_what_should_be_little_the_least_is_best() {
        let found = found(Good::Less, &FUTURES, Target::AtMost(6.0));
        assert_eq!(found[0].max_regret.value, 6.0);
        assert_eq!(found[0].mean_regret.value, 11.0 / 4.0);
        assert_eq!(found[0].satisficing.unwrap().value, 0.5);
    }

    #[test]
    fn one_future_is_no_uncertainty() {
        assert_eq!(found(Good::More, &FUTURES[..1], Target::AtLeast(0.0)), []);
    }
}

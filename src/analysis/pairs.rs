//! Common random numbers with a receipt: what pairing runs by replicate is worth.
//!
//! Two design points share the luck of each replicate, so that the difference of their outcomes has
//! variance Var(a) + Var(b) - 2 Cov(a, b) instead of Var(a) + Var(b) (Law 2015, section 11.2):
//!
//! * `correlation` r of the paired outcomes;
//! * `variance_reduction` 1 - Var(a - b) / (Var(a) + Var(b)): below zero where pairing hurts;
//! * `extra_runs` n (Var(a) + Var(b)) / Var(a - b) - n: how many more replicates of each design
//!   point independent luck would need for an interval as narrow.

use super::summary::{Summary, outcomes};
use crate::measure::Values;
use crate::store::{Folder, RUNS, StoreError};
use std::collections::BTreeMap;

/// The paired difference of one outcome between two design points.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The design point.
    pub design_id: u64,
    /// The one that it is compared with.
    pub baseline_id: u64,
    /// The outcome.
    pub outcome: String,
    /// The distribution of the difference, over replicates in which both are defined.
    pub difference: Summary,
    /// Correlation of the two; none where one of them never varies.
    pub correlation: Option<f64>,
    /// Share of the variance that pairing takes away; none where nothing varies.
    pub variance_reduction: Option<f64>,
    /// Replicates that pairing saves; none where the difference never varies.
    pub extra_runs: Option<f64>,
}

impl Pair {
    /// The pair of two columns of values, replicate by replicate.
    #[must_use]
    pub fn of(ids: (u64, u64), outcome: &str, values: &[(f64, f64)]) -> Self {
        let both: Vec<(f64, f64)> = values
            .iter()
            .copied()
            .filter(|(here, there)| !here.is_nan() && !there.is_nan())
            .collect();
        let variance = |part: &dyn Fn(&(f64, f64)) -> f64| {
            let values: Vec<f64> = both.iter().map(part).collect();
            Summary::of(&values).sd.map_or(f64::NAN, |sd| sd * sd)
        };
        let (here, there) = (variance(&|pair| pair.0), variance(&|pair| pair.1));
        let apart = variance(&|pair| pair.0 - pair.1);
        let covariance = 0.5 * (here + there - apart);
        let known = |value: f64| Some(value).filter(|value| value.is_finite());
        let differences: Vec<f64> = values.iter().map(|(here, there)| here - there).collect();
        let n = both.len() as f64;
        Self {
            design_id: ids.0,
            baseline_id: ids.1,
            outcome: outcome.to_owned(),
            difference: Summary::of(&differences),
            correlation: known(covariance / (here * there).sqrt()).map(|r| r.clamp(-1.0, 1.0)),
            variance_reduction: known(1.0 - apart / (here + there)),
            extra_runs: known(n * (here + there) / apart - n),
        }
    }

    /// The names of the columns of `pairs.csv`.
    pub const COLUMNS: [&'static str; 11] = [
        "design_id",
        "baseline_id",
        "outcome",
        "n",
        "difference",
        "sd",
        "ci_low",
        "ci_high",
        "correlation",
        "variance_reduction",
        "extra_runs",
    ];

    /// The fields of its line; empty where missing.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        let Summary {
            n,
            mean,
            sd,
            ci_low,
            ci_high,
            ..
        } = self.difference;
        let numbers = [
            mean,
            sd,
            ci_low,
            ci_high,
            self.correlation,
            self.variance_reduction,
            self.extra_runs,
        ];
        let ids = [self.design_id.to_string(), self.baseline_id.to_string()];
        ids.into_iter()
            .chain([self.outcome.clone(), n.to_string()])
            .chain(numbers.map(number))
            .collect()
    }
}

/// The paired differences of design points from their baselines, outcome by outcome, of every
/// outcome of a run. Memory: the values of one outcome at the design points that are paired.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn pairs(folder: &Folder, paired: &[(u64, u64)]) -> Result<Vec<Pair>, StoreError> {
    let mut pairs = Vec::new();
    for outcome in outcomes(folder, RUNS) {
        let name = outcome.name.as_str();
        let mut points: BTreeMap<u64, BTreeMap<i64, f64>> = BTreeMap::new();
        for block in folder.blocks(RUNS, &["design_id", "replicate", name])? {
            let columns = block?.columns;
            if let [
                Values::Integer(ids),
                Values::Integer(replicates),
                Values::Number(values),
            ] = columns.as_slice()
            {
                for ((id, replicate), value) in ids.iter().zip(replicates).zip(values) {
                    let point = points.entry(id.cast_unsigned()).or_default();
                    point.insert(*replicate, *value);
                }
            }
        }
        for ids in paired {
            let (Some(here), Some(there)) = (points.get(&ids.0), points.get(&ids.1)) else {
                continue;
            };
            let both = here
                .iter()
                .filter_map(|(replicate, value)| Some((*value, *there.get(replicate)?)));
            pairs.push(Pair::of(*ids, name, &both.collect::<Vec<_>>()));
        }
    }
    pairs.sort_by_key(|pair| (pair.design_id, pair.baseline_id));
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// a = 1, 2, 3, 6 and b = 1, 1, 3, 3: variances 14/3 and 4/3, differences 0, 1, 0, 3 with
    /// variance 2: covariance 2, r = 2 / √(56/9) = .801 783 7, reduction 1 - 2/6, extra 4·3 - 4.
    #[test]
    fn a_pair_worked_by_hand() {
        let values = [
            (1.0, 1.0),
            (2.0, 1.0),
            (3.0, 3.0),
            (6.0, 3.0),
            (f64::NAN, 2.0),
        ];
        let pair = Pair::of((1, 0), "wins", &values);
        assert_eq!((pair.difference.n, pair.difference.missing), (4, 1));
        assert_eq!(pair.difference.mean, Some(1.0));
        let near = |found: Option<f64>, value: f64| (found.unwrap() - value).abs() < 1e-7;
        assert!(near(pair.correlation, 0.801_783_7), "{pair:?}");
        assert!(near(pair.variance_reduction, 2.0 / 3.0), "{pair:?}");
        assert!(near(pair.extra_runs, 8.0), "{pair:?}");
        assert_eq!(pair.fields().len(), Pair::COLUMNS.len());
    }

    #[test]
    fn opposite_luck_makes_pairing_worse_and_equal_luck_perfect() {
        let opposite = Pair::of((1, 0), "x", &[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]);
        assert!(opposite.variance_reduction.unwrap() < -0.99 && opposite.extra_runs.unwrap() < 0.0);
        let equal = Pair::of((1, 0), "x", &[(1.0, 1.5), (2.0, 2.5), (4.0, 4.5)]);
        assert_eq!(equal.variance_reduction, Some(1.0));
        assert_eq!(equal.extra_runs, None, "nothing is left to estimate");
        let constant = Pair::of((1, 0), "x", &[(1.0, 2.0), (1.0, 2.0)]);
        assert_eq!(
            (constant.correlation, constant.variance_reduction),
            (None, None)
        );
    }
}

//! From one scenario to another, change by change: what each does alone, what each adds in sequence, and what
//! is left between them (interaction). Every step is paired, replicate by replicate, with the same luck.
//!
//! The interaction of a replicate is its total difference without the sum of the effects of each change alone;
//! it is nothing where these add up. Intervals are Student's, over replicates in which every step has a value.

use crate::analysis::interval::{Interval, half_width};
use crate::analysis::summary::Summary;
use serde::Serialize;

/// A mean over pairs and its 95 % interval; missing of too few.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Mean of the paired differences.
    pub difference: f64,
    /// Its 95 % interval by t.
    pub interval: Option<Interval>,
}

/// The way from one scenario to another in one outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Waterfall {
    /// Pairs in which every step has a value.
    pub n: u64,
    /// Mean of the first scenario over them.
    pub first: f64,
    /// The effect of each change alone; none of one that cannot stand alone.
    pub alone: Vec<Option<Change>>,
    /// What each adds to those before it; none of one that cannot stand with them alone: the next has both.
    pub added: Vec<Option<Change>>,
    /// All changes together.
    pub total: Change,
    /// Total without the sum of the effects alone; none where one is missing.
    pub interaction: Option<Change>,
}

impl Waterfall {
    /// The way from `first` on: values by replicate, `NaN` where missing, with each change alone and with all
    /// up to it, the last of which is the other scenario. None without such a last, or without a pair.
    #[must_use]
    pub fn of(
        first: &[f64],
        alone: &[Option<Vec<f64>>],
        sequence: &[Option<Vec<f64>>],
    ) -> Option<Self> {
        let last = sequence.last()?.as_ref()?;
        let there = |at: &usize| {
            let steps = alone.iter().chain(sequence).flatten();
            !first[*at].is_nan() && steps.map(|all| all[*at]).all(|value| !value.is_nan())
        };
        let kept: Vec<usize> = (0..first.len()).filter(there).collect();
        if kept.is_empty() {
            return None;
        }
        let change = |of: &dyn Fn(usize) -> f64| {
            let values: Vec<f64> = kept.iter().map(|at| of(*at)).collect();
            let summary = Summary::of(&values);
            let mean = summary.mean.unwrap_or(f64::NAN);
            let half = summary.sd.map(|sd| half_width(values.len(), sd));
            Change {
                difference: mean,
                interval: half.map(|half| Interval {
                    low: mean - half,
                    high: mean + half,
                }),
            }
        };
        let mut before = first;
        let mut added = Vec::new();
        for step in sequence {
            added.push(
                step.as_ref()
                    .map(|after| change(&|at| after[at] - before[at])),
            );
            before = step.as_deref().unwrap_or(before);
        }
        let each: Option<Vec<&Vec<f64>>> = alone.iter().map(Option::as_ref).collect();
        let left = |each: Vec<&Vec<f64>>| {
            change(&|at| {
                let sum: f64 = each.iter().map(|alone| alone[at] - first[at]).sum();
                last[at] - first[at] - sum
            })
        };
        Some(Self {
            n: kept.len() as u64,
            first: kept.iter().map(|at| first[*at]).sum::<f64>() / kept.len() as f64,
            alone: alone
                .iter()
                .map(|step| {
                    step.as_ref()
                        .map(|after| change(&|at| after[at] - first[at]))
                })
                .collect(),
            added,
            total: change(&|at| last[at] - first[at]),
            interaction: each.map(left),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three replicates with luck 1, 2, 4 and two changes: x adds 2, y adds 3 in odd replicates, 5 in others.
    const LUCK: [f64; 3] = [1.0, 2.0, 4.0];
    const Y: [f64; 3] = [3.0, 5.0, 3.0];

    fn of(f: impl Fn(usize) -> f64) -> Vec<f64> {
        (0..3).map(f).collect()
    }

    fn way(both: impl Fn(usize) -> f64) -> Waterfall {
        let x = of(|at| LUCK[at] + 2.0);
        let y = of(|at| LUCK[at] + Y[at]);
        let sequence = [Some(x.clone()), Some(of(both))];
        Waterfall::of(&LUCK, &[Some(x), Some(y)], &sequence).unwrap()
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }

    /// Effects 2 and 11/3; sd of 3, 5, 3 is 1.154701, half of the interval 4.302653 · 1.154701 / √3 = 2.868435.
    #[test]
    fn what_adds_up_leaves_no_interaction() {
        let found = way(|at| LUCK[at] + 2.0 + Y[at]);
        let [x, y] = [found.alone[0].unwrap(), found.alone[1].unwrap()];
        close(x.difference, 2.0);
        close(y.difference, 11.0 / 3.0);
        let interval = y.interval.unwrap();
        assert!(
            (interval.high - 11.0 / 3.0 - 2.868_435).abs() < 1e-5,
            "{interval:?}"
        );
        assert!(
            (interval.low - 11.0 / 3.0 + 2.868_435).abs() < 1e-5,
            "{interval:?}"
        );
        close(found.added[1].unwrap().difference, 11.0 / 3.0);
        close(found.total.difference, 17.0 / 3.0);
        let left = found.interaction.unwrap();
        close(left.difference, 0.0);
        close(left.interval.unwrap().high, 0.0);
        close(found.first, 7.0 / 3.0);
        assert_eq!(found.n, 3);
    }

    /// Together y counts twice: after x it adds 2 y, and what is left is y.
    #[test]
    fn what_does_not_add_up_is_the_interaction() {
        let found = way(|at| LUCK[at] + 2.0 + 2.0 * Y[at]);
        close(found.added[1].unwrap().difference, 22.0 / 3.0);
        close(found.alone[1].unwrap().difference, 11.0 / 3.0);
        let left = found.interaction.unwrap();
        close(left.difference, 11.0 / 3.0);
        assert!((left.interval.unwrap().high - 11.0 / 3.0 - 2.868_435).abs() < 1e-5);
    }

    /// A change that cannot stand alone has no effect, and there is no interaction; a replicate without a value
    /// in any step is left out of all.
    #[test]
    fn what_is_missing_is_said_to_be() {
        let x = vec![3.0, 4.0, f64::NAN];
        let both = vec![4.0, 7.0, 9.0];
        let sequence = [Some(x.clone()), Some(both)];
        let found = Waterfall::of(&LUCK, &[Some(x), None], &sequence).unwrap();
        assert_eq!(
            (found.n, found.alone[1], found.interaction),
            (2, None, None)
        );
        close(found.total.difference, 4.0);
        let skipped = [None, sequence[1].clone()];
        let found = Waterfall::of(&LUCK, &[None, None], &skipped).unwrap();
        assert_eq!((found.n, found.added[0]), (3, None));
        close(found.added[1].unwrap().difference, 13.0 / 3.0);
        assert_eq!(Waterfall::of(&LUCK, &[None], &[None]), None);
    }
}

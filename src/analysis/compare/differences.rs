//! Every design against the baseline of its group, in every future, for every outcome.

use super::frame::Group;
use super::paired::{Effect, Judged};
use super::values::Runs;
use super::verdict::Good;
use crate::measure::RUN;
use crate::store::StoreError;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// One row of `comparison.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The design point.
    pub design_id: u64,
    /// The one that it is compared with.
    pub baseline_id: u64,
    /// Its scenario.
    pub scenario: String,
    /// Its arm; empty where there are none.
    pub arm: String,
    /// The outcome.
    pub outcome: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// How the two differ.
    #[serde(flatten)]
    pub effect: Effect,
}

/// The differences of all outcomes that are defined anywhere, by group, design point and outcome;
/// `smallest` has the smallest effects of interest that were stated.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn differences(
    runs: &Runs<'_>,
    groups: &[Group],
    smallest: &BTreeMap<String, f64>,
    seed: u64,
) -> Result<Vec<Difference>, StoreError> {
    let each = |group: &Group| -> Vec<Compared> {
        let pairs = group.pairs();
        pairs
            .map(|(id, baseline, at)| (at, vec![(id, baseline)]))
            .collect()
    };
    of_pairs(runs, groups, &each, smallest, seed)
}

/// The same on average over futures, which all count alike: one a design and outcome, under the design's first
/// point. None of a group with one future.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn pooled(
    runs: &Runs<'_>,
    groups: &[Group],
    smallest: &BTreeMap<String, f64>,
    seed: u64,
) -> Result<Vec<Difference>, StoreError> {
    let each = |group: &Group| -> Vec<Compared> {
        let others = (0..group.designs.len()).filter(|at| *at != group.baseline);
        let pairs = |at: usize| {
            let futures = group.futures.iter();
            futures
                .map(|points| (points[at], points[group.baseline]))
                .collect()
        };
        let several = others.filter(|_| group.futures.len() > 1);
        several.map(|at| (at, pairs(at))).collect()
    };
    of_pairs(runs, groups, &each, smallest, seed)
}

/// A design of a group, with its points and those that they are compared with.
type Compared = (usize, Vec<(u64, u64)>);

/// A difference for each of what is compared in a group: replicate by replicate the mean over its pairs of
/// points, of those in which both have a value.
fn of_pairs(
    runs: &Runs<'_>,
    groups: &[Group],
    each: &(dyn Fn(&Group) -> Vec<Compared> + Sync),
    smallest: &BTreeMap<String, f64>,
    seed: u64,
) -> Result<Vec<Difference>, StoreError> {
    let of_outcome = |outcome: &'static crate::measure::Outcome| {
        let values = runs.values(outcome.name)?;
        let judged = Judged {
            seed,
            good: Good::of(outcome.name),
            smallest: smallest.get(outcome.name).copied(),
        };
        let value = |id: u64, replicate: usize| {
            let point = usize::try_from(id).ok().and_then(|id| values.get(id));
            point.map_or(f64::NAN, |all| all[replicate])
        };
        let of_group = |group: &Group| {
            let difference = |(at, pairs): Compared| {
                let replicate = |replicate: usize| {
                    let there = pairs.iter().filter(|(id, baseline)| {
                        runs.has(*id, replicate) && runs.has(*baseline, replicate)
                    });
                    let mut there = there.peekable();
                    there.peek()?;
                    let both = there
                        .map(|(id, baseline)| (value(*id, replicate), value(*baseline, replicate)));
                    let whole = both.filter(|(one, other)| !one.is_nan() && !other.is_nan());
                    Some(mean(whole))
                };
                let both: Vec<(f64, f64)> = (0..runs.replicates()).filter_map(replicate).collect();
                let left_out = (runs.replicates() - both.len()) as u64;
                let first = pairs.first().copied().unwrap_or_default();
                Difference {
                    design_id: first.0,
                    baseline_id: first.1,
                    scenario: group.designs[at].scenario.clone(),
                    arm: group.designs[at].arm.clone(),
                    outcome: outcome.name,
                    unit: outcome.unit,
                    effect: Effect::of(&both, left_out, judged),
                }
            };
            each(group)
                .into_par_iter()
                .map(difference)
                .collect::<Vec<_>>()
        };
        Ok(groups.iter().map(of_group).collect::<Vec<_>>())
    };
    let each: Result<Vec<_>, StoreError> = RUN.iter().map(of_outcome).collect();
    let mut found: Vec<(usize, Difference)> = each?
        .into_iter()
        .flat_map(|groups| groups.into_iter().enumerate())
        .flat_map(|(at, rows)| rows.into_iter().map(move |row| (at, row)))
        .filter(|(_, row)| row.effect.n > 0)
        .collect();
    // Stable: of a design point the outcomes keep the catalogue's order.
    found.sort_by_key(|(at, row)| (*at, row.design_id));
    Ok(found.into_iter().map(|(_, row)| row).collect())
}

/// The means of both sides; `NaN` of none.
fn mean(pairs: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    let (mut n, mut one, mut other) = (0.0, 0.0, 0.0);
    for (here, there) in pairs {
        n += 1.0;
        one += here;
        other += there;
    }
    (one / n, other / n)
}

impl Difference {
    /// The names of the columns of `comparison.csv`.
    pub const COLUMNS: [&'static str; 23] = [
        "design_id",
        "baseline_id",
        "scenario",
        "arm",
        "outcome",
        "unit",
        "n",
        "left_out",
        "undefined",
        "baseline",
        "mean",
        "difference",
        "ci_low",
        "ci_high",
        "bootstrap_low",
        "bootstrap_high",
        "ci90_low",
        "ci90_high",
        "hedges_g",
        "superiority",
        "smallest",
        "size",
        "verdict",
    ];

    /// The fields of its line; empty where missing.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let effect = &self.effect;
        let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        let intervals = [effect.student, effect.bootstrap, effect.ninety];
        let ends = intervals.map(|one| [one.map(|one| one.low), one.map(|one| one.high)]);
        let means = [effect.baseline, effect.mean, effect.difference];
        let sizes = [effect.hedges_g, effect.superiority, effect.smallest];
        let numbers = means
            .into_iter()
            .chain(ends.into_iter().flatten())
            .chain(sizes);
        let ids = [self.design_id, self.baseline_id].map(|id| id.to_string());
        let names = [&self.scenario, &self.arm].map(String::to_owned);
        let outcome = [self.outcome, self.unit].map(str::to_owned);
        let counts = [effect.n, effect.left_out, effect.undefined].map(|n| n.to_string());
        let size = effect.size.map_or("", |size| size.word()).to_owned();
        let words = [size, effect.verdict.word().to_owned()];
        ids.into_iter()
            .chain(names)
            .chain(outcome)
            .chain(counts)
            .chain(numbers.map(number))
            .chain(words)
            .collect()
    }
}

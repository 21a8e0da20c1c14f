//! Which runs are looked at: a few replicates of a few design points, chosen by the experiment alone.

use crate::analysis::compare::{Group, groups};
use crate::experiment::Experiment;
use std::collections::BTreeSet;

/// The most design points that are looked at.
pub const MOST_POINTS: u64 = 12;
/// The most replicates of each that are looked at unless more are asked for.
pub const MOST_REPLICATES: u64 = 40;
/// The fewest replicates that a look beside the runs of an experiment is worth.
pub const LEAST: u64 = 5;
/// Of so many runs one more may be made at half and twice the horizon: these cost two and a half, so
/// that all of them cost a tenth.
const ONE_IN: u64 = 25;

/// A few runs of an experiment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Design points, in order.
    pub points: Vec<u64>,
    /// Replicates of each, from 0.
    pub replicates: u64,
}

impl Sample {
    /// So many replicates of at most [`MOST_POINTS`] design points, evenly spread. What is compared is
    /// there whole: futures are chosen, and in each the baseline and other designs.
    #[must_use]
    pub fn of(experiment: &Experiment, replicates: u64) -> Self {
        Self {
            points: points(experiment, MOST_POINTS),
            replicates,
        }
    }

    /// As much of an experiment with so many replicates as costs about a tenth of it; none where that
    /// is less than [`LEAST`] replicates, or where it leaves no difference to look at. It depends on
    /// nothing else.
    #[must_use]
    pub fn beside(experiment: &Experiment, replicates: u64) -> Option<Self> {
        let runs = experiment.points().saturating_mul(replicates) / ONE_IN;
        let points = points(experiment, MOST_POINTS.min(runs / LEAST));
        let each = runs.checked_div(points.len() as u64)?;
        let replicates = each.min(replicates).min(MOST_REPLICATES);
        (replicates >= LEAST).then_some(Self { points, replicates })
    }
}

/// At most `most` design points; none where a comparison does not fit in.
fn points(experiment: &Experiment, most: u64) -> Vec<u64> {
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let groups = groups(experiment);
    if groups.is_empty() {
        let of = |at: usize| experiment.points() * at as u64 / most.min(experiment.points());
        return (0..count(most.min(experiment.points()))).map(of).collect();
    }
    let futures: Vec<(&Group, &Vec<u64>)> = groups
        .iter()
        .flat_map(|group| group.futures.iter().map(move |future| (group, future)))
        .collect();
    let designs = groups.iter().map(|group| group.designs.len()).max();
    let room = count(most) / designs.unwrap_or(1).min(count(most)).max(1);
    let mut chosen = BTreeSet::new();
    for at in evenly(futures.len(), room) {
        let (group, future) = futures[at];
        let others: Vec<u64> = (0..)
            .zip(future)
            .filter(|(at, _)| *at != group.baseline)
            .map(|(_, id)| *id)
            .collect();
        let some = evenly(others.len(), count(most).saturating_sub(1));
        if some.is_empty() {
            return Vec::new();
        }
        chosen.insert(future[group.baseline]);
        chosen.extend(some.into_iter().map(|at| others[at]));
    }
    chosen.into_iter().collect()
}

/// At most `most` positions of `n`, evenly spread from the first on.
fn evenly(n: usize, most: usize) -> Vec<usize> {
    let some = n.min(most);
    (0..some).map(|at| at * n / some).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Experiment {
        let text = format!("extends = \"trust-board\"\n{text}");
        let scenario = crate::scenario::from_text("plan", &text, &[]).unwrap();
        Experiment::of("plan", vec![scenario], None).unwrap()
    }

    const RULES: &str = "[[factors]]\nid = \"rules\"\nparameter = \"forums.ground_rules\"\n";
    const ARMS: &str = "[[arms]]\nid = \"a\"\n[[arms]]\nid = \"b\"\nset.context.hierarchy = 0.9\n[[arms]]\nid = \"c\"\nset.context.hierarchy = 0.1\n";

    #[test]
    fn a_tenth_of_the_runs_is_looked_at() {
        let plain = plan("");
        let of =
            |replicates| Sample::beside(&plain, replicates).map(|one| (one.points, one.replicates));
        // Two and a half runs' time each: 200 / 25 = 8.
        assert_eq!(of(200), Some((vec![0], 8)));
        assert_eq!(of(125), Some((vec![0], 5)));
        assert_eq!(of(124), None);
        assert_eq!(of(1_000_000), Some((vec![0], 40)));
        assert_eq!(Sample::of(&plain, 40).points, [0]);
    }

    /// Three arms at twenty levels: 60 points, futures 0 to 19 of three points each.
    #[test]
    fn whole_futures_are_looked_at() {
        let levels: Vec<String> = (0..20)
            .map(|at| format!("{}", 0.01 * f64::from(at + 1)))
            .collect();
        let arms = plan(&format!("{RULES}levels = [{}]\n{ARMS}", levels.join(", ")));
        assert_eq!(arms.points(), 60);
        let all = Sample::of(&arms, 40).points;
        assert_eq!(all, [0, 1, 2, 15, 16, 17, 30, 31, 32, 45, 46, 47]);
        // 60 · 10 / 25 = 24 runs: four points of five replicates, a future of three points with eight.
        let few = Sample::beside(&arms, 10).unwrap();
        assert_eq!((few.points, few.replicates), (vec![0, 1, 2], 8));
        // 60 · 5 / 25 = 12: two points, of which one is the baseline.
        let few = Sample::beside(&arms, 5).unwrap();
        assert_eq!((few.points, few.replicates), (vec![0, 1], 5));
        // One point is no difference.
        assert_eq!(Sample::beside(&arms, 4), None);
        let levels = plan(&format!("{RULES}levels = [{}]\n", levels.join(", ")));
        let chosen = Sample::of(&levels, 40).points;
        assert_eq!(chosen, [0, 1, 2, 4, 6, 7, 9, 11, 13, 14, 16, 18]);
    }

    #[test]
    fn sampled_points_are_evenly_spread() {
        let sampled = format!(
            "{RULES}low = 0.2\nhigh = 0.8\n[design]\nkind = \"latin_hypercube\"\nsize = 24\n"
        );
        let chosen = Sample::of(&plan(&sampled), 40).points;
        assert_eq!(chosen, [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
    }
}

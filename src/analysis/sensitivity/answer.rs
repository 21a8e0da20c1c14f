//! Every index of every outcome that is asked for, with its interval.

mod points;

use super::elementary::{self, Effect};
use super::index::Index;
use super::inputs::{Inputs, Means, Sample};
use super::regional::Region;
use super::settled::Settled;
use super::sobol::Indices;
use crate::analysis::bootstrap::{Of, RESAMPLES, Resampler, percentiles};
use crate::analysis::compare::{Runs, Target, Uncertain, uncertain};
use crate::analysis::interval::Interval;
use crate::experiment::Experiment;
use crate::experiment::design::Kind;
use crate::measure::Outcome;
use crate::store::StoreError;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What drives the outcomes of an experiment.
#[derive(Clone, Debug, Default)]
pub struct Sensitivity {
    /// The indices, by scenario, arm, outcome, index and factor.
    pub indices: Vec<Index>,
    /// Whether more points would change them.
    pub settled: Vec<Settled>,
    /// Where targets are met.
    pub regions: Vec<Region>,
    /// Parts of the design that there should be in each scenario and arm, and the most that were left out
    /// of an outcome.
    pub parts: (u64, u64),
}

/// The indices of some outcomes in every scenario and arm, and for targets the regional ones.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn sensitivity(
    runs: &Runs<'_>,
    experiment: &Experiment,
    inputs: &Inputs,
    outcomes: &[&'static Outcome],
    targets: &BTreeMap<String, Target>,
) -> Result<Sensitivity, StoreError> {
    let mut found = Sensitivity::default();
    let crossed = usize::try_from(experiment.crossed()).unwrap_or(1);
    let combinations: Vec<u64> = (0..experiment.points()).step_by(crossed).collect();
    let factors = uncertain(experiment, &combinations);
    for place in 0..crossed {
        let point = experiment.point(place as u64);
        for outcome in outcomes {
            let values = runs.values(outcome.name)?;
            let sample = Sample {
                values: values.into_iter().skip(place).step_by(crossed).collect(),
            };
            let of = Answer {
                scenario: &experiment.scenarios[point.scenario].name,
                arm: &experiment.arms[point.arm].id,
                factors: experiment
                    .factors
                    .iter()
                    .map(|one| one.id.as_str())
                    .collect(),
                seed: experiment.seed,
                outcome,
                inputs,
                uncertain: &factors,
                sample: &sample,
            };
            of.all(targets.get(outcome.name).copied(), &mut found);
        }
    }
    Ok(found)
}

/// One outcome in one scenario and arm.
#[derive(Debug)]
struct Answer<'a> {
    scenario: &'a str,
    arm: &'a str,
    factors: Vec<&'a str>,
    seed: u64,
    outcome: &'static Outcome,
    inputs: &'a Inputs,
    /// The values of the factors at every combination.
    uncertain: &'a [Uncertain],
    sample: &'a Sample,
}

/// The names of the figures of a design, each with the factor and the other one that it is of.
type Names = Vec<(&'static str, usize, Option<usize>)>;

impl Answer<'_> {
    fn all(&self, target: Option<Target>, found: &mut Sensitivity) {
        let part = self.inputs.part();
        let means = self
            .sample
            .means(part, &vec![1.0; self.sample.replicates()]);
        let planned = (self.sample.values.len() / part) as u64;
        let left_out = planned - means.len() as u64;
        found.parts = (planned, found.parts.1.max(left_out));
        if let Kind::Saltelli { .. } | Kind::Morris { .. } = self.inputs.kind {
            self.designed(&means, found);
        }
        self.sampled(&means, found);
        self.noise(&means, found);
        if let Some(target) = target {
            self.regional(&means, target, found);
        }
    }

    fn row(&self, index: &'static str, factor: Option<usize>, n: usize) -> Index {
        Index {
            scenario: self.scenario.to_owned(),
            arm: self.arm.to_owned(),
            outcome: self.outcome.name,
            unit: self.outcome.unit,
            index,
            factor: factor.map_or("", |at| self.factors[at]).to_owned(),
            other: String::new(),
            value: None,
            interval: None,
            by_luck: None,
            n: n as u64,
        }
    }

    /// The figures that the design was made for, from whole parts: blocks or trajectories.
    fn figures<'m>(&self, parts: impl Iterator<Item = &'m (usize, Vec<f64>)> + Clone) -> Vec<f64> {
        let factors = self.factors.len();
        if let Kind::Saltelli { .. } = self.inputs.kind {
            let found = Indices::of(factors, parts.map(|(_, means)| means.as_slice()));
            return [found.first, found.total, found.second].concat();
        }
        let size = self.inputs.part();
        let mut effects = vec![Vec::new(); factors];
        for (number, means) in parts {
            let points = &self.inputs.shares[number * size..(number + 1) * size];
            let here = elementary::effects(points, means);
            effects
                .iter_mut()
                .zip(here)
                .for_each(|(all, one)| all.extend(one));
        }
        let short: Vec<Effect> = effects
            .into_iter()
            .map(|one| Effect::of(one.into_iter()))
            .collect();
        let each = |part: fn(&Effect) -> f64| short.iter().map(part).collect::<Vec<f64>>();
        [
            each(|one| one.mu_star),
            each(|one| one.mu),
            each(|one| one.sigma),
        ]
        .concat()
    }

    /// What the figures are called, in their order.
    fn names(&self) -> Names {
        let factors = 0..self.factors.len();
        let each = |index: &'static str| factors.clone().map(move |at| (index, at, None));
        match self.inputs.kind {
            Kind::Saltelli { second_order, .. } => {
                let pairs = factors
                    .clone()
                    .flat_map(|i| (i + 1..factors.end).map(move |j| (i, j)));
                let pairs = pairs
                    .filter(|_| second_order)
                    .map(|(i, j)| ("S2", i, Some(j)));
                each("S1").chain(each("ST")).chain(pairs).collect()
            }
            _ => each("mu_star")
                .chain(each("mu"))
                .chain(each("sigma"))
                .collect(),
        }
    }

    fn designed(&self, means: &Means, found: &mut Sensitivity) {
        let names = self.names();
        let value = self.figures(means.iter());
        let steps = [means.len() / 4, means.len() / 2, means.len()];
        for (step, n) in steps.into_iter().enumerate() {
            // Fewer tell nothing of how far they scatter.
            if n < 4 && step < 2 {
                continue;
            }
            let resampled = self.resampled(means, n);
            let of = |at: usize| percentiles(resampled.iter().map(|one| one[at]).collect());
            let intervals: Vec<Option<Interval>> = (0..names.len()).map(of).collect();
            for index in ["S1", "ST", "mu_star"] {
                found
                    .settled
                    .extend(self.settled((index, n), &names, &intervals, &resampled));
            }
            if step < 2 {
                continue;
            }
            for ((name, value), interval) in names.iter().zip(&value).zip(intervals) {
                found.indices.push(Index {
                    other: name.2.map_or("", |at| self.factors[at]).to_owned(),
                    value: Some(*value).filter(|value| value.is_finite()),
                    interval: interval.filter(|_| value.is_finite()),
                    ..self.row(name.0, Some(name.1), n)
                });
            }
        }
    }

    /// The figures of resamples of the first `n` parts and of the replicates; none of one part.
    fn resampled(&self, means: &Means, n: usize) -> Vec<Vec<f64>> {
        if n < 2 {
            return Vec::new();
        }
        let size = self.inputs.part();
        let parts = Resampler::new(self.seed, Of::Parts, n);
        let luck = Resampler::new(self.seed, Of::Replicates, self.sample.replicates());
        let resample = |number: u64| {
            let drawn = parts.indices(number);
            let means = match self.sample.replicates() {
                1 => means.clone(),
                replicates => {
                    let mut weights = vec![0.0; replicates];
                    luck.indices(number)
                        .into_iter()
                        .for_each(|at| weights[at] += 1.0);
                    self.sample.means(size, &weights)
                }
            };
            // Of parts that miss every replicate drawn there are fewer.
            self.figures(drawn.iter().filter_map(|at| means.get(*at)))
        };
        (0..RESAMPLES).into_par_iter().map(resample).collect()
    }

    /// Whether an index is settled with so many parts; nothing where the design does not give it.
    fn settled(
        &self,
        (index, n): (&'static str, usize),
        names: &Names,
        intervals: &[Option<Interval>],
        resampled: &[Vec<f64>],
    ) -> Option<Settled> {
        let of = names.iter().enumerate().filter(|(_, name)| name.0 == index);
        let places: Vec<usize> = of.map(|(at, _)| at).collect();
        let (start, end) = (*places.first()?, *places.last()? + 1);
        let first = |figures: &Vec<f64>| {
            let here = figures[start..end].iter().enumerate();
            let here = here.filter(|(_, figure)| figure.is_finite());
            here.max_by(|a, b| a.1.total_cmp(b.1)).map(|(at, _)| at)
        };
        let mut often = vec![0.0; end - start];
        resampled
            .iter()
            .filter_map(first)
            .for_each(|at| often[at] += 1.0);
        let (at, count) = often.iter().enumerate().fold((0, 0.0), |best, one| {
            if *one.1 > best.1 {
                (one.0, *one.1)
            } else {
                best
            }
        });
        // What does not vary is driven by nothing.
        if count < 1.0 {
            return None;
        }
        let width = |interval: &Option<Interval>| interval.map(|one| one.high - one.low);
        let widest = intervals[start..end]
            .iter()
            .filter_map(width)
            .reduce(f64::max);
        let scale = match index {
            "mu_star" => {
                resampled
                    .iter()
                    .map(|figures| figures[start..end].iter().copied().fold(0.0, f64::max))
                    .sum::<f64>()
                    / resampled.len() as f64
            }
            _ => 1.0,
        };
        let widest = widest.map(|widest| widest / scale);
        Some(Settled {
            scenario: self.scenario.to_owned(),
            arm: self.arm.to_owned(),
            outcome: self.outcome.name,
            index,
            n: n as u64,
            widest: widest.filter(|widest| widest.is_finite()),
            first: self.factors[at].to_owned(),
            p_first: count / (resampled.len().max(1)) as f64,
        })
    }
}

impl Sensitivity {
    /// Whether more than 5 % of the blocks, trajectories or points were left out of an outcome.
    #[must_use]
    pub fn too_few(&self) -> bool {
        self.parts.1 * 20 > self.parts.0
    }
}

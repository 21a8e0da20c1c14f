//! What the points say that are independent of each other, whatever the design was made for.

use super::Answer;
use crate::analysis::bootstrap::{Of, Resampler, percentiles};
use crate::analysis::compare::{Target, Uncertain, regions};
use crate::analysis::interval::Interval;
use crate::analysis::sensitivity::answer::Sensitivity;
use crate::analysis::sensitivity::index::Index;
use crate::analysis::sensitivity::inputs::Means;
use crate::analysis::sensitivity::noise::Noise;
use crate::analysis::sensitivity::pawn;
use crate::analysis::sensitivity::regional::{self, Region};
use crate::random::Draws;
use rayon::prelude::*;

/// Resamples behind an interval of the moment-independent index, which costs more.
const FEWER: u64 = 400;

impl Answer<'_> {
    /// The independent points: for each the part of its range that each factor stands in, and its mean.
    fn points(&self, means: &Means) -> (Vec<usize>, Vec<f64>) {
        let size = self.inputs.part();
        let places = self.inputs.independent();
        let each = means.iter().flat_map(|(number, means)| {
            let here = places
                .iter()
                .map(move |at| (number * size + at, means[*at]));
            here.collect::<Vec<_>>()
        });
        each.unzip()
    }

    pub(super) fn sampled(&self, means: &Means, found: &mut Sensitivity) {
        let (combinations, values) = self.points(means);
        let vary = values
            .iter()
            .any(|value| value.total_cmp(&values[0]).is_ne());
        if combinations.is_empty() || !vary {
            return;
        }
        let order = pawn::order(&values);
        let resampler = Resampler::new(self.seed, Of::Parts, values.len());
        let row = |at: usize| {
            let shares = self.at(&combinations, at);
            let parts = pawn::parts(self.inputs.scales[at], &shares);
            let again = (0..FEWER).map(|number| {
                let drawn = resampler.indices(number);
                let parts: Vec<usize> = drawn.iter().map(|at| parts[*at]).collect();
                let values: Vec<f64> = drawn.iter().map(|at| values[*at]).collect();
                pawn::index(&parts, &values, &pawn::order(&values))
            });
            let value = pawn::index(&parts, &values, &order);
            Index {
                value: Some(value),
                interval: percentiles(again.collect()).map(|one| mirrored(value, one)),
                by_luck: Some(pawn::by_luck(&parts, &values, &order, &self.draws(at))),
                ..self.row("pawn", Some(at), values.len())
            }
        };
        let rows: Vec<Index> = (0..self.factors.len()).into_par_iter().map(row).collect();
        found.indices.extend(rows);
    }

    /// The shares of a factor at some combinations.
    fn at(&self, combinations: &[usize], factor: usize) -> Vec<f64> {
        let each = combinations.iter();
        each.map(|at| self.inputs.shares[*at][factor]).collect()
    }

    /// Draws for shuffles of a factor, at an address that no run has.
    fn draws(&self, factor: usize) -> Draws {
        Draws::new(self.seed, u64::MAX - 16 - factor as u64)
    }

    pub(super) fn noise(&self, means: &Means, found: &mut Sensitivity) {
        let (size, mut places) = (self.inputs.part(), self.inputs.independent());
        if places.is_empty() {
            places = (0..size).collect();
        }
        let rows = means
            .iter()
            .flat_map(|(number, _)| places.iter().map(move |at| number * size + at));
        let rows: Vec<&Vec<f64>> = rows.map(|at| &self.sample.values[at]).collect();
        let noise = Noise::of(&rows);
        let parts = noise.map(|one| [one.alone, one.total, one.left]);
        let names = ["luck_alone", "luck_total", "luck_left"];
        found
            .indices
            .extend((0..).zip(names).map(|(at, index): (usize, _)| Index {
                value: parts.map(|parts| parts[at]),
                ..self.row(index, None, rows.len())
            }));
    }

    pub(super) fn regional(&self, means: &Means, target: Target, found: &mut Sensitivity) {
        let (combinations, values) = self.points(means);
        let met: Vec<bool> = values.iter().map(|mean| target.met(*mean)).collect();
        let often = met.iter().filter(|met| **met).count();
        let few = often.min(met.len() - often);
        let enough = few >= regional::FEWEST;
        if !combinations.is_empty() {
            let of_met = 2 * often < met.len();
            let cases: Vec<bool> = met.iter().map(|met| *met == of_met).collect();
            let uncertain: Vec<Uncertain> = self
                .uncertain
                .iter()
                .map(|one| one.at(&combinations))
                .collect();
            let boxes = regions(&uncertain, &cases, self.seed);
            found.regions.push(Region {
                scenario: self.scenario.to_owned(),
                arm: self.arm.to_owned(),
                outcome: self.outcome.name,
                target,
                points: met.len() as u64,
                met: often as u64,
                of_met,
                too_few: boxes
                    .as_ref()
                    .err()
                    .map_or(String::new(), |few| few.words()),
                boxes: boxes.unwrap_or_default(),
            });
        }
        for at in 0..self.factors.len() {
            let shares = self.at(&combinations, at);
            let draws = self.draws(at);
            found.indices.push(Index {
                value: enough.then(|| regional::index(&shares, &met)),
                by_luck: enough.then(|| regional::by_luck(&shares, &met, &draws)),
                ..self.row("regional", Some(at), values.len())
            });
        }
    }
}

/// The basic bootstrap interval (Davison & Hinkley 1997, 5.2.1): distances grow where points are drawn
/// twice, so resamples lie above the value by about as much as the value above the truth.
fn mirrored(value: f64, resamples: Interval) -> Interval {
    Interval {
        low: 2.0 * value - resamples.high,
        high: 2.0 * value - resamples.low,
    }
}

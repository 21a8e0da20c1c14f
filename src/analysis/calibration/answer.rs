//! What came out of a calibration.

use super::{Calibration, Population};
use crate::analysis::sensitivity::elementary::Effect;
use crate::registry::calibrations::Use;

/// Share of the posterior within a band above which a target is met.
const MET: f64 = 0.5;
/// Share below which it is missed.
const MISSED: f64 = 0.05;

/// Everything that came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Positions of the parameters that were fitted.
    pub free: Vec<usize>,
    /// Effects of each parameter on each target; empty where nothing was screened.
    pub effects: Vec<Vec<Effect>>,
    /// The waves.
    pub waves: Vec<Wave>,
    /// The figures of the sets of the first wave, drawn from the prior: one a target, those that are
    /// held out missing.
    pub prior: Vec<Vec<f64>>,
    /// The sets that were kept.
    pub population: Population,
    /// Their figures, by luck that the fit did not see.
    pub posterior: Vec<Vec<f64>>,
    /// The figures of the scenario as it is, by the same luck.
    pub default: Vec<f64>,
}

/// What became of a wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wave {
    /// Its number, from 1.
    pub wave: u32,
    /// Sets that were tried.
    pub tried: usize,
    /// Those of them that came as near as the farthest that was kept before.
    pub nearer: usize,
    /// Distance of the farthest that is kept now.
    pub tolerance: f64,
    /// How many evenly weighted sets tell as much.
    pub effective: f64,
}

impl Wave {
    pub(super) fn of(wave: u32, tried: usize, nearer: usize, population: &Population) -> Self {
        Self {
            wave,
            tried,
            nearer,
            tolerance: population.tolerance(),
            effective: population.effective(),
        }
    }
}

/// A median and the ends of the middle nine tenths; missing where there is nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantiles {
    /// 5 % quantile.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// 95 % quantile.
    pub high: f64,
}

impl Quantiles {
    /// Those of weighted values, of which `NaN` is missing: the smallest value at or below which so
    /// much of the weight lies.
    #[must_use]
    pub fn of(values: &[f64], weights: &[f64]) -> Self {
        let there = values.iter().copied().zip(weights.iter().copied());
        let mut there: Vec<(f64, f64)> = there.filter(|(value, _)| !value.is_nan()).collect();
        there.sort_by(|a, b| a.0.total_cmp(&b.0));
        let whole: f64 = there.iter().map(|(_, weight)| weight).sum();
        let at = |share: f64| {
            let mut sum = 0.0;
            let found = there.iter().find(|(_, weight)| {
                sum += weight;
                sum >= share * whole - 1e-12 * whole
            });
            found.or(there.last()).map_or(f64::NAN, |(value, _)| *value)
        };
        Self {
            low: at(0.05),
            median: at(0.5),
            high: at(0.95),
        }
    }
}

/// How a target is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// At least half of the posterior lies in the band.
    Met,
    /// Some of it does.
    Partly,
    /// Less than a twentieth does.
    Missed,
}

impl Verdict {
    /// By the share of the posterior that lies in the band.
    #[must_use]
    pub fn of(inside: f64) -> Self {
        match inside {
            inside if inside >= MET => Self::Met,
            inside if inside >= MISSED => Self::Partly,
            _ => Self::Missed,
        }
    }

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly",
            Self::Missed => "missed",
        }
    }
}

/// What the model shows of one target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The figures of the prior; missing for one that is held out.
    pub prior: Quantiles,
    /// The figures of the posterior, by luck that the fit did not see.
    pub posterior: Quantiles,
    /// Share of the posterior that lies in the band.
    pub inside: f64,
    /// The figure of the scenario as it is.
    pub default: f64,
    /// How the posterior meets it.
    pub verdict: Verdict,
}

impl Answer {
    /// What the model shows of each target.
    #[must_use]
    pub fn standings(&self, calibration: &Calibration) -> Vec<Standing> {
        let weights = self.population.weights();
        let even = vec![1.0; self.prior.len()];
        let column = |figures: &[Vec<f64>], at: usize| -> Vec<f64> {
            figures.iter().map(|row| row[at]).collect()
        };
        let targets = calibration.targets.iter().enumerate();
        let standing = targets.map(|(at, target)| {
            let posterior = column(&self.posterior, at);
            let within = posterior.iter().zip(&weights);
            let within = within.filter(|(value, _)| target.miss(**value) <= 0.0);
            let inside = within.map(|(_, weight)| weight).sum();
            Standing {
                prior: Quantiles::of(&column(&self.prior, at), &even),
                posterior: Quantiles::of(&posterior, &weights),
                inside,
                default: self.default[at],
                verdict: Verdict::of(inside),
            }
        });
        standing.collect()
    }

    /// The shares of the fitted parameter at this position among those fitted, with their weights.
    #[must_use]
    pub fn shares(&self, at: usize) -> Vec<f64> {
        self.population
            .sets
            .iter()
            .map(|set| set.shares[at])
            .collect()
    }

    /// Targets that are missed, or met in part: how many of those fitted and of those held out.
    #[must_use]
    pub fn short(&self, calibration: &Calibration, used: Use) -> (usize, usize) {
        let standings = self.standings(calibration);
        let of_use = calibration.targets.iter().zip(&standings);
        let of_use: Vec<_> = of_use.filter(|(target, _)| target.used == used).collect();
        let met = of_use
            .iter()
            .filter(|(_, standing)| standing.verdict == Verdict::Met);
        (met.count(), of_use.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighted_quantiles_worked_by_hand() {
        let found = Quantiles::of(&[5.0, 1.0, f64::NAN, 3.0], &[1.0, 1.0, 90.0, 8.0]);
        assert_eq!([found.low, found.median, found.high], [1.0, 3.0, 5.0]);
        let even = Quantiles::of(&[4.0, 2.0, 1.0, 3.0], &[1.0; 4]);
        assert_eq!([even.low, even.median, even.high], [1.0, 2.0, 4.0]);
        assert!(Quantiles::of(&[], &[]).median.is_nan());
    }

    #[test]
    fn verdicts_go_by_the_share_in_the_band() {
        let words = [1.0, 0.5, 0.49, 0.05, 0.049, 0.0].map(|inside| Verdict::of(inside).word());
        assert_eq!(
            words,
            ["met", "met", "partly", "partly", "missed", "missed"]
        );
    }
}

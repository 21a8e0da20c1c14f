//! Approximate Bayesian computation by adaptive population Monte Carlo (Lenormand, Jabot & Deffuant
//! 2013).
//!
//! Of sets that are drawn from the prior the nearest to the targets are kept. Each further wave draws
//! one of them by weight and moves it by a normal kernel with twice their weighted covariance (Beaumont
//! et al. 2009), and keeps the nearest of old and new. No tolerance is chosen beforehand, and what a
//! wave costs is known. All sets are then weighed anew, by the prior over the density of all waves'
//! draws together (Cornuet et al. 2012): a set of the first wave would otherwise weigh as much as a
//! hundred that were drawn where it is dense.
//!
//! A set is a point of the unit cube: each parameter by the share of its prior that lies below, so that
//! the prior is even.

use super::kernel::Kernel;
use crate::random::{Draws, Purpose, uniform};
use nalgebra::DMatrix;

/// Draws that may fall outside of the prior one after the other; then the set itself is tried again.
const ATTEMPTS: u64 = 100_000;
/// Added to each variance, so that sets that agree in a parameter can still move.
pub(super) const LEAST_VARIANCE: f64 = 1e-8;

/// One set of parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// The wave in which it was tried, from 1.
    pub wave: u32,
    /// Its number within that wave, from 0.
    pub number: u64,
    /// Each parameter by the share of its prior below, 0 to 1.
    pub shares: Vec<f64>,
    /// Importance weight, in proportion.
    pub weight: f64,
    /// How far from the targets, 0 and up.
    pub distance: f64,
}

/// The sets that are kept, the nearest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Population {
    /// The sets.
    pub sets: Vec<Set>,
    /// Where the sets of each wave were drawn.
    waves: Vec<Wave>,
}

/// How the sets of a wave were drawn.
#[derive(Clone, Debug, PartialEq)]
struct Wave {
    tried: f64,
    /// Steps from what was kept before; none in the first wave, which is drawn from the prior.
    kernel: Option<Kernel>,
}

impl Population {
    /// What is kept of this population and of the sets of a further wave, with new weights. `tried` are
    /// shares and distance of each set of the wave; of equally near ones those that were tried first are
    /// kept, and none without a distance.
    #[must_use]
    pub fn with(
        mut self,
        tried: Vec<(Vec<f64>, f64)>,
        kernel: Option<Kernel>,
        keep: usize,
    ) -> Self {
        let wave = u32::try_from(self.waves.len() + 1).unwrap_or(u32::MAX);
        self.waves.push(Wave {
            tried: tried.len() as f64,
            kernel,
        });
        let numbered = (0..).zip(tried);
        self.sets
            .extend(numbered.map(|(number, (shares, distance))| Set {
                wave,
                number,
                shares,
                weight: 1.0,
                distance,
            }));
        self.sets.retain(|set| set.distance.is_finite());
        self.sets.sort_by(|a, b| {
            let order = a.distance.total_cmp(&b.distance);
            order.then((a.wave, a.number).cmp(&(b.wave, b.number)))
        });
        self.sets.truncate(keep);
        let waves = &self.waves;
        for set in &mut self.sets {
            let density = |wave: &Wave| {
                let kernel = wave.kernel.as_ref();
                wave.tried * kernel.map_or(1.0, |kernel| kernel.density(&set.shares))
            };
            set.weight = 1.0 / waves.iter().map(density).sum::<f64>();
        }
        self
    }

    /// The distance of the set that lies farthest off; missing where there is none.
    #[must_use]
    pub fn tolerance(&self) -> f64 {
        self.sets.last().map_or(f64::NAN, |set| set.distance)
    }

    /// How many evenly weighted sets tell as much: (Σw)² / Σw² (Kish 1965).
    #[must_use]
    pub fn effective(&self) -> f64 {
        let weights = self.weights();
        1.0 / weights.iter().map(|weight| weight * weight).sum::<f64>()
    }

    /// The weights, of sum one.
    #[must_use]
    pub fn weights(&self) -> Vec<f64> {
        let sum: f64 = self.sets.iter().map(|set| set.weight).sum();
        self.sets.iter().map(|set| set.weight / sum).collect()
    }

    /// The weighted means of the shares.
    #[must_use]
    pub fn middle(&self) -> Vec<f64> {
        let size = self.sets.first().map_or(0, |set| set.shares.len());
        let weighted = self.sets.iter().zip(self.weights());
        weighted.fold(vec![0.0; size], |mut sum, (set, weight)| {
            sum.iter_mut()
                .zip(&set.shares)
                .for_each(|(sum, share)| *sum += weight * share);
            sum
        })
    }

    /// The position of the set that lies nearest to the middle, each share counted in standard
    /// deviations: one that stands for all.
    #[must_use]
    pub fn representative(&self) -> Option<usize> {
        let (middle, covariance) = (self.middle(), self.covariance());
        let off = |set: &Set| -> f64 {
            let each = set.shares.iter().zip(&middle).enumerate();
            each.map(|(at, (share, middle))| {
                let off = share - middle;
                off * off / (covariance[(at, at)] + LEAST_VARIANCE)
            })
            .sum()
        };
        let all = self.sets.iter().map(off).enumerate();
        all.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    }

    /// The weighted covariance of the shares.
    #[must_use]
    pub fn covariance(&self) -> DMatrix<f64> {
        let middle = self.middle();
        let mut covariance = DMatrix::zeros(middle.len(), middle.len());
        for (set, weight) in self.sets.iter().zip(self.weights()) {
            for (i, j) in (0..middle.len()).flat_map(|i| (0..middle.len()).map(move |j| (i, j))) {
                covariance[(i, j)] +=
                    weight * (set.shares[i] - middle[i]) * (set.shares[j] - middle[j]);
            }
        }
        covariance
    }

    /// The sets that the next wave tries, and how they were drawn; none where nothing is kept.
    #[must_use]
    pub fn proposals(&self, count: u64, draws: &Draws) -> Option<(Vec<Vec<f64>>, Kernel)> {
        let mut kernel = Kernel::new(self)?;
        let wave = self.waves.len() as u64 + 1;
        let mut attempts = 0_u64;
        let mut one = |number: u64| {
            let size = kernel.from[0].len() as u64;
            let mut words = vec![0; kernel.from[0].len() + 1];
            let mut last = 0;
            for attempt in 0..ATTEMPTS {
                attempts += 1;
                let index = (wave << 40) | number;
                draws.fill(
                    Purpose::Calibration,
                    index,
                    attempt * (size + 1),
                    &mut words,
                );
                last = kernel.pick(uniform(words[0]));
                let moved = kernel.moved(&kernel.from[last], &words[1..]);
                if moved.iter().all(|share| *share > 0.0 && *share < 1.0) {
                    return moved;
                }
            }
            kernel.from[last].clone()
        };
        let shares: Vec<Vec<f64>> = (0..count).map(&mut one).collect();
        kernel.inside = count as f64 / attempts as f64;
        Some((shares, kernel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::normal;

    /// Waves of a toy whose distance is a function of its two shares and of how many were tried before.
    fn fitted(
        waves: u32,
        tries: u64,
        keep: usize,
        distance: &dyn Fn(&[f64], u64) -> f64,
    ) -> Population {
        let draws = Draws::new(7, 0);
        let mut population = Population::default();
        let mut tried = 0;
        for _ in 0..waves {
            let (sets, kernel) = match population.proposals(tries, &draws) {
                Some((sets, kernel)) => (sets, Some(kernel)),
                None => {
                    let one = |at| draws.uniforms::<2>(Purpose::Design, at, 0).to_vec();
                    ((0..tries).map(one).collect(), None)
                }
            };
            let found = sets.into_iter().map(|shares: Vec<f64>| {
                tried += 1;
                let distance = distance(&shares, tried);
                (shares, distance)
            });
            let found = found.collect();
            population = population.with(found, kernel, keep);
        }
        population
    }

    fn variance(population: &Population, at: usize) -> f64 {
        population.covariance()[(at, at)]
    }

    /// Without noise the posterior is even on the square that is near enough: its middle, and a third of
    /// the squared tolerance as its variance.
    #[test]
    fn without_noise_the_posterior_is_even_where_it_is_near_enough() {
        let off = |shares: &[f64], _| (shares[0] - 0.3).abs().max((shares[1] - 0.8).abs());
        let found = fitted(4, 3_000, 1_000, &off);
        let tolerance = found.tolerance();
        assert!(tolerance < 0.06, "{tolerance}");
        for (at, middle) in [0.3, 0.8].into_iter().enumerate() {
            let error = (found.middle()[at] - middle) / tolerance;
            let ratio = variance(&found, at) / (tolerance * tolerance / 3.0);
            assert!(error.abs() < 0.12, "{error}");
            assert!((ratio - 1.0).abs() < 0.15, "{ratio}");
        }
        assert!(found.effective() > 500.0);
    }

    /// One figure, the first share with normal noise of .1, is seen at .5: the posterior of that share
    /// is normal with a variance of .01 and a third of the squared tolerance; of the other nothing is
    /// learnt, and it stays even with a variance of 1/12.
    #[test]
    fn a_normal_posterior_comes_out_and_what_does_not_matter_stays_even() {
        let draws = Draws::new(11, 1);
        let off = |shares: &[f64], tried: u64| {
            let mut word = [0; 1];
            draws.fill(Purpose::Design, tried, 0, &mut word);
            (shares[0] + 0.1 * normal(word[0]) - 0.5).abs()
        };
        let found = fitted(4, 3_000, 1_000, &off);
        let expected = 0.01 + found.tolerance() * found.tolerance() / 3.0;
        assert!((found.middle()[0] - 0.5).abs() < 0.02);
        assert!((variance(&found, 0) / expected - 1.0).abs() < 0.15);
        assert!((found.middle()[1] - 0.5).abs() < 0.06);
        assert!(
            (variance(&found, 1) * 12.0 - 1.0).abs() < 0.15,
            "{}",
            variance(&found, 1) * 12.0
        );
    }

    /// Sets with these first shares and weights; the second share is .5.
    fn population(sets: &[(f64, f64)]) -> Population {
        let numbered = (0..).zip(sets);
        let set = |(number, (share, weight)): (u64, &(f64, f64))| Set {
            wave: 1,
            number,
            shares: vec![*share, 0.5],
            weight: *weight,
            distance: 0.0,
        };
        Population {
            sets: numbered.map(set).collect(),
            ..Population::default()
        }
    }

    #[test]
    fn the_nearest_are_kept_and_of_equals_the_earlier() {
        let tried = |distances: &[f64]| -> Vec<(Vec<f64>, f64)> {
            distances
                .iter()
                .map(|distance| (vec![0.5], *distance))
                .collect()
        };
        let first = Population::default().with(tried(&[2.0, f64::INFINITY, 1.0, 1.0]), None, 9);
        assert_eq!(first.sets.len(), 3);
        let second = first.with(tried(&[1.0, 3.0]), None, 3);
        let kept: Vec<(u32, u64)> = second
            .sets
            .iter()
            .map(|set| (set.wave, set.number))
            .collect();
        assert_eq!(kept, [(1, 2), (1, 3), (2, 0)]);
        assert!(second.tolerance() <= 1.0);
        // Six were tried in all, everywhere alike.
        assert!(
            second
                .sets
                .iter()
                .all(|set| (set.weight - 1.0 / 6.0).abs() < 1e-12)
        );
    }

    /// Weights 1, 1, 2: as much as 16/6 even ones; mean .1/4 + .3/4 + .6/2 = .4; variance
    /// (.09 + .01 + 2·.04)/4.
    #[test]
    fn weights_worked_by_hand() {
        let found = population(&[(0.1, 1.0), (0.3, 1.0), (0.6, 2.0)]);
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(found.effective(), 16.0 / 6.0);
        close(found.middle()[0], 0.4);
        close(variance(&found, 0), 0.045);
        assert_eq!(found.representative(), Some(1));
    }

    #[test]
    fn proposals_lie_within_the_prior_and_do_not_depend_on_how_many_there_are() {
        let found = population(&[(0.02, 1.0), (0.9, 3.0), (0.97, 1.0)]);
        let draws = Draws::new(3, 0);
        let (many, kernel) = found.proposals(200, &draws).unwrap();
        let inside = |share: &f64| *share > 0.0 && *share < 1.0;
        assert!(many.iter().flatten().all(inside));
        assert!(
            kernel.inside > 0.3 && kernel.inside < 0.9,
            "{}",
            kernel.inside
        );
        let (few, _) = found.proposals(20, &draws).unwrap();
        assert_eq!(few, many[..20]);
        let other = found.proposals(20, &Draws::new(4, 0)).unwrap();
        assert_ne!(few, other.0);
        assert!(Population::default().proposals(1, &draws).is_none());
    }
}

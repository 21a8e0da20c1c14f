//! How the sets of a wave are drawn: normal steps from those that were kept before.

use super::population::{LEAST_VARIANCE, Population};
use crate::math;
use crate::random::normal;
use nalgebra::{DMatrix, DVector};

/// Normal steps from sets that are drawn by weight, cut to the unit cube.
#[derive(Clone, Debug, PartialEq)]
pub struct Kernel {
    /// The sets from which steps go, by their shares.
    pub(super) from: Vec<Vec<f64>>,
    weights: Vec<f64>,
    /// Sums of the weights up to each set.
    sums: Vec<f64>,
    /// L, where L Lᵀ is the covariance of a step.
    root: DMatrix<f64>,
    /// The part of all steps that ends within the cube: there the density is larger by so much.
    pub(super) inside: f64,
}

impl Kernel {
    pub(super) fn new(population: &Population) -> Option<Self> {
        let weights = population.weights();
        let sums = weights.iter().scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        let sums: Vec<f64> = sums.collect();
        let mut covariance = population.covariance() * 2.0;
        for at in 0..covariance.nrows() {
            covariance[(at, at)] += LEAST_VARIANCE;
        }
        let root = covariance.cholesky().filter(|_| !sums.is_empty())?.l();
        let from = population.sets.iter().map(|set| set.shares.clone());
        Some(Self {
            from: from.collect(),
            weights,
            sums,
            root,
            inside: 1.0,
        })
    }

    /// The position of the set that a uniform number picks.
    pub(super) fn pick(&self, share: f64) -> usize {
        let at = self.sums.partition_point(|sum| *sum < share);
        at.min(self.sums.len() - 1)
    }

    /// θ + L z.
    pub(super) fn moved(&self, from: &[f64], words: &[u32]) -> Vec<f64> {
        let step: Vec<f64> = words.iter().map(|word| normal(*word)).collect();
        let row = |at: usize| (0..=at).map(|k| self.root[(at, k)] * step[k]).sum::<f64>();
        let moved = from.iter().enumerate();
        moved.map(|(at, share)| share + row(at)).collect()
    }

    /// Σ w φ(θ - θ_j), the density of draws at `shares`, over the part that ends within the cube.
    pub(super) fn density(&self, shares: &[f64]) -> f64 {
        let size = shares.len();
        let diagonal: f64 = (0..size).map(|at| math::ln(self.root[(at, at)])).sum();
        let scale = diagonal + 0.5 * size as f64 * math::ln(std::f64::consts::TAU);
        let each = self.from.iter().zip(&self.weights);
        let sum: f64 = each
            .map(|(from, weight)| {
                let off = DVector::from_fn(size, |at, _| shares[at] - from[at]);
                let steps = self.root.solve_lower_triangular(&off);
                let square = steps.map_or(f64::INFINITY, |z| z.iter().map(|z| z * z).sum());
                weight * math::exp(-0.5 * square - scale)
            })
            .sum();
        sum / self.inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One set in one dimension at .5 with a step's sd of .1 (so a kernel's variance of .01): at .6 the
    /// normal density is 2.41971, and what falls outside of the cube is 5.7e-7.
    #[test]
    fn a_density_worked_by_hand() {
        let kernel = Kernel {
            from: vec![vec![0.5]],
            weights: vec![1.0],
            sums: vec![1.0],
            root: DMatrix::from_element(1, 1, 0.1),
            inside: 0.5,
        };
        assert!((kernel.density(&[0.6]) - 2.0 * 2.419_707).abs() < 1e-5);
        let moved = kernel.moved(&[0.5], &[u32::MAX / 2]);
        assert!((moved[0] - 0.5).abs() < 1e-6);
    }
}

//! Two samples A and B and their mixtures, for first-order, total and, on request, second-order
//! Sobol' indices (Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola 2010; second order:
//! Saltelli 2002).
//!
//! A and B are the two halves of the dimensions of one scrambled Sobol' sequence. AB_i is A with
//! factor i from B, BA_i is B with factor i from A. The points that belong to one base point follow
//! one another, A, AB_1 ... AB_k, (BA_1 ... BA_k,) B, so that an experiment which is stopped early
//! has whole blocks. Any number of base points will do; 2, 4, 8, 16 ... are the most even.

use super::sequence::Sequence;
use super::{Coordinate, DesignError, Scale, coordinate};
use crate::random::Draws;

/// A Saltelli design.
#[derive(Clone, Debug)]
pub(super) struct Saltelli {
    factors: Vec<Scale>,
    sequence: Sequence,
    second_order: bool,
}

impl Saltelli {
    pub(super) fn new(
        factors: &[Scale],
        second_order: bool,
        draws: &Draws,
    ) -> Result<Self, DesignError> {
        let sequence = Sequence::new(2 * factors.len(), draws);
        let sequence = sequence.map_err(|most| DesignError::TooManyFactors {
            design: "Saltelli design",
            factors: factors.len(),
            most: most / 2,
        })?;
        Ok(Self {
            factors: factors.to_vec(),
            sequence,
            second_order,
        })
    }

    /// How many points belong to one base point.
    pub(super) fn block(&self) -> u64 {
        let mixtures = if self.second_order { 2 } else { 1 };
        mixtures * self.factors.len() as u64 + 2
    }

    pub(super) fn point(&self, index: u64) -> Vec<Coordinate> {
        let (base, place) = (index / self.block(), index % self.block());
        let shares: Vec<f64> = self.sequence.shares(base).collect();
        let (a, b) = shares.split_at(self.factors.len());
        let factors = (1..).zip(&self.factors).zip(a.iter().zip(b));
        factors
            .map(|((number, scale), (a, b))| {
                coordinate(*scale, if self.is_of_b(place, number) { *b } else { *a })
            })
            .collect()
    }

    /// Whether a factor, counted from one, is taken from B at this place of a block.
    fn is_of_b(&self, place: u64, number: u64) -> bool {
        let count = self.factors.len() as u64;
        if place <= count {
            place == number
        } else {
            place - count != number || place + 1 == self.block()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Coordinate, Design, DesignError, Kind, Scale};

    fn kind(points: u64, second_order: bool) -> Kind {
        Kind::Saltelli {
            points,
            second_order,
        }
    }

    #[test]
    fn mixtures_take_one_factor_from_the_other_sample() {
        let factors = [Scale::Range, Scale::Levels(1_000), Scale::Range];
        for second_order in [false, true] {
            let design = Design::new(kind(50, second_order), &factors, 8).unwrap();
            let block = if second_order { 8 } else { 5 };
            assert_eq!(design.len(), 50 * block);
            for base in 0..50 {
                let point = |place: u64| design.point(base * block + place);
                let (a, b) = (point(0), point(block - 1));
                for factor in 0..3 {
                    assert_ne!(a[factor], b[factor]);
                    let at = factor as u64;
                    let (mut ab, mut ba) = (a.clone(), b.clone());
                    ab[factor] = b[factor];
                    ba[factor] = a[factor];
                    assert_eq!(point(1 + at), ab);
                    if second_order {
                        assert_eq!(point(4 + at), ba);
                    }
                }
            }
        }
    }

    #[test]
    fn more_base_points_keep_the_ones_before() {
        let new = |points| Design::new(kind(points, false), &[Scale::Range; 2], 8).unwrap();
        let (short, long) = (new(5), new(64));
        assert!(short.extends());
        assert!((0..short.len()).all(|index| short.point(index) == long.point(index)));
    }

    /// The function of Ishigami & Homma (1990) with a = 7 and b = .1, on the share of each of its
    /// three inputs.
    #[allow(clippy::disallowed_methods, reason = "a test function with a sine")]
    fn ishigami(point: &[Coordinate]) -> f64 {
        let x = |at: usize| match point[at] {
            Coordinate::Share(share) => std::f64::consts::TAU * (share - 0.5),
            other => panic!("{other:?}"),
        };
        let (a, b, c) = (x(0), x(1), x(2));
        a.sin() + 7.0 * b.sin() * b.sin() + 0.1 * c * c * c * c * a.sin()
    }

    /// Known indices: first order .314, .442, 0; total .558, .442, .244; of the first and third
    /// together .244. The estimators are those of table 2 of Saltelli et al. (2010), and of Saltelli
    /// (2002) for pairs.
    #[test]
    fn indices_of_the_ishigami_function_are_the_known_ones() {
        for seed in 0..3 {
            let design = Design::new(kind(4_096, true), &[Scale::Range; 3], seed).unwrap();
            let values: Vec<f64> = (0..design.len())
                .map(|index| ishigami(&design.point(index)))
                .collect();
            let blocks = || values.chunks_exact(8);
            let mean = |f: &dyn Fn(&[f64]) -> f64| blocks().map(f).sum::<f64>() / 4_096.0;
            let centre = mean(&|v| (v[0] + v[7]) / 2.0);
            let variance = mean(&|v| {
                let (a, b) = (v[0] - centre, v[7] - centre);
                (a * a + b * b) / 2.0
            });
            let first = |i: usize| mean(&|v| v[7] * (v[1 + i] - v[0])) / variance;
            let total =
                |i: usize| mean(&|v| (v[0] - v[1 + i]) * (v[0] - v[1 + i])) / (2.0 * variance);
            let pair = |i: usize, j: usize| {
                let closed = mean(&|v| v[4 + i] * v[1 + j] - v[0] * v[7]) / variance;
                closed - first(i) - first(j)
            };
            let found = [
                (first(0), 0.3139),
                (first(1), 0.4424),
                (first(2), 0.0),
                (total(0), 0.5576),
                (total(1), 0.4424),
                (total(2), 0.2437),
                (pair(0, 2), 0.2437),
                (pair(0, 1), 0.0),
            ];
            for (estimate, known) in found {
                assert!((estimate - known).abs() < 0.02, "{seed}: {found:?}");
            }
        }
    }

    #[test]
    fn too_many_points_or_factors_are_refused() {
        for points in [3_000_000, u64::MAX] {
            let error = Design::new(kind(points, false), &[Scale::Range; 2], 0).unwrap_err();
            assert_eq!(error, DesignError::TooLarge);
        }
        let error = Design::new(kind(1, false), &vec![Scale::Range; 501], 0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "this Saltelli design has 501 factors, but can have at most 500, for want of published \
             direction numbers; vary fewer, for example those that a Morris design shows to matter"
        );
        assert_eq!(
            Design::new(kind(1, true), &[Scale::Range; 500], 0)
                .unwrap()
                .len(),
            1_002
        );
        let none = Design::new(kind(0, false), &[Scale::Range], 0).unwrap_err();
        assert_eq!(
            none.to_string(),
            "this Saltelli design would have no points; ask for at least one"
        );
    }
}

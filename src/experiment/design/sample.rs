//! Samples that fill the space of all factors: Latin hypercubes and scrambled Sobol' sequences.
//!
//! **Latin hypercube** (McKay, Beckman & Conover 1979): for n points the distribution of each factor
//! is cut into n strata of equal chance, each is used once, at a random place in it, and the strata
//! of different factors are combined at random. The order of strata is the swap-or-not shuffle of
//! Hoang, Morris & Rogaway (2012), which finds the stratum of one point without those of the others.
//!
//! **Sobol' sample**: the first points of a scrambled Sobol' sequence (`sequence.rs`), one dimension a
//! factor.

use super::sequence::Sequence;
use super::{Coordinate, DesignError, Scale, below, coordinate, key};
use crate::random::{Draws, Purpose, paired};

/// A Latin hypercube.
#[derive(Clone, Debug)]
pub(super) struct LatinHypercube {
    factors: Vec<Scale>,
    keys: Vec<[u32; 2]>,
    points: u64,
    draws: Draws,
}

impl LatinHypercube {
    pub(super) fn new(factors: &[Scale], points: u64, draws: Draws) -> Self {
        Self {
            factors: factors.to_vec(),
            keys: (0..factors.len()).map(|at| key(&draws, at)).collect(),
            points,
            draws,
        }
    }

    pub(super) fn point(&self, index: u64) -> Vec<Coordinate> {
        let mut words = vec![0; self.factors.len()];
        self.draws.fill(Purpose::Design, index, 0, &mut words);
        let factors = self.factors.iter().zip(&self.keys).zip(words);
        factors
            .map(|((scale, key), word)| {
                let stratum = shuffled(index, self.points, *key);
                // 24 bits, so that the sum is exact and the place stays inside its stratum.
                let place = (f64::from(word >> 8) + 0.5) / 16_777_216.0;
                coordinate(*scale, (stratum as f64 + place) / self.points as f64)
            })
            .collect()
    }
}

/// The place of one of `count` cards in a random order that belongs to `key`. Each round pairs the
/// places whose sum is a random number, and swaps each pair or not by a random bit of its own.
/// Rounds grow with the bits of `count`, as the authors' proof asks; the constant serves small counts.
fn shuffled(card: u64, count: u64, key: [u32; 2]) -> u64 {
    let rounds = 24 + 6 * u64::from(count.ilog2() + 1);
    (0..rounds).fold(card, |at, round| {
        let [sum] = paired::<1>(key, round);
        let sum = below(sum, count);
        let partner = sum.checked_sub(at).unwrap_or(sum + count - at);
        let [swap] = paired::<1>(key, ((round + 1) << 32) | at.max(partner));
        if swap >> 31 == 1 { partner } else { at }
    })
}

/// A scrambled Sobol' sequence, one dimension a factor.
#[derive(Clone, Debug)]
pub(super) struct Sobol {
    factors: Vec<Scale>,
    sequence: Sequence,
}

impl Sobol {
    pub(super) fn new(factors: &[Scale], draws: &Draws) -> Result<Self, DesignError> {
        let sequence = Sequence::new(factors.len(), draws);
        let sequence = sequence.map_err(|most| DesignError::TooManyFactors {
            design: "Sobol' design",
            factors: factors.len(),
            most,
        })?;
        Ok(Self {
            factors: factors.to_vec(),
            sequence,
        })
    }

    pub(super) fn point(&self, index: u64) -> Vec<Coordinate> {
        let shares = self.sequence.shares(index);
        let factors = self.factors.iter().zip(shares);
        factors
            .map(|(scale, share)| coordinate(*scale, share))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Coordinate, Design, Kind, Scale};
    use super::shuffled;
    use std::collections::{BTreeMap, BTreeSet};

    fn shares(design: &Design) -> Vec<Vec<f64>> {
        let share = |coordinate| match coordinate {
            Coordinate::Share(share) => share,
            other => panic!("{other:?}"),
        };
        (0..design.len())
            .map(|index| design.point(index).into_iter().map(share).collect())
            .collect()
    }

    fn hypercube(points: u64, factors: usize, seed: u64) -> Vec<Vec<f64>> {
        let kind = Kind::LatinHypercube { points };
        shares(&Design::new(kind, &vec![Scale::Range; factors], seed).unwrap())
    }

    fn sobol(points: u64, factors: usize, seed: u64) -> Vec<Vec<f64>> {
        let kind = Kind::Sobol { points };
        shares(&Design::new(kind, &vec![Scale::Range; factors], seed).unwrap())
    }

    /// Which of `count` equal strata a share lies in.
    #[allow(clippy::cast_possible_truncation, reason = "a small whole number")]
    fn stratum(share: f64, count: usize) -> usize {
        assert!(share > 0.0 && share < 1.0);
        (share * count as f64) as usize
    }

    /// Whether each stratum of factor `at` has one of the points.
    fn stratified(points: &[Vec<f64>], at: usize) -> bool {
        let strata = points.iter().map(|point| stratum(point[at], points.len()));
        strata.collect::<BTreeSet<_>>().len() == points.len()
    }

    /// The square of the centred L2 discrepancy (Hickernell 1998), and what it is on average for
    /// random points.
    fn discrepancy(points: &[Vec<f64>]) -> (f64, f64) {
        let (n, d) = (points.len() as f64, points[0].len());
        let power = |base: f64| (0..d).map(|_| base).product::<f64>();
        let off = |x: f64| (x - 0.5).abs();
        let one = |point: &Vec<f64>| {
            let factors = point
                .iter()
                .map(|x| 1.0 + 0.5 * off(*x) - 0.5 * off(*x) * off(*x));
            factors.product::<f64>()
        };
        let two = |a: &Vec<f64>, b: &Vec<f64>| {
            let pairs = a.iter().zip(b);
            pairs
                .map(|(x, y)| 1.0 + 0.5 * (off(*x) + off(*y) - (x - y).abs()))
                .product::<f64>()
        };
        let single: f64 = points.iter().map(one).sum();
        let double: f64 = points
            .iter()
            .flat_map(|a| points.iter().map(move |b| two(a, b)))
            .sum();
        let square = power(13.0 / 12.0) - 2.0 / n * single + double / (n * n);
        (square, (power(1.25) - power(13.0 / 12.0)) / n)
    }

    #[test]
    fn a_latin_hypercube_has_one_point_in_each_stratum_of_each_factor() {
        for points in [1, 2, 3, 7, 10, 64, 100, 1_000, 4_097] {
            for seed in 0..5 {
                let cube = hypercube(points, 4, seed);
                assert!((0..4).all(|at| stratified(&cube, at)), "{points}, {seed}");
            }
        }
    }

    /// 400 squared correlations of 100 points: their mean is 1/99 with a relative sd of .07, five
    /// sd. In 20 cubes the discrepancy is on average below that of random points.
    #[test]
    fn strata_are_combined_at_random_and_the_cube_is_more_even_than_random_points() {
        let (mut squares, mut ratio) = (0.0, 0.0);
        for seed in 0..40 {
            let cube = hypercube(100, 5, seed);
            for (a, b) in (0..5).flat_map(|a| (0..a).map(move |b| (a, b))) {
                let product = |point: &Vec<f64>| 12.0 * (point[a] - 0.5) * (point[b] - 0.5);
                let correlation = cube.iter().map(product).sum::<f64>() / 100.0;
                squares += correlation * correlation / 400.0;
            }
            let (square, random) = discrepancy(&cube);
            ratio += square / random / 40.0;
        }
        assert!((squares * 99.0 - 1.0).abs() < 0.35, "{squares}");
        assert!(ratio < 0.8, "{ratio}");
    }

    /// 7,200 orders of four: each of 24 is expected 300 times with sd 17: five sd.
    #[test]
    fn every_order_is_equally_likely() {
        let mut seen = BTreeMap::new();
        for seed in 0..7_200 {
            let order = [0, 1, 2, 3].map(|card| shuffled(card, 4, [seed, 1]));
            *seen.entry(order).or_insert(0_i32) += 1;
        }
        assert_eq!(seen.len(), 24);
        assert!(
            seen.values().all(|count| (count - 300).abs() < 85),
            "{seen:?}"
        );
    }

    #[test]
    fn places_within_strata_and_their_order_depend_on_the_seed() {
        assert_ne!(hypercube(10, 2, 1), hypercube(10, 2, 2));
        let kind = Kind::LatinHypercube { points: 10 };
        assert!(!Design::new(kind, &[Scale::Range], 1).unwrap().extends());
        let two = hypercube(2_000, 1, 1);
        let mean = two
            .iter()
            .map(|point| (point[0] * 2_000.0).fract())
            .sum::<f64>()
            / 2_000.0;
        assert!(
            (mean - 0.5).abs() < 5.0 * 0.289 / 2_000_f64.sqrt(),
            "{mean}"
        );
    }

    #[test]
    fn each_aligned_block_of_scrambled_points_is_stratified() {
        let points = sobol(1_024, 40, 9);
        for block in (0..=10).flat_map(|m| points.chunks_exact(1 << m)) {
            assert!((0..40).all(|at| stratified(block, at)));
            // The first two dimensions are a (0, 2)-sequence: one point in every elementary interval.
            let m = block.len().ilog2();
            for cut in 0..=m {
                let cell = |point: &Vec<f64>| {
                    (
                        stratum(point[0], 1 << cut),
                        stratum(point[1], 1 << (m - cut)),
                    )
                };
                let cells: BTreeSet<_> = block.iter().map(cell).collect();
                assert_eq!(cells.len(), block.len());
            }
        }
    }

    /// With one point in each of n strata a mean is off by less than 1/(2n).
    #[test]
    fn scrambled_points_are_far_more_even_than_random_ones() {
        for seed in 0..5 {
            let points = sobol(256, 6, seed);
            let (square, random) = discrepancy(&points);
            assert!(square < 0.1 * random, "{square} {random}");
            for at in 0..6 {
                let mean = points.iter().map(|point| point[at]).sum::<f64>() / 256.0;
                assert!((mean - 0.5).abs() <= 1.0 / 512.0);
            }
        }
    }

    #[test]
    fn more_points_keep_the_ones_before_and_seeds_differ() {
        assert_eq!(sobol(10, 3, 4), sobol(100, 3, 4)[..10]);
        assert_ne!(sobol(10, 3, 4), sobol(10, 3, 5));
        let kind = Kind::Sobol { points: 10 };
        assert!(Design::new(kind, &[Scale::Range], 1).unwrap().extends());
    }

    #[test]
    fn factors_with_levels_get_equal_parts() {
        for kind in [
            Kind::Sobol { points: 64 },
            Kind::LatinHypercube { points: 64 },
        ] {
            let design = Design::new(kind, &[Scale::Levels(4), Scale::Levels(1)], 2).unwrap();
            let mut counts = [0; 4];
            for index in 0..64 {
                let point = design.point(index);
                assert_eq!(point[1], Coordinate::Level(0));
                match point[0] {
                    Coordinate::Level(at) => counts[at] += 1,
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(counts, [16; 4]);
        }
    }

    #[test]
    fn samples_without_points_or_beyond_the_published_dimensions_are_refused() {
        for (kind, name) in [
            (Kind::Sobol { points: 0 }, "Sobol' design"),
            (Kind::LatinHypercube { points: 0 }, "Latin hypercube"),
        ] {
            let error = Design::new(kind, &[Scale::Range], 0).unwrap_err();
            let expected = format!("this {name} would have no points; ask for at least one");
            assert_eq!(error.to_string(), expected);
        }
        let kind = Kind::Sobol { points: 8 };
        let error = Design::new(kind, &vec![Scale::Range; 1_001], 0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "this Sobol' design has 1001 factors, but can have at most 1000, for want of published \
             direction numbers; vary fewer, for example those that a Morris design shows to matter"
        );
    }
}

//! Scrambled Sobol' sequences.
//!
//! The Sobol' sequence (Sobol' 1967) with the direction numbers of Joe & Kuo (2008), in the order of
//! Antonov & Saleev (1979), which makes any point from the bits of its index. Of each 2^m points
//! from a multiple of 2^m on, every factor has one in each of 2^m equal strata. Nested uniform
//! scrambling (Owen 1995) makes each point uniform and keeps this: every bit is flipped or not by a
//! random bit that belongs to the bits before it. As with Burley (2020), after Laine & Karras (2011),
//! that random bit is a hash; theirs is one multiplication chain for a whole word, tuned to look
//! random, here each node of the tree is hashed by itself.

use super::key;
use crate::random::{Draws, paired, uniform};
use sobol::SobolParams;
use sobol::params::JoeKuoD6;

/// A scrambled Sobol' sequence of 2^32 points in up to 1,000 dimensions.
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    dimensions: Vec<Dimension>,
}

#[derive(Clone, Debug)]
struct Dimension {
    directions: Vec<u32>,
    key: [u32; 2],
}

impl Sequence {
    /// The sequence, or how many dimensions there can be.
    pub(super) fn new(dimensions: usize, draws: &Draws) -> Result<Self, usize> {
        let published = JoeKuoD6::standard();
        if dimensions > published.max_dims() {
            return Err(published.max_dims());
        }
        let directions = sobol::Sobol::<u32>::init_direction_vals(dimensions, 32, &published);
        let dimensions = directions.into_iter().enumerate();
        Ok(Self {
            dimensions: dimensions
                .map(|(at, directions)| Dimension {
                    directions,
                    key: key(draws, at),
                })
                .collect(),
        })
    }

    /// A point: numbers between 0 and 1, both excluded.
    pub(super) fn shares(&self, index: u64) -> impl Iterator<Item = f64> {
        self.dimensions
            .iter()
            .map(move |dimension| uniform(scrambled(dimension.word(index), dimension.key)))
    }
}

impl Dimension {
    /// The coordinate of a point before scrambling, times 2^32.
    fn word(&self, index: u64) -> u32 {
        let gray = index ^ (index >> 1);
        let directions = self.directions.iter().enumerate();
        directions
            .filter(|(bit, _)| (gray >> bit) & 1 == 1)
            .fold(0, |word, (_, direction)| word ^ direction)
    }
}

/// A word scrambled. The bits above a bit, with a one before them, are the number of its node.
fn scrambled(word: u32, key: [u32; 2]) -> u32 {
    (0..32).fold(word, |scrambled, depth| {
        let node = (1 << depth) | (u64::from(word) >> (32 - depth));
        let [hash] = paired::<1>(key, node);
        scrambled ^ ((hash >> 31) << (31 - depth))
    })
}

#[cfg(test)]
mod tests {
    use super::{Draws, JoeKuoD6, Sequence, scrambled, uniform};

    /// The first ten points in six dimensions as the program and tables of Joe & Kuo (2008) give them.
    #[test]
    fn unscrambled_points_are_the_published_ones() {
        let published = [
            [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25, 0.25, 0.75, 0.75],
            [0.25, 0.75, 0.75, 0.75, 0.25, 0.25],
            [0.375, 0.375, 0.625, 0.875, 0.375, 0.125],
            [0.875, 0.875, 0.125, 0.375, 0.875, 0.625],
            [0.625, 0.125, 0.875, 0.625, 0.625, 0.875],
            [0.125, 0.625, 0.375, 0.125, 0.125, 0.375],
            [0.1875, 0.3125, 0.9375, 0.4375, 0.5625, 0.3125],
            [0.6875, 0.8125, 0.4375, 0.9375, 0.0625, 0.8125],
        ];
        let sequence = Sequence::new(1_000, &Draws::new(0, 0)).unwrap();
        let plain = |index, at: usize| sequence.dimensions[at].word(index);
        for (index, point) in (0..).zip(published) {
            for (at, expected) in point.into_iter().enumerate() {
                let found = f64::from(plain(index, at)) / 4_294_967_296.0;
                assert!((found - expected).abs() < 1e-12, "point {index}: {found}");
            }
        }
        // Made one after the other they are the same.
        let iterated = sobol::Sobol::<u32>::new(1_000, &JoeKuoD6::standard());
        for (index, point) in (0..300).zip(iterated) {
            for (at, expected) in point.into_iter().enumerate() {
                assert_eq!(plain(index, at), expected);
            }
        }
    }

    /// Owen's scrambling keeps how many leading bits two numbers share. Over 4,000 keys a scrambled
    /// number is uniform, and two that share 3 bits are independent after the first bit in which
    /// they differ: means of 1/2 and correlations of 0 with sd .0046 and .016, five sd.
    #[test]
    fn scrambling_is_nested_and_uniform() {
        let (a, b) = (0x4ab3_0f11_u32, 0x5103_77c2_u32);
        assert_eq!((a ^ b).leading_zeros(), 3);
        let (mut mean, mut product) = (0.0, 0.0);
        for seed in 0..4_000 {
            let (x, y) = (scrambled(a, [seed, 3]), scrambled(b, [seed, 3]));
            assert_eq!((x ^ y).leading_zeros(), 3);
            mean += uniform(x) / 4_000.0;
            let rest = |word: u32| uniform(word << 4) - 0.5;
            product += 12.0 * rest(x) * rest(y) / 4_000.0;
        }
        assert!((mean - 0.5).abs() < 0.023, "{mean}");
        assert!(product.abs() < 0.08, "{product}");
    }
}

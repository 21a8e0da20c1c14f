//! Random numbers that are addressed, not consumed in order.
//!
//! Every draw has an address: a *stream* for (master seed, replicate, [`Purpose`], forum or block
//! of leaders) and a *position* for (cycle, stable slot). A draw that one arm of an experiment
//! needs and another does not therefore shifts nothing else: two arms with one seed share their
//! luck draw by draw (common random numbers), and neither threads nor the order of work can change
//! a result. Each draw takes a fixed number of 32-bit words: distributions are sampled by inverting
//! their distribution function, never by rejection.
//!
//! The generator is `ChaCha` with eight rounds (Bernstein 2008), which can jump to any position.

use crate::math;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream of random numbers is used for. The number of a purpose is part of every address:
/// it never changes and is never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// What separates one team from another at the start: trust, power, interdependence, kinds.
    Team = 1,
    /// The attributes of the first holder of each post.
    Leader = 2,
    /// The informal network.
    Network = 3,
    /// Pressure pulses, the drifting need, the luck of the system.
    System = 4,
    /// Everything that happens in one forum in one cycle.
    Forum = 5,
    /// What happens to one leader in one cycle: signals, leaving.
    Month = 6,
    /// The attributes of a newcomer who takes over a post.
    Newcomer = 7,
    /// The luck of a forum (position zero) and of each of its projects.
    Luck = 9,
    /// Values drawn for people whom a survey could not reach.
    Imputation = 8,
    /// Grants dealt at random, against which measures of leadership are held.
    Permutation = 10,
    /// The points of an experimental design.
    Design = 11,
    /// Whom an intervention reaches, and what it does to them.
    Intervention = 12,
    /// The sets of parameters that a calibration tries.
    Calibration = 13,
}

/// The random numbers of one run.
#[derive(Clone, Debug)]
pub struct Draws {
    origin: ChaCha8Rng,
}

impl Draws {
    /// The random numbers of one replicate under one master seed. Zero is a valid seed.
    #[must_use]
    pub fn new(seed: u64, replicate: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&replicate.to_le_bytes());
        key[16..].copy_from_slice(b"commonground/001");
        Self {
            origin: ChaCha8Rng::from_seed(key),
        }
    }

    /// Fills `words` from the stream of (`purpose`, `index`), starting at word `position`.
    pub fn fill(&self, purpose: Purpose, index: u64, position: u64, words: &mut [u32]) {
        let mut stream = self.origin.clone();
        stream.set_stream(((purpose as u64) << 56) | index);
        stream.set_word_pos(u128::from(position));
        stream.fill_bytes(bytemuck::cast_slice_mut(words));
        for word in words {
            *word = u32::from_le(*word);
        }
    }

    /// The `N` uniform numbers at one address.
    #[must_use]
    pub fn uniforms<const N: usize>(
        &self,
        purpose: Purpose,
        index: u64,
        position: u64,
    ) -> [f64; N] {
        let mut words = [0; N];
        self.fill(purpose, index, position, &mut words);
        words.map(uniform)
    }
}

/// A number between 0 and 1, both excluded, from one word.
#[inline]
#[must_use]
pub fn uniform(word: u32) -> f64 {
    (f64::from(word) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// A standard normal number from one word.
#[inline]
#[must_use]
pub fn normal(word: u32) -> f64 {
    math::normal_quantile(uniform(word))
}

/// Whether an event with this chance happens, by one word.
#[inline]
#[must_use]
pub fn happens(word: u32, chance: f64) -> bool {
    uniform(word) < chance
}

/// An address from an identifier (FNV-1a, 56 bits): others of its sort do not move it.
#[must_use]
pub fn address(id: &str) -> u64 {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    (hash ^ (hash >> 56)) & ((1 << 56) - 1)
}

/// Words for an ordered pair, from 64 drawn bits of the first and the slot of the second
/// (`SplitMix64`, Steele, Lea & Flood 2014, from a place in its sequence that belongs to the second):
/// millions of pairs need no stream each, and a pair's words depend on its two slots only.
#[inline]
#[must_use]
pub fn paired<const N: usize>(first: [u32; 2], second: u64) -> [u32; N] {
    let bits = u64::from(first[0]) | (u64::from(first[1]) << 32);
    let step = second.wrapping_mul(N.div_ceil(2) as u64).wrapping_add(1);
    let mut words = [0; N];
    for (at, two) in (0..).zip(words.chunks_mut(2)) {
        let mixed = mix(bits.wrapping_add(step.wrapping_add(at).wrapping_mul(GOLDEN)));
        let halves = [(mixed >> 32) as u32, (mixed & 0xffff_ffff) as u32];
        two.copy_from_slice(&halves[..two.len()]);
    }
    words
}

/// The golden ratio's fraction, times 2^64.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of `SplitMix64`.
#[inline]
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_depends_on_its_address_alone() {
        let draws = Draws::new(7, 3);
        let mut run = [0; 300];
        draws.fill(Purpose::Forum, 5, 1000, &mut run);
        for at in [0, 1, 63, 64, 65, 299] {
            let mut one = [0; 1];
            draws.fill(Purpose::Forum, 5, 1000 + at, &mut one);
            assert_eq!(one[0], run[usize::try_from(at).unwrap()]);
        }
    }

    #[test]
    fn every_part_of_the_address_counts() {
        let word = |seed, replicate, purpose, index, position| {
            let mut words = [0; 2];
            Draws::new(seed, replicate).fill(purpose, index, position, &mut words);
            words
        };
        let base = word(0, 0, Purpose::Forum, 0, 0);
        assert_ne!(base, word(1, 0, Purpose::Forum, 0, 0));
        assert_ne!(base, word(0, 1, Purpose::Forum, 0, 0));
        assert_ne!(base, word(0, 0, Purpose::Leader, 0, 0));
        assert_ne!(base, word(0, 0, Purpose::Forum, 1, 0));
        assert_ne!(base, word(0, 0, Purpose::Forum, 0, 2));
    }

    /// As above, 10,000 draws: five sd. Words of one pair, of neighbours and of the two directions do
    /// not go together.
    #[test]
    fn words_of_pairs_are_like_words_drawn() {
        let mut keys = vec![0; 200];
        Draws::new(1, 1).fill(Purpose::Forum, 0, 0, &mut keys);
        let key = |slot: usize| [keys[2 * slot], keys[2 * slot + 1]];
        let pairs = (0..100).flat_map(|a| (0..100).map(move |b| (a, b)));
        let words = |a: usize, b: usize| paired::<4>(key(a), b as u64).map(uniform);
        let (mut means, mut products) = ([0.0; 4], [0.0; 3]);
        for (a, b) in pairs {
            let (here, next, back) = (words(a, b), words(a, (b + 1) % 100), words(b, a));
            for (mean, u) in means.iter_mut().zip(here) {
                *mean += u / 1e4;
            }
            let others = [here[1], next[0], if a == b { 0.5 } else { back[0] }];
            for (product, other) in products.iter_mut().zip(others) {
                *product += 12.0 * (here[0] - 0.5) * (other - 0.5) / 1e4;
            }
        }
        assert!(
            means.iter().all(|mean| (mean - 0.5).abs() < 0.0145),
            "{means:?}"
        );
        assert!(
            products.iter().all(|product| product.abs() < 0.05),
            "{products:?}"
        );
        assert_eq!(paired::<1>(key(3), 7)[0], paired::<2>(key(3), 7)[0]);
    }

    /// With 10,000 draws the mean of a uniform has sd .0029 and that of a squared normal .014:
    /// five sd, a false alarm once in 1.7 million fixed seeds.
    #[test]
    fn uniforms_and_normals_have_their_moments() {
        let mut words = vec![0; 10_000];
        Draws::new(1, 1).fill(Purpose::System, 0, 0, &mut words);
        let mean = |f: &dyn Fn(u32) -> f64| words.iter().map(|w| f(*w)).sum::<f64>() / 1e4;
        assert!((mean(&uniform) - 0.5).abs() < 0.0145);
        assert!(mean(&normal).abs() < 0.05);
        assert!((mean(&|w| normal(w) * normal(w)) - 1.0).abs() < 0.071);
    }
}

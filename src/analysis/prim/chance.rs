//! What chance alone would do: binomial tails, and cases dealt at random among the rows.

use crate::math;
use crate::random::{Draws, Purpose};
use rayon::prelude::*;

/// Deals at random that a box is held against.
const DEALS: u64 = 99;

/// The chance that of `n` rows `k` or more are cases, where each is with this chance: P(K >= k), a sum over
/// the terms of the binomial distribution, each from the one before.
pub(super) fn upper_tail(n: f64, k: f64, chance: f64) -> f64 {
    if k <= 0.0 || chance >= 1.0 {
        return 1.0;
    }
    if chance <= 0.0 {
        return 0.0;
    }
    let odds = math::ln(chance) - math::ln(1.0 - chance);
    let (mut at, mut log) = (0.0, n * math::ln(1.0 - chance));
    let mut sum = 0.0;
    while at <= n {
        if at >= k {
            sum += math::exp(log);
        }
        log += math::ln((n - at) / (at + 1.0)) + odds;
        at += 1.0;
    }
    sum.min(1.0)
}

/// How much `k` cases of `n` rows speak for more than the `base` rate of them: the logarithm of how much likelier
/// they are at their own rate (Wilks 1938); 0 at a rate that is no higher.
pub(super) fn evidence(n: f64, k: f64, base: f64) -> f64 {
    let rate = k / n;
    if rate <= base {
        return 0.0;
    }
    let part = |count: f64, own: f64, base: f64| match count > 0.0 {
        true => count * (math::ln(own) - math::ln(base)),
        false => 0.0,
    };
    part(k, rate, base) + part(n - k, 1.0 - rate, 1.0 - base)
}

/// The share of a hundred looks in which something holds: the real one, in which it does, and 99 in which the
/// cases are dealt at random among `rows` (Phipson & Smyth 2010).
pub(super) fn deals(
    rows: &[usize],
    cases: &[bool],
    (seed, look): (u64, u64),
    holds: impl Fn(&[bool]) -> bool + Sync,
) -> f64 {
    // Replicates are counted from 0, and resamples have the last numbers: no run has this one.
    let draws = Draws::new(seed, u64::MAX - 2 - look);
    let dealt = |deal: u64| {
        let mut words = vec![0; rows.len()];
        draws.fill(Purpose::Design, deal, 0, &mut words);
        let mut dealt = cases.to_vec();
        for (at, word) in words.iter().enumerate().skip(1) {
            // The upper half of a product of 32 bits and a count: 0 to `at` (Fisher & Yates 1938).
            #[allow(clippy::cast_possible_truncation, reason = "at most `at`")]
            let other = ((u64::from(*word) * (at as u64 + 1)) >> 32) as usize;
            dealt.swap(rows[at], rows[other]);
        }
        dealt
    };
    let as_good = (0..DEALS)
        .into_par_iter()
        .filter(|deal| holds(&dealt(*deal)))
        .count();
    (1.0 + as_good as f64) / (1.0 + DEALS as f64)
}

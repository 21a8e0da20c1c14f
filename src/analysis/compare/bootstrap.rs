//! Resampling: what would have been found with other replicates or other futures.
//!
//! Indices are drawn from the experiment's master seed, at an address that no run has: the same
//! results give the same intervals. Replicates are resampled whole, the same ones in every design,
//! so that what pairs have in common stays in common.

use crate::analysis::interval::{Interval, quantile};
use crate::random::{Draws, Purpose};

/// Resamples behind each interval and each probability.
pub const RESAMPLES: u64 = 2000;

/// What is drawn again.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) enum Of {
    /// Replicates: luck.
    Replicates,
    /// Futures: combinations of what nobody knows.
    Futures,
}

/// Draws with replacement.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Resampler {
    draws: Draws,
    n: usize,
}

impl Resampler {
    /// Of `n` things under a master seed.
    pub(in crate::analysis) fn new(seed: u64, of: Of, n: usize) -> Self {
        // Replicates are counted from 0: no run has these numbers.
        let key = match of {
            Of::Replicates => u64::MAX,
            Of::Futures => u64::MAX - 1,
        };
        Self {
            draws: Draws::new(seed, key),
            n,
        }
    }

    /// The positions in one resample, `n` of 0 to `n` - 1.
    pub(in crate::analysis) fn indices(&self, resample: u64) -> Vec<usize> {
        let mut words = vec![0; self.n];
        self.draws.fill(Purpose::Design, resample, 0, &mut words);
        // The upper half of a product of 32 bits and a count: below the count.
        #[allow(clippy::cast_possible_truncation, reason = "below n")]
        let index = |word: u32| ((u64::from(word) * self.n as u64) >> 32) as usize;
        words.into_iter().map(index).collect()
    }
}

/// The 95 % interval of the mean of `values` by the percentile-t bootstrap (Efron 1982; Hall 1988):
/// quantiles of (mean* - mean) / (sd* / √n) over resamples take the place of Student's. It is right
/// to second order, so that it follows skewed values, which BCa with few of them does less
/// (Hesterberg 2015). It has no ends, and is missing, where many resamples do not vary: few values,
/// of which nearly all are the same.
pub(in crate::analysis) fn percentile_t(seed: u64, values: &[f64]) -> Option<Interval> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let apart: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let error = |sum: f64, squares: f64| {
        let variance = (squares - sum * sum / n) / (n - 1.0);
        // What rounding leaves of equal values is none.
        let least = 1e-12 * squares / n;
        if variance <= least {
            0.0
        } else {
            (variance / n).sqrt()
        }
    };
    let total: f64 = apart.iter().map(|value| value * value).sum();
    let found = error(0.0, total);
    if total <= 1e-24 * mean * mean * n {
        return Some(Interval {
            low: mean,
            high: mean,
        });
    }
    let resampler = Resampler::new(seed, Of::Replicates, values.len());
    let mut ratios: Vec<f64> = (0..RESAMPLES)
        .map(|resample| {
            let (mut sum, mut squares) = (0.0, 0.0);
            for at in resampler.indices(resample) {
                sum += apart[at];
                squares += apart[at] * apart[at];
            }
            match (sum / n, error(sum, squares)) {
                (0.0, 0.0) => 0.0,
                (mean, error) => mean / error,
            }
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    let [low, high] = [0.025, 0.975].map(|share| quantile(&ratios, share));
    let interval = Interval {
        low: mean - high? * found,
        high: mean - low? * found,
    };
    (interval.low.is_finite() && interval.high.is_finite()).then_some(interval)
}

/// The 95 % percentile interval of what was found in resamples; none of fewer than two.
pub(in crate::analysis) fn percentiles(mut found: Vec<f64>) -> Option<Interval> {
    found.retain(|value| !value.is_nan());
    if found.len() < 2 {
        return None;
    }
    found.sort_by(f64::total_cmp);
    Some(Interval {
        low: quantile(&found, 0.025)?,
        high: quantile(&found, 0.975)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resamples_are_repeatable_and_even() {
        let resampler = Resampler::new(3, Of::Replicates, 10);
        assert_eq!(resampler.indices(5), resampler.indices(5));
        assert_ne!(resampler.indices(5), resampler.indices(6));
        let futures = Resampler::new(3, Of::Futures, 10);
        assert_ne!(resampler.indices(5), futures.indices(5));
        let mut counts = [0.0; 10];
        for at in (0..RESAMPLES).flat_map(|resample| resampler.indices(resample)) {
            counts[at] += 1.0;
        }
        // 2,000 expected of each, sd 42: five of them.
        assert!(
            counts
                .iter()
                .all(|count: &f64| (count - 2000.0).abs() < 212.0),
            "{counts:?}"
        );
    }

    /// Values 0 and 1: a resample is 0 0, 0 1, 1 0 or 1 1; half of them do not vary, and lie away
    /// from the mean: no ends. Equal values: a point.
    #[test]
    fn a_bootstrap_of_too_little_says_so() {
        assert_eq!(percentile_t(1, &[0.0, 1.0]), None);
        assert_eq!(percentile_t(1, &[0.3]), None);
        let point = percentile_t(1, &[0.1; 7]).unwrap();
        assert!((point.low - 0.1).abs() < 1e-15 && point.low == point.high);
    }

    /// Of symmetrical values the interval is nearly that of Student: 1 to 30, mean 15.5, sd 8.803,
    /// 15.5 ± 2.0452 · 8.803 / √30 = 12.213 to 18.787. Of skewed ones the long arm is on the side
    /// of the long tail.
    #[test]
    fn a_bootstrap_follows_skew() {
        let even: Vec<f64> = (1..=30).map(f64::from).collect();
        let found = percentile_t(1, &even).unwrap();
        assert!(
            (found.low - 12.213).abs() < 0.25 && (found.high - 18.787).abs() < 0.25,
            "{found:?}"
        );
        let skewed: Vec<f64> = even.iter().map(|x| x * x * x).collect();
        let mean = skewed.iter().sum::<f64>() / 30.0;
        let found = percentile_t(1, &skewed).unwrap();
        assert!(found.high - mean > 1.2 * (mean - found.low), "{found:?}");
        assert_eq!(found, percentile_t(1, &skewed).unwrap());
    }
}

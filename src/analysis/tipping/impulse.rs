//! How long a shock is felt: runs with it and the same runs without it, month by month.
//!
//! The half-life is the time from the peak of the mean difference until it is below half the peak for the
//! first time, taken to be straight between months; an exponential one has ln 2 / ln(1/r) where r is what
//! is left after a month.

use super::mean::Mean;
use crate::analysis::bootstrap::RESAMPLES;
use crate::analysis::bootstrap::{Of, Resampler};
use serde::Serialize;

/// A difference that comes and goes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response {
    /// Pairs of runs that both have all months.
    pub n: usize,
    /// The mean of with minus without, from the month of the shock on.
    pub months: Vec<Mean>,
    /// Months from the shock to the peak.
    pub peak: usize,
    /// Whether the interval at the peak leaves out zero.
    pub seen: bool,
    /// Months from the peak to half of it; none where it is not back within the horizon.
    pub half_life: Option<f64>,
    /// The lower end of its 95 % interval by the bootstrap over pairs.
    pub low: Option<f64>,
    /// The upper end; none where it lies beyond the horizon.
    pub high: Option<f64>,
}

impl Response {
    /// That of differences by pair, month by month from that of the shock; pairs that lack a month are
    /// left out. None of fewer than two pairs.
    #[must_use]
    pub fn of(pairs: &[Vec<f64>], seed: u64) -> Option<Self> {
        let length = pairs.iter().map(Vec::len).max()?;
        let whole =
            |pair: &&Vec<f64>| pair.len() == length && pair.iter().all(|value| value.is_finite());
        let pairs: Vec<&Vec<f64>> = pairs.iter().filter(whole).collect();
        let n = pairs.len();
        if n < 2 || length == 0 {
            return None;
        }
        let of_month = |month: usize| {
            let values: Vec<f64> = pairs.iter().map(|pair| pair[month]).collect();
            Mean::of(&values)
        };
        let months: Vec<Mean> = (0..length).map(of_month).collect();
        let means: Vec<f64> = months.iter().map(|month| month.mean).collect();
        let peak = peak(&means);
        let at_peak = months[peak].interval;
        let resampler = Resampler::new(seed, Of::Replicates, n);
        let mut lives: Vec<f64> = (0..RESAMPLES)
            .map(|resample| {
                let drawn = resampler.indices(resample);
                let mean =
                    |month: usize| drawn.iter().map(|at| pairs[*at][month]).sum::<f64>() / n as f64;
                let means: Vec<f64> = (0..length).map(mean).collect();
                half_life(&means).unwrap_or(f64::INFINITY)
            })
            .collect();
        lives.sort_by(f64::total_cmp);
        // The 50th from either end of 2,000: what lies beyond the horizon has an order, and no distance.
        let rank = lives.len() / 40;
        let end = |at: usize| lives.get(at).copied().filter(|life| life.is_finite());
        Some(Self {
            n,
            seen: at_peak.is_some_and(|one| one.low > 0.0 || one.high < 0.0),
            half_life: half_life(&means),
            low: end(rank.saturating_sub(1)),
            high: end(lives.len() - rank.max(1)),
            months,
            peak,
        })
    }
}

/// The month of the largest difference, whatever its sign; the first of equal ones.
fn peak(means: &[f64]) -> usize {
    let mut most = 0;
    for (at, mean) in means.iter().enumerate() {
        if mean.abs() > means[most].abs() {
            most = at;
        }
    }
    most
}

/// Months from the peak to half of it; none where it is not reached.
fn half_life(means: &[f64]) -> Option<f64> {
    let peak = peak(means);
    let top = *means.get(peak)?;
    if top.abs() <= f64::MIN_POSITIVE {
        return None;
    }
    // As a share of the peak, so that it falls from one whatever the sign.
    let left: Vec<f64> = means[peak..].iter().map(|mean| mean / top).collect();
    let after = left.iter().position(|share| *share < 0.5)?;
    let (before, now) = (left[after - 1], left[after]);
    Some((after - 1) as f64 + (before - 0.5) / (before - now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math;

    fn exponential(peak: f64, left: f64, months: i32) -> Vec<f64> {
        (0..months)
            .map(|month| peak * math::pow(left, f64::from(month)))
            .collect()
    }

    /// .9^6 = .531441, .9^7 = .4782969: half at 6 + .031441/.0531441 = 6.59162; ln 2 / ln(1/.9) = 6.5788.
    #[test]
    fn an_exponential_has_its_half_life() {
        for peak in [-0.1, 0.3] {
            let found = half_life(&exponential(peak, 0.9, 60)).unwrap();
            assert!((found - 6.591_62).abs() < 1e-4, "{found}");
            assert!((found - math::ln(2.0) / math::ln(1.0 / 0.9)).abs() < 0.02);
        }
    }

    /// 0, -.1, -.2, -.15, -.05: the peak is two months after the shock; half of it, -.1, is half way from
    /// the first to the second month after the peak.
    #[test]
    fn a_half_life_counts_from_the_peak() {
        let means = [0.0, -0.1, -0.2, -0.15, -0.05];
        assert_eq!(peak(&means), 2);
        assert!((half_life(&means).unwrap() - 1.5).abs() < 1e-12);
        assert_eq!(half_life(&[0.0, -0.1, -0.2, -0.15, -0.11]), None);
        assert_eq!(half_life(&[0.0; 4]), None);
    }

    /// Pairs that decay alike, with peaks of .2 and .1: every resample has the same half-life.
    #[test]
    fn what_all_pairs_share_is_certain() {
        let pairs: Vec<Vec<f64>> = (0..20)
            .map(|pair| exponential(if pair % 2 == 0 { -0.2 } else { -0.1 }, 0.9, 30))
            .collect();
        let found = Response::of(&pairs, 1).unwrap();
        assert!(found.seen && found.peak == 0 && found.n == 20);
        for end in [found.half_life, found.low, found.high] {
            assert!((end.unwrap() - 6.591_62).abs() < 1e-4, "{found:?}");
        }
        // Mean -.15, sd .0513, t(19) = 2.0930: ± .0240.
        let first = found.months[0].interval.unwrap();
        assert!((first.low + 0.1740).abs() < 1e-4 && (first.high + 0.1260).abs() < 1e-4);
    }

    /// Half of the pairs stay at -.1: the mean falls to half of its peak by chance of the draw alone.
    #[test]
    fn what_does_not_come_back_has_no_upper_end() {
        let pairs: Vec<Vec<f64>> = (0..20)
            .map(|pair| exponential(-0.1, if pair % 2 == 0 { 0.5 } else { 1.0 }, 12))
            .collect();
        let found = Response::of(&pairs, 1).unwrap();
        assert_eq!(found.high, None);
        assert!(found.low.is_some());
        let nothing: Vec<Vec<f64>> = vec![vec![0.0, 0.1], vec![0.0, -0.1]];
        assert!(!Response::of(&nothing, 1).unwrap().seen);
        assert_eq!(Response::of(&nothing[..1], 1), None);
    }
}

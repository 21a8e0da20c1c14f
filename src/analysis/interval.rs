//! Quantiles: of samples, and those of distributions that intervals are made with.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Where a quantity lies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The 97.5 % quantile of the normal distribution.
pub(super) const NORMAL: f64 = 1.959_963_984_540_054;

/// How sure a two-sided interval is: the share below its upper end, with the normal quantile there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level {
    below: f64,
    normal: f64,
}

/// Of every interval that is reported.
pub(super) const NINETY_FIVE: Level = Level {
    below: 0.975,
    normal: NORMAL,
};
/// Of two one-sided tests at 5 % each.
pub(super) const NINETY: Level = Level {
    below: 0.95,
    normal: 1.644_853_626_951_472_2,
};

/// Half the width of the 95 % interval of the mean of `n` values, two or more.
pub(super) fn half_width(n: usize, sd: f64) -> f64 {
    half_width_at(NINETY_FIVE, n, sd)
}

/// Half the width of an interval of the mean of `n` values, two or more.
pub(super) fn half_width_at(level: Level, n: usize, sd: f64) -> f64 {
    student(level, n - 1) * sd / (n as f64).sqrt()
}

/// A quantile of Student's distribution, right to eight decimals. The library's last
/// digits depend on the system's logarithm, so it is rounded; with many degrees of freedom the
/// library is off from the fifth decimal on, and the expansion around the normal quantile is exact
/// (Abramowitz and Stegun 1964, 26.7.5).
fn student(level: Level, freedom: usize) -> f64 {
    let quantile = if freedom <= 1000 {
        let student = StudentsT::new(0.0, 1.0, freedom as f64);
        student.map_or(f64::NAN, |student| student.inverse_cdf(level.below))
    } else {
        let z = level.normal;
        let (square, freedom) = (z * z, freedom as f64);
        let first = (square + 1.0) / 4.0;
        let second = ((5.0 * square + 16.0) * square + 3.0) / 96.0;
        z * (1.0 + (first + second / freedom) / freedom)
    };
    (quantile * 1e8).round() / 1e8
}

/// The quantile of `sorted` at `share` by linear interpolation (type 7); none of no values.
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = share.clamp(0.0, 1.0) * last as f64;
    // A position in a slice: whole, not negative, and no larger than its length.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let below = (position.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let (low, high) = (sorted[below], sorted[above]);
    // Equal neighbours need no arithmetic, which would make infinite ones not a number.
    if low.total_cmp(&high).is_eq() {
        return Some(low);
    }
    Some(low + (position - below as f64) * (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expected: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < 1e-7, "{found} {expected}");
    }

    /// Computed to thirty digits with the incomplete beta function.
    #[test]
    fn student_meets_the_tables() {
        let table = [
            (1, 12.706_204_74),
            (2, 4.302_652_73),
            (4, 2.776_445_11),
            (9, 2.262_157_16),
            (29, 2.045_229_64),
            (199, 1.971_956_54),
            (999, 1.962_341_46),
            (1001, 1.962_336_71),
            (10_000, 1.960_201_24),
            (1_000_000, 1.959_966_36),
        ];
        for (freedom, quantile) in table {
            let found = student(NINETY_FIVE, freedom);
            assert!((found - quantile).abs() < 1.5e-8, "{freedom}");
        }
        for (freedom, quantile) in [(1, 6.313_751_51), (4, 2.131_846_79), (9, 1.833_112_93)] {
            let found = student(NINETY, freedom);
            assert!((found - quantile).abs() < 1.5e-8, "{freedom}");
        }
    }

    /// Hyndman and Fan's type 7, the default of R: quantile(c(1, 2, 4, 8), c(0, .3, 1)).
    #[test]
    fn quantiles_interpolate() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile(&sorted, 0.0), Some(1.0));
        close(quantile(&sorted, 0.3), 1.9);
        assert_eq!(quantile(&sorted, 0.5), Some(3.0));
        assert_eq!(quantile(&sorted, 1.0), Some(8.0));
        assert_eq!(quantile(&[f64::INFINITY; 2], 0.5), Some(f64::INFINITY));
        assert_eq!(quantile(&[], 0.5), None);
    }
}

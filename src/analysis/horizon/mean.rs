//! A mean with the intervals that rules read.

use crate::analysis::interval::{Interval, NINETY, NINETY_FIVE, half_width_at};
use crate::analysis::summary::Summary;
use serde::Serialize;

/// A mean over replicates and what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mean {
    /// Replicates, two or more.
    pub n: u64,
    /// The mean.
    pub value: f64,
    /// Its 95 % interval by Student's t.
    pub ninety_five: Interval,
    /// Its 90 % interval by Student's t.
    pub ninety: Interval,
}

impl Mean {
    /// The mean of the values that are numbers; none of fewer than two.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        let summary = Summary::of(values);
        let (value, sd) = (summary.mean?, summary.sd?);
        let n = values.iter().filter(|value| !value.is_nan()).count();
        let interval = |level| {
            let half = half_width_at(level, n, sd);
            Interval {
                low: value - half,
                high: value + half,
            }
        };
        Some(Self {
            n: summary.n,
            value,
            ninety_five: interval(NINETY_FIVE),
            ninety: interval(NINETY),
        })
    }

    /// The mean of `later` less `earlier`, replicate by replicate.
    #[must_use]
    pub fn of_change(earlier: &[f64], later: &[f64]) -> Option<Self> {
        let apart: Vec<f64> = earlier.iter().zip(later).map(|(a, b)| b - a).collect();
        Self::of(&apart)
    }

    /// Whether the whole 95 % interval lies farther from zero than `zone`.
    #[must_use]
    pub fn beyond(&self, zone: f64) -> bool {
        self.ninety_five.low > zone || self.ninety_five.high < -zone
    }

    /// Whether the 90 % interval lies within minus and plus `zone` (two one-sided tests, Schuirmann
    /// 1987).
    #[must_use]
    pub fn within(&self, zone: f64) -> bool {
        self.ninety.low >= -zone && self.ninety.high <= zone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changes 1, 2, 3: mean 2, sd 1; t with 2 degrees of freedom 4.302653 and 2.919986, over √3:
    /// 2.484138 and 1.685855.
    #[test]
    fn a_change_worked_by_hand() {
        let found = Mean::of_change(&[0.0, 1.0, 2.0, f64::NAN], &[1.0, 3.0, 5.0, 9.0]).unwrap();
        assert_eq!((found.n, found.value), (3, 2.0));
        assert!((found.ninety_five.high - 4.484_138).abs() < 1e-6);
        assert!((found.ninety.low - 0.314_145).abs() < 1e-6);
        assert!(!found.beyond(0.0) && !found.within(3.6) && found.within(3.7));
        assert_eq!(Mean::of(&[1.0, f64::NAN]), None);
    }

    #[test]
    fn a_mean_is_beyond_a_zone_on_either_side() {
        let sure = |value: f64| Mean::of(&[value; 5]).unwrap();
        assert!(sure(0.3).beyond(0.2) && sure(-0.3).beyond(0.2));
        assert!(!sure(0.2).beyond(0.2) && !sure(-0.1).beyond(0.2));
        assert!(sure(-0.2).within(0.2) && !sure(-0.3).within(0.2));
    }
}

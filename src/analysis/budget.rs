//! How many replicates: what a pilot says about the intervals and the time of a longer experiment.
//!
//! * the 95 % interval of a mean of n replicates has half-width t · sd / √n;
//! * a paired difference of the size (z(.975) + z(.8)) · sd / √n is told from none with power .8
//!   (Cohen 1988, normal approximation), where sd is that of the difference.

use super::interval::{NORMAL, half_width};
use super::pairs::pairs;
use super::summary::{Summary, runs};
use crate::store::{Folder, StoreError};

/// The 80 % quantile of the normal distribution.
const POWER: f64 = 0.841_621_233_572_914;

/// How widely one outcome varies from replicate to replicate.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The outcome.
    pub outcome: String,
    /// Standard deviation over replicates: the root mean square of all design points.
    pub sd: f64,
    /// That of the paired difference from the baseline, in the same way; none without pairs.
    pub sd_difference: Option<f64>,
}

impl Spread {
    /// Half the width of the 95 % interval of the mean that so many replicates are expected to
    /// give, at a typical design point.
    #[must_use]
    pub fn half_width(&self, replicates: u64) -> f64 {
        half_width(
            usize::try_from(replicates.max(2)).unwrap_or(usize::MAX),
            self.sd,
        )
    }

    /// The difference from the baseline that so many pairs tell from none with power .8.
    #[must_use]
    pub fn detectable(&self, replicates: u64) -> Option<f64> {
        let sd = self.sd_difference?;
        Some((NORMAL + POWER) * sd / (replicates.max(2) as f64).sqrt())
    }

    /// The fewest replicates that are expected to give an interval of this half-width.
    #[must_use]
    pub fn replicates(&self, half_width: f64) -> u64 {
        let (mut low, mut high) = (2, 1 << 40);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.half_width(middle) <= half_width {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

/// How widely some outcomes vary in the results of a folder.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn spreads(
    folder: &Folder,
    paired: &[(u64, u64)],
    names: &[&str],
) -> Result<Vec<Spread>, StoreError> {
    let rows = runs(folder)?;
    let pairs = if paired.is_empty() {
        Vec::new()
    } else {
        pairs(folder, paired)?
    };
    let typical = |sds: &mut dyn Iterator<Item = f64>| {
        let sum = |(sum, n): (f64, f64), sd: f64| (sum + sd * sd, n + 1.0);
        let (sum, n) = sds.fold((0.0, 0.0), sum);
        if n > 0.0 { (sum / n).sqrt() } else { 0.0 }
    };
    let spread = |name: &&str| {
        let own = rows.iter().filter(|row| row.outcome == **name);
        let differences = pairs.iter().filter(|pair| pair.outcome == **name);
        let sd = |summary: &Summary| summary.sd;
        Spread {
            outcome: (*name).to_owned(),
            sd: typical(&mut own.filter_map(|row| sd(&row.summary))),
            sd_difference: (!pairs.is_empty())
                .then(|| typical(&mut differences.filter_map(|pair| sd(&pair.difference)))),
        }
    };
    Ok(names.iter().map(spread).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread() -> Spread {
        Spread {
            outcome: "wins".into(),
            sd: 10.0,
            sd_difference: Some(3.0),
        }
    }

    /// 25 replicates: t(24) = 2.063 898 6, 2.063 898 6 · 10 / 5; (1.959 964 + .841 621) · 3 / 5.
    #[test]
    fn expectations_worked_by_hand() {
        assert!((spread().half_width(25) - 4.127_797_1).abs() < 1e-6);
        assert!((spread().detectable(25).unwrap() - 1.680_951_1).abs() < 1e-6);
    }

    #[test]
    fn the_fewest_replicates_are_enough_and_no_fewer() {
        for target in [0.2, 1.0, 4.127_797_2, 50.0] {
            let n = spread().replicates(target);
            assert!(spread().half_width(n) <= target);
            assert!(
                n == 2 || spread().half_width(n - 1) > target,
                "{target} {n}"
            );
        }
        assert_eq!(spread().replicates(4.127_797_2), 25);
    }
}

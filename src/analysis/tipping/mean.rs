//! A mean with its interval.

use crate::analysis::interval::{Interval, half_width};
use crate::analysis::summary::Summary;
use serde::Serialize;

/// The mean of some runs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mean {
    /// Runs that have a value.
    pub n: usize,
    /// Their mean; `NaN` of none.
    pub mean: f64,
    /// Its 95 % interval by Student's t; none of fewer than two.
    pub interval: Option<Interval>,
}

impl Mean {
    /// That of values, of which `NaN` is missing.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let known = values.iter().filter(|value| value.is_finite());
        let known: Vec<f64> = known.copied().collect();
        let found = Summary::of(&known);
        let mean = found.mean.unwrap_or(f64::NAN);
        let half = found.sd.map(|sd| half_width(known.len(), sd));
        Self {
            n: known.len(),
            mean,
            interval: half.map(|half| Interval {
                low: mean - half,
                high: mean + half,
            }),
        }
    }
}

//! Starts at which the mean drift changes sign.

use crate::analysis::bootstrap::percentiles;
use crate::analysis::interval::Interval;
use serde::Serialize;

/// What a boundary parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Falling below, rising above: a tipping point.
    Unstable,
    /// Rising below, falling above: where the outcome settles.
    Stable,
}

impl Kind {
    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unstable => "unstable",
            Self::Stable => "stable",
        }
    }
}

/// A start at which the mean drift changes sign.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Boundary {
    /// What it parts.
    pub kind: Kind,
    /// Where it lies, in the outcome's unit.
    pub at: f64,
    /// Its 95 % interval by the bootstrap, of the resamples that have one of its kind.
    pub interval: Option<Interval>,
    /// The share of resamples that have one of its kind.
    pub support: f64,
}

/// Where the drift changes sign, from the lowest start. A start without any drift is itself the
/// boundary where its neighbours drift apart.
pub(super) fn crossings(drifts: &[(f64, f64)]) -> Vec<(Kind, f64)> {
    let mut found = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    let mut still: Vec<f64> = Vec::new();
    for &(start, drift) in drifts {
        if drift.abs() <= f64::MIN_POSITIVE {
            still.push(start);
            continue;
        }
        if let Some((low, below)) = before
            && below.signum() * drift < 0.0
        {
            let kind = match drift > 0.0 {
                true => Kind::Unstable,
                false => Kind::Stable,
            };
            let at = match still.as_slice() {
                [] => low + (start - low) * below / (below - drift),
                [first, .., last] => 0.5 * (first + last),
                [only] => *only,
            };
            found.push((kind, at));
        }
        before = Some((start, drift));
        still.clear();
    }
    found
}

/// A boundary, and what the resamples say of it: each one's nearest of its kind.
pub(super) fn boundary(kind: Kind, at: f64, resamples: &[Vec<(Kind, f64)>]) -> Boundary {
    let nearest = |found: &Vec<(Kind, f64)>| {
        let alike = found.iter().filter(|one| one.0 == kind).map(|one| one.1);
        alike.min_by(|a, b| (a - at).abs().total_cmp(&(b - at).abs()))
    };
    let there: Vec<f64> = resamples.iter().filter_map(nearest).collect();
    Boundary {
        kind,
        at,
        support: there.len() as f64 / resamples.len() as f64,
        interval: percentiles(there),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A start that stays is the boundary itself; two of them, the middle; none where both sides rise.
    #[test]
    fn starts_that_stay_are_boundaries_where_their_neighbours_part() {
        let at = |drifts: &[(f64, f64)]| crossings(drifts);
        assert_eq!(
            at(&[(0.1, -1.0), (0.4, 0.0), (0.9, 2.0)]),
            [(Kind::Unstable, 0.4)]
        );
        assert_eq!(
            at(&[(0.1, 1.0), (0.4, 0.0), (0.6, 0.0), (0.9, -2.0)]),
            [(Kind::Stable, 0.5)]
        );
        assert_eq!(at(&[(0.1, 1.0), (0.4, 0.0), (0.9, 2.0)]), []);
        assert_eq!(at(&[(0.4, 0.0), (0.9, 2.0)]), []);
    }
}

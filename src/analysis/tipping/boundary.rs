//! From which starts an outcome rises and from which it falls: the drift over a run at each of several
//! starts, and the boundaries at which it changes sign.
//!
//! Where the mean drift d(x) goes from falling to rising as the start x rises, the start is an *unstable*
//! state, a tipping point: below it the outcome falls, above it it rises. Where d goes from rising to falling
//! the start is a *stable* state, in which the outcome settles (Scheffer et al. 2001). Between two starts d is
//! taken to be straight:
//!
//! ```text
//! x* = x_a + (x_b - x_a) d(x_a) / (d(x_a) - d(x_b))      where d(x_a) and d(x_b) differ in sign
//! ```
//!
//! Replicates are resampled whole, the same ones at every start, as they share their luck there.

use super::crossing::{Boundary, Kind, boundary, crossings};
use crate::analysis::bootstrap::RESAMPLES;
use crate::analysis::bootstrap::{Of, Resampler};
use crate::analysis::interval::{Interval, half_width};
use crate::analysis::summary::Summary;
use serde::Serialize;

/// Share of resamples from which on something counts as found.
pub const FOUND: f64 = 0.95;

/// The runs from one start, by replicate; `NaN` is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The starting level that was stated.
    pub level: f64,
    /// The outcome in the first month.
    pub start: Vec<f64>,
    /// The outcome in the last month.
    pub end: Vec<f64>,
}

/// A line of starts on the map: what else was stated there, and what was seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Prehistory: added to trust at the start, from -.5 to .5.
    pub history: f64,
    /// How far organisations need each other, from 0 to 1.
    pub interdependence: f64,
    /// What was seen.
    pub line: Line,
}

/// What is seen from one start.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The starting level that was stated.
    pub level: f64,
    /// Mean of the outcome in the first month.
    pub start: f64,
    /// Mean drift: the outcome in the last month minus that in the first.
    pub drift: f64,
    /// Its 95 % interval by Student's t.
    pub interval: Option<Interval>,
}

/// What the drift from all starts of a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Regime {
    /// There is an unstable boundary: two regimes.
    Tips,
    /// There is a stable boundary and no unstable one: one regime.
    Settles,
    /// The outcome rises from every start.
    Rises,
    /// It falls from every start.
    Falls,
    /// It moves from no start.
    Stays,
    /// Fewer than 95 % of the resamples agree.
    Undecided,
}

impl Regime {
    /// Every one, in order.
    pub const ALL: [Self; 6] = [
        Self::Tips,
        Self::Settles,
        Self::Rises,
        Self::Falls,
        Self::Stays,
        Self::Undecided,
    ];

    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Tips => "tips",
            Self::Settles => "settles",
            Self::Rises => "rises",
            Self::Falls => "falls",
            Self::Stays => "stays",
            Self::Undecided => "undecided",
        }
    }
}

/// The drift from each start, everything else being equal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Replicates that have a value at every start.
    pub n: usize,
    /// Replicates that lack one.
    pub left_out: usize,
    /// The starts, from the lowest.
    pub points: Vec<Point>,
    /// The boundaries, from the lowest.
    pub boundaries: Vec<Boundary>,
    /// What they come to.
    pub regime: Regime,
}

impl Line {
    /// That of some starts, each with as many replicates; `seed` is the master seed of the bootstrap.
    #[must_use]
    pub fn of(cells: &[Cell], seed: u64) -> Self {
        let planned = cells.iter().map(|cell| cell.start.len()).min().unwrap_or(0);
        let known = |run: &usize| {
            let finite = |values: &[f64]| values.get(*run).is_some_and(|value| value.is_finite());
            cells
                .iter()
                .all(|cell| finite(&cell.start) && finite(&cell.end))
        };
        let runs: Vec<usize> = (0..planned).filter(known).collect();
        let n = runs.len();
        if n == 0 {
            return Self {
                n,
                left_out: planned,
                points: Vec::new(),
                boundaries: Vec::new(),
                regime: Regime::Undecided,
            };
        }
        let mut points: Vec<Point> = cells.iter().map(|cell| point(cell, &runs)).collect();
        points.sort_by(|a, b| a.start.total_cmp(&b.start));
        let drifts: Vec<(f64, f64)> = points.iter().map(|one| (one.start, one.drift)).collect();
        let resampler = Resampler::new(seed, Of::Replicates, n);
        let resamples: Vec<Vec<(Kind, f64)>> = (0..RESAMPLES)
            .map(|resample| {
                let drawn = resampler.indices(resample);
                let drawn: Vec<usize> = drawn.into_iter().map(|at| runs[at]).collect();
                let mut drifts: Vec<(f64, f64)> =
                    cells.iter().map(|cell| mean(cell, &drawn)).collect();
                drifts.sort_by(|a, b| a.0.total_cmp(&b.0));
                crossings(&drifts)
            })
            .collect();
        let found = crossings(&drifts).into_iter();
        let boundaries: Vec<Boundary> = found
            .map(|(kind, at)| boundary(kind, at, &resamples))
            .collect();
        let regime = regime(&drifts, &boundaries, &resamples);
        Self {
            n,
            left_out: planned - n,
            points,
            boundaries,
            regime,
        }
    }
}

/// Start and drift, means of some runs.
fn mean(cell: &Cell, runs: &[usize]) -> (f64, f64) {
    let n = runs.len() as f64;
    let start = runs.iter().map(|run| cell.start[*run]).sum::<f64>() / n;
    let drift = runs.iter().map(|run| cell.end[*run] - cell.start[*run]);
    (start, drift.sum::<f64>() / n)
}

fn point(cell: &Cell, runs: &[usize]) -> Point {
    let drifts: Vec<f64> = runs
        .iter()
        .map(|run| cell.end[*run] - cell.start[*run])
        .collect();
    let (start, drift) = mean(cell, runs);
    let half = Summary::of(&drifts)
        .sd
        .map(|sd| half_width(drifts.len(), sd));
    Point {
        level: cell.level,
        start,
        drift,
        interval: half.map(|half| Interval {
            low: drift - half,
            high: drift + half,
        }),
    }
}

fn regime(
    drifts: &[(f64, f64)],
    boundaries: &[Boundary],
    resamples: &[Vec<(Kind, f64)>],
) -> Regime {
    let found = |kind: Kind| {
        let of_kind = boundaries.iter().filter(move |one| one.kind == kind);
        of_kind.map(|one| one.support).fold(None, |most, support| {
            Some(f64::max(most.unwrap_or(0.0), support))
        })
    };
    let none = resamples.iter().filter(|found| found.is_empty()).count();
    let none = none as f64 / resamples.len() as f64;
    match (found(Kind::Unstable), found(Kind::Stable)) {
        (Some(support), _) if support >= FOUND => Regime::Tips,
        (None, Some(support)) if support >= FOUND => Regime::Settles,
        (None, None) if none >= FOUND => {
            let total: f64 = drifts.iter().map(|(_, drift)| drift).sum();
            match total.abs() <= f64::MIN_POSITIVE {
                true => Regime::Stays,
                false if total > 0.0 => Regime::Rises,
                false => Regime::Falls,
            }
        }
        _ => Regime::Undecided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One start with the same drift in some runs, and what luck adds to each of them.
    fn cell(start: f64, drift: f64, luck: &[f64]) -> Cell {
        Cell {
            level: start,
            start: vec![start; luck.len()],
            end: luck.iter().map(|luck| start + drift + luck).collect(),
        }
    }

    fn line(starts: &[f64], drift: impl Fn(f64) -> f64, luck: &[f64]) -> Line {
        let cells: Vec<Cell> = starts.iter().map(|x| cell(*x, drift(*x), luck)).collect();
        Line::of(&cells, 1)
    }

    fn tenths(first: f64) -> Vec<f64> {
        (0..10).map(|at| first + 0.1 * f64::from(at)).collect()
    }

    /// d(x) = (x - .2)(.5 - x)(x - .8) is stable at .2 and .8 and tips at .5. From starts at .05, .15 ...
    /// the roots are those of straight lines: d(.15) = .011375, d(.25) = -.006875, so that the first is at
    /// .15 + .1 · .011375/.01825 = .212329, the last by symmetry at .787671.
    #[test]
    fn a_cubic_drift_has_two_stable_states_and_a_tipping_point_between_them() {
        let drift = |x: f64| (x - 0.2) * (0.5 - x) * (x - 0.8);
        let found = line(&tenths(0.05), drift, &[0.0; 5]);
        assert_eq!(found.regime, Regime::Tips);
        let expected = [
            (Kind::Stable, 0.212_329),
            (Kind::Unstable, 0.5),
            (Kind::Stable, 0.787_671),
        ];
        assert_eq!(found.boundaries.len(), 3);
        for (found, (kind, at)) in found.boundaries.iter().zip(expected) {
            assert_eq!(found.kind, kind);
            assert!((found.at - at).abs() < 1e-6, "{found:?}");
            assert_eq!(found.support, 1.0);
            let interval = found.interval.unwrap();
            assert!(interval.high - interval.low < 1e-12);
        }
    }

    /// d(x) = ±.2 (x - .45): the sign of the slope alone says which it is.
    #[test]
    fn a_linear_drift_settles_or_tips() {
        let falling = line(&tenths(0.05), |x| 0.2 * (0.45 - x), &[0.0; 3]);
        assert_eq!(falling.regime, Regime::Settles);
        assert_eq!(falling.boundaries[0].kind, Kind::Stable);
        assert!((falling.boundaries[0].at - 0.45).abs() < 1e-12);
        let rising = line(&tenths(0.05), |x| 0.2 * (x - 0.45), &[0.0; 3]);
        assert_eq!(rising.regime, Regime::Tips);
        assert!((rising.boundaries[0].at - 0.45).abs() < 1e-12);
    }

    #[test]
    fn without_a_change_of_sign_there_is_no_boundary() {
        for (drift, regime) in [
            (0.1, Regime::Rises),
            (-0.1, Regime::Falls),
            (0.0, Regime::Stays),
        ] {
            let found = line(&[0.2, 0.5, 0.8], |_| drift, &[0.0; 3]);
            assert_eq!(found.regime, regime);
            assert_eq!(found.boundaries, []);
        }
    }

    /// Luck that all starts share moves the whole drift .2 (x - .5) + u: the boundary is .5 - mean(u)/.2. Of
    /// twenty u of ±.02 a resample's mean has the sd .02/√20 = .00447, the boundary .02236, so that 95 % of
    /// them lie within 1.96 · .02236 = .0438 of .5.
    #[test]
    fn a_boundary_is_as_sure_as_the_luck_that_all_starts_share() {
        let luck: Vec<f64> = (0..20)
            .map(|run| if run % 2 == 0 { 0.02 } else { -0.02 })
            .collect();
        let found = line(&[0.1, 0.3, 0.5, 0.7, 0.9], |x| 0.2 * (x - 0.5), &luck);
        let interval = found.boundaries[0].interval.unwrap();
        assert!((interval.low - 0.4562).abs() < 0.008, "{interval:?}");
        assert!((interval.high - 0.5438).abs() < 0.008, "{interval:?}");
        // Student's t: 2.0930 · .02052/√20 = .0096 on either side.
        let drift = found.points[0].interval.unwrap();
        assert!((drift.high - drift.low - 0.019_2).abs() < 2e-4, "{drift:?}");
    }

    /// A drift of .001 at the highest start, beside luck of ±.02: most resamples have a sign there that
    /// others lack.
    #[test]
    fn what_luck_can_make_is_undecided() {
        let luck: Vec<f64> = (0..20)
            .map(|run| if run % 2 == 0 { 0.02 } else { -0.02 })
            .collect();
        let drift = |x: f64| if x > 0.8 { 0.001 } else { -0.1 };
        let found = line(&[0.1, 0.5, 0.9], drift, &luck);
        assert_eq!(found.regime, Regime::Undecided);
        let support = found.boundaries[0].support;
        assert!((0.5..0.7).contains(&support), "{support}");
    }

    /// A replicate without a value at one start is left out at all of them.
    #[test]
    fn a_replicate_that_lacks_a_start_is_left_out_of_all() {
        let mut cells = [cell(0.2, -0.1, &[0.0, 5.0, 0.0]), cell(0.8, 0.1, &[0.0; 3])];
        cells[1].end[1] = f64::NAN;
        let found = Line::of(&cells, 1);
        assert_eq!((found.n, found.left_out), (2, 1));
        assert!((found.boundaries[0].at - 0.5).abs() < 1e-12);
        cells[1].end = vec![f64::NAN; 3];
        let none = Line::of(&cells, 1);
        assert_eq!(
            (none.n, none.left_out, none.regime),
            (0, 3, Regime::Undecided)
        );
    }
}

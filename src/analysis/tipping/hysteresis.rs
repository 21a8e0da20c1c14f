//! Whether a system comes back the way it went: something is swept up in steps and down again, and the
//! outcome at each step is held against that of a system in which it stays low.
//!
//! ```text
//! gap = ∫ (down(u) - up(u)) du / (u_high - u_low)      trapezoids between the steps
//! ```
//!
//! The gap is the area of the loop per unit of what is swept: how much more of the outcome there is on
//! the way down than at the same level on the way up, on average. A slow system lags behind and has a loop
//! too: what becomes smaller where each step is held longer is lag.

use super::mean::Mean;
use crate::analysis::compare::{SMALL, Verdict};
use crate::analysis::interval::{Interval, NINETY, NINETY_FIVE, half_width_at};
use crate::analysis::summary::Summary;
use serde::Serialize;

/// One level, by replicate; `NaN` is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// The level.
    pub level: f64,
    /// The outcome on the way up.
    pub up: Vec<f64>,
    /// The outcome on the way down.
    pub down: Vec<f64>,
}

/// What is seen at one level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Level {
    /// The level.
    pub level: f64,
    /// On the way up.
    pub up: Mean,
    /// On the way down.
    pub down: Mean,
}

/// The loop, and what it says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Loop {
    /// The levels, from the lowest.
    pub levels: Vec<Level>,
    /// Replicates that have every step.
    pub n: usize,
    /// Mean gap, in the outcome's unit.
    pub gap: f64,
    /// Its 95 % interval by Student's t.
    pub interval: Option<Interval>,
    /// The smallest gap that would matter: .2 standard deviations between runs.
    pub smallest: f64,
    /// `path-dependent`, `too little to matter` or `undecided`.
    pub verdict: &'static str,
}

impl Loop {
    /// That of steps in the order of their levels, at least two; `sd` is that of the outcome between runs.
    #[must_use]
    pub fn of(steps: &[Step], sd: f64) -> Self {
        let runs = steps.iter().map(|step| step.up.len()).min().unwrap_or(0);
        let gaps: Vec<f64> = (0..runs).map(|run| gap(steps, run)).collect();
        let gaps: Vec<f64> = gaps.into_iter().filter(|gap| gap.is_finite()).collect();
        let found = Summary::of(&gaps);
        let smallest = SMALL * sd;
        let interval = |level| {
            let (mean, sd) = (found.mean?, found.sd?);
            let half = half_width_at(level, gaps.len(), sd);
            Some(Interval {
                low: mean - half,
                high: mean + half,
            })
        };
        let both = interval(NINETY_FIVE).zip(interval(NINETY));
        let verdict = both.map_or(Verdict::Undecided, |(wide, narrow)| {
            Verdict::of(wide, narrow, smallest, None)
        });
        let level = |step: &Step| Level {
            level: step.level,
            up: Mean::of(&step.up),
            down: Mean::of(&step.down),
        };
        Self {
            levels: steps.iter().map(level).collect(),
            n: gaps.len(),
            gap: found.mean.unwrap_or(f64::NAN),
            interval: interval(NINETY_FIVE),
            smallest,
            verdict: match verdict {
                Verdict::Equivalent => "too little to matter",
                Verdict::Undecided => "undecided",
                _ => "path-dependent",
            },
        }
    }
}

/// The gap of one run.
fn gap(steps: &[Step], run: usize) -> f64 {
    let apart = |step: &Step| step.down.get(run).zip(step.up.get(run)).map(|(d, u)| d - u);
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
        return f64::NAN;
    };
    let area: f64 = steps
        .windows(2)
        .map(|pair| {
            let ends = apart(&pair[0]).zip(apart(&pair[1]));
            let (a, b) = ends.unwrap_or((f64::NAN, f64::NAN));
            0.5 * (a + b) * (pair[1].level - pair[0].level)
        })
        .sum();
    area / (last.level - first.level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(apart: [f64; 3], luck: &[f64]) -> Vec<Step> {
        let levels = [0.0, 0.5, 1.0].into_iter().zip(apart);
        let step = |(level, apart): (f64, f64)| Step {
            level,
            up: vec![0.4; luck.len()],
            down: luck.iter().map(|luck| 0.4 + apart + luck).collect(),
        };
        levels.map(step).collect()
    }

    /// Gaps -.2, -.1 and 0 at 0, .5 and 1: trapezoids -.075 and -.025, together -.1.
    #[test]
    fn the_gap_is_the_area_of_the_loop() {
        let found = Loop::of(&steps([-0.2, -0.1, 0.0], &[0.01, -0.01]), 0.1);
        assert!((found.gap + 0.1).abs() < 1e-12, "{found:?}");
        assert!((found.smallest - 0.02).abs() < 1e-12);
        let first = found.levels[0];
        assert!((first.up.mean - 0.4).abs() < 1e-12 && (first.down.mean - 0.2).abs() < 1e-12);
        // Levels count by their distance: 0 to 2 with the same gaps is a loop as wide per unit.
        let mut wide = steps([-0.2, -0.1, 0.0], &[0.01, -0.01]);
        wide.iter_mut().for_each(|step| step.level *= 2.0);
        assert!((Loop::of(&wide, 0.1).gap + 0.1).abs() < 1e-12);
    }

    /// ±.01 in twenty runs: the mean's error is .01026/√20 = .0023, its 95 % interval ± .0048.
    #[test]
    fn the_verdict_is_by_the_smallest_gap_that_matters() {
        let luck: Vec<f64> = (0..20)
            .map(|run| if run % 2 == 0 { 0.01 } else { -0.01 })
            .collect();
        let of = |apart: f64, sd: f64| Loop::of(&steps([apart; 3], &luck), sd);
        let wide = of(-0.05, 0.1);
        assert_eq!(wide.verdict, "path-dependent");
        let interval = wide.interval.unwrap();
        assert!((interval.low + 0.0548).abs() < 1e-4 && (interval.high + 0.0452).abs() < 1e-4);
        assert_eq!(of(0.0, 0.1).verdict, "too little to matter");
        // As small, but where .001 would matter too few runs tell.
        assert_eq!(of(0.0, 0.005).verdict, "undecided");
        assert_eq!(of(f64::NAN, 0.1).n, 0);
    }
}

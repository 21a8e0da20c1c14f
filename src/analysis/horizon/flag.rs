//! What the length of a run does to an outcome, by fixed rules.

use super::mean::Mean;
use super::seen::{Seen, counted};
use crate::analysis::summary::Summary;
use crate::measure::Outcome;
use serde::Serialize;

/// The share of runs that is nearly all.
const NEARLY_ALL: f64 = 0.9;
/// How near to the end of its range an outcome is at it, in widths of the range.
const AT_END: f64 = 0.01;
/// Runs have come together where the spread is at most this part of what it was: the mean over a
/// time twice as long alone leaves 1 / √2 = .71 of it.
const TOGETHER: f64 = 0.5;
/// The least number of runs, and share of them, in which a state must have been reached.
const REACHED: (usize, f64) = (3, 0.1);
/// The unit of outcomes that are 0 or 1.
const YES_OR_NO: &str = "yes or no";

/// What the length of a run does to an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Flag {
    /// A total that grew, in nine runs of ten and more, from each look to the next.
    Monotone,
    /// At the end of its range at the horizon in nine runs of ten and more; or the spread between
    /// runs halved from half the horizon to the whole while the mean stayed.
    Saturated,
    /// A state that was reached and, in nine cases of ten and more, never left: a yes at an earlier
    /// look that is a yes at the later ones, or a time series at the end of its range.
    Absorbing,
    /// From the horizon to twice of it the mean changes by more than matters (a total: a year).
    Drifting,
    /// Of a yes or no: from one look to the next the share of yeses changes by more than matters.
    Moving,
}

impl Flag {
    /// All, in the order in which they are said.
    pub const ALL: [Self; 5] = [
        Self::Drifting,
        Self::Moving,
        Self::Absorbing,
        Self::Saturated,
        Self::Monotone,
    ];

    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Monotone => "monotone",
            Self::Saturated => "saturated",
            Self::Absorbing => "absorbing",
            Self::Drifting => "drifting",
            Self::Moving => "moving",
        }
    }

    /// What to do.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Monotone => "can only grow: give it a year, or at a fixed date",
            Self::Saturated => {
                "runs are alike: look earlier, or choose an outcome that still differs"
            }
            Self::Absorbing => {
                "never left once reached: give the month, or the chance of it in a fixed time"
            }
            Self::Drifting => "not settled at the horizon: make the run longer, or name the month",
            Self::Moving => {
                "the share depends on the length: set the threshold for a fixed time, and name it"
            }
        }
    }
}

/// The flags of an outcome, in the order of [`Flag::ALL`]. `smallest` is the smallest change that
/// matters, of a total a year; `a_year` is `seen` with totals a year ([`Seen::a_year`]).
#[must_use]
pub fn flags(outcome: &Outcome, seen: &Seen, a_year: &Seen, smallest: f64) -> Vec<Flag> {
    let yes_or_no = outcome.unit == YES_OR_NO;
    let moves = |earlier: &[f64], later: &[f64]| {
        Mean::of_change(earlier, later).is_some_and(|change| change.beyond(smallest))
    };
    let late = moves(&a_year.whole, &a_year.double);
    let early = moves(&a_year.half, &a_year.whole);
    let is = |flag: &Flag| match flag {
        Flag::Monotone => counted(outcome.name, 1).is_some() && grew(seen),
        Flag::Saturated => at_end(outcome, &seen.whole) || together(a_year),
        Flag::Absorbing if yes_or_no => yes_for_good(seen),
        Flag::Absorbing => for_good(seen.stays.iter().copied(), seen.whole.len()),
        Flag::Drifting => !yes_or_no && late,
        Flag::Moving => yes_or_no && (late || early),
    };
    Flag::ALL.into_iter().filter(is).collect()
}

/// Whether nearly all of some runs, of two at least, are such.
fn nearly_all(runs: impl Iterator<Item = bool>) -> bool {
    let (mut such, mut all) = (0.0, 0.0);
    for run in runs {
        such += f64::from(u8::from(run));
        all += 1.0;
    }
    all >= 2.0 && such >= NEARLY_ALL * all
}

/// Whether nearly all runs grew from each look that there is to the next.
fn grew(seen: &Seen) -> bool {
    let there = |values: &[f64]| values.iter().any(|value| !value.is_nan());
    let looks = [&seen.half, &seen.whole, &seen.double];
    let looks: Vec<&Vec<f64>> = looks.into_iter().filter(|look| there(look)).collect();
    let run = |at: usize| {
        let mut steps = looks.windows(2).map(|two| (two[0][at], two[1][at]));
        steps.all(|(earlier, later)| later > earlier)
    };
    looks.len() > 1
        && nearly_all(
            (0..seen.whole.len())
                .filter(|at| !seen.whole[*at].is_nan())
                .map(run),
        )
}

/// Whether nearly all runs are at one end of the outcome's range.
fn at_end(outcome: &Outcome, values: &[f64]) -> bool {
    let width = outcome.high - outcome.low;
    let near = if width.is_finite() && outcome.unit != YES_OR_NO {
        AT_END * width
    } else {
        0.0
    };
    let known = || values.iter().filter(|value| !value.is_nan());
    [outcome.low, outcome.high]
        .into_iter()
        .any(|end| end.is_finite() && nearly_all(known().map(|value| (value - end).abs() <= near)))
}

/// Whether the runs came together between half the horizon and the whole while their mean stayed.
fn together(seen: &Seen) -> bool {
    let spread = |values: &[f64]| Summary::of(values).sd;
    let change = Mean::of_change(&seen.half, &seen.whole);
    let Some(((early, late), change)) = spread(&seen.half).zip(spread(&seen.whole)).zip(change)
    else {
        return false;
    };
    early > 0.0
        && late <= TOGETHER * early
        && change.within(crate::analysis::compare::SMALL * early)
}

/// Whether a yes, of which some came after half the horizon, is one for good.
fn yes_for_good(seen: &Seen) -> bool {
    let yes = |value: f64| value > 0.5;
    let runs = || seen.half.iter().zip(&seen.whole).zip(&seen.double);
    let known = |value: f64| !value.is_nan();
    let came = runs().any(|((half, whole), double)| {
        let (half, whole, double) = (*half, *whole, *double);
        known(half) && !yes(half) && yes(whole) || known(whole) && !yes(whole) && yes(double)
    });
    let stayed = runs().map(|((half, whole), double)| {
        let (half, whole, double) = (*half, *whole, *double);
        match (yes(half), yes(whole), known(double)) {
            (true, still, false) => f64::from(u8::from(still)),
            (true, still, true) => f64::from(u8::from(still && yes(double))),
            (false, true, true) => f64::from(u8::from(yes(double))),
            _ => f64::NAN,
        }
    });
    came && for_good(stayed, seen.whole.len())
}

/// Whether enough of `runs` reached a state, and nearly all of these stayed; `NaN` did not reach it.
fn for_good(stayed: impl Iterator<Item = f64>, runs: usize) -> bool {
    let reached: Vec<f64> = stayed.filter(|value| !value.is_nan()).collect();
    let enough = reached.len() >= REACHED.0 && reached.len() as f64 >= REACHED.1 * runs as f64;
    enough && nearly_all(reached.into_iter().map(|stayed| stayed > 0.5))
}

#[cfg(test)]
mod tests;

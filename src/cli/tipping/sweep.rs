//! The sweep: an intervention or shock is raised in steps and lowered again while the system goes on.

use super::{Failure, Work};
use crate::analysis::summary::Summary;
use crate::analysis::tipping::{Loop, Step};
use crate::model::setup::{Intervention, Setup, Target};
use crate::registry::Choice;
use crate::registry::interventions::InterventionKind;

/// Levels on the way up; on the way down the last one is not held again.
const LEVELS: u32 = 5;
/// Months that each level is held: quickly, and three times as slowly.
const HOLDS: [u32; 2] = [12, 36];

/// What is swept, and between which intensities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) kind: InterventionKind,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// One sweep.
#[derive(Clone, Debug)]
pub(super) struct Swept {
    /// Months that each level was held.
    pub(super) hold: u32,
    pub(super) found: Loop,
}

/// An intervention or shock that lasts, and two intensities: `target-regime=0:1`.
pub(super) fn range(text: &str) -> Result<Range, String> {
    let wanted =
        "a kind and two intensities from 0 to 1, the lower first, such as target-regime=0:1";
    let (word, ends) = text.split_once('=').ok_or(wanted)?;
    let kind = kind(word)?;
    if kind.known().once {
        return Err(format!(
            "{word} happens in one month alone and cannot be held; sweep one that lasts, such as target-regime"
        ));
    }
    let (low, high) = ends.split_once(':').ok_or(wanted)?;
    let (low, high) = (intensity(low)?, intensity(high)?);
    if low < high {
        return Ok(Range { kind, low, high });
    }
    Err(wanted.to_owned())
}

/// A kind of intervention or shock by its word.
pub(super) fn kind(word: &str) -> Result<InterventionKind, String> {
    InterventionKind::parse(word).ok_or_else(|| {
        let meant = crate::scenario::nearest(word, InterventionKind::WORDS.iter().copied());
        let meant = meant.map_or(String::new(), |meant| format!("did you mean {meant}? "));
        format!(
            "there is no intervention or shock called {word}; {meant}`commonground describe interventions` lists them"
        )
    })
}

/// A dose.
pub(super) fn intensity(text: &str) -> Result<f64, String> {
    let number = text.trim().parse().ok();
    let number = number.filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| format!("an intensity is a number from 0 to 1, and \"{text}\" is none"))
}

/// An intervention for everybody in some months, as the registry knows it.
pub(super) fn dose(
    kind: InterventionKind,
    (at, until): (u32, u32),
    intensity: f64,
) -> Intervention {
    let known = kind.known();
    Intervention {
        id: format!("tipping-{at}"),
        kind,
        at,
        until,
        reach: 1.0,
        intensity,
        effect: known.effect,
        hours: known.hours,
        pounds: known.pounds,
        target: Target::default(),
    }
}

/// Sweeps at each speed; nothing if it was stopped.
pub(super) fn sweep(work: &Work<'_>) -> Result<Option<Vec<Swept>>, Failure> {
    let Range { kind, low, high } = work.arguments.sweep;
    let up: Vec<f64> = (0..LEVELS)
        .map(|at| low + (high - low) * f64::from(at) / f64::from(LEVELS - 1))
        .collect();
    let path: Vec<f64> = up.iter().chain(up.iter().rev().skip(1)).copied().collect();
    let mut setups = Vec::new();
    for hold in HOLDS {
        let months = (1_u32..).step_by(hold as usize);
        let steps = path.iter().zip(months);
        let steps: Vec<(f64, u32)> = steps.map(|(level, at)| (*level, at)).collect();
        let horizon = hold * (2 * LEVELS - 1);
        let held = steps
            .iter()
            .map(|(level, at)| (*level, (*at, at + hold - 1)));
        setups.push(with(work, horizon, kind, held));
        setups.push(with(work, horizon, kind, [(low, (1, horizon))].into_iter()));
    }
    let Some(paths) = work.paths(&setups, work.arguments.replicates)? else {
        return Ok(None);
    };
    let swept = HOLDS.iter().zip(paths.chunks(2)).map(|(hold, runs)| {
        let response = |step: usize| -> Vec<f64> {
            let pairs = runs[0].iter().zip(&runs[1]);
            pairs
                .map(|(swept, still)| late(swept, *hold, step) - late(still, *hold, step))
                .collect()
        };
        let steps = up.iter().enumerate().map(|(at, level)| Step {
            level: *level,
            up: response(at),
            down: response(path.len() - 1 - at),
        });
        let steps: Vec<Step> = steps.collect();
        let ends = runs[1].iter().filter_map(|run| run.last().copied());
        let ends: Vec<f64> = ends.filter(|end| end.is_finite()).collect();
        let sd = Summary::of(&ends).sd.unwrap_or(f64::NAN);
        Swept {
            hold: *hold,
            found: Loop::of(&steps, sd),
        }
    });
    Ok(Some(swept.collect()))
}

/// The scenario with what is held in some months.
fn with(
    work: &Work<'_>,
    horizon: u32,
    kind: InterventionKind,
    held: impl Iterator<Item = (f64, (u32, u32))>,
) -> Setup {
    let mut setup = work.scenario.setup.clone();
    setup.horizon.cycles = horizon;
    let rows = held.filter(|(level, _)| *level > 0.0);
    setup
        .interventions
        .extend(rows.map(|(level, months)| dose(kind, months, level)));
    setup
}

/// The mean of an outcome over the last third of a step.
fn late(run: &[f64], hold: u32, step: usize) -> f64 {
    let hold = hold as usize;
    let end = (step + 1) * hold;
    let Some(months) = run.get(end - hold / 3..end) else {
        return f64::NAN;
    };
    months.iter().sum::<f64>() / months.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_or_refused_with_the_reason() {
        let found = range("target-regime=0:0.5").unwrap();
        assert_eq!(found.kind, InterventionKind::TargetRegime);
        assert_eq!((found.low, found.high), (0.0, 0.5));
        for (text, words) in [
            ("target-regime", "two intensities"),
            ("target-regime=0.5", "two intensities"),
            ("target-regime=1:0", "the lower first"),
            ("target-regime=0:2", "from 0 to 1"),
            ("target-regime=0:NaN", "from 0 to 1"),
            ("reorganisation=0:1", "in one month alone"),
            ("target-regine=0:1", "did you mean target-regime"),
        ] {
            let said = range(text).unwrap_err();
            assert!(said.contains(words), "{text}: {said}");
        }
    }

    /// Two steps of six months: the last two of each.
    #[test]
    fn the_last_third_of_a_step_counts() {
        let run: Vec<f64> = (1..=12).map(f64::from).collect();
        assert_eq!(late(&run, 6, 0), 5.5);
        assert_eq!(late(&run, 6, 1), 11.5);
        assert!(late(&run, 6, 2).is_nan());
    }
}

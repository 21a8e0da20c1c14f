//! The map: the drift over a run from every start, at several prehistories and interdependences.

use super::{Failure, Followed, Work};
use crate::analysis::tipping::{Cell, Line, Place};
use crate::model::setup::Setup;

/// Starts of a line.
pub(super) const STARTS: u32 = 9;
/// Prehistories: both sides of none, twice as far as systems differ by themselves.
const HISTORIES: [f64; 5] = [-0.2, -0.1, 0.0, 0.1, 0.2];
/// Interdependences: those of the library's bad start, baseline and good start.
const INTERDEPENDENCES: [f64; 3] = [0.1, 0.5, 0.9];

/// Runs every cell; nothing if it was stopped.
pub(super) fn map(work: &Work<'_>) -> Result<Option<Vec<Place>>, Failure> {
    let levels: Vec<f64> = (1..=STARTS)
        .map(|at| f64::from(at) / f64::from(STARTS + 1))
        .collect();
    let mut lines = Vec::new();
    let mut setups: Vec<Setup> = Vec::new();
    for interdependence in INTERDEPENDENCES {
        for history in HISTORIES {
            lines.push((history, interdependence));
            for level in &levels {
                let mut sets = vec![
                    format!("context.history={history:?}"),
                    format!("organisations.interdependence={interdependence:?}"),
                ];
                sets.extend(start(work, *level));
                setups.push(work.scenario.with(&sets)?.setup);
            }
        }
    }
    let Some(paths) = work.paths(&setups, work.arguments.replicates)? else {
        return Ok(None);
    };
    let lines = lines.into_iter().zip(paths.chunks(levels.len()));
    let places = lines.map(|((history, interdependence), runs)| {
        let end = |runs: &[Vec<f64>], at: fn(&[f64]) -> Option<&f64>| {
            let value = |path: &Vec<f64>| at(path).copied().unwrap_or(f64::NAN);
            runs.iter().map(value).collect()
        };
        let cells = levels.iter().zip(runs).map(|(level, runs)| Cell {
            level: *level,
            start: end(runs, <[f64]>::first),
            end: end(runs, <[f64]>::last),
        });
        let cells: Vec<Cell> = cells.collect();
        Place {
            history,
            interdependence,
            line: Line::of(&cells, work.seed),
        }
    });
    Ok(Some(places.collect()))
}

/// What makes an outcome start at a level. Trust within a kind stays as far above trust across kinds as in
/// the scenario, as long as both are shares; commitment stays as uneven.
fn start(work: &Work<'_>, level: f64) -> Vec<String> {
    match work.arguments.of {
        Followed::Trust => {
            let rule = &work.scenario.setup.mechanisms.trust;
            let half = 0.5 * (rule.start_within - rule.start_across);
            let share = |value: f64| value.clamp(0.0, 1.0);
            vec![
                format!("mechanisms.trust.start_within={:?}", share(level + half)),
                format!("mechanisms.trust.start_across={:?}", share(level - half)),
            ]
        }
        Followed::Commitment => vec![format!(
            "groups.commitment={{ mean = {level:?}, sd = 0.12 }}"
        )],
        Followed::Attendance => {
            vec![format!("mechanisms.convening.start_attendance={level:?}")]
        }
    }
}

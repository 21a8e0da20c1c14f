//! The tables that `tipping` keeps.

use super::{Answers, Work};
use crate::analysis::interval::Interval;
use crate::analysis::tipping::{
    BOUNDARIES, GAPS, HALF_LIVES, HYSTERESIS, IMPULSE, MAP, Mean, Place,
};
use crate::registry::Choice;
use crate::store;

type Lines = Vec<Vec<String>>;

/// The tables of what was wanted, by their names.
pub(super) fn tables(work: &Work<'_>, answers: &Answers) -> Vec<(&'static str, Lines)> {
    let mut tables = Vec::new();
    if !answers.places.is_empty() {
        tables.push(("tipping_map.csv", map(work, &answers.places)));
        tables.push(("tipping_boundaries.csv", boundaries(work, &answers.places)));
    }
    if !answers.swept.is_empty() {
        tables.push(("hysteresis.csv", hysteresis(work, answers)));
        tables.push(("hysteresis_gaps.csv", gaps(work, answers)));
    }
    if !answers.felt.is_empty() {
        tables.push(("impulse.csv", impulse(work, answers)));
        tables.push(("impulse_half_lives.csv", half_lives(work, answers)));
    }
    tables
}

fn head(columns: &[(&str, store::Kind, &str)]) -> Vec<String> {
    columns
        .iter()
        .map(|(name, _, _)| (*name).to_owned())
        .collect()
}

fn ends(interval: Option<Interval>) -> [String; 2] {
    interval.map_or([String::new(), String::new()], |interval| {
        [interval.low, interval.high].map(|end| end.to_string())
    })
}

fn map(work: &Work<'_>, places: &[Place]) -> Lines {
    let mut lines = vec![head(&MAP)];
    for place in places {
        for point in &place.line.points {
            let [low, high] = ends(point.interval);
            lines.push(vec![
                work.arguments.of.name().to_owned(),
                place.history.to_string(),
                place.interdependence.to_string(),
                point.level.to_string(),
                point.start.to_string(),
                point.drift.to_string(),
                low,
                high,
                place.line.n.to_string(),
                place.line.left_out.to_string(),
                work.scenario.setup.horizon.cycles.to_string(),
            ]);
        }
    }
    lines
}

/// A row a boundary, and one for each line without any.
fn boundaries(work: &Work<'_>, places: &[Place]) -> Lines {
    let mut lines = vec![head(&BOUNDARIES)];
    for place in places {
        let of = [
            work.arguments.of.name().to_owned(),
            place.history.to_string(),
            place.interdependence.to_string(),
            place.line.regime.word().to_owned(),
        ];
        if place.line.boundaries.is_empty() {
            lines.push(
                [
                    of.to_vec(),
                    vec![String::new(); BOUNDARIES.len() - of.len()],
                ]
                .concat(),
            );
        }
        for boundary in &place.line.boundaries {
            let [low, high] = ends(boundary.interval);
            let found = [
                boundary.kind.word().to_owned(),
                boundary.at.to_string(),
                low,
                high,
                boundary.support.to_string(),
            ];
            lines.push([of.to_vec(), found.to_vec()].concat());
        }
    }
    lines
}

/// A number; nothing where there is none.
fn cell(value: f64) -> String {
    match value.is_finite() {
        true => value.to_string(),
        false => String::new(),
    }
}

/// A mean, its ends, and the runs behind it.
fn mean(mean: &Mean) -> Vec<String> {
    let [low, high] = ends(mean.interval);
    vec![cell(mean.mean), low, high, mean.n.to_string()]
}

fn hysteresis(work: &Work<'_>, answers: &Answers) -> Lines {
    let mut lines = vec![head(&HYSTERESIS)];
    for one in &answers.swept {
        for level in &one.found.levels {
            for (direction, seen) in [("up", &level.up), ("down", &level.down)] {
                let of = vec![
                    work.arguments.of.name().to_owned(),
                    work.arguments.sweep.kind.word().to_owned(),
                    one.hold.to_string(),
                    direction.to_owned(),
                    level.level.to_string(),
                ];
                lines.push([of, mean(seen)].concat());
            }
        }
    }
    lines
}

fn gaps(work: &Work<'_>, answers: &Answers) -> Lines {
    let rows = answers.swept.iter().map(|one| {
        let [low, high] = ends(one.found.interval);
        vec![
            work.arguments.of.name().to_owned(),
            work.arguments.sweep.kind.word().to_owned(),
            one.hold.to_string(),
            cell(one.found.gap),
            low,
            high,
            cell(one.found.smallest),
            one.found.verdict.to_owned(),
            one.found.n.to_string(),
        ]
    });
    std::iter::once(head(&GAPS)).chain(rows).collect()
}

fn impulse(work: &Work<'_>, answers: &Answers) -> Lines {
    let mut lines = vec![head(&IMPULSE)];
    for one in &answers.felt {
        let months = one.response.iter().flat_map(|response| &response.months);
        for (since, month) in months.enumerate() {
            let of = vec![
                work.arguments.of.name().to_owned(),
                work.arguments.shock.kind.word().to_owned(),
                one.arm.to_owned(),
                (super::shock::MONTH as usize + since).to_string(),
                since.to_string(),
            ];
            lines.push([of, mean(month)].concat());
        }
    }
    lines
}

fn half_lives(work: &Work<'_>, answers: &Answers) -> Lines {
    let known = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let rows = answers.felt.iter().filter_map(|one| {
        let response = one.response.as_ref()?;
        let seen = if response.seen { "yes" } else { "no" };
        Some(vec![
            work.arguments.of.name().to_owned(),
            work.arguments.shock.kind.word().to_owned(),
            one.arm.to_owned(),
            response.peak.to_string(),
            cell(response.months[response.peak].mean),
            seen.to_owned(),
            known(response.half_life),
            known(response.low),
            known(response.high),
        ])
    });
    std::iter::once(head(&HALF_LIVES)).chain(rows).collect()
}

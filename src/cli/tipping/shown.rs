//! What `tipping` shows and keeps.

use super::Work;
use crate::analysis::interval::Interval;
use crate::analysis::tipping::{BOUNDARIES, Boundary, FOUND, Kind, MAP, Place, Regime};
use crate::cli::table::{number, wrapped};
use crate::store::{self, Folder};

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

/// `tipping_map.csv`.
pub(super) fn map(work: &Work<'_>, places: &[Place]) -> Vec<Vec<String>> {
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

/// `tipping_boundaries.csv`: a row a boundary, and one for each line without any.
pub(super) fn boundaries(work: &Work<'_>, places: &[Place]) -> Vec<Vec<String>> {
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

pub(super) fn json(work: &Work<'_>, folder: &Folder, places: &[Place]) -> serde_json::Value {
    serde_json::json!({
        "scenario": work.scenario.name, "folder": folder.path(), "seed": work.seed,
        "outcome": work.arguments.of.name(), "months": work.scenario.setup.horizon.cycles,
        "replicates": work.arguments.replicates, "verdict": verdict(work, places), "map": places,
    })
}

/// What came out, in a table and in words.
pub(super) fn text(work: &Work<'_>, places: &[Place]) -> String {
    let rows = places.iter().map(|place| {
        let of = |kind: Kind| {
            let all = place.line.boundaries.iter();
            let all = all.filter(|one| one.kind == kind).map(words);
            all.collect::<Vec<String>>().join("; ")
        };
        vec![
            number(Some(place.interdependence)),
            number(Some(place.history)),
            place.line.regime.word().to_owned(),
            of(Kind::Unstable),
            of(Kind::Stable),
        ]
    });
    let head = [
        "interdependence",
        "history",
        "",
        "tips at (unstable)",
        "settles at (stable)",
    ];
    format!(
        "{}: where {} is in the first month, and whether it is higher or lower after {} months\n\n{}\n\n{}{}",
        work.scenario.title(),
        work.arguments.of.name(),
        work.scenario.setup.horizon.cycles,
        wrapped(&head, rows),
        verdict(work, places),
        left_out(places)
    )
}

/// A boundary with its interval, and how sure it is where that is not 95 %.
fn words(boundary: &Boundary) -> String {
    let interval = boundary.interval.map_or(String::new(), |interval| {
        format!(
            " [{}, {}]",
            number(Some(interval.low)),
            number(Some(interval.high))
        )
    });
    let unsure = match boundary.support < FOUND {
        true => format!(" in {:.0} % of resamples", 100.0 * boundary.support),
        false => String::new(),
    };
    format!("{}{interval}{unsure}", number(Some(boundary.at)))
}

/// Whether there are two regimes, in a sentence or two.
fn verdict(work: &Work<'_>, places: &[Place]) -> String {
    let name = work.arguments.of.name();
    let count = |regime: Regime| {
        let alike = places.iter().filter(|place| place.line.regime == regime);
        alike.count()
    };
    let (tips, all, unsure) = (count(Regime::Tips), places.len(), count(Regime::Undecided));
    let more = match unsure {
        0 => String::new(),
        _ => format!(
            " At {unsure} of {all} combinations the drift is too close to zero to tell: more --replicates would."
        ),
    };
    let found = match (tips, unsure) {
        (0, 0) => format!(
            "No unstable boundary: there is no start of {name} below which it falls and above which it rises. Starts part paths by degrees, not into two regimes."
        ),
        (0, _) => "No unstable boundary is sure.".to_owned(),
        _ => format!(
            "Two regimes at {tips} of {all} combinations of history and interdependence: below the unstable boundary {name} falls, above it it rises."
        ),
    };
    format!("{found}{more}")
}

fn left_out(places: &[Place]) -> String {
    match places.iter().map(|place| place.line.left_out).max() {
        None | Some(0) => String::new(),
        Some(most) => format!(" Up to {most} replicates that lack a run were left out."),
    }
}

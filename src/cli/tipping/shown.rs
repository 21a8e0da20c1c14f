//! What `tipping` shows and keeps.

use super::shock::Felt;
use super::{Answers, Work};
use crate::analysis::interval::Interval;
use crate::analysis::tipping::{Boundary, FOUND, Kind, Place, Regime};
use crate::cli::table::{number, wrapped};
use crate::registry::Choice;
use crate::store::Folder;

pub(super) fn json(work: &Work<'_>, folder: &Folder, answers: &Answers) -> serde_json::Value {
    let swept = answers.swept.iter().map(|one| {
        serde_json::json!({
            "intervention": work.arguments.sweep.kind.word(), "hold": one.hold, "loop": one.found,
        })
    });
    let felt = answers.felt.iter().map(|one| {
        serde_json::json!({
            "shock": work.arguments.shock.kind.word(), "arm": one.arm, "response": one.response,
        })
    });
    serde_json::json!({
        "scenario": work.scenario.name, "folder": folder.path(), "seed": work.seed,
        "outcome": work.arguments.of.name(), "months": work.scenario.setup.horizon.cycles,
        "replicates": work.arguments.replicates, "verdict": (!answers.places.is_empty()).then(|| verdict(work, &answers.places)),
        "map": answers.places, "hysteresis": swept.collect::<Vec<_>>(), "impulse": felt.collect::<Vec<_>>(),
    })
}

/// What came out, in tables and in words.
pub(super) fn text(work: &Work<'_>, answers: &Answers) -> String {
    let mut parts = vec![work.scenario.title().to_owned()];
    if !answers.places.is_empty() {
        parts.push(map(work, &answers.places));
    }
    if !answers.swept.is_empty() {
        parts.push(sweep(work, answers));
    }
    if !answers.felt.is_empty() {
        parts.push(shock(work, answers));
    }
    parts.join("\n\n")
}

fn map(work: &Work<'_>, places: &[Place]) -> String {
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
        "Where {} is in the first month, and whether it is higher or lower after {} months\n\n{}\n\n{}{}",
        work.arguments.of.name(),
        work.scenario.setup.horizon.cycles,
        wrapped(&head, rows),
        verdict(work, places),
        left_out(places)
    )
}

fn sweep(work: &Work<'_>, answers: &Answers) -> String {
    let rows = answers.swept.iter().map(|one| {
        vec![
            format!("{} months", one.hold),
            spread(one.found.gap, one.found.interval),
            number(Some(one.found.smallest).filter(|value| value.is_finite())),
            one.found.verdict.to_owned(),
        ]
    });
    let head = ["each level held", "gap, down minus up", "smallest", ""];
    format!(
        "Whether {} comes back the way it went, as {} goes from {} to {} and back\n\n{}\n\nA gap that becomes smaller where levels are held longer is lag; what stays is memory.",
        work.arguments.of.name(),
        work.arguments.sweep.kind.word(),
        work.arguments.sweep.low,
        work.arguments.sweep.high,
        wrapped(&head, rows)
    )
}

fn shock(work: &Work<'_>, answers: &Answers) -> String {
    let head = ["", "largest difference", "after", "half of it gone after"];
    format!(
        "How long one month of {} is felt in {}: in the whole system, and in trust alone\n\n{}",
        work.arguments.shock.kind.word(),
        work.arguments.of.name(),
        wrapped(&head, answers.felt.iter().map(felt))
    )
}

fn felt(one: &Felt) -> Vec<String> {
    let Some(response) = &one.response else {
        return vec![one.arm.to_owned(), "too few pairs".to_owned()];
    };
    let peak = response.months[response.peak];
    let life = match (response.seen, response.half_life) {
        (false, _) => "no response seen".to_owned(),
        (true, None) => "not back within the horizon".to_owned(),
        (true, Some(life)) => format!(
            "{} months [{}, {}]",
            number(Some(life)),
            number(response.low),
            response
                .high
                .map_or("beyond".to_owned(), |high| number(Some(high)))
        ),
    };
    vec![
        one.arm.to_owned(),
        spread(peak.mean, peak.interval),
        format!("{} months", response.peak),
        life,
    ]
}

fn spread(value: f64, interval: Option<Interval>) -> String {
    let shown = |value: f64| number(Some(value).filter(|value| value.is_finite()));
    match interval {
        Some(one) => format!("{} [{}, {}]", shown(value), shown(one.low), shown(one.high)),
        None => shown(value),
    }
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

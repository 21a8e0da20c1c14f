//! Tables made from the registry and the catalogue of outcomes.

use super::block::Block;
use crate::measure::{CYCLE, Outcome, RUN};
use crate::registry::interventions::{KINDS, Known, Reaches};
use crate::registry::leaders::ATTRIBUTES;
use crate::registry::switches::MECHANISMS;
use crate::registry::{self, Entry, Kind, Preset, ROWS};
use crate::scenario::{Scenario, document::Table, written};
use std::collections::BTreeSet;

/// Values of rows that are told one by one; of more only their number is.
const MOST_TOLD: usize = 4;

/// A table of these rows.
pub(super) fn table(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Block {
    let heads = heads.iter().map(|head| (*head).to_owned());
    Block::Table(heads.collect(), rows.collect())
}

/// A text on one line, as a cell must be.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text marked as code.
pub(super) fn code(text: &str) -> String {
    format!("`{text}`")
}

/// What stands in the place of a key that a scenario leaves out.
#[must_use]
pub fn default(entry: &Entry) -> String {
    match (entry.preset, entry.kind) {
        (Preset::Required, _) => "must be given".to_owned(),
        (Preset::Empty, _) => String::new(),
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the index of a word"
        )]
        (Preset::Number(value), Kind::Choice { words }) => words
            .get(value as usize)
            .copied()
            .unwrap_or_default()
            .to_owned(),
        (Preset::Number(value), _) => value.to_string(),
        (Preset::Spread(mean, sd), _) => format!("{mean} ± {sd}"),
        (Preset::ByKind([clinician, manager, citizen], sd), _) => {
            format!("{clinician} | {manager} | {citizen} ± {sd}")
        }
    }
}

/// What an intervention costs a month at full intensity; empty where it costs nothing.
#[must_use]
pub fn cost(one: &Known) -> String {
    match (one.hours > 0.0, one.pounds > 0.0) {
        (false, false) => String::new(),
        (true, false) => format!("{} h", one.hours),
        (false, true) => format!("£{}", one.pounds),
        (true, true) => format!("{} h, £{}", one.hours, one.pounds),
    }
}

fn range(entry: &Entry) -> String {
    let bounds = entry.bounds();
    bounds.map_or_else(|| entry.allowed(), |(low, high)| format!("{low} to {high}"))
}

/// Program and version.
pub(super) fn model() -> Block {
    let rows = [
        ("program", "commonground"),
        ("version", env!("CARGO_PKG_VERSION")),
        ("hash of the model", env!("COMMONGROUND_MODEL_HASH")),
        ("licence", env!("CARGO_PKG_LICENSE")),
    ];
    let rows = rows
        .into_iter()
        .map(|(what, which)| vec![what.to_owned(), which.to_owned()]);
    table(&["what", "which"], rows)
}

/// The attributes that a scenario can give its leaders.
pub(super) fn attributes() -> Block {
    let rows = ATTRIBUTES.iter().map(|entry| {
        vec![
            code(entry.key()),
            entry.symbol.to_owned(),
            entry.line.to_owned(),
            default(entry),
            range(entry),
            entry.unit.to_owned(),
            entry.source.to_owned(),
        ]
    });
    let heads = [
        "attribute",
        "symbol",
        "meaning",
        "mean of clinicians | managers | citizens ± sd",
        "range",
        "unit",
        "source",
    ];
    table(&heads, rows)
}

/// Every outcome: of a month, then of a run.
pub(super) fn outcomes() -> Vec<Block> {
    let of = |title: &str, outcomes: &[Outcome]| {
        let rows = outcomes.iter().map(|one| {
            vec![
                code(one.name),
                one.line.to_owned(),
                one.unit.to_owned(),
                one.source.to_owned(),
            ]
        });
        let heads = ["outcome", "meaning", "unit", "source"];
        [
            Block::Heading(4, title.to_owned()),
            table(&heads, rows.collect::<Vec<_>>().into_iter()),
        ]
    };
    let month = of("Outcomes of each month", CYCLE);
    month
        .into_iter()
        .chain(of("Outcomes of a run", RUN))
        .collect()
}

/// Every mechanism, and what switches it off.
pub(super) fn mechanisms() -> Block {
    let rows = MECHANISMS.iter().map(|one| {
        let off = one.off.iter();
        let off: Vec<String> = off
            .map(|(path, value)| code(&format!("{path}={value}")))
            .collect();
        vec![
            one.phase.to_owned(),
            one.name.to_owned(),
            one.line.to_owned(),
            off.join(" "),
        ]
    });
    table(&["phase", "mechanism", "meaning", "switched off by"], rows)
}

/// Every kind of intervention and shock.
pub(super) fn interventions() -> Block {
    let rows = KINDS.iter().map(|one| {
        let sort = match (one.shock, one.reaches) {
            (true, _) => "shock",
            (_, Reaches::Leaders) => "leaders",
            (_, Reaches::Forums) => "forums",
            (_, Reaches::System) => "system",
        };
        vec![
            code(one.word),
            sort.to_owned(),
            one.line.to_owned(),
            one.lever.to_owned(),
            format!("{} {}", one.effect, one.unit),
            cost(one),
            one.source.to_owned(),
        ]
    });
    let heads = [
        "kind",
        "for",
        "meaning",
        "what it moves",
        "full effect",
        "cost a month",
        "source",
    ];
    table(&heads, rows)
}

/// Every parameter, one table for each section of a scenario file.
pub(super) fn parameters(scenario: Option<&Scenario>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let entries = registry::entries();
    let same_table = |one: &&Entry, next: &&Entry| one.table() == next.table();
    for section in entries.chunk_by(same_table) {
        let title = match section.first().map_or("", |entry| entry.table()) {
            "" => "at the top of the file".to_owned(),
            name => code(name),
        };
        blocks.push(Block::Heading(5, title));
        let rows = section.iter().map(|entry| {
            vec![
                code(entry.path),
                entry.symbol.to_owned(),
                value(entry, scenario),
                entry.unit.to_owned(),
                range(entry),
                entry.source.to_owned(),
                entry.line.to_owned(),
            ]
        });
        let heads = [
            "parameter",
            "symbol",
            "value",
            "unit",
            "range",
            "source",
            "meaning",
        ];
        blocks.push(table(&heads, rows));
    }
    blocks
}

/// The default, or what the scenario states and the default behind it.
fn value(entry: &Entry, scenario: Option<&Scenario>) -> String {
    let usual = default(entry);
    let stated = scenario.map_or_else(BTreeSet::new, |scenario| stated(entry, scenario));
    match (stated.len(), usual.as_str()) {
        (0, _) => usual,
        (1..=MOST_TOLD, "" | "must be given") => strong(&stated),
        (1..=MOST_TOLD, _) => format!("{} (default {usual})", strong(&stated)),
        (many, _) => format!("**{many} values** (see the scenario in full)"),
    }
}

fn strong(values: &BTreeSet<String>) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("**{value}**")).collect();
    values.join(", ")
}

/// The values that a scenario states of an entry, outside of rows or in them. Texts are not told
/// here: they are long, and stand in the scenario in full.
fn stated(entry: &Entry, scenario: &Scenario) -> BTreeSet<String> {
    if matches!(entry.kind, Kind::Text) {
        return BTreeSet::new();
    }
    let rows = ROWS.iter().flat_map(|rows| scenario.document.rows(rows));
    let tables = std::iter::once(&scenario.document.top).chain(rows);
    let value = |table: &Table| Some(one_line(&written(entry, table.value(entry.path)?)));
    tables.filter_map(value).collect()
}

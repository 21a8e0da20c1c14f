//! A scenario as one text without `extends`: only what is stated, in the order of the registry.
//!
//! It is hashed and stored with results, and reading it gives the same [`Setup`](crate::model::setup::Setup)
//! (of a survey it holds the hash, and the names of its files from the folder of the scenario).

use std::fmt::Write;

use super::Scenario;
use super::document::{Table, Value};
use super::survey::Question;
use crate::registry::calibrations::CALIBRATION;
use crate::registry::experiments::EXPERIMENT;
use crate::registry::hypotheses::HYPOTHESIS;
use crate::registry::leaders::LeaderKind;
use crate::registry::{Choice, Entry, Kind, ROWS, entries};

/// The resolved text of a scenario, without the tables of an experiment.
#[must_use]
pub fn resolved(scenario: &Scenario) -> String {
    let mut text = tables(scenario, |entry| !of_experiment(entry));
    if let Some(survey) = &scenario.survey {
        // Other answers make another scenario, whatever the files are called.
        let _ = writeln!(text, "\n# Tables of the survey, hashed: {}", survey.digest);
    }
    text
}

/// The tables of an experiment as one text, without the keys with these paths.
#[must_use]
pub fn resolved_experiment(scenario: &Scenario, without: &[&str]) -> String {
    tables(scenario, |entry| {
        of_experiment(entry) && !without.contains(&entry.path)
    })
}

fn of_experiment(entry: &Entry) -> bool {
    let mut there = EXPERIMENT.iter().chain(HYPOTHESIS).chain(CALIBRATION);
    there.any(|one| one.path == entry.path)
}

/// What a scenario states, of the entries that are wanted.
fn tables(scenario: &Scenario, wanted: impl Fn(&Entry) -> bool) -> String {
    let mut text = String::new();
    let mut done: Vec<&str> = Vec::new();
    for entry in entries().into_iter().filter(|entry| wanted(entry)) {
        let table = ROWS.iter().copied().find(|rows| within(entry, rows));
        let table = table.unwrap_or_else(|| entry.table());
        if done.contains(&table) {
            continue;
        }
        done.push(table);
        if ROWS.contains(&table) {
            for row in scenario.document.rows(table) {
                section(
                    &mut text,
                    &format!("[[{table}]]"),
                    row,
                    &wanted_in(table, &wanted),
                );
            }
        } else {
            let heading = if table.is_empty() {
                String::new()
            } else {
                format!("[{table}]")
            };
            let top = &scenario.document.top;
            section(&mut text, &heading, top, &wanted_in(table, &wanted));
        }
    }
    text
}

/// The keys of a table or of its rows that are wanted: how each is written there, and its entry.
fn wanted_in(table: &str, wanted: &impl Fn(&Entry) -> bool) -> Vec<(&'static str, &'static Entry)> {
    let here = |entry: &Entry| match ROWS.contains(&table) {
        true => within(entry, table),
        false => entry.table() == table,
    };
    let left_out = |entry: &Entry| entry.path == "extends" || entry.key() == "remove";
    let key = |entry: &'static Entry| {
        let key = entry.path.strip_prefix(table).unwrap_or(entry.path);
        (key.trim_start_matches('.'), entry)
    };
    let entries = entries().into_iter();
    let those = entries.filter(|entry| wanted(entry) && here(entry) && !left_out(entry));
    those.map(key).collect()
}

/// Whether an entry is a key of the rows of this table, or of a table in them.
fn within(entry: &Entry, rows: &str) -> bool {
    let table = entry.table();
    table == rows
        || table
            .strip_prefix(rows)
            .is_some_and(|rest| rest.starts_with('.'))
}

/// The statements of one table or row; nothing when there are none.
fn section(
    text: &mut String,
    heading: &str,
    stated: &Table,
    keys: &[(&'static str, &'static Entry)],
) {
    let mut lines = String::new();
    for (key, entry) in keys {
        if let Some(value) = stated.value(entry.path) {
            // Writing to a String cannot fail.
            let _ = writeln!(lines, "{key} = {}", written(entry, value));
        }
    }
    if lines.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    if !heading.is_empty() {
        text.push_str(heading);
        text.push('\n');
    }
    text.push_str(&lines);
}

/// A value as it is written in TOML.
#[must_use]
pub fn written(entry: &Entry, value: &Value) -> String {
    match (value, entry.kind) {
        (Value::Number(number), Kind::Integer { .. }) => format!("{number:.0}"),
        (Value::Number(number), _) | (Value::Spread(number, None), _) => format!("{number:?}"),
        (Value::Spread(mean, Some(sd)), _) => format!("{{ mean = {mean:?}, sd = {sd:?} }}"),
        (Value::Word(index), Kind::Choice { words }) => {
            quoted(words.get(*index).copied().unwrap_or(""))
        }
        (Value::Words(chosen), Kind::Words { words }) => {
            list(chosen.iter().filter_map(|index| words.get(*index).copied()))
        }
        (Value::Word(_) | Value::Words(_), _) => String::new(),
        (Value::Flag(flag), _) => flag.to_string(),
        (Value::Text(text), _) => quoted(text),
        (Value::References(references), _) => {
            list(references.iter().map(|reference| reference.id.as_str()))
        }
        (Value::Mix(mix), _) => {
            let shares = LeaderKind::ALL
                .iter()
                .zip(mix)
                .map(|(kind, share)| format!("{} = {share:?}", kind.word()));
            format!("{{ {} }}", shares.collect::<Vec<_>>().join(", "))
        }
        (Value::Chair(kind, leader), _) => {
            let leader = leader
                .as_ref()
                .map(|leader| format!(", leader = {}", quoted(&leader.id)));
            format!(
                "{{ kind = {}{} }}",
                quoted(kind.word()),
                leader.unwrap_or_default()
            )
        }
        (Value::Column(question), _) => column(question),
        (Value::AttributeColumns(columns), _) => {
            let columns = columns.iter().map(|(attribute, question)| {
                format!("{} = {}", attribute.entry().key(), column(question))
            });
            format!("{{ {} }}", columns.collect::<Vec<_>>().join(", "))
        }
        (Value::Markers(markers), _) => list(markers.iter().map(String::as_str)),
        (Value::Names(names), _) => list(names.iter().map(|name| name.id.as_str())),
        (Value::Toml(text), _) => text.clone(),
    }
}

fn column(question: &Question) -> String {
    let name = quoted(&question.column);
    match question.scale {
        Some([least, most]) => format!("{{ column = {name}, scale = [{least:?}, {most:?}] }}"),
        None => name,
    }
}

pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", items.map(quoted).collect::<Vec<_>>().join(", "))
}

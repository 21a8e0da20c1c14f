//! The registry as the reader of scenarios asks it: which keys a table has, and what was meant.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::registry::{Entry, ROWS, entries};

static BY_PATH: LazyLock<BTreeMap<&'static str, &'static Entry>> = LazyLock::new(|| {
    entries()
        .into_iter()
        .map(|entry| (entry.path, entry))
        .collect()
});

/// Every table's path, such as `mechanisms.trust`; the empty path is the top of the file.
static TABLES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let mut tables = BTreeSet::from([""]);
    for entry in entries() {
        let mut path = entry.table();
        while !path.is_empty() {
            tables.insert(path);
            path = path.rsplit_once('.').map_or("", |(above, _)| above);
        }
    }
    tables
});

/// The entry with this path.
#[must_use]
pub(super) fn find(path: &str) -> Option<&'static Entry> {
    BY_PATH.get(path).copied()
}

/// Whether a table has this path.
#[must_use]
pub(super) fn is_table(path: &str) -> bool {
    TABLES.contains(path)
}

/// Whether the table with this path is written as rows.
#[must_use]
pub(super) fn is_rows(path: &str) -> bool {
    ROWS.contains(&path)
}

/// A key below a table.
#[must_use]
pub(super) fn join(table: &str, key: &str) -> String {
    if table.is_empty() {
        key.to_owned()
    } else {
        format!("{table}.{key}")
    }
}

/// The keys and tables that may stand in a table, in the order of the registry.
#[must_use]
pub(super) fn within(table: &str) -> Vec<&'static str> {
    let mut names = Vec::new();
    for entry in entries() {
        let rest = if table.is_empty() {
            Some(entry.path)
        } else {
            entry
                .path
                .strip_prefix(table)
                .and_then(|rest| rest.strip_prefix('.'))
        };
        let name = rest.map(|rest| rest.split('.').next().unwrap_or(rest));
        if let Some(name) = name.filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    names
}

/// The heading of a table as it is written in a file.
#[must_use]
pub(super) fn heading(table: &str) -> String {
    if table.is_empty() {
        "the top of the file".to_owned()
    } else if is_rows(table) {
        format!("[[{table}]]")
    } else if let Some((rows, name)) = table.split_once('.').filter(|(rows, _)| is_rows(rows)) {
        format!("`{name} = {{ ... }}` of [[{rows}]]")
    } else {
        format!("[{table}]")
    }
}

/// The tables that have a key of this name.
#[must_use]
pub(super) fn homes(name: &str) -> Vec<&'static str> {
    let having = entries().into_iter().filter(|entry| entry.key() == name);
    having.map(Entry::table).collect()
}

/// The tables whose last name is this one.
#[must_use]
pub(super) fn tables_called(name: &str) -> Vec<&'static str> {
    let called = TABLES
        .iter()
        .filter(|table| table.rsplit('.').next() == Some(name));
    called.copied().collect()
}

/// The one of some names that was probably meant by a mistyped one.
pub(crate) fn nearest<'a>(
    typed: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let scored = names.into_iter().map(|name| {
        let lower = name.to_lowercase();
        let similar = strsim::jaro_winkler(&typed, &lower);
        let edits = strsim::damerau_levenshtein(&typed, &lower);
        (name, similar, edits)
    });
    scored
        .filter(|(name, similar, edits)| {
            *similar >= 0.85 || (*edits <= 2 && *edits * 2 < name.len())
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(name, _, _)| name)
}

/// The names of a table for a message: all of a few, or those most like what was typed.
#[must_use]
pub(super) fn near(typed: &str, mut names: Vec<&str>) -> String {
    if names.len() <= 6 {
        return format!("known here: {}", listed(names));
    }
    let typed = typed.to_lowercase();
    names.sort_by(|a, b| strsim::jaro(&typed, b).total_cmp(&strsim::jaro(&typed, a)));
    names.truncate(4);
    format!(
        "nearest here: {}; `commonground describe parameters` lists everything",
        names.join(", ")
    )
}

/// Names for a message: the first dozen, and how many there are beyond.
#[must_use]
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<&str> = names.iter().take(12).copied().collect();
    match names.len() {
        0 => "none yet".to_owned(),
        count if count > shown.len() => {
            format!("{} and {} more", shown.join(", "), count - shown.len())
        }
        _ => shown.join(", "),
    }
}

//! A scenario to start from: what is usual, and every other key with its range as a comment.

use std::fmt::Write;

use super::keys;
use super::schema::preset_word;
use crate::registry::{Entry, Kind, Preset, ROWS, entries};

const HEAD: &str = "\
# Lines that begin with # are comments. Take the # away and change the value to state a key;
# a key that is not stated has the value shown. Check the file with: commonground check NAME.toml

extends = \"baseline\"    # everything that is not stated here is as in this scenario

[about]
title = \"TITLE\"
question = \"What happens when ...?\"
source = \"where the description comes from\"
status = \"stylised\"     # or \"roster from source\", \"statutory form\"
differs = \"what differs from the baseline\"

# Rows: a row with an id that the extended scenario has changes that row; another id adds one;
# remove = true drops it. An example of each kind of row:

# [[organisations]]
# id = \"hospice\"
# name = \"Hospice\"
# kind = \"charity\"

# [[groups]]
# id = \"hospice-nurses\"
# kind = \"clinician\"
# organisations = [\"hospice\"]
# count = 4
# skill = { mean = 0.6, sd = 0.1 }

# [[forums]]
# id = \"end-of-life\"
# name = \"End of life\"
# tier = \"thematic\"
# members = [\"hospice-nurses\"]
# seats = 6
# from = [\"leaders\"]
# chair = { kind = \"organic\", leader = \"hospice-nurses\" }
";

/// A commented scenario with this name; it can be read as it stands.
#[must_use]
pub fn new(name: &str) -> String {
    let title: String = name
        .replace(['-', '_'], " ")
        .chars()
        .filter(|c| !c.is_control() && !"\"\\".contains(*c))
        .collect();
    let mut text = HEAD
        .replace("NAME", &title.replace(' ', "-"))
        .replace("TITLE", title.trim());
    let mut table = "";
    for entry in entries() {
        let (in_rows, line) = (is_in_rows(entry), line(entry));
        if entry.table().is_empty() || entry.table() == "about" {
            continue;
        }
        let Some(line) = line else { continue };
        if entry.table() != table {
            table = entry.table();
            let heading = if in_rows {
                format!("# Keys of {}", keys::heading(table))
            } else {
                format!("[{table}]")
            };
            // Writing to a String cannot fail.
            let _ = write!(text, "\n{heading}\n");
        }
        let _ = writeln!(text, "{line}");
    }
    text
}

fn is_in_rows(entry: &Entry) -> bool {
    ROWS.iter().any(|rows| {
        entry
            .path
            .strip_prefix(rows)
            .is_some_and(|rest| rest.starts_with('.'))
    })
}

/// The commented line of a key; nothing for keys whose value is a name.
fn line(entry: &Entry) -> Option<String> {
    let value = match (entry.preset, entry.kind) {
        (_, Kind::Choice { words }) => format!(
            "\"{}\"",
            preset_word(entry, words).or(words.first().copied())?
        ),
        (_, Kind::Words { words }) => format!("[\"{}\"]", words.first()?),
        (Preset::Number(number), _) => number.to_string(),
        (Preset::Spread(mean, sd), _) => format!("{{ mean = {mean}, sd = {sd} }}"),
        (Preset::ByKind([clinician, ..], sd), _) => format!("{{ mean = {clinician}, sd = {sd} }}"),
        _ => return None,
    };
    let range = match entry.kind {
        Kind::Choice { .. } | Kind::Words { .. } => entry.allowed(),
        _ => entry
            .bounds()
            .map_or_else(String::new, |(low, high)| format!("{low} to {high}")),
    };
    let unit = if entry.unit.is_empty() {
        String::new()
    } else {
        format!(", {}", entry.unit)
    };
    Some(format!(
        "# {} = {value}    # {} ({range}{unit})",
        entry.key(),
        entry.line
    ))
}

//! Changes from the command line: `--set path=value`, each a statement laid over the scenario.
//!
//! `mechanisms.trust.gain=0.1` states one key; `groups.skill=0.7` states it in every row of
//! `[[groups]]`, `groups.nurses.skill=0.7` in the row with that id. A word needs no quotes.

use std::sync::Arc;

use super::keys;
use super::merge;
use super::problem::{Class, Problem, Problems};
use super::source::{At, Source};
use super::tree::{self, Content, Key, Node};
use super::value;

/// Applies one change to a scenario's tree.
pub(super) fn apply(root: &mut Node, text: &str, problems: &mut Problems) {
    let source = Source::new(Source::CHANGE, text, 0);
    let text = source.text.as_str();
    let Some((path, after)) = text.split_once('=') else {
        let at = At::new(&source, 0..text.len());
        problems.push(
            Problem::error(Class::Syntax, &at, "--set needs a path, an = and a value")
                .allowed("there is no =")
                .help("such as --set mechanisms.trust.gain=0.1"),
        );
        return;
    };
    let start = text.len() - after.trim_start().len();
    let node = tree::parse_value(&source, start).unwrap_or_else(|| bare(&source, start));
    let path = segments(&source, path);
    if let Some(empty) = path.iter().find(|key| key.name.is_empty()) {
        problems.push(
            Problem::error(Class::Syntax, &empty.at, "a part of the path is missing")
                .allowed("a name belongs here")
                .help("such as --set mechanisms.trust.gain=0.1"),
        );
        return;
    }
    if let [only] = path.as_slice()
        && only.name == "extends"
    {
        problems.push(
            Problem::error(
                Class::Extends,
                &only.at,
                "`extends` cannot be changed with --set",
            )
            .allowed("stands in the file only")
            .help("run the other scenario, or write a file that extends it"),
        );
        return;
    }
    state("", root, &path, &node, problems);
}

/// A value that is not TOML: the word as it was typed.
fn bare(source: &Arc<Source>, start: usize) -> Node {
    let typed = source.text.get(start..).unwrap_or("");
    let begin = start + typed.len() - typed.trim_start().len();
    let trimmed = typed.trim();
    Node {
        at: At::new(source, begin..begin + trimmed.len()),
        content: Content::Text(trimmed.to_owned()),
    }
}

fn segments(source: &Arc<Source>, path: &str) -> Vec<Key> {
    let mut start = 0;
    let mut keys = Vec::new();
    for part in path.split('.') {
        let begin = start + part.len() - part.trim_start().len();
        let name = part.trim().to_owned();
        let at = At::new(source, begin..begin + name.len());
        keys.push(Key { name, at });
        start += part.len() + 1;
    }
    keys
}

pub(super) fn state(
    table: &str,
    node: &mut Node,
    path: &[Key],
    value: &Node,
    problems: &mut Problems,
) {
    let Some((key, rest)) = path.split_first() else {
        return;
    };
    let full = keys::join(table, &key.name);
    if rest.is_empty() {
        // What a change replaces is checked all the same, or it would hide a mistake of the file.
        if let (Some(entry), Some(replaced)) = (keys::find(&full), node.get(&key.name)) {
            let _ = value::check(entry, replaced, problems);
        }
        merge::put(table, node, key.clone(), value.clone());
    } else if keys::is_rows(&full) {
        state_rows(&full, node, path, value, problems);
    } else {
        let mut below = match node.get(&key.name) {
            Some(below) if matches!(below.content, Content::Table(_)) => below.clone(),
            _ => Node::table(key.at.clone()),
        };
        state(&full, &mut below, rest, value, problems);
        merge::put(table, node, key.clone(), below);
    }
}

fn state_rows(table: &str, node: &mut Node, path: &[Key], value: &Node, problems: &mut Problems) {
    let [name, first, rest @ ..] = path else {
        return;
    };
    let Content::Table(pairs) = &mut node.content else {
        return;
    };
    let rows = pairs.iter_mut().find(|(key, _)| key.name == name.name);
    let rows = match rows.map(|(_, rows)| &mut rows.content) {
        Some(Content::List(rows)) => rows.as_mut_slice(),
        _ => &mut [],
    };
    let in_all = keys::within(table).contains(&first.name.as_str());
    if in_all {
        let path = path.get(1..).unwrap_or_default();
        rows.iter_mut()
            .for_each(|row| state(table, row, path, value, problems));
        return;
    }
    let row = rows
        .iter_mut()
        .find(|row| merge::id(row) == Some(&first.name));
    match row {
        Some(row) if !rest.is_empty() => state(table, row, rest, value, problems),
        Some(_) => problems.push(key_left_out(table, first)),
        None => problems.push(nowhere(table, first, rows)),
    }
}

/// A change that names a row, but none of its keys.
fn key_left_out(table: &str, row: &Key) -> Problem {
    let message = format!("say which key of \"{}\" to change", row.name);
    Problem::error(Class::Key, &row.at, message)
        .allowed("a row, not a key")
        .help(format!("write --set {table}.{}.KEY=VALUE", row.name))
}

/// A change whose path is neither a key nor a row.
fn nowhere(table: &str, name: &Key, rows: &[Node]) -> Problem {
    let ids = rows.iter().filter_map(merge::id);
    let meant = keys::nearest(&name.name, keys::within(table));
    let help = meant.map_or_else(
        || value::unknown(&name.name, ids),
        |meant| format!("did you mean `{meant}`?"),
    );
    let message = format!(
        "[[{table}]] has neither a key nor a row called \"{}\"",
        name.name
    );
    Problem::error(Class::Reference, &name.at, message)
        .allowed("not there")
        .help(help)
}

//! One scenario laid over another: tables key by key, rows by id.

use std::sync::Arc;

use super::keys;
use super::problem::{Class, Problem, Problems};
use super::tree::{Content, Key, Node};
use super::value;

/// Pairs of keys of which a row states one: stating one replaces the other of an extended scenario.
const EITHER: &[(&str, &str, &str)] = &[("groups", "kind", "mix"), ("groups", "mix", "kind")];

/// Lays a table over another. The path says which table of the registry it is.
pub(super) fn lay_over(path: &str, base: &mut Node, over: Node, problems: &mut Problems) {
    let Content::Table(pairs) = over.content else {
        *base = over;
        return;
    };
    if !matches!(base.content, Content::Table(_)) {
        base.content = Content::Table(Vec::new());
    }
    base.at = over.at;
    for (key, node) in pairs {
        let full = keys::join(path, &key.name);
        let rows = keys::is_rows(&full) && matches!(node.content, Content::List(_));
        let table = keys::is_table(&full) && matches!(node.content, Content::Table(_));
        match &mut base.content {
            Content::Table(known) if rows => {
                let empty = Node {
                    at: node.at.clone(),
                    content: Content::List(Vec::new()),
                };
                lay_rows(&full, child(known, &key, empty), node, problems);
            }
            Content::Table(known) if table => {
                let empty = Node::table(node.at.clone());
                lay_over(&full, child(known, &key, empty), node, problems);
            }
            _ => put(path, base, key, node),
        }
    }
}

/// States a key of a table, in place of what it had.
pub(super) fn put(path: &str, table: &mut Node, key: Key, node: Node) {
    let Content::Table(pairs) = &mut table.content else {
        return;
    };
    let replaced = EITHER
        .iter()
        .filter(|(table, one, _)| *table == path && *one == key.name);
    for (_, _, other) in replaced {
        pairs.retain(|(known, _)| {
            known.name != *other || Arc::ptr_eq(&known.at.source, &key.at.source)
        });
    }
    match pairs.iter_mut().find(|(known, _)| known.name == key.name) {
        Some(pair) => *pair = (key, node),
        None => pairs.push((key, node)),
    }
}

/// The value of a key, made anew when the table does not have it.
fn child<'n>(table: &'n mut Vec<(Key, Node)>, key: &Key, empty: Node) -> &'n mut Node {
    let position = table.iter().position(|(known, _)| known.name == key.name);
    let position = position.unwrap_or_else(|| {
        table.push((key.clone(), empty));
        table.len() - 1
    });
    &mut table[position].1
}

fn lay_rows(path: &str, base: &mut Node, over: Node, problems: &mut Problems) {
    let Content::List(rows) = over.content else {
        return;
    };
    if !matches!(base.content, Content::List(_)) {
        base.content = Content::List(Vec::new());
    }
    base.at = over.at;
    let Content::List(known) = &mut base.content else {
        return;
    };
    let mut seen: Vec<String> = Vec::new();
    for row in rows {
        let Some(id) = id(&row).map(str::to_owned) else {
            known.push(row);
            continue;
        };
        if seen.contains(&id) {
            problems.push(twice(path, &row, &id));
            continue;
        }
        lay_row(path, known, row, &id, problems);
        seen.push(id);
    }
}

fn lay_row(path: &str, known: &mut Vec<Node>, row: Node, id: &str, problems: &mut Problems) {
    let position = known.iter().position(|other| self::id(other) == Some(id));
    let remove = row
        .get("remove")
        .is_some_and(|flag| flag.content == Content::Flag(true));
    match (position, remove) {
        (Some(position), true) => {
            known.remove(position);
        }
        (Some(position), false) => lay_over(path, &mut known[position], row, problems),
        (None, false) => known.push(row),
        (None, true) => {
            let at = row.get("id").map_or(&row.at, |id| &id.at);
            let names = known.iter().filter_map(self::id);
            let help = value::unknown(id, names);
            problems.push(
                Problem::error(
                    Class::Reference,
                    at,
                    format!("there is no \"{id}\" in [[{path}]] to remove"),
                )
                .allowed("not in the extended scenario")
                .help(help),
            );
        }
    }
}

/// The id of a row.
#[must_use]
pub(super) fn id(row: &Node) -> Option<&str> {
    row.get("id").and_then(Node::text)
}

fn twice(path: &str, row: &Node, id: &str) -> Problem {
    let at = row.get("id").map_or(&row.at, |id| &id.at);
    Problem::error(
        Class::Duplicate,
        at,
        format!("there is another \"{id}\" in [[{path}]] above"),
    )
    .allowed("every id once")
    .help("give this row an id of its own; to have several alike, write count = ... in one row")
}

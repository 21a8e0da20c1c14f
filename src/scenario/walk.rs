//! The tree of a scenario against the registry: every key known, every value allowed.

use std::collections::BTreeMap;

use super::document::{Document, Stated, Table};
use super::keys;
use super::problem::{Class, Problem, Problems};
use super::tree::{Content, Key, Node};
use super::value;
use crate::registry::surveys::OPTIONAL;
use crate::registry::{Preset, ROWS, entries};

/// Checks every statement of a tree by itself.
pub(super) fn walk(root: &Node, problems: &mut Problems) -> Document {
    let mut walk = Walk {
        problems,
        rows: BTreeMap::new(),
    };
    let mut top = Table::empty(&root.at);
    walk.table("", root, &mut top);
    walk.required("", root);
    let rows = walk.rows;
    Document { top, rows }
}

struct Walk<'a> {
    problems: &'a mut Problems,
    rows: BTreeMap<&'static str, Vec<Table>>,
}

impl Walk<'_> {
    fn table(&mut self, path: &str, node: &Node, into: &mut Table) {
        let Content::Table(pairs) = &node.content else {
            into.refused.insert(path.to_owned());
            self.not_a_table(path, node);
            return;
        };
        for (key, value) in pairs {
            let full = keys::join(path, &key.name);
            if let Some(entry) = keys::find(&full) {
                let Some(checked) = value::check(entry, value, self.problems) else {
                    into.refused.insert(full);
                    continue;
                };
                let stated = Stated {
                    key_at: key.at.clone(),
                    at: value.at.clone(),
                    value: checked,
                };
                into.keys.insert(entry.path, stated);
            } else if keys::is_rows(&full) {
                self.row_list(&full, value, into);
            } else if keys::is_table(&full) {
                self.table(&full, value, into);
            } else {
                self.unknown_key(path, key, value);
            }
        }
    }

    fn row_list(&mut self, path: &str, node: &Node, into: &mut Table) {
        let Some(name) = ROWS.iter().find(|name| **name == path) else {
            return;
        };
        let Content::List(items) = &node.content else {
            into.refused.insert(path.to_owned());
            self.not_a_table(path, node);
            return;
        };
        for item in items {
            let mut row = Table::empty(&item.at);
            self.table(path, item, &mut row);
            if matches!(item.content, Content::Table(_)) {
                self.required(path, item);
                self.rows.entry(name).or_default().push(row);
            }
        }
    }

    fn not_a_table(&mut self, path: &str, node: &Node) {
        let heading = keys::heading(path);
        let keys = keys::listed(keys::within(path));
        let (allowed, help) = if node.at.source.is_change() {
            (
                format!("write --set {path}.KEY=VALUE"),
                format!("its keys: {keys}"),
            )
        } else {
            (
                format!("write the heading {heading}"),
                format!("put its keys on lines of their own below {heading}: {keys}"),
            )
        };
        let message = match &node.content {
            Content::Table(_) => {
                format!("`{path}` is a list of rows: its heading has two brackets")
            }
            Content::List(_) => {
                format!("`{path}` is not a list of rows: its heading has one bracket")
            }
            _ => format!("`{path}` cannot be {}", node.what()),
        };
        let problem = Problem::error(Class::Type, &node.at, message).allowed(allowed);
        self.problems.push(problem.help(help));
    }

    fn required(&mut self, table: &str, node: &Node) {
        for entry in entries() {
            let here = if table.is_empty() {
                !in_rows(entry.table())
            } else {
                entry.table() == table
            };
            let below = entry.path.strip_prefix(table).unwrap_or(entry.path);
            let stated = || {
                let mut names = below.split('.').filter(|name| !name.is_empty());
                names.try_fold(node, |node, name| node.get(name)).is_some()
            };
            let absent = OPTIONAL.contains(&entry.table()) && node.get(entry.table()).is_none();
            if here && !absent && entry.preset == Preset::Required && !stated() {
                let heading = keys::heading(entry.table());
                let problem = Problem::error(
                    Class::Missing,
                    &node.at,
                    format!("{heading} needs `{}`", entry.key()),
                )
                .allowed(format!("add {} = ...", entry.key()))
                .help(format!("{}: {}", entry.line, entry.allowed()));
                self.problems.push(problem);
            }
        }
    }

    fn unknown_key(&mut self, table: &str, key: &Key, value: &Node) {
        let known = keys::within(table);
        let is_table = matches!(value.content, Content::Table(_));
        let headings = |tables: Vec<&str>| {
            let tables = tables.into_iter().map(keys::heading);
            tables.collect::<Vec<_>>().join(" or ")
        };
        let of_key = headings(keys::homes(&key.name));
        let of_table = headings(keys::tables_called(&key.name));
        let help = if let Some(meant) = keys::nearest(&key.name, known.iter().copied()) {
            format!("did you mean `{meant}`?")
        } else if is_table && !of_table.is_empty() {
            format!("did you mean {of_table}?")
        } else if is_table && !of_key.is_empty() {
            format!("`{}` is no heading, but a key of {of_key}", key.name)
        } else if !is_table && !of_key.is_empty() {
            format!("`{}` belongs to {of_key}", key.name)
        } else {
            keys::near(&key.name, known)
        };
        let message = format!("{} has no key `{}`", keys::heading(table), key.name);
        let problem = Problem::error(Class::Key, &key.at, message).allowed("not known here");
        self.problems.push(problem.help(help));
    }
}

fn in_rows(table: &str) -> bool {
    ROWS.iter().any(|rows| {
        table == *rows
            || table
                .strip_prefix(rows)
                .is_some_and(|rest| rest.starts_with('.'))
    })
}

//! What is stated differently in two scenarios, one change a key or row, and a scenario with some of it.

use super::change::OWN;
use super::keys;
use super::merge;
use super::problem::Problems;
use super::tree::{Content, Key, Node};
use super::{Scenario, ScenarioErrors};

/// A key, or a whole row, in which one scenario differs from another.
#[derive(Clone, Debug)]
pub struct Differing {
    path: Vec<Key>,
    from: Option<Node>,
    to: Option<Node>,
}

impl Differing {
    /// Its path, such as `context.hierarchy` or `groups.nurses.skill`; of a row `interventions.time`.
    #[must_use]
    pub fn path(&self) -> String {
        let names: Vec<&str> = self.path.iter().map(|key| key.name.as_str()).collect();
        names.join(".")
    }

    /// What the first scenario states, as it is written in TOML; none where it states nothing.
    #[must_use]
    pub fn from(&self) -> Option<String> {
        self.from.as_ref().map(Node::written)
    }

    /// What the second states.
    #[must_use]
    pub fn to(&self) -> Option<String> {
        self.to.as_ref().map(Node::written)
    }
}

impl Scenario {
    /// Everything that another scenario states differently, in the order of the files: a key each, and a row
    /// that only one of them has as a whole. What a scenario says about itself is no part of it, nor what an
    /// experiment does with it.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<Differing> {
        let mut found = Vec::new();
        compare("", &[], &self.root, &other.root, &mut found);
        found
    }

    /// The same scenario with some of what is stated differently in another.
    ///
    /// # Errors
    /// What contradicts each other in it.
    pub fn with_differing(&self, differing: &[&Differing]) -> Result<Self, ScenarioErrors> {
        let mut scenario = self.clone();
        for one in differing {
            state("", &mut scenario.root, &one.path, one.to.as_ref());
        }
        scenario.checked(&[], Problems::default())
    }
}

/// What differs between two nodes of one path: keys of tables, rows by their ids, else the values.
fn compare(table: &str, path: &[Key], from: &Node, to: &Node, found: &mut Vec<Differing>) {
    let [before, after] = [from, to].map(|node| children(table, node));
    let skipped = |name: &str| {
        path.is_empty() && (OWN.contains(&name) || name == "extends" || name == "about")
    };
    let there = |all: &[(Key, Node)], name: &str| -> Option<Node> {
        let mut all = all.iter();
        all.find(|(key, _)| key.name == name)
            .map(|(_, node)| node.clone())
    };
    let added = after
        .iter()
        .filter(|(key, _)| there(&before, &key.name).is_none());
    for (key, _) in before
        .iter()
        .chain(added)
        .filter(|(key, _)| !skipped(&key.name))
    {
        let both = (there(&before, &key.name), there(&after, &key.name));
        let path: Vec<Key> = path.iter().chain([key]).cloned().collect();
        let rows = keys::is_rows(table) && matches!(from.content, Content::List(_));
        let full = match rows {
            true => table.to_owned(),
            false => keys::join(table, &key.name),
        };
        let opens = |node: &Option<Node>| node.as_ref().is_none_or(|node| opens(&full, node));
        match both {
            (Some(from), Some(to)) if rows => compare(&full, &path, &from, &to, found),
            // Of a table that only one scenario has, each key or row is a change.
            (from, to) if !rows && opens(&from) && opens(&to) => {
                let empty = from.as_ref().or(to.as_ref()).map(emptied);
                let both = from.or(empty.clone()).zip(to.or(empty));
                if let Some((from, to)) = both {
                    compare(&full, &path, &from, &to, found);
                }
            }
            (from, to) if from.as_ref().map(Node::written) != to.as_ref().map(Node::written) => {
                found.push(Differing { path, from, to });
            }
            _ => {}
        }
    }
}

/// The same table without keys, or without rows.
fn emptied(node: &Node) -> Node {
    let content = match node.content {
        Content::List(_) => Content::List(Vec::new()),
        _ => Content::Table(Vec::new()),
    };
    Node {
        at: node.at.clone(),
        content,
    }
}

/// Whether a node is a table of rows with ids.
fn is_rows(full: &str, node: &Node) -> bool {
    match &node.content {
        Content::List(rows) => {
            keys::is_rows(full) && rows.iter().all(|row| merge::id(row).is_some())
        }
        _ => false,
    }
}

/// Whether what is below is compared by itself.
fn opens(full: &str, node: &Node) -> bool {
    let table = matches!(node.content, Content::Table(_));
    is_rows(full, node) || table && keys::find(full).is_none() && keys::is_table(full)
}

/// The keys of a table with what they state, or the rows of a table of rows by their ids.
fn children(table: &str, node: &Node) -> Vec<(Key, Node)> {
    match &node.content {
        Content::Table(pairs) => pairs.clone(),
        Content::List(rows) if keys::is_rows(table) => {
            let named = rows.iter().filter_map(|row| Some((merge::id(row)?, row)));
            let key = |(id, row): (&str, &Node)| {
                let at = row.at.clone();
                let name = id.to_owned();
                (Key { name, at }, row.clone())
            };
            named.map(key).collect()
        }
        _ => Vec::new(),
    }
}

/// States a value at a path, or takes away what stands there.
fn state(table: &str, node: &mut Node, path: &[Key], value: Option<&Node>) {
    let Some((key, rest)) = path.split_first() else {
        return;
    };
    if let Content::List(rows) = &mut node.content {
        let at = rows
            .iter()
            .position(|row| merge::id(row) == Some(&key.name));
        match (at, rest.is_empty(), value) {
            (Some(at), false, _) => state(table, &mut rows[at], rest, value),
            (Some(at), true, Some(value)) => rows[at] = value.clone(),
            (Some(at), true, None) => {
                rows.remove(at);
            }
            (None, true, Some(value)) => rows.push(value.clone()),
            (None, _, _) => {}
        }
        return;
    }
    let full = keys::join(table, &key.name);
    match (rest.is_empty(), value) {
        (true, Some(value)) => merge::put(table, node, key.clone(), value.clone()),
        (true, None) => {
            if let Content::Table(pairs) = &mut node.content {
                pairs.retain(|(known, _)| known.name != key.name);
            }
        }
        (false, _) => {
            let empty = match keys::is_rows(&full) {
                true => Content::List(Vec::new()),
                false => Content::Table(Vec::new()),
            };
            let empty = || Node {
                at: key.at.clone(),
                content: empty,
            };
            let mut below = node.get(&key.name).cloned().unwrap_or_else(empty);
            state(&full, &mut below, rest, value);
            merge::put(table, node, key.clone(), below);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{from_text, resolved};

    const BASE: &str = "extends = \"trust-board\"\n[context]\nhierarchy = 0.2\n";
    const OTHER: &str = "extends = \"trust-board\"
[about]
title = \"Another\"
[context]
hierarchy = 0.9
[mechanisms.trust]
gain = 0.1
[[interventions]]
id = \"time\"
kind = \"protected-time\"
";

    fn scenario(text: &str) -> Scenario {
        from_text("one", text, &[]).unwrap()
    }

    #[test]
    fn keys_and_rows_that_differ_are_named() {
        let (base, other) = (scenario(BASE), scenario(OTHER));
        let found = base.differing(&other);
        let paths: Vec<String> = found.iter().map(Differing::path).collect();
        assert_eq!(
            paths,
            [
                "context.hierarchy",
                "mechanisms.trust.gain",
                "interventions.time"
            ]
        );
        let hierarchy = (found[0].from(), found[0].to());
        assert_eq!(hierarchy, (Some("0.2".to_owned()), Some("0.9".to_owned())));
        assert_eq!((found[1].from(), found[2].from()), (None, None));
        assert!(base.differing(&base).is_empty());
    }

    /// Everything that differs leads from the one to the other, and back.
    #[test]
    fn all_of_it_leads_to_the_other_scenario() {
        let (base, other) = (scenario(BASE), scenario(OTHER));
        let without_about = |scenario: &Scenario| {
            let mut scenario = scenario.clone();
            scenario
                .document
                .top
                .keys
                .retain(|path, _| !path.starts_with("about."));
            resolved(&scenario)
        };
        for (from, to) in [(&base, &other), (&other, &base)] {
            let found = from.differing(to);
            let all: Vec<&Differing> = found.iter().collect();
            let there = from.with_differing(&all).unwrap();
            assert_eq!(without_about(&there), without_about(to));
            let one = from.with_differing(&all[..1]).unwrap();
            assert_eq!(one.differing(to).len(), found.len() - 1);
        }
    }

    #[test]
    fn library_scenarios_lead_to_each_other() {
        let [good, bad] =
            ["virtuous", "vicious"].map(|name| crate::scenario::load(name, &[]).unwrap());
        let found = good.differing(&bad);
        assert!(!found.is_empty());
        let all: Vec<&Differing> = found.iter().collect();
        let there = good.with_differing(&all).unwrap();
        assert!(there.differing(&bad).is_empty());
    }
}

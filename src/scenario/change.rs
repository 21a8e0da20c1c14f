//! Changes of a scenario: what a level of a factor or an arm of an experiment states, each with the
//! place in the file where it stands.

use super::overrides;
use super::problem::{Class, Problem, Problems, ScenarioErrors};
use super::source::At;
use super::tree::{Content, Key, Node};
use super::{Scenario, keys};
use crate::registry::Entry;

/// A value for one key, or for that key in rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    path: Vec<Key>,
    value: Node,
}

/// A value that a file states, where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Level(Node);

impl Level {
    /// A number that stands for a place in a file, such as a point of a range.
    #[must_use]
    pub fn number(value: f64, whole: bool, at: &At) -> Self {
        Self(Node {
            at: at.clone(),
            content: Content::Number { value, whole },
        })
    }

    /// The values of a list that a row of `[[factors]]` states with this key, none where it states none.
    #[must_use]
    pub fn list(scenario: &Scenario, factor: usize, key: &str) -> Vec<Self> {
        let row = row(scenario, "factors", factor);
        match row.and_then(|row| row.get(key)).map(|l| &l.content) {
            Some(Content::List(items)) => items.iter().cloned().map(Self).collect(),
            _ => Vec::new(),
        }
    }

    /// The rows of a list design that the file states: for each the values by name.
    #[must_use]
    pub fn rows(scenario: &Scenario) -> Vec<Vec<(String, Self)>> {
        let rows = scenario.root.get("design").and_then(|d| d.get("rows"));
        let Some(Content::List(rows)) = rows.map(|rows| &rows.content) else {
            return Vec::new();
        };
        let cells = |row: &Node| match &row.content {
            Content::Table(pairs) => pairs
                .iter()
                .map(|(key, node)| (key.name.clone(), Self(node.clone())))
                .collect(),
            _ => vec![(String::new(), Self(row.clone()))],
        };
        rows.iter().map(cells).collect()
    }

    /// A text.
    #[must_use]
    pub fn text(text: &str, at: &At) -> Self {
        Self(Node {
            at: at.clone(),
            content: Content::Text(text.to_owned()),
        })
    }

    /// A value as it was typed into a cell of a table: a number, true, false, or else a word.
    #[must_use]
    pub fn typed(text: &str, at: &At) -> Self {
        let plain = text.trim();
        let content = match plain {
            "true" | "false" => Content::Flag(plain == "true"),
            _ => match plain.parse::<f64>() {
                Ok(value) => Content::Number {
                    value,
                    whole: plain.parse::<i64>().is_ok(),
                },
                Err(_) => Content::Text(plain.to_owned()),
            },
        };
        Self(Node {
            at: at.clone(),
            content,
        })
    }

    /// The value as it is written in TOML.
    #[must_use]
    pub fn written(&self) -> String {
        self.0.written()
    }

    /// The value as it stands in a table: a word without its quotes.
    #[must_use]
    pub fn cell(&self) -> String {
        self.0
            .text()
            .map_or_else(|| self.0.written(), str::to_owned)
    }

    /// The value for people: a number to four digits.
    #[must_use]
    pub fn short(&self) -> String {
        match self.0.content {
            Content::Number {
                value,
                whole: false,
            } if value != 0.0 && value.is_finite() => {
                let digits = 3.0 - value.abs().log10().floor();
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let decimals = digits.clamp(0.0, 9.0) as usize;
                let text = format!("{value:.decimals$}");
                let text = text.trim_end_matches('0').trim_end_matches('.');
                if text.is_empty() { "0" } else { text }.to_owned()
            }
            _ => self.cell(),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn at(&self) -> &At {
        &self.0.at
    }
}

impl Change {
    /// This value for the parameter with this path, such as `mechanisms.trust.gain` or
    /// `groups.nurses.skill`; `at` is where the path stands.
    #[must_use]
    pub fn of(path: &str, at: &At, value: Level) -> Self {
        let key = |name: &str| Key {
            name: name.trim().to_owned(),
            at: at.clone(),
        };
        Self {
            path: path.split('.').map(key).collect(),
            value: value.0,
        }
    }

    /// What a row of `[[arms]]` sets.
    #[must_use]
    pub fn of_arm(scenario: &Scenario, arm: usize) -> Vec<Self> {
        let mut changes = Vec::new();
        let row = row(scenario, "arms", arm);
        if let Some(set) = row.and_then(|row| row.get("set")) {
            flatten("", &[], set, &mut changes);
        }
        changes
    }

    /// The path, with dots.
    #[must_use]
    pub fn path(&self) -> String {
        let names: Vec<&str> = self.path.iter().map(|key| key.name.as_str()).collect();
        names.join(".")
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> Level {
        Level(self.value.clone())
    }

    /// The change as it is written in TOML.
    #[must_use]
    pub fn written(&self) -> String {
        format!("{} = {}", self.path(), self.value.written())
    }
}

/// The registry's entry of a parameter, whether the path names a row or not.
#[must_use]
pub fn parameter(path: &str) -> Option<&'static Entry> {
    keys::find(path).or_else(|| {
        let (rows, rest) = path.split_once('.')?;
        let (_, key) = rest.split_once('.')?;
        keys::find(&keys::join(rows, key)).filter(|_| keys::is_rows(rows))
    })
}

/// The row of a table of rows.
fn row<'a>(scenario: &'a Scenario, table: &str, at: usize) -> Option<&'a Node> {
    match &scenario.root.get(table)?.content {
        Content::List(rows) => rows.get(at),
        _ => None,
    }
}

/// The values below a table of changes: whatever is not a table of the registry, nor a row in one.
fn flatten(table: &str, path: &[Key], node: &Node, changes: &mut Vec<Change>) {
    let Content::Table(pairs) = &node.content else {
        return;
    };
    for (key, below) in pairs {
        let full = keys::join(table, &key.name);
        let path: Vec<Key> = path.iter().chain([key]).cloned().collect();
        let is_row = keys::is_rows(table) && !keys::within(table).contains(&key.name.as_str());
        match &below.content {
            Content::Table(_) if is_row => flatten(table, &path, below, changes),
            Content::Table(_) if keys::find(&full).is_none() && keys::is_table(&full) => {
                flatten(&full, &path, below, changes);
            }
            _ => changes.push(Change {
                path,
                value: below.clone(),
            }),
        }
    }
}

/// Tables of an experiment that are no part of the scenario.
pub(super) const OWN: [&str; 7] = [
    "experiment",
    "design",
    "factors",
    "arms",
    "hypothesis",
    "calibration",
    "targets",
];

impl Scenario {
    /// The same scenario after some changes.
    ///
    /// # Errors
    /// Everything that is wrong with it then.
    pub fn changed(&self, changes: &[Change]) -> Result<Self, ScenarioErrors> {
        let mut problems = Problems::default();
        let mut scenario = self.clone();
        for change in changes {
            let own = |key: &Key| OWN.contains(&&*key.name);
            if let Some(key) = change
                .path
                .first()
                .filter(|key| own(key) || key.name == "extends")
            {
                let message = format!("`{}` cannot be varied: it is not a parameter", key.name);
                let problem = Problem::error(Class::Key, &key.at, message);
                problems.push(
                    problem
                        .allowed("a parameter of the scenario")
                        .help("`commonground describe parameters` lists them"),
                );
                continue;
            }
            overrides::state(
                "",
                &mut scenario.root,
                &change.path,
                &change.value,
                &mut problems,
            );
        }
        scenario.checked(&[], problems)
    }
}

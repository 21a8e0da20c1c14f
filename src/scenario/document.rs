//! A scenario's statements after each was checked by itself: only known keys, each of its kind and
//! within its bounds.

use std::collections::{BTreeMap, BTreeSet};

use super::source::At;
use super::survey::Question;
use crate::registry::leaders::{Attribute, Spread};
use crate::registry::places::ChairKind;
use crate::registry::{Choice, Kind, Section};

/// All statements of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What stands outside of rows, by full path.
    pub top: Table,
    /// The rows of each table of rows, in order.
    pub rows: BTreeMap<&'static str, Vec<Table>>,
}

/// Statements by full registry path, such as `groups.skill`.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Where the row or file begins.
    pub at: At,
    /// The statements.
    pub keys: BTreeMap<&'static str, Stated>,
    /// Paths that were stated with a value that was refused, and so have their own message.
    pub refused: BTreeSet<String>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// Where the key stands.
    pub key_at: At,
    /// Where the value stands.
    pub at: At,
    /// The value.
    pub value: Value,
}

/// An identifier where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The identifier.
    pub id: String,
    /// Its place.
    pub at: At,
}

/// A checked value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number within its bounds; a choice is the index of its word.
    Number(f64),
    /// A word of a choice, by index.
    Word(usize),
    /// Some words of a list, by index.
    Words(Vec<usize>),
    /// A mean and, where it is stated, a standard deviation.
    Spread(f64, Option<f64>),
    /// True or false.
    Flag(bool),
    /// Text, or an identifier.
    Text(String),
    /// Identifiers of other rows.
    References(Vec<Reference>),
    /// Shares of clinicians, managers and citizens.
    Mix([f64; 3]),
    /// Who chairs, and the group of the member who does.
    Chair(ChairKind, Option<Reference>),
    /// A column of a survey's answers.
    Column(Question),
    /// Columns of attributes.
    AttributeColumns(Vec<(Attribute, Question)>),
    /// Texts that stand for a missing answer.
    Markers(Vec<String>),
    /// Names, each where it stands.
    Names(Vec<Reference>),
    /// Anything, as it is written in TOML.
    Toml(String),
}

impl Document {
    /// A document without statements.
    #[must_use]
    pub fn empty(source: &std::sync::Arc<super::source::Source>) -> Self {
        Self {
            top: Table::empty(&At::top(source)),
            rows: BTreeMap::new(),
        }
    }

    /// The rows of a table; none when there are none.
    #[must_use]
    pub fn rows(&self, table: &str) -> &[Table] {
        self.rows.get(table).map_or(&[], Vec::as_slice)
    }
}

impl Table {
    /// A table without statements.
    #[must_use]
    pub fn empty(at: &At) -> Self {
        Self {
            at: at.clone(),
            keys: BTreeMap::new(),
            refused: BTreeSet::new(),
        }
    }

    /// Whether a path is stated, with a value that holds or one that was refused.
    #[must_use]
    pub fn states(&self, path: &str) -> bool {
        self.keys.contains_key(path) || self.refused.contains(path)
    }

    /// The value of a path.
    #[must_use]
    pub fn value(&self, path: &str) -> Option<&Value> {
        self.keys.get(path).map(|stated| &stated.value)
    }

    /// The text of a path; empty when it is not stated.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        match self.value(path) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The whole number of a path.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked against bounds far below 2^53 and not negative"
    )]
    pub fn count(&self, path: &str) -> Option<u64> {
        match self.value(path) {
            Some(Value::Number(number)) => Some(*number as u64),
            _ => None,
        }
    }

    /// Whether a path is stated as true.
    #[must_use]
    pub fn flag(&self, path: &str) -> bool {
        matches!(self.value(path), Some(Value::Flag(true)))
    }

    /// The choice of a path.
    #[must_use]
    pub fn choice<C: Choice>(&self, path: &str) -> Option<C> {
        match self.value(path) {
            Some(Value::Word(index)) => Some(C::at(*index)),
            _ => None,
        }
    }

    /// The words of a path that takes one word or a list of them; none when it is not stated.
    #[must_use]
    pub fn words(&self, path: &str) -> Vec<&'static str> {
        let known = match crate::registry::find(path).map(|entry| entry.kind) {
            Some(Kind::Choice { words } | Kind::Words { words }) => words,
            _ => return Vec::new(),
        };
        let stated = match self.value(path) {
            Some(Value::Words(stated)) => stated.as_slice(),
            Some(Value::Word(stated)) => std::slice::from_ref(stated),
            _ => &[],
        };
        stated
            .iter()
            .filter_map(|at| known.get(*at).copied())
            .collect()
    }

    /// The references of a path; none when it is not stated.
    #[must_use]
    pub fn references(&self, path: &str) -> &[Reference] {
        match self.value(path) {
            Some(Value::References(references) | Value::Names(references)) => references,
            _ => &[],
        }
    }

    /// Where the value of a path stands; where the table begins when it is not stated.
    #[must_use]
    pub fn place(&self, path: &str) -> &At {
        self.keys.get(path).map_or(&self.at, |stated| &stated.at)
    }

    /// A section with the values stated here and its defaults for the others.
    #[must_use]
    pub fn section<S: Section>(&self) -> S {
        let mut section = S::default();
        for entry in S::ENTRIES {
            if let Some(number) = self.value(entry.path).and_then(Value::as_number) {
                section.set(entry.key(), number);
            }
        }
        section
    }

    /// An attribute's distribution, where it is stated: a bare number keeps the usual spread.
    #[must_use]
    pub fn spread(&self, attribute: Attribute) -> Option<Spread> {
        let Some(Value::Spread(mean, sd)) = self.value(attribute.entry().path) else {
            return None;
        };
        let usual = attribute
            .preset(crate::registry::leaders::LeaderKind::Clinician)
            .sd;
        Some(Spread {
            mean: *mean,
            sd: sd.unwrap_or(usual),
        })
    }
}

impl Value {
    /// The number that a section takes for this value.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a handful of words")]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Word(index) => Some(*index as f64),
            _ => None,
        }
    }
}

//! A TOML text as a tree of values, each with its place; and what its errors mean in plain words.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::problem::Problems;
use super::resolved::quoted;
use super::source::{At, Source};
use super::syntax;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    /// Its place.
    pub(super) at: At,
    /// The value.
    pub(super) content: Content,
}

/// What stands at a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    /// A number; `whole` when it was written without a decimal point.
    Number { value: f64, whole: bool },
    /// Text in quotes.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A date or time.
    Date,
    /// Values in square brackets, or rows.
    List(Vec<Node>),
    /// Keys and values.
    Table(Vec<(Key, Node)>),
}

/// A key and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    /// The key.
    pub(super) name: String,
    /// Its place.
    pub(super) at: At,
}

impl Node {
    /// An empty table.
    #[must_use]
    pub(super) fn table(at: At) -> Self {
        Self {
            at,
            content: Content::Table(Vec::new()),
        }
    }

    /// The value of a key, if this is a table that has it.
    #[must_use]
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match &self.content {
            Content::Table(pairs) => pairs
                .iter()
                .find(|(key, _)| key.name == name)
                .map(|(_, node)| node),
            _ => None,
        }
    }

    /// The text, if this is text.
    #[must_use]
    pub(super) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value as it is written in TOML, on one line.
    #[must_use]
    pub(super) fn written(&self) -> String {
        match &self.content {
            Content::Number { value, whole: true } => format!("{value:.0}"),
            Content::Number { value, .. } => format!("{value:?}"),
            Content::Text(text) => quoted(text),
            Content::Flag(flag) => flag.to_string(),
            Content::Date => self.at.text().to_owned(),
            Content::List(items) => {
                let items: Vec<String> = items.iter().map(Self::written).collect();
                format!("[{}]", items.join(", "))
            }
            Content::Table(pairs) if pairs.is_empty() => "{}".to_owned(),
            Content::Table(pairs) => {
                let written = |(key, node): &(Key, Self)| {
                    format!("{} = {}", quoted_key(&key.name), node.written())
                };
                let pairs: Vec<String> = pairs.iter().map(written).collect();
                format!("{{ {} }}", pairs.join(", "))
            }
        }
    }

    /// What this is, in plain words.
    #[must_use]
    pub(super) fn what(&self) -> &'static str {
        match &self.content {
            Content::Number { .. } => "a number",
            Content::Text(_) => "text",
            Content::Flag(_) => "true or false",
            Content::Date => "a date or time",
            Content::List(_) => "a list",
            Content::Table(_) => "a group of keys",
        }
    }
}

/// A key as it is written in TOML: in quotes where it must be.
fn quoted_key(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(plain) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// Reads a text into a tree; what cannot be read is reported and left out.
pub(super) fn parse(source: &Arc<Source>, problems: &mut Problems) -> Node {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    syntax::report(source, &errors, problems);
    let mut root = convert_table(source, table.get_ref());
    root.sort_by_key(|(key, _)| key.at.start);
    Node {
        at: At::top(source),
        content: Content::Table(root),
    }
}

/// Reads one value, such as the right side of `--set`; nothing when it is not one.
#[must_use]
pub(super) fn parse_value(source: &Arc<Source>, start: usize) -> Option<Node> {
    let text = source.text.get(start..)?;
    let value = DeValue::parse(text).ok()?;
    let mut node = convert(source, value.span(), value.get_ref());
    shift(&mut node, start);
    Some(node)
}

fn shift(node: &mut Node, by: usize) {
    node.at = At::new(&node.at.source, node.at.start + by..node.at.end + by);
    match &mut node.content {
        Content::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Content::Table(pairs) => {
            for (key, item) in pairs {
                key.at = At::new(&key.at.source, key.at.start + by..key.at.end + by);
                shift(item, by);
            }
        }
        _ => {}
    }
}

fn convert_table(source: &Arc<Source>, table: &DeTable<'_>) -> Vec<(Key, Node)> {
    let pairs = table.iter().map(|(key, value)| {
        let key = Key {
            name: key.get_ref().to_string(),
            at: At::new(source, key.span()),
        };
        (key, convert(source, value.span(), value.get_ref()))
    });
    pairs.collect()
}

fn convert(source: &Arc<Source>, span: std::ops::Range<usize>, value: &DeValue<'_>) -> Node {
    let content = match value {
        DeValue::String(text) => Content::Text(text.to_string()),
        DeValue::Boolean(flag) => Content::Flag(*flag),
        DeValue::Datetime(_) => Content::Date,
        DeValue::Integer(number) => Content::Number {
            value: whole(number.as_str(), number.radix()),
            whole: true,
        },
        DeValue::Float(number) => Content::Number {
            value: number.as_str().parse().unwrap_or(f64::NAN),
            whole: false,
        },
        DeValue::Array(items) => Content::List(
            items
                .iter()
                .map(|item| convert(source, item.span(), item.get_ref()))
                .collect(),
        ),
        DeValue::Table(table) => Content::Table(convert_table(source, table)),
    };
    Node {
        at: At::new(source, span),
        content,
    }
}

/// A whole number of any length; beyond what can be held it is infinite, and then out of range.
#[allow(
    clippy::cast_precision_loss,
    reason = "every allowed whole number is far below 2^53"
)]
fn whole(digits: &str, radix: u32) -> f64 {
    let too_large = if digits.starts_with('-') {
        f64::NEG_INFINITY
    } else {
        f64::INFINITY
    };
    i64::from_str_radix(digits, radix).map_or(too_large, |number| number as f64)
}

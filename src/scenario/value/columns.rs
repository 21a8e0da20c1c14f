//! Values with parts of their own: columns of a survey, lists of names, levels of factors.

use super::Check;
use crate::registry::Kind;
use crate::registry::leaders::Attribute;
use crate::scenario::document::{Reference, Value};
use crate::scenario::keys::nearest;
use crate::scenario::problem::{Class, Problem};
use crate::scenario::survey::Question;
use crate::scenario::tree::{Content, Node};

impl Check<'_> {
    /// The name of a column, or a name and a scale in braces.
    pub(super) fn question(&mut self, node: &Node) -> Option<Question> {
        if let Some(column) = node.text() {
            return Some(Question {
                column: column.to_owned(),
                scale: None,
            });
        }
        let parts = self.braces(node, &["column", "scale"])?;
        let Some(column) = parts.first().copied().flatten() else {
            let message = format!("`{}` needs the name of its column", self.entry.key());
            let problem = Problem::error(Class::Missing, &node.at, message)
                .allowed("write { column = \"q7\", scale = [1, 5] }")
                .help("the column is a name from the first line of the file");
            return self.refuse(problem);
        };
        let Some(column) = column.text() else {
            return self.wrong_kind(column);
        };
        let scale = match parts.get(1).copied().flatten() {
            Some(scale) => Some(self.scale(scale)?),
            None => None,
        };
        Some(Question {
            column: column.to_owned(),
            scale,
        })
    }

    fn scale(&mut self, node: &Node) -> Option<[f64; 2]> {
        let ends = match &node.content {
            Content::List(items) => items.as_slice(),
            _ => &[],
        };
        let number = |node: &Node| match node.content {
            Content::Number { value, .. } => Some(value),
            _ => None,
        };
        if let [least, most] = ends
            && let (Some(least), Some(most)) = (number(least), number(most))
        {
            return Some([least, most]);
        }
        let message = format!("the scale of `{}` is not two numbers", self.entry.key());
        let problem = Problem::error(Class::Type, &node.at, message)
            .allowed("two numbers in brackets, such as [1, 5]")
            .help("the first is the answer that means least, the second the one that means most");
        self.refuse(problem)
    }

    /// Attributes with their columns; an attribute that does not exist is reported.
    pub(super) fn attributes(&mut self, node: &Node) -> Option<Value> {
        let Content::Table(pairs) = &node.content else {
            return self.wrong_kind(node);
        };
        let mut sound = true;
        let mut columns = Vec::new();
        for (key, value) in pairs {
            match (Attribute::parse(&key.name), self.question(value)) {
                (Some(attribute), Some(question)) => columns.push((attribute, question)),
                (Some(_), None) => sound = false,
                (None, _) => {
                    sound = false;
                    let names = Attribute::ALL
                        .iter()
                        .map(|attribute| attribute.entry().key());
                    let help = match nearest(&key.name, names.clone()) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => format!("known here: {}", names.collect::<Vec<_>>().join(", ")),
                    };
                    let message = format!("leaders have no attribute `{}`", key.name);
                    let problem = Problem::error(Class::Key, &key.at, message);
                    self.problems
                        .push(problem.allowed("an attribute of [[groups]]").help(help));
                }
            }
        }
        sound.then_some(Value::AttributeColumns(columns))
    }

    /// Texts that stand for a missing answer; numbers may stand without quotes.
    pub(super) fn markers(&mut self, node: &Node) -> Option<Value> {
        let Content::List(items) = &node.content else {
            return self.wrong_kind(node);
        };
        let mut markers = Vec::new();
        for item in items {
            let marker = match &item.content {
                Content::Number { value, .. } if value.is_finite() => value.to_string(),
                _ => match item.text() {
                    Some(text) => text.to_owned(),
                    None => return self.wrong_kind(item),
                },
            };
            markers.push(marker);
        }
        Some(Value::Markers(markers))
    }

    /// Names, each where it stands.
    pub(super) fn names(&mut self, node: &Node) -> Option<Value> {
        let Content::List(items) = &node.content else {
            return self.wrong_kind(node);
        };
        let mut names: Vec<Reference> = Vec::new();
        for item in items {
            let Some(name) = item.text() else {
                return self.wrong_kind(item);
            };
            names.push(Reference {
                id: name.to_owned(),
                at: item.at.clone(),
            });
        }
        Some(Value::Names(names))
    }

    /// A list of anything, or a table of anything: what stands in it is checked where it is used.
    pub(super) fn anything(&mut self, node: &Node) -> Option<Value> {
        let there = match (&node.content, self.entry.kind) {
            (Content::List(items), Kind::Values) => !items.is_empty(),
            (Content::Table(_), Kind::Changes) => true,
            _ => false,
        };
        if there {
            return Some(Value::Toml(node.written()));
        }
        self.wrong_kind(node)
    }
}

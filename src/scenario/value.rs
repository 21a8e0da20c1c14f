//! One value against its registry entry: kind, bounds, words.

mod bare;
mod columns;

pub(super) use bare::unreadable;

use super::amount;
use super::document::{Reference, Value};
use super::keys::{listed, nearest};
use super::problem::{Class, Problem, Problems};
use super::source::At;
use super::tree::{Content, Node};
use crate::registry::leaders::LeaderKind;
use crate::registry::places::ChairKind;
use crate::registry::{Choice, Entry, Kind, Preset};

/// Longest identifier and longest text, in characters.
const LONGEST_ID: usize = 80;
const LONGEST_TEXT: usize = 20_000;

/// A value that is checked: its entry and where problems go.
struct Check<'a> {
    entry: &'static Entry,
    problems: &'a mut Problems,
}

/// The checked value; nothing when it was refused, and then the reason is among the problems.
pub(super) fn check(entry: &'static Entry, node: &Node, problems: &mut Problems) -> Option<Value> {
    let mut check = Check { entry, problems };
    match entry.kind {
        Kind::Number { low, high } => check.number(node, low, high).map(Value::Number),
        Kind::Integer { low, high } => check.whole(node, low, high).map(Value::Number),
        Kind::Spread { low, high } => check.spread(node, low, high),
        Kind::Choice { words } => check.word(node, words).map(Value::Word),
        Kind::Words { words } => check.words(node, words),
        Kind::Flag => match node.content {
            Content::Flag(flag) => Some(Value::Flag(flag)),
            _ => check.wrong_kind(node),
        },
        Kind::Text => check.text(node),
        Kind::Id => check.id(node).map(|reference| Value::Text(reference.id)),
        Kind::Reference { .. } => check.id(node).map(|one| Value::References(vec![one])),
        Kind::References { .. } => check.references(node),
        Kind::Mix => check.mix(node),
        Kind::Chair => check.chair(node),
        Kind::ColumnMap => check.question(node).map(Value::Column),
        Kind::AttributeColumns => check.attributes(node),
        Kind::Markers => check.markers(node),
        Kind::Names => check.names(node),
        Kind::Values | Kind::Changes => check.anything(node),
    }
}

/// What an entry means and what holds without it, for the help line of a message.
#[must_use]
pub(super) fn meaning(entry: &Entry) -> String {
    let key = entry.key();
    let told = entry.unit == "share" || entry.line.contains(entry.unit);
    let unit = if told {
        String::new()
    } else {
        format!(" ({})", entry.unit)
    };
    let usual = match (entry.preset, entry.kind) {
        (Preset::Number(_), Kind::Choice { .. }) | (Preset::Required | Preset::Empty, _) => {
            String::new()
        }
        (Preset::Number(number), _) => format!("; without this line it is {number}"),
        (Preset::Spread(mean, sd), _) => {
            format!("; without this line the mean is {mean}, the sd {sd}")
        }
        (Preset::ByKind([c, m, z], _), _) if (c - m).abs() + (m - z).abs() < f64::EPSILON => {
            format!("; without this line the mean is {c}")
        }
        (Preset::ByKind([c, m, z], _), _) => {
            format!(
                "; without this line the mean is {c} for clinicians, {m} for managers, {z} for citizens"
            )
        }
    };
    format!("`{key}`: {}{unit}{usual}", entry.line)
}

impl Check<'_> {
    fn refuse<T>(&mut self, problem: Problem) -> Option<T> {
        self.problems.push(problem);
        None
    }

    fn wrong_kind<T>(&mut self, node: &Node) -> Option<T> {
        let entry = self.entry;
        let what = match node.text() {
            Some("") if node.at.text().is_empty() => {
                return self.refuse(bare::nothing(entry, &node.at));
            }
            Some(typed) if entry.bounds().is_some() => {
                return self.refuse(amount::not_a_number(entry, &node.at, typed));
            }
            Some(typed) if !node.at.text().starts_with(['"', '\'']) => {
                format!("`{typed}`")
            }
            _ => node.what().to_owned(),
        };
        let message = format!("`{}` cannot be {what}", entry.key());
        let problem = Problem::error(Class::Type, &node.at, message)
            .allowed(format!("write {}", entry.wanted()))
            .help(meaning(entry));
        self.refuse(problem)
    }

    fn number(&mut self, node: &Node, low: f64, high: f64) -> Option<f64> {
        match node.content {
            Content::Number { value, .. } => self.bounded(&node.at, value, low, high),
            _ => self.wrong_kind(node),
        }
    }

    fn bounded(&mut self, at: &At, value: f64, low: f64, high: f64) -> Option<f64> {
        if (low..=high).contains(&value) {
            return Some(value);
        }
        let entry = self.entry;
        let key = entry.key();
        let message = if value.is_nan() {
            format!("`{key}` is not a number (nan)")
        } else if value.is_infinite() {
            format!("`{key}` is not a number that can be used (infinite or too long)")
        } else if value < low {
            format!("`{key}` is {value}, below the lowest allowed value")
        } else {
            format!("`{key}` is {value}, above the highest allowed value")
        };
        let percent = high <= 1.0 && value > 1.0 && value <= 100.0 && entry.unit == "share";
        let help = if percent {
            format!(
                "shares are numbers from 0 to 1: {value} % is written {}",
                value / 100.0
            )
        } else {
            meaning(entry)
        };
        let problem = Problem::error(Class::Range, at, message)
            .allowed(format!("from {low} to {high}"))
            .help(help);
        self.refuse(problem)
    }

    fn whole(&mut self, node: &Node, low: f64, high: f64) -> Option<f64> {
        let value = self.number(node, low, high)?;
        if value.fract() == 0.0 {
            return Some(value);
        }
        let entry = self.entry;
        let message = format!("`{}` is {value}, but it counts whole things", entry.key());
        let problem = Problem::error(Class::Type, &node.at, message)
            .allowed(format!("a whole number from {low} to {high}"))
            .help(format!("write {} or {}", value.floor(), value.ceil()));
        self.refuse(problem)
    }

    /// The sub-keys of a value in braces; others are reported.
    fn braces<'n>(
        &mut self,
        node: &'n Node,
        known: &[&'static str],
    ) -> Option<Vec<Option<&'n Node>>> {
        let Content::Table(pairs) = &node.content else {
            return self.wrong_kind(node);
        };
        let mut sound = true;
        for (key, _) in pairs {
            if !known.contains(&key.name.as_str()) {
                sound = false;
                let message = format!("`{}` has nothing called `{}`", self.entry.key(), key.name);
                let meant = nearest(&key.name, known.iter().copied());
                let problem = Problem::error(Class::Key, &key.at, message)
                    .allowed(format!("known here: {}", known.join(", ")))
                    .help(meant.map_or_else(
                        || format!("write {}", self.entry.allowed()),
                        |meant| format!("did you mean `{meant}`?"),
                    ));
                self.problems.push(problem);
            }
        }
        sound.then(|| known.iter().map(|name| node.get(name)).collect())
    }

    fn spread(&mut self, node: &Node, low: f64, high: f64) -> Option<Value> {
        if !matches!(node.content, Content::Table(_)) {
            return self
                .number(node, low, high)
                .map(|mean| Value::Spread(mean, None));
        }
        let parts = self.braces(node, &["mean", "sd"])?;
        let (mean, sd) = (parts.first()?, parts.get(1)?);
        let Some(mean) = mean else {
            let problem = Problem::error(
                Class::Missing,
                &node.at,
                format!("`{}` needs a mean", self.entry.key()),
            )
            .allowed("write { mean = ..., sd = ... }")
            .help("the mean is the middle of the distribution, the sd its spread");
            return self.refuse(problem);
        };
        let mean = self.number(mean, low, high);
        let sd = match sd {
            Some(sd) => Some(self.sd(sd, high - low)?),
            None => None,
        };
        mean.map(|mean| Value::Spread(mean, sd))
    }

    fn sd(&mut self, node: &Node, widest: f64) -> Option<f64> {
        match node.content {
            Content::Number { value, .. } if (0.0..=widest).contains(&value) => Some(value),
            Content::Number { value, .. } => {
                let said = if value < 0.0 {
                    "below zero"
                } else {
                    "too large or not a number"
                };
                let problem = Problem::error(
                    Class::Range,
                    &node.at,
                    format!("the spread (sd) of `{}` is {said}", self.entry.key()),
                )
                .allowed(format!("from 0 to {widest}"))
                .help("sd = 0 gives all leaders the mean");
                self.refuse(problem)
            }
            _ => self.wrong_kind(node),
        }
    }

    fn word(&mut self, node: &Node, words: &'static [&'static str]) -> Option<usize> {
        let Some(typed) = node.text() else {
            return self.wrong_kind(node);
        };
        if let Some(index) = words.iter().position(|word| *word == typed) {
            return Some(index);
        }
        let entry = self.entry;
        let meant = nearest(typed, words.iter().copied());
        let problem = Problem::error(
            Class::Type,
            &node.at,
            format!("`{}` cannot be \"{typed}\"", entry.key()),
        )
        .allowed(entry.allowed())
        .help(meant.map_or_else(
            || meaning(entry),
            |meant| format!("did you mean \"{meant}\"?"),
        ));
        self.refuse(problem)
    }

    fn words(&mut self, node: &Node, words: &'static [&'static str]) -> Option<Value> {
        let Content::List(items) = &node.content else {
            return self.wrong_kind(node);
        };
        let found: Vec<Option<usize>> = items.iter().map(|item| self.word(item, words)).collect();
        let mut found: Vec<usize> = found.into_iter().collect::<Option<_>>()?;
        found.sort_unstable();
        found.dedup();
        Some(Value::Words(found))
    }

    fn text(&mut self, node: &Node) -> Option<Value> {
        let Some(text) = node.text() else {
            return self.wrong_kind(node);
        };
        if text.chars().count() > LONGEST_TEXT {
            let problem = Problem::error(
                Class::Range,
                &node.at,
                format!("`{}` is too long", self.entry.key()),
            )
            .allowed("up to 20,000 characters");
            return self.refuse(problem);
        }
        Some(Value::Text(text.to_owned()))
    }

    fn id(&mut self, node: &Node) -> Option<Reference> {
        let Some(id) = node.text() else {
            return self.wrong_kind(node);
        };
        let sound = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let length = id.chars().count();
        if (1..=LONGEST_ID).contains(&length) && id.chars().all(sound) {
            return Some(Reference {
                id: id.to_owned(),
                at: node.at.clone(),
            });
        }
        let mut better: String = id
            .trim()
            .chars()
            .map(|c| if sound(c) { c } else { '-' })
            .take(LONGEST_ID)
            .collect();
        if better.is_empty() {
            better = "a-name".to_owned();
        }
        let problem = Problem::error(Class::Type, &node.at, format!("\"{id}\" cannot be an id"))
            .allowed("1 to 80 letters, digits, - and _")
            .help(format!(
                "write \"{better}\"; the name for charts is another key"
            ));
        self.refuse(problem)
    }

    fn references(&mut self, node: &Node) -> Option<Value> {
        let Content::List(items) = &node.content else {
            return self.wrong_kind(node);
        };
        let mut references: Vec<Reference> = Vec::new();
        for item in items {
            let reference = self.id(item)?;
            if references.iter().any(|known| known.id == reference.id) {
                let problem = Problem::error(
                    Class::Duplicate,
                    &reference.at,
                    format!("`{}` names {} twice", self.entry.key(), reference.id),
                )
                .allowed("once is enough")
                .help("take it out");
                return self.refuse(problem);
            }
            references.push(reference);
        }
        Some(Value::References(references))
    }

    fn mix(&mut self, node: &Node) -> Option<Value> {
        let parts = self.braces(node, LeaderKind::WORDS)?;
        let mut mix = [0.0; 3];
        for (share, part) in mix.iter_mut().zip(&parts) {
            if let Some(part) = part {
                *share = self.number(part, 0.0, 1.0)?;
            }
        }
        let total: f64 = mix.iter().sum();
        if (total - 1.0).abs() > 1e-6 {
            let shown = (total * 1e6).round() / 1e6;
            let problem = Problem::error(
                Class::Contradiction,
                &node.at,
                format!("the shares of `mix` add up to {shown}, not to 1"),
            )
            .allowed("shares of one whole")
            .help(self.entry.allowed());
            return self.refuse(problem);
        }
        Some(Value::Mix(mix))
    }

    fn chair(&mut self, node: &Node) -> Option<Value> {
        let parts = self.braces(node, &["kind", "leader"])?;
        let kind = match parts.first()? {
            Some(kind) => ChairKind::at(self.word(kind, ChairKind::WORDS)?),
            None => ChairKind::Organic,
        };
        let leader = match parts.get(1)? {
            Some(leader) => Some(self.id(leader)?),
            None => None,
        };
        if let (ChairKind::Neutral | ChairKind::None, Some(leader)) = (kind, &leader) {
            let problem = Problem::error(
                Class::Contradiction,
                &leader.at,
                format!(
                    "a chair of kind \"{}\" cannot be one of the members",
                    kind.word()
                ),
            )
            .allowed("take `leader` out")
            .help("only \"organic\" and \"appointed\" chairs are members of the forum");
            return self.refuse(problem);
        }
        Some(Value::Chair(kind, leader))
    }
}

/// The help for a name that nothing has.
#[must_use]
pub(super) fn unknown<'a>(typed: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(typed, names.clone()) {
        Some(meant) => format!("did you mean \"{meant}\"?"),
        None => format!("known here: {}", listed(names)),
    }
}

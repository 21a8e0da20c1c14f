//! Values as they are typed without quotes, and no value at all.

use super::{check, meaning};
use crate::registry::{Entry, Kind};
use crate::scenario::problem::{Class, Problem, Problems};
use crate::scenario::source::At;
use crate::scenario::tree::{Content, Node};

/// Words for true and false, in small letters.
const FLAGS: [&str; 6] = ["true", "false", "yes", "no", "on", "off"];

/// What to say of a value without quotes that is no value of TOML; nothing where the words for
/// true and false are meant, which need no entry.
pub(in crate::scenario) fn unreadable(
    entry: &'static Entry,
    at: &At,
    typed: &str,
) -> Option<Problem> {
    let lacks_quotes = match entry.kind {
        Kind::Text | Kind::Id | Kind::Reference { .. } | Kind::ColumnMap => true,
        Kind::Choice { words } => words.contains(&typed),
        Kind::Flag if FLAGS.contains(&typed.to_lowercase().as_str()) => return None,
        _ => false,
    };
    if lacks_quotes {
        let said = format!("{typed} is text, and text stands in quotes");
        let problem = Problem::error(Class::Type, at, said);
        return Some(problem.allowed(format!("write \"{}\"", typed.replace('"', ""))));
    }
    let node = Node {
        at: at.clone(),
        content: Content::Text(typed.to_owned()),
    };
    let mut problems = Problems::default();
    check(entry, &node, &mut problems);
    problems.first()
}

/// No value, where one is needed.
pub(super) fn nothing(entry: &Entry, at: &At) -> Problem {
    Problem::error(Class::Type, at, format!("`{}` has no value", entry.key())).help(format!(
        "write {}; {}",
        entry.wanted(),
        meaning(entry)
    ))
}

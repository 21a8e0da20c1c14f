//! Errors of TOML itself, said in plain words.

use std::sync::Arc;

use super::problem::{Class, Problem, Problems};
use super::source::{At, Source};
use super::{amount, keys, value};
use crate::registry::Entry;

/// Reports the errors of a text: one a line, since the first explains the others.
pub(super) fn report(source: &Arc<Source>, errors: &[toml::de::Error], problems: &mut Problems) {
    let mut places: Vec<(At, &str)> = errors
        .iter()
        .map(|error| {
            (
                At::new(source, error.span().unwrap_or(0..0)),
                error.message(),
            )
        })
        .collect();
    places.sort_by_key(|(at, _)| at.start);
    if let Some(problem) = another_format(source).filter(|_| !places.is_empty()) {
        problems.push(problem);
        return;
    }
    let mut last_line = None;
    for (at, message) in places {
        let (line, _) = at.line();
        if last_line != Some(line) {
            problems.push(explain(&at, message));
            last_line = Some(line);
        }
    }
}

/// The wording of one error: first by what stands in the line, then by what the reader met.
fn explain(at: &At, message: &str) -> Problem {
    let (begin, line) = at.line();
    let value = value_of(line);
    let whole_value = || {
        let start = begin + value.map_or(0, |(start, _)| start);
        At::new(
            &at.source,
            start..start + value.map_or(0, |(_, text)| text.len()),
        )
    };
    let stated = value.filter(|(_, text)| is_bare(text));
    let entry = stated.and_then(|_| entry_of(&at.source, begin, line));
    if let (Some((_, text)), Some(entry)) = (stated, entry)
        && let Some(problem) = value::unreadable(entry, &whole_value(), text)
    {
        return Problem {
            class: Class::Syntax,
            ..problem
        };
    }
    let odd = value.and_then(|(_, text)| odd_number(text).or_else(|| odd_word(text)));
    if let Some((said, help)) = odd {
        return Problem::error(Class::Syntax, &whole_value(), said).allowed(help);
    }
    if let Some((said, help)) = odd_line(line) {
        let start = begin + line.len() - line.trim_start().len();
        let whole_line = At::new(&at.source, start..begin + line.trim_end().len());
        return Problem::error(Class::Syntax, &whole_line, said).allowed(help);
    }
    let (said, help) = wording(message);
    let at = if at.start == at.end && at.start > begin {
        At::new(&at.source, at.start.saturating_sub(1)..at.end)
    } else {
        at.clone()
    };
    Problem::error(Class::Syntax, &at, said)
        .allowed("here")
        .help(help)
}

/// The text after the first `=` of a line, without a comment, and where it begins.
fn value_of(line: &str) -> Option<(usize, &str)> {
    let (_, value) = line.split_once('=')?;
    let start = line.len() - value.len();
    let value = value.split('#').next().unwrap_or(value);
    let trimmed = value.trim_start();
    let start = start + value.len() - trimmed.len();
    Some((start, trimmed.trim_end()))
}

/// Lines as people write them in other kinds of files.
fn odd_line(line: &str) -> Option<(String, String)> {
    let line = line.trim();
    let is_key = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || c == '_' || c == '-')
    };
    match (line.split_once('='), line.split_once(':')) {
        (None, Some((key, value))) if is_key(key.trim()) => {
            let help = format!("write {} = {}", key.trim(), value.trim());
            Some((
                "a key and its value are separated by =, not by :".to_owned(),
                help,
            ))
        }
        (Some((_, value)), _) if value.contains('=') && !value.contains(['{', '[', '"', '\'']) => {
            let said = "there is more than one key in this line".to_owned();
            Some((
                said,
                "write each key = value in a line of its own".to_owned(),
            ))
        }
        _ => None,
    }
}

/// Whether a value stands there that is no value of TOML, and not just not closed.
fn is_bare(text: &str) -> bool {
    let opened = text.starts_with(['"', '\'', '[', '{']) || curly(text) != text;
    let several = text.contains('=');
    !text.is_empty() && !opened && !several && toml::de::DeValue::parse(text).is_err()
}

/// The entry of the key of a line that begins at a byte, by the heading above it.
fn entry_of(source: &Source, begin: usize, line: &str) -> Option<&'static Entry> {
    let (key, _) = line.split_once('=')?;
    let mut above = source.text.get(..begin)?.lines().rev().map(str::trim);
    let heading = above.find(|line| line.starts_with('[')).unwrap_or_default();
    let heading = heading.split('#').next().unwrap_or_default();
    let table = heading.trim().trim_matches(['[', ']']).trim();
    keys::find(&keys::join(table, key.trim()))
}

/// Numbers as people write them elsewhere.
fn odd_number(text: &str) -> Option<(String, String)> {
    let odd = amount::odd(text, None)?;
    let help = odd.instead(None)?;
    Some((odd.said, help))
}

/// A text without the quotes of a word processor around it.
fn curly(text: &str) -> &str {
    text.trim_matches([
        '\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}',
    ])
}

/// Words without quotes, or with the quotes of a word processor.
fn odd_word(text: &str) -> Option<(String, String)> {
    if text.is_empty() {
        return Some((
            "there is nothing after the =".to_owned(),
            "write a value, or leave out the line for the default".to_owned(),
        ));
    }
    let bare = curly(text);
    if bare != text {
        return Some((
            "these are the curly quotes of a word processor".to_owned(),
            format!("write straight quotes: \"{bare}\""),
        ));
    }
    let is_word = text.chars().next().is_some_and(char::is_alphabetic)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " -_.'&/".contains(c));
    if !is_word {
        return None;
    }
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" => Some((
            format!("{text} is not known here"),
            "write true, in small letters".to_owned(),
        )),
        "false" | "no" | "off" => Some((
            format!("{text} is not known here"),
            "write false, in small letters".to_owned(),
        )),
        _ => Some((
            format!("{text} is text, and text stands in quotes"),
            format!("write \"{text}\""),
        )),
    }
}

/// The reader's own messages by their beginnings: what is wrong, and what to do.
const WORDINGS: &[(&str, &str, &str)] = &[
    (
        "duplicate key",
        "this key or heading is already there",
        "keep one of the two; rows of a list have double brackets, such as [[groups]]",
    ),
    (
        "unclosed table",
        "this heading is not closed",
        "close it with a bracket, such as [about]",
    ),
    (
        "unclosed array table",
        "this heading is not closed",
        "close it with two brackets, such as [[groups]]",
    ),
    (
        "unclosed inline table",
        "the brace { is not closed",
        "close it with }, in the same line",
    ),
    (
        "unclosed array",
        "this list is not closed",
        "close it with ]",
    ),
    (
        "missing comma between array",
        "a comma is missing in this list, or its ] is",
        "separate the values by commas and close the list with ]",
    ),
    (
        "missing comma between key",
        "a comma is missing between the braces",
        "separate the keys by commas, such as { mean = 0.6, sd = 0.1 }",
    ),
    ("extra comma", "there is a comma too many", "take it out"),
    (
        "unexpected `=` in array",
        "there is an = inside a list",
        "close the list with ] before the next key",
    ),
    (
        "key with no value",
        "this line has no value",
        "write key = value, such as cycles = 60",
    ),
    (
        "missing value",
        "there is nothing after the =",
        "write a value, or leave out the line for the default",
    ),
    (
        "missing assignment",
        "an = is missing here",
        "write key = value, such as cycles = 60",
    ),
    ("extra assignment", "there is an = too many", "take it out"),
    ("extra `=`", "there is an = too many", "take it out"),
    (
        "unquoted keys cannot be empty",
        "the name is missing",
        "write a name, such as cycles = 60 or [about]",
    ),
    (
        "invalid unquoted key",
        "a key has only letters from a to z, digits, - and _",
        "write key = value, such as cycles = 60",
    ),
    (
        "invalid key-value pair",
        "this is not a line of the form key = value",
        "write key = value, such as cycles = 60",
    ),
    (
        "invalid basic string",
        "the closing quote is missing",
        "close the text with \" in the same line",
    ),
    (
        "invalid literal string",
        "the closing quote is missing",
        "close the text with ' in the same line",
    ),
    (
        "invalid multi-line",
        "the text over several lines is not closed",
        "close it with the same three quotes",
    ),
    (
        "missing escaped value",
        "a backslash in \"text\" begins a special sign",
        "write the text in 'single quotes', or two backslashes",
    ),
    (
        "unexpected key or value",
        "there is more in this line than one value",
        "write one key = value in each line",
    ),
    (
        "string values must be quoted",
        "this is not a number, and text stands in quotes",
        "write a number such as 0.3, or \"text\" in quotes",
    ),
    (
        "unexpected leading zero",
        "a number does not begin with a zero too many",
        "write 7 rather than 007",
    ),
    (
        "invalid comment",
        "there is an invisible sign in this comment",
        "delete the line and type it again",
    ),
    (
        "carriage return",
        "there is an invisible line break in this line",
        "delete the line and type it again",
    ),
    (
        "recursion limit",
        "this is nested too deeply",
        "no scenario needs more than three levels",
    ),
    (
        "invalid date",
        "this is not a date, and no key needs one",
        "times are numbers of months",
    ),
];

/// One of the reader's own messages in plain words.
fn wording(message: &str) -> (&'static str, &'static str) {
    WORDINGS
        .iter()
        .find(|(beginning, _, _)| message.starts_with(beginning))
        .map_or(
            (
                "this cannot be read",
                "write key = value, with text in quotes and numbers with a point",
            ),
            |(_, said, help)| (said, help),
        )
}

/// A text that was never meant to be a scenario.
fn another_format(source: &Arc<Source>) -> Option<Problem> {
    let first = source.text.lines().find(|line| !line.trim().is_empty())?;
    let start = first.trim_start();
    let kind = if start.starts_with('<') {
        "a network or web file (XML)"
    } else if start.starts_with("{\\rtf") {
        "a document with formatting (RTF; save it as plain text)"
    } else if start.starts_with('{') {
        "JSON"
    } else if start.starts_with("---") {
        "YAML"
    } else if !start.contains('=')
        && !start.starts_with(['[', '#'])
        && (start.matches(';').count() > 1 || start.matches(',').count() > 1)
    {
        "a data table (CSV)"
    } else {
        return None;
    };
    let begin = source.text.len() - source.text.trim_start().len();
    let at = At::new(source, begin..begin + first.trim().len());
    Some(
        Problem::error(Class::File, &at, format!("this is {kind}, not a scenario"))
            .allowed("the first line says so")
            .help("a scenario has lines such as cycles = 60 under headings such as [horizon]; `commonground new my-scenario` writes one to start from"),
    )
}

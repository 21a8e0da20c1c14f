//! What is wrong with a survey's files, said to the person who made them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// How many problems of one kind in one file are shown one by one.
pub const SHOWN: usize = 50;

/// Longest piece of a cell that a message repeats, in letters.
const LONGEST_QUOTE: usize = 40;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The survey cannot be used.
    Error,
    /// It can be used, but probably not as meant.
    Warning,
    /// Something to know.
    Note,
}

/// The text of a file as it was read, without a byte order mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file's name as the scenario gives it.
    pub file: String,
    /// Its text. Where a file holds personal data, only the line with its column names.
    pub text: String,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// From its first byte to the one after its last.
    pub span: Range<usize>,
}

impl Place {
    /// A place; a span beyond the text or within a letter is brought back to the letter's start.
    pub(super) fn new(source: &Arc<Source>, span: Range<usize>) -> Self {
        let end = source
            .text
            .floor_char_boundary(span.end.min(source.text.len()));
        let start = source.text.floor_char_boundary(span.start.min(end));
        Self {
            source: Arc::clone(source),
            span: start..end,
        }
    }

    /// The line that the place begins in, counted from one.
    #[must_use]
    pub fn line(&self) -> usize {
        line(&self.source.text, self.span.start)
    }

    /// The text at the place.
    #[must_use]
    pub fn text(&self) -> &str {
        self.source.text.get(self.span.clone()).unwrap_or_default()
    }
}

/// The line of a byte, counted from one.
pub(super) fn line(text: &str, byte: usize) -> usize {
    1 + text
        .bytes()
        .take(byte)
        .filter(|byte| *byte == b'\n')
        .count()
}

/// One thing that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// The key of the scenario that it concerns, such as `ties.trust`.
    pub key: String,
    /// Where it stands in a file of the survey; without a place it concerns the scenario or a
    /// file that could not be read.
    pub place: Option<Place>,
    /// What is wrong, in one plain sentence.
    pub message: String,
    /// What is allowed there.
    pub allowed: Option<String>,
    /// What to do next.
    pub help: Option<String>,
}

impl Finding {
    fn new(severity: Severity, key: &str, message: impl Into<String>) -> Self {
        Self {
            severity,
            key: key.to_owned(),
            place: None,
            message: message.into(),
            allowed: None,
            help: None,
        }
    }

    pub(super) fn error(key: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, key, message)
    }

    pub(super) fn warning(key: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, key, message)
    }

    pub(super) fn note(key: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, key, message)
    }

    pub(super) fn at(mut self, source: &Arc<Source>, span: Range<usize>) -> Self {
        self.place = Some(Place::new(source, span));
        self
    }

    pub(super) fn allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = Some(allowed.into());
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Findings as they come, with a bound on how many of a kind are kept.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    counts: BTreeMap<(String, &'static str), Count>,
}

#[derive(Debug)]
struct Count {
    found: usize,
    last: usize,
}

impl Findings {
    /// Adds a finding of a kind; beyond the bound it is counted and never made.
    pub(super) fn add(&mut self, kind: &'static str, file: &str, make: impl FnOnce() -> Finding) {
        let count = self
            .counts
            .entry((file.to_owned(), kind))
            .or_insert(Count { found: 0, last: 0 });
        count.found += 1;
        if count.found <= SHOWN {
            count.last = self.list.len();
            self.list.push(make());
        }
    }

    /// Everything found, file by file from top to bottom; the last of a kind that was cut says how
    /// many more there are.
    pub(super) fn ordered(mut self) -> Vec<Finding> {
        for ((file, _), count) in &self.counts {
            if count.found > SHOWN
                && let Some(last) = self.list.get_mut(count.last)
            {
                let more = count.found - SHOWN;
                let word = format!("and {more} more of this kind in {file}");
                last.help = Some(match last.help.take() {
                    Some(help) => format!("{help}; {word}"),
                    None => word,
                });
            }
        }
        let mut files: Vec<String> = Vec::new();
        for finding in &self.list {
            if let Some(place) = &finding.place
                && !files.contains(&place.source.file)
            {
                files.push(place.source.file.clone());
            }
        }
        self.list.sort_by_key(|finding| {
            finding.place.as_ref().map(|place| {
                let file = files.iter().position(|file| *file == place.source.file);
                (file, place.span.start)
            })
        });
        self.list
    }
}

/// A piece of a user's text for a message: in quotes, cut, and without line breaks.
pub(super) fn quoted(text: &str) -> String {
    let mut letters = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter });
    let mut shown: String = letters.by_ref().take(LONGEST_QUOTE).collect();
    if letters.next().is_some() {
        shown.push_str("...");
    }
    format!("\"{shown}\"")
}

/// Names in quotes, the first twenty of them.
pub(super) fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names = names;
    let shown: Vec<String> = names.by_ref().take(20).map(quoted).collect();
    let more = names.count();
    match more {
        0 => shown.join(", "),
        _ => format!("{} and {more} more", shown.join(", ")),
    }
}

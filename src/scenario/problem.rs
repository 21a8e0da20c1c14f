//! What is wrong with a scenario: message, place, what is allowed, what to do.

use std::fmt;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, Severity, SourceCode};

use super::source::At;

/// The class of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The file cannot be read: missing, a folder, too large, not text, another kind of file.
    File,
    /// `extends` leads nowhere or in a circle.
    Extends,
    /// The text does not follow the rules of TOML.
    Syntax,
    /// There is no such key.
    Key,
    /// A key holds another kind of value than it should.
    Type,
    /// A number beyond its bounds, or not a number at all.
    Range,
    /// A key that must be there is not.
    Missing,
    /// The same id twice.
    Duplicate,
    /// A name that nothing has.
    Reference,
    /// Two statements that cannot both hold.
    Contradiction,
    /// A surveyed table (roster, memberships, ties) has a problem.
    Survey,
    /// A statement that changes nothing, or that a reader should know.
    Lint,
}

impl Class {
    /// Whether a problem of this class keeps the rest from being read.
    fn breaks_reading(self) -> bool {
        matches!(self, Self::File | Self::Extends | Self::Syntax)
    }

    /// The word for this class in messages and test names.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Extends => "extends",
            Self::Syntax => "syntax",
            Self::Key => "key",
            Self::Type => "type",
            Self::Range => "range",
            Self::Missing => "missing",
            Self::Duplicate => "duplicate",
            Self::Reference => "reference",
            Self::Contradiction => "contradiction",
            Self::Survey => "survey",
            Self::Lint => "lint",
        }
    }
}

/// One problem, with the place where it stands.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Its class.
    pub class: Class,
    /// Error, warning or advice.
    pub severity: Severity,
    /// What is wrong, in one plain sentence.
    pub message: String,
    /// What is allowed, shown under the place; empty for a bare mark.
    pub allowed: String,
    /// What to do next.
    pub help: Option<String>,
    /// Where it stands.
    pub at: At,
}

impl Problem {
    /// An error.
    #[must_use]
    pub fn error(class: Class, at: &At, message: impl Into<String>) -> Self {
        Self {
            class,
            severity: Severity::Error,
            message: visible(message.into()),
            allowed: String::new(),
            help: None,
            at: at.clone(),
        }
    }

    /// A warning: the scenario runs, but probably not as meant.
    #[must_use]
    pub fn warning(at: &At, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(Class::Lint, at, message)
        }
    }

    /// Something that a reader should know.
    #[must_use]
    pub fn advice(at: &At, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Advice,
            ..Self::error(Class::Lint, at, message)
        }
    }

    /// Says what is allowed at the place.
    #[must_use]
    pub fn allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = visible(allowed.into());
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(visible(help.into()));
        self
    }
}

/// Of a longer message the beginning and the end are shown, in characters: what was typed into it
/// can have any length.
const SHOWN_OF_A_MESSAGE: (usize, usize) = (400, 100);
/// Of a longer word the beginning is shown, in characters.
const SHOWN_OF_A_WORD: usize = 60;

/// Text without signs that a terminal would obey, and of a length to be read.
fn visible(text: String) -> String {
    let shown = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let (begin, end) = SHOWN_OF_A_MESSAGE;
    if text.len() <= SHOWN_OF_A_WORD {
        return text.chars().map(shown).collect();
    }
    let words = text.split(' ').map(|word| {
        let Some((cut, _)) = word.char_indices().nth(SHOWN_OF_A_WORD) else {
            return word.to_owned();
        };
        let quote = word
            .chars()
            .next_back()
            .filter(|last| "`\"'".contains(*last));
        let quote = quote.map(String::from).unwrap_or_default();
        format!("{}…{quote}", &word[..cut])
    });
    let text: Vec<char> = words
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .map(shown)
        .collect();
    let Some(last) = text.len().checked_sub(end).filter(|last| *last > begin) else {
        return text.into_iter().collect();
    };
    text[..begin]
        .iter()
        .chain(&['…'])
        .chain(&text[last..])
        .collect()
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.at.source.text.is_empty()).then(|| &*self.at.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = (!self.allowed.is_empty()).then(|| self.allowed.clone());
        let span = self.at.start..self.at.shown_end();
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(
            label, span,
        ))))
    }
}

/// Collects problems while a scenario is read.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
}

/// Problems of one class that are shown one by one; the rest is counted.
const SHOWN_OF_A_CLASS: usize = 50;

impl Problems {
    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Adds the problems of another reading.
    pub fn append(&mut self, others: Self) {
        self.list.extend(others.list);
    }

    /// The first problem that was added.
    #[must_use]
    pub(super) fn first(self) -> Option<Problem> {
        self.list.into_iter().next()
    }

    /// Whether an error was added.
    #[must_use]
    pub fn any_error(&self) -> bool {
        self.list
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }

    /// Drops problems that only follow from others: what a text that could not be read whole, or the
    /// lack of what it extends, seems to miss; and what the rest of a broken line or heading says.
    pub fn drop_echoes(&mut self) {
        let broken: Vec<Problem> = self
            .list
            .iter()
            .filter(|problem| problem.class.breaks_reading())
            .cloned()
            .collect();
        if broken.is_empty() {
            return;
        }
        let unread = |at: &At| {
            let syntax = broken.iter().filter(|other| other.class == Class::Syntax);
            syntax.into_iter().any(|other| other.at.same_line(at))
        };
        self.list.retain(|problem| match problem.class {
            Class::Extends => !unread(&problem.at),
            class if class.breaks_reading() => true,
            Class::Missing | Class::Contradiction | Class::Reference => false,
            class => !broken.iter().any(|other| {
                let same_file = Arc::ptr_eq(&other.at.source, &problem.at.source);
                let heading = other.at.line().1.trim_start().starts_with('[');
                other.at.same_line(&problem.at) || (same_file && heading && class == Class::Key)
            }),
        });
    }

    /// The problems in order: the file first, then what it extends, each from top to bottom; of
    /// each class the first fifty, and the number of the others.
    #[must_use]
    pub fn ordered(mut self) -> Vec<Problem> {
        self.list.sort_by(|a, b| {
            let place = |p: &Problem| (p.at.source.order, p.at.start, p.at.end, p.class);
            place(a).cmp(&place(b))
        });
        self.list
            .dedup_by(|a, b| a.at.start == b.at.start && a.message == b.message);
        let mut counts = std::collections::BTreeMap::<Class, usize>::new();
        let mut ordered: Vec<Problem> = Vec::new();
        for problem in self.list {
            let count = counts.entry(problem.class).or_default();
            *count += 1;
            // A survey's problems were cut by kind and file already.
            if *count <= SHOWN_OF_A_CLASS || problem.class == Class::Survey {
                ordered.push(problem);
            } else if let Some(last) = ordered.iter_mut().rfind(|last| last.class == problem.class)
            {
                let more = *count - SHOWN_OF_A_CLASS;
                last.help = Some(format!("and {more} more of this kind below"));
            }
        }
        ordered
    }
}

/// Everything that is wrong with a scenario, in the order of the files.
#[derive(Debug, thiserror::Error)]
#[error("{}", title(problems))]
pub struct ScenarioErrors {
    /// The problems: at least one error; warnings are among them.
    pub problems: Vec<Problem>,
}

fn title(problems: &[Problem]) -> String {
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    let name = problems
        .first()
        .map_or("the scenario", |problem| problem.at.source.name.as_str());
    match errors {
        1 => format!("{name} has one error"),
        _ => format!("{name} has {errors} errors"),
    }
}

impl Diagnostic for ScenarioErrors {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(
            self.problems
                .iter()
                .map(|problem| problem as &dyn Diagnostic),
        ))
    }
}

/// Problems as text for people: coloured and drawn for a terminal, plain otherwise.
#[must_use]
pub fn render(problems: &[Problem], coloured: bool) -> String {
    let theme = if coloured {
        miette::GraphicalTheme::unicode()
    } else {
        miette::GraphicalTheme::unicode_nocolor()
    };
    let handler = miette::GraphicalReportHandler::new_themed(theme)
        .with_width(100)
        .with_links(false);
    let mut text = String::new();
    for problem in problems {
        // Writing to a String cannot fail; a diagnostic without a place still has its message.
        if handler.render_report(&mut text, problem).is_err() {
            text.push_str(&problem.message);
        }
        text.push('\n');
    }
    text
}

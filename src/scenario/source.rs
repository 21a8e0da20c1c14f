//! Texts that a scenario is read from, and places within them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::{MietteError, SourceCode, SourceSpan, SpanContents};

use super::problem::{Class, Problem};

/// Largest scenario file that is read, in bytes.
pub const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// A text with its name.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Name for messages: the path as it was typed, `library: name`, or `--set`.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// Position in the chain: 0 is the file asked for, 1 what it extends, and so on; tables follow.
    pub order: usize,
    /// Where files that it names are looked for.
    pub home: Home,
}

/// Where the files that a text names are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Home {
    /// Among the files that are embedded in the program.
    #[default]
    Library,
    /// In a folder.
    Folder(PathBuf),
}

impl Source {
    /// A text with its name; files that it names are in the library.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>, order: usize) -> Arc<Self> {
        Arc::new(Self::at_home(name, text, order, Home::Library))
    }

    fn at_home(name: impl Into<String>, text: impl Into<String>, order: usize, home: Home) -> Self {
        let text: String = text.into();
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        Self {
            name: name.into(),
            text,
            order,
            home,
        }
    }
}

impl Source {
    /// The name of the source of a change from the command line.
    pub const CHANGE: &'static str = "--set";

    /// Whether this is a change from the command line.
    #[must_use]
    pub fn is_change(&self) -> bool {
        self.name == Self::CHANGE
    }
}

impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let mut contents = self.text.as_str().read_span(span, before, after)?;
        let mut part = *contents.span();
        if before > 0 && contents.data().split(|byte| *byte == b'\n').any(too_long) {
            contents = self.text.as_str().read_span(span, 0, 0)?;
            part = self.around(span);
        }
        let data = self
            .text
            .as_bytes()
            .get(part.offset()..part.offset() + part.len());
        let column = if before > 0 { 0 } else { contents.column() };
        Ok(Box::new(miette::MietteSpanContents::new_named(
            self.name.clone(),
            data.unwrap_or_default(),
            part,
            contents.line(),
            column,
            contents.line_count(),
        )))
    }
}

/// Longest line that is shown whole, in bytes; and how much is shown of a longer one, before and
/// behind the place that matters.
const LONGEST_LINE: usize = 240;
const AROUND: usize = 40;
/// How much of a place is marked, in bytes.
const LONGEST_MARK: usize = 80;

fn too_long(line: &[u8]) -> bool {
    line.len() > LONGEST_LINE
}

impl Source {
    /// The part of a long line around a span.
    fn around(&self, span: &SourceSpan) -> SourceSpan {
        let text = self.text.as_str();
        let (first, last) = (span.offset(), span.offset() + span.len());
        let line = text.get(..first).and_then(|before| before.rfind('\n'));
        let start = text.floor_char_boundary(first.saturating_sub(AROUND));
        let start = start.max(line.map_or(0, |at| at + 1));
        let end = text.ceil_char_boundary((last + AROUND).min(text.len()));
        let line = text.get(last..).and_then(|after| after.find('\n'));
        let end = end.min(line.map_or(text.len(), |at| last + at));
        (start, end - start).into()
    }
}

/// A place in a source, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The source.
    pub source: Arc<Source>,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl At {
    /// A place; bounds beyond the text are brought back into it.
    #[must_use]
    pub fn new(source: &Arc<Source>, span: std::ops::Range<usize>) -> Self {
        let end = span.end.min(source.text.len());
        Self {
            source: Arc::clone(source),
            start: span.start.min(end),
            end,
        }
    }

    /// The beginning of a source.
    #[must_use]
    pub fn top(source: &Arc<Source>) -> Self {
        Self::new(source, 0..0)
    }

    /// The text at this place.
    #[must_use]
    pub fn text(&self) -> &str {
        self.source.text.get(self.start..self.end).unwrap_or("")
    }

    /// Where the part of this place that is marked for a reader ends.
    #[must_use]
    pub fn shown_end(&self) -> usize {
        let most = (self.start + LONGEST_MARK).min(self.end);
        self.source.text.floor_char_boundary(most)
    }

    /// The whole line that this place begins in, and the byte where that line begins.
    #[must_use]
    pub fn line(&self) -> (usize, &str) {
        let bytes = self.source.text.as_bytes();
        let is_break = |byte: &u8| *byte == b'\n';
        let begin = bytes
            .iter()
            .take(self.start)
            .rposition(is_break)
            .map_or(0, |at| at + 1);
        let end = bytes
            .iter()
            .skip(begin)
            .position(is_break)
            .map_or(bytes.len(), |length| begin + length);
        (begin, self.source.text.get(begin..end).unwrap_or(""))
    }

    /// Whether both places begin in the same line of the same source.
    #[must_use]
    pub fn same_line(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.source, &other.source) && self.line().0 == other.line().0
    }
}

fn unreadable(name: &str, message: String) -> Box<Problem> {
    Box::new(Problem::error(
        Class::File,
        &At::top(&Source::new(name, "", 0)),
        message,
    ))
}

/// Reads a scenario file.
///
/// # Errors
/// When it is not there, a folder, too large, not UTF-8 or visibly another kind of file.
pub fn read(path: &Path, order: usize) -> Result<Arc<Source>, Box<Problem>> {
    let name = path.display().to_string();
    let fail = |reason: &str, help: &str| {
        Err(Box::new(
            unreadable(&name, format!("{name} {reason}")).help(help),
        ))
    };
    let details = match std::fs::metadata(path) {
        Ok(details) => details,
        Err(error) => return fail(&plain(&error), "check the name and the folder"),
    };
    if details.is_dir() {
        return fail(
            "is a folder, not a scenario file",
            "name the file in it, such as folder/my.toml",
        );
    }
    if let Some(kind) = other_kind(path) {
        return fail(
            &format!("looks like {kind}, not a scenario file"),
            "a scenario is a text file that ends in .toml; tables are named in it, under [roster], [memberships] and [ties]",
        );
    }
    if details.len() > LARGEST_FILE {
        return fail(
            "is larger than 4 MB",
            "scenarios are short; large tables belong into CSV files",
        );
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return fail(&plain(&error), "check that you may read it"),
    };
    decode(path, &bytes, order)
}

/// Turns the bytes of a file into text; files that it names are in the same folder.
///
/// # Errors
/// When they are not UTF-8; the message says what they seem to be.
pub fn decode(path: &Path, bytes: &[u8], order: usize) -> Result<Arc<Source>, Box<Problem>> {
    let name = &path.display().to_string();
    let how = "open it in a text editor and save it again with the encoding UTF-8";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let message = format!("{name} is saved as UTF-16, which cannot be read here");
        return Err(Box::new(unreadable(name, message).help(how)));
    }
    if bytes.contains(&0) {
        let message = format!("{name} is not a text file");
        let help = "a scenario is plain text, not a spreadsheet or a word processor's document";
        return Err(Box::new(unreadable(name, message).help(help)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            let home = Home::Folder(folder);
            Ok(Arc::new(Source::at_home(name, text, order, home)))
        }
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let source = Source::new(name, String::from_utf8_lossy(bytes), order);
            let start = good.len()
                - if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
                    3
                } else {
                    0
                };
            let at = At::new(&source, start..start + '\u{fffd}'.len_utf8());
            let message = "this letter is not saved as UTF-8 (perhaps as Windows-1252 or Latin-1)";
            Err(Box::new(
                Problem::error(Class::File, &at, message)
                    .allowed("the first such letter")
                    .help(how),
            ))
        }
    }
}

fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "is not there".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read by you".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

fn other_kind(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    match ending.as_str() {
        "csv" | "tsv" => Some("a data table"),
        "graphml" | "gml" | "xml" => Some("a network file"),
        "xlsx" | "xls" | "ods" => Some("a spreadsheet"),
        "json" | "yaml" | "yml" | "ini" => Some("another kind of settings file"),
        "doc" | "docx" | "pdf" | "odt" => Some("a document"),
        "parquet" | "svg" | "png" | "html" => Some("a result"),
        _ => None,
    }
}

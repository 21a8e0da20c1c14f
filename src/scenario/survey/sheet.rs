//! A CSV text -> rows and cells that know where they stand.

use std::ops::Range;
use std::sync::Arc;

use super::finding::{Finding, Findings, Source, line, list};
use super::nearest::did_you_mean;
use super::personal;

/// A table with a line of column names.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) source: Arc<Source>,
    pub(super) headers: Vec<Header>,
    pub(super) rows: Vec<Row>,
    /// Rows with more or fewer cells than there are columns.
    pub(super) ragged: Vec<Row>,
    delimiter: u8,
}

/// The name of a column.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) name: String,
    pub(super) span: Range<usize>,
}

/// A row.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) cells: csv::StringRecord,
    /// Its line, counted from one.
    pub(super) line: usize,
    start: usize,
}

/// A cell without the spaces around it, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Cell<'a> {
    pub(super) text: &'a str,
    pub(super) span: Range<usize>,
}

impl Sheet {
    /// Reads a table; none when it holds personal data or no rows. Rows of another length than the
    /// line of names are reported and left out, blank ones are skipped.
    pub(super) fn open(key: &str, source: &Arc<Source>, findings: &mut Findings) -> Option<Self> {
        if source.text.trim_start().starts_with('<') {
            findings.add("another kind of file", &source.file, || {
                Finding::error(
                    key,
                    format!("{} is not a CSV file: it starts like XML", source.file),
                )
                .help("a network in GraphML needs a name that ends in .graphml")
            });
            return None;
        }
        let sheet = Self::read(source);
        if personal::refuse(key, &sheet, findings) {
            return None;
        }
        for row in &sheet.ragged {
            findings.add("cells in a row", &source.file, || {
                sheet.ragged_finding(key, row)
            });
        }
        if sheet.rows.is_empty() && sheet.ragged.is_empty() {
            findings.add("empty", &source.file, || {
                Finding::error(
                    key,
                    format!("{} has a line of column names and no rows", source.file),
                )
                .at(source, 0..0)
                .help("add one line for each row below the names")
            });
            return None;
        }
        Some(sheet)
    }

    fn read(source: &Arc<Source>) -> Self {
        let delimiter = delimiter(&source.text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(source.text.as_bytes());
        let mut sheet = Self {
            source: Arc::clone(source),
            headers: Vec::new(),
            rows: Vec::new(),
            ragged: Vec::new(),
            delimiter,
        };
        // The text is valid and in memory, so that no record can fail.
        let mut counted = (0, 1);
        for cells in reader.records().filter_map(Result::ok) {
            let position = cells.position().map_or(0, csv::Position::byte);
            let start = row_start(
                &source.text,
                usize::try_from(position).unwrap_or(usize::MAX),
            );
            counted = (
                start,
                counted.1 + line(source.text.get(counted.0..start).unwrap_or_default(), start) - 1,
            );
            let row = Row {
                cells,
                line: counted.1,
                start,
            };
            if row.cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if sheet.headers.is_empty() {
                sheet.headers = sheet
                    .cells(&row)
                    .into_iter()
                    .map(|cell| Header {
                        name: cell.text.to_owned(),
                        span: cell.span,
                    })
                    .collect();
            } else if row.cells.len() == sheet.headers.len() {
                sheet.rows.push(row);
            } else {
                sheet.ragged.push(row);
            }
        }
        sheet
    }

    /// The cells of a row.
    pub(super) fn cells<'a>(&'a self, row: &'a Row) -> Vec<Cell<'a>> {
        let spans = spans(&self.source.text, row.start, self.delimiter);
        row.cells
            .iter()
            .enumerate()
            .map(|(position, text)| Cell {
                text: text.trim(),
                span: spans.get(position).cloned().unwrap_or(row.start..row.start),
            })
            .collect()
    }

    /// The position of the column that a key of the scenario names.
    pub(super) fn column(&self, key: &str, name: &str, findings: &mut Findings) -> Option<usize> {
        let mut found = self
            .headers
            .iter()
            .enumerate()
            .filter(|(_, header)| header.name == name.trim());
        let first = found.next();
        if let (Some(_), Some((_, second))) = (&first, found.next()) {
            findings.add("column", &self.source.file, || {
                Finding::error(key, format!("two columns are called \"{name}\""))
                    .at(&self.source, second.span.clone())
                    .help("give each column a name of its own")
            });
            return None;
        }
        if first.is_none() {
            findings.add("column", &self.source.file, || self.no_column(key, name));
        }
        first.map(|(position, _)| position)
    }

    fn no_column(&self, key: &str, name: &str) -> Finding {
        let names = || self.headers.iter().map(|header| header.name.as_str());
        let end = self.headers.last().map_or(0, |header| header.span.end);
        let start = self.headers.first().map_or(0, |header| header.span.start);
        let finding = Finding::error(
            key,
            format!(
                "{} has no column \"{name}\", which the scenario names as `{key}`",
                self.source.file
            ),
        )
        .at(&self.source, start..end)
        .allowed(format!("one of the columns {}", list(names())));
        match did_you_mean(name, names()) {
            Some(question) => finding.help(question),
            None if self.headers.len() == 1 => finding.help("only one column was found: part the columns with commas, semicolons or tabs"),
            None => finding.help("the first line must hold the names of the columns; correct the name there or in the scenario"),
        }
    }

    fn ragged_finding(&self, key: &str, row: &Row) -> Finding {
        let (cells, columns) = (row.cells.len(), self.headers.len());
        let help = if row.cells.iter().any(|cell| cell.contains('\n')) {
            "a quotation mark opens here and its partner is missing or further down: check the quotation marks"
        } else if cells > columns && self.delimiter == b',' {
            "a comma within a cell parts it in two: put the cell in quotation marks; write decimals with a point"
        } else {
            "add what is missing or take out what is too much; an empty cell still needs its comma, semicolon or tab"
        };
        Finding::error(
            key,
            format!(
                "this row has {}, the line of names has {columns}",
                counted(cells, "cell")
            ),
        )
        .at(
            &self.source,
            row.start
                ..spans(&self.source.text, row.start, self.delimiter)
                    .last()
                    .map_or(row.start, |span| span.end),
        )
        .allowed(counted(columns, "cell"))
        .help(help)
    }
}

/// `1 cell`, `2 cells`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        _ => format!("{count} {thing}s"),
    }
}

/// The sign that parts the columns: the one that stands most often in the first line, outside
/// quotation marks.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut in_quotes = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' | b'\r' if !in_quotes => break,
            _ if in_quotes => {}
            _ => counts
                .iter_mut()
                .filter(|(sign, _)| *sign == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts
        .iter()
        .find(|(_, count)| *count == most)
        .map_or(b',', |(sign, _)| *sign)
}

/// The reader's position of a record may lie on the line breaks before it.
fn row_start(text: &str, position: usize) -> usize {
    let rest = text.as_bytes().get(position..).unwrap_or_default();
    position.min(text.len())
        + rest
            .iter()
            .take_while(|byte| matches!(byte, b'\n' | b'\r'))
            .count()
}

/// Where the cells of the row that starts at a byte stand, by the same rules of quotation that the
/// reader follows.
fn spans(text: &str, start: usize, delimiter: u8) -> Vec<Range<usize>> {
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    let mut spans = Vec::new();
    let (mut begin, mut in_quotes, mut at) = (0, false, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' if in_quotes && bytes.get(at + 1) == Some(&b'"') => at += 1,
            b'"' if in_quotes => in_quotes = false,
            b'"' if at == begin => in_quotes = true,
            _ if in_quotes => {}
            b'\n' | b'\r' => break,
            sign if *sign == delimiter => {
                spans.push(start + begin..start + at);
                begin = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    spans.push(start + begin..start + at);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Sheet {
        let source = Arc::new(Source {
            file: "t.csv".to_owned(),
            text: text.to_owned(),
        });
        Sheet::read(&source)
    }

    #[test]
    fn signs_are_guessed_from_the_first_line() {
        assert_eq!(delimiter("a,b;c,d\n"), b',');
        assert_eq!(delimiter("a;b;\"c,d,e,f\"\n"), b';');
        assert_eq!(delimiter("\n\na\tb\n1,2,3"), b'\t');
        assert_eq!(delimiter("a"), b',');
    }

    #[test]
    fn cells_know_where_they_stand() {
        let sheet = read("\r\n id ;\"a;\"\"b\"\r\n\r\np1; x \r\n;\r\np2;\"y\nz\"\r\np3\r\n");
        assert_eq!(sheet.headers[0].name, "id");
        assert_eq!(sheet.headers[1].name, "a;\"b");
        assert_eq!(sheet.rows.len(), 2);
        assert_eq!(sheet.ragged.len(), 1);
        let cells = sheet.cells(&sheet.rows[0]);
        assert_eq!(cells[1].text, "x");
        assert_eq!(&sheet.source.text[cells[1].span.clone()], " x ");
        let cells = sheet.cells(&sheet.rows[1]);
        assert_eq!(&sheet.source.text[cells[1].span.clone()], "\"y\nz\"");
        let lines: Vec<usize> = sheet
            .rows
            .iter()
            .chain(&sheet.ragged)
            .map(|row| row.line)
            .collect();
        assert_eq!(lines, [4, 6, 8]);
    }
}

//! The tie table: one row or edge for each ordered pair that the survey knows of.

use std::ops::Range;
use std::sync::Arc;

use super::finding::{Finding, Findings, Source, line, quoted};
use super::known::{Answer, Tie};
use super::number::{self, Wrong, YES_OR_NO};
use super::people::finding;
use super::personal;
use super::register::Register;
use super::sheet::{Cell, Sheet};
use super::tables::{Question, Ties};

/// A row of the table, or an edge of a network file.
pub(super) struct Edge<'a> {
    pub(super) from: Cell<'a>,
    pub(super) to: Cell<'a>,
    pub(super) trust: Option<Cell<'a>>,
    pub(super) advice: Option<Cell<'a>>,
}

/// Reads ties from a CSV table.
pub(super) fn read(
    table: &Ties,
    people: &Register,
    sheet: &Sheet,
    findings: &mut Findings,
) -> Vec<Tie> {
    let mut needed = |key: &str, name: &Option<String>| match name {
        Some(name) => sheet.column(key, name, findings),
        None => {
            findings.add("no column named", &sheet.source.file, || {
                Finding::error(key, format!("`{key}` is missing: {} needs a column of who answered and one of whom about", sheet.source.file))
                    .help("write for example from = \"from\" and to = \"to\" under [ties]")
            });
            None
        }
    };
    let from = needed("ties.from", &table.from);
    let to = needed("ties.to", &table.to);
    let mut optional = |key: &str, question: &Option<Question>| match question {
        Some(question) => sheet.column(key, &question.column, findings).map(Some),
        None => Some(None),
    };
    let trust = optional("ties.trust", &table.trust);
    let advice = optional("ties.advice", &table.advice);
    let (Some(from), Some(to), Some(trust), Some(advice)) = (from, to, trust, advice) else {
        return Vec::new();
    };
    let ids = [("ties.from", from), ("ties.to", to)];
    if !ids
        .iter()
        .all(|(key, column)| personal::opaque(key, sheet, *column, findings))
    {
        return Vec::new();
    }
    let mut reader = Reader::new(table, people, &sheet.source, findings);
    for row in &sheet.rows {
        let cells = sheet.cells(row);
        let (Some(from), Some(to)) = (cells.get(from), cells.get(to)) else {
            continue;
        };
        reader.edge(&Edge {
            from: from.clone(),
            to: to.clone(),
            trust: trust.and_then(|column| cells.get(column).cloned()),
            advice: advice.and_then(|column| cells.get(column).cloned()),
        });
    }
    reader.finish()
}

/// Checks edges and turns them into ties.
pub(super) struct Reader<'a> {
    table: &'a Ties,
    people: &'a Register,
    source: &'a Arc<Source>,
    pub(super) findings: &'a mut Findings,
    read: Vec<(Tie, Range<usize>)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        table: &'a Ties,
        people: &'a Register,
        source: &'a Arc<Source>,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            table,
            people,
            source,
            findings,
            read: Vec::new(),
        }
    }

    /// Whether there is a person with this id.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.people.positions.contains_key(id)
    }

    /// Reads the row or edge of a pair.
    pub(super) fn edge(&mut self, edge: &Edge) {
        let from = self
            .people
            .find("ties.from", self.source, &edge.from, self.findings);
        let to = self
            .people
            .find("ties.to", self.source, &edge.to, self.findings);
        let trust = self.answer(
            "ties.trust",
            self.table.trust.as_ref(),
            edge.trust.as_ref(),
            trust,
        );
        let advice = self.answer(
            "ties.advice",
            self.table.advice.as_ref(),
            edge.advice.as_ref(),
            advice,
        );
        let (Some(from), Some(to), Some(trust), Some(mut advice)) = (from, to, trust, advice)
        else {
            return;
        };
        if from == to {
            self.findings.add("self-tie", &self.source.file, || {
                Finding::error(
                    "ties.to",
                    format!("{} has a tie to the same person", quoted(edge.to.text)),
                )
                .at(self.source, edge.to.span.clone())
                .help("a tie joins two different people: correct one of the ids or take it out")
            });
            return;
        }
        if self.table.trust.is_none() && self.table.advice.is_none() {
            // A bare list of pairs says of each that there is a tie.
            advice = Answer::Given(true);
        }
        self.read.push((
            Tie {
                from,
                to,
                trust,
                advice,
            },
            edge.from.span.clone(),
        ));
    }

    /// The answer in a cell; none where it cannot be read, which is reported.
    fn answer<T>(
        &mut self,
        key: &str,
        question: Option<&Question>,
        cell: Option<&Cell>,
        read: fn(&str, &Question) -> Result<T, Wrong>,
    ) -> Option<Answer<T>> {
        let (Some(question), Some(cell)) = (question, cell) else {
            return Some(Answer::NotAsked);
        };
        if number::is_marker(cell.text, &self.table.not_asked) {
            return Some(Answer::NotAsked);
        }
        if number::is_marker(cell.text, &self.table.missing) {
            return Some(Answer::NotAnswered);
        }
        match read(cell.text, question) {
            Ok(answer) => Some(Answer::Given(answer)),
            Err(wrong) => {
                self.findings.add(wrong.kind, &self.source.file, || {
                    finding(key, wrong).at(self.source, cell.span.clone())
                });
                None
            }
        }
    }

    /// The ties by pair; a pair that is listed twice is reported.
    pub(super) fn finish(mut self) -> Vec<Tie> {
        self.read
            .sort_by_key(|(tie, span)| (tie.from, tie.to, span.start));
        let mut ties: Vec<Tie> = Vec::with_capacity(self.read.len());
        let mut first = 0..0;
        for (tie, span) in self.read {
            if ties
                .last()
                .is_some_and(|last| (last.from, last.to) == (tie.from, tie.to))
            {
                self.findings.add("twice", &self.source.file, || {
                    let line = line(&self.source.text, first.start);
                    Finding::error("ties.from", format!("this pair stands in line {line} already"))
                        .at(self.source, span)
                        .help("each ordered pair has one row: take one of the two out (a row from a to b and one from b to a are two pairs)")
                });
            } else {
                first = span;
                ties.push(tie);
            }
        }
        ties
    }
}

fn trust(text: &str, question: &Question) -> Result<f64, Wrong> {
    number::answer(text, question, (0.0, 1.0))
}

/// On a scale everything above its low end is yes.
fn advice(text: &str, question: &Question) -> Result<bool, Wrong> {
    if question.scale.is_some() {
        return number::answer(text, question, (0.0, 1.0)).map(|share| share > 0.0);
    }
    number::yes_or_no(text).ok_or_else(|| Wrong {
        kind: "yes or no",
        message: match text.is_empty() {
            true => "there is no answer here, and the scenario does not say what that means".to_owned(),
            false => format!("{} is neither yes nor no", quoted(text)),
        },
        allowed: YES_OR_NO.to_owned(),
        help: Some(format!(
            "for answers on a scale write advice = {{ column = \"{}\", scale = [1, 5] }}; if it stands for a missing answer, add it to `missing`",
            question.column
        )),
    })
}

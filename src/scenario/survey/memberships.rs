//! The table of memberships: one row for each seat in a forum.

use std::collections::BTreeMap;

use super::finding::{Finding, Findings, quoted};
use super::known::Seat;
use super::number::{self, YES_OR_NO};
use super::personal;
use super::register::Register;
use super::sheet::{Cell, Sheet};
use super::tables::{Ids, Memberships};

/// Reads the seats.
pub(super) fn read(
    table: &Memberships,
    ids: &Ids,
    people: &Register,
    sheet: &Sheet,
    findings: &mut Findings,
) -> Vec<Seat> {
    let id = sheet.column("memberships.id", &table.id, findings);
    let forum = sheet.column("memberships.forum", &table.forum, findings);
    let chair = match &table.chair {
        Some(name) => sheet.column("memberships.chair", name, findings).map(Some),
        None => Some(None),
    };
    let (Some(id), Some(forum), Some(chair)) = (id, forum, chair) else {
        return Vec::new();
    };
    if !personal::opaque("memberships.id", sheet, id, findings) {
        return Vec::new();
    }
    let mut reader = Reader {
        sheet,
        people,
        forums: Register::of_scenario("forum", ids.forums),
        findings,
        lines: BTreeMap::new(),
        chairs: BTreeMap::new(),
    };
    let mut seats = Vec::new();
    for row in &sheet.rows {
        let cells = sheet.cells(row);
        let (Some(id), Some(forum)) = (cells.get(id), cells.get(forum)) else {
            continue;
        };
        let chair = chair.and_then(|column| cells.get(column));
        seats.extend(reader.seat(row.line, id, forum, chair));
    }
    seats
}

struct Reader<'a> {
    sheet: &'a Sheet,
    people: &'a Register,
    forums: Register,
    findings: &'a mut Findings,
    /// Line of each seat, and of each forum's chair.
    lines: BTreeMap<(u32, u32), usize>,
    chairs: BTreeMap<u32, usize>,
}

impl Reader<'_> {
    fn seat(
        &mut self,
        line: usize,
        id: &Cell,
        forum_cell: &Cell,
        chair: Option<&Cell>,
    ) -> Option<Seat> {
        let source = &self.sheet.source;
        let person = self
            .people
            .find("memberships.id", source, id, self.findings);
        let forum = self
            .forums
            .find("memberships.forum", source, forum_cell, self.findings);
        let chairs = chair.is_some_and(|cell| self.chairs(cell));
        let (person, forum) = (person?, forum?);
        if let Some(first) = self.lines.insert((person, forum), line) {
            self.findings.add("twice", &source.file, || {
                Finding::error(
                    "memberships.id",
                    format!(
                        "{} has a seat in {} already, in line {first}",
                        quoted(id.text),
                        quoted(forum_cell.text)
                    ),
                )
                .at(source, id.span.clone())
                .help("take one of the two rows out")
            });
            return None;
        }
        if chairs && let Some(first) = self.chairs.insert(forum, line) {
            self.findings.add("two chairs", &source.file, || {
                Finding::error(
                    "memberships.chair",
                    format!(
                        "{} has a chair already, in line {first}",
                        quoted(forum_cell.text)
                    ),
                )
                .at(source, chair.unwrap_or(id).span.clone())
                .allowed("one chair for each forum")
                .help("write yes in one row of the forum and no in the others")
            });
        }
        Some(Seat {
            person,
            forum,
            chair: chairs,
        })
    }

    /// Whether a cell says that the person chairs; an empty one says no.
    fn chairs(&mut self, cell: &Cell) -> bool {
        if cell.text.is_empty() {
            return false;
        }
        number::yes_or_no(cell.text).unwrap_or_else(|| {
            self.findings.add("yes or no", &self.sheet.source.file, || {
                Finding::error(
                    "memberships.chair",
                    format!("{} is neither yes nor no", quoted(cell.text)),
                )
                .at(&self.sheet.source, cell.span.clone())
                .allowed(YES_OR_NO)
                .help("write yes for the chair; the others may stay empty")
            });
            false
        })
    }
}

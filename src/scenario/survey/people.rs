//! The roster: one row a person.

use std::collections::BTreeMap;

use super::finding::{Finding, Findings, quoted};
use super::known::Person;
use super::number::{self, Wrong, YES_OR_NO};
use super::personal;
use super::register::Register;
use super::sheet::{Cell, Row, Sheet};
use super::tables::{Ids, Question, Roster, attribute_key};
use crate::registry::leaders::Attribute;

/// Where the cells of a person stand.
struct Columns<'a> {
    id: usize,
    group: usize,
    organisation: Option<usize>,
    responded: Option<usize>,
    attributes: Vec<(Attribute, &'a Question, usize)>,
}

/// The people as far as their rows can be read.
pub(super) struct People {
    pub(super) people: Vec<Person>,
    /// Whether `responded` was stated, rather than read from the answers.
    pub(super) stated: bool,
    pub(super) register: Register,
}

/// Reads a roster. Without a readable one there are no people, and ids in other tables are not
/// checked against them.
pub(super) fn read(
    roster: &Roster,
    ids: &Ids,
    sheet: Option<&Sheet>,
    findings: &mut Findings,
) -> People {
    let mut people = People {
        people: Vec::new(),
        stated: roster.responded.is_some(),
        register: Register {
            thing: "person",
            home: "on the roster",
            positions: BTreeMap::new(),
            complete: false,
        },
    };
    let Some(sheet) = sheet else { return people };
    let Some(columns) = columns(roster, sheet, findings) else {
        return people;
    };
    if !personal::opaque("roster.id", sheet, columns.id, findings) {
        return people;
    }
    people.register.complete = sheet.ragged.is_empty();
    let mut reader = Reader {
        roster,
        sheet,
        groups: Register::of_scenario("group", ids.groups),
        organisations: Register::of_scenario("organisation", ids.organisations),
        findings,
    };
    let mut lines = BTreeMap::new();
    for row in &sheet.rows {
        let cells = sheet.cells(row);
        if reader.is_new(&cells, &columns, row, &mut lines)
            && let Some(person) = reader.person(&cells, &columns)
        {
            // Fits: a roster of 64 MiB has fewer than 2^32 rows.
            let position = u32::try_from(people.people.len()).unwrap_or(u32::MAX);
            people
                .register
                .positions
                .insert(person.id.clone(), position);
            people.people.push(person);
        }
    }
    people
}

fn columns<'a>(roster: &'a Roster, sheet: &Sheet, findings: &mut Findings) -> Option<Columns<'a>> {
    let mut optional = |key: &str, name: &Option<String>| match name {
        Some(name) => sheet.column(key, name, findings).map(Some),
        None => Some(None),
    };
    let organisation = optional("roster.organisation", &roster.organisation);
    let responded = optional("roster.responded", &roster.responded);
    let id = sheet.column("roster.id", &roster.id, findings);
    let group = sheet.column("roster.group", &roster.group, findings);
    let attributes: Vec<_> = roster
        .attributes
        .iter()
        .map(|(attribute, question)| {
            let column = sheet.column(&attribute_key(*attribute), &question.column, findings)?;
            Some((*attribute, question, column))
        })
        .collect();
    Some(Columns {
        id: id?,
        group: group?,
        organisation: organisation?,
        responded: responded?,
        attributes: attributes.into_iter().collect::<Option<_>>()?,
    })
}

struct Reader<'a> {
    roster: &'a Roster,
    sheet: &'a Sheet,
    groups: Register,
    organisations: Register,
    findings: &'a mut Findings,
}

impl Reader<'_> {
    /// Whether the row has an id that no earlier row has.
    fn is_new(
        &mut self,
        cells: &[Cell],
        columns: &Columns,
        row: &Row,
        lines: &mut BTreeMap<String, usize>,
    ) -> bool {
        let Some(cell) = cells.get(columns.id) else {
            return false;
        };
        let file = &self.sheet.source.file;
        if cell.text.is_empty() {
            self.findings.add("no id", file, || {
                Finding::error("roster.id", "this row has no id")
                    .at(&self.sheet.source, cell.span.clone())
                    .help("give each person an opaque id such as p01, or take the row out")
            });
            return false;
        }
        if let Some(first) = lines.get(cell.text) {
            self.findings.add("twice", file, || {
                Finding::error("roster.id", format!("the id {} stands twice on the roster, first in line {first}", quoted(cell.text)))
                    .at(&self.sheet.source, cell.span.clone())
                    .help("each person has one row and one id; correct one of the two ids or take one row out")
            });
            return false;
        }
        lines.insert(cell.text.to_owned(), row.line);
        true
    }

    /// The person of a row. What cannot be read is reported and taken as unknown, so that other
    /// tables may still refer to the person.
    fn person(&mut self, cells: &[Cell], columns: &Columns) -> Option<Person> {
        let source = &self.sheet.source;
        let group = self.groups.find(
            "roster.group",
            source,
            cells.get(columns.group)?,
            self.findings,
        );
        let organisation = columns.organisation.and_then(|column| {
            self.organisations.find(
                "roster.organisation",
                source,
                cells.get(column)?,
                self.findings,
            )
        });
        let mut values = Box::new([None; Attribute::COUNT]);
        for (attribute, question, column) in &columns.attributes {
            let cell = cells.get(*column)?;
            values[*attribute as usize] = self.value(*attribute, question, cell);
        }
        let responded = match columns.responded {
            Some(column) => self.responded(cells.get(column)?),
            None => values.iter().any(Option::is_some),
        };
        Some(Person {
            id: cells.get(columns.id)?.text.to_owned(),
            group: group.unwrap_or_default(),
            organisation,
            values,
            responded,
        })
    }

    fn value(&mut self, attribute: Attribute, question: &Question, cell: &Cell) -> Option<f64> {
        if number::is_marker(cell.text, &self.roster.missing) {
            return None;
        }
        let bounds = attribute.entry().bounds().unwrap_or((0.0, 1.0));
        match number::answer(cell.text, question, bounds) {
            Ok(value) => Some(value),
            Err(wrong) => {
                let key = attribute_key(attribute);
                self.findings.add(wrong.kind, &self.sheet.source.file, || {
                    finding(&key, wrong).at(&self.sheet.source, cell.span.clone())
                });
                None
            }
        }
    }

    fn responded(&mut self, cell: &Cell) -> bool {
        number::yes_or_no(cell.text).unwrap_or_else(|| {
            self.findings.add("yes or no", &self.sheet.source.file, || {
                Finding::error(
                    "roster.responded",
                    format!("{} is neither yes nor no", quoted(cell.text)),
                )
                .at(&self.sheet.source, cell.span.clone())
                .allowed(YES_OR_NO)
                .help("say for each person whether he or she answered the survey")
            });
            true
        })
    }
}

/// What is wrong with a cell, as a finding.
pub(super) fn finding(key: &str, wrong: Wrong) -> Finding {
    let finding = Finding::error(key, wrong.message).allowed(wrong.allowed);
    match wrong.help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

//! What rows must satisfy together: references, sizes, contradictions, numbers that can be borne.

use std::collections::BTreeMap;

use super::document::{Document, Table, Value};
use super::import;
use super::interventions;
use super::places::{Places, level};
use super::problem::{Class, Problem, Problems};
use super::value::unknown;
use crate::registry::places::Each;

/// Most leaders of a scenario.
pub(super) const MOST_LEADERS: u128 = 2_000_000;
/// Most organisations, forums and neighbourhoods of a scenario.
pub(super) const MOST_PLACES: u128 = 1_000_000;

/// Checks what rows must satisfy together; what is found is among the problems.
pub(super) fn check(document: &Document, places: &Places, problems: &mut Problems) {
    for (table, most) in [
        ("organisations", MOST_PLACES),
        ("groups", MOST_LEADERS),
        ("forums", MOST_PLACES),
    ] {
        sizes(document.rows(table), table, places, problems);
        numbers(document.rows(table), table, (places, most), problems);
        numbered_ids(document.rows(table), table, problems);
    }
    neighbourhoods(document, places, problems);
    for row in document.rows("groups") {
        group(row, problems);
    }
    let seated = !import::has(document, "memberships");
    for row in document.rows("forums") {
        if seated {
            members(row, problems);
        }
        timing(row, problems);
    }
    interventions::check(document, problems);
    import::check(document, places, problems);
    references(
        document,
        "organisations",
        "groups",
        &["groups.organisations"],
        problems,
    );
    references(
        document,
        "groups",
        "forums",
        &["forums.members", "forums.from", "forums.chair"],
        problems,
    );
    for (table, paths) in [
        ("organisations", &["interventions.organisations"]),
        ("groups", &["interventions.groups"]),
        ("systems", &["interventions.systems"]),
        ("forums", &["interventions.forums"]),
    ] {
        references(document, table, "interventions", paths, problems);
    }
    enough(document, problems);
}

/// What must be there for anything to happen.
fn enough(document: &Document, problems: &mut Problems) {
    let tables = ["organisations", "groups", "forums"].into_iter();
    let missing: Vec<String> = tables
        .filter(|table| document.rows(table).is_empty() && !document.top.refused.contains(*table))
        .map(|table| format!("[[{table}]]"))
        .collect();
    if missing.is_empty() {
        return;
    }
    let message = format!("the scenario has no {}", missing.join(", no "));
    problems.push(
        Problem::error(Class::Missing, &document.top.at, message)
            .allowed("add rows, or extend another scenario")
            .help("extends = \"baseline\" at the top starts from a whole system"),
    );
}

fn sizes(rows: &[Table], table: &str, places: &Places, problems: &mut Problems) {
    let path = format!("{table}.size");
    for row in rows {
        let size = row.text(&path);
        if !size.is_empty() && !places.sizes().any(|known| known == size) {
            problems.push(
                Problem::error(
                    Class::Reference,
                    row.place(&path),
                    format!("no system has the size \"{size}\""),
                )
                .allowed("the size of a row of [[systems]]")
                .help(unknown(size, places.sizes())),
            );
        }
    }
}

fn numbers(rows: &[Table], table: &str, (places, most): (&Places, u128), problems: &mut Problems) {
    let (count, size) = (format!("{table}.count"), format!("{table}.size"));
    let mut total: u128 = 0;
    for row in rows {
        let number = u128::from(row.count(&count).unwrap_or(1))
            * places.number(level(row, table), row.text(&size));
        total = total.saturating_add(number);
        if total > most {
            let things = if table == "groups" { "leaders" } else { table };
            problems.push(
                Problem::error(
                    Class::Range,
                    row.place(&count),
                    format!("these are {} {things} in all up to here", grouped(total)),
                )
                .allowed(format!("up to {}", grouped(most)))
                .help("take a smaller count, fewer systems, or a smaller scale"),
            );
            return;
        }
    }
}

fn neighbourhoods(document: &Document, places: &Places, problems: &mut Problems) {
    let total = places.number(Each::Neighbourhood, "");
    if total > MOST_PLACES {
        problems.push(
            Problem::error(
                Class::Range,
                document.top.place("scale"),
                format!("these are {} neighbourhoods", grouped(total)),
            )
            .allowed(format!("up to {}", grouped(MOST_PLACES)))
            .help("take a smaller scale or fewer systems"),
        );
    }
}

/// A row with a count makes ids with numbers: no other row may have one of them.
fn numbered_ids(rows: &[Table], table: &str, problems: &mut Problems) {
    let (id, count) = (format!("{table}.id"), format!("{table}.count"));
    let counts: BTreeMap<&str, u64> = rows
        .iter()
        .map(|row| (row.text(&id), row.count(&count).unwrap_or(1)))
        .collect();
    for row in rows {
        let Some((stem, number)) = row.text(&id).rsplit_once('-') else {
            continue;
        };
        let Ok(number) = number.parse::<u64>() else {
            continue;
        };
        if counts
            .get(stem)
            .is_some_and(|count| *count > 1 && (1..=*count).contains(&number))
        {
            problems.push(
                Problem::error(
                    Class::Duplicate,
                    row.place(&id),
                    format!("the row \"{stem}\" already makes a \"{}\"", row.text(&id)),
                )
                .allowed("every id once")
                .help("give this row another id: a count numbers the ids of its row"),
            );
        }
    }
}

fn group(row: &Table, problems: &mut Problems) {
    let name = row.text("groups.id");
    if row.value("groups.kind").is_some() && row.value("groups.mix").is_some() {
        problems.push(
            Problem::error(
                Class::Contradiction,
                row.place("groups.mix"),
                format!("the group \"{name}\" has a kind and a mix of kinds"),
            )
            .allowed("one of the two")
            .help("keep `kind` when all its leaders are of one kind, `mix` otherwise"),
        );
    }
    if !row.states("groups.kind") && !row.states("groups.mix") {
        problems.push(
            Problem::error(Class::Missing, &row.at, format!("the group \"{name}\" needs a `kind` or a `mix` of kinds"))
                .allowed("add kind = ... or mix = ...")
                .help("such as kind = \"clinician\", or mix = { clinician = 0.5, manager = 0.35, citizen = 0.15 }"),
        );
    }
    if row.value("groups.organisations").is_some()
        && row.references("groups.organisations").is_empty()
    {
        problems.push(
            Problem::error(
                Class::Contradiction,
                row.place("groups.organisations"),
                format!("the group \"{name}\" works nowhere"),
            )
            .allowed("at least one organisation")
            .help("name the ids of rows of [[organisations]]"),
        );
    }
}

/// Every forum says who sits in it.
fn members(row: &Table, problems: &mut Problems) {
    let name = row.text("forums.id");
    let stated =
        |path: &str| row.states(path) && (row.value(path) != Some(&Value::References(Vec::new())));
    let (members, from, seats) = (
        stated("forums.members"),
        stated("forums.from"),
        row.states("forums.seats"),
    );
    if seats && !from {
        problems.push(
            Problem::error(
                Class::Contradiction,
                row.place("forums.seats"),
                format!("the forum \"{name}\" has seats, but nobody to fill them"),
            )
            .allowed("needs `from`")
            .help("add from = [\"a group\", ...]: the groups that fill the seats"),
        );
    }
    if !seats && from {
        problems.push(
            Problem::error(
                Class::Contradiction,
                row.place("forums.from"),
                format!(
                    "the forum \"{name}\" does not say how many seats are filled from these groups"
                ),
            )
            .allowed("needs `seats`")
            .help("add seats = 8, or write members = [...] to seat all leaders of the groups"),
        );
    }
    if !seats && !from && !members {
        problems.push(
            Problem::error(Class::Contradiction, &row.at, format!("the forum \"{name}\" has no members"))
                .allowed("add members, or seats and from")
                .help("members = [\"a group\"] seats all its leaders; seats = 8 with from = [\"a group\"] seats eight of them"),
        );
    }
}

/// A forum that ends must meet before.
fn timing(row: &Table, problems: &mut Problems) {
    let name = row.text("forums.id");
    let deadline = row.count("forums.deadline").unwrap_or(0);
    let start = row.count("forums.start").unwrap_or(1);
    if deadline != 0 && deadline < start {
        problems.push(
            Problem::error(Class::Contradiction, row.place("forums.deadline"), format!("the forum \"{name}\" ends in month {deadline}, before its first meeting in month {start}"))
                .allowed(format!("0 for none, or {start} and later"))
                .help("make the deadline later or the start earlier"),
        );
    }
}

fn references(
    document: &Document,
    table: &str,
    in_table: &str,
    paths: &[&str],
    problems: &mut Problems,
) {
    if document.top.refused.contains(table) {
        return;
    }
    let id = format!("{table}.id");
    let known: Vec<&str> = document
        .rows(table)
        .iter()
        .map(|row| row.text(&id))
        .collect();
    for row in document.rows(in_table) {
        for path in paths {
            let chair = match row.value(path) {
                Some(Value::Chair(_, Some(leader))) => std::slice::from_ref(leader),
                _ => &[],
            };
            for reference in row.references(path).iter().chain(chair) {
                if !known.contains(&reference.id.as_str()) {
                    problems.push(
                        Problem::error(
                            Class::Reference,
                            &reference.at,
                            format!("there is no \"{}\" in [[{table}]]", reference.id),
                        )
                        .allowed("an id that a row has")
                        .help(unknown(&reference.id, known.iter().copied())),
                    );
                }
            }
        }
    }
}

/// A large number with commas, for reading.
pub(super) fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

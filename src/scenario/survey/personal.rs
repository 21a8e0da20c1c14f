//! Surveyed people are protected: tables that hold names, addresses or dates of birth are refused.
//!
//! A finding of this kind never repeats a cell, and its source holds the line with the column
//! names alone, so that no message or log shows what it warns of.

use std::sync::Arc;

use super::finding::{Finding, Findings, Source, list};
use super::sheet::{Cell, Sheet};

/// Words that make a column personal wherever they stand in its name.
const PERSONAL: &[&str] = &[
    "email",
    "mail",
    "firstname",
    "lastname",
    "surname",
    "forename",
    "fullname",
    "phone",
    "telephone",
    "tel",
    "mobile",
    "address",
    "postcode",
    "zip",
    "zipcode",
    "dob",
    "birth",
    "birthdate",
    "birthday",
    "dateofbirth",
    "nino",
    "ssn",
    "passport",
    "signature",
    "latitude",
    "longitude",
    "ipaddress",
    "vorname",
    "nachname",
    "prenom",
];

/// Pairs and triples of words that make a column personal.
const PHRASES: &[&str] = &[
    "e mail",
    "nhs number",
    "nhs no",
    "national insurance",
    "social security",
    "gmc number",
    "gmc no",
    "nmc pin",
    "staff number",
    "employee number",
    "payroll number",
    "medical record",
    "ip",
];

/// Things whose name is not a person's.
const THINGS: &[&str] = &[
    "forum",
    "team",
    "organisation",
    "organization",
    "org",
    "group",
    "trust",
    "site",
    "ward",
    "unit",
    "department",
    "role",
    "file",
    "column",
    "question",
    "variable",
    "practice",
    "board",
    "committee",
    "region",
    "system",
    "project",
];

/// What to do about it.
const HOW_TO: &str = "give each person an opaque id such as p01, take this column out, and keep the list of ids and people in another, protected file that no scenario names";

/// Whether the name of a column says that it holds personal data.
pub(super) fn is_personal(column: &str) -> bool {
    let words = words(column);
    let joined = words.concat();
    let spoken = format!(" {} ", words.join(" "));
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let names = words.iter().any(|word| word == "name" || word == "names") && !has(THINGS);
    names
        || has(PERSONAL)
        || PERSONAL.contains(&joined.as_str())
        || joined == "nhsnumber"
        || joined == "username"
        || PHRASES
            .iter()
            .any(|phrase| spoken.contains(&format!(" {phrase} ")))
}

/// The words of a name such as `dateOfBirth`, `E-Mail`, `NHS_number`, in small letters.
fn words(column: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for letter in column.chars() {
        let starts = !letter.is_alphanumeric() || (letter.is_uppercase() && after_small);
        if starts {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        after_small = letter.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a cell looks like an e-mail address.
pub(super) fn is_address(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && domain
                    .split_once('.')
                    .is_some_and(|(host, end)| !host.is_empty() && !end.is_empty())
        })
    })
}

/// Whether a text can be an opaque id: letters, digits, - and _.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_alphanumeric() || "-_".contains(letter))
}

/// The finding about a personal column of a table or attribute of a network file.
pub(super) fn column(key: &str, name: &str) -> Finding {
    Finding::error(key, format!("the column {} would hold personal data", list([name].into_iter())))
        .allowed("opaque ids and answers only: no names, e-mail addresses, phone numbers, dates of birth or numbers of registers")
        .help(HOW_TO)
}

/// Looks for personal columns and cells; true when the table must not be read on.
pub(super) fn refuse(key: &str, sheet: &Sheet, findings: &mut Findings) -> bool {
    let (cells, first) = addresses(sheet);
    let shown = bare(sheet);
    let mut refused = false;
    for header in &sheet.headers {
        if is_personal(&header.name) {
            refused = true;
            findings.add("personal data", &sheet.source.file, || {
                column(key, &header.name).at(&shown, header.span.clone())
            });
        }
    }
    for (position, header) in sheet.headers.iter().enumerate() {
        let (Some(count), Some(line)) = (cells.get(position), first.get(position)) else {
            continue;
        };
        if *count > 0 && !is_personal(&header.name) {
            refused = true;
            findings.add("personal data", &sheet.source.file, || {
                address_finding(key, *count, *line).at(&shown, header.span.clone())
            });
        }
    }
    if sheet.headers.iter().any(|header| is_address(&header.name)) {
        refused = true;
        findings.add("personal data", &sheet.source.file, || {
            address_finding(key, 1, 1).at(&shown, 0..0)
        });
    }
    refused
}

fn address_finding(key: &str, count: usize, line: usize) -> Finding {
    let cells = match count {
        1 => format!("a cell that looks like an e-mail address, in line {line}"),
        _ => format!("{count} cells that look like e-mail addresses, the first in line {line}"),
    };
    Finding::error(key, format!("this column holds {cells}"))
        .allowed("opaque ids and answers only")
        .help(HOW_TO)
}

/// The finding about a network file with e-mail addresses in it.
pub(super) fn addresses_in(file: &str) -> Finding {
    Finding::error(
        "ties.file",
        format!("{file} holds what looks like e-mail addresses"),
    )
    .allowed("opaque ids and answers only")
    .help(HOW_TO)
}

/// For each column the number of cells that look like addresses, and the line of the first.
fn addresses(sheet: &Sheet) -> (Vec<usize>, Vec<usize>) {
    let mut count = vec![0; sheet.headers.len()];
    let mut first = vec![0; sheet.headers.len()];
    for row in sheet.rows.iter().chain(&sheet.ragged) {
        for (position, cell) in row.cells.iter().enumerate() {
            if !is_address(cell) {
                continue;
            }
            // A row that is too long counts with the last column.
            let column = position.min(sheet.headers.len().saturating_sub(1));
            if let (Some(count), Some(first)) = (count.get_mut(column), first.get_mut(column)) {
                if *count == 0 {
                    *first = row.line;
                }
                *count += 1;
            }
        }
    }
    (count, first)
}

/// The source without its rows; without any text where the first line is no line of names.
fn bare(sheet: &Sheet) -> Arc<Source> {
    let text = if sheet.headers.iter().any(|header| is_address(&header.name)) {
        String::new()
    } else {
        let end = sheet.headers.last().map_or(0, |header| header.span.end);
        sheet.source.text.get(..end).unwrap_or_default().to_owned()
    };
    Arc::new(Source {
        file: sheet.source.file.clone(),
        text,
    })
}

/// Whether all cells of a column are opaque ids. Where one is not, the finding shows none: it may
/// be a name.
pub(super) fn opaque(key: &str, sheet: &Sheet, column: usize, findings: &mut Findings) -> bool {
    let odd = |cells: &[Cell]| {
        cells
            .get(column)
            .is_some_and(|cell| !cell.text.is_empty() && !is_id(cell.text))
    };
    let mut lines = sheet
        .rows
        .iter()
        .filter(|row| odd(&sheet.cells(row)))
        .map(|row| row.line);
    let Some(first) = lines.next() else {
        return true;
    };
    let count = 1 + lines.count();
    if let Some(header) = sheet.headers.get(column) {
        findings.add("personal data", &sheet.source.file, || {
            not_opaque(key, count, Some(first)).at(&bare(sheet), header.span.clone())
        });
    }
    false
}

/// The finding about ids with other letters than an opaque id has.
pub(super) fn not_opaque(key: &str, count: usize, line: Option<usize>) -> Finding {
    let ids = match count {
        1 => "1 id has".to_owned(),
        _ => format!("{count} ids have"),
    };
    let place = line.map_or(String::new(), |line| format!(" (the first in line {line})"));
    let message = format!(
        "{ids} other characters than letters, digits, - and _{place}; names of people are not accepted as ids"
    );
    Finding::error(key, message)
        .allowed("letters, digits, - and _, such as p01")
        .help(HOW_TO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_columns_are_known_in_many_spellings() {
        for column in [
            "name",
            "Name",
            "first_name",
            "FirstName",
            "LAST NAME",
            "Surname",
            "participant_name",
            "your name",
            "email",
            "E-Mail",
            "e-mail address",
            "RecipientEmail",
            "phone",
            "Telephone number",
            "NHS number",
            "nhs_no",
            "nhsNumber",
            "NHSNumber",
            "date of birth",
            "DateOfBirth",
            "DOB",
            "dateofbirth",
            "postcode",
            "IPAddress",
            "ip",
            "home address",
            "username",
            "Nachname",
        ] {
            assert!(is_personal(column), "{column}");
        }
    }

    #[test]
    fn other_columns_are_not() {
        for column in [
            "person",
            "group",
            "team",
            "team_name",
            "forum name",
            "organisation_name",
            "q7",
            "answered",
            "trust",
            "advice",
            "skill",
            "tenure",
            "telling",
            "ship",
            "participation",
            "id",
        ] {
            assert!(!is_personal(column), "{column}");
        }
    }

    #[test]
    fn addresses_are_seen_inside_cells() {
        assert!(is_address("p.01@trust.nhs.uk"));
        assert!(is_address("write to a@b.org please"));
        for text in ["p01", "@", "a@b", "3 @ 4.5", "@b.org"] {
            assert!(!is_address(text), "{text}");
        }
    }
}

//! What `horizon` says, and what the verbs that run say of it in a few lines.

use super::Looked;
use crate::analysis::horizon::{Against, Course, Flag, Row};
use crate::cli::Failure;
use crate::cli::job::Job;
use crate::cli::table::{number, table};
use std::path::Path;

/// Rows of a table; the file has all.
const MOST_ROWS: usize = 40;
/// Differences of one kind that are named in a few lines.
const NAMED: usize = 3;

/// The lines of the table.
pub(super) fn lines(looked: &Looked) -> Vec<Vec<String>> {
    let head = Row::COLUMNS.map(str::to_owned).to_vec();
    std::iter::once(head)
        .chain(looked.rows.iter().map(Row::fields))
        .collect()
}

/// Writes the table where no results folder is.
pub(super) fn save(path: &Path, looked: &Looked) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::Other(format!("cannot write {}: {error}", path.display()))
    };
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut writer = csv::Writer::from_path(path).map_err(|error| failed(&error))?;
    for line in lines(looked) {
        writer.write_record(line).map_err(|error| failed(&error))?;
    }
    writer.flush().map_err(|error| failed(&error))
}

/// Everything as JSON; of the outcomes that are shown, where they are given.
pub(in crate::cli) fn json(looked: &Looked, names: Option<&[String]>) -> serde_json::Value {
    let rows = looked.rows.iter();
    let rows = rows.filter(|row| names.is_none_or(|names| shown(row, names)));
    serde_json::json!({
        "replicates": looked.sample.replicates, "points": looked.sample.points,
        "left_out": looked.left_out, "rows": rows.collect::<Vec<_>>(),
    })
}

fn shown(row: &Row, names: &[String]) -> bool {
    names.iter().any(|name| name == row.outcome)
}

/// The tables for people.
pub(super) fn text(job: &Job, looked: &Looked, names: &[String]) -> String {
    let rows: Vec<&Row> = looked.rows.iter().filter(|row| shown(row, names)).collect();
    let title = job.experiment.scenarios[0].title().to_owned();
    let mut parts = vec![format!("{title}\n\n{}", looked_at(looked))];
    parts.extend((!looked.left_out.is_empty()).then(|| sentences(&looked.left_out)));
    parts.push(outcomes(job, &rows));
    if rows.iter().any(|row| row.against.is_some()) {
        parts.push(differences(job, &rows));
    }
    let said = advice(job, &rows, usize::MAX);
    if !said.is_empty() {
        parts.push(format!("What to do\n{}", said.join("\n")));
    }
    parts.join("\n\n")
}

/// The same in a few lines, of the outcomes that are shown; empty where there is nothing to say.
pub(super) fn brief(job: &Job, looked: &Looked, names: &[String]) -> String {
    let rows: Vec<&Row> = looked.rows.iter().filter(|row| shown(row, names)).collect();
    let mut said = advice(job, &rows, NAMED);
    let counted = counts(&rows);
    if !counted.is_empty() {
        said.insert(0, counted);
    }
    if said.is_empty() {
        return String::new();
    }
    said.insert(0, looked_at(looked) + " (horizon.csv)");
    said.extend(looked.left_out.iter().map(|one| format!("  {one}")));
    said.join("\n")
}

/// How many differences take each course; empty where there are none.
fn counts(rows: &[&Row]) -> String {
    let latest = |against: &Against| against.to_double.or(against.to_whole);
    let courses = rows.iter().filter_map(|row| latest(row.against.as_ref()?));
    let courses: Vec<Course> = courses.collect();
    let count = |course: Course| courses.iter().filter(|one| **one == course).count();
    let counts = Course::ALL.into_iter().filter(|course| count(*course) > 0);
    let counts = counts.map(|course| format!("{} {}", count(course), verb(course, count(course))));
    let counts = counts.collect::<Vec<_>>().join(", ");
    match (counts.is_empty(), count(Course::Open)) {
        (true, _) => String::new(),
        (false, 0) => format!("  differences from the baseline: {counts}"),
        _ => format!(
            "  differences from the baseline: {counts}; {}",
            Course::Open.advice()
        ),
    }
}

/// A course of so many differences, in words.
fn verb(course: Course, count: usize) -> &'static str {
    match (course, count) {
        (Course::Open, 1) => "is open",
        (Course::Open, _) => "are open",
        (course, 1) => course.word(),
        (Course::Turns, _) => "turn",
        (Course::Fades, _) => "fade",
        (Course::Grows, _) => "grow",
        (Course::Holds, _) => "hold",
    }
}

/// What was looked at.
fn looked_at(looked: &Looked) -> String {
    let looks = ["half", "the whole", "twice"]
        .into_iter()
        .zip(&looked.months);
    let looks = looks.filter(|(_, months)| !months.is_empty());
    let words = looks.map(|(word, months)| match (months.first(), months.len()) {
        (Some(months), 1) => format!("{word} ({months} months)"),
        _ => word.to_owned(),
    });
    let points = match looked.sample.points.len() {
        1 => String::new(),
        many => format!(" of {many} design points"),
    };
    format!(
        "At {} of the horizon, {} replicates{points} with the same luck",
        words.collect::<Vec<_>>().join(", "),
        looked.sample.replicates
    )
}

/// Sentences of which each ends a line.
fn sentences(all: &[String]) -> String {
    let first = |text: &String| {
        let mut letters = text.chars();
        let first = letters
            .next()
            .map(|letter| letter.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str() + "."
    };
    all.iter().map(first).collect::<Vec<_>>().join("\n")
}

/// A table under its title.
fn titled(title: &str, head: &[&str], rows: Vec<Vec<String>>) -> String {
    let more = rows.len().saturating_sub(MOST_ROWS);
    let shown = table(head, rows.into_iter().take(MOST_ROWS));
    match more {
        0 => format!("{title}\n{shown}"),
        _ => format!("{title}\n{shown}\n{more} more rows in the table of all outcomes"),
    }
}

fn outcomes(job: &Job, rows: &[&Row]) -> String {
    let lines = rows.iter().map(|row| {
        let change = row.change.map(|change| change.ninety_five);
        let ends = [change.map(|one| one.low), change.map(|one| one.high)].map(number);
        let flags: Vec<&str> = row.flags.iter().map(|flag| flag.word()).collect();
        let named = [
            job.experiment.words(row.design_id),
            row.outcome.to_owned(),
            row.unit.clone(),
        ];
        named
            .into_iter()
            .chain(row.means.map(number))
            .chain([format!("{} to {}", ends[0], ends[1]), number(row.smallest)])
            .chain([if flags.is_empty() {
                "-".to_owned()
            } else {
                flags.join(", ")
            }])
            .collect()
    });
    let head = [
        "design point",
        "outcome",
        "unit",
        "half",
        "whole",
        "twice",
        "change to twice, 95 %",
        "matters from",
        "flag",
    ];
    titled("Outcomes, totals a year", &head, lines.collect())
}

fn differences(job: &Job, rows: &[&Row]) -> String {
    let lines = rows.iter().filter_map(|row| {
        let against = row.against.as_ref()?;
        let cell = |at: usize| {
            let mean = against.differences[at].map(|one| one.value);
            let verdict = against.verdicts[at].map_or("", |one| one.word());
            format!("{} {verdict}", number(mean)).trim_end().to_owned()
        };
        let word = |course: Option<Course>| course.map_or("-", Course::word).to_owned();
        Some(vec![
            job.experiment.words(row.design_id),
            row.outcome.to_owned(),
            cell(0),
            cell(1),
            cell(2),
            word(against.to_whole),
            word(against.to_double),
        ])
    });
    let head = [
        "design",
        "outcome",
        "half",
        "whole",
        "twice",
        "half to whole",
        "whole to twice",
    ];
    titled(
        "Differences from the baseline, of totals a year",
        &head,
        lines.collect(),
    )
}

/// One line a course that is not the same later, and one a flag; at most so many items each.
fn advice(job: &Job, rows: &[&Row], most: usize) -> Vec<String> {
    let line = |word: &str, mut items: Vec<String>, advice: &str| {
        let more = items.len().saturating_sub(most);
        items.truncate(most);
        items.extend((more > 0).then(|| format!("{more} more")));
        (!items.is_empty()).then(|| format!("  {word}: {}: {advice}", items.join("; ")))
    };
    let courses = [Course::Turns, Course::Fades, Course::Grows].into_iter();
    let courses = courses
        .filter_map(|course| line(course.word(), changed(job, rows, course), course.advice()));
    let flags = Flag::ALL.into_iter();
    let flags = flags.filter_map(|flag| {
        let outcomes = flagged(rows, flag);
        let items = if outcomes.is_empty() {
            Vec::new()
        } else {
            vec![outcomes.join(", ")]
        };
        line(flag.word(), items, flag.advice())
    });
    courses.chain(flags).collect()
}

/// The outcomes with a flag, and at how many of the design points where they are not at all.
fn flagged(rows: &[&Row], flag: Flag) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    for row in rows {
        if !names.contains(&row.outcome) {
            names.push(row.outcome);
        }
    }
    let said = names.into_iter().filter_map(|name| {
        let of = || rows.iter().filter(|row| row.outcome == name);
        let (all, such) = (
            of().count(),
            of().filter(|row| row.flags.contains(&flag)).count(),
        );
        match such {
            0 => None,
            _ if such == all => Some(name.to_owned()),
            _ => Some(format!("{name} ({such} of {all})")),
        }
    });
    said.collect()
}

/// The differences that take a course: outcomes of a design that have the same verdicts before and
/// after.
fn changed(job: &Job, rows: &[&Row], wanted: Course) -> Vec<String> {
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    for row in rows {
        let Some(against) = row.against.as_ref() else {
            continue;
        };
        let looks = match wanted {
            course if against.to_double == Some(course) => [1, 2],
            course if against.to_whole == Some(course) => [0, 1],
            _ => continue,
        };
        let words = ["half", "the whole", "twice"];
        let verdict = |look: usize| against.verdicts[look].map_or("undecided", |one| one.word());
        let said = looks.map(|look| format!("{} at {}", verdict(look), words[look]));
        let design = job.experiment.words(row.design_id);
        let said = format!("of \"{design}\", {}", said.join(" and "));
        match found.iter_mut().find(|(other, _)| *other == said) {
            Some((_, outcomes)) => outcomes.push(row.outcome),
            None => found.push((said, vec![row.outcome])),
        }
    }
    let item = |(said, outcomes): (String, Vec<&str>)| format!("{} {said}", outcomes.join(", "));
    found.into_iter().map(item).collect()
}

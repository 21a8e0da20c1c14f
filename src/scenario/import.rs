//! The survey that a scenario names: its statements become tables, what is found in them problems.

use std::sync::Arc;

use super::document::{Document, Table, Value};
use super::library;
use super::places::{Layout, Places, thing_id};
use super::problem::{Class, Problem, Problems};
use super::rules::MOST_LEADERS;
use super::source::{At, Home, Source};
use super::survey::{
    self, Finding, Ids, Memberships, Question, Roster, Severity, Survey, Tables, Ties,
};

/// Share of answers below which a surveyed network is an illustration only (Costenbader and
/// Valente 2003; Kossinets 2006).
const FEW_ANSWERS: f64 = 0.7;

/// Whether a document has one of the tables `roster`, `memberships` and `ties`.
#[must_use]
pub(super) fn has(document: &Document, table: &str) -> bool {
    document.top.states(&format!("{table}.file"))
}

/// Imports the survey of a document whose rows satisfy each other; none where it names no roster,
/// or where there is an error.
pub(super) fn import(
    document: &Document,
    places: &Places,
    problems: &mut Problems,
) -> Option<Survey> {
    let tables = tables(document)?;
    let groups = document.rows("groups").iter();
    let groups: Vec<String> = groups.map(|row| row.text("groups.id").to_owned()).collect();
    let (organisations, forums) = (
        thing_ids(document, "organisations", places),
        thing_ids(document, "forums", places),
    );
    let ids = Ids {
        groups: &groups,
        organisations: &organisations,
        forums: &forums,
    };
    let open = |key: &str, file: &str| match home(document, key) {
        Home::Folder(folder) => survey::read(folder, file),
        Home::Library => library::file(file)
            .map(<[u8]>::to_vec)
            .ok_or_else(|| std::io::ErrorKind::NotFound.into()),
    };
    let import = survey::import(&tables, &ids, &open);
    let mut sources = Sources::default();
    for finding in import.findings {
        problems.push(sources.problem(finding, document));
    }
    let survey = import.survey?;
    many(&survey, document, problems);
    few_answers(&survey, document, problems);
    empty_groups(&survey, document, problems);
    Some(survey)
}

/// The ids of all things that the rows of a table stand for.
fn thing_ids(document: &Document, table: &str, places: &Places) -> Vec<String> {
    let rows = document.rows(table);
    let layout = Layout::new(rows, table, places);
    let path = format!("{table}.id");
    let things = layout.things.iter().filter_map(|thing| {
        let id = rows.get(thing.row)?.text(&path);
        Some(thing_id(id, thing.number, &places.suffix(thing.place)))
    });
    things.collect()
}

/// Where the file of a key is looked for: beside the text that states it, or for a change from the
/// command line beside the scenario.
fn home<'a>(document: &'a Document, key: &str) -> &'a Home {
    let stated = &document.top.place(key).source;
    if stated.is_change() {
        &document.top.at.source.home
    } else {
        &stated.home
    }
}

/// What a document says of its survey; none without a roster.
fn tables(document: &Document) -> Option<Tables> {
    let top = &document.top;
    has(document, "roster").then(|| Tables {
        roster: Roster {
            file: top.text("roster.file").to_owned(),
            id: top.text("roster.id").to_owned(),
            group: top.text("roster.group").to_owned(),
            organisation: column(top, "roster.organisation"),
            attributes: match top.value("roster.attributes") {
                Some(Value::AttributeColumns(columns)) => columns.clone(),
                _ => Vec::new(),
            },
            missing: markers(top, "roster.missing"),
            responded: column(top, "roster.responded"),
        },
        memberships: has(document, "memberships").then(|| Memberships {
            file: top.text("memberships.file").to_owned(),
            id: top.text("memberships.id").to_owned(),
            forum: top.text("memberships.forum").to_owned(),
            chair: column(top, "memberships.chair"),
        }),
        ties: has(document, "ties").then(|| Ties {
            file: top.text("ties.file").to_owned(),
            from: column(top, "ties.from"),
            to: column(top, "ties.to"),
            id: column(top, "ties.id"),
            trust: question(top, "ties.trust"),
            advice: question(top, "ties.advice"),
            missing: markers(top, "ties.missing"),
            not_asked: markers(top, "ties.not_asked"),
        }),
    })
}

fn column(top: &Table, path: &str) -> Option<String> {
    Some(top.text(path).to_owned()).filter(|name| !name.is_empty())
}

fn question(top: &Table, path: &str) -> Option<Question> {
    match top.value(path) {
        Some(Value::Column(question)) => Some(question.clone()),
        _ => None,
    }
}

fn markers(top: &Table, path: &str) -> Vec<String> {
    match top.value(path) {
        Some(Value::Markers(markers)) => markers.clone(),
        _ => Vec::new(),
    }
}

/// Texts of tables that problems point into, each once.
#[derive(Default)]
struct Sources {
    known: Vec<(Arc<survey::Source>, Arc<Source>)>,
}

impl Sources {
    /// A finding as a problem: in its table, or else at the key that it concerns.
    fn problem(&mut self, finding: Finding, document: &Document) -> Problem {
        let at = match &finding.place {
            Some(place) => At::new(&self.source(&place.source), place.span.clone()),
            None => key_place(&document.top, &finding.key).clone(),
        };
        let problem = Problem::error(Class::Survey, &at, finding.message);
        let mut problem = problem.allowed(finding.allowed.unwrap_or_default());
        problem.severity = match finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        };
        match finding.help {
            Some(help) => problem.help(help),
            None => problem,
        }
    }

    fn source(&mut self, table: &Arc<survey::Source>) -> Arc<Source> {
        let known = self
            .known
            .iter()
            .find(|(known, _)| Arc::ptr_eq(known, table));
        if let Some((_, source)) = known {
            return Arc::clone(source);
        }
        // Tables come after all texts of a scenario, in the order of their findings.
        let order = usize::MAX / 2 + self.known.len();
        let source = Source::new(&table.file, &table.text, order);
        self.known.push((Arc::clone(table), Arc::clone(&source)));
        source
    }
}

/// Where a key stands, or the nearest table above it that is stated.
fn key_place<'a>(top: &'a Table, key: &str) -> &'a At {
    let mut path = key;
    loop {
        if let Some(stated) = top.keys.get(path) {
            return &stated.at;
        }
        match path.rsplit_once('.') {
            Some((table, _)) if table.contains('.') => path = table,
            _ => return top.place(&format!("{}.file", path.split('.').next().unwrap_or(path))),
        }
    }
}

fn many(survey: &Survey, document: &Document, problems: &mut Problems) {
    let people = survey.people.len();
    if people as u128 > MOST_LEADERS {
        let message = format!("{people} people stand on the roster");
        let problem = Problem::error(Class::Range, document.top.place("roster.file"), message);
        problems.push(problem.allowed(format!("up to {MOST_LEADERS}")));
    }
}

fn few_answers(survey: &Survey, document: &Document, problems: &mut Problems) {
    let response = survey.response();
    if response.rate().is_some_and(|rate| rate < FEW_ANSWERS) {
        let message = format!(
            "{} of {} people answered: less than 70 %",
            response.answered, response.asked
        );
        problems.push(
            Problem::warning(document.top.place("roster.file"), message).help(
                "read results as an illustration: measures of a network suffer as answers go missing (Costenbader and Valente 2003; Kossinets 2006)",
            ),
        );
    }
}

fn empty_groups(survey: &Survey, document: &Document, problems: &mut Problems) {
    let rows = document.rows("groups");
    let mut has_people = vec![false; rows.len()];
    for person in &survey.people {
        if let Some(has_people) = has_people.get_mut(person.group as usize) {
            *has_people = true;
        }
    }
    for (row, _) in rows.iter().zip(has_people).filter(|(_, has)| !has) {
        let message = format!(
            "nobody on the roster is in the group \"{}\"",
            row.text("groups.id")
        );
        problems.push(
            Problem::advice(row.place("groups.id"), message)
                .allowed("a group without leaders")
                .help("take the group out, or check the ids of groups on the roster"),
        );
    }
}

/// Checks what a survey asks of the rest of a scenario.
pub(super) fn check(document: &Document, places: &Places, problems: &mut Problems) {
    if has(document, "roster") {
        one_system(document, places, problems);
    } else {
        without_roster(document, problems);
    }
    if has(document, "memberships") {
        for row in document.rows("forums") {
            without_members(row, problems);
        }
    }
}

fn without_roster(document: &Document, problems: &mut Problems) {
    for table in ["memberships", "ties"]
        .into_iter()
        .filter(|table| has(document, table))
    {
        let at = document.top.place(&format!("{table}.file"));
        let message = format!("[{table}] needs a [roster]: the people whom it is about");
        problems.push(
            Problem::error(Class::Missing, at, message)
                .allowed("add [roster]")
                .help("its keys: file, id, group; one row a person"),
        );
    }
}

fn one_system(document: &Document, places: &Places, problems: &mut Problems) {
    if places.systems.len() <= 1 && places.scale <= 1 {
        return;
    }
    let key = if places.scale > 1 {
        "scale"
    } else {
        "roster.file"
    };
    let message = "a surveyed network is one system, in one copy";
    problems.push(
        Problem::error(Class::Contradiction, document.top.place(key), message)
            .allowed("one row of [[systems]] or none, and scale = 1")
            .help("write a scenario for each surveyed system"),
    );
}

/// Who sits in a forum follows from the memberships, and from them alone.
fn without_members(row: &Table, problems: &mut Problems) {
    for path in ["forums.members", "forums.seats", "forums.from"] {
        if let Some(stated) = row.keys.get(path) {
            let key = path.trim_start_matches("forums.");
            let message = format!(
                "the forum \"{}\" has `{key}`, and the scenario has [memberships]",
                row.text("forums.id")
            );
            problems.push(
                Problem::error(Class::Contradiction, &stated.key_at, message)
                    .allowed("one of the two")
                    .help("take this line out: who sits in the forum follows from the table"),
            );
        }
    }
}

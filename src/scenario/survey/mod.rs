//! Surveyed networks: roster, memberships and ties from CSV tables and GraphML.
//!
//! # What a missing answer means
//!
//! | in the tie table | in words | what follows |
//! |---|---|---|
//! | an answer | there is a tie, and this is its trust | tie with known trust |
//! | a value of `missing` | the pair was asked and not answered | tie; its trust is drawn as for any tie |
//! | a value of `not_asked` | nobody asked about this pair | open: the informal network's generator may draw a tie |
//! | no row, `from` answered | `from` did not name `to` | no tie |
//! | no row, `from` did not answer | what `from` would have said is unknown | open |
//!
//! Where trust and advice are both asked, a pair is open if neither was asked, and no tie if
//! advice is answered with no and trust was not asked; otherwise it is a tie, and an advice tie
//! unless advice is answered with no. An attribute of a person without an answer is drawn from the
//! distribution of the person's group.
//!
//! # Data protection
//!
//! A table with names, addresses or other personal data is refused, and no message repeats them.

mod finding;
mod graphml;
mod known;
mod memberships;
mod nearest;
mod number;
mod people;
mod personal;
mod register;
mod response;
mod sheet;
mod tables;
mod text;
mod ties;

use std::io;
use std::sync::Arc;

use finding::Findings;
use people::People;
use sheet::{Sheet, counted};

pub use finding::{Finding, Place, SHOWN, Severity, Source};
pub use known::{Answer, Pair, Person, Seat, Survey, Tie};
pub use response::Response;
pub use tables::{Ids, Memberships, Question, Roster, Tables, Ties};
pub use text::{LARGEST_FILE, read};

#[cfg(test)]
mod tests;

/// What an import brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// The survey, unless a finding is an error.
    pub survey: Option<Survey>,
    /// All findings, file by file from top to bottom.
    pub findings: Vec<Finding>,
}

/// Gives the bytes of a file by the key that names it, such as `roster.file`, and its name there.
pub type Open<'a> = &'a dyn Fn(&str, &str) -> io::Result<Vec<u8>>;

/// Imports the tables that a scenario names. `open` gives a file's bytes: [`read`] for files on
/// disk, at most one byte beyond [`LARGEST_FILE`].
#[must_use]
pub fn import(tables: &Tables, ids: &Ids, open: Open) -> Import {
    let mut findings = Findings::default();
    tables.check(&mut findings);
    let mut files = Files {
        open,
        hasher: blake3::Hasher::new(),
    };
    let source = files.source("roster.file", &tables.roster.file, &mut findings);
    let sheet = source.and_then(|source| Sheet::open("roster.file", &source, &mut findings));
    let mut people = people::read(&tables.roster, ids, sheet.as_ref(), &mut findings);
    let seats = files.seats(tables, ids, &people, &mut findings);
    let ties = files.ties(tables, &people, &mut findings);
    let asked = people.stated || !tables.roster.attributes.is_empty() || tables.ties.is_some();
    if asked {
        respondents(&mut people, &ties, tables, &mut findings);
    }
    let survey = Survey {
        people: people.people,
        seats,
        ties,
        has_ties: tables.ties.is_some(),
        asked,
        digest: files.hasher.finalize().to_hex().to_string(),
    };
    let findings = findings.ordered();
    let sound = findings
        .iter()
        .all(|finding| finding.severity != Severity::Error);
    Import {
        survey: sound.then_some(survey),
        findings,
    }
}

struct Files<'a> {
    open: Open<'a>,
    hasher: blake3::Hasher,
}

impl Files<'_> {
    fn seats(
        &mut self,
        tables: &Tables,
        ids: &Ids,
        people: &People,
        findings: &mut Findings,
    ) -> Vec<Seat> {
        let seats = tables.memberships.as_ref().and_then(|table| {
            let source = self.source("memberships.file", &table.file, findings)?;
            let sheet = Sheet::open("memberships.file", &source, findings)?;
            let register = &people.register;
            Some(memberships::read(table, ids, register, &sheet, findings))
        });
        seats.unwrap_or_default()
    }

    fn ties(&mut self, tables: &Tables, people: &People, findings: &mut Findings) -> Vec<Tie> {
        let ties = tables.ties.as_ref().and_then(|table| {
            let source = self.source("ties.file", &table.file, findings)?;
            if graphml::is_named_so(&table.file) {
                return Some(graphml::read(table, &people.register, &source, findings));
            }
            let sheet = Sheet::open("ties.file", &source, findings)?;
            Some(ties::read(table, &people.register, &sheet, findings))
        });
        ties.unwrap_or_default()
    }

    /// The text of a file; none when it cannot be read, which is reported.
    fn source(&mut self, key: &str, file: &str, findings: &mut Findings) -> Option<Arc<Source>> {
        let bytes =
            (self.open)(key, file).map_err(|error| Box::new(text::unopened(key, file, &error)));
        let source = bytes.and_then(|bytes| {
            self.hasher.update(&(bytes.len() as u64).to_le_bytes());
            self.hasher.update(&bytes);
            text::decode(key, file, bytes)
        });
        match source {
            Ok(source) => Some(source),
            Err(finding) => {
                findings.add("file", file, || *finding);
                None
            }
        }
    }
}

/// Settles who answered where the roster does not say, and notes what looks odd.
fn respondents(people: &mut People, ties: &[Tie], tables: &Tables, findings: &mut Findings) {
    let mut named = vec![false; people.people.len()];
    let gave = |tie: &&Tie| tie.trust.given().is_some() || tie.advice.given().is_some();
    for tie in ties.iter().filter(gave) {
        if let Some(named) = named.get_mut(tie.from as usize) {
            *named = true;
        }
    }
    let mut contradicting = 0;
    for (person, named) in people.people.iter_mut().zip(named) {
        if people.stated {
            contradicting += usize::from(named && !person.responded);
        } else {
            person.responded |= named;
        }
    }
    if contradicting > 0 {
        findings.add("answers of non-respondents", "", || {
            Finding::warning(
                "roster.responded",
                format!(
                    "{} with a no in the column of who answered, and yet with answers on ties: they are kept",
                    counted(contradicting, "person")
                ),
            )
            .help("check the column of who answered")
        });
    }
    let silent = people
        .people
        .iter()
        .filter(|person| !person.responded)
        .count();
    if silent > 0 && !people.stated {
        findings.add("silent", "", || {
            Finding::note("roster.file", format!("{} without any answer: taken as non-respondents", counted(silent, "person")))
                .help(format!("whoever answered and named nobody needs a yes: add a column of yes and no to {} and name it as `responded` under [roster]", tables.roster.file))
        });
    }
}

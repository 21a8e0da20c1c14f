//! From checked statements to a [`Setup`]: rows become organisations, posts and forums in places.

use std::collections::BTreeMap;

use super::document::{Document, Reference, Table, Value};
use super::import;
use super::interventions;
use super::members;
use super::neighbourhoods;
use super::places::{Layout, Place, Places, narrow, thing_id};
use super::problem::{Class, Problem, Problems};
use super::survey::{Person, Survey};
use super::{chairs, seats};
use crate::model::setup::{Forum, Group, Organisation, Post, Setup};
use crate::registry::Choice;
use crate::registry::leaders::{Attribute, LeaderKind};
use crate::registry::mechanisms::Mechanisms;
use crate::registry::places::Tier;

/// What there is to expand: the statements, where, and where each row is by its id.
pub(super) struct Expansion<'a> {
    /// The statements.
    pub(super) document: &'a Document,
    /// The places.
    pub(super) places: &'a Places,
    /// The posts: those of a survey's people, or those that the rows of groups stand for.
    pub(super) posts: Layout,
    /// The survey, where there is one.
    pub(super) survey: Option<&'a Survey>,
    /// The forums that their rows stand for.
    pub(super) forums: Layout,
    /// Row indices of groups by id.
    pub(super) groups: BTreeMap<&'a str, usize>,
}

/// Expands a document whose rows satisfy each other; problems that only show here are reported. With
/// a survey, posts, known ties and, where it says so, seats are the survey's. With the setup comes the
/// row of each of its forums.
pub(super) fn expand(
    document: &Document,
    places: &Places,
    survey: Option<&Survey>,
    problems: &mut Problems,
) -> (Setup, Vec<usize>) {
    let rows = document.rows("groups");
    let organisations = Layout::new(document.rows("organisations"), "organisations", places);
    let expansion = Expansion {
        document,
        places,
        posts: match survey {
            Some(survey) => {
                let people = survey.people.iter();
                Layout::of_people(people.map(|person| person.group), rows.len())
            }
            None => Layout::new(rows, "groups", places),
        },
        survey,
        forums: Layout::new(document.rows("forums"), "forums", places),
        groups: ids(rows, "groups.id"),
    };
    let mut setup = sections(document);
    setup.systems = places.systems.clone();
    setup.organisations = expansion.organisations(&organisations);
    (setup.groups, setup.professions) = groups(rows);
    setup.posts = expansion.posts(&organisations, problems);
    neighbourhoods::number(&mut setup.posts, &expansion);
    setup.forums = expansion.forums();
    setup.interventions =
        interventions::read(document, &setup, (&organisations, &expansion.forums));
    match survey.filter(|_| import::has(document, "memberships")) {
        Some(survey) => members::fill(&mut setup, &expansion, survey, problems),
        None => seats::fill(&mut setup, &expansion, problems),
    }
    setup.ties = survey.map(Survey::known_ties).unwrap_or_default();
    setup.survey = survey.and_then(Survey::left_open);
    let forum_rows = expansion.forums.things.iter().map(|thing| thing.row);
    (setup, forum_rows.collect())
}

fn sections(document: &Document) -> Setup {
    let top = &document.top;
    let mut mechanisms = Mechanisms::default();
    for (path, stated) in &top.keys {
        if let Some(number) = stated.value.as_number() {
            mechanisms.set(path, number);
        }
    }
    Setup {
        horizon: top.section(),
        context: top.section(),
        between: top.section(),
        network: top.section(),
        mechanisms,
        ..Setup::default()
    }
}

/// Row indices by id.
fn ids<'a>(rows: &'a [Table], path: &str) -> BTreeMap<&'a str, usize> {
    rows.iter()
        .enumerate()
        .map(|(index, row)| (row.text(path), index))
        .collect()
}

/// The first of some texts that is not empty.
fn name<'a>(texts: &[&'a str]) -> &'a str {
    texts
        .iter()
        .copied()
        .find(|text| !text.is_empty())
        .unwrap_or("")
}

/// The name of a copy for charts: the row's, its number, its place.
fn copy_name(row: &str, number: u32, suffix: &str) -> String {
    let place = suffix.trim_start_matches('.').replace('.', " ");
    match (number, place.is_empty()) {
        (0, true) => row.to_owned(),
        (0, false) => format!("{row} ({place})"),
        (_, true) => format!("{row} {number}"),
        (_, false) => format!("{row} {number} ({place})"),
    }
}

/// Groups, and the professions that they name in order of appearance.
fn groups(rows: &[Table]) -> (Vec<Group>, Vec<String>) {
    let mut professions: Vec<String> = Vec::new();
    let groups = rows.iter().map(|row| {
        let profession = Some(row.text("groups.profession"))
            .filter(|name| !name.is_empty())
            .map(|name| {
                let known = professions.iter().position(|known| known == name);
                let index = known.unwrap_or_else(|| {
                    professions.push(name.to_owned());
                    professions.len() - 1
                });
                narrow(index as u64)
            });
        let mut attributes = [None; Attribute::COUNT];
        for (stated, attribute) in attributes.iter_mut().zip(Attribute::ALL) {
            *stated = row.spread(*attribute);
        }
        let id = row.text("groups.id");
        Group {
            id: id.to_owned(),
            title: name(&[row.text("groups.title"), id]).to_owned(),
            mix: mix(row),
            profession,
            attributes,
        }
    });
    let groups = groups.collect();
    (groups, professions)
}

/// The shares of the kinds in a group.
#[must_use]
pub(super) fn mix(row: &Table) -> [f64; 3] {
    match (
        row.value("groups.mix"),
        row.choice::<LeaderKind>("groups.kind"),
    ) {
        (Some(Value::Mix(mix)), _) => *mix,
        (_, kind) => {
            let kind = kind.unwrap_or(LeaderKind::Clinician).index();
            std::array::from_fn(|index| if index == kind { 1.0 } else { 0.0 })
        }
    }
}

impl Expansion<'_> {
    /// The row of a group; nothing when there is none (which was reported).
    #[must_use]
    pub(super) fn group_rows(&self, references: &[Reference]) -> Vec<usize> {
        references
            .iter()
            .filter_map(|reference| self.groups.get(reference.id.as_str()))
            .copied()
            .collect()
    }

    fn organisations(&self, layout: &Layout) -> Vec<Organisation> {
        let rows = self.document.rows("organisations");
        let things = layout.things.iter().filter_map(|thing| {
            let row = rows.get(thing.row)?;
            let suffix = self.places.suffix(thing.place);
            let id = row.text("organisations.id");
            Some(Organisation {
                id: thing_id(id, thing.number, &suffix),
                name: copy_name(
                    name(&[row.text("organisations.name"), id]),
                    thing.number,
                    &suffix,
                ),
                kind: row.text("organisations.kind").to_owned(),
                system: self.places.system_of(thing.place),
                terms: row.section(),
            })
        });
        things.collect()
    }

    /// Posts: the leaders of a group are spread in turn over the organisations that it reaches, and
    /// begin anew where it reaches others. Surveyed people are where the roster says, if it does.
    fn posts(&self, layout: &Layout, problems: &mut Problems) -> Vec<Post> {
        let rows = self.document.rows("groups");
        let organisations = ids(self.document.rows("organisations"), "organisations.id");
        let mut turns: Vec<Turn> = rows
            .iter()
            .map(|row| Turn::new(row, &organisations))
            .collect();
        let mut suffix = (Place::default(), String::new());
        let mut posts = Vec::with_capacity(self.posts.things.len());
        for (index, thing) in self.posts.things.iter().enumerate() {
            let person = self.survey.and_then(|survey| survey.people.get(index));
            let (Some(row), Some(turn)) = (rows.get(thing.row), turns.get_mut(thing.row)) else {
                continue;
            };
            if suffix.0 != thing.place {
                suffix = (thing.place, self.places.suffix(thing.place));
            }
            let stated = person.and_then(|person| person.organisation);
            let Some(organisation) = stated.or_else(|| turn.next(layout, thing.place)) else {
                turn.report(row, &suffix.1, problems);
                continue;
            };
            posts.push(Post {
                id: match person {
                    Some(person) => person.id.clone(),
                    None => thing_id(row.text("groups.id"), thing.number, &suffix.1),
                },
                group: narrow(thing.row as u64),
                organisation,
                neighbourhood: 0,
                known: person.and_then(Person::known),
            });
        }
        posts
    }

    /// Forums, still empty.
    fn forums(&self) -> Vec<Forum> {
        let rows = self.document.rows("forums");
        let things = self.forums.things.iter().filter_map(|thing| {
            let row = rows.get(thing.row)?;
            let suffix = self.places.suffix(thing.place);
            let id = row.text("forums.id");
            Some(Forum {
                id: thing_id(id, thing.number, &suffix),
                name: copy_name(name(&[row.text("forums.name"), id]), thing.number, &suffix),
                tier: row.choice("forums.tier").unwrap_or(Tier::Executive),
                system: self.places.system_of(thing.place),
                design: row.section(),
                provided: row.section(),
                chair: chairs::kind(row),
                members: Vec::new(),
            })
        });
        things.collect()
    }
}

/// Whose turn it is among the organisations that a group reaches.
struct Turn {
    rows: Vec<usize>,
    at: Option<Place>,
    reached: Vec<u32>,
    next: usize,
    reported: bool,
}

impl Turn {
    fn new(row: &Table, organisations: &BTreeMap<&str, usize>) -> Self {
        let references = row.references("groups.organisations");
        let rows = references
            .iter()
            .filter_map(|reference| organisations.get(reference.id.as_str()))
            .copied();
        Self {
            rows: rows.collect(),
            at: None,
            reached: Vec::new(),
            next: 0,
            reported: false,
        }
    }

    fn next(&mut self, layout: &Layout, place: Place) -> Option<u32> {
        let common = place.up_to(layout.finest(&self.rows));
        if self.at != Some(common) {
            self.at = Some(common);
            self.reached = layout.reached(&self.rows, common);
            self.next = 0;
        }
        let organisation = self
            .reached
            .get(self.next % self.reached.len().max(1))
            .copied();
        self.next += 1;
        organisation
    }

    fn report(&mut self, row: &Table, suffix: &str, problems: &mut Problems) {
        if self.reported {
            return;
        }
        self.reported = true;
        let place = suffix.trim_start_matches('.').replace('.', " ");
        problems.push(
            Problem::error(Class::Reference, row.place("groups.organisations"), format!("the group \"{}\" has no organisation to work in where it stands ({place})", row.text("groups.id")))
                .allowed("none of these is there")
                .help("give the group and its organisations the same `size`, or name an organisation that is there"),
        );
    }
}

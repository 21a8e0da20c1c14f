//! Rows of `[[interventions]]`: what they must satisfy, and what they become.

use super::document::{Document, Table};
use super::places::{Layout, narrow};
use super::problem::{Class, Problem, Problems};
use super::value::unknown;
use crate::model::setup::{Intervention, Setup, Target};
use crate::registry::Choice;
use crate::registry::interventions::{InterventionKind, Known, Reaches, Standing};
use crate::registry::leaders::LeaderKind;

/// Keys that say which leaders an intervention is for.
const OF_LEADERS: [&str; 5] = [
    "interventions.kinds",
    "interventions.professions",
    "interventions.organisations",
    "interventions.groups",
    "interventions.standing",
];
/// Keys that say for which forums it is, or for leaders who belong to which.
const OF_FORUMS: [&str; 3] = [
    "interventions.systems",
    "interventions.tiers",
    "interventions.forums",
];

/// Checks each row by itself.
pub(super) fn check(document: &Document, problems: &mut Problems) {
    let professions = professions(document);
    for row in document.rows("interventions") {
        let Some(kind) = row.choice::<InterventionKind>("interventions.kind") else {
            continue;
        };
        time(document, row, kind.known(), problems);
        effect(row, kind.known(), problems);
        for name in row.references("interventions.professions") {
            if !professions.contains(&name.id.as_str()) {
                let known = professions.iter().copied();
                let message = format!("no group has the profession \"{}\"", name.id);
                problems.push(
                    Problem::error(Class::Reference, &name.at, message)
                        .allowed("a profession that a row of [[groups]] names, or a kind")
                        .help(unknown(&name.id, known)),
                );
            }
        }
        aim(row, kind.known(), problems);
    }
}

/// Professions by name: those that groups name, in order, and behind them the kinds of leaders.
fn professions(document: &Document) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    let stated = document.rows("groups").iter();
    for name in stated.map(|row| row.text("groups.profession")) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.extend(LeaderKind::WORDS);
    names
}

/// It ends after it begins, and begins while the scenario runs.
fn time(document: &Document, row: &Table, known: &Known, problems: &mut Problems) {
    let id = row.text("interventions.id");
    let at = row.count("interventions.at").unwrap_or(1);
    let until = row.count("interventions.until").unwrap_or(0);
    if until != 0 && until < at {
        let message = format!(
            "the intervention \"{id}\" ends in month {until}, before it begins in month {at}"
        );
        problems.push(
            Problem::error(
                Class::Contradiction,
                row.place("interventions.until"),
                message,
            )
            .allowed(format!("0 for the end of the run, or {at} and later"))
            .help("make `until` later or `at` earlier"),
        );
    }
    if known.once && row.value("interventions.until").is_some() {
        let message = format!(
            "`until` changes nothing: a {} happens in one month",
            known.word
        );
        problems.push(
            Problem::warning(row.place("interventions.until"), message)
                .allowed("without effect")
                .help("take the line out, or write further rows for further months"),
        );
    }
    let cycles = document.top.count("horizon.cycles").unwrap_or(60);
    if at > cycles {
        let message = format!(
            "the intervention \"{id}\" begins in month {at}, after the end of the run in month {cycles}"
        );
        problems.push(
            Problem::warning(row.place("interventions.at"), message)
                .allowed("without effect")
                .help("begin earlier, or make horizon.cycles larger"),
        );
    }
}

/// What a row states of the effect lies within what its kind allows.
fn effect(row: &Table, known: &Known, problems: &mut Problems) {
    let stated = row
        .value("interventions.effect")
        .and_then(super::document::Value::as_number);
    let (low, high) = known.effects;
    if let Some(stated) = stated.filter(|stated| !(low..=high).contains(stated)) {
        let message = format!("the effect of {} is {stated}", known.word);
        problems.push(
            Problem::error(Class::Range, row.place("interventions.effect"), message)
                .allowed(format!("a number from {low} to {high} ({})", known.unit))
                .help(format!(
                    "leave it out for {}: {}",
                    known.effect, known.lever
                )),
        );
    }
}

/// Targets that a kind cannot be aimed at are said to be idle.
fn aim(row: &Table, known: &Known, problems: &mut Problems) {
    let idle: &[&[&str]] = match known.reaches {
        Reaches::Leaders => &[],
        Reaches::Forums => &[&OF_LEADERS],
        Reaches::System => &[&OF_LEADERS, &OF_FORUMS, &["interventions.reach"]],
    };
    let what = match known.reaches {
        Reaches::System => "the whole system",
        _ => "forums",
    };
    for path in idle.iter().copied().flatten() {
        if let Some(stated) = row.keys.get(path) {
            let key = path.rsplit('.').next().unwrap_or(path);
            let message = format!(
                "`{key}` changes nothing here, because {} is for {what}",
                known.word
            );
            problems.push(
                Problem::warning(&stated.key_at, message)
                    .allowed("without effect")
                    .help("take the line out"),
            );
        }
    }
}

/// The interventions of a document whose rows satisfy [`check`].
pub(super) fn read(
    document: &Document,
    setup: &Setup,
    (organisations, forums): (&Layout, &Layout),
) -> Vec<Intervention> {
    let rows = document.rows("interventions").iter();
    let professions = professions(document);
    let read = rows.filter_map(|row| {
        let kind = row.choice::<InterventionKind>("interventions.kind")?;
        let known = kind.known();
        let number = |key: &str, other: f64| {
            let path = format!("interventions.{key}");
            row.value(&path)
                .and_then(super::document::Value::as_number)
                .unwrap_or(other)
        };
        let month = |key: &str, other: u64| {
            narrow(row.count(&format!("interventions.{key}")).unwrap_or(other))
        };
        let at = month("at", 1);
        let until = match month("until", 0) {
            _ if known.once => at,
            0 => u32::MAX,
            until => until,
        };
        let things = |path: &str, table: &str, layout: &Layout| -> Vec<u32> {
            let id = format!("{table}.id");
            let wanted = row.references(path);
            let things = (0..).zip(&layout.things).filter(|(_, thing)| {
                let stated = document
                    .rows(table)
                    .get(thing.row)
                    .map_or("", |row| row.text(&id));
                wanted.iter().any(|reference| reference.id == stated)
            });
            things.map(|(index, _)| index).collect()
        };
        let named = |path: &str, names: &[&str]| -> Vec<u32> {
            let wanted = row.references(path).iter();
            let at = wanted.filter_map(|one| names.iter().position(|name| *name == one.id));
            at.map(|at| narrow(at as u64)).collect()
        };
        let systems: Vec<&str> = setup.systems.iter().map(|one| one.id.as_str()).collect();
        let groups: Vec<&str> = setup.groups.iter().map(|group| group.id.as_str()).collect();
        Some(Intervention {
            id: row.text("interventions.id").to_owned(),
            kind,
            at,
            until,
            reach: number("reach", 1.0),
            intensity: number("intensity", 1.0),
            effect: number("effect", known.effect),
            hours: number("hours", known.hours),
            pounds: number("pounds", known.pounds),
            target: Target {
                kinds: words(row, "interventions.kinds"),
                professions: named("interventions.professions", &professions),
                organisations: things(
                    "interventions.organisations",
                    "organisations",
                    organisations,
                ),
                groups: named("interventions.groups", &groups),
                systems: named("interventions.systems", &systems),
                tiers: words(row, "interventions.tiers"),
                forums: things("interventions.forums", "forums", forums),
                standing: row
                    .choice("interventions.standing")
                    .unwrap_or(Standing::Any),
            },
        })
    });
    read.collect()
}

fn words<C: Choice>(row: &Table, path: &str) -> Vec<C> {
    row.words(path).into_iter().filter_map(C::parse).collect()
}

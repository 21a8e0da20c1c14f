//! `docs/model/coverage.md`: every construct of the five papers has a place that exists, and what
//! can be switched moves the outcome that it should, in the direction that the paper claims.
//!
//! Seeds are fixed. Were they drawn anew, a row whose switch did nothing to the mean of its outcome
//! would fail once in 23 draws. With 24 pairs 14 of the 135 rows that claim a direction lie within
//! three standard errors of zero, so they may be such; 87 lie beyond ten on the side they should.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod support;

use std::collections::BTreeMap;

use commonground::measure::{self, CYCLE, Keep, RUN};
use commonground::model::setup::Setup;
use commonground::registry;
use commonground::registry::interventions::InterventionKind;
use commonground::registry::leaders::Attribute;
use commonground::registry::switches::MECHANISMS;
use commonground::scenario::{self, library};
use rayon::prelude::*;
use support::on_everybody;

const PAGE: &str = include_str!("../docs/model/coverage.md");

/// How many items each of the papers 000 to 004 has.
const ITEMS: [usize; 5] = [58, 49, 41, 39, 23];

/// A small variant of `baseline`, with something to acknowledge, impose and take back.
const VARIANT: [&str; 4] = [
    "horizon.cycles=24",
    "groups.grievance=0.3",
    "forums.token=0.1",
    "context.hierarchy=0.6",
];
const MONTHS: usize = 24;
const PAIRS: u64 = 8;

/// A row of the page.
struct Row {
    id: &'static str,
    construct: &'static str,
    place: Place,
    moves: &'static str,
    note: &'static str,
}

/// Where a construct lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Path and value.
    Parameter(&'static str, &'static str),
    /// Path and value.
    Attribute(&'static str, &'static str),
    Intervention(&'static str),
    Mechanism(&'static str),
    Outcome(&'static str),
    Scenario(&'static str),
    LeftOut,
}

impl Place {
    fn read(text: &'static str) -> Self {
        let (kind, name) = text.split_once(' ').unwrap();
        let name = name.trim_matches('`');
        let setting = || name.split_once('=').unwrap();
        match kind {
            "parameter" => Self::Parameter(setting().0, setting().1),
            "attribute" => Self::Attribute(setting().0, setting().1),
            "intervention" => Self::Intervention(name),
            "mechanism" => Self::Mechanism(name),
            "outcome" => Self::Outcome(name),
            "scenario" => Self::Scenario(name),
            "left" => Self::LeftOut,
            _ => panic!("{text} is no place"),
        }
    }

    fn exists(self) -> bool {
        match self {
            Self::Parameter(path, _) => {
                registry::find(path).is_some() && !path.starts_with("groups.")
            }
            Self::Attribute(path, _) => {
                let key = path.strip_prefix("groups.");
                key.is_some_and(|key| Attribute::parse(key).is_some())
            }
            Self::Intervention(word) => intervention(word).is_some(),
            Self::Mechanism(name) => MECHANISMS.iter().any(|known| known.name == name),
            Self::Outcome(name) => CYCLE.iter().chain(RUN).any(|known| known.name == name),
            Self::Scenario(name) => library::names().contains(&name),
            Self::LeftOut => true,
        }
    }

    fn can_be_switched(self) -> bool {
        !matches!(self, Self::Outcome(_) | Self::Scenario(_) | Self::LeftOut)
    }

    /// What it shares with other rows: the place without the value.
    fn key(self) -> Self {
        match self {
            Self::Parameter(path, _) => Self::Parameter(path, ""),
            Self::Attribute(path, _) => Self::Attribute(path, ""),
            other => other,
        }
    }

    /// The variant with this switched.
    fn switched(self) -> Setup {
        let sets: Vec<String> = match self {
            Self::Parameter(path, value) | Self::Attribute(path, value) => {
                vec![format!("{path}={value}")]
            }
            Self::Mechanism(name) => {
                let known = MECHANISMS.iter().find(|known| known.name == name);
                let off = known.unwrap().off.iter();
                off.map(|(path, value)| format!("{path}={value}")).collect()
            }
            _ => Vec::new(),
        };
        let mut setup = variant(&sets);
        if let Self::Intervention(word) = self {
            setup.interventions = vec![on_everybody(intervention(word).unwrap(), 2)];
        }
        setup
    }
}

fn rows() -> Vec<Row> {
    let lines = PAGE.lines().filter(|line| line.starts_with("| 0"));
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, construct, place, moves, note] = cells[..] else {
            panic!("not five cells: {line}");
        };
        Row {
            id,
            construct,
            place: Place::read(place),
            moves,
            note,
        }
    };
    lines.map(row).collect()
}

impl Row {
    fn goes_the_other_way(&self) -> bool {
        self.note.starts_with("other way: ")
    }

    /// The outcome that should move, as its column, and the sign.
    fn claim(&self) -> (usize, f64) {
        let (outcome, sign) = self.moves.split_once(' ').unwrap();
        let sign = match sign {
            "+" => 1.0,
            "-" => -1.0,
            _ => panic!("{}: + or -, not {sign}", self.id),
        };
        let outcome = outcome.trim_matches('`');
        let column = CYCLE.iter().position(|known| known.name == outcome);
        let column = column.unwrap_or_else(|| panic!("{}: no outcome {outcome}", self.id));
        (column, sign)
    }
}

fn variant(sets: &[String]) -> Setup {
    let mut all = VARIANT.map(str::to_owned).to_vec();
    all.extend_from_slice(sets);
    let read = scenario::load("baseline", &all);
    read.unwrap_or_else(|errors| panic!("{sets:?}: {:?}", errors.problems))
        .setup
}

fn intervention(word: &str) -> Option<InterventionKind> {
    let mut kinds = InterventionKind::ALL.iter().copied();
    kinds.find(|kind| kind.known().word == word)
}

/// The time series of each replicate.
fn series(setup: &Setup) -> Vec<Vec<f64>> {
    let keep = Keep {
        cycles: true,
        ..Keep::default()
    };
    (0..PAIRS)
        .map(|replicate| measure::run(setup, 5, replicate, keep).cycles)
        .collect()
}

/// An outcome in each month of a run.
fn months(run: &[f64], column: usize) -> impl Iterator<Item = f64> {
    run.iter().skip(column).step_by(CYCLE.len()).copied()
}

fn differ((one, other): (&Vec<f64>, &Vec<f64>), column: usize) -> bool {
    months(one, column)
        .zip(months(other, column))
        .any(|(a, b)| a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan()))
}

/// Mean over the last half of a run; missing where every month is.
fn late(run: &[f64], column: usize) -> f64 {
    let half = months(run, column).skip(MONTHS / 2);
    mean(&half.filter(|value| !value.is_nan()).collect::<Vec<_>>())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Mean and standard error.
fn estimate(values: &[f64]) -> (f64, f64) {
    let (n, middle) = (values.len() as f64, mean(values));
    let squares = values
        .iter()
        .map(|value| (value - middle) * (value - middle));
    (middle, (squares.sum::<f64>() / (n - 1.0) / n).sqrt())
}

#[test]
fn every_item_is_there_once_and_in_order() {
    let papers = ITEMS.iter().enumerate();
    let expected: Vec<String> = papers
        .flat_map(|(paper, items)| (1..=*items).map(move |item| format!("{paper:03}-{item:02}")))
        .collect();
    let listed: Vec<&str> = rows().iter().map(|row| row.id).collect();
    assert_eq!(listed, expected);
    for row in rows() {
        assert!(!row.construct.is_empty(), "{} names nothing", row.id);
    }
}

#[test]
fn every_place_exists_and_what_can_be_switched_says_what_moves() {
    for row in rows() {
        assert!(row.place.exists(), "{}: no {:?}", row.id, row.place);
        if row.place.can_be_switched() {
            row.claim();
        } else {
            assert!(row.moves.is_empty(), "{}: nothing can move", row.id);
            assert!(!row.goes_the_other_way(), "{}: nothing moves", row.id);
        }
    }
}

#[test]
fn few_are_left_out_each_with_a_reason_and_crowded_places_have_notes() {
    let rows = rows();
    let left_out = rows.iter().filter(|row| row.place == Place::LeftOut);
    assert!(left_out.clone().count() * 10 <= rows.len());
    for row in left_out {
        let reason = row.note.strip_prefix("because ");
        let said = reason.map_or(0, |reason| reason.chars().count());
        assert!(said >= 40, "{} is left out without a reason", row.id);
    }
    let mut sharing: BTreeMap<Place, Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        sharing.entry(row.place.key()).or_default().push(row);
    }
    for (place, rows) in sharing.iter().filter(|(_, rows)| rows.len() > 3) {
        for row in rows {
            assert!(!row.note.is_empty(), "{}: why {place:?} too?", row.id);
        }
    }
}

#[test]
fn every_switch_moves_its_outcome_and_not_against_the_paper() {
    let rows = rows();
    let mut switches: Vec<Place> = rows.iter().map(|row| row.place).collect();
    switches.retain(|place| place.can_be_switched());
    switches.sort_unstable();
    switches.dedup();
    let without = series(&variant(&[]));
    let with: BTreeMap<Place, Vec<Vec<f64>>> = switches
        .into_par_iter()
        .map(|place| (place, series(&place.switched())))
        .collect();
    let mut wrong: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| row.place.can_be_switched()) {
        let (column, sign) = row.claim();
        let with = &with[&row.place];
        let named = format!("{} ({:?}, {})", row.id, row.place, row.moves);
        let pairs = with.iter().zip(&without);
        if !pairs.clone().any(|pair| differ(pair, column)) {
            wrong.push(format!("{named}: does not move"));
        }
        let mut differences: Vec<f64> = pairs
            .map(|(with, without)| late(with, column) - late(without, column))
            .collect();
        differences.retain(|difference| !difference.is_nan());
        let (middle, error) = estimate(&differences);
        if !row.goes_the_other_way() && sign * middle < -2.0 * error {
            wrong.push(format!(
                "{named}: goes the other way, {middle} with standard error {error}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

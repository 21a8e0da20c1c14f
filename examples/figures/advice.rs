//! Measures of the advice network of one run, as it is at the start: means over its circles, the
//! neighbourhoods within which it is drawn.

use crate::SEED;
use crate::sample::Failure;
use commonground::measure::{self, Keep, Record, Table, Values, gini};
use commonground::model::setup::Setup;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Columns of the measures.
pub(crate) const MEASURES: [&str; 6] = [
    "density",
    "ties returned",
    "transitivity",
    "Gini of in-degree",
    "odds of same profession",
    "odds of same organisation",
];

/// The measures of each run, in the order of [`MEASURES`].
pub(crate) fn measures(setup: &Setup, runs: u64) -> Result<Vec<[f64; 6]>, Failure> {
    let mut setup = setup.clone();
    setup.horizon.cycles = 1;
    let keep = Keep {
        leaders: true,
        ties: true,
        ..Keep::default()
    };
    let one = |replicate: u64| of_run(&setup, &measure::run(&setup, SEED, replicate, keep));
    let found: Vec<Option<[f64; 6]>> = (0..runs).into_par_iter().map(one).collect();
    found
        .into_iter()
        .collect::<Option<_>>()
        .ok_or_else(|| "a run has no tables of leaders and ties".into())
}

/// Who somebody is to the network.
#[derive(Clone, Copy)]
struct Person {
    circle: u32,
    profession: (Option<u32>, usize),
    organisation: u32,
}

fn of_run(setup: &Setup, record: &Record) -> Option<[f64; 6]> {
    let leaders = record.tables.iter().find(|table| table.name == "leaders")?;
    let ties = record.tables.iter().find(|table| table.name == "ties")?;
    let kinds = texts(leaders, "kind")?;
    let people: Vec<Person> = setup
        .posts
        .iter()
        .zip(kinds)
        .map(|(post, kind)| {
            let group = &setup.groups[post.group as usize];
            let kind = ["clinician", "manager", "citizen"]
                .iter()
                .position(|known| known == kind);
            Person {
                circle: post.neighbourhood,
                // Where a group names no profession, the kind is the profession.
                profession: (
                    group.profession,
                    if group.profession.is_some() {
                        0
                    } else {
                        kind.unwrap_or(3)
                    },
                ),
                organisation: post.organisation,
            }
        })
        .collect();
    let index: BTreeMap<&str, usize> = setup
        .posts
        .iter()
        .enumerate()
        .map(|(at, post)| (post.id.as_str(), at))
        .collect();
    let mut asked: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
    let rows = numbers(ties, "cycle")?.iter().zip(numbers(ties, "advice")?);
    let pairs = texts(ties, "leader")?.iter().zip(texts(ties, "other")?);
    for ((cycle, advice), (from, to)) in rows.zip(pairs) {
        if *cycle == 0 && *advice == 1 {
            let (from, to) = (*index.get(from.as_str())?, *index.get(to.as_str())?);
            asked
                .entry(people[from].circle)
                .or_default()
                .push((from, to));
        }
    }
    let circles: Vec<[f64; 6]> = asked
        .iter()
        .map(|(circle, ties)| of_circle(&people, *circle, ties))
        .collect();
    Some(std::array::from_fn(|measure| {
        circles.iter().map(|circle| circle[measure]).sum::<f64>() / circles.len() as f64
    }))
}

fn of_circle(people: &[Person], circle: u32, ties: &[(usize, usize)]) -> [f64; 6] {
    let members: Vec<usize> = (0..people.len())
        .filter(|person| people[*person].circle == circle)
        .collect();
    let n = members.len();
    let place: BTreeMap<usize, usize> = members
        .iter()
        .enumerate()
        .map(|(at, who)| (*who, at))
        .collect();
    let mut asks = vec![vec![false; n]; n];
    let mut asked = vec![0.0; n];
    for (from, to) in ties {
        if let (Some(from), Some(to)) = (place.get(from), place.get(to)) {
            asks[*from][*to] = true;
            asked[*to] += 1.0;
        }
    }
    let (mut count, mut returned, mut paths, mut closed) = (0.0, 0.0, 0.0, 0.0);
    for i in 0..n {
        for j in (0..n).filter(|j| asks[i][*j]) {
            count += 1.0;
            returned += f64::from(u8::from(asks[j][i]));
            for k in (0..n).filter(|k| *k != i && asks[j][*k]) {
                paths += 1.0;
                closed += f64::from(u8::from(asks[i][k]));
            }
        }
    }
    let odds = |same: &dyn Fn(&Person, &Person) -> bool| {
        // Half a pair more in each cell, so that small circles have odds.
        let mut cells = [[0.5; 2]; 2];
        for i in 0..n {
            for j in (0..n).filter(|j| *j != i) {
                let same = same(&people[members[i]], &people[members[j]]);
                cells[usize::from(same)][usize::from(asks[i][j])] += 1.0;
            }
        }
        cells[1][1] * cells[0][0] / (cells[1][0] * cells[0][1])
    };
    [
        count / (n * (n - 1)) as f64,
        returned / count,
        closed / paths,
        gini(&mut asked),
        odds(&|a, b| a.profession == b.profession),
        odds(&|a, b| a.organisation == b.organisation),
    ]
}

fn texts<'a>(table: &'a Table, name: &str) -> Option<&'a Vec<String>> {
    let column = table.columns.iter().find(|column| column.name == name)?;
    match &column.values {
        Values::Text(values) => Some(values),
        _ => None,
    }
}

fn numbers<'a>(table: &'a Table, name: &str) -> Option<&'a Vec<i64>> {
    let column = table.columns.iter().find(|column| column.name == name)?;
    match &column.values {
        Values::Integer(values) => Some(values),
        _ => None,
    }
}

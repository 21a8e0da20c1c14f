//! The scenarios of this test state every key and let everything happen that can: an invariant
//! over cases in which nothing happens would prove nothing.

use crate::any::parts;
use crate::extras::extras;
use commonground::model::cycle;
use commonground::model::event::{Event, Reason, What};
use commonground::registry::experiments::EXPERIMENT;
use commonground::registry::{Kind, Role};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};

const CASES: usize = 400;

/// Every kind of event with each of its reasons, and every key of the registry with numbers or words.
#[test]
fn the_scenarios_reach_everything() {
    let mut runner = TestRunner::deterministic();
    let mut happened: BTreeMap<(What, Option<Reason>), usize> = BTreeMap::new();
    let mut stated: BTreeSet<String> = BTreeSet::new();
    for seed in 0..CASES as u64 {
        let parts = parts().new_tree(&mut runner).unwrap().current();
        let extras = extras().new_tree(&mut runner).unwrap().current();
        let setup = crate::setup(&parts, &extras);
        let mut table = String::new();
        for line in parts.text().lines() {
            if let Some(row) = line.strip_prefix("[[") {
                table = format!("{}.", row.trim_end_matches("]]"));
            } else if let Some((key, _)) = line.split_once(" = ") {
                stated.insert(format!("{table}{key}"));
            }
        }
        let mut events: Vec<Event> = Vec::new();
        let mut world = cycle::start(&setup, seed, 0);
        for _ in 0..setup.horizon.cycles {
            cycle::step(&mut world, &mut events);
        }
        let kinds: BTreeSet<_> = events
            .iter()
            .map(|event| (event.what, event.reason))
            .collect();
        for what in kinds {
            *happened.entry(what).or_default() += 1;
        }
    }
    let rare: Vec<_> = happened.iter().filter(|(_, cases)| **cases < 8).collect();
    assert!(happened.len() == 28 && rare.is_empty(), "{happened:?}");
    let unstated: Vec<&str> = commonground::registry::entries()
        .into_iter()
        .filter(|entry| entry.role != Role::Description || entry.kind == Kind::Flag)
        .map(|entry| entry.path)
        .filter(|path| !path.ends_with(".remove") && *path != "horizon.cycles")
        // Interventions are added to the setup (`extras`), without a file.
        .filter(|path| !path.starts_with("interventions."))
        // What an experiment varies, and how, is no part of a scenario: tests/experiments.
        .filter(|path| !EXPERIMENT.iter().any(|entry| entry.path == *path))
        .filter(|path| !stated.contains(*path))
        .collect();
    assert!(unstated.is_empty(), "no scenario states {unstated:?}");
}

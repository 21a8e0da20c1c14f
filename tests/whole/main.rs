//! Invariants of the whole model, over scenarios that anybody could type: every key of the registry
//! anywhere in its range, 2 to 40 leaders, 0 to 6 forums, any kinds, chairs, rules of decision,
//! rhythms, deadlines, mechanisms switched off, surveyed people and ties.
//!
//! Cases are the same in every run, so that a change is judged by what it changes; the long version
//! (`COMMONGROUND_FULL`) draws other ones each time, and prints the scenario that fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_cmp,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    unreachable_pub,
    reason = "a test may fail, and its modules serve it alone"
)]
#[path = "../support/mod.rs"]
mod support;

mod any;
mod extras;
mod labels;
mod ledger;
mod missing;
mod opinions;
mod reach;
mod recount;
mod states;
mod structure;
mod watching;

use any::{Parts, parts};
use commonground::measure::{CYCLE, Keep, Memory, Observed, RUN, observe, run};
use commonground::model::cycle;
use commonground::model::event::Event;
use commonground::model::forum::Programme;
use commonground::model::setup::Setup;
use commonground::scenario::{self, render};
use extras::{Extras, extras};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// What was found wrong, one sentence each.
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<String>);

impl Faults {
    fn add(&mut self, fault: String) {
        self.0.push(fault);
    }
}

/// Runs a setup and looks at everything in every cycle, up to the first cycle with a fault.
fn faults(setup: &Setup, seed: u64) -> Vec<String> {
    let mut faults = Faults::default();
    let mut world = cycle::start(setup, seed, 0);
    let (mut memory, mut led) = (Memory::default(), missing::Led::default());
    let mut accounts = vec![ledger::Account::default(); setup.forums.len()];
    let mut series: Vec<Observed> = Vec::new();
    let mut events: Vec<Event> = Vec::new();
    states::check(&world, &mut faults);
    structure::check(&world, &mut faults);
    while world.cycle < setup.horizon.cycles && faults.0.is_empty() {
        let programmes: Vec<Programme> = world
            .forums
            .iter()
            .map(|forum| forum.programme.clone())
            .collect();
        let lasting = structure::Lasting::of(&world);
        events.clear();
        cycle::step(&mut world, &mut events);
        let seen = observe(&world, &mut memory);
        states::check(&world, &mut faults);
        structure::check(&world, &mut faults);
        structure::month(&world, &lasting, &mut faults);
        for (at, before) in programmes.iter().enumerate() {
            ledger::month(&world, at, before, &mut accounts[at], &mut faults);
        }
        let mut values = Vec::new();
        seen.append(&mut values);
        states::outcomes(&mut faults, CYCLE, &values);
        states::together(&mut faults, series.last(), &seen);
        missing::check(&world, &seen, &mut led, &mut faults);
        let month = recount::Month {
            setup,
            leaders: &world.leaders,
            events: &events,
        };
        recount::check(&month, &seen, &mut faults);
        series.push(seen);
    }
    if faults.0.is_empty() {
        for (forum, account) in world.forums.iter().zip(&accounts) {
            ledger::run(forum, account, &mut faults);
        }
        whole_run(setup, seed, &series, &mut faults);
    }
    faults.0.truncate(12);
    faults.0
}

/// The record of the same run, which nobody watched: its outcomes, and its time series to the last bit.
fn whole_run(setup: &Setup, seed: u64, series: &[Observed], faults: &mut Faults) {
    let keep = Keep {
        cycles: true,
        ..Keep::default()
    };
    let record = run(setup, seed, 0, keep);
    states::outcomes(faults, RUN, &record.run);
    let mut values = Vec::new();
    for seen in series {
        seen.append(&mut values);
    }
    let bits = |values: &[f64]| {
        values
            .iter()
            .map(|value| value.to_bits())
            .collect::<Vec<_>>()
    };
    if bits(&values) != bits(&record.cycles) {
        faults.add("a run is not the cycles that it is made of".into());
    }
    missing::of_run(&record.run, series, faults);
}

/// The setup of a scenario file, which has no errors.
fn setup(parts: &Parts, extras: &Extras) -> Setup {
    let text = parts.text();
    let mut setup = match scenario::from_text("any", &text, &[]) {
        Ok(scenario) => scenario.setup,
        Err(errors) => panic!("{}\n{text}", render(&errors.problems, false)),
    };
    extras.add_to(&mut setup);
    setup
}

/// So many cases, ten times as many in the long version.
fn config(cases: u32) -> ProptestConfig {
    let full = std::env::var_os("COMMONGROUND_FULL").is_some();
    ProptestConfig {
        cases: if full { 10 * cases } else { cases },
        rng_seed: if full {
            RngSeed::Random
        } else {
            RngSeed::Fixed(1)
        },
        failure_persistence: None,
        max_shrink_iters: 4000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn every_scenario_keeps_the_model_in_its_bounds(parts in parts(), extras in extras(), seed in 0..1000_u64) {
        let setup = setup(&parts, &extras);
        let faults = faults(&setup, seed);
        prop_assert!(faults.is_empty(), "{faults:#?}\nseed {seed}, {extras:?}\n{}", parts.text());
    }
}

//! Limit cases: with the other mechanisms off, the model is the published one. Every case runs
//! through `cycle::step`; a private formula would prove nothing.
//!
//! Statistical tests use fixed seeds and bounds of at least five standard errors: had the seeds been
//! drawn at random, each comparison would raise a false alarm less than once in a million times.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::float_cmp,
    reason = "a test may fail, and compares with the system's mathematics"
)]
#[path = "../support/mod.rs"]
mod support;

mod action;
mod alive;
mod attendance;
mod independence;
mod leadership;
mod network;
mod opinions;
mod trust;

use commonground::model::cycle;
use commonground::model::event::Nobody;
use commonground::model::world::World;

/// Runs some cycles.
fn go(world: &mut World, cycles: u32) {
    for _ in 0..cycles {
        cycle::step(world, &mut Nobody);
    }
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) = values
        .into_iter()
        .fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}

/// Whether this is the long version of the tests.
fn full() -> bool {
    std::env::var_os("COMMONGROUND_FULL").is_some()
}

//! What it costs to be watched.

use crate::timing::{in_turn, ratio};
use crate::{Figure, support};
use commonground::model::cycle;
use commonground::model::event::{Event, Nobody, Observer};
use commonground::model::setup::Setup;
use commonground::model::world::World;
use std::hint::black_box;

/// Is told everything and keeps nothing.
struct Deaf;

impl Observer for Deaf {
    fn observe(&mut self, _: Event) {}
}

/// Counts, so that no event can be left out by the compiler.
struct Counting(u64);

impl Observer for Counting {
    fn observe(&mut self, event: Event) {
        self.0 += black_box(event).what as u64;
    }
}

/// Cycles of a run, and how many pairs of two cycles are compared.
const CYCLES: u64 = 60;
const ROUNDS: usize = 3000;

/// Steps one run of `baseline` after the other through its cycles.
fn stepping<O: Observer>(setup: &Setup, mut observer: O) -> impl FnMut() {
    let mut world = World::new(setup, 1, 0);
    let mut steps = 0;
    move || {
        cycle::step(&mut world, &mut observer);
        black_box(&mut observer);
        steps += 1;
        if steps % CYCLES == 0 {
            world = World::new(setup, 1, steps);
        }
    }
}

/// Single cycles with an observer and without, each pair the same cycle of the same run.
pub fn observers() -> Vec<Figure> {
    let setup = &support::baseline();
    let figure = |name: &str, other: &mut dyn FnMut()| {
        Figure::new(
            format!("time of a cycle with {name}, to one that nobody watches"),
            ratio(in_turn(ROUNDS, stepping(setup, Nobody), other)),
            format!("in turn, {ROUNDS} times two cycles of `baseline`"),
        )
    };
    vec![
        figure(
            "nobody again, which shows the noise",
            &mut stepping(setup, Nobody),
        ),
        figure("an observer that does nothing", &mut stepping(setup, Deaf)),
        figure("one that counts", &mut stepping(setup, Counting(0))),
        figure(
            "one that records every event",
            &mut stepping(setup, Vec::<Event>::new()),
        ),
    ]
}

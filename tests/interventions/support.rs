//! One system, interventions on it, and runs of both.

use crate::support::on_everybody;
use commonground::model::cycle;
use commonground::model::event::Nobody;
use commonground::model::setup::{Intervention, Setup};
use commonground::model::world::World;
use commonground::registry::interventions::InterventionKind;
use commonground::scenario;

/// `baseline`, for a shorter time, with something to acknowledge, repair, impose and take back.
pub(crate) fn system() -> Setup {
    let sets = [
        "horizon.cycles=30",
        "groups.grievance=0.3",
        "context.hierarchy=0.6",
        "forums.token=0.1",
        "context.pulse_rate=0.2",
    ];
    let scenario = scenario::load("baseline", &sets.map(str::to_owned));
    scenario.unwrap().setup
}

/// An intervention on everybody from the third month on, as its kind has it.
pub(crate) fn one(kind: InterventionKind) -> Intervention {
    on_everybody(kind, 3)
}

pub(crate) fn with(setup: &Setup, interventions: Vec<Intervention>) -> Setup {
    Setup {
        interventions,
        ..setup.clone()
    }
}

/// A run of the model itself, up to a month.
pub(crate) fn after<'a>(setup: &'a Setup, months: u32) -> World<'a> {
    let mut world = cycle::start(setup, 5, 0);
    (0..months).for_each(|_| cycle::step(&mut world, &mut Nobody));
    world
}

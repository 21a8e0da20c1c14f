use super::*;
use crate::model::rules::testing::plain;
use crate::model::setup::Setup;
use crate::registry::leaders::LeaderKind::{Citizen, Clinician, Manager};

#[track_caller]
fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
}

/// A manager, two clinicians and a citizen in a project forum, in which nobody grants anything.
fn setup() -> Setup {
    plain(&[Manager, Clinician, Clinician, Citizen])
}

fn world(setup: &Setup) -> World<'_> {
    let mut world = World::new(setup, 1, 0);
    world.ties.granted.fill(0.0);
    world
}

fn grant(world: &mut World, from: usize, to: usize, granted: f32) {
    let tie = world.forums[0].tie(&world.ties, from, to);
    world.ties.granted[tie] = granted;
}

#[test]
fn vision_and_foresight_are_distances_from_the_average_view() {
    let setup = setup();
    let mut world = world(&setup);
    world.leaders.view = vec![[0.1; AXES], [0.1; AXES], [0.5; AXES], [0.9; AXES]];
    world.systems[0].need = [0.6; AXES];
    let seen = observe(&world, &mut Memory::default());
    // From .4: .3, .3, .1 and .5; from the need .2.
    assert_close(seen.vision, 0.7);
    assert_close(seen.foresight, 0.8);
    // Pairs apart: 0, .4, .8, .4, .8, .4.
    assert_close(seen.understanding, 1.0 - 2.8 / 6.0);
}

#[test]
fn kinds_lead_in_relation_to_their_seats() {
    let setup = setup();
    let mut world = world(&setup);
    grant(&mut world, 1, 0, 0.6);
    grant(&mut world, 2, 0, 0.2);
    grant(&mut world, 0, 1, 0.1);
    grant(&mut world, 3, 2, 0.1);
    let seen = observe(&world, &mut Memory::default());
    // .8 of 1 to one of four; .2 of 1 to two of four.
    assert_close(seen.leading_manager, 3.2);
    assert_close(seen.leading_clinician, 0.4);
    assert_close(seen.leading_citizen, 0.0);
    // One over twelve pairs; (4·.8 - 1)/3²; the largest that each grants.
    assert_close(seen.leadership_density, 1.0 / 12.0);
    assert_close(seen.leadership_centralisation, 2.2 / 9.0);
    assert_close(seen.leadership_aggregate, 0.25);
    assert_close(seen.shared_leadership_project, 6.8 / 9.0 / 12.0);
    assert_close(seen.shared_leadership, 6.8 / 9.0 / 12.0);
    assert!(seen.shared_leadership_executive.is_nan() && seen.shared_leadership_thematic.is_nan());
}

#[test]
fn whoever_is_foremost_changes_and_has_authority_or_not() {
    let setup = setup();
    let (mut world, mut memory) = (world(&setup), Memory::default());
    world.leaders.authority = vec![1.5, 0.5, 1.5, 0.5];
    let mut seen = |world: &World| {
        let seen = observe(world, &mut memory);
        (seen.leadership_rotation, seen.informal_leaders)
    };
    let (rotation, informal) = seen(&world);
    assert!(rotation.is_nan() && informal.is_nan(), "nobody leads yet");
    grant(&mut world, 0, 1, 0.3);
    let (rotation, informal) = seen(&world);
    assert!(rotation.is_nan(), "nobody led before");
    assert_eq!(informal, 1.0);
    grant(&mut world, 1, 2, 0.5);
    assert_eq!(seen(&world), (1.0, 0.0));
    assert_eq!(seen(&world), (0.0, 0.0));
}

#[test]
fn hours_are_those_of_whoever_came_and_value_is_held_against_all_so_far() {
    let setup = setup();
    let (mut world, mut memory) = (world(&setup), Memory::default());
    world.levers.context.hour_price = 20.0;
    (world.hours, world.delivered) = (30.0, 3.0);
    for seat in &mut world.forums[0].seats[..2] {
        seat.present = true;
    }
    std::sync::Arc::make_mut(&mut world.levers.forums[0])
        .design
        .hours = 6.0;
    let seen = observe(&world, &mut memory);
    let preparing = setup.mechanisms.renewal.manager_preparation;
    // One of two clinicians came.
    assert_close(seen.hours_clinician, 3.0);
    assert_close(seen.hours_manager, 6.0 * preparing);
    assert_close(seen.cost, 600.0);
    world.hours = 20.0;
    let seen = observe(&world, &mut memory);
    assert_close(seen.cost, 400.0);
    assert_close(seen.cumulative_cost, 1000.0);
    assert_close(seen.cumulative_hours, 50.0);
    // 3 over 50 hours and 1,000 pounds.
    assert_close(seen.value_per_hour, 60.0);
    assert_close(seen.value_per_pound, 3000.0);
}

#[test]
fn the_weakest_third_has_the_least_power() {
    let setup = setup();
    let mut world = world(&setup);
    world.leaders.power = vec![3.0, 1.0, 2.0, 4.0];
    world.leaders.commitment = vec![0.1, 0.4, 0.6, 0.9];
    let seen = observe(&world, &mut Memory::default());
    // A third of four is two.
    assert_close(seen.commitment_weakest, 0.5);
    assert_close(seen.commitment, 0.5);
}

#[test]
fn states_are_told_apart() {
    let setup = setup();
    let mut world = world(&setup);
    (world.pressure.hierarchy, world.pressure.capture) = (0.7, 0.2);
    world.leaders.motivation = vec![0.9, 0.2, 0.4, 0.6];
    world.leaders.strain = vec![0.8, 0.1, 0.1, 0.0];
    let mut memory = Memory::default();
    let seen = observe(&world, &mut memory);
    assert_eq!((seen.hierarchy, seen.capture), (0.7, 0.2));
    assert_close(seen.motivation_clinician, 0.3);
    assert_close(seen.motivation_manager, 0.9);
    assert_close(seen.motivation_citizen, 0.6);
    assert_close(seen.strain, 0.25);
    assert_close(seen.burnt_out, 0.25);
}

use super::*;
use crate::model::event::{Nobody, Reason};
use crate::model::network::{ACROSS_KINDS, ACROSS_ORGANISATIONS, KIND};
use crate::model::rules::testing::{assert_close, plain};
use crate::model::setup::Setup;
use crate::registry::leaders::LeaderKind::{Clinician, Manager};

/// Two clinicians and a manager in a forum, with a history of .2.
fn setup() -> Setup {
    let mut setup = plain(&[Clinician, Manager, Clinician]);
    let rule = &mut setup.mechanisms.convening;
    (rule.start_expectation, rule.history_expectation) = (0.5, 0.25);
    (rule.start_influence, rule.start_attendance) = (0.45, 0.35);
    setup
}

/// Everybody has a past with everybody: a trust of .9 and leadership of .7, a ceiling of .95.
fn world(setup: &Setup) -> World<'_> {
    let mut world = World::new(setup, 1, 0);
    world.systems[0].history = 0.2;
    world.leaders.generalised = vec![[0.3, 0.4, 0.5]; 3];
    for tie in world
        .ties
        .pairs()
        .map(|(_, _, tie)| tie)
        .collect::<Vec<_>>()
    {
        (world.ties.trust[tie], world.ties.granted[tie]) = (0.9, 0.7);
        world.ties.ceiling[tie] = 0.95;
    }
    for seat in &mut world.forums[0].seats {
        (seat.expectation, seat.influence, seat.satiation) = (0.1, 0.1, 0.6);
        (seat.attendance, seat.grants, seat.withholds) = (1.0, 8, true);
    }
    world
}

#[test]
fn a_newcomer_has_no_past_with_anybody() {
    let setup = setup();
    let mut world = world(&setup);
    let reason = Reason::Tenure;
    let mut events = Vec::new();
    apply(
        &mut world,
        &[Change::Replace { post: 0, reason }],
        &mut events,
    );
    assert_eq!(world.leaders.holder, [1, 0, 0]);
    let told: Vec<_> = events
        .iter()
        .map(|one| (one.what, one.leader, one.reason))
        .collect();
    let left = (What::Left, Some(0), Some(reason));
    assert_eq!(told, [left, (What::Joined, Some(0), None)]);
    let seats = &world.forums[0].seats;
    // .5 + .25·.2
    assert_close(seats[0].expectation.into(), 0.55);
    assert_close(seats[0].influence.into(), 0.45);
    assert_close(seats[0].attendance.into(), 0.35);
    assert_eq!(seats[0].satiation, 0.0);
    assert_eq!((seats[0].grants, seats[0].withholds), (0, false));
    assert_eq!((seats[1].grants, seats[1].withholds), (8, true));
    let newcomer = world.leaders.generalised[0].map(f64::from);
    for (from, to, tie) in world.ties.pairs() {
        let ties = &world.ties;
        let held = [ties.trust[tie], ties.ceiling[tie], ties.granted[tie]].map(f64::from);
        let expected = match (from, to) {
            (0, to) => [newcomer[world.leaders.kind[to as usize] as usize], 1.0, 0.0],
            // What the others have heard of clinicians.
            (_, 0) => [0.3, 1.0, 0.0],
            _ => [0.9, 0.95, 0.7],
        };
        for (found, expected) in held.into_iter().zip(expected) {
            assert_close(found, expected);
        }
    }
}

#[test]
fn who_is_introduced_knows_between_whom_the_tie_is() {
    let mut setup = setup();
    // The third stands outside the forum of the first two, in the organisation of the second; the
    // tie to it comes first in the manager's row and moves the others.
    setup.forums[0].members = vec![1, 2];
    setup.posts[0].organisation = 1;
    let mut world = world(&setup);
    let one_other = Change::Introduce { one: 0, other: 1 };
    apply(
        &mut world,
        &[one_other, Change::Introduce { one: 0, other: 2 }],
        &mut Nobody,
    );
    let mark = |from: usize, to: u32| world.ties.marks[world.ties.find(from, to).unwrap()];
    let clinician = (Clinician as u32) << KIND;
    let manager = (Manager as u32) << KIND;
    assert_eq!(mark(0, 1), ADVICE | ACROSS_KINDS | manager);
    assert_eq!(mark(1, 0), ADVICE | ACROSS_KINDS | clinician);
    assert_eq!(mark(2, 0), ADVICE | ACROSS_ORGANISATIONS | clinician);
    let tie = world.ties.find(0, 1).unwrap();
    assert_close(world.ties.trust[tie].into(), 0.4);
    // The seats find the ties that have moved.
    for (from, to) in [(0, 1), (1, 0)] {
        let leader = |seat: usize| world.forums[0].seats[seat].leader;
        let found = world.ties.find(leader(from) as usize, leader(to));
        assert_eq!(Some(world.forums[0].tie(&world.ties, from, to)), found);
    }
}

//! One governance cycle, on one page: the phases in order, and why in that order.

use super::changes::Change;
use super::event::{self, Observer};
use super::interventions;
use super::meeting;
use super::minds::Minds;
use super::reflection::{self, Month};
use super::rules::{context, joint_action};
use super::setup::Setup;
use super::succession;
use super::weighing;
use super::world::{World, room_share};
use rayon::prelude::*;
use std::sync::Arc;

/// Leaders from which on one run is worth several threads.
const MANY: usize = 4096;

/// The start of one replicate, every leader weighed: what can be looked at before the first cycle.
#[must_use]
pub fn start(setup: &Setup, seed: u64, replicate: u64) -> World<'_> {
    let mut world = World::new(setup, seed, replicate);
    weighing::weigh(&mut world, false);
    world
}

/// Runs one cycle (a month). Slow states are read as at its start; what happens in it is gathered
/// without order and applied once at its end, so that neither forums nor threads come first.
pub fn step<O: Observer>(world: &mut World, observer: &mut O) {
    let parallel = world.leaders.len() >= MANY && rayon::current_num_threads() > 1;
    // What begins or ends this month does so before anything happens in it.
    arrange(world, observer);
    // The world outside moves first: what leaders meet this month is this month's pressure and need.
    surround(world);
    // Standing, power and load follow from last month's ties and this month's schedule.
    weighing::weigh(world, parallel);
    // C1-C7, forum by forum: who comes, speaks, understands, trusts, leads, decides; then joint action.
    meet(world, parallel);
    // C3-C5, C8, C9, leader by leader: what all of the month's meetings leave in each of them.
    reflect(world, parallel);
    // What was won reaches services with a lag.
    deliver(world);
    if O::ACTIVE {
        for (index, forum) in (0..).zip(&world.forums) {
            event::tell(world.cycle, index, forum, observer);
        }
    }
    // Who leaves, joins or is introduced does so between cycles: nobody is half here.
    change(world, observer);
    world.cycle += 1;
}

fn arrange(world: &mut World, observer: &mut impl Observer) {
    let mut changes = interventions::arrange(world);
    let month = world.cycle + 1;
    let opening = (0..).zip(&world.setup.forums);
    let opening = opening.filter(|(_, forum)| forum.design.start == month && month > 1);
    changes.extend(opening.map(|(forum, _)| Change::Open { forum }));
    if !changes.is_empty() {
        succession::apply(world, &changes, observer);
    }
}

fn surround(world: &mut World) {
    let context = &world.levers.context;
    world.pressure = context::pressure(context, world.pressure, &world.draws, world.cycle);
    for (index, system) in (0..).zip(&mut world.systems) {
        context::drift(context, system, index, &world.draws, world.cycle);
    }
}

fn meet(world: &mut World, parallel: bool) {
    let mut forums = std::mem::take(&mut world.forums);
    let mut rooms = std::mem::take(&mut world.rooms);
    let share = room_share(forums.len());
    let stage = world.stage();
    let hold = |(forums, (levers, room)): (
        &mut [super::forum::Forum],
        (&[Arc<super::levers::ForumLevers>], &mut super::stage::Room),
    )| {
        for (forum, levers) in forums.iter_mut().zip(levers) {
            meeting::month(&stage, levers, forum, room);
        }
    };
    let levers = &world.levers.forums;
    if parallel {
        forums
            .par_chunks_mut(share)
            .zip(levers.par_chunks(share).zip(&mut rooms))
            .for_each(hold);
    } else {
        forums
            .chunks_mut(share)
            .zip(levers.chunks(share).zip(&mut rooms))
            .for_each(hold);
    }
    (world.forums, world.rooms) = (forums, rooms);
}

fn reflect(world: &mut World, parallel: bool) {
    let mut taken = Minds::take(&mut world.leaders, &mut world.ties);
    let mut desks = std::mem::take(&mut world.desks);
    let month = Month {
        stage: world.stage(),
        forums: &world.forums,
        seats: &world.seats,
        seats_from: &world.seats_from,
    };
    reflection::reflect(&month, taken.minds(), &mut desks, parallel);
    taken.put_back(&mut world.leaders, &mut world.ties);
    let governance: f64 = desks.iter().map(|desk| desk.hours).sum();
    world.hours = governance + world.interventions.as_ref().map_or(0.0, |all| all.hours);
    world.clamped += desks.iter().map(|desk| desk.clamped).sum::<u64>();
    world.left.clear();
    world
        .left
        .extend(desks.iter().flat_map(|desk| &desk.leaving));
    world.desks = desks;
}

fn deliver(world: &mut World) {
    world.delivered += world
        .forums
        .iter()
        .map(|forum| forum.meeting.value)
        .sum::<f64>();
    joint_action::embed(
        &world.setup.mechanisms.joint_action,
        &mut world.embedded,
        world.delivered,
    );
}

fn change(world: &mut World, observer: &mut impl Observer) {
    let mut changes = std::mem::take(&mut world.changes);
    changes.clear();
    let introduced = world
        .forums
        .iter()
        .filter_map(|forum| forum.meeting.introduced);
    changes.extend(introduced.map(|(one, other)| Change::Introduce { one, other }));
    interventions::introductions(world, &mut changes);
    let left = world.left.iter();
    changes.extend(left.map(|(post, reason)| Change::Replace {
        post: *post,
        reason: *reason,
    }));
    if !changes.is_empty() {
        succession::apply(world, &changes, observer);
    }
    world.changes = changes;
}

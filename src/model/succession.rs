//! Applies structural changes between cycles: who leaves, who comes, who gets to know whom.

use super::changes::Change;
use super::event::{Event, Observer, What};
use super::forum::FIRST;
use super::network::{ADVICE, FORUM};
use super::world::World;
use crate::registry::places::ChairKind;

/// Applies the changes in order.
pub(super) fn apply(world: &mut World, changes: &[Change], observer: &mut impl Observer) {
    let cycle = world.cycle;
    let mut gone = false;
    for change in changes {
        match *change {
            Change::Introduce { one, other } => introduce(world, one, other),
            Change::Part { one, other } => part(world, one, other),
            Change::Chair { forum, kind } => chair(world, forum, kind),
            Change::Open { forum } => open(world, forum),
            Change::Replace { post, reason } => {
                replace(world, post);
                gone = true;
                for (what, reason) in [(What::Left, Some(reason)), (What::Joined, None)] {
                    observer.observe(Event {
                        cycle,
                        what,
                        forum: None,
                        leader: Some(post),
                        other: None,
                        reason,
                        amount: 1.0,
                    });
                }
            }
        }
    }
    if gone {
        forget(world, changes);
    }
}

/// A tie in both directions, with the trust that each has in the other's kind.
fn introduce(world: &mut World, one: u32, other: u32) {
    for (from, to) in [(one, other), (other, one)] {
        let kind = world.leaders.kind[to as usize] as usize;
        let trust = world.leaders.generalised[from as usize][kind];
        if world.ties.free(from as usize) <= world.reserved[from as usize] {
            continue;
        }
        if let Some(tie) = world.ties.add(from as usize, to, ADVICE, trust) {
            world.ties.mark(&world.leaders, from as usize, tie);
            reindex(world, from as usize);
        }
    }
}

/// What each holds of the other is what it holds of the other's kind.
fn part(world: &mut World, one: u32, other: u32) {
    for (from, to) in [(one, other), (other, one)] {
        if let Some(tie) = world.ties.find(from as usize, to) {
            let kind = world.leaders.kind[to as usize] as usize;
            let general = world.leaders.generalised[from as usize][kind];
            world.ties.trust[tie] = general.min(world.ties.ceiling[tie]);
            world.ties.granted[tie] = 0.0;
        }
    }
}

/// A broker has no seat and must be accepted anew; a member that chaired is back in its own.
fn chair(world: &mut World, forum: u32, kind: ChairKind) {
    let stated = &world.setup.forums[forum as usize];
    let forum = &mut world.forums[forum as usize];
    forum.chair = kind;
    forum.acceptance = world.setup.mechanisms.convening.start_acceptance;
    forum.chair_seat = match kind {
        ChairKind::Neutral | ChairKind::None => None,
        ChairKind::Organic | ChairKind::Appointed => stated.chair_seat(),
    };
}

/// The members of a forum that begins are tied as strangers are, where they are not tied yet.
fn open(world: &mut World, forum: u32) {
    let index = forum as usize;
    let members = world.forums[index].seats.len();
    for from in 0..members {
        let leader = world.forums[index].seats[from].leader;
        world.reserved[leader as usize] -= members - 1;
        for to in (0..members).filter(|to| *to != from) {
            let other = world.forums[index].seats[to].leader;
            let kind = world.leaders.kind[other as usize] as usize;
            let trust = world.leaders.generalised[leader as usize][kind];
            match world.ties.add(leader as usize, other, FORUM, trust) {
                Some(tie) => world.ties.mark(&world.leaders, leader as usize, tie),
                // Those who know each other from elsewhere share a forum now.
                None => {
                    if let Some(tie) = world.ties.find(leader as usize, other) {
                        world.ties.marks[tie] |= FORUM;
                    }
                }
            }
        }
        reindex(world, leader as usize);
    }
    for from in 0..members {
        for to in (0..members).filter(|to| *to != from) {
            if !counted(world, index, from, to) {
                world.forums[index].ties[from * members + to] |= FIRST;
            }
        }
    }
}

/// Whether a pair of a forum's seats is counted in that forum or in another that both sit in.
fn counted(world: &World, forum: usize, from: usize, to: usize) -> bool {
    let seats = &world.forums[forum].seats;
    let (leader, other) = (seats[from].leader as usize, seats[to].leader);
    world.seats_of(leader).iter().any(|(forum, seat)| {
        let forum = &world.forums[*forum as usize];
        let entries = forum.row(*seat as usize).iter().zip(&forum.seats);
        entries
            .into_iter()
            .any(|(entry, seat)| seat.leader == other && entry & FIRST != 0)
    })
}

/// A leader's ties have moved within its row: its seats find them again.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a leader's ties are counted in 15 bits"
)]
fn reindex(world: &mut World, leader: usize) {
    let seats = world.seats_from[leader] as usize..world.seats_from[leader + 1] as usize;
    for (forum, seat) in &world.seats[seats] {
        let forum = &mut world.forums[*forum as usize];
        let members = forum.seats.len();
        for to in (0..members).filter(|to| *to != *seat as usize) {
            let entry = &mut forum.ties[*seat as usize * members + to];
            if let Some(tie) = world.ties.find(leader, forum.seats[to].leader) {
                *entry = (tie - world.ties.start[leader]) as u16 | (*entry & FIRST);
            }
        }
    }
}

/// A newcomer starts afresh: own attributes, what the newcomer has heard of kinds as trust in
/// everyone, no record with any forum.
#[allow(
    clippy::cast_possible_truncation,
    reason = "slow states of a seat are kept short"
)]
fn replace(world: &mut World, post: u32) {
    let leader = post as usize;
    let cycle = world.cycle;
    let mut leaders = std::mem::take(&mut world.leaders);
    world.founding().appoint(&mut leaders, leader, Some(cycle));
    leaders.holder[leader] += 1;
    for tie in world.ties.row(leader) {
        let kind = leaders.kind[world.ties.target[tie] as usize] as usize;
        world.ties.trust[tie] = leaders.generalised[leader][kind];
        world.ties.ceiling[tie] = 1.0;
        world.ties.granted[tie] = 0.0;
    }
    world.leaders = leaders;
    let seats = world.seats_from[leader] as usize..world.seats_from[leader + 1] as usize;
    let rule = &world.setup.mechanisms.convening;
    let inducted = f64::from(world.levers.given(leader).inducted);
    for (forum, seat) in &world.seats[seats] {
        let forum = &mut world.forums[*forum as usize];
        let history = world.systems[forum.system as usize].history;
        let expectation = rule.start_expectation + rule.history_expectation * history;
        let seat = &mut forum.seats[*seat as usize];
        let expectation = expectation.clamp(0.0, 1.0);
        seat.expectation = (expectation + inducted * (1.0 - expectation)) as f32;
        seat.influence = rule.start_influence as f32;
        seat.attendance = rule.start_attendance as f32;
        seat.satiation = 0.0;
        seat.grants = 0;
        seat.withholds = false;
    }
}

/// What others held of those who left is gone: they meet the newcomers with generalised trust.
fn forget(world: &mut World, changes: &[Change]) {
    let mut gone = std::mem::take(&mut world.gone);
    gone.fill(false);
    for change in changes {
        if let Change::Replace { post, .. } = change {
            gone[*post as usize] = true;
        }
    }
    for from in 0..world.leaders.len() {
        for tie in world.ties.row(from) {
            let to = world.ties.target[tie] as usize;
            if gone[to] {
                let kind = world.leaders.kind[to] as usize;
                world.ties.trust[tie] = world.leaders.generalised[from][kind];
                world.ties.ceiling[tie] = 1.0;
                world.ties.granted[tie] = 0.0;
            }
        }
    }
    world.gone = gone;
}

#[cfg(test)]
mod tests;

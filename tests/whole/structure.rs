//! Seats, ties and indices stay consistent after turnover and introductions.

use super::Faults;
use commonground::model::forum::FIRST;
use commonground::model::network::{ACROSS_KINDS, ACROSS_ORGANISATIONS, ADVICE, FORUM, KIND};
use commonground::model::world::World;
use std::collections::BTreeMap;

/// What must last from one cycle to the next, unless somebody left.
#[derive(Clone, Debug, Default)]
pub struct Lasting {
    holders: Vec<u32>,
    ceilings: BTreeMap<(usize, u32), f32>,
}

impl Lasting {
    pub fn of(world: &World) -> Self {
        let ceilings = world.ties.pairs();
        Self {
            holders: world.leaders.holder.clone(),
            ceilings: ceilings
                .map(|(from, to, tie)| ((from, to), world.ties.ceiling[tie]))
                .collect(),
        }
    }
}

pub fn check(world: &World, faults: &mut Faults) {
    rows(world, faults);
    seats(world, faults);
    forums(world, faults);
}

fn rows(world: &World, faults: &mut Faults) {
    let ties = &world.ties;
    let leaders = world.leaders.len();
    for leader in 0..leaders {
        let row = ties.row(leader);
        let targets = &ties.target[row.clone()];
        if !targets.windows(2).all(|two| two[0] < two[1]) {
            faults.add(format!("the ties of {leader} do not rise: {targets:?}"));
        }
        if targets
            .iter()
            .any(|to| *to as usize >= leaders || *to as usize == leader)
        {
            faults.add(format!("{leader} has ties with nobody: {targets:?}"));
        }
        if row.end > ties.start[leader + 1] {
            faults.add(format!("the ties of {leader} run into the next row"));
        }
        let spare = row.end..ties.start[leader + 1].max(row.end);
        if spare
            .clone()
            .any(|at| (ties.trust[at], ties.granted[at], ties.marks[at]) != (0.0, 0.0, 0))
        {
            faults.add(format!(
                "the places that {leader} has to spare are not empty"
            ));
        }
        for tie in row {
            marks(world, leader, tie, faults);
        }
    }
}

/// A tie knows between whom it is.
fn marks(world: &World, from: usize, tie: usize, faults: &mut Faults) {
    let (leaders, to) = (&world.leaders, world.ties.target[tie] as usize);
    let mut expected = (leaders.kind[to] as u32) << KIND;
    if leaders.kind[from] != leaders.kind[to] {
        expected |= ACROSS_KINDS;
    }
    if leaders.organisation[from] != leaders.organisation[to] {
        expected |= ACROSS_ORGANISATIONS;
    }
    let found = world.ties.marks[tie] & !(ADVICE | FORUM);
    if found != expected {
        faults.add(format!(
            "the tie of {from} and {to} has the marks {found:b}, not {expected:b}"
        ));
    }
}

/// Who sits where is as the setup says, from either side.
fn seats(world: &World, faults: &mut Faults) {
    let mut sits: Vec<Vec<(u32, u32)>> = vec![Vec::new(); world.leaders.len()];
    for (index, (forum, stated)) in (0..).zip(world.forums.iter().zip(&world.setup.forums)) {
        let members: Vec<u32> = forum.seats.iter().map(|seat| seat.leader).collect();
        if members != stated.members {
            faults.add(format!("the members of forum {index} are {members:?}"));
        }
        for (at, seat) in (0..).zip(&forum.seats) {
            sits[seat.leader as usize].push((index, at));
        }
        let chair = forum.chair_seat.map(|seat| members[seat as usize]);
        let broker = world.levers.forums[index as usize].neutral;
        if chair != stated.chair.post.filter(|_| !broker) {
            faults.add(format!("forum {index} is chaired by {chair:?}"));
        }
    }
    for (leader, sits) in sits.iter().enumerate() {
        if world.seats_of(leader) != sits.as_slice() {
            faults.add(format!("the seats of {leader} are {sits:?}"));
        }
    }
}

/// Every pair of a forum finds its tie, both ways, and is counted once over all forums.
fn forums(world: &World, faults: &mut Faults) {
    let mut counted: BTreeMap<usize, u32> = BTreeMap::new();
    let begun = |index: &usize| world.setup.forums[*index].design.start <= world.cycle.max(1);
    for (index, forum) in world.forums.iter().enumerate().filter(|(at, _)| begun(at)) {
        let members = forum.seats.len();
        for at in (0..members * members).filter(|at| at / members != at % members) {
            let (from, to) = (at / members, at % members);
            let (a, b) = (forum.seats[from].leader, forum.seats[to].leader);
            let tie = forum.tie(&world.ties, from, to);
            if world.ties.find(a as usize, b) != Some(tie) {
                faults.add(format!(
                    "{a} and {b} do not find their tie in forum {index}"
                ));
            } else if world.ties.marks[tie] & FORUM == 0 {
                faults.add(format!(
                    "the tie of {a} and {b} does not know of forum {index}"
                ));
            }
            *counted.entry(tie).or_default() += u32::from(forum.ties[at] & FIRST != 0);
        }
    }
    if counted.values().any(|count| *count != 1) {
        faults.add("a pair is not counted once over the forums it shares".into());
    }
    let ties = world.ties.pairs();
    let fromed = ties.filter(|(_, _, tie)| world.ties.marks[*tie] & FORUM != 0);
    if fromed.count() != counted.len() {
        faults.add("ties say they come from forums that are not there".into());
    }
}

/// What a month may change of who there is: posts of leavers, and new advice ties.
pub fn month(world: &World, before: &Lasting, faults: &mut Faults) {
    let left = |post: usize| world.left.iter().any(|(one, _)| *one as usize == post);
    for (post, (was, is)) in before.holders.iter().zip(&world.leaders.holder).enumerate() {
        let gone = world
            .left
            .iter()
            .filter(|(one, _)| *one as usize == post)
            .count();
        if (*is - *was) as usize != gone || gone > 1 {
            faults.add(format!(
                "post {post} had holder {was} and has {is}, {gone} left"
            ));
        }
    }
    let (mut fresh, mut opened) = (0, 0);
    for (from, to, tie) in world.ties.pairs() {
        let (ceiling, granted) = (world.ties.ceiling[tie], world.ties.granted[tie]);
        let newcomer = left(from) || left(to as usize);
        let was = before.ceilings.get(&(from, to));
        if newcomer && (ceiling, granted) != (1.0, 0.0) {
            faults.add(format!("a newcomer's tie {from}, {to} has a past"));
        }
        let repaired = world.levers.given(from).repairing > 0.0;
        if let Some(was) = was.filter(|was| !newcomer && !repaired && ceiling > **was) {
            faults.add(format!(
                "the ceiling of {from}, {to} rises from {was} to {ceiling}"
            ));
        }
        if was.is_none() && met_in_a_new_forum(world, from as u32, to) {
            opened += 1;
            continue;
        }
        if was.is_none() && (world.ties.marks[tie] & (ADVICE | FORUM) != ADVICE || granted > 0.0) {
            faults.add(format!(
                "a new tie {from}, {to} is more than an introduction"
            ));
        }
        fresh += usize::from(was.is_none());
    }
    if before.ceilings.len() + fresh + opened != world.ties.len() {
        faults.add("a tie is gone".into());
    }
    introductions(world, fresh, faults);
}

/// Whether two leaders sit in a forum that began in the month that has just passed.
fn met_in_a_new_forum(world: &World, one: u32, other: u32) -> bool {
    let mut forums = world.setup.forums.iter();
    forums.any(|forum| {
        forum.design.start == world.cycle
            && forum.members.contains(&one)
            && forum.members.contains(&other)
    })
}

/// Introductions make ties both ways, unless a row is full.
fn introductions(world: &World, fresh: usize, faults: &mut Faults) {
    let met: Vec<(u32, u32)> = world
        .forums
        .iter()
        .filter_map(|forum| forum.meeting.introduced)
        .collect();
    let communities = world
        .levers
        .given
        .iter()
        .filter(|given| given.community > 0.0);
    if fresh > 2 * (met.len() + communities.count()) {
        faults.add(format!("{fresh} new ties from {} introductions", met.len()));
    }
    for (one, other) in met {
        for (from, to) in [(one, other), (other, one)] {
            let full = world.ties.free(from as usize) <= world.reserved[from as usize];
            if world.ties.find(from as usize, to).is_none() && !full {
                faults.add(format!("{from} was introduced to {to} and has no tie"));
            }
        }
    }
}

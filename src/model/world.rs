//! All state of one run, and how it begins.

use super::arrangements::Interventions;
use super::changes::Change;
use super::event::Reason;
use super::forum::{FIRST, Forum, Meeting, NO_TIE, Programme, Seat};
use super::founding::{BLOCK, Founding, normals, organisations, systems};
use super::leader::Leaders;
use super::levers::Levers;
use super::network::Ties;
use super::organisation::{Organisation, Pressure, System};
use super::reflection::Desk;
use super::setup::{self, Setup};
use super::stage::{Room, Stage};
use crate::random::{Draws, Purpose, address};
use crate::registry::mechanisms::Mechanisms;
use crate::registry::places::Tier;

/// All state of one run.
#[derive(Clone, Debug)]
pub struct World<'a> {
    /// What the run started from.
    pub setup: &'a Setup,
    /// Random numbers of this run.
    pub draws: Draws,
    /// The cycle that comes next, counted from zero.
    pub cycle: u32,
    /// Leaders.
    pub leaders: Leaders,
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Systems.
    pub systems: Vec<System>,
    /// Pressure from above.
    pub pressure: Pressure,
    /// What the scenario provides in this cycle.
    pub levers: Levers,
    /// Ties.
    pub ties: Ties,
    /// Forums.
    pub forums: Vec<Forum>,
    /// Seats of all leaders, as (forum, seat); leader i's are `seats_from[i]..seats_from[i + 1]`.
    pub seats: Vec<(u32, u32)>,
    /// Where each leader's seats begin.
    pub seats_from: Vec<u32>,
    /// Places in each leader's row of ties that are kept for forums which have not begun.
    pub reserved: Vec<usize>,
    /// Value delivered so far.
    pub delivered: f64,
    /// The parts of it that have come through the stages on the way to services; the last has arrived.
    pub embedded: [f64; 3],
    /// Hours of governance in this cycle.
    pub hours: f64,
    /// Values that had to be held to their range so far.
    pub clamped: u64,
    /// Scratch: posts whose holder was replaced.
    pub gone: Vec<bool>,
    /// Posts whose holder left in this cycle, and why.
    pub left: Vec<(u32, Reason)>,
    /// Interventions and shocks, where the scenario has any.
    pub interventions: Option<Box<Interventions>>,
    /// Structural changes at the end of this cycle.
    pub changes: Vec<Change>,
    pub(super) rooms: Vec<Room>,
    pub(super) desks: Vec<Desk>,
}

impl<'a> World<'a> {
    /// The start of one replicate.
    #[must_use]
    pub fn new(setup: &'a Setup, seed: u64, replicate: u64) -> Self {
        let draws = Draws::new(seed, replicate);
        let systems = systems(setup, &draws);
        let organisations = organisations(setup, &draws);
        let mut founding = Founding {
            setup,
            draws: &draws,
            systems: &systems,
            organisations: &organisations,
        };
        let mut leaders = Leaders::with_posts(setup.posts.len());
        for post in 0..setup.posts.len() {
            founding.appoint(&mut leaders, post, None);
        }
        let levers = founding.levers();
        let (mut forums, seats, seats_from) = forums(setup, &draws);
        for forum in &forums {
            for seat in &forum.seats {
                leaders.executive[seat.leader as usize] |= forum.tier == Tier::Executive;
            }
        }
        let reserved = founding.reserved(&forums);
        let ties = founding.ties(&leaders, &forums, &reserved);
        let mut marked = vec![false; ties.target.len()];
        // A pair is counted in the first forum that it shares: the first that begins.
        let mut order: Vec<usize> = (0..forums.len()).collect();
        order.sort_by_key(|at| setup.forums[*at].design.start);
        for at in order {
            index(&mut forums[at], &ties, &mut marked);
        }
        for forum in &mut forums {
            begin(forum, setup, &systems);
        }
        let blocks = setup.posts.len().div_ceil(BLOCK).max(1);
        Self {
            setup,
            cycle: 0,
            pressure: Pressure::default(),
            delivered: 0.0,
            embedded: [0.0; 3],
            hours: 0.0,
            clamped: 0,
            gone: vec![false; setup.posts.len()],
            left: Vec::with_capacity(setup.posts.len().min(BLOCK)),
            interventions: Interventions::new(setup, &levers),
            changes: Vec::new(),
            rooms: vec![Room::default(); forums.len().div_ceil(room_share(forums.len())).max(1)],
            desks: vec![Desk::new(&setup.mechanisms.trust); blocks],
            draws,
            leaders,
            organisations,
            systems,
            levers,
            ties,
            forums,
            seats,
            seats_from,
            reserved,
        }
    }

    /// Parameters of the rules.
    #[must_use]
    pub fn mechanisms(&self) -> &'a Mechanisms {
        &self.setup.mechanisms
    }

    /// The state as rules see it.
    #[must_use]
    pub fn stage(&self) -> Stage<'_> {
        Stage {
            cycle: self.cycle,
            mechanisms: &self.setup.mechanisms,
            levers: &self.levers,
            leaders: &self.leaders,
            organisations: &self.organisations,
            systems: &self.systems,
            pressure: self.pressure,
            ties: &self.ties,
            draws: &self.draws,
        }
    }

    /// The forums that lived in the cycle that has just run, with their places.
    pub fn living(&self) -> impl Iterator<Item = (usize, &Forum)> {
        let cycle = self.cycle.saturating_sub(1);
        let lives = move |(index, _): &(usize, &Forum)| {
            let levers = self.levers.forums.get(*index);
            levers.is_none_or(|levers| Forum::lives(&levers.design, cycle))
        };
        self.forums.iter().enumerate().filter(lives)
    }

    /// The seats of one leader, as (forum, seat).
    #[must_use]
    pub fn seats_of(&self, leader: usize) -> &[(u32, u32)] {
        &self.seats[self.seats_from[leader] as usize..self.seats_from[leader + 1] as usize]
    }

    /// What founds and refounds a system: attributes of leaders, trust at the start.
    pub(super) fn founding(&self) -> Founding<'_> {
        Founding {
            setup: self.setup,
            draws: &self.draws,
            systems: &self.systems,
            organisations: &self.organisations,
        }
    }
}

/// Forums that share a room: meetings are held room by room, side by side in a large system.
#[must_use]
pub(super) fn room_share(forums: usize) -> usize {
    forums.div_ceil(64).max(32)
}

/// Seats of all forums, and of each leader.
#[allow(
    clippy::cast_possible_truncation,
    reason = "seats and forums are counted in 32 bits"
)]
fn forums(setup: &Setup, draws: &Draws) -> (Vec<Forum>, Vec<(u32, u32)>, Vec<u32>) {
    let forums: Vec<Forum> = setup
        .forums
        .iter()
        .map(|forum| empty_forum(setup, draws, forum))
        .collect();
    let mut from = vec![0u32; setup.posts.len() + 1];
    for seat in forums.iter().flat_map(|forum| &forum.seats) {
        from[seat.leader as usize + 1] += 1;
    }
    for leader in 0..setup.posts.len() {
        from[leader + 1] += from[leader];
    }
    let mut next = from.clone();
    let mut seats = vec![(0, 0); from[setup.posts.len()] as usize];
    for (index, forum) in (0..).zip(&forums) {
        for (at, seat) in (0..).zip(&forum.seats) {
            let place = &mut next[seat.leader as usize];
            seats[*place as usize] = (index, at);
            *place += 1;
        }
    }
    (forums, seats, from)
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "seats are counted in 32 bits"
)]
fn empty_forum(setup: &Setup, draws: &Draws, forum: &setup::Forum) -> Forum {
    let mut organisations: Vec<u32> = Vec::new();
    let seats = forum.members.iter().map(|post| {
        let organisation = setup.posts[*post as usize].organisation;
        let at = organisations
            .iter()
            .position(|known| *known == organisation)
            .unwrap_or_else(|| {
                organisations.push(organisation);
                organisations.len() - 1
            });
        Seat {
            leader: *post,
            organisation: at as u32,
            ..Seat::default()
        }
    });
    let seats: Vec<Seat> = seats.collect();
    let address = address(&forum.id);
    let luck = normals::<1>(draws, Purpose::Luck, address, 0)[0];
    Forum {
        address,
        tier: forum.tier,
        system: forum.system,
        chair: forum.chair.kind,
        chair_seat: forum.chair_seat(),
        ties: Vec::new(),
        pairs: vec![0; seats.len() * seats.len()],
        seats,
        acceptance: 0.0,
        equality: 0.0,
        failing: 0.0,
        luck: setup.mechanisms.joint_action.luck_forum * luck,
        programme: Programme {
            waiting: Vec::with_capacity(setup.mechanisms.joint_action.waiting as usize + 1),
            ..Programme::default()
        },
        meeting: Meeting::default(),
    }
}

/// What members remember at the start.
#[allow(
    clippy::cast_possible_truncation,
    reason = "slow states of a seat are kept short"
)]
fn begin(forum: &mut Forum, setup: &Setup, systems: &[System]) {
    let rule = &setup.mechanisms.convening;
    let history = systems[forum.system as usize].history;
    let expectation = (rule.start_expectation + rule.history_expectation * history).clamp(0.0, 1.0);
    for seat in &mut forum.seats {
        seat.attendance = rule.start_attendance as f32;
        seat.expectation = expectation as f32;
        seat.influence = rule.start_influence as f32;
    }
    forum.acceptance = rule.start_acceptance;
}

/// Finds the tie of every pair of seats; the first forum that a pair shares is marked.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a leader's ties are counted in 15 bits"
)]
fn index(forum: &mut Forum, ties: &Ties, marked: &mut [bool]) {
    let members = forum.seats.len();
    forum.ties = vec![NO_TIE; members * members];
    for from in 0..members {
        for to in (0..members).filter(|to| *to != from) {
            if let Some(tie) = ties.find(forum.seats[from].leader as usize, forum.seats[to].leader)
            {
                let first = if marked[tie] { 0 } else { FIRST };
                let place = tie - ties.start[forum.seats[from].leader as usize];
                forum.ties[from * members + to] = place as u16 | first;
                marked[tie] = true;
            }
        }
    }
}

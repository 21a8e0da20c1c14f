//! A bench for tests of the rules: one meeting of a few leaders, each from an organisation of its
//! own, at the registry's presets and without any spread. A test sets what it needs, chooses the
//! draws, and runs a rule.

use crate::model::forum::Forum;
use crate::model::leader::Leaders;
use crate::model::levers::{ForumLevers, Levers};
use crate::model::network::Ties;
use crate::model::organisation::{Organisation, Pressure, System};
use crate::model::setup::{self, Chair, Group, Post, Setup};
use crate::model::stage::{ForumWords, Room, Stage, Table};
use crate::model::world::World;
use crate::random::Draws;
use crate::registry::leaders::{Attribute, LeaderKind, Spread};
use crate::registry::mechanisms::Mechanisms;
use crate::registry::places::{ChairKind, ForumDesign, OrganisationTerms, Provided, Tier};
use std::sync::Arc;

/// All that a rule reads and writes, open to a test.
#[derive(Clone, Debug)]
pub(in crate::model) struct Bench {
    pub(in crate::model) cycle: u32,
    pub(in crate::model) mechanisms: Mechanisms,
    pub(in crate::model) levers: Levers,
    pub(in crate::model) leaders: Leaders,
    pub(in crate::model) organisations: Vec<Organisation>,
    pub(in crate::model) systems: Vec<System>,
    pub(in crate::model) pressure: Pressure,
    pub(in crate::model) ties: Ties,
    pub(in crate::model) draws: Draws,
    pub(in crate::model) forum: Forum,
    pub(in crate::model) room: Room,
}

impl Bench {
    /// Leaders of these kinds in one project forum without a chair: nobody has come yet, draws are
    /// in the middle of their range, powers are equal.
    pub(in crate::model) fn new(kinds: &[LeaderKind]) -> Self {
        let setup = plain(kinds);
        let mut world = World::new(&setup, 1, 0);
        let room = Room {
            words: ForumWords::middling(kinds.len()),
            relative_power: vec![1.0; kinds.len()],
            ..Room::default()
        };
        Self {
            cycle: 0,
            mechanisms: setup.mechanisms,
            levers: world.levers,
            leaders: world.leaders,
            organisations: world.organisations,
            systems: world.systems,
            pressure: world.pressure,
            ties: world.ties,
            draws: world.draws,
            forum: world.forums.remove(0),
            room,
        }
    }

    /// As many clinicians.
    pub(in crate::model) fn clinicians(count: usize) -> Self {
        Self::new(&vec![LeaderKind::Clinician; count])
    }

    /// These seats come; all speak equally and know the item's topic as well as is typical.
    pub(in crate::model) fn come(&mut self, seats: &[usize]) {
        for (at, seat) in self.forum.seats.iter_mut().enumerate() {
            seat.present = seats.contains(&at);
        }
        let mut room = std::mem::take(&mut self.room);
        room.gather(&self.stage(), &self.forum);
        room.voice = vec![1.0; seats.len()];
        room.knowledge = vec![0.75; seats.len()];
        self.room = room;
    }

    /// The state as rules see it.
    pub(in crate::model) fn stage(&self) -> Stage<'_> {
        Stage {
            cycle: self.cycle,
            mechanisms: &self.mechanisms,
            levers: &self.levers,
            leaders: &self.leaders,
            organisations: &self.organisations,
            systems: &self.systems,
            pressure: self.pressure,
            ties: &self.ties,
            draws: &self.draws,
        }
    }

    /// Runs a rule on the meeting.
    pub(in crate::model) fn run<T>(&mut self, rule: impl FnOnce(&Stage, &mut Table) -> T) -> T {
        let mut forum = self.forum.clone();
        let mut room = std::mem::take(&mut self.room);
        let mut table = Table {
            forum: &mut forum,
            levers: &self.levers.forums[0],
            room: &mut room,
        };
        let result = rule(&self.stage(), &mut table);
        (self.forum, self.room) = (forum, room);
        result
    }

    /// What the scenario provides to the forum.
    pub(in crate::model) fn provides(&mut self) -> &mut ForumLevers {
        Arc::make_mut(&mut self.levers.forums[0])
    }

    /// A member chairs.
    pub(in crate::model) fn chair(&mut self, kind: ChairKind, seat: u32) {
        self.forum.chair = kind;
        self.forum.chair_seat = Some(seat);
    }

    /// Trust of one seat in another.
    pub(in crate::model) fn trust(&mut self, from: usize, to: usize, trust: f32) {
        let tie = self.forum.tie(&self.ties, from, to);
        self.ties.trust[tie] = trust;
    }

    /// Leadership that one seat grants another.
    pub(in crate::model) fn granted(&mut self, from: usize, to: usize, granted: f32) {
        let tie = self.forum.tie(&self.ties, from, to);
        self.ties.granted[tie] = granted;
    }
}

/// The word behind a uniform number.
pub(in crate::model) fn word(uniform: f64) -> u32 {
    (uniform * 4_294_967_296.0) as u32
}

/// The word behind a standard normal number of -2, -1, 0, 1 or 2.
pub(in crate::model) fn deviate(normal: i32) -> u32 {
    let lower = [0.5, 0.158_655_253_931_457, 0.022_750_131_948_179];
    let tail = lower[normal.unsigned_abs() as usize];
    word(if normal > 0 { 1.0 - tail } else { tail })
}

/// Asserts that an event happens for draws just below a chance and not just above it.
#[track_caller]
pub(in crate::model) fn assert_chance(chance: f64, mut event: impl FnMut(u32) -> bool) {
    assert!(event(word(chance - 1e-6)), "less likely than {chance}");
    assert!(!event(word(chance + 1e-6)), "likelier than {chance}");
}

/// Asserts that a number is the expected one, to six digits (some states are kept short).
#[track_caller]
pub(in crate::model) fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
}

/// A system of these leaders in one project forum without a chair, without any spread.
pub(crate) fn plain(kinds: &[LeaderKind]) -> Setup {
    let count = kinds.len() as u32;
    let mut setup = Setup {
        systems: vec![setup::System::default()],
        organisations: (0..count).map(organisation).collect(),
        groups: kinds.iter().map(|kind| group(*kind)).collect(),
        posts: (0..count).map(post).collect(),
        forums: vec![forum(count)],
        ..Setup::default()
    };
    let between = &mut setup.between;
    (between.history, between.reputation, between.power) = (0.0, 0.0, 0.0);
    (between.interdependence, between.mix) = (0.0, 0.0);
    between.organisation_gap = 0.0;
    setup.context.need_spread = 0.0;
    setup.network.density = 0.0;
    setup.mechanisms.trust.start_sd = 0.0;
    let luck = &mut setup.mechanisms.joint_action;
    (luck.luck_system, luck.luck_forum) = (0.0, 0.0);
    setup
}

fn organisation(at: u32) -> setup::Organisation {
    setup::Organisation {
        id: format!("organisation-{at}"),
        name: String::new(),
        kind: String::new(),
        system: 0,
        terms: OrganisationTerms::default(),
    }
}

fn group(kind: LeaderKind) -> Group {
    let mut mix = [0.0; 3];
    mix[kind as usize] = 1.0;
    let mut attributes = [None; Attribute::COUNT];
    for attribute in Attribute::ALL {
        let preset = attribute.preset(kind);
        attributes[*attribute as usize] = Some(Spread { sd: 0.0, ..preset });
    }
    Group {
        id: String::new(),
        title: String::new(),
        mix,
        profession: None,
        attributes,
    }
}

fn post(at: u32) -> Post {
    Post {
        id: format!("leader-{at}"),
        group: at,
        organisation: at,
        neighbourhood: 0,
        known: None,
    }
}

fn forum(members: u32) -> setup::Forum {
    setup::Forum {
        id: "forum".to_owned(),
        name: String::new(),
        tier: Tier::Project,
        system: 0,
        design: ForumDesign::default(),
        provided: Provided::default(),
        chair: Chair {
            kind: ChairKind::None,
            post: None,
        },
        members: (0..members).collect(),
    }
}

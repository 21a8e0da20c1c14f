//! What happened, as typed events, for whoever wants to know.
//!
//! Events are read off the flows of a cycle after its rules have run: an observer cannot change a
//! result, and without one nothing is read.

use super::forum::{Decision, Forum, pair};

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A leader came to a meeting.
    Attended,
    /// A leader spoke; amount: air time relative to an equal share.
    Spoke,
    /// A leader kept its part of a project that was won.
    KeptPromise,
    /// A leader broke a promise; amount: how many members saw it.
    BrokePromise,
    /// A leader claimed leadership of the item.
    Claimed,
    /// A leader granted another's claim.
    Granted,
    /// A leader refused another's claim.
    Refused,
    /// The forum agreed; amount: share in support.
    Agreed,
    /// The forum did not agree; amount: share in support.
    Impasse,
    /// The hierarchy decided after an impasse; amount: share in support.
    Imposed,
    /// The item had been decided elsewhere.
    Token,
    /// Too few came to decide; amount: how many.
    NoQuorum,
    /// Projects were won; amount: their weight.
    Won,
    /// Projects ran out of time; amount: their weight.
    FailedInTime,
    /// A project was unfinished when its forum ended; amount: its weight.
    FailedAtEnd,
    /// Priorities changed and the programme was abandoned; amount: items lost.
    Abandoned,
    /// The last decision was overturned from above.
    Overturned,
    /// An agreed item found no place on the waiting list.
    Dropped,
    /// Two leaders were introduced to each other.
    Introduced,
    /// A leader left its post.
    Left,
    /// A newcomer took over a post.
    Joined,
}

impl What {
    /// The name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Attended => "attended",
            Self::Spoke => "spoke",
            Self::KeptPromise => "kept_promise",
            Self::BrokePromise => "broke_promise",
            Self::Claimed => "claimed",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Agreed => "agreed",
            Self::Impasse => "impasse",
            Self::Imposed => "imposed",
            Self::Token => "token",
            Self::NoQuorum => "no_quorum",
            Self::Won => "won",
            Self::FailedInTime => "failed_in_time",
            Self::FailedAtEnd => "failed_at_end",
            Self::Abandoned => "abandoned",
            Self::Overturned => "overturned",
            Self::Dropped => "dropped",
            Self::Introduced => "introduced",
            Self::Left => "left",
            Self::Joined => "joined",
        }
    }
}

/// One event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Cycle, counted from zero.
    pub cycle: u32,
    /// What happened.
    pub what: What,
    /// Forum, where it happened in one.
    pub forum: Option<u32>,
    /// Leader (post) that did it.
    pub leader: Option<u32>,
    /// The other leader, where there is one.
    pub other: Option<u32>,
    /// Amount, as said at [`What`]; one where nothing is said.
    pub amount: f64,
}

/// Somebody who wants to know what happened.
pub trait Observer {
    /// Whether anything is observed at all.
    const ACTIVE: bool = true;
    /// Takes one event. Events come in order of cycle, forum and seat.
    fn observe(&mut self, event: Event);
}

/// Nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nobody;

impl Observer for Nobody {
    const ACTIVE: bool = false;
    fn observe(&mut self, _: Event) {}
}

impl Observer for Vec<Event> {
    fn observe(&mut self, event: Event) {
        self.push(event);
    }
}

/// Tells an observer what happened in one forum this month.
pub fn tell(cycle: u32, index: u32, forum: &Forum, observer: &mut impl Observer) {
    let mut say = |what, leader: Option<u32>, other, amount| {
        observer.observe(Event {
            cycle,
            what,
            forum: Some(index),
            leader,
            other,
            amount,
        });
    };
    let members = forum.seats.len();
    let present = |seat: &&super::forum::Seat| seat.present;
    for seat in forum.seats.iter().filter(present) {
        say(What::Attended, Some(seat.leader), None, 1.0);
    }
    if forum.meeting.decision > Decision::NoQuorum {
        for seat in forum.seats.iter().filter(present) {
            say(What::Spoke, Some(seat.leader), None, f64::from(seat.voice));
        }
    }
    for (to, seat) in forum
        .seats
        .iter()
        .enumerate()
        .filter(|(_, seat)| seat.claimed)
    {
        say(What::Claimed, Some(seat.leader), None, 1.0);
        for (by, judge) in forum.seats.iter().enumerate() {
            let passed = forum.pairs[by * members + to];
            if passed & pair::GRANTED != 0 {
                say(What::Granted, Some(judge.leader), Some(seat.leader), 1.0);
            } else if passed & pair::REFUSED != 0 {
                say(What::Refused, Some(judge.leader), Some(seat.leader), 1.0);
            }
        }
    }
    for (to, seat) in forum
        .seats
        .iter()
        .enumerate()
        .filter(|(_, seat)| seat.broke)
    {
        let seen = (0..members)
            .filter(|by| forum.pairs[by * members + to] & pair::BROKEN != 0)
            .count();
        say(What::BrokePromise, Some(seat.leader), None, seen as f64);
    }
    let meeting = &forum.meeting;
    let decided = match meeting.decision {
        Decision::NoMeeting => None,
        Decision::NoQuorum => Some((What::NoQuorum, f64::from(meeting.present))),
        Decision::Token => Some((What::Token, 1.0)),
        Decision::Agreement => Some((What::Agreed, meeting.item.support)),
        Decision::Impasse => Some((What::Impasse, meeting.item.support)),
        Decision::Imposed => Some((What::Imposed, meeting.item.support)),
    };
    let ending = if meeting.ended {
        What::FailedAtEnd
    } else {
        What::FailedInTime
    };
    let events = [
        decided,
        (meeting.dropped > 0).then_some((What::Dropped, f64::from(meeting.dropped))),
        meeting.overturned.then_some((What::Overturned, 1.0)),
        (meeting.abandoned > 0).then_some((What::Abandoned, f64::from(meeting.abandoned))),
        (meeting.failures > 0).then_some((ending, meeting.failed)),
        (meeting.wins > 0).then_some((What::Won, meeting.won)),
    ];
    for (what, amount) in events.into_iter().flatten() {
        say(what, None, None, amount);
    }
    if meeting.wins > 0 {
        for seat in forum.seats.iter().filter(|seat| seat.kept) {
            say(What::KeptPromise, Some(seat.leader), None, 1.0);
        }
    }
    if let Some((one, other)) = meeting.introduced {
        say(What::Introduced, Some(one), Some(other), 1.0);
    }
}

//! What happened, as typed events, for whoever wants to know.
//!
//! Events are read off the flows of a cycle after its rules have run: an observer cannot change a
//! result, and without one nothing is read.

use super::forum::{Decision, Forum, Seat, pair};

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A leader came to a meeting.
    Attended,
    /// A leader spoke; amount: air time relative to an equal share.
    Spoke,
    /// A leader kept its part of a project that was won.
    KeptPromise,
    /// A leader broke a promise, once for each reason; amount: how many members saw it.
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
    /// Projects began; amount: how many.
    Began,
    /// Projects were won; amount: their weight.
    Won,
    /// Projects ran out of time; amount: their weight.
    FailedInTime,
    /// A project was unfinished when its forum ended; amount: its weight.
    FailedAtEnd,
    /// Agreed items were abandoned, for a reason; amount: items lost.
    Abandoned,
    /// The last decision was overturned from above.
    Overturned,
    /// An agreed item found no place on the waiting list.
    Dropped,
    /// Two leaders were introduced to each other.
    Introduced,
    /// A leader left its post, for a reason.
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
            Self::Began => "began",
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

/// Why something happened, where the rule that made it happen can tell.
///
/// A promise is broken in three ways, and each names itself. What has a chance of several parts is
/// drawn by one number, and the reason is the part that the number fell into: over many events, each
/// reason has its part of the chance, and with that part at zero this very event would not have been.
/// Naming the larger part each time would never name the smaller one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A promise: the item had been decided elsewhere, and the chair let it be discussed.
    Token,
    /// A promise: the chair could not hold what had been agreed against the hierarchy.
    Overturned,
    /// A promise: the leader's options outweighed its belief, and it withheld its part of a project.
    Withheld,
    /// A programme: priorities changed as they do without any surge.
    Priorities,
    /// A programme: it would have stayed without the surge of pressure from above.
    Surge,
    /// What waited when its forum ended.
    Ended,
    /// A leaver: would have left with neither burnout nor failing forums.
    Tenure,
    /// A leaver who need not be burnt out for it, and would have stayed had its forums not failed.
    Failing,
    /// A leaver: would have stayed had it not been burnt out.
    BurntOut,
}

impl Reason {
    /// The word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Overturned => "overturned",
            Self::Withheld => "withheld",
            Self::Priorities => "priorities",
            Self::Surge => "surge",
            Self::Ended => "ended",
            Self::Tenure => "tenure",
            Self::Failing => "failing",
            Self::BurntOut => "burnt_out",
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
    /// Why, where [`What`] says that there is a reason.
    pub reason: Option<Reason>,
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
    let mut say = |event: Event| {
        observer.observe(Event {
            cycle,
            forum: Some(index),
            ..event
        });
    };
    took_part(forum, &mut say);
    promises(forum, &mut say);
    ended(forum, &mut say);
    let meeting = &forum.meeting;
    if meeting.wins > 0 {
        for seat in forum.seats.iter().filter(|seat| seat.kept) {
            say(by(What::KeptPromise, seat));
        }
    }
    if let Some((one, other)) = meeting.introduced {
        say(Event {
            leader: Some(one),
            other: Some(other),
            ..of(What::Introduced, 1.0)
        });
    }
}

/// What the forum as a whole did.
fn of(what: What, amount: f64) -> Event {
    Event {
        cycle: 0,
        what,
        forum: None,
        leader: None,
        other: None,
        reason: None,
        amount,
    }
}

/// What a member did.
fn by(what: What, seat: &Seat) -> Event {
    Event {
        leader: Some(seat.leader),
        ..of(what, 1.0)
    }
}

/// Who came, spoke, claimed leadership, and was granted it or refused.
fn took_part(forum: &Forum, say: &mut impl FnMut(Event)) {
    let present = |seat: &&Seat| seat.present;
    for seat in forum.seats.iter().filter(present) {
        say(by(What::Attended, seat));
    }
    if forum.meeting.decision > Decision::NoQuorum {
        for seat in forum.seats.iter().filter(present) {
            say(Event {
                amount: f64::from(seat.voice),
                ..by(What::Spoke, seat)
            });
        }
    }
    let members = forum.seats.len();
    for (to, seat) in forum.seats.iter().enumerate() {
        if !seat.claimed {
            continue;
        }
        say(by(What::Claimed, seat));
        for (from, judge) in forum.seats.iter().enumerate() {
            let passed = forum.pairs[from * members + to];
            let judged = if passed & pair::GRANTED != 0 {
                What::Granted
            } else if passed & pair::REFUSED != 0 {
                What::Refused
            } else {
                continue;
            };
            say(Event {
                other: Some(seat.leader),
                ..by(judged, judge)
            });
        }
    }
}

/// Who broke a promise, and how: in a token consultation only those present saw it.
fn promises(forum: &Forum, say: &mut impl FnMut(Event)) {
    let meeting = &forum.meeting;
    for (at, seat) in forum.seats.iter().enumerate() {
        let chairs = forum.chair_seat.is_some_and(|chair| chair as usize == at);
        let others = |seen: &dyn Fn(&Seat) -> bool| {
            let others = forum.seats.iter().enumerate();
            others.filter(|(by, seat)| *by != at && seen(seat)).count() as f64
        };
        let token = chairs && meeting.decision == Decision::Token;
        let broke = [
            token.then(|| (Reason::Token, others(&|seat| seat.present))),
            (chairs && meeting.overturned).then(|| (Reason::Overturned, others(&|_| true))),
            seat.defected.then(|| (Reason::Withheld, others(&|_| true))),
        ];
        for (reason, amount) in broke.into_iter().flatten() {
            say(Event {
                reason: Some(reason),
                amount,
                ..by(What::BrokePromise, seat)
            });
        }
    }
}

/// How the meeting ended, and what became of the programme.
fn ended(forum: &Forum, say: &mut impl FnMut(Event)) {
    let meeting = &forum.meeting;
    let decided = match meeting.decision {
        Decision::NoMeeting => None,
        Decision::NoQuorum => Some((What::NoQuorum, f64::from(meeting.present))),
        Decision::Token => Some((What::Token, 1.0)),
        Decision::Agreement => Some((What::Agreed, meeting.item.support)),
        Decision::Impasse => Some((What::Impasse, meeting.item.support)),
        Decision::Imposed => Some((What::Imposed, meeting.item.support)),
    };
    let (failed, abandoned) = if meeting.ended {
        (What::FailedAtEnd, Reason::Ended)
    } else if meeting.surge {
        (What::FailedInTime, Reason::Surge)
    } else {
        (What::FailedInTime, Reason::Priorities)
    };
    let counted = |what, count: u32| (count > 0).then_some((what, f64::from(count)));
    let events = [
        decided,
        counted(What::Dropped, meeting.dropped),
        meeting.overturned.then_some((What::Overturned, 1.0)),
        counted(What::Abandoned, meeting.abandoned),
        counted(What::Began, meeting.begun),
        (meeting.failures > 0).then_some((failed, meeting.failed)),
        (meeting.wins > 0).then_some((What::Won, meeting.won)),
    ];
    for (what, amount) in events.into_iter().flatten() {
        say(Event {
            reason: (what == What::Abandoned).then_some(abandoned),
            ..of(what, amount)
        });
    }
}

#[cfg(test)]
mod tests;

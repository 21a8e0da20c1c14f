use super::*;
use crate::model::rules::testing::Bench;

/// Four members, the first in the chair and the last away; nothing has happened yet.
fn bench() -> Bench {
    let mut bench = Bench::clinicians(4);
    bench.forum.chair_seat = Some(0);
    for seat in &mut bench.forum.seats[..3] {
        seat.present = true;
    }
    bench
}

fn told(forum: &Forum) -> Vec<Event> {
    let mut events = Vec::new();
    tell(7, 5, forum, &mut events);
    assert!(
        events
            .iter()
            .all(|one| one.cycle == 7 && one.forum == Some(5))
    );
    events
}

/// Reasons and amounts of the events of one sort, with the leader that each is about.
fn reasons(forum: &Forum, what: What) -> Vec<(Option<u32>, Option<Reason>, f64)> {
    let events = told(forum).into_iter().filter(|event| event.what == what);
    events
        .map(|event| (event.leader, event.reason, event.amount))
        .collect()
}

#[test]
fn a_promise_is_broken_once_for_each_reason() {
    let mut bench = bench();
    assert_eq!(reasons(&bench.forum, What::BrokePromise), []);
    bench.forum.seats[2].defected = true;
    let withheld = (Some(2), Some(Reason::Withheld), 3.0);
    assert_eq!(reasons(&bench.forum, What::BrokePromise), [withheld]);
    // The chair breaks three at once: that the item was token is seen by the two who came with it.
    bench.forum.seats[0].defected = true;
    bench.forum.meeting.overturned = true;
    bench.forum.meeting.decision = Decision::Token;
    let chair = |reason, amount| (Some(0), Some(reason), amount);
    let broken = [
        chair(Reason::Token, 2.0),
        chair(Reason::Overturned, 3.0),
        chair(Reason::Withheld, 3.0),
        withheld,
    ];
    assert_eq!(reasons(&bench.forum, What::BrokePromise), broken);
    // Without a member in the chair nobody answers for the forum.
    bench.forum.chair_seat = None;
    assert_eq!(reasons(&bench.forum, What::BrokePromise).len(), 2);
}

#[test]
fn what_is_abandoned_says_why() {
    let mut bench = bench();
    let meeting = &mut bench.forum.meeting;
    meeting.abandoned = 3;
    let why = |forum: &Forum| reasons(forum, What::Abandoned);
    assert_eq!(why(&bench.forum), [(None, Some(Reason::Priorities), 3.0)]);
    bench.forum.meeting.surge = true;
    assert_eq!(why(&bench.forum), [(None, Some(Reason::Surge), 3.0)]);
    let meeting = &mut bench.forum.meeting;
    (meeting.surge, meeting.ended) = (false, true);
    (meeting.failures, meeting.failed) = (1, 2.0);
    assert_eq!(why(&bench.forum), [(None, Some(Reason::Ended), 3.0)]);
    let failed = reasons(&bench.forum, What::FailedAtEnd);
    assert_eq!(failed, [(None, None, 2.0)]);
}

#[test]
fn a_month_is_told_from_who_came_to_what_came_of_it() {
    let mut bench = bench();
    let seats = &mut bench.forum.seats;
    (seats[1].claimed, seats[1].voice) = (true, 1.5);
    seats[3].kept = true;
    // The first grants the second's claim, the third refuses it.
    bench.forum.pairs[1] = pair::GRANTED;
    bench.forum.pairs[9] = pair::REFUSED | pair::GOOD;
    let meeting = &mut bench.forum.meeting;
    (meeting.decision, meeting.item.support) = (Decision::Agreement, 0.75);
    (meeting.begun, meeting.wins, meeting.won) = (2, 1, 3.0);
    meeting.introduced = Some((3, 1));
    let told: Vec<_> = told(&bench.forum)
        .into_iter()
        .map(|event| (event.what, event.leader, event.other, event.amount))
        .collect();
    let member = |what, leader| (what, Some(leader), None, 1.0);
    let spoke = |leader, voice| (What::Spoke, Some(leader), None, voice);
    assert_eq!(
        told,
        [
            member(What::Attended, 0),
            member(What::Attended, 1),
            member(What::Attended, 2),
            spoke(0, 0.0),
            spoke(1, 1.5),
            spoke(2, 0.0),
            member(What::Claimed, 1),
            (What::Granted, Some(0), Some(1), 1.0),
            (What::Refused, Some(2), Some(1), 1.0),
            (What::Agreed, None, None, 0.75),
            (What::Began, None, None, 2.0),
            (What::Won, None, None, 3.0),
            member(What::KeptPromise, 3),
            (What::Introduced, Some(3), Some(1), 1.0),
        ]
    );
}

#![doc = include_str!("convening.md")]

use crate::math;
use crate::model::forum::{Forum, Seat};
use crate::model::leader::Leaders;
use crate::model::stage::{Stage, Table, seat_word};
use crate::random::uniform;
use crate::registry::places::ChairKind;

/// Marks who comes to this cycle's meeting.
pub fn attend(stage: &Stage, table: &mut Table) {
    for seat in 0..table.forum.seats.len() {
        let z = log_odds(stage, table, seat);
        let chance = uniform(table.room.words.seat(seat, seat_word::ATTEND));
        table.forum.seats[seat].present = chance < math::logistic(z);
    }
}

/// Members that a meeting needs to decide anything: max(2, ⌈quorum · M⌉).
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most the number of members"
)]
pub fn quorum(share: f64, members: usize) -> usize {
    ((share * members as f64).ceil() as usize).max(2)
}

/// p_if = p_i / mean over f's members, for the whole month.
pub fn relative_power(leaders: &Leaders, table: &mut Table) {
    let Table { forum, room, .. } = table;
    let power = |seat: &Seat| leaders.power[seat.leader as usize];
    let mean = forum.seats.iter().map(power).sum::<f64>() / forum.seats.len().max(1) as f64;
    room.relative_power.clear();
    room.relative_power.extend(
        forum
            .seats
            .iter()
            .map(|seat| if mean > 0.0 { power(seat) / mean } else { 1.0 }),
    );
}

/// β0 + β_u[ι g E + w_c c + w_t t̄ + w_m mandate + w_p pull − w_sat sat − w_l load − w_f f − w_h h
/// − ω p̃] + J(2A − 1).
fn log_odds(stage: &Stage, table: &Table, at: usize) -> f64 {
    let rule = &stage.mechanisms.convening;
    let seat = &table.forum.seats[at];
    let leader = seat.leader as usize;
    let leaders = stage.leaders;
    let terms = &stage.levers.organisations[leaders.organisation[leader] as usize];
    let hoped =
        stage.interdependence(leader) * f64::from(seat.influence) * f64::from(seat.expectation);
    let options = terms.outside_option * table.room.relative_power[at].min(rule.power_cap);
    let utility = hoped
        + rule.commitment * leaders.commitment[leader]
        + rule.trust * trust_in_members(stage, table, at)
        + rule.mandate * terms.mandate
        + rule.pull * pull(stage, table, at)
        - rule.satiation * f64::from(seat.satiation)
        - rule.load * f64::from(leaders.load[leader])
        - rule.fatigue * leaders.fatigue[leader]
        - rule.grievance * leaders.grievance[leader]
        - options;
    rule.base + rule.sensitivity * utility + rule.habit * (2.0 * remembered(table.forum) - 1.0)
}

/// A: the share of members that came last time.
fn remembered(forum: &Forum) -> f64 {
    forum
        .seats
        .iter()
        .map(|seat| f64::from(seat.attendance))
        .sum::<f64>()
        / forum.seats.len().max(1) as f64
}

/// t̄_if: mean trust in the other members.
fn trust_in_members(stage: &Stage, table: &Table, at: usize) -> f64 {
    let forum = &table.forum;
    let others = forum.seats.len().saturating_sub(1).max(1) as f64;
    (0..forum.seats.len())
        .filter(|other| *other != at)
        .map(|other| f64::from(stage.ties.trust[forum.tie(at, other)]))
        .sum::<f64>()
        / others
}

/// t_i,chair · min(cap, p_chair,f)^(1 − eq_f) for a member's chair, its acceptance for a broker.
/// Whoever chairs trusts the chair fully.
fn pull(stage: &Stage, table: &Table, at: usize) -> f64 {
    let forum = &table.forum;
    match (forum.chair, forum.chair_seat) {
        (ChairKind::Neutral, _) => forum.acceptance,
        (ChairKind::None, _) | (_, None) => 0.0,
        (_, Some(chair)) => {
            let chair = chair as usize;
            let trust = if chair == at {
                1.0
            } else {
                f64::from(stage.ties.trust[forum.tie(at, chair)])
            };
            let drawn = table.room.relative_power[chair].min(stage.mechanisms.convening.power_cap);
            trust * math::pow(drawn, 1.0 - forum.equality)
        }
    }
}

/// After the meeting: who came is remembered, and a neutral chair's acceptance follows felt
/// fairness φ.
pub fn remember(stage: &Stage, table: &mut Table, quorate: bool) {
    for seat in &mut table.forum.seats {
        seat.attendance = if seat.present { 1.0 } else { 0.0 };
    }
    if quorate {
        let rate = stage.mechanisms.convening.acceptance_rate;
        table.forum.acceptance += rate * (table.forum.meeting.fairness - table.forum.acceptance);
    }
}

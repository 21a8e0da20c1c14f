#![doc = include_str!("convening.md")]

use crate::math;
use crate::model::forum::{Forum, Seat};
use crate::model::leader::Leaders;
use crate::model::stage::{Stage, Table, seat_word};
use crate::random::uniform;
use crate::registry::places::ChairKind;

/// Marks who comes to this cycle's meeting.
pub fn attend(stage: &Stage, table: &mut Table) {
    let draw = chair_draw(stage, table);
    let habit = stage.mechanisms.convening.habit * (2.0 * remembered(table.forum) - 1.0);
    for seat in 0..table.forum.seats.len() {
        let pull = pull(stage, table, seat, draw);
        let z = habit + inclination(stage, table, seat, pull);
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
/// − ω p̃]: log-odds of coming, but for the habit.
fn inclination(stage: &Stage, table: &Table, at: usize, pull: f64) -> f64 {
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
        + rule.pull * pull
        - rule.satiation * f64::from(seat.satiation)
        - rule.load * f64::from(leaders.load[leader])
        - rule.fatigue * leaders.fatigue[leader]
        - rule.grievance * leaders.grievance[leader]
        - options;
    rule.base + rule.sensitivity * utility
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
    let others = table.forum.seats.len().saturating_sub(1).max(1) as f64;
    let row = stage.ties.row(table.forum.seats[at].leader as usize);
    let trust = table.forum.held(at, &stage.ties.trust[row]);
    f64::from(trust.sum::<f32>()) / others
}

/// How strongly a member's chair draws: min(cap, p_chair,f)^(1 − eq_f); none without one.
fn chair_draw(stage: &Stage, table: &Table) -> Option<(usize, f64)> {
    let forum = &table.forum;
    let chair = forum
        .chair_seat
        .filter(|_| forum.chair != ChairKind::None)? as usize;
    let drawn = table.room.relative_power[chair].min(stage.mechanisms.convening.power_cap);
    Some((chair, math::pow(drawn, 1.0 - forum.equality)))
}

/// t_i,chair times what a member's chair draws; its acceptance for a broker. Whoever chairs trusts
/// the chair fully.
fn pull(stage: &Stage, table: &Table, at: usize, draw: Option<(usize, f64)>) -> f64 {
    let forum = &table.forum;
    match (forum.chair, draw) {
        (ChairKind::Neutral, _) => forum.acceptance,
        (_, None) => 0.0,
        (_, Some((chair, drawn))) if chair == at => drawn,
        (_, Some((chair, drawn))) => {
            f64::from(stage.ties.trust[forum.tie(stage.ties, at, chair)]) * drawn
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::{Bench, assert_chance, assert_close};

    /// Three members, the second in the chair; every term of the first one's decision counts.
    fn bench() -> Bench {
        let mut bench = Bench::clinicians(3);
        let rule = &mut bench.mechanisms.convening;
        (rule.base, rule.sensitivity, rule.habit) = (-0.7, 1.5, 0.3);
        (rule.commitment, rule.trust, rule.mandate) = (1.1, 0.9, 0.5);
        (rule.pull, rule.satiation, rule.load) = (0.6, 0.55, 0.8);
        (rule.fatigue, rule.grievance, rule.power_cap) = (0.7, 1.2, 3.0);
        let terms = &mut bench.levers.organisations[0];
        (terms.interdependence, terms.outside_option, terms.mandate) = (0.6, 0.3, 0.4);
        bench.systems[0].interdependence = 0.1;
        let leaders = &mut bench.leaders;
        (leaders.commitment[0], leaders.load[0]) = (0.5, 0.25);
        (leaders.fatigue[0], leaders.grievance[0]) = (0.1, 0.15);
        bench.chair(ChairKind::Organic, 1);
        bench.trust(0, 1, 0.8);
        bench.trust(0, 2, 0.4);
        bench.forum.equality = 0.5;
        let seats = &mut bench.forum.seats;
        (seats[0].influence, seats[0].expectation, seats[0].satiation) = (0.5, 0.4, 0.2);
        for (seat, attendance) in seats.iter_mut().zip([1.0, 0.0, 1.0]) {
            seat.attendance = attendance;
        }
        bench.room.relative_power = vec![0.5, 2.25, 0.25];
        bench
    }

    /// Asserts the log-odds with which the first member comes.
    #[track_caller]
    fn assert_comes(mut bench: Bench, z: f64) {
        assert_chance(math::logistic(z), |word| {
            *bench.room.words.seat_mut(0, seat_word::ATTEND) = word;
            bench.run(attend);
            bench.forum.seats[0].present
        });
    }

    #[test]
    fn every_reason_counts() {
        // .7·.5·.4 = .14; 1.1·.5 = .55; .9·.6 = .54; .5·.4 = .2; .6·.8·2.25^.5 = .72;
        // less .55·.2 = .11, .8·.25 = .2, .7·.1 = .07, 1.2·.15 = .18, .3·.5 = .15: 1.44.
        // -.7 + 1.5·1.44 + .3(2·2/3 - 1)
        assert_comes(bench(), 1.56);
    }

    #[test]
    fn without_sensitivity_habit_alone_brings_people() {
        let mut bench = bench();
        bench.mechanisms.convening.sensitivity = 0.0;
        assert_comes(bench, -0.6);
    }

    #[test]
    fn power_counts_up_to_its_cap() {
        let mut strong = bench();
        strong.room.relative_power[0] = 9.0;
        // Options .3·3 = .9 instead of .15: utility .69.
        assert_comes(strong, 0.435);
        let mut drawing = bench();
        drawing.room.relative_power[1] = 9.0;
        // Pull .8·3^.5 = 1.385641 instead of 1.2: utility 1.551385.
        assert_comes(drawing, 1.727_077);
    }

    #[test]
    fn equal_rules_take_the_power_out_of_the_chairs_pull() {
        let mut bench = bench();
        bench.forum.equality = 1.0;
        // Pull .8 instead of 1.2: utility 1.2.
        assert_comes(bench, 1.2);
    }

    #[test]
    fn each_kind_of_chair_pulls_in_its_own_way() {
        let mut appointed = bench();
        appointed.forum.chair = ChairKind::Appointed;
        assert_comes(appointed, 1.56);
        let mut own = bench();
        own.forum.chair_seat = Some(0);
        // Trusts itself fully: pull .5^.5 = .707107; utility 1.144264.
        assert_comes(own, 1.116_396);
        let mut neutral = bench();
        (neutral.forum.chair, neutral.forum.acceptance) = (ChairKind::Neutral, 0.55);
        // Pull .55: utility 1.05.
        assert_comes(neutral, 0.975);
        let mut none = bench();
        none.forum.chair = ChairKind::None;
        // No pull: utility .72.
        assert_comes(none, 0.48);
        let mut vacant = bench();
        vacant.forum.chair_seat = None;
        assert_comes(vacant, 0.48);
    }

    #[test]
    fn a_quorum_is_a_share_and_at_least_two() {
        let needed = [
            (0.34, 3),
            (0.34, 6),
            (0.34, 12),
            (0.5, 8),
            (0.0, 10),
            (1.0, 5),
        ];
        let found = needed.map(|(share, members)| quorum(share, members));
        assert_eq!(found, [2, 3, 5, 4, 2, 5]);
    }

    #[test]
    fn power_is_relative_to_the_mean_of_the_members() {
        let mut bench = bench();
        bench.leaders.power = vec![1.0, 2.0, 6.0];
        bench.run(|stage, table| relative_power(stage.leaders, table));
        for (found, expected) in bench
            .room
            .relative_power
            .iter()
            .zip([1.0 / 3.0, 2.0 / 3.0, 2.0])
        {
            assert_close(*found, expected);
        }
        bench.leaders.power = vec![0.0; 3];
        bench.run(|stage, table| relative_power(stage.leaders, table));
        assert_eq!(bench.room.relative_power, [1.0; 3]);
    }

    #[test]
    fn who_came_is_remembered_and_acceptance_follows_fairness() {
        let mut bench = bench();
        bench.mechanisms.convening.acceptance_rate = 0.1;
        bench.come(&[1, 2]);
        (bench.forum.acceptance, bench.forum.meeting.fairness) = (0.5, 0.8);
        bench.run(|stage, table| remember(stage, table, false));
        assert_close(bench.forum.acceptance, 0.5);
        let attended: Vec<f32> = bench
            .forum
            .seats
            .iter()
            .map(|seat| seat.attendance)
            .collect();
        assert_eq!(attended, [0.0, 1.0, 1.0]);
        bench.run(|stage, table| remember(stage, table, true));
        // .5 + .1·(.8 - .5)
        assert_close(bench.forum.acceptance, 0.53);
    }
}

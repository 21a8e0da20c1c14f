#![doc = include_str!("commitment.md")]

use crate::model::forum::{Decision, Meeting, TYPICAL_SCALE, act};
use crate::model::leader::distance;
use crate::model::stage::{Room, Stage, Table};
use crate::registry::mechanisms::Commitment;

/// What this month's decision, progress, wins and failures mean to each member. Events are weighted
/// by scale, own stake and, for gains, perceived influence.
pub fn experience(stage: &Stage, table: &mut Table) {
    decided(stage, table);
    acted(stage, table);
}

/// Agreement, impasse, imposition and token consultation, for those present.
#[allow(clippy::cast_possible_truncation, reason = "events of one month")]
fn decided(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.commitment;
    let Table { forum, room, .. } = table;
    let meeting = &forum.meeting;
    let weight = meeting.item.scale / TYPICAL_SCALE;
    for at in 0..room.present() {
        let stake = f64::from(stage.leaders.stake[room.leader[at]]);
        let understanding = understanding(room, at);
        let seat = &mut forum.seats[room.seat[at]];
        match meeting.decision {
            Decision::Agreement => {
                let gain = rule.agreement * understanding * understanding * weight * stake;
                seat.encouraged += (gain * f64::from(seat.influence)) as f32;
            }
            Decision::Impasse => seat.discouraged += (rule.impasse * weight * stake) as f32,
            Decision::Imposed if seat.overruled => {
                seat.discouraged += (rule.imposition * weight * stake) as f32;
                seat.aggrieved += stage.mechanisms.decision.reactance as f32;
            }
            Decision::Token => seat.aggrieved += rule.grievance_gain as f32,
            _ => {}
        }
    }
}

/// One minus the mean distance to the others present.
fn understanding(room: &Room, at: usize) -> f64 {
    let n = room.present();
    let row = &room.distance[at * n..(at + 1) * n];
    1.0 - row.iter().sum::<f64>() / n.saturating_sub(1).max(1) as f64
}

/// Progress, wins, failures and losses, for all members.
#[allow(clippy::cast_possible_truncation, reason = "events of one month")]
fn acted(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.commitment;
    let Table { forum, room, .. } = table;
    let meeting = forum.meeting;
    let adopted = matches!(meeting.decision, Decision::Agreement | Decision::Imposed);
    let weight = meeting.item.scale / TYPICAL_SCALE;
    for seat in &mut forum.seats {
        let stake = f64::from(stage.leaders.stake[seat.leader as usize]);
        let won = rule.feedback * meeting.won + rule.progress * meeting.progress;
        seat.encouraged += (won * stake * f64::from(seat.influence)) as f32;
        let failed = rule.feedback * meeting.failed * stake;
        seat.discouraged += failed as f32;
        seat.aggrieved += (rule.grievance_gain * failed) as f32;
        if adopted {
            let payoff = room.payoff[seat.organisation as usize];
            let lost = rule.grievance_gain * rule.feedback * stake * weight * (-payoff).max(0.0);
            seat.aggrieved += lost as f32;
        }
    }
}

/// What failures and an abandoned programme add to the fatigue of every member alike.
#[must_use]
pub fn tiring(rule: &Commitment, meeting: &Meeting) -> f64 {
    // That a forum ends was known: what waited then tires nobody.
    let abandoned = meeting.abandoned > 0 && !meeting.ended;
    rule.fatigue_gain * (rule.feedback * meeting.failed + f64::from(u8::from(abandoned)))
}

/// Expectation E, perceived influence g and satiation after this month, for every seat.
#[allow(
    clippy::cast_possible_truncation,
    reason = "slow states of a seat are kept short"
)]
pub fn learn(stage: &Stage, table: &mut Table, quorate: bool) {
    let rule = &stage.mechanisms.commitment;
    let Table { forum, .. } = table;
    let meeting = forum.meeting;
    let rise = (rule.expectation_rate * meeting.won).min(1.0);
    let fall = (rule.expectation_rate * meeting.failed).min(1.0);
    let adopted = matches!(meeting.decision, Decision::Agreement | Decision::Imposed);
    let representation = meeting.acts[act::REPRESENTATION];
    let proposal = meeting.item.proposal.map(f64::from);
    for seat in &mut forum.seats {
        let expectation = f64::from(seat.expectation);
        seat.expectation =
            (expectation + rise * (1.0 - expectation) - fall * expectation).clamp(0.0, 1.0) as f32;
        if !quorate {
            continue;
        }
        let view = &stage.leaders.view[seat.leader as usize];
        let near = (1.0 - distance(view, &proposal) / rule.closeness).max(0.0);
        let voiced = if seat.present {
            f64::from(seat.voice).min(1.0)
        } else {
            representation
        };
        let heard = (0.5 * voiced + 0.5 * near) * (0.5 + 0.5 * meeting.fairness);
        let signal = if meeting.decision == Decision::Token {
            0.0
        } else {
            heard
        };
        let influence = f64::from(seat.influence);
        seat.influence = (influence + rule.influence_rate * (signal - influence)) as f32;
        let wanted = if adopted { near } else { 0.0 };
        let satiation = f64::from(seat.satiation);
        seat.satiation = (satiation + rule.satiation_rate * (wanted - satiation)) as f32;
    }
}

/// c after one cycle: c + γ⁺ pos (1 − c) − γ⁻ neg c − decay (c − rest).
#[must_use]
pub fn update(rule: &Commitment, commitment: f64, encouraged: f64, discouraged: f64) -> f64 {
    let change = rule.gain * encouraged * (1.0 - commitment)
        - rule.loss * discouraged * commitment
        - rule.decay * (commitment - rule.rest);
    (commitment + change).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::forum::Seat;
    use crate::model::rules::testing::{Bench, assert_close};

    /// Three of four members present; the first has stake .6 and influence .25, the item weight 2.
    fn bench(decision: Decision) -> Bench {
        let mut bench = Bench::clinicians(4);
        let rule = &mut bench.mechanisms.commitment;
        (rule.agreement, rule.impasse, rule.imposition) = (0.35, 0.3, 0.25);
        (rule.feedback, rule.progress) = (0.1, 0.08);
        (rule.grievance_gain, rule.fatigue_gain) = (0.15, 0.12);
        (rule.expectation_rate, rule.influence_rate) = (0.05, 0.15);
        (rule.satiation_rate, rule.closeness) = (0.1, 0.3);
        bench.mechanisms.decision.reactance = 0.2;
        bench.leaders.stake[0] = 0.6;
        for (leader, view) in [0.5, 0.8, 0.4, 0.1].into_iter().enumerate() {
            bench.leaders.view[leader] = [view; 3];
        }
        bench.come(&[0, 1, 2]);
        bench.room.payoff = vec![0.0; 4];
        let seats = &mut bench.forum.seats;
        (seats[0].influence, seats[0].expectation, seats[0].satiation) = (0.25, 0.4, 0.2);
        seats[0].voice = 0.8;
        bench.forum.meeting.decision = decision;
        bench.forum.meeting.item.scale = 0.5;
        bench
    }

    fn experienced(mut bench: Bench) -> Seat {
        bench.run(experience);
        bench.forum.seats[0]
    }

    #[track_caller]
    fn assert_felt(seat: Seat, encouraged: f64, discouraged: f64, aggrieved: f64) {
        assert_close(seat.encouraged.into(), encouraged);
        assert_close(seat.discouraged.into(), discouraged);
        assert_close(seat.aggrieved.into(), aggrieved);
    }

    #[test]
    fn agreement_encourages_by_understanding_squared() {
        // Distances .3 and .1: .35·.8²·2·.6·.25
        assert_felt(experienced(bench(Decision::Agreement)), 0.0672, 0.0, 0.0);
    }

    #[test]
    fn impasse_imposition_and_token_consultation_cost() {
        // .3·2·.6
        assert_felt(experienced(bench(Decision::Impasse)), 0.0, 0.36, 0.0);
        assert_felt(experienced(bench(Decision::Imposed)), 0.0, 0.0, 0.0);
        let mut overruled = bench(Decision::Imposed);
        overruled.forum.seats[0].overruled = true;
        // .25·2·.6 and the reactance
        assert_felt(experienced(overruled), 0.0, 0.3, 0.2);
        let mut token = bench(Decision::Token);
        token.run(experience);
        assert_felt(token.forum.seats[0], 0.0, 0.0, 0.15);
        assert_felt(token.forum.seats[3], 0.0, 0.0, 0.0);
        assert_felt(experienced(bench(Decision::NoQuorum)), 0.0, 0.0, 0.0);
    }

    #[test]
    fn wins_progress_and_failures_reach_all_members() {
        let mut acted = bench(Decision::NoMeeting);
        let meeting = &mut acted.forum.meeting;
        (meeting.won, meeting.progress, meeting.failed) = (2.0, 0.5, 1.0);
        acted.forum.seats[3].influence = 0.5;
        acted.leaders.stake[3] = 0.3;
        acted.run(experience);
        // (.1·2 + .08·.5)·.6·.25; .1·1·.6; .15·.06
        assert_felt(acted.forum.seats[0], 0.036, 0.06, 0.009);
        // The absent too: (.24)·.3·.5; .1·.3; .15·.03.
        assert_felt(acted.forum.seats[3], 0.036, 0.03, 0.0045);
    }

    #[test]
    fn failures_and_abandoned_programmes_tire() {
        let bench = bench(Decision::NoMeeting);
        let rule = &bench.mechanisms.commitment;
        let mut meeting = bench.forum.meeting;
        assert_close(tiring(rule, &meeting), 0.0);
        meeting.failed = 1.5;
        // .12·.1·1.5; with three items abandoned .12 more, unless the forum has ended.
        assert_close(tiring(rule, &meeting), 0.018);
        meeting.abandoned = 3;
        assert_close(tiring(rule, &meeting), 0.138);
        meeting.ended = true;
        assert_close(tiring(rule, &meeting), 0.018);
    }

    #[test]
    fn a_loss_from_what_was_adopted_aggrieves() {
        for (decision, payoff, aggrieved) in [
            // .15·.1·.6·2·2
            (Decision::Imposed, -2.0, 0.036),
            (Decision::Imposed, 2.0, 0.0),
            (Decision::Impasse, -2.0, 0.0),
        ] {
            let mut bench = bench(decision);
            // The first two members are from one organisation.
            bench.forum.seats[0].organisation = 1;
            bench.room.payoff = vec![0.0, payoff, 0.0, 0.0];
            assert_close(experienced(bench).aggrieved.into(), aggrieved);
        }
    }

    fn learned(mut bench: Bench, quorate: bool) -> Seat {
        bench.run(|stage, table| learn(stage, table, quorate));
        bench.forum.seats[0]
    }

    #[test]
    fn expectation_follows_wins_and_failures() {
        let mut won = bench(Decision::NoMeeting);
        (won.forum.meeting.won, won.forum.meeting.failed) = (2.0, 1.0);
        // .4 + .05·2·.6 - .05·1·.4
        let seat = learned(won, false);
        assert_close(seat.expectation.into(), 0.44);
        assert_close(seat.influence.into(), 0.25);
        assert_close(seat.satiation.into(), 0.2);
        let mut lost = bench(Decision::NoMeeting);
        (lost.forum.meeting.won, lost.forum.meeting.failed) = (0.0, 50.0);
        assert_close(learned(lost, false).expectation.into(), 0.0);
        let mut all = bench(Decision::NoMeeting);
        (all.forum.meeting.won, all.forum.meeting.failed) = (50.0, 2.0);
        // .4 + .6 - .04
        assert_close(learned(all, false).expectation.into(), 0.96);
    }

    /// A proposal .15 from the first member's view, felt fairness .6, representation .3.
    fn heard(decision: Decision) -> Bench {
        let mut bench = bench(decision);
        bench.forum.meeting.item.proposal = [0.35; 3];
        bench.forum.meeting.fairness = 0.6;
        bench.forum.meeting.acts[act::REPRESENTATION] = 0.3;
        bench
    }

    #[test]
    fn influence_follows_voice_closeness_and_fairness() {
        // (.5·.8 + .5·(1 - .15/.3))·(.5 + .5·.6) = .52: .25 + .15·(.52 - .25)
        let seat = learned(heard(Decision::Agreement), true);
        assert_close(seat.influence.into(), 0.2905);
        // .2 + .1·(.5 - .2)
        assert_close(seat.satiation.into(), 0.23);
        let seat = learned(heard(Decision::Impasse), true);
        assert_close(seat.influence.into(), 0.2905);
        assert_close(seat.satiation.into(), 0.18);
        let seat = learned(heard(Decision::Imposed), true);
        assert_close(seat.satiation.into(), 0.23);
    }

    #[test]
    fn influence_at_its_limits() {
        let mut loud = heard(Decision::Impasse);
        loud.forum.seats[0].voice = 1.7;
        // (.5 + .25)·.8 = .6
        assert_close(learned(loud, true).influence.into(), 0.3025);
        let mut far = heard(Decision::Impasse);
        far.forum.meeting.item.proposal = [0.05; 3];
        // .5·.8·.8 = .32: nothing for closeness, and not less
        assert_close(learned(far, true).influence.into(), 0.2605);
        let mut absent = heard(Decision::Impasse);
        absent.forum.seats[0].present = false;
        // (.5·.3 + .25)·.8 = .32
        assert_close(learned(absent, true).influence.into(), 0.2605);
        // A token item hears nobody: .25·(1 - .15).
        assert_close(
            learned(heard(Decision::Token), true).influence.into(),
            0.2125,
        );
    }

    #[test]
    fn commitment_rises_with_good_events_and_falls_with_bad() {
        let rule = Commitment {
            gain: 0.4,
            loss: 0.45,
            decay: 0.02,
            rest: 0.3,
            ..Commitment::default()
        };
        // .4 + .4·.5·.6 - .45·.2·.4 - .02·.1
        assert_close(update(&rule, 0.4, 0.5, 0.2), 0.482);
        assert_close(update(&rule, 0.2, 0.0, 0.0), 0.202);
        assert_close(update(&rule, 0.4, 9.0, 0.0), 1.0);
        assert_close(update(&rule, 0.4, 0.0, 9.0), 0.0);
    }
}

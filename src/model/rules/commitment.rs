#![doc = include_str!("commitment.md")]

use crate::model::forum::{Decision, TYPICAL_SCALE, act};
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

/// Progress, wins, failures, losses and abandonment, for all members.
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
        seat.tired += (rule.fatigue_gain * rule.feedback * meeting.failed) as f32;
        if meeting.abandoned > 0 {
            seat.tired += rule.fatigue_gain as f32;
        }
        if adopted {
            let payoff = room.payoff[seat.organisation as usize];
            let lost = rule.grievance_gain * rule.feedback * stake * weight * (-payoff).max(0.0);
            seat.aggrieved += lost as f32;
        }
    }
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
    for seat in &mut forum.seats {
        let expectation = f64::from(seat.expectation);
        seat.expectation =
            (expectation + rise * (1.0 - expectation) - fall * expectation).clamp(0.0, 1.0) as f32;
        if !quorate {
            continue;
        }
        let view = &stage.leaders.view[seat.leader as usize];
        let near = (1.0 - distance(view, &meeting.item.proposal) / rule.closeness).max(0.0);
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

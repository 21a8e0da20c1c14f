#![doc = include_str!("voice.md")]

use crate::math;
use crate::model::forum::act;
use crate::model::leader::KINDS;
use crate::model::stage::{Stage, Table};

/// Gives everyone present air time, and sets equality, felt fairness and understanding.
pub fn speak(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.voice;
    let design = &table.levers.design;
    let acts = table.forum.meeting.acts;
    let equality = (rule.stewardship * acts[act::STEWARDSHIP]
        + rule.ground_rules * design.ground_rules)
        .min(rule.equality_cap);
    table.forum.equality = equality;
    let exponent =
        rule.power_exponent * (1.0 - equality) * (1.0 + rule.dominance * acts[act::DOMINANCE]);

    let room = &mut *table.room;
    let n = room.present();
    room.voice.clear();
    room.voice.extend(
        room.seat
            .iter()
            .map(|seat| math::pow(room.relative_power[*seat].max(1e-6), exponent)),
    );
    let scale = n as f64 / room.voice.iter().sum::<f64>();
    for (at, voice) in room.voice.iter_mut().enumerate() {
        *voice *= scale;
        #[allow(clippy::cast_possible_truncation, reason = "kept for the record")]
        {
            table.forum.seats[room.seat[at]].voice = *voice as f32;
        }
    }

    let unequal = room
        .voice
        .iter()
        .map(|voice| (voice - 1.0).abs())
        .sum::<f64>()
        / n as f64;
    let spoken_for = kinds_present(table).max(acts[act::REPRESENTATION]);
    let meeting = &mut table.forum.meeting;
    meeting.fairness = rule.fairness_equality * (1.0 - unequal).max(0.0)
        + rule.fairness_transparency * design.transparency
        + rule.fairness_clarity * design.role_clarity
        + rule.fairness_representation * spoken_for;
    let pairs = (n * (n - 1)).max(1) as f64;
    meeting.understanding = 1.0 - table.room.distance.iter().sum::<f64>() / pairs;
    meeting.led = table.room.received.iter().sum::<f64>() / n as f64;
    meeting.load = table
        .room
        .leader
        .iter()
        .map(|leader| f64::from(stage.leaders.load[*leader]))
        .sum::<f64>()
        / n as f64;
}

/// Share of the three kinds that are in the room.
fn kinds_present(table: &Table) -> f64 {
    let mut seen = [false; KINDS];
    for kind in &table.room.kind {
        seen[*kind as usize] = true;
    }
    seen.iter().filter(|here| **here).count() as f64 / KINDS as f64
}

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
    let felt = rule.fairness_equality * (1.0 - unequal).max(0.0)
        + rule.fairness_transparency * design.transparency
        + rule.fairness_clarity * design.role_clarity
        + rule.fairness_representation * spoken_for;
    meeting.fairness = felt.min(1.0);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::forum::Meeting;
    use crate::model::rules::testing::{Bench, assert_close};
    use crate::registry::leaders::LeaderKind::{Clinician, Manager};

    /// Two clinicians and a manager with powers 2, .5 and 1.5; a fourth member stays away.
    fn bench() -> Bench {
        let mut bench = Bench::new(&[Clinician, Clinician, Manager, Clinician]);
        let rule = &mut bench.mechanisms.voice;
        rule.power_exponent = 1.25;
        (rule.dominance, rule.stewardship, rule.ground_rules) = (1.2, 0.5, 0.4);
        (rule.fairness_equality, rule.fairness_transparency) = (0.4, 0.25);
        (rule.fairness_clarity, rule.fairness_representation) = (0.15, 0.2);
        let design = &mut bench.provides().design;
        (design.ground_rules, design.transparency) = (0.5, 0.6);
        design.role_clarity = 0.4;
        let acts = &mut bench.forum.meeting.acts;
        acts[act::STEWARDSHIP] = 0.6;
        acts[act::REPRESENTATION] = 0.5;
        acts[act::DOMINANCE] = 0.5;
        for (leader, view) in [0.2, 0.3, 0.6, 0.9].into_iter().enumerate() {
            bench.leaders.view[leader] = [view; 3];
        }
        bench.leaders.load = vec![0.2, 0.6, 0.7, 9.0];
        bench.come(&[0, 1, 2]);
        bench.room.relative_power = vec![2.0, 0.5, 1.5, 7.0];
        bench.room.received = vec![0.1, 0.2, 0.6];
        bench
    }

    fn spoken(mut bench: Bench) -> (Vec<f64>, Meeting) {
        bench.run(speak);
        (bench.room.voice, bench.forum.meeting)
    }

    #[test]
    fn air_time_follows_power_as_far_as_equality_lets_it() {
        let mut bench = bench();
        bench.run(speak);
        // eq = .5·.6 + .4·.5 = .5; exponent 1.25·.5·(1 + 1.2·.5) = 1: shares 2 : .5 : 1.5.
        assert_close(bench.forum.equality, 0.5);
        for (seat, voice) in [1.5, 0.375, 1.125].into_iter().enumerate() {
            assert_close(bench.room.voice[seat], voice);
            assert_close(bench.forum.seats[seat].voice.into(), voice);
        }
        assert_close(bench.forum.seats[3].voice.into(), 0.0);
    }

    #[test]
    fn fairness_adds_four_parts() {
        // Mean |nv - 1| = (.5 + .625 + .125)/3; kinds 2/3:
        // .4·(1 - .416667) + .25·.6 + .15·.4 + .2·.666667
        assert_close(spoken(bench()).1.fairness, 0.576_667);
        let mut bench = bench();
        bench.forum.meeting.acts[act::REPRESENTATION] = 0.9;
        // As before, but .2·.9 for the last part.
        assert_close(spoken(bench.clone()).1.fairness, 0.623_333);
        // Parts that add up to more than the whole count as the whole.
        bench.mechanisms.voice.fairness_transparency = 1.0;
        assert_close(spoken(bench).1.fairness, 1.0);
    }

    #[test]
    fn a_meeting_knows_its_understanding_leadership_and_load() {
        let (_, meeting) = spoken(bench());
        // Distances .1, .4, .3; received (.1 + .2 + .6)/3; load (.2 + .6 + .7)/3.
        assert_close(meeting.understanding, 1.0 - 0.266_667);
        assert_close(meeting.led, 0.3);
        assert_close(meeting.load, 0.5);
    }

    #[test]
    fn full_equality_is_capped_and_no_exponent_means_equal_turns() {
        let mut equal = bench();
        equal.forum.meeting.acts[act::STEWARDSHIP] = 1.0;
        equal.provides().design.ground_rules = 1.0;
        equal.mechanisms.voice.equality_cap = 0.8;
        equal.run(speak);
        // .5 + .4 > .8; exponent 1.25·.2·1.6 = .4.
        assert_close(equal.forum.equality, 0.8);
        assert_close(
            equal.room.voice[0] / equal.room.voice[1],
            math::pow(4.0, 0.4),
        );
        let mut off = bench();
        off.mechanisms.voice.power_exponent = 0.0;
        assert_eq!(spoken(off).0, [1.0; 3]);
    }

    #[test]
    fn the_powerless_still_have_a_voice() {
        let mut bench = bench();
        bench.room.relative_power = vec![0.0, 0.0, 1.0, 1.0];
        let (voice, meeting) = spoken(bench);
        assert!(voice[0] > 0.0 && voice[2] < 3.0);
        // Almost all air time to one: mean |nv - 1| = 4/3, equality counts zero, not less.
        assert_close(meeting.fairness, 0.343_333);
    }
}

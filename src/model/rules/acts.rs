#![doc = include_str!("acts.md")]

use crate::model::forum::{ACTS, act};
use crate::model::leader::{KINDS, Leaders};
use crate::model::stage::{Stage, Table};
use crate::registry::places::ChairKind;

/// The leadership acts of this meeting, earned from those present and provided by the scenario.
pub fn earn(stage: &Stage, table: &mut Table) {
    let unled = stage.mechanisms.voice.unled;
    let room = &*table.room;
    let mut sum = [[0.0; ACTS]; KINDS];
    let mut weights = 0.0;
    for at in 0..room.present() {
        let weight = unled + room.received[at];
        let brought = brings(stage, table, at);
        for (total, part) in sum[room.kind[at] as usize].iter_mut().zip(brought) {
            *total += weight * part;
        }
        weights += weight;
    }
    let mut provided = table.levers.provided;
    if table.forum.chair == ChairKind::Appointed {
        provided[act::DOMINANCE] = both(provided[act::DOMINANCE], stage.mechanisms.voice.appointed);
    }
    let earned = sum.map(|acts| acts.map(|act| act / weights));
    for (name, act) in table.forum.meeting.acts.iter_mut().enumerate() {
        let kinds = earned.iter().map(|acts| acts[name]);
        *act = both(kinds.sum(), provided[name]);
    }
    #[allow(clippy::cast_possible_truncation, reason = "kept for the record")]
    let brought = earned.map(|acts| acts.map(|act| act as f32));
    table.forum.meeting.brought = brought;
}

/// Two sources of the same act: what one leaves undone the other may still do.
fn both(earned: f64, provided: f64) -> f64 {
    1.0 - (1.0 - earned) * (1.0 - provided)
}

/// What one member brings, each in [0, 1]. No act belongs to a kind or profession.
fn brings(stage: &Stage, table: &Table, at: usize) -> [f64; ACTS] {
    let room = &*table.room;
    let leaders: &Leaders = stage.leaders;
    let leader = room.leader[at];
    let skill = f64::from(leaders.skill[leader]);
    let bilingual = leaders.bilingualism[leader];
    let commitment = leaders.commitment[leader];
    let system_view = leaders.view[leader][1];
    let reach = (stage.ties.count(leader) as f64 / stage.mechanisms.voice.reach_reference).min(1.0);
    let outnumbered = 1.0 - share_of_kind(table, leaders, leader);
    let authority = f64::from(leaders.authority[leader]).min(1.0);
    let mut brought = [0.0; ACTS];
    brought[act::STEWARDSHIP] = skill * (1.0 + commitment) / 2.0;
    brought[act::MEDIATION] = skill;
    brought[act::CATALYSIS] = skill * system_view;
    brought[act::TRANSLATION] = bilingual;
    brought[act::ANALYSIS] = room.knowledge[at];
    brought[act::REPRESENTATION] = (skill * outnumbered + bilingual) / 2.0;
    brought[act::RELATIONAL] = skill * reach;
    brought[act::DOMINANCE] = stage.pressure.hierarchy * authority * (1.0 - skill);
    brought
}

/// Share of the forum's members who are of a leader's kind.
fn share_of_kind(table: &Table, leaders: &Leaders, leader: usize) -> f64 {
    let kind = leaders.kind[leader];
    let seats = &table.forum.seats;
    let same = seats
        .iter()
        .filter(|seat| leaders.kind[seat.leader as usize] == kind)
        .count();
    same as f64 / seats.len().max(1) as f64
}

/// What each leader present knows of the item's topic: e·q.
pub fn topic_knowledge(stage: &Stage, table: &mut Table) {
    let topic = table.forum.meeting.item.topic;
    let room = &mut *table.room;
    room.knowledge.clear();
    room.knowledge.extend(room.leader.iter().map(|leader| {
        let known = &stage.leaders.knowledge[*leader];
        (0..KINDS)
            .map(|domain| f64::from(known[domain]) * topic[domain])
            .sum::<f64>()
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::{Bench, assert_close};
    use crate::registry::leaders::LeaderKind::{Clinician, Manager};

    /// A clinician with received leadership .2 and a manager with none; a clinician is absent.
    fn bench() -> Bench {
        let mut bench = Bench::new(&[Clinician, Manager, Clinician]);
        bench.mechanisms.voice.unled = 0.1;
        bench.mechanisms.voice.reach_reference = 4.0;
        bench.pressure.hierarchy = 0.5;
        let leaders = &mut bench.leaders;
        leaders.skill = vec![0.8, 0.5, 0.9];
        leaders.bilingualism = vec![0.4, 0.2, 0.9];
        leaders.commitment = vec![0.5, 0.3, 0.9];
        leaders.authority = vec![0.9, 1.2, 0.1];
        for (leader, locus) in [0.6, 0.4, 0.9].into_iter().enumerate() {
            leaders.view[leader] = [0.11, locus, 0.13];
        }
        bench.come(&[0, 1]);
        bench.room.received = vec![0.2, 0.0];
        bench.room.knowledge = vec![0.56, 0.7];
        bench
    }

    #[test]
    fn acts_are_earned_by_those_present_in_the_weight_of_their_leadership() {
        let mut bench = bench();
        bench.run(earn);
        let acts = bench.forum.meeting.acts;
        // Weights .1 + .2 and .1 + 0: .75 and .25. The first brings .8·1.5/2, the second .5·1.3/2.
        assert_close(acts[act::STEWARDSHIP], 0.75 * 0.6 + 0.25 * 0.325);
        assert_close(acts[act::MEDIATION], 0.75 * 0.8 + 0.25 * 0.5);
        // .8·.6 and .5·.4
        assert_close(acts[act::CATALYSIS], 0.75 * 0.48 + 0.25 * 0.2);
        assert_close(acts[act::TRANSLATION], 0.75 * 0.4 + 0.25 * 0.2);
        assert_close(acts[act::ANALYSIS], 0.75 * 0.56 + 0.25 * 0.7);
        // Outnumbered: 1/3 for clinicians, 2/3 for managers: (.8/3 + .4)/2 and (.5·2/3 + .2)/2.
        assert_close(
            acts[act::REPRESENTATION],
            0.75 * 0.333_333_333 + 0.25 * 0.266_666_667,
        );
        // Two ties of four: .8·.5 and .5·.5.
        assert_close(acts[act::RELATIONAL], 0.75 * 0.4 + 0.25 * 0.25);
        // .5·.9·.2 and .5·1·.5 (authority counts up to one)
        assert_close(acts[act::DOMINANCE], 0.75 * 0.09 + 0.25 * 0.25);
    }

    #[test]
    fn what_each_kind_brings_is_kept_for_the_record() {
        let mut bench = bench();
        bench.run(earn);
        let brought = bench.forum.meeting.brought.map(|acts| acts[act::MEDIATION]);
        assert_close(brought[0].into(), 0.75 * 0.8);
        assert_close(brought[1].into(), 0.25 * 0.5);
        assert_close(brought[2].into(), 0.0);
    }

    #[test]
    fn reach_counts_up_to_one() {
        let mut bench = bench();
        bench.mechanisms.voice.reach_reference = 1.0;
        bench.run(earn);
        assert_close(
            bench.forum.meeting.acts[act::RELATIONAL],
            0.75 * 0.8 + 0.25 * 0.5,
        );
    }

    #[test]
    fn what_is_provided_does_part_of_what_is_left_undone() {
        let mut bench = bench();
        bench.provides().provided[act::STEWARDSHIP] = 0.4;
        bench.run(earn);
        // 1 - (1 - .53125)(1 - .4)
        assert_close(bench.forum.meeting.acts[act::STEWARDSHIP], 0.718_75);
        assert_close(bench.forum.meeting.acts[act::MEDIATION], 0.725);
    }

    #[test]
    fn a_chair_appointed_from_above_brings_dominance() {
        for (kind, dominance) in [
            // 1 - (1 - .13)(1 - .2)
            (ChairKind::Organic, 0.304),
            // 1 - (1 - .13)(1 - .2)(1 - .25)
            (ChairKind::Appointed, 0.478),
        ] {
            let mut bench = bench();
            bench.mechanisms.voice.appointed = 0.25;
            bench.provides().provided[act::DOMINANCE] = 0.2;
            bench.chair(kind, 1);
            bench.run(earn);
            assert_close(bench.forum.meeting.acts[act::DOMINANCE], dominance);
        }
    }

    #[test]
    fn knowledge_of_a_topic_weighs_its_domains() {
        let mut bench = bench();
        bench.leaders.knowledge[0] = [0.8, 0.4, 0.2];
        bench.leaders.knowledge[1] = [0.1, 0.9, 0.6];
        bench.forum.meeting.item.topic = [0.5, 0.3, 0.2];
        bench.run(topic_knowledge);
        // .4 + .12 + .04 and .05 + .27 + .12
        assert_close(bench.room.knowledge[0], 0.56);
        assert_close(bench.room.knowledge[1], 0.44);
        assert_eq!(bench.room.knowledge.len(), 2);
    }
}

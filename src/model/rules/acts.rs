#![doc = include_str!("acts.md")]

use crate::model::forum::{ACTS, act};
use crate::model::leader::{KINDS, Leaders};
use crate::model::stage::{Stage, Table};
use crate::registry::places::ChairKind;

/// The leadership acts of this meeting, earned from those present and provided by the scenario.
pub fn earn(stage: &Stage, table: &mut Table) {
    let unled = stage.mechanisms.voice.unled;
    let room = &*table.room;
    let mut sum = [0.0; ACTS];
    let mut weights = 0.0;
    for at in 0..room.present() {
        let weight = unled + room.received[at];
        let brought = brings(stage, table, at);
        for (total, part) in sum.iter_mut().zip(brought) {
            *total += weight * part;
        }
        weights += weight;
    }
    let mut provided = table.levers.provided;
    if table.forum.chair == ChairKind::Appointed {
        provided[act::DOMINANCE] = both(provided[act::DOMINANCE], stage.mechanisms.voice.appointed);
    }
    for (name, act) in table.forum.meeting.acts.iter_mut().enumerate() {
        *act = both(sum[name] / weights, provided[name]);
    }
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

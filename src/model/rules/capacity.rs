#![doc = include_str!("capacity.md")]

use crate::math;
use crate::model::forum::{Forum, Item, act};
use crate::model::leader::KINDS;
use crate::model::stage::{Stage, Table};
use crate::registry::places::ChairKind;

/// What those present can do in a month, before luck: the pace and the plan they make together.
pub fn prepare(stage: &Stage, table: &mut Table) {
    let pace = pace(stage, table);
    let meeting = &table.forum.meeting;
    table.forum.programme.together = (meeting.understanding + meeting.led) / 2.0;
    table.forum.programme.pace = pace;
}

/// The programme's item that is worked on, or would be next.
fn current(forum: &Forum) -> Item {
    let programme = &forum.programme;
    programme
        .active
        .map(|project| project.item)
        .or(programme.waiting.first().copied())
        .unwrap_or(forum.meeting.item)
}

fn pace(stage: &Stage, table: &Table) -> f64 {
    let rule = &stage.mechanisms.joint_action;
    let acts = &table.forum.meeting.acts;
    let item = current(table.forum);
    let room = &*table.room;
    let n = room.present() as f64;
    let commitment = room
        .leader
        .iter()
        .map(|leader| stage.leaders.commitment[*leader])
        .sum::<f64>()
        / n;
    let interdependence = room
        .leader
        .iter()
        .map(|leader| stage.interdependence(*leader))
        .sum::<f64>()
        / n;
    let inputs = (knowledge(stage, table, &item.topic) / rule.knowledge_typical)
        * (commitment / rule.commitment_typical)
        * (resources(stage, table) / rule.resources_typical);
    let exponent = rule.input * (1.0 + rule.interdependence * (interdependence - 0.5));
    let doubt = (1.0 - item.support) * if item.imposed { 2.0 } else { 1.0 };
    let design = &table.levers.design;
    rule.pace
        * math::pow(inputs.max(1e-9), exponent)
        * (1.0 - rule.bureaucracy * (1.0 - acts[act::STEWARDSHIP]))
        * (1.0 - rule.load * table.forum.meeting.load).max(0.0)
        * (1.0 - rule.resistance * doubt.min(1.0) * (1.0 - 0.5 * acts[act::MEDIATION]))
        * (1.0 - rule.left_out * (1.0 - design.inclusion) * (1.0 - acts[act::REPRESENTATION]))
}

/// CES over the three domains of what is known and disclosed in the room; those who withhold their
/// part of the project tell nothing.
fn knowledge(stage: &Stage, table: &Table, topic: &[f64; KINDS]) -> f64 {
    let rule = &stage.mechanisms.joint_action;
    let room = &*table.room;
    let mut known = [1e-3_f64; KINDS];
    for at in 0..room.present() {
        if table.forum.seats[room.seat[at]].withholds {
            continue;
        }
        let disclosed = 1.0 + rule.disclosure * (room.received[at] - rule.leadership_typical);
        for (domain, best) in known.iter_mut().enumerate() {
            *best =
                best.max(f64::from(stage.leaders.knowledge[room.leader[at]][domain]) * disclosed);
        }
    }
    let rho = rule.substitution;
    if rho.abs() < 1e-6 {
        return math::exp(
            (0..KINDS)
                .map(|domain| topic[domain] * math::ln(known[domain]))
                .sum(),
        );
    }
    let sum: f64 = (0..KINDS)
        .map(|domain| topic[domain] * math::pow(known[domain], rho))
        .sum();
    math::pow(sum, 1.0 / rho)
}

/// Mean of R_o (t̄ + c) / 2 over those present; a member chair brings a part of it by itself.
fn resources(stage: &Stage, table: &Table) -> f64 {
    let rule = &stage.mechanisms.joint_action;
    let room = &*table.room;
    let offered = |at: usize| {
        let leader = room.leader[at];
        let willing = (room.trusting[at] + stage.leaders.commitment[leader]) / 2.0;
        if table.forum.seats[room.seat[at]].withholds {
            0.0
        } else {
            stage.resources(leader) * willing
        }
    };
    let mean = (0..room.present()).map(offered).sum::<f64>() / room.present() as f64;
    let chair = table
        .forum
        .chair_seat
        .filter(|_| table.forum.chair == ChairKind::Organic);
    match chair.and_then(|chair| room.seat.iter().position(|seat| *seat == chair as usize)) {
        Some(chair) => (1.0 - rule.sponsorship) * mean + rule.sponsorship * offered(chair),
        None => mean,
    }
}

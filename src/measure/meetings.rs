//! Observes the meetings of one cycle.

use super::catalogue::Observed;
use super::inequality::gini;
use super::mean::Mean;
use crate::model::forum::{ACTS, Decision, Forum, Seat, act};
use crate::model::leader::{AXES, KINDS, distance};
use crate::model::world::World;

/// Counts over due meetings.
#[derive(Clone, Copy, Debug, Default)]
struct Meetings {
    due: f64,
    decisions: [f64; 6],
    present: [f64; KINDS],
    expected: [f64; KINDS],
    voice_gini: Mean,
    fairness: Mean,
    legitimacy: Mean,
    offered: Mean,
    understanding: Mean,
    influence: Mean,
    expectation: Mean,
    satiation: Mean,
    acts: [Mean; ACTS],
    broken: f64,
}

/// Room for what is put in order or beside each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    values: Vec<f64>,
    voices: Vec<f64>,
    views: Vec<[f64; AXES]>,
}

/// Observes the meetings of the cycle.
pub(super) fn meetings(world: &World, scratch: &mut Scratch, seen: &mut Observed) {
    let mut count = Meetings::default();
    let Scratch {
        values,
        voices,
        views,
    } = scratch;
    values.clear();
    for forum in &world.forums {
        understanding(world, forum, views, &mut count.understanding);
        for seat in &forum.seats {
            count.influence.add(f64::from(seat.influence));
            count.expectation.add(f64::from(seat.expectation));
            count.satiation.add(f64::from(seat.satiation));
            values.push(f64::from(seat.satiation));
            count.broken += f64::from(u8::from(seat.broke));
        }
        held(world, forum, &mut count, voices);
    }
    seen.equity = 1.0 - gini(values);
    seen.understanding = count.understanding.value();
    seen.influence = count.influence.value();
    seen.expectation = count.expectation.value();
    seen.satiation = count.satiation.value();
    seen.broken_promises = count.broken;
    let share: [f64; KINDS] =
        std::array::from_fn(|kind| count.present[kind] / count.expected[kind]);
    [
        seen.attendance_clinician,
        seen.attendance_manager,
        seen.attendance_citizen,
    ] = share;
    seen.attendance = count.present.iter().sum::<f64>() / count.expected.iter().sum::<f64>();
    let decided = |decision: Decision| count.decisions[decision as usize] / count.due;
    seen.agreement = decided(Decision::Agreement);
    seen.impasse = decided(Decision::Impasse);
    seen.imposed = decided(Decision::Imposed);
    seen.token = decided(Decision::Token);
    seen.no_quorum = decided(Decision::NoQuorum);
    seen.voice_gini = count.voice_gini.value();
    seen.fairness = count.fairness.value();
    seen.legitimacy = count.legitimacy.value();
    seen.resource_sharing = count.offered.value();
    let acts = count.acts.map(Mean::value);
    seen.stewardship = acts[act::STEWARDSHIP];
    seen.mediation = acts[act::MEDIATION];
    seen.catalysis = acts[act::CATALYSIS];
    seen.translation = acts[act::TRANSLATION];
    seen.analysis = acts[act::ANALYSIS];
    seen.representation = acts[act::REPRESENTATION];
    seen.relational = acts[act::RELATIONAL];
    seen.dominance = acts[act::DOMINANCE];
}

/// One minus the distance of every pair of members.
fn understanding(world: &World, forum: &Forum, views: &mut Vec<[f64; AXES]>, mean: &mut Mean) {
    views.clear();
    let view = |seat: &Seat| world.leaders.view[seat.leader as usize];
    views.extend(forum.seats.iter().map(view));
    for (at, one) in views.iter().enumerate() {
        let others = &views[at + 1..];
        let apart: f64 = others.iter().map(|other| distance(one, other)).sum();
        mean.add_sum(others.len() as f64 - apart, others.len() as f64);
    }
}

fn held(world: &World, forum: &Forum, count: &mut Meetings, voices: &mut Vec<f64>) {
    let meeting = &forum.meeting;
    if meeting.decision == Decision::NoMeeting {
        return;
    }
    count.due += 1.0;
    count.decisions[meeting.decision as usize] += 1.0;
    for seat in &forum.seats {
        let kind = world.leaders.kind[seat.leader as usize] as usize;
        count.expected[kind] += 1.0;
        count.present[kind] += f64::from(u8::from(seat.present));
    }
    if meeting.decision == Decision::NoQuorum {
        return;
    }
    voices.clear();
    voices.extend(
        forum
            .seats
            .iter()
            .filter(|seat| seat.present)
            .map(|seat| f64::from(seat.voice)),
    );
    count.voice_gini.add(gini(voices));
    count.fairness.add(meeting.fairness);
    if meeting.decision != Decision::Token {
        count
            .legitimacy
            .add(meeting.fairness * meeting.item.support);
    }
    let stage = world.stage();
    for seat in forum.seats.iter().filter(|seat| seat.present) {
        let leader = seat.leader as usize;
        count
            .offered
            .add(stage.resources(leader) * world.leaders.commitment[leader]);
    }
    for (mean, act) in count.acts.iter_mut().zip(meeting.acts) {
        mean.add(act);
    }
}

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
    for (_, forum) in world.living() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::plain;
    use crate::model::setup::Setup;
    use crate::registry::leaders::LeaderKind::{Citizen, Clinician, Manager};

    #[track_caller]
    fn assert_close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
    }

    /// Two clinicians, a manager and a citizen.
    fn setup() -> Setup {
        plain(&[Clinician, Clinician, Manager, Citizen])
    }

    /// They agreed without the second clinician and the citizen; the forum is there twice, and the
    /// second time nobody could decide.
    fn world(setup: &Setup) -> World<'_> {
        let mut world = World::new(setup, 1, 0);
        let forum = &mut world.forums[0];
        for (seat, satiation) in forum.seats.iter_mut().zip([0.0, 0.2, 0.2, 0.4]) {
            (seat.satiation, seat.influence, seat.expectation) = (satiation, 0.6, 0.7);
        }
        forum.seats[3].expectation = 0.3;
        let mut second = forum.clone();
        second.meeting.decision = Decision::NoQuorum;
        second.seats[0].present = true;
        for (seat, voice) in [(0, 0.5), (2, 1.5)] {
            (forum.seats[seat].present, forum.seats[seat].voice) = (true, voice);
        }
        forum.seats[2].broke = true;
        let meeting = &mut forum.meeting;
        (meeting.decision, meeting.fairness) = (Decision::Agreement, 0.8);
        meeting.item.support = 0.75;
        for (act, value) in meeting.acts.iter_mut().zip(1..) {
            *act = f64::from(value) / 10.0;
        }
        world.forums.push(second);
        world.levers.organisations[0].resources = 2.0;
        world.levers.organisations[2].resources = 1.0;
        world.leaders.commitment = vec![0.3, 0.9, 0.5, 0.9];
        world
    }

    fn observed(world: &World) -> Observed {
        let mut seen = Observed::MISSING;
        meetings(world, &mut Scratch::default(), &mut seen);
        seen
    }

    #[test]
    fn attendance_and_decisions_are_of_what_was_due() {
        let setup = setup();
        let mut world = world(&setup);
        let seen = observed(&world);
        assert_close(seen.attendance, 3.0 / 8.0);
        assert_close(seen.attendance_clinician, 0.5);
        assert_close(seen.attendance_manager, 0.5);
        assert_close(seen.attendance_citizen, 0.0);
        let ended = [
            seen.agreement,
            seen.no_quorum,
            seen.impasse,
            seen.imposed,
            seen.token,
        ];
        assert_eq!(ended, [0.5, 0.5, 0.0, 0.0, 0.0]);
        world.forums[1].meeting.decision = Decision::NoMeeting;
        let seen = observed(&world);
        assert_close(seen.attendance, 0.5);
        assert_eq!(seen.agreement, 1.0);
    }

    #[test]
    fn what_was_said_and_offered_is_of_those_present() {
        let setup = setup();
        let mut world = world(&setup);
        let seen = observed(&world);
        // Of .5 and 1.5: (1·.5 + 2·1.5)·2/(2·2) - 3/2.
        assert_close(seen.voice_gini, 0.25);
        assert_close(seen.fairness, 0.8);
        assert_close(seen.legitimacy, 0.6);
        // 2·.3 and 1·.5
        assert_close(seen.resource_sharing, 0.55);
        let acts = [
            seen.stewardship,
            seen.mediation,
            seen.catalysis,
            seen.translation,
            seen.analysis,
            seen.representation,
            seen.relational,
            seen.dominance,
        ];
        for (act, value) in acts.into_iter().zip(1..) {
            assert_close(act, f64::from(value) / 10.0);
        }
        // A token item is felt as fair or not, but has no support to be legitimate by.
        world.forums[0].meeting.decision = Decision::Token;
        let seen = observed(&world);
        assert_close(seen.fairness, 0.8);
        assert!(seen.legitimacy.is_nan());
    }

    #[test]
    fn what_members_keep_is_of_all_seats() {
        let setup = setup();
        let seen = observed(&world(&setup));
        assert_close(seen.influence, 0.6);
        assert_close(seen.expectation, 0.6);
        assert_close(seen.satiation, 0.2);
        assert_eq!(seen.broken_promises, 1.0);
        // 0, .2, .2 and .4, all twice: ranks times values are 18·.2 + 15·.4 = 9.6, their sum 1.6.
        assert_close(seen.equity, 1.0 - (19.2 / 12.8 - 1.125));
    }
}

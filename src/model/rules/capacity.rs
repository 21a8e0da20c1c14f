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
    let inputs = (knowledge(stage, table, item.topic) / rule.knowledge_typical)
        * (commitment / rule.commitment_typical)
        * (resources(stage, table) / rule.resources_typical);
    let exponent = rule.input * (1.0 + rule.interdependence * (interdependence - 0.5));
    let doubt = (1.0 - item.support) * if item.imposed { 2.0 } else { 1.0 };
    let doubt = doubt * (1.0 - table.levers.as_far_as_ready);
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
fn knowledge(stage: &Stage, table: &Table, topic: [f64; KINDS]) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::forum::Project;
    use crate::model::rules::testing::{Bench, assert_close};

    /// Two of three members present, the first in the chair; every factor counts.
    fn bench() -> Bench {
        let mut bench = Bench::clinicians(3);
        let rule = &mut bench.mechanisms.joint_action;
        (rule.pace, rule.input, rule.interdependence) = (0.95, 0.3, 2.0);
        (rule.knowledge_typical, rule.commitment_typical) = (0.7, 0.4);
        (rule.resources_typical, rule.substitution) = (0.5, -2.0);
        (rule.disclosure, rule.leadership_typical) = (0.5, 0.1);
        (rule.sponsorship, rule.bureaucracy, rule.load) = (0.4, 0.4, 0.2);
        (rule.resistance, rule.left_out) = (0.6, 0.36);
        for (at, (resources, interdependence)) in [(2.0, 0.5), (1.0, 0.8)].into_iter().enumerate() {
            let terms = &mut bench.levers.organisations[at];
            (terms.resources, terms.interdependence) = (resources, interdependence);
        }
        bench.systems[0].interdependence = 0.05;
        bench.leaders.commitment = vec![0.6, 0.3, 0.9];
        bench.leaders.knowledge = vec![[0.8, 0.4, 0.2], [0.4, 0.6, 0.5], [1.0; 3]];
        bench.provides().design.inclusion = 0.4;
        bench.chair(ChairKind::Organic, 0);
        bench.come(&[0, 1]);
        bench.room.trusting = vec![0.5, 0.7];
        bench.room.received = vec![0.3, 0.1];
        let meeting = &mut bench.forum.meeting;
        meeting.acts[act::STEWARDSHIP] = 0.6;
        meeting.acts[act::MEDIATION] = 0.5;
        meeting.acts[act::REPRESENTATION] = 0.25;
        (meeting.load, meeting.understanding, meeting.led) = (0.5, 0.8, 0.3);
        meeting.item = Item {
            topic: [0.5, 0.3, 0.2],
            support: 0.7,
            ..Item::default()
        };
        bench
    }

    /// The pace of [`bench`], worked out in its test.
    const PACE: f64 = 0.690_472;

    #[track_caller]
    fn assert_pace(mut bench: Bench, pace: f64) {
        bench.run(prepare);
        assert_close(bench.forum.programme.pace, pace);
    }

    #[test]
    fn every_factor_of_the_pace_counts() {
        // Knowledge: best disclosed .8·1.1, .6, .5: (.5/.88² + .3/.6² + .2/.5²)^(-1/2) = .662412.
        // Resources: 2·(.5 + .6)/2 = 1.1 and (.7 + .3)/2 = .5: .6·.8 + .4·1.1 = .92.
        // (.662412/.7 · .45/.4 · .92/.5)^(.3(1 + 2(.7 - .5))) = 1.958848^.42 = 1.326295.
        // .95·1.326295·(1 - .4·.4)(1 - .2·.5)(1 - .6·.3·(1 - .25))(1 - .36·.6·.75)
        assert_pace(bench(), PACE);
    }

    #[test]
    fn a_plan_is_made_of_understanding_and_leadership() {
        let mut bench = bench();
        bench.run(prepare);
        assert_close(bench.forum.programme.together, 0.55);
    }

    #[test]
    fn an_imposed_item_meets_twice_the_resistance() {
        let mut imposed = bench();
        imposed.forum.meeting.item.imposed = true;
        // 1 - .6·.6·.75 = .73 instead of .865; at most 1 - .6·.75.
        assert_pace(imposed, PACE * 0.73 / 0.865);
        let mut opposed = bench();
        opposed.forum.meeting.item.imposed = true;
        opposed.forum.meeting.item.support = 0.3;
        assert_pace(opposed, PACE * 0.55 / 0.865);
    }

    #[test]
    fn overload_stops_work_but_does_not_reverse_it() {
        let mut bench = bench();
        bench.forum.meeting.load = 9.0;
        assert_pace(bench, 0.0);
    }

    #[test]
    fn only_a_member_chair_who_came_sponsors() {
        // Resources .8 instead of .92.
        let unsponsored = PACE * math::pow(0.8 / 0.92, 0.42);
        let mut appointed = bench();
        appointed.forum.chair = ChairKind::Appointed;
        assert_pace(appointed, unsponsored);
        let mut away = bench();
        away.forum.chair_seat = Some(2);
        assert_pace(away, unsponsored);
    }

    #[test]
    fn who_withholds_brings_neither_knowledge_nor_resources() {
        let mut bench = bench();
        bench.forum.seats[1].withholds = true;
        // Known .88, .44, .22: (.5/.88² + .3/.44² + .2/.22²)^(-1/2) = .397543; resources
        // .6·.55 + .4·1.1 = .77.
        let inputs = (0.397_543 / 0.662_412) * (0.77 / 0.92);
        assert_pace(bench, PACE * math::pow(inputs, 0.42));
    }

    #[test]
    fn where_all_withhold_next_to_nothing_is_done() {
        let mut bench = bench();
        bench.forum.seats[0].withholds = true;
        bench.forum.seats[1].withholds = true;
        bench.run(prepare);
        assert!((0.0..0.001).contains(&bench.forum.programme.pace));
    }

    #[test]
    fn at_exponent_zero_knowledge_is_a_geometric_mean() {
        let mut bench = bench();
        bench.mechanisms.joint_action.substitution = 0.0;
        // .88^.5·.6^.3·.5^.2
        assert_pace(bench, PACE * math::pow(0.700_617 / 0.662_412, 0.42));
    }

    #[test]
    fn without_input_weight_only_losses_count() {
        let mut bench = bench();
        bench.mechanisms.joint_action.input = 0.0;
        assert_pace(bench, PACE / 1.326_295);
    }

    #[test]
    fn the_item_at_work_comes_before_one_that_waits_and_the_one_at_the_table() {
        let mut bench = bench();
        let wanted = bench.forum.meeting.item;
        bench.forum.meeting.item.support = 0.0;
        bench.forum.programme.waiting = vec![wanted, Item::default()];
        bench.run(prepare);
        assert_close(bench.forum.programme.pace, PACE);
        bench.forum.programme.waiting[0].support = 0.0;
        bench.forum.programme.active = Some(Project {
            item: wanted,
            ..Project::default()
        });
        assert_pace(bench, PACE);
    }

    #[test]
    fn who_goes_as_far_as_ready_does_not_resist() {
        let mut ready = bench();
        ready.provides().as_far_as_ready = 0.5;
        // 1 - .6·.15·.75 instead of 1 - .6·.3·.75.
        assert_pace(ready, PACE * 0.9325 / 0.865);
        // Of twice .7 a half is .7: what is ready counts before the most there can be.
        let mut opposed = bench();
        opposed.forum.meeting.item.imposed = true;
        opposed.forum.meeting.item.support = 0.3;
        opposed.provides().as_far_as_ready = 0.5;
        assert_pace(opposed, PACE * (1.0 - 0.6 * 0.7 * 0.75) / 0.865);
    }
}

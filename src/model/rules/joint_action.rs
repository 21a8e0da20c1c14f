#![doc = include_str!("joint_action.md")]

mod embedding;

pub use embedding::embed;

use crate::math;
use crate::model::forum::{Forum, Item, Project, TYPICAL_SCALE};
use crate::model::leader::{AXES, KINDS, distance};
use crate::model::stage::{Stage, Table, seat_word, word};
use crate::random::{Purpose, happens, normal};
use crate::registry::mechanisms::JointAction;

/// One month of work on the programme. Time left over when a slice is done goes to the next one, so
/// that cutting an item changes neither its effort nor its time.
pub fn work(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.joint_action;
    let noise = rule.noise * normal(table.room.words.forum(word::NOISE));
    let limit = |item: &Item| rule.slack * rule.effort * item.scale;
    let mut month = 1.0_f64;
    while month > 1e-9 {
        let Some(mut project) = take(stage, table) else {
            break;
        };
        let planning = project.elapsed < rule.plan_share * limit(&project.item);
        let speed = speed(stage, table.forum, &project, planning, noise);
        let effort = rule.effort * project.item.scale;
        let needed = if speed > 0.0 {
            (effort - project.progress) / speed
        } else {
            f64::INFINITY
        };
        let time = month
            .min(needed)
            .min(limit(&project.item) - project.elapsed)
            .max(0.0);
        if planning {
            project.plan += table.forum.programme.together * time;
            project.planned += time;
        }
        project.progress += speed * time;
        project.elapsed += time;
        table.forum.meeting.progress += speed * time / rule.pace.max(1e-9);
        month -= time;
        let weight = project.item.scale / TYPICAL_SCALE;
        if time >= needed {
            win(stage, table.forum, &project, weight);
        } else if project.elapsed >= limit(&project.item) - 1e-9 {
            table.forum.meeting.failures += 1;
            table.forum.meeting.failed += weight;
        } else {
            table.forum.programme.active = Some(project);
        }
    }
}

/// The active project, or the next slice of what waits, as a new project with its own luck.
fn take(stage: &Stage, table: &mut Table) -> Option<Project> {
    if let Some(project) = table.forum.programme.active.take() {
        return Some(project);
    }
    let programme = &mut table.forum.programme;
    let first = programme.waiting.first_mut()?;
    let item = *first;
    first.slices -= 1;
    if first.slices == 0 {
        programme.waiting.remove(0);
    }
    programme.begun += 1;
    table.forum.meeting.begun += 1;
    let mut words = [0; 1];
    stage.draws.fill(
        Purpose::Luck,
        table.forum.address,
        u64::from(programme.begun),
        &mut words,
    );
    let luck = stage.mechanisms.joint_action.luck_project * normal(words[0]);
    withhold(stage, table);
    Some(Project {
        item,
        luck,
        ..Project::default()
    })
}

/// Effort a month: the forum's pace, its plan, the luck of system, forum and project, and noise.
fn speed(stage: &Stage, forum: &Forum, project: &Project, planning: bool, noise: f64) -> f64 {
    let rule = &stage.mechanisms.joint_action;
    let luck = stage.systems[forum.system as usize].luck + forum.luck + project.luck;
    let plan = if planning || project.planned <= 0.0 {
        0.5
    } else {
        project.plan / project.planned
    };
    let planned = 1.0 + rule.plan * (plan - 0.5);
    if forum.programme.pace <= 0.0 {
        return 0.0;
    }
    (forum.programme.pace * planned * math::exp(luck) + noise).max(0.0)
}

/// Value of a win: s · exp(−d(y, ψ)² / 2w²).
fn win(stage: &Stage, forum: &mut Forum, project: &Project, weight: f64) {
    let rule: &JointAction = &stage.mechanisms.joint_action;
    let need = &stage.systems[forum.system as usize].need;
    let off = distance(&project.item.proposal.map(f64::from), need) / rule.value_width;
    for seat in &mut forum.seats {
        seat.kept |= !seat.withholds;
    }
    forum.meeting.wins += 1;
    forum.meeting.won += weight;
    forum.meeting.value += project.item.scale * math::exp(-0.5 * off * off);
}

/// When a project begins, each member whose options outweigh its belief may withhold its part.
fn withhold(stage: &Stage, table: &mut Table) {
    let rate = stage.mechanisms.joint_action.defection;
    let cap = stage.mechanisms.convening.power_cap;
    for at in 0..table.forum.seats.len() {
        let leader = table.forum.seats[at].leader as usize;
        let terms = &stage.levers.organisations[stage.leaders.organisation[leader] as usize];
        let power = table.room.relative_power[at].min(cap);
        let chance =
            rate * (terms.outside_option * power) * (1.0 - stage.leaders.commitment[leader]);
        let word = table.room.words.seat(at, seat_word::WITHHOLD);
        let seat = &mut table.forum.seats[at];
        seat.withholds = happens(word, chance);
        seat.defected |= seat.withholds;
    }
}

/// Number of axes a proposal has; kept equal to the domains of knowledge.
const _: () = assert!(AXES == KINDS);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::{Bench, assert_chance, assert_close, deviate};

    fn item(scale: f64) -> Item {
        Item {
            scale,
            slices: 1,
            ..Item::default()
        }
    }

    fn project(elapsed: f64, progress: f64) -> Project {
        Project {
            item: item(0.25),
            elapsed,
            progress,
            ..Project::default()
        }
    }

    /// A programme that goes at effort one a month, without luck, noise, plan or defection.
    fn bench() -> Bench {
        let mut bench = Bench::clinicians(2);
        let rule = &mut bench.mechanisms.joint_action;
        (rule.effort, rule.slack, rule.pace) = (16.0, 1.5, 0.8);
        (rule.plan, rule.plan_share) = (0.0, 0.34);
        (rule.noise, rule.luck_project, rule.defection) = (0.0, 0.0, 0.0);
        rule.value_width = 0.25;
        bench.systems[0].need = [0.0; AXES];
        bench.forum.programme.pace = 1.0;
        bench.come(&[0, 1]);
        bench
    }

    fn worked(mut bench: Bench) -> Bench {
        bench.run(work);
        bench
    }

    /// Pace .8, plan .3, luck .05 + .15 + .1 = .3, noise .05 above the mean.
    fn planned(project: Project) -> Bench {
        let mut bench = bench();
        let rule = &mut bench.mechanisms.joint_action;
        (rule.pace, rule.plan, rule.noise) = (0.95, 0.3, 0.05);
        *bench.room.words.forum_mut(word::NOISE) = deviate(1);
        (bench.systems[0].luck, bench.forum.luck) = (0.05, 0.15);
        let programme = &mut bench.forum.programme;
        (programme.pace, programme.together) = (0.8, 0.6);
        let luck = 0.1;
        programme.active = Some(Project { luck, ..project });
        worked(bench)
    }

    #[test]
    fn while_it_is_planned_a_project_goes_at_the_forums_pace() {
        let bench = planned(Project {
            plan: 0.9,
            planned: 1.0,
            ..project(1.0, 1.0)
        });
        // Limit 1.5·16·.25 = 6, planning up to 2.04: .8·e^.3 + .05 = 1.129887.
        let project = bench.forum.programme.active.unwrap();
        assert_close(project.progress, 2.129_887);
        assert_close(project.elapsed, 2.0);
        assert_close(project.plan, 1.5);
        assert_close(project.planned, 2.0);
        // 1.129887/.95
        assert_close(bench.forum.meeting.progress, 1.189_355);
    }

    #[test]
    fn its_plan_speeds_the_rest() {
        let bench = planned(Project {
            plan: 1.6,
            planned: 2.0,
            ..project(2.05, 1.0)
        });
        // .8·(1 + .3(1.6/2 - .5))·e^.3 + .05 = 1.227077
        let found = bench.forum.programme.active.unwrap();
        assert_close(found.progress, 2.227_077);
        assert_close(found.planned, 2.0);
        // Without any plan as with a middling one.
        let unplanned = planned(project(2.05, 1.0));
        let found = unplanned.forum.programme.active.unwrap();
        assert_close(found.progress, 2.129_887);
    }

    #[test]
    fn without_pace_a_project_ages() {
        let mut still = bench();
        still.mechanisms.joint_action.noise = 0.5;
        *still.room.words.forum_mut(word::NOISE) = deviate(1);
        still.forum.programme.active = Some(project(1.0, 1.0));
        let mut hindered = still.clone();
        still.forum.programme.pace = 0.0;
        // Noise that outweighs the pace undoes nothing.
        hindered.forum.programme.pace = 0.4;
        *hindered.room.words.forum_mut(word::NOISE) = deviate(-1);
        for bench in [still, hindered] {
            let found = worked(bench).forum.programme.active.unwrap();
            assert_eq!((found.progress, found.elapsed), (1.0, 2.0));
        }
    }

    #[test]
    fn time_left_over_goes_to_the_next_slice() {
        let mut bench = bench();
        bench.systems[0].need = [0.5; AXES];
        let mut nearly = project(3.0, 3.5);
        nearly.item.proposal = [0.7; AXES];
        bench.forum.programme.active = Some(nearly);
        let next = Item {
            slices: 2,
            ..item(0.5)
        };
        bench.forum.programme.waiting = vec![next, item(0.25)];
        let bench = worked(bench);
        // Won after half a month, .2 from the need: .25·e^(-.5·(.2/.25)²).
        let meeting = bench.forum.meeting;
        assert_eq!((meeting.wins, meeting.won, meeting.failures), (1, 1.0, 0));
        assert_close(meeting.value, 0.181_537);
        // One month at the typical pace of .8.
        assert_close(meeting.progress, 1.25);
        let programme = bench.forum.programme;
        let active = programme.active.unwrap();
        assert_close(active.elapsed, 0.5);
        assert_close(active.progress, 0.5);
        assert_eq!((active.item.scale, programme.begun), (0.5, 1));
        let left: Vec<(f64, u32)> = programme
            .waiting
            .iter()
            .map(|i| (i.scale, i.slices))
            .collect();
        assert_eq!(left, [(0.5, 1), (0.25, 1)]);
    }

    #[test]
    fn the_last_slice_leaves_the_list() {
        let mut bench = bench();
        bench.forum.programme.waiting = vec![item(0.25), item(0.5)];
        let programme = worked(bench).forum.programme;
        assert_eq!(programme.active.unwrap().item, item(0.25));
        assert_eq!(programme.waiting, [item(0.5)]);
    }

    #[test]
    fn many_small_slices_can_be_won_in_a_month() {
        let mut bench = bench();
        bench.forum.programme.pace = 2.5;
        bench.forum.programme.waiting = vec![Item {
            slices: 3,
            ..item(0.0625)
        }];
        let bench = worked(bench);
        // Effort one each: two won, half of the third done.
        let meeting = bench.forum.meeting;
        assert_eq!((meeting.wins, meeting.won), (2, 0.5));
        assert_close(meeting.value, 0.125);
        assert_close(bench.forum.programme.active.unwrap().progress, 0.5);
        assert!(bench.forum.programme.waiting.is_empty());
    }

    #[test]
    fn at_its_time_limit_a_project_fails() {
        let mut bench = bench();
        let big = Project {
            item: item(0.5),
            ..project(11.75, 2.0)
        };
        bench.forum.programme.active = Some(big);
        bench.forum.programme.waiting = vec![item(0.25)];
        let bench = worked(bench);
        // Limit 12: a quarter of a month, the rest goes to the next.
        let meeting = bench.forum.meeting;
        assert_eq!(
            (meeting.failures, meeting.failed, meeting.wins),
            (1, 2.0, 0)
        );
        assert_close(bench.forum.programme.active.unwrap().progress, 0.75);
    }

    #[test]
    fn each_project_has_its_own_luck() {
        let mut bench = bench();
        bench.mechanisms.joint_action.luck_project = 0.6;
        bench.forum.programme.begun = 4;
        bench.forum.programme.waiting = vec![item(4.0)];
        let mut words = [0; 1];
        bench
            .draws
            .fill(Purpose::Luck, bench.forum.address, 5, &mut words);
        let luck = 0.6 * normal(words[0]);
        let active = worked(bench).forum.programme.active.unwrap();
        assert_close(active.luck, luck);
        assert_close(active.progress, math::exp(luck));
    }

    /// The first member withholds with chance .5·(.6·power)·(1 - .2).
    fn tempted(power: f64) -> Bench {
        let mut bench = bench();
        bench.mechanisms.joint_action.defection = 0.5;
        bench.mechanisms.convening.power_cap = 1.5;
        bench.levers.organisations[0].outside_option = 0.6;
        bench.leaders.commitment = vec![0.2, 1.0];
        bench.room.relative_power = vec![power, 1.0];
        bench.forum.programme.waiting = vec![item(0.25)];
        bench
    }

    #[test]
    fn members_with_better_options_withhold_when_a_project_begins() {
        for (power, chance) in [(0.8, 0.192), (9.0, 0.36)] {
            let bench = tempted(power);
            assert_chance(chance, |word| {
                let mut bench = bench.clone();
                *bench.room.words.seat_mut(0, seat_word::WITHHOLD) = word;
                *bench.room.words.seat_mut(1, seat_word::WITHHOLD) = 0;
                let seats = worked(bench).forum.seats;
                assert_eq!(seats[0].withholds, seats[0].defected);
                assert!(!seats[1].withholds);
                seats[0].withholds
            });
        }
    }

    #[test]
    fn who_withholds_does_so_until_the_next_project() {
        let mut going = tempted(0.8);
        going.forum.seats[1].withholds = true;
        going.forum.programme.active = Some(project(0.0, 0.0));
        let going = worked(going);
        assert!(going.forum.seats[1].withholds && !going.forum.seats[1].defected);
        let mut next = tempted(0.8);
        next.forum.seats[1].withholds = true;
        let next = worked(next);
        assert!(!next.forum.seats[1].withholds && !next.forum.seats[1].defected);
    }

    /// The second withholds its part of what is won; the first begins to withhold after the win.
    #[test]
    fn who_did_its_part_of_a_win_has_kept_its_promise() {
        let mut bench = tempted(0.8);
        bench.forum.programme.active = Some(project(0.0, 3.9));
        bench.forum.seats[1].withholds = true;
        *bench.room.words.seat_mut(0, seat_word::WITHHOLD) = 0;
        let forum = worked(bench).forum;
        assert_eq!(forum.meeting.wins, 1);
        let told = |seat: usize| (forum.seats[seat].kept, forum.seats[seat].defected);
        assert_eq!((told(0), told(1)), ((true, true), (false, false)));
    }
}

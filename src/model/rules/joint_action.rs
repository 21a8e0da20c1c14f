#![doc = include_str!("joint_action.md")]

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
    let address = table.forum.address;
    let mut words = [0; 1];
    stage.draws.fill(
        Purpose::Luck,
        address,
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
    let off = distance(&project.item.proposal, need) / rule.value_width;
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
        seat.broke |= seat.withholds;
    }
}

/// The share of a delivered value that has not yet reached services is embedded at 1/lag a month.
#[must_use]
pub fn embed(rule: &JointAction, service: f64, delivered: f64) -> f64 {
    service + (delivered - service) / rule.embedding
}

/// Number of axes a proposal has; kept equal to the domains of knowledge.
const _: () = assert!(AXES == KINDS);

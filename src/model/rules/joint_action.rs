#![doc = include_str!("joint_action.md")]

use crate::math;
use crate::model::forum::{Decision, Forum, Item, Project, TYPICAL_SCALE, act};
use crate::model::leader::{AXES, KINDS, distance};
use crate::model::stage::{Stage, Table, seat_word, word};
use crate::random::{Purpose, happens, normal};
use crate::registry::mechanisms::JointAction;
use crate::registry::places::ChairKind;

/// An agreed or imposed item joins the programme, if there is room on its waiting list.
pub fn adopt(stage: &Stage, forum: &mut Forum) {
    let item = forum.meeting.item;
    if !matches!(
        forum.meeting.decision,
        Decision::Agreement | Decision::Imposed
    ) {
        return;
    }
    let idle = forum.programme.active.is_none() && forum.programme.waiting.is_empty();
    let limit = stage.mechanisms.joint_action.waiting as usize + usize::from(idle);
    if forum.programme.waiting.len() < limit {
        forum.programme.waiting.push(item);
    } else {
        forum.meeting.dropped += 1;
    }
}

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

/// A change of priorities abandons the whole remaining programme; a surge overturns the item that
/// was agreed last. Returns whether a decision was overturned.
pub fn interrupt(stage: &Stage, table: &mut Table) -> bool {
    let context = &stage.levers.context;
    let pulse = stage.pressure.pulse;
    let programme = &mut table.forum.programme;
    let words = &table.room.words;
    let under_way = u32::from(programme.active.is_some());
    #[allow(clippy::cast_possible_truncation, reason = "a short list")]
    let items = under_way + programme.waiting.len() as u32;
    if items > 0
        && happens(
            words.forum(word::ABANDON),
            context.abandon + context.abandon_pulse * pulse,
        )
    {
        programme.active = None;
        programme.waiting.clear();
        table.forum.meeting.abandoned = items;
        return false;
    }
    let overturned = items > 0 && happens(words.forum(word::OVERTURN), context.overturn * pulse);
    if overturned && programme.waiting.pop().is_none() {
        programme.active = None;
    }
    table.forum.meeting.overturned = overturned;
    overturned
}

/// A forum that ends leaves its project unfinished: it has failed.
pub fn end(forum: &mut Forum) {
    if let Some(project) = forum.programme.active.take() {
        forum.meeting.failures += 1;
        forum.meeting.failed += project.item.scale / TYPICAL_SCALE;
        forum.meeting.ended = true;
    }
    forum.programme.waiting.clear();
}

/// The share of a delivered value that has not yet reached services is embedded at 1/lag a month.
#[must_use]
pub fn embed(rule: &JointAction, service: f64, delivered: f64) -> f64 {
    service + (delivered - service) / rule.embedding
}

/// Number of axes a proposal has; kept equal to the domains of knowledge.
const _: () = assert!(AXES == KINDS);

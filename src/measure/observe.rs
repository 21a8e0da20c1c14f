//! Observes one cycle.

use super::catalogue::Observed;
use super::leading::structure;
use super::mean::{Mean, mean};
use super::meetings::{Scratch, meetings};
use super::permuted::below_average;
use super::ties::ties;
use crate::model::forum::Forum;
use crate::model::leader::{AXES, KINDS, distance};
use crate::model::setup::Intervention;
use crate::model::world::World;
use crate::registry::leaders::LeaderKind;
use crate::registry::places::Tier;

/// What an observer remembers from one cycle to the next, and its scratch.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    foremost: Vec<Option<usize>>,
    granted: Vec<f64>,
    received: Vec<f64>,
    meetings: Scratch,
    order: Vec<u32>,
    cumulative_hours: f64,
    cumulative_cost: f64,
}

/// Observes the cycle that has just run.
#[must_use]
pub fn observe(world: &World, memory: &mut Memory) -> Observed {
    let mut seen = Observed::MISSING;
    ties(world, &mut seen);
    leaders(world, memory, &mut seen);
    meetings(world, &mut memory.meetings, &mut seen);
    leading(world, memory, &mut seen);
    turnover(world, &mut seen);
    effort(world, memory, &mut seen);
    seen.engagement = seen.attendance * seen.influence;
    seen.hierarchy = world.pressure.hierarchy;
    seen.capture = world.pressure.capture;
    seen.clamped = world.clamped as f64;
    seen
}

fn leaders(world: &World, memory: &mut Memory, seen: &mut Observed) {
    let leaders = &world.leaders;
    let n = leaders.len();
    seen.commitment = mean(&leaders.commitment);
    seen.strain = mean(&leaders.strain);
    seen.grievance = mean(&leaders.grievance);
    seen.fatigue = mean(&leaders.fatigue);
    seen.bilingualism = mean(&leaders.bilingualism);
    let burnout = world.mechanisms().renewal.burnout;
    seen.burnt_out = leaders
        .strain
        .iter()
        .filter(|strain| **strain > burnout)
        .count() as f64
        / n as f64;
    let mut motivation = [Mean::default(); KINDS];
    for (kind, m) in leaders.kind.iter().zip(&leaders.motivation) {
        motivation[*kind as usize].add(*m);
    }
    [
        seen.motivation_clinician,
        seen.motivation_manager,
        seen.motivation_citizen,
    ] = motivation.map(Mean::value);
    seen.commitment_weakest = weakest(world, memory);
    vision(world, seen);
}

/// Mean commitment of the third of leaders with the least power.
#[allow(
    clippy::cast_possible_truncation,
    reason = "leaders are counted in 32 bits"
)]
fn weakest(world: &World, memory: &mut Memory) -> f64 {
    let leaders = &world.leaders;
    memory.order.clear();
    memory.order.extend(0..leaders.len() as u32);
    let third = leaders.len().div_ceil(3);
    let by_power = |a: &u32, b: &u32| {
        leaders.power[*a as usize]
            .total_cmp(&leaders.power[*b as usize])
            .then(a.cmp(b))
    };
    let Some(last) = third.checked_sub(1) else {
        return f64::NAN;
    };
    let (_, strongest, _) = memory.order.select_nth_unstable_by(last, by_power);
    let among = |leader: &u32| by_power(leader, strongest).is_le();
    let weakest = (0..leaders.len() as u32).filter(among);
    weakest
        .map(|leader| leaders.commitment[leader as usize])
        .sum::<f64>()
        / third as f64
}

fn vision(world: &World, seen: &mut Observed) {
    let views = &world.leaders.view;
    let n = views.len() as f64;
    let centre: [f64; AXES] =
        std::array::from_fn(|axis| views.iter().map(|view| view[axis]).sum::<f64>() / n);
    seen.vision = 1.0
        - views
            .iter()
            .map(|view| distance(view, &centre))
            .sum::<f64>()
            / n;
    let need: Mean = world
        .systems
        .iter()
        .fold(Mean::default(), |mut mean, system| {
            mean.add(1.0 - distance(&centre, &system.need));
            mean
        });
    seen.foresight = need.value();
}

fn leading(world: &World, memory: &mut Memory, seen: &mut Observed) {
    let mut all: [Mean; 6] = Default::default();
    let mut tiers = [Mean::default(); 3];
    let (mut rotation, mut informal) = (Mean::default(), Mean::default());
    let (mut received, mut seats) = ([0.0; KINDS], [0.0; KINDS]);
    memory.foremost.resize(world.forums.len(), None);
    for (index, forum) in world.living() {
        let n = forum.seats.len();
        memory.granted.clear();
        for seat in 0..n {
            let row = world.ties.row(forum.seats[seat].leader as usize);
            let granted = forum.held(seat, &world.ties.granted[row]);
            memory.granted.extend(granted.map(f64::from));
        }
        let Some(measured) = structure(n, &memory.granted, &mut memory.received) else {
            continue;
        };
        let values = [
            measured.shared,
            measured.density,
            measured.centralisation,
            measured.gini,
            measured.entropy,
            measured.aggregate,
        ];
        for (mean, value) in all.iter_mut().zip(values) {
            mean.add(value);
        }
        tiers[forum.tier as usize].add(measured.shared);
        if let (Some(before), Some(now)) = (memory.foremost[index], measured.foremost) {
            rotation.add(f64::from(u8::from(before != now)));
        }
        memory.foremost[index] = measured.foremost;
        if let Some(foremost) = measured.foremost {
            informal.add(f64::from(u8::from(below_average(world, forum, foremost))));
        }
        for (seat, sum) in forum.seats.iter().zip(&memory.received) {
            let kind = world.leaders.kind[seat.leader as usize] as usize;
            received[kind] += sum;
            seats[kind] += 1.0;
        }
    }
    let [shared, density, centralisation, gini, entropy, aggregate] = all.map(Mean::value);
    (seen.shared_leadership, seen.leadership_density) = (shared, density);
    (seen.leadership_centralisation, seen.leadership_gini) = (centralisation, gini);
    (seen.leadership_entropy, seen.leadership_aggregate) = (entropy, aggregate);
    seen.shared_leadership_executive = tiers[Tier::Executive as usize].value();
    seen.shared_leadership_thematic = tiers[Tier::Thematic as usize].value();
    seen.shared_leadership_project = tiers[Tier::Project as usize].value();
    seen.leadership_rotation = rotation.value();
    seen.informal_leaders = informal.value();
    let total = |values: [f64; KINDS]| values.iter().sum::<f64>();
    let part = |kind: usize| (received[kind] / total(received)) / (seats[kind] / total(seats));
    [
        seen.leading_clinician,
        seen.leading_manager,
        seen.leading_citizen,
    ] = [part(0), part(1), part(2)];
}

fn turnover(world: &World, seen: &mut Observed) {
    let leaders = &world.leaders;
    let clinician =
        |leader: usize| leaders.kind[leader] == LeaderKind::Clinician && !leaders.executive[leader];
    let gone = |group: &dyn Fn(usize) -> bool| {
        let left = world
            .left
            .iter()
            .filter(|(post, _)| group(*post as usize))
            .count() as f64;
        left / (0..leaders.len()).filter(|leader| group(*leader)).count() as f64
    };
    seen.leavers = world.left.len() as f64;
    seen.leavers_clinician = gone(&clinician);
    seen.leavers_executive = gone(&|leader| leaders.executive[leader]);
}

fn effort(world: &World, memory: &mut Memory, seen: &mut Observed) {
    let sum = |part: &dyn Fn(&Forum) -> f64| world.forums.iter().map(part).sum::<f64>();
    seen.wins = sum(&|forum| forum.meeting.won);
    seen.failures = sum(&|forum| forum.meeting.failed);
    seen.failures_end = sum(&|forum| {
        if forum.meeting.ended {
            forum.meeting.failed
        } else {
            0.0
        }
    });
    seen.failures_time = seen.failures - seen.failures_end;
    seen.abandoned = sum(&|forum| f64::from(forum.meeting.abandoned));
    seen.overturned = sum(&|forum| f64::from(u8::from(forum.meeting.overturned)));
    seen.dropped = sum(&|forum| f64::from(forum.meeting.dropped));
    seen.hours = world.hours;
    memory.cumulative_hours += world.hours;
    seen.cumulative_hours = memory.cumulative_hours;
    let price = world.levers.context.hour_price;
    if let Some(interventions) = &world.interventions {
        seen.hours_interventions = interventions.hours;
        seen.spending = interventions.spending;
    } else {
        (seen.hours_interventions, seen.spending) = (0.0, 0.0);
    }
    let priced = |one: &Intervention| one.pounds > 0.0;
    if price > 0.0 || world.setup.interventions.iter().any(priced) {
        seen.cost = price * world.hours + seen.spending;
        memory.cumulative_cost += seen.cost;
        seen.cumulative_cost = memory.cumulative_cost;
    }
    seen.delivered_value = world.delivered;
    seen.service_value = world.embedded[2];
    if memory.cumulative_hours > 0.0 {
        seen.value_per_hour = 1000.0 * world.delivered / memory.cumulative_hours;
    }
    if memory.cumulative_cost > 0.0 {
        seen.value_per_pound = 1e6 * world.delivered / memory.cumulative_cost;
    }
    let stage = world.stage();
    let (mut spent, mut seated) = ([0.0; KINDS], [0.0; KINDS]);
    for leader in 0..world.leaders.len() {
        let seats = world.seats_of(leader);
        let kind = world.leaders.kind[leader] as usize;
        seated[kind] += f64::from(u8::from(!seats.is_empty()));
        for (forum, seat) in seats {
            if world.forums[*forum as usize].seats[*seat as usize].present {
                spent[kind] +=
                    crate::model::rules::standing::hours(&stage, leader, *forum as usize);
            }
        }
    }
    seen.hours_clinician = spent[0] / seated[0];
    seen.hours_manager = spent[1] / seated[1];
}

#[cfg(test)]
mod tests;

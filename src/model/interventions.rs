//! Interventions and shocks: in the month one begins it is settled whom it reaches; while it lasts it
//! writes to the [`Levers`] that rules read, and to the list of structural changes. When it ends the
//! levers are as they were, and what it left in leaders and ties goes by the model's own forgetting.

use super::arrangements::{Interventions, Reached};
use super::changes::Change;
use super::forum::act;
use super::levers::{Given, Levers};
use super::setup::Intervention;
use super::world::World;
use crate::random::{Purpose, address, happens, uniform};
use crate::registry::interventions::{InterventionKind as Kind, Reaches, Standing};
use std::sync::Arc;

/// Draws of one intervention that say whom it reaches stand before those of the months.
const FIRST_MONTH: u64 = 1 << 32;

/// Lets begin what begins in this cycle's month, and end what ended with the last one; returns the
/// structural changes of what begins.
pub(super) fn arrange(world: &mut World) -> Vec<Change> {
    let Some(mut state) = world.interventions.take() else {
        return Vec::new();
    };
    let (setup, month) = (world.setup, world.cycle + 1);
    let begins = |one: &Intervention| one.at == month;
    let ended = |one: &Intervention| one.until.checked_add(1) == Some(month);
    let mut changes = Vec::new();
    if setup
        .interventions
        .iter()
        .any(|one| begins(one) || ended(one))
    {
        for (one, reached) in setup.interventions.iter().zip(&mut state.reached) {
            if begins(one) {
                *reached = reach(world, one);
                if one.kind == Kind::Reorganisation {
                    part(world, one, &reached.posts, &mut changes);
                }
            }
        }
        provide(world, &mut state, month);
        chairs(world, &mut changes);
    }
    world.interventions = Some(state);
    changes
}

/// Whom an intervention reaches: everyone whom its target admits has the same chance, whoever else
/// there is, and whoever is reached at one reach is so at any larger one.
#[allow(
    clippy::cast_possible_truncation,
    reason = "posts and forums are counted in 32 bits"
)]
fn reach(world: &World, one: &Intervention) -> Reached {
    let chance = |index: u32| {
        let [drawn] = world
            .draws
            .uniforms(Purpose::Intervention, address(&one.id), index.into());
        drawn < one.reach
    };
    let (posts, forums) = (world.leaders.len() as u32, world.forums.len() as u32);
    match one.kind.known().reaches {
        Reaches::System => Reached::default(),
        Reaches::Leaders => Reached {
            posts: (0..posts)
                .filter(|post| admits(world, one, *post) && chance(*post))
                .collect(),
            forums: Vec::new(),
        },
        Reaches::Forums => {
            let here = |forum: u32| {
                let system = world.forums[forum as usize].system;
                among(&one.target.systems, &system) && seat_in(world, one, forum)
            };
            let forums: Vec<u32> = (0..forums)
                .filter(|forum| here(*forum) && chance(*forum))
                .collect();
            let seats = forums
                .iter()
                .flat_map(|forum| &world.forums[*forum as usize].seats);
            Reached {
                posts: seats.map(|seat| seat.leader).collect(),
                forums,
            }
        }
    }
}

/// Whether a list admits a value: an empty one admits all.
fn among<T: PartialEq>(list: &[T], value: &T) -> bool {
    list.is_empty() || list.contains(value)
}

/// Whether a forum is of the target's tiers, and one of its forums.
fn seat_in(world: &World, one: &Intervention, forum: u32) -> bool {
    among(&one.target.tiers, &world.forums[forum as usize].tier)
        && among(&one.target.forums, &forum)
}

fn admits(world: &World, one: &Intervention, post: u32) -> bool {
    let (target, leaders, leader) = (&one.target, &world.leaders, post as usize);
    let seats = world.seats_of(leader);
    let organisation = leaders.organisation[leader];
    let system = world.organisations[organisation as usize].system;
    let anywhere = target.tiers.is_empty() && target.forums.is_empty();
    among(&target.kinds, &leaders.kind[leader])
        && among(&target.professions, &leaders.profession[leader])
        && among(&target.organisations, &organisation)
        && among(&target.systems, &system)
        && among(&target.groups, &world.setup.posts[leader].group)
        && (anywhere || seats.iter().any(|(forum, _)| seat_in(world, one, *forum)))
        && stands(world, target.standing, leader)
}

/// Whether a leader has more (high) or less (low) power than the mean of its first forum.
fn stands(world: &World, standing: Standing, leader: usize) -> bool {
    let Some((forum, _)) = world.seats_of(leader).first() else {
        return standing == Standing::Any;
    };
    let seats = &world.forums[*forum as usize].seats;
    let power = |leader: usize| world.leaders.power[leader];
    let mean = seats
        .iter()
        .map(|seat| power(seat.leader as usize))
        .sum::<f64>()
        / seats.len() as f64;
    match standing {
        Standing::Any => true,
        Standing::High => power(leader) > mean,
        Standing::Low => power(leader) <= mean,
    }
}

/// Writes what all interventions of a month provide to the levers, and sums what they cost.
fn provide(world: &mut World, state: &mut Interventions, month: u32) {
    let mut levers = state.constants.clone();
    (state.spending, state.hours) = (0.0, 0.0);
    let all = world.setup.interventions.iter().zip(&state.reached);
    for (one, reached) in all.filter(|(one, _)| (one.at..=one.until).contains(&month)) {
        if levers.given.is_empty() && !reached.posts.is_empty() {
            levers.given = vec![Given::default(); world.leaders.len()];
        }
        for post in &reached.posts {
            to_leader(one, &mut levers, *post as usize);
        }
        for forum in &reached.forums {
            to_forum(one, &mut levers, *forum as usize);
        }
        let units = match one.kind.known().reaches {
            Reaches::System => {
                to_system(one, &mut levers);
                1
            }
            Reaches::Leaders => reached.posts.len(),
            Reaches::Forums => reached.forums.len(),
        };
        state.spending += one.pounds * one.intensity * units as f64;
        state.hours += one.hours * one.intensity * reached.posts.len() as f64;
    }
    world.levers = levers;
}

/// Two sources of the same share: what one leaves open the other may still close.
fn joined(share: &mut f64, dose: f64) {
    *share += dose * (1.0 - *share);
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "six digits are enough for doses"
)]
fn to_leader(one: &Intervention, levers: &mut Levers, leader: usize) {
    let dose = one.effect * one.intensity;
    let given = &mut levers.given[leader];
    given.hours += (one.hours * one.intensity) as f32;
    let share = |share: &mut f32| *share += dose as f32 * (1.0 - *share);
    match one.kind {
        Kind::PairedLearning => share(&mut given.paired),
        Kind::CoLocation => share(&mut given.co_located),
        Kind::SimulationTraining => share(&mut given.practised),
        Kind::Induction => share(&mut given.inducted),
        Kind::Acknowledgement => share(&mut given.acknowledged),
        Kind::Shadowing => given.shadowing += dose as f32,
        Kind::RoleModelling => given.modelled += dose as f32,
        Kind::LeadershipProgramme => given.trained += dose as f32,
        Kind::TalentSpotting => given.invited += dose as f32,
        Kind::TrustRepair => given.repairing += dose as f32,
        Kind::CommunityOfPractice => given.community += dose as f32,
        Kind::DemandSurge => given.demand += dose as f32,
        Kind::TurnoverWave => given.leaving += dose as f32,
        Kind::ProtectedTime => levers.protected[leader] += dose as f32,
        _ => {}
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a few pieces"
)]
fn to_forum(one: &Intervention, levers: &mut Levers, forum: usize) {
    let dose = one.effect * one.intensity;
    if dose <= 0.0 {
        return;
    }
    let levers = Arc::make_mut(&mut levers.forums[forum]);
    let design = &mut levers.design;
    match one.kind {
        Kind::RoleClarity => joined(&mut design.role_clarity, dose),
        Kind::GroundRules => joined(&mut design.ground_rules, dose),
        Kind::Transparency => joined(&mut design.transparency, dose),
        Kind::Inclusion => joined(&mut design.inclusion, dose),
        Kind::TokenConsultation => joined(&mut design.token, dose),
        Kind::AgendaSlicing => design.slices += dose.round() as u32,
        Kind::BigBang => design.scale *= 1.0 + dose,
        Kind::Facilitator => joined(&mut levers.provided[act::STEWARDSHIP], dose),
        Kind::CoDesign => joined(&mut levers.co_designed, dose),
        Kind::JointReward => joined(&mut levers.rewarded_together, dose),
        Kind::Triumvirate => joined(&mut levers.agenda_shared, dose),
        Kind::MiniTransformations => joined(&mut levers.as_far_as_ready, dose),
        Kind::Delegation => joined(&mut levers.delegated, dose),
        Kind::PriorityChange => joined(&mut levers.abandoned, dose),
        Kind::NeutralChair => levers.neutral = true,
        _ => {}
    }
}

fn to_system(one: &Intervention, levers: &mut Levers) {
    let dose = one.effect * one.intensity;
    let context = &mut levers.context;
    match one.kind {
        Kind::Linking => joined(&mut context.linking, dose),
        Kind::TargetRegime => context.hierarchy = (context.hierarchy + dose).min(1.0),
        Kind::Austerity => context.budget *= 1.0 - dose,
        _ => {}
    }
}

/// Ties between the posts of a reorganisation and other organisations, each cut with its chance.
fn part(world: &World, one: &Intervention, posts: &[u32], changes: &mut Vec<Change>) {
    let chance = one.effect * one.intensity;
    for post in posts {
        let from = *post as usize;
        for tie in world.ties.row(from) {
            let other = world.ties.target[tie];
            let apart =
                world.leaders.organisation[from] != world.leaders.organisation[other as usize];
            let mut words = [0; 1];
            // One draw for each pair, whoever of the two is reached.
            let (low, high) = (u64::from(*post.min(&other)), u64::from(*post.max(&other)));
            let position = FIRST_MONTH + (low << 32) + high;
            world.draws.fill(
                Purpose::Intervention,
                address(&one.id),
                position,
                &mut words,
            );
            if apart && happens(words[0], chance) {
                changes.push(Change::Part { one: *post, other });
            }
        }
    }
}

/// Forums whose chair changes: a broker comes, or goes and the member that chaired is back.
fn chairs(world: &World, changes: &mut Vec<Change>) {
    let forums = world
        .forums
        .iter()
        .zip(&world.levers.forums)
        .zip(&world.setup.forums);
    for (index, ((forum, levers), stated)) in (0..).zip(forums) {
        use crate::registry::places::ChairKind;
        let kind = if levers.neutral {
            ChairKind::Neutral
        } else {
            stated.chair.kind
        };
        if forum.chair != kind {
            changes.push(Change::Chair { forum: index, kind });
        }
    }
}

/// Who gets to know whom in communities of practice this month: each of those reached meets, with its
/// chance, one of the same profession from another organisation who is reached too.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position"
)]
pub(super) fn introductions(world: &World, changes: &mut Vec<Change>) {
    let Some(state) = &world.interventions else {
        return;
    };
    let month = world.cycle + 1;
    let (rate, leaders) = (world.mechanisms().trust.introductions, &world.leaders);
    let all = world.setup.interventions.iter().zip(&state.reached);
    let communities = all.filter(|(one, _)| {
        one.kind == Kind::CommunityOfPractice && (one.at..=one.until).contains(&month)
    });
    for (one, reached) in communities {
        let chance = rate * one.effect * one.intensity;
        for post in &reached.posts {
            let mut words = [0; 2];
            let position = FIRST_MONTH * u64::from(month) + 2 * u64::from(*post);
            world.draws.fill(
                Purpose::Intervention,
                address(&one.id),
                position,
                &mut words,
            );
            if !happens(words[0], chance) {
                continue;
            }
            let from = *post as usize;
            let stranger = |other: &&u32| {
                let to = **other as usize;
                leaders.profession[to] == leaders.profession[from]
                    && leaders.organisation[to] != leaders.organisation[from]
                    && world.ties.find(from, **other).is_none()
            };
            let strangers: Vec<&u32> = reached.posts.iter().filter(stranger).collect();
            let chosen = (uniform(words[1]) * strangers.len() as f64) as usize;
            if let Some(other) = strangers.get(chosen) {
                changes.push(Change::Introduce {
                    one: *post,
                    other: **other,
                });
            }
        }
    }
}

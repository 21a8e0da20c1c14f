//! Whom interventions reach, what stays of them, and structural change.

use super::support::{after, one, system, with};
use commonground::model::cycle;
use commonground::model::event::Nobody;
use commonground::model::setup::{Intervention, Target};
use commonground::model::world::World;
use commonground::registry::interventions::{InterventionKind, Standing};
use commonground::registry::leaders::LeaderKind;
use commonground::registry::places::Tier;
use commonground::scenario;

#[test]
fn skill_that_was_learnt_is_forgotten_when_training_ends() {
    let mut setup = system();
    for rate in ["leaving_clinician", "leaving_other", "leaving_executive"] {
        assert!(
            setup
                .mechanisms
                .set(&format!("mechanisms.renewal.{rate}"), 0.0)
        );
    }
    let programme = Intervention {
        until: 12,
        ..one(InterventionKind::LeadershipProgramme)
    };
    let setup = with(&setup, vec![programme]);
    let gap = |months| {
        let world = after(&setup, months);
        let pairs = world.leaders.skill.iter().zip(&world.leaders.skill_start);
        pairs
            .map(|(now, start)| f64::from(now - start))
            .sum::<f64>()
            / world.leaders.len() as f64
    };
    assert!(gap(2).abs() < 1e-9);
    let (end, later) = (gap(12), gap(22));
    assert!(end > 0.1, "{end}");
    // Ten months of forgetting, 2 % each.
    assert!((later / end - 0.817_073).abs() < 1e-3, "{later} of {end}");
}

#[test]
fn reach_is_nested_and_takes_about_its_share_of_those_it_is_for() {
    let setup = system();
    let reached = |reach: f64, target: Target| {
        let some = Intervention {
            at: 1,
            reach,
            target,
            ..one(InterventionKind::ProtectedTime)
        };
        let setup = with(&setup, vec![some]);
        let world = after(&setup, 1);
        let all = world.interventions.as_ref().unwrap();
        (all.reached[0].posts.clone(), world.leaders.kind.clone())
    };
    let clinicians = Target {
        kinds: vec![LeaderKind::Clinician],
        ..Target::default()
    };
    let (all, kinds) = reached(1.0, clinicians.clone());
    assert!(
        all.iter()
            .all(|post| kinds[*post as usize] == LeaderKind::Clinician)
    );
    let count = kinds
        .iter()
        .filter(|kind| **kind == LeaderKind::Clinician)
        .count();
    assert_eq!(all.len(), count);
    let (some, _) = reached(0.4, clinicians.clone());
    let (more, _) = reached(0.6, clinicians);
    assert!(some.iter().all(|post| more.contains(post)));
    let share = some.len() as f64 / count as f64;
    assert!((0.25..0.55).contains(&share), "{share}");
    let high = Target {
        standing: Standing::High,
        tiers: vec![Tier::Executive],
        ..Target::default()
    };
    let low = Target {
        standing: Standing::Low,
        ..high.clone()
    };
    let (high, low) = (reached(1.0, high).0, reached(1.0, low).0);
    assert_eq!(
        high.len() + low.len(),
        12,
        "the executive forum has twelve seats"
    );
    assert!(!high.is_empty() && !low.is_empty() && high.iter().all(|post| !low.contains(post)));
}

#[test]
fn two_at_a_time_add_up_or_close_what_the_other_leaves_open() {
    let setup = system();
    let half = |kind| Intervention {
        at: 1,
        intensity: 0.5,
        ..one(kind)
    };
    let twice = |kind| {
        let second = Intervention {
            id: "again".into(),
            ..half(kind)
        };
        with(&setup, vec![half(kind), second])
    };
    let time = twice(InterventionKind::ProtectedTime);
    let (before, with) = (after(&time, 0).levers, after(&time, 1).levers);
    assert!((with.protected[7] - before.protected[7] - 16.0).abs() < 1e-6);
    let rules = twice(InterventionKind::GroundRules);
    let (before, with) = (after(&rules, 0).levers, after(&rules, 1).levers);
    let slices = twice(InterventionKind::AgendaSlicing);
    let pieces = |months| after(&slices, months).levers.forums[3].design.slices;
    // Half of three further pieces, rounded, twice.
    assert_eq!((pieces(0), pieces(1)), (1, 5));
    let pairs = twice(InterventionKind::PairedLearning);
    let paired = after(&pairs, 1).levers.given(7).paired;
    assert!((paired - 0.75).abs() < 1e-6, "{paired}");
    let open =
        |levers: &commonground::model::levers::Levers| 1.0 - levers.forums[3].design.ground_rules;
    assert!((open(&with) - 0.25 * open(&before)).abs() < 1e-12);
}

#[test]
fn a_reorganisation_cuts_ties_to_other_organisations_alone() {
    let setup = with(
        &system(),
        vec![Intervention {
            at: 1,
            ..one(InterventionKind::Reorganisation)
        }],
    );
    let start = after(&setup, 0);
    let mut cut = start.clone();
    let changes = cycle::start(&setup, 5, 0);
    assert_eq!(changes.ties, start.ties);
    cycle::step(&mut cut, &mut Nobody);
    let plain = with(&setup, Vec::new());
    let whole = after(&plain, 1);
    let organisation = |leader: usize| start.leaders.organisation[leader];
    let mut moved = [0_usize; 2];
    for (from, to, tie) in start.ties.pairs() {
        let apart = organisation(from) != organisation(to as usize);
        let other = (cut.ties.trust[tie] - whole.ties.trust[tie]).abs() > 0.05;
        moved[usize::from(apart)] += usize::from(other);
    }
    assert!(moved[1] > 500, "{moved:?}");
    assert!(moved[0] * 20 < moved[1], "{moved:?}");
}

#[test]
fn a_merger_opens_a_board_in_place_of_two() {
    let text = r#"
extends = "baseline"
[about]
title = "Two boards that become one"
[[forums]]
id = "executive"
deadline = 12
[[forums]]
id = "merged"
tier = "executive"
seats = 16
from = ["leaders"]
start = 13
"#;
    let scenario = scenario::from_text("merger", text, &[]);
    let setup = scenario
        .unwrap_or_else(|errors| panic!("{}", scenario::render(&errors.problems, false)))
        .setup;
    let merged = setup
        .forums
        .iter()
        .position(|forum| forum.id == "merged")
        .unwrap();
    let before = after(&setup, 12);
    let strangers = |world: &World| {
        let seats = &world.forums[merged].seats;
        let pairs = seats
            .iter()
            .flat_map(|a| seats.iter().map(move |b| (a.leader, b.leader)));
        pairs
            .filter(|(a, b)| a != b && world.ties.find(*a as usize, *b).is_none())
            .count()
    };
    assert!(strangers(&before) > 100);
    assert_eq!(before.forums[merged].meeting.present, 0);
    let opened = after(&setup, 13);
    assert_eq!(strangers(&opened), 0);
    let later = after(&setup, 36);
    assert!(
        later.forums[merged]
            .seats
            .iter()
            .any(|seat| seat.received > 0.0)
    );
    assert!(
        later.forums[0].meeting.present == 0,
        "the old board meets no more"
    );
    // Every pair is counted once, wherever it meets.
    let mut counted = std::collections::BTreeMap::new();
    for forum in &later.forums {
        for (at, seat) in forum.seats.iter().enumerate() {
            for (entry, other) in forum.row(at).iter().zip(&forum.seats) {
                if *entry != commonground::model::forum::NO_TIE
                    && entry & commonground::model::forum::FIRST != 0
                {
                    *counted.entry((seat.leader, other.leader)).or_insert(0) += 1;
                }
            }
        }
    }
    assert!(counted.values().all(|count| *count == 1));
}

/// The value that a kind at half a dose, from the first month on, leaves in its lever.
fn lever(kind: InterventionKind) -> f64 {
    use InterventionKind as K;
    let half = Intervention {
        at: 1,
        until: 1,
        intensity: 0.5,
        ..one(kind)
    };
    let setup = with(&system(), vec![half]);
    let world = after(&setup, 1);
    let (levers, given) = (&world.levers, world.levers.given(7));
    let (forum, context) = (&levers.forums[3], &levers.context);
    match kind {
        K::PairedLearning => given.paired.into(),
        K::Shadowing => given.shadowing.into(),
        K::RoleModelling => given.modelled.into(),
        K::SimulationTraining => given.practised.into(),
        K::LeadershipProgramme => given.trained.into(),
        K::TalentSpotting => given.invited.into(),
        K::ProtectedTime => levers.protected[7].into(),
        K::Induction => given.inducted.into(),
        K::CoLocation => given.co_located.into(),
        K::TrustRepair => given.repairing.into(),
        K::Acknowledgement => given.acknowledged.into(),
        K::CommunityOfPractice => given.community.into(),
        K::DemandSurge => given.demand.into(),
        K::TurnoverWave => given.leaving.into(),
        K::RoleClarity => forum.design.role_clarity,
        K::GroundRules => forum.design.ground_rules,
        K::Transparency => forum.design.transparency,
        K::Inclusion => forum.design.inclusion,
        K::TokenConsultation => forum.design.token,
        K::AgendaSlicing => f64::from(forum.design.slices),
        K::BigBang => forum.design.scale,
        K::Facilitator => forum.provided[commonground::model::forum::act::STEWARDSHIP],
        K::CoDesign => forum.co_designed,
        K::JointReward => forum.rewarded_together,
        K::Triumvirate => forum.agenda_shared,
        K::MiniTransformations => forum.as_far_as_ready,
        K::Delegation => forum.delegated,
        K::PriorityChange => forum.abandoned,
        K::NeutralChair => f64::from(u8::from(forum.neutral)),
        K::Linking => context.linking,
        K::TargetRegime => context.hierarchy,
        K::Austerity => context.budget,
        // No lever: a list of changes.
        K::Reorganisation => 0.0,
    }
}

#[test]
fn each_leaves_its_dose_in_its_lever() {
    use InterventionKind as K;
    for kind in K::ALL {
        let half = 0.5 * kind.known().effect;
        let expected = match kind {
            // Halfway from .5 to one; from the .1 of this system.
            K::RoleClarity | K::GroundRules | K::Transparency | K::Inclusion => 0.75,
            K::TokenConsultation => 0.55,
            // One piece and half of three more, rounded; .25·(1 + 1.5); .6 + .2; 1 - .25.
            K::AgendaSlicing => 3.0,
            K::BigBang => 0.625,
            K::TargetRegime => 0.8,
            K::Austerity => 0.75,
            K::NeutralChair => 1.0,
            K::Reorganisation => 0.0,
            _ => half,
        };
        let found = lever(*kind);
        assert!(
            (found - expected).abs() < 1e-6,
            "{}: {found}, not {expected}",
            kind.known().word
        );
    }
}

/// A community of practice introduces those of one profession from different organisations.
#[test]
fn communities_introduce_those_of_one_profession_elsewhere() {
    let one = |intensity| Intervention {
        at: 1,
        intensity,
        ..one(InterventionKind::CommunityOfPractice)
    };
    let mut plain = system();
    plain.mechanisms.trust.introductions = 0.08;
    let setup = with(&plain, vec![one(1.0)]);
    let (before, now) = (after(&setup, 0), after(&setup, 1));
    let new = |world: &World| {
        let mut count = [0_usize; 2];
        for (from, to, tie) in world.ties.pairs() {
            let forum = world.ties.marks[tie] & commonground::model::network::FORUM != 0;
            if !forum && before.ties.find(from, to).is_none() {
                let to = to as usize;
                let kin = world.leaders.profession[from] == world.leaders.profession[to];
                let apart = world.leaders.organisation[from] != world.leaders.organisation[to];
                count[usize::from(kin && apart)] += 1;
            }
        }
        count
    };
    // A forum's own relational work introduces a few of any sort; the community, at a chance of .8
    // for each of 120, pairs of its sort.
    let found = new(&now);
    assert!(found[1] > 10 * found[0].max(1), "{found:?}");
    let quarter = with(&plain, vec![one(0.25)]);
    let fewer = new(&after(&quarter, 1));
    assert!(fewer[1] * 2 < found[1], "{fewer:?} and {found:?}");
}

/// What is looked at in a run.
type State = fn(&World) -> f64;

/// The mean of a state over all leaders at the end of a year of one kind, without its hours, and
/// without it.
fn year(
    mut setup: commonground::model::setup::Setup,
    kind: InterventionKind,
    state: State,
) -> [f64; 2] {
    setup.mechanisms.renewal.leaving_other = 0.02;
    let free = Intervention {
        at: 1,
        hours: 0.0,
        ..one(kind)
    };
    let with = with(&setup, vec![free]);
    [state(&after(&with, 12)), state(&after(&setup, 12))]
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (count, sum) = values
        .into_iter()
        .fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
    sum / count
}

#[test]
fn states_move_the_way_they_are_meant_to() {
    use InterventionKind as K;
    let languages = |world: &World| mean(world.leaders.bilingualism.iter().copied());
    let motivation = |world: &World| mean(world.leaders.motivation.iter().copied());
    let grievance = |world: &World| mean(world.leaders.grievance.iter().copied());
    let strain = |world: &World| mean(world.leaders.strain.iter().copied());
    let expectation = |world: &World| {
        let seats = world.forums.iter().flat_map(|forum| &forum.seats);
        mean(seats.map(|seat| f64::from(seat.expectation)))
    };
    let ceiling = |world: &World| {
        let ties = world.ties.pairs();
        mean(ties.map(|(_, _, tie)| f64::from(world.ties.ceiling[tie])))
    };
    // Whatever share is granted is more than nothing and less than all.
    let (mut hopeful, mut spoilt) = (system(), system());
    hopeful.mechanisms.leadership.expected = 0.0;
    spoilt.mechanisms.leadership.expected = 1.0;
    let states: [(_, K, State, bool); 8] = [
        (system(), K::Shadowing, languages, true),
        (hopeful, K::RoleModelling, motivation, true),
        (spoilt, K::RoleModelling, motivation, false),
        (system(), K::Acknowledgement, grievance, false),
        (system(), K::ProtectedTime, strain, false),
        (system(), K::DemandSurge, strain, true),
        (system(), K::Induction, expectation, true),
        (system(), K::TrustRepair, ceiling, true),
    ];
    for (setup, kind, state, up) in states {
        let [with, without] = year(setup, kind, state);
        let moved = with - without;
        let word = kind.known().word;
        assert!(moved.abs() > 1e-4 && (moved > 0.0) == up, "{word}: {moved}");
    }
}

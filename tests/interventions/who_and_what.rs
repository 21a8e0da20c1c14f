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
    // The places that were kept for the board's ties are free for others from then on.
    let kept = |world: &World| world.reserved.iter().sum::<usize>();
    assert_eq!((kept(&before), kept(&opened)), (16 * 15, 0));
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

#[test]
fn a_reorganisation_ends_leadership_across_organisations_and_a_broker_has_no_seat() {
    let mut plain = system();
    for rate in ["granted", "refused", "lapse"] {
        let path = format!("mechanisms.leadership.{rate}");
        assert!(plain.mechanisms.set(&path, 0.0));
    }
    for rate in ["leaving_clinician", "leaving_other", "leaving_executive"] {
        let path = format!("mechanisms.renewal.{rate}");
        assert!(plain.mechanisms.set(&path, 0.0));
    }
    let first = |kind| Intervention { at: 1, ..one(kind) };
    let sudden = first(InterventionKind::Reorganisation);
    let both = vec![sudden, first(InterventionKind::NeutralChair)];
    let setup = with(&plain, both);
    let mut world = cycle::start(&setup, 5, 0);
    world.ties.granted.fill(0.5);
    cycle::step(&mut world, &mut Nobody);
    let organisation = |leader: usize| world.leaders.organisation[leader];
    for (from, to, tie) in world.ties.pairs() {
        let apart = organisation(from) != organisation(to as usize);
        let left = if apart { 0.0 } else { 0.5 };
        assert!((world.ties.granted[tie] - left).abs() < 1e-6, "{from} {to}");
    }
    for forum in &world.forums {
        assert_eq!(
            forum.chair,
            commonground::registry::places::ChairKind::Neutral
        );
        assert_eq!(forum.chair_seat, None);
    }
}

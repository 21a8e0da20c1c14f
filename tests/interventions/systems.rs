//! Interventions in one of two systems that share nothing but surges of pressure.

use super::support::{after, one, with};
use commonground::model::setup::{Intervention, Setup};
use commonground::model::world::World;
use commonground::registry::interventions::InterventionKind;
use commonground::scenario;

const TWO: &str = r#"
[about]
title = "Two systems"
status = "stylised"
[horizon]
cycles = 12
[[systems]]
id = "north"
[[systems]]
id = "south"
[[organisations]]
id = "trust"
each = "system"
count = 3
[[groups]]
id = "leaders"
each = "system"
mix = { clinician = 0.5, manager = 0.35, citizen = 0.15 }
organisations = ["trust"]
count = 24
[[forums]]
id = "board"
each = "system"
tier = "executive"
seats = 8
from = ["leaders"]
[[forums]]
id = "team"
each = "system"
tier = "project"
count = 2
seats = 8
from = ["leaders"]
"#;

fn two(more: &str) -> Setup {
    let scenario = scenario::from_text("two", &format!("{TWO}{more}"), &[]);
    scenario
        .unwrap_or_else(|errors| panic!("{}", scenario::render(&errors.problems, false)))
        .setup
}

/// Everything of one system that a run changes, bit for bit: forums, leaders and their ties.
fn of_system(world: &World, system: u32) -> String {
    let here = |leader: usize| {
        let organisation = world.leaders.organisation[leader] as usize;
        world.organisations[organisation].system == system
    };
    let leaders = (0..world.leaders.len()).filter(|leader| here(*leader));
    let leaders = leaders.map(|leader| {
        let all = &world.leaders;
        let ties: Vec<(u32, u32, u32)> = world
            .ties
            .row(leader)
            .map(|tie| {
                let (trust, granted) = (world.ties.trust[tie], world.ties.granted[tie]);
                (world.ties.target[tie], trust.to_bits(), granted.to_bits())
            })
            .collect();
        format!(
            "{:?} {:?} {ties:?}\n",
            all.skill[leader], all.strain[leader]
        )
    });
    let forums = world.forums.iter().filter(|forum| forum.system == system);
    let forums = forums.map(|forum| format!("{:?} {:?}\n", forum.meeting, forum.seats));
    leaders.chain(forums).collect()
}

/// Whatever reaches leaders or forums, the other system does not feel it.
#[test]
fn the_other_system_is_bit_for_bit_what_it_was() {
    let plain = two("");
    let without = after(&plain, 12);
    for kind in [
        "protected-time",
        "leadership-programme",
        "ground-rules",
        "neutral-chair",
    ] {
        for (name, there, other) in [("north", 0, 1), ("south", 1, 0)] {
            let row = format!(
                "[[interventions]]\nid = \"{kind}\"\nkind = \"{kind}\"\nat = 3\nsystems = [\"{name}\"]\n"
            );
            let setup = two(&row);
            assert_eq!(setup.interventions[0].target.systems, [there]);
            let with = after(&setup, 12);
            assert_eq!(of_system(&with, other), of_system(&without, other), "{row}");
            assert_ne!(of_system(&with, there), of_system(&without, there), "{row}");
        }
    }
}

/// Two systems are alternatives; with another key both must hold.
#[test]
fn systems_count_like_other_targets() {
    let reached = |kind, keys: &str| {
        let row = format!("[[interventions]]\nid = \"a\"\nkind = \"{kind}\"\nat = 1\n{keys}");
        let setup = two(&row);
        let world = after(&setup, 1);
        let reached = &world.interventions.as_ref().unwrap().reached[0];
        (reached.posts.len(), reached.forums.len())
    };
    for (systems, factor) in [
        ("", 2),
        ("systems = [\"south\", \"north\"]\n", 2),
        ("systems = [\"south\"]\n", 1),
    ] {
        // Of each system: 24 leaders, 8 of them on the board; 3 forums of 8, 2 of them of the tier project.
        let with = |keys: &str| format!("{systems}{keys}");
        assert_eq!(reached("protected-time", &with("")), (24 * factor, 0));
        assert_eq!(
            reached("protected-time", &with("tiers = [\"executive\"]\n")),
            (8 * factor, 0)
        );
        assert_eq!(
            reached("ground-rules", &with("")),
            (24 * factor, 3 * factor)
        );
        assert_eq!(
            reached("ground-rules", &with("tiers = [\"project\"]\n")),
            (16 * factor, 2 * factor)
        );
    }
}

/// Who is reached in one system does not depend on whether the other is aimed at too.
#[test]
fn reach_in_one_system_is_that_in_both() {
    let plain = two("");
    let reached = |systems: &[u32]| {
        let mut some = Intervention {
            at: 1,
            reach: 0.5,
            ..one(InterventionKind::ProtectedTime)
        };
        some.target.systems = systems.to_vec();
        let setup = with(&plain, vec![some]);
        after(&setup, 1).interventions.unwrap().reached[0]
            .posts
            .clone()
    };
    let mut apart = [reached(&[0]), reached(&[1])].concat();
    apart.sort_unstable();
    assert!(!apart.is_empty() && apart.len() < 48);
    assert_eq!(apart, reached(&[]));
}

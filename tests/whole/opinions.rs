//! Talk that moves both sides alike moves nobody's mean.

use crate::support::{forum, give, one_forum, quiet};
use commonground::model::cycle;
use commonground::model::event::Nobody;
use commonground::model::leader::AXES;
use commonground::model::setup::Setup;
use commonground::model::world::World;
use commonground::registry::leaders::{Attribute, LeaderKind, Spread};
use commonground::registry::mechanisms::{Confidence, Mixing};
use commonground::registry::places::Tier;
use proptest::prelude::*;

/// Leaders of mixed kinds in overlapping forums, with one trust in everybody and equal air time.
#[allow(
    clippy::too_many_arguments,
    reason = "everything that keeps talk symmetric"
)]
fn talk(
    leaders: u32,
    forums: u32,
    mixing: bool,
    hard: bool,
    rate: f64,
    tolerance: f64,
    trust: f64,
    coming: f64,
) -> Setup {
    let mut setup = one_forum(leaders);
    for post in setup.posts.iter_mut().step_by(3) {
        post.group = 1;
    }
    setup
        .groups
        .push(crate::support::group("managers", LeaderKind::Manager));
    for at in 1..forums {
        let members: Vec<u32> = (0..leaders)
            .filter(|post| (post + at) % (at + 1) > 0)
            .collect();
        if members.len() > 1 {
            setup
                .forums
                .push(forum(&format!("forum-{at}"), Tier::Thematic, members));
        }
    }
    quiet(&mut setup);
    give(&mut setup, Attribute::Openness, 0.8);
    for group in &mut setup.groups {
        for axis in [Attribute::Value, Attribute::Locus, Attribute::Pace] {
            group.attributes[axis as usize] = Some(Spread { mean: 0.5, sd: 0.2 });
        }
        let bilingual = &mut group.attributes[Attribute::Bilingualism as usize];
        *bilingual = Some(Spread { mean: 0.4, sd: 0.2 });
    }
    let dialogue = &mut setup.mechanisms.dialogue;
    // Below the cap on weights, which would hold one side back and not the other.
    let weights = if mixing { forums } else { forums * leaders };
    dialogue.rate = rate / f64::from(weights);
    dialogue.tolerance = tolerance;
    dialogue.mixing = if mixing {
        Mixing::Pairs
    } else {
        Mixing::Capped
    };
    dialogue.confidence = if hard {
        Confidence::Hard
    } else {
        Confidence::Soft
    };
    setup.mechanisms.trust.start_within = trust;
    setup.mechanisms.trust.start_across = trust;
    setup.mechanisms.convening.base = coming;
    setup
}

/// Mean, sum of squared distances from it, lowest and highest on each axis.
fn moments(world: &World) -> [[f64; 4]; AXES] {
    let n = world.leaders.len() as f64;
    std::array::from_fn(|axis| {
        let values = || world.leaders.view.iter().map(move |view| view[axis]);
        let mean = values().sum::<f64>() / n;
        [
            mean,
            values().map(|x| (x - mean) * (x - mean)).sum(),
            values().fold(f64::MAX, f64::min),
            values().fold(f64::MIN, f64::max),
        ]
    })
}

proptest! {
    #![proptest_config(crate::config(300))]

    #[test]
    fn symmetric_talk_keeps_the_mean_and_narrows_the_spread(
        leaders in 2..40_u32, forums in 1..4_u32, mixing: bool, hard: bool,
        rate in 0.3..1.0, tolerance in 0.3..1.5, trust in 0.3..1.0, coming in -1.0..4.0, seed in 0..100_u64,
    ) {
        let setup = talk(leaders, forums, mixing, hard, rate, tolerance, trust, coming);
        let mut world = World::new(&setup, seed, 0);
        let start = moments(&world);
        let mut talked = false;
        for _ in 0..24 {
            let before = moments(&world);
            cycle::step(&mut world, &mut Nobody);
            talked |= world.forums.iter().flat_map(|forum| &forum.seats).any(|seat| seat.heard > 0.0);
            for (was, is) in before.iter().zip(moments(&world)) {
                prop_assert!((was[0] - is[0]).abs() < 1e-14, "the mean goes from {} to {}", was[0], is[0]);
                prop_assert!(is[1] <= was[1] + 1e-14, "the spread grows from {} to {}", was[1], is[1]);
                prop_assert!(was[2] <= is[2] + 1e-14 && is[3] <= was[3] + 1e-14, "the range widens");
            }
        }
        prop_assert_eq!(world.clamped, 0);
        if talked {
            prop_assert!(moments(&world).iter().zip(start).any(|(is, was)| is[1] < was[1]), "nobody moved");
        }
    }
}

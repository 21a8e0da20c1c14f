//! What does not touch each other does not touch each other, to the last bit.

use crate::go;
use crate::support::{baseline, forum, one_forum, organisation, post, quiet, scale};
use commonground::measure::{Keep, run};
use commonground::model::cycle;
use commonground::model::event::Event;
use commonground::model::setup::Setup;
use commonground::model::world::World;
use commonground::registry::places::Tier;

/// Three forums, one a tier, that share nobody.
fn tiers(keep: &[Tier]) -> Setup {
    let mut setup = one_forum(30);
    for (post, place) in setup.posts.iter_mut().zip(0..) {
        post.neighbourhood = place / 10;
    }
    setup.network.density = 0.2;
    setup.forums = [Tier::Executive, Tier::Thematic, Tier::Project]
        .iter()
        .zip(0..)
        .filter(|(tier, _)| keep.contains(tier))
        .map(|(tier, place)| {
            forum(
                &format!("{tier:?}"),
                *tier,
                (place * 10..(place + 1) * 10).collect(),
            )
        })
        .collect();
    setup
}

fn bits(world: &World, leaders: std::ops::Range<usize>) -> Vec<u64> {
    leaders
        .flat_map(|leader| {
            let state = &world.leaders;
            let ties = world
                .ties
                .row(leader)
                .map(|tie| u64::from(world.ties.trust[tie].to_bits()));
            let own = [
                state.commitment[leader],
                state.motivation[leader],
                state.strain[leader],
                state.grievance[leader],
            ];
            let own = own.into_iter().chain(state.view[leader]).map(f64::to_bits);
            own.chain(ties).collect::<Vec<_>>()
        })
        .collect()
}

/// Without cross-tier members the tiers are independent runs, exactly.
#[test]
fn tiers_without_shared_members_are_separate_runs() {
    let together = tiers(&[Tier::Executive, Tier::Thematic, Tier::Project]);
    let mut all = World::new(&together, 5, 1);
    go(&mut all, 36);
    for (tier, place) in [Tier::Executive, Tier::Thematic, Tier::Project]
        .iter()
        .zip(0..)
    {
        let alone = tiers(&[*tier]);
        let mut one = World::new(&alone, 5, 1);
        go(&mut one, 36);
        let members = place * 10..(place + 1) * 10;
        assert_eq!(bits(&all, members.clone()), bits(&one, members), "{tier:?}");
    }
}

/// One more isolated leader changes no one else's path.
#[test]
fn an_isolated_leader_changes_nobody() {
    let few = baseline();
    let mut more = baseline();
    more.organisations.push(organisation("elsewhere"));
    let mut stranger = post("stranger", 0, 9);
    stranger.neighbourhood = 7;
    more.posts.push(stranger);
    let (mut a, mut b) = (World::new(&few, 3, 2), World::new(&more, 3, 2));
    go(&mut a, 48);
    go(&mut b, 48);
    assert_eq!(bits(&a, 0..120), bits(&b, 0..120));
}

/// With all rates at zero nothing moves.
#[test]
fn without_rates_nothing_moves() {
    let mut setup = baseline();
    quiet(&mut setup);
    let mut world = World::new(&setup, 1, 0);
    let (ties, leaders) = (world.ties.clone(), world.leaders.clone());
    go(&mut world, 24);
    assert_eq!(world.ties, ties);
    assert_eq!(world.leaders.view, leaders.view);
    assert_eq!(world.leaders.commitment, leaders.commitment);
    assert_eq!(world.leaders.motivation, leaders.motivation);
    assert_eq!(world.leaders.strain, leaders.strain);
    assert_eq!(world.leaders.bilingualism, leaders.bilingualism);
    assert_eq!(world.leaders.generalised, leaders.generalised);
    assert_eq!(world.leaders.holder, leaders.holder);
}

/// The same bytes on one, two and eight threads, for a run large enough to be shared among them.
#[test]
fn threads_change_no_bit() {
    let setup = scale(6000);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            let mut world = World::new(&setup, 9, 0);
            go(&mut world, 6);
            bits(&world, 0..6000)
        })
    };
    let one = on(1);
    assert!(on(2) == one, "two threads");
    assert!(on(8) == one, "eight threads");
}

/// Who watches changes nothing, and sees every meeting.
#[test]
fn an_observer_changes_nothing() {
    let setup = baseline();
    let mut watched = World::new(&setup, 4, 0);
    let mut events: Vec<Event> = Vec::new();
    for _ in 0..24 {
        cycle::step(&mut watched, &mut events);
    }
    let mut alone = World::new(&setup, 4, 0);
    go(&mut alone, 24);
    assert_eq!(bits(&watched, 0..120), bits(&alone, 0..120));
    assert!(events.len() > 1000);
    let kept = run(
        &setup,
        4,
        0,
        Keep {
            cycles: true,
            events: true,
            ..Keep::default()
        },
    );
    let plain = run(
        &setup,
        4,
        0,
        Keep {
            cycles: true,
            ..Keep::default()
        },
    );
    let same = kept
        .cycles
        .iter()
        .zip(&plain.cycles)
        .all(|(a, b)| a.to_bits() == b.to_bits());
    assert!(same && kept.cycles.len() == plain.cycles.len());
}

/// Replicates can be run in any order.
#[test]
fn order_of_runs_does_not_matter() {
    let setup = baseline();
    let one = |replicate| {
        run(&setup, 1, replicate, Keep::default())
            .run
            .into_iter()
            .map(f64::to_bits)
            .collect::<Vec<_>>()
    };
    let (first, second) = (one(0), one(1));
    assert_ne!(first, second);
    assert_eq!((one(1), one(0)), (second, first));
}

/// Relabelling changes nothing in distribution: the posts of `baseline` in reverse order. 60 runs
/// each; bounds of five standard errors of the difference.
#[test]
fn relabelling_changes_nothing_in_distribution() {
    let setup = baseline();
    let mut turned = baseline();
    turned.posts.reverse();
    for forum in &mut turned.forums {
        for member in &mut forum.members {
            *member = 119 - *member;
        }
        forum.members.reverse();
        forum.chair.post = forum.chair.post.map(|post| 119 - post);
        forum.id = format!("turned-{}", forum.id);
    }
    let sample = |setup: &Setup| -> Vec<Vec<f64>> {
        (0..60)
            .map(|replicate| run(setup, 1, replicate, Keep::default()).run)
            .collect()
    };
    let (a, b) = (sample(&setup), sample(&turned));
    for name in [
        "wins",
        "trust",
        "commitment",
        "attendance",
        "shared_leadership",
        "burnt_out",
        "leavers",
    ] {
        let at = commonground::measure::RUN
            .iter()
            .position(|outcome| outcome.name == name)
            .unwrap();
        let moments = |runs: &[Vec<f64>]| {
            let mean = runs.iter().map(|run| run[at]).sum::<f64>() / 60.0;
            (
                mean,
                runs.iter()
                    .map(|run| (run[at] - mean) * (run[at] - mean))
                    .sum::<f64>()
                    / 59.0,
            )
        };
        let ((m1, v1), (m2, v2)) = (moments(&a), moments(&b));
        assert!(
            (m1 - m2).abs() < 5.0 * ((v1 + v2) / 60.0).sqrt(),
            "{name}: {m1} and {m2}"
        );
    }
}

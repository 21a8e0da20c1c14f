//! C5 and C6 against claiming and granting without learning, urns and juries.

use crate::support::{give, group, one_forum, quiet, set};
use crate::{full, go, mean};
use commonground::model::forum::Decision;
use commonground::model::setup::Setup;
use commonground::model::world::World;
use commonground::registry::leaders::{Attribute, LeaderKind};
use commonground::registry::mechanisms::LeadershipForm;
use commonground::registry::places::Rule;

fn plain(leaders: u32) -> Setup {
    let mut setup = one_forum(leaders);
    quiet(&mut setup);
    for key in [
        "claim_motivation",
        "claim_voice",
        "claim_knowledge",
        "claim_dominance",
        "grant_trust",
        "grant_knowledge",
        "grant_skill",
        "grant_kin",
        "grant_standing",
        "grant_voice",
    ] {
        set(&mut setup, &format!("mechanisms.leadership.{key}"), 0.0);
    }
    setup
}

/// Without learning, and with decay equal to the rate, E[density] = P(claim) P(grant) (evidence 4.9).
/// 870 ties, each an average over about 1/r months: standard error below .004.
#[test]
fn density_is_claim_times_grant() {
    let mut setup = plain(30);
    for key in ["granted", "refused", "lapse"] {
        set(&mut setup, &format!("mechanisms.leadership.{key}"), 0.2);
    }
    set(&mut setup, "mechanisms.leadership.claim_base", 0.4_f64);
    set(&mut setup, "mechanisms.leadership.grant_base", -0.7);
    let chance = |z: f64| 1.0 / (1.0 + (-z).exp());
    let expected = chance(0.4) * chance(-0.7);
    let mut world = World::new(&setup, 1, 0);
    go(&mut world, 30);
    let months = (0..30).map(|_| {
        go(&mut world, 4);
        mean(
            world
                .ties
                .pairs()
                .map(|(_, _, tie)| f64::from(world.ties.granted[tie])),
        )
    });
    let found = mean(months);
    assert!((found - expected).abs() < 0.02, "{found}, not {expected}");
}

/// The published urn with weights n^γ, four members, 3,000 draws: mean largest share (evidence 4.9).
#[test]
fn single_form_is_the_urn() {
    let runs = if full() { 400 } else { 60 };
    for (exponent, expected, sd) in [(0.5, 0.275, 0.012), (1.0, 0.521, 0.12), (1.5, 0.958, 0.08)] {
        let mut setup = plain(4);
        setup.mechanisms.leadership.form = LeadershipForm::Single;
        set(&mut setup, "mechanisms.leadership.claim_base", 20.0);
        set(&mut setup, "mechanisms.leadership.grant_voice", exponent);
        let found = mean((0..runs).map(|replicate| {
            let mut world = World::new(&setup, 1, replicate);
            go(&mut world, 3000);
            let grants = world.forums[0]
                .seats
                .iter()
                .map(|seat| f64::from(seat.grants));
            grants.clone().fold(0.0, f64::max) / grants.sum::<f64>()
        }));
        let bound = 5.0 * sd / (runs as f64).sqrt() + 0.004;
        assert!(
            (found - expected).abs() < bound,
            "γ = {exponent}: {found}, not {expected}"
        );
    }
}

/// Everyone supports a proposal with the same independent chance.
fn jury(members: u32, chance: f64) -> Setup {
    let mut setup = plain(members);
    give(&mut setup, Attribute::Commitment, 0.5);
    for key in [
        "commitment",
        "trust",
        "distance",
        "payoff",
        "payoff_shared",
        "novelty",
    ] {
        set(&mut setup, &format!("mechanisms.decision.{key}"), 0.0);
    }
    let temperature = setup.mechanisms.decision.temperature;
    set(
        &mut setup,
        "mechanisms.decision.acceptance",
        temperature * (chance / (1.0 - chance)).ln(),
    );
    set(&mut setup, "context.hierarchy", 0.0);
    setup
}

fn agreed(setup: &Setup, meetings: u32) -> f64 {
    let mut world = World::new(setup, 1, 0);
    mean((0..meetings).map(|_| {
        go(&mut world, 1);
        f64::from(u8::from(
            world.forums[0].meeting.decision == Decision::Agreement,
        ))
    }))
}

/// Condorcet 1785: 11 members, each right with chance .6, a majority with .753498. 8,000 meetings:
/// standard error .0048.
#[test]
fn condorcet_majority() {
    let mut setup = jury(11, 0.6);
    setup.forums[0].design.rule = Rule::Majority;
    let found = agreed(&setup, 8000);
    assert!((found - 0.753_498).abs() < 0.025, "{found}");
}

/// Unanimity: a^n. 8,000 meetings: standard error .0056.
#[test]
fn unanimity() {
    let mut setup = jury(5, 0.8);
    setup.forums[0].design.rule = Rule::Consensus;
    setup.forums[0].design.share = 1.0;
    let found = agreed(&setup, 8000);
    assert!((found - 0.8_f64.powi(5)).abs() < 0.028, "{found}");
}

/// The chair's vote alone decides where the chair decides: .7 whatever the others think.
#[test]
fn the_chair_decides() {
    use commonground::model::setup::Chair;
    use commonground::registry::places::ChairKind;
    let mut setup = jury(7, 0.7);
    setup.groups.push(group("chairs", LeaderKind::Clinician));
    setup.forums[0].design.rule = Rule::Chair;
    setup.forums[0].chair = Chair {
        kind: ChairKind::Organic,
        post: Some(3),
    };
    let found = agreed(&setup, 6000);
    assert!((found - 0.7).abs() < 0.03, "{found}");
}

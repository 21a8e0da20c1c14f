//! C7, C8 and C9 against their fixed points.

use crate::support::{give, one_forum, quiet, set};
use crate::{go, mean};
use commonground::model::setup::Setup;
use commonground::model::world::World;
use commonground::registry::leaders::Attribute;

/// Every month one item is agreed, worked on, and won with a chance that project luck decides.
fn monthly_projects(win_chance: f64, replicas: u32) -> Setup {
    let mut setup = one_forum(replicas);
    quiet(&mut setup);
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
    set(&mut setup, "mechanisms.decision.acceptance", 5.0);
    for key in ["input", "bureaucracy", "load", "left_out"] {
        set(&mut setup, &format!("mechanisms.joint_action.{key}"), 0.0);
    }
    // One unit of effort in one month; luck with sd one decides: e^(μ + z) >= 1 with the chance.
    set(&mut setup, "mechanisms.joint_action.effort", 4.0);
    set(&mut setup, "mechanisms.joint_action.slack", 1.0);
    set(&mut setup, "mechanisms.joint_action.luck_project", 1.0);
    let quantile = commonground::math::normal_quantile(win_chance);
    set(&mut setup, "mechanisms.joint_action.pace", quantile.exp());
    setup.forums[0].design.scale = 0.25;
    setup
}

/// c* = γ⁺ w / (γ⁺ w + γ⁻ (1 − w) + decay) (evidence 4.3). The mean over 1,500 months of a path with
/// autocorrelation time near 1/(γ⁺ + γ⁻): standard error below .01.
#[test]
fn commitment_at_a_constant_win_rate() {
    let win = 0.6;
    let mut setup = monthly_projects(win, 4);
    give(&mut setup, Attribute::Stake, 1.0);
    set(&mut setup, "mechanisms.convening.start_influence", 1.0);
    for (key, value) in [
        ("gain", 0.10),
        ("loss", 0.15),
        ("decay", 0.02),
        ("rest", 0.0),
        ("feedback", 1.0),
        ("agreement", 0.0),
        ("progress", 0.0),
    ] {
        set(&mut setup, &format!("mechanisms.commitment.{key}"), value);
    }
    let mut world = World::new(&setup, 1, 0);
    go(&mut world, 50);
    let (mut wins, mut projects) = (0, 0);
    let found = mean((0..1500).map(|_| {
        go(&mut world, 1);
        wins += world.forums[0].meeting.wins;
        projects += world.forums[0].meeting.wins + world.forums[0].meeting.failures;
        world.leaders.commitment[0]
    }));
    let rate = f64::from(wins) / f64::from(projects);
    assert!((rate - win).abs() < 0.07, "win rate {rate}");
    let expected = 0.10 * win / (0.10 * win + 0.15 * (1.0 - win) + 0.02);
    assert!((found - expected).abs() < 0.035, "{found}, not {expected}");
}

/// Cut into one or many slices, an item needs the same effort and delivers the same value.
#[test]
fn slices_cost_and_deliver_the_same() {
    let outcome = |slices: u32| {
        let mut setup = monthly_projects(0.5, 4);
        set(&mut setup, "mechanisms.joint_action.effort", 16.0);
        set(&mut setup, "mechanisms.joint_action.slack", 5.0);
        set(&mut setup, "mechanisms.joint_action.luck_project", 0.0);
        setup.forums[0].design.slices = slices;
        let mut world = World::new(&setup, 1, 0);
        go(&mut world, 160);
        (world.delivered, world.forums[0].programme.begun)
    };
    let (whole, projects) = outcome(1);
    for slices in [2, 4, 16] {
        let (value, begun) = outcome(slices);
        assert!(
            begun.abs_diff(projects * slices) <= slices,
            "{begun} slices of {projects} items"
        );
        assert!(
            (value - whole).abs() <= 0.25,
            "{value} with {slices} slices, {whole} with one"
        );
    }
}

/// b* = a u / (a u + r) at constant overload u, full support and no pressure.
#[test]
fn strain_at_constant_overload() {
    let mut setup = one_forum(3);
    quiet(&mut setup);
    set(&mut setup, "mechanisms.renewal.strain_gain", 0.08);
    set(&mut setup, "mechanisms.renewal.recovery", 0.12);
    set(&mut setup, "context.hierarchy", 0.0);
    give(&mut setup, Attribute::Support, 1.0);
    give(&mut setup, Attribute::Capacity, 160.0);
    give(&mut setup, Attribute::OwnWork, 175.0);
    setup.forums[0].design.hours = 5.0;
    let mut world = World::new(&setup, 1, 0);
    go(&mut world, 200);
    let expected = 0.08 * 2.0 / (0.08 * 2.0 + 0.12);
    assert!(
        (world.leaders.strain[1] - expected).abs() < 1e-6,
        "{}",
        world.leaders.strain[1]
    );
    // Protected hours that cover all of it leave no overload, and strain decays at r.
    give(&mut setup, Attribute::Protected, 20.0);
    let mut world = World::new(&setup, 1, 0);
    let start = world.leaders.strain[1];
    go(&mut world, 10);
    assert!((world.leaders.strain[1] - start * 0.88_f64.powi(10)).abs() < 1e-9);
}

/// Tenure is geometric: the number who leave in a month is binomial. 200 posts, 300 months at .02:
/// standard error of the rate .00057; the share with no successor after 50 months is .98^50.
#[test]
fn tenure_is_geometric() {
    let mut setup = one_forum(200);
    quiet(&mut setup);
    set(&mut setup, "mechanisms.renewal.leaving_clinician", 0.02);
    set(&mut setup, "mechanisms.renewal.burnout", 1.0);
    set(&mut setup, "mechanisms.convening.base", -20.0);
    let mut world = World::new(&setup, 1, 0);
    go(&mut world, 50);
    let stayed = world
        .leaders
        .holder
        .iter()
        .filter(|holder| **holder == 0)
        .count() as f64
        / 200.0;
    assert!((stayed - 0.98_f64.powi(50)).abs() < 5.0 * 0.034, "{stayed}");
    go(&mut world, 250);
    let left: u32 = world.leaders.holder.iter().sum();
    let rate = f64::from(left) / (200.0 * 300.0);
    assert!((rate - 0.02).abs() < 0.003, "{rate}");
}

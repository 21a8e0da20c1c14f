//! C4 against its fixed points.

use crate::support::{one_forum, quiet, set};
use crate::{go, mean};
use commonground::model::setup::Setup;
use commonground::model::world::World;

/// A forum whose encounters go well with a chance that depends on trust alone.
fn meeting(
    leaders: u32,
    start: f64,
    base: f64,
    confirmation: f64,
    loss_ratio: f64,
    gain: f64,
) -> Setup {
    let mut setup = one_forum(leaders);
    quiet(&mut setup);
    for key in [
        "skill",
        "language",
        "distance",
        "fairness",
        "pressure",
        "strain",
        "competition",
        "agenda",
    ] {
        set(&mut setup, &format!("mechanisms.trust.{key}"), 0.0);
    }
    set(&mut setup, "mechanisms.trust.opportunities", 1.0);
    set(&mut setup, "mechanisms.trust.contact", 5.0);
    set(&mut setup, "mechanisms.trust.base", base);
    set(&mut setup, "mechanisms.trust.confirmation", confirmation);
    set(&mut setup, "mechanisms.trust.loss_ratio", loss_ratio);
    set(&mut setup, "mechanisms.trust.gain", gain);
    set(&mut setup, "mechanisms.trust.start_within", start);
    setup
}

fn mean_trust(world: &World) -> f64 {
    mean(
        world
            .ties
            .pairs()
            .map(|(_, _, tie)| f64::from(world.ties.trust[tie])),
    )
}

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// T* = p / (p + (1 − p) λ) (evidence 4.2): exactly the mean, since the update is linear in trust.
/// 1,560 ties with sd below .12 and 40 nearly independent months: standard error below .003.
#[test]
fn trust_reaches_its_fixed_point() {
    for (ratio, expected) in [(1.0, 0.8), (2.0, 0.6667), (3.0, 0.5714), (5.0, 0.4444)] {
        let setup = meeting(40, 0.5, logit(0.8), 0.0, ratio, 0.08);
        let mut world = World::new(&setup, 1, 0);
        go(&mut world, 60);
        let months = (0..12).map(|_| {
            go(&mut world, 3);
            mean_trust(&world)
        });
        let found = mean(months);
        assert!(
            (found - expected).abs() < 0.012,
            "λ = {ratio}: {found}, not {expected}"
        );
    }
}

/// Where the chance of a good encounter rises steeply with trust there are two stable states; the
/// unstable root between them is a tipping point.
#[test]
fn steep_confirmation_makes_trust_bistable() {
    let (base, steep, ratio) = (0.9, 8.0, 2.5);
    let chance = |t: f64| 1.0 / (1.0 + (-(base + steep * (t - 0.5))).exp());
    let drift = |t: f64| chance(t) * (1.0 - t) - (1.0 - chance(t)) * ratio * t;
    let roots: Vec<f64> = (1..1000)
        .map(|at| f64::from(at) / 1000.0)
        .filter(|t| drift(*t) * drift(*t + 0.001) <= 0.0)
        .collect();
    assert_eq!(roots.len(), 3, "{roots:?}");
    for (start, end) in [(roots[1] - 0.15, roots[0]), (roots[1] + 0.15, roots[2])] {
        let setup = meeting(24, start, base, steep, ratio, 0.02);
        let mut world = World::new(&setup, 1, 0);
        go(&mut world, 1500);
        let found = mean_trust(&world);
        assert!(
            (found - end).abs() < 0.06,
            "from {start}: {found}, not {end}"
        );
    }
}

/// Without contact trust goes to generalised trust, at the rate of regression.
#[test]
fn without_contact_trust_regresses() {
    let mut setup = meeting(6, 0.3, 2.0, 0.0, 2.5, 0.1);
    set(&mut setup, "mechanisms.trust.opportunities", 0.0);
    set(&mut setup, "mechanisms.trust.regression", 0.05);
    let mut world = World::new(&setup, 1, 0);
    let start = 0.9_f32;
    let ties: Vec<usize> = world.ties.pairs().map(|(_, _, tie)| tie).collect();
    for tie in ties {
        world.ties.trust[tie] = start;
    }
    go(&mut world, 20);
    let expected = 0.3 + (f64::from(start) - 0.3) * 0.95_f64.powi(20);
    let found = mean_trust(&world);
    assert!((found - expected).abs() < 1e-5, "{found}, not {expected}");
}

/// Beta reputation has no asymmetry: its fixed point is the share of good encounters itself.
#[test]
fn beta_trust_reaches_the_share_of_good_encounters() {
    for good in [0.3, 0.55, 0.8] {
        let mut setup = meeting(40, 0.5, logit(good), 0.0, 4.0, 0.08);
        setup.mechanisms.trust.form = commonground::registry::mechanisms::TrustForm::Beta;
        let mut world = World::new(&setup, 1, 0);
        go(&mut world, 200);
        let mut means = Vec::new();
        for _ in 0..40 {
            go(&mut world, 1);
            means.push(mean_trust(&world));
        }
        let found = mean(means);
        assert!((found - good).abs() < 0.01, "{found}, expected {good}");
    }
}

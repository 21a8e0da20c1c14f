//! What is measured of a run, against what can be counted otherwise.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::panic)]

mod support;

use commonground::measure::{Keep, RUN, Table, Values, run};
use commonground::model::setup::Setup;
use support::{one_forum, set};

fn outcome(setup: &Setup, name: &str) -> f64 {
    let at = RUN.iter().position(|outcome| outcome.name == name).unwrap();
    run(setup, 1, 0, Keep::default()).run[at]
}

fn numbers<'a>(table: &'a Table, name: &str) -> &'a [f64] {
    match &table
        .columns
        .iter()
        .find(|column| column.name == name)
        .unwrap()
        .values
    {
        Values::Number(values) => values,
        other => panic!("{name} is {other:?}"),
    }
}

/// A forum of clinicians, managers and citizens in turn, everybody always present.
fn mixed() -> Setup {
    let mut setup = one_forum(9);
    setup.groups[0].mix = [0.4, 0.3, 0.3];
    set(&mut setup, "mechanisms.convening.base", 20.0);
    setup.horizon.cycles = 36;
    setup
}

/// Relative to their parts of those present, the contributions of all kinds average to one: with
/// everybody always there, exactly.
#[test]
fn contributions_of_all_kinds_add_up() {
    let setup = mixed();
    let keep = Keep {
        contributions: true,
        leaders: true,
        ..Keep::default()
    };
    let record = run(&setup, 1, 0, keep);
    let of = |name: &str| {
        record
            .tables
            .iter()
            .find(|table| table.name == name)
            .unwrap()
    };
    let (table, leaders) = (of("contributions"), of("leaders"));
    let words = |table: &Table, name: &str| match &table
        .columns
        .iter()
        .find(|c| c.name == name)
        .unwrap()
        .values
    {
        Values::Text(values) => values.clone(),
        other => panic!("{name} is {other:?}"),
    };
    let kinds = words(leaders, "kind");
    let share = |kind: &str| kinds.iter().take(9).filter(|one| *one == kind).count() as f64 / 9.0;
    let (tiers, stages, rows) = (
        words(table, "tier"),
        words(table, "stage"),
        words(table, "kind"),
    );
    assert_eq!(rows.len(), 27);
    for act in [
        "stewardship",
        "translation",
        "analysis",
        "representation",
        "relational",
    ] {
        let parts = numbers(table, act);
        for stage in ["early", "middle", "late"] {
            let here = (0..27).filter(|row| stages[*row] == stage && tiers[*row] == "project");
            let sum: f64 = here
                .filter(|row| !parts[*row].is_nan())
                .map(|row| parts[row] * share(&rows[row]))
                .sum();
            assert!((sum - 1.0).abs() < 1e-6, "{act}, {stage}: {sum}");
        }
    }
    let executive = (0..27).filter(|row| tiers[*row] == "executive");
    assert!(
        executive
            .map(|row| numbers(table, "analysis")[row])
            .all(f64::is_nan)
    );
}

/// Where leadership concentrates on one, it is more central than dealt at random; the density that
/// both share differs in nothing.
#[test]
fn concentration_shows_against_the_permuted_baseline() {
    let mut setup = mixed();
    set(&mut setup, "mechanisms.leadership.grant_voice", 3.0);
    set(&mut setup, "mechanisms.voice.power_exponent", 3.0);
    setup.horizon.cycles = 60;
    let measured = outcome(&setup, "leadership_centralisation_end");
    let dealt = outcome(&setup, "leadership_centralisation_permuted");
    assert!(measured > dealt + 0.1, "{measured}, dealt {dealt}");
    let (gini, entropy) = ("leadership_gini", "leadership_entropy");
    let end = |name: &str| outcome(&setup, &format!("{name}_end"));
    let permuted = |name: &str| outcome(&setup, &format!("{name}_permuted"));
    assert!(end(gini) > permuted(gini) && end(entropy) < permuted(entropy));
    // density (1 - centralisation) on both sides.
    let density = outcome(&setup, "shared_leadership_end") / (1.0 - measured);
    let shared = outcome(&setup, "shared_leadership_permuted");
    assert!((shared - density * (1.0 - dealt)).abs() < 1e-9);
    // Dealt at random, the most granted of nine is another in 8 of 9 deals (sd .03 of 19).
    let rotation = outcome(&setup, "leadership_rotation_permuted");
    assert!((0.5..=1.0).contains(&rotation), "{rotation}");
}

#[test]
fn money_is_hours_at_their_price() {
    let mut setup = mixed();
    assert!(outcome(&setup, "cost").is_nan() && outcome(&setup, "value_per_pound").is_nan());
    setup.context.hour_price = 80.0;
    setup.horizon.cycles = 240;
    // Whatever luck the system has, something is won.
    set(&mut setup, "mechanisms.joint_action.luck_system", 0.0);
    let hours = outcome(&setup, "hours");
    assert!((outcome(&setup, "cost") - 80.0 * hours).abs() < 1e-6);
    let value = outcome(&setup, "delivered_value");
    assert!(value > 0.0);
    let expected = 1e6 * value / (80.0 * hours);
    assert!((outcome(&setup, "value_per_pound") - expected).abs() < 1e-9);
}

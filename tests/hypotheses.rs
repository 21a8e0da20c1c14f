//! The hypotheses of the library can be tested: each is complete, and what it compares differs.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use commonground::experiment::{Experiment, Hypothesis, Setups};
use commonground::measure::Keep;
use commonground::registry::hypotheses::Form;
use commonground::registry::switches::ALTERNATIVES;
use commonground::scenario::{self, library};

fn load(name: &str, sets: &[String]) -> Experiment {
    Experiment::load(name, sets, None)
        .unwrap_or_else(|errors| panic!("{}", scenario::render(&errors.problems, false)))
}

fn claimed(name: &str, experiment: &Experiment) -> Hypothesis {
    let hypothesis = experiment.hypothesis.clone();
    hypothesis.unwrap_or_else(|| panic!("{name} claims nothing"))
}

#[test]
fn every_hypothesis_says_what_it_claims_and_who_claims_it() {
    for name in library::hypotheses() {
        let experiment = load(name, &[]);
        let hypothesis = claimed(name, &experiment);
        let file: toml::Table = library::text(name).unwrap().parse().unwrap();
        for key in ["title", "question", "source", "notes"] {
            let said = file.get("about").and_then(|about| about.get(key)?.as_str());
            assert!(
                said.is_some_and(|said| !said.trim().is_empty()),
                "{name}: about.{key}"
            );
        }
        assert!(
            !hypothesis.claim.is_empty() && !hypothesis.source.is_empty(),
            "{name}"
        );
        assert!(
            experiment.replicates.is_some_and(|number| number >= 200),
            "{name}"
        );
        assert!(experiment.outcomes.contains(&hypothesis.outcome), "{name}");
    }
}

/// Every proposition of the two models of collaborative governance and three claims of each paper.
#[test]
fn every_proposition_and_three_claims_of_each_paper_are_there() {
    let names = library::hypotheses();
    let starting = |start: &str| {
        let start = format!("hypotheses/{start}");
        names.iter().filter(|name| name.starts_with(&start)).count()
    };
    for number in 1..=12 {
        assert!(
            starting(&format!("ag{number}-")) > 0,
            "Ansell & Gash 2008: {number}"
        );
    }
    for number in 1..=10 {
        assert!(
            starting(&format!("em{number}-")) > 0,
            "Emerson et al. 2012: {number}"
        );
    }
    for paper in ["aufegger-", "ng-", "waring-", "jones-", "kelley-patterson-"] {
        assert!(starting(paper) >= 3, "{paper}: {}", starting(paper));
    }
}

/// The outcomes of two short runs of a design point, bit by bit.
fn short_runs(setups: &Setups, point: u64) -> Vec<Option<u64>> {
    let runs = (0..2).map(|replicate| setups.run(point, replicate, Keep::default()));
    let values = runs.flat_map(|run| run.unwrap_or_else(|why| panic!("{why}")).run);
    let known = |value: f64| (!value.is_nan()).then(|| value.to_bits());
    values.map(known).collect()
}

/// No two arms that are compared are the same policy, and neither are the ends of a factor.
#[test]
fn what_a_hypothesis_compares_differs() {
    let short = ["horizon.cycles=18".to_owned()];
    for name in library::hypotheses() {
        let experiment = load(name, &short);
        let hypothesis = claimed(name, &experiment);
        let setups = Setups::new(&experiment);
        let arms: Vec<Vec<Option<u64>>> = hypothesis
            .arms
            .iter()
            .map(|arm| short_runs(&setups, *arm as u64))
            .collect();
        for (at, one) in arms.iter().enumerate() {
            assert!(
                !arms[..at].contains(one),
                "{name}: arm {at} is an earlier one"
            );
        }
        if matches!(hypothesis.form, Form::Trend | Form::Shift) {
            let first = short_runs(&setups, 0);
            let last = short_runs(&setups, experiment.points() - experiment.crossed());
            assert_ne!(first, last, "{name}: the ends of the factor");
        }
    }
}

/// What is claimed about an experiment is no part of what its results are of.
#[test]
fn a_claim_does_not_change_the_identity() {
    let text = library::text("hypotheses/ag5-honest-broker").unwrap();
    let claim = text.split("\n[hypothesis]\n").nth(1).unwrap();
    let claim = claim.split("\n[").next().unwrap();
    let silent = text.replace(&format!("[hypothesis]\n{claim}"), "");
    let read = |text: &str| {
        let scenario = scenario::from_text("typed", text, &[]).unwrap();
        Experiment::of("typed", vec![scenario], None).unwrap()
    };
    let (with, without) = (read(text), read(&silent));
    assert!(with.hypothesis.is_some() && without.hypothesis.is_none());
    assert_eq!(with.identity(), without.identity());
}

/// Mechanisms are micro, hypotheses are macro: no parameter and no mechanism is named after a claim.
/// That no rule reads what is measured of a system is seen by the order of imports
/// (`tests/architecture`): `measure` stands behind `model`.
#[test]
fn no_parameter_is_named_after_a_hypothesis() {
    let macro_words = [
        "virtuous",
        "vicious",
        "cycle",
        "spiral",
        "collapse",
        "success",
        "sustainab",
        "tipping",
        "hypothesis",
        "proposition",
        "performance",
        "effectiv",
    ];
    let horizon = |path: &str| path.starts_with("horizon.") || path.starts_with("hypothesis.");
    let names = commonground::registry::entries().into_iter();
    let paths = names.map(|entry| entry.path).filter(|path| !horizon(path));
    let mechanisms = commonground::registry::switches::MECHANISMS.iter();
    for name in paths.chain(mechanisms.map(|one| one.name)) {
        let said = name.replace(' ', "_");
        let word = macro_words.iter().find(|word| said.contains(**word));
        assert!(word.is_none(), "{name} is named after an outcome: {word:?}");
    }
}

/// Other forms of the model, by which a test in full judges a verdict.
#[test]
fn every_alternative_is_another_form_that_can_be_typed() {
    let plain = scenario::load("baseline", &[]).unwrap();
    for one in ALTERNATIVES {
        let other = scenario::load("baseline", &[one.set.to_owned()]);
        let other = other.unwrap_or_else(|_| panic!("{} cannot be set", one.set));
        assert!(
            !plain.differing(&other).is_empty(),
            "{} changes nothing",
            one.set
        );
    }
}

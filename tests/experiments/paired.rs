//! Common random numbers: arms are equal in every bit before their first difference.

use super::support::{cells, file, good, results, scratch};
use commonground::experiment::{Experiment, Setups};
use commonground::measure::{CYCLE, Keep, Record, Values};

/// Priorities change in one arm only: nothing differs before they first do.
const PRIORITIES: &str = r#"extends = "trust-board"
[about]
title = "When priorities change"
[horizon]
cycles = 30
[context]
abandon_pulse = 0.0
[[arms]]
id = "steady"
set.context.abandon = 0.0
[[arms]]
id = "fickle"
set.context.abandon = 0.02
"#;

/// The cycle in which a programme is first abandoned, from 1.
fn first_abandoned(record: &Record) -> Option<usize> {
    let events = record.tables.iter().find(|table| table.name == "events")?;
    let column = |name| {
        &events
            .columns
            .iter()
            .find(|one| one.name == name)
            .unwrap()
            .values
    };
    let (Values::Text(what), Values::Integer(cycle)) = (column("event"), column("cycle")) else {
        panic!("columns of another kind");
    };
    let at = what.iter().position(|what| what == "abandoned")?;
    Some(usize::try_from(cycle[at]).unwrap())
}

#[test]
fn arms_are_equal_in_every_bit_before_their_first_difference() {
    let folder = scratch("paired");
    let path = file(&folder, "priorities.toml", PRIORITIES);
    let experiment = Experiment::load(path.to_str().unwrap(), &[], None).unwrap();
    let setups = Setups::new(&experiment);
    let keep = Keep {
        cycles: true,
        events: true,
        ..Keep::default()
    };
    let mut parted = 0;
    for replicate in 0..40 {
        let [steady, fickle] = [0, 1].map(|point| setups.run(point, replicate, keep).unwrap());
        let bits = |record: &Record| -> Vec<u64> {
            record.cycles.iter().map(|value| value.to_bits()).collect()
        };
        let same = first_abandoned(&fickle).map_or(30, |cycle| cycle - 1) * CYCLE.len();
        let (steady, fickle) = (bits(&steady), bits(&fickle));
        assert_eq!(steady[..same], fickle[..same], "replicate {replicate}");
        parted += u32::from(steady != fickle);
        assert_eq!(
            steady != fickle,
            same < steady.len(),
            "replicate {replicate}"
        );
    }
    assert!((10..40).contains(&parted), "{parted} of 40 part");
}

#[test]
fn the_receipt_says_what_pairing_was_worth_and_where_runs_part() {
    let folder = scratch("receipt");
    file(&folder, "priorities.toml", PRIORITIES);
    let said = good(
        &folder,
        &[
            "run",
            "priorities.toml",
            "--replicates",
            "40",
            "--out",
            "out",
        ],
    );
    assert!(said.contains("common random numbers"), "{said}");
    assert!(
        said.contains("parts from that in cycle") || said.contains("The same happens"),
        "{said}"
    );
    let results = results(&folder, "out");
    let partings = cells(&results.join("partings.csv"));
    assert_eq!(partings.len(), 6);
    for row in partings[1..].iter().filter(|row| !row[4].is_empty()) {
        assert_eq!(row[3], row[4], "numbers and events part together: {row:?}");
        assert!(
            row[5].ends_with(": abandoned") || row[6].ends_with(": abandoned"),
            "{row:?}"
        );
    }
    assert!(partings[1..].iter().any(|row| !row[4].is_empty()));
    let pairs = cells(&results.join("pairs.csv"));
    let column = |name: &str| pairs[0].iter().position(|head| head == name).unwrap();
    let trust = pairs.iter().find(|row| row[2] == "trust_end").unwrap();
    let correlation: f64 = trust[column("correlation")].parse().unwrap();
    let saved: f64 = trust[column("extra_runs")].parse().unwrap();
    assert!(correlation > 0.5 && saved > 0.0, "{trust:?}");
}

/// The same replicate of two design points shares its luck even where their people differ in number
/// of draws: the first arm's runs are those of the scenario alone.
#[test]
fn an_arm_without_changes_is_the_scenario() {
    let folder = scratch("alone");
    let plain = PRIORITIES.split("[[arms]]").next().unwrap();
    let path = file(&folder, "plain.toml", plain);
    let both = plain.to_owned()
        + "[[arms]]\nid = \"as-it-is\"\n[[arms]]\nid = \"other\"\nset.context.hierarchy = 0.9\n";
    let arms = file(&folder, "arms.toml", &both);
    let load =
        |path: &std::path::Path| Experiment::load(path.to_str().unwrap(), &[], None).unwrap();
    let (plain, arms) = (load(&path), load(&arms));
    let run = |experiment: &Experiment, point| {
        Setups::new(experiment)
            .run(point, 3, Keep::default())
            .unwrap()
            .run
    };
    let bits = |values: Vec<f64>| -> Vec<u64> { values.into_iter().map(f64::to_bits).collect() };
    assert_eq!(bits(run(&plain, 0)), bits(run(&arms, 0)));
    assert_ne!(bits(run(&plain, 0)), bits(run(&arms, 1)));
}

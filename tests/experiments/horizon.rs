//! `horizon`, and what `run`, `merge` and `compare` say of half and twice the horizon.

use super::support::{SMALL, all_files, cells, file, go, good, results, scratch};
use std::fs;
use std::path::Path;

/// Freed time and learning in pairs for a year, and then cuts: people leave, and who stays has twice the
/// work. The cuts begin in the last month of the horizon.
const TURNS: &str = r#"extends = "trust-board"
[about]
title = "Help first, cuts later"
[horizon]
cycles = 12
[experiment]
outcomes = ["wins", "attendance", "burnt_out"]
[[interventions]]
id = "time"
kind = "protected-time"
until = 12
intensity = 0.0
[[interventions]]
id = "pairs"
kind = "paired-learning"
until = 12
intensity = 0.0
[[interventions]]
id = "cuts"
kind = "demand-surge"
at = 12
effect = 1.0
intensity = 0.0
[[arms]]
id = "nothing"
[[arms]]
id = "help"
name = "Help, then cuts"
set.interventions.time.intensity = 1.0
set.interventions.pairs.intensity = 1.0
set.interventions.cuts.intensity = 1.0
"#;

/// The value of a column in the row of a design point and an outcome.
fn cell(rows: &[Vec<String>], (id, outcome): (&str, &str), name: &str) -> String {
    let at = |name| rows[0].iter().position(|head| head == name).unwrap();
    let mut rows = rows.iter();
    let row = rows.find(|row| row[at("design_id")] == id && row[at("outcome")] == outcome);
    row.unwrap()[at(name)].clone()
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = go(folder, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// The values at each look are those of runs of that length.
#[test]
fn each_look_is_what_runs_of_that_length_have() {
    let folder = scratch("horizon-looks");
    file(&folder, "small.toml", SMALL);
    let few = ["--replicates", "6", "--out", "out", "--quiet"];
    good(&folder, &[&["horizon", "small.toml"], &few[..]].concat());
    let rows = cells(&folder.join("out").join("small-horizon.csv"));
    for (look, cycles) in [("half", "3"), ("whole", "6"), ("double", "12")] {
        let out = format!("out-{look}");
        let length = [
            "run",
            "small.toml",
            "--cycles",
            cycles,
            "--no-charts",
            "--replicates",
            "6",
            "--out",
            &out,
            "--quiet",
        ];
        good(&folder, &length);
        let summary = cells(&results(&folder, &out).join("summary.csv"));
        for id in ["0", "3"] {
            assert_eq!(
                cell(&rows, (id, "trust_end"), look),
                cell(&summary, (id, "trust_end"), "mean"),
                "{look}"
            );
            let a_year: f64 = cell(&rows, (id, "hours"), look).parse().unwrap();
            let hours: f64 = cell(&summary, (id, "hours"), "mean").parse().unwrap();
            let years = cycles.parse::<f64>().unwrap() / 12.0;
            assert!((a_year - hours / years).abs() < 1e-9 * hours, "{look}");
        }
    }
    assert_eq!(cell(&rows, ("0", "hours"), "unit"), "hours a year");
    assert_eq!(cell(&rows, ("0", "hours"), "flag"), "monotone");
    assert_eq!(cell(&rows, ("0", "hours"), "baseline_id"), "");
    assert_eq!(cell(&rows, ("3", "hours"), "baseline_id"), "2");
    // The same bytes on any number of threads.
    let before = fs::read(folder.join("out").join("small-horizon.csv")).unwrap();
    good(
        &folder,
        &[&["horizon", "small.toml", "--threads", "1"], &few[..]].concat(),
    );
    assert_eq!(
        fs::read(folder.join("out").join("small-horizon.csv")).unwrap(),
        before
    );
}

#[test]
fn a_difference_that_turns_is_said_and_advised_against() {
    let folder = scratch("horizon-turns");
    file(&folder, "turns.toml", TURNS);
    let said = good(&folder, &["horizon", "turns.toml", "--out", "out"]);
    for words in [
        "\"cuts\" begins in month 12, after half the horizon (6 months)",
        "turns: wins, attendance, burnt_out of \"Help, then cuts\", better at the whole and worse at twice",
        "show both lengths",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let rows = cells(&folder.join("out").join("turns-horizon.csv"));
    for outcome in ["wins", "attendance", "burnt_out"] {
        let of = |name: &str| cell(&rows, ("1", outcome), name);
        assert_eq!(of("to_double"), "turns");
        assert_eq!(
            (of("verdict_whole").as_str(), of("verdict_double").as_str()),
            ("better", "worse")
        );
        assert_eq!(
            (of("half"), of("verdict_half"), of("to_whole")),
            Default::default()
        );
        let change = ["whole", "double"].map(|look| of(look).parse::<f64>().unwrap());
        let baseline = ["whole", "double"]
            .map(|look| cell(&rows, ("0", outcome), look).parse::<f64>().unwrap());
        let differences =
            ["difference_whole", "difference_double"].map(|look| of(look).parse::<f64>().unwrap());
        for at in [0, 1] {
            assert!(
                (change[at] - baseline[at] - differences[at]).abs() < 1e-9,
                "{outcome}"
            );
        }
    }
    // The same arms without the cuts: what helps helps as long as it lasts, and half is there.
    let lasting = TURNS
        .replace("until = 12", "until = 24")
        .replace("set.interventions.cuts.intensity = 1.0\n", "");
    file(&folder, "lasts.toml", &lasting);
    let said = good(&folder, &["horizon", "lasts.toml", "--out", "out"]);
    assert!(
        !said.contains("turns") && !said.contains("left out"),
        "{said}"
    );
    let rows = cells(&folder.join("out").join("lasts-horizon.csv"));
    assert_eq!(cell(&rows, ("1", "attendance"), "verdict_double"), "better");
}

#[test]
fn runs_end_with_a_look_at_a_few_of_them() {
    let folder = scratch("horizon-beside");
    file(
        &folder,
        "small.toml",
        &SMALL.replace("replicates = 40", "replicates = 70"),
    );
    // 4 · 70 runs: 11 for looks, which are two design points with five replicates.
    let said = good(&folder, &["run", "small.toml", "--out", "whole"]);
    assert!(said.contains("5 replicates of 2 design points"), "{said}");
    assert!(said.contains("differences from the baseline:"), "{said}");
    let whole = results(&folder, "whole");
    let rows = cells(&whole.join("horizon.csv"));
    let summary = cells(&whole.join("summary.csv"));
    assert_eq!(rows.iter().filter(|row| row[3] == "trust_end").count(), 2);
    assert_eq!(cell(&rows, ("1", "trust_end"), "n"), "5");
    assert_ne!(
        cell(&rows, ("1", "trust_end"), "whole"),
        cell(&summary, ("1", "trust_end"), "mean")
    );
    // The program makes the same of it from nothing, and of parts.
    let part = |of: &str| {
        good(
            &folder,
            &[
                "run",
                "small.toml",
                "--out",
                "parts",
                "--shard",
                of,
                "--quiet",
            ],
        );
        results(&folder, "parts")
    };
    assert!(!part("1/2").join("horizon.csv").exists());
    let parts = part("2/2");
    assert!(!parts.join("horizon.csv").exists());
    let said = good(&folder, &["merge", parts.to_str().unwrap()]);
    assert!(said.contains("5 replicates of 2 design points"), "{said}");
    assert_eq!(all_files(&parts), all_files(&whole));
    let said = good(
        &folder,
        &["run", "small.toml", "--out", "few", "--replicates", "40"],
    );
    assert!(!said.contains("of the horizon"), "{said}");
    let resumed = ["run", "small.toml", "--out", "few", "--quiet"];
    good(&folder, &[&resumed[..], &["--no-horizon"]].concat());
    let few = results(&folder, "few");
    assert!(!few.join("horizon.csv").exists());
    good(&folder, &resumed);
    assert_eq!(all_files(&few), all_files(&whole));
    // The dictionary has its columns.
    let dictionary = cells(&whole.join("dictionary.csv"));
    let told = dictionary
        .iter()
        .filter(|row| row[0] == "horizon")
        .map(|row| &row[1]);
    assert_eq!(told.collect::<Vec<_>>(), rows[0].iter().collect::<Vec<_>>());
    let place = whole.to_str().unwrap();
    let said = good(&folder, &["compare", place]);
    assert!(said.contains("5 replicates of 2 design points"), "{said}");
    let said = good(&folder, &["compare", place, "--no-horizon", "--json"]);
    assert!(!said.contains("\"horizon\""), "{said}");
    let said = good(&folder, &["compare", place, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(json["horizon"]["replicates"], 5);
}

#[test]
fn what_cannot_be_looked_at_is_said() {
    let folder = scratch("horizon-refused");
    file(&folder, "small.toml", SMALL);
    let late = "extends = \"trust-board\"\nhorizon.cycles = 8\n[[interventions]]\nid = \"cuts\"\nkind = \"austerity\"\nat = 6\n";
    file(&folder, "late.toml", late);
    let few = ["--replicates", "4", "--out", "out"];
    let said = good(&folder, &[&["horizon", "late.toml"], &few[..]].concat());
    assert!(
        said.contains(
            "The intervention \"cuts\" begins in month 6, after half the horizon (4 months)"
        ),
        "{said}"
    );
    let rows = cells(&folder.join("out").join("late-horizon.csv"));
    assert_eq!(cell(&rows, ("0", "trust_end"), "half"), "");
    assert_ne!(cell(&rows, ("0", "trust_end"), "double"), "");
    for (arguments, says) in [
        (&["horizon", "nowhere"][..], "nowhere"),
        (
            &["horizon", "small.toml", "--replicates", "1"],
            "from 2 to 1000",
        ),
        (
            &["horizon", "small.toml", "--replicates", "1001"],
            "from 2 to 1000",
        ),
        (
            &["horizon", "small.toml", "--outcomes", "winz"],
            "did you mean wins?",
        ),
        (
            &["horizon", "small.toml", "--smallest", "wins=0"],
            "above 0",
        ),
        (&["horizon", "."], "is not a results folder"),
    ] {
        let said = refused(&folder, arguments);
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
    good(
        &folder,
        &[
            "run",
            "small.toml",
            "--replicates",
            "2",
            "--out",
            "there",
            "--quiet",
        ],
    );
    let there = results(&folder, "there");
    let place = there.to_str().unwrap();
    assert!(refused(&folder, &["horizon", place, "--seed", "2"]).contains("leave --seed out"));
    assert!(refused(&folder, &["horizon", place, "--set", "a=1"]).contains("leave --set out"));
    good(&folder, &["horizon", place, "--replicates", "2", "--quiet"]);
    assert!(there.join("horizon.csv").exists());
}

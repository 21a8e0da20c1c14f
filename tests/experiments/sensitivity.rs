//! `sensitivity`: what drives an outcome, from a sampled design.

use super::support::{cells, file, go, good, results, scratch};
use std::fs;

/// Three factors, of which the last changes nothing.
fn experiment(design: &str) -> String {
    let factor = |id: &str, parameter: &str, low: f64, high: f64| {
        format!(
            "[[factors]]\nid = \"{id}\"\nparameter = \"{parameter}\"\nlow = {low}\nhigh = {high}\n"
        )
    };
    format!(
        "extends = \"trust-board\"\n[about]\ntitle = \"What drives a board\"\n[horizon]\ncycles = 6\n[experiment]\n\
         replicates = 3\noutcomes = [\"hours\", \"trust_end\"]\n[design]\n{design}{}{}{}",
        factor("coming", "mechanisms.convening.base", -2.0, 1.0),
        factor("rules", "forums.ground_rules", 0.2, 0.8),
        factor("idle", "mechanisms.leadership.claim_invited", 0.0, 4.0),
    )
}

/// The values of an index, by factor.
fn values(rows: &[Vec<String>], outcome: &str, index: &str) -> Vec<(String, f64)> {
    let at = |name: &str| rows[0].iter().position(|head| head == name).unwrap();
    rows.iter()
        .filter(|row| row[at("outcome")] == outcome && row[at("index")] == index)
        .map(|row| (row[at("factor")].clone(), row[at("value")].parse().unwrap()))
        .collect()
}

#[test]
fn who_comes_drives_hours_and_what_does_nothing_drives_nothing() {
    let folder = scratch("sensitivity");
    file(
        &folder,
        "drivers.toml",
        &experiment("kind = \"saltelli\"\nsize = 32\nsecond_order = true\n"),
    );
    let asked = [
        "sensitivity",
        "drivers.toml",
        "--out",
        "out",
        "--target",
        "hours<=60",
        "--outcomes",
        "hours,trust_end,wins",
    ];
    let said = good(&folder, &asked);
    for words in [
        "What drives hours",
        "luck:",
        "ST of hours: not settled",
        "wins does not vary from point to point",
        "regional",
        "hours <= 60: met at",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let path = results(&folder, "out");
    let rows = cells(&path.join("sensitivity.csv"));
    let total = values(&rows, "hours", "ST");
    assert!(total[0].1 > 0.7 && total[1].1 < 0.3, "{total:?}");
    assert_eq!(total[2], ("idle".to_owned(), 0.0));
    assert_eq!(values(&rows, "hours", "S2").len(), 3);
    assert_eq!(values(&rows, "trust_end", "pawn").len(), 3);
    let luck = |index| values(&rows, "trust_end", index)[0].1;
    assert!(luck("luck_total") >= luck("luck_alone") && luck("luck_left") < luck("luck_total"));
    let dictionary = cells(&path.join("dictionary.csv"));
    for name in ["sensitivity", "convergence", "regions"] {
        let told = dictionary
            .iter()
            .filter(|row| row[0] == name)
            .map(|row| &row[1]);
        let there = cells(&path.join(format!("{name}.csv")));
        assert_eq!(
            told.collect::<Vec<_>>(),
            there[0].iter().collect::<Vec<_>>()
        );
    }
    // The folder gives the same answer as the file, bit by bit, on any number of threads.
    let files = ["sensitivity.csv", "convergence.csv", "sensitivity.svg"];
    let before = files.map(|name| fs::read(path.join(name)).unwrap());
    let place = path.to_str().unwrap();
    let again = [
        "sensitivity",
        place,
        "--threads",
        "1",
        "--target",
        "hours<=60",
        "--outcomes",
        "hours,trust_end,wins",
    ];
    let repeated = good(&folder, &again);
    let tables = |text: &str| text.split("\nResults:").next().unwrap().to_owned();
    assert_eq!(tables(&repeated), tables(&said));
    assert_eq!(files.map(|name| fs::read(path.join(name)).unwrap()), before);
}

#[test]
fn trajectories_give_elementary_effects() {
    let folder = scratch("sensitivity-morris");
    file(
        &folder,
        "steps.toml",
        &experiment("kind = \"morris\"\nsize = 8\n"),
    );
    let said = good(
        &folder,
        &["sensitivity", "steps.toml", "--out", "out", "--json"],
    );
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    let of = |index: &str| -> Vec<f64> {
        let rows = found["indices"].as_array().unwrap().iter();
        rows.filter(|row| row["index"] == index && row["outcome"] == "hours")
            .map(|row| row["value"].as_f64().unwrap())
            .collect()
    };
    let (strength, mean) = (of("mu_star"), of("mu"));
    assert!(
        strength[0] > strength[1] && strength[2] == 0.0,
        "{strength:?}"
    );
    assert!(
        mean.iter()
            .zip(&strength)
            .all(|(mu, star)| mu.abs() <= *star)
    );
    assert!(of("pawn").is_empty() && of("S1").is_empty());
    assert_eq!(
        found["convergence"].as_array().unwrap().len(),
        4,
        "two outcomes, 4 and 8 trajectories"
    );
}

#[test]
fn what_was_not_sampled_or_cannot_be_is_refused() {
    let folder = scratch("sensitivity-wrong");
    let refused = |arguments: &[&str], says: &str| {
        let output = go(&folder, arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success() && error.contains(says),
            "{arguments:?}: {error}"
        );
    };
    refused(&["sensitivity", "trust-board"], "has no design");
    refused(
        &["sensitivity", "experiments/chair-and-rules"],
        "kind = \"saltelli\"",
    );
    assert!(
        !folder.join("output").exists(),
        "what cannot be analysed is not run"
    );
    file(
        &folder,
        "steps.toml",
        &experiment("kind = \"morris\"\nsize = 2\n"),
    );
    refused(
        &["sensitivity", "steps.toml", "--outcomes", "winz"],
        "did you mean wins?",
    );
    refused(
        &["sensitivity", "steps.toml", "--target", "wins=3"],
        "wins>=20",
    );
    // What no run has is not read as if some had: nobody wins in one month.
    refused(
        &[
            "sensitivity",
            "steps.toml",
            "--outcomes",
            "first_win",
            "--set",
            "horizon.cycles=1",
        ],
        "--allow-missing",
    );
}

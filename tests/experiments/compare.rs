//! `compare`: from results, or from scenarios, to differences, ranks, regret and a picture.

use super::support::{SMALL, cells, file, go, good, results, scratch};
use std::fs;
use std::path::Path;

/// A column of a table, by its name.
fn column(rows: &[Vec<String>], name: &str) -> usize {
    rows[0].iter().position(|head| head == name).unwrap()
}

/// That every column of every answer is in the dictionary.
fn told_in_the_dictionary(path: &Path) {
    let dictionary = cells(&path.join("dictionary.csv"));
    for name in ["comparison", "ranks", "front", "robustness", "rules"] {
        let told: Vec<&String> = dictionary
            .iter()
            .filter(|row| row[0] == name)
            .map(|row| &row[1])
            .collect();
        let there = cells(&path.join(format!("{name}.csv")));
        assert_eq!(told, there[0].iter().collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn arms_of_a_results_folder_are_compared_and_every_answer_is_kept() {
    let folder = scratch("compare");
    file(&folder, "small.toml", SMALL);
    good(
        &folder,
        &[
            "run",
            "small.toml",
            "--replicates",
            "12",
            "--out",
            "out",
            "--quiet",
        ],
    );
    let path = results(&folder, "out");
    let place = path.to_str().unwrap();
    let asked = [
        "compare",
        place,
        "--target",
        "trust_end>=0.2",
        "--smallest",
        "hours=1000000",
    ];
    let said = good(&folder, &asked);
    for words in [
        "Difference from \"organic\"",
        "equivalent",
        "largest regret",
        ">= 0.2",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let rows = cells(&path.join("comparison.csv"));
    let at = |name| column(&rows, name);
    let hours: Vec<&Vec<String>> = rows
        .iter()
        .filter(|row| row[at("outcome")] == "hours")
        .collect();
    assert_eq!(hours.len(), 2, "a pair at each level");
    for row in hours {
        assert_eq!(
            (row[at("arm")].as_str(), row[at("n")].as_str()),
            ("neutral", "12")
        );
        assert_eq!(row[at("verdict")], "equivalent");
    }
    let pairs = cells(&path.join("pairs.csv"));
    let same = |table: &[Vec<String>]| -> Vec<String> {
        let of = |name| column(table, name);
        let wins = table.iter().filter(|row| row[of("outcome")] == "wins");
        wins.map(|row| row[of("difference")].clone()).collect()
    };
    assert_eq!(
        same(&rows),
        same(&pairs),
        "the same differences as the receipt"
    );
    let regret = cells(&path.join("robustness.csv"));
    let least = regret[1..]
        .iter()
        .map(|row| row[column(&regret, "max_regret")].clone());
    assert!(
        least.clone().count() >= 2 && least.clone().all(|one| one.parse::<f64>().unwrap() >= 0.0)
    );
    let ranks = cells(&path.join("ranks.csv"));
    let chances = ranks[1..]
        .iter()
        .filter(|row| row[column(&ranks, "outcome")] == "wins");
    let chances = chances.map(|row| row[column(&ranks, "p_best")].parse::<f64>().unwrap());
    assert!((chances.sum::<f64>() - 1.0).abs() < 1e-9);
    told_in_the_dictionary(&path);
    // The same results give the same answers, bit by bit.
    let picture = fs::read(path.join("comparison.svg")).unwrap();
    let before = fs::read(path.join("comparison.csv")).unwrap();
    assert_eq!(good(&folder, &asked), said);
    assert_eq!(fs::read(path.join("comparison.csv")).unwrap(), before);
    assert_eq!(fs::read(path.join("comparison.svg")).unwrap(), picture);
}

#[test]
fn scenarios_are_run_with_the_same_luck_and_compared() {
    let folder = scratch("compare-scenarios");
    let short = "extends = \"trust-board\"\n[about]\ntitle = \"One\"\n[horizon]\ncycles = 6\n";
    file(&folder, "one.toml", short);
    file(
        &folder,
        "two.toml",
        &(short.to_owned() + "[context]\nhierarchy = 0.9\n"),
    );
    let common = ["--replicates", "8", "--out", "out", "--json"];
    let said = good(
        &folder,
        &[
            &["compare", "one.toml", "one.toml", "two.toml"],
            &common[..],
        ]
        .concat(),
    );
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    let rows = found["differences"].as_array().unwrap();
    let of = |scenario: &str| {
        let mut rows = rows.iter();
        rows.find(|row| row["scenario"] == scenario && row["outcome"] == "trust_end")
            .unwrap()
            .clone()
    };
    let same = of("one-2");
    assert_eq!(
        (same["difference"].as_f64(), same["verdict"].as_str()),
        (Some(0.0), Some("equivalent"))
    );
    assert_ne!(of("two")["difference"].as_f64(), Some(0.0));
    // A results folder stands for the scenario in it.
    good(
        &folder,
        &[
            "run",
            "one.toml",
            "--replicates",
            "8",
            "--out",
            "plain",
            "--quiet",
            "--no-charts",
        ],
    );
    let plain = results(&folder, "plain");
    let said = good(
        &folder,
        &[
            "compare",
            plain.to_str().unwrap(),
            "two.toml",
            "--out",
            "again",
            "--json",
        ],
    );
    let again: serde_json::Value = serde_json::from_str(&said).unwrap();
    let two = again["differences"].as_array().unwrap();
    let two = two
        .iter()
        .find(|row| row["outcome"] == "trust_end")
        .unwrap();
    assert_eq!(
        (two["difference"].clone(), two["n"].as_u64()),
        (of("two")["difference"].clone(), Some(8))
    );
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_way_out() {
    let folder = scratch("compare-refused");
    file(&folder, "small.toml", SMALL);
    file(
        &folder,
        "plain.toml",
        SMALL.split("[[factors]]").next().unwrap(),
    );
    let refused = |arguments: &[&str]| {
        let output = go(&folder, arguments);
        assert!(!output.status.success(), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["compare", "plain.toml"]).contains("nothing to compare"));
    assert!(refused(&["compare", "plain.toml", "small.toml"]).contains("name it alone"));
    assert!(refused(&["compare", "."]).contains("is not a results folder"));
    assert!(
        refused(&["compare", "plain.toml", "--smallest", "winz=1"]).contains("did you mean wins")
    );
    // Half of the runs: refused, and with --allow-missing compared, with what is left out.
    good(
        &folder,
        &[
            "run",
            "small.toml",
            "--replicates",
            "40",
            "--shard",
            "1/2",
            "--out",
            "out",
            "--quiet",
        ],
    );
    let path = results(&folder, "out");
    let place = path.to_str().unwrap();
    let said = refused(&["compare", place]);
    assert!(
        said.contains("pairs are left out") && said.contains("--allow-missing"),
        "{said}"
    );
    let said = good(&folder, &["compare", place, "--allow-missing"]);
    assert!(said.contains("pairs are left out"), "{said}");
    assert!(
        refused(&["compare", place, "--seed", "2"])
            .contains("--seed is for what is still to be run")
    );
}

/// Forty futures: enough for a sentence an outcome, and for a table with a head.
#[test]
fn forty_futures_are_told_where_a_design_fails() {
    let folder = scratch("compare-rules");
    let design = "[design]\nkind = \"latin_hypercube\"\nsize = 40\n[[factors]]";
    let text = SMALL
        .replace("[[factors]]", design)
        .replace("levels = [0.2, 0.8]", "low = 0.0\nhigh = 1.0");
    file(&folder, "many.toml", &text);
    let asked = ["compare", "many.toml", "--replicates", "2", "--outcomes"];
    let said = good(&folder, &[&asked[..], &["trust_end,hours"]].concat());
    for outcome in ["trust_end", "hours"] {
        let words = format!("neutral beats organic in {outcome} in ");
        assert!(said.contains(&words), "{said}");
    }
    let path = results(&folder, "output");
    told_in_the_dictionary(&path);
    let json = [&asked[..], &["trust_end", "--json"]].concat();
    let found: serde_json::Value = serde_json::from_str(&good(&folder, &json)).unwrap();
    assert_eq!(found["rules"].as_array().unwrap().len(), 1);
    assert_eq!(found["rules"][0]["futures"].as_u64(), Some(40));
    // On average over futures: the mean of the differences in each.
    let all = |table: &str, key: &str| -> Vec<f64> {
        let rows = found[table].as_array().unwrap().iter();
        let rows = rows.filter(|row| row["outcome"] == "trust_end");
        rows.map(|row| row[key].as_f64().unwrap()).collect()
    };
    let (each, pooled) = (
        all("differences", "difference"),
        all("pooled", "difference"),
    );
    assert_eq!((each.len(), pooled.len()), (40, 1));
    assert!((each.iter().sum::<f64>() / 40.0 - pooled[0]).abs() < 1e-12);
    assert!(
        said.contains("on average over 40 futures")
            && said.contains("In each future: comparison.csv")
    );
    // To know everything is worth as much as the mean regret of the better design, and no less than one factor.
    let worth = all("information", "value");
    let regret = all_of(&found["robustness"], "mean_regret");
    assert_eq!(worth.len(), 2);
    assert!((worth[0] - regret.iter().copied().fold(f64::INFINITY, f64::min)).abs() < 1e-12);
    assert!(worth[1] <= worth[0] && said.contains("is worth"));
}

/// A key of the rows of trust at the end.
fn all_of(table: &serde_json::Value, key: &str) -> Vec<f64> {
    let rows = table.as_array().unwrap().iter();
    let rows = rows.filter(|row| row["outcome"] == "trust_end");
    rows.map(|row| row[key]["value"].as_f64().unwrap())
        .collect()
}

#[test]
fn the_way_from_one_scenario_to_another_is_told_change_by_change() {
    let folder = scratch("compare-explain");
    let one = "extends = \"trust-board\"\n[about]\ntitle = \"One\"\n[horizon]\ncycles = 6\n";
    file(&folder, "one.toml", one);
    let two = "extends = \"one.toml\"\n[about]\ntitle = \"Two\"\n[context]\nhierarchy = 0.9\n\
               [mechanisms.trust]\ngain = 0.12\n[mechanisms.leadership]\nclaim_invited = 3.0\n";
    file(&folder, "two.toml", two);
    let asked = [
        "compare",
        "one.toml",
        "two.toml",
        "--replicates",
        "12",
        "--outcomes",
        "trust_end",
        "--explain",
    ];
    let said = good(&folder, &asked);
    for words in [
        "change by change",
        "context.hierarchy",
        "left between them",
        "all together",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let path = results(&folder, "output");
    assert!(path.join("waterfall.svg").is_file());
    let rows = cells(&path.join("waterfall.csv"));
    let (name, alone, added) = (
        column(&rows, "path"),
        column(&rows, "alone"),
        column(&rows, "added"),
    );
    let number = |text: &str| text.parse::<f64>().unwrap();
    let sum: f64 = rows[1..5].iter().map(|row| number(&row[alone])).sum();
    let total = number(&rows[5][alone]);
    assert!((sum - total).abs() < 1e-12, "{rows:?}");
    let steps: f64 = rows[1..4].iter().map(|row| number(&row[added])).sum();
    assert!((steps - total).abs() < 1e-12, "{rows:?}");
    // What nobody has does nothing, alone or added.
    let idle = rows
        .iter()
        .find(|row| row[name].ends_with("claim_invited"))
        .unwrap();
    assert_eq!((number(&idle[alone]), number(&idle[added])), (0.0, 0.0));
    // The total is what the comparison says.
    let compared = cells(&path.join("comparison.csv"));
    let of = column(&compared, "difference");
    let outcome = column(&compared, "outcome");
    let trust = compared
        .iter()
        .find(|row| row[outcome] == "trust_end")
        .unwrap();
    assert!((number(&trust[of]) - total).abs() < 1e-12);
    let before = fs::read(path.join("waterfall.csv")).unwrap();
    good(&folder, &[&asked[..], &["--threads", "1"]].concat());
    assert_eq!(fs::read(path.join("waterfall.csv")).unwrap(), before);
    let refused = |arguments: &[&str], says: &str| {
        let output = go(&folder, arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && error.contains(says), "{error}");
    };
    refused(
        &["compare", "one.toml", "one.toml", "--explain"],
        "nothing to explain",
    );
    refused(
        &["compare", "one.toml", "one.toml", "two.toml", "--explain"],
        "name two scenarios",
    );
    refused(
        &["compare", "experiments/chair-and-rules", "--explain"],
        "is an experiment",
    );
    refused(
        &["compare", "baseline", "stp-b", "--explain"],
        "told one by one",
    );
}

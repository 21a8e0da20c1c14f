//! Parts, orders, extensions, merges, replays, failures.

use super::support::{SMALL, all_files, cells, file, go, good, results, scratch};
use std::fs;

const RUN: [&str; 3] = ["run", "small.toml", "--quiet"];

/// Runs the small experiment with further arguments.
fn run<'a>(further: &'a [&'a str]) -> Vec<&'a str> {
    RUN.iter().chain(further).copied().collect()
}

#[test]
fn shards_threads_and_stops_change_no_byte() {
    let folder = scratch("shards");
    file(&folder, "small.toml", SMALL);
    good(&folder, &run(&["--out", "whole", "--threads", "1"]));
    let whole = all_files(&results(&folder, "whole"));
    good(&folder, &run(&["--out", "threads", "--threads", "8"]));
    assert_eq!(all_files(&results(&folder, "threads")), whole);
    for shard in ["3/3", "1/3"] {
        good(&folder, &run(&["--out", "one", "--shard", shard]));
    }
    let one = results(&folder, "one");
    let holes = go(&folder, &["merge", one.to_str().unwrap(), "--quiet"]);
    assert_eq!(holes.status.code(), Some(5), "holes are not success");
    let said = String::from_utf8(holes.stderr).unwrap();
    assert!(
        said.contains("Missing") && said.contains("replicates"),
        "{said}"
    );
    good(&folder, &run(&["--out", "one", "--shard", "2/3"]));
    good(&folder, &["merge", one.to_str().unwrap(), "--quiet"]);
    assert_eq!(all_files(&one), whole);
    // Parts in folders of their own.
    for (shard, out) in [("1/2", "first"), ("2/2", "second")] {
        good(&folder, &run(&["--out", out, "--shard", shard]));
    }
    let (first, second) = (results(&folder, "first"), results(&folder, "second"));
    let paths = [first.to_str().unwrap(), second.to_str().unwrap()];
    good(&folder, &["merge", paths[0], paths[1], "--quiet"]);
    assert_eq!(all_files(&first), whole);
}

#[test]
fn more_replicates_and_points_reuse_what_is_there() {
    let folder = scratch("extended");
    file(&folder, "small.toml", SMALL);
    good(&folder, &run(&["--out", "more", "--replicates", "9"]));
    let said = go(&folder, &["run", "small.toml", "--out", "more", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(json["planned"], 160);
    assert_eq!(json["there"], 32, "chunks of 8 replicates are whole");
    good(&folder, &run(&["--out", "at-once"]));
    let at_once = all_files(&results(&folder, "at-once"));
    assert_eq!(all_files(&results(&folder, "more")), at_once);

    let sampled = SMALL.replace("levels = [0.2, 0.8]", "low = 0.2\nhigh = 0.8")
        + "[design]\nkind = \"sobol\"\nsize = 16\n";
    file(&folder, "sampled.toml", &sampled);
    let sampled = |out, size| {
        let size = format!("design.size={size}");
        good(
            &folder,
            &[
                "run",
                "sampled.toml",
                "--quiet",
                "--replicates",
                "3",
                "--out",
                out,
                "--set",
                &size,
            ],
        );
        all_files(&results(&folder, out))
    };
    sampled("grown", "8");
    let grown = sampled("grown", "32");
    assert_eq!(grown, sampled("at-once-32", "32"));
    // Asking for fewer takes nothing back.
    assert_eq!(sampled("grown", "8"), grown);
}

#[test]
fn a_run_again_has_the_bits_that_are_stored_and_what_is_changed_is_seen() {
    let folder = scratch("verify");
    file(&folder, "small.toml", SMALL);
    good(&folder, &run(&["--out", "out"]));
    let results = results(&folder, "out");
    let path = results.to_str().unwrap();
    let said = good(&folder, &["verify", path, "--sample", "30"]);
    assert!(said.contains("30 of 30 runs"), "{said}");
    let said = good(&folder, &["replay", path, "3-17"]);
    assert!(said.contains("the same bits"), "{said}");
    let events = cells(&results.join("replay/3-17/events.csv"));
    assert!(events.len() > 50 && events[0].contains(&"event".to_owned()));
    let cycles = cells(&results.join("replay/3-17/cycles.csv"));
    assert_eq!(cycles.len(), 7, "six cycles and the names");
    // A trace is of the stored run: its outcome is that of the table.
    let long = good(&folder, &["export", path, "--outcomes", "trust_end"]);
    let stored = long.lines().find(|line| line.contains(",3-17,")).unwrap();
    let stored = stored.rsplit(',').next().unwrap();
    let trust = cycles[0].iter().position(|name| name == "trust").unwrap();
    assert_eq!(cycles[6][trust], stored);

    for (odd, says) in [
        ("9-1", "holds no run"),
        ("x", "is no run"),
        ("3-99", "replicates 0 to 39"),
    ] {
        let said = go(&folder, &["replay", path, odd]);
        let said = String::from_utf8(said.stderr).unwrap();
        assert!(said.contains(says), "{odd}: {said}");
    }
    let mut chunk = fs::read_dir(results.join("forums")).unwrap();
    let chunk = chunk.next().unwrap().unwrap().path();
    let mut bytes = fs::read(&chunk).unwrap();
    bytes[60] ^= 1;
    fs::write(&chunk, bytes).unwrap();
    let said = go(&folder, &["verify", path, "--sample", "0"]);
    assert_eq!(said.status.code(), Some(4));
    assert!(
        String::from_utf8(said.stdout)
            .unwrap()
            .contains("damaged: ")
    );
}

#[test]
fn another_scenario_is_another_folder() {
    let folder = scratch("keys");
    file(&folder, "small.toml", SMALL);
    let few = ["--replicates", "2", "--out", "out"];
    good(&folder, &run(&few));
    file(
        &folder,
        "small.toml",
        &SMALL.replace("[0.2, 0.8]", "[0.2, 0.7]"),
    );
    good(&folder, &run(&few));
    file(
        &folder,
        "small.toml",
        &SMALL.replace("neutral\" }", "none\" }"),
    );
    good(&folder, &run(&few));
    good(
        &folder,
        &run(&["--replicates", "2", "--out", "out", "--seed", "2"]),
    );
    assert_eq!(fs::read_dir(folder.join("out")).unwrap().count(), 4);
}

/// Each level is allowed, and so is each arm; together they leave the board without enough people.
#[test]
fn a_point_that_contradicts_itself_fails_alone() {
    let folder = scratch("failing");
    let failing = SMALL
        .replace("trust-board", "baseline")
        .replace("forums.ground_rules", "groups.leaders.count")
        .replace("[0.2, 0.8]", "[120, 40]")
        .replace(
            "set.forums.chair = { kind = \"neutral\" }",
            "set.forums.executive.seats = 60",
        );
    file(&folder, "failing.toml", &failing);
    let output = go(&folder, &["run", "failing.toml", "--quiet", "--out", "out"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    let results = results(&folder, "out");
    let failures = cells(&results.join("failures.csv"));
    assert_eq!(failures.len(), 41, "40 replicates of one point");
    assert!(
        failures[1..]
            .iter()
            .all(|row| row[0] == failures[1][0] && !row[4].is_empty())
    );
    let status = go(&folder, &["status", results.to_str().unwrap()]);
    let text = String::from_utf8(status.stdout).unwrap();
    assert!(
        text.contains("160 of 160 runs are there, 40 of them failed"),
        "{text}"
    );
    let fast = go(
        &folder,
        &[
            "run",
            "failing.toml",
            "--json",
            "--out",
            "fast",
            "--fail-fast",
            "--threads",
            "1",
        ],
    );
    assert_eq!(fast.status.code(), Some(3));
    let json: serde_json::Value = serde_json::from_slice(&fast.stdout).unwrap();
    assert_eq!(json["failed"], 1);
    assert!(json["ran"].as_u64().unwrap() <= 4, "{json}");
}

#[test]
fn scenarios_are_crossed_with_arms() {
    let folder = scratch("crossed");
    let crossed = SMALL
        .replace("extends = \"trust-board\"\n", "")
        .replace(
            "[experiment]",
            "[experiment]\nbaseline = \"neutral\"\nscenarios = [\"trust-board\", \"ics-interviewees\"]",
        )
        .replace("tables = [\"forums\"]", "tables = []");
    file(&folder, "crossed.toml", &crossed);
    good(
        &folder,
        &[
            "run",
            "crossed.toml",
            "--quiet",
            "--replicates",
            "4",
            "--out",
            "out",
        ],
    );
    let results = results(&folder, "out");
    let design = cells(&results.join("design.csv"));
    assert_eq!(design[0], ["design_id", "scenario", "arm", "rules"]);
    assert_eq!(design.len(), 9);
    assert_eq!(design[1], ["0", "trust-board", "organic", "0.2"]);
    assert_eq!(design[2], ["1", "trust-board", "neutral", "0.2"]);
    assert_eq!(design[4], ["3", "ics-interviewees", "neutral", "0.2"]);
    assert_eq!(design[5], ["4", "trust-board", "organic", "0.8"]);
    let said = good(
        &folder,
        &["verify", results.to_str().unwrap(), "--sample", "12"],
    );
    assert!(said.contains("12 of 12"), "{said}");
    // Every column of every table is in the dictionary.
    let dictionary = cells(&results.join("dictionary.csv"));
    for name in ["design", "summary", "cycles_summary", "pairs", "partings"] {
        let table = cells(&results.join(format!("{name}.csv")));
        let told = dictionary.iter().filter(|row| row[0] == name);
        assert_eq!(
            told.map(|row| &row[1]).collect::<Vec<_>>(),
            table[0].iter().collect::<Vec<_>>()
        );
    }
    // The baseline is the second arm.
    let pairs = cells(&results.join("pairs.csv"));
    let id = |text: &String| text.parse::<u64>().unwrap();
    let mut paired = pairs[1..].iter().map(|row| (id(&row[0]), id(&row[1])));
    assert!(paired.all(|(point, baseline)| point % 2 == 0 && baseline == point + 1));
}

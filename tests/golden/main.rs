//! Golden summaries: what the program writes for a few scenarios, to the last digit, so that no
//! change of results goes unseen. They guard change, not truth; what must be true of any numbers is
//! checked beside them.
//!
//! A file holds the outcomes of runs, those of the last month, and a fingerprint of all months.
//! When results are meant to change, say why, and commit what this writes:
//!
//! ```sh
//! COMMONGROUND_ACCEPT="C4: trust heals faster" cargo test --test golden accept -- --ignored
//! ```
//!
//! It writes the files anew, and the reason as a line "Results change" of CHANGELOG.md.
//!
//! The same numbers must come from every build: from this one (optimised, overflow checked), from
//! one without any optimisation, and from the released program (`COMMONGROUND_PROGRAM` names
//! another program to ask; `tests/all` asks the one of its main job).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_cmp,
    unreachable_pub,
    reason = "a test may fail, and its modules serve it alone"
)]

mod accept;
mod truth;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The scenarios: the stylised one and its good start, a real roster, a board.
const SCENARIOS: [&str; 4] = ["baseline", "stp-b", "trust-board", "virtuous"];
const REPLICATES: u64 = 8;
const CYCLES: u64 = 24;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn golden(scenario: &str) -> PathBuf {
    root().join("tests/golden").join(format!("{scenario}.csv"))
}

/// The program as `cargo test` builds it, unless another one is named.
fn program() -> PathBuf {
    std::env::var_os("COMMONGROUND_PROGRAM")
        .map_or_else(|| env!("CARGO_BIN_EXE_commonground").into(), PathBuf::from)
}

/// What a program writes for a scenario.
fn summary(program: &Path, build: &str, scenario: &str) -> String {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("golden-{build}-{scenario}"));
    // Left over from an earlier session; where there is nothing there is nothing to remove.
    let _ = std::fs::remove_dir_all(&out);
    let mut command = Command::new(program);
    command.args(["run", scenario, "--quiet", "--no-charts", "--out"]);
    command.arg(&out);
    command.args(["--replicates", &REPLICATES.to_string()]);
    command.args(["--cycles", &CYCLES.to_string()]);
    let done = command
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    assert!(
        done.status.success(),
        "{}: {}",
        program.display(),
        String::from_utf8_lossy(&done.stderr)
    );
    let folder = std::fs::read_dir(&out).unwrap().next().unwrap().unwrap();
    let read = |file: &str| std::fs::read_to_string(folder.path().join(file)).unwrap();
    joined(&read("summary.csv"), &read("cycles_summary.csv"))
}

/// One table of both: rows of runs have no cycle.
fn joined(runs: &str, cycles: &str) -> String {
    let cut = |line: &str| line.split_once(',').expect("a design point").1.to_owned();
    let mut lines: Vec<String> = vec![cut(cycles.lines().next().expect("a heading"))];
    lines.extend(runs.lines().skip(1).map(|line| format!(",{}", cut(line))));
    let last = format!("{CYCLES},");
    let months = cycles.lines().skip(1).map(cut);
    lines.extend(months.filter(|line| line.starts_with(&last)));
    let print = blake3::hash(cycles.as_bytes()).to_hex();
    lines.push(format!("1 to {CYCLES},fingerprint of all months {print}"));
    lines.join("\n") + "\n"
}

/// Where two texts part, line by line; a few lines of it.
fn difference(was: &str, is: &str) -> String {
    let pairs = was.lines().zip(is.lines());
    let parted: Vec<String> = pairs
        .filter(|(was, is)| was != is)
        .map(|(was, is)| format!("  was {was}\n  is  {is}"))
        .collect();
    let (was, is) = (was.lines().count(), is.lines().count());
    format!(
        "{} of {was} lines differ, {is} now\n{}",
        parted.len(),
        parted[..parted.len().min(6)].join("\n")
    )
}

/// Asserts that a program writes the golden summaries.
fn same(program: &Path, build: &str) {
    for scenario in SCENARIOS {
        let file = golden(scenario);
        let was = std::fs::read_to_string(&file).unwrap_or_default();
        let is = summary(program, build, scenario);
        assert!(
            was == is,
            "{scenario}, {build} build: {}\n\nIf results are meant to change, say why:\n  \
             COMMONGROUND_ACCEPT=\"...\" cargo test --test golden accept -- --ignored",
            difference(&was, &is)
        );
    }
}

#[test]
fn results_are_the_golden_ones() {
    same(&program(), "this");
}

#[test]
#[ignore = "run by hand, to accept new results"]
fn accept_new_results() {
    let reason = accept::reason();
    for scenario in SCENARIOS {
        let is = summary(&program(), "accepted", scenario);
        std::fs::write(golden(scenario), is).unwrap();
    }
    accept::explain(&reason);
}

/// This package without any optimisation, as `cargo build` makes it: an example is the program
/// again, so that the real one is not replaced. It takes a minute after a change and nothing
/// otherwise.
#[test]
fn an_unoptimised_build_gives_the_same_bytes() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--locked", "--offline", "--example", "program"]);
    command.args([
        "--message-format",
        "json-render-diagnostics",
        "--target-dir",
    ]);
    // target/debug/deps/golden-... is where this test stands.
    let own = std::env::current_exe().unwrap();
    command.arg(own.ancestors().nth(3).expect("the target folder"));
    let built = command.current_dir(root()).output().unwrap();
    let text = String::from_utf8_lossy(&built.stdout).into_owned();
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let messages = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut made = messages.filter(|message| {
        message["target"]["name"] == "program" && message["executable"].is_string()
    });
    let made = made.next().expect("the example");
    assert_eq!(made["profile"]["opt_level"], "0");
    same(
        Path::new(made["executable"].as_str().unwrap()),
        "unoptimised",
    );
}

//! The command line as people mistype it: what it says then.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of this test's own, empty.
fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli")
        .join(name);
    if path.is_dir() {
        std::fs::remove_dir_all(&path).unwrap();
    }
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn go(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_commonground"));
    command
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_mistyped_verb_is_guessed() {
    let folder = scratch("verb");
    for (typed, meant) in [("rnu", "run"), ("chekc", "check"), ("statsu", "status")] {
        let said = go(&folder, &[typed]);
        assert!(!said.status.success());
        assert!(
            text(&said.stderr).contains(&format!("Did you mean `{meant}`?")),
            "{typed}"
        );
    }
    assert!(!text(&go(&folder, &["zzz"]).stderr).contains("Did you mean"));
}

#[test]
fn a_file_is_no_folder_for_results() {
    let folder = scratch("out");
    std::fs::write(folder.join("results"), "mine").unwrap();
    let said = go(
        &folder,
        &[
            "run",
            "trust-board",
            "--replicates",
            "1",
            "--out",
            "results",
        ],
    );
    let told = text(&said.stderr);
    assert_eq!(said.status.code(), Some(1), "{told}");
    assert!(
        told.contains("results is a file: --out takes the folder"),
        "{told}"
    );
    assert_eq!(
        std::fs::read_to_string(folder.join("results")).unwrap(),
        "mine"
    );
}

/// The next steps that `new` names can be typed as they stand.
#[test]
fn new_names_the_program_as_it_was_called() {
    let folder = scratch("new");
    let said = text(&go(&folder, &["new", "mine"]).stdout);
    let program = env!("CARGO_BIN_EXE_commonground");
    assert!(
        said.contains(&format!("{program} check ./mine.toml")),
        "{said}"
    );
    assert!(go(&folder, &["check", "mine.toml"]).status.success());
}

#[test]
fn the_table_says_what_outcomes_mean_and_of_how_many_runs_they_are() {
    let folder = scratch("table");
    let run = [
        "run",
        "vicious",
        "--replicates",
        "4",
        "--cycles",
        "3",
        "--no-charts",
    ];
    let said = text(&go(&folder, &run).stdout);
    assert!(
        said.contains(" of 4"),
        "no run has a first win this early in all: {said}"
    );
    for told in [
        "whether wins a forum and year reached",
        "month of the first win",
        "leaders burnt out",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let fewer = [
        "run",
        "vicious",
        "--replicates",
        "2",
        "--cycles",
        "3",
        "--no-charts",
    ];
    let told = text(&go(&folder, &fewer).stderr);
    assert!(told.contains("was made for 4 replicates"), "{told}");
}

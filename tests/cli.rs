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
fn a_file_is_no_folder() {
    let folder = scratch("out");
    std::fs::write(folder.join("results"), "mine").unwrap();
    let verbs: [&[&str]; 3] = [
        &["run", "trust-board", "--replicates", "1", "--out"],
        &["new", "mine", "--out"],
        &["cluster", "slurm", "trust-board", "--time", "10", "--out"],
    ];
    for verb in verbs {
        for out in ["results", "results/of/mine"] {
            let said = go(&folder, &[verb, &[out]].concat());
            let told = text(&said.stderr);
            assert_eq!(said.status.code(), Some(2), "{verb:?}: {told}");
            assert!(told.contains("results is a file, and a folder"), "{told}");
            assert!(!told.contains("os error"), "{told}");
        }
    }
    let kept = std::fs::read_to_string(folder.join("results")).unwrap();
    assert_eq!(kept, "mine");
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

/// What a cluster needs is whole shell and Python, says where everything is, and overwrites nothing.
#[test]
fn a_cluster_gets_scripts_that_can_be_read() {
    let folder = scratch("cluster");
    let said = go(
        &folder,
        &[
            "cluster",
            "slurm",
            "experiments/chair-and-rules",
            "--nodes",
            "3",
            "--out",
            "it's here",
        ],
    );
    assert!(said.status.success(), "{}", text(&said.stderr));
    assert!(
        text(&said.stdout).contains("1200 runs in 12 parts"),
        "{}",
        text(&said.stdout)
    );
    for script in ["array.sh", "merge.sh", "submit.sh"] {
        let path = folder.join("it's here").join(script);
        let checked = Command::new("bash").arg("-n").arg(&path).output().unwrap();
        assert!(
            checked.status.success(),
            "{script}: {}",
            text(&checked.stderr)
        );
        assert!(
            !std::fs::read_to_string(&path).unwrap().contains('@'),
            "{script} has a gap"
        );
    }
    let array = std::fs::read_to_string(folder.join("it's here/array.sh")).unwrap();
    assert!(
        array.contains("--array=1-12%3") && array.contains("$SLURM_ARRAY_TASK_ID/12"),
        "{array}"
    );
    let again = go(
        &folder,
        &["cluster", "slurm", "baseline", "--out", "it's here"],
    );
    assert!(
        text(&again.stderr).contains("nothing was changed"),
        "{}",
        text(&again.stderr)
    );
    let dask = go(
        &folder,
        &[
            "cluster", "dask", "baseline", "--tasks", "2", "--out", "dask",
        ],
    );
    assert!(dask.status.success());
    let driver = std::fs::read_to_string(folder.join("dask/run_dask.py")).unwrap();
    assert!(
        driver.contains("PARTS = 2") && driver.contains("\"baseline\", \"--replicates\", \"200\""),
        "{driver}"
    );
}

/// A task of a Slurm array knows its part from the array's variables.
#[test]
fn a_task_of_an_array_knows_its_part() {
    let folder = scratch("array");
    let run = [
        "run",
        "trust-board",
        "--cycles",
        "2",
        "--replicates",
        "8",
        "--json",
        "--shard",
        "slurm",
    ];
    let without = go(&folder, &run);
    assert!(
        text(&without.stderr).contains("SLURM_ARRAY_TASK_ID"),
        "{}",
        text(&without.stderr)
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_commonground"));
    let task = [
        ("SLURM_ARRAY_TASK_ID", "12"),
        ("SLURM_ARRAY_TASK_MIN", "11"),
        ("SLURM_ARRAY_TASK_COUNT", "2"),
    ];
    let said = command
        .args(run)
        .current_dir(&folder)
        .envs(task)
        .output()
        .unwrap();
    assert!(
        text(&said.stdout).contains("\"shard\": \"2/2\""),
        "{}",
        text(&said.stdout)
    );
}

//! Files with mistakes, and what the reader says of each: read the snapshots as an educator would.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::path::{Path, PathBuf};

use commonground::scenario::{self, Problem};

/// The messages as text, without the list of the library's scenarios, which grows.
fn render(problems: &[Problem], coloured: bool) -> String {
    let mut problems = problems.to_vec();
    for help in problems
        .iter_mut()
        .filter_map(|problem| problem.help.as_mut())
    {
        if let Some((before, _)) = help.split_once("the library has: ") {
            *help = format!("{before}the library has: ...");
        }
    }
    scenario::render(&problems, coloured)
}

fn broken_files() -> Vec<PathBuf> {
    let folder = Path::new("tests/broken");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

#[test]
fn every_broken_file_is_explained() {
    let files = broken_files();
    assert!(files.len() >= 60, "{} files", files.len());
    let mut classes = std::collections::BTreeSet::new();
    let mut said = String::new();
    for path in &files {
        let name = path.to_str().unwrap();
        let errors = scenario::load(name, &[]).expect_err(name);
        classes.extend(errors.problems.iter().map(|problem| problem.class));
        said.push_str(&format!("## {name}\n\n{}", render(&errors.problems, false)));
    }
    insta::assert_snapshot!("broken", said);
    assert!(classes.len() >= 10, "{classes:?}");
}

#[test]
fn changes_from_the_command_line_are_explained() {
    let sets = [
        "mechanisms.trust.gain",
        "mechanisms.trust.gian=0.1",
        "mechanisms.trust.gain=1.5",
        "mechanisms.trust.gain=high",
        "mechanisms.trust.gain=10%",
        "mechanisms.trust.gain=0,1",
        "mechanisms.trust.gain=nan",
        "mechanisms.trust.gain=",
        "=0.1",
        "trust.gain=0.1",
        "gain=0.1",
        "mechanisms=1",
        "groups=1",
        "groups.leaders=1",
        "groups.leader.skill=0.5",
        "groups.skil=0.5",
        "groups.skill=2",
        "forums.executive.rule=voting",
        "forums.executive.chair={ kind = \"neutral\", leader = \"leaders\" }",
        "extends=baseline",
        "scale=0",
        "scale=1000000000000000000000",
        "horizon.cycles=12.5",
        "horizon.cycles=5 years",
        "context.hierarchy=50%",
        "context.hierarchy=0,5",
        "context.hierarchy=1/2",
        "context.hierarchy=150%",
        "context.budget=£3",
        "groups.remove=maybe",
        "a.b.c.d.e.f=1",
    ];
    let mut said = String::new();
    for set in sets {
        let errors = scenario::load("baseline", &[set.to_owned()]).expect_err(set);
        said.push_str(&format!(
            "## --set {set}\n\n{}",
            render(&errors.problems, false)
        ));
    }
    insta::assert_snapshot!("sets", said);
}

#[test]
fn changes_from_the_command_line_are_applied() {
    let sets = [
        "mechanisms.trust.gain=0.1",
        "groups.skill=0.7",
        "forums.executive.rule=majority",
        "forums.provided.mediation=0.2",
        "horizon.cycles=12",
    ];
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let scenario = scenario::load("baseline", &sets).unwrap();
    let setup = &scenario.setup;
    assert!((setup.mechanisms.trust.gain - 0.1).abs() < 1e-12);
    assert_eq!(setup.horizon.cycles, 12);
    assert!(
        setup
            .forums
            .iter()
            .all(|forum| (forum.provided.mediation - 0.2).abs() < 1e-12)
    );
    assert_eq!(
        setup.forums[0].design.rule,
        commonground::registry::places::Rule::Majority
    );
    assert_eq!(
        setup.forums[1].design.rule,
        commonground::registry::places::Rule::Consensus
    );
}

/// A change on the command line does not hide what is wrong in the file.
#[test]
fn what_a_change_replaces_is_checked_too() {
    let text = "extends = \"baseline\"\n[horizon]\ncycles = 5000\n";
    let sets = ["horizon.cycles=2".to_owned()];
    let errors = scenario::from_text("typed", text, &sets).unwrap_err();
    let [problem] = errors.problems.as_slice() else {
        panic!("{:?}", errors.problems);
    };
    assert!(problem.message.contains("5000"), "{problem}");
    assert_eq!(problem.at.line().1, "cycles = 5000");
}

/// However long a line is, a message stays short enough to be read, and marks the right column.
#[test]
fn long_lines_are_cut() {
    for (before, value) in [("", "é".repeat(50_000)), ("\"é\" ", "x y ".repeat(12_000))] {
        let text = format!("extends = \"baseline\"\n[about]\ntitle = {before}{value}\n");
        let errors = scenario::from_text("typed", &text, &[]).unwrap_err();
        let said = scenario::render(&errors.problems, false);
        assert!(said.chars().count() < 1500, "{said}");
        assert!(said.contains("[typed:3:"), "{said}");
    }
}

#[test]
fn names_that_lead_nowhere_are_explained() {
    let mut said = String::new();
    for target in [
        "baselin",
        "tests",
        "tests/nothing.toml",
        "tests/broken",
        "Cargo.lock",
        "",
        ".",
        "/",
        "\u{0}",
        "baseline.toml.toml",
    ] {
        match scenario::load(target, &[]) {
            Ok(_) => panic!("{target} loads"),
            Err(errors) => said.push_str(&format!(
                "## {target:?}\n\n{}",
                render(&errors.problems, false)
            )),
        }
    }
    let too_large = std::env::temp_dir().join("commonground-too-large.toml");
    std::fs::write(&too_large, vec![b'#'; 5 * 1024 * 1024]).unwrap();
    let errors = scenario::load(too_large.to_str().unwrap(), &[]).unwrap_err();
    assert!(errors.problems[0].message.contains("larger than 4 MB"));
    std::fs::remove_file(&too_large).unwrap();
    insta::assert_snapshot!("nowhere", said);
}

/// As above, of experiments.
#[test]
fn every_broken_experiment_is_explained() {
    use commonground::experiment::Experiment;
    let mut files: Vec<PathBuf> = std::fs::read_dir("tests/broken/experiments")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    assert!(files.len() >= 30, "{} files", files.len());
    let mut said = String::new();
    for path in &files {
        let name = path.to_str().unwrap();
        let errors = Experiment::load(name, &[], None).expect_err(name);
        said.push_str(&format!("## {name}\n\n{}", render(&errors.problems, false)));
    }
    insta::assert_snapshot!("broken_experiments", said);
}

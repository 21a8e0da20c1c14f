//! Planted violations: each check of the order is seen to fail, and to pass beside it.

use crate::{Files, violations};

/// What is found in these files alone.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let owned = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    violations(&owned.collect::<Files>())
}

/// Asserts that the files break the order exactly once, at `place` and for `reason`.
#[track_caller]
fn caught(files: &[(&str, &str)], place: &str, reason: &str) {
    let found = found(files);
    let right = found.len() == 1 && found[0].starts_with(place) && found[0].contains(reason);
    assert!(right, "expected {place} ... {reason}, found {found:?}");
}

#[track_caller]
fn passes(files: &[(&str, &str)]) {
    assert_eq!(found(files), Vec::<String>::new());
}

#[test]
fn imports_to_the_right_are_caught() {
    let reason = "scenario stands to the right of model";
    for text in [
        "use crate::scenario::Roster;",
        "fn f() { crate::scenario::parse(); }",
        "use crate::{math, scenario::Roster};",
        "use crate::{\n    math::{exp, ln},\n    scenario::{self as s, error::{Error}}};",
        "use super::super::scenario::Roster;",
        "use super::super::{scenario::Roster};",
        "mod inner { use super::super::super::scenario::Roster; }",
        "macro_rules! m { () => { $crate::scenario::parse() } }",
        "fn f<'a>(x: &'a str) -> char { crate::scenario::f(x); '\"' }",
    ] {
        let found = found(&[("src/model/world.rs", text)]);
        assert!(!found.is_empty(), "not caught: {text}");
        assert!(
            found.iter().all(|sentence| sentence.contains(reason)),
            "{text}: {found:?}"
        );
    }
    let text = "\n\nuse crate::main::run;";
    caught(
        &[("src/cli/run.rs", text)],
        "src/cli/run.rs:3 ",
        "main stands to the right of cli",
    );
}

#[test]
fn imports_to_the_left_pass() {
    passes(&[
        (
            "src/lib.rs",
            "pub mod model;\npub use crate::model::world::World;",
        ),
        (
            "src/main.rs",
            "use commonground::cli;\nfn main() { println!(\"{}\", cli::run()) }",
        ),
        (
            "src/model/mod.rs",
            "pub use self::cycle::step;\npub use crate::model::world::World;",
        ),
        (
            "src/model/world.rs",
            "use super::{leader::Leaders, levers};\nuse crate::math;",
        ),
        (
            "src/report/chart/mod.rs",
            "use super::super::analysis::{Effects as E, Table};",
        ),
        (
            "src/store/mod.rs",
            "mod inner { use super::super::model::world::World; }",
        ),
    ]);
}

#[test]
fn comments_literals_and_tests_are_not_imports() {
    passes(&[
        (
            "src/model/world.rs",
            "//! Read by [`crate::scenario`].\n/* crate::cli /* nested */ crate::cli */\n\
             const A: &str = \"use crate::cli;\\\" crate::cli::x\";\n\
             const B: &str = r#\"\" crate::cli::x\"#;\n\
             #[cfg(test)]\n#[allow(unused)]\nmod tests { use crate::cli::run; fn f() {} }\n\
             #[cfg(test)]\nuse crate::{cli, report::{html, Chart}};\n\
             #[cfg(test)]\nmod cases;\n",
        ),
        (
            "src/model/world/cases.rs",
            "use crate::cli::run;\nfn f() { println!(); }",
        ),
    ]);
    // What follows the test module is read again.
    let text = "#[cfg(test)]\nmod tests { use crate::cli::run; }\nuse crate::cli::run;";
    caught(
        &[("src/store/mod.rs", text)],
        "src/store/mod.rs:3 ",
        "cli stands to the right",
    );
}

#[test]
fn the_order_inside_the_model_is_kept() {
    let world = "src/model/world.rs";
    let reason = "cycle stands to the right of world";
    caught(&[(world, "use crate::model::cycle::step;")], world, reason);
    caught(&[(world, "use super::cycle::step;")], world, reason);
    let reason = "rules stands to the right of forum";
    caught(
        &[("src/model/forum.rs", "use super::rules::trust::update;")],
        "src/model/forum.rs:1",
        reason,
    );
    // Through the list of parts its place would not be seen.
    for text in [
        "use super::World;",
        "use crate::model::*;",
        "use crate::model;",
    ] {
        caught(
            &[("src/model/forum.rs", text)],
            "src/model/forum.rs:1",
            "name the module",
        );
    }
}

#[test]
fn no_rule_imports_another_rule() {
    let trust = "src/model/rules/trust.rs";
    let reason = "the rule trust must not import another rule";
    let voice = ("src/model/rules/voice/mod.rs", "pub fn heard() {}");
    for text in [
        "use super::voice::heard;",
        "use crate::model::rules::voice::heard;",
        "use super::*;",
        "use crate::model::rules;",
        "fn f() { super::voice::heard() }",
    ] {
        caught(&[(trust, text), voice], trust, reason);
    }
    passes(&[
        (
            trust,
            "use super::Mechanism;\nuse self::inner::f;\nuse crate::model::stage::Stage;",
        ),
        voice,
        ("src/model/cycle.rs", "use super::rules::{trust, voice};"),
    ]);
}

#[test]
fn neighbours_may_import_each_other_but_not_in_a_circle() {
    let random = ("src/random.rs", "use crate::math;");
    passes(&[random, ("src/math.rs", "")]);
    let files = [random, ("src/math.rs", "use crate::quantity::Share;")];
    passes(&files);
    let back = ("src/quantity.rs", "use crate::random::draw;");
    let sentences = found(&[files[0], files[1], back]);
    assert_eq!(sentences.len(), 3, "{sentences:?}");
    assert!(
        sentences
            .iter()
            .all(|sentence| sentence.contains("leads back")),
        "{sentences:?}"
    );
}

#[test]
fn every_module_has_a_place() {
    caught(&[("src/utils.rs", "")], "src/utils.rs", "no place");
    caught(
        &[("src/model/helpers/mod.rs", "")],
        "src/model/helpers/mod.rs",
        "no place",
    );
    caught(
        &[("src/cli/run.rs", "use crate::World;")],
        "src/cli/run.rs:1",
        "name the module",
    );
}

#[test]
fn long_files_are_caught() {
    let (most, main) = ("\n".repeat(400), "\n".repeat(60));
    passes(&[
        ("src/store/mod.rs", &most),
        ("src/main.rs", &main),
        ("tests/cli.rs", &most),
    ]);
    let (more, main) = ("\n".repeat(401), "\n".repeat(61));
    caught(
        &[("src/store/mod.rs", &more)],
        "src/store/mod.rs",
        "has 401 lines",
    );
    caught(&[("tests/cli.rs", &more)], "tests/cli.rs", "has 401 lines");
    caught(&[("src/main.rs", &main)], "src/main.rs", "has 61 lines");
}

#[test]
fn printing_is_left_to_the_command_line() {
    for call in [
        "println!()",
        "print!()",
        "eprintln!()",
        "eprint!()",
        "dbg!(1)",
    ] {
        let text = format!("fn f() {{\n    {call};\n}}");
        caught(
            &[("src/store/mod.rs", &text)],
            "src/store/mod.rs:2 ",
            "outside cli and main",
        );
        passes(&[("src/cli/run.rs", &text), ("src/main.rs", &text)]);
    }
    passes(&[(
        "src/store/mod.rs",
        "/// Never `println!()`.\nfn f() { write!(\"println!()\") }",
    )]);
}

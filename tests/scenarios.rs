//! Every scenario of the library loads, and its resolved text is the same scenario.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use commonground::scenario::{self, library, render};

fn loaded(name: &str) -> scenario::Scenario {
    scenario::load(name, &[]).unwrap_or_else(|errors| panic!("{}", render(&errors.problems, false)))
}

#[test]
fn the_embedded_library_is_the_folder() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for path in library::paths() {
        let on_disk = std::fs::read(folder.join(path)).expect(path);
        assert_eq!(
            library::file(path),
            Some(on_disk.as_slice()),
            "{path}: build again"
        );
    }
    assert!(library::names().contains(&"baseline"));
}

#[test]
fn every_scenario_loads_and_its_resolved_text_is_the_same_scenario() {
    for name in library::names() {
        let scenario = loaded(name);
        let text = scenario::resolved(&scenario);
        let again = scenario::from_text(name, &text, &[])
            .unwrap_or_else(|errors| panic!("{}", render(&errors.problems, false)));
        assert_eq!(scenario.setup, again.setup, "{name}");
        assert_eq!(text, scenario::resolved(&again), "{name}");
        assert!(!text.contains("extends"), "{name}");
    }
}

#[test]
fn a_new_scenario_is_the_baseline() {
    let new = scenario::from_text("mine", &scenario::new("my \"first\" one"), &[])
        .unwrap_or_else(|errors| panic!("{}", render(&errors.problems, false)));
    assert_eq!(new.setup, loaded("baseline").setup);
    assert_eq!(new.title(), "my first one");
}

/// The commented values of a new scenario are the defaults.
#[test]
fn a_new_scenario_with_every_parameter_stated_is_the_baseline() {
    let mut in_rows = false;
    let new = scenario::new("mine");
    let lines = new.lines().map(|line| {
        if line.starts_with('[') || line.starts_with("# Keys of") {
            in_rows = line.starts_with('#');
        }
        match line.strip_prefix("# ") {
            Some(stated) if !in_rows && stated.contains("    # ") => stated.to_owned(),
            _ => line.to_owned(),
        }
    });
    let text: Vec<String> = lines.collect();
    let stated = scenario::from_text("mine", &text.join("\n"), &[])
        .unwrap_or_else(|errors| panic!("{}", render(&errors.problems, false)));
    assert_eq!(stated.setup, loaded("baseline").setup);
    assert!(stated.document.top.keys.len() > 150);
}

#[test]
fn the_schema_knows_every_key() {
    let schema = scenario::schema();
    for entry in commonground::registry::entries() {
        let mut at = &schema;
        for part in entry.path.split('.') {
            let inner = at.get("items").unwrap_or(at);
            at = &inner["properties"][part];
        }
        assert!(at["description"].is_string(), "{}", entry.path);
    }
}

#[test]
fn what_a_scenario_says_of_its_survey_is_checked_and_written_back() {
    let survey = r#"
extends = "survey-example"
[roster]
missing = ["", "NA", -99]
[roster.attributes]
skill = { column = "listening", scale = [1, 5] }
[ties]
trust = { column = "trust", scale = [5, 1] }
"#;
    let with = |survey: &str| scenario::from_text("mine", survey, &[]);
    let sound = with(survey).unwrap_or_else(|errors| panic!("{}", render(&errors.problems, false)));
    let text = scenario::resolved(&sound);
    for line in [
        r#"skill = { column = "listening", scale = [1.0, 5.0] }"#,
        r#"missing = ["", "NA", "-99"]"#,
        r#"trust = { column = "trust", scale = [5.0, 1.0] }"#,
        r#"advice = "advice""#,
    ] {
        assert!(text.contains(line), "{text}");
    }
    let broken = survey
        .replace("survey-example", "baseline")
        .replace("skill =", "skil =")
        .replace("[5, 1]", "[5]")
        .replace("-99", "[1]");
    let errors = with(&broken).expect_err("mistakes");
    insta::assert_snapshot!("survey", render(&errors.problems, false));
}

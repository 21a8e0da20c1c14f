//! `check FILE...`: everything that is wrong with scenario files, and what they describe.

use super::{Failure, colours, say};
use crate::model::setup::Setup;
use crate::scenario::survey::Survey;
use crate::scenario::{self, Scenario, render};
use clap::Args;
use std::process::ExitCode;

/// Groups of fewer people are not shown by themselves.
const SMALLEST_GROUP: usize = 5;
/// Ids that are listed; the others are counted.
const LISTED: usize = 50;

/// Which files to check.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Scenario files, or names of the library
    #[arg(required = true)]
    scenarios: Vec<String>,
    /// Change a value, such as mechanisms.trust.gain=0.1 (may be repeated)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn check(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut good = true;
    let mut found = Vec::new();
    for target in &arguments.scenarios {
        match scenario::load(target, &arguments.sets) {
            Ok(scenario) => {
                found.push(facts(target, &scenario));
                if !arguments.json {
                    eprint!("{}", render(&scenario.warnings, colours()));
                    say(&described(&scenario));
                    if let Some(survey) = &scenario.survey {
                        say(&answered(survey, &scenario.setup));
                    }
                }
            }
            Err(errors) => {
                good = false;
                let text = render(&errors.problems, false);
                found.push(serde_json::json!({ "scenario": target, "good": false, "problems": errors.problems.len(), "text": text }));
                if !arguments.json {
                    eprint!("{}", render(&errors.problems, colours()));
                }
            }
        }
    }
    if arguments.json {
        say(&format!("{:#}", serde_json::Value::Array(found)));
    }
    Ok(ExitCode::from(if good { 0 } else { 2 }))
}

fn facts(target: &str, scenario: &Scenario) -> serde_json::Value {
    let setup = &scenario.setup;
    serde_json::json!({
        "scenario": target, "good": true, "title": scenario.title(), "warnings": scenario.warnings.len(),
        "leaders": setup.posts.len(), "organisations": setup.organisations.len(), "forums": setup.forums.len(),
        "seats": seats(setup), "months": setup.horizon.cycles,
    })
}

fn seats(setup: &Setup) -> usize {
    setup.forums.iter().map(|forum| forum.members.len()).sum()
}

/// What a scenario describes, and what a run of it costs.
fn described(scenario: &Scenario) -> String {
    let setup = &scenario.setup;
    format!(
        "{}: good. {} leaders in {} organisations, {} seats in {} forums, {} months.",
        scenario.name,
        setup.posts.len(),
        setup.organisations.len(),
        seats(setup),
        setup.forums.len(),
        setup.horizon.cycles,
    )
}

/// Who answered a survey, for the terminal of the person who holds the roster: no file and no JSON
/// has it.
fn answered(survey: &Survey, setup: &Setup) -> String {
    let response = survey.response();
    let Some(rate) = response.rate() else {
        return format!(
            "Roster: {} people, who were asked nothing.",
            survey.people.len()
        );
    };
    let mut text = format!(
        "Survey: {} of {} people answered ({:.0} %).",
        response.answered,
        response.asked,
        100.0 * rate
    );
    let mut silent = survey.non_respondents();
    let listed: Vec<&str> = silent.by_ref().take(LISTED).collect();
    if !listed.is_empty() {
        text.push_str(&format!("\nNo answer: {}", listed.join(", ")));
        match silent.count() {
            0 => {}
            more => text.push_str(&format!(" and {more} more")),
        }
    }
    let groups = survey.response_by_group(setup.groups.len(), SMALLEST_GROUP);
    let shown = setup
        .groups
        .iter()
        .zip(groups)
        .filter_map(|(group, response)| {
            let response = response?;
            Some(format!(
                "{} {} of {}",
                group.id, response.answered, response.asked
            ))
        });
    let shown: Vec<String> = shown.collect();
    if !shown.is_empty() {
        let shown = shown.join(", ");
        text.push_str(&format!("\nBy group (small groups hidden): {shown}"));
    }
    text
}

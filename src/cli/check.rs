//! `check FILE...`: everything that is wrong with scenario files, and what they describe.

use super::{Failure, colours, say};
use crate::model::setup::Setup;
use crate::scenario::{self, Scenario, render};
use clap::Args;
use std::process::ExitCode;

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

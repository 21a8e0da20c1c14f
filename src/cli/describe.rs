//! `describe WHAT`: the registry and the catalogue in words.

use super::table::wrapped;
use super::{Failure, say};
use crate::analysis::calibration::Calibration;
use crate::experiment::{Experiment, Hypothesis};
use crate::measure::{CYCLE, Outcome, RUN};
use crate::registry::interventions::{KINDS, Known, Reaches};
use crate::registry::switches::MECHANISMS;
use crate::registry::{self, Choice, Entry};
use crate::report::odd::{self, cost, default};
use crate::scenario::{self, ScenarioErrors};
use clap::{Args, ValueEnum};
use std::process::ExitCode;

/// What to describe.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What to list
    what: What,
    /// Only those whose name contains this text; of odd: the scenario
    filter: Option<String>,
    /// Print as JSON (all but odd)
    #[arg(long)]
    json: bool,
    /// Print as one HTML page (odd)
    #[arg(long, conflicts_with = "json")]
    html: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Everything that can be typed into a scenario
    Parameters,
    /// Everything that is measured
    Outcomes,
    /// The mechanisms of the model, and what switches them off
    Mechanisms,
    /// Interventions and shocks: what each acts through, does and costs
    Interventions,
    /// The scenarios that come with the program
    Scenarios,
    /// The experiments that come with the program
    Experiments,
    /// The calibrations that come with the program
    Calibrations,
    /// The whole model in the ODD+D protocol, with the values of a scenario if one is named
    Odd,
    /// The hypotheses that come with the program
    Hypotheses,
    /// The JSON Schema of scenario and experiment files, for editors
    Schema,
}

pub(crate) fn describe(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let wanted = |name: &str| {
        arguments
            .filter
            .as_deref()
            .is_none_or(|filter| name.contains(filter))
    };
    match (arguments.what, arguments.html, arguments.json) {
        (What::Odd, _, true) => return Err(refused("odd is Markdown, or a page with --html")),
        (What::Odd, ..) | (_, false, _) => {}
        _ => return Err(refused("only odd can be printed with --html")),
    }
    let text = match arguments.what {
        What::Odd => description(arguments)?,
        What::Parameters => parameters(&wanted, arguments.json),
        What::Outcomes => outcomes(&wanted, arguments.json),
        What::Mechanisms => mechanisms(&wanted, arguments.json),
        What::Interventions => interventions(&wanted, arguments.json),
        What::Scenarios => scenarios(&wanted, arguments.json),
        What::Experiments => experiments(&wanted, arguments.json),
        What::Calibrations => calibrations(&wanted, arguments.json),
        What::Hypotheses => hypotheses(&wanted, arguments.json),
        What::Schema => format!("{:#}", scenario::schema()),
    };
    if text.is_empty() || text == "[]" {
        let filter = arguments.filter.as_deref().unwrap_or_default();
        return Err(Failure::Other(format!(
            "nothing is called like `{filter}`; leave it out to see everything"
        )));
    }
    say(&text);
    Ok(ExitCode::SUCCESS)
}

fn refused(why: &str) -> Failure {
    Failure::Other(why.to_owned())
}

/// The model's description in the ODD+D protocol, of a scenario where one is named.
fn description(arguments: &Arguments) -> Result<String, ScenarioErrors> {
    let name = arguments.filter.as_deref();
    let scenario = name.map(|name| scenario::load(name, &[])).transpose()?;
    Ok(match arguments.html {
        true => odd::html(scenario.as_ref()),
        false => odd::markdown(scenario.as_ref()),
    })
}

fn json(rows: Vec<serde_json::Value>) -> String {
    format!("{:#}", serde_json::Value::Array(rows))
}

fn parameters(wanted: &dyn Fn(&str) -> bool, as_json: bool) -> String {
    let entries: Vec<&Entry> = registry::entries()
        .into_iter()
        .filter(|entry| wanted(entry.path))
        .collect();
    if as_json {
        return json(entries.iter().map(|entry| serde_json::json!({
            "path": entry.path, "allowed": entry.allowed(), "default": default(entry), "unit": entry.unit,
            "symbol": entry.symbol, "role": format!("{:?}", entry.role).to_lowercase(), "source": entry.source, "meaning": entry.line,
        })).collect());
    }
    if entries.is_empty() {
        return String::new();
    }
    wrapped(
        &["parameter", "default", "allowed", "meaning (source)"],
        entries.iter().map(|entry| {
            let source = if entry.source.is_empty() {
                String::new()
            } else {
                format!(" ({})", entry.source)
            };
            let range = entry
                .bounds()
                .map_or_else(|| entry.allowed(), |(low, high)| format!("{low} to {high}"));
            vec![
                entry.path.to_owned(),
                default(entry),
                range,
                format!("{}{source}", entry.line),
            ]
        }),
    )
}

fn outcomes(wanted: &dyn Fn(&str) -> bool, as_json: bool) -> String {
    let tables = [("cycles", CYCLE), ("runs", RUN)];
    let all: Vec<(&str, &Outcome)> = tables
        .into_iter()
        .flat_map(|(table, outcomes)| outcomes.iter().map(move |outcome| (table, outcome)))
        .filter(|(_, outcome)| wanted(outcome.name))
        .collect();
    if as_json {
        return json(all.iter().map(|(table, outcome)| serde_json::json!({
            "table": table, "name": outcome.name, "unit": outcome.unit, "source": outcome.source, "meaning": outcome.line,
        })).collect());
    }
    if all.is_empty() {
        return String::new();
    }
    wrapped(
        &["table", "outcome", "unit", "meaning (source)"],
        all.iter().map(|(table, outcome)| {
            vec![
                (*table).to_owned(),
                outcome.name.to_owned(),
                outcome.unit.to_owned(),
                format!("{} ({})", outcome.line, outcome.source),
            ]
        }),
    )
}

fn mechanisms(wanted: &dyn Fn(&str) -> bool, as_json: bool) -> String {
    let off = |mechanism: &registry::switches::Mechanism| -> Vec<String> {
        mechanism
            .off
            .iter()
            .map(|(path, value)| format!("{path}={value}"))
            .collect()
    };
    let all: Vec<_> = MECHANISMS
        .iter()
        .filter(|mechanism| wanted(mechanism.name))
        .collect();
    if as_json {
        return json(all.iter().map(|one| serde_json::json!({ "name": one.name, "phase": one.phase, "off": off(one), "meaning": one.line })).collect());
    }
    if all.is_empty() {
        return String::new();
    }
    wrapped(
        &["phase", "mechanism", "meaning", "off with --set"],
        all.iter().map(|one| {
            vec![
                one.phase.to_owned(),
                one.name.to_owned(),
                one.line.to_owned(),
                off(one).join(" "),
            ]
        }),
    )
}

fn interventions(wanted: &dyn Fn(&str) -> bool, as_json: bool) -> String {
    let all: Vec<&Known> = KINDS.iter().filter(|one| wanted(one.word)).collect();
    let sort = |one: &Known| match (one.shock, one.reaches) {
        (true, _) => "shock",
        (_, Reaches::Leaders) => "leaders",
        (_, Reaches::Forums) => "forums",
        (_, Reaches::System) => "system",
    };
    if as_json {
        return json(all.iter().map(|one| serde_json::json!({
            "kind": one.word, "for": sort(one), "meaning": one.line, "lever": one.lever, "effect": one.effect, "unit": one.unit,
            "hours": one.hours, "pounds": one.pounds, "once": one.once, "source": one.source,
        })).collect());
    }
    if all.is_empty() {
        return String::new();
    }
    wrapped(
        &[
            "for",
            "kind",
            "full effect",
            "cost a month",
            "meaning -> what it moves (source)",
        ],
        all.iter().map(|one| {
            vec![
                sort(one).to_owned(),
                one.word.to_owned(),
                format!("{} {}", one.effect, one.unit),
                cost(one),
                format!("{} -> {} ({})", one.line, one.lever, one.source),
            ]
        }),
    )
}

fn experiments(wanted: &dyn Fn(&str) -> bool, as_json: bool) -> String {
    let names = scenario::library::experiments().into_iter();
    let loaded = names.filter(|name| wanted(name)).filter_map(|name| {
        let experiment = Experiment::load(name, &[], None).ok()?;
        let title = experiment.scenarios.first()?.title().to_owned();
        Some((name.to_owned(), experiment.points(), title))
    });
    let all: Vec<(String, u64, String)> = loaded.collect();
    if as_json {
        return json(all.iter().map(|(name, points, title)| serde_json::json!({ "name": name, "design_points": points, "title": title })).collect());
    }
    if all.is_empty() {
        return String::new();
    }
    let lines = all.into_iter();
    wrapped(
        &["experiment", "design points", "title"],
        lines.map(|(name, points, title)| vec![name, points.to_string(), title]),
    )
}

fn calibrations(wanted: &dyn Fn(&str) -> bool, as_json: bool) -> String {
    let names = scenario::library::calibrations().into_iter();
    let loaded = names.filter(|name| wanted(name)).filter_map(|name| {
        let one = Calibration::load(name, &[], None).ok()?;
        let title = one.experiment.scenarios.first()?.title().to_owned();
        Some((name, one.experiment.factors.len(), one.targets.len(), title))
    });
    let all: Vec<(&str, usize, usize, String)> = loaded.collect();
    if as_json {
        return json(
            all.iter()
                .map(|(name, parameters, targets, title)| {
                    serde_json::json!({
                        "name": name, "parameters": parameters, "targets": targets, "title": title,
                    })
                })
                .collect(),
        );
    }
    if all.is_empty() {
        return String::new();
    }
    wrapped(
        &["calibration", "parameters", "targets", "title"],
        all.into_iter().map(|(name, parameters, targets, title)| {
            vec![
                name.to_owned(),
                parameters.to_string(),
                targets.to_string(),
                title,
            ]
        }),
    )
}

fn hypotheses(wanted: &dyn Fn(&str) -> bool, as_json: bool) -> String {
    let names = scenario::library::hypotheses().into_iter();
    let all: Vec<(&str, Hypothesis)> = names
        .filter(|name| wanted(name))
        .filter_map(|name| Some((name, Experiment::load(name, &[], None).ok()?.hypothesis?)))
        .collect();
    if as_json {
        return json(all.iter().map(|(name, one)| serde_json::json!({
            "name": name, "form": one.form.word(), "outcome": one.outcome, "claim": one.claim, "source": one.source,
        })).collect());
    }
    if all.is_empty() {
        return String::new();
    }
    wrapped(
        &["hypothesis", "form", "outcome", "claim"],
        all.into_iter().map(|(name, one)| {
            vec![
                name.to_owned(),
                one.form.word().to_owned(),
                one.outcome,
                one.claim,
            ]
        }),
    )
}

fn scenarios(wanted: &dyn Fn(&str) -> bool, as_json: bool) -> String {
    let loaded = scenario::library::names()
        .into_iter()
        .filter(|name| wanted(name))
        .filter_map(|name| {
            let scenario = scenario::load(name, &[]).ok()?;
            Some((
                name.to_owned(),
                scenario.title().to_owned(),
                scenario.status().to_owned(),
            ))
        });
    let all: Vec<(String, String, String)> = loaded.collect();
    if as_json {
        return json(all.iter().map(|(name, title, status)| serde_json::json!({ "name": name, "title": title, "status": status })).collect());
    }
    if all.is_empty() {
        return String::new();
    }
    wrapped(
        &["scenario", "status", "title"],
        all.into_iter()
            .map(|(name, title, status)| vec![name, status, title]),
    )
}

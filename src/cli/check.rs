//! `check FILE...`: everything that is wrong with scenario files, and what they describe.

use super::job::REPLICATES;
use super::{Failure, colours, say};
use crate::analysis::calibration::Calibration;
use crate::experiment::design::Design;
use crate::experiment::{Experiment, Hypothesis, trial};
use crate::measure::{Memory, observe};
use crate::model::cycle;
use crate::model::event::Nobody;
use crate::model::setup::Setup;
use crate::registry::Choice;
use crate::registry::calibrations::Use;
use crate::scenario::survey::Survey;
use crate::scenario::{Scenario, ScenarioErrors, render};
use clap::Args;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Groups of fewer people are not shown by themselves.
const SMALLEST_GROUP: usize = 5;
/// Ids that are listed; the others are counted.
const LISTED: usize = 50;
/// How long a scenario is tried to see what it costs.
const TRIED: Duration = Duration::from_millis(300);

/// Seconds that a run may take where a small trial is made of a hundred of them.
const QUICK: f64 = 0.15;

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
        match load(target, &arguments.sets) {
            Ok((experiment, calibration)) => {
                let each = experiment.scenarios.iter();
                let seconds: Vec<f64> = each.map(|one| seconds_a_run(&one.setup)).collect();
                let trial = tried(&experiment, &seconds);
                let mut facts = facts(target, &experiment, &seconds);
                facts["trial"] = trial.clone().into();
                found.push(facts);
                if !arguments.json {
                    for (scenario, seconds) in experiment.scenarios.iter().zip(&seconds) {
                        eprint!("{}", render(&scenario.warnings, colours()));
                        say(&described(scenario, *seconds));
                        if let Some(survey) = &scenario.survey {
                            say(&answered(survey, &scenario.setup));
                        }
                    }
                    if let Some(calibration) = &calibration {
                        say(&searched(calibration, seconds[0]));
                    } else if !experiment.is_plain() {
                        say(&planned(&experiment, &seconds));
                    }
                    if let Some(hypothesis) = &experiment.hypothesis {
                        say(&claimed(hypothesis));
                    }
                    for one in trial.iter().flatten() {
                        say(&format!("Note: {one}."));
                    }
                    if trial.is_none() {
                        say("Too large to try what changes nothing in it.");
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

/// The experiment of a file, and the calibration if it is one.
fn load(
    target: &str,
    sets: &[String],
) -> Result<(Experiment, Option<Calibration>), ScenarioErrors> {
    let experiment = Experiment::load(target, sets, None)?;
    let calibration = match experiment.calibrates() {
        true => Some(Calibration::of(experiment.clone())?),
        false => None,
    };
    Ok((experiment, calibration))
}

/// What a calibration does, and what that costs.
fn searched(calibration: &Calibration, seconds: f64) -> String {
    let search = calibration.search;
    let of_use = |used: Use| {
        let targets = calibration.targets.iter();
        targets.filter(|target| target.used == used).count() as u64
    };
    let sets = calibration.screening_points() + u64::from(search.waves) * search.tries;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let factors = calibration.experiment.factors.len();
    let runs = calibration.runs_in_all();
    format!(
        "{}: a calibration of {} ({} are fitted), {}, {} held out; {sets} sets of parameters of {} runs each, {runs} runs with the check, about {} on {processors} processors.",
        calibration.experiment.name,
        counted(factors as u64, "parameter"),
        factors.min(search.free),
        counted(of_use(Use::Fit), "target"),
        of_use(Use::HeldOut),
        search.replicates,
        about(seconds * runs as f64 / processors as f64),
    )
}

/// What a small trial finds; none where a run takes too long for one.
fn tried(experiment: &Experiment, seconds: &[f64]) -> Option<Vec<String>> {
    let quick = seconds.first().is_some_and(|seconds| *seconds < QUICK);
    quick.then(|| trial(experiment))
}

fn facts(target: &str, experiment: &Experiment, seconds: &[f64]) -> serde_json::Value {
    let scenario = &experiment.scenarios[0];
    let setup = &scenario.setup;
    let warnings: usize = experiment
        .scenarios
        .iter()
        .map(|one| one.warnings.len())
        .sum();
    let mut facts = serde_json::json!({
        "scenario": target, "good": true, "title": scenario.title(), "warnings": warnings,
        "leaders": setup.posts.len(), "organisations": setup.organisations.len(), "forums": setup.forums.len(),
        "seats": seats(setup), "months": setup.horizon.cycles, "seconds_a_run": seconds[0],
    });
    if !experiment.is_plain() {
        facts["design_points"] = experiment.points().into();
        facts["replicates"] = experiment.replicates.unwrap_or(REPLICATES).into();
        facts["seconds"] = all_runs(experiment, seconds).into();
    }
    if let Some(hypothesis) = &experiment.hypothesis {
        facts["claim"] = hypothesis.claim.as_str().into();
    }
    facts
}

/// What a hypothesis claims.
fn claimed(hypothesis: &Hypothesis) -> String {
    format!(
        "Claim ({} of `{}`, {}): {}",
        hypothesis.form.word(),
        hypothesis.outcome,
        hypothesis.source,
        hypothesis.claim,
    )
}

/// The processor time of all runs of an experiment.
fn all_runs(experiment: &Experiment, seconds: &[f64]) -> f64 {
    let a_run = seconds.iter().sum::<f64>() / seconds.len() as f64;
    let replicates = experiment.replicates.unwrap_or(REPLICATES);
    a_run * experiment.points() as f64 * replicates as f64
}

/// What an experiment runs, and what that costs.
fn planned(experiment: &Experiment, seconds: &[f64]) -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let replicates = experiment.replicates.unwrap_or(REPLICATES);
    let generators = experiment.design().and_then(Design::generators);
    format!(
        "{}: {} design points ({}, {}, {}){}, {replicates} replicates of each: {} runs, about {} on {processors} processors.",
        experiment.name,
        experiment.points(),
        counted(experiment.scenarios.len() as u64, "scenario"),
        counted(experiment.arms.len() as u64, "arm"),
        counted(experiment.factors.len() as u64, "factor"),
        generators.map_or(String::new(), |words| format!(", {words}")),
        experiment.points().saturating_mul(replicates),
        about(all_runs(experiment, seconds) / processors as f64),
    )
}

fn seats(setup: &Setup) -> usize {
    setup.forums.iter().map(|forum| forum.members.len()).sum()
}

/// How long one run takes on one processor: its first cycles are run, and the others taken to be
/// like them.
fn seconds_a_run(setup: &Setup) -> f64 {
    let cycles = setup.horizon.cycles;
    let begun = Instant::now();
    let mut world = cycle::start(setup, 0, 0);
    let founded = begun.elapsed();
    let mut memory = Memory::default();
    let mut ran = 0;
    while ran < cycles && (ran < 2 || begun.elapsed() - founded < TRIED) {
        cycle::step(&mut world, &mut Nobody);
        let _ = observe(&world, &mut memory);
        ran += 1;
    }
    let running = (begun.elapsed() - founded).as_secs_f64();
    founded.as_secs_f64() + running * f64::from(cycles) / f64::from(ran.max(1))
}

/// A time in words, to one digit or two.
fn about(seconds: f64) -> String {
    match seconds {
        s if s < 0.95 => format!("{:.0} ms", (1000.0 * s).max(1.0)),
        s if s < 95.0 => format!("{s:.0} s"),
        s if s < 5_700.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.0} h", s / 3_600.0),
    }
}

/// A number of things in words.
fn counted(number: u64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// What a scenario describes, and what a run of it costs.
fn described(scenario: &Scenario, seconds: f64) -> String {
    let setup = &scenario.setup;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{}: good. {} in {}, {} in {}, {}.\n\
         A run takes about {}; {REPLICATES} replicates about {} on {}.",
        scenario.name,
        counted(setup.posts.len() as u64, "leader"),
        counted(setup.organisations.len() as u64, "organisation"),
        counted(seats(setup) as u64, "seat"),
        counted(setup.forums.len() as u64, "forum"),
        counted(setup.horizon.cycles.into(), "month"),
        about(seconds),
        about(seconds * REPLICATES as f64 / processors as f64),
        counted(processors as u64, "processor"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_no_things() {
        assert_eq!(counted(1, "month"), "1 month");
        assert_eq!(counted(0, "seat"), "0 seats");
        assert_eq!(counted(2, "leader"), "2 leaders");
    }

    #[test]
    fn what_a_scenario_describes_is_counted() {
        let sets = ["horizon.cycles=1".to_owned()];
        let scenario = crate::scenario::load("baseline", &sets).unwrap();
        let said = described(&scenario, 0.1);
        assert!(said.contains("120 leaders in 9 organisations,"), "{said}");
        assert!(said.contains("13 forums, 1 month.\n"), "{said}");
    }
}

//! The command line: one file a verb, and text for the terminal. Nothing here changes a result.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what the program says to its user"
)]

mod budget;
mod calibrate;
mod check;
mod cluster;
mod compare;
mod describe;
mod draw;
mod export;
mod horizon;
mod job;
mod merge;
mod new;
mod progress;
mod replay;
mod run;
mod sensitivity;
mod shown;
mod source;
mod status;
mod table;
mod test;
mod tipping;
mod verify;

use clap::{Parser, Subcommand};
use miette::Diagnostic;
use std::io::{ErrorKind, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use thiserror::Error;

use crate::experiment::ExperimentError;
use crate::report::ChartError;
use crate::scenario::{ScenarioErrors, nearest, render};
use crate::store::StoreError;

const WELCOME: &str = "\
commonground: shared leadership in care networks, simulated
  researchers   commonground run baseline         replicates, intervals, Parquet and CSV
  educators     commonground run stp-b            a real roster; charts to show to a group
  analysts      commonground run ics-median       a care system of median size; then compare designs
`commonground new my-system` writes a commented scenario; `commonground --help` lists everything.";

/// Shared leadership in care networks: an agent-based simulation of collaborative governance.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = false)]
struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run a scenario or an experiment: replicates, summary, charts
    Run(run::Arguments),
    /// Say everything that is wrong with scenario files, and what they describe
    Check(check::Arguments),
    /// List parameters, outcomes, mechanisms, scenarios or experiments, or write the schema for editors
    Describe(describe::Arguments),
    /// Say what a results folder holds and lacks, and who worked on it
    Status(status::Arguments),
    /// Compute some runs again and compare them, bit by bit, with what is stored
    Verify(verify::Arguments),
    /// Compare designs with a baseline, with the same luck in each: differences, ranks, regret
    Compare(compare::Arguments),
    /// Say what drives the outcomes of a sampled design: Sobol' indices, elementary effects, luck
    Sensitivity(sensitivity::Arguments),
    /// Say which outcomes and differences hold at half and twice the horizon, and which do not
    Horizon(horizon::Arguments),
    /// Compute one run again and write down everything that happened in it
    Replay(replay::Arguments),
    /// Put the parts of an experiment together, with summary and charts of the whole
    Merge(merge::Arguments),
    /// Write what a cluster needs to do an experiment in parts
    #[command(subcommand)]
    Cluster(cluster::Arguments),
    /// Test hypotheses: a verdict each, and what becomes of the effect without each mechanism
    Test(test::Arguments),
    /// Look for tipping points and memory: where trust rises or falls, hysteresis, half-lives of shocks
    Tipping(tipping::Arguments),
    /// Fit the uncertain parameters of a scenario to published figures
    Calibrate(calibrate::Arguments),
    /// Write results in long format, one value a row
    Export(export::Arguments),
    /// Write a commented scenario to start from
    New(new::Arguments),
}

/// A place in a list, by its number.
fn position(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A path at which a folder can be: nothing on its way is a file.
fn folder(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match path.ancestors().find(|part| part.exists()) {
        Some(there) if !there.is_dir() => Err(format!(
            "{} is a file, and a folder is asked for; name another",
            there.display()
        )),
        _ => Ok(path),
    }
}

/// Why a verb ended without doing what it was asked to.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum Failure {
    /// The scenario is wrong: everything was said already.
    #[error("the scenario was not run")]
    Scenario(#[from] ScenarioErrors),
    /// Results could not be kept or read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The experiment ended early.
    #[error(transparent)]
    Experiment(#[from] ExperimentError),
    /// A picture could not be made.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
}

/// Reads the arguments and does what they say.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            if let Some(verb) = meant(&error) {
                eprintln!("Did you mean `{verb}`?");
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let done = match arguments.verb {
        None => {
            say(WELCOME);
            Ok(ExitCode::SUCCESS)
        }
        Some(Verb::Run(arguments)) => run::run(&arguments),
        Some(Verb::Check(arguments)) => check::check(&arguments),
        Some(Verb::Describe(arguments)) => describe::describe(&arguments),
        Some(Verb::Status(arguments)) => status::status(&arguments),
        Some(Verb::Verify(arguments)) => verify::verify(&arguments),
        Some(Verb::Compare(arguments)) => compare::compare(&arguments),
        Some(Verb::Sensitivity(arguments)) => sensitivity::sensitivity(&arguments),
        Some(Verb::Horizon(arguments)) => horizon::horizon(&arguments),
        Some(Verb::Replay(arguments)) => replay::replay(&arguments),
        Some(Verb::Merge(arguments)) => merge::merge(&arguments),
        Some(Verb::Cluster(arguments)) => cluster::cluster(&arguments),
        Some(Verb::Test(arguments)) => test::test(&arguments),
        Some(Verb::Tipping(arguments)) => tipping::tipping(&arguments),
        Some(Verb::Calibrate(arguments)) => calibrate::calibrate(&arguments),
        Some(Verb::Export(arguments)) => export::export(&arguments),
        Some(Verb::New(arguments)) => new::new(&arguments),
    };
    done.unwrap_or_else(|failure| {
        match &failure {
            Failure::Scenario(errors) => eprint!("{}", render(&errors.problems, colours())),
            other => eprintln!("error: {other}"),
        }
        ExitCode::from(if matches!(failure, Failure::Scenario(_)) {
            2
        } else {
            1
        })
    })
}

/// The verb that a mistyped one probably stands for.
fn meant(error: &clap::Error) -> Option<String> {
    use clap::CommandFactory;
    use clap::error::{ContextKind, ContextValue};
    let ContextValue::String(typed) = error.get(ContextKind::InvalidSubcommand)? else {
        return None;
    };
    let command = Arguments::command();
    let verbs: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    nearest(typed, verbs).map(str::to_owned)
}

/// Whether standard error shows colours.
fn colours() -> bool {
    std::io::stderr().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Prints a text; a reader that has gone away, such as `head`, ends the program quietly.
fn say(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{text}").and_then(|()| out.flush())
        && error.kind() == ErrorKind::BrokenPipe
    {
        std::process::exit(0);
    }
}

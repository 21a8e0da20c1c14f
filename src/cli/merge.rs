//! `merge DIR...`: the parts of an experiment into one folder, then summary and charts of the whole.

use super::job::{Job, stoppable};
use super::status::Standing;
use super::{Failure, horizon, run, say, shown};
use crate::analysis::summary;
use crate::store::Folder;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// What to merge.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Results folders of the same experiment: what the first one lacks is copied into it. One
    /// folder that several processes have filled is enough
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// The file that the results were made from, where the folder cannot tell (a survey)
    #[arg(long)]
    from: Option<String>,
    /// No charts
    #[arg(long)]
    no_charts: bool,
    /// No look at half and twice the horizon, which costs a tenth of the runs
    #[arg(long)]
    no_horizon: bool,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
}

pub(crate) fn merge(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Some((first, others)) = arguments.folders.split_first() else {
        return Err(Failure::Other(
            "name at least one results folder".to_owned(),
        ));
    };
    let mut folder = Folder::open(first)?;
    for other in others {
        let other = Folder::open(other)?;
        let came = folder.take_over(&other)?;
        if !arguments.quiet {
            say(&format!("{came} runs from {}", other.path().display()));
        }
        folder = Folder::open(first)?;
    }
    let job = Job::of_folder(&folder, arguments.from.as_deref())?;
    let failed = folder.settle()?;
    let standing = Standing::of(&folder)?;
    run::finish(
        &job,
        &folder,
        !arguments.no_charts && standing.there > failed,
    )?;
    let looked = match arguments.no_horizon || !standing.holes.is_empty() {
        true => None,
        false => horizon::beside(&job, &folder, &[], (0, arguments.quiet), &stoppable())?,
    };
    if !arguments.quiet {
        say(&shown::text(&job, &folder, &summary::runs(&folder)?)?);
        let names: Vec<String> = shown::names(&job).into_iter().map(str::to_owned).collect();
        horizon::say_briefly(&job, looked.as_ref(), &names);
        say(&format!("\nResults: {}", folder.path().display()));
    }
    if !standing.holes.is_empty() {
        eprintln!(
            "{} of {} runs are there. Missing, wholly or in part:\n{}",
            standing.there,
            standing.planned,
            standing.holes()
        );
    }
    if failed > 0 {
        eprintln!("{failed} runs failed; failures.csv says why.");
    }
    Ok(match (failed, standing.holes.is_empty()) {
        (1.., _) => ExitCode::from(3),
        (0, false) => ExitCode::from(5),
        (0, true) => ExitCode::SUCCESS,
    })
}

//! `run FILE`: the main job. A scenario or an experiment becomes a results folder with summary and
//! charts.

use super::budget::{self, Budgeted, Receipt, Wanted};
use super::draw;
use super::horizon::{self, Looked};
use super::job::{Effort, Job, REPLICATES, small, stoppable};
use super::progress::Shown;
use super::shown;
use super::{Failure, colours, say};
use crate::analysis::summary;
use crate::experiment::{Cancel, Done, Experiment, Shard, Watch};
use crate::scenario::render;
use crate::store::{Existing, Folder};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What to run, and how.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A scenario or experiment file, or a name of the library (see `describe scenarios`)
    file: String,
    /// Replicates: runs that differ by their luck alone [default: the file's, or 200]
    #[arg(long, value_parser = |text: &str| whole(text, 1, 10_000_000), allow_negative_numbers = true)]
    replicates: Option<u64>,
    /// Master seed [default: the file's, or 1]
    #[arg(long, value_parser = |text: &str| whole(text, 0, u64::MAX), allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Months, instead of the scenario's
    #[arg(long, value_parser = |text: &str| whole(text, 1, 1200), allow_negative_numbers = true)]
    cycles: Option<u64>,
    /// Threads (0: one a processor); changes no result
    #[arg(long, default_value_t = 0, value_parser = |text: &str| whole(text, 0, 1024), allow_negative_numbers = true)]
    threads: u64,
    /// Only this part of the runs, i/n, for several processes or computers; `slurm` takes it from
    /// the task of the array. `merge` puts the parts together
    #[arg(long, value_parser = shard, default_value = "1/1", value_name = "I/N")]
    shard: Shard,
    /// Change a value, such as mechanisms.trust.gain=0.1 (may be repeated)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Folder in which the results folder is made
    #[arg(long, default_value = "output", value_parser = super::folder)]
    out: PathBuf,
    /// Keep the time series beyond 2,000 runs, and with a budget or target width, too
    #[arg(long)]
    keep_cycles: bool,
    /// How long it may take, such as 10min: a pilot tells how many replicates that makes
    #[arg(long, value_parser = budget::duration, value_name = "TIME")]
    budget: Option<Duration>,
    /// How narrow an outcome's 95 % interval should become: half its width, such as wins=1.5
    #[arg(long, value_parser = budget::width, value_name = "OUTCOME=HALF")]
    half_width: Option<(String, f64)>,
    /// Go on after the pilot without asking
    #[arg(long)]
    yes: bool,
    /// Stop at the first run that fails
    #[arg(long)]
    fail_fast: bool,
    /// No charts
    #[arg(long)]
    no_charts: bool,
    /// No look at half and twice the horizon, which costs a tenth of the runs; with --budget there is none
    #[arg(long)]
    no_horizon: bool,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
    /// Compute again what is there already; replaces files that this program made, no others
    #[arg(long)]
    force: bool,
}

/// A whole number within bounds, or what it should be, in words.
pub(super) fn whole(text: &str, low: u64, high: u64) -> Result<u64, String> {
    let number = text.parse().ok();
    number
        .filter(|number| (low..=high).contains(number))
        .ok_or_else(|| format!("a whole number from {low} to {high}, in digits alone"))
}

/// A part, as it was typed or from the variables of a Slurm array.
fn shard(text: &str) -> Result<Shard, String> {
    if text != "slurm" {
        return text.parse().map_err(|error| format!("{error}"));
    }
    let number = |name: &str| -> Result<u64, String> {
        let value = std::env::var(name)
            .ok()
            .and_then(|value| value.parse().ok());
        value
            .ok_or_else(|| format!("--shard slurm needs {name}, which a task of a Slurm array has"))
    };
    let (task, first) = (
        number("SLURM_ARRAY_TASK_ID")?,
        number("SLURM_ARRAY_TASK_MIN")?,
    );
    let count = number("SLURM_ARRAY_TASK_COUNT")?;
    Shard::new(task.saturating_sub(first) + 1, count).map_err(|error| format!("{error}"))
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let experiment = read(arguments, &[])?;
    let replicates = arguments.replicates.or(experiment.replicates);
    let replicates = replicates.unwrap_or(REPLICATES);
    let runs = experiment.points().saturating_mul(replicates);
    // How many runs a budget makes is not known yet.
    let budgeted_runs = arguments.budget.is_some() || arguments.half_width.is_some();
    let cycles = arguments.keep_cycles || small(runs) && !budgeted_runs;
    let begun = Instant::now();
    let mut job = Job::new(experiment, cycles);
    let path = arguments.out.join(job.identity().folder_name());
    let existing = if arguments.force {
        Existing::Replace
    } else {
        Existing::Resume
    };
    if arguments.budget.is_some() || arguments.half_width.is_some() {
        return budgeted(arguments, job, &path, begun);
    }
    let mut folder = job.folder(&path, replicates, existing)?;
    let size = folder.manifest().design_size;
    if job.experiment.size() < size {
        // The folder holds a longer design: nothing of it is taken back.
        job.experiment = read(arguments, &[format!("design.size={size}")])?;
        folder = job.folder(&path, replicates, Existing::Resume)?;
    }
    let held = folder.manifest().replicates;
    if held > replicates && !arguments.quiet {
        eprintln!(
            "The folder was made for {held} replicates: those that are there are kept and summarised too."
        );
    }
    let cancel = stoppable();
    let progress = Shown::new(arguments.quiet);
    let effort = effort(arguments, replicates);
    let watch = Watch {
        progress: &progress,
        cancel: &cancel,
    };
    let done = job.run(&folder, effort, watch);
    progress.end();
    let done = done?;
    if !arguments.shard.is_whole() {
        return part(arguments, &folder, done);
    }
    let charts = !arguments.no_charts && done.there + done.ran > done.failed;
    finish(&job, &folder, charts)?;
    let looked = looked(arguments, &job, &folder, done, &cancel)?;
    conclude(arguments, &job, &folder, done, (None, looked.as_ref()))
}

/// The look at half and twice the horizon, where all runs are there.
fn looked(
    arguments: &Arguments,
    job: &Job,
    folder: &Folder,
    done: Done,
    cancel: &Cancel,
) -> Result<Option<Looked>, Failure> {
    if arguments.no_horizon || done.cancelled {
        return Ok(None);
    }
    let threads = usize::try_from(arguments.threads).unwrap_or_default();
    horizon::beside(job, folder, &[], (threads, arguments.quiet), cancel)
}

fn effort(arguments: &Arguments, replicates: u64) -> Effort {
    Effort {
        replicates,
        shard: arguments.shard,
        threads: usize::try_from(arguments.threads).unwrap_or_default(),
        fail_fast: arguments.fail_fast,
    }
}

/// As many replicates as time allows or an interval needs.
fn budgeted(
    arguments: &Arguments,
    job: Job,
    path: &Path,
    begun: Instant,
) -> Result<ExitCode, Failure> {
    if !arguments.shard.is_whole() || arguments.replicates.is_some() || arguments.force {
        return Err(Failure::Other(
            "--budget and --half-width choose the number of replicates: leave out --replicates, \
             --shard and --force"
                .to_owned(),
        ));
    }
    let cancel = stoppable();
    let wanted = Wanted {
        time: arguments.budget,
        width: arguments.half_width.clone(),
        yes: arguments.yes,
        quiet: arguments.quiet || arguments.json,
    };
    let names = shown::names(&job).into_iter().map(str::to_owned).collect();
    let budgeted = Budgeted {
        job,
        lengthen: &|size| read(arguments, &[format!("design.size={size}")]),
        path,
        effort: effort(arguments, 0),
        wanted: &wanted,
        cancel: &cancel,
        names,
        begun,
    };
    let (Budgeted { job, .. }, folder, done, receipt) = budgeted.run()?;
    let charts = !arguments.no_charts && done.there + done.ran > done.failed;
    finish(&job, &folder, charts)?;
    // What a budget leaves no time for.
    let looked = match arguments.budget {
        Some(_) => None,
        None => looked(arguments, &job, &folder, done, &cancel)?,
    };
    let more = (receipt.as_ref(), looked.as_ref());
    conclude(arguments, &job, &folder, done, more)
}

/// Summary, receipt and charts of what the folder holds.
pub(super) fn finish(job: &Job, folder: &Folder, charts: bool) -> Result<(), Failure> {
    summary::save(folder)?;
    shown::save_receipt(job, folder)?;
    if charts && job.experiment.is_plain() {
        draw::draw(&job.experiment.scenarios[0], job.experiment.seed, folder)?;
    }
    Ok(())
}

fn read(arguments: &Arguments, further: &[String]) -> Result<Experiment, Failure> {
    let mut sets = arguments.sets.clone();
    sets.extend(
        arguments
            .cycles
            .map(|cycles| format!("horizon.cycles={cycles}")),
    );
    sets.extend_from_slice(further);
    let experiment = Experiment::load(&arguments.file, &sets, arguments.seed)?;
    if experiment.calibrates() {
        return Err(Failure::Other(format!(
            "{} has targets: it is for `commonground calibrate {}`",
            experiment.name, arguments.file
        )));
    }
    if !arguments.quiet && further.is_empty() {
        for scenario in &experiment.scenarios {
            eprint!("{}", render(&scenario.warnings, colours()));
        }
    }
    Ok(experiment)
}

/// What one part of an experiment says at its end: summaries are for the whole.
fn part(arguments: &Arguments, folder: &Folder, done: Done) -> Result<ExitCode, Failure> {
    if arguments.json {
        say(&format!(
            "{:#}",
            serde_json::json!({
                "folder": folder.path(), "shard": arguments.shard.to_string(),
                "planned": done.planned, "there": done.there, "ran": done.ran, "failed": done.failed,
                "cancelled": done.cancelled,
            })
        ));
    } else if !arguments.quiet {
        say(&format!(
            "Part {}: {} of {} runs are there.\nResults: {}\nWhen all parts are: commonground merge {}",
            arguments.shard,
            done.there + done.ran,
            done.planned,
            folder.path().display(),
            folder.path().display(),
        ));
    }
    Ok(code(done))
}

/// The short table, the folder, and the exit code.
fn conclude(
    arguments: &Arguments,
    job: &Job,
    folder: &Folder,
    done: Done,
    (receipt, looked): (Option<&Receipt>, Option<&Looked>),
) -> Result<ExitCode, Failure> {
    let rows = summary::runs(folder)?;
    let names = || -> Vec<String> { shown::names(job).into_iter().map(str::to_owned).collect() };
    if arguments.json {
        let mut shown = shown::json(job, folder, done, &rows);
        if let Some(receipt) = receipt {
            shown["budget"] = receipt.json(folder)?;
        }
        if let Some(looked) = looked {
            shown["horizon"] = horizon::json(looked, Some(&names()));
        }
        say(&format!("{shown:#}"));
    } else if !arguments.quiet {
        say(&shown::text(job, folder, &rows)?);
        if let Some(receipt) = receipt {
            say(&format!("\n{}", receipt.said(folder)?));
        }
        horizon::say_briefly(job, looked, &names());
        say(&format!("\nResults: {}", folder.path().display()));
        if job.experiment.is_plain() {
            draw::say_where(&job.experiment.scenarios[0], folder, !arguments.no_charts);
        }
    }
    if done.cancelled {
        eprintln!(
            "Stopped: {} of {} runs are there. The same command goes on from here.",
            done.there + done.ran,
            done.planned
        );
    }
    if done.failed > 0 {
        eprintln!(
            "{} runs failed; {} says why.",
            done.failed,
            folder.path().join("failures.csv").display()
        );
    }
    Ok(code(done))
}

fn code(done: Done) -> ExitCode {
    match done {
        Done { failed: 1.., .. } => ExitCode::from(3),
        Done {
            cancelled: true, ..
        } => ExitCode::from(130),
        _ => ExitCode::SUCCESS,
    }
}

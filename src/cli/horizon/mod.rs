//! `horizon TARGET`: what half and twice the horizon say of the results. `run`, `merge` and `compare`
//! say it too, of a few of their runs.

mod shown;

use super::compare::target;
use super::job::{Job, stoppable};
use super::progress::Shown;
use super::run::whole;
use super::{Failure, position, say};
use crate::analysis::compare::Runs;
use crate::analysis::horizon::{
    Lengths, Look, MOST_REPLICATES, Point, Row, Sample, Seen, rows, stays,
};
use crate::experiment::{
    self, Cancel, Experiment, MemorySink, Plan, RunError, Setups, Shard, Watch,
};
use crate::measure::{self, CYCLE, Keep, RUN, Record};
use crate::scenario::render;
use crate::store::Folder;
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) use shown::json;

/// What to look at, and how.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A scenario or experiment file, a name of the library, or a results folder
    target: String,
    /// Replicates of each design point at each horizon
    #[arg(long, default_value_t = MOST_REPLICATES, value_parser = |text: &str| whole(text, 2, 1000), allow_negative_numbers = true)]
    replicates: u64,
    /// Master seed [default: the file's or the folder's, or 1]
    #[arg(long, value_parser = |text: &str| whole(text, 0, u64::MAX), allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Threads (0: one a processor); changes no result
    #[arg(long, default_value_t = 0, value_parser = |text: &str| whole(text, 0, 1024), allow_negative_numbers = true)]
    threads: u64,
    /// Change a value, such as horizon.cycles=24 (may be repeated)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// The smallest change or difference that would matter, such as wins=2 at the horizon (may be
    /// repeated) [default: .2 standard deviations between runs]
    #[arg(long, value_parser = target::smallest, value_name = "OUTCOME=VALUE")]
    smallest: Vec<(String, f64)>,
    /// Outcomes that are shown; the table has all [default: the experiment's, or those that `run` shows]
    #[arg(long, value_delimiter = ',', value_parser = target::outcome)]
    outcomes: Vec<String>,
    /// Folder in which NAME-horizon.csv is made [default: output; of a results folder horizon.csv in it]
    #[arg(long, value_parser = super::folder)]
    out: Option<PathBuf>,
    /// The file that the results were made from, where the folder cannot tell (a survey)
    #[arg(long)]
    from: Option<String>,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// What was seen at half, the whole and twice the horizon.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) rows: Vec<Row>,
    sample: Sample,
    /// The months of each look at some design point, each once.
    months: [BTreeSet<u32>; 3],
    /// What was left out and why, a sentence each.
    left_out: Vec<String>,
}

/// The name of the table beside the runs.
const TABLE: &str = "horizon.csv";

pub(crate) fn horizon(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let path = Path::new(&arguments.target);
    let job = if path.is_dir() {
        opened(arguments, path)?
    } else {
        Job::new(read(arguments)?, false)
    };
    let sample = Sample::of(&job.experiment, arguments.replicates);
    let (cancel, progress) = (stoppable(), Shown::new(arguments.quiet));
    let watch = Watch {
        progress: &progress,
        cancel: &cancel,
    };
    let smallest = arguments.smallest.iter().cloned().collect();
    let threads = usize::try_from(arguments.threads).unwrap_or_default();
    let found = look(&job.experiment, sample, None, &smallest, (threads, watch));
    progress.end();
    let Some(looked) = found? else {
        eprintln!("Stopped: nothing is kept.");
        return Ok(ExitCode::from(130));
    };
    let out = arguments.out.as_deref();
    let table = match out {
        None if path.is_dir() => path.join(TABLE),
        _ => {
            let name = format!("{}-{TABLE}", job.experiment.name);
            out.unwrap_or(Path::new("output")).join(name)
        }
    };
    shown::save(&table, &looked)?;
    let names = match arguments.outcomes.as_slice() {
        [] => super::shown::names(&job)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        asked => asked.to_vec(),
    };
    if arguments.json {
        let mut all = json(&looked, None);
        all["experiment"] = job.experiment.name.as_str().into();
        all["seed"] = job.experiment.seed.into();
        say(&format!("{all:#}"));
    } else if !arguments.quiet {
        say(&shown::text(&job, &looked, &names));
        say(&format!("\nAll outcomes: {}", table.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// What a results folder holds the results of.
fn opened(arguments: &Arguments, path: &Path) -> Result<Job, Failure> {
    let asked = [
        ("--seed", arguments.seed.is_some()),
        ("--set", !arguments.sets.is_empty()),
    ];
    if let Some((flag, _)) = asked.iter().find(|(_, asked)| *asked) {
        return Err(Failure::Other(format!(
            "{} is a results folder, which says that itself: leave {flag} out, or name the file",
            path.display()
        )));
    }
    Job::of_folder(&Folder::open(path)?, arguments.from.as_deref())
}

fn read(arguments: &Arguments) -> Result<Experiment, Failure> {
    let experiment = Experiment::load(&arguments.target, &arguments.sets, arguments.seed)?;
    if experiment.calibrates() {
        return Err(Failure::Other(format!(
            "{} has targets: it is for `commonground calibrate {}`",
            experiment.name, arguments.target
        )));
    }
    if !arguments.quiet {
        for scenario in &experiment.scenarios {
            eprint!("{}", render(&scenario.warnings, super::colours()));
        }
    }
    Ok(experiment)
}

/// A look at a few of the runs of a results folder, which is kept in it; none where the folder has too
/// few runs for that, or where it was stopped.
pub(super) fn beside(
    job: &Job,
    folder: &Folder,
    smallest: &[(String, f64)],
    (threads, quiet): (usize, bool),
    cancel: &Cancel,
) -> Result<Option<Looked>, Failure> {
    let replicates = folder.manifest().replicates;
    let Some(sample) = Sample::beside(&job.experiment, replicates) else {
        return Ok(None);
    };
    let progress = Shown::of("runs at half and twice the horizon", quiet);
    let watch = Watch {
        progress: &progress,
        cancel,
    };
    let smallest = smallest.iter().cloned().collect();
    let looked = look(
        &job.experiment,
        sample,
        Some(folder),
        &smallest,
        (threads, watch),
    );
    progress.end();
    let Some(looked) = looked? else {
        eprintln!("Stopped: without half and twice the horizon. The same command makes up for it.");
        return Ok(None);
    };
    folder.save_table(TABLE, &shown::lines(&looked))?;
    Ok(Some(looked))
}

/// Says what was seen in a few lines, where there is anything to say.
pub(super) fn say_briefly(job: &Job, looked: Option<&Looked>, names: &[String]) {
    let said = looked.map_or(String::new(), |looked| shown::brief(job, looked, names));
    if !said.is_empty() {
        say(&format!("\n{said}"));
    }
}

/// Runs the sample, with the whole horizon from `folder` where there is one; nothing if it was stopped.
fn look(
    experiment: &Experiment,
    sample: Sample,
    folder: Option<&Folder>,
    smallest: &BTreeMap<String, f64>,
    (threads, watch): (usize, Watch<'_>),
) -> Result<Option<Looked>, Failure> {
    let setups = Setups::new(experiment);
    let ids = &sample.points;
    let one = |at: u64, replicate: u64| {
        let id = ids.get(position(at)).copied().unwrap_or_default();
        run(&setups, experiment.seed, (id, replicate), folder.is_none())
    };
    let plan = Plan {
        points: ids.len() as u64,
        replicates: sample.replicates,
        shard: Shard::WHOLE,
        threads,
        fail_fast: false,
    };
    let sink = MemorySink::default();
    if experiment::run(plan, &one, &sink, watch)?.cancelled {
        return Ok(None);
    }
    let empty = vec![f64::NAN; position(sample.replicates)];
    let empty = Seen {
        half: empty.clone(),
        whole: empty.clone(),
        double: empty.clone(),
        stays: empty,
    };
    let mut points: Vec<Point> = Vec::new();
    for id in ids {
        // A point without a system has no runs; why, the runs themselves say.
        let lengths = setups
            .of(*id)
            .map_or_else(|_| Lengths::NONE, |setup| Lengths::of(&setup));
        points.push((*id, lengths, vec![empty.clone(); RUN.len()]));
    }
    for run in sink.take() {
        let Ok(record) = run.result else { continue };
        let replicate = position(run.replicate);
        for (at, seen) in points[position(run.design_id)].2.iter_mut().enumerate() {
            let parts = [
                &mut seen.half,
                &mut seen.whole,
                &mut seen.double,
                &mut seen.stays,
            ];
            for (part, values) in parts.into_iter().zip(record.run.chunks(RUN.len())) {
                part[replicate] = values[at];
            }
        }
    }
    if let Some(folder) = folder {
        whole_of(folder, experiment, &mut points)?;
    }
    let mut left_out: Vec<String> = points
        .iter()
        .flat_map(|one| one.1.left_out.clone())
        .collect();
    left_out.sort();
    left_out.dedup();
    let months = Look::ALL.map(|look| {
        points
            .iter()
            .filter_map(|point| point.1.months(look))
            .collect()
    });
    Ok(Some(Looked {
        rows: rows(experiment, &points, smallest),
        sample,
        months,
        left_out,
    }))
}

/// One replicate of a design point: its outcomes after half, the whole (if that is asked for) and
/// twice the horizon, and which of them stay at the end of their range, one after the other.
fn run(
    setups: &Setups<'_>,
    seed: u64,
    (id, replicate): (u64, u64),
    whole: bool,
) -> Result<Record, RunError> {
    let setup = setups.of(id)?;
    let lengths = Lengths::of(&setup);
    let mut found = Record::default();
    let mut cycles = Vec::new();
    for look in Look::ALL {
        let asked = look != Look::Whole || whole;
        match lengths.months(look).filter(|_| asked) {
            Some(months) => {
                let mut setup = (*setup).clone();
                setup.horizon.cycles = months;
                let keep = Keep {
                    cycles: look != Look::Half,
                    ..Keep::default()
                };
                let record = measure::run(&setup, seed, replicate, keep);
                found.run.extend(record.run);
                cycles = record.cycles;
            }
            None => found.run.extend(RUN.iter().map(|_| f64::NAN)),
        }
    }
    found.run.extend(RUN.iter().map(|outcome| {
        let name = outcome.name.strip_suffix("_end").unwrap_or(outcome.name);
        let Some(at) = CYCLE.iter().position(|other| other.name == name) else {
            return f64::NAN;
        };
        let series: Vec<f64> = cycles
            .iter()
            .skip(at)
            .step_by(CYCLE.len())
            .copied()
            .collect();
        stays(&series, &CYCLE[at], lengths.whole as usize)
    }));
    Ok(found)
}

/// Takes the values at the whole horizon from the results.
fn whole_of(folder: &Folder, experiment: &Experiment, points: &mut [Point]) -> Result<(), Failure> {
    let runs = Runs::of(folder, experiment.points())?;
    for (at, outcome) in RUN.iter().enumerate() {
        let values = runs.values(outcome.name)?;
        for (id, _, all) in points.iter_mut() {
            let there = values.get(position(*id)).into_iter().flatten();
            for (place, value) in all[at].whole.iter_mut().zip(there) {
                *place = *value;
            }
        }
    }
    Ok(())
}

//! `tipping SCENARIO`: from which starts an outcome rises and from which it falls.

mod map;
mod shown;

use super::job::{layout, stoppable};
use super::progress::Shown;
use super::run::whole;
use super::{Failure, colours, say};
use crate::analysis::tipping::{Place, tables};
use crate::experiment::{self, Cancel, Experiment, MemorySink, Plan, RunError, Shard, Watch};
use crate::measure::{self, CYCLE, Keep, Record};
use crate::model::setup::Setup;
use crate::report::{self, pictures};
use crate::scenario::{Scenario, render};
use crate::store::{Asked, Existing, Folder, Identity, Layout, Session};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// Replicates of each system unless asked for more or fewer.
const REPLICATES: u64 = 60;

/// What to look at, and how.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A scenario: a file, or a name of the library
    scenario: String,
    /// Outcome whose start is varied and that is followed
    #[arg(long, value_enum, default_value_t = Followed::Trust)]
    of: Followed,
    /// Replicates of each system
    #[arg(long, default_value_t = REPLICATES, value_parser = |text: &str| whole(text, 2, 10_000_000), allow_negative_numbers = true)]
    replicates: u64,
    /// Master seed [default: the file's, or 1]
    #[arg(long, value_parser = |text: &str| whole(text, 0, u64::MAX), allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Months of a run [default: the scenario's]
    #[arg(long, value_parser = |text: &str| whole(text, 2, 1200), allow_negative_numbers = true)]
    cycles: Option<u64>,
    /// Threads (0: one a processor); changes no result
    #[arg(long, default_value_t = 0, value_parser = |text: &str| whole(text, 0, 1024), allow_negative_numbers = true)]
    threads: u64,
    /// Change a value, such as mechanisms.trust.confirmation=8 (may be repeated)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Folder in which a results folder is made
    #[arg(long, default_value = "output", value_parser = super::folder)]
    out: PathBuf,
    /// No charts
    #[arg(long)]
    no_charts: bool,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// Outcomes that have a starting level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Followed {
    /// Mean trust over all ties.
    Trust,
    /// Mean commitment to the process.
    Commitment,
    /// Attendance, and what members remember of it at the start.
    Attendance,
}

impl Followed {
    /// Its name in the catalogue.
    fn name(self) -> &'static str {
        match self {
            Self::Trust => "trust",
            Self::Commitment => "commitment",
            Self::Attendance => "attendance",
        }
    }
}

/// The scenario, and who watches it being run.
struct Work<'a> {
    arguments: &'a Arguments,
    scenario: Scenario,
    seed: u64,
    progress: Shown,
    cancel: Cancel,
}

/// An outcome by system and replicate, month by month; a run that failed has no months.
type Paths = Vec<Vec<Vec<f64>>>;

pub(crate) fn tipping(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let work = Work::of(arguments)?;
    let threads = usize::try_from(arguments.threads).unwrap_or_default();
    let mut session = Session::start(threads, "1/1");
    let Some(places) = map::map(&work)? else {
        eprintln!("Stopped: nothing was kept.");
        return Ok(ExitCode::from(130));
    };
    let folder = work.folder()?;
    session.finish(places.len() as u64 * map::STARTS as u64 * arguments.replicates);
    folder.save_session(&session)?;
    work.save(&folder, &places)?;
    if arguments.json {
        say(&format!("{:#}", shown::json(&work, &folder, &places)));
    } else if !arguments.quiet {
        say(&shown::text(&work, &places));
        say(&format!("\nTables and charts: {}", folder.path().display()));
    }
    Ok(ExitCode::SUCCESS)
}

impl<'a> Work<'a> {
    fn of(arguments: &'a Arguments) -> Result<Self, Failure> {
        let mut sets = arguments.sets.clone();
        sets.extend(
            arguments
                .cycles
                .map(|cycles| format!("horizon.cycles={cycles}")),
        );
        let experiment = Experiment::load(&arguments.scenario, &sets, arguments.seed)?;
        if !experiment.is_plain() || experiment.calibrates() {
            return Err(Failure::Other(format!(
                "{} describes more than one system, and tipping looks at one: name a scenario without [[arms]], [[factors]] and [[targets]]",
                arguments.scenario
            )));
        }
        let seed = experiment.seed;
        let Some(scenario) = experiment.scenarios.into_iter().next() else {
            return Err(Failure::Other(format!(
                "{} describes no system",
                arguments.scenario
            )));
        };
        if scenario.setup.horizon.cycles < 2 {
            return Err(Failure::Other(
                "a run of one month has no drift: give it 2 to 1200 months with --cycles"
                    .to_owned(),
            ));
        }
        if !arguments.quiet {
            eprint!("{}", render(&scenario.warnings, colours()));
        }
        Ok(Self {
            arguments,
            scenario,
            seed,
            progress: Shown::new(arguments.quiet),
            cancel: stoppable(),
        })
    }

    /// The results folder: of the scenario, and of the outcome that is followed.
    fn folder(&self) -> Result<Folder, Failure> {
        let layout = Layout {
            beside: tables(),
            ..layout(&self.scenario, Keep::default())
        };
        let asked = Asked {
            layout: &layout,
            points: 0,
            size: 0,
            replicates: 0,
        };
        let name = format!(
            "{}-tipping-{}",
            self.scenario.name,
            self.arguments.of.name()
        );
        let text = crate::scenario::resolved(&self.scenario);
        let scenarios = vec![(self.scenario.name.clone(), text)];
        let identity = Identity::new(&name, scenarios, self.seed);
        let path = self.arguments.out.join(identity.folder_name());
        Ok(Folder::create(&path, &identity, asked, Existing::Resume)?)
    }

    fn save(&self, folder: &Folder, places: &[Place]) -> Result<(), Failure> {
        folder.save_table("tipping_map.csv", &shown::map(self, places))?;
        folder.save_table("tipping_boundaries.csv", &shown::boundaries(self, places))?;
        if self.arguments.no_charts {
            return Ok(());
        }
        let charts = folder.path().join("charts");
        std::fs::create_dir_all(&charts).map_err(|error| {
            Failure::Other(format!("cannot create {}: {error}", charts.display()))
        })?;
        let about = pictures::tipping::About {
            title: self.scenario.title(),
            status: self.scenario.status(),
            outcome: self.arguments.of.name(),
            months: self.scenario.setup.horizon.cycles,
            replicates: self.arguments.replicates,
        };
        let chart = pictures::tipping::map(about, places);
        Ok(report::save(&chart, &charts, "tipping_map")?)
    }

    /// Says how much there is to run, from the time that one run takes.
    fn estimate(&self, setups: &[Setup]) {
        let Some(first) = setups.first().filter(|_| !self.arguments.quiet) else {
            return;
        };
        let before = Instant::now();
        let _ = measure::run(first, self.seed, 0, Keep::default());
        let threads = match self.arguments.threads {
            0 => std::thread::available_parallelism().map_or(1, |threads| threads.get() as u64),
            threads => threads,
        };
        let runs = setups.len() as u64 * self.arguments.replicates;
        let seconds = before.elapsed().as_secs_f64() * runs as f64 / threads as f64;
        eprintln!(
            "{runs} runs: {} systems, {} replicates each; about {} on {threads} threads.",
            setups.len(),
            self.arguments.replicates,
            match seconds {
                ..90.0 => format!("{:.0} s", seconds.max(1.0)),
                _ => format!("{:.0} minutes", seconds / 60.0),
            }
        );
    }

    /// Runs some systems in memory, with the same luck in each; nothing if it was stopped.
    fn paths(&self, setups: &[Setup]) -> Result<Option<Paths>, Failure> {
        self.estimate(setups);
        let name = self.arguments.of.name();
        let column = CYCLE.iter().position(|known| known.name == name);
        let keep = Keep {
            cycles: true,
            ..Keep::default()
        };
        // Of each run one outcome is kept: all of them would fill the memory.
        let one = |system: u64, replicate: u64| {
            let setup = setups.get(position(system));
            let setup = setup.ok_or_else(|| RunError::new("there is no such system"))?;
            let record = measure::run(setup, self.seed, replicate, keep);
            let months = record.cycles.chunks(CYCLE.len());
            Ok(Record {
                cycles: months
                    .filter_map(|month| month.get(column?))
                    .copied()
                    .collect(),
                ..Record::default()
            })
        };
        let plan = Plan {
            points: setups.len() as u64,
            replicates: self.arguments.replicates,
            shard: Shard::WHOLE,
            threads: position(self.arguments.threads),
            fail_fast: false,
        };
        let sink = MemorySink::default();
        let watch = Watch {
            progress: &self.progress,
            cancel: &self.cancel,
        };
        let done = experiment::run(plan, &one, &sink, watch);
        self.progress.end();
        if done?.cancelled {
            return Ok(None);
        }
        let none = vec![Vec::new(); position(self.arguments.replicates)];
        let mut paths = vec![none; setups.len()];
        for run in sink.take() {
            if let Ok(record) = run.result {
                paths[position(run.design_id)][position(run.replicate)] = record.cycles;
            }
        }
        Ok(Some(paths))
    }
}

fn position(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

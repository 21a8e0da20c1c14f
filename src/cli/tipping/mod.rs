//! `tipping SCENARIO`: from which starts an outcome rises and from which it falls, whether it comes back
//! the way it went, and how long a shock is felt.

mod map;
mod shock;
mod shown;
mod sweep;
mod tables;

use super::job::{layout, stoppable};
use super::progress::Shown;
use super::run::whole;
use super::{Failure, colours, position, say};
use crate::analysis::tipping::{self, Loop, Place, Response};
use crate::experiment::{self, Cancel, Experiment, MemorySink, Plan, RunError, Shard, Watch};
use crate::measure::{self, CYCLE, Keep, Record};
use crate::model::setup::Setup;
use crate::registry::Choice;
use crate::report::{self, pictures};
use crate::scenario::{Scenario, render};
use crate::store::{Asked, Existing, Folder, Identity, Layout, Session};
use clap::{Args, ValueEnum};
use shock::Felt;
use std::cell::Cell;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;
use sweep::Swept;

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
    /// Answers that are wanted [default: all]
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Wanted>,
    /// Intervention or shock that is raised and lowered again, and between which intensities
    #[arg(long, default_value = "target-regime=0:1", value_parser = sweep::range, value_name = "KIND=LOW:HIGH")]
    sweep: sweep::Range,
    /// What happens in one month, and at which intensity where that is not 1
    #[arg(long, default_value = "token-consultation", value_parser = shock::read, value_name = "KIND[=INTENSITY]")]
    shock: shock::Shock,
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

/// The answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Wanted {
    /// From which starts the outcome rises, and from which it falls.
    Map,
    /// Whether it comes back the way it went.
    Sweep,
    /// How long a shock is felt.
    Shock,
}

/// What was found out of what was wanted.
#[derive(Debug, Default)]
struct Answers {
    places: Vec<Place>,
    swept: Vec<Swept>,
    felt: Vec<Felt>,
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
    /// Runs so far.
    ran: Cell<u64>,
}

/// An outcome by system and replicate, month by month; a run that failed has no months.
type Paths = Vec<Vec<Vec<f64>>>;

pub(crate) fn tipping(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let work = Work::of(arguments)?;
    let threads = usize::try_from(arguments.threads).unwrap_or_default();
    let mut session = Session::start(threads, "1/1");
    let Some(answers) = work.answers()? else {
        eprintln!("Stopped: nothing was kept.");
        return Ok(ExitCode::from(130));
    };
    let folder = work.folder()?;
    session.finish(work.ran.get());
    folder.save_session(&session)?;
    work.save(&folder, &answers)?;
    if arguments.json {
        say(&format!("{:#}", shown::json(&work, &folder, &answers)));
    } else if !arguments.quiet {
        say(&shown::text(&work, &answers));
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
            ran: Cell::new(0),
        })
    }

    /// The results folder: of the scenario, and of the outcome that is followed.
    fn folder(&self) -> Result<Folder, Failure> {
        let layout = Layout {
            beside: tipping::tables(),
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

    /// What was wanted; nothing if it was stopped.
    fn answers(&self) -> Result<Option<Answers>, Failure> {
        let only = &self.arguments.only;
        let wanted = |one: Wanted| only.is_empty() || only.contains(&one);
        let mut answers = Answers::default();
        if wanted(Wanted::Map) {
            let Some(places) = map::map(self)? else {
                return Ok(None);
            };
            answers.places = places;
        }
        if wanted(Wanted::Sweep) {
            let Some(swept) = sweep::sweep(self)? else {
                return Ok(None);
            };
            answers.swept = swept;
        }
        if wanted(Wanted::Shock) {
            let Some(felt) = shock::shock(self)? else {
                return Ok(None);
            };
            answers.felt = felt;
        }
        Ok(Some(answers))
    }

    fn save(&self, folder: &Folder, answers: &Answers) -> Result<(), Failure> {
        for (name, lines) in tables::tables(self, answers) {
            folder.save_table(name, &lines)?;
        }
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
        };
        if !answers.places.is_empty() {
            let replicates = self.arguments.replicates;
            let chart = pictures::tipping::map(about, &answers.places, replicates);
            report::save(&chart, &charts, "tipping_map")?;
        }
        let loops = answers.swept.iter().map(|one| (one.hold, &one.found));
        let loops: Vec<(u32, &Loop)> = loops.collect();
        let swept = self.arguments.sweep.kind.word();
        if let Some(chart) = pictures::tipping::loops(about, swept, &loops) {
            report::save(&chart, &charts, "hysteresis")?;
        }
        let felt = answers.felt.iter();
        let felt = felt.filter_map(|one| Some((one.arm, one.response.as_ref()?)));
        let felt: Vec<(&str, &Response)> = felt.collect();
        let word = self.arguments.shock.kind.word();
        if let Some(chart) = pictures::tipping::responses(about, (word, shock::MONTH), &felt) {
            report::save(&chart, &charts, "impulse")?;
        }
        Ok(())
    }

    /// Says how much there is to run, from the time that one run takes.
    fn estimate(&self, setups: &[Setup], replicates: u64) {
        let Some(first) = setups.first().filter(|_| !self.arguments.quiet) else {
            return;
        };
        let before = Instant::now();
        let _ = measure::run(first, self.seed, 0, Keep::default());
        let threads = match self.arguments.threads {
            0 => std::thread::available_parallelism().map_or(1, |threads| threads.get() as u64),
            threads => threads,
        };
        let elapsed = before.elapsed().as_secs_f64();
        let runs = setups.len() as u64 * replicates;
        let months = |setup: &Setup| f64::from(setup.horizon.cycles);
        let months = setups.iter().map(months).sum::<f64>() / months(first);
        let seconds = elapsed * months * replicates as f64 / threads as f64;
        eprintln!(
            "{runs} runs: {} systems, {} replicates each; about {} on {threads} threads.",
            setups.len(),
            replicates,
            match seconds {
                ..90.0 => format!("{:.0} s", seconds.max(1.0)),
                _ => format!("{:.0} minutes", seconds / 60.0),
            }
        );
    }

    /// Runs some systems in memory, with the same luck in each; nothing if it was stopped.
    fn paths(&self, setups: &[Setup], replicates: u64) -> Result<Option<Paths>, Failure> {
        self.estimate(setups, replicates);
        let name = self.arguments.of.name();
        let column = CYCLE.iter().position(|known| known.name == name);
        let keep = Keep {
            cycles: true,
            ..Keep::default()
        };
        // Of each run one outcome is kept: all of them would fill the memory.
        let seed = self.seed;
        let one = |system: u64, replicate: u64| {
            let setup = setups.get(position(system));
            let setup = setup.ok_or_else(|| RunError::new("there is no such system"))?;
            let record = measure::run(setup, seed, replicate, keep);
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
            replicates,
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
        let done = done?;
        if done.cancelled {
            return Ok(None);
        }
        self.ran.set(self.ran.get() + done.ran);
        let none = vec![Vec::new(); position(replicates)];
        let mut paths = vec![none; setups.len()];
        for run in sink.take() {
            if let Ok(record) = run.result {
                paths[position(run.design_id)][position(run.replicate)] = record.cycles;
            }
        }
        Ok(Some(paths))
    }
}

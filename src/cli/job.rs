//! What a verb works on: an experiment, the tables that are kept, and the folder of its results.

use super::Failure;
use crate::analysis::dictionary;
use crate::experiment::{self, Cancel, Done};
use crate::experiment::{Experiment, FolderSink, Plan, Setups, Shard, Watch};
use crate::measure::{self, CYCLE, Keep, RUN, Record};
use crate::scenario::{self, Scenario};
use crate::store::{Asked, CYCLES, Existing, Folder, Identity, Layout, Session};
use std::path::Path;

/// Replicates unless asked for more or fewer.
pub(super) const REPLICATES: u64 = 200;
/// Runs up to which the time series is kept unless asked for.
const CYCLES_KEPT: u64 = 2000;

/// An experiment, ready to be run or looked at again.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) experiment: Experiment,
    pub(super) keep: Keep,
    pub(super) layout: Layout,
}

/// How much of it to run, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    pub(super) replicates: u64,
    pub(super) shard: Shard,
    pub(super) threads: usize,
    pub(super) fail_fast: bool,
}

impl Job {
    /// An experiment, with the time series or without.
    pub(super) fn new(experiment: Experiment, cycles: bool) -> Self {
        let first = &experiment.scenarios[0];
        let keep = Keep {
            cycles,
            leaders: asked(first, "leaders"),
            ties: asked(first, "ties"),
            forums: asked(first, "forums"),
            events: asked(first, "events"),
            contributions: asked(first, "contributions"),
        };
        let layout = Layout {
            beside: dictionary::beside(&experiment),
            ..layout(first, keep)
        };
        Self {
            experiment,
            keep,
            layout,
        }
    }

    /// The experiment that a results folder holds, from the folder itself or from the file that it
    /// was made from.
    pub(super) fn of_folder(folder: &Folder, from: Option<&str>) -> Result<Self, Failure> {
        let manifest = folder.manifest();
        let of = |sets: &[String]| match from {
            Some(file) => Experiment::load(file, sets, Some(manifest.seed)),
            None => {
                let read = |one: &crate::store::ScenarioFile| -> Result<Scenario, _> {
                    let path = folder.path().join(&one.file);
                    let mut scenario = scenario::load(&path.to_string_lossy(), sets)?;
                    scenario.name.clone_from(&one.name);
                    Ok(scenario)
                };
                let scenarios: Result<Vec<Scenario>, _> =
                    manifest.scenarios.iter().map(read).collect();
                Experiment::of(&manifest.name, scenarios?, Some(manifest.seed))
            }
        };
        let cycles = manifest.table(CYCLES).is_some();
        // The file in the folder does not say how long the design is: the manifest does.
        let size = match manifest.design_size {
            0 => Vec::new(),
            size => vec![format!("design.size={size}")],
        };
        let job = Self::new(of(&size)?, cycles);
        if job.experiment.calibrates() {
            return Err(Failure::Other(format!(
                "{} holds a calibration, whose rows are sets of parameters and not runs; to compute it again: `commonground calibrate FILE --force`",
                folder.path().display()
            )));
        }
        let what = folder.difference(&job.identity());
        if what.is_empty() {
            return Ok(job);
        }
        Err(Failure::Other(format!(
            "{} holds the results of another {what} than this program would compute; {}",
            folder.path().display(),
            match from {
                None =>
                    "use the program that made it, or name the file that it was made from with --from",
                Some(_) => "check the file that --from names",
            }
        )))
    }

    /// What its results are of.
    pub(super) fn identity(&self) -> Identity {
        self.experiment.identity()
    }

    /// Its results folder, made ready for so many replicates; if that holds a longer design, the
    /// experiment becomes as long.
    pub(super) fn folder(
        &self,
        path: &Path,
        replicates: u64,
        existing: Existing,
    ) -> Result<Folder, Failure> {
        let asked = Asked {
            layout: &self.layout,
            points: self.experiment.points(),
            size: self.experiment.size(),
            replicates,
        };
        let folder = Folder::create(path, &self.identity(), asked, existing)?;
        if !self.experiment.is_plain() {
            folder.save_table("design.csv", &self.experiment.table())?;
        }
        Ok(folder)
    }

    /// Runs what the folder does not hold yet, and keeps a record of the session.
    pub(super) fn run(
        &self,
        folder: &Folder,
        effort: Effort,
        watch: Watch<'_>,
    ) -> Result<Done, Failure> {
        let mut session = Session::start(effort.threads, &effort.shard.to_string());
        folder.save_session(&session)?;
        let setups = Setups::new(&self.experiment);
        let one = |design_id, replicate| setups.run(design_id, replicate, self.keep);
        let sink = FolderSink {
            folder: folder.clone(),
            layout: self.layout.clone(),
            whole: effort.shard.is_whole(),
        };
        let plan = Plan {
            points: self.experiment.points(),
            replicates: effort.replicates,
            shard: effort.shard,
            threads: effort.threads,
            fail_fast: effort.fail_fast,
        };
        let done = experiment::run(plan, &one, &sink, watch)?;
        session.finish(done.ran);
        folder.save_session(&session)?;
        Ok(done)
    }

    /// A run, computed again with the tables of `keep`.
    pub(super) fn again(
        &self,
        design_id: u64,
        replicate: u64,
        keep: Keep,
    ) -> Result<Record, String> {
        let setups = Setups::new(&self.experiment);
        let record = setups.run(design_id, replicate, keep);
        record.map_err(|error| error.to_string())
    }
}

/// Whether the time series of so many runs is kept where nobody says.
pub(super) fn small(runs: u64) -> bool {
    runs <= CYCLES_KEPT
}

/// Whether a scenario asks for an optional table.
pub(super) fn asked(scenario: &Scenario, table: &str) -> bool {
    let tables = scenario.document.top.words("outcomes.tables");
    tables.contains(&table)
}

/// The tables that results have.
pub(super) fn layout(scenario: &Scenario, keep: Keep) -> Layout {
    Layout {
        run: RUN,
        cycle: if keep.cycles { CYCLE } else { &[] },
        tables: measure::empty_tables(&scenario.setup, keep),
        beside: Vec::new(),
    }
}

/// Stops at Ctrl-C: runs in flight are finished and saved.
pub(super) fn stoppable() -> Cancel {
    let cancel = Cancel::default();
    let stopped = cancel.clone();
    // A second handler cannot be set; then Ctrl-C ends the program and the chunks there stay.
    let _ = ctrlc::set_handler(move || stopped.cancel());
    cancel
}

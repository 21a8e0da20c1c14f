//! Where an analysis has its results from: a results folder, or a file that is run first.

use super::Failure;
use super::job::{Effort, Job, REPLICATES, small, stoppable};
use super::progress::Shown;
use super::run::{self, whole};
use crate::experiment::{Experiment, Shard, Watch};
use crate::store::{Existing, Folder};
use clap::Args;
use std::path::{Path, PathBuf};

/// How to run what is still to be run, and what to say.
#[derive(Debug, Args)]
pub(super) struct Source {
    /// Replicates, where there is something to run [default: the file's, or 200]
    #[arg(long, value_parser = |text: &str| whole(text, 2, 10_000_000), allow_negative_numbers = true)]
    pub(super) replicates: Option<u64>,
    /// Master seed, where there is something to run [default: the file's, or 1]
    #[arg(long, value_parser = |text: &str| whole(text, 0, u64::MAX), allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
    /// Threads (0: one a processor); changes no result
    #[arg(long, default_value_t = 0, value_parser = |text: &str| whole(text, 0, 1024), allow_negative_numbers = true)]
    pub(super) threads: u64,
    /// Change a value in every scenario that is run, such as horizon.cycles=24 (may be repeated)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(super) sets: Vec<String>,
    /// Folder in which a results folder is made, where there is something to run
    #[arg(long, default_value = "output", value_parser = super::folder)]
    pub(super) out: PathBuf,
    /// The file that the results were made from, where the folder cannot tell (a survey)
    #[arg(long)]
    pub(super) from: Option<String>,
    /// Say nothing but errors
    #[arg(long)]
    pub(super) quiet: bool,
}

impl Source {
    /// A results folder, and what it holds the results of.
    pub(super) fn opened(&self, path: &Path) -> Result<(Job, Folder), Failure> {
        let asked = [
            ("--replicates", self.replicates.is_some()),
            ("--seed", self.seed.is_some()),
            ("--set", !self.sets.is_empty()),
        ];
        if let Some((flag, _)) = asked.iter().find(|(_, asked)| *asked) {
            return Err(Failure::Other(format!(
                "{flag} is for what is still to be run, and {} is a results folder: leave it out, or \
                 name the file",
                path.display()
            )));
        }
        let folder = Folder::open(path)?;
        let job = Job::of_folder(&folder, self.from.as_deref())?;
        Ok((job, folder))
    }

    /// An experiment, run with so many replicates unless others are asked for; nothing where it was
    /// stopped.
    pub(super) fn ran(
        &self,
        experiment: Experiment,
        replicates: Option<u64>,
    ) -> Result<Option<(Job, Folder)>, Failure> {
        let wanted = self.replicates.or(replicates);
        let replicates = wanted.or(experiment.replicates).unwrap_or(REPLICATES);
        let cycles = small(experiment.points().saturating_mul(replicates));
        let job = Job::new(experiment, cycles);
        let path = self.out.join(job.identity().folder_name());
        let folder = job.folder(&path, replicates, Existing::Resume)?;
        let cancel = stoppable();
        let progress = Shown::new(self.quiet);
        let effort = Effort {
            replicates,
            shard: Shard::WHOLE,
            threads: usize::try_from(self.threads).unwrap_or_default(),
            fail_fast: false,
        };
        let watch = Watch {
            progress: &progress,
            cancel: &cancel,
        };
        let done = job.run(&folder, effort, watch);
        progress.end();
        let done = done?;
        if done.cancelled {
            eprintln!(
                "Stopped: {} of {} runs are there. The same command goes on from here.",
                done.there + done.ran,
                done.planned
            );
            return Ok(None);
        }
        run::finish(&job, &folder, false)?;
        Ok(Some((job, folder)))
    }
}

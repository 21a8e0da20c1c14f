//! `verify DIR`: computes some runs again and compares them, bit by bit, with what is stored; and
//! looks at the checksum of every chunk.

use super::job::Job;
use super::{Failure, run::whole, say};
use crate::random::{Draws, Purpose};
use crate::store::{Comparison, Folder, Run, Span};
use clap::Args;
use rayon::prelude::*;
use std::path::PathBuf;
use std::process::ExitCode;

/// What to verify.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A results folder
    folder: PathBuf,
    /// Runs to compute again, chosen at random
    #[arg(long, default_value_t = 20, value_parser = |text: &str| whole(text, 0, 10_000_000))]
    sample: u64,
    /// Which choice of them
    #[arg(long, default_value_t = 0, value_parser = |text: &str| whole(text, 0, u64::MAX))]
    choice: u64,
    /// The file that the results were made from, where the folder cannot tell (a survey)
    #[arg(long)]
    from: Option<String>,
}

pub(crate) fn verify(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = Folder::open(&arguments.folder)?;
    let job = Job::of_folder(&folder, arguments.from.as_deref())?;
    let damaged = folder.damaged()?;
    for path in &damaged {
        say(&format!("damaged: {}", path.display()));
    }
    let held = folder.held(crate::store::RUNS)?;
    let runs = chosen(&held, arguments.sample, arguments.choice);
    let compared: Result<Vec<Option<String>>, Failure> = runs
        .par_iter()
        .map(|(span, (design_id, replicate))| {
            let run = Run {
                design_id: *design_id,
                replicate: *replicate,
                result: job.again(*design_id, *replicate, job.keep),
            };
            let found = folder.compare(&run, *span, &job.layout)?;
            Ok(differs(&run, &found))
        })
        .collect();
    let differing: Vec<String> = compared?.into_iter().flatten().collect();
    differing.iter().for_each(|line| say(line));
    say(&format!(
        "{} of {} runs computed again have the same bits; {} damaged files",
        runs.len() - differing.len(),
        runs.len(),
        damaged.len()
    ));
    let good = damaged.is_empty() && differing.is_empty();
    Ok(ExitCode::from(if good { 0 } else { 4 }))
}

fn differs(run: &Run, found: &Comparison) -> Option<String> {
    let id = format!("{}-{}", run.design_id, run.replicate);
    match found {
        Comparison::Same => None,
        Comparison::Missing => Some(format!("run {id}: not there")),
        Comparison::Different { table, column } => {
            Some(format!("run {id}: {column} in {table} has other bits"))
        }
    }
}

/// A run, as design point and replicate, and the chunk that it is in.
type Stored = (Span, (u64, u64));

/// So many of the runs that are there, or all, each once, with their chunks.
fn chosen(held: &[Span], sample: u64, choice: u64) -> Vec<Stored> {
    let all = held
        .iter()
        .flat_map(|span| span.runs().map(|run| (*span, run)));
    let draws = Draws::new(choice, 0);
    let mut all: Vec<(u64, Stored)> = (0_u64..)
        .zip(all)
        .map(|(at, run)| {
            let mut words = [0; 2];
            draws.fill(Purpose::Design, u64::MAX >> 8, 2 * at, &mut words);
            (u64::from(words[0]) << 32 | u64::from(words[1]), run)
        })
        .collect();
    all.sort_by_key(|(word, (_, run))| (*word, *run));
    all.truncate(usize::try_from(sample).unwrap_or(usize::MAX));
    all.into_iter().map(|(_, run)| run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_sample_has_each_run_once_and_another_choice_has_others() {
        let held: Vec<Span> = Span::all(3, 40).collect();
        let ids = |sample, choice| -> BTreeSet<(u64, u64)> {
            chosen(&held, sample, choice)
                .into_iter()
                .map(|(_, run)| run)
                .collect()
        };
        assert_eq!(ids(20, 0).len(), 20);
        assert_eq!(ids(20, 0), ids(20, 0));
        assert_ne!(ids(20, 0), ids(20, 1));
        assert_eq!(ids(1_000, 0).len(), 120);
    }
}

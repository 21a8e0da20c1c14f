//! Runs the replicates of a plan in parallel.

use super::{Sink, Watch};
use crate::measure::Record;
use crate::store::{Chunk, Run, Span, StoreError};
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use thiserror::Error;

/// What is to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The design point: 0 for a single scenario.
    pub design_id: u64,
    /// How many replicates: 0, 1, ...
    pub replicates: u64,
    /// How many threads; 0 for one a processor. Changes no result.
    pub threads: usize,
}

/// Why a run has no results.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct RunError(String);

impl RunError {
    /// A run failed for this reason.
    pub fn new(reason: impl Display) -> Self {
        Self(reason.to_string())
    }
}

/// Why an experiment ended early. What was saved until then stays.
#[derive(Debug, Error)]
pub enum ExperimentError {
    /// The results could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system gave no threads.
    #[error("cannot start {threads} threads: {cause}; ask for fewer with --threads")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system said.
        cause: ThreadPoolBuildError,
    },
}

/// What became of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// Runs that were planned.
    pub planned: u64,
    /// Runs that had results before.
    pub there: u64,
    /// Runs that ended now and were kept, with results or without.
    pub ran: u64,
    /// Runs without results, among all that the sink holds.
    pub failed: u64,
    /// Whether it was stopped before its end.
    pub cancelled: bool,
}

/// The function from a replicate to its results.
pub type Simulate<'a> = dyn Fn(u64) -> Result<Record, RunError> + Sync + 'a;

/// Runs every replicate of `plan` that `sink` does not hold yet. A run that fails, even by a
/// panic, is kept with its reason and ends nothing else. Memory: the records of the chunks in
/// flight, about one chunk and one run a thread.
///
/// # Errors
/// [`ExperimentError`] if results could not be kept, or no threads be started.
pub fn run(
    plan: Plan,
    simulate: &Simulate<'_>,
    sink: &dyn Sink,
    watch: Watch<'_>,
) -> Result<Done, ExperimentError> {
    let spans = sink.missing(Span::all(plan.design_id, plan.replicates).collect())?;
    let to_run: u64 = spans.iter().map(|span| span.runs()).sum();
    let there = plan.replicates.saturating_sub(to_run);
    watch.progress.start(plan.replicates, there);
    let work = Work {
        simulate,
        sink,
        watch,
        state: Mutex::new(State::new(spans)),
    };
    if to_run > 0 {
        let pool = ThreadPoolBuilder::new().num_threads(plan.threads).build();
        let threads = plan.threads;
        let pool = pool.map_err(|cause| ExperimentError::Threads { threads, cause })?;
        pool.broadcast(|_| work.work());
    }
    let ran = work.finish()?;
    Ok(Done {
        planned: plan.replicates,
        there,
        ran,
        failed: sink.finish()?,
        cancelled: ran < to_run,
    })
}

/// What the threads share.
struct Work<'a> {
    simulate: &'a Simulate<'a>,
    sink: &'a dyn Sink,
    watch: Watch<'a>,
    state: Mutex<State>,
}

/// How far the work has come.
struct State {
    spans: Vec<Span>,
    /// The position in `spans` of the chunk whose runs are being started.
    at: usize,
    /// The next replicate.
    next: u64,
    /// Runs that have ended, of chunks that are not complete; by position in `spans`.
    open: BTreeMap<usize, Vec<Run>>,
    kept: u64,
    error: Option<StoreError>,
}

impl State {
    fn new(spans: Vec<Span>) -> Self {
        Self {
            next: spans.first().map_or(0, |span| span.first),
            spans,
            at: 0,
            open: BTreeMap::new(),
            kept: 0,
            error: None,
        }
    }

    /// The next run: the position of its chunk, and its replicate.
    fn start(&mut self) -> Option<(usize, u64)> {
        if self.error.is_some() {
            return None;
        }
        let started = (self.at, self.next);
        let span = self.spans.get(self.at)?;
        if self.next < span.last {
            self.next += 1;
        } else {
            self.at += 1;
            self.next = self.spans.get(self.at).map_or(0, |span| span.first);
        }
        Some(started)
    }

    /// Takes a run that has ended; returns its chunk if that is complete now.
    fn end(&mut self, at: usize, run: Run) -> Option<Chunk> {
        let runs = self.open.entry(at).or_default();
        runs.push(run);
        let span = self.spans[at];
        if (runs.len() as u64) < span.runs() {
            return None;
        }
        let mut runs = self.open.remove(&at)?;
        runs.sort_by_key(|run| run.replicate);
        Some(Chunk { span, runs })
    }

    /// The first runs of a chunk that will not be completed, without a gap.
    fn beginning(span: Span, mut runs: Vec<Run>) -> Option<Chunk> {
        runs.sort_by_key(|run| run.replicate);
        let whole = (span.first..)
            .zip(&runs)
            .take_while(|(n, run)| *n == run.replicate);
        let length = whole.count();
        runs.truncate(length);
        let last = runs.last()?.replicate;
        let span = Span { last, ..span };
        Some(Chunk { span, runs })
    }
}

impl Work<'_> {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts runs until there are none left, or the experiment is stopped.
    fn work(&self) {
        while !self.watch.cancel.is_cancelled() {
            let Some((at, replicate)) = self.state().start() else {
                return;
            };
            let result = attempt(self.simulate, replicate);
            self.watch.progress.run(result.is_err());
            let complete = self.state().end(at, Run { replicate, result });
            if let Some(chunk) = complete {
                self.keep(chunk);
            }
        }
    }

    fn keep(&self, chunk: Chunk) {
        let runs = chunk.span.runs();
        let written = self.sink.write(chunk);
        let mut state = self.state();
        match written {
            Ok(()) => state.kept += runs,
            Err(error) => state.error = state.error.take().or(Some(error)),
        }
    }

    /// Saves what a stop has left incomplete; returns how many runs were kept.
    fn finish(self) -> Result<u64, StoreError> {
        let open = std::mem::take(&mut self.state().open);
        for (at, runs) in open {
            let span = self.state().spans[at];
            if self.state().error.is_none()
                && let Some(chunk) = State::beginning(span, runs)
            {
                self.keep(chunk);
            }
        }
        let state = self
            .state
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        state.error.map_or(Ok(state.kept), Err)
    }
}

/// The results of one run, or why it has none.
fn attempt(simulate: &Simulate<'_>, replicate: u64) -> Result<Record, String> {
    // A run shares nothing that it changes with others: what a panic leaves behind is dropped.
    match catch_unwind(AssertUnwindSafe(|| simulate(replicate))) {
        Ok(Ok(record)) => Ok(record),
        Ok(Err(error)) => Err(reason(&error.to_string())),
        Err(panic) => Err(reason(&format!("the program failed: {}", message(&*panic)))),
    }
}

/// A reason is never empty: an empty text is a run that did not fail.
fn reason(text: &str) -> String {
    if text.is_empty() {
        "it gave no reason".into()
    } else {
        text.to_owned()
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("it gave no reason")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(replicates: &[u64]) -> Vec<Run> {
        let failed = |replicate: &u64| Run {
            replicate: *replicate,
            result: Err("stopped".into()),
        };
        replicates.iter().map(failed).collect()
    }

    const SPAN: Span = Span {
        design_id: 0,
        first: 25,
        last: 29,
    };

    #[test]
    fn replicates_start_in_order_and_end_in_any() {
        let mut state = State::new(Span::all(0, 27).collect());
        let started: Vec<_> = std::iter::from_fn(|| state.start()).collect();
        let replicates: Vec<u64> = started.iter().map(|(_, replicate)| *replicate).collect();
        assert_eq!(replicates, (0..27).collect::<Vec<_>>());
        let mut complete = Vec::new();
        for (at, replicate) in started.into_iter().rev() {
            let run = ended(&[replicate]).remove(0);
            complete.extend(state.end(at, run));
        }
        assert_eq!(
            complete[0].span,
            Span {
                first: 25,
                last: 26,
                ..SPAN
            }
        );
        assert!(complete[1].runs.is_sorted_by_key(|run| run.replicate));
        assert!(complete.len() == 2 && state.open.is_empty());
    }

    #[test]
    fn an_incomplete_chunk_is_kept_up_to_its_first_gap() {
        let beginning = |replicates: &[u64]| State::beginning(SPAN, ended(replicates));
        let kept = beginning(&[28, 25, 26]).unwrap();
        assert_eq!(kept.span, Span { last: 26, ..SPAN });
        assert_eq!(kept.runs, ended(&[25, 26]));
        assert_eq!(beginning(&[26, 27]), None);
    }
}

//! Runs a plan in parallel.

use super::{Shard, Sink, Watch};
use crate::measure::Record;
use crate::store::{Chunk, Run, Span, StoreError};
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use thiserror::Error;

/// What is to be run, and on what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many design points: 0, 1, ...
    pub points: u64,
    /// How many replicates of each: 0, 1, ...
    pub replicates: u64,
    /// Which part of the chunks is this process's.
    pub shard: Shard,
    /// How many threads; 0 for one a processor. Changes no result.
    pub threads: usize,
    /// Whether the first run that fails stops the experiment.
    pub fail_fast: bool,
}

impl Plan {
    /// The chunks of this process's shard, in the order in which they are computed.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mine = (0..).zip(Span::all(self.points, self.replicates));
        let mine = mine.filter(|(at, _)| self.shard.has(*at));
        mine.map(|(_, span)| span).collect()
    }
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
    /// A calibration has nothing to go on.
    #[error("nothing can be fitted: {0}")]
    Calibration(String),
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

/// The function from a design point and a replicate to its results.
pub type Simulate<'a> = dyn Fn(u64, u64) -> Result<Record, RunError> + Sync + 'a;

/// Runs everything in `plan` that `sink` does not hold yet. A run that fails, even by a
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
    let count = |spans: &[Span]| spans.iter().map(|span| span.count()).sum::<u64>();
    let spans = plan.spans();
    let planned = count(&spans);
    let spans = sink.missing(spans)?;
    let to_run = count(&spans);
    let there = planned - to_run;
    watch.progress.start(planned, there);
    let work = Work {
        simulate,
        sink,
        watch,
        fail_fast: plan.fail_fast,
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
        planned,
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
    fail_fast: bool,
    state: Mutex<State>,
}

/// How far the work has come.
struct State {
    spans: Vec<Span>,
    /// The position in `spans` of the chunk whose runs are being started.
    at: usize,
    /// The runs of that chunk that have not been started, the last first.
    next: Vec<(u64, u64)>,
    /// Runs that have ended, of chunks that are not complete; by position in `spans`.
    open: BTreeMap<usize, Vec<Run>>,
    kept: u64,
    error: Option<StoreError>,
}

impl State {
    fn new(spans: Vec<Span>) -> Self {
        Self {
            next: ids(spans.first()),
            spans,
            at: 0,
            open: BTreeMap::new(),
            kept: 0,
            error: None,
        }
    }

    /// The next run: the position of its chunk, its design point and replicate.
    fn start(&mut self) -> Option<(usize, (u64, u64))> {
        if self.error.is_some() {
            return None;
        }
        let started = (self.at, self.next.pop()?);
        if self.next.is_empty() {
            self.at += 1;
            self.next = ids(self.spans.get(self.at));
        }
        Some(started)
    }

    /// Takes a run that has ended; returns its chunk if that is complete now.
    fn end(&mut self, at: usize, run: Run) -> Option<Chunk> {
        let runs = self.open.entry(at).or_default();
        runs.push(run);
        let span = self.spans[at];
        if (runs.len() as u64) < span.count() {
            return None;
        }
        let mut runs = self.open.remove(&at)?;
        runs.sort_by_key(|run| (run.replicate, run.design_id));
        Some(Chunk { span, runs })
    }
}

/// The runs of a chunk, the last first.
fn ids(span: Option<&Span>) -> Vec<(u64, u64)> {
    let mut ids: Vec<(u64, u64)> = span.into_iter().flat_map(|span| span.runs()).collect();
    ids.reverse();
    ids
}

impl Work<'_> {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts runs until there are none left, or the experiment is stopped.
    fn work(&self) {
        while !self.watch.cancel.is_cancelled() {
            let Some((at, (design_id, replicate))) = self.state().start() else {
                return;
            };
            let result = attempt(self.simulate, design_id, replicate);
            self.watch.progress.run(result.is_err());
            if self.fail_fast && result.is_err() {
                self.watch.cancel.cancel();
            }
            let run = Run {
                design_id,
                replicate,
                result,
            };
            let complete = self.state().end(at, run);
            if let Some(chunk) = complete {
                self.keep(chunk);
            }
        }
    }

    fn keep(&self, chunk: Chunk) {
        let runs = chunk.span.count();
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
            for chunk in Chunk::beginnings(span, runs) {
                if self.state().error.is_none() {
                    self.keep(chunk);
                }
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
fn attempt(simulate: &Simulate<'_>, design_id: u64, replicate: u64) -> Result<Record, String> {
    // A run shares nothing that it changes with others: what a panic leaves behind is dropped.
    match catch_unwind(AssertUnwindSafe(|| simulate(design_id, replicate))) {
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

    #[test]
    fn runs_start_in_order_and_end_in_any() {
        let mut state = State::new(Span::all(3, 5).collect());
        let started: Vec<_> = std::iter::from_fn(|| state.start()).collect();
        let ids: Vec<(u64, u64)> = started.iter().map(|(_, run)| (run.1, run.0)).collect();
        assert!(ids.len() == 15 && ids.is_sorted());
        let mut complete = Vec::new();
        for (at, (design_id, replicate)) in started.into_iter().rev() {
            let run = Run {
                design_id,
                replicate,
                result: Err("stopped".into()),
            };
            complete.extend(state.end(at, run));
        }
        let order = |run: &Run| (run.replicate, run.design_id);
        assert!(
            complete
                .iter()
                .all(|chunk| chunk.runs.is_sorted_by_key(order))
        );
        assert!(complete.len() == Span::all(3, 5).count() && state.open.is_empty());
    }

    #[test]
    fn shards_part_the_chunks_among_them() {
        let plan = |shard| Plan {
            points: 7,
            replicates: 90,
            shard,
            threads: 1,
            fail_fast: false,
        };
        let all = plan(Shard::WHOLE).spans();
        let parts = (1..=4).map(|index| plan(Shard::new(index, 4).unwrap()).spans());
        let mut joined: Vec<Span> = parts.flatten().collect();
        joined.sort_unstable();
        let mut sorted = all.clone();
        sorted.sort_unstable();
        assert_eq!(joined, sorted);
    }
}

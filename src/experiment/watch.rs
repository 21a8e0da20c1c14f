//! How an experiment is watched and stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Told how far an experiment has come, from any thread.
pub trait Progress: Sync {
    /// The experiment starts: `planned` runs, of which `there` have results already.
    fn start(&self, planned: u64, there: u64);
    /// One more run has ended, with results or without.
    fn run(&self, failed: bool);
}

/// Nobody is told.
impl Progress for () {
    fn start(&self, _planned: u64, _there: u64) {}
    fn run(&self, _failed: bool) {}
}

/// Stops an experiment: no further run is started, and those in flight are finished and saved.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the experiment to stop. Safe to call from a signal's thread and more than once.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Who watches an experiment, and what can stop it.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Told how far it has come.
    pub progress: &'a dyn Progress,
    /// Stops it.
    pub cancel: &'a Cancel,
}

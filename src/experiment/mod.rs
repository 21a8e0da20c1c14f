//! Experiments: a plan, its runs in parallel, and where the results go.
//!
//! An experiment knows no rules: it takes a function from a replicate to its record, and hands
//! whole chunks of runs to a [`Sink`]. Replicates are started in order, whatever the number of
//! threads, so that an experiment that is stopped early has the first ones.

mod run;
mod sink;
mod watch;

pub use run::{Done, ExperimentError, Plan, RunError, Simulate, run};
pub use sink::{FolderSink, MemorySink, Sink};
pub use watch::{Cancel, Progress, Watch};

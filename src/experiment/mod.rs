//! Experiments: a plan, its runs in parallel, and where the results go.
//!
//! An experiment knows no rules: it takes a function from a design point and a replicate to a
//! record, and hands whole chunks of runs to a [`Sink`]. Runs are started in replicate-major order,
//! whatever the number of threads, so that one that is stopped early has a balanced sample.

pub mod design;
mod factor;
mod file;
mod hypothesis;
mod parting;
mod points;
mod posterior;
mod range;
mod rows;
mod run;
mod setups;
mod shard;
mod sink;
mod trial;
mod watch;

pub use factor::Factor;
pub use hypothesis::Hypothesis;
pub use parting::{Parting, parting};
pub use points::{Arm, Experiment, Point};
pub use run::{Done, ExperimentError, Plan, RunError, Simulate, run};
pub use setups::Setups;
pub use shard::{Shard, ShardError};
pub use sink::{FolderSink, MemorySink, Sink};
pub use trial::trial;
pub use watch::{Cancel, Progress, Watch};

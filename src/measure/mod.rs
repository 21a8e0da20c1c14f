//! What is observed: world -> outcomes of each cycle and of each run, and their catalogue.
//!
//! Nothing here is ever read by a rule.

mod catalogue;
mod contributions;
mod inequality;
mod leading;
mod mean;
mod meetings;
mod observe;
mod permuted;
mod record;
mod run;
mod tables;
mod ties;

pub use catalogue::{CYCLE, Observed, RUN, Summary};
pub use inequality::{entropy, gini};
pub use leading::{Structure, structure};
pub use observe::{Memory, observe};
pub use record::{Column, Outcome, Record, Table, Values};
pub use run::{Keep, run, run_observed};
pub use tables::empty_tables;

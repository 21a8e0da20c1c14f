//! Designs against each other, with the same luck in each: differences from a baseline, ranks, what
//! is efficient, and what holds in most futures. `docs/answers.md` says what each number means.

pub(super) mod bootstrap;
#[cfg(test)]
mod coverage;
mod differences;
mod frame;
mod front;
mod paired;
mod ranks;
mod robust;
mod values;
mod verdict;

pub use bootstrap::RESAMPLES;
pub use differences::{Difference, differences};
pub use frame::{Design, Group, groups};
pub use front::{Front, front};
pub use paired::{Effect, Judged};
pub use ranks::{Rank, Table, ranks};
pub use robust::{Estimate, Robustness, Target, robustness};
pub use values::{Missing, Runs};
pub use verdict::{Good, SMALL, Size, Verdict};

//! Designs against each other, with the same luck in each: differences from a baseline, ranks, what
//! is efficient, what holds in most futures, and where it does not. `docs/answers.md` says what each number means.

#[cfg(test)]
mod coverage;
mod differences;
mod frame;
mod front;
mod information;
mod paired;
mod ranks;
mod robust;
mod rules;
mod uncertain;
mod values;
mod verdict;
mod waterfall;

pub use differences::{Difference, differences, pooled};
pub use frame::{Design, Group, groups};
pub use front::{Front, front};
pub use information::{Information, information};
pub use paired::{Effect, Judged};
pub use ranks::{Rank, Table, ranks};
pub use robust::{Estimate, Robustness, Target, robustness};
pub use rules::{Exceptions, exceptions};
pub use uncertain::{Named, Restriction, Uncertain, numbered, regions, uncertain};
pub use values::{Missing, Runs};
pub use verdict::{Good, SMALL, Size, Verdict};
pub use waterfall::{Change, Waterfall};

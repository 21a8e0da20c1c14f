//! Regimes and memory of a system: from which starts an outcome rises and from which it falls.
//! `docs/answers.md` says what each number means.

mod boundary;
mod crossing;
mod dictionary;

pub use boundary::{Cell, FOUND, Line, Place, Point, Regime};
pub use crossing::{Boundary, Kind};
pub use dictionary::{BOUNDARIES, MAP, tables};

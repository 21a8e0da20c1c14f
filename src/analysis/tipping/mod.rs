//! Regimes and memory of a system: from which starts an outcome rises and from which it falls, whether it
//! comes back the way it went, and how long a shock is felt.
//! `docs/answers.md` says what each number means.

mod boundary;
mod crossing;
mod dictionary;
mod hysteresis;
mod impulse;
mod mean;

pub use boundary::{Cell, FOUND, Line, Place, Point, Regime};
pub use crossing::{Boundary, Kind};
pub use dictionary::{BOUNDARIES, GAPS, HALF_LIVES, HYSTERESIS, IMPULSE, MAP, tables};
pub use hysteresis::{Level, Loop, Step};
pub use impulse::Response;
pub use mean::Mean;

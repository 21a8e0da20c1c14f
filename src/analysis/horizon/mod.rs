//! What half and twice the horizon say of the results: outcomes that only tell how long a run was,
//! and differences that vanish or turn round later. `docs/answers.md` says what each word means.
//!
//! A few replicates of a few design points ([`Sample`]) are looked at after half, the whole and
//! twice the horizon ([`Lengths`]), with the same luck at each. Outcomes get a [`Flag`] each by a
//! fixed rule, and differences from the baseline a [`Course`].

mod course;
mod flag;
mod lengths;
mod mean;
mod rows;
mod sample;
mod seen;

pub use course::Course;
pub use flag::{Flag, flags};
pub use lengths::{Lengths, Look};
pub use mean::Mean;
pub use rows::{Against, Point, Row, rows};
pub use sample::{LEAST, MOST_POINTS, MOST_REPLICATES, Sample};
pub use seen::{Seen, counted, stays};

//! What drives an outcome: which factors, alone or together, and how much is luck.
//!
//! * a Saltelli design gives Sobol' indices ([`sobol`]), a Morris design elementary effects
//!   ([`elementary`]), and every sampled design the moment-independent index PAWN ([`pawn`]) and, for a
//!   target, the regional one ([`regional`]);
//! * indices are of means over replicates, which have the same luck at every point; luck has its own row
//!   ([`Noise`]);
//! * intervals are 95 % percentile intervals over resamples of the parts of the design (whole blocks or
//!   trajectories) and of replicates, the same ones at every point;
//! * nothing is clamped: an index below zero is one that is not told from zero.

mod answer;
pub mod elementary;
mod index;
mod inputs;
mod noise;
pub mod pawn;
pub mod regional;
mod settled;
pub mod sobol;

pub use answer::{Sensitivity, sensitivity};
pub use index::Index;
pub use inputs::{Inputs, Sample};
pub use noise::Noise;
pub use regional::Region;
pub use settled::{Settled, WIDEST};

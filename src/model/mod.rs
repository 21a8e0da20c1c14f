//! The science: who and what there is, and one governance cycle at a time.
pub mod setup;

//! Tables of results -> answers.

pub mod series;
pub mod summary;

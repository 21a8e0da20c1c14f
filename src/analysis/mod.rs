//! Tables of results -> answers.

pub mod long;
pub mod pairs;
pub mod series;
pub mod summary;

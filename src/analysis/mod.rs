//! Tables of results -> answers.

pub mod budget;
pub mod calibration;
pub mod compare;
pub mod dictionary;
pub mod dip;
pub mod hypotheses;
pub mod interval;
pub mod long;
pub mod pairs;
pub mod prim;
pub mod series;
pub mod summary;

//! Tables of results -> answers.

pub mod bootstrap;
pub mod budget;
pub mod calibration;
pub mod compare;
pub mod dictionary;
pub mod dip;
pub mod horizon;
pub mod hypotheses;
pub mod interval;
pub mod long;
pub mod pairs;
pub mod prim;
pub mod sensitivity;
pub mod series;
pub mod summary;
pub mod tipping;

//! Shared leadership in care networks: an agent-based simulation of collaborative governance.
#![cfg_attr(test, allow(clippy::float_cmp, clippy::cast_possible_truncation))]
pub mod analysis;
pub mod cli;
pub mod experiment;
pub mod math;
pub mod measure;
pub mod model;
pub mod random;
pub mod registry;
pub mod report;
pub mod scenario;
pub mod store;

//! Shared leadership in care networks: an agent-based simulation of collaborative governance.
pub mod math;
pub mod model;
pub mod random;
pub mod registry;
pub mod scenario;

//! Organisations: what one replicate's draw adds to what the scenario says of them.

use super::leader::AXES;

/// An organisation in one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Organisation {
    /// Its system.
    pub system: u32,
    /// Factor on its resources in this replicate.
    pub power: f64,
    /// Trust added to what others start with, in this replicate.
    pub reputation: f64,
    /// Where it pulls its leaders' anchors, relative to their profession.
    pub offset: [f64; AXES],
}

/// A care system in one run: its population's need, and what separates it from other replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct System {
    /// True need ψ of the population.
    pub need: [f64; AXES],
    /// Prehistory: trust added to all ties at the start.
    pub history: f64,
    /// Added to every organisation's interdependence.
    pub interdependence: f64,
    /// Log-luck of the system's projects.
    pub luck: f64,
    /// Shift of the share of clinicians in groups with a mix of kinds.
    pub mix: f64,
}

/// The surge of pressure from above, which all systems share, and what it does to attention.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pressure {
    /// What is left of past surges.
    pub pulse: f64,
    /// Hierarchy pressure H: its level and the surge, at most one.
    pub hierarchy: f64,
    /// Metric capture X.
    pub capture: f64,
}

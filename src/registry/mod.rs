//! The one registry of everything that can be typed into a scenario.
//!
//! Validation, help, the parameter tables, the schema for editors and the generic tests are made
//! from the entries here; the structures that the model reads are generated from the same lines, so
//! that a key in a scenario file, a field in the code and a row in the documentation cannot part.
//!
//! * [`mechanisms`]: the parameters of the nine phases of a cycle, one section a rule;
//! * [`places`]: context, teams, organisations, forums, network, horizon;
//! * [`leaders`]: the attributes of leaders, which a scenario gives as distributions;
//! * [`surveys`]: files and columns of a surveyed network;
//! * [`interventions`]: interventions and shocks, dated and aimed;
//! * [`calibrations`]: published figures that the model should show, and how it is fitted to them;
//! * [`experiments`]: what an experiment varies, and how;
//! * [`hypotheses`]: what somebody claims an experiment would show;
//! * [`switches`]: the mechanisms and the values that switch them off.

pub mod calibrations;
mod entry;
pub mod experiments;
pub mod hypotheses;
pub mod interventions;
pub mod leaders;
pub mod mechanisms;
pub mod places;
mod section;
pub mod surveys;
pub mod switches;

pub use entry::{Entry, Kind, Preset, Role};
pub use section::{Choice, Number, Section};

/// The tables that a scenario file writes as rows, `[[...]]`, each with an id.
pub const ROWS: &[&str] = &[
    "systems",
    "organisations",
    "groups",
    "forums",
    "interventions",
    "factors",
    "arms",
    "targets",
];

/// Every entry, in the order in which a scenario file states them.
#[must_use]
pub fn entries() -> Vec<&'static Entry> {
    let mut all: Vec<&'static Entry> = Vec::new();
    all.extend(places::ABOUT);
    all.extend(places::Horizon::ENTRIES);
    all.extend(places::Context::ENTRIES);
    all.extend(places::Between::ENTRIES);
    all.extend(places::SYSTEMS);
    all.extend(places::ORGANISATIONS);
    all.extend(places::OrganisationTerms::ENTRIES);
    all.extend(leaders::GROUPS);
    all.extend(leaders::ATTRIBUTES);
    all.extend(places::FORUMS);
    all.extend(places::ForumDesign::ENTRIES);
    all.extend(places::Provided::ENTRIES);
    all.extend(interventions::INTERVENTIONS);
    all.extend(surveys::SURVEY);
    all.extend(places::Network::ENTRIES);
    all.extend(mechanisms::Mechanisms::entries());
    all.extend(places::OUTCOMES);
    all.extend(experiments::EXPERIMENT);
    all.extend(hypotheses::HYPOTHESIS);
    all.extend(calibrations::CALIBRATION);
    all
}

/// The entry with this path, if there is one.
#[must_use]
pub fn find(path: &str) -> Option<&'static Entry> {
    entries().into_iter().find(|entry| entry.path == path)
}

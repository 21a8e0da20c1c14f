//! What a run keeps of its interventions and shocks: whom each reaches, and what they cost.

use super::levers::Levers;
use super::setup::Setup;

/// Whom an intervention reaches: settled in the month it begins, for as long as it lasts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Posts; of a forum that is reached, its members.
    pub posts: Vec<u32>,
    /// Forums.
    pub forums: Vec<u32>,
}

/// The interventions of one run.
#[derive(Clone, Debug)]
pub struct Interventions {
    /// What the scenario provides without them.
    pub(super) constants: Levers,
    /// Whom each reaches, in the order of the setup.
    pub reached: Vec<Reached>,
    /// What they cost in this cycle, in pounds.
    pub spending: f64,
    /// Hours of leaders that they take in this cycle.
    pub hours: f64,
}

impl Interventions {
    /// Those of a setup, before any has begun; none where it has none.
    pub(super) fn new(setup: &Setup, constants: &Levers) -> Option<Box<Self>> {
        (!setup.interventions.is_empty()).then(|| {
            Box::new(Self {
                constants: constants.clone(),
                reached: vec![Reached::default(); setup.interventions.len()],
                spending: 0.0,
                hours: 0.0,
            })
        })
    }
}

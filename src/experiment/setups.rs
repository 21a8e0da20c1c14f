//! The systems of the design points, made when they are needed.

use super::{Experiment, RunError};
use crate::measure::{self, Keep, Record};
use crate::model::setup::Setup;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Systems that are kept: those of the chunks that a handful of threads work on.
const KEPT: usize = 256;

/// Makes the system of a design point, and keeps the latest ones.
#[derive(Debug)]
pub struct Setups<'a> {
    experiment: &'a Experiment,
    latest: Mutex<VecDeque<(u64, Arc<Setup>)>>,
}

impl<'a> Setups<'a> {
    /// Those of an experiment.
    #[must_use]
    pub fn new(experiment: &'a Experiment) -> Self {
        Self {
            experiment,
            latest: Mutex::default(),
        }
    }

    /// The system of a design point.
    ///
    /// # Errors
    /// [`RunError`] where what its arm and factors say contradicts each other.
    pub fn of(&self, design_id: u64) -> Result<Arc<Setup>, RunError> {
        let latest = || self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let known = latest().iter().find(|(id, _)| *id == design_id).cloned();
        if let Some((_, setup)) = known {
            return Ok(setup);
        }
        let scenario = self.experiment.scenario(design_id).map_err(|errors| {
            let first = errors.problems.first().map(ToString::to_string);
            let first = first.unwrap_or_else(|| errors.to_string());
            RunError::new(format!("{}: {first}", self.experiment.words(design_id)))
        })?;
        let setup = Arc::new(scenario.setup);
        let mut latest = latest();
        latest.push_back((design_id, Arc::clone(&setup)));
        if latest.len() > KEPT {
            latest.pop_front();
        }
        Ok(setup)
    }

    /// One run: a replicate of a design point under the experiment's master seed.
    ///
    /// # Errors
    /// [`RunError`] where the design point has no system.
    pub fn run(&self, design_id: u64, replicate: u64, keep: Keep) -> Result<Record, RunError> {
        let setup = self.of(design_id)?;
        Ok(measure::run(&setup, self.experiment.seed, replicate, keep))
    }
}

//! A base that can be read: differences of log odds say little where nearly no run says yes, or nearly
//! every one does.

use super::{READABLE, Work};
use crate::analysis::hypotheses::Effects;
use crate::cli::Failure;
use crate::experiment::{Experiment, Hypothesis};

/// Values that are tried, from end to end.
const TRIED: u32 = 9;
/// Replicates of each.
const REPLICATES: u64 = 50;
/// The search has other luck than the test: what was chosen by luck does not help itself.
const OTHER_LUCK: u64 = 0x5eed;

/// Where a base was looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Base {
    /// The parameter that was moved.
    pub(super) parameter: String,
    /// To which value.
    pub(super) value: f64,
    /// The base there, by other luck.
    pub(super) share: f64,
}

impl Base {
    /// What sets it.
    pub(super) fn set(&self) -> String {
        format!("{}={}", self.parameter, self.value)
    }
}

impl Work<'_> {
    /// The value whose base is nearest to one half; none where the base of the file as it stands lies
    /// between .2 and .8, or the file names no parameter. Outer nothing if it was stopped.
    pub(super) fn base(
        &self,
        target: &str,
        experiment: &Experiment,
        hypothesis: &Hypothesis,
    ) -> Result<Option<Option<Base>>, Failure> {
        let Some((parameter, low, high)) = &hypothesis.search else {
            return Ok(Some(None));
        };
        let seed = Some(experiment.seed ^ OTHER_LUCK);
        let share = |sets: &[String]| -> Result<Option<f64>, Failure> {
            let moved = Experiment::load(target, sets, seed)?;
            let effects = Effects::of(&moved, hypothesis);
            let values = self.in_memory(&moved, &hypothesis.outcome, REPLICATES)?;
            Ok(values.map(|values| effects.effect(&values).base))
        };
        let Some(found) = share(&self.arguments.sets)? else {
            return Ok(None);
        };
        if (READABLE.0..=READABLE.1).contains(&found) {
            return Ok(Some(None));
        }
        let mut best: Option<Base> = None;
        for step in 0..TRIED {
            let part = f64::from(step) / f64::from(TRIED - 1);
            let mut tried = Base {
                parameter: parameter.clone(),
                value: low + part * (high - low),
                share: f64::NAN,
            };
            let sets = [self.arguments.sets.as_slice(), &[tried.set()]].concat();
            let Some(share) = share(&sets)? else {
                return Ok(None);
            };
            tried.share = share;
            let off = |base: &Base| (base.share - 0.5).abs();
            if best.as_ref().is_none_or(|best| off(&tried) < off(best)) {
                best = Some(tried);
            }
        }
        Ok(Some(best))
    }
}

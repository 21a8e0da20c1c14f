//! The values of an outcome, design point by design point, and which runs there are not.

use crate::analysis::compare::frame::Group;
use crate::measure::Values;
use crate::store::{Folder, RUNS, StoreError};
use std::collections::BTreeSet;

/// Missing runs that are named.
const NAMED: usize = 10;
/// Of so many pairs one may lack a run.
const ONE_IN: u64 = 20;

/// Which runs of an experiment have results.
#[derive(Debug)]
pub struct Runs<'a> {
    folder: &'a Folder,
    replicates: usize,
    /// For each design point, whether each replicate has.
    there: Vec<Vec<bool>>,
}

/// Pairs of runs that there should be, and those that lack one or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Pairs that there should be.
    pub planned: u64,
    /// Those of which a run failed or is not there.
    pub left_out: u64,
    /// The runs that failed or are not there, by design point and replicate.
    pub runs: BTreeSet<(u64, u64)>,
}

impl<'a> Runs<'a> {
    /// Those of a results folder with so many design points.
    ///
    /// # Errors
    /// [`StoreError`] if the results cannot be read.
    pub fn of(folder: &'a Folder, points: u64) -> Result<Self, StoreError> {
        let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let replicates = size(folder.manifest().replicates);
        let mut there = vec![vec![false; replicates]; size(points)];
        for block in folder.blocks(RUNS, &["design_id", "replicate", "failure"])? {
            if let [
                Values::Integer(ids),
                Values::Integer(at),
                Values::Text(failures),
            ] = block?.columns.as_slice()
            {
                for ((id, at), failure) in ids.iter().zip(at).zip(failures) {
                    let point = there.get_mut(size(id.cast_unsigned()));
                    if let Some(run) = point.and_then(|all| all.get_mut(size(at.cast_unsigned()))) {
                        *run = failure.is_empty();
                    }
                }
            }
        }
        Ok(Self {
            folder,
            replicates,
            there,
        })
    }

    /// Replicates of each design point.
    #[must_use]
    pub fn replicates(&self) -> usize {
        self.replicates
    }

    /// Whether a run has results.
    #[must_use]
    pub fn has(&self, design_id: u64, replicate: usize) -> bool {
        let point = usize::try_from(design_id).ok();
        let point = point.and_then(|id| self.there.get(id));
        point.is_some_and(|all| all.get(replicate).copied().unwrap_or(false))
    }

    /// The values of an outcome, for each design point and replicate; `NaN` where it is not defined
    /// or there is no run. Memory: 8 bytes a run.
    ///
    /// # Errors
    /// [`StoreError`] if the results cannot be read.
    pub fn values(&self, outcome: &str) -> Result<Vec<Vec<f64>>, StoreError> {
        let mut values = vec![vec![f64::NAN; self.replicates]; self.there.len()];
        for block in self
            .folder
            .blocks(RUNS, &["design_id", "replicate", outcome])?
        {
            if let [
                Values::Integer(ids),
                Values::Integer(at),
                Values::Number(column),
            ] = block?.columns.as_slice()
            {
                for ((id, at), value) in ids.iter().zip(at).zip(column) {
                    let (Ok(id), Ok(at)) = (usize::try_from(*id), usize::try_from(*at)) else {
                        continue;
                    };
                    if let Some(place) = values.get_mut(id).and_then(|all| all.get_mut(at)) {
                        *place = *value;
                    }
                }
            }
        }
        Ok(values)
    }

    /// What the pairs of some groups lack.
    #[must_use]
    pub fn missing(&self, groups: &[Group]) -> Missing {
        let mut missing = Missing::default();
        for (id, baseline, _) in groups.iter().flat_map(Group::pairs) {
            for at in 0..self.replicates {
                let lacking =
                    [id, baseline].map(|id| (!self.has(id, at)).then_some((id, at as u64)));
                missing.planned += 1;
                missing.left_out += u64::from(lacking.iter().any(Option::is_some));
                missing.runs.extend(lacking.iter().flatten());
            }
        }
        missing
    }
}

impl Missing {
    /// Whether more than 5 % of the pairs lack a run.
    #[must_use]
    pub fn too_many(&self) -> bool {
        self.left_out * ONE_IN > self.planned
    }

    /// How many pairs are left out, and for which runs.
    #[must_use]
    pub fn words(&self) -> String {
        let named = self.runs.iter().take(NAMED);
        let mut named: Vec<String> = named.map(|(id, at)| format!("{id}-{at}")).collect();
        if self.runs.len() > NAMED {
            named.push(format!("{} more", self.runs.len() - NAMED));
        }
        format!(
            "{} of {} pairs are left out: runs that failed or are not there (design \
             point-replicate): {}",
            self.left_out,
            self.planned,
            named.join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pair_in_twenty_may_lack_a_run() {
        let missing = |left_out| Missing {
            planned: 40,
            left_out,
            runs: (0..12).map(|at| (1, at)).collect(),
        };
        assert!(!missing(2).too_many() && missing(3).too_many());
        assert!(
            missing(2)
                .words()
                .ends_with("1-0, 1-1, 1-2, 1-3, 1-4, 1-5, 1-6, 1-7, 1-8, 1-9, 2 more")
        );
    }
}

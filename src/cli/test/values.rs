//! The values of an outcome: run in memory, or from a results folder.

use super::{WITHOUT, Work};
use crate::cli::{Failure, position};
use crate::experiment::{self, Experiment, MemorySink, Plan, Setups, Shard};
use crate::measure::{Keep, RUN, Values};
use crate::store::{Folder, RUNS};

impl Work<'_> {
    /// An outcome of a few replicates of every design point; nothing if it was stopped.
    pub(super) fn in_memory(
        &self,
        experiment: &Experiment,
        outcome: &str,
        replicates: u64,
    ) -> Result<Option<Vec<Vec<f64>>>, Failure> {
        let setups = Setups::new(experiment);
        let one = |design_id, replicate| setups.run(design_id, replicate, Keep::default());
        let plan = Plan {
            points: experiment.points(),
            replicates,
            shard: Shard::WHOLE,
            threads: self.threads(),
            fail_fast: false,
        };
        let sink = MemorySink::default();
        if experiment::run(plan, &one, &sink, self.watch())?.cancelled {
            return Ok(None);
        }
        let place = RUN.iter().position(|known| known.name == outcome);
        let mut values = empty(experiment.points(), replicates);
        for run in sink.take() {
            let found = run
                .result
                .ok()
                .zip(place)
                .map(|(record, place)| record.run[place]);
            let (point, replicate) = (position(run.design_id), position(run.replicate));
            values[point][replicate] = found.unwrap_or(f64::NAN);
        }
        Ok(Some(values))
    }
}

fn empty(points: u64, replicates: u64) -> Vec<Vec<f64>> {
    vec![vec![f64::NAN; position(replicates)]; position(points)]
}

/// The replicates that effects without a mechanism are of.
pub(super) fn first(values: &[f64]) -> Vec<f64> {
    values.iter().copied().take(position(WITHOUT)).collect()
}

/// An outcome by design point and replicate; missing where a run failed.
pub(super) fn values(
    folder: &Folder,
    outcome: &str,
    (points, replicates): (u64, u64),
) -> Result<Vec<Vec<f64>>, Failure> {
    let mut values = empty(points, replicates);
    for block in folder.blocks(RUNS, &["design_id", "replicate", outcome])? {
        let columns = block?.columns;
        let [
            Values::Integer(ids),
            Values::Integer(numbers),
            Values::Number(found),
        ] = columns.as_slice()
        else {
            continue;
        };
        for ((id, number), value) in ids.iter().zip(numbers).zip(found) {
            let place = usize::try_from(*id).ok().zip(usize::try_from(*number).ok());
            if let Some(cell) = place.and_then(|(id, number)| values.get_mut(id)?.get_mut(number)) {
                *cell = *value;
            }
        }
    }
    Ok(values)
}

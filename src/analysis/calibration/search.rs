//! The search: screening, waves and check, each a results folder of its own, so that what was computed
//! before a stop is there afterwards.

use super::{Answer, Calibration, Look, Population, Wave, distance, screening};
use crate::analysis::sensitivity::elementary::Effect;
use crate::experiment::{self, ExperimentError, FolderSink, Plan, RunError, Shard, Watch};
use crate::measure::{Record, Values};
use crate::store::{Asked, Existing, Folder, Identity, Layout, RUNS, StoreError};
use std::path::Path;

/// Where results go, and how they are computed.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// The results folder.
    pub path: &'a Path,
    /// What happens to results that are there.
    pub existing: Existing,
    /// Threads; 0 for one a processor. Changes no result.
    pub threads: usize,
    /// Who is told of each step, in words, before it begins.
    pub begin: &'a dyn Fn(&str),
    /// Who is told how many sets a step has computed, besides those that were there.
    pub ran: &'a dyn Fn(u64),
}

/// Runs what is not there yet; nothing if it was stopped before its end.
///
/// # Errors
/// [`ExperimentError`] if results cannot be kept or read, or the search has nothing to go on.
pub fn search(
    calibration: &Calibration,
    places: Places<'_>,
    watch: Watch<'_>,
) -> Result<Option<Answer>, ExperimentError> {
    let steps = Steps {
        calibration,
        places,
        watch,
    };
    steps.folder("", calibration.search.accepted as u64 + 1)?;
    let Some((effects, free)) = steps.screening()? else {
        return Ok(None);
    };
    let mut population = Population::default();
    let mut waves = Vec::new();
    let mut prior = Vec::new();
    for wave in 1..=calibration.search.waves {
        let (sets, kernel) = match calibration.proposals(&population) {
            Some((sets, kernel)) => (sets, Some(kernel)),
            None => (calibration.prior(free.len()).map_err(nothing)?, None),
        };
        let Some(figures) = steps.wave(wave, &free, &sets)? else {
            return Ok(None);
        };
        let off = figures
            .iter()
            .map(|figures| distance(&calibration.targets, figures));
        let off: Vec<f64> = off.collect();
        let before = population.tolerance();
        let nearer = off
            .iter()
            .filter(|off| wave == 1 || **off <= before)
            .count();
        let tried = sets.into_iter().zip(off).collect();
        population = population.with(tried, kernel, calibration.search.accepted);
        if population.sets.is_empty() {
            let reason = "every set of parameters failed or has a missing figure";
            return Err(nothing(reason.to_owned()));
        }
        waves.push(Wave::of(wave, figures.len(), nearer, &population));
        if wave == 1 {
            prior = figures;
        }
    }
    let Some((posterior, default)) = steps.check(&free, &population)? else {
        return Ok(None);
    };
    Ok(Some(Answer {
        free,
        effects,
        waves,
        prior,
        population,
        posterior,
        default,
    }))
}

fn nothing(reason: String) -> ExperimentError {
    ExperimentError::Calibration(reason)
}

struct Steps<'a> {
    calibration: &'a Calibration,
    places: Places<'a>,
    watch: Watch<'a>,
}

/// The effects of each parameter on each target, and which parameters are fitted.
type Screened = (Vec<Vec<Effect>>, Vec<usize>);

impl Steps<'_> {
    fn screening(&self) -> Result<Option<Screened>, ExperimentError> {
        let calibration = self.calibration;
        let factors = calibration.experiment.factors.len();
        let count = calibration.screening_points();
        if count == 0 {
            return Ok(Some((Vec::new(), (0..factors).collect())));
        }
        let points: Vec<Vec<f64>> = (0..count)
            .map(|number| calibration.screened(number))
            .collect();
        let sets: Vec<Vec<Option<f64>>> = points
            .iter()
            .map(|point| point.iter().copied().map(Some).collect())
            .collect();
        let words = format!("screening of {factors} parameters");
        let Some(figures) = self.step("screening", &words, &sets, Look::Fit)? else {
            return Ok(None);
        };
        let effects = screening::effects(&calibration.targets, &points, &figures);
        let free = screening::chosen(&calibration.targets, &effects, calibration.search.free);
        Ok(Some((effects, free)))
    }

    fn wave(
        &self,
        wave: u32,
        free: &[usize],
        sets: &[Vec<f64>],
    ) -> Result<Option<Vec<Vec<f64>>>, ExperimentError> {
        let sets: Vec<Vec<Option<f64>>> = sets
            .iter()
            .map(|shares| self.placed(free, shares))
            .collect();
        let words = format!("wave {wave} of {}", self.calibration.search.waves);
        self.step(&format!("wave-{wave}"), &words, &sets, Look::Fit)
    }

    /// The figures of the sets that were kept, and of the scenario as it is.
    #[allow(clippy::type_complexity, reason = "figures of each set, and of one")]
    fn check(
        &self,
        free: &[usize],
        population: &Population,
    ) -> Result<Option<(Vec<Vec<f64>>, Vec<f64>)>, ExperimentError> {
        let kept = population
            .sets
            .iter()
            .map(|set| self.placed(free, &set.shares));
        let as_it_is = vec![None; self.calibration.experiment.factors.len()];
        let sets: Vec<Vec<Option<f64>>> = kept.chain([as_it_is]).collect();
        let figures = self.step(
            "",
            "check of what was kept, by other luck",
            &sets,
            Look::Check,
        )?;
        Ok(figures.and_then(|mut figures| {
            let default = figures.pop()?;
            Some((figures, default))
        }))
    }

    /// The shares of the parameters that are fitted in their places among all.
    fn placed(&self, free: &[usize], shares: &[f64]) -> Vec<Option<f64>> {
        let mut all = vec![None; self.calibration.experiment.factors.len()];
        free.iter()
            .zip(shares)
            .for_each(|(at, share)| all[*at] = Some(*share));
        all
    }

    /// The figures of some sets, one row a set, from the folder of this step.
    fn step(
        &self,
        name: &str,
        words: &str,
        sets: &[Vec<Option<f64>>],
        look: Look,
    ) -> Result<Option<Vec<Vec<f64>>>, ExperimentError> {
        let calibration = self.calibration;
        let points = sets.len() as u64;
        let folder = self.folder(name, points)?;
        (self.places.begin)(&format!(
            "{words}: {points} sets of parameters, {} runs each",
            calibration.search.replicates
        ));
        #[allow(clippy::cast_possible_truncation, reason = "a position in a list")]
        let simulate = |design_id: u64, _: u64| -> Result<Record, RunError> {
            let values = calibration.values(&sets[design_id as usize]);
            let figures = calibration.figures(&values, look)?;
            let number = |level: &Option<crate::scenario::Level>| {
                let cell = level.as_ref().map(crate::scenario::Level::cell);
                cell.and_then(|cell| cell.parse().ok()).unwrap_or(f64::NAN)
            };
            let run = values.iter().map(number).chain(figures).collect();
            Ok(Record {
                run,
                ..Record::default()
            })
        };
        let plan = Plan {
            points,
            replicates: 1,
            shard: Shard::WHOLE,
            threads: self.places.threads,
            fail_fast: false,
        };
        let layout = self.layout();
        let sink = FolderSink {
            folder: folder.clone(),
            layout,
            whole: true,
        };
        let done = experiment::run(plan, &simulate, &sink, self.watch)?;
        (self.places.ran)(done.ran);
        if done.cancelled {
            return Ok(None);
        }
        Ok(Some(figures(&folder, calibration, sets.len())?))
    }

    /// The folder of a step; that of the last is the results folder itself.
    fn folder(&self, step: &str, points: u64) -> Result<Folder, StoreError> {
        let layout = self.layout();
        let asked = Asked {
            layout: &layout,
            points,
            size: 0,
            replicates: 1,
        };
        let path = match step {
            "" => self.places.path.to_owned(),
            step => self.places.path.join(step),
        };
        Folder::create(&path, &self.identity(step), asked, self.places.existing)
    }

    fn layout(&self) -> Layout {
        Layout {
            run: self.calibration.columns,
            beside: Calibration::dictionary(),
            ..Layout::default()
        }
    }

    fn identity(&self, step: &str) -> Identity {
        let mut identity = self.calibration.identity();
        if let Some((_, text)) = identity.scenarios.first_mut().filter(|_| !step.is_empty()) {
            text.push_str(&format!("\n# step of the calibration: {step}\n"));
        }
        identity
    }
}

/// The figures that a folder holds, one row a set; missing where a set failed.
fn figures(
    folder: &Folder,
    calibration: &Calibration,
    sets: usize,
) -> Result<Vec<Vec<f64>>, StoreError> {
    let targets = &calibration.targets;
    let mut figures = vec![vec![f64::NAN; targets.len()]; sets];
    let names: Vec<&str> = targets.iter().map(|target| target.id.as_str()).collect();
    let columns: Vec<&str> = std::iter::once("design_id").chain(names).collect();
    for block in folder.blocks(RUNS, &columns)? {
        let block = block?;
        let Some((Values::Integer(ids), values)) = block.columns.split_first() else {
            continue;
        };
        for (row, id) in ids.iter().enumerate() {
            let at = usize::try_from(*id).ok().filter(|at| *at < sets);
            for (target, column) in values.iter().enumerate() {
                if let (Some(at), Values::Number(numbers)) = (at, column) {
                    figures[at][target] = numbers[row];
                }
            }
        }
    }
    Ok(figures)
}

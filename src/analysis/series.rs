//! Outcomes over time: what the runs have in common month by month, and a few single runs.

use super::summary::{self, Row, Summary};
use crate::measure::Values;
use crate::store::{CYCLES, Folder, StoreError};
use std::collections::BTreeMap;

/// Outcomes of a month whose sums since the start are series too, and the names of those.
const SUMS: [(&str, &str); 2] = [("wins", "wins_so_far"), ("failures", "failures_so_far")];

/// One outcome over the months. `NaN` is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Number of runs in which it is defined.
    pub n: Vec<u64>,
    /// Mean over runs.
    pub mean: Vec<f64>,
    /// 95 % interval of the mean.
    pub interval: [Vec<f64>; 2],
    /// 10 % and 90 % quantiles of the runs.
    pub runs: [Vec<f64>; 2],
    /// The first runs, each by itself.
    pub single: Vec<Vec<f64>>,
}

impl Series {
    /// Appends what the runs have in common in one more month.
    fn push(&mut self, month: &Summary) {
        let known = |value: Option<f64>| value.unwrap_or(f64::NAN);
        self.n.push(month.n);
        self.mean.push(known(month.mean));
        self.interval[0].push(known(month.ci_low));
        self.interval[1].push(known(month.ci_high));
        self.runs[0].push(known(month.p10));
        self.runs[1].push(known(month.p90));
    }
}

/// What a run has cost and delivered at its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// Hours of governance.
    pub hours: f64,
    /// Pounds; `NaN` where the scenario prices no hours.
    pub pounds: f64,
    /// Value delivered.
    pub value: f64,
}

/// The time series of a results folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeriesSet {
    /// Months, from 1.
    pub months: Vec<u32>,
    /// Number of runs.
    pub runs: usize,
    /// By outcome; also `wins_so_far` and `failures_so_far`, sums since the start.
    pub outcomes: BTreeMap<String, Series>,
    /// How each run ended.
    pub ends: Vec<End>,
    /// Shared leadership that chance alone would give at the end, mean of the runs.
    pub chance: Option<f64>,
}

/// Reads the time series of one design point, with its first `singles` runs.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn read(
    folder: &Folder,
    rows: &[Row],
    design_id: u64,
    singles: usize,
) -> Result<SeriesSet, StoreError> {
    let mut set = SeriesSet::default();
    for row in rows.iter().filter(|row| row.design_id == design_id) {
        let series = set.outcomes.entry(row.outcome.clone()).or_default();
        series.push(&row.summary);
    }
    let months = set
        .outcomes
        .values()
        .next()
        .map_or(0, |series| series.mean.len());
    set.months = (1..).take(months).collect();
    let runs = rows
        .iter()
        .filter(|row| row.design_id == design_id)
        .map(|row| row.summary.n + row.summary.missing)
        .max();
    set.runs = usize::try_from(runs.unwrap_or(0)).unwrap_or(usize::MAX);
    for (name, series) in &mut set.outcomes {
        series.single = by_run(folder, design_id, name, singles)?;
    }
    if months > 0 {
        for (name, sum) in SUMS {
            let sums = sums(&by_run(folder, design_id, name, usize::MAX)?, singles);
            set.outcomes.insert(sum.to_owned(), sums);
        }
        set.ends = ends(folder, design_id)?;
        set.chance = chance(folder, design_id)?;
    }
    Ok(set)
}

/// The values of an outcome of one design point, run by run; of the first `most` runs.
fn by_run(
    folder: &Folder,
    design_id: u64,
    name: &str,
    most: usize,
) -> Result<Vec<Vec<f64>>, StoreError> {
    let mut runs: Vec<Vec<f64>> = Vec::new();
    for block in folder.blocks(CYCLES, &["design_id", "cycle", name])? {
        let columns = block?.columns;
        let [
            Values::Integer(points),
            Values::Integer(cycles),
            Values::Number(values),
        ] = columns.as_slice()
        else {
            continue;
        };
        let rows = points.iter().zip(cycles).zip(values);
        for ((_, cycle), value) in rows.filter(|row| row.0.0.cast_unsigned() == design_id) {
            if *cycle == 1 {
                runs.push(Vec::new());
            }
            runs.last_mut().into_iter().for_each(|run| run.push(*value));
        }
        if runs.len() > most {
            break;
        }
    }
    runs.truncate(most);
    Ok(runs)
}

/// The sums since the start of `runs`, each by month.
fn sums(runs: &[Vec<f64>], singles: usize) -> Series {
    let summed = |run: &Vec<f64>| -> Vec<f64> {
        let mut sum = 0.0;
        let add = |value: &f64| {
            sum += value;
            sum
        };
        run.iter().map(add).collect()
    };
    let runs: Vec<Vec<f64>> = runs.iter().map(summed).collect();
    let mut series = Series::default();
    for month in 0..runs.first().map_or(0, Vec::len) {
        let values: Vec<f64> = runs.iter().map(|run| run[month]).collect();
        series.push(&Summary::of(&values));
    }
    series.single = runs.into_iter().take(singles).collect();
    series
}

fn ends(folder: &Folder, design_id: u64) -> Result<Vec<End>, StoreError> {
    let of = |name| by_run(folder, design_id, name, usize::MAX);
    let (hours, value) = (of("cumulative_hours")?, of("delivered_value")?);
    let pounds = of("cumulative_cost")?;
    let last = |run: &[f64]| run.last().copied().unwrap_or(f64::NAN);
    let runs = hours.iter().zip(&value).zip(&pounds);
    Ok(runs
        .map(|((hours, value), pounds)| End {
            hours: last(hours),
            pounds: last(pounds),
            value: last(value),
        })
        .collect())
}

fn chance(folder: &Folder, design_id: u64) -> Result<Option<f64>, StoreError> {
    let rows = summary::runs(folder)?;
    let row = rows
        .iter()
        .find(|row| row.design_id == design_id && row.outcome == "shared_leadership_permuted");
    Ok(row.and_then(|row| row.summary.mean))
}

/// The time series of one design point of a folder.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn of(folder: &Folder, design_id: u64, singles: usize) -> Result<SeriesSet, StoreError> {
    read(folder, &summary::cycles(folder)?, design_id, singles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_run_from_the_start_in_each_run_by_itself() {
        let sums = sums(&[vec![0.0, 2.0, 1.0], vec![1.0, 0.0, 0.0]], 1);
        assert_eq!(sums.mean, [0.5, 1.5, 2.0]);
        assert_eq!(sums.n, [2, 2, 2]);
        assert_eq!(sums.single, [[0.0, 2.0, 3.0]]);
        assert!((sums.runs[1][2] - 2.8).abs() < 1e-12, "{:?}", sums.runs);
    }

    #[test]
    fn what_is_missing_in_a_month_is_missing_from_then_on() {
        let sums = sums(&[vec![1.0, f64::NAN, 1.0], vec![1.0; 3]], 0);
        assert_eq!(sums.n, [2, 1, 1]);
        assert_eq!(sums.mean, [1.0, 2.0, 3.0]);
    }
}

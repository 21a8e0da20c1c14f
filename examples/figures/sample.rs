//! Runs of a scenario, and estimates from them.

use commonground::analysis::summary::Summary;
use commonground::measure::{self, CYCLE, Keep, Outcome, RUN, Record};
use commonground::model::setup::Setup;
use commonground::scenario;
use rayon::prelude::*;

/// Why there are no figures.
pub(crate) type Failure = Box<dyn std::error::Error>;

/// A scenario of the library.
pub(crate) fn setup(name: &str) -> Result<Setup, Failure> {
    scenario::load(name, &[])
        .map(|scenario| scenario.setup)
        .map_err(|errors| scenario::render(&errors.problems, false).into())
}

/// Replicates 0, 1, ... of a setup: those of two setups share their luck.
pub(crate) fn sample(setup: &Setup, runs: u64) -> Vec<Record> {
    let keep = Keep {
        cycles: true,
        ..Keep::default()
    };
    (0..runs)
        .into_par_iter()
        .map(|replicate| measure::run(setup, crate::SEED, replicate, keep))
        .collect()
}

fn place(outcomes: &[Outcome], name: &str) -> Result<usize, Failure> {
    outcomes
        .iter()
        .position(|outcome| outcome.name == name)
        .ok_or_else(|| format!("there is no outcome {name}").into())
}

/// An outcome of the run, one value a run.
pub(crate) fn of_run(records: &[Record], name: &str) -> Result<Vec<f64>, Failure> {
    let at = place(RUN, name)?;
    Ok(records.iter().map(|record| record.run[at]).collect())
}

/// An outcome of each month, from month 1; one series a run.
pub(crate) fn of_months(records: &[Record], name: &str) -> Result<Vec<Vec<f64>>, Failure> {
    let at = place(CYCLE, name)?;
    let months = |record: &Record| {
        let months = record.cycles.chunks_exact(CYCLE.len());
        months.map(|month| month[at]).collect()
    };
    Ok(records.iter().map(months).collect())
}

/// The mean over a run's months of an outcome, missing months left out.
pub(crate) fn of_mean_month(records: &[Record], name: &str) -> Result<Vec<f64>, Failure> {
    let mean = |months: &Vec<f64>| Summary::of(months).mean.unwrap_or(f64::NAN);
    Ok(of_months(records, name)?.iter().map(mean).collect())
}

/// A mean and its 95 % interval.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Estimate {
    pub(crate) mean: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Estimate {
    pub(crate) fn of(values: &[f64]) -> Self {
        let summary = Summary::of(values);
        Self {
            mean: summary.mean.unwrap_or(f64::NAN),
            low: summary.ci_low.unwrap_or(f64::NAN),
            high: summary.ci_high.unwrap_or(f64::NAN),
        }
    }

    /// The ratio of two means, its interval by the linear approximation of a ratio.
    pub(crate) fn of_ratio(above: &[f64], below: &[f64]) -> Self {
        let base = Self::of(below).mean;
        let ratio = Self::of(above).mean / base;
        let residuals: Vec<f64> = above
            .iter()
            .zip(below)
            .map(|(a, b)| ratio + (a - ratio * b) / base)
            .collect();
        Self::of(&residuals)
    }

    /// As text, with so many decimals and without zeros before the point.
    pub(crate) fn text(&self, decimals: usize) -> String {
        let [mean, low, high] = [self.mean, self.low, self.high].map(|x| number(x, decimals));
        format!("{mean} ({low} to {high})")
    }
}

/// A number without a zero before the point.
pub(crate) fn number(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        return "-".to_owned();
    }
    let text = format!("{value:.decimals$}");
    match text.strip_prefix("-0.") {
        Some(rest) => format!("-.{rest}"),
        None => text
            .strip_prefix("0.")
            .map_or(text.clone(), |rest| format!(".{rest}")),
    }
}

/// Value by value: a - b.
pub(crate) fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// A row of a Markdown table.
pub(crate) fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// Head and rule of a Markdown table.
pub(crate) fn head(titles: &[&str]) -> String {
    format!(
        "| {} |\n|{}",
        titles.join(" | "),
        "---|".repeat(titles.len())
    )
}

//! What was delivered against what it cost: in hours, and in pounds where the scenario prices hours.

use super::{About, bands, months, runs};
use crate::analysis::series::{End, Series, SeriesSet};
use crate::report::palette::BLUE;
use crate::report::{Band, CostPath, CostPathChart, Heading};

/// A currency of cost: file stem, title, axis, outcome, how a run ended.
struct Currency {
    stem: &'static str,
    title: &'static str,
    axis: &'static str,
    unit: &'static str,
    outcome: &'static str,
    end: fn(&End) -> f64,
}

const CURRENCIES: [Currency; 2] = [
    Currency {
        stem: "value-hours",
        title: "Value delivered against hours spent",
        axis: "hours of governance so far",
        unit: "hours of governance",
        outcome: "cumulative_hours",
        end: |end| end.hours,
    },
    Currency {
        stem: "value-pounds",
        title: "Value delivered against money spent",
        axis: "cost of the hours of governance so far, £",
        unit: "pounds",
        outcome: "cumulative_cost",
        end: |end| end.pounds,
    },
];

/// Value against cost over time, with the stem of its files: in hours, and in pounds if hours have a price.
#[must_use]
pub fn cost(about: &About, set: &SeriesSet) -> Vec<(&'static str, CostPathChart)> {
    let chart = |currency: &Currency| Some((currency.stem, chart(about, set, currency)?));
    CURRENCIES.iter().filter_map(chart).collect()
}

fn chart(about: &About, set: &SeriesSet, currency: &Currency) -> Option<CostPathChart> {
    let cost = set.outcomes.get(currency.outcome)?;
    let value = set.outcomes.get("delivered_value")?;
    let (cost_end, value_end) = (cost.mean.last()?, value.mean.last()?);
    if !cost_end.is_finite() {
        return None;
    }
    let Currency { title, unit, .. } = currency;
    Some(CostPathChart {
        heading: Heading {
            title: (*title).to_owned(),
            caption: format!(
                "{} Value: the scale of each win (usually 0.25), less what misses the population's need.",
                about.caption_of(set.runs)
            ),
            alt: format!(
                "{title} of {}. After {}, {cost_end:.0} {unit} have delivered a value of {value_end:.2}: mean of {}.",
                about.title,
                months(set.months.len()),
                runs(set.runs)
            ),
        },
        x_title: currency.axis.to_owned(),
        y_title: "value delivered so far".to_owned(),
        bands: bands(set.runs),
        runs: set.runs,
        paths: vec![path(set, currency, cost, value)],
    })
}

fn path(set: &SeriesSet, currency: &Currency, cost: &Series, value: &Series) -> CostPath {
    let band = |[low, high]: &[Vec<f64>; 2]| Band {
        low: low
            .iter()
            .map(|low| low.clamp(0.0, f64::INFINITY))
            .collect(),
        high: high.clone(),
    };
    let singles = cost
        .single
        .iter()
        .cloned()
        .zip(value.single.iter().cloned());
    let ends = set.ends.iter().map(|end| ((currency.end)(end), end.value));
    let several = set.runs > 1;
    CostPath {
        label: "mean of runs".to_owned(),
        colour: BLUE,
        months: set.months.clone(),
        cost: cost.mean.clone(),
        value: value.mean.clone(),
        bands: match bands(set.runs).len() {
            0 => Vec::new(),
            1 => vec![band(&value.interval)],
            _ => vec![band(&value.runs), band(&value.interval)],
        },
        single_runs: singles.filter(|_| several).collect(),
        run_ends: ends.filter(|_| several).collect(),
    }
}

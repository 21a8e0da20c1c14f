//! The bands that `baseline` is to meet, and whether it does.

use crate::advice;
use crate::sample::{
    Estimate, Failure, head, minus, number, of_months, of_run, row, sample, setup,
};
use commonground::measure::Record;

/// A band, what it rests on and what the model gives.
struct Line {
    what: &'static str,
    low: f64,
    high: f64,
    source: &'static str,
    found: Estimate,
    decimals: usize,
}

impl Line {
    /// Met or missed where the whole interval says so.
    fn verdict(&self) -> &'static str {
        let inside = |value: f64| (self.low..=self.high).contains(&value);
        match (inside(self.found.low), inside(self.found.high)) {
            (true, true) => "met",
            (false, false) if !inside(self.found.mean) => "**missed**",
            _ => "at the edge",
        }
    }

    fn cells(&self) -> String {
        let band = match (self.low.is_finite(), self.high.is_finite()) {
            (false, _) => format!("at most {}", number(self.high, 2)),
            (_, false) => format!("at least {}", number(self.low, 2)),
            _ => format!("{} to {}", plain(self.low), plain(self.high)),
        };
        row(&[
            self.what.to_owned(),
            band,
            self.source.to_owned(),
            self.found.text(self.decimals),
            self.verdict().to_owned(),
        ])
    }
}

/// A bound as it is usually written: .45, 2, .004.
fn plain(value: f64) -> String {
    let decimals = [0, 2, 3].into_iter().find(|decimals| {
        let scale = [1.0, 1.0, 100.0, 1000.0][*decimals];
        (value * scale - (value * scale).round()).abs() < 1e-9
    });
    number(value, decimals.unwrap_or(3))
}

/// Prints the table.
pub(crate) fn report(runs: u64) -> Result<(), Failure> {
    let baseline = setup("baseline")?;
    let records = sample(&baseline, runs);
    let networks = advice::measures(&baseline, runs)?;
    println!("`baseline`, {runs} runs\n");
    println!("{}", head(&["what", "band", "source", "model", ""]));
    let lines = people(&records)?
        .into_iter()
        .chain(network(&networks))
        .chain(times(&records, runs)?);
    for line in lines {
        println!("{}", line.cells());
    }
    Ok(())
}

fn people(records: &[Record]) -> Result<Vec<Line>, Failure> {
    let bands = [
        (
            "attendance",
            "attendance",
            0.45,
            0.55,
            "assumption: far from floor and ceiling (evidence A)",
            3,
        ),
        (
            "burnt out",
            "burnt_out",
            0.25,
            0.35,
            "NHS Staff Survey (evidence 3d)",
            3,
        ),
        (
            "clinicians who leave, a month",
            "leavers_clinician",
            0.004,
            0.006,
            "answers to Parliament (evidence 3d)",
            4,
        ),
        (
            "executives who leave, a month",
            "leavers_executive",
            0.015,
            0.025,
            "King's Fund: about .02 (evidence 3d)",
            4,
        ),
        (
            "governance hours of a clinician, a month",
            "hours_clinician",
            2.0,
            8.0,
            "assumption (evidence 4.11)",
            2,
        ),
        (
            "governance hours of a manager, a month",
            "hours_manager",
            10.0,
            40.0,
            "assumption (evidence 4.11)",
            2,
        ),
    ];
    bands
        .into_iter()
        .map(|(what, outcome, low, high, source, decimals)| {
            Ok(Line {
                what,
                low,
                high,
                source,
                found: Estimate::of(&of_run(records, outcome)?),
                decimals,
            })
        })
        .collect()
}

fn network(networks: &[[f64; 6]]) -> Vec<Line> {
    let bands = [
        (0.10, 0.25),
        (0.30, 0.45),
        (0.35, 0.50),
        (0.35, 0.55),
        (2.0, 5.0),
        (2.0, 5.0),
    ];
    let measures = advice::MEASURES.iter().zip(bands).enumerate();
    measures
        .map(|(at, (what, (low, high)))| {
            let values: Vec<f64> = networks.iter().map(|network| network[at]).collect();
            Line {
                what,
                low,
                high,
                source: "advice networks (evidence 3e)",
                found: Estimate::of(&values),
                decimals: if at < 4 { 3 } else { 2 },
            }
        })
        .collect()
}

/// How soon things move.
fn times(records: &[Record], runs: u64) -> Result<Vec<Line>, Failure> {
    let starts = [
        sample(&setup("virtuous")?, runs),
        sample(&setup("vicious")?, runs),
    ];
    Ok(vec![
        early(
            "vision: change by month 12, as a share of that by month 48",
            records,
            "vision",
        )?,
        early("trust: the same", records, "trust")?,
        early("trust, from `virtuous`", &starts[0], "trust")?,
        early("trust, from `vicious`", &starts[1], "trust")?,
        Line {
            what: "service value in month 36, as a share of that in month 60",
            low: f64::NEG_INFINITY,
            high: 0.25,
            source: "Morciano et al. 2021 (evidence 3a)",
            found: Estimate::of_ratio(
                &month(records, "service_value", 36)?,
                &month(records, "service_value", 60)?,
            ),
            decimals: 2,
        },
    ])
}

/// What of the change by month 48 has come by month 12.
fn early(what: &'static str, records: &[Record], outcome: &str) -> Result<Line, Failure> {
    let first = month(records, outcome, 1)?;
    let change = |to: usize| -> Result<Vec<f64>, Failure> {
        Ok(minus(&month(records, outcome, to)?, &first))
    };
    Ok(Line {
        what,
        low: 0.40,
        high: f64::INFINITY,
        source: "North West London pilot (evidence 3a)",
        found: Estimate::of_ratio(&change(12)?, &change(48)?),
        decimals: 2,
    })
}

/// An outcome in one month, one value a run.
fn month(records: &[Record], outcome: &str, month: usize) -> Result<Vec<f64>, Failure> {
    let months = of_months(records, outcome)?;
    Ok(months.iter().map(|run| run[month - 1]).collect())
}

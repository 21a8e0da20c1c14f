//! The pictures of one scenario: which outcomes stand in which chart, and in what words.

pub mod calibration;
mod comparison;
mod networks;
mod over_time;
mod sensitivity;
pub mod tipping;
mod value;
mod waterfall;

use crate::model::setup::Intervention;
use crate::registry::Choice;

pub use comparison::{Compared, comparison};
pub use networks::{Traced, forum_map, networks};
pub use over_time::{over_time, overview};
pub use sensitivity::driven;
pub use value::cost;
pub use waterfall::waterfall;

/// With fewer runs the interval of the mean is wider than all that could happen.
const FEWEST_FOR_INTERVAL: usize = 5;
/// With fewer runs their 10 % and 90 % quantiles say nothing that the runs themselves do not.
const FEWEST_FOR_QUANTILES: usize = 10;

/// What all pictures of a scenario say of it.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// Title of the scenario.
    pub title: &'a str,
    /// Roster from source, statutory form or stylised.
    pub status: &'a str,
    /// The strain above which a leader is burnt out.
    pub burnout: f64,
    /// Interventions and shocks at work.
    pub interventions: Vec<&'a Intervention>,
}

/// Interventions that a caption names; the others are counted.
const NAMED: usize = 3;

impl About<'_> {
    /// The caption that every picture starts with.
    fn caption(&self) -> String {
        let status = if self.status.is_empty() {
            String::new()
        } else {
            format!(" ({})", self.status)
        };
        format!(
            "{}{status}. Not a forecast of a named system.{}",
            self.title,
            self.at_work()
        )
    }

    /// Which interventions are at work, and when.
    fn at_work(&self) -> String {
        let all = &self.interventions;
        let when = |one: &Intervention| match (one.at, one.until) {
            (at, until) if at == until => format!("month {at}"),
            (at, u32::MAX) => format!("from month {at}"),
            (at, until) => format!("months {at}–{until}"),
        };
        let named = all.iter().take(NAMED);
        let mut named: Vec<String> = named
            .map(|one| format!("{} ({})", one.kind.word(), when(one)))
            .collect();
        if all.len() > NAMED {
            named.push(format!("{} more", all.len() - NAMED));
        }
        match named.len() {
            0 => String::new(),
            _ => format!(" With {}.", named.join(", ")),
        }
    }

    /// Months in which one begins or has ended.
    fn marks(&self) -> Vec<u32> {
        let ends = |one: &&Intervention| [Some(one.at), one.until.checked_add(1)];
        let mut marks: Vec<u32> = self.interventions.iter().flat_map(ends).flatten().collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    /// The same for pictures with bands around means, or with too few of `runs` for them.
    fn caption_of(&self, runs: usize) -> String {
        let few = if (2..FEWEST_FOR_INTERVAL).contains(&runs) {
            " Too few runs for bands."
        } else {
            ""
        };
        format!("{}{few}", self.caption())
    }
}

/// What the bands of a picture of `runs` runs mean, the widest first. Hard spaces keep numbers and units on one line.
fn bands(runs: usize) -> Vec<String> {
    let quantiles = "10–90\u{a0}% of runs".to_owned();
    let interval = "95\u{a0}% interval of the mean".to_owned();
    match runs {
        ..FEWEST_FOR_INTERVAL => Vec::new(),
        FEWEST_FOR_INTERVAL..FEWEST_FOR_QUANTILES => vec![interval],
        _ => vec![quantiles, interval],
    }
}

/// A number of months in words.
fn months(months: usize) -> String {
    match months {
        1 => "1 month".to_owned(),
        several => format!("{several} months"),
    }
}

/// A number of runs in words.
fn runs(runs: usize) -> String {
    match runs {
        1 => "1 run".to_owned(),
        several => format!("{several} runs"),
    }
}

#[cfg(test)]
mod tests;

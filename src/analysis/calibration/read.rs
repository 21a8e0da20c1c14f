//! Rows of `[[targets]]`: from a file to checked targets.

use super::Target;
use crate::experiment::Arm;
use crate::measure::{CYCLE, RUN};
use crate::registry::Choice;
use crate::registry::calibrations::{Statistic, Use};
use crate::scenario::document::Table;
use crate::scenario::problem::{Class, Problem, Problems};
use crate::scenario::{Scenario, nearest};

/// The targets of a file.
pub(super) fn targets(scenario: &Scenario, arms: &[Arm], problems: &mut Problems) -> Vec<Target> {
    let months = u64::from(scenario.setup.horizon.cycles);
    let rows = scenario.document.rows("targets").iter();
    let read = rows.filter_map(|row| {
        let mut reader = Reader {
            row,
            arms,
            months,
            problems,
        };
        reader.target()
    });
    read.collect()
}

/// Reads one row.
struct Reader<'a> {
    row: &'a Table,
    arms: &'a [Arm],
    months: u64,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn number(&self, path: &str) -> Option<f64> {
        self.row.value(path).and_then(|value| value.as_number())
    }

    fn refuse(&mut self, class: Class, path: &str, message: String, allowed: &str) {
        let problem = Problem::error(class, self.row.place(path), message);
        self.problems.push(problem.allowed(allowed));
    }

    fn target(&mut self) -> Option<Target> {
        let statistic = self
            .row
            .choice("targets.statistic")
            .unwrap_or(Statistic::Mean);
        let timed = self.timed(statistic);
        let outcomes = self.outcomes(statistic);
        let arm = self.arm("targets.arm");
        let against = self.arm("targets.against");
        let band = self.band();
        let named = |at: usize| self.arms[at].id.as_str();
        let where_from = match (arm.flatten(), against.flatten()) {
            (Some(arm), None) => format!(" (in {})", named(arm)),
            (arm, Some(against)) => {
                let arm = named(arm.unwrap_or(0));
                format!(" (in {arm}, less that in {})", named(against))
            }
            (None, None) => String::new(),
        };
        let (month, by) = timed?;
        let (low, high, tolerance) = band?;
        Some(Target {
            id: self.row.text("targets.id").to_owned(),
            statistic,
            outcomes: outcomes?,
            month,
            by,
            arm: arm?.unwrap_or(0),
            against: against?,
            where_from,
            low,
            high,
            tolerance,
            weight: self.number("targets.weight").unwrap_or(1.0),
            used: self.row.choice("targets.use").unwrap_or(Use::Fit),
            source: self.row.text("targets.source").to_owned(),
            confidence: self.row.choice("targets.confidence")?,
        })
    }

    /// The month in which it is taken, and that by which a change is counted.
    fn timed(&mut self, statistic: Statistic) -> Option<(Option<usize>, usize)> {
        let whole = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let (month, by) = (
            self.row.count("targets.month"),
            self.row.count("targets.by"),
        );
        let changes = statistic == Statistic::ShareOfChange;
        let found = match (month, by) {
            (Some(month), Some(by)) if changes && month > by => {
                let message = format!(
                    "month {month} comes after month {by}, by which the whole change is counted"
                );
                self.refuse(
                    Class::Contradiction,
                    "targets.month",
                    message,
                    "month before by",
                );
                None
            }
            (Some(month), Some(by)) if changes => Some((Some(whole(month)), whole(by))),
            _ if changes => {
                let message = "a share of a change needs two months".to_owned();
                self.refuse(
                    Class::Missing,
                    "targets.statistic",
                    message,
                    "add month = ... and by = ...",
                );
                None
            }
            (_, Some(_)) => {
                let message = format!("`by` means nothing in the statistic {}", statistic.word());
                self.refuse(
                    Class::Contradiction,
                    "targets.by",
                    message,
                    "only in: share-of-change",
                );
                None
            }
            (month, None) => Some((month.map(whole), 1)),
        };
        let last = month.unwrap_or(1).max(by.unwrap_or(1));
        if last > self.months {
            let path = if month.unwrap_or(1) == last {
                "targets.month"
            } else {
                "targets.by"
            };
            let message = format!("there is no month {last}");
            let allowed = format!("up to horizon.cycles, {}", self.months);
            self.refuse(Class::Range, path, message, &allowed);
        }
        found
    }

    fn outcomes(&mut self, statistic: Statistic) -> Option<Vec<String>> {
        let others = self.row.references("targets.with");
        let (needed, words) = match statistic {
            Statistic::Ratio | Statistic::Correlation => (1..=1, "one other outcome"),
            Statistic::Unexplained => (1..=12, "one to twelve other outcomes"),
            _ => (0..=0, "no other outcome"),
        };
        if !needed.contains(&others.len()) {
            let message = format!("the statistic {} takes {words} in `with`", statistic.word());
            let path = if others.is_empty() {
                "targets.statistic"
            } else {
                "targets.with"
            };
            self.refuse(Class::Contradiction, path, message, words);
            return None;
        }
        let of_month = self.row.states("targets.month");
        let (known, what) = if of_month {
            (CYCLE, "outcome of a month")
        } else {
            (RUN, "outcome of a run")
        };
        let outcome = self.row.text("targets.outcome");
        let place = self.row.place("targets.outcome");
        let named = std::iter::once((outcome, place))
            .chain(others.iter().map(|one| (one.id.as_str(), &one.at)));
        let mut names = Vec::new();
        for (name, at) in named.filter(|(name, _)| !name.is_empty()) {
            if !known.iter().any(|one| one.name == name) {
                let meant = nearest(name, known.iter().map(|one| one.name));
                let help = meant.map_or_else(
                    || "`commonground describe outcomes` lists them; those of a month need month = ...".to_owned(),
                    |meant| format!("did you mean \"{meant}\"?"),
                );
                let message = format!("there is no {what} called \"{name}\"");
                self.problems.push(
                    Problem::error(Class::Reference, at, message)
                        .allowed("not there")
                        .help(help),
                );
            }
            names.push(name.to_owned());
        }
        (!names.is_empty()).then_some(names)
    }

    /// The position of an arm; nothing where the row names none.
    fn arm(&mut self, path: &str) -> Option<Option<usize>> {
        let id = self.row.text(path);
        if id.is_empty() {
            return Some(None);
        }
        let found = self.arms.iter().position(|arm| arm.id == id);
        if found.is_none() {
            let ids: Vec<&str> = self.arms.iter().map(|arm| arm.id.as_str()).collect();
            let allowed = match ids.as_slice() {
                [""] => "the file has no arms: [[arms]]".to_owned(),
                ids => ids.join(", "),
            };
            self.refuse(
                Class::Reference,
                path,
                format!("there is no arm called \"{id}\""),
                &allowed,
            );
        }
        found.map(Some)
    }

    fn band(&mut self) -> Option<(f64, f64, f64)> {
        let (low, high) = (self.number("targets.low"), self.number("targets.high"));
        let tolerance = self.number("targets.tolerance");
        match (low, high) {
            (None, None) => {
                let message = "this target has no band".to_owned();
                self.refuse(
                    Class::Missing,
                    "targets.id",
                    message,
                    "add low = ..., high = ..., or both",
                );
                None
            }
            (Some(low), Some(high)) if low >= high => {
                let message = "the upper end of this band is not above the lower one".to_owned();
                self.refuse(
                    Class::Contradiction,
                    "targets.high",
                    message,
                    "low below high",
                );
                None
            }
            (Some(low), Some(high)) => Some((low, high, tolerance.unwrap_or(0.5 * (high - low)))),
            _ if tolerance.is_none() => {
                let message =
                    "a band without a second end has no width to measure a miss by".to_owned();
                let path = if low.is_some() {
                    "targets.low"
                } else {
                    "targets.high"
                };
                self.refuse(Class::Missing, path, message, "add tolerance = ...");
                None
            }
            _ => Some((
                low.unwrap_or(f64::NEG_INFINITY),
                high.unwrap_or(f64::INFINITY),
                tolerance.unwrap_or(1.0),
            )),
        }
    }
}

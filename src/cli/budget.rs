//! `--budget` and `--half-width`: a pilot, a proposal, and runs until the interval is narrow enough.
//!
//! The pilot is the beginning of the experiment itself, so that nothing of it is lost. Looks are set
//! beforehand: the pilot's replicates, then twice as many, and so on; at each the interval of a typical
//! design point (root mean square) is held against the target (Chow & Robbins 1965: a sequence that stops at a
//! fixed width keeps its coverage as the width shrinks; with the minimum of [`LEAST`] replicates it
//! is a little below 95 %).

use super::job::{Effort, Job};
use super::progress::Shown;
use super::table::{number, table};
use super::{Failure, say};
use crate::analysis::budget::{Spread, spreads};
use crate::experiment::{Cancel, Done, Experiment, Watch};
use crate::store::{Existing, Folder};
use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// Replicates of a pilot, where there are few design points.
const LEAST: u64 = 16;
/// Runs of a pilot, where there are many design points: then two replicates are enough.
const PILOT_RUNS: u64 = 512;
/// How long a pilot should take for its time to mean something.
const PILOT: Duration = Duration::from_secs(2);
/// The share of a budget that a pilot may take.
const PILOT_SHARE: f64 = 0.1;
/// The share of a budget that is planned for: the rest is for summary and charts.
const PLANNED: f64 = 0.92;
/// Replicates that are never exceeded.
const MOST: u64 = 1_000_000;

/// What is wanted of an experiment.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// How long it may take.
    pub(super) time: Option<Duration>,
    /// How narrow an outcome's interval should be: its half-width.
    pub(super) width: Option<(String, f64)>,
    /// Whether to go on without asking.
    pub(super) yes: bool,
    /// Whether to say nothing.
    pub(super) quiet: bool,
}

/// What was expected of an experiment, and what came.
#[derive(Clone, Debug)]
pub(super) struct Receipt {
    pub(super) replicates: u64,
    pub(super) seconds: f64,
    pub(super) took: f64,
    pub(super) spreads: Vec<Spread>,
}

/// A duration such as `90s`, `10min` or `1.5h`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "a time such as 90s, 10min or 1.5h".to_owned();
    let digits = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let (amount, unit) = text.split_at(digits);
    let amount: f64 = amount.parse().map_err(|_| wrong())?;
    let seconds = match unit.trim() {
        "s" | "sec" => amount,
        "min" | "m" => 60.0 * amount,
        "h" => 3600.0 * amount,
        _ => return Err(wrong()),
    };
    let sound = (1.0..=31_536_000.0).contains(&seconds);
    sound
        .then(|| Duration::from_secs_f64(seconds))
        .ok_or_else(wrong)
}

/// A target such as `wins=1.5`.
pub(super) fn width(text: &str) -> Result<(String, f64), String> {
    let wrong = || "an outcome and half the width of its interval, such as wins=1.5".to_owned();
    let (name, half) = text.split_once('=').ok_or_else(wrong)?;
    let half: f64 = half.trim().parse().map_err(|_| wrong())?;
    let known = crate::measure::RUN
        .iter()
        .any(|outcome| outcome.name == name.trim());
    if !known {
        return Err(format!(
            "there is no outcome called {}; `describe outcomes` lists them",
            name.trim()
        ));
    }
    (half > 0.0 && half.is_finite())
        .then(|| (name.trim().to_owned(), half))
        .ok_or_else(wrong)
}

/// An experiment that is run as far as is wanted.
pub(super) struct Budgeted<'a> {
    pub(super) job: Job,
    /// The experiment with another `design.size`.
    pub(super) lengthen: &'a dyn Fn(u64) -> Result<Experiment, Failure>,
    pub(super) path: &'a Path,
    pub(super) effort: Effort,
    pub(super) wanted: &'a Wanted,
    pub(super) cancel: &'a Cancel,
    pub(super) names: Vec<String>,
    pub(super) begun: Instant,
}

impl Budgeted<'_> {
    /// Pilot, proposal, and the rest. Nothing more than the pilot where the answer is no.
    pub(super) fn run(mut self) -> Result<(Self, Folder, Done, Option<Receipt>), Failure> {
        if let Some((name, _)) = &self.wanted.width
            && !self.names.contains(name)
        {
            self.names.insert(0, name.clone());
        }
        let (folder, mut done, replicates, seconds_a_run) = self.pilot()?;
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let spreads = spreads(&folder, &self.job.experiment.paired(), &names)?;
        let there = self.job.experiment.points().saturating_mul(replicates);
        let (size, proposed) = self.proposed(&spreads, replicates, seconds_a_run);
        if size > self.job.experiment.size() {
            self.job.experiment = (self.lengthen)(size)?;
        }
        let points = self.job.experiment.points();
        let more = points.saturating_mul(proposed).saturating_sub(there);
        let seconds = self.begun.elapsed().as_secs_f64() + more as f64 * seconds_a_run;
        if !self.wanted.quiet {
            say(&said(&spreads, (points, replicates, proposed), seconds));
        }
        if done.cancelled || more == 0 || !self.agreed()? {
            return Ok((self, folder, done, None));
        }
        let mut folder = folder;
        let mut next = replicates;
        let mut first = true;
        while (first || next < proposed) && !done.cancelled {
            first = false;
            // Looks only where there is a target to look at.
            next = match self.wanted.width {
                Some(_) => (2 * next).min(proposed),
                None => proposed,
            };
            folder = self.job.folder(self.path, next, Existing::Resume)?;
            let later = self.go(&folder, next)?;
            done = Done {
                there: done.there,
                ran: done.ran + later.ran,
                ..later
            };
            if self.narrow(&folder)? {
                break;
            }
        }
        let receipt = Receipt {
            replicates: next,
            seconds,
            took: self.begun.elapsed().as_secs_f64(),
            spreads,
        };
        Ok((self, folder, done, Some(receipt)))
    }

    /// Replicates until they have taken long enough to tell the time of more.
    fn pilot(&self) -> Result<(Folder, Done, u64, f64), Failure> {
        let share = self.wanted.time.map(|time| time.mul_f64(PILOT_SHARE));
        let long = share.map_or(PILOT, |share| share.min(PILOT));
        let experiment = &self.job.experiment;
        let mut replicates = (PILOT_RUNS / experiment.points().max(1)).clamp(2, LEAST);
        // A sampled design is to become longer, not deeper than its file says.
        let most = match (experiment.size(), experiment.replicates) {
            (1.., Some(asked)) => asked,
            _ => MOST,
        };
        replicates = replicates.min(most);
        let mut total: Option<Done> = None;
        let (mut ran, mut spent) = (0, Duration::ZERO);
        loop {
            let folder = self.job.folder(self.path, replicates, Existing::Resume)?;
            let begun = Instant::now();
            let done = self.go(&folder, replicates)?;
            // The first runs pay for what is made once.
            if done.ran > 0 {
                (ran, spent) = (done.ran, begun.elapsed());
            }
            let there = total.map_or(done.there, |before| before.there);
            let all = total.map_or(0, |before| before.ran) + done.ran;
            total = Some(Done {
                there,
                ran: all,
                ..done
            });
            let timed = self.wanted.time.is_none() || spent >= long;
            if timed || done.cancelled || replicates >= most {
                let a_run = spent.as_secs_f64() / ran.max(1) as f64;
                let total = total.unwrap_or(done);
                return Ok((folder, total, replicates, a_run));
            }
            replicates = (2 * replicates).min(most);
        }
    }

    fn go(&self, folder: &Folder, replicates: u64) -> Result<Done, Failure> {
        let progress = Shown::new(self.wanted.quiet);
        let effort = Effort {
            replicates,
            ..self.effort
        };
        let watch = Watch {
            progress: &progress,
            cancel: self.cancel,
        };
        let done = self.job.run(folder, effort, watch);
        progress.end();
        done
    }

    /// The size of the design and the replicates that the target needs and the time allows, no fewer
    /// than there are. A sampled design becomes larger rather than its replicates more than the file
    /// asks for.
    fn proposed(&self, spreads: &[Spread], replicates: u64, seconds_a_run: f64) -> (u64, u64) {
        let enough = self.wanted.width.as_ref().and_then(|(name, half)| {
            let spread = spreads.iter().find(|spread| spread.outcome == *name)?;
            Some(spread.replicates(*half))
        });
        let experiment = &self.job.experiment;
        let points = experiment.points().max(1);
        let allowed = self.wanted.time.map(|time| {
            let left = time.as_secs_f64() * PLANNED - self.begun.elapsed().as_secs_f64();
            let more = (left.max(0.0) / (seconds_a_run * points as f64).max(1e-9)).floor();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let more = more.min(MOST as f64) as u64;
            replicates + more
        });
        let size = experiment.size();
        if let (None, 1.., Some(allowed)) = (enough, size, allowed) {
            let asked = experiment.replicates.unwrap_or(LEAST).max(replicates);
            let times = (allowed / asked).max(1);
            let larger = size << times.ilog2();
            return (larger, asked.min(allowed.max(replicates)));
        }
        let proposed = match (enough, allowed) {
            (Some(enough), Some(allowed)) => enough.min(allowed),
            (one, other) => one.or(other).unwrap_or(replicates),
        };
        (size, proposed.clamp(replicates, MOST))
    }

    /// Whether the interval of the target is narrow enough at every design point.
    fn narrow(&self, folder: &Folder) -> Result<bool, Failure> {
        let Some((name, half)) = &self.wanted.width else {
            return Ok(false);
        };
        let replicates = folder.manifest().replicates;
        let found = spreads(folder, &[], &[name.as_str()])?;
        Ok(found
            .iter()
            .all(|spread| spread.half_width(replicates) <= *half))
    }

    /// Whether to go on: asked at a terminal only.
    fn agreed(&self) -> Result<bool, Failure> {
        if self.wanted.yes {
            return Ok(true);
        }
        if !std::io::stdin().is_terminal() {
            say("The pilot is kept. To go on: the same command with --yes.");
            return Ok(false);
        }
        eprint!("Go on? [Y/n] ");
        std::io::stderr().flush().ok();
        let mut answer = String::new();
        let read = std::io::stdin().lock().read_line(&mut answer);
        read.map_err(|error| Failure::Other(format!("cannot read the answer: {error}")))?;
        Ok(matches!(answer.trim(), "" | "y" | "Y" | "yes"))
    }
}

/// The proposal in words.
fn said(spreads: &[Spread], (points, pilot, proposed): (u64, u64, u64), seconds: f64) -> String {
    let lines = spreads.iter().map(|spread| {
        vec![
            spread.outcome.clone(),
            number(Some(spread.half_width(pilot))),
            number(Some(spread.half_width(proposed))),
            spread
                .detectable(proposed)
                .map_or("-".to_owned(), |difference| number(Some(difference))),
        ]
    });
    let head = [
        "outcome",
        "half-width now",
        "expected half-width",
        "difference seen with power .8",
    ];
    format!(
        "Pilot: {pilot} replicates of {points} design points.\nProposal: {proposed} replicates of each, {} runs, ready in about {} in all\n{}",
        points.saturating_mul(proposed),
        spoken(seconds),
        table(&head, lines)
    )
}

/// A time in words.
pub(super) fn spoken(seconds: f64) -> String {
    match seconds {
        s if s < 95.0 => format!("{s:.0} s"),
        s if s < 5_700.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3_600.0),
    }
}

impl Receipt {
    /// What was expected, against what came, in words.
    pub(super) fn said(&self, folder: &Folder) -> Result<String, Failure> {
        let mut text = format!(
            "Expected {} replicates in {}; it took {}.",
            self.replicates,
            spoken(self.seconds),
            spoken(self.took)
        );
        for (name, expected, came) in self.widths(folder)? {
            text.push_str(&format!(
                "\n  half-width of {name}: expected {}, came {}",
                number(Some(expected)),
                number(Some(came))
            ));
        }
        Ok(text)
    }

    /// Half-widths that were expected and that came.
    pub(super) fn widths(&self, folder: &Folder) -> Result<Vec<(String, f64, f64)>, Failure> {
        let names: Vec<&str> = self
            .spreads
            .iter()
            .map(|one| one.outcome.as_str())
            .collect();
        let came = spreads(folder, &[], &names)?;
        let both = self.spreads.iter().zip(came);
        let n = self.replicates;
        Ok(both
            .map(|(one, came)| (one.outcome.clone(), one.half_width(n), came.half_width(n)))
            .collect())
    }

    /// The same as JSON.
    pub(super) fn json(&self, folder: &Folder) -> Result<serde_json::Value, Failure> {
        let widths: Vec<serde_json::Value> = self
            .widths(folder)?
            .into_iter()
            .map(|(outcome, expected, came)| {
                serde_json::json!({ "outcome": outcome, "expected": expected, "came": came })
            })
            .collect();
        Ok(serde_json::json!({
            "replicates": self.replicates, "seconds_expected": self.seconds,
            "seconds": self.took, "half_widths": widths,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_widths_are_read_or_explained() {
        for (text, seconds) in [
            ("90s", 90.0),
            ("10min", 600.0),
            ("1.5h", 5400.0),
            ("2 min", 120.0),
        ] {
            assert_eq!(
                duration(text),
                Ok(Duration::from_secs_f64(seconds)),
                "{text}"
            );
        }
        for odd in ["", "10", "min", "-5min", "0s", "1e9h", "5 days"] {
            assert!(duration(odd).unwrap_err().contains("10min"), "{odd}");
        }
        assert_eq!(width("wins = 1.5"), Ok(("wins".to_owned(), 1.5)));
        for odd in [
            "wins",
            "wins=0",
            "wins=-1",
            "wins=x",
            "victories=1",
            "wins=inf",
        ] {
            assert!(width(odd).is_err(), "{odd}");
        }
    }
}

//! A hypothesis in full: what each phase of the model carries of the effect, what becomes of the verdict under
//! other forms of the model, and whether it holds over the posterior.
//!
//! Every figure is kept in a file as soon as it is there, so that a test that was stopped goes on.

use super::{Judged, Work};
use crate::analysis::hypotheses::shapley::{Coalition, Share, coalitions, orders, shares};
use crate::analysis::hypotheses::{Effect, Effects, Look, Verdict};
use crate::cli::Failure;
use crate::cli::job::Job;
use crate::experiment::{Experiment, Hypothesis};
use crate::registry::switches::{ALTERNATIVES, MECHANISMS};
use crate::scenario;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

/// Pairs of orders in which phases are switched on.
const ORDERS: u64 = 10;
/// Replicates by which an effect is estimated without some phases.
const REPLICATES: u64 = 50;
/// Draws from the posterior.
const DRAWS: u64 = 200;
/// Replicates of each draw.
const EACH: u64 = 4;
/// The posterior that is drawn from.
const POSTERIOR: &str = "extends = \"baseline\"\n[about]\ntitle = \"Draws\"\n[[factors]]\nid = \"draw\"\n\
                         posterior = \"calibrations/baseline-posterior.csv\"\ndraws = ";

/// What a hypothesis is tested with.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) target: &'a str,
    pub(super) hypothesis: &'a Hypothesis,
    /// What is set besides the file.
    pub(super) sets: &'a [String],
    pub(super) seed: u64,
}

/// Everything that is found out in full.
#[derive(Debug)]
pub(super) struct Full {
    /// What each phase carries.
    pub(super) shares: Vec<(&'static str, Share)>,
    /// The effect under each alternative that the file allows, with its interval and verdict.
    pub(super) alternatives: Vec<(&'static str, Effect, (f64, f64), Verdict)>,
    /// The effect over the posterior.
    pub(super) drawn: (Effect, (f64, f64), Verdict),
    /// The share of draws in which it goes as claimed.
    pub(super) as_claimed: f64,
}

/// Figures that are kept line by line.
struct Kept {
    file: File,
    there: BTreeMap<String, Vec<f64>>,
}

impl Kept {
    fn open(path: PathBuf) -> Result<Self, Failure> {
        let failed = |error: std::io::Error| {
            Failure::Other(format!(
                "cannot keep results in {}: {error}",
                path.display()
            ))
        };
        let text = if path.exists() {
            std::fs::read_to_string(&path).map_err(failed)?
        } else {
            String::new()
        };
        // A line that a stop has cut off has no end, and is computed again.
        let whole = text
            .split_inclusive('\n')
            .filter_map(|line| line.strip_suffix('\n'));
        let read = |line: &str| {
            let (key, values) = line.split_once(';')?;
            let values: Result<Vec<f64>, _> = values.split(',').map(str::parse).collect();
            Some((key.to_owned(), values.ok()?))
        };
        let there: BTreeMap<String, Vec<f64>> = whole.filter_map(read).collect();
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(failed)?;
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n").map_err(failed)?;
        }
        Ok(Self { file, there })
    }

    fn keep(&mut self, key: &str, values: Vec<f64>) -> Result<Vec<f64>, Failure> {
        let cells: Vec<String> = values.iter().map(f64::to_string).collect();
        writeln!(self.file, "{key};{}", cells.join(","))
            .map_err(|error| Failure::Other(format!("cannot keep results: {error}")))?;
        self.there.insert(key.to_owned(), values.clone());
        Ok(values)
    }
}

/// The phases, each with what switches all of its mechanisms off. Luck is no mechanism that could carry
/// anything.
fn phases() -> Vec<(&'static str, Vec<String>)> {
    let mut phases: Vec<(&'static str, Vec<String>)> = Vec::new();
    for mechanism in MECHANISMS.iter().filter(|one| one.name != "luck") {
        let off = mechanism
            .off
            .iter()
            .map(|(path, value)| format!("{path}={value}"));
        match phases
            .iter_mut()
            .find(|(phase, _)| *phase == mechanism.phase)
        {
            Some((_, all)) => all.extend(off),
            None => phases.push((mechanism.phase, off.collect())),
        }
    }
    phases
}

impl Subject<'_> {
    fn load(&self, more: &[String], seed: u64) -> Option<Experiment> {
        let sets = [self.sets, more].concat();
        Experiment::load(self.target, &sets, Some(seed)).ok()
    }

    /// The phases that this file lets be switched off.
    fn players(&self) -> Vec<(&'static str, Vec<String>)> {
        let mut phases = phases();
        phases.retain(|(_, off)| self.load(off, self.seed).is_some());
        phases
    }

    /// About how many runs it takes.
    pub(super) fn runs(&self, points: u64, replicates: u64) -> u64 {
        let orders = orders(self.players().len(), ORDERS, self.seed);
        let effects = coalitions(&orders).len() as u64;
        points * (effects * REPLICATES + ALTERNATIVES.len() as u64 * replicates + DRAWS * EACH)
    }
}

impl Work<'_> {
    /// Everything; nothing if it was stopped.
    pub(super) fn full(&self, subject: Subject<'_>) -> Result<Option<Full>, Failure> {
        let Some(experiment) = subject.load(&[], subject.seed) else {
            return Ok(None);
        };
        let effects = Effects::of(&experiment, subject.hypothesis);
        let job = Job::new(experiment, false);
        let folder = self.arguments.out.join(job.identity().folder_name());
        let mut kept = Kept::open(folder.join("steps.csv"))?;
        let Some(shares) = self.carried(subject, &effects, &mut kept)? else {
            return Ok(None);
        };
        let mut alternatives = Vec::new();
        for one in ALTERNATIVES {
            // A file that says the form itself, in an arm or a factor, has no other.
            let Some(other) = subject.load(&[one.set.to_owned()], subject.seed) else {
                continue;
            };
            let Some(judged) = self.judged(other, subject.hypothesis)? else {
                return Ok(None);
            };
            let Judged {
                effect,
                interval,
                verdict,
                ..
            } = judged;
            alternatives.push((one.name, effect, interval, verdict));
        }
        let Some((drawn, as_claimed)) = self.drawn(subject, &effects, &mut kept)? else {
            return Ok(None);
        };
        let whole = Look {
            replicates: DRAWS,
            error: 0.05,
        };
        let interval = whole.interval(drawn.estimate, drawn.error, drawn.n);
        let verdict = Verdict::of(interval.0, interval.1, subject.hypothesis.smallest);
        Ok(Some(Full {
            shares,
            alternatives,
            drawn: (drawn, interval, verdict),
            as_claimed,
        }))
    }

    /// What each phase carries.
    fn carried(
        &self,
        subject: Subject<'_>,
        effects: &Effects,
        kept: &mut Kept,
    ) -> Result<Option<Vec<(&'static str, Share)>>, Failure> {
        let players = subject.players();
        let orders = orders(players.len(), ORDERS, subject.seed);
        let mut found: BTreeMap<Coalition, f64> = BTreeMap::new();
        for coalition in coalitions(&orders) {
            let off = players.iter().enumerate();
            let off = off.filter(|(at, _)| coalition >> at & 1 == 0);
            let names: Vec<&str> = off.clone().map(|(_, (phase, _))| *phase).collect();
            let sets: Vec<String> = off.flat_map(|(_, (_, sets))| sets.clone()).collect();
            let key = format!("without {}", names.join(" "));
            let values = match kept.there.get(&key) {
                Some(values) => values.clone(),
                None => {
                    let Some(experiment) = subject.load(&sets, subject.seed) else {
                        continue;
                    };
                    let outcome = &subject.hypothesis.outcome;
                    let Some(values) = self.in_memory(&experiment, outcome, REPLICATES)? else {
                        return Ok(None);
                    };
                    kept.keep(&key, vec![effects.effect(&values).estimate])?
                }
            };
            found.insert(coalition, values.first().copied().unwrap_or(f64::NAN));
        }
        let names = players.iter().map(|(phase, _)| *phase);
        Ok(Some(names.zip(shares(&orders, &found)).collect()))
    }

    /// The effect over draws from the posterior, each with luck of its own, and the share of draws in which it
    /// goes as claimed.
    fn drawn(
        &self,
        subject: Subject<'_>,
        effects: &Effects,
        kept: &mut Kept,
    ) -> Result<Option<(Effect, f64)>, Failure> {
        let text = format!("{POSTERIOR}{DRAWS}\n");
        let draws = scenario::from_text("draws", &text, &[])?;
        let draws = Experiment::of("draws", vec![draws], Some(subject.seed))?;
        let mut columns: Vec<Vec<f64>> = Vec::new();
        let mut claimed = 0.0;
        for (number, level) in (0_u64..).zip(draws.factors[0].levels()) {
            let key = format!("draw {number}");
            let values = match kept.there.get(&key) {
                Some(values) => values.clone(),
                None => {
                    let changes = draws.factors[0].changes(level);
                    let sets: Vec<String> = changes.iter().map(|one| one.written()).collect();
                    let seed = subject.seed.wrapping_add(1 + number);
                    let Some(experiment) = subject.load(&sets, seed) else {
                        continue;
                    };
                    let outcome = &subject.hypothesis.outcome;
                    let Some(values) = self.in_memory(&experiment, outcome, EACH)? else {
                        return Ok(None);
                    };
                    let estimate = effects.effect(&values).estimate;
                    let mean = |row: &Vec<f64>| row.iter().sum::<f64>() / row.len() as f64;
                    let figures = std::iter::once(estimate).chain(values.iter().map(mean));
                    kept.keep(&key, figures.collect())?
                }
            };
            let Some((estimate, means)) = values.split_first() else {
                continue;
            };
            claimed += match estimate {
                above if *above > 0.0 => 1.0,
                below if *below < 0.0 => 0.0,
                _ => 0.5,
            };
            columns.push(means.to_vec());
        }
        let points = columns.first().map_or(0, Vec::len);
        let row = |point: usize| columns.iter().map(|column| column[point]).collect();
        let values: Vec<Vec<f64>> = (0..points).map(row).collect();
        Ok(Some((
            effects.effect(&values),
            claimed / columns.len() as f64,
        )))
    }
}

/// How long so many runs take, in words, from how long a few took.
pub(super) fn words(runs: u64, sample: u64, took: std::time::Duration) -> String {
    let seconds = took.as_secs_f64() * runs as f64 / sample.max(1) as f64;
    match seconds {
        short if short < 90.0 => format!("about {runs} runs, {short:.0} s"),
        long if long < 5400.0 => format!("about {runs} runs, {:.0} min", long / 60.0),
        longer => format!("about {runs} runs, {:.1} h", longer / 3600.0),
    }
}

/// A few runs, to see how long they take.
pub(super) fn sample(
    work: &Work<'_>,
    experiment: &Experiment,
    outcome: &str,
) -> Result<u64, Failure> {
    let replicates = 4;
    let values = work.in_memory(experiment, outcome, replicates)?;
    Ok(values.map_or(0, |values| values.len() as u64) * replicates)
}

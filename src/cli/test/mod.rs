//! `test [FILE...]`: hypotheses, one verdict each, and what becomes of the effect without each mechanism.

mod base;
mod full;
mod shown;
mod values;

use super::job::{Effort, Job, stoppable};
use super::progress::Shown;
use super::run::whole;
use super::{Failure, say};
use crate::analysis::hypotheses::{Effect, Effects, Look, Verdict, looks};
use crate::experiment::{Cancel, Experiment, Hypothesis, Shard, Watch};
use crate::registry::switches::MECHANISMS;
use crate::scenario::library;
use crate::store::Existing;
use base::Base;
use clap::Args;
use full::{Full, Subject};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use values::{first, values};

/// Pairs by which an effect without a mechanism is estimated.
const WITHOUT: u64 = 50;
/// Replicates of a file that asks for none.
const REPLICATES: u64 = 200;
/// Between these shares of runs differences of log odds can be read.
const READABLE: (f64, f64) = (0.2, 0.8);

/// What to test, and how.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Hypothesis files, folders of them, or names of the library [default: all of the library]
    targets: Vec<String>,
    /// Master seed [default: the file's, or 1]
    #[arg(long, value_parser = |text: &str| whole(text, 0, u64::MAX), allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Threads (0: one a processor); changes no result
    #[arg(long, default_value_t = 0, value_parser = |text: &str| whole(text, 0, 1024), allow_negative_numbers = true)]
    threads: u64,
    /// Change a value, such as horizon.cycles=24 (may be repeated)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Folder in which the results folders are made
    #[arg(long, default_value = "output", value_parser = super::folder)]
    out: PathBuf,
    /// Verdicts alone: not what becomes of the effect without each mechanism
    #[arg(long)]
    no_mechanisms: bool,
    /// In full: what each phase of the model carries, other forms of the model, 200 draws from the posterior
    #[arg(long)]
    full: bool,
    /// Not the verdicts under a second master seed
    #[arg(long)]
    once: bool,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// A hypothesis after it was tested.
struct Tested {
    name: String,
    hypothesis: Hypothesis,
    look: Look,
    effect: Effect,
    interval: (f64, f64),
    verdict: Verdict,
    /// The verdict under the next master seed.
    again: Option<Verdict>,
    /// What was moved so that the base can be read.
    base: Option<Base>,
    /// What was found out in full.
    full: Option<Full>,
    /// Effects without each mechanism, by its name.
    without: Vec<(&'static str, Effect)>,
    /// The effect in as many replicates as those have.
    with: Effect,
}

/// What the looks at a hypothesis end with.
struct Judged {
    look: Look,
    effect: Effect,
    interval: (f64, f64),
    verdict: Verdict,
    with: Effect,
}

/// What all hypotheses of one command share.
struct Work<'a> {
    arguments: &'a Arguments,
    progress: Shown,
    cancel: Cancel,
}

pub(crate) fn test(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let work = Work {
        arguments,
        progress: Shown::new(true),
        cancel: stoppable(),
    };
    let mut all = Vec::new();
    for target in targets(&arguments.targets)? {
        let Some(tested) = work.test(&target)? else {
            eprintln!("Stopped. What was computed is kept; the same command goes on from there.");
            return Ok(ExitCode::from(130));
        };
        if !arguments.quiet {
            eprintln!("{}: {}", tested.name, tested.verdict.word());
        }
        all.push(tested);
    }
    // What speaks against a claim comes first.
    all.sort_by_key(|tested| match tested.verdict {
        Verdict::Refuted => 0,
        Verdict::Equivalent => 1,
        Verdict::Undecided => 2,
        Verdict::Supported => 3,
    });
    shown::save(&arguments.out, TABLE, &shown::lines(&all))?;
    if arguments.full {
        shown::save(&arguments.out, IN_FULL, &shown::in_full(&all))?;
    }
    let page = arguments.out.join(PAGE);
    std::fs::write(&page, shown::page(&all))
        .map_err(|error| Failure::Other(format!("cannot write {}: {error}", page.display())))?;
    if arguments.json {
        say(&format!(
            "{:#}",
            serde_json::Value::Array(all.iter().map(shown::json).collect())
        ));
    } else if !arguments.quiet {
        say(&shown::text(&all));
        say(&format!(
            "All figures: {}",
            arguments.out.join(TABLE).display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The table of all hypotheses, in the folder of the results folders.
const TABLE: &str = "hypotheses.csv";
/// What was found out in full.
const IN_FULL: &str = "hypotheses_full.csv";
/// The same as a page in Markdown.
const PAGE: &str = "hypotheses.md";

/// The files and names that are meant.
fn targets(stated: &[String]) -> Result<Vec<String>, Failure> {
    if stated.is_empty() {
        return Ok(library::hypotheses()
            .into_iter()
            .map(str::to_owned)
            .collect());
    }
    let mut targets = Vec::new();
    for target in stated {
        if !Path::new(target).is_dir() {
            targets.push(target.clone());
            continue;
        }
        let failed =
            |error: std::io::Error| Failure::Other(format!("cannot read {target}: {error}"));
        let mut files = Vec::new();
        for entry in std::fs::read_dir(target).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                files.push(path.to_string_lossy().into_owned());
            }
        }
        if files.is_empty() {
            return Err(Failure::Other(format!(
                "{target} has no hypothesis files (*.toml)"
            )));
        }
        files.sort();
        targets.extend(files);
    }
    Ok(targets)
}

impl Work<'_> {
    fn watch(&self) -> Watch<'_> {
        Watch {
            progress: &self.progress,
            cancel: &self.cancel,
        }
    }

    fn threads(&self) -> usize {
        usize::try_from(self.arguments.threads).unwrap_or_default()
    }

    /// The verdict of a hypothesis, under a second master seed too, and the effect without each mechanism;
    /// nothing if it was stopped.
    fn test(&self, target: &str) -> Result<Option<Tested>, Failure> {
        let arguments = self.arguments;
        let experiment = Experiment::load(target, &arguments.sets, arguments.seed)?;
        let Some(hypothesis) = experiment.hypothesis.clone() else {
            return Err(Failure::Other(format!(
                "{target} claims nothing: it has no table [hypothesis]; docs/experiments.md says what one holds"
            )));
        };
        let Some(base) = self.base(target, &experiment, &hypothesis)? else {
            return Ok(None);
        };
        let mut sets = arguments.sets.clone();
        sets.extend(base.as_ref().map(Base::set));
        let load = |seed: Option<u64>, sets: &[String]| Experiment::load(target, sets, seed);
        let first = load(arguments.seed, &sets)?;
        let (name, seed) = (first.name.clone(), first.seed);
        let effects = Effects::of(&first, &hypothesis);
        let Some(judged) = self.judged(first, &hypothesis)? else {
            return Ok(None);
        };
        let again = match arguments.once {
            true => None,
            false => {
                let second = load(Some(seed.wrapping_add(1)), &sets)?;
                let Some(judged) = self.judged(second, &hypothesis)? else {
                    return Ok(None);
                };
                Some(judged.verdict)
            }
        };
        let mut without = Vec::new();
        for mechanism in MECHANISMS.iter().filter(|_| !arguments.no_mechanisms) {
            let off = mechanism.off.iter();
            let off = off.map(|(path, value)| format!("{path}={value}"));
            let sets: Vec<String> = sets.iter().cloned().chain(off).collect();
            // What an arm or a factor of the file contradicts cannot be switched off here.
            let Ok(off) = load(arguments.seed, &sets) else {
                continue;
            };
            let Some(values) = self.in_memory(&off, &hypothesis.outcome, WITHOUT)? else {
                return Ok(None);
            };
            without.push((mechanism.name, effects.effect(&values)));
        }
        let full = match arguments.full {
            false => None,
            true => {
                let subject = Subject {
                    target,
                    hypothesis: &hypothesis,
                    sets: &sets,
                    seed,
                };
                self.announce(subject)?;
                let Some(full) = self.full(subject)? else {
                    return Ok(None);
                };
                Some(full)
            }
        };
        Ok(Some(Tested {
            full,
            name,
            hypothesis,
            look: judged.look,
            effect: judged.effect,
            interval: judged.interval,
            verdict: judged.verdict,
            again,
            base,
            without,
            with: judged.with,
        }))
    }

    /// Says what a test in full will take, from how long a few runs do.
    fn announce(&self, subject: Subject<'_>) -> Result<(), Failure> {
        if self.arguments.quiet {
            return Ok(());
        }
        let experiment = Experiment::load(subject.target, subject.sets, Some(subject.seed))?;
        let begun = std::time::Instant::now();
        let few = full::sample(self, &experiment, &subject.hypothesis.outcome)?;
        let took = begun.elapsed();
        let replicates = experiment.replicates.unwrap_or(REPLICATES);
        let runs = subject.runs(experiment.points(), replicates);
        eprintln!(
            "{} in full: {}",
            experiment.name,
            full::words(runs, few, took)
        );
        Ok(())
    }

    /// Looks as often as it was said beforehand, until there is a verdict; nothing if it was stopped.
    fn judged(
        &self,
        experiment: Experiment,
        hypothesis: &Hypothesis,
    ) -> Result<Option<Judged>, Failure> {
        let effects = Effects::of(&experiment, hypothesis);
        let looks = looks(experiment.replicates.unwrap_or(REPLICATES));
        let job = Job::new(experiment, false);
        let path = self.arguments.out.join(job.identity().folder_name());
        let mut last = None;
        for look in looks {
            let folder = job.folder(&path, look.replicates, Existing::Resume)?;
            let effort = Effort {
                replicates: look.replicates,
                shard: Shard::WHOLE,
                threads: self.threads(),
                fail_fast: false,
            };
            if job.run(&folder, effort, self.watch())?.cancelled {
                return Ok(None);
            }
            let points = job.experiment.points();
            let values = values(&folder, &hypothesis.outcome, (points, look.replicates))?;
            let effect = effects.effect(&values);
            let interval = look.interval(effect.estimate, effect.error, effect.n);
            let verdict = Verdict::of(interval.0, interval.1, hypothesis.smallest);
            let few: Vec<Vec<f64>> = values.iter().map(|row| first(row)).collect();
            last = Some(Judged {
                look,
                effect,
                interval,
                verdict,
                with: effects.effect(&few),
            });
            if verdict != Verdict::Undecided {
                break;
            }
        }
        Ok(last)
    }
}

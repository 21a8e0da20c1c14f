//! `compare DIR` and `compare A B ...`: designs against a baseline, with the same luck in each.

mod rules;
mod shown;
mod target;

use super::job::{Effort, Job, REPLICATES, small, stoppable};
use super::progress::Shown;
use super::run::{self, whole};
use super::{Failure, say};
use crate::analysis::compare::{
    Difference, Exceptions, Front, Good, Group, Rank, Robustness, Runs, Table, Target, Uncertain,
    differences, exceptions, front, groups, ranks, robustness, uncertain,
};
use crate::experiment::{Experiment, Shard, Watch};
use crate::measure::RUN;
use crate::report;
use crate::report::pictures::{Compared, comparison};
use crate::store::{Existing, Folder};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What to compare, and how.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A results folder or an experiment; or two or more scenarios, the first the baseline: files,
    /// names of the library, or results folders of scenarios, which are run again to the same bits
    #[arg(required = true)]
    targets: Vec<String>,
    /// The smallest difference that would matter, such as wins=2 (may be repeated) [default: .2
    /// standard deviations of the baseline]
    #[arg(long, value_parser = target::smallest, value_name = "OUTCOME=VALUE")]
    smallest: Vec<(String, f64)>,
    /// What an outcome should reach in a future, such as wins>=20 or hours<=9000 (may be repeated)
    #[arg(long, value_parser = target::target, value_name = "OUTCOME>=VALUE")]
    target: Vec<(String, Target)>,
    /// Outcomes that are shown, and that efficiency and regret are of [default: the experiment's, or wins, trust_end, burnt_out, hours]
    #[arg(long, value_delimiter = ',', value_parser = target::outcome)]
    outcomes: Vec<String>,
    /// Go on where more than 5 % of the pairs lack a run
    #[arg(long)]
    allow_missing: bool,
    /// Replicates, where there is something to run [default: the file's, or 200]
    #[arg(long, value_parser = |text: &str| whole(text, 2, 10_000_000), allow_negative_numbers = true)]
    replicates: Option<u64>,
    /// Master seed, where there is something to run [default: the file's, or 1]
    #[arg(long, value_parser = |text: &str| whole(text, 0, u64::MAX), allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Threads (0: one a processor); changes no result
    #[arg(long, default_value_t = 0, value_parser = |text: &str| whole(text, 0, 1024), allow_negative_numbers = true)]
    threads: u64,
    /// Change a value in every scenario that is run, such as horizon.cycles=24 (may be repeated)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Folder in which a results folder is made, where there is something to run
    #[arg(long, default_value = "output", value_parser = super::folder)]
    out: PathBuf,
    /// The file that the results were made from, where the folder cannot tell (a survey)
    #[arg(long)]
    from: Option<String>,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// Everything that is found out.
#[derive(Debug)]
struct Answers {
    groups: Vec<Group>,
    differences: Vec<Difference>,
    ranks: Vec<Rank>,
    front: Vec<Front>,
    robustness: Vec<Robustness>,
    rules: Vec<Exceptions>,
    /// Outcomes that are shown.
    outcomes: Vec<String>,
    /// What was left out, in words; empty if nothing.
    left_out: String,
}

pub(crate) fn compare(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (job, folder) = match arguments.targets.as_slice() {
        [only] if Path::new(only).is_dir() => opened(arguments, Path::new(only))?,
        targets => {
            let (experiment, replicates) = if let [only] = targets {
                let experiment = Experiment::load(only, &arguments.sets, arguments.seed)?;
                (experiment, None)
            } else {
                target::scenarios(targets, &arguments.sets, arguments.seed)?
            };
            match ran(arguments, experiment, replicates)? {
                Some(both) => both,
                None => return Ok(ExitCode::from(130)),
            }
        }
    };
    let answers = answers(arguments, &job, &folder)?;
    save(&folder, &answers)?;
    draw(&job, &folder, &answers)?;
    if arguments.json {
        say(&format!("{:#}", shown::json(&job, &folder, &answers)));
    } else if !arguments.quiet {
        say(&shown::text(&job, &answers));
        say(&format!("\nResults: {}", folder.path().display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// A results folder, and what it holds the results of.
fn opened(arguments: &Arguments, path: &Path) -> Result<(Job, Folder), Failure> {
    let asked = [
        ("--replicates", arguments.replicates.is_some()),
        ("--seed", arguments.seed.is_some()),
        ("--set", !arguments.sets.is_empty()),
    ];
    if let Some((flag, _)) = asked.iter().find(|(_, asked)| *asked) {
        return Err(Failure::Other(format!(
            "{flag} is for what is still to be run, and {} is a results folder: leave it out, or \
             name the file",
            path.display()
        )));
    }
    let folder = Folder::open(path)?;
    let job = Job::of_folder(&folder, arguments.from.as_deref())?;
    Ok((job, folder))
}

/// The experiment, run; nothing where it was stopped.
fn ran(
    arguments: &Arguments,
    experiment: Experiment,
    replicates: Option<u64>,
) -> Result<Option<(Job, Folder)>, Failure> {
    nothing(&experiment)?;
    let wanted = arguments.replicates.or(replicates);
    let replicates = wanted.or(experiment.replicates).unwrap_or(REPLICATES);
    let cycles = small(experiment.points().saturating_mul(replicates));
    let job = Job::new(experiment, cycles);
    let path = arguments.out.join(job.identity().folder_name());
    let folder = job.folder(&path, replicates, Existing::Resume)?;
    let cancel = stoppable();
    let progress = Shown::new(arguments.quiet);
    let effort = Effort {
        replicates,
        shard: Shard::WHOLE,
        threads: usize::try_from(arguments.threads).unwrap_or_default(),
        fail_fast: false,
    };
    let watch = Watch {
        progress: &progress,
        cancel: &cancel,
    };
    let done = job.run(&folder, effort, watch);
    progress.end();
    let done = done?;
    if done.cancelled {
        eprintln!(
            "Stopped: {} of {} runs are there. The same command goes on from here.",
            done.there + done.ran,
            done.planned
        );
        return Ok(None);
    }
    run::finish(&job, &folder, false)?;
    Ok(Some((job, folder)))
}

/// Refuses an experiment in which there is nothing to compare.
fn nothing(experiment: &Experiment) -> Result<Vec<Group>, Failure> {
    let groups = groups(experiment);
    if groups.is_empty() {
        return Err(Failure::Other(format!(
            "there is nothing to compare in {}: it needs [[arms]], several scenarios, or a design \
             whose points were chosen, such as a grid; or name another scenario beside it",
            experiment.name
        )));
    }
    Ok(groups)
}

fn answers(arguments: &Arguments, job: &Job, folder: &Folder) -> Result<Answers, Failure> {
    let groups = nothing(&job.experiment)?;
    let runs = Runs::of(folder, job.experiment.points())?;
    let missing = runs.missing(&groups);
    let left_out = match missing.left_out {
        0 => String::new(),
        _ => missing.words(),
    };
    if missing.too_many() && !arguments.allow_missing {
        return Err(Failure::Other(format!(
            "{left_out}. More than 5 % are too many to compare the rest as if nothing were amiss: \
             `commonground status {}` says what there is; the command that made it goes on, or \
             compare what there is with --allow-missing",
            folder.path().display()
        )));
    }
    let smallest = arguments.smallest.iter().cloned().collect();
    let seed = job.experiment.seed;
    let mut answers = Answers {
        differences: differences(&runs, &groups, &smallest, seed)?,
        ranks: Vec::new(),
        front: Vec::new(),
        robustness: Vec::new(),
        rules: Vec::new(),
        outcomes: shown::outcomes(&arguments.outcomes, &job.experiment),
        groups,
        left_out,
    };
    let factors = factors(&job.experiment, &answers.groups);
    rank(arguments, &runs, &factors, &mut answers, seed)?;
    Ok(answers)
}

/// What the factors are in the futures of each group.
fn factors(experiment: &Experiment, groups: &[Group]) -> Vec<Vec<Uncertain>> {
    let of_group = |group: &Group| {
        let points: Vec<u64> = group.futures.iter().map(|points| points[0]).collect();
        uncertain(experiment, &points)
    };
    groups.iter().map(of_group).collect()
}

/// Ranks, efficiency, regret and exceptions of the designs in each group, for outcomes of which one way is good.
fn rank(
    arguments: &Arguments,
    runs: &Runs<'_>,
    factors: &[Vec<Uncertain>],
    answers: &mut Answers,
    seed: u64,
) -> Result<(), Failure> {
    let mut fronts: Vec<Vec<(&'static str, Table)>> = vec![Vec::new(); answers.groups.len()];
    for outcome in RUN {
        let Some(good) = Good::of(outcome.name) else {
            continue;
        };
        let values = runs.values(outcome.name)?;
        let of = (outcome.name, outcome.unit);
        let shown = answers.outcomes.iter().any(|name| name == outcome.name);
        let mut stated = arguments.target.iter();
        let target = stated.rfind(|(name, _)| name == outcome.name);
        let target = target.map(|(_, target)| *target);
        let groups = answers.groups.iter().zip(factors);
        for ((group, factors), front) in groups.zip(&mut fronts) {
            let table = Table::of(&values, group, good);
            answers
                .ranks
                .extend(ranks(&table, &group.designs, of, seed));
            if shown || target.is_some() {
                let found = robustness(&table, &group.designs, of, target, seed);
                answers.robustness.extend(found);
            }
            if shown {
                let found = exceptions(&table, group, factors, outcome.name, seed);
                answers.rules.extend(found);
                front.push((outcome.name, table));
            }
        }
    }
    for (group, tables) in answers.groups.iter().zip(&fronts) {
        answers.front.extend(front(tables, &group.designs, seed));
    }
    Ok(())
}

/// Draws the differences beside the runs; a picture of nothing is not drawn.
fn draw(job: &Job, folder: &Folder, answers: &Answers) -> Result<(), Failure> {
    let rows = answers.differences.iter();
    let rows: Vec<(String, &Difference)> = rows
        .map(|row| (job.experiment.words(row.design_id), row))
        .collect();
    let first = &job.experiment.scenarios[0];
    let about = Compared {
        title: first.title(),
        status: first.status(),
        against: &shown::against(job, &answers.groups),
    };
    if let Some(chart) = comparison(&about, &answers.outcomes, &rows) {
        report::save(&chart, folder.path(), "comparison")?;
    }
    Ok(())
}

/// Saves every answer as a table beside the runs.
fn save(folder: &Folder, answers: &Answers) -> Result<(), Failure> {
    let of = |head: &[&str], rows: Vec<Vec<String>>| -> Vec<Vec<String>> {
        let head = head.iter().map(|name| (*name).to_owned()).collect();
        std::iter::once(head).chain(rows).collect()
    };
    let rows = answers.differences.iter().map(Difference::fields).collect();
    folder.save_table("comparison.csv", &of(&Difference::COLUMNS, rows))?;
    let rows = answers.ranks.iter().map(Rank::fields).collect();
    folder.save_table("ranks.csv", &of(&Rank::COLUMNS, rows))?;
    let rows = answers.front.iter().map(Front::fields).collect();
    folder.save_table("front.csv", &of(&Front::COLUMNS, rows))?;
    let rows = answers.robustness.iter().map(Robustness::fields).collect();
    folder.save_table("robustness.csv", &of(&Robustness::COLUMNS, rows))?;
    let rows = answers.rules.iter().flat_map(Exceptions::lines).collect();
    folder.save_table("rules.csv", &of(&Exceptions::COLUMNS, rows))?;
    Ok(())
}

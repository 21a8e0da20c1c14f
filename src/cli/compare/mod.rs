//! `compare DIR` and `compare A B ...`: designs against a baseline, with the same luck in each.

mod explain;
pub(super) mod rules;
mod shown;
pub(super) mod target;

use super::horizon::{self, Looked};
use super::job::{Job, stoppable};
use super::source::Source;
use super::table::headed;
use super::{Failure, say};
use crate::analysis::compare::{
    Difference, Exceptions, Front, Good, Group, Information, Rank, Robustness, Runs, Table, Target,
    Uncertain, differences, exceptions, front, groups, information, pooled, ranks, robustness,
    uncertain,
};
use crate::experiment::Experiment;
use crate::measure::RUN;
use crate::report;
use crate::report::pictures::{Compared, comparison};
use crate::store::Folder;
use clap::Args;
use std::path::Path;
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
    /// Of two scenarios: what each changed key does alone and in sequence, and what is left between them
    #[arg(long)]
    explain: bool,
    /// No look at half and twice the horizon, which costs a tenth of the runs
    #[arg(long)]
    no_horizon: bool,
    /// Go on where more than 5 % of the pairs lack a run
    #[arg(long)]
    allow_missing: bool,
    #[command(flatten)]
    source: Source,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// Everything that is found out.
#[derive(Debug)]
struct Answers {
    groups: Vec<Group>,
    differences: Vec<Difference>,
    /// The same on average over futures, where there are several.
    pooled: Vec<Difference>,
    ranks: Vec<Rank>,
    front: Vec<Front>,
    robustness: Vec<Robustness>,
    rules: Vec<Exceptions>,
    information: Vec<Information>,
    /// Outcomes that are shown.
    outcomes: Vec<String>,
    /// What was left out, in words; empty if nothing.
    left_out: String,
}

pub(crate) fn compare(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let source = &arguments.source;
    let (job, folder) = match arguments.targets.as_slice() {
        [only] if Path::new(only).is_dir() => source.opened(Path::new(only))?,
        targets => {
            let (experiment, replicates) = if let [only] = targets {
                let experiment = Experiment::load(only, &source.sets, source.seed)?;
                (experiment, None)
            } else {
                target::scenarios(targets, &source.sets, source.seed)?
            };
            nothing(&experiment)?;
            if arguments.explain {
                explain::check(&experiment, targets.len())?;
            }
            match source.ran(experiment, replicates)? {
                Some(both) => both,
                None => return Ok(ExitCode::from(130)),
            }
        }
    };
    let answers = answers(arguments, &job, &folder)?;
    save(&folder, &answers)?;
    draw(&job, &folder, &answers)?;
    let explained = match arguments.explain {
        true => match explain::explain(&job, &folder, source.threads, &answers.outcomes)? {
            Some(explained) => Some(explained),
            None => return Ok(ExitCode::from(130)),
        },
        false => None,
    };
    let looked = looked(arguments, &job, &folder)?;
    if arguments.json {
        let mut all = shown::json(&job, &folder, &answers);
        if let Some(explained) = &explained {
            all["waterfall"] = serde_json::json!(explained);
        }
        if let Some(looked) = &looked {
            all["horizon"] = horizon::json(looked, Some(&answers.outcomes));
        }
        say(&format!("{all:#}"));
    } else if !source.quiet {
        say(&shown::text(&job, &answers));
        if let Some(explained) = &explained {
            say(&format!("\n{}", explain::text(&job, explained)));
        }
        horizon::say_briefly(&job, looked.as_ref(), &answers.outcomes);
        say(&format!("\nResults: {}", folder.path().display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The look at half and twice the horizon.
fn looked(arguments: &Arguments, job: &Job, folder: &Folder) -> Result<Option<Looked>, Failure> {
    if arguments.no_horizon || arguments.allow_missing {
        return Ok(None);
    }
    let threads = usize::try_from(arguments.source.threads).unwrap_or_default();
    let effort = (threads, arguments.source.quiet);
    horizon::beside(job, folder, &arguments.smallest, effort, &stoppable())
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
        pooled: pooled(&runs, &groups, &smallest, seed)?,
        ranks: Vec::new(),
        front: Vec::new(),
        robustness: Vec::new(),
        rules: Vec::new(),
        information: Vec::new(),
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
                let ids: Vec<u64> = group.designs.iter().map(|one| one.design_id).collect();
                let found = information(&table, &ids, factors, of, seed);
                answers.information.extend(found);
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
    // With many futures the picture is of their average.
    let rows: Vec<(String, &Difference)> = match shown::many_futures(answers) {
        true => answers
            .pooled
            .iter()
            .map(|row| (shown::name(answers, row.design_id), row))
            .collect(),
        false => {
            let rows = answers.differences.iter();
            rows.map(|row| (job.experiment.words(row.design_id), row))
                .collect()
        }
    };
    let first = &job.experiment.scenarios[0];
    let about = Compared {
        title: first.title(),
        status: first.status(),
        against: &shown::against(job, &answers.groups),
        futures: match shown::many_futures(answers) {
            true => answers
                .groups
                .iter()
                .map(|group| group.futures.len())
                .max()
                .unwrap_or(1),
            false => 1,
        },
    };
    if let Some(chart) = comparison(&about, &answers.outcomes, &rows) {
        report::save(&chart, folder.path(), "comparison")?;
    }
    Ok(())
}

/// Saves every answer as a table beside the runs.
fn save(folder: &Folder, answers: &Answers) -> Result<(), Failure> {
    let rows = answers.differences.iter().map(Difference::fields).collect();
    folder.save_table("comparison.csv", &headed(&Difference::COLUMNS, rows))?;
    let rows = answers.pooled.iter().map(Difference::fields).collect();
    folder.save_table("comparison_pooled.csv", &headed(&Difference::COLUMNS, rows))?;
    let rows = answers.ranks.iter().map(Rank::fields).collect();
    folder.save_table("ranks.csv", &headed(&Rank::COLUMNS, rows))?;
    let rows = answers.front.iter().map(Front::fields).collect();
    folder.save_table("front.csv", &headed(&Front::COLUMNS, rows))?;
    let rows = answers.robustness.iter().map(Robustness::fields).collect();
    folder.save_table("robustness.csv", &headed(&Robustness::COLUMNS, rows))?;
    let rows = answers.rules.iter().flat_map(Exceptions::lines).collect();
    folder.save_table("rules.csv", &headed(&Exceptions::COLUMNS, rows))?;
    let rows = answers
        .information
        .iter()
        .map(Information::fields)
        .collect();
    folder.save_table("information.csv", &headed(&Information::COLUMNS, rows))?;
    Ok(())
}

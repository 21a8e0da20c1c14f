//! `compare A B --explain`: what each changed key does, alone and in sequence, and what is left between them.

use crate::analysis::compare::{Change, Waterfall};
use crate::cli::job::{Job, stoppable};
use crate::cli::progress::Shown;
use crate::cli::table::{number, wrapped};
use crate::cli::{Failure, position};
use crate::experiment::{self, Experiment, MemorySink, Plan, Shard, Watch};
use crate::measure::{self, Keep, RUN};
use crate::report::{self, pictures};
use crate::scenario::{Differing, Scenario};
use crate::store::Folder;
use serde::Serialize;

/// Changes that are told one by one.
const MOST: usize = 40;

/// The way from one scenario to the other, for each outcome.
#[derive(Debug, Serialize)]
pub(super) struct Explained {
    /// Each change: its path, what it was and what it is.
    pub(super) changes: Vec<Changed>,
    /// The way in each outcome, by its name.
    pub(super) outcomes: Vec<(String, Waterfall)>,
}

/// One change.
#[derive(Debug, Serialize)]
pub(super) struct Changed {
    pub(super) path: String,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
}

/// Refuses what has no way from one to the other.
pub(super) fn check(experiment: &Experiment, targets: usize) -> Result<(), Failure> {
    let [first, second] = experiment.scenarios.as_slice() else {
        return Err(Failure::Other(format!(
            "--explain tells what leads from one scenario to another, and here {}: name two scenarios",
            match targets {
                1 => "is an experiment".to_owned(),
                count => format!("are {count}"),
            }
        )));
    };
    match first.differing(second).len() {
        0 => Err(Failure::Other(format!(
            "{} and {} state the same: there is nothing to explain",
            first.name, second.name
        ))),
        1..=MOST => Ok(()),
        count => Err(Failure::Other(format!(
            "{} and {} differ in {count} keys, more than the {MOST} that can be told one by one: make {} with \
             extends = \"{}\" and the keys that matter",
            first.name, second.name, second.name, first.name
        ))),
    }
}

/// Runs every step with the luck of the comparison, and saves table and picture beside it; nothing where it
/// was stopped.
pub(super) fn explain(
    job: &Job,
    folder: &Folder,
    threads: u64,
    outcomes: &[String],
) -> Result<Option<Explained>, Failure> {
    check(&job.experiment, 1)?;
    let [first, second] = job.experiment.scenarios.as_slice() else {
        return Ok(None);
    };
    let differing = first.differing(second);
    let with = |some: &[&Differing]| first.with_differing(some).ok();
    let alone: Vec<Option<Scenario>> = differing.iter().map(|one| with(&[one])).collect();
    let all: Vec<&Differing> = differing.iter().collect();
    let sequence: Vec<Option<Scenario>> =
        (1..=all.len()).map(|count| with(&all[..count])).collect();
    let steps: Vec<&Scenario> = std::iter::once(first)
        .chain(alone.iter().chain(&sequence).flatten())
        .collect();
    let places = RUN.iter().enumerate();
    let shown: Vec<(usize, &str)> = places
        .filter(|(_, outcome)| outcomes.iter().any(|name| name == outcome.name))
        .map(|(at, outcome)| (at, outcome.name))
        .collect();
    let places: Vec<usize> = shown.iter().map(|(place, _)| *place).collect();
    let plan = Plan {
        points: steps.len() as u64,
        replicates: folder.manifest().replicates,
        shard: Shard::WHOLE,
        threads: position(threads),
        fail_fast: false,
    };
    let Some(values) = values(&steps, job.experiment.seed, plan, &places)? else {
        return Ok(None);
    };
    let mut ways = Vec::new();
    for ((_, name), values) in shown.iter().zip(values) {
        let mut values = values.into_iter();
        let Some(start) = values.next() else { continue };
        let mut take = |steps: &[Option<Scenario>]| -> Vec<Option<Vec<f64>>> {
            let each = steps.iter();
            each.map(|step| step.as_ref().and_then(|_| values.next()))
                .collect()
        };
        let (alone, sequence) = (take(&alone), take(&sequence));
        ways.extend(Waterfall::of(&start, &alone, &sequence).map(|way| ((*name).to_owned(), way)));
    }
    let explained = Explained {
        changes: differing
            .iter()
            .map(|one| Changed {
                path: one.path(),
                from: one.from(),
                to: one.to(),
            })
            .collect(),
        outcomes: ways,
    };
    folder.save_table("waterfall.csv", &lines(&explained))?;
    let rows: Vec<(String, &Waterfall)> = explained
        .outcomes
        .iter()
        .map(|(name, way)| (name.clone(), way))
        .collect();
    let paths: Vec<&str> = explained
        .changes
        .iter()
        .map(|one| one.path.as_str())
        .collect();
    let about = (first.title(), second.title());
    if let Some(chart) = pictures::waterfall(about, first.status(), &paths, &rows) {
        report::save(&chart, folder.path(), "waterfall")?;
    }
    Ok(Some(explained))
}

/// Some outcomes of a run, by their places, for each step and replicate; nothing where it was stopped.
fn values(
    steps: &[&Scenario],
    seed: u64,
    plan: Plan,
    places: &[usize],
) -> Result<Option<Vec<Vec<Vec<f64>>>>, Failure> {
    let one = |step: u64, replicate: u64| {
        let setup = &steps[position(step)].setup;
        Ok(measure::run(setup, seed, replicate, Keep::default()))
    };
    let (sink, cancel, progress) = (MemorySink::default(), stoppable(), Shown::new(true));
    let watch = Watch {
        progress: &progress,
        cancel: &cancel,
    };
    if experiment::run(plan, &one, &sink, watch)?.cancelled {
        return Ok(None);
    }
    let empty = vec![vec![f64::NAN; position(plan.replicates)]; steps.len()];
    let mut values = vec![empty; places.len()];
    for run in sink.take() {
        if let Ok(record) = run.result {
            for (place, values) in places.iter().zip(&mut values) {
                values[position(run.design_id)][position(run.replicate)] = record.run[*place];
            }
        }
    }
    Ok(Some(values))
}

/// The lines of `waterfall.csv`: a change a row, then what is left between them, then all together.
fn lines(explained: &Explained) -> Vec<Vec<String>> {
    let head = [
        "outcome",
        "n",
        "step",
        "path",
        "from",
        "to",
        "alone",
        "alone_low",
        "alone_high",
        "added",
        "added_low",
        "added_high",
    ];
    let three = |change: Option<Change>| {
        let interval = change.and_then(|one| one.interval);
        [
            change.map(|one| one.difference),
            interval.map(|one| one.low),
            interval.map(|one| one.high),
        ]
        .map(|value| value.map_or(String::new(), |value| value.to_string()))
    };
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for (name, way) in &explained.outcomes {
        let line = |step: String, of: [&str; 3], alone: Option<Change>, added: Option<Change>| {
            let start = [name.clone(), way.n.to_string(), step];
            let rest = of
                .map(str::to_owned)
                .into_iter()
                .chain(three(alone))
                .chain(three(added));
            start.into_iter().chain(rest).collect::<Vec<_>>()
        };
        let each = explained
            .changes
            .iter()
            .zip(way.alone.iter().zip(&way.added));
        for (at, (change, (alone, added))) in each.enumerate() {
            let [from, to] = [&change.from, &change.to].map(|one| one.as_deref().unwrap_or(""));
            let step = (at + 1).to_string();
            lines.push(line(step, [&change.path, from, to], *alone, *added));
        }
        lines.push(line(
            "interaction".to_owned(),
            ["", "", ""],
            way.interaction,
            None,
        ));
        lines.push(line(
            "total".to_owned(),
            ["", "", ""],
            Some(way.total),
            None,
        ));
    }
    lines
}

/// A table for each outcome.
pub(super) fn text(job: &Job, explained: &Explained) -> String {
    let [first, second] = job.experiment.scenarios.as_slice() else {
        return String::new();
    };
    let cell = |change: Option<Change>| {
        let Some(change) = change else {
            return "-".to_owned();
        };
        let ends = change
            .interval
            .map(|one| [one.low, one.high].map(|end| number(Some(end))));
        let ends = ends.map_or(String::new(), |[low, high]| format!(" [{low}, {high}]"));
        number(Some(change.difference)) + &ends
    };
    let mut parts = vec![format!(
        "From {} to {}, change by change [95 % interval]",
        first.name, second.name
    )];
    for (name, way) in &explained.outcomes {
        let each = explained
            .changes
            .iter()
            .zip(way.alone.iter().zip(&way.added));
        let rows = each.map(|(change, (alone, added))| {
            let [from, to] =
                [&change.from, &change.to].map(|one| one.as_deref().unwrap_or("nothing"));
            vec![
                cell(*alone),
                cell(*added),
                change.path.clone(),
                format!("{from} -> {to}"),
            ]
        });
        let left = vec![
            cell(way.interaction),
            String::new(),
            "left between them".to_owned(),
            String::new(),
        ];
        let total = vec![
            cell(Some(way.total)),
            String::new(),
            "all together".to_owned(),
            String::new(),
        ];
        let head = ["alone", "added in sequence", "key", "change"];
        parts.push(format!(
            "{name}\n{}",
            wrapped(&head, rows.chain([left, total]))
        ));
    }
    parts.push("All figures: waterfall.csv".to_owned());
    parts.join("\n\n")
}

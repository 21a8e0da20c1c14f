//! `sensitivity TARGET`: what drives the outcomes of a sampled design.

use super::compare::rules::region;
use super::compare::target;
use super::job::Job;
use super::source::Source;
use super::table::{headed, number, table};
use super::{Failure, say};
use crate::analysis::compare::{Runs, Target};
use crate::analysis::sensitivity::{self, Index, Inputs, Region, Sensitivity, Settled};
use crate::experiment::Experiment;
use crate::measure::{Outcome, RUN};
use crate::report;
use crate::report::pictures::driven;
use clap::Args;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// Outcomes that are looked at unless others are asked for.
const SHOWN: [&str; 4] = ["wins", "trust_end", "burnt_out", "hours"];
/// Pairs of factors that are shown; the table has all.
const MOST_PAIRS: usize = 6;

/// What to look at, and how.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A results folder or an experiment whose design is sampled: saltelli, morris, latin_hypercube or sobol
    target: String,
    /// Outcomes that are looked at [default: the experiment's, or wins, trust_end, burnt_out, hours]
    #[arg(long, value_delimiter = ',', value_parser = target::outcome)]
    outcomes: Vec<String>,
    /// What an outcome should reach, such as wins>=20: which factors decide whether it does (may be
    /// repeated)
    #[arg(long = "target", value_parser = target::target, value_name = "OUTCOME>=VALUE")]
    targets: Vec<(String, Target)>,
    /// Go on where more than 5 % of the blocks, trajectories or points lack a run
    #[arg(long)]
    allow_missing: bool,
    #[command(flatten)]
    source: Source,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn sensitivity(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (source, path) = (&arguments.source, Path::new(&arguments.target));
    let (job, folder) = if path.is_dir() {
        source.opened(path)?
    } else {
        let experiment = Experiment::load(&arguments.target, &source.sets, source.seed)?;
        // What cannot be analysed is not run.
        Inputs::of(&experiment).map_err(Failure::Other)?;
        match source.ran(experiment, None)? {
            Some(both) => both,
            None => return Ok(ExitCode::from(130)),
        }
    };
    let inputs = Inputs::of(&job.experiment).map_err(Failure::Other)?;
    let outcomes = outcomes(arguments, &job.experiment);
    let targets: BTreeMap<String, Target> = arguments.targets.iter().cloned().collect();
    let runs = Runs::of(&folder, job.experiment.points())?;
    let found = sensitivity::sensitivity(&runs, &job.experiment, &inputs, &outcomes, &targets)?;
    if found.too_few() && !arguments.allow_missing {
        return Err(Failure::Other(format!(
            "{} of {} parts of the design (blocks, trajectories or points) lack a run or have no value of an \
             outcome. More than 5 % are too many to read the rest as if nothing were amiss: `commonground \
             status {}` says what there is; choose outcomes that every run has, or go on with --allow-missing",
            found.parts.1,
            found.parts.0,
            folder.path().display()
        )));
    }
    let rows = found.indices.iter().map(Index::fields).collect();
    folder.save_table("sensitivity.csv", &headed(&Index::COLUMNS, rows))?;
    let rows = found.settled.iter().map(Settled::fields).collect();
    folder.save_table("convergence.csv", &headed(&Settled::COLUMNS, rows))?;
    let rows = found.regions.iter().flat_map(Region::lines).collect();
    folder.save_table("regions.csv", &headed(&Region::COLUMNS, rows))?;
    let first = &job.experiment.scenarios[0];
    if let Some(chart) = driven((first.title(), first.status()), &found) {
        report::save(&chart, folder.path(), "sensitivity")?;
    }
    if arguments.json {
        say(&format!(
            "{:#}",
            serde_json::json!({
                "experiment": job.experiment.name, "folder": folder.path(), "seed": job.experiment.seed,
                "indices": found.indices, "convergence": found.settled, "regions": found.regions,
            })
        ));
    } else if !source.quiet {
        say(&text(&job, &found));
        say(&format!("\nResults: {}", folder.path().display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Which outcomes are looked at: those asked for, and those that should reach something.
fn outcomes(arguments: &Arguments, experiment: &Experiment) -> Vec<&'static Outcome> {
    let named: Vec<&str> = match (
        arguments.outcomes.as_slice(),
        experiment.outcomes.as_slice(),
    ) {
        ([], []) => SHOWN.to_vec(),
        ([], names) | (names, _) => names.iter().map(String::as_str).collect(),
    };
    let meant = |name: &str| {
        let targets = arguments.targets.iter();
        named.contains(&name) || targets.clone().any(|(target, _)| target == name)
    };
    RUN.iter().filter(|outcome| meant(outcome.name)).collect()
}

fn text(job: &Job, found: &Sensitivity) -> String {
    let mut parts = vec![job.experiment.scenarios[0].title().to_owned()];
    if found.parts.1 > 0 {
        parts.push(format!(
            "Of {} parts of the design at most {} are left out of an outcome: they lack a run, or a run has no \
             value of it.",
            found.parts.0, found.parts.1
        ));
    }
    let mut places: Vec<(&str, &str, &str)> = Vec::new();
    for row in &found.indices {
        let place = (row.scenario.as_str(), row.arm.as_str(), row.outcome);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let several = job.experiment.crossed() > 1;
    for (scenario, arm, outcome) in places {
        let rows: Vec<&Index> = found
            .indices
            .iter()
            .filter(|row| {
                (row.scenario.as_str(), row.arm.as_str(), row.outcome) == (scenario, arm, outcome)
            })
            .collect();
        let place = match (several, arm) {
            (false, _) => String::new(),
            (true, "") => format!(" in {scenario}"),
            (true, arm) => format!(" in {scenario}, {arm}"),
        };
        parts.push(format!(
            "What drives {outcome}{place}\n{}",
            of_outcome(&rows)
        ));
        let settled = found.settled.iter().rfind(|row| {
            (row.scenario.as_str(), row.arm.as_str(), row.outcome) == (scenario, arm, outcome)
                && ["ST", "mu_star"].contains(&row.index)
        });
        parts.extend(settled.map(Settled::words));
        let regions = found.regions.iter().filter(|row| {
            (row.scenario.as_str(), row.arm.as_str(), row.outcome) == (scenario, arm, outcome)
        });
        parts.extend(regions.map(met));
        if rows
            .iter()
            .all(|row| row.value.is_none() || row.factor.is_empty())
        {
            parts.push(format!("{outcome} does not vary from point to point"));
        }
    }
    parts.push(
        "[95 % interval]; *: told from nothing; luck: what a factor that does nothing exceeds once in twenty\n\
         All indices: sensitivity.csv, convergence.csv"
            .to_owned(),
    );
    parts.join("\n\n")
}

/// Where a target is met, in a sentence.
fn met(row: &Region) -> String {
    let head = format!(
        "{} {}: met at {} of {} points by their means",
        row.outcome,
        row.target.words(),
        row.met,
        row.points
    );
    if row.met == 0 || row.met == row.points {
        return head;
    }
    if !row.too_few.is_empty() {
        return format!("{head}; {}", row.too_few);
    }
    let boxes: Vec<String> = row.boxes.iter().map(region).collect();
    match (boxes.is_empty(), row.of_met) {
        (true, _) => format!("{head}; no region of the factors tells which"),
        (false, true) => format!("{head}: where {}", boxes.join("; or where ")),
        (false, false) => format!("{head}, unless {}", boxes.join("; or unless ")),
    }
}

/// A row a factor, the strongest first; then pairs and luck.
fn of_outcome(rows: &[&Index]) -> String {
    let mut head = vec!["factor"];
    let shown: Vec<&'static str> = ["S1", "ST", "mu_star", "mu", "sigma", "pawn", "regional"]
        .into_iter()
        .filter(|index| rows.iter().any(|row| row.index == *index))
        .collect();
    head.extend(&shown);
    let order = ["ST", "mu_star", "pawn"]
        .into_iter()
        .find(|index| shown.contains(index));
    let mut first: Vec<&&Index> = rows.iter().filter(|row| Some(row.index) == order).collect();
    first.sort_by(|a, b| {
        b.value
            .unwrap_or(f64::NAN)
            .total_cmp(&a.value.unwrap_or(f64::NAN))
    });
    let cell = |factor: &str, index: &str| {
        let row = rows
            .iter()
            .find(|row| row.factor == factor && row.index == index);
        row.map_or("-".to_owned(), |row| said(row))
    };
    let lines = first.iter().map(|row| {
        let cells = shown.iter().map(|index| cell(&row.factor, index));
        std::iter::once(row.factor.clone()).chain(cells).collect()
    });
    let mut text = table(&head, lines);
    let mut pairs: Vec<&&Index> = rows
        .iter()
        .filter(|row| row.index == "S2" && row.tells())
        .collect();
    pairs.sort_by(|a, b| b.value.unwrap_or(0.0).total_cmp(&a.value.unwrap_or(0.0)));
    for pair in pairs.iter().take(MOST_PAIRS) {
        text += &format!("\n{} with {}: S2 {}", pair.factor, pair.other, said(pair));
    }
    text + "\n" + &luck(rows)
}

/// A value with its interval, and a star where it is told from nothing.
fn said(row: &Index) -> String {
    let ends = row
        .interval
        .map(|one| [one.low, one.high].map(|end| number(Some(end))));
    let ends = ends.map_or(String::new(), |[low, high]| format!(" [{low}, {high}]"));
    let luck = row.by_luck.map_or(String::new(), |luck| {
        format!(" (luck {})", number(Some(luck)))
    });
    let star = match row.tells() && row.index != "mu" && row.index != "sigma" {
        true => "*",
        false => "",
    };
    format!("{}{star}{ends}{luck}", number(row.value))
}

fn luck(rows: &[&Index]) -> String {
    let value = |index: &str| rows.iter().find(|row| row.index == index)?.value;
    let percent = |value: f64| format!("{:.0} %", 100.0 * value);
    match (value("luck_alone"), value("luck_total"), value("luck_left")) {
        (Some(alone), Some(total), Some(left)) => format!(
            "luck: {} of the variance of single runs, {} by itself; of the variance between the means above, {} \
             is luck that is left",
            percent(total),
            percent(alone),
            percent(left)
        ),
        _ => "luck: not known; it takes two replicates, and an outcome that varies".to_owned(),
    }
}

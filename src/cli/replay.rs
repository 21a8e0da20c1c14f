//! `replay DIR RUN`: one run again, to the same bits, with all its tables written down.

use super::job::{Job, asked};
use super::{Failure, say};
use crate::measure::{CYCLE, Keep, Record, Table, Values};
use crate::store::{Comparison, Folder, Run};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Which run.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A results folder
    folder: PathBuf,
    /// The run: its `run_id`, such as 3-17 for replicate 17 of design point 3, or the replicate
    /// alone where there is one design point
    run: String,
    /// The file that the results were made from, where the folder cannot tell (a survey)
    #[arg(long)]
    from: Option<String>,
}

pub(crate) fn replay(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = Folder::open(&arguments.folder)?;
    let (design_id, replicate) = id(&arguments.run)?;
    let Some(span) = folder.holding(design_id, replicate)? else {
        return Err(Failure::Other(format!(
            "{} holds no run {design_id}-{replicate}: it has design points 0 to {} and replicates 0 to {}",
            folder.path().display(),
            folder.manifest().design_points.saturating_sub(1),
            folder.manifest().replicates.saturating_sub(1),
        )));
    };
    let job = Job::of_folder(&folder, arguments.from.as_deref())?;
    let run = Run {
        design_id,
        replicate,
        result: job.again(design_id, replicate, job.keep),
    };
    let found = folder.compare(&run, span, &job.layout)?;
    say(&format!(
        "Run {design_id}-{replicate}, {}: {}",
        job.experiment.words(design_id),
        match &found {
            Comparison::Same => "the same bits as stored".to_owned(),
            Comparison::Missing => "not stored".to_owned(),
            Comparison::Different { table, column } =>
                format!("{column} in {table} has other bits than stored"),
        }
    ));
    match job.again(design_id, replicate, traced(&job)) {
        Ok(record) => write(&folder, &format!("{design_id}-{replicate}"), &record)?,
        Err(reason) => say(&format!("It failed: {reason}")),
    }
    Ok(ExitCode::from(if found == Comparison::Same {
        0
    } else {
        4
    }))
}

/// Design point and replicate of a run's name.
fn id(text: &str) -> Result<(u64, u64), Failure> {
    let (point, replicate) = text.split_once('-').unwrap_or(("0", text));
    let number = |text: &str| text.parse().ok();
    number(point).zip(number(replicate)).ok_or_else(|| {
        Failure::Other(format!(
            "\"{text}\" is no run: write its run_id, such as 3-17, or the number of a replicate"
        ))
    })
}

/// Every table; of surveyed people only those that the scenario asks for.
fn traced(job: &Job) -> Keep {
    let first = &job.experiment.scenarios[0];
    let open = first.survey.is_none();
    Keep {
        cycles: true,
        forums: true,
        contributions: true,
        leaders: open || asked(first, "leaders"),
        ties: open || asked(first, "ties"),
        events: open || asked(first, "events"),
    }
}

/// Writes the tables of a run into `replay/RUN/` of the folder.
fn write(folder: &Folder, run: &str, record: &Record) -> Result<(), Failure> {
    let head = std::iter::once("cycle").chain(CYCLE.iter().map(|outcome| outcome.name));
    let mut cycles: Vec<Vec<String>> = vec![head.map(str::to_owned).collect()];
    let rows = (1_u32..).zip(record.cycles.chunks_exact(CYCLE.len()));
    cycles.extend(rows.map(|(cycle, values)| {
        let cells = values.iter().map(|value| number(*value));
        std::iter::once(cycle.to_string()).chain(cells).collect()
    }));
    let tables = record.tables.iter().map(|table| (table.name, lines(table)));
    for (name, lines) in std::iter::once(("cycles", cycles)).chain(tables) {
        folder.save_table(&format!("replay/{run}/{name}.csv"), &lines)?;
    }
    say(&format!(
        "Traces: {}",
        folder.path().join("replay").join(run).display()
    ));
    Ok(())
}

fn number(value: f64) -> String {
    if value.is_nan() {
        return String::new();
    }
    value.to_string()
}

/// A table line by line, the names of its columns first.
fn lines(table: &Table) -> Vec<Vec<String>> {
    let cell = |values: &Values, row: usize| match values {
        Values::Number(values) => number(values[row]),
        Values::Integer(values) => values[row].to_string(),
        Values::Text(values) => values[row].clone(),
    };
    let height = table
        .columns
        .first()
        .map_or(0, |column| column.values.len());
    let head = table.columns.iter().map(|column| column.name.to_owned());
    let mut lines: Vec<Vec<String>> = vec![head.collect()];
    lines.extend((0..height).map(|row| {
        let cells = table.columns.iter();
        cells.map(|column| cell(&column.values, row)).collect()
    }));
    lines
}

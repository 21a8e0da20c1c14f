//! `status DIR`: what a results folder holds, what it lacks, and who worked on it.

use super::{Failure, say};
use crate::store::{Folder, RUNS, Session, Span};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Which folder.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A results folder
    folder: PathBuf,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// Missing runs that are listed, as blocks.
const LISTED: usize = 10;

/// What there is of an experiment, and what there is not.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) planned: u64,
    pub(super) there: u64,
    pub(super) failed: u64,
    /// Blocks of runs that are not there.
    pub(super) holes: Vec<Span>,
}

impl Standing {
    /// Of a results folder, by the names of its files.
    pub(super) fn of(folder: &Folder) -> Result<Self, Failure> {
        let manifest = folder.manifest();
        let held = folder.held(RUNS)?;
        let count = |spans: &[Span]| spans.iter().map(|span| span.count()).sum::<u64>();
        let there = count(&held);
        let all = Span::all(manifest.design_points, manifest.replicates);
        let mut here = std::collections::BTreeMap::<(u64, u64), Vec<Span>>::new();
        for span in held {
            here.entry(span.tile()).or_default().push(span);
        }
        let whole = |span: &Span| {
            let held = here.get(&span.tile()).into_iter().flatten();
            held.filter(|one| one.overlaps(*span))
                .map(|one| one.count())
                .sum::<u64>()
                >= span.count()
        };
        let holes = all.filter(|span| !whole(span)).collect();
        Ok(Self {
            planned: manifest.design_points.saturating_mul(manifest.replicates),
            there,
            failed: folder.failed()?,
            holes,
        })
    }

    /// The missing blocks in words.
    pub(super) fn holes(&self) -> String {
        let one = |span: &Span| {
            let range = |first: u64, last: u64| match last == first {
                true => first.to_string(),
                false => format!("{first}-{last}"),
            };
            format!(
                "  design points {}, replicates {}",
                range(span.first_point, span.last_point),
                range(span.first, span.last)
            )
        };
        let mut lines: Vec<String> = self.holes.iter().take(LISTED).map(one).collect();
        if self.holes.len() > LISTED {
            lines.push(format!("  and {} more blocks", self.holes.len() - LISTED));
        }
        lines.join("\n")
    }
}

pub(crate) fn status(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = Folder::open(&arguments.folder)?;
    let standing = Standing::of(&folder)?;
    let sessions = folder.sessions()?;
    if arguments.json {
        say(&format!("{:#}", json(&folder, &standing, &sessions)));
    } else {
        say(&text(&folder, &standing, &sessions));
    }
    Ok(ExitCode::from(u8::from(standing.failed > 0) * 3))
}

fn json(folder: &Folder, standing: &Standing, sessions: &[Session]) -> serde_json::Value {
    let manifest = folder.manifest();
    let tables: Vec<&str> = manifest
        .tables
        .iter()
        .map(|table| table.name.as_str())
        .collect();
    serde_json::json!({
        "name": manifest.name, "design_points": manifest.design_points,
        "replicates": manifest.replicates, "seed": manifest.seed, "planned": standing.planned,
        "there": standing.there, "missing": standing.planned.saturating_sub(standing.there),
        "failed": standing.failed, "tables": tables, "sessions": sessions,
    })
}

fn text(folder: &Folder, standing: &Standing, sessions: &[Session]) -> String {
    let manifest = folder.manifest();
    let Standing {
        planned,
        there,
        failed,
        ..
    } = *standing;
    let mut text = format!(
        "{}: {} design points, {} replicates of each, master seed {}\n{there} of {planned} runs are there",
        manifest.name, manifest.design_points, manifest.replicates, manifest.seed
    );
    if failed > 0 {
        text.push_str(&format!(", {failed} of them failed: see failures.csv"));
    }
    if !standing.holes.is_empty() {
        text.push_str(&format!(
            "\nMissing, wholly or in part:\n{}\nThe command that started them goes on from here.",
            standing.holes()
        ));
    }
    for session in sessions {
        let Session {
            host,
            process,
            shard,
            ..
        } = session;
        let task = session.task.as_ref();
        let task = task.map_or(String::new(), |task| format!(", task {task}"));
        let end = match (session.finished, session.ran) {
            (Some(finished), Some(ran)) => format!(
                "{ran} runs in {} s",
                finished.saturating_sub(session.started)
            ),
            _ => "at work, or killed".to_owned(),
        };
        text.push_str(&format!(
            "\n  part {shard} on {host}, process {process}{task}: {end}"
        ));
    }
    text
}

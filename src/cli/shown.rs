//! What `run` shows and keeps at its end: the short table, the summary as JSON, and for paired
//! design points the receipt of their common luck.

use super::Failure;
use super::job::Job;
use super::table::{number, table};
use crate::analysis::pairs::{self, Pair};
use crate::analysis::summary;
use crate::experiment::{Done, Setups, parting};
use crate::measure::RUN;
use crate::store::Folder;

/// Outcomes that the table of a scenario shows.
const SHOWN: [&str; 12] = [
    "wins",
    "failures",
    "first_win",
    "success",
    "attendance",
    "trust_end",
    "understanding_end",
    "commitment_end",
    "shared_leadership_end",
    "burnt_out",
    "hours",
    "value_per_hour",
];
/// Outcomes that the table of an experiment shows, unless its file names others.
const COMPARED: [&str; 4] = ["wins", "trust_end", "shared_leadership_end", "burnt_out"];
/// Design points that the table shows; the summary has all.
const POINTS_SHOWN: u64 = 24;
/// Design points that are paired with their baselines.
const MOST_PAIRED: u64 = 500;
/// Replicates whose parting is looked for.
const PARTED: u64 = 5;
/// Pairs of design points whose parting is looked for.
const MOST_PARTED: usize = 12;

/// The summary as JSON.
pub(super) fn json(
    job: &Job,
    folder: &Folder,
    done: Done,
    rows: &[summary::Row],
) -> serde_json::Value {
    let outcomes = |design_id: u64| -> serde_json::Map<String, serde_json::Value> {
        let of_point = rows.iter().filter(|row| row.design_id == design_id);
        of_point
            .map(|row| (row.outcome.clone(), serde_json::json!(row.summary)))
            .collect()
    };
    let mut shown = serde_json::json!({
        "scenario": job.experiment.name, "folder": folder.path(), "seed": job.experiment.seed,
        "planned": done.planned, "there": done.there, "ran": done.ran, "failed": done.failed,
        "cancelled": done.cancelled,
    });
    if job.experiment.is_plain() {
        shown["outcomes"] = outcomes(0).into();
    } else {
        let points = (0..job.experiment.points()).map(|id| {
            serde_json::json!({
                "design_id": id, "point": job.experiment.words(id), "outcomes": outcomes(id),
            })
        });
        shown["points"] = points.collect();
    }
    shown
}

/// The short table: outcomes of a scenario, or a few outcomes at each design point.
pub(super) fn text(job: &Job, folder: &Folder, rows: &[summary::Row]) -> Result<String, Failure> {
    let title = job.experiment.scenarios[0].title();
    if job.experiment.is_plain() {
        return Ok(format!("{title}\n\n{}", outcomes(rows)));
    }
    let mut text = format!("{title}\n\n{}", points(job, rows));
    let points = job.experiment.points();
    if points > POINTS_SHOWN {
        text.push_str(&format!(
            "\n{} more design points: summary.csv, with design.csv for what they are",
            points - POINTS_SHOWN
        ));
    }
    text.push_str(&receipt(job, folder)?);
    Ok(text)
}

fn outcomes(rows: &[summary::Row]) -> String {
    let lines = SHOWN.iter().filter_map(|name| {
        let row = rows.iter().find(|row| row.outcome == *name)?;
        let found = row.summary;
        Some(vec![
            row.outcome.clone(),
            number(found.mean),
            format!("{} to {}", number(found.ci_low), number(found.ci_high)),
            format!("{} to {}", number(found.p10), number(found.p90)),
            runs(&found),
        ])
    });
    let head = [
        "outcome",
        "mean",
        "95 % interval of the mean",
        "10-90 % of runs",
        "runs",
    ];
    format!("{}\n\n{}", table(&head, lines), meanings(rows))
}

/// How many runs an outcome is of, where it is not defined in all of them.
fn runs(found: &summary::Summary) -> String {
    match found.missing {
        0 => found.n.to_string(),
        missing => format!("{} of {}", found.n, found.n + missing),
    }
}

/// What the outcomes of the table mean, with their units.
fn meanings(rows: &[summary::Row]) -> String {
    let lines = SHOWN.iter().filter_map(|name| {
        let row = rows.iter().find(|row| row.outcome == *name)?;
        let told = RUN.iter().find(|outcome| outcome.name == *name)?;
        let words: Vec<&str> = told.line.split_whitespace().chain([*name]).collect();
        let said = row
            .unit
            .split_whitespace()
            .all(|word| words.contains(&word));
        let unit = if said {
            String::new()
        } else {
            format!(" ({})", row.unit)
        };
        Some(format!("  {name:<22} {}{unit}", told.line))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Which outcomes are shown.
pub(super) fn names(job: &Job) -> Vec<&str> {
    if job.experiment.is_plain() && job.experiment.outcomes.is_empty() {
        return SHOWN.to_vec();
    }
    compared(job)
}

/// Which outcomes an experiment shows.
fn compared(job: &Job) -> Vec<&str> {
    if job.experiment.outcomes.is_empty() {
        return COMPARED.to_vec();
    }
    job.experiment.outcomes.iter().map(String::as_str).collect()
}

fn points(job: &Job, rows: &[summary::Row]) -> String {
    let names = compared(job);
    let head: Vec<&str> = ["design point", "runs"]
        .into_iter()
        .chain(names.clone())
        .collect();
    let shown = 0..job.experiment.points().min(POINTS_SHOWN);
    let lines = shown.map(|id| {
        let of_point = |name: &&str| {
            rows.iter()
                .find(|row| row.design_id == id && row.outcome == **name)
        };
        let cells = names.iter().map(|name| {
            of_point(name).map_or(String::new(), |row| {
                let found = row.summary;
                let interval = [found.ci_low, found.ci_high].map(number);
                format!("{} [{}, {}]", number(found.mean), interval[0], interval[1])
            })
        });
        let runs = rows.iter().find(|row| row.design_id == id);
        let runs = runs.map_or(0, |row| row.summary.n + row.summary.missing);
        let words = [job.experiment.words(id), runs.to_string()];
        words.into_iter().chain(cells).collect()
    });
    format!("Mean [95 % interval of the mean]\n{}", table(&head, lines))
}

/// Design points with those that they are paired with; none where there are too many to pair.
fn paired(job: &Job) -> Vec<(u64, u64)> {
    if job.experiment.points() > MOST_PAIRED {
        return Vec::new();
    }
    job.experiment.paired()
}

/// Saves `pairs.csv` and `partings.csv`, where design points are paired.
pub(super) fn save_receipt(job: &Job, folder: &Folder) -> Result<(), Failure> {
    let paired = paired(job);
    if paired.is_empty() {
        return Ok(());
    }
    let pairs = pairs::pairs(folder, &paired)?;
    let lines: Vec<Vec<String>> = std::iter::once(Pair::COLUMNS.map(str::to_owned).to_vec())
        .chain(pairs.iter().map(Pair::fields))
        .collect();
    folder.save_table("pairs.csv", &lines)?;
    let mut lines = vec![
        [
            "design_id",
            "baseline_id",
            "replicate",
            "numbers_part",
            "events_part",
            "event",
            "baseline_event",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    let setups = Setups::new(&job.experiment);
    for (id, baseline) in paired.into_iter().take(MOST_PARTED) {
        let (Ok(here), Ok(there)) = (setups.of(id), setups.of(baseline)) else {
            continue;
        };
        for replicate in 0..PARTED.min(folder.manifest().replicates) {
            let found = parting(&here, &there, job.experiment.seed, replicate);
            let cycle = |cycle: Option<u32>| cycle.map_or(String::new(), |cycle| cycle.to_string());
            lines.push(vec![
                id.to_string(),
                baseline.to_string(),
                replicate.to_string(),
                cycle(found.numbers),
                cycle(found.events),
                found.one,
                found.other,
            ]);
        }
    }
    folder.save_table("partings.csv", &lines)?;
    Ok(())
}

/// The receipt in words: what pairing was worth for the outcomes that are shown, and where the
/// first replicate parts.
fn receipt(job: &Job, folder: &Folder) -> Result<String, Failure> {
    let paired = paired(job);
    let Some((id, baseline)) = paired.first().copied() else {
        return Ok(String::new());
    };
    let shown = &paired[..paired.len().min(usize::try_from(POINTS_SHOWN).unwrap_or(0))];
    let pairs = pairs::pairs(folder, shown)?;
    let names = compared(job);
    let lines = pairs
        .iter()
        .filter(|pair| names.contains(&pair.outcome.as_str()));
    let lines = lines.map(|pair| {
        let found = pair.difference;
        vec![
            job.experiment.words(pair.design_id),
            pair.outcome.clone(),
            number(found.mean),
            format!("{} to {}", number(found.ci_low), number(found.ci_high)),
            number(pair.correlation),
            number(pair.variance_reduction),
            number(pair.extra_runs),
        ]
    });
    let head = [
        "design point",
        "outcome",
        "difference",
        "95 % interval",
        "correlation",
        "variance less",
        "runs saved",
    ];
    let setups = Setups::new(&job.experiment);
    let parts = match (setups.of(id), setups.of(baseline)) {
        (Ok(here), Ok(there)) => {
            let found = parting(&here, &there, job.experiment.seed, 0);
            match found.events {
                Some(cycle) => format!(
                    "Replicate 0 of \"{}\" parts from that in cycle {cycle}: {} instead of {}",
                    job.experiment.words(id),
                    quoted(&found.one),
                    quoted(&found.other),
                ),
                None => format!(
                    "The same happens in replicate 0 of \"{}\" to the end",
                    job.experiment.words(id)
                ),
            }
        }
        _ => String::new(),
    };
    Ok(format!(
        "\n\nPaired with {}, replicate by replicate (common random numbers)\n{}\n{parts}",
        partner(job, baseline),
        table(&head, lines)
    ))
}

/// What design points are paired with, in words.
fn partner(job: &Job, baseline: u64) -> String {
    let arms = &job.experiment.arms;
    match arms.len() {
        1 => format!("\"{}\"", job.experiment.words(baseline)),
        _ => format!(
            "\"{}\" of the same design",
            arms[job.experiment.baseline].name
        ),
    }
}

fn quoted(event: &str) -> String {
    if event.is_empty() {
        return "nothing more".to_owned();
    }
    format!("\"{event}\"")
}

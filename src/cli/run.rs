//! `run FILE`: the main job. A scenario becomes a results folder with summary and charts.

use super::progress::Shown;
use super::table::{number, table};
use super::{Failure, colours, say};
use crate::analysis::{series, summary};
use crate::experiment::{self, Cancel, Done, FolderSink, Plan, RunError, Shard, Watch};
use crate::measure::{self, CYCLE, Keep, RUN};
use crate::report::{self, pictures};
use crate::scenario::{self, Scenario, render};
use crate::store::{Asked, Existing, Folder, Identity, Layout, Session};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Replicates unless asked for more or fewer.
pub(super) const REPLICATES: u64 = 200;
/// Runs up to which the time series is kept unless asked for.
const CYCLES_KEPT: u64 = 2000;
/// Runs behind the forum map.
const TRACED: u64 = 40;
/// Single runs drawn behind the means.
const SINGLES: usize = 5;

/// What to run, and how.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A scenario file, or a name of the library (see `describe scenarios`)
    scenario: String,
    /// Replicates: runs that differ by their luck alone
    #[arg(long, default_value_t = REPLICATES, value_parser = |text: &str| whole(text, 1, 10_000_000), allow_negative_numbers = true)]
    replicates: u64,
    /// Master seed
    #[arg(long, default_value_t = 1, value_parser = |text: &str| whole(text, 0, u64::MAX), allow_negative_numbers = true)]
    seed: u64,
    /// Months, instead of the scenario's
    #[arg(long, value_parser = |text: &str| whole(text, 1, 1200), allow_negative_numbers = true)]
    cycles: Option<u64>,
    /// Threads (0: one a processor); changes no result
    #[arg(long, default_value_t = 0, value_parser = |text: &str| whole(text, 0, 1024), allow_negative_numbers = true)]
    threads: u64,
    /// Change a value, such as mechanisms.trust.gain=0.1 (may be repeated)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Folder in which the results folder is made
    #[arg(long, default_value = "output")]
    out: PathBuf,
    /// Keep the time series beyond 2,000 runs too
    #[arg(long)]
    keep_cycles: bool,
    /// No charts
    #[arg(long)]
    no_charts: bool,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
    /// Compute again what is there already; replaces files that this program made, no others
    #[arg(long)]
    force: bool,
}

/// A whole number within bounds, or what it should be, in words.
fn whole(text: &str, low: u64, high: u64) -> Result<u64, String> {
    let number = text.parse().ok();
    number
        .filter(|number| (low..=high).contains(number))
        .ok_or_else(|| format!("a whole number from {low} to {high}, in digits alone"))
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let scenario = read(arguments)?;
    let keep = kept(&scenario, arguments);
    let layout = layout(&scenario, keep);
    let identity = Identity::new(
        &scenario.name,
        &scenario::resolved(&scenario),
        arguments.seed,
    );
    let path = arguments.out.join(identity.folder_name());
    let existing = if arguments.force {
        Existing::Replace
    } else {
        Existing::Resume
    };
    let asked = Asked {
        layout: &layout,
        points: 1,
        replicates: arguments.replicates,
    };
    let folder = Folder::create(&path, &identity, asked, existing)?;
    let mut session = Session::start(threads(arguments), "1/1");
    folder.save_session(&session)?;
    let done = simulate(arguments, &scenario, keep, &folder, &layout)?;
    session.finish(done.ran);
    folder.save_session(&session)?;
    summary::save(&folder)?;
    if !arguments.no_charts && done.there + done.ran > done.failed {
        draw(&scenario, arguments.seed, &folder)?;
    }
    conclude(arguments, &scenario, &folder, done)
}

/// How many threads; at most 1,024.
fn threads(arguments: &Arguments) -> usize {
    usize::try_from(arguments.threads).unwrap_or_default()
}

fn read(arguments: &Arguments) -> Result<Scenario, Failure> {
    let mut sets = arguments.sets.clone();
    sets.extend(
        arguments
            .cycles
            .map(|cycles| format!("horizon.cycles={cycles}")),
    );
    let scenario = scenario::load(&arguments.scenario, &sets)?;
    if !arguments.quiet {
        eprint!("{}", render(&scenario.warnings, colours()));
    }
    Ok(scenario)
}

/// Which optional tables are kept: what the scenario asks for, and the time series of small
/// experiments.
fn kept(scenario: &Scenario, arguments: &Arguments) -> Keep {
    let asked = |table| asked(scenario, table);
    Keep {
        cycles: arguments.keep_cycles || arguments.replicates <= CYCLES_KEPT,
        leaders: asked("leaders"),
        ties: asked("ties"),
        forums: asked("forums"),
        events: asked("events"),
        contributions: asked("contributions"),
    }
}

fn layout(scenario: &Scenario, keep: Keep) -> Layout {
    Layout {
        run: RUN,
        cycle: if keep.cycles { CYCLE } else { &[] },
        tables: measure::empty_tables(&scenario.setup, keep),
    }
}

fn simulate(
    arguments: &Arguments,
    scenario: &Scenario,
    keep: Keep,
    folder: &Folder,
    layout: &Layout,
) -> Result<Done, Failure> {
    let cancel = Cancel::default();
    let stopped = cancel.clone();
    // A second handler cannot be set; then Ctrl-C ends the program and the chunks there stay.
    let _ = ctrlc::set_handler(move || stopped.cancel());
    let shown = Shown::new(arguments.quiet);
    let plan = Plan {
        points: 1,
        replicates: arguments.replicates,
        shard: Shard::WHOLE,
        threads: threads(arguments),
        fail_fast: false,
    };
    let one = |_: u64, replicate: u64| -> Result<measure::Record, RunError> {
        Ok(measure::run(
            &scenario.setup,
            arguments.seed,
            replicate,
            keep,
        ))
    };
    let sink = FolderSink {
        folder: folder.clone(),
        layout: layout.clone(),
    };
    let done = experiment::run(
        plan,
        &one,
        &sink,
        Watch {
            progress: &shown,
            cancel: &cancel,
        },
    );
    shown.end();
    Ok(done?)
}

/// Makes the charts of a results folder again.
fn draw(scenario: &Scenario, seed: u64, folder: &Folder) -> Result<(), Failure> {
    let charts = folder.path().join("charts");
    std::fs::create_dir_all(&charts)
        .map_err(|error| Failure::Other(format!("cannot create {}: {error}", charts.display())))?;
    let status = scenario.status();
    let about = pictures::About {
        title: scenario.title(),
        status,
    };
    if folder.manifest().table(crate::store::CYCLES).is_some() {
        let set = series::of(folder, 0, SINGLES)?;
        report::save(&pictures::overview(&about, &set), &charts, "overview")?;
        for (stem, chart) in pictures::over_time(&about, &set) {
            report::save(&chart, &charts, stem)?;
        }
        for (stem, chart) in pictures::cost(&about, &set) {
            report::save(&chart, &charts, stem)?;
        }
    }
    trace(
        scenario,
        seed,
        &charts,
        &about,
        folder.manifest().replicates,
    )
}

/// Whether networks are drawn: those of surveyed people show what they answered, person by person,
/// and are drawn only where the scenario asks for the table of ties.
fn pictured(scenario: &Scenario) -> bool {
    scenario.survey.is_none() || asked(scenario, "ties")
}

/// Whether a scenario asks for an optional table.
fn asked(scenario: &Scenario, table: &str) -> bool {
    let tables = scenario.document.top.words("outcomes.tables");
    tables.contains(&table)
}

/// Networks and the forum map need tables that are not kept by default: the first replicates are
/// run once more, to the same bytes.
fn trace(
    scenario: &Scenario,
    seed: u64,
    charts: &Path,
    about: &pictures::About,
    replicates: u64,
) -> Result<(), Failure> {
    use rayon::prelude::*;
    let few = scenario.setup.posts.len() <= 1000
        && scenario.setup.forums.len() <= report::MOST_NAMED_FORUMS;
    let runs = if few { TRACED.min(replicates) } else { 1 };
    let records = (0..runs).into_par_iter().map(|replicate| {
        let keep = Keep {
            leaders: replicate == 0,
            ties: replicate == 0,
            forums: true,
            ..Keep::default()
        };
        measure::run(&scenario.setup, seed, replicate, keep)
    });
    let traced = pictures::Traced {
        setup: &scenario.setup,
        records: records.collect(),
    };
    if pictured(scenario) {
        for (stem, chart) in pictures::networks(about, &traced) {
            report::save(&chart, charts, stem)?;
        }
    }
    Ok(report::save(
        &pictures::forum_map(about, &traced),
        charts,
        "forums",
    )?)
}

/// The short table, the folder, and the exit code.
fn conclude(
    arguments: &Arguments,
    scenario: &Scenario,
    folder: &Folder,
    done: Done,
) -> Result<ExitCode, Failure> {
    let rows = summary::runs(folder)?;
    if arguments.json {
        let outcomes: serde_json::Map<String, serde_json::Value> = rows
            .iter()
            .map(|row| (row.outcome.clone(), serde_json::json!(row.summary)))
            .collect();
        say(&format!(
            "{:#}",
            serde_json::json!({
                "scenario": scenario.name, "folder": folder.path(), "seed": arguments.seed,
                "planned": done.planned, "there": done.there, "ran": done.ran, "failed": done.failed,
                "cancelled": done.cancelled, "outcomes": outcomes,
            })
        ));
    } else if !arguments.quiet {
        say(&short(scenario, &rows));
        say(&format!("\nResults: {}", folder.path().display()));
        if arguments.no_charts && folder.path().join("charts").exists() {
            say("Charts:  left as they were; they may show fewer runs");
        }
        if !arguments.no_charts {
            say(&format!(
                "Charts:  {}",
                folder.path().join("charts").display()
            ));
            if !pictured(scenario) {
                say(
                    "Networks of surveyed people are not drawn; outcomes.tables = [\"ties\"] asks for them.",
                );
            }
        }
    }
    if done.cancelled {
        eprintln!(
            "Stopped: {} of {} runs are there. The same command goes on from here.",
            done.there + done.ran,
            done.planned
        );
    }
    if done.failed > 0 {
        eprintln!(
            "{} runs failed; {} says why.",
            done.failed,
            folder.path().join("failures.csv").display()
        );
    }
    Ok(match done {
        Done {
            cancelled: true, ..
        } => ExitCode::from(130),
        Done { failed: 1.., .. } => ExitCode::from(3),
        _ => ExitCode::SUCCESS,
    })
}

fn short(scenario: &Scenario, rows: &[summary::Row]) -> String {
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
    let lines = SHOWN.iter().filter_map(|name| {
        let row = rows.iter().find(|row| row.outcome == *name)?;
        let found = row.summary;
        Some(vec![
            row.outcome.clone(),
            number(found.mean),
            format!("{} to {}", number(found.ci_low), number(found.ci_high)),
            format!("{} to {}", number(found.p10), number(found.p90)),
            found.n.to_string(),
            row.unit.clone(),
        ])
    });
    let head = [
        "outcome",
        "mean",
        "95 % interval of the mean",
        "10-90 % of runs",
        "runs",
        "unit",
    ];
    format!("{}\n\n{}", scenario.title(), table(&head, lines))
}

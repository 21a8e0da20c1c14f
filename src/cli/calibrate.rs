//! `calibrate FILE`: fits the uncertain parameters of a scenario to published figures.

use super::job::stoppable;
use super::progress::Shown;
use super::run::whole;
use super::table::{number, wrapped};
use super::{Failure, colours, say};
use crate::analysis::calibration::{Answer, Calibration, Places, Standing, Target, search};
use crate::experiment::Watch;
use crate::registry::Choice;
use crate::registry::calibrations::Use;
use crate::report::{self, calibration_page, pictures};
use crate::scenario::render;
use crate::store::{Existing, Folder, Session};
use clap::Args;
use std::cell::Cell;
use std::path::PathBuf;
use std::process::ExitCode;

/// What to calibrate, and how.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A calibration file: a scenario with priors in [[factors]] and published figures in [[targets]]
    file: String,
    /// Master seed [default: the file's, or 1]
    #[arg(long, value_parser = |text: &str| whole(text, 0, u64::MAX), allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Threads (0: one a processor); changes no result
    #[arg(long, default_value_t = 0, value_parser = |text: &str| whole(text, 0, 1024), allow_negative_numbers = true)]
    threads: u64,
    /// Change a value, such as calibration.waves=3 (may be repeated)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Folder in which the results folder is made
    #[arg(long, default_value = "output", value_parser = super::folder)]
    out: PathBuf,
    /// No charts
    #[arg(long)]
    no_charts: bool,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    /// Print targets and parameters as JSON
    #[arg(long)]
    json: bool,
    /// Compute again what is there already; replaces files that this program made, no others
    #[arg(long)]
    force: bool,
}

pub(crate) fn calibrate(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let calibration = Calibration::load(&arguments.file, &arguments.sets, arguments.seed)?;
    let quiet = arguments.quiet;
    if !quiet {
        for scenario in &calibration.experiment.scenarios {
            eprint!("{}", render(&scenario.warnings, colours()));
        }
    }
    let path = arguments.out.join(calibration.identity().folder_name());
    let existing = match arguments.force {
        true => Existing::Replace,
        false => Existing::Resume,
    };
    let threads = usize::try_from(arguments.threads).unwrap_or_default();
    let progress = Shown::of("sets", quiet);
    let cancel = stoppable();
    let mut session = Session::start(threads, "1/1");
    let ran = Cell::new(0);
    let places = Places {
        path: &path,
        existing,
        threads,
        begin: &|words| {
            if !quiet {
                eprintln!("{words}");
            }
        },
        ran: &|sets| ran.set(ran.get() + sets),
    };
    let watch = Watch {
        progress: &progress,
        cancel: &cancel,
    };
    let found = search(&calibration, places, watch);
    progress.end();
    let Some(answer) = found? else {
        eprintln!(
            "Stopped. What was computed is kept in {}; the same command goes on from there.",
            path.display()
        );
        return Ok(ExitCode::from(130));
    };
    let folder = Folder::open(&path)?;
    session.finish(ran.get());
    folder.save_session(&session)?;
    for (name, lines) in answer.tables(&calibration) {
        folder.save_table(name, &lines)?;
    }
    let page = calibration_page::markdown(&calibration, &answer);
    folder.save("calibration.md", page.as_bytes())?;
    if !arguments.no_charts {
        draw(&calibration, &answer, &folder)?;
    }
    if arguments.json {
        say(&format!("{:#}", json(&calibration, &answer, &folder)));
    } else if !quiet {
        say(&text(&calibration, &answer, &folder));
    }
    Ok(ExitCode::SUCCESS)
}

fn draw(calibration: &Calibration, answer: &Answer, folder: &Folder) -> Result<(), Failure> {
    let charts = folder.path().join("charts");
    std::fs::create_dir_all(&charts)
        .map_err(|error| Failure::Other(format!("cannot create {}: {error}", charts.display())))?;
    let targets = pictures::calibration::targets(calibration, answer);
    report::save(&targets, &charts, "targets")?;
    let parameters = pictures::calibration::parameters(calibration, answer);
    report::save(&parameters, &charts, "parameters")?;
    Ok(())
}

fn json(calibration: &Calibration, answer: &Answer, folder: &Folder) -> serde_json::Value {
    let standings = answer.standings(calibration);
    let targets = calibration.targets.iter().zip(&standings).map(|(target, found)| {
        serde_json::json!({
            "target": target.id, "use": target.used.word(), "band": target.band(),
            "median": found.posterior.median, "p05": found.posterior.low, "p95": found.posterior.high,
            "inside": found.inside, "default": found.default, "verdict": found.verdict.word(),
        })
    });
    let parameters = answer.free.iter().enumerate().map(|(place, at)| {
        let factor = &calibration.experiment.factors[*at];
        let found = answer.of_parameter(calibration, place);
        serde_json::json!({
            "parameter": factor.parameter, "default": calibration.as_it_is(factor),
            "median": found.quantiles.median, "p05": found.quantiles.low, "p95": found.quantiles.high,
            "narrowed": found.narrowed, "representative": found.representative,
        })
    });
    serde_json::json!({
        "calibration": calibration.experiment.name, "folder": folder.path(),
        "seed": calibration.experiment.seed, "sets": answer.population.sets.len(),
        "targets": targets.collect::<Vec<_>>(), "parameters": parameters.collect::<Vec<_>>(),
    })
}

/// What came out, in two tables.
fn text(calibration: &Calibration, answer: &Answer, folder: &Folder) -> String {
    let title = calibration.experiment.scenarios[0].title();
    let standings = answer.standings(calibration);
    let of_use = |used: Use| {
        let of_use = calibration.targets.iter().zip(&standings);
        let of_use = of_use.filter(move |(target, _)| target.used == used);
        of_use.map(|(target, found)| line(target, *found))
    };
    let head = [
        "target",
        "band",
        "as it is",
        "posterior, median [90 %]",
        "in band",
        "",
        "figure",
    ];
    let targets = wrapped(&head, of_use(Use::Fit).chain(of_use(Use::HeldOut)));
    let parameters = answer.free.iter().enumerate().map(|(place, at)| {
        let factor = &calibration.experiment.factors[*at];
        let found = answer.of_parameter(calibration, place);
        let prior = [0.0, 1.0].map(|share| {
            factor
                .quantile(share)
                .map_or(String::new(), |level| level.short())
        });
        vec![
            factor.parameter.clone(),
            format!("{} to {}", prior[0], prior[1]),
            number(Some(calibration.as_it_is(factor)).filter(|value| value.is_finite())),
            quantiles(
                found.quantiles.median,
                found.quantiles.low,
                found.quantiles.high,
            ),
            number(Some(found.narrowed)),
            number(Some(found.representative)),
        ]
    });
    let head = [
        "parameter",
        "prior",
        "as it is",
        "posterior, median [90 %]",
        "narrowed",
        "one set for all",
    ];
    let parameters = wrapped(&head, parameters);
    let (fit, fitted) = answer.short(calibration, Use::Fit);
    let (held, held_out) = answer.short(calibration, Use::HeldOut);
    let last = answer.waves.last();
    let waves = last.map_or(String::new(), |last| {
        format!(
            "{} waves; {} sets kept, the farthest {} tolerances off; they tell as much as {:.0} even ones.",
            last.wave,
            answer.population.sets.len(),
            number(Some(last.tolerance)),
            last.effective
        )
    });
    format!(
        "{title}\n\n{targets}\n\n{parameters}\n\n{waves}\n\
         Met: {fit} of {fitted} targets that were fitted, {held} of {held_out} that were held out. \
         Tables, charts and posterior.csv, from which an experiment can draw: {}",
        folder.path().display()
    )
}

fn line(target: &Target, found: Standing) -> Vec<String> {
    let shown = |value: f64| number(Some(value).filter(|value| value.is_finite()));
    vec![
        match target.used {
            Use::Fit => target.id.clone(),
            Use::HeldOut => format!("{} (held out)", target.id),
        },
        target.band(),
        shown(found.default),
        quantiles(
            found.posterior.median,
            found.posterior.low,
            found.posterior.high,
        ),
        format!("{:.0} %", 100.0 * found.inside),
        found.verdict.word().to_owned(),
        target.words(),
    ]
}

fn quantiles(median: f64, low: f64, high: f64) -> String {
    let shown = |value: f64| number(Some(value).filter(|value| value.is_finite()));
    format!("{} [{}, {}]", shown(median), shown(low), shown(high))
}

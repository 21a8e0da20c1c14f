//! The charts of a results folder.

use super::job::asked;
use super::{Failure, say};
use crate::analysis::series;
use crate::measure::{self, Keep};
use crate::report::{self, pictures};
use crate::scenario::Scenario;
use crate::store::Folder;
use std::path::Path;

/// Runs behind the forum map.
const TRACED: u64 = 40;
/// Single runs drawn behind the means.
const SINGLES: usize = 5;

/// Makes the charts of a results folder again.
pub(super) fn draw(scenario: &Scenario, seed: u64, folder: &Folder) -> Result<(), Failure> {
    let charts = folder.path().join("charts");
    std::fs::create_dir_all(&charts)
        .map_err(|error| Failure::Other(format!("cannot create {}: {error}", charts.display())))?;
    let status = scenario.status();
    let about = pictures::About {
        title: scenario.title(),
        status,
        burnout: scenario.setup.mechanisms.renewal.burnout,
        interventions: scenario
            .setup
            .interventions
            .iter()
            .filter(|one| one.intensity * one.effect > 0.0)
            .collect(),
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

/// Says where the charts are, and which there are not.
pub(super) fn say_where(scenario: &Scenario, folder: &Folder, drawn: bool) {
    let charts = folder.path().join("charts");
    if drawn {
        say(&format!("Charts:  {}", charts.display()));
        if !pictured(scenario) {
            say(
                "Networks of surveyed people are not drawn; outcomes.tables = [\"ties\"] asks for them.",
            );
        }
    } else if charts.exists() {
        say("Charts:  left as they were; they may show fewer runs");
    }
}

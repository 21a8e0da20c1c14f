//! Outcomes over the months.

use super::About;
use crate::analysis::series::{Series as Known, SeriesSet};
use crate::report::palette::{BLUE, Colour, DARK_ORANGE, GREEN, INK, Kind, Tier, VERMILLION};
use crate::report::{Band, CostPath, CostPathChart, Heading, LineChart, LinePanel, Series};

/// One line of a picture: outcome, label, colour.
type Line = (&'static str, &'static str, Colour);

/// A picture: file stem, title, y axis, range, lines.
struct Picture {
    stem: &'static str,
    title: &'static str,
    axis: &'static str,
    range: Option<(f64, f64)>,
    lines: Vec<Line>,
}

/// The pictures, in the order of the cycle.
fn pictures() -> Vec<Picture> {
    let share = Some((0.0, 1.0));
    let of = |stem, title, axis, range, lines: &[Line]| Picture {
        stem,
        title,
        axis,
        range,
        lines: lines.to_vec(),
    };
    let attendance = [
        "attendance_clinician",
        "attendance_manager",
        "attendance_citizen",
    ];
    let kinds = Kind::ALL.iter().zip(attendance);
    let kinds: Vec<Line> = kinds
        .map(|(kind, outcome)| (outcome, kind.label(), kind.colour()))
        .collect();
    let leadership = [
        "shared_leadership_executive",
        "shared_leadership_thematic",
        "shared_leadership_project",
    ];
    let tiers = Tier::ALL.iter().zip(leadership);
    let tiers: Vec<Line> = tiers
        .map(|(tier, outcome)| (outcome, tier.label(), tier.colour()))
        .collect();
    let understanding = "understanding (share)";
    vec![
        of(
            "trust",
            "Trust between leaders",
            "trust (share)",
            share,
            TRUST,
        ),
        of(
            "understanding",
            "Shared understanding",
            understanding,
            share,
            UNDERSTANDING,
        ),
        of(
            "commitment",
            "Commitment to the process",
            "commitment (share)",
            share,
            COMMITMENT,
        ),
        of(
            "attendance",
            "Attendance",
            "members present (share)",
            share,
            &kinds,
        ),
        of(
            "shared-leadership",
            "Shared leadership",
            "density × decentralisation",
            None,
            &tiers,
        ),
        of(
            "wins-failures",
            "Wins and failures",
            "projects a month (weighted)",
            None,
            WINS,
        ),
        of("strain", "Strain", "share", share, STRAIN),
    ]
}

const TRUST: &[Line] = &[
    ("trust", "all ties", INK),
    ("trust_across_kinds", "across kinds", BLUE),
    (
        "trust_across_organisations",
        "across organisations",
        DARK_ORANGE,
    ),
];
const UNDERSTANDING: &[Line] = &[
    ("understanding", "within forums", INK),
    ("foresight", "with the true need", GREEN),
];
const COMMITMENT: &[Line] = &[
    ("commitment", "all leaders", INK),
    ("commitment_weakest", "third with least power", VERMILLION),
];
const WINS: &[Line] = &[("wins", "won", GREEN), ("failures", "failed", VERMILLION)];
const STRAIN: &[Line] = &[
    ("strain", "mean strain", INK),
    ("burnt_out", "leaders burnt out", VERMILLION),
];

const BANDS: [&str; 2] = ["10-90 % of runs", "95 % interval of the mean"];

/// One chart for each group of outcomes, with the stem of its files.
#[must_use]
pub fn over_time(about: &About, set: &SeriesSet) -> Vec<(&'static str, LineChart)> {
    pictures()
        .iter()
        .filter_map(|picture| {
            let panel = panel(picture, set, true)?;
            Some((
                picture.stem,
                chart(about, set, picture.title, vec![panel], 1),
            ))
        })
        .collect()
}

/// All outcomes on one sheet.
#[must_use]
pub fn overview(about: &About, set: &SeriesSet) -> LineChart {
    let panels = pictures()
        .iter()
        .filter_map(|picture| panel(picture, set, false))
        .collect();
    chart(about, set, "What happens over the months", panels, 2)
}

fn chart(
    about: &About,
    set: &SeriesSet,
    title: &str,
    panels: Vec<LinePanel>,
    columns: usize,
) -> LineChart {
    let ends: Vec<String> = panels
        .iter()
        .flat_map(|panel| &panel.series)
        .filter_map(|series| {
            let known: Vec<f64> = series
                .mean
                .iter()
                .copied()
                .filter(|value| !value.is_nan())
                .collect();
            let (first, last) = (known.first()?, known.last()?);
            Some(format!("{}: from {first:.2} to {last:.2}", series.label))
        })
        .collect();
    LineChart {
        heading: Heading {
            title: title.to_owned(),
            caption: about.caption(),
            alt: format!(
                "{title} over {} months, mean of {} runs. {}.",
                set.months.len(),
                set.runs,
                ends.join("; ")
            ),
        },
        months: set.months.clone(),
        bands: BANDS.map(str::to_owned).to_vec(),
        runs: set.runs,
        panels,
        columns,
    }
}

/// A panel with those lines of a picture that have any values; alone on a sheet it needs no title of
/// its own, and has room for single runs.
fn panel(picture: &Picture, set: &SeriesSet, singles: bool) -> Option<LinePanel> {
    let series: Vec<Series> = picture
        .lines
        .iter()
        .filter_map(|(outcome, label, colour)| {
            let known = set.outcomes.get(*outcome)?;
            let any = known.mean.iter().any(|value| !value.is_nan());
            any.then(|| line(known, label, *colour, singles && picture.lines.len() < 3))
        })
        .collect();
    (!series.is_empty()).then(|| LinePanel {
        title: if singles {
            String::new()
        } else {
            picture.title.to_owned()
        },
        y_title: picture.axis.to_owned(),
        y_range: picture.range,
        series,
    })
}

fn line(known: &Known, label: &str, colour: Colour, singles: bool) -> Series {
    let band = |[low, high]: &[Vec<f64>; 2]| Band {
        low: low.clone(),
        high: high.clone(),
    };
    Series {
        label: label.to_owned(),
        colour,
        mean: known.mean.clone(),
        bands: vec![band(&known.runs), band(&known.interval)],
        single_runs: if singles {
            known.single.clone()
        } else {
            Vec::new()
        },
    }
}

/// Value against cost over time.
#[must_use]
pub fn cost(about: &About, set: &SeriesSet) -> Option<CostPathChart> {
    let hours = set.outcomes.get("cumulative_hours")?;
    let value = set.outcomes.get("delivered_value")?;
    let (hours_end, value_end) = (hours.mean.last()?, value.mean.last()?);
    Some(CostPathChart {
        heading: Heading {
            title: "Value delivered against hours spent".to_owned(),
            caption: format!(
                "{} Value: scale of each win, less what misses the population's need.",
                about.caption()
            ),
            alt: format!(
                "After {} months, {hours_end:.0} hours of governance have delivered a value of {value_end:.1}, mean of {} runs.",
                set.months.len(),
                set.runs
            ),
        },
        x_title: "hours of governance so far".to_owned(),
        y_title: "value delivered so far".to_owned(),
        paths: vec![CostPath {
            label: "mean of runs".to_owned(),
            colour: INK,
            months: set.months.clone(),
            cost: hours.mean.clone(),
            value: value.mean.clone(),
            run_ends: set.ends.clone(),
        }],
    })
}

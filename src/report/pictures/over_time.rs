//! Outcomes over the months: one picture for each group of outcomes, and all of them on one sheet.

use super::{About, bands};
use crate::analysis::series::{Series as Known, SeriesSet};
use crate::report::palette::{BLUE, Colour, DARK_ORANGE, GREEN, Kind, Tier, VERMILLION};
use crate::report::{Band, Heading, LineChart, LinePanel, Series};

/// One line of a picture: outcome, label, colour.
type Line = (&'static str, &'static str, Colour);

/// What the y axis shows. Bands end where the outcome's possible values end.
#[derive(Clone, Copy)]
enum Range {
    /// 0 to 1: pictures of different scenarios can be laid side by side.
    Share,
    /// From 0 to what the data need, but at least to this, so that small noise stays small.
    FromZero(f64),
}

/// A picture: file stem, title, y axis, what the reader must know, range, lines.
struct Picture {
    stem: &'static str,
    title: &'static str,
    axis: &'static str,
    note: &'static str,
    range: Range,
    lines: Vec<Line>,
}

const TRUST: &[Line] = &[
    ("trust", "all ties", BLUE),
    ("trust_across_kinds", "ties across kinds", VERMILLION),
    (
        "trust_across_organisations",
        "ties across organisations",
        DARK_ORANGE,
    ),
];
const UNDERSTANDING: &[Line] = &[
    ("understanding", "within forums", BLUE),
    ("foresight", "foresight: of the population's need", GREEN),
];
const COMMITMENT: &[Line] = &[
    ("commitment", "all leaders", BLUE),
    (
        "commitment_weakest",
        "weakest third: least power",
        VERMILLION,
    ),
];
const ATTENDANCE: [&str; 3] = [
    "attendance_clinician",
    "attendance_manager",
    "attendance_citizen",
];
const LEADERSHIP: [&str; 3] = [
    "shared_leadership_executive",
    "shared_leadership_thematic",
    "shared_leadership_project",
];
const WINS: &[Line] = &[
    ("wins_so_far", "wins", GREEN),
    ("failures_so_far", "failures", VERMILLION),
];
const STRAIN: &[Line] = &[
    ("strain", "mean strain", BLUE),
    ("burnt_out", "leaders burnt out", VERMILLION),
];

const UNDERSTOOD: &str = "One is full agreement of mental models.";
const LED: &str = "Leadership is shared where many are granted it (density) and no one alone \
                   (decentralisation): 0 is none or one leader, 1 everybody by everybody.";
const COUNTED: &str = "Counted since the start; a project of scale 0.25 counts one.";
const ALL_COUNTED: &str = "Wins, failures and value are counted since the start; a project of \
                           scale 0.25 counts one.";

/// The pictures, in the order of the cycle.
fn pictures() -> Vec<Picture> {
    let of = |stem, title, axis, note, range, lines: &[Line]| Picture {
        stem,
        title,
        axis,
        note,
        range,
        lines: lines.to_vec(),
    };
    let kinds = Kind::ALL.iter().zip(ATTENDANCE);
    let kinds: Vec<Line> = kinds
        .map(|(kind, outcome)| (outcome, kind.plural(), kind.colour()))
        .collect();
    let tiers = Tier::ALL.iter().zip(LEADERSHIP);
    let tiers: Vec<Line> = tiers
        .map(|(tier, outcome)| (outcome, tier.forums(), tier.colour()))
        .collect();
    let (share, led) = (Range::Share, Range::FromZero(0.2));
    let counted = Range::FromZero(1.0);
    let (leading, projects) = ("density × decentralisation", "projects so far");
    vec![
        of(
            "trust",
            "Trust between leaders",
            "trust, 0 to 1",
            "",
            share,
            TRUST,
        ),
        of(
            "understanding",
            "Shared understanding",
            "0 to 1",
            UNDERSTOOD,
            share,
            UNDERSTANDING,
        ),
        of(
            "commitment",
            "Commitment to the process",
            "commitment, 0 to 1",
            "",
            share,
            COMMITMENT,
        ),
        of(
            "attendance",
            "Attendance by kind of leader",
            "members present, share",
            "",
            share,
            &kinds,
        ),
        of(
            "shared-leadership",
            "Shared leadership by tier",
            leading,
            LED,
            led,
            &tiers,
        ),
        of(
            "wins-failures",
            "Wins and failures",
            projects,
            COUNTED,
            counted,
            WINS,
        ),
        of(
            "strain",
            "Strain, and leaders burnt out",
            "0 to 1",
            "",
            share,
            STRAIN,
        ),
    ]
}

/// The panels of the overview: one outcome each.
fn headlines() -> Vec<Picture> {
    let of = |title, axis, range, outcome| Picture {
        stem: "",
        title,
        axis,
        note: "",
        range,
        lines: vec![(outcome, title, BLUE)],
    };
    let share = Range::Share;
    let (led, counted) = (Range::FromZero(0.2), Range::FromZero(1.0));
    let leading = "density × decentralisation";
    let (projects, per_hour) = ("projects so far", "value per 1,000 hours so far");
    vec![
        of("Trust between leaders", "0 to 1", share, "trust"),
        of(
            "Shared understanding",
            "within forums, 0 to 1",
            share,
            "understanding",
        ),
        of("Commitment to the process", "0 to 1", share, "commitment"),
        of("Attendance", "members present, share", share, "attendance"),
        of("Shared leadership", leading, led, "shared_leadership"),
        of("Leaders burnt out", "share of leaders", share, "burnt_out"),
        of("Wins", projects, counted, "wins_so_far"),
        of("Failures", projects, counted, "failures_so_far"),
        of(
            "Value delivered",
            "value so far",
            counted,
            "delivered_value",
        ),
        of(
            "Value per hour",
            per_hour,
            Range::FromZero(0.2),
            "value_per_hour",
        ),
    ]
}

/// One chart for each group of outcomes, with the stem of its files.
#[must_use]
pub fn over_time(about: &About, set: &SeriesSet) -> Vec<(&'static str, LineChart)> {
    let chart = |picture: &Picture| {
        let panels = panels(picture, set);
        let note = picture.note.to_owned() + &against(about, &[picture], set);
        let heading = heading(about, set, (picture.title, note.trim()), &panels);
        let columns = panels.len();
        (columns > 0).then(|| (picture.stem, chart(about, set, heading, (panels, columns))))
    };
    pictures().iter().filter_map(chart).collect()
}

/// The main outcomes on one sheet.
#[must_use]
pub fn overview(about: &About, set: &SeriesSet) -> LineChart {
    let panel = |picture: &Picture| {
        let mut panel = panels(picture, set).pop()?;
        picture.title.clone_into(&mut panel.title);
        for series in &mut panel.series {
            series.single_runs.clear();
        }
        Some(panel)
    };
    let pictures = headlines();
    let panels: Vec<LinePanel> = pictures.iter().filter_map(panel).collect();
    let shown: Vec<&Picture> = pictures.iter().collect();
    let note = ALL_COUNTED.to_owned() + &against(about, &shown, set);
    let title = "What happens over the months";
    let heading = heading(about, set, (title, &note), &panels);
    chart(about, set, heading, (panels, 2))
}

fn chart(
    about: &About,
    set: &SeriesSet,
    heading: Heading,
    (panels, columns): (Vec<LinePanel>, usize),
) -> LineChart {
    LineChart {
        marks: about.marks(),
        heading,
        months: set.months.clone(),
        bands: bands(set.runs),
        runs: set.runs,
        panels,
        columns,
    }
}

/// What the numbers of some pictures are to be read against, and which are not there.
fn against(about: &About, pictures: &[&Picture], set: &SeriesSet) -> String {
    let show = |stem: &str| {
        let mut lines = pictures.iter().flat_map(|picture| &picture.lines);
        lines.any(|(outcome, ..)| outcome.starts_with(stem))
    };
    let mut said = String::new();
    if !about.interventions.is_empty() {
        said += " Upright lines: one begins or has ended.";
    }
    if let Some(chance) = set.chance.filter(|_| show("shared_leadership")) {
        said += &format!(" Shared leadership at the end with grants dealt at random: {chance:.3}.");
    }
    if show("burnt_out") {
        said += &format!(" Burnt out: strain above {}.", about.burnout);
    }
    said + &fewer(pictures, set)
}

/// Says so where an outcome is not defined in all runs, as attendance of citizens is not where a system has none.
fn fewer(pictures: &[&Picture], set: &SeriesSet) -> String {
    let lines = pictures.iter().flat_map(|picture| &picture.lines);
    let known = lines.filter_map(|(outcome, ..)| set.outcomes.get(*outcome));
    let defined = known.flat_map(|series| series.n.iter().copied().filter(|n| *n > 0));
    match defined.min() {
        Some(fewest) if fewest < set.runs as u64 => {
            format!(" Not defined in every run and month: there n is {fewest} or more.")
        }
        _ => String::new(),
    }
}

/// A panel for each line of a picture that has any value, on the same axes; the means of the others in it to compare with.
fn panels(picture: &Picture, set: &SeriesSet) -> Vec<LinePanel> {
    let series: Vec<Series> = picture
        .lines
        .iter()
        .filter_map(|(outcome, label, colour)| {
            let known = set.outcomes.get(*outcome)?;
            let any = known.mean.iter().any(|value| !value.is_nan());
            any.then(|| line(known, set.runs, picture.range, (label, *colour)))
        })
        .collect();
    let y_range = Some((0.0, top(picture.range, &series)));
    let panel = |at: usize| {
        let others = series.iter().enumerate().filter(|(other, _)| *other != at);
        LinePanel {
            title: series[at].label.clone(),
            y_title: picture.axis.to_owned(),
            y_range,
            series: vec![series[at].clone()],
            context: others
                .map(|(_, other)| (other.colour, other.mean.clone()))
                .collect(),
        }
    };
    (0..series.len()).map(panel).collect()
}

/// The upper end of the y axis.
fn top(range: Range, series: &[Series]) -> f64 {
    match range {
        Range::Share => 1.0,
        Range::FromZero(least) => {
            let shown = series.iter().flat_map(Series::rows).flatten();
            let most = shown.copied().filter(|value| value.is_finite());
            most.fold(least, |top, value| top.max(1.04 * value))
        }
    }
}

fn line(known: &Known, runs: usize, range: Range, (label, colour): (&str, Colour)) -> Series {
    let most = match range {
        Range::Share => 1.0,
        Range::FromZero(_) => f64::INFINITY,
    };
    // `clamp` keeps what is missing.
    let within = |edge: &[f64]| edge.iter().map(|value| value.clamp(0.0, most)).collect();
    let band = |[low, high]: &[Vec<f64>; 2]| Band {
        low: within(low),
        high: within(high),
    };
    let several = runs > 1;
    Series {
        label: label.to_owned(),
        colour,
        mean: known.mean.clone(),
        bands: match bands(runs).len() {
            0 => Vec::new(),
            1 => vec![band(&known.interval)],
            _ => vec![band(&known.runs), band(&known.interval)],
        },
        single_runs: if several {
            known.single.clone()
        } else {
            Vec::new()
        },
    }
}

/// Title, caption and alternative text of a chart of `panels`.
fn heading(
    about: &About,
    set: &SeriesSet,
    (title, note): (&str, &str),
    panels: &[LinePanel],
) -> Heading {
    let lines: Vec<String> = panels.iter().filter_map(spoken).collect();
    let note = if note.is_empty() {
        String::new()
    } else {
        format!(" {note}")
    };
    Heading {
        title: title.to_owned(),
        caption: format!("{}{note}", about.caption_of(set.runs)),
        alt: format!(
            "{title} of {} over {}, {}. {}.",
            about.title,
            super::months(set.months.len()),
            super::runs(set.runs),
            lines.join(". ")
        ),
    }
}

/// What a panel comes to, in words.
fn spoken(panel: &LinePanel) -> Option<String> {
    let series = panel.series.first()?;
    let known = |value: &f64| value.is_finite();
    let first = series.mean.iter().position(known)?;
    let last = series.mean.iter().rposition(known)?;
    let ends = |band: &Band| format!("{:.2} to {:.2}", band.low[last], band.high[last]);
    let around = match series.bands.as_slice() {
        [] => String::new(),
        [interval] => format!(", 95 % interval of the mean {}", ends(interval)),
        [runs, interval, ..] => format!(
            ", 95 % interval of the mean {}, 10–90 % of runs {}",
            ends(interval),
            ends(runs)
        ),
    };
    Some(format!(
        "{} ({}): {:.2} at first, {:.2} at the end{around}",
        panel.title, panel.y_title, series.mean[first], series.mean[last]
    ))
}

#[cfg(test)]
mod tests;

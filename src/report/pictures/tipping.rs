//! The pictures of tipping points: from which starts an outcome rises and from which it falls.

use crate::analysis::interval::Interval;
use crate::analysis::tipping::{FOUND, Kind, Loop, Mean, Place, Regime, Response};
use crate::report::palette::{BLUE, INK};
use crate::report::{
    Band, Heading, LineChart, LinePanel, LoopChart, LoopPanel, LoopPoint, PhaseBoundary,
    PhaseColumn, PhaseMap, PhasePanel, Series,
};

/// What the pictures say besides their numbers.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Title of the scenario.
    pub title: &'a str,
    /// Roster from source, statutory form or stylised.
    pub status: &'a str,
    /// The outcome that is followed.
    pub outcome: &'a str,
    /// Months of a run.
    pub months: u32,
}

impl About<'_> {
    /// The caption that every picture starts with.
    fn caption(&self) -> String {
        let status = match self.status {
            "" => String::new(),
            status => format!(" ({status})"),
        };
        format!("{}{status}. Not a forecast of a named system.", self.title)
    }
}

/// The drift from every start, of so many runs each, a panel an interdependence, a column a history.
#[must_use]
pub fn map(about: About<'_>, places: &[Place], replicates: u64) -> PhaseMap {
    let mut panels: Vec<PhasePanel> = Vec::new();
    for place in places {
        let title = format!("interdependence {}", place.interdependence);
        if panels.last().is_none_or(|panel| panel.title != title) {
            panels.push(PhasePanel {
                title,
                columns: Vec::new(),
            });
        }
        if let Some(panel) = panels.last_mut() {
            panel.columns.push(column(place));
        }
    }
    let tips = places
        .iter()
        .filter(|place| place.line.regime == Regime::Tips);
    let (tips, all) = (tips.count(), places.len());
    PhaseMap {
        heading: Heading {
            title: format!(
                "From which starts {} rises, and from which it falls",
                about.outcome
            ),
            caption: format!(
                "{} Drift: {} in month {} minus that in month 1; {replicates} runs a cell, with the same luck.",
                about.caption(),
                about.outcome,
                about.months
            ),
            alt: format!(
                "Drift of {} from every start; {tips} of {all} combinations of history and interdependence have a tipping point.",
                about.outcome
            ),
        },
        y_title: format!("{} in the first month", about.outcome),
        x_title: "history".to_owned(),
        panels,
    }
}

fn column(place: &Place) -> PhaseColumn {
    let points = &place.line.points;
    let boundaries = place.line.boundaries.iter().map(|one| PhaseBoundary {
        at: one.at,
        interval: one
            .interval
            .map_or((one.at, one.at), |interval| (interval.low, interval.high)),
        unstable: one.kind == Kind::Unstable,
        sure: one.support >= FOUND,
    });
    PhaseColumn {
        label: place.history.to_string().replace('-', "−"),
        cells: points
            .iter()
            .map(|point| (point.start, point.drift))
            .collect(),
        boundaries: boundaries.collect(),
    }
}

/// The way up and the way down as something is swept, a panel a speed; nothing where there is no sweep.
#[must_use]
pub fn loops(about: About<'_>, swept: &str, loops: &[(u32, &Loop)]) -> Option<LoopChart> {
    let drawn = |mean: &Mean| mean.mean.is_finite();
    let sound = |one: &&(u32, &Loop)| {
        let mut levels = one.1.levels.iter();
        levels.all(|level| drawn(&level.up) && drawn(&level.down))
    };
    let loops: Vec<&(u32, &Loop)> = loops.iter().filter(sound).collect();
    let (_, first) = loops.first()?;
    let panels = loops.iter().map(|(hold, found)| {
        let way = |of: fn(&crate::analysis::tipping::Level) -> Mean| {
            let levels = found.levels.iter();
            levels
                .map(|level| point(level.level, of(level)))
                .collect::<Vec<LoopPoint>>()
        };
        LoopPanel {
            title: format!("each level held {hold} months: {}", found.verdict),
            up: way(|level| level.up),
            down: way(|level| level.down),
        }
    });
    let words = loops
        .iter()
        .map(|(hold, found)| format!("held {hold} months: {}", found.verdict));
    Some(LoopChart {
        heading: Heading {
            title: format!("Whether {} comes back the way it went", about.outcome),
            caption: format!(
                "{} {swept} raised in steps and lowered again; difference from the same {} runs in which it stays low.",
                about.caption(),
                first.n
            ),
            alt: format!(
                "{} against {swept} on the way up and down; {}.",
                about.outcome,
                words.collect::<Vec<String>>().join("; ")
            ),
        },
        x_title: format!("intensity of {swept}"),
        y_title: format!("difference in {}", about.outcome),
        panels: panels.collect(),
    })
}

fn point(level: f64, seen: Mean) -> LoopPoint {
    let (low, high) = ends(seen);
    LoopPoint {
        level,
        mean: seen.mean,
        interval: (low, high),
    }
}

fn ends(seen: Mean) -> (f64, f64) {
    let point = Interval {
        low: seen.mean,
        high: seen.mean,
    };
    let interval = seen.interval.unwrap_or(point);
    (interval.low, interval.high)
}

/// How long a shock in some month is felt, a line an arm; nothing where there is none.
#[must_use]
pub fn responses(
    about: About<'_>,
    (shock, month): (&str, u32),
    felt: &[(&str, &Response)],
) -> Option<LineChart> {
    let (_, first) = felt.first()?;
    let series = felt.iter().zip([INK, BLUE]);
    let series = series.map(|((arm, response), colour)| {
        let months = response.months.iter();
        let (low, high) = months.clone().map(|month| ends(*month)).unzip();
        Series {
            label: match *arm {
                "alone" => "without feedback".to_owned(),
                arm => format!("{arm} system"),
            },
            colour,
            mean: months.map(|month| month.mean).collect(),
            bands: vec![Band { low, high }],
            single_runs: Vec::new(),
        }
    });
    let lives = felt.iter().map(|(arm, response)| {
        let life = response.half_life.filter(|_| response.seen);
        match life {
            Some(life) => format!("{arm}: half gone {life:.1} months after its peak"),
            None => format!("{arm}: no half-life within the horizon"),
        }
    });
    let lives = lives.collect::<Vec<String>>().join("; ");
    Some(LineChart {
        heading: Heading {
            title: format!("How long one month of {shock} is felt in {}", about.outcome),
            caption: format!(
                "{} Month {month}; runs with it minus the same runs without it. {lives}.",
                about.caption()
            ),
            alt: format!("Difference in {} by month; {lives}.", about.outcome),
        },
        months: (month..).take(first.months.len()).collect(),
        bands: vec!["95\u{a0}% interval of the mean".to_owned()],
        runs: first.n,
        panels: vec![LinePanel {
            y_title: format!("difference in {}", about.outcome),
            series: series.collect(),
            ..LinePanel::default()
        }],
        columns: 1,
        marks: vec![month],
    })
}

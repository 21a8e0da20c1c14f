//! The pictures of tipping points: from which starts an outcome rises and from which it falls.

use crate::analysis::tipping::{FOUND, Kind, Place, Regime};
use crate::report::{Heading, PhaseBoundary, PhaseColumn, PhaseMap, PhasePanel};

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
    /// Runs behind each mean.
    pub replicates: u64,
}

/// The drift from every start, a panel an interdependence, a column a history.
#[must_use]
pub fn map(about: About<'_>, places: &[Place]) -> PhaseMap {
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
    let status = match about.status {
        "" => String::new(),
        status => format!(" ({status})"),
    };
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
                "{}{status}. Not a forecast of a named system. Drift: {} in month {} minus that in month 1; {} runs a cell, with the same luck.",
                about.title, about.outcome, about.months, about.replicates
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

//! What drives the outcomes: a panel an outcome, a row a factor, the strongest first.

use crate::analysis::sensitivity::{Index, Sensitivity};
use crate::measure::RUN;
use crate::report::palette::{BLUE, INK};
use crate::report::{ForestChart, ForestPanel, ForestRow, Heading};

/// Rows of a panel; the table has all.
const MOST_ROWS: usize = 12;
/// Panels; the table has all.
const MOST_PANELS: usize = 8;

/// The strongest index that the design gives: all that a factor has a part in (ST), its mean absolute
/// effect (`mu_star`), or PAWN; none where nothing has an interval.
#[must_use]
pub fn driven((title, status): (&str, &str), found: &Sensitivity) -> Option<ForestChart> {
    let there = |index: &&str| {
        found
            .indices
            .iter()
            .any(|row| row.index == *index && row.interval.is_some())
    };
    let index = ["ST", "mu_star", "pawn"].into_iter().find(there)?;
    let mut panels: Vec<ForestPanel> = Vec::new();
    let mut places: Vec<(&str, &str, &str)> = Vec::new();
    for row in found.indices.iter().filter(|row| row.index == index) {
        let place = (row.scenario.as_str(), row.arm.as_str(), row.outcome);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let several = places
        .iter()
        .any(|place| (place.0, place.1) != (places[0].0, places[0].1));
    for place in places.iter().take(MOST_PANELS) {
        let rows = found.indices.iter().filter(|row| {
            row.index == index && (row.scenario.as_str(), row.arm.as_str(), row.outcome) == *place
        });
        let where_it_is = match several {
            true => format!(" ({} {})", place.0, place.1),
            false => String::new(),
        };
        panels.push(panel(index, &rows.collect::<Vec<_>>(), &where_it_is));
    }
    let meaning = match index {
        "ST" => {
            "the share of an outcome's variance that a factor has a part in, alone or with others"
        }
        "mu_star" => {
            "what an outcome changes on average, either way, over the whole range of a factor"
        }
        _ => "how far the distribution of an outcome moves with the factor, from 0 to 1",
    };
    let status = match status {
        "" => String::new(),
        status => format!(" ({status})"),
    };
    let hidden = places.len().saturating_sub(MOST_PANELS);
    let more = match hidden {
        0 => String::new(),
        _ => format!(" {hidden} more panels are in sensitivity.csv."),
    };
    Some(ForestChart {
        heading: Heading {
            title: "What drives the outcomes".to_owned(),
            caption: format!(
                "{title}{status}. Not a forecast of a named system. {index}: {meaning}.{more}"
            ),
            alt: panels.iter().map(alt).collect::<Vec<_>>().join(" "),
        },
        panels,
        mark: index.to_owned(),
    })
}

fn panel(index: &str, rows: &[&Index], place: &str) -> ForestPanel {
    let outcome = rows
        .first()
        .and_then(|row| RUN.iter().find(|one| one.name == row.outcome));
    let mut rows: Vec<ForestRow> = rows
        .iter()
        .filter_map(|row| {
            let interval = row.interval?;
            let luck = row.by_luck.map(|luck| format!("luck {luck:.2}"));
            Some(ForestRow {
                label: row.factor.clone(),
                difference: row.value?,
                interval: (interval.low, interval.high),
                word: luck.unwrap_or_default(),
                colour: if row.tells() { BLUE } else { INK },
            })
        })
        .collect();
    rows.sort_by(|a, b| b.difference.total_cmp(&a.difference));
    rows.truncate(MOST_ROWS);
    ForestPanel {
        title: outcome.map_or(String::new(), |one| {
            format!("{}{place}: {}", one.name, one.line)
        }),
        axis: match index {
            "mu_star" => format!("mu_star, {}", outcome.map_or("", |one| one.unit)),
            other => other.to_owned(),
        },
        smallest: None,
        rows,
    }
}

fn alt(panel: &ForestPanel) -> String {
    let rows = panel.rows.iter().map(|row| {
        let (low, high) = row.interval;
        format!(
            "{} {:.3} ({low:.3} to {high:.3})",
            row.label, row.difference
        )
    });
    format!("{}: {}.", panel.title, rows.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::interval::Interval;
    use crate::report::tests::assert_readable;

    fn found(index: &'static str, factors: u32) -> Sensitivity {
        let row = |outcome: &'static str, at: u32| Index {
            scenario: "s".to_owned(),
            arm: String::new(),
            outcome,
            unit: "wins",
            index,
            factor: format!("a-factor-with-a-rather-long-name-{at}"),
            other: String::new(),
            value: Some(0.02 * f64::from(at)),
            interval: Some(Interval {
                low: 0.02 * f64::from(at) - 0.03,
                high: 0.02 * f64::from(at) + 0.05,
            }),
            by_luck: (index == "pawn").then_some(0.1),
            n: 8,
        };
        Sensitivity {
            indices: (0..factors)
                .flat_map(|at| ["wins", "hours"].map(|outcome| row(outcome, at)))
                .collect(),
            ..Sensitivity::default()
        }
    }

    #[test]
    fn drivers_are_readable_and_the_strongest_comes_first() {
        for (index, factors) in [("ST", 3), ("mu_star", 30), ("pawn", 1)] {
            let chart = driven(("Any", "stylised"), &found(index, factors)).unwrap();
            assert_eq!(chart.panels.len(), 2);
            let rows = &chart.panels[0].rows;
            assert_eq!(rows.len(), factors.min(12) as usize);
            assert!(rows.is_sorted_by(|a, b| a.difference >= b.difference));
            assert_readable(&format!("{factors} factors"), &chart);
        }
        assert!(driven(("Any", ""), &Sensitivity::default()).is_none());
    }
}

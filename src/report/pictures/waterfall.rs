//! From one scenario to another: what each change does alone, what is left between them, all together.

use crate::analysis::compare::{Change, Waterfall};
use crate::measure::RUN;
use crate::report::palette::{BLUE, Colour, GREEN, INK};
use crate::report::{ForestChart, ForestPanel, ForestRow, Heading};

/// Changes of a panel; the table has all.
const MOST_ROWS: usize = 10;
/// Panels; the table has all.
const MOST_PANELS: usize = 6;

/// A panel an outcome: the changes by their paths, the largest first; none where nothing has an interval.
#[must_use]
pub fn waterfall(
    (first, second): (&str, &str),
    status: &str,
    paths: &[&str],
    outcomes: &[(String, &Waterfall)],
) -> Option<ForestChart> {
    let panels = outcomes.iter().take(MOST_PANELS);
    let panels: Vec<ForestPanel> = panels.filter_map(|one| panel(one, paths)).collect();
    if panels.is_empty() {
        return None;
    }
    let more = match paths.len().saturating_sub(MOST_ROWS) {
        0 => String::new(),
        hidden => format!(" {hidden} smaller changes are in waterfall.csv."),
    };
    let status = match status {
        "" => String::new(),
        status => format!(" ({status})"),
    };
    let alt = |panel: &ForestPanel| {
        let rows = panel.rows.iter().map(|row| {
            let (low, high) = row.interval;
            format!(
                "{} {:.3} ({low:.3} to {high:.3})",
                row.label, row.difference
            )
        });
        format!("{}: {}.", panel.title, rows.collect::<Vec<_>>().join("; "))
    };
    Some(ForestChart {
        heading: Heading {
            title: "What each change does".to_owned(),
            caption: format!(
                "From {first}{status} to {second}. Not a forecast of a named system. Runs are paired by their \
                 luck.{more}"
            ),
            alt: panels.iter().map(alt).collect::<Vec<_>>().join(" "),
        },
        panels,
        mark: "mean difference that a change makes alone".to_owned(),
    })
}

fn panel((name, way): &(String, &Waterfall), paths: &[&str]) -> Option<ForestPanel> {
    let outcome = RUN.iter().find(|outcome| outcome.name == name)?;
    let row = |label: &str, change: Option<Change>, word: &str, colour: Colour| {
        let change = change?;
        let interval = change.interval?;
        Some(ForestRow {
            label: label.to_owned(),
            difference: change.difference,
            interval: (interval.low, interval.high),
            word: word.to_owned(),
            colour,
        })
    };
    let each = paths.iter().zip(&way.alone);
    let mut rows: Vec<ForestRow> = each
        .filter_map(|(path, alone)| row(path, *alone, "", BLUE))
        .collect();
    rows.sort_by(|a, b| b.difference.abs().total_cmp(&a.difference.abs()));
    rows.truncate(MOST_ROWS);
    rows.extend(row(
        "left between them",
        way.interaction,
        "interaction",
        INK,
    ));
    rows.extend(row("all together", Some(way.total), "total", GREEN));
    (!rows.is_empty()).then(|| ForestPanel {
        title: format!("{name}: {}", outcome.line),
        axis: format!("difference, {}", outcome.unit),
        smallest: None,
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::assert_readable;

    #[test]
    fn many_changes_are_readable_and_the_largest_come_first() {
        let first = [1.0, 2.0, 4.0, 3.0];
        for count in [1_u32, 30] {
            let alone: Vec<Option<Vec<f64>>> = (0..count)
                .map(|at| {
                    Some(
                        first
                            .iter()
                            .map(|value| value * f64::from(at + 2))
                            .collect(),
                    )
                })
                .collect();
            let way = Waterfall::of(&first, &alone, &alone).unwrap();
            let long = "interventions.a-programme-with-a-long-name.organisations";
            let paths: Vec<&str> = (0..count).map(|_| long).collect();
            let chart = waterfall(
                ("One", "Another"),
                "stylised",
                &paths,
                &[("wins".to_owned(), &way)],
            );
            let chart = chart.unwrap();
            let rows = &chart.panels[0].rows;
            assert_eq!(rows.len(), count.min(10) as usize + 2);
            assert!(rows[0].difference >= rows[rows.len() - 3].difference);
            assert_eq!(chart.heading.caption.contains("20 smaller"), count == 30);
            assert_readable(&format!("{count} changes"), &chart);
        }
        assert!(waterfall(("One", "Another"), "", &[], &[]).is_none());
    }
}

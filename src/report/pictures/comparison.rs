//! Designs against a baseline: a panel an outcome, in the order in which they were asked for.

use crate::analysis::compare::{Difference, Verdict};
use crate::measure::RUN;
use crate::report::palette::{BLUE, Colour, GREEN, INK, VERMILLION};
use crate::report::{ForestChart, ForestPanel, ForestRow, Heading};

/// Rows of a panel; the table has all.
const MOST_ROWS: usize = 12;
/// Panels; the table has all.
const MOST_PANELS: usize = 8;

/// What a comparison says besides its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// Title of the scenario or experiment.
    pub title: &'a str,
    /// Roster from source, statutory form or stylised; empty where it is not said.
    pub status: &'a str,
    /// What the designs are compared with.
    pub against: &'a str,
    /// Futures that the differences are averages of; 1 where each is of one.
    pub futures: usize,
}

/// The differences of some outcomes, each with the name of its design; none where nothing has an
/// interval.
#[must_use]
pub fn comparison(
    about: &Compared<'_>,
    outcomes: &[String],
    differences: &[(String, &Difference)],
) -> Option<ForestChart> {
    let panels = outcomes.iter().filter_map(|name| panel(name, differences));
    let panels: Vec<ForestPanel> = panels.take(MOST_PANELS).collect();
    if panels.is_empty() {
        return None;
    }
    let most = panels.iter().map(|panel| panel.rows.len()).max();
    let all = outcomes.iter().map(|outcome| {
        let rows = differences.iter();
        rows.filter(|(_, row)| row.outcome == outcome).count()
    });
    let hidden = all.max().unwrap_or(0).saturating_sub(most.unwrap_or(0));
    let more = match hidden {
        0 => String::new(),
        _ => format!(" {hidden} more designs are in comparison.csv."),
    };
    let over = match about.futures {
        1 => String::new(),
        futures => format!("; averages over {futures} futures"),
    };
    let status = match about.status {
        "" => String::new(),
        status => format!(" ({status})"),
    };
    Some(ForestChart {
        heading: Heading {
            title: format!("What is different from {}", about.against),
            caption: format!(
                "{}{status}. Not a forecast of a named system. Runs are paired by their luck{over}.{more}",
                about.title
            ),
            alt: alt(&panels),
        },
        panels,
        mark: "mean difference".to_owned(),
    })
}

fn panel(name: &str, differences: &[(String, &Difference)]) -> Option<ForestPanel> {
    let outcome = RUN.iter().find(|outcome| outcome.name == name)?;
    let of = differences.iter().filter(|(_, row)| row.outcome == name);
    let row = |(label, row): &(String, &Difference)| {
        let interval = row.effect.student?;
        Some(ForestRow {
            label: label.clone(),
            difference: row.effect.difference?,
            interval: (interval.low, interval.high),
            word: row.effect.verdict.word().to_owned(),
            colour: colour(row.effect.verdict),
        })
    };
    let rows: Vec<ForestRow> = of.clone().filter_map(row).take(MOST_ROWS).collect();
    let mut smallest = of.filter_map(|(_, row)| row.effect.smallest);
    let first = smallest.next();
    let shared = smallest.all(|one| first.is_some_and(|first| first.total_cmp(&one).is_eq()));
    (!rows.is_empty()).then(|| ForestPanel {
        title: format!("{name}: {}", outcome.line),
        axis: format!("difference, {}", outcome.unit),
        smallest: first.filter(|_| shared),
        rows,
    })
}

/// A verdict's colour; its word stands beside.
fn colour(verdict: Verdict) -> Colour {
    match verdict {
        Verdict::Better => GREEN,
        Verdict::Worse => VERMILLION,
        Verdict::Higher | Verdict::Lower => BLUE,
        Verdict::Equivalent | Verdict::Undecided => INK,
    }
}

fn alt(panels: &[ForestPanel]) -> String {
    let row = |row: &ForestRow| {
        let (low, high) = row.interval;
        let difference = row.difference;
        format!(
            "{} {difference:.3} ({low:.3} to {high:.3}), {}",
            row.label, row.word
        )
    };
    let panel = |panel: &ForestPanel| {
        let rows: Vec<String> = panel.rows.iter().map(row).collect();
        format!("{}: {}.", panel.title, rows.join("; "))
    };
    panels.iter().map(panel).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::compare::{Effect, Good, Judged};
    use crate::report::tests::assert_readable;

    const ABOUT: Compared<'_> = Compared {
        title: "Partnership for health and wellbeing of the northern boroughs",
        status: "stylised",
        against: "as it is",
        futures: 1,
    };

    fn difference(outcome: &'static str, by: f64) -> Difference {
        let pairs: Vec<(f64, f64)> = (0..20)
            .map(|at| (f64::from(at) + by + f64::from(at % 3), f64::from(at)))
            .collect();
        let judged = Judged {
            seed: 1,
            good: Good::of(outcome),
            smallest: Some(2.0),
        };
        Difference {
            design_id: 1,
            baseline_id: 0,
            scenario: "s".to_owned(),
            arm: "a".to_owned(),
            outcome,
            unit: "wins",
            effect: Effect::of(&pairs, 0, judged),
        }
    }

    #[test]
    fn a_comparison_is_readable_however_many_designs_there_are() {
        for designs in [1, 3, 30] {
            let rows: Vec<Difference> = (0..designs)
                .flat_map(|at| {
                    ["wins", "hours"].map(|name| difference(name, 3.0 * f64::from(at) - 9.0))
                })
                .collect();
            let long =
                "Neutral chairs, clear rules, and a protected hour for every executive board";
            let named: Vec<(String, &Difference)> =
                rows.iter().map(|row| (long.to_owned(), row)).collect();
            let outcomes = ["wins", "hours", "no outcome"].map(str::to_owned);
            let chart = comparison(&ABOUT, &outcomes, &named).unwrap();
            assert_eq!(chart.panels.len(), 2);
            assert_eq!(chart.panels[0].smallest, Some(2.0));
            assert_readable(&format!("{designs} designs"), &chart);
            let more = chart.heading.caption.contains("18 more designs");
            assert_eq!(more, designs == 30);
        }
        let row = difference("wins", 3.0);
        let many = Compared {
            futures: 50,
            ..ABOUT
        };
        let chart = comparison(&many, &["wins".to_owned()], &[("A".to_owned(), &row)]).unwrap();
        assert!(chart.heading.caption.contains("averages over 50 futures"));
        assert!(comparison(&ABOUT, &["wins".to_owned()], &[]).is_none());
    }
}

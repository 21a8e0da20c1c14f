//! What must be true of the golden summaries, whatever their numbers are.

use crate::{CYCLES, REPLICATES, SCENARIOS, golden};
use commonground::measure::{CYCLE, Outcome, RUN};
use std::collections::BTreeMap;

/// The numbers of one row: n, missing, mean, sd, ci_low, ci_high, median, p10, p90.
type Row = [Option<f64>; 9];
const N: usize = 0;
const MISSING: usize = 1;
const MEAN: usize = 2;
const SD: usize = 3;
const LOW: usize = 4;
const HIGH: usize = 5;
const MEDIAN: usize = 6;
const P10: usize = 7;
const P90: usize = 8;

/// The rows of a scenario: of runs (cycle zero), and of the last month.
fn rows(scenario: &str) -> BTreeMap<(u64, String), Row> {
    let mut file = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(golden(scenario))
        .unwrap();
    let records = file.records().map(|record| record.unwrap());
    // The fingerprint is no row.
    let rows = records.filter(|record| record.len() > 3).map(|record| {
        let cycle = record[0].parse().unwrap_or(0);
        let number = |at: usize| record[at + 3].parse().ok();
        ((cycle, record[1].to_owned()), std::array::from_fn(number))
    });
    rows.collect()
}

fn mean(rows: &BTreeMap<(u64, String), Row>, cycle: u64, outcome: &str) -> f64 {
    let row = rows.get(&(cycle, outcome.to_owned())).expect(outcome);
    row[MEAN].expect(outcome)
}

#[test]
fn every_outcome_is_there_and_in_its_range() {
    for scenario in SCENARIOS {
        let rows = rows(scenario);
        assert_eq!(rows.len(), RUN.len() + CYCLE.len(), "{scenario}");
        let runs = RUN.iter().map(|outcome| (0, outcome));
        let months = CYCLE.iter().map(|outcome| (CYCLES, outcome));
        for (cycle, outcome) in runs.chain(months) {
            let row = &rows[&(cycle, outcome.name.to_owned())];
            sound(outcome, row).unwrap_or_else(|fault| {
                panic!("{scenario}, {} in {cycle}: {fault} {row:?}", outcome.name)
            });
        }
    }
}

fn sound(outcome: &Outcome, row: &Row) -> Result<(), &'static str> {
    let count = row[N].unwrap() + row[MISSING].unwrap();
    let whole = (count - REPLICATES as f64).abs() < 0.5;
    let inside = |at: usize| {
        row[at].is_none_or(|value| (outcome.low - 1e-9..=outcome.high + 1e-9).contains(&value))
    };
    let rises = |order: &[usize]| {
        let known: Vec<f64> = order.iter().filter_map(|at| row[*at]).collect();
        known.is_sorted_by(|a, b| *a <= b + 1e-9 * b.abs())
    };
    [
        (whole, "runs are lost"),
        (
            row[MEAN].is_some() == (row[N] > Some(0.0)),
            "the mean is missing",
        ),
        (
            [MEAN, MEDIAN, P10, P90].into_iter().all(inside),
            "out of range",
        ),
        (row[SD].is_none_or(|sd| sd >= 0.0), "the sd is negative"),
        (rises(&[LOW, MEAN, HIGH]), "the mean is not in its interval"),
        (rises(&[P10, MEDIAN, P90]), "the quantiles do not rise"),
    ]
    .into_iter()
    .try_for_each(|(holds, fault)| if holds { Ok(()) } else { Err(fault) })
}

/// A run ends as its last month does, and is the sum of its halves.
#[test]
fn runs_and_months_agree() {
    for scenario in SCENARIOS {
        let rows = rows(scenario);
        for (run, month) in [
            ("trust_end", "trust"),
            ("understanding_end", "understanding"),
            ("commitment_end", "commitment"),
            ("shared_leadership_end", "shared_leadership"),
            ("delivered_value", "delivered_value"),
            ("service_value", "service_value"),
            ("hours", "cumulative_hours"),
            ("clamped", "clamped"),
        ] {
            let (run, month) = (mean(&rows, 0, run), mean(&rows, CYCLES, month));
            assert!(
                (run - month).abs() < 1e-12 * run.abs().max(1.0),
                "{scenario}, {month}"
            );
        }
        let halves = mean(&rows, 0, "wins_first_half") + mean(&rows, 0, "wins_second_half");
        assert!((halves - mean(&rows, 0, "wins")).abs() < 1e-9, "{scenario}");
        let value = (
            mean(&rows, 0, "service_value"),
            mean(&rows, 0, "delivered_value"),
        );
        let lags = 0.0 < value.0 && value.0 < value.1;
        let nothing_won = value == (0.0, 0.0) && mean(&rows, 0, "wins") == 0.0;
        assert!(lags || nothing_won, "{scenario}: {value:?}");
    }
}

/// A good start is better than a neutral one, on average over eight pairs of runs that share their
/// luck.
#[test]
fn a_good_start_is_better() {
    let (baseline, virtuous) = (rows("baseline"), rows("virtuous"));
    for outcome in ["trust_end", "commitment_end", "agreement", "wins"] {
        let [neutral, good] = [&baseline, &virtuous].map(|rows| mean(rows, 0, outcome));
        assert!(good > neutral, "{outcome}: {neutral} and {good}");
    }
}

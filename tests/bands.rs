//! Published bands that scenarios of the library are to meet (docs/model).
//!
//! Bounds lie at least three and a half standard errors of the mean from what was measured (managers'
//! hours in `baseline` are nearest): with seeds drawn at random a comparison would raise a false alarm
//! less than once in 4,000 times.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use commonground::measure::{self, Keep, RUN, Record};
use commonground::scenario;
use rayon::prelude::*;

fn run(name: &str, runs: u64) -> Vec<Record> {
    let setup = scenario::load(name, &[]).unwrap().setup;
    let one = |replicate| measure::run(&setup, 1, replicate, Keep::default());
    (0..runs).into_par_iter().map(one).collect()
}

fn mean(records: &[Record], outcome: &str) -> f64 {
    let column = RUN.iter().position(|known| known.name == outcome).unwrap();
    let sum: f64 = records.iter().map(|record| record.run[column]).sum();
    sum / records.len() as f64
}

#[track_caller]
fn assert_within(name: &str, records: &[Record], bands: &[(&str, f64, f64)]) {
    for (outcome, low, high) in bands {
        let found = mean(records, outcome);
        assert!(
            (low..=high).contains(&&found),
            "{name}: {outcome} {found}, wanted {low} to {high}"
        );
    }
}

#[test]
fn baseline_meets_the_bands_of_people() {
    let records = run("baseline", 500);
    assert_within(
        "baseline",
        &records,
        &[
            ("attendance", 0.45, 0.55),
            ("burnt_out", 0.25, 0.35),
            ("leavers_clinician", 0.004, 0.006),
            ("leavers_executive", 0.015, 0.025),
            ("hours_clinician", 2.0, 8.0),
            ("hours_manager", 10.0, 40.0),
        ],
    );
}

/// Leaders with several seats have time for them, so that rosters are not all floor.
#[test]
fn rosters_meet_the_bands_of_attendance_and_hours() {
    let rosters = [
        ("stp-a", 40),
        ("stp-b", 40),
        ("stp-c", 40),
        ("ics-interviewees", 40),
        ("trust-board", 40),
        ("icb-statutory", 40),
        ("ics-small", 40),
        ("ics-median", 20),
        ("ics-large", 10),
        ("scale", 20),
        ("england-36", 2),
    ];
    for (name, runs) in rosters {
        assert_within(
            name,
            &run(name, runs),
            &[
                ("attendance", 0.35, 0.80),
                ("hours_clinician", 2.0, 8.0),
                ("hours_manager", 10.0, 40.0),
            ],
        );
    }
}

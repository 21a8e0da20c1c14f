//! Invented data for the tests of charts: ordinary and extreme.

use super::palette::{Kind, Tier, arm};
use super::*;

/// 60 characters, most of them not ASCII.
const LONG: &str = "Ärztliche Gemeinschaft für Pflege, Łódź – Ελληνική Ένωση Ωω…";

/// Uniform draws in \[0, 1) by Lehmer's generator: the same on every computer.
fn draws(seed: u32) -> impl FnMut() -> f64 {
    let mut state = u64::from(seed);
    move || {
        state = state * 48_271 % 2_147_483_647;
        state as f64 / 2_147_483_647.0
    }
}

fn heading(title: &str) -> Heading {
    Heading {
        title: title.to_owned(),
        caption: "Invented data.".to_owned(),
        alt: "A <test> & nothing else".to_owned(),
    }
}

/// A panel with `series` lines of `months` values made by `value` from series and month.
pub(super) fn panel(
    label: &str,
    series: usize,
    months: usize,
    value: impl Fn(usize, usize) -> f64,
) -> LinePanel {
    let line = |number: usize| {
        let row = |shift: f64| -> Vec<f64> {
            (0..months)
                .map(|month| value(number, month) + shift)
                .collect()
        };
        let band = |half: f64| Band {
            low: row(-half),
            high: row(half),
        };
        let label = format!("{number} {label}");
        Series {
            label,
            colour: arm(number),
            mean: row(0.0),
            bands: vec![band(0.2), band(0.1)],
            single_runs: vec![row(0.15)],
        }
    };
    LinePanel {
        title: label.to_owned(),
        y_title: label.to_owned(),
        y_range: None,
        series: (0..series).map(line).collect(),
        context: vec![(arm(7), (0..months).map(|month| value(0, month)).collect())],
    }
}

fn bands() -> Vec<String> {
    let words = ["10–90 % of runs", "95 % interval of the mean"];
    words.map(str::to_owned).to_vec()
}

pub(super) fn lines(months: u32, columns: usize, panels: Vec<LinePanel>) -> LineChart {
    LineChart {
        marks: Vec::new(),
        heading: heading("Lines"),
        months: (1..=months).collect(),
        bands: bands(),
        runs: 40,
        panels,
        columns,
    }
}

pub(super) fn cost_path(label: &str, months: u32, value: impl Fn(f64) -> f64) -> CostPath {
    let months: Vec<u32> = (0..=months).collect();
    let values: Vec<f64> = months
        .iter()
        .map(|&month| value(f64::from(month)))
        .collect();
    let band = |half: f64| Band {
        low: values.iter().map(|value| value * (1.0 - half)).collect(),
        high: values.iter().map(|value| value * (1.0 + half)).collect(),
    };
    let bands = vec![band(0.4), band(0.1)];
    let run_ends = values.iter().map(|&value| (value, value)).collect();
    CostPath {
        label: label.to_owned(),
        colour: arm(1),
        months,
        cost: values.clone(),
        value: values.clone(),
        bands,
        single_runs: vec![(values.clone(), values)],
        run_ends,
    }
}

pub(super) fn cost_paths(paths: Vec<CostPath>) -> CostPathChart {
    CostPathChart {
        heading: heading("Paths"),
        x_title: "cost, hours".to_owned(),
        y_title: "value".to_owned(),
        bands: bands(),
        runs: 61,
        paths,
    }
}

pub(super) fn network(
    leaders: usize,
    organisations: usize,
    panels: usize,
    label: &str,
) -> NetworkMap {
    let mut draw = draws(7);
    let mut tie = |from, to| NetworkTie {
        from,
        to,
        weight: draw(),
    };
    let pairs = (0..leaders)
        .flat_map(|from| (0..leaders).map(move |to| (from, to)))
        .filter(|(from, to)| from != to);
    let ties: Vec<NetworkTie> = pairs.map(|(from, to)| tie(from, to)).collect();
    let leader = |index: usize| NetworkLeader {
        kind: Kind::ALL[index % 3],
        organisation: index % organisations,
    };
    let standing = (0..leaders)
        .map(|index| {
            if index % 11 == 5 {
                f64::NAN
            } else {
                0.5 + index as f64 / 99.0
            }
        })
        .collect();
    NetworkMap {
        heading: heading("Network"),
        organisations: (0..organisations)
            .map(|number| format!("{number} {label}"))
            .collect(),
        leaders: (0..leaders).map(leader).collect(),
        tie_label: "trust".to_owned(),
        direction: "who trusts to who is trusted".to_owned(),
        size_label: "standing".to_owned(),
        shown: TiesShown::Strongest(3 * leaders),
        panels: vec![
            NetworkPanel {
                title: "start".to_owned(),
                standing,
                ties
            };
            panels
        ],
    }
}

pub(super) fn forums(forums: usize, months: u32, runs: usize, label: &str) -> ForumMap {
    let mut draw = draws(3);
    let mut cell = |_| {
        let agreement = draw();
        if agreement < 0.1 {
            [f64::NAN; 5]
        } else {
            [agreement, 1.0 - agreement, 0.0, 0.0, 0.0]
        }
    };
    let mut row = |number: usize| ForumRow {
        label: format!("{number} {label}"),
        tier: Tier::ALL[number % 3],
        shares: (0..months).map(&mut cell).collect(),
    };
    ForumMap {
        heading: heading("Forums"),
        months: (1..=months).collect(),
        runs,
        forums: (0..forums).map(&mut row).collect(),
    }
}

/// Every chart, ordinary first, then extreme.
#[allow(clippy::too_many_lines, reason = "a list of pictures")]
pub(super) fn gallery() -> Vec<(&'static str, Box<dyn Chart>)> {
    let wave = |series: usize, month: usize| 0.4 + 0.01 * series as f64 + 0.002 * month as f64;
    let one_run = LineChart {
        marks: Vec::new(),
        runs: 1,
        bands: vec![],
        panels: vec![LinePanel::default()],
        ..lines(60, 1, vec![])
    };
    let long_words = Heading {
        title: LONG.repeat(9),
        caption: LONG.repeat(30),
        alt: LONG.repeat(3),
    };
    let flat = NetworkMap {
        shown: TiesShown::AtLeast(2.0),
        ..network(30, 6, 2, "organisation")
    };
    vec![
        (
            "lines",
            Box::new(lines(60, 1, vec![panel("arm", 3, 60, wave)])),
        ),
        (
            "panels",
            Box::new(lines(
                60,
                2,
                (0..8).map(|_| panel("outcome", 2, 60, wave)).collect(),
            )),
        ),
        (
            "paths",
            Box::new(cost_paths(vec![cost_path("arm", 60, |month| month * 20.0)])),
        ),
        ("network", Box::new(network(72, 9, 1, "organisation"))),
        (
            "network pair",
            Box::new(network(120, 15, 2, "organisation")),
        ),
        ("forums", Box::new(forums(13, 60, 100, "forum"))),
        ("lines, one run without lines", Box::new(one_run)),
        (
            "lines, equal",
            Box::new(lines(60, 1, vec![panel("arm", 8, 60, |_, _| 0.5)])),
        ),
        (
            "lines, missing",
            Box::new(lines(60, 1, vec![panel("arm", 2, 60, |_, _| f64::NAN)])),
        ),
        (
            "lines, gaps",
            Box::new(lines(
                60,
                1,
                vec![panel("arm", 2, 60, |_, month| {
                    [0.5, f64::NAN, 0.7][month % 4 % 3]
                })],
            )),
        ),
        (
            "lines, one month",
            Box::new(lines(1, 1, vec![panel("arm", 3, 1, wave)])),
        ),
        (
            "lines, long labels",
            Box::new(lines(60, 1, vec![panel(LONG, 8, 60, wave)])),
        ),
        (
            "lines, a century",
            Box::new(lines(
                1_200,
                4,
                (0..5).map(|_| panel(LONG, 2, 1_200, wave)).collect(),
            )),
        ),
        (
            "lines, large",
            Box::new(lines(
                9,
                1,
                vec![panel("arm", 2, 9, |series, month| {
                    [1e99, -1e99][(series + month) % 2]
                })],
            )),
        ),
        (
            "lines, long words",
            Box::new(LineChart {
                marks: Vec::new(),
                heading: long_words,
                ..lines(60, 1, vec![panel("arm", 3, 60, wave)])
            }),
        ),
        (
            "paths, equal",
            Box::new(cost_paths(vec![
                cost_path(LONG, 600, |_| 3.0),
                cost_path("missing", 9, |_| f64::NAN),
            ])),
        ),
        (
            "paths, missing",
            Box::new(cost_paths(vec![cost_path("arm", 0, |_| f64::NAN)])),
        ),
        ("network, one leader", Box::new(network(1, 1, 1, LONG))),
        (
            "network, one leader twice",
            Box::new(network(1, 1, 2, LONG)),
        ),
        ("network, long labels", Box::new(network(45, 15, 1, LONG))),
        (
            "network pair, long labels",
            Box::new(network(45, 15, 2, LONG)),
        ),
        (
            "network, many organisations",
            Box::new(network(40, 40, 1, "organisation")),
        ),
        (
            "network, large organisation",
            Box::new(network(72, 1, 1, "organisation")),
        ),
        ("network, no ties shown", Box::new(flat)),
        ("forums, 200", Box::new(forums(200, 60, 1, LONG))),
        ("forums, one month", Box::new(forums(1, 1, 1, LONG))),
        ("forums, a century", Box::new(forums(12, 1_200, 9, LONG))),
    ]
}

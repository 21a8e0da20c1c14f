//! The pictures of invented results and of short runs, ordinary and extreme: readable, and honest about what is behind them.

use super::*;
use crate::analysis::series::{End, Series, SeriesSet};
use crate::measure::{self, CYCLE, Keep};
use crate::model::setup::{Intervention, Target};
use crate::registry::interventions::InterventionKind;
use crate::report::tests::assert_readable;
use crate::report::{Chart, svg};
use crate::scenario;

const LONG: &str = "Partnership for health, social care and wellbeing of the northern boroughs, the coastal towns and their \
                    rural neighbours";

/// What `value` gives by run and month, for every outcome that pictures show.
fn results(runs: usize, months: u32, value: impl Fn(usize, f64) -> f64) -> SeriesSet {
    let row = |run: usize| -> Vec<f64> {
        (1..=months)
            .map(|month| value(run, f64::from(month)))
            .collect()
    };
    let shifted = |by: f64| -> Vec<f64> { row(0).iter().map(|value| value + by).collect() };
    let several = |edge: Vec<f64>| -> Vec<f64> {
        let known = runs > 1;
        edge.iter()
            .map(|value| if known { *value } else { f64::NAN })
            .collect()
    };
    let series = Series {
        n: vec![runs as u64; months as usize],
        mean: row(0),
        interval: [several(shifted(-0.1)), several(shifted(0.1))],
        runs: [shifted(-0.3), shifted(0.3)],
        single: (0..runs.min(5)).map(row).collect(),
    };
    let names = CYCLE.iter().map(|outcome| outcome.name);
    let names = names.chain(["wins_so_far", "failures_so_far"]);
    let end = |run: usize| End {
        hours: value(run, f64::from(months)),
        pounds: value(run, f64::from(months)),
        value: value(run, f64::from(months)),
    };
    SeriesSet {
        months: (1..=months).collect(),
        runs,
        outcomes: names
            .map(|name| (name.to_owned(), series.clone()))
            .collect(),
        ends: (0..runs).map(end).collect(),
        chance: None,
    }
}

fn drawn(about: &About, set: &SeriesSet) -> Vec<(&'static str, Box<dyn Chart>)> {
    let mut charts: Vec<(&'static str, Box<dyn Chart>)> =
        vec![("overview", Box::new(overview(about, set)))];
    for (stem, chart) in over_time(about, set) {
        charts.push((stem, Box::new(chart)));
    }
    for (stem, chart) in cost(about, set) {
        charts.push((stem, Box::new(chart)));
    }
    charts
}

const ABOUT: About = About {
    title: LONG,
    status: "roster from source",
    burnout: 0.5,
    interventions: Vec::new(),
};

#[test]
fn outcomes_over_time_are_readable_however_many_runs_and_months_there_are() {
    let rising = |run: usize, month: f64| 0.3 + 0.01 * run as f64 + 0.0005 * month;
    let sets = [
        ("ordinary", results(40, 60, rising)),
        ("one run", results(1, 60, rising)),
        ("two runs", results(2, 60, rising)),
        ("six runs", results(6, 60, rising)),
        ("one month", results(40, 1, rising)),
        ("fifty years", results(40, 600, rising)),
        ("nothing", results(40, 60, |_, _| 0.0)),
        ("all missing", results(40, 60, |_, _| f64::NAN)),
        ("large", results(40, 60, |_, month| 1e7 * month)),
        (
            "gaps",
            results(
                40,
                60,
                |_, month| if month % 7.0 < 3.0 { f64::NAN } else { 0.4 },
            ),
        ),
    ];
    for (name, set) in sets {
        let charts = drawn(&ABOUT, &set);
        assert_eq!(charts.len() == 10, name != "all missing", "{name}");
        for (stem, chart) in charts.iter().filter(|_| name != "all missing") {
            assert_readable(&format!("{stem}, {name}"), chart.as_ref());
        }
    }
}

#[test]
fn captions_and_alternative_text_say_what_is_behind_a_picture() {
    let value = |run: usize, month: f64| 0.3 + 0.01 * run as f64 + 0.001 * month;
    let (light, dark) = ("10–90\u{a0}% of runs", "95\u{a0}% interval of the mean");
    let cases = [
        (1, false, false),
        (4, false, false),
        (5, false, true),
        (10, true, true),
    ];
    for (runs, quantiles, interval) in cases {
        for (stem, chart) in drawn(&ABOUT, &results(runs, 60, value)) {
            let caption = chart.caption();
            assert_eq!(caption.contains(light), quantiles, "{stem}: {caption}");
            assert_eq!(caption.contains(dark), interval, "{stem}: {caption}");
            assert!(
                caption.contains(&format!("n\u{a0}=\u{a0}{runs}\u{a0}run")),
                "{stem}"
            );
            assert!(caption.contains("roster from source"), "{stem}");
            assert_eq!(
                caption.contains("Too few runs for bands"),
                runs == 4,
                "{stem}"
            );
            let alt = &chart.heading().alt;
            for part in [LONG, "60 months", &super::runs(runs)] {
                assert!(
                    alt.contains(part),
                    "{stem}: \"{part}\" is missing in: {alt}"
                );
            }
        }
    }
}

#[test]
fn captions_say_where_fewer_runs_are_behind_a_mean() {
    let mut set = results(40, 12, |_, _| 0.4);
    let caption = |set: &SeriesSet, stem: &str| {
        let charts = over_time(&ABOUT, set);
        let (_, chart) = charts
            .into_iter()
            .find(|(other, _)| *other == stem)
            .unwrap();
        chart.caption()
    };
    assert!(!caption(&set, "attendance").contains("Not defined"));
    set.outcomes.get_mut("attendance_citizen").unwrap().n[3] = 17;
    set.outcomes.get_mut("attendance_citizen").unwrap().n[4] = 0;
    assert!(caption(&set, "attendance").contains("n is 17 or more"));
    assert!(!caption(&set, "trust").contains("Not defined"));
}

#[test]
fn every_series_has_a_panel_with_its_name_a_mean_bands_and_single_runs() {
    let set = results(40, 60, |run, month| 0.3 + 0.01 * run as f64 + 0.001 * month);
    let charts = over_time(&ABOUT, &set);
    let titles = |stem: &str| -> Vec<&str> {
        let (_, chart) = charts.iter().find(|(other, _)| *other == stem).unwrap();
        chart
            .panels
            .iter()
            .map(|panel| panel.title.as_str())
            .collect()
    };
    assert_eq!(titles("attendance"), ["clinicians", "managers", "citizens"]);
    assert_eq!(titles("wins-failures"), ["wins", "failures"]);
    for (stem, chart) in &charts {
        for panel in &chart.panels {
            assert_eq!(panel.series.len(), 1, "{stem}");
            let series = &panel.series[0];
            assert_eq!(
                (series.bands.len(), series.single_runs.len()),
                (2, 5),
                "{stem}"
            );
            assert_eq!(panel.context.len() + 1, chart.panels.len(), "{stem}");
        }
    }
}

#[test]
fn bands_end_where_possible_values_end_and_axes_start_at_zero() {
    let set = results(12, 12, |_, _| 0.02);
    for (stem, chart) in over_time(&ABOUT, &set) {
        for panel in &chart.panels {
            let (low, high) = panel.y_range.unwrap();
            assert_eq!(low, 0.0, "{stem}");
            let rows = panel.series[0]
                .bands
                .iter()
                .flat_map(|band| [&band.low, &band.high]);
            for edge in rows.flatten() {
                assert!((0.0..=high).contains(edge), "{stem}: {edge}");
            }
        }
    }
}

#[test]
fn value_is_shown_against_money_only_where_hours_have_a_price() {
    let value = |_: usize, month: f64| month;
    let mut set = results(12, 24, value);
    let stems = |set: &SeriesSet| -> Vec<&str> {
        cost(&ABOUT, set).iter().map(|(stem, _)| *stem).collect()
    };
    assert_eq!(stems(&set), ["value-hours", "value-pounds"]);
    let (_, pounds) = cost(&ABOUT, &set).pop().unwrap();
    assert!(pounds.x_title.contains('£') && pounds.y_title.contains("value"));
    let free = results(12, 24, |_, _| f64::NAN);
    set.outcomes.insert(
        "cumulative_cost".to_owned(),
        free.outcomes["cumulative_cost"].clone(),
    );
    assert_eq!(stems(&set), ["value-hours"]);
}

/// Networks and the forum map of two short runs of a scenario of the library.
fn traced(name: &str, sets: &[&str], check: impl Fn(&str, &dyn Chart)) {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let scenario = scenario::load(name, &sets).unwrap();
    let keep = Keep {
        leaders: true,
        ties: true,
        forums: true,
        ..Keep::default()
    };
    let run = |replicate| measure::run(&scenario.setup, 1, replicate, keep);
    let traced = Traced {
        setup: &scenario.setup,
        records: (0..2).map(run).collect(),
    };
    let about = About {
        title: scenario.title(),
        status: scenario.status(),
        burnout: 0.5,
        interventions: Vec::new(),
    };
    for (stem, chart) in networks(&about, &traced) {
        check(&format!("{name} {stem}"), &chart);
    }
    check(&format!("{name} forums"), &forum_map(&about, &traced));
}

#[test]
fn networks_and_forums_of_the_library_are_readable() {
    for name in [
        "stp-b",
        "trust-board",
        "icb-statutory",
        "ics-interviewees",
        "ics-large",
    ] {
        traced(name, &["horizon.cycles=6"], |name, chart| {
            assert_readable(name, chart);
        });
    }
}

#[test]
fn a_chart_states_the_threshold_and_the_chance_level_that_hold_for_it() {
    let about = About {
        burnout: 0.65,
        ..ABOUT
    };
    let mut set = results(40, 60, |_, month| 0.3 + 0.001 * month);
    let caption = |set: &SeriesSet, stem: &str| {
        let charts = drawn(&about, set);
        let chart = charts.iter().find(|(known, _)| *known == stem).unwrap();
        chart.1.caption().replace('\u{a0}', " ")
    };
    for stem in ["strain", "overview"] {
        assert!(caption(&set, stem).contains("Burnt out: strain above 0.65."));
    }
    assert!(!caption(&set, "trust").contains("Burnt out"));
    assert!(!caption(&set, "shared-leadership").contains("dealt"));
    set.chance = Some(0.0716);
    for stem in ["shared-leadership", "overview"] {
        let said = caption(&set, stem);
        assert!(
            said.contains("with grants dealt at random: 0.072."),
            "{said}"
        );
    }
}

#[test]
fn charts_say_and_mark_when_interventions_are_at_work() {
    let one = |kind, at, until| Intervention {
        id: String::new(),
        kind,
        at,
        until,
        reach: 1.0,
        intensity: 1.0,
        effect: 1.0,
        hours: 0.0,
        pounds: 0.0,
        target: Target::default(),
    };
    let all = [
        one(InterventionKind::GroundRules, 7, 30),
        one(InterventionKind::Facilitator, 13, u32::MAX),
        one(InterventionKind::Reorganisation, 31, 31),
        one(InterventionKind::Linking, 1, 12),
    ];
    let about = About {
        interventions: all.iter().collect(),
        ..ABOUT
    };
    let set = results(40, 60, |_, month| 0.3 + 0.001 * month);
    let chart = overview(&about, &set);
    let caption = chart.caption().replace('\u{a0}', " ");
    let said = "With ground-rules (months 7–30), facilitator (from month 13), reorganisation (month 31), 1 more.";
    assert!(caption.contains(said), "{caption}");
    assert_eq!(chart.marks, [1, 7, 13, 31, 32]);
    assert_readable("interventions", &chart);
    let without = svg(&overview(&ABOUT, &set)).unwrap();
    let drawn = svg(&chart).unwrap();
    let lines = |text: &str| text.matches("<polyline").count();
    assert_eq!(lines(&drawn) - lines(&without), 5 * chart.panels.len());
}

#[test]
fn networks_explain_the_kinds_that_are_there_and_the_forum_map_says_of_which_runs_it_is() {
    traced("trust-board", &["horizon.cycles=2"], |name, chart| {
        if name.ends_with("forums") {
            let caption = chart.caption().replace('\u{a0}', " ");
            assert!(
                caption.contains("the first 2 runs, made again"),
                "{caption}"
            );
        } else {
            let drawn = svg(chart).unwrap();
            assert!(drawn.contains("\nclinician\n"), "{name}");
            assert!(!drawn.contains("\ncitizen\n"), "{name}");
        }
    });
}

#[test]
fn a_picture_of_a_network_without_leadership_says_so() {
    let sets = ["horizon.cycles=2", "mechanisms.convening.base=-20"];
    traced("trust-board", &sets, |name, chart| {
        assert_readable(name, chart);
        let alt = &chart.heading().alt;
        if name.ends_with("network-leadership") {
            assert!(
                alt.contains("month 2: no ties of leadership granted"),
                "{alt}"
            );
            assert_eq!(svg(chart).unwrap().matches("\nno ties\n").count(), 2);
        }
        if name.ends_with("forums") {
            assert!(alt.contains("no quorum 100 %"), "{alt}");
        }
    });
}

//! Interventions and shocks: each moves what it says through the lever that it names and costs what
//! it says; nothing at dose zero, nothing without its mechanism, and nothing for ever.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "support.rs serves tests alone"
)]

mod interventions {
    mod levers;
    pub(crate) mod support;
    mod systems;
    mod who_and_what;
}
mod support;

use commonground::measure::{CYCLE, Keep, run};
use commonground::model::setup::{Intervention, Setup};
use commonground::registry::interventions::{InterventionKind, KINDS, Reaches};
use interventions::support::{after, one, system, with};

/// Outcomes that say what was spent, whatever came of it.
const SPENT: [&str; 8] = [
    "hours",
    "hours_interventions",
    "spending",
    "cost",
    "cumulative_hours",
    "cumulative_cost",
    "value_per_hour",
    "value_per_pound",
];

/// The time series of a run: by month and outcome.
fn series(setup: &Setup) -> Vec<f64> {
    let keep = Keep {
        cycles: true,
        ..Keep::default()
    };
    run(setup, 5, 0, keep).cycles
}

fn column(name: &str) -> usize {
    CYCLE.iter().position(|known| known.name == name).unwrap()
}

fn value(series: &[f64], month: usize, outcome: &str) -> f64 {
    series[(month - 1) * CYCLE.len() + column(outcome)]
}

/// The first month in which two runs differ, and in what; not in what was spent.
fn parting(one: &[f64], other: &[f64]) -> Option<(usize, &'static str)> {
    let places = one.iter().zip(other).enumerate();
    let differ = |(one, other): (&f64, &f64)| {
        one.to_bits() != other.to_bits() && !(one.is_nan() && other.is_nan())
    };
    let found = places
        .filter(|(_, pair)| differ(*pair))
        .map(|(at, _)| (at / CYCLE.len() + 1, CYCLE[at % CYCLE.len()].name));
    found.into_iter().find(|(_, name)| !SPENT.contains(name))
}

#[test]
fn each_moves_something_from_its_month_on_and_nothing_at_dose_or_reach_zero() {
    let setup = system();
    let without = series(&setup);
    for kind in InterventionKind::ALL {
        let word = kind.known().word;
        // Not by the hours that it takes.
        let free = Intervention {
            hours: 0.0,
            ..one(*kind)
        };
        let moved = series(&with(&setup, vec![free]));
        let (month, what) =
            parting(&without, &moved).unwrap_or_else(|| panic!("{word} moves nothing"));
        assert!(
            month >= 3,
            "{word} moves {what} in month {month}, before it begins"
        );
        for idle in [
            Intervention {
                intensity: 0.0,
                ..one(*kind)
            },
            Intervention {
                reach: 0.0,
                at: 3,
                ..one(*kind)
            },
            Intervention {
                at: 31,
                until: u32::MAX,
                ..one(*kind)
            },
        ] {
            if idle.reach == 0.0 && kind.known().reaches == Reaches::System {
                continue;
            }
            let same = series(&with(&setup, vec![idle.clone()]));
            let bits = |series: &[f64]| -> Vec<u64> {
                let known = |value: &f64| if value.is_nan() { 0 } else { value.to_bits() };
                let spent = ["cost", "cumulative_cost", "value_per_pound"].map(column);
                let kept = series
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| !spent.contains(&(at % CYCLE.len())));
                kept.map(|(_, value)| known(value)).collect()
            };
            assert_eq!(bits(&without), bits(&same), "{idle:?}");
        }
    }
}

#[test]
fn each_acts_through_its_mechanism_alone() {
    let setup = system();
    for kind in InterventionKind::ALL
        .iter()
        .filter(|kind| !kind.known().off.is_empty())
    {
        let known = kind.known();
        let mut off = setup.clone();
        // A chair breaks a promise where a forum is consulted in vain: a broker cannot.
        off.forums
            .iter_mut()
            .for_each(|forum| forum.design.token = 0.0);
        for (path, value) in known.off {
            let set = off.mechanisms.set(path, *value);
            assert!(set || context(&mut off, path, *value), "{path}");
        }
        let free = Intervention {
            hours: 0.0,
            ..one(*kind)
        };
        let (without, with) = (series(&off), series(&with(&off, vec![free])));
        // What the lever itself is called, which nothing reads without the mechanism.
        let own: &[&str] = match kind {
            InterventionKind::Acknowledgement => &["grievance"],
            InterventionKind::Induction => &["expectation"],
            InterventionKind::Austerity => &["resource_sharing"],
            InterventionKind::Facilitator => &["stewardship"],
            _ => &[],
        };
        let blank = |series: &[f64]| -> Vec<f64> {
            let mut series = series.to_vec();
            for name in own {
                let cells = series.iter_mut().skip(column(name)).step_by(CYCLE.len());
                cells.for_each(|cell| *cell = 0.0);
            }
            series
        };
        assert_eq!(
            parting(&blank(&without), &blank(&with)),
            None,
            "{}",
            known.word
        );
    }
}

fn context(setup: &mut Setup, path: &str, value: f64) -> bool {
    use commonground::registry::Section;
    let key = path.strip_prefix("context.");
    key.is_some_and(|key| setup.context.set(key, value))
}

#[test]
fn half_a_dose_costs_half_and_a_withdrawn_one_nothing() {
    let setup = system();
    for kind in InterventionKind::ALL
        .iter()
        .filter(|kind| !kind.known().shock)
    {
        let whole = Intervention {
            until: 12,
            ..one(*kind)
        };
        let half = Intervention {
            intensity: 0.5,
            ..whole.clone()
        };
        let word = kind.known().word;
        let spent = |intervention: &Intervention, month| {
            let series = series(&with(&setup, vec![intervention.clone()]));
            ["hours_interventions", "spending"].map(|name| value(&series, month, name))
        };
        let (full, less) = (spent(&whole, 12), spent(&half, 12));
        if word != "big-bang" {
            assert!(full.iter().sum::<f64>() > 0.0, "{word} is free");
        }
        for (full, less) in full.iter().zip(less) {
            assert!(
                (less - 0.5 * full).abs() < 1e-9,
                "{word}: {full} and {less}"
            );
        }
        let nothing = |month| spent(&whole, month).iter().sum::<f64>() < 1e-9;
        assert!(nothing(2), "{word} costs before it begins");
        assert!(nothing(13), "{word} costs when it has ended");
    }
    let priced = with(
        &setup,
        vec![Intervention {
            until: 4,
            ..one(InterventionKind::ProtectedTime)
        }],
    );
    let costs = series(&priced);
    let expected = 640.0 * setup.posts.len() as f64;
    assert!((value(&costs, 3, "cost") - expected).abs() < 1e-6);
    assert!((value(&costs, 30, "cumulative_cost") - 2.0 * expected).abs() < 1e-6);
}

#[test]
fn levers_are_what_they_were_when_all_has_ended() {
    let setup = system();
    let all = InterventionKind::ALL.iter().map(|kind| Intervention {
        until: 12,
        ..one(*kind)
    });
    let setup = with(&setup, all.collect());
    let constants = after(&setup, 0).levers;
    assert_ne!(after(&setup, 12).levers, constants);
    let ended = after(&setup, 13);
    assert_eq!(ended.levers, constants);
    for (forum, stated) in ended.forums.iter().zip(&setup.forums) {
        assert_eq!(forum.chair, stated.chair.kind);
        assert_eq!(forum.chair_seat, stated.chair_seat());
    }
}

#[test]
fn no_two_kinds_share_a_lever() {
    let mut levers: Vec<&str> = KINDS.iter().map(|known| known.lever).collect();
    levers.sort_unstable();
    levers.dedup();
    assert_eq!(levers.len(), KINDS.len());
    for known in KINDS {
        let (low, high) = known.effects;
        assert!((low..=high).contains(&known.effect), "{}", known.word);
        assert!(!known.source.is_empty());
    }
}

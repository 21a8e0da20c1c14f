//! The generic test: everything that can be typed moves something that can be observed.

use crate::support::baseline;
use commonground::measure::{Keep, run};
use commonground::model::setup::{Chair, Intervention, Setup, Target};
use commonground::registry::interventions::InterventionKind;
use commonground::registry::leaders::{Attribute, Spread};
use commonground::registry::mechanisms::{LeadershipForm, Mechanisms, Mixing, TrustForm};
use commonground::registry::places::{ChairKind, ForumDesign, OrganisationTerms, Provided};
use commonground::registry::{Entry, Kind, Section};

/// Systems in which a parameter may show: those of `baseline` and variants that use what it does not.
fn systems() -> Vec<Setup> {
    let short = |mut setup: Setup| {
        setup.horizon.cycles = 30;
        setup.context.hour_price = 50.0;
        setup
    };
    let plain = short(baseline());
    let mut neutral = plain.clone();
    let mut ending = plain.clone();
    for (index, forum) in neutral.forums.iter_mut().enumerate() {
        forum.chair = Chair {
            kind: ChairKind::Neutral,
            post: None,
        };
        forum.design.token = 0.2;
        forum.design.slices = 4;
        if index % 2 == 0 {
            forum.design.rule = commonground::registry::places::Rule::Majority;
        }
    }
    neutral.mechanisms.dialogue.mixing = Mixing::Averaging;
    for forum in &mut ending.forums {
        forum.chair.kind = ChairKind::Appointed;
        forum.design.deadline = 20;
        forum.design.scale = 1.0;
    }
    ending.mechanisms.leadership.form = LeadershipForm::Single;
    ending.context.hierarchy = 0.9;
    ending.context.pulse_rate = 0.3;
    let mut crowded = plain.clone();
    for post in &mut crowded.posts {
        post.organisation %= 3;
    }
    crowded.mechanisms.trust.introductions = 0.5;
    crowded.mechanisms.dialogue.weight_cap = 0.1;
    crowded.context.competition = 0.8;
    let mut helped = plain.clone();
    helped.interventions = [
        InterventionKind::LeadershipProgramme,
        InterventionKind::TalentSpotting,
        InterventionKind::TrustRepair,
    ]
    .map(|kind| Intervention {
        id: kind.known().word.to_owned(),
        kind,
        at: 2,
        until: 20,
        reach: 1.0,
        intensity: 1.0,
        effect: kind.known().effect,
        hours: 0.0,
        pounds: 0.0,
        target: Target::default(),
    })
    .to_vec();
    let mut remembering = plain.clone();
    remembering.mechanisms.trust.form = TrustForm::Beta;
    vec![plain, neutral, ending, crowded, helped, remembering]
}

fn observed(setup: &Setup) -> Vec<u64> {
    let keep = Keep {
        cycles: true,
        ..Keep::default()
    };
    let record = run(setup, 2, 0, keep);
    record
        .run
        .into_iter()
        .chain(record.cycles)
        .map(f64::to_bits)
        .collect()
}

/// Whether a key shows in one of the systems when it goes from low to high, or from
/// low to where it stands.
fn moves(values: (f64, f64), set: impl Fn(&mut Setup, f64)) -> bool {
    systems().into_iter().any(|setup| {
        let at = |value: Option<f64>| {
            let mut setup = setup.clone();
            if let Some(value) = value {
                set(&mut setup, value);
            }
            observed(&setup)
        };
        let low = at(Some(values.0));
        low != at(Some(values.1)) || low != at(None)
    })
}

/// Low and high for an entry: its bounds, drawn in where they are far apart.
fn ends(entry: &Entry, preset: f64) -> (f64, f64) {
    match entry.kind {
        Kind::Choice { words } => (0.0, words.len() as f64 - 1.0),
        _ => {
            let (low, high) = entry.bounds().unwrap();
            (
                low.max(preset - 3.0 * preset.abs().max(1.0)),
                high.min(preset + 3.0 * preset.abs().max(1.0)),
            )
        }
    }
}

fn preset(entry: &Entry) -> f64 {
    match entry.preset {
        commonground::registry::Preset::Number(value) => value,
        _ => 0.0,
    }
}

#[test]
fn every_mechanism_parameter_is_alive() {
    let dead: Vec<&str> = Mechanisms::entries()
        .filter(|entry| {
            !moves(ends(entry, preset(entry)), |setup, value| {
                assert!(setup.mechanisms.set(entry.path, value))
            })
        })
        .map(|entry| entry.path)
        .collect();
    assert!(dead.is_empty(), "dead: {dead:?}");
}

fn dead<S: Section>(field: impl Fn(&mut Setup) -> Vec<&mut S>) -> Vec<&'static str> {
    let lives = |entry: &&Entry| {
        moves(ends(entry, preset(entry)), |setup, value| {
            for section in field(setup) {
                assert!(section.set(entry.key(), value));
            }
        })
    };
    S::ENTRIES
        .iter()
        .filter(|entry| !lives(entry))
        .map(|entry| entry.path)
        .collect()
}

#[test]
fn every_place_parameter_is_alive() {
    let dead = [
        dead(|setup| vec![&mut setup.context]),
        dead(|setup| vec![&mut setup.between]),
        dead(|setup| vec![&mut setup.network]),
        dead(|setup| vec![&mut setup.horizon]),
        dead::<OrganisationTerms>(|setup| {
            setup
                .organisations
                .iter_mut()
                .map(|one| &mut one.terms)
                .collect()
        }),
        dead::<ForumDesign>(|setup| {
            setup
                .forums
                .iter_mut()
                .map(|forum| &mut forum.design)
                .collect()
        }),
        dead::<Provided>(|setup| {
            setup
                .forums
                .iter_mut()
                .map(|forum| &mut forum.provided)
                .collect()
        }),
    ]
    .concat();
    assert!(dead.is_empty(), "dead: {dead:?}");
}

#[test]
fn every_attribute_is_alive() {
    for attribute in Attribute::ALL {
        let (low, high) = attribute.entry().bounds().unwrap();
        let (low, high) = (low + 0.1 * (high - low), high - 0.1 * (high - low));
        for spread in [true, false] {
            let alive = moves((0.0, 1.0), |setup, step| {
                for group in &mut setup.groups {
                    let middle = (low + high) / 2.0;
                    let given = if spread {
                        Spread {
                            mean: middle,
                            sd: step * (high - low) / 4.0,
                        }
                    } else {
                        Spread {
                            mean: low + step * (high - low),
                            sd: 0.0,
                        }
                    };
                    group.attributes[*attribute as usize] = Some(given);
                }
            });
            assert!(
                alive,
                "{} is dead ({})",
                attribute.entry().path,
                if spread { "sd" } else { "mean" }
            );
        }
    }
}

//! Small systems for tests, built without scenario files.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::panic,
    reason = "each test binary uses a part of this"
)]

use commonground::model::setup::{
    Chair, Forum, Group, Intervention, KnownTie, Organisation, Post, Setup, System, Target,
};
use commonground::registry::Section;
use commonground::registry::interventions::InterventionKind;
use commonground::registry::leaders::{Attribute, LeaderKind, Spread};
use commonground::registry::places::{ChairKind, ForumDesign, OrganisationTerms, Provided, Tier};
use commonground::registry::switches::MECHANISMS;

/// A group of one kind, with the presets of that kind.
pub fn group(id: &str, kind: LeaderKind) -> Group {
    let mut mix = [0.0; 3];
    mix[kind as usize] = 1.0;
    Group {
        id: id.into(),
        title: id.into(),
        mix,
        profession: None,
        attributes: [None; Attribute::COUNT],
    }
}

pub fn organisation(id: &str) -> Organisation {
    Organisation {
        id: id.into(),
        name: id.into(),
        kind: String::new(),
        system: 0,
        terms: OrganisationTerms::default(),
    }
}

pub fn post(id: &str, group: u32, organisation: u32) -> Post {
    Post {
        id: id.into(),
        group,
        organisation,
        neighbourhood: 0,
        known: None,
    }
}

pub fn forum(id: &str, tier: Tier, members: Vec<u32>) -> Forum {
    Forum {
        id: id.into(),
        name: id.into(),
        tier,
        system: 0,
        design: ForumDesign::default(),
        provided: Provided::default(),
        chair: Chair {
            kind: ChairKind::None,
            post: None,
        },
        members,
    }
}

/// `leaders` clinicians, each from an organisation of its own, in one project forum without a
/// chair; no informal ties.
pub fn one_forum(leaders: u32) -> Setup {
    let mut setup = Setup {
        systems: vec![System {
            id: "system".into(),
            name: "system".into(),
            region: String::new(),
        }],
        organisations: (0..leaders)
            .map(|at| organisation(&format!("organisation-{at}")))
            .collect(),
        groups: vec![group("clinicians", LeaderKind::Clinician)],
        posts: (0..leaders)
            .map(|at| post(&format!("leader-{at}"), 0, at))
            .collect(),
        forums: vec![forum("forum", Tier::Project, (0..leaders).collect())],
        ..Setup::default()
    };
    setup.network.density = 0.0;
    setup
}

/// Sets any path of context or mechanisms.
pub fn set(setup: &mut Setup, path: &str, value: f64) {
    let done = setup.mechanisms.set(path, value)
        || path
            .strip_prefix("context.")
            .is_some_and(|key| setup.context.set(key, value))
        || path
            .strip_prefix("between.")
            .is_some_and(|key| setup.between.set(key, value))
        || path
            .strip_prefix("network.")
            .is_some_and(|key| setup.network.set(key, value))
        || path
            .strip_prefix("horizon.")
            .is_some_and(|key| setup.horizon.set(key, value));
    assert!(done, "no such path: {path}");
}

/// Switches every mechanism off, and everything that differs between replicates; everyone comes.
pub fn quiet(setup: &mut Setup) {
    for mechanism in MECHANISMS {
        for (path, off) in mechanism.off {
            set(setup, path, *off);
        }
    }
    for key in [
        "history",
        "reputation",
        "power",
        "interdependence",
        "mix",
        "organisation_gap",
    ] {
        set(setup, &format!("between.{key}"), 0.0);
    }
    set(setup, "context.need_spread", 0.0);
    set(setup, "context.capture", 0.0);
    set(setup, "mechanisms.convening.base", 20.0);
    set(setup, "mechanisms.trust.start_sd", 0.0);
    for group in &mut setup.groups {
        for attribute in Attribute::ALL {
            let kind = group.kind().unwrap_or(LeaderKind::Clinician);
            group.attributes[*attribute as usize] = Some(Spread {
                sd: 0.0,
                ..attribute.preset(kind)
            });
        }
    }
}

/// Gives every leader of a group the same value.
pub fn give(setup: &mut Setup, attribute: Attribute, value: f64) {
    for group in &mut setup.groups {
        group.attributes[attribute as usize] = Some(Spread {
            mean: value,
            sd: 0.0,
        });
    }
}

/// Known values of one post.
pub fn know(setup: &mut Setup, post: usize, attribute: Attribute, value: f64) {
    let known = setup.posts[post]
        .known
        .get_or_insert_with(|| Box::new([None; Attribute::COUNT]));
    known[attribute as usize] = Some(value);
}

/// Known trust between two posts.
pub fn trust(setup: &mut Setup, from: u32, to: u32, trust: f64) {
    setup.ties.push(KnownTie {
        from,
        to,
        trust: Some(trust),
        advice: false,
    });
}

/// An intervention on everybody from a month on, as its kind has it.
pub fn on_everybody(kind: InterventionKind, at: u32) -> Intervention {
    let known = kind.known();
    Intervention {
        id: known.word.to_owned(),
        kind,
        at,
        until: if known.once { at } else { u32::MAX },
        reach: 1.0,
        intensity: 1.0,
        effect: known.effect,
        hours: known.hours,
        pounds: known.pounds,
        target: Target::default(),
    }
}

/// A system like the library's `baseline`: 120 leaders of mixed kinds in 9 organisations, an
/// executive forum of 12, 4 thematic forums of 10, 8 project forums of 8.
pub fn baseline() -> Setup {
    let mix = Group {
        mix: [0.5, 0.35, 0.15],
        ..group("leaders", LeaderKind::Clinician)
    };
    let mut setup = Setup {
        systems: vec![System {
            id: "system".into(),
            name: "system".into(),
            region: String::new(),
        }],
        organisations: (0..9)
            .map(|at| organisation(&format!("organisation-{at}")))
            .collect(),
        groups: vec![mix],
        posts: (0..120)
            .map(|at| post(&format!("leader-{at}"), 0, at % 9))
            .collect(),
        ..Setup::default()
    };
    let mut next = 0;
    let mut seats = |count: u32| {
        let members: Vec<u32> = (next..next + count).map(|at| (at * 7) % 120).collect();
        next += count;
        members
    };
    let sizes = [
        (Tier::Executive, 1, 12),
        (Tier::Thematic, 4, 10),
        (Tier::Project, 8, 8),
    ];
    for (tier, count, size) in sizes {
        for at in 0..count {
            let mut made = forum(&format!("{tier:?}-{at}"), tier, seats(size));
            made.chair = Chair {
                kind: ChairKind::Organic,
                post: Some(made.members[0]),
            };
            if tier == Tier::Executive {
                made.design.hours = 7.0;
            }
            setup.forums.push(made);
        }
    }
    setup
}

/// Neighbourhoods of 60 leaders, each with 12 forums of 10 in which every leader has two seats.
pub fn scale(leaders: u32) -> Setup {
    let neighbourhoods = leaders.div_ceil(60);
    let mut setup = Setup {
        systems: vec![System {
            id: "system".into(),
            name: "system".into(),
            region: String::new(),
        }],
        groups: vec![Group {
            mix: [0.5, 0.35, 0.15],
            ..group("leaders", LeaderKind::Clinician)
        }],
        ..Setup::default()
    };
    setup.network.density = 0.05;
    for place in 0..neighbourhoods {
        for at in 0..6 {
            setup
                .organisations
                .push(organisation(&format!("organisation-{place}-{at}")));
        }
        let first = place * 60;
        for at in 0..60 {
            let mut made = post(&format!("leader-{place}-{at}"), 0, place * 6 + at % 6);
            made.neighbourhood = place;
            setup.posts.push(made);
        }
        for at in 0..6 {
            setup.forums.push(forum(
                &format!("block-{place}-{at}"),
                Tier::Thematic,
                (0..10).map(|m| first + at * 10 + m).collect(),
            ));
            setup.forums.push(forum(
                &format!("stride-{place}-{at}"),
                Tier::Project,
                (0..10).map(|m| first + at + m * 6).collect(),
            ));
        }
    }
    setup
}

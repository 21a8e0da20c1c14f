//! The scenarios of the library hold the numbers that their sources state.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};

use commonground::experiment::{Experiment, Setups};
use commonground::measure::Keep;
use commonground::model::setup::Setup;
use commonground::registry::leaders::LeaderKind;
use commonground::registry::places::{ChairKind, Tier};
use commonground::scenario::{self, library};

fn load(name: &str, sets: &[&str]) -> Setup {
    let sets: Vec<String> = sets.iter().map(|&set| set.to_owned()).collect();
    match scenario::load(name, &sets) {
        Ok(scenario) => scenario.setup,
        Err(errors) => panic!("{}", scenario::render(&errors.problems, false)),
    }
}

fn count(setup: &Setup, kind: LeaderKind) -> usize {
    setup
        .posts
        .iter()
        .filter(|post| setup.groups[post.group as usize].kind() == Some(kind))
        .count()
}

fn seats(setup: &Setup) -> Vec<usize> {
    let mut seats = vec![0; setup.posts.len()];
    for member in setup.forums.iter().flat_map(|forum| &forum.members) {
        seats[*member as usize] += 1;
    }
    seats
}

#[test]
fn every_scenario_loads_and_only_those_from_baseline_leave_somebody_without_a_seat() {
    for name in library::names() {
        let setup = load(name, &[]);
        let seats = seats(&setup);
        let idle = seats.iter().filter(|seats| **seats == 0).count();
        let starts_from_baseline =
            ["baseline", "linked-tiers", "virtuous", "vicious"].contains(&name);
        assert!(
            idle == 0 || starts_from_baseline,
            "{name}: {idle} leaders have no seat"
        );
    }
}

/// Waring et al. 2023, Table 1 and methods.
#[test]
fn the_partnerships_have_25_clinical_and_47_other_leaders() {
    let sites = ["stp-a", "stp-b", "stp-c"].map(|name| load(name, &[]));
    let counts = |kind| sites.each_ref().map(|site| count(site, kind));
    assert_eq!(counts(LeaderKind::Clinician), [10, 10, 5]);
    assert_eq!(counts(LeaderKind::Manager).iter().sum::<usize>(), 47);
    assert_eq!(counts(LeaderKind::Citizen), [0, 0, 0]);
    for site in &sites {
        for tier in Tier::ALL {
            assert!(site.forums.iter().any(|forum| forum.tier == *tier));
        }
    }
}

/// Aufegger et al. 2020, sample.
#[test]
fn the_interviewees_are_20_leaders_of_15_organisations() {
    let setup = load("ics-interviewees", &[]);
    assert_eq!(count(&setup, LeaderKind::Clinician), 10);
    assert_eq!(count(&setup, LeaderKind::Manager), 10);
    assert_eq!(setup.organisations.len(), 15);
    let mut employers: Vec<u32> = setup.posts.iter().map(|post| post.organisation).collect();
    employers.sort_unstable();
    employers.dedup();
    assert_eq!(employers.len(), 15, "every organisation has a leader");
}

/// Ng 2022, methods.
#[test]
fn the_trust_board_has_four_of_each_role() {
    let setup = load("trust-board", &[]);
    for group in 0..3 {
        let leaders = setup.posts.iter().filter(|post| post.group == group);
        assert_eq!(leaders.count(), 4);
    }
    assert_eq!(count(&setup, LeaderKind::Clinician), 4);
}

/// NHS Act 2006, Schedule 1B, and NHS England's guidance.
#[test]
fn the_statutory_board_has_the_prescribed_seats() {
    let setup = load("icb-statutory", &[]);
    let [board] = setup.forums.as_slice() else {
        panic!("one board");
    };
    assert_eq!(board.members.len(), 11);
    assert_eq!(board.chair.kind, ChairKind::Appointed);
    let titles: Vec<&str> = board
        .members
        .iter()
        .map(|member| {
            setup.groups[setup.posts[*member as usize].group as usize]
                .title
                .as_str()
        })
        .collect();
    for title in [
        "Chair",
        "Chief executive",
        "Director of finance",
        "Medical director",
        "Director of nursing",
    ] {
        assert_eq!(
            titles.iter().filter(|known| **known == title).count(),
            1,
            "{title}"
        );
    }
    assert_eq!(
        titles
            .iter()
            .filter(|title| title.starts_with("Non-executive"))
            .count(),
        2
    );
    assert_eq!(
        titles
            .iter()
            .filter(|title| title.starts_with("Partner member"))
            .count(),
        4
    );
}

#[test]
fn england_has_36_boards_and_scale_multiplies_neighbourhoods_only() {
    let setup = load("england-36", &[]);
    let mut regions: BTreeMap<&str, usize> = BTreeMap::new();
    for system in &setup.systems {
        *regions.entry(system.region.as_str()).or_default() += 1;
    }
    let counts: Vec<(&str, usize)> = regions.into_iter().collect();
    assert_eq!(
        counts,
        [
            ("east", 3),
            ("london", 4),
            ("midlands", 11),
            ("north-east-yorkshire", 4),
            ("north-west", 3),
            ("south-east", 4),
            ("south-west", 7)
        ]
    );
    let boards: Vec<usize> = setup
        .forums
        .iter()
        .filter(|forum| forum.id.starts_with("board."))
        .map(|forum| forum.members.len())
        .collect();
    assert_eq!(boards, [11; 36]);
    let regional = |setup: &Setup| -> Vec<usize> {
        let forums = setup.forums.iter();
        forums
            .filter(|forum| forum.id.starts_with("regional-forum"))
            .map(|forum| forum.members.len())
            .collect()
    };
    assert_eq!(regional(&setup), [7, 9, 23, 9, 7, 9, 15]);
    let larger = load("england-36", &["scale=3"]);
    assert_eq!(larger.posts.len() - setup.posts.len(), 2 * 36 * 12);
    assert_eq!(regional(&larger), regional(&setup));
    let largest = |setup: &Setup| setup.forums.iter().map(|forum| forum.members.len()).max();
    assert_eq!(largest(&larger), largest(&setup));
}

#[test]
fn scale_gives_everybody_two_seats_and_about_20_ties() {
    let setup = load("scale", &["scale=3"]);
    assert_eq!(setup.posts.len(), 180);
    assert!(seats(&setup).iter().all(|seats| *seats == 2));
    assert!(
        setup
            .forums
            .iter()
            .all(|forum| (8..=12).contains(&forum.members.len()))
    );
    let mut colleagues = vec![BTreeSet::<u32>::new(); setup.posts.len()];
    for forum in &setup.forums {
        for member in &forum.members {
            colleagues[*member as usize]
                .extend(forum.members.iter().filter(|other| *other != member));
        }
    }
    let from_forums = colleagues.iter().map(BTreeSet::len).sum::<usize>() as f64 / 180.0;
    let ties = from_forums + (59.0 - from_forums) * setup.network.density;
    assert!(
        (19.0..=21.0).contains(&ties),
        "{from_forums} from forums, {ties} in all"
    );
}

/// A good and a bad start change starting trust, history and interdependence alone.
#[test]
fn the_two_starts_differ_from_baseline_in_three_things() {
    let baseline = load("baseline", &[]);
    for name in ["virtuous", "vicious"] {
        let mut start = load(name, &[]);
        assert_ne!(start, baseline);
        start.context.history = baseline.context.history;
        start.mechanisms.trust.start_within = baseline.mechanisms.trust.start_within;
        start.mechanisms.trust.start_across = baseline.mechanisms.trust.start_across;
        for (one, other) in start.organisations.iter_mut().zip(&baseline.organisations) {
            one.terms.interdependence = other.terms.interdependence;
        }
        assert_eq!(start, baseline, "{name}");
    }
}

/// Evidence 4.16: members of two tiers are what links them.
#[test]
fn linked_tiers_chair_each_forum_from_the_tier_above() {
    let (baseline, linked) = (load("baseline", &[]), load("linked-tiers", &[]));
    let sizes = |setup: &Setup| -> Vec<(Tier, usize)> {
        let forums = setup.forums.iter();
        forums
            .map(|forum| (forum.tier, forum.members.len()))
            .collect()
    };
    assert_eq!(sizes(&linked), sizes(&baseline));
    assert_eq!(linked.posts.len(), baseline.posts.len());
    let on = |tier: Tier| -> Vec<u32> {
        let forums = linked.forums.iter().filter(|forum| forum.tier == tier);
        forums.flat_map(|forum| forum.members.clone()).collect()
    };
    for (above, below) in [
        (Tier::Executive, Tier::Thematic),
        (Tier::Thematic, Tier::Project),
    ] {
        let above = on(above);
        for forum in linked.forums.iter().filter(|forum| forum.tier == below) {
            let links: Vec<u32> = forum
                .members
                .iter()
                .copied()
                .filter(|post| above.contains(post))
                .collect();
            assert_eq!(links, [forum.chair.post.unwrap()], "{}", forum.id);
        }
    }
    let projects = on(Tier::Project);
    for board in linked
        .forums
        .iter()
        .filter(|forum| forum.tier == Tier::Thematic)
    {
        let leads = board.members.iter().filter(|post| projects.contains(post));
        assert_eq!(leads.count(), 2, "{}", board.id);
    }
    let seats = seats(&linked);
    let holding = |count: usize| seats.iter().filter(|seats| **seats == count).count();
    assert_eq!([holding(0), holding(1), holding(2)], [16, 92, 12]);
}

/// Every experiment says by itself what it asks and where that comes from, and the guide lists it.
#[test]
fn every_experiment_says_what_it_asks_and_who_asked() {
    let guide = include_str!("../docs/experiments.md");
    for name in library::experiments() {
        let file: toml::Table = library::text(name).unwrap().parse().unwrap();
        for key in ["title", "question", "source"] {
            let said = file.get("about").and_then(|about| about.get(key)?.as_str());
            assert!(
                said.is_some_and(|said| !said.trim().is_empty()),
                "{name}: about.{key}"
            );
        }
        let listed = format!("| `{name}` |");
        assert!(guide.contains(&listed), "docs/experiments.md: {name}");
    }
}

/// No two arms of an experiment are the same policy, and no combination of factors is the first one
/// again: two short runs differ in some outcome.
#[test]
fn what_an_experiment_compares_differs() {
    const MOST_POINTS: u64 = 24;
    let short = ["horizon.cycles=18".to_owned()];
    for name in library::experiments() {
        let experiment = Experiment::load(name, &short, None)
            .unwrap_or_else(|errors| panic!("{}", scenario::render(&errors.problems, false)));
        let setups = Setups::new(&experiment);
        let arms = experiment.arms.len();
        let crossed = experiment.crossed();
        let points = experiment.points().min(MOST_POINTS) / crossed * crossed;
        let outcomes = |point: u64| -> Vec<Option<u64>> {
            let runs = (0..2).map(|replicate| setups.run(point, replicate, Keep::default()));
            let values = runs.flat_map(|run| run.unwrap_or_else(|why| panic!("{name}: {why}")).run);
            let known = |value: f64| (!value.is_nan()).then(|| value.to_bits());
            values.map(known).collect()
        };
        let seen: Vec<Vec<Option<u64>>> = (0..points).map(outcomes).collect();
        for (one, other) in (0..arms).flat_map(|one| (0..one).map(move |other| (one, other))) {
            let [first, second] = [one, other].map(|arm| &experiment.arms[arm].id);
            assert!(
                seen.chunks(arms).any(|arms| arms[one] != arms[other]),
                "{name}: {first} is {second}"
            );
        }
        let mut combinations = seen.chunks(usize::try_from(crossed).unwrap());
        let first = combinations.next().unwrap();
        for (number, combination) in (1..).zip(combinations) {
            assert_ne!(first, combination, "{name}: combination {number}");
        }
    }
}

//! A surveyed network from its tables to the start of a run: what is known is as it was answered,
//! what is not known is drawn anew in each replicate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_cmp,
    clippy::cast_possible_truncation,
    reason = "a test may fail, and a stated value is exact"
)]

use std::path::{Path, PathBuf};

use commonground::model::world::World;
use commonground::registry::leaders::Attribute;
use commonground::scenario::survey::{Pair, Survey};
use commonground::scenario::{self, Scenario, render};

const REPLICATES: u64 = 200;

fn load(target: &str) -> Scenario {
    scenario::load(target, &[])
        .unwrap_or_else(|errors| panic!("{}", render(&errors.problems, false)))
}

fn example() -> (Scenario, Survey) {
    let scenario = load("survey-example");
    let survey = scenario.survey.clone().expect("a survey");
    (scenario, survey)
}

fn starts(scenario: &Scenario) -> Vec<World<'_>> {
    let start = |replicate| World::new(&scenario.setup, 1, replicate);
    (0..REPLICATES).map(start).collect()
}

fn person(survey: &Survey, id: &str) -> usize {
    let position = survey.people.iter().position(|person| person.id == id);
    position.expect(id)
}

/// Whether two posts sit in a forum together: then they have a tie whatever the survey says.
fn together(scenario: &Scenario, a: u32, b: u32) -> bool {
    let has = |members: &[u32]| members.contains(&a) && members.contains(&b);
    scenario
        .setup
        .forums
        .iter()
        .any(|forum| has(&forum.members))
}

#[test]
fn people_seats_and_chairs_are_those_of_the_tables() {
    let (scenario, survey) = example();
    let setup = &scenario.setup;
    assert_eq!(setup.posts.len(), 24);
    for (post, person) in setup.posts.iter().zip(&survey.people) {
        assert_eq!((&post.id, post.group), (&person.id, person.group));
        assert_eq!(Some(post.organisation), person.organisation);
    }
    let organisation = |id| setup.posts[person(&survey, id)].organisation as usize;
    assert_eq!(setup.organisations[organisation("p02")].id, "practices");
    let sizes = setup.forums.iter().map(|forum| forum.members.len());
    assert_eq!(sizes.collect::<Vec<_>>(), [9, 9, 12]);
    let chairs = setup.forums.iter().map(|forum| forum.chair.post.unwrap());
    let chairs: Vec<&str> = chairs
        .map(|post| setup.posts[post as usize].id.as_str())
        .collect();
    assert_eq!(chairs, ["p07", "p17", "p12"]);
}

#[test]
fn each_pair_starts_as_the_survey_says() {
    let (scenario, survey) = example();
    let worlds = starts(&scenario);
    let people = 0..24_u32;
    let (mut drawn, mut undrawn) = (0, 0);
    for (from, to) in people
        .clone()
        .flat_map(|a| people.clone().map(move |b| (a, b)))
    {
        let apart = from != to && !together(&scenario, from, to);
        let ties: Vec<Option<f32>> = worlds
            .iter()
            .map(|world| Some(world.ties.trust[world.ties.find(from as usize, to)?]))
            .collect();
        match survey.pair(from, to) {
            Pair::Tie {
                trust: Some(trust), ..
            } => {
                assert!(
                    ties.iter().all(|tie| *tie == Some(trust as f32)),
                    "{from} {to}"
                );
            }
            Pair::Tie { trust: None, .. } => {
                assert!(ties.iter().all(Option::is_some), "{from} {to}");
                assert_ne!(ties.first(), ties.last(), "drawn in each replicate");
            }
            Pair::NoTie if apart => assert!(ties.iter().all(Option::is_none), "{from} {to}"),
            Pair::Open if apart => {
                drawn += ties.iter().flatten().count();
                undrawn += ties.iter().filter(|tie| tie.is_none()).count();
            }
            _ => {}
        }
    }
    // Some 13,000 draws at the density of the network.
    let share = drawn as f64 / (drawn + undrawn) as f64;
    let density = scenario.setup.network.density;
    assert!(
        (share - density).abs() < 0.5 * density,
        "{share} of open pairs, density {density}"
    );
}

#[test]
fn a_pair_that_was_not_asked_may_have_a_tie() {
    let (scenario, survey) = example();
    let (from, to) = (person(&survey, "p03"), person(&survey, "p15") as u32);
    assert_eq!(survey.pair(from as u32, to), Pair::Open);
    let worlds = starts(&scenario);
    let with = worlds
        .iter()
        .filter(|world| world.ties.find(from, to).is_some());
    assert!((1..worlds.len()).contains(&with.count()));
}

#[test]
fn what_a_person_answered_is_fixed_and_the_rest_is_drawn_from_the_group() {
    let (scenario, survey) = example();
    let worlds = starts(&scenario);
    let (known, silent) = (person(&survey, "p07"), person(&survey, "p05"));
    for world in &worlds {
        let leaders = &world.leaders;
        assert_eq!(leaders.skill[known], 0.5, "3 on a scale of 1 to 5");
        assert_eq!(leaders.bilingualism[known], 0.25, "2 on a scale of 1 to 5");
        assert_eq!(leaders.view[known][0], 0.9, "9 on a scale of 0 to 10");
    }
    let skills: Vec<f64> = worlds
        .iter()
        .map(|world| world.leaders.skill[silent].into())
        .collect();
    let group = &scenario.setup.groups[scenario.setup.posts[silent].group as usize];
    let spread = Attribute::Skill.preset(group.kind().unwrap());
    let mean = skills.iter().sum::<f64>() / skills.len() as f64;
    // Five standard errors: a false alarm in fewer than one of a million seeds.
    let standard_error = spread.sd / (REPLICATES as f64).sqrt();
    assert!(
        (mean - spread.mean).abs() < 5.0 * standard_error + 0.01,
        "{mean}, {spread:?}"
    );
    assert_ne!(skills.first(), skills.last());
}

/// A folder with the example: its scenario, and its tables beside it.
fn folder(name: &str, change: impl Fn(&str, String) -> String) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let text = std::fs::read_to_string(from.join("survey-example.toml")).unwrap();
    let text = text.replace("rosters/example-survey/", "");
    std::fs::write(folder.join("mine.toml"), change("mine.toml", text)).unwrap();
    for table in ["roster.csv", "memberships.csv", "ties.csv"] {
        let text =
            std::fs::read_to_string(from.join("rosters/example-survey").join(table)).unwrap();
        std::fs::write(folder.join(table), change(table, text)).unwrap();
    }
    folder.join("mine.toml")
}

fn same(_: &str, text: String) -> String {
    text
}

#[test]
fn tables_lie_beside_the_scenario_and_their_bytes_are_part_of_it() {
    let (library, _) = example();
    let here = load(folder("same", same).to_str().unwrap());
    assert_eq!(here.setup, library.setup);
    let other = folder("other", |file, text| match file {
        "ties.csv" => text.replace("p01,p02,4,yes", "p01,p02,5,yes"),
        _ => text,
    });
    let other = load(other.to_str().unwrap());
    assert_ne!(other.setup, here.setup);
    assert_ne!(scenario::resolved(&other), scenario::resolved(&here));
}

#[test]
fn without_memberships_forums_seat_groups_and_without_ties_all_is_drawn() {
    let roster_only = folder("roster", |file, text| match file {
        "mine.toml" => {
            let text = text.split("[memberships]").next().unwrap();
            text.replace(
                "tier = \"executive\"",
                "tier = \"executive\"\nmembers = [\"council-managers\"]",
            )
            .replace(
                "tier = \"thematic\"",
                "tier = \"thematic\"\nseats = 6\nfrom = [\"consultants\", \"community-nurses\"]",
            )
            .replace(
                "tier = \"project\"",
                "tier = \"project\"\nmembers = [\"citizen-members\"]",
            )
        }
        _ => text,
    });
    let scenario = load(roster_only.to_str().unwrap());
    let setup = &scenario.setup;
    let ids = |forum: usize| -> Vec<&str> {
        let members = setup.forums[forum].members.iter();
        members
            .map(|post| setup.posts[*post as usize].id.as_str())
            .collect()
    };
    assert_eq!(ids(0), ["p07", "p17", "p19", "p22"]);
    assert_eq!(ids(1).len(), 6);
    assert_eq!(ids(2), ["p15", "p18", "p24"]);
    assert!(setup.survey.is_none() && setup.ties.is_empty());
}

#[test]
fn what_a_reader_should_know_is_a_warning() {
    let few = folder("few", |file, text| match file {
        "mine.toml" => {
            text.replace("id = \"consultants\"", "id = \"consultants\"\ncount = 4")
                + "\n[[groups]]\nid = \"spare\"\nkind = \"manager\"\norganisations = [\"council\"]\n"
        }
        "roster.csv" => text.replace(",hospital,yes", ",hospital,no"),
        _ => text,
    });
    let scenario = load(few.to_str().unwrap());
    let messages: Vec<&str> = scenario
        .warnings
        .iter()
        .map(|warning| warning.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "`count` changes nothing here, because the roster says who there is",
            "14 of 24 people answered: less than 70 %",
            "6 persons with a no in the column of who answered, and yet with answers on ties: they are kept",
            "nobody on the roster is in the group \"spare\"",
        ]
    );
}

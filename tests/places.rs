//! Rows in places, and who sits where.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_cmp,
    reason = "a test may fail, and a stated value is exact"
)]

use commonground::model::setup::Setup;
use commonground::registry::leaders::Attribute;
use commonground::registry::places::ChairKind;
use commonground::scenario::{self, Scenario, render};

fn read(text: &str) -> Scenario {
    scenario::from_text("test", text, &[])
        .unwrap_or_else(|errors| panic!("{}", render(&errors.problems, false)))
}

fn names(setup: &Setup, forum: &str) -> Vec<String> {
    let forum = setup.forums.iter().find(|known| known.id == forum).unwrap();
    forum
        .members
        .iter()
        .map(|post| setup.posts[*post as usize].id.clone())
        .collect()
}

const PLACES: &str = r#"
scale = 2
[about]
title = "Places"
status = "stylised"
[[systems]]
id = "north"
region = "upland"
size = "small"
[[systems]]
id = "south"
region = "lowland"
size = "large"
[[systems]]
id = "east"
region = "lowland"
size = "small"
[[organisations]]
id = "trust"
each = "system"
[[organisations]]
id = "practice"
each = "neighbourhood"
count = 2
[[organisations]]
id = "region-office"
each = "region"
[[organisations]]
id = "ministry"
[[groups]]
id = "doctors"
each = "neighbourhood"
kind = "clinician"
organisations = ["practice"]
count = 3
[[groups]]
id = "managers"
each = "system"
kind = "manager"
organisations = ["trust", "practice"]
count = 3
[[groups]]
id = "officers"
each = "region"
kind = "manager"
organisations = ["region-office"]
count = 2
[[groups]]
id = "minister"
kind = "citizen"
organisations = ["ministry"]
authority = 2.5
[[groups]]
id = "extra"
each = "system"
size = "large"
kind = "citizen"
organisations = ["trust"]
[[forums]]
id = "local"
tier = "project"
each = "neighbourhood"
members = ["doctors", "managers"]
[[forums]]
id = "regional"
tier = "thematic"
each = "region"
members = ["officers", "managers", "minister"]
[[forums]]
id = "national"
tier = "executive"
seats = 5
from = ["managers", "minister", "extra"]
chair = { kind = "appointed", leader = "extra" }
"#;

#[test]
fn copies_are_named_after_their_places_and_stand_in_order() {
    let setup = read(PLACES).setup;
    let ids: Vec<&str> = setup.posts.iter().map(|post| post.id.as_str()).collect();
    assert_eq!(
        ids[..5],
        [
            "minister",
            "officers-1.upland",
            "officers-2.upland",
            "officers-1.lowland",
            "officers-2.lowland"
        ]
    );
    assert_eq!(
        ids[5..11],
        [
            "managers-1.north",
            "managers-2.north",
            "managers-3.north",
            "doctors-1.north.n1",
            "doctors-2.north.n1",
            "doctors-3.north.n1"
        ]
    );
    assert_eq!(
        ids.iter()
            .filter(|id| id.starts_with("extra"))
            .collect::<Vec<_>>(),
        [&"extra.south"]
    );
    assert_eq!(
        setup
            .organisations
            .iter()
            .filter(|organisation| organisation.id.starts_with("practice"))
            .count(),
        12
    );
}

#[test]
fn references_reach_what_shares_every_place_that_both_have() {
    let setup = read(PLACES).setup;
    assert_eq!(
        names(&setup, "local.south.n2"),
        [
            "managers-1.south",
            "managers-2.south",
            "managers-3.south",
            "doctors-1.south.n2",
            "doctors-2.south.n2",
            "doctors-3.south.n2"
        ]
    );
    assert_eq!(names(&setup, "regional.lowland").len(), 2 + 6 + 1);
    assert_eq!(names(&setup, "regional.upland").len(), 2 + 3 + 1);
}

#[test]
fn leaders_are_spread_in_turn_over_the_organisations_they_reach() {
    let setup = read(PLACES).setup;
    let works_in = |id: &str| {
        let post = setup.posts.iter().find(|post| post.id == id).unwrap();
        setup.organisations[post.organisation as usize].id.as_str()
    };
    assert_eq!(works_in("doctors-1.south.n2"), "practice-1.south.n2");
    assert_eq!(works_in("doctors-2.south.n2"), "practice-2.south.n2");
    assert_eq!(works_in("doctors-3.south.n2"), "practice-1.south.n2");
    assert_eq!(works_in("managers-1.east"), "trust.east");
    assert_eq!(works_in("managers-2.east"), "practice-1.east.n1");
    assert_eq!(works_in("officers-2.lowland"), "region-office.lowland");
}

#[test]
fn the_chair_is_the_named_groups_or_the_most_senior() {
    let setup = read(PLACES).setup;
    let chair = |id: &str| {
        let forum = setup.forums.iter().find(|forum| forum.id == id).unwrap();
        (
            forum.chair.kind,
            setup.posts[forum.chair.post.unwrap() as usize].id.clone(),
        )
    };
    assert_eq!(
        chair("national"),
        (ChairKind::Appointed, "extra.south".to_owned())
    );
    assert_eq!(
        chair("regional.upland"),
        (ChairKind::Organic, "minister".to_owned())
    );
    assert_eq!(names(&setup, "national").len(), 5);
}

#[test]
fn circles_are_separate_and_at_most_80() {
    let setup = read(PLACES).setup;
    let circle = |id: &str| {
        setup
            .posts
            .iter()
            .find(|post| post.id == id)
            .unwrap()
            .neighbourhood
    };
    assert_eq!(circle("doctors-1.south.n2"), circle("doctors-3.south.n2"));
    assert_ne!(circle("doctors-1.south.n2"), circle("doctors-1.south.n1"));
    assert_ne!(circle("managers-1.south"), circle("doctors-1.south.n1"));
    // The upland has one system, so its officers are in the circle of that system's managers.
    assert_eq!(circle("officers-1.upland"), circle("managers-1.north"));
    assert_ne!(circle("officers-1.lowland"), circle("managers-1.south"));
    let baseline = scenario::load("baseline", &[]).unwrap().setup;
    let mut sizes = std::collections::BTreeMap::<u32, u32>::new();
    for post in &baseline.posts {
        *sizes.entry(post.neighbourhood).or_default() += 1;
    }
    assert!(
        sizes.values().all(|size| (20..=80).contains(size)),
        "{sizes:?}"
    );
}

#[test]
fn a_further_neighbourhood_of_one_system_leaves_the_others_as_they_were() {
    let one = PLACES
        .split("[[systems]]\nid = \"south\"")
        .next()
        .unwrap()
        .to_owned()
        + &PLACES[PLACES.find("[[organisations]]").unwrap()..].replace("size = \"large\"\n", "");
    let three = one.replace("scale = 2", "scale = 3");
    let (two, three) = (read(&one).setup, read(&three).setup);
    assert_eq!(
        two.posts.iter().map(|post| &post.id).collect::<Vec<_>>(),
        three
            .posts
            .iter()
            .take(two.posts.len())
            .map(|post| &post.id)
            .collect::<Vec<_>>()
    );
}

#[test]
fn seats_are_shared_over_leaders_and_organisations() {
    let setup = scenario::load("baseline", &[]).unwrap().setup;
    let mut seats = vec![0_u32; setup.posts.len()];
    for forum in &setup.forums {
        let mut in_organisation = vec![0_u32; setup.organisations.len()];
        for member in &forum.members {
            seats[*member as usize] += 1;
            in_organisation[setup.posts[*member as usize].organisation as usize] += 1;
        }
        assert!(
            in_organisation.iter().max().unwrap() - in_organisation.iter().min().unwrap() <= 1
                || forum.members.len() < 9,
            "{in_organisation:?}"
        );
    }
    assert!(seats.iter().all(|count| *count <= 1));
    assert_eq!(seats.iter().sum::<u32>(), 12 + 40 + 64);
}

#[test]
fn groups_have_seats_by_their_size() {
    let text = r#"
[about]
title = "Shares"
status = "stylised"
[[organisations]]
id = "trust"
[[groups]]
id = "doctors"
kind = "clinician"
organisations = ["trust"]
count = 60
[[groups]]
id = "managers"
kind = "manager"
organisations = ["trust"]
count = 40
[[groups]]
id = "citizens"
kind = "citizen"
organisations = ["trust"]
count = 20
[[forums]]
id = "board"
tier = "executive"
count = 3
seats = 12
from = ["doctors", "managers", "citizens"]
"#;
    let setup = read(text).setup;
    for forum in &setup.forums {
        let count = |group: u32| {
            forum
                .members
                .iter()
                .filter(|post| setup.posts[**post as usize].group == group)
                .count()
        };
        assert_eq!([count(0), count(1), count(2)], [6, 4, 2]);
    }
}

#[test]
fn a_bare_number_keeps_the_usual_spread() {
    let sets = [
        "groups.skill=0.7".to_owned(),
        "groups.openness={ mean = 0.2, sd = 0 }".to_owned(),
    ];
    let setup = scenario::load("baseline", &sets).unwrap().setup;
    let skill = setup.groups[0].attributes[Attribute::Skill as usize].unwrap();
    assert_eq!((skill.mean, skill.sd), (0.7, 0.15));
    assert_eq!(
        setup.groups[0].attributes[Attribute::Openness as usize]
            .unwrap()
            .sd,
        0.0
    );
    assert_eq!(setup.groups[0].attributes[Attribute::Pace as usize], None);
}

#[test]
fn extending_changes_adds_and_removes_rows() {
    let text = r#"
extends = "baseline"
[[forums]]
id = "executive"
seats = 6
[[forums]]
id = "project"
remove = true
[[groups]]
id = "leaders"
kind = "manager"
[[forums]]
id = "new"
tier = "project"
seats = 5
from = ["leaders"]
chair = { kind = "neutral" }
"#;
    let scenario = read(text);
    let ids: Vec<&str> = scenario
        .setup
        .forums
        .iter()
        .map(|forum| forum.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "executive",
            "thematic-1",
            "thematic-2",
            "thematic-3",
            "thematic-4",
            "new"
        ]
    );
    assert_eq!(scenario.setup.forums[0].members.len(), 6);
    assert_eq!(scenario.setup.forums[5].chair.post, None);
    assert_eq!(scenario.setup.groups[0].mix, [0.0, 1.0, 0.0]);
    let again = read(&scenario::resolved(&scenario));
    assert_eq!(scenario.setup, again.setup);
    assert!(!scenario.warnings.is_empty());
}

#[test]
fn a_million_leaders_are_read_quickly() {
    // Without a manager who would sit in every one of the neighbourhoods' forums.
    let text = PLACES
        .replace("scale = 2", "scale = 66_666")
        .replace("[\"doctors\", \"managers\"]", "[\"doctors\"]")
        .replace(
            "kind = \"clinician\"\norganisations = [\"practice\"]\ncount = 3",
            "kind = \"clinician\"\norganisations = [\"practice\"]\ncount = 5",
        );
    let start = std::time::Instant::now();
    let scenario = read(&text);
    assert!(
        scenario.setup.posts.len() > 999_000,
        "{}",
        scenario.setup.posts.len()
    );
    // Measured at under two seconds when optimised; the bound only notices another order of growth.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

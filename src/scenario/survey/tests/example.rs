//! The worked example of docs/survey.md.

use std::path::Path;

use super::*;

const FOLDER: &str = "rosters/example-survey";

fn example(ties_file: &str) -> Import {
    let mut tables = case().tables;
    tables.roster.file = format!("{FOLDER}/roster.csv");
    tables.roster.missing = owned(&["NA"]);
    tables.roster.attributes = vec![
        (Attribute::Skill, question("listening", Some([1.0, 5.0]))),
        (
            Attribute::Bilingualism,
            question("languages", Some([1.0, 5.0])),
        ),
        (
            Attribute::Value,
            question("population_view", Some([0.0, 10.0])),
        ),
    ];
    tables.memberships.as_mut().unwrap().file = format!("{FOLDER}/memberships.csv");
    let ties = tables.ties.as_mut().unwrap();
    ties.file = format!("{FOLDER}/{ties_file}");
    ties.trust = Some(question("trust", Some([1.0, 5.0])));
    ties.advice = Some(question("advice", None));
    ties.missing = owned(&["-99"]);
    if ties_file.ends_with("graphml") {
        (ties.from, ties.to) = (None, None);
    }
    let groups = owned(&[
        "consultants",
        "nurse-leads",
        "hospital-managers",
        "general-practitioners",
        "community-nurses",
        "council-managers",
        "citizen-members",
    ]);
    let organisations = owned(&["hospital", "practices", "community", "council"]);
    let forums = owned(&["board", "older-people", "discharge"]);
    let ids = Ids {
        groups: &groups,
        organisations: &organisations,
        forums: &forums,
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    import(&tables, &ids, &|_, file| read(&folder, file))
}

#[test]
fn the_example_is_as_its_page_says() {
    let import = example("ties.csv");
    assert_eq!(import.findings, []);
    let survey = import.survey.unwrap();
    assert_eq!(
        survey.response(),
        Response {
            asked: 24,
            answered: 20
        }
    );
    assert_eq!(
        survey.non_respondents().collect::<Vec<_>>(),
        ["p05", "p14", "p20", "p23"]
    );
    assert_eq!(survey.seats.iter().filter(|seat| seat.chair).count(), 3);
    let of = |wanted: fn(&Tie) -> bool| survey.ties.iter().filter(|tie| wanted(tie)).count();
    assert!(of(|tie| tie.trust == Answer::NotAnswered) > 0);
    assert!(of(|tie| tie.pair() == Pair::Open) > 0);
    assert!(survey.known_ties().len() > 80);
    let pairs = (0..24).flat_map(|from| (0..24).map(move |to| (from, to)));
    assert!(
        pairs
            .into_iter()
            .any(|(from, to)| from != to && survey.pair(from, to) == Pair::NoTie)
    );
}

#[test]
fn its_network_file_says_the_same() {
    let (table, network) = (example("ties.csv"), example("ties.graphml"));
    assert_eq!(network.findings, []);
    assert_eq!(network.survey.unwrap().ties, table.survey.unwrap().ties);
}

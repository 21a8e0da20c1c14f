//! Surveys that can be used.

use super::*;

fn sound(case: &Case) -> Survey {
    let import = case.import();
    let told: Vec<String> = import.findings.iter().map(told).collect();
    assert!(import.survey.is_some(), "{}", told.join("\n"));
    import.survey.unwrap()
}

#[test]
fn tables_become_people_seats_and_ties() {
    let import = case().import();
    assert_eq!(import.findings, []);
    let survey = import.survey.unwrap();
    let ids: Vec<&str> = survey
        .people
        .iter()
        .map(|person| person.id.as_str())
        .collect();
    assert_eq!(ids, ["p1", "p2", "p3", "p4"]);
    let skill = |person: usize| survey.people[person].values[Attribute::Skill as usize];
    assert_eq!((skill(1), skill(3)), (Some(0.5), None));
    assert_eq!(survey.people[0].values[Attribute::Value as usize], None);
    assert_eq!(survey.people[3].known(), None);
    assert_eq!(
        (survey.people[2].group, survey.people[2].organisation),
        (1, Some(1))
    );
    assert_eq!(survey.seats.len(), 5);
    assert_eq!(
        survey.seats[4],
        Seat {
            person: 3,
            forum: 1,
            chair: true
        }
    );
    assert_eq!(
        survey.response(),
        Response {
            asked: 4,
            answered: 3
        }
    );
    assert_eq!(survey.non_respondents().collect::<Vec<_>>(), ["p4"]);
    assert_eq!(
        survey.pair(0, 1),
        Pair::Tie {
            trust: Some(1.0),
            advice: true
        }
    );
    assert_eq!(
        survey.pair(0, 2),
        Pair::Tie {
            trust: None,
            advice: false
        }
    );
    assert_eq!(survey.pair(1, 2), Pair::Open);
    assert_eq!(
        survey.pair(2, 0),
        Pair::Tie {
            trust: Some(0.75),
            advice: true
        }
    );
    assert_eq!(survey.pair(2, 1), Pair::NoTie);
    assert_eq!(survey.pair(3, 0), Pair::Open);
    assert_eq!(survey.known_ties().len(), 4);
}

#[test]
fn semicolons_tabs_marks_and_windows_lines_change_nothing_but_the_digest() {
    let plain = sound(&case());
    for sign in [";", "\t"] {
        let mut other = case();
        let text = format!(
            "\u{feff}{}",
            ROSTER.replace(',', sign).replace('\n', "\r\n")
        );
        other.file("roster.csv", text);
        let other = sound(&other);
        assert_ne!(other.digest, plain.digest);
        assert_eq!(format!("{:?}", other.people), format!("{:?}", plain.people));
    }
}

#[test]
fn graphml_and_csv_say_the_same() {
    let edges = r#"
    <edge source="p1" target="p2"><data key="d0">5</data><data key="d1">yes</data></edge>
    <edge source="p1" target="p3"><data key="d0">-99</data></edge>
    <edge source="p2" target="p1"><data key="d0">1</data></edge>
    <edge source="p2" target="p3"><data key="d0">not asked</data><data key="d1">not asked</data></edge>
    <edge source="p3" target="p1"><data key="d0">4</data><data key="d1">NA</data></edge>"#;
    let from_graph = sound(&Case::graphml(&network(edges)));
    assert_eq!(from_graph.ties, sound(&case()).ties);
}

#[test]
fn a_node_may_hold_the_persons_id_in_an_attribute() {
    let text = network(r#"<edge source="n1" target="n2"><data key="d0">5</data></edge>"#)
        .replace(r#"<node id="p1"/><node id="p2"/><node id="p3"/><node id="p4"/>"#, r#"<node id="n1"><data key="v">p1</data></node><node id="n2"><data key="v">p4</data></node>"#)
        .replace("<graph ", r#"<key id="v" for="node" attr.name="name"/><graph "#);
    let mut case = Case::graphml(&text);
    case.tables.ties.as_mut().unwrap().id = Some("name".to_owned());
    assert_eq!(
        sound(&case).pair(0, 3),
        Pair::Tie {
            trust: Some(1.0),
            advice: false
        }
    );
}

#[test]
fn a_bare_list_of_pairs_is_a_list_of_ties() {
    let mut case = case();
    let ties = case.tables.ties.as_mut().unwrap();
    ties.trust = None;
    ties.advice = None;
    assert_eq!(
        sound(&case).pair(1, 2),
        Pair::Tie {
            trust: None,
            advice: true
        }
    );
}

#[test]
fn advice_on_a_scale_is_yes_above_the_low_end() {
    let mut case = case();
    case.tables.ties.as_mut().unwrap().advice = Some(question("q8", Some([0.0, 4.0])));
    case.file("ties.csv", "from,to,q7,q8\np1,p2,5,0\np1,p3,5,1\n");
    let survey = sound(&case);
    assert_eq!(
        survey.pair(0, 1),
        Pair::Tie {
            trust: Some(1.0),
            advice: false
        }
    );
    assert_eq!(
        survey.pair(0, 2),
        Pair::Tie {
            trust: Some(1.0),
            advice: true
        }
    );
}

#[test]
fn who_answered_is_read_from_the_answers_where_no_column_says_it() {
    let mut case = case();
    case.tables.roster.responded = None;
    case.tables.roster.attributes = Vec::new();
    let import = case.import();
    assert_eq!(import.findings.len(), 1);
    assert_eq!(import.findings[0].severity, Severity::Note);
    assert_eq!(
        import.findings[0].message,
        "1 person without any answer: taken as non-respondents"
    );
    assert_eq!(
        import.survey.unwrap().non_respondents().collect::<Vec<_>>(),
        ["p4"]
    );
}

#[test]
fn a_roster_alone_is_a_survey_that_asked_nothing() {
    let mut case = case();
    case.tables.roster = Roster {
        responded: None,
        attributes: Vec::new(),
        organisation: None,
        ..case.tables.roster
    };
    case.tables.memberships = None;
    case.tables.ties = None;
    let survey = sound(&case);
    assert_eq!(survey.response().rate(), None);
    assert_eq!(survey.pair(0, 1), Pair::Open);
}

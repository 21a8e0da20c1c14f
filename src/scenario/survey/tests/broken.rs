//! Broken surveys and what is said about them.

use super::*;

fn with_roster(text: impl AsRef<[u8]>) -> Case {
    let mut case = case();
    case.file("roster.csv", text);
    case
}

fn with_seats(text: impl AsRef<[u8]>) -> Case {
    let mut case = case();
    case.file("memberships.csv", text);
    case
}

fn with_ties(text: impl AsRef<[u8]>) -> Case {
    let mut case = case();
    case.file("ties.csv", text);
    case
}

fn with(change: fn(&mut Case)) -> Case {
    let mut case = case();
    change(&mut case);
    case
}

fn ties(case: &mut Case) -> &mut Ties {
    case.tables.ties.get_or_insert_default()
}

/// What is said about each case; the first three findings of each.
fn transcript(cases: &[(&str, Case)]) -> String {
    let mut text = String::new();
    for (name, case) in cases {
        let import = case.import();
        assert!(!import.findings.is_empty(), "{name} is not broken");
        let errors = import
            .findings
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        assert_eq!(import.survey.is_none(), errors, "{name}");
        let told: Vec<String> = import.findings.iter().take(3).map(told).collect();
        text.push_str(&format!("## {name}\n{}\n\n", told.join("\n")));
    }
    text
}

#[test]
fn files() {
    let cases = [
        ("no such file", with(|c| drop(c.files.remove("ties.csv")))),
        (
            "Latin-1",
            with_roster(b"person,team,org,answered,q3\np1,nurses,acute,yes,\xE9\n"),
        ),
        ("a spreadsheet", with_roster(b"PK\x03\x04....")),
        ("an empty file", with_roster("")),
        (
            "names of columns alone",
            with_roster("person,team,org,answered,q3\n"),
        ),
        (
            "a column of names",
            with_roster("person,team,org,answered,q3,First name\np1,nurses,acute,yes,1,Ann\n"),
        ),
        (
            "e-mail addresses",
            with_roster("person,team,org,answered,q3\na@b.org,nurses,acute,yes,1\n"),
        ),
        (
            "names as ids",
            with_roster(
                "person,team,org,answered,q3\nAnn Smith,nurses,acute,yes,1\nBo,nurses,acute,yes,1\n",
            ),
        ),
        (
            "no line of names",
            with_roster("p1,nurses,acute,yes,1\np2,nurses,acute,yes,1\n"),
        ),
        (
            "a column that is not there",
            with(|c| c.tables.roster.group = "tem".into()),
        ),
        (
            "two columns of one name",
            with_roster("person,team,team,answered,org,q3\np1,a,b,yes,acute,1\n"),
        ),
        (
            "bars between columns",
            with_roster("person|team|org\np1|nurses|acute\n"),
        ),
        (
            "XML under the name of a CSV file",
            with_ties("<?xml version='1.0'?><graphml/>"),
        ),
        ("UTF-16", with_roster(b"\xFF\xFEp\0e\0r\0")),
        ("no text", with_roster(b"person\0team")),
        (
            "a row of names only",
            with_roster(
                b"person;team;org;answered;q3\r\np1;nurses\r\np2;nurses;acute;yes;1;2;3\r\n",
            ),
        ),
    ];
    insta::assert_snapshot!(transcript(&cases));
}

#[test]
fn rosters() {
    let cases = [
        (
            "dup id",
            with_roster(format!("{ROSTER}p2,nurses,acute,yes,2\n")),
        ),
        (
            "no id",
            with_roster(format!("{ROSTER},nurses,acute,yes,2\n")),
        ),
        (
            "unknown group",
            with_roster(ROSTER.replace("p3,managers", "p3,manager")),
        ),
        (
            "unknown org",
            with_roster(ROSTER.replace("p3,managers,council", "p3,managers,hospital")),
        ),
        (
            "empty group",
            with_roster(ROSTER.replace("p3,managers", "p3,")),
        ),
        (
            "out of scale",
            with_roster(ROSTER.replace("yes,5", "yes,55")),
        ),
        ("text", with_roster(ROSTER.replace("yes,5", "yes,often"))),
        (
            "comma",
            with_roster(ROSTER.replace(',', ";").replace("yes;5", "yes;3,5")),
        ),
        (
            "comma in comma",
            with_roster(ROSTER.replace("yes,5", "yes,3,5")),
        ),
        ("percent", with_roster(ROSTER.replace("yes,5", "yes,50%"))),
        ("answered", with_roster(ROSTER.replace("yes,5", "maybe,5"))),
        ("short row", with_roster(ROSTER.replace(",yes,5", ""))),
        ("quote", with_roster(ROSTER.replace("p2,", "\"p2,"))),
        (
            "unlisted missing value",
            with(|c| c.tables.roster.missing = vec![]),
        ),
        (
            "scale",
            with(|c| c.tables.roster.attributes[0].1.scale = Some([3.0, 3.0])),
        ),
        (
            "scale nan",
            with(|c| c.tables.roster.attributes[0].1.scale = Some([f64::NAN, 3.0])),
        ),
        (
            "no scale",
            with(|c| c.tables.roster.attributes[0].1.scale = None),
        ),
        (
            "both markers",
            with(|c| ties(c).not_asked.push("NA".into())),
        ),
        (
            "marker on scale",
            with(|c| c.tables.roster.missing.push("3".into())),
        ),
        (
            "empty cell",
            with(|c| {
                c.tables.roster.missing = owned(&["NA"]);
                c.file("roster.csv", ROSTER.replace("yes,5", "yes,"));
            }),
        ),
    ];
    insta::assert_snapshot!(transcript(&cases));
}

#[test]
fn memberships_and_ties() {
    let cases = [
        (
            "seat person",
            with_seats(SEATS.replace("p4,place", "p5,place")),
        ),
        (
            "seat forum",
            with_seats(SEATS.replace("p4,place", "p4,palce")),
        ),
        ("seat twice", with_seats(format!("{SEATS}p1,board,\n"))),
        (
            "two chairs",
            with_seats(SEATS.replace("p2,board,", "p2,board,yes")),
        ),
        (
            "chair word",
            with_seats(SEATS.replace("p2,board,", "p2,board,x")),
        ),
        ("tie person", with_ties(TIES.replace("p2,p3", "p2,p33"))),
        ("self", with_ties(TIES.replace("p2,p3", "p2,p2"))),
        ("tie twice", with_ties(format!("{TIES}p1,p2,3,no\n"))),
        ("tie trust", with_ties(TIES.replace("p2,5", "p2,7"))),
        ("tie advice", with_ties(TIES.replace("5,yes", "5,3"))),
        ("tie empty", with_ties(TIES.replace("5,yes", "5,"))),
        ("no from", with(|c| ties(c).from = None)),
        (
            "nonrespondent answers",
            with_ties(format!("{TIES}p4,p2,3,no\n")),
        ),
    ];
    insta::assert_snapshot!(transcript(&cases));
}

#[test]
fn network_files() {
    let cases = [
        (
            "malformed",
            Case::graphml(&network("<edge source='p1' target='p2'>")),
        ),
        ("cut", Case::graphml("<graphml><graph>")),
        ("broken", Case::graphml("<graphml><graph a=>")),
        (
            "doctype",
            Case::graphml("<!DOCTYPE x [<!ENTITY a 'b'>]><graphml/>"),
        ),
        ("other", Case::graphml("<gexf/>")),
        ("empty", Case::graphml("<graphml/>")),
        ("two", Case::graphml("<graphml><graph/><graph/></graphml>")),
        (
            "undirected",
            Case::graphml(
                &network("<edge source='p1' target='p2'/>").replace("directed\"", "undirected\""),
            ),
        ),
        (
            "undirected edge",
            Case::graphml(&network("<edge source='p1' directed='false' target='p2'/>")),
        ),
        (
            "hyper",
            Case::graphml(&network("<hyperedge><endpoint node='p1'/></hyperedge>")),
        ),
        (
            "nested",
            Case::graphml(&network("<node id='p5'><graph/></node>")),
        ),
        ("key", Case::graphml(&network("").replace("q7", "trust_q7"))),
        ("no keys", Case::graphml("<graphml><graph/></graphml>")),
        (
            "undeclared",
            Case::graphml(&network(
                "<edge source='p1' target='p2'><data key='d9'>5</data><data key='d0'>5</data></edge>",
            )),
        ),
        (
            "missing data",
            Case::graphml(&network("<edge source='p1' target='p2'/>")),
        ),
        (
            "unknown node",
            Case::graphml(&network(
                "<edge source='p1' target='p9'><data key='d0'>5</data></edge>",
            )),
        ),
        (
            "stranger",
            Case::graphml(&network(
                "<node id='p9'/><edge source='p1' target='p9'><data key='d0'>5</data></edge>",
            )),
        ),
        (
            "out of scale",
            Case::graphml(&network(
                "<edge source='p1' target='p2'><data key='d0'>9</data></edge>",
            )),
        ),
        (
            "label",
            Case::graphml(
                &network("<node id='p4'><data key='l'>Ann Smith</data></node>").replace(
                    "<graph ",
                    "<key id='l' for='node' attr.name='label'/><graph ",
                ),
            ),
        ),
        (
            "email",
            Case::graphml(&network("<node id='p4'><desc>a@b.org</desc></node>")),
        ),
        ("names", Case::graphml(&network("<node id='Ann Smith'/>"))),
        ("two nodes", Case::graphml(&network("<node id='p4'/>"))),
    ];
    insta::assert_snapshot!(transcript(&cases));
}

#[test]
fn the_first_fifty_of_a_kind_are_shown_and_the_others_counted() {
    let rows: String = (0..200)
        .map(|i| format!("p{i},nurses,acute,yes,9\n"))
        .collect();
    let import = with_roster(format!("person,team,org,answered,q3\n{rows}")).import();
    let beyond = |finding: &&Finding| finding.message == "\"9\" is beyond its range";
    assert_eq!(import.findings.iter().filter(beyond).count(), SHOWN);
    let help = import
        .findings
        .iter()
        .rfind(beyond)
        .and_then(|finding| finding.help.clone());
    assert!(help.is_some_and(|help| help.ends_with("and 150 more of this kind in roster.csv")));
}

#[test]
fn refusals_of_personal_data_hold_no_row() {
    let roster = "person,name,team,org,answered,q3\np1,Ann Smith,nurses,acute,yes,1,extra\np2,Bo Li,nobody,acute,yes,9\n";
    let names_as_ids = "person,team,org,answered,q3\nAnn Smith,nurses,acute,yes,1\n";
    let address = "person,team,org,answered,q3\np1,nurses,acute,yes,ann@smith.org\n";
    for text in [roster, names_as_ids, address] {
        let import = with_roster(text).import();
        let in_roster = |finding: &&Finding| {
            finding
                .place
                .as_ref()
                .is_none_or(|place| place.source.file == "roster.csv")
        };
        for finding in import.findings.iter().filter(in_roster) {
            let shown = format!("{} {:?}", told(finding), finding.place);
            assert!(!shown.to_lowercase().contains("smith"), "{shown}");
        }
        assert!(
            import
                .findings
                .iter()
                .any(|finding| finding.key.starts_with("roster"))
        );
    }
}

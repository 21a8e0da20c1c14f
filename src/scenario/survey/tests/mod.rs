//! Whole imports: sound ones, broken ones, and anything at all.

mod any;
mod broken;
mod example;
mod sound;

use std::collections::BTreeMap;
use std::io;

use super::*;
use crate::registry::leaders::Attribute;

/// Tables and files of a small survey, to be broken or changed.
struct Case {
    tables: Tables,
    files: BTreeMap<String, Vec<u8>>,
    groups: Vec<String>,
    organisations: Vec<String>,
    forums: Vec<String>,
}

const ROSTER: &str = "person,team,org,answered,q3\np1,nurses,acute,yes,1\np2,nurses,acute,yes,3\np3,managers,council,yes,5\np4,managers,council,no,NA\n";
const SEATS: &str =
    "person,forum,chair\np1,board,yes\np2,board,\np3,board,no\np3,place,\np4,place,yes\n";
const TIES: &str =
    "from,to,q7,q8\np1,p2,5,yes\np1,p3,-99,no\np2,p1,1,no\np2,p3,not asked,not asked\np3,p1,4,NA\n";

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn question(column: &str, scale: Option<[f64; 2]>) -> Question {
    Question {
        column: column.to_owned(),
        scale,
    }
}

fn case() -> Case {
    let tables = Tables {
        roster: Roster {
            file: "roster.csv".to_owned(),
            id: "person".to_owned(),
            group: "team".to_owned(),
            organisation: Some("org".to_owned()),
            attributes: vec![(Attribute::Skill, question("q3", Some([1.0, 5.0])))],
            missing: owned(&["", "NA"]),
            responded: Some("answered".to_owned()),
        },
        memberships: Some(Memberships {
            file: "memberships.csv".to_owned(),
            id: "person".to_owned(),
            forum: "forum".to_owned(),
            chair: Some("chair".to_owned()),
        }),
        ties: Some(Ties {
            file: "ties.csv".to_owned(),
            from: Some("from".to_owned()),
            to: Some("to".to_owned()),
            id: None,
            trust: Some(question("q7", Some([1.0, 5.0]))),
            advice: Some(question("q8", None)),
            missing: owned(&["-99", "NA"]),
            not_asked: owned(&["not asked"]),
        }),
    };
    let mut case = Case {
        tables,
        files: BTreeMap::new(),
        groups: owned(&["nurses", "managers"]),
        organisations: owned(&["acute", "council"]),
        forums: owned(&["board", "place"]),
    };
    case.file("roster.csv", ROSTER);
    case.file("memberships.csv", SEATS);
    case.file("ties.csv", TIES);
    case
}

impl Case {
    fn file(&mut self, name: &str, text: impl AsRef<[u8]>) {
        self.files.insert(name.to_owned(), text.as_ref().to_vec());
    }

    fn import(&self) -> Import {
        let ids = Ids {
            groups: &self.groups,
            organisations: &self.organisations,
            forums: &self.forums,
        };
        let open = |_: &str, file: &str| {
            let bytes = self.files.get(file).cloned();
            bytes.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
        };
        import(&self.tables, &ids, &open)
    }

    /// The same survey with its ties in GraphML.
    fn graphml(text: &str) -> Self {
        let mut case = case();
        case.file("ties.graphml", text);
        if let Some(ties) = &mut case.tables.ties {
            ties.file = "ties.graphml".to_owned();
            ties.from = None;
            ties.to = None;
        }
        case
    }
}

/// A network file around nodes and edges.
fn network(inside: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="edge" attr.name="q7" attr.type="string"/>
  <key id="d1" for="edge" attr.name="q8" attr.type="string"><default>no</default></key>
  <graph edgedefault="directed">
    <node id="p1"/><node id="p2"/><node id="p3"/><node id="p4"/>
    {inside}
  </graph>
</graphml>
"#
    )
}

/// A finding as a person reads it: weight, file and line, the place's text, message, allowed, help.
fn told(finding: &Finding) -> String {
    let place = finding
        .place
        .as_ref()
        .map_or(format!("[{}]", finding.key), |place| {
            format!("{}:{} <{}>", place.source.file, place.line(), place.text())
        });
    let part = |name: &str, text: &Option<String>| {
        text.as_ref()
            .map_or(String::new(), |text| format!("\n    {name}: {text}"))
    };
    format!(
        "{:?} {place}\n    {}{}{}",
        finding.severity,
        finding.message,
        part("allowed", &finding.allowed),
        part("help", &finding.help)
    )
}

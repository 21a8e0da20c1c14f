//! The description in the ODD+D protocol is whole: what the program has, it names.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::path::Path;

use commonground::measure::{CYCLE, RUN};
use commonground::registry;
use commonground::registry::interventions::KINDS;
use commonground::registry::switches::MECHANISMS;
use commonground::report::odd;
use commonground::scenario::{self, Scenario};

/// The protocol's headings, in its order.
const HEADINGS: [&str; 20] = [
    "## I Overview",
    "### I.i Purpose",
    "### I.ii Entities, state variables, and scales",
    "### I.iii Process overview and scheduling",
    "## II Design concepts",
    "### II.i Theoretical and empirical background",
    "### II.ii Individual decision making",
    "### II.iii Learning",
    "### II.iv Individual sensing",
    "### II.v Individual prediction",
    "### II.vi Interaction",
    "### II.vii Collectives",
    "### II.viii Heterogeneity",
    "### II.ix Stochasticity",
    "### II.x Observation",
    "## III Details",
    "### III.i Implementation details",
    "### III.ii Initialisation",
    "### III.iii Input data",
    "### III.iv Submodels",
];

/// Fields that say nothing of the state: scratch, and how it is stored.
const NOT_STATE: [(&str, &str); 5] = [
    ("Ties::start", "where a leader's ties are stored"),
    ("Ties::taken", "how many places are in use there"),
    ("Forum::address", "address of the forum's random numbers"),
    ("Forum::ties", "where the ties of pairs of seats are stored"),
    (
        "Seat::organisation",
        "the leader's, counted within the forum",
    ),
];

fn load(name: &str) -> Scenario {
    scenario::load(name, &[]).unwrap_or_else(|_| panic!("{name} cannot be read"))
}

fn source(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn every_heading_of_the_protocol_is_there_in_order() {
    let text = odd::markdown(None);
    let said: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("## ") || line.starts_with("### "))
        .collect();
    assert_eq!(said, HEADINGS);
}

#[test]
fn every_name_of_the_registry_and_the_catalogue_is_there() {
    let text = odd::markdown(None);
    let paths = registry::entries().into_iter().map(|entry| entry.path);
    let kinds = KINDS.iter().map(|kind| kind.word);
    let outcomes = CYCLE.iter().chain(RUN).map(|outcome| outcome.name);
    for name in paths.chain(kinds).chain(outcomes) {
        assert!(text.contains(&format!("| `{name}` |")), "{name}");
    }
    for mechanism in MECHANISMS {
        let row = format!("| {} | {} |", mechanism.phase, mechanism.name);
        assert!(text.contains(&row), "{}", mechanism.name);
    }
}

#[test]
fn every_page_of_a_rule_is_there() {
    let text = odd::markdown(None);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model/rules");
    let files = std::fs::read_dir(folder).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let mut pages: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    assert!(pages.len() >= 16, "{pages:?}");
    pages.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model/advice.md"));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = words(&text);
    for path in pages {
        let page = std::fs::read_to_string(&path).unwrap();
        // Tables are set anew; all other paragraphs are there word by word.
        for paragraph in page.split("\n\n") {
            let paragraph = words(paragraph.trim_start_matches('#'));
            let set_anew = paragraph.starts_with('|');
            assert!(
                set_anew || whole.contains(&paragraph),
                "{}: {paragraph}",
                path.display()
            );
        }
    }
}

/// The public fields of a structure, read from its source.
fn fields(path: &str, name: &str) -> Vec<String> {
    let text = source(path);
    let (_, after) = text
        .split_once(&format!("pub struct {name} {{\n"))
        .unwrap_or_else(|| panic!("{path} has no {name}"));
    let (inside, _) = after.split_once("\n}").unwrap();
    let lines = inside
        .lines()
        .filter_map(|line| line.strip_prefix("    pub "));
    let fields = lines.filter_map(|line| line.split_once(':'));
    fields
        .map(|(field, _)| format!("{name}::{field}"))
        .collect()
}

#[test]
fn every_state_variable_is_there() {
    let text = odd::markdown(None);
    let structures = [
        ("leader", "Leaders"),
        ("network", "Ties"),
        ("forum", "Forum"),
        ("forum", "Seat"),
        ("organisation", "Organisation"),
        ("organisation", "System"),
        ("organisation", "Pressure"),
    ];
    let mut all = Vec::new();
    for (file, name) in structures {
        let own = fields(&format!("src/model/{file}.rs"), name);
        assert!(own.len() > 2, "{name}: {own:?}");
        all.extend(own);
    }
    for field in &all {
        let told = text.contains(&format!("| `{field}` |"));
        let left_out = NOT_STATE.iter().any(|(name, _)| name == field);
        assert!(told != left_out, "{field} is told: {told}");
    }
    // What is told is there.
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    let named = rows.filter_map(|row| row.split_once("` |"));
    for (name, _) in named.filter(|(name, _)| {
        structures
            .iter()
            .any(|(_, of)| name.starts_with(&format!("{of}::")))
    }) {
        // Symbols of the rules' pages may name several fields, and parts of them.
        assert!(
            name.contains('`') || all.iter().any(|field| field == name),
            "{name} is no field"
        );
    }
}

#[test]
fn every_place_for_a_table_is_filled() {
    for scenario in [None, Some(load("stp-b"))] {
        let text = odd::markdown(scenario.as_ref());
        assert!(!text.contains("{{") && !text.contains("}}"));
    }
}

#[test]
fn a_scenario_shows_its_name_and_its_values() {
    let text = odd::markdown(Some(&load("stp-b")));
    assert!(text.contains("| scenario | stp-b |"));
    assert!(text.contains("STP B: 29 leaders in three tiers"));
    let row = |path: &str| {
        let start = format!("| `{path}` |");
        text.lines().find(|line| line.starts_with(&start)).unwrap()
    };
    assert!(row("context.history").contains("| **-0.1** (default 0) |"));
    assert!(row("context.hierarchy").contains("| **0.4** (default 0.3) |"));
    assert!(row("context.linking").contains("| 0 |"));
    assert!(text.contains("has 29 leaders"));
    assert!(text.contains("has no interventions or shocks"));
}

#[test]
fn interventions_of_a_scenario_show_their_dates() {
    let text = "extends = \"baseline\"\n[about]\ntitle = \"Dated | <b>\"\nstatus = \"stylised\"\n\
                [[interventions]]\nid = \"pairs\"\nkind = \"paired-learning\"\nat = 7\nuntil = 18\nintensity = 0.5\n";
    let Ok(dated) = scenario::from_text("dated", text, &[]) else {
        panic!("the scenario cannot be read");
    };
    let told = odd::markdown(Some(&dated));
    assert!(told.contains("| `pairs` | paired-learning | 7 | 18 | intensity = 0.5 |"));
    assert!(told.contains("Dated \\| <b>"));
    let page = odd::html(Some(&dated));
    assert!(page.contains("Dated | &lt;b&gt;") && !page.contains("<b>"));
}

#[test]
fn the_page_is_well_formed() {
    const TAGS: [&str; 22] = [
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4", "h5", "h6", "p",
        "ul", "li", "pre", "table", "tr", "th", "td", "code", "strong",
    ];
    for scenario in [None, Some(load("stp-b"))] {
        let page = odd::html(scenario.as_ref());
        let body = page.strip_prefix("<!DOCTYPE html>\n").unwrap();
        let mut open = Vec::new();
        for piece in body.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').unwrap();
            assert!(!text.contains('>'), "a bare > in {text}");
            let name = tag.trim_start_matches('/').split(' ').next().unwrap();
            assert!(TAGS.contains(&name), "<{tag}> is no tag of ours");
            match (name, tag.starts_with('/')) {
                ("meta", _) => {}
                (_, false) => open.push(name),
                (_, true) => assert_eq!(open.pop(), Some(name)),
            }
        }
        assert!(open.is_empty(), "{open:?} stay open");
    }
}

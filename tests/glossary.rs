//! The glossary lists every key that may be typed into a scenario, and every outcome that a run
//! has, in the words of registry and catalogue.
//!
//! `COMMONGROUND_ACCEPT=1 cargo test --test glossary` writes the list anew after a change.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fmt::Write as _;
use std::path::Path;

use commonground::measure::{CYCLE, Outcome, RUN};
use commonground::registry;
use commonground::registry::interventions::Known;

fn key_tables() -> String {
    let mut text = String::new();
    let mut table = None;
    for entry in registry::entries() {
        if table != Some(entry.table()) {
            table = Some(entry.table());
            let title = match entry.table() {
                "" => "At the top of the file".to_owned(),
                name => format!("`{name}`"),
            };
            write!(
                text,
                "\n### {title}\n\n| key | meaning | unit | source |\n|---|---|---|---|\n"
            )
            .unwrap();
        }
        writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            entry.key(),
            entry.line,
            entry.unit,
            entry.source
        )
        .unwrap();
    }
    text + "\n"
}

fn outcome_tables() -> String {
    let table = |title: &str, outcomes: &[Outcome]| {
        let mut text =
            format!("\n### {title}\n\n| outcome | meaning | unit | source |\n|---|---|---|---|\n");
        for outcome in outcomes {
            let Outcome {
                name,
                line,
                unit,
                source,
                ..
            } = outcome;
            writeln!(text, "| `{name}` | {line} | {unit} | {source} |").unwrap();
        }
        text
    };
    table("Of a whole run", RUN) + &table("Of each month", CYCLE) + "\n"
}

fn intervention_table() -> String {
    let mut text =
        "\n| kind | what it is | what it moves | full effect | hours | pounds | source |\n\
                    |---|---|---|---|---|---|---|\n"
            .to_owned();
    for one in registry::interventions::KINDS {
        let Known {
            word,
            line,
            lever,
            effect,
            unit,
            hours,
            pounds,
            source,
            ..
        } = one;
        let effect = format!("{effect} {unit}");
        writeln!(
            text,
            "| `{word}` | {line} | {lever} | {effect} | {hours} | {pounds} | {source} |"
        )
        .unwrap();
    }
    text + "\n"
}

#[test]
fn the_glossary_lists_every_key_and_outcome() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/glossary.md");
    let mut page = std::fs::read_to_string(&path).unwrap();
    for (part, wanted) in [
        ("interventions", intervention_table()),
        ("outcomes", outcome_tables()),
        ("keys", key_tables()),
    ] {
        let (begin, end) = (
            format!("<!-- {part}: begin -->\n"),
            format!("<!-- {part}: end -->"),
        );
        let (head, rest) = page.split_once(&begin).unwrap();
        let (listed, tail) = rest.split_once(&end).unwrap();
        if std::env::var_os("COMMONGROUND_ACCEPT").is_some() {
            page = [head, &begin, &wanted, &end, tail].concat();
            std::fs::write(&path, &page).unwrap();
        } else {
            assert!(
                listed == wanted,
                "the {part} of docs/glossary.md differ from the code: \
                 COMMONGROUND_ACCEPT=1 cargo test --test glossary writes them anew"
            );
        }
    }
}

/// A source that reads "evidence 3e" leads to a section of that number.
#[test]
fn every_section_of_the_evidence_that_is_cited_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let evidence = std::fs::read_to_string(root.join("docs/evidence.md")).unwrap();
    let sections: Vec<&str> = evidence
        .lines()
        .filter(|line| line.starts_with('#'))
        .filter_map(|line| line.trim_start_matches('#').split_whitespace().next())
        .collect();
    let mut cited: Vec<String> = registry::entries()
        .iter()
        .flat_map(|entry| citations(entry.source))
        .collect();
    for file in std::fs::read_dir(root.join("scenarios")).unwrap() {
        let file = file.unwrap().path();
        if file
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            cited.extend(citations(&std::fs::read_to_string(file).unwrap()));
        }
    }
    assert!(cited.len() > 20, "only {} citations found", cited.len());
    // The five papers are read as one section with five paragraphs.
    let unknown: Vec<&String> = cited
        .iter()
        .filter(|number| {
            !sections.contains(&number.as_str()) && !evidence.contains(&format!("**{number} "))
        })
        .collect();
    assert!(
        unknown.is_empty(),
        "docs/evidence.md has no section {unknown:?}"
    );
}

/// The section numbers that a text cites.
fn citations(text: &str) -> Vec<String> {
    text.match_indices("evidence ")
        .filter_map(|(at, word)| {
            let number: String = text[at + word.len()..]
                .chars()
                .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '.')
                .collect();
            let number = number.trim_end_matches('.').to_owned();
            let section =
                number.starts_with(|first: char| first.is_ascii_digit()) || number.len() == 1;
            (section && !number.is_empty() && number != "a").then_some(number)
        })
        .collect()
}

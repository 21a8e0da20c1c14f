//! What a description says of one scenario.

use super::block::Block;
use super::tables::{code, one_line, table};
use crate::registry::interventions::INTERVENTIONS;
use crate::scenario::{Scenario, document, resolved, written};

/// Name, title and question, below the title of the page.
pub(super) fn heading(scenario: Option<&Scenario>) -> Vec<Block> {
    let Some(scenario) = scenario else {
        let text = "Values are the defaults of the program. `commonground describe odd SCENARIO` \
                    gives the same description with the values of a scenario.";
        return vec![Block::Paragraph(text.to_owned())];
    };
    let about = &scenario.document.top;
    let said = [
        ("scenario", scenario.name.as_str()),
        ("title", scenario.title()),
        ("status", scenario.status()),
        ("question", about.text("about.question")),
        ("source", about.text("about.source")),
        ("differs", about.text("about.differs")),
        ("notes", about.text("about.notes")),
    ];
    let said = said.into_iter().filter(|(_, text)| !text.is_empty());
    let rows = said.map(|(what, text)| vec![what.to_owned(), one_line(text)]);
    vec![table(&["of the scenario", ""], rows)]
}

/// The scenario as one text that gives the same runs.
pub(super) fn stated(scenario: Option<&Scenario>) -> Vec<Block> {
    let Some(scenario) = scenario else {
        return Vec::new();
    };
    let setup = &scenario.setup;
    let counts = format!(
        "The scenario {} has {} leaders, {} organisations, {} forums and {} systems, and runs for {} months. In full:",
        code(&scenario.name),
        setup.posts.len(),
        setup.organisations.len(),
        setup.forums.len(),
        setup.systems.len(),
        setup.horizon.cycles,
    );
    let text = resolved(scenario).trim_end().to_owned();
    vec![Block::Paragraph(counts), Block::Code(text)]
}

/// Interventions and shocks of the scenario, with their dates.
pub(super) fn dated(scenario: Option<&Scenario>) -> Vec<Block> {
    let Some(scenario) = scenario else {
        return Vec::new();
    };
    let rows = scenario.document.rows("interventions");
    if rows.is_empty() {
        let text = format!(
            "The scenario {} has no interventions or shocks.",
            code(&scenario.name)
        );
        return vec![Block::Paragraph(text)];
    }
    let rows = rows.iter().map(|row| {
        let until = match row.count("interventions.until") {
            None | Some(0) => "the end".to_owned(),
            Some(month) => month.to_string(),
        };
        vec![
            code(row.text("interventions.id")),
            row.words("interventions.kind").join(", "),
            row.count("interventions.at").unwrap_or(1).to_string(),
            until,
            terms(row),
        ]
    });
    let heads = ["of this scenario", "kind", "from month", "until", "stated"];
    vec![table(&heads, rows)]
}

/// What a row states besides its name, kind and dates.
fn terms(row: &document::Table) -> String {
    let told = ["id", "kind", "at", "until", "remove"];
    let others = INTERVENTIONS
        .iter()
        .filter(|entry| !told.contains(&entry.key()));
    let stated = others.filter_map(|entry| {
        let value = row.value(entry.path)?;
        Some(format!("{} = {}", entry.key(), written(entry, value)))
    });
    stated.collect::<Vec<_>>().join("; ")
}

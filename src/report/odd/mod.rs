//! The model's description in the ODD+D protocol (Grimm et al. 2020; Müller et al. 2013).
//!
//! Its words stand in `overview.md`, `concepts.md` and `details.md` beside this file, and in the
//! rules' own pages. Where a line of them reads `{{name}}`, tables are put that are made from the
//! registry, the catalogue of outcomes and the scenario, so that description and program cannot part.

mod block;
mod pages;
mod scenario;
mod tables;
mod write;

use crate::scenario::Scenario;
use block::Block;

pub use tables::{cost, default};

const PARTS: [&str; 3] = [
    include_str!("overview.md"),
    include_str!("concepts.md"),
    include_str!("details.md"),
];

/// The description as Markdown: of the model with its defaults, or of a scenario.
#[must_use]
pub fn markdown(scenario: Option<&Scenario>) -> String {
    write::markdown(&blocks(scenario))
}

/// The description as one HTML page that needs nothing else.
#[must_use]
pub fn html(scenario: Option<&Scenario>) -> String {
    write::html(&title(scenario), &blocks(scenario))
}

fn title(scenario: Option<&Scenario>) -> String {
    let model = "commonground: a description in the ODD+D protocol";
    scenario.map_or_else(
        || model.to_owned(),
        |scenario| format!("{model}, with the scenario {}", scenario.name),
    )
}

fn blocks(scenario: Option<&Scenario>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(1, title(scenario))];
    blocks.extend(scenario::heading(scenario));
    let words = PARTS.iter().flat_map(|part| block::read(part, 1));
    for block in words {
        match filled(&block, scenario) {
            Some(made) => blocks.extend(made),
            None => blocks.push(block),
        }
    }
    blocks
}

/// What a line `{{name}}` stands for.
fn filled(block: &Block, scenario: Option<&Scenario>) -> Option<Vec<Block>> {
    let Block::Paragraph(text) = block else {
        return None;
    };
    let name = text.strip_prefix("{{")?.strip_suffix("}}")?;
    Some(match name {
        "attributes" => vec![tables::attributes()],
        "outcomes" => tables::outcomes(),
        "mechanisms" => vec![tables::mechanisms()],
        "interventions" => vec![tables::interventions()],
        "parameters" => tables::parameters(scenario),
        "advice" => pages::advice(),
        "rules" => pages::rules(),
        "scenario" => scenario::stated(scenario),
        "dated" => scenario::dated(scenario),
        "model" => vec![tables::model()],
        _ => return None,
    })
}

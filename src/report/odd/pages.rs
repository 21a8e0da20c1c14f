//! The pages of the rules, as they stand beside the code.

use super::block::{self, Block};

macro_rules! pages {
    ($($phase:literal $name:literal,)+) => {
        /// Phase, name and text of each rule's page, in the order of a cycle.
        const RULES: &[(&str, &str, &str)] = &[$((
            $phase, $name, include_str!(concat!("../../model/rules/", $name, ".md")),
        ),)+];
    };
}

pages! {
    "C0" "context",
    "C0" "standing",
    "C1" "convening",
    "C2" "acts",
    "C2" "voice",
    "C3" "dialogue",
    "C4" "trust",
    "C4" "introduction",
    "C5" "leadership",
    "C6" "agenda",
    "C6" "decision",
    "C7" "programme",
    "C7" "capacity",
    "C7" "joint_action",
    "C8" "commitment",
    "C9" "renewal",
}

/// Depth of the heading of a page.
const DEPTH: usize = 4;

/// The rules, page by page.
pub(super) fn rules() -> Vec<Block> {
    let pages = RULES.iter().flat_map(|(phase, name, text)| {
        let heading = Block::Heading(DEPTH, format!("{phase} {}", name.replace('_', " ")));
        // Headings of a page begin at its second step.
        std::iter::once(heading).chain(block::read(text, DEPTH - 1))
    });
    pages.collect()
}

/// How the first advice ties come about.
pub(super) fn advice() -> Vec<Block> {
    block::read(include_str!("../../model/advice.md"), DEPTH)
}

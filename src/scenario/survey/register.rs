//! Ids that cells may refer to: groups, organisations and forums of the scenario, people of the
//! roster.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::finding::{Finding, Findings, Source, list, quoted};
use super::nearest::did_you_mean;
use super::sheet::Cell;

/// Known ids and their positions.
#[derive(Debug)]
pub(super) struct Register {
    /// What they are ids of, such as `group`.
    pub(super) thing: &'static str,
    /// Where they stand, such as `in the scenario`.
    pub(super) home: &'static str,
    pub(super) positions: BTreeMap<String, u32>,
    /// Whether all ids are known; otherwise an unknown id is no error of the cell.
    pub(super) complete: bool,
}

impl Register {
    /// The ids of a list in the scenario.
    pub(super) fn of_scenario(thing: &'static str, ids: &[String]) -> Self {
        Self {
            thing,
            home: "in the scenario",
            positions: ids.iter().cloned().zip(0..).collect(),
            complete: true,
        }
    }

    /// The position of the id in a cell; without one it is reported.
    pub(super) fn find(
        &self,
        key: &str,
        source: &Arc<Source>,
        cell: &Cell,
        findings: &mut Findings,
    ) -> Option<u32> {
        let position = self.positions.get(cell.text).copied();
        if position.is_none() && self.complete {
            findings.add(self.thing, &source.file, || {
                self.unknown(key, cell.text).at(source, cell.span.clone())
            });
        }
        position
    }

    fn unknown(&self, key: &str, typed: &str) -> Finding {
        let names = || self.positions.keys().map(String::as_str);
        let message = if typed.is_empty() {
            format!(
                "this cell should hold the id of a {} and is empty",
                self.thing
            )
        } else {
            format!("there is no {} {} {}", self.thing, quoted(typed), self.home)
        };
        let finding = Finding::error(key, message).allowed(match self.positions.is_empty() {
            true => format!("the id of a {} (there are none {})", self.thing, self.home),
            false => format!("one of {}", list(names())),
        });
        match did_you_mean(typed, names()) {
            Some(question) => finding.help(question),
            None => finding.help(format!("correct the id, or add the {}", self.thing)),
        }
    }
}

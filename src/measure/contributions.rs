//! Who contributes what, where and when: leadership acts by kind, tier and stage of the run.

use super::mean::Mean;
use super::record::{Column, Table, Values};
use crate::model::forum::{ACTS, Decision, Forum};
use crate::model::leader::KINDS;
use crate::model::world::World;
use crate::registry::Choice;
use crate::registry::leaders::LeaderKind;
use crate::registry::places::Tier;

/// Stages of a run, equally long.
const STAGES: [&str; 3] = ["early", "middle", "late"];
/// Tiers of forums.
const TIERS: usize = 3;
const ACT_COLUMNS: [(&str, &str); ACTS] = [
    (
        "stewardship",
        "part of stewardship that the kind contributes, relative to its part of those present",
    ),
    ("mediation", "the same for mediation"),
    ("catalysis", "the same for catalysis"),
    ("translation", "the same for translation"),
    ("analysis", "the same for analysis"),
    ("representation", "the same for representation"),
    ("relational", "the same for relational work"),
    ("dominance", "the same for dominance"),
];

/// What one kind contributed in one tier and stage.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    meetings: i64,
    acts: [Mean; ACTS],
}

/// Contributions of a run, meeting by meeting.
#[derive(Debug)]
pub(super) struct Contributions {
    cycles: u32,
    parts: [[[Part; KINDS]; TIERS]; STAGES.len()],
}

impl Contributions {
    /// Nothing yet, of a run of so many cycles.
    pub(super) fn new(cycles: u32) -> Self {
        Self {
            cycles: cycles.max(1),
            parts: Default::default(),
        }
    }

    /// Adds the meetings of the cycle that has just run.
    pub(super) fn cycle(&mut self, world: &World) {
        let stages = STAGES.len();
        let gone = world.cycle.saturating_sub(1) as usize * stages / self.cycles as usize;
        let tiers = &mut self.parts[gone.min(stages - 1)];
        for forum in &world.forums {
            if forum.meeting.decision >= Decision::Token {
                add(&mut tiers[forum.tier as usize], world, forum);
            }
        }
    }

    /// One row for each stage, tier and kind.
    pub(super) fn table(&self) -> Table {
        let rows = || {
            let stages = STAGES.iter().zip(&self.parts);
            stages.flat_map(|(stage, tiers)| {
                Tier::ALL.iter().zip(tiers).flat_map(move |(tier, kinds)| {
                    let kinds = LeaderKind::ALL.iter().zip(kinds);
                    kinds.map(move |(kind, part)| (*stage, tier, kind, part))
                })
            })
        };
        let text = |name, line, values| Column {
            name,
            unit: "",
            line,
            values: Values::Text(values),
        };
        let stages = rows().map(|(stage, ..)| stage.to_owned()).collect();
        let tiers = rows().map(|(_, tier, ..)| tier.word().to_owned()).collect();
        let kinds = rows()
            .map(|(_, _, kind, _)| kind.word().to_owned())
            .collect();
        let mut columns = vec![
            text("stage", "third of the run: early, middle or late", stages),
            text("tier", "executive, thematic or project", tiers),
            text("kind", "clinician, manager or citizen", kinds),
            Column {
                name: "meetings",
                unit: "meetings",
                line: "meetings at which somebody of that kind was present",
                values: Values::Integer(rows().map(|(.., part)| part.meetings).collect()),
            },
        ];
        columns.extend(
            ACT_COLUMNS
                .iter()
                .enumerate()
                .map(|(act, (name, line))| Column {
                    name,
                    unit: "ratio",
                    line,
                    values: Values::Number(
                        rows().map(|(.., part)| part.acts[act].value()).collect(),
                    ),
                }),
        );
        Table {
            name: "contributions",
            columns,
        }
    }
}

fn add(kinds: &mut [Part; KINDS], world: &World, forum: &Forum) {
    let mut present = [0.0; KINDS];
    for seat in forum.seats.iter().filter(|seat| seat.present) {
        present[world.leaders.kind[seat.leader as usize] as usize] += 1.0;
    }
    let all: f64 = present.iter().sum();
    let brought = &forum.meeting.brought;
    for (kind, part) in kinds.iter_mut().enumerate() {
        if present[kind] == 0.0 {
            continue;
        }
        part.meetings += 1;
        for (act, mean) in part.acts.iter_mut().enumerate() {
            let total: f64 = brought.iter().map(|acts| f64::from(acts[act])).sum();
            if total > 0.0 {
                mean.add(f64::from(brought[kind][act]) / total / (present[kind] / all));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::plain;
    use crate::registry::leaders::LeaderKind::{Citizen, Clinician, Manager};

    fn numbers(table: &Table, name: &str) -> Vec<f64> {
        let column = table.columns.iter().find(|column| column.name == name);
        match &column.unwrap().values {
            Values::Number(values) => values.clone(),
            Values::Integer(values) => values.iter().map(|value| *value as f64).collect(),
            Values::Text(_) => Vec::new(),
        }
    }

    /// Two clinicians and a manager present, a citizen away; in the cycles given, clinicians bring
    /// .3 of stewardship and the manager .1.
    fn contributed(cycles: &[u32], decision: Decision) -> Table {
        let setup = plain(&[Clinician, Clinician, Manager, Citizen]);
        let mut world = World::new(&setup, 1, 0);
        let forum = &mut world.forums[0];
        for seat in &mut forum.seats[..3] {
            seat.present = true;
        }
        forum.meeting.decision = decision;
        forum.meeting.brought[Clinician as usize][0] = 0.3;
        forum.meeting.brought[Manager as usize][0] = 0.1;
        let mut contributions = Contributions::new(6);
        for cycle in cycles {
            // The cycle that has just run is counted already.
            world.cycle = cycle + 1;
            contributions.cycle(&world);
        }
        contributions.table()
    }

    #[test]
    fn a_kinds_part_is_relative_to_its_part_of_those_present() {
        let table = contributed(&[0, 1, 2], Decision::Token);
        let (meetings, parts) = (numbers(&table, "meetings"), numbers(&table, "stewardship"));
        // Nine rows a stage; projects are the last tier. Two months of six are early.
        for (stage, count) in [2.0, 1.0, 0.0].into_iter().enumerate() {
            let row = 9 * stage + 6;
            assert_eq!(meetings[row..row + 3], [count, count, 0.0]);
        }
        assert!(meetings[..6].iter().all(|count| *count == 0.0));
        // (.3/.4)/(2/3) and (.1/.4)/(1/3); of a citizen who is away nothing is known.
        assert!((parts[6] - 1.125).abs() < 1e-6 && (parts[7] - 0.75).abs() < 1e-6);
        assert!(parts[8].is_nan() && parts[24].is_nan());
        assert!((parts[15] - 1.125).abs() < 1e-6);
        // Nobody brought any mediation.
        assert!(numbers(&table, "mediation")[6].is_nan());
    }

    #[test]
    fn without_a_quorum_nobody_contributes() {
        let table = contributed(&[0], Decision::NoQuorum);
        assert!(
            numbers(&table, "meetings")
                .iter()
                .all(|count| *count == 0.0)
        );
    }
}

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

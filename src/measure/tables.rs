//! Optional tables: leaders, ties, forums, events.

use super::contributions::Contributions;
use super::record::{Column, Table, Values};
use super::run::Keep;
use crate::model::event::{Event, Reason};
use crate::model::forum::Forum;
use crate::model::setup::Setup;
use crate::model::world::World;
use crate::registry::Choice;

/// Collects the optional tables of one run.
#[derive(Debug)]
pub(super) struct Tables<'a> {
    setup: &'a Setup,
    keep: Keep,
    leaders: Leaders,
    ties: Ties,
    forums: Forums,
    contributions: Contributions,
}

macro_rules! table {
    ($name:ident = $table:literal { $($field:ident: $type:ty, $values:ident, $unit:literal, $line:literal;)+ }) => {
        #[derive(Debug, Default)]
        struct $name { $($field: Vec<$type>,)+ }

        impl $name {
            fn table(self) -> Table {
                Table { name: $table, columns: vec![$(Column {
                    name: stringify!($field), unit: $unit, line: $line, values: Values::$values(self.$field),
                },)+] }
            }
        }
    };
}

table!(Leaders = "leaders" {
    cycle: i64, Integer, "months", "0 at the start, the horizon at the end";
    leader: String, Text, "", "id of the post";
    holder: i64, Integer, "", "how many leaders held the post before";
    kind: String, Text, "", "clinician, manager or citizen";
    organisation: String, Text, "", "id of the organisation";
    value: f64, Number, "share", "view of value";
    locus: f64, Number, "share", "view of locus";
    pace: f64, Number, "share", "view of pace";
    commitment: f64, Number, "share", "commitment to the process";
    motivation: f64, Number, "share", "motivation to lead";
    bilingualism: f64, Number, "share", "command of the other kinds' language";
    strain: f64, Number, "share", "strain";
    grievance: f64, Number, "share", "grievance";
    fatigue: f64, Number, "share", "fatigue";
    standing: f64, Number, "ratio", "standing: (1 + leadership granted by others) / 2";
    power: f64, Number, "ratio", "power";
});

table!(Ties = "ties" {
    cycle: i64, Integer, "months", "0 at the start, the horizon at the end";
    leader: String, Text, "", "id of the post that trusts";
    other: String, Text, "", "id of the post that is trusted";
    trust: f64, Number, "share", "trust";
    ceiling: f64, Number, "share", "highest trust still possible";
    granted: f64, Number, "share", "leadership granted";
    advice: i64, Integer, "yes or no", "whether one turns to the other for advice";
});

table!(Forums = "forums" {
    cycle: i64, Integer, "months", "month, from 1";
    forum: String, Text, "", "id of the forum";
    tier: String, Text, "", "executive, thematic or project";
    decision: String, Text, "", "agreement, impasse, imposed, token, no_quorum or no_meeting";
    present: i64, Integer, "members", "members present";
    support: f64, Number, "share", "support for the proposal; missing without one";
    fairness: f64, Number, "share", "felt fairness; missing without a decision";
    wins: f64, Number, "wins", "projects won, weighted";
    failures: f64, Number, "failures", "projects failed, weighted";
    abandoned: i64, Integer, "items", "items abandoned";
    value: f64, Number, "value", "value delivered";
});

table!(Events = "events" {
    cycle: i64, Integer, "months", "month, from 1";
    event: String, Text, "", "what happened";
    forum: String, Text, "", "id of the forum";
    leader: String, Text, "", "id of the post that did it";
    other: String, Text, "", "id of the other post";
    reason: String, Text, "", "why, of broke_promise: token, overturned or withheld; of abandoned: priorities, surge or ended; of left: tenure, failing or burnt_out";
    amount: f64, Number, "", "amount, as the event says";
});

impl<'a> Tables<'a> {
    pub(super) fn new(setup: &'a Setup, keep: Keep) -> Self {
        Self {
            setup,
            keep,
            leaders: Leaders::default(),
            ties: Ties::default(),
            forums: Forums::default(),
            contributions: Contributions::new(setup.horizon.cycles),
        }
    }

    pub(super) fn start(&mut self, world: &World) {
        self.people(world);
    }

    pub(super) fn end(&mut self, world: &World) {
        self.people(world);
    }

    fn people(&mut self, world: &World) {
        let cycle = i64::from(world.cycle);
        if self.keep.leaders {
            for leader in 0..world.leaders.len() {
                self.leader(world, leader, cycle);
            }
        }
        if self.keep.ties {
            for (from, to, tie) in world.ties.pairs() {
                self.ties.cycle.push(cycle);
                self.ties.leader.push(self.setup.posts[from].id.clone());
                self.ties
                    .other
                    .push(self.setup.posts[to as usize].id.clone());
                self.ties.trust.push(f64::from(world.ties.trust[tie]));
                self.ties.ceiling.push(f64::from(world.ties.ceiling[tie]));
                self.ties.granted.push(f64::from(world.ties.granted[tie]));
                self.ties.advice.push(i64::from(
                    world.ties.marks[tie] & crate::model::network::ADVICE != 0,
                ));
            }
        }
    }

    fn leader(&mut self, world: &World, leader: usize, cycle: i64) {
        let (table, leaders) = (&mut self.leaders, &world.leaders);
        table.cycle.push(cycle);
        table.leader.push(self.setup.posts[leader].id.clone());
        table.holder.push(i64::from(leaders.holder[leader]));
        table.kind.push(leaders.kind[leader].word().to_owned());
        table.organisation.push(
            self.setup.organisations[leaders.organisation[leader] as usize]
                .id
                .clone(),
        );
        table.value.push(leaders.view[leader][0]);
        table.locus.push(leaders.view[leader][1]);
        table.pace.push(leaders.view[leader][2]);
        table.commitment.push(leaders.commitment[leader]);
        table.motivation.push(leaders.motivation[leader]);
        table.bilingualism.push(leaders.bilingualism[leader]);
        table.strain.push(leaders.strain[leader]);
        table.grievance.push(leaders.grievance[leader]);
        table.fatigue.push(leaders.fatigue[leader]);
        table.standing.push(f64::from(leaders.standing[leader]));
        table.power.push(leaders.power[leader]);
    }

    pub(super) fn cycle(&mut self, world: &World) {
        if self.keep.contributions {
            self.contributions.cycle(world);
        }
        if self.keep.forums {
            for (index, forum) in world.forums.iter().enumerate() {
                self.forum(index, forum, i64::from(world.cycle));
            }
        }
    }

    fn forum(&mut self, index: usize, forum: &Forum, cycle: i64) {
        use crate::model::forum::Decision;
        let (table, meeting) = (&mut self.forums, &forum.meeting);
        let voted = meeting.decision > Decision::Token;
        table.cycle.push(cycle);
        table.forum.push(self.setup.forums[index].id.clone());
        table.tier.push(forum.tier.word().to_owned());
        table.decision.push(meeting.decision.word().to_owned());
        table.present.push(i64::from(meeting.present));
        table.support.push(if voted {
            meeting.item.support
        } else {
            f64::NAN
        });
        table
            .fairness
            .push(if meeting.decision > Decision::NoQuorum {
                meeting.fairness
            } else {
                f64::NAN
            });
        table.wins.push(meeting.won);
        table.failures.push(meeting.failed);
        table.abandoned.push(i64::from(meeting.abandoned));
        table.value.push(meeting.value);
    }

    pub(super) fn finish(self) -> Vec<Table> {
        let mut tables = Vec::new();
        if self.keep.leaders {
            tables.push(self.leaders.table());
        }
        if self.keep.ties {
            tables.push(self.ties.table());
        }
        if self.keep.forums {
            tables.push(self.forums.table());
        }
        if self.keep.contributions {
            tables.push(self.contributions.table());
        }
        tables
    }
}

/// The optional tables that are kept, without rows.
#[must_use]
pub fn empty_tables(setup: &Setup, keep: Keep) -> Vec<Table> {
    let mut tables = Tables::new(setup, keep).finish();
    for table in &mut tables {
        for column in &mut table.columns {
            column.values.clear();
        }
    }
    if keep.events {
        tables.push(events(setup, &[]));
    }
    tables
}

/// The table of events.
pub(super) fn events(setup: &Setup, events: &[Event]) -> Table {
    let post = |leader: Option<u32>| {
        leader
            .map(|post| setup.posts[post as usize].id.clone())
            .unwrap_or_default()
    };
    let mut table = Events::default();
    for event in events {
        table.cycle.push(i64::from(event.cycle) + 1);
        table.event.push(event.what.name().to_owned());
        table.forum.push(
            event
                .forum
                .map(|forum| setup.forums[forum as usize].id.clone())
                .unwrap_or_default(),
        );
        table.leader.push(post(event.leader));
        table.other.push(post(event.other));
        table
            .reason
            .push(event.reason.map_or("", Reason::word).to_owned());
        table.amount.push(event.amount);
    }
    table.table()
}

#[cfg(test)]
mod tests;

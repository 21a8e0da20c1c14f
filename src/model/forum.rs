//! Forums: seats, the programme of agreed items, and what happened in this month's meeting.

use super::leader::{AXES, KINDS};
use super::network::Ties;
use crate::registry::places::{ChairKind, ForumDesign, Tier};

/// The typical scale of an item, against which steps, stakes and wins are measured.
pub const TYPICAL_SCALE: f64 = 0.25;

/// Leadership acts, in the order of their registry section.
pub const ACTS: usize = 8;
/// The acts by name: positions in [`Meeting::acts`].
pub mod act {
    /// Fair process.
    pub const STEWARDSHIP: usize = 0;
    /// Skill in conflict.
    pub const MEDIATION: usize = 1;
    /// Finding joint gains.
    pub const CATALYSIS: usize = 2;
    /// Making one kind's language plain to another.
    pub const TRANSLATION: usize = 3;
    /// Reading the evidence.
    pub const ANALYSIS: usize = 4;
    /// Speaking for the outnumbered, the absent and the left-out.
    pub const REPRESENTATION: usize = 5;
    /// Shuttle diplomacy and introductions between meetings.
    pub const RELATIONAL: usize = 6;
    /// Commanding and controlling.
    pub const DOMINANCE: usize = 7;
}

/// No tie: the diagonal of [`Forum::ties`]. A leader has fewer ties than this.
pub const NO_TIE: u16 = u16::MAX >> 1;
/// Set on the entry of [`Forum::ties`] that stands for its pair: a pair that shares two forums is
/// counted once.
pub const FIRST: u16 = 1 << 15;

/// What passed between an ordered pair of seats in this cycle, packed in one byte.
pub mod pair {
    /// Lowest bits: good encounters, 0 to 3.
    pub const GOOD: u8 = 0b0000_0011;
    /// Bad encounters in the meeting, 0 to 2.
    pub const BAD: u8 = 0b0000_1100;
    /// One bad encounter, as counted in [`BAD`].
    pub const ONE_BAD: u8 = 0b0000_0100;
    /// A bad word heard between meetings.
    pub const HEARD_BAD: u8 = 0b0001_0000;
    /// The first granted leadership to the second.
    pub const GRANTED: u8 = 0b0010_0000;
    /// The first refused the second's claim.
    pub const REFUSED: u8 = 0b0100_0000;
    /// The second broke a promise to the first.
    pub const BROKEN: u8 = 0b1000_0000;
}

/// A seat: one leader's membership of one forum.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Seat {
    /// The leader.
    pub leader: u32,
    /// Which of the forum's organisations it is from, counted from zero.
    pub organisation: u32,
    /// Expectation E: smoothed record of the forum's successes.
    pub expectation: f32,
    /// Perceived influence g.
    pub influence: f32,
    /// Satiation: recent adoption of what the leader wanted.
    pub satiation: f32,
    /// Whether the leader came last time (at the start: the share that members remember).
    pub attendance: f32,
    /// Grants received so far (read by the single form of leadership alone).
    pub grants: u32,
    /// Leadership that the others grant at the start of the cycle; a pair that shares two forums counts
    /// in the first.
    pub received: f64,
    /// Whether the leader withholds its part of the active project.
    pub withholds: bool,
    /// Flow: came to this month's meeting.
    pub present: bool,
    /// Flow: claimed leadership.
    pub claimed: bool,
    /// Flow: supported the proposal.
    pub supported: bool,
    /// Flow: was overruled by an imposed decision.
    pub overruled: bool,
    /// Flow: began to withhold its part of a project.
    pub defected: bool,
    /// Flow: did its part of a project that was won.
    pub kept: bool,
    /// Flow: broke a promise.
    pub broke: bool,
    /// Flow: air time relative to an equal share, n·v.
    pub voice: f32,
    /// Flow: share of those present who granted the claim.
    pub share_granted: f32,
    /// Flow: good events for commitment.
    pub encouraged: f32,
    /// Flow: bad events for commitment.
    pub discouraged: f32,
    /// Flow: events for grievance.
    pub aggrieved: f32,
    /// Flow: sum of the weights of what was heard.
    pub heard: f64,
    /// Flow: weighted sum of the speakers' distance on each axis.
    pub moved: [f64; AXES],
}

/// An agreed item: what is to be done, and how it was decided.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Item {
    /// Scale of one slice.
    pub scale: f64,
    /// Slices not yet begun.
    pub slices: u32,
    /// What was agreed, as a point in the space of mental models.
    pub proposal: [f32; AXES],
    /// Topic: shares of the three domains of knowledge.
    pub topic: [f64; AXES],
    /// Share of those present who supported it.
    pub support: f64,
    /// Whether it was imposed.
    pub imposed: bool,
}

/// The slice that the forum works on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Project {
    /// The item it belongs to.
    pub item: Item,
    /// Effort done.
    pub progress: f64,
    /// Months worked.
    pub elapsed: f64,
    /// What was understood and led together while it was planned, times months.
    pub plan: f64,
    /// Months of planning.
    pub planned: f64,
    /// Log-luck.
    pub luck: f64,
}

/// The programme of a forum: one active project and a short waiting list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    /// The project at work.
    pub active: Option<Project>,
    /// Agreed items that wait, the oldest first.
    pub waiting: Vec<Item>,
    /// Projects begun so far: the address of their luck.
    pub begun: u32,
    /// Pace of the last month in which members met, before luck: it goes on between meetings.
    pub pace: f64,
    /// What was understood and led together in that month: planning goes on with it.
    pub together: f64,
}

/// How a month's meeting ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// No meeting was due, or the forum has ended.
    #[default]
    NoMeeting,
    /// Too few came.
    NoQuorum,
    /// The item had been decided elsewhere.
    Token,
    /// Agreement.
    Agreement,
    /// No agreement.
    Impasse,
    /// No agreement, and the hierarchy decided.
    Imposed,
}

impl Decision {
    /// The word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        [
            "no_meeting",
            "no_quorum",
            "token",
            "agreement",
            "impasse",
            "imposed",
        ][self as usize]
    }
}

/// What happened in a forum this month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Meeting {
    /// How it ended.
    pub decision: Decision,
    /// Members present.
    pub present: u32,
    /// Leadership acts, earned from those present and provided.
    pub acts: [f64; ACTS],
    /// The part of each act earned that each kind of leaders brought.
    pub brought: [[f32; ACTS]; KINDS],
    /// Felt fairness φ.
    pub fairness: f64,
    /// Shared understanding among those present: one minus their mean distance.
    pub understanding: f64,
    /// Mean leadership granted among those present.
    pub led: f64,
    /// Mean overload of those present, in tens of hours.
    pub load: f64,
    /// The item under discussion.
    pub item: Item,
    /// Agreed items dropped because the waiting list was full.
    pub dropped: u32,
    /// An earlier decision was overturned from above.
    pub overturned: bool,
    /// Agreed items abandoned, because priorities changed or the forum ended.
    pub abandoned: u32,
    /// Whether they would have stayed without the surge of pressure from above.
    pub surge: bool,
    /// Projects begun.
    pub begun: u32,
    /// Progress made, as a share of a typical month's.
    pub progress: f64,
    /// Projects won, and their weight (scale over .25).
    pub wins: u32,
    /// Weight of the projects won.
    pub won: f64,
    /// Projects that ran out of time.
    pub failures: u32,
    /// Weight of the projects that ran out of time or lost their forum.
    pub failed: f64,
    /// Whether what failed or was abandoned was so because the forum ended.
    pub ended: bool,
    /// Value delivered by this month's wins.
    pub value: f64,
    /// Leaders introduced to each other.
    pub introduced: Option<(u32, u32)>,
}

/// A forum in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Forum {
    /// Address of its random numbers, from its id: other forums do not move it.
    pub address: u64,
    /// Tier.
    pub tier: Tier,
    /// Its system.
    pub system: u32,
    /// Kind of chair.
    pub chair: ChairKind,
    /// The seat that chairs, if a member does.
    pub chair_seat: Option<u32>,
    /// Seats; a seat keeps its place for life, and with it the addresses of its draws.
    pub seats: Vec<Seat>,
    /// Tie of each ordered pair of seats, row by row: its place among the first one's ties;
    /// [`NO_TIE`] on the diagonal.
    pub ties: Vec<u16>,
    /// What passed between each ordered pair this month.
    pub pairs: Vec<u8>,
    /// Acceptance of a neutral chair.
    pub acceptance: f64,
    /// Equality of voice that members remember from the last meeting.
    pub equality: f64,
    /// Smoothed record of failures less wins.
    pub failing: f64,
    /// Log-luck that the forum keeps.
    pub luck: f64,
    /// Agreed items.
    pub programme: Programme,
    /// This month's meeting.
    pub meeting: Meeting,
}

impl Forum {
    /// Tie from one seat to another.
    #[inline]
    #[must_use]
    pub fn tie(&self, ties: &Ties, from: usize, to: usize) -> usize {
        let place = self.ties[from * self.seats.len() + to] & !FIRST;
        ties.start[self.seats[from].leader as usize] + usize::from(place)
    }

    /// The places of one seat's ties with all seats.
    #[inline]
    #[must_use]
    pub fn row(&self, seat: usize) -> &[u16] {
        let members = self.seats.len();
        &self.ties[seat * members..(seat + 1) * members]
    }

    /// What one seat holds for each of the seats, of the values of its leader's ties: nothing for
    /// itself.
    pub fn held<'a>(&'a self, seat: usize, ties: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        self.row(seat).iter().map(|entry| {
            let value = ties.get(usize::from(entry & !FIRST));
            value.copied().unwrap_or_default()
        })
    }

    /// Whether a forum of this design has begun and not ended.
    #[must_use]
    pub fn lives(design: &ForumDesign, cycle: u32) -> bool {
        cycle + 1 >= design.start && (design.deadline == 0 || cycle < design.deadline)
    }

    /// Whether a meeting is due in this cycle.
    #[must_use]
    pub fn meets(design: &ForumDesign, cycle: u32) -> bool {
        Self::lives(design, cycle)
            && (cycle + 1 - design.start.max(1)).is_multiple_of(design.rhythm.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forum_meets_from_its_start_in_its_rhythm_until_its_deadline() {
        let design = ForumDesign {
            start: 5,
            rhythm: 3,
            deadline: 12,
            ..ForumDesign::default()
        };
        // Months 5, 8 and 11: cycles count from zero.
        let met: Vec<u32> = (0..20).filter(|at| Forum::meets(&design, *at)).collect();
        assert_eq!(met, [4, 7, 10]);
        let lived = (0..20).filter(|at| Forum::lives(&design, *at)).count();
        assert_eq!(lived, 8, "months 5 to 12");
    }
}

//! What the rules of a meeting work with: the state at the start of the cycle, which they only
//! read, and the room, which holds those who came.

use super::forum::{FIRST, Forum};
use super::leader::{AXES, Leaders, distance};
use super::levers::{ForumLevers, Levers};
use super::network::Ties;
use super::organisation::{Organisation, Pressure, System};
use crate::random::{Draws, Purpose, paired};
use crate::registry::leaders::LeaderKind;
use crate::registry::mechanisms::Mechanisms;

/// The state at the start of a cycle.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'a> {
    /// The cycle, counted from zero.
    pub cycle: u32,
    /// Parameters of the rules.
    pub mechanisms: &'a Mechanisms,
    /// What the scenario provides.
    pub levers: &'a Levers,
    /// Leaders.
    pub leaders: &'a Leaders,
    /// Organisations.
    pub organisations: &'a [Organisation],
    /// Systems.
    pub systems: &'a [System],
    /// Pressure from above.
    pub pressure: Pressure,
    /// Ties.
    pub ties: &'a Ties,
    /// Random numbers.
    pub draws: &'a Draws,
}

impl Stage<'_> {
    /// Resources R of a leader's organisation: its terms, this replicate's draw, the budget.
    #[must_use]
    pub fn resources(&self, leader: usize) -> f64 {
        let organisation = self.leaders.organisation[leader] as usize;
        self.levers.organisations[organisation].resources
            * self.organisations[organisation].power
            * self.levers.context.budget
    }

    /// Interdependence ι of a leader's organisation, with this replicate's shift.
    #[must_use]
    pub fn interdependence(&self, leader: usize) -> f64 {
        let organisation = self.leaders.organisation[leader] as usize;
        let shift = self.systems[self.organisations[organisation].system as usize].interdependence;
        (self.levers.organisations[organisation].interdependence + shift).clamp(0.0, 1.0)
    }
}

/// Words of a forum as a whole, at the start of its draws of a cycle.
pub mod word {
    /// Topic of the item: three words.
    pub const TOPIC: usize = 0;
    /// Direction of novelty: three words.
    pub const NOVELTY: usize = 3;
    /// Whether the item was decided elsewhere.
    pub const TOKEN: usize = 6;
    /// Whether the last decision is overturned.
    pub const OVERTURN: usize = 7;
    /// Whether the programme is abandoned.
    pub const ABANDON: usize = 8;
    /// Whether an impasse is ended from above.
    pub const IMPOSE: usize = 9;
    /// Noise of progress.
    pub const NOISE: usize = 10;
    /// Who is granted leadership in the single form.
    pub const SINGLE: usize = 11;
    /// Whether somebody is introduced, by whom, to whom.
    pub const INTRODUCE: usize = 12;
    /// Words of a forum.
    pub const COUNT: usize = 16;
}

/// Words of one seat.
pub mod seat_word {
    /// Whether it comes.
    pub const ATTEND: usize = 0;
    /// Whether it claims leadership.
    pub const CLAIM: usize = 1;
    /// Whether it supports the proposal.
    pub const SUPPORT: usize = 2;
    /// Whether it withholds its part.
    pub const WITHHOLD: usize = 3;
    /// Whom it talks to where talk is in pairs.
    pub const PARTNER: usize = 4;
    /// Payoff of the item to the organisation that is counted like this seat.
    pub const PAYOFF: usize = 5;
    /// What the words of this seat's pairs are made from: two words.
    pub const PAIRS: usize = 6;
    /// Words of a seat.
    pub const COUNT: usize = 8;
}

/// Words of one ordered pair of seats.
pub mod pair_word {
    /// Chances of an encounter in the meeting: two words.
    pub const MEETING: usize = 0;
    /// Chance of an encounter between meetings.
    pub const BETWEEN: usize = 2;
    /// Whether the first grants the second's claim.
    pub const GRANT: usize = 3;
    /// Words of a pair.
    pub const COUNT: usize = 4;
}

/// The words of one forum and cycle: those of the forum, then seat by seat, so that another seat
/// moves nobody else's. Those of an ordered pair are made from the first seat's and the second's
/// place.
#[derive(Clone, Debug, Default)]
pub struct ForumWords {
    words: Vec<u32>,
}

impl ForumWords {
    const fn at(seat: usize, word: usize) -> usize {
        word::COUNT + seat * seat_word::COUNT + word
    }

    /// Draws the words for all seats of a forum.
    pub fn draw(&mut self, draws: &Draws, forum: &Forum, cycle: u32) {
        self.words.resize(Self::at(forum.seats.len(), 0), 0);
        draws.fill(
            Purpose::Forum,
            forum.address,
            u64::from(cycle) << 32,
            &mut self.words,
        );
    }

    /// A word of the forum.
    #[inline]
    #[must_use]
    pub fn forum(&self, word: usize) -> u32 {
        self.words[word]
    }

    /// A word of a seat.
    #[inline]
    #[must_use]
    pub fn seat(&self, seat: usize, word: usize) -> u32 {
        self.words[Self::at(seat, word)]
    }

    /// The words of an ordered pair of seats.
    #[inline]
    #[must_use]
    pub fn pair(&self, from: usize, to: usize) -> [u32; pair_word::COUNT] {
        let made_from = [0, 1].map(|word| self.seat(from, seat_word::PAIRS + word));
        paired(made_from, to as u64)
    }
}

/// Those who came to a meeting, gathered from their places; rows and columns of the matrices are in
/// the order of `seat`. Reused from meeting to meeting.
#[derive(Clone, Debug, Default)]
pub struct Room {
    /// The draws of this forum and cycle.
    pub words: ForumWords,
    /// Power relative to the mean of all members, for each seat of the forum.
    pub relative_power: Vec<f64>,
    /// Seats present.
    pub seat: Vec<usize>,
    /// Their leaders.
    pub leader: Vec<usize>,
    /// Their kinds.
    pub kind: Vec<LeaderKind>,
    /// Their mental models.
    pub view: Vec<[f64; AXES]>,
    /// Their relational skill.
    pub skill: Vec<f64>,
    /// Their places among the forum's organisations.
    pub organisation: Vec<u32>,
    /// The draws of every pair, row by row.
    pub drawn: Vec<[u32; pair_word::COUNT]>,
    /// Air time relative to an equal share, n·v.
    pub voice: Vec<f64>,
    /// Knowledge of the item's topic, e·q.
    pub knowledge: Vec<f64>,
    /// Mean leadership that the others present grant.
    pub received: Vec<f64>,
    /// Mean trust in the others present.
    pub trusting: Vec<f64>,
    /// Distance between mental models, row by row.
    pub distance: Vec<f64>,
    /// Trust of the row in the column.
    pub trust: Vec<f64>,
    /// What the row understands of the column's language, k̂.
    pub language: Vec<f64>,
    /// Log-odds, or what else a rule keeps for each pair.
    pub odds: Vec<f64>,
    /// Payoff ξ of the item to each of the forum's organisations.
    pub payoff: Vec<f64>,
    /// An order of those present, where a rule needs one.
    pub order: Vec<usize>,
}

impl Room {
    /// How many came.
    #[must_use]
    pub fn present(&self) -> usize {
        self.seat.len()
    }

    /// Lets those in whose seats are marked present.
    pub fn gather(&mut self, stage: &Stage, forum: &Forum) {
        let leaders = stage.leaders;
        self.seat.clear();
        self.leader.clear();
        self.kind.clear();
        self.view.clear();
        self.skill.clear();
        self.organisation.clear();
        for (at, seat) in forum.seats.iter().enumerate() {
            if !seat.present {
                continue;
            }
            let leader = seat.leader as usize;
            self.seat.push(at);
            self.leader.push(leader);
            self.kind.push(leaders.kind[leader]);
            self.view.push(leaders.view[leader]);
            self.skill.push(f64::from(leaders.skill[leader]));
            self.organisation.push(seat.organisation);
        }
        self.pairs(stage, forum);
    }

    /// What each thinks of each.
    fn pairs(&mut self, stage: &Stage, forum: &Forum) {
        let n = self.present();
        for matrix in [
            &mut self.distance,
            &mut self.trust,
            &mut self.language,
            &mut self.odds,
        ] {
            matrix.resize(n * n, 0.0);
        }
        self.drawn.resize(n * n, [0; pair_word::COUNT]);
        self.received.clear();
        self.received.resize(n, 0.0);
        self.trusting.clear();
        let others = 1.0 / n.saturating_sub(1).max(1) as f64;
        for a in 0..n {
            let row = a * n..(a + 1) * n;
            let (distances, trusts) = (
                &mut self.distance[row.clone()],
                &mut self.trust[row.clone()],
            );
            let ties = stage.ties.row(self.leader[a]);
            let (trust, granted) = (&stage.ties.trust[ties.clone()], &stage.ties.granted[ties]);
            let places = forum.row(self.seat[a]);
            let mut sum = 0.0;
            for b in 0..n {
                if a == b {
                    (distances[b], trusts[b]) = (0.0, 0.0);
                    continue;
                }
                let place = usize::from(places[self.seat[b]] & !FIRST);
                trusts[b] = f64::from(trust[place]);
                sum += trusts[b];
                self.received[b] += f64::from(granted[place]) * others;
                distances[b] = distance(&self.view[a], &self.view[b]);
            }
            for (drawn, to) in self.drawn[row].iter_mut().zip(&self.seat) {
                *drawn = self.words.pair(self.seat[a], *to);
            }
            self.trusting.push(sum * others);
        }
    }
}

/// What the rules of a meeting change: the forum, and the room they share.
#[derive(Debug)]
pub struct Table<'a> {
    /// The forum.
    pub forum: &'a mut Forum,
    /// What the scenario provides to it.
    pub levers: &'a ForumLevers,
    /// Those who came.
    pub room: &'a mut Room,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::{Bench, assert_close};

    /// Chosen draws, for tests of the rules.
    impl ForumWords {
        /// Words for some seats, each in the middle of its range.
        pub(in crate::model) fn middling(seats: usize) -> Self {
            Self {
                words: vec![1 << 31; Self::at(seats, 0)],
            }
        }

        /// A word of the forum, to be chosen.
        pub(in crate::model) fn forum_mut(&mut self, word: usize) -> &mut u32 {
            &mut self.words[word]
        }

        /// A word of a seat, to be chosen.
        pub(in crate::model) fn seat_mut(&mut self, seat: usize, word: usize) -> &mut u32 {
            &mut self.words[Self::at(seat, word)]
        }
    }

    impl Room {
        /// A word of an ordered pair of those present, to be chosen.
        pub(in crate::model) fn pair_mut(
            &mut self,
            from: usize,
            to: usize,
            word: usize,
        ) -> &mut u32 {
            let place = |seat| self.seat.iter().position(|one| *one == seat).unwrap();
            let at = place(from) * self.present() + place(to);
            &mut self.drawn[at][word]
        }
    }

    #[test]
    fn who_comes_brings_trust_leadership_and_words_of_each_pair() {
        let mut bench = Bench::clinicians(4);
        let words = &mut bench.room.words.words;
        *words = (0..).take(words.len()).collect();
        for (from, to, trust, granted) in [(0, 2, 0.8, 0.3), (0, 3, 0.4, 0.1), (3, 2, 0.6, 0.5)] {
            bench.trust(from, to, trust);
            bench.granted(from, to, granted);
        }
        bench.come(&[0, 2, 3]);
        let room = &bench.room;
        assert_eq!(
            room.trust[..3],
            [0.0, f64::from(0.8_f32), f64::from(0.4_f32)]
        );
        // The mean of .8 and .4; the means of .3 and .5 and of .1 and nothing.
        assert_close(room.trusting[0], 0.6);
        let received = [0.0, 0.4, 0.05];
        for (found, expected) in room.received.iter().zip(received) {
            assert_close(*found, expected);
        }
        assert_eq!(room.drawn[1], room.words.pair(0, 2));
        assert_eq!(room.drawn[3], room.words.pair(2, 0));
        assert_ne!(room.drawn[1], room.drawn[3]);
    }

    #[test]
    fn every_word_has_one_owner() {
        let words = ForumWords {
            words: (0..).take(ForumWords::at(9, 0)).collect(),
        };
        let mut owners = vec![0; words.words.len()];
        for seat in 0..9 {
            for word in 0..seat_word::COUNT {
                owners[words.seat(seat, word) as usize] += 1;
            }
        }
        assert!(owners[..word::COUNT].iter().all(|count| *count == 0));
        assert!(owners[word::COUNT..].iter().all(|count| *count == 1));
        let pairs = (0..9).flat_map(|from| (0..9).map(move |to| (from, to)));
        let mut drawn: Vec<u32> = pairs.flat_map(|(from, to)| words.pair(from, to)).collect();
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(
            drawn.len(),
            9 * 9 * pair_word::COUNT,
            "two pairs share a word"
        );
    }
}

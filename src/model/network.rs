//! Directed ties in compressed rows: trust, its ceiling, leadership granted.

use super::leader::Leaders;

/// The tie exists because one turns to the other for advice.
pub const ADVICE: u32 = 1;
/// The tie exists because both sit in a forum.
pub const FORUM: u32 = 2;
/// The two are of different kinds.
pub const ACROSS_KINDS: u32 = 4;
/// The two are from different organisations.
pub const ACROSS_ORGANISATIONS: u32 = 8;
/// From this bit on stands the kind of the leader that the tie points to.
pub const KIND: u32 = 4;

/// All directed ties i → j of a run, row by row. 20 bytes a tie.
///
/// A row has a few places to spare, so that an introduction moves no other leader's ties. They hold
/// no trust, no leadership and no marks, and a ceiling of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// The places of row i are `start[i]..start[i + 1]`.
    pub start: Vec<usize>,
    /// How many of its places are taken, from the first.
    pub taken: Vec<u32>,
    /// The leader j that the tie points to, rising within a row.
    pub target: Vec<u32>,
    /// Trust t of i in j.
    pub trust: Vec<f32>,
    /// The highest trust still possible.
    pub ceiling: Vec<f32>,
    /// Leadership l that i grants to j.
    pub granted: Vec<f32>,
    /// Why the tie exists, and between whom: [`ADVICE`], [`FORUM`], [`ACROSS_KINDS`],
    /// [`ACROSS_ORGANISATIONS`], and the other's kind from bit [`KIND`] on. A post keeps its kind
    /// and organisation whoever holds it. As wide as trust, so that loops over both can be vectorised.
    pub marks: Vec<u32>,
}

impl Ties {
    /// Builds rows for `leaders` leaders from (from, to, origin), in any order, with `spare` free
    /// places in each; doubled pairs are joined. Trust and leadership are zero, ceilings one.
    #[must_use]
    pub fn new(leaders: usize, pairs: &[(u32, u32, u32)], spare: usize) -> Self {
        Self::with_spare(pairs, &vec![spare; leaders])
    }

    /// The same with free places leader by leader.
    #[must_use]
    pub fn with_spare(pairs: &[(u32, u32, u32)], spare: &[usize]) -> Self {
        let leaders = spare.len();
        let by_target = ordered(leaders, pairs, |pair| pair.1);
        let mut pairs = ordered(leaders, &by_target, |pair| pair.0);
        pairs.dedup_by(|later, first| {
            let same = (later.0, later.1) == (first.0, first.1);
            if same {
                first.2 |= later.2;
            }
            same
        });
        let mut taken = vec![0; leaders];
        for (from, _, _) in &pairs {
            taken[*from as usize] += 1;
        }
        let mut start = vec![0; leaders + 1];
        for row in 0..leaders {
            start[row + 1] = start[row] + taken[row] as usize + spare[row];
        }
        let places = start[leaders];
        let mut ties = Self {
            taken,
            target: vec![u32::MAX; places],
            trust: vec![0.0; places],
            ceiling: vec![1.0; places],
            granted: vec![0.0; places],
            marks: vec![0; places],
            start,
        };
        let mut next = ties.start.clone();
        for (from, to, origin) in pairs {
            let at = next[from as usize];
            ties.target[at] = to;
            ties.marks[at] = origin;
            next[from as usize] += 1;
        }
        ties
    }

    /// Number of ties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.taken.iter().map(|taken| *taken as usize).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.taken.iter().all(|taken| *taken == 0)
    }

    /// Number of ties of one leader.
    #[must_use]
    pub fn count(&self, leader: usize) -> usize {
        self.taken[leader] as usize
    }

    /// Places that are free in a leader's row.
    #[must_use]
    pub fn free(&self, leader: usize) -> usize {
        self.start[leader + 1] - self.row(leader).end
    }

    /// The ties of one leader.
    #[must_use]
    pub fn row(&self, leader: usize) -> std::ops::Range<usize> {
        let start = self.start[leader];
        start..start + self.count(leader)
    }

    /// The tie from one leader to another, if there is one.
    #[must_use]
    pub fn find(&self, from: usize, to: u32) -> Option<usize> {
        let row = self.row(from);
        self.target[row.clone()]
            .binary_search(&to)
            .ok()
            .map(|at| row.start + at)
    }

    /// Adds a tie if there is none yet and a place is free; returns where it stands. Ties of the
    /// same row behind it move by one place.
    pub fn add(&mut self, from: usize, to: u32, origin: u32, trust: f32) -> Option<usize> {
        let row = self.row(from);
        let at = row.start + self.target[row.clone()].binary_search(&to).err()?;
        if row.end == self.start[from + 1] {
            return None;
        }
        self.target.copy_within(at..row.end, at + 1);
        self.trust.copy_within(at..row.end, at + 1);
        self.ceiling.copy_within(at..row.end, at + 1);
        self.granted.copy_within(at..row.end, at + 1);
        self.marks.copy_within(at..row.end, at + 1);
        (self.target[at], self.trust[at], self.ceiling[at]) = (to, trust, 1.0);
        (self.granted[at], self.marks[at]) = (0.0, origin);
        self.taken[from] += 1;
        Some(at)
    }

    /// Marks between whom a tie is.
    pub fn mark(&mut self, leaders: &Leaders, from: usize, tie: usize) {
        let to = self.target[tie] as usize;
        let across = |apart: bool, mark: u32| if apart { mark } else { 0 };
        self.marks[tie] = self.marks[tie] & (ADVICE | FORUM)
            | across(leaders.kind[from] != leaders.kind[to], ACROSS_KINDS)
            | across(
                leaders.organisation[from] != leaders.organisation[to],
                ACROSS_ORGANISATIONS,
            )
            | (leaders.kind[to] as u32) << KIND;
    }

    /// Every tie as (from, to, place).
    pub fn pairs(&self) -> impl Iterator<Item = (usize, u32, usize)> {
        (0..self.taken.len())
            .flat_map(move |from| self.row(from).map(move |tie| (from, self.target[tie], tie)))
    }
}

/// Pairs in the order of one of their leaders, equals as they came.
fn ordered(
    leaders: usize,
    pairs: &[(u32, u32, u32)],
    leader: impl Fn(&(u32, u32, u32)) -> u32,
) -> Vec<(u32, u32, u32)> {
    let mut next = vec![0_usize; leaders + 1];
    for pair in pairs {
        next[leader(pair) as usize + 1] += 1;
    }
    for at in 0..leaders {
        next[at + 1] += next[at];
    }
    let mut ordered = vec![(0, 0, 0); pairs.len()];
    for pair in pairs {
        let place = &mut next[leader(pair) as usize];
        ordered[*place] = *pair;
        *place += 1;
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_joined_and_found() {
        let ties = Ties::new(
            4,
            &[(2, 0, FORUM), (0, 3, ADVICE), (0, 1, FORUM), (0, 3, FORUM)],
            0,
        );
        assert_eq!(ties.start, [0, 2, 2, 3, 3]);
        assert_eq!(ties.target, [1, 3, 0]);
        assert_eq!(ties.marks, [FORUM, ADVICE | FORUM, FORUM]);
        assert_eq!(ties.find(0, 3), Some(1));
        assert_eq!(ties.find(1, 0), None);
        assert_eq!(ties.pairs().count(), ties.len());
    }

    #[test]
    fn a_new_tie_takes_a_spare_place_in_order() {
        let mut ties = Ties::new(5, &[(0, 1, FORUM), (0, 4, FORUM)], 1);
        ties.trust[1] = 0.7;
        assert_eq!(ties.add(0, 4, ADVICE, 0.1), None, "already there");
        assert_eq!(ties.add(0, 3, ADVICE, 0.4), Some(1));
        assert_eq!(ties.add(0, 2, ADVICE, 0.4), None, "no place left");
        assert_eq!(&ties.target[ties.row(0)], [1, 3, 4]);
        assert_eq!(ties.trust[2], 0.7);
        assert_eq!(ties.len(), 3);
    }
}

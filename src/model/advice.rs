#![doc = include_str!("advice.md")]

use crate::math;
use crate::random::{Draws, Purpose, normal, uniform};
use crate::registry::places::{Generator, Network};

/// What of a leader counts for whom he or she turns to, and who turns to him or her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Profession: the same number is the same profession.
    pub profession: u32,
    /// Organisation: the same number is the same organisation.
    pub organisation: u32,
}

/// Where the words of the turns start: behind those of all people and pairs.
const TURNS: u64 = 1 << 48;

/// The advice ties (from, to) of one neighbourhood, sorted: `from` turns to `to`. People are
/// counted from zero in the order given; nobody turns to himself or herself. With everything else
/// the same, the ties at a lower density are among those at a higher one.
#[must_use]
pub fn advice(
    people: &[Person],
    network: &Network,
    draws: &Draws,
    neighbourhood: u64,
) -> Vec<(u32, u32)> {
    if network.generator == Generator::Random {
        return at_random(people.len(), network.density, draws, neighbourhood);
    }
    let mut growth = Growth::new(people.len(), appeal(people, network, draws, neighbourhood));
    for from in turns(people.len(), network.density, draws, neighbourhood) {
        growth.turn(from, network);
    }
    growth.ties()
}

/// As many ordered pairs as the density asks for, each as likely as any other, sorted.
fn at_random(people: usize, density: f64, draws: &Draws, neighbourhood: u64) -> Vec<(u32, u32)> {
    let all = (0..).take(people);
    let pairs = all.flat_map(|from| (0..).take(people).map(move |to| (from, to)));
    let pairs: Vec<(u32, u32)> = pairs.filter(|(from, to)| from != to).collect();
    let mut chosen = drawn(pairs, density, draws, neighbourhood);
    chosen.sort_unstable();
    chosen
}

/// Whose turn it is, from the first tie to the last: the first of each of as many ordered pairs as
/// the density asks for, drawn without replacement.
fn turns(people: usize, density: f64, draws: &Draws, neighbourhood: u64) -> Vec<u32> {
    let others = people.saturating_sub(1);
    let all = (0..).take(people);
    let firsts = all.flat_map(|from| std::iter::repeat_n(from, others));
    drawn(firsts.collect(), density, draws, neighbourhood)
}

/// As large a part of `pairs` as the density, drawn without replacement, in the order drawn.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "both are rounded to a number of pairs"
)]
fn drawn<T>(mut pairs: Vec<T>, density: f64, draws: &Draws, neighbourhood: u64) -> Vec<T> {
    let wanted = ((density * pairs.len() as f64).round() as usize).min(pairs.len());
    let mut words = vec![0; wanted];
    draws.fill(Purpose::Network, neighbourhood, TURNS, &mut words);
    for (turn, word) in words.into_iter().enumerate() {
        let left = (pairs.len() - turn) as f64;
        pairs.swap(turn, turn + (uniform(word) * left) as usize);
    }
    pairs.truncate(wanted);
    pairs
}

/// The appeal A of each person (column) to each (row), row by row; zero to oneself.
///
/// The words lie in shells: shell s holds the word of person s and those of the pairs with the
/// people before, so that one more person moves nobody else's words.
fn appeal(people: &[Person], network: &Network, draws: &Draws, neighbourhood: u64) -> Vec<f64> {
    let n = people.len();
    let mut words = vec![0; n * n];
    draws.fill(Purpose::Network, neighbourhood, 0, &mut words);
    let popularity: Vec<f64> = (0..n)
        .map(|j| math::exp(network.popularity * normal(words[j * j])))
        .collect();
    let mut appeal = vec![0.0; n * n];
    for (s, one) in people.iter().enumerate() {
        let shell = words[s * s + 1..].chunks_exact(2);
        for (r, (other, word)) in people[..s].iter().zip(shell).enumerate() {
            let likeness = likeness(one, other, network);
            appeal[s * n + r] = odds(word[0]) * popularity[r] * likeness;
            appeal[r * n + s] = odds(word[1]) * popularity[s] * likeness;
        }
    }
    appeal
}

/// The odds of a uniform number: their logarithm has the logistic distribution.
fn odds(word: u32) -> f64 {
    let share = uniform(word);
    share / (1.0 - share)
}

/// What a shared profession and a shared organisation multiply the odds of a tie by.
fn likeness(one: &Person, other: &Person, network: &Network) -> f64 {
    let mut odds = 1.0;
    if one.profession == other.profession {
        odds *= network.profession_odds;
    }
    if one.organisation == other.organisation {
        odds *= network.organisation_odds;
    }
    odds
}

/// A network that gains one tie at a time. Matrices hold one row for each `from`; what is counted
/// is kept as `f64`, which is exact.
struct Growth {
    people: usize,
    /// Appeal, set to zero once there is a tie.
    appeal: Vec<f64>,
    tie: Vec<bool>,
    /// People asked by both: the number of two-paths from one to the other.
    between: Vec<f64>,
    asked: Lists,
    asking: Lists,
    made: f64,
    returned: f64,
    paths: f64,
    closed: f64,
}

impl Growth {
    fn new(people: usize, appeal: Vec<f64>) -> Self {
        Self {
            people,
            appeal,
            tie: vec![false; people * people],
            between: vec![0.0; people * people],
            asked: Lists::new(people),
            asking: Lists::new(people),
            made: 0.0,
            returned: 0.0,
            paths: 0.0,
            closed: 0.0,
        }
    }

    /// Lets a person turn to one more: to one who asks back while too few ties are returned, to a
    /// contact's contact while too few two-paths are closed, otherwise to anybody.
    fn turn(&mut self, from: u32, network: &Network) {
        let i = from as usize;
        let row = i * self.people..(i + 1) * self.people;
        let (appeal, between) = (&self.appeal[row.clone()], &self.between[row]);
        let mut chosen = None;
        if self.returned < network.reciprocity * self.made {
            let asking = self.asking.of(i);
            let asks = strongest(asking.iter().map(|j| appeal[*j as usize]));
            chosen = asks.map(|at| asking[at]);
        }
        if chosen.is_none() && self.closed < network.closure * self.paths {
            let closing = appeal.iter().zip(between).map(|(appeal, c)| appeal * c * c);
            chosen = strongest(closing).map(person);
        }
        if let Some(to) = chosen.or_else(|| strongest(appeal.iter().copied()).map(person)) {
            self.add(from, to);
        }
    }

    fn add(&mut self, from: u32, to: u32) {
        let (i, j) = (from as usize, to as usize);
        let pair = i * self.people + j;
        self.appeal[pair] = 0.0;
        self.tie[pair] = true;
        self.made += 1.0;
        self.closed += self.between[pair];
        if self.tie[j * self.people + i] {
            self.returned += 2.0;
        }
        for at in 0..self.asked.length[j] {
            self.path(from, self.asked.of(j)[at]);
        }
        for at in 0..self.asking.length[i] {
            self.path(self.asking.of(i)[at], to);
        }
        self.asked.push(i, to);
        self.asking.push(j, from);
    }

    /// Counts one more two-path, unless it leads back to where it starts.
    fn path(&mut self, from: u32, to: u32) {
        if from == to {
            return;
        }
        let pair = from as usize * self.people + to as usize;
        self.paths += 1.0;
        self.between[pair] += 1.0;
        self.closed += f64::from(u8::from(self.tie[pair]));
    }

    /// The ties made, sorted.
    fn ties(&self) -> Vec<(u32, u32)> {
        let rows = (0..).zip(self.tie.chunks_exact(self.people.max(1)));
        rows.flat_map(|(from, row)| {
            let tied = (0..).zip(row).filter(|(_, tie)| **tie);
            tied.map(move |(to, _)| (from, to))
        })
        .collect()
    }
}

/// The place of the largest weight above zero; the first of equals.
fn strongest(weights: impl Iterator<Item = f64> + Clone) -> Option<usize> {
    let larger = |most: f64, weight: f64| if weight > most { weight } else { most };
    let most = weights.clone().fold(0.0, larger);
    (most > 0.0).then(|| weights.take_while(|weight| *weight < most).count())
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "people are counted in 32 bits"
)]
fn person(place: usize) -> u32 {
    place as u32
}

/// A list of people for each person; its room is allocated once.
struct Lists {
    length: Vec<usize>,
    people: Vec<u32>,
}

impl Lists {
    fn new(people: usize) -> Self {
        Self {
            length: vec![0; people],
            people: vec![0; people * people],
        }
    }

    fn of(&self, person: usize) -> &[u32] {
        &self.people[person * self.length.len()..][..self.length[person]]
    }

    fn push(&mut self, person: usize, other: u32) {
        self.people[person * self.length.len() + self.length[person]] = other;
        self.length[person] += 1;
    }
}

#[cfg(test)]
mod tests;

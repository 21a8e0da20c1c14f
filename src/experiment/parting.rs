//! Where two runs that share their luck part: the first month in which any number differs, and the
//! first event that happens in one and not in the other.

use crate::measure::{Memory, observe};
use crate::model::cycle;
use crate::model::event::Event;
use crate::model::setup::Setup;

/// Where two runs part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parting {
    /// The first cycle after which any outcome or amount differs, from 1; none where none does.
    pub numbers: Option<u32>,
    /// The first cycle in which something else happens, from 1; none where nothing does.
    pub events: Option<u32>,
    /// What happens first in that cycle in the first run where the other does something else; empty
    /// where nothing more happens.
    pub one: String,
    /// What happens there in the other run.
    pub other: String,
}

/// Runs a replicate of two systems side by side until different things happen in them, at most to
/// the end of the shorter one.
#[must_use]
pub fn parting(one: &Setup, other: &Setup, seed: u64, replicate: u64) -> Parting {
    let mut runs = [one, other].map(|setup| Side {
        world: cycle::start(setup, seed, replicate),
        memory: Memory::default(),
    });
    let mut found = Parting {
        numbers: None,
        events: None,
        one: String::new(),
        other: String::new(),
    };
    for cycle in 1..=one.horizon.cycles.min(other.horizon.cycles) {
        let [(events, numbers), (others, other_numbers)] = runs.each_mut().map(Side::step);
        let same = numbers == other_numbers && amounts(&events) == amounts(&others);
        if !same && found.numbers.is_none() {
            found.numbers = Some(cycle);
        }
        let told = events.iter().map(|event| told(one, event));
        let told_there = others.iter().map(|event| self::told(other, event));
        if let Some((here, there)) = first_difference(told, told_there) {
            return Parting {
                events: Some(cycle),
                one: here,
                other: there,
                ..found
            };
        }
    }
    found
}

/// One of the two runs.
struct Side<'a> {
    world: crate::model::world::World<'a>,
    memory: Memory,
}

impl Side<'_> {
    /// One more cycle: what happened in it, and the bits of all outcomes after it.
    fn step(&mut self) -> (Vec<Event>, Vec<u64>) {
        let mut events: Vec<Event> = Vec::new();
        cycle::step(&mut self.world, &mut events);
        let mut numbers = Vec::new();
        observe(&self.world, &mut self.memory).append(&mut numbers);
        (events, numbers.into_iter().map(f64::to_bits).collect())
    }
}

fn amounts(events: &[Event]) -> Vec<u64> {
    events.iter().map(|event| event.amount.to_bits()).collect()
}

/// The first texts that differ; nothing where one list ends is an empty text.
fn first_difference(
    mut one: impl Iterator<Item = String>,
    mut other: impl Iterator<Item = String>,
) -> Option<(String, String)> {
    loop {
        match (one.next(), other.next()) {
            (None, None) => return None,
            (one, other) if one == other => {}
            (one, other) => return Some((one.unwrap_or_default(), other.unwrap_or_default())),
        }
    }
}

/// An event in words, without its amount: `board: granted a-1 b-2`.
fn told(setup: &Setup, event: &Event) -> String {
    let forum = event
        .forum
        .map(|forum| format!("{}:", setup.forums[forum as usize].id));
    let post = |leader: u32| setup.posts[leader as usize].id.clone();
    let posts = [event.leader.map(post), event.other.map(post)];
    let words = [forum, Some(event.what.name().to_owned())];
    let words: Vec<String> = words.into_iter().chain(posts).flatten().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;

    fn setup(sets: &[&str]) -> Setup {
        let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        let loaded = scenario::load("trust-board", &sets);
        let problems = |errors: scenario::ScenarioErrors| scenario::render(&errors.problems, false);
        loaded.map_err(problems).unwrap().setup
    }

    #[test]
    fn equal_systems_never_part() {
        let one = setup(&["horizon.cycles=12"]);
        let parting = parting(&one, &one.clone(), 1, 3);
        assert_eq!((parting.numbers, parting.events), (None, None));
    }

    /// Priorities never change in one of them: until they first do in the other, nothing differs.
    #[test]
    fn runs_part_where_priorities_first_change() {
        let [one, other] = [0.0, 0.05].map(|chance| {
            let chance = format!("context.abandon={chance}");
            setup(&["horizon.cycles=60", "context.abandon_pulse=0", &chance])
        });
        let found = parting(&one, &other, 1, 0);
        assert!(
            found.events.is_some() && found.events == found.numbers,
            "{found:?}"
        );
        assert!(found.other.ends_with(": abandoned"), "{found:?}");
    }
}

#![doc = include_str!("introduction.md")]

use crate::model::forum::act;
use crate::model::stage::{Stage, Table, word};
use crate::random::{happens, uniform};

/// Two leaders whom this forum's relational work introduces to each other this month, if any: a
/// member present, and a contact of another member present.
#[must_use]
pub fn introduce(stage: &Stage, table: &Table) -> Option<(u32, u32)> {
    let room = &*table.room;
    let words = [0, 1, 2, 3].map(|at| room.words.forum(word::INTRODUCE + at));
    let chance = stage.mechanisms.trust.introductions * table.forum.meeting.acts[act::RELATIONAL];
    if room.present() < 2 || !happens(words[0], chance) {
        return None;
    }
    let member = pick(words[1], room.present());
    let broker = (member + 1 + pick(words[2], room.present() - 1)) % room.present();
    let contacts = stage.ties.row(room.leader[broker]);
    if contacts.is_empty() {
        return None;
    }
    let contact = stage.ties.target[contacts.start + pick(words[3], contacts.len())];
    #[allow(
        clippy::cast_possible_truncation,
        reason = "leaders are counted in 32 bits"
    )]
    let member = room.leader[member] as u32;
    let strangers = contact != member && stage.ties.find(member as usize, contact).is_none();
    strangers.then_some((member, contact))
}

/// One of `count` positions, by one word.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position"
)]
fn pick(word: u32, count: usize) -> usize {
    ((uniform(word) * count as f64) as usize).min(count - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::network::{ADVICE, Ties};
    use crate::model::rules::testing::{Bench, assert_chance, word as drawn};

    /// Three members of five leaders; the second knows the fourth, the third knows the fifth.
    fn bench() -> Bench {
        let mut bench = Bench::clinicians(5);
        bench.come(&[0, 1, 2]);
        bench.ties = Ties::new(5, &[(1, 3, ADVICE), (2, 4, ADVICE)], 0);
        bench.mechanisms.trust.introductions = 0.4;
        bench.forum.meeting.acts[act::RELATIONAL] = 0.5;
        choose(&mut bench, [0.0, 0.1, 0.1, 0.1]);
        bench
    }

    fn choose(bench: &mut Bench, draws: [f64; 4]) {
        for (at, draw) in draws.into_iter().enumerate() {
            *bench.room.words.forum_mut(word::INTRODUCE + at) = drawn(draw);
        }
    }

    #[test]
    fn relational_work_introduces_at_its_rate() {
        let mut bench = bench();
        // .4·.5
        assert_chance(0.2, |word| {
            *bench.room.words.forum_mut(word::INTRODUCE) = word;
            bench.run(|stage, table| introduce(stage, table)).is_some()
        });
        bench.forum.meeting.acts[act::RELATIONAL] = 0.0;
        choose(&mut bench, [0.0, 0.1, 0.1, 0.1]);
        assert_eq!(bench.run(|stage, table| introduce(stage, table)), None);
    }

    #[test]
    fn a_member_meets_the_contact_of_another() {
        let mut bench = bench();
        for (member, broker, expected) in [
            (0.32, 0.49, Some((0, 3))),
            (0.32, 0.51, Some((0, 4))),
            (0.34, 0.49, Some((1, 4))),
            // The third and, counting on, the first: who knows nobody.
            (0.67, 0.49, None),
            (0.99, 0.99, Some((2, 3))),
        ] {
            choose(&mut bench, [0.0, member, broker, 0.5]);
            assert_eq!(bench.run(|stage, table| introduce(stage, table)), expected);
        }
    }

    #[test]
    fn every_contact_can_be_the_one() {
        let mut bench = bench();
        bench.ties = Ties::new(5, &[(1, 3, ADVICE), (1, 4, ADVICE)], 2);
        for (draw, contact) in [(0.49, 3), (0.51, 4)] {
            choose(&mut bench, [0.0, 0.1, 0.1, draw]);
            assert_eq!(
                bench.run(|stage, table| introduce(stage, table)),
                Some((0, contact))
            );
        }
    }

    #[test]
    fn those_who_know_each_other_are_not_introduced() {
        let mut bench = bench();
        bench.ties = Ties::new(5, &[(1, 3, ADVICE), (0, 3, ADVICE)], 0);
        assert_eq!(bench.run(|stage, table| introduce(stage, table)), None);
        bench.ties = Ties::new(5, &[(1, 0, ADVICE)], 0);
        assert_eq!(bench.run(|stage, table| introduce(stage, table)), None);
        bench.come(&[0]);
        assert_eq!(bench.run(|stage, table| introduce(stage, table)), None);
    }
}

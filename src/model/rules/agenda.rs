#![doc = include_str!("agenda.md")]

use crate::math;
use crate::model::forum::{Item, act};
use crate::model::leader::AXES;
use crate::model::stage::{Stage, Table, seat_word, word};
use crate::random::{normal, uniform};

/// Puts an item on the table: its topic and scale, and what it is worth to each organisation.
pub fn table_item(table: &mut Table) {
    let organisations = table
        .forum
        .seats
        .iter()
        .map(|seat| seat.organisation + 1)
        .max()
        .unwrap_or(0) as usize;
    let room = &mut *table.room;
    room.payoff.clear();
    room.payoff
        .extend((0..organisations).map(|at| normal(room.words.seat(at, seat_word::PAYOFF))));
    let words = &table.room.words;
    // Topic: shares from Dirichlet(1, 1, 1), as exponentials over their sum.
    let weights: [f64; AXES] =
        std::array::from_fn(|axis| -math::ln(uniform(words.forum(word::TOPIC + axis))));
    let sum: f64 = weights.iter().sum();
    let design = &table.levers.design;
    table.forum.meeting.item = Item {
        scale: design.scale / f64::from(design.slices),
        slices: design.slices,
        topic: weights.map(|weight| weight / sum),
        ..Item::default()
    };
}

/// Makes a proposal of what is said: the voice-weighted mean of views, moved by novelty, pulled to a
/// chair with agenda power, and moved by catalysis toward the middle of the extremes.
pub fn propose(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.decision;
    let room = &*table.room;
    let n = room.present() as f64;
    let direction = novelty(table);
    let chair = table
        .forum
        .chair_seat
        .and_then(|chair| room.seat.iter().position(|seat| *seat == chair as usize));
    let alike = table.levers.co_designed;
    let agenda = rule.agenda * (1.0 - table.levers.agenda_shared);
    let catalysis = rule.catalysis * table.forum.meeting.acts[act::CATALYSIS];
    let proposal: [f64; AXES] = std::array::from_fn(|axis| {
        let views = || room.view.iter().map(|view| view[axis]);
        let mean = views()
            .zip(&room.voice)
            .map(|(x, voice)| (voice + alike * (1.0 - voice)) * x)
            .sum::<f64>()
            / n;
        let mut y = mean + rule.novelty * direction[axis];
        if let Some(chair) = chair {
            y += agenda * (room.view[chair][axis] - y);
        }
        let middle = (views().fold(f64::MAX, f64::min) + views().fold(f64::MIN, f64::max)) / 2.0;
        (y + catalysis * (middle - y)).clamp(0.0, 1.0)
    });
    #[allow(clippy::cast_possible_truncation, reason = "items are kept short")]
    let kept = proposal.map(|axis| axis as f32);
    table.forum.meeting.item.proposal = kept;
}

/// A unit vector in a random direction.
fn novelty(table: &Table) -> [f64; AXES] {
    let raw: [f64; AXES] =
        std::array::from_fn(|axis| normal(table.room.words.forum(word::NOVELTY + axis)));
    let length = raw.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-12);
    raw.map(|x| x / length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::{Bench, assert_close, deviate, word as drawn};
    use crate::registry::places::ChairKind;

    #[test]
    fn an_item_has_a_topic_the_scale_of_a_slice_and_a_worth() {
        let mut bench = Bench::clinicians(3);
        let design = &mut bench.provides().design;
        (design.scale, design.slices) = (0.5, 4);
        // -ln u = 1, 2, 5
        for (axis, u) in [0.367_879_441, 0.135_335_283, 0.006_737_947]
            .into_iter()
            .enumerate()
        {
            *bench.room.words.forum_mut(word::TOPIC + axis) = drawn(u);
        }
        bench.forum.meeting.item.support = 0.9;
        // Two of three members are from the second organisation.
        bench.forum.seats[2].organisation = 1;
        for (organisation, normal) in [2, -1, 1].into_iter().enumerate() {
            *bench.room.words.seat_mut(organisation, seat_word::PAYOFF) = deviate(normal);
        }
        bench.run(|_, table| table_item(table));
        assert_eq!(bench.room.payoff.len(), 2);
        assert_close(bench.room.payoff[0], 2.0);
        assert_close(bench.room.payoff[1], -1.0);
        let item = bench.forum.meeting.item;
        for (share, expected) in item.topic.into_iter().zip([0.125, 0.25, 0.625]) {
            assert_close(share, expected);
        }
        assert_eq!((item.scale, item.slices, item.support), (0.125, 4, 0.0));
    }

    /// Three of four members present, with novelty in the direction (1, -2, 2)/3.
    fn proposing() -> Bench {
        let mut bench = Bench::clinicians(4);
        let rule = &mut bench.mechanisms.decision;
        (rule.novelty, rule.agenda, rule.catalysis) = (0.3, 0.25, 0.5);
        bench.forum.meeting.acts[act::CATALYSIS] = 0.8;
        bench.leaders.view = vec![[0.2, 0.4, 0.6], [0.6, 0.5, 0.2], [0.4, 0.9, 0.1], [1.0; 3]];
        bench.come(&[0, 1, 2]);
        bench.room.voice = vec![1.5, 0.9, 0.6];
        for (axis, normal) in [1, -2, 2].into_iter().enumerate() {
            *bench.room.words.forum_mut(word::NOVELTY + axis) = deviate(normal);
        }
        bench
    }

    #[track_caller]
    fn assert_proposed(mut bench: Bench, expected: [f64; AXES]) {
        bench.run(propose);
        let item = bench.forum.meeting.item;
        for (found, expected) in item.proposal.into_iter().zip(expected) {
            assert_close(found.into(), expected);
        }
    }

    #[test]
    fn a_proposal_is_what_is_said_moved_by_novelty_agenda_and_catalysis() {
        // Said: (.36, .53, .38); novelty (.1, -.2, .2): (.46, .33, .58). A quarter of the way to
        // the chair at (.6, .5, .2): (.495, .3725, .485). .5·.8 to the middles (.4, .65, .35).
        let mut chaired = proposing();
        chaired.chair(ChairKind::Organic, 1);
        assert_proposed(chaired, [0.457, 0.4835, 0.431]);
        let mut away = proposing();
        away.chair(ChairKind::Organic, 3);
        assert_proposed(away, [0.436, 0.458, 0.488]);
        assert_proposed(proposing(), [0.436, 0.458, 0.488]);
    }

    #[test]
    fn a_proposal_stays_within_what_can_be_thought() {
        let mut bench = proposing();
        bench.mechanisms.decision.novelty = 3.0;
        bench.mechanisms.decision.catalysis = 0.0;
        // (.36 + 1, .53 - 2, .38 + 2)
        assert_proposed(bench, [1.0, 0.0, 1.0]);
    }

    #[test]
    fn what_is_designed_together_counts_all_alike_and_a_triumvirate_shares_the_agenda() {
        // Half way from what is said, (.36, .53, .38), to the mean, (.4, .6, .3): (.38, .565, .34);
        // novelty: (.48, .365, .54). An eighth of the way to (.6, .5, .2): (.495, .381875, .4975).
        // .4 to the middles (.4, .65, .35).
        let mut bench = proposing();
        bench.chair(ChairKind::Organic, 1);
        bench.provides().co_designed = 0.5;
        bench.provides().agenda_shared = 0.5;
        assert_proposed(bench, [0.457, 0.489_125, 0.4385]);
    }
}

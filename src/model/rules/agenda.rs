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
    let catalysis = rule.catalysis * table.forum.meeting.acts[act::CATALYSIS];
    table.forum.meeting.item.proposal = std::array::from_fn(|axis| {
        let views = || room.view.iter().map(|view| view[axis]);
        let mean = views()
            .zip(&room.voice)
            .map(|(x, voice)| voice * x)
            .sum::<f64>()
            / n;
        let mut y = mean + rule.novelty * direction[axis];
        if let Some(chair) = chair {
            y += rule.agenda * (room.view[chair][axis] - y);
        }
        let middle = (views().fold(f64::MAX, f64::min) + views().fold(f64::MIN, f64::max)) / 2.0;
        (y + catalysis * (middle - y)).clamp(0.0, 1.0)
    });
}

/// A unit vector in a random direction.
fn novelty(table: &Table) -> [f64; AXES] {
    let raw: [f64; AXES] =
        std::array::from_fn(|axis| normal(table.room.words.forum(word::NOVELTY + axis)));
    let length = raw.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-12);
    raw.map(|x| x / length)
}

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

#![doc = include_str!("dialogue.md")]

use crate::math;
use crate::model::forum::{Seat, act};
use crate::model::leader::AXES;
use crate::model::stage::{Room, Stage, Table, seat_word};
use crate::registry::mechanisms::{Confidence, Dialogue, Mixing};

/// k̂: what listener a understands of speaker b's language. One within a kind; across kinds what
/// either's bilingualism or the forum's translation makes of it.
pub fn language(stage: &Stage, table: &mut Table) {
    let floor = stage.mechanisms.dialogue.bilingual_floor;
    let translation = table.forum.meeting.acts[act::TRANSLATION];
    let room = &mut *table.room;
    let n = room.present();
    for a in 0..n {
        let own = stage.leaders.bilingualism[room.leader[a]].max(translation);
        for b in 0..n {
            let best = own.max(stage.leaders.bilingualism[room.leader[b]]);
            let across = floor + (1.0 - floor) * best;
            room.language[a * n + b] = if room.kind[a] == room.kind[b] {
                1.0
            } else {
                across
            };
        }
    }
}

/// What everyone present hears: the weights w_ij and the pull Σ_j w_ij (x_j − x_i).
pub fn listen(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.dialogue;
    if rule.mixing == Mixing::Pairs {
        return talk_in_pairs(rule, table);
    }
    let Table { forum, room, .. } = table;
    let n = room.present();
    confidence(rule, room);
    for a in 0..n {
        let seat = &mut forum.seats[room.seat[a]];
        hear_nothing(seat);
        for b in 0..n {
            let at = a * n + b;
            let weight =
                rule.rate * room.voice[b] * room.trust[at] * room.language[at] * room.odds[at];
            hear(seat, room, a, b, weight);
        }
    }
}

/// κ(d) for every pair, into `room.odds`.
fn confidence(rule: &Dialogue, room: &mut Room) {
    let scale = -0.5 / (rule.tolerance * rule.tolerance);
    for (kept, distance) in room.odds.iter_mut().zip(&room.distance) {
        *kept = match rule.confidence {
            Confidence::Soft => math::exp(scale * distance * distance),
            Confidence::Hard => f64::from(u8::from(*distance < rule.tolerance)),
        };
    }
}

fn hear_nothing(seat: &mut Seat) {
    seat.heard = 0.0;
    seat.moved = [0.0; AXES];
}

fn hear(seat: &mut Seat, room: &Room, a: usize, b: usize, weight: f64) {
    seat.heard += weight;
    for axis in 0..AXES {
        seat.moved[axis] += weight * (room.view[b][axis] - room.view[a][axis]);
    }
}

/// Disjoint pairs by random order; an odd one out talks to nobody.
fn talk_in_pairs(rule: &Dialogue, table: &mut Table) {
    let Table { forum, room, .. } = table;
    let n = room.present();
    confidence(rule, room);
    let mut order = std::mem::take(&mut room.order);
    order.clear();
    order.extend(0..n);
    order.sort_unstable_by_key(|at| (room.words.seat(room.seat[*at], seat_word::PARTNER), *at));
    for at in 0..n {
        hear_nothing(&mut forum.seats[room.seat[at]]);
    }
    for pair in order.chunks_exact(2) {
        for (a, b) in [(pair[0], pair[1]), (pair[1], pair[0])] {
            let at = a * n + b;
            let weight = rule.rate * room.trust[at] * room.language[at] * room.odds[at];
            hear(&mut forum.seats[room.seat[a]], room, a, b, weight);
        }
    }
    room.order = order;
}

/// What a leader heard in all of this cycle's meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Heard {
    /// Σ w_ij.
    pub weight: f64,
    /// Σ w_ij (x_j − x_i).
    pub pull: [f64; AXES],
    /// Σ of the analysis done in those meetings.
    pub analysis: f64,
}

/// A leader at the start of the cycle, as this rule sees it.
#[derive(Clone, Copy, Debug)]
pub struct Listener {
    /// x_i.
    pub view: [f64; AXES],
    /// θ_i.
    pub anchor: [f64; AXES],
    /// λ_i.
    pub openness: f64,
    /// What i sees of the need ψ.
    pub signal: [f64; AXES],
}

/// x_i after one cycle.
#[must_use]
pub fn update(rule: &Dialogue, capture: f64, listener: &Listener, heard: &Heard) -> [f64; AXES] {
    let share = match rule.mixing {
        Mixing::Averaging => 1.0 / (1.0 + heard.weight),
        Mixing::Capped | Mixing::Pairs if heard.weight > rule.weight_cap => {
            rule.weight_cap / heard.weight
        }
        Mixing::Capped | Mixing::Pairs => 1.0,
    };
    let moved = share * listener.openness * (1.0 - capture);
    let learned = (rule.learning * heard.analysis).min(1.0);
    let anchored = rule.anchoring * (1.0 - listener.openness);
    std::array::from_fn(|axis| {
        let x = listener.view[axis];
        x + moved * heard.pull[axis]
            + learned * (listener.signal[axis] - x)
            + anchored * (listener.anchor[axis] - x)
    })
}

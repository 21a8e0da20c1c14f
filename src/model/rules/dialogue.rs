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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::{Bench, assert_close};
    use crate::registry::leaders::LeaderKind::{Clinician, Manager};

    /// A clinician, a manager, a clinician, in this order.
    fn bench() -> Bench {
        let mut bench = Bench::new(&[Clinician, Manager, Clinician]);
        let rule = &mut bench.mechanisms.dialogue;
        (rule.rate, rule.tolerance, rule.bilingual_floor) = (0.1, 0.45, 0.4);
        bench.leaders.bilingualism = vec![0.2, 0.5, 0.1];
        bench.leaders.view = vec![[0.2, 0.5, 0.4], [0.6, 0.1, 0.5], [0.3, 0.9, 0.4]];
        bench.forum.meeting.acts[act::TRANSLATION] = 0.3;
        bench.come(&[0, 1, 2]);
        bench
    }

    #[test]
    fn language_is_carried_by_whoever_knows_it_best() {
        let mut bench = bench();
        bench.run(language);
        // Manager .5 beats translation .3: .4 + .6·.5, both ways; one within a kind.
        let row = |bench: &Bench, a: usize| bench.room.language[a * 3..a * 3 + 3].to_vec();
        let expected = [[1.0, 0.7, 1.0], [0.7, 1.0, 0.7], [1.0, 0.7, 1.0]];
        for (a, expected) in expected.into_iter().enumerate() {
            for (found, expected) in row(&bench, a).into_iter().zip(expected) {
                assert_close(found, expected);
            }
        }
        bench.forum.meeting.acts[act::TRANSLATION] = 0.8;
        bench.run(language);
        assert_close(row(&bench, 0)[1], 0.88);
        bench.forum.meeting.acts[act::TRANSLATION] = 0.0;
        bench.leaders.bilingualism = vec![0.6, 0.5, 0.1];
        bench.run(language);
        assert_close(row(&bench, 0)[1], 0.76);
        assert_close(row(&bench, 1)[0], 0.76);
    }

    /// The first member hears the second (voice 1.2, trust .5, language .7, distance .3) and the
    /// third (voice .6, trust .8, distance .6).
    fn hearing(mixing: Mixing) -> Bench {
        let mut bench = bench();
        bench.mechanisms.dialogue.mixing = mixing;
        let room = &mut bench.room;
        room.voice = vec![1.3, 1.2, 0.6];
        room.language[1] = 0.7;
        room.language[2] = 1.0;
        (room.trust[1], room.trust[2]) = (0.5, 0.8);
        (room.distance[1], room.distance[2]) = (0.3, 0.6);
        bench
    }

    #[track_caller]
    fn assert_heard(bench: &Bench, weight: f64, moved: [f64; AXES]) {
        let seat = &bench.forum.seats[0];
        assert_close(seat.heard, weight);
        for (found, expected) in seat.moved.iter().zip(moved) {
            assert_close(*found, expected);
        }
    }

    #[test]
    fn weights_multiply_voice_trust_language_and_closeness() {
        let mut bench = hearing(Mixing::Capped);
        bench.run(listen);
        // e^(-.5·(2/3)²) = .800737 and e^(-.5·(4/3)²) = .411112:
        // .1·1.2·.5·.7·.800737 = .033631 and .1·.6·.8·1·.411112 = .019733;
        // (.4, -.4, .1) and (.1, .4, 0) away.
        assert_heard(&bench, 0.053_364, [0.015_426, -0.005_559, 0.003_363]);
        bench.run(listen);
        assert_heard(&bench, 0.053_364, [0.015_426, -0.005_559, 0.003_363]);
    }

    #[test]
    fn hard_confidence_ends_at_the_tolerance() {
        let mut bench = hearing(Mixing::Averaging);
        bench.mechanisms.dialogue.confidence = Confidence::Hard;
        bench.run(listen);
        // The second alone, at full weight .1·1.2·.5·.7.
        assert_heard(&bench, 0.042, [0.0168, -0.0168, 0.0042]);
        bench.room.distance[1] = 0.45;
        bench.run(listen);
        assert_heard(&bench, 0.0, [0.0; AXES]);
    }

    #[test]
    fn pairs_talk_in_the_order_of_their_draws() {
        let mut bench = hearing(Mixing::Pairs);
        let words = &mut bench.room.words;
        for (seat, order) in [5, 9, 3].into_iter().enumerate() {
            *words.seat_mut(seat, seat_word::PARTNER) = order;
        }
        (bench.room.trust[6], bench.room.distance[6]) = (0.4, 0.0);
        bench.room.language[6] = 0.9;
        bench.run(listen);
        // Third and first are partners: .1·.8·1·.411112, without air time; the second is left over.
        assert_heard(&bench, 0.032_889, [0.003_289, 0.013_156, 0.0]);
        // The other way: .1·.4·.9 at distance zero.
        assert_close(bench.forum.seats[2].heard, 0.036);
        assert_close(bench.forum.seats[2].moved[0], -0.0036);
        assert_close(bench.forum.seats[1].heard, 0.0);
    }

    const LISTENER: Listener = Listener {
        view: [0.4, 0.5, 0.6],
        anchor: [0.2, 0.5, 0.9],
        openness: 0.6,
        signal: [0.9, 0.1, 0.6],
    };

    fn after(mixing: Mixing, weight: f64, analysis: f64) -> [f64; AXES] {
        let rule = Dialogue {
            mixing,
            anchoring: 0.03,
            learning: 0.05,
            weight_cap: 0.8,
            ..Dialogue::default()
        };
        let heard = Heard {
            weight,
            pull: [0.1, -0.2, 0.05],
            analysis,
        };
        update(&rule, 0.2, &LISTENER, &heard)
    }

    #[test]
    fn a_view_moves_with_what_is_heard_learned_and_held() {
        // .6·.8 = .48 of the pull, .05·.8 = .04 toward the signal, .03·.4 = .012 to the anchor.
        let view = after(Mixing::Capped, 0.8, 0.8);
        assert_close(view[0], 0.4 + 0.048 + 0.02 - 0.0024);
        assert_close(view[1], 0.5 - 0.096 - 0.016);
        assert_close(view[2], 0.6 + 0.024 + 0.0036);
    }

    #[test]
    fn weights_beyond_the_cap_are_scaled_down() {
        // .8/2 = .4 of .48; no analysis.
        for mixing in [Mixing::Capped, Mixing::Pairs] {
            assert_close(after(mixing, 2.0, 0.0)[0], 0.4 + 0.0192 - 0.0024);
        }
        // 1/(1 + .25) = .8 of .48
        assert_close(
            after(Mixing::Averaging, 0.25, 0.0)[0],
            0.4 + 0.0384 - 0.0024,
        );
    }

    #[test]
    fn learning_ends_at_the_signal() {
        // .05·30 counts as one.
        assert_close(after(Mixing::Capped, 0.0, 30.0)[0], 0.9 + 0.048 - 0.0024);
    }
}

#![doc = include_str!("trust.md")]

use crate::math;
use crate::model::forum::{act, pair};
use crate::model::stage::{Stage, Table, pair_word};
use crate::random::uniform;
use crate::registry::mechanisms::Trust;

/// Lets every ordered pair present have its encounters, in the meeting and between meetings.
pub fn encounter(stage: &Stage, table: &mut Table) {
    chances(stage, table);
    let rule = &stage.mechanisms.trust;
    let relational = rule.between_meetings * table.forum.meeting.acts[act::RELATIONAL];
    let Table { forum, room, .. } = table;
    let (n, members) = (room.present(), forum.seats.len());
    for a in 0..n {
        for b in (0..n).filter(|b| *b != a) {
            let (from, to) = (room.seat[a], room.seat[b]);
            let words = room.words.pair(from, to);
            let met = (room.voice[b] * rule.contact).min(1.0);
            let good = room.odds[a * n + b];
            let mut passed = 0;
            for word in &words[pair_word::MEETING..pair_word::MEETING + rule.opportunities as usize]
            {
                passed += outcome(*word, met, good, pair::ONE_BAD);
            }
            let across = forum.seats[from].organisation != forum.seats[to].organisation;
            let between = if across { relational } else { 0.0 };
            passed += outcome(words[pair_word::BETWEEN], between, good, pair::HEARD_BAD);
            forum.pairs[from * members + to] |= passed;
        }
    }
}

/// One word decides whether there is an encounter and whether it goes well.
#[inline]
fn outcome(word: u32, met: f64, good: f64, bad: u8) -> u8 {
    let u = uniform(word);
    u8::from(u < met * good) + bad * u8::from(u >= met * good && u < met)
}

/// The chance that an encounter of each pair goes well, σ(z), into `room.odds`.
fn chances(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.trust;
    let context = &stage.levers.context;
    let meeting = &table.forum.meeting;
    let distant = rule.distance * (1.0 - rule.mediation * meeting.acts[act::MEDIATION]);
    let common = rule.base + rule.fairness * (meeting.fairness - 0.5)
        - rule.pressure * stage.pressure.hierarchy;
    let chair = interested_chair(table);
    let agenda = rule.agenda * stage.mechanisms.decision.agenda;
    let Table { forum, room, .. } = table;
    let n = room.present();
    for a in 0..n {
        let leader = room.leader[a];
        let skill = f64::from(stage.leaders.skill[leader]);
        let own = common + rule.skill * (skill - 1.0) - rule.strain * stage.leaders.strain[leader];
        for b in 0..n {
            let at = a * n + b;
            let (distance, trust) = (room.distance[at], room.trust[at]);
            let rivals =
                forum.seats[room.seat[a]].organisation != forum.seats[room.seat[b]].organisation;
            room.odds[at] = own
                + rule.skill * f64::from(stage.leaders.skill[room.leader[b]])
                + rule.language * (room.language[at] - 1.0)
                - distant * distance
                + rule.confirmation * (trust - 0.5)
                - if rivals {
                    rule.competition * context.competition
                } else {
                    0.0
                }
                - if chair == Some(b) {
                    agenda * distance * (1.0 - trust)
                } else {
                    0.0
                };
        }
    }
    for odds in &mut room.odds {
        *odds = math::logistic(*odds);
    }
}

/// Where in the room the chair sits, if it is a member with an interest of its own.
fn interested_chair(table: &Table) -> Option<usize> {
    let chair = table.forum.chair_seat? as usize;
    table.room.seat.iter().position(|seat| *seat == chair)
}

/// Members see a seat break a promise: all of them, or those present alone.
pub fn break_promise(table: &mut Table, culprit: usize, present_alone: bool) {
    let forum = &mut *table.forum;
    let members = forum.seats.len();
    for seat in (0..members).filter(|seat| *seat != culprit) {
        if forum.seats[seat].present || !present_alone {
            forum.pairs[seat * members + culprit] |= pair::BROKEN;
        }
    }
    forum.seats[culprit].broke = true;
}

/// What passed on one tie in one cycle, over all forums that the two share.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Passed {
    /// Good encounters n⁺; wins count as parts of one.
    pub good: f32,
    /// Bad encounters n⁻; failures count as parts of one.
    pub bad: f32,
    /// Bad words heard between meetings.
    pub heard_bad: f32,
    /// Encounters that went well, without parts for wins.
    pub good_encounters: f32,
    /// Encounters of any sort.
    pub encounters: f32,
    /// Whether a promise was broken.
    pub broken: bool,
    /// Forums in which a claim was granted.
    pub grants: u8,
    /// Forums in which a claim was refused.
    pub refusals: u8,
    /// Whether the tie is listed among those on which something passed.
    pub listed: bool,
    /// Trust, ceiling and leadership granted after this month.
    pub after: (f32, f32, f32),
}

/// Logarithms of what one encounter leaves, so that n of them are an exponential.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    good: f64,
    bad: f64,
    heard: f64,
}

impl Rates {
    /// ln(1 − α) for good encounters, bad ones, and bad words heard.
    #[must_use]
    pub fn new(rule: &Trust) -> Self {
        let left = |ratio: f64| math::ln((1.0 - rule.gain * ratio).max(0.0));
        Self {
            good: left(1.0),
            bad: left(rule.loss_ratio),
            heard: left(rule.hearsay_ratio),
        }
    }
}

/// t ← [t_max − (t_max − t)(1 − α⁺)^n⁺](1 − α⁻)^n⁻, after a broken promise has lowered t_max;
/// without contact t drifts to generalised trust. Returns (trust, ceiling).
#[must_use]
pub fn update(
    rule: &Trust,
    rates: &Rates,
    trust: f64,
    ceiling: f64,
    generalised: f64,
    passed: &Passed,
) -> (f64, f64) {
    let ceiling = if passed.broken {
        lowered(rule, trust, ceiling)
    } else {
        ceiling
    };
    let bad = f64::from(passed.bad) + f64::from(u8::from(passed.broken));
    let met = f64::from(passed.good + passed.heard_bad) + bad > 0.0;
    let trust = if met {
        let risen = ceiling - (ceiling - trust) * math::exp(rates.good * f64::from(passed.good));
        risen * math::exp(rates.bad * bad + rates.heard * f64::from(passed.heard_bad))
    } else {
        drift(rule, trust, generalised)
    };
    (trust.min(ceiling), ceiling)
}

/// Without contact: t + ρ_G (G − t).
#[inline]
#[must_use]
pub fn drift(rule: &Trust, trust: f64, generalised: f64) -> f64 {
    trust + rule.regression * (generalised - trust)
}

/// t_max ← (1 − κ) t_max + κ (1 − δ) max(t, ½), if that is lower.
fn lowered(rule: &Trust, trust: f64, ceiling: f64) -> f64 {
    let scar = (1.0 - rule.ceiling_loss) * trust.max(0.5);
    ceiling.min((1.0 - rule.lasting) * ceiling + rule.lasting * scar)
}

#[cfg(test)]
mod tests;

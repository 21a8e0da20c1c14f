#![doc = include_str!("trust.md")]

use crate::math;
use crate::model::forum::{act, pair};
use crate::model::leader::KINDS;
use crate::model::network::KIND;
use crate::model::stage::{Stage, Table};
use crate::random::uniform;
use crate::registry::mechanisms::{Trust, TrustForm};

/// Lets every ordered pair present have its encounters, in the meeting and between meetings.
pub fn encounter(stage: &Stage, table: &mut Table) {
    chances(stage, table);
    let rule = &stage.mechanisms.trust;
    let relational = table.forum.meeting.acts[act::RELATIONAL];
    let Table { forum, room, .. } = table;
    let (n, members) = (room.present(), forum.seats.len());
    for (a, from) in room.seat.iter().enumerate() {
        let pairs = &mut forum.pairs[from * members..(from + 1) * members];
        let row = a * n..(a + 1) * n;
        let each = room.odds[row.clone()].iter().zip(&room.drawn[row]);
        for (b, (good, words)) in each.enumerate() {
            if a == b {
                continue;
            }
            let met = (room.voice[b] * rule.contact).min(1.0);
            let across = room.organisation[a] != room.organisation[b];
            let worked = if across { relational } else { 0.0 };
            let [first, second, elsewhere, _] = *words;
            let leaders = [room.leader[a], room.leader[b]];
            let kin = room.kind[a] == room.kind[b];
            let between = between(stage, worked, leaders, (kin, across));
            let mut passed = meet_elsewhere(elsewhere, between, *good);
            if rule.opportunities > 0 {
                passed += outcome(first, met, *good, pair::ONE_BAD);
            }
            if rule.opportunities > 1 {
                passed += outcome(second, met, *good, pair::ONE_BAD);
            }
            pairs[room.seat[b]] |= passed;
        }
    }
}

/// Chances that a pair meets between meetings: at risk, by relational work, learning in pairs across
/// kinds or an office shared across organisations; and at all, practice without risk included.
fn between(
    stage: &Stage,
    worked: f64,
    leaders: [usize; 2],
    (kin, across): (bool, bool),
) -> (f64, f64) {
    let rate = stage.mechanisms.trust.between_meetings;
    if stage.levers.given.is_empty() {
        return (rate * worked, rate * worked);
    }
    let [one, other] = leaders.map(|leader| stage.levers.given(leader));
    let together = |one: f32, other: f32| f64::from(one) * f64::from(other);
    let paired = if kin {
        0.0
    } else {
        together(one.paired, other.paired)
    };
    let near = if across {
        together(one.co_located, other.co_located)
    } else {
        0.0
    };
    let or = |chance: f64, other: f64| chance + rate * other * (1.0 - chance);
    let risky = or(or(rate * worked, paired), near);
    (risky, or(risky, together(one.practised, other.practised)))
}

/// One word decides whether a pair meets between meetings and how that goes; errors of practice cost
/// nothing.
#[inline]
fn meet_elsewhere(word: u32, (risky, met): (f64, f64), good: f64) -> u8 {
    let u = uniform(word);
    if u < risky {
        outcome(word, risky, good, pair::HEARD_BAD)
    } else {
        u8::from(u < risky + (met - risky) * good)
    }
}

/// One word decides whether there is an encounter and whether it goes well.
#[inline]
fn outcome(word: u32, met: f64, good: f64, bad: u8) -> u8 {
    let u = uniform(word);
    let (well, at_all) = (u8::from(u < met * good), u8::from(u < met));
    well + bad * (at_all - well)
}

/// The chance that an encounter of each pair goes well, σ(z), into `room.odds`.
fn chances(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.trust;
    let meeting = &table.forum.meeting;
    let distant = rule.distance * (1.0 - rule.mediation * meeting.acts[act::MEDIATION]);
    let common = rule.base + rule.fairness * (meeting.fairness - 0.5)
        - rule.pressure * stage.pressure.hierarchy;
    let rivalry = rule.competition * stage.levers.context.competition;
    let chair = interested_chair(table);
    let agenda =
        rule.agenda * stage.mechanisms.decision.agenda * (1.0 - table.levers.agenda_shared);
    let room = &mut *table.room;
    let n = room.present();
    for a in 0..n {
        let strain = stage.leaders.strain[room.leader[a]];
        let own = common + rule.skill * (room.skill[a] - 1.0) - rule.strain * strain;
        let row = a * n..(a + 1) * n;
        let (distances, trusts) = (&room.distance[row.clone()], &room.trust[row.clone()]);
        let languages = &room.language[row.clone()];
        let odds = &mut room.odds[row];
        for (b, odds) in odds.iter_mut().enumerate() {
            let rivals = room.organisation[a] != room.organisation[b];
            *odds = own + rule.skill * room.skill[b] + rule.language * (languages[b] - 1.0)
                - distant * distances[b]
                + rule.confirmation * (trusts[b] - 0.5)
                - if rivals { rivalry } else { 0.0 };
        }
        if let Some(chair) = chair {
            odds[chair] -= agenda * distances[chair] * (1.0 - trusts[chair]);
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passed {
    /// What good encounters and wins leave of the gap to the ceiling: (1 − α⁺)^n⁺.
    pub open: f64,
    /// What bad encounters, failures and bad words leave of trust: (1 − α⁻)^n⁻.
    pub kept: f64,
    /// Whether the two had anything to do with each other.
    pub touched: bool,
    /// Whether there was an encounter, or a part of one.
    pub met: bool,
    /// Whether a promise was broken.
    pub broken: bool,
    /// Encounters that went well.
    pub good: u8,
    /// Encounters of any sort.
    pub encounters: u8,
    /// Wins and failures shared, counted in encounters.
    pub shared: [f64; 2],
    /// Forums in which a claim was granted.
    pub grants: u8,
    /// Forums in which a claim was refused.
    pub refusals: u8,
}

impl Default for Passed {
    fn default() -> Self {
        Self {
            open: 1.0,
            kept: 1.0,
            touched: false,
            met: false,
            broken: false,
            good: 0,
            encounters: 0,
            shared: [0.0; 2],
            grants: 0,
            refusals: 0,
        }
    }
}

impl Passed {
    /// Adds what passed in one forum, packed as its pairs are.
    #[inline]
    pub fn add(&mut self, rates: &Rates, packed: u8) {
        let left = &rates.left[(packed & ENCOUNTERS) as usize];
        self.touched = true;
        self.open *= left.open;
        self.kept *= left.kept;
        self.met |= left.encounters > 0;
        self.good += left.good;
        self.encounters += left.encounters;
        self.broken |= packed & pair::BROKEN != 0;
        self.grants += u8::from(packed & pair::GRANTED != 0);
        self.refusals += u8::from(packed & pair::REFUSED != 0);
    }

    /// Adds what a forum's wins and failures leave, as parts of an encounter.
    #[inline]
    pub fn share(&mut self, shared: &Shared) {
        self.open *= shared.open;
        self.kept *= shared.kept;
        self.shared[0] += shared.won;
        self.shared[1] += shared.failed;
        (self.touched, self.met) = (true, true);
    }
}

/// The bits of what passed between a pair that say how they met.
const ENCOUNTERS: u8 = pair::GOOD | pair::BAD | pair::HEARD_BAD;

/// What the encounters of one pair in one forum leave.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Left {
    open: f64,
    kept: f64,
    good: u8,
    encounters: u8,
}

/// What a forum's wins and failures are to the trust between its members.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared {
    /// Wins, in good encounters.
    pub won: f64,
    /// Failures, in bad ones.
    pub failed: f64,
    /// What wins leave of the gap.
    pub open: f64,
    /// What failures leave of trust.
    pub kept: f64,
}

/// What is left after each number of encounters that a pair can have in a forum in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    left: [Left; ENCOUNTERS as usize + 1],
    good: f64,
    bad: f64,
}

impl Rates {
    /// Powers of 1 − α for good encounters, bad ones, and bad words heard.
    #[must_use]
    pub fn new(rule: &Trust) -> Self {
        let rate = |ratio: f64| (1.0 - rule.gain * ratio).max(0.0);
        let (good, bad, heard) = (rate(1.0), rate(rule.loss_ratio), rate(rule.hearsay_ratio));
        let power = |rate: f64, times: u8| (0..times).map(|_| rate).product::<f64>();
        let mut left = [Left::default(); ENCOUNTERS as usize + 1];
        for (packed, left) in (0..).zip(&mut left) {
            let went_well = packed & pair::GOOD;
            let went_badly = (packed & pair::BAD) / pair::ONE_BAD;
            let heard_bad = u8::from(packed & pair::HEARD_BAD != 0);
            *left = Left {
                open: power(good, went_well),
                kept: power(bad, went_badly) * power(heard, heard_bad),
                good: went_well,
                encounters: went_well + went_badly + heard_bad,
            };
        }
        Self { left, good, bad }
    }

    /// What wins and failures leave of the gap and of trust, each counted in encounters.
    #[must_use]
    pub fn shared(&self, won: f64, failed: f64) -> Shared {
        Shared {
            won,
            failed,
            open: math::pow(self.good, won),
            kept: math::pow(self.bad, failed),
        }
    }
}

/// t ← [t_max − (t_max − t)(1 − α⁺)^n⁺](1 − α⁻)^n⁻, after a broken promise has lowered t_max;
/// without contact t drifts to generalised trust. Returns (trust, ceiling).
#[must_use]
pub fn update(
    rule: &Trust,
    rates: &Rates,
    (trust, ceiling): (f32, f32),
    generalised: f64,
    passed: &Passed,
) -> (f32, f32) {
    if !(passed.met || passed.broken) {
        #[allow(clippy::cast_possible_truncation, reason = "trust is kept short")]
        let drifted = drift(rule.regression as f32, trust, generalised as f32);
        return (drifted.min(ceiling), ceiling);
    }
    let (before, mut highest) = (f64::from(trust), f64::from(ceiling));
    let mut kept = passed.kept;
    if passed.broken {
        highest = lowered(rule, before, highest);
        kept *= rates.bad;
    }
    let after = match rule.form {
        TrustForm::Asymmetric => (highest - (highest - before) * passed.open) * kept,
        TrustForm::Beta => reputation(rule.memory, before, passed),
    };
    #[allow(clippy::cast_possible_truncation, reason = "trust is kept short")]
    let (after, highest) = (after as f32, highest as f32);
    (after.min(highest), highest)
}

/// (N t + n⁺) / (N + n⁺ + n⁻): the mean of a beta distribution whose evidence is held at N encounters.
fn reputation(memory: f64, trust: f64, passed: &Passed) -> f64 {
    let [won, failed] = passed.shared;
    let broken = f64::from(u8::from(passed.broken));
    let good = f64::from(passed.good) + won;
    let bad = f64::from(passed.encounters - passed.good) + failed + broken;
    (memory * trust + good) / (memory + good + bad)
}

/// Work on broken relations: t + r max(0, ½ − t) within a ceiling that rises, t_max + r (1 − t_max).
#[allow(clippy::cast_possible_truncation, reason = "trust is kept short")]
pub fn repair(rate: f64, trust: &mut [f32], ceiling: &mut [f32]) {
    let rate = rate.min(1.0) as f32;
    for (trust, ceiling) in trust.iter_mut().zip(ceiling) {
        *ceiling += rate * (1.0 - *ceiling);
        *trust = (*trust + rate * (0.5 - *trust).max(0.0)).min(*ceiling);
    }
}

/// Without contact: t + ρ_G (G − t).
#[inline]
#[must_use]
pub fn drift(regression: f32, trust: f32, generalised: f32) -> f32 {
    trust + regression * (generalised - trust)
}

/// Every tie of a row drifts to generalised trust in the other's kind, within its ceiling.
#[allow(clippy::cast_possible_truncation, reason = "trust is kept short")]
pub fn drift_all(
    rule: &Trust,
    trust: &mut [f32],
    ceiling: &[f32],
    marks: &[u32],
    generalised: [f64; KINDS],
) {
    let regression = rule.regression as f32;
    let [clinicians, managers, citizens] = generalised.map(|general| general as f32);
    for ((trust, ceiling), marks) in trust.iter_mut().zip(ceiling).zip(marks) {
        // Chosen without a branch, so that the loop can be vectorised.
        let others = if marks >> KIND == 0 {
            clinicians
        } else {
            managers
        };
        let others = if marks >> KIND == 2 { citizens } else { others };
        let drifted = drift(regression, *trust, others);
        *trust = if drifted < *ceiling {
            drifted
        } else {
            *ceiling
        };
    }
}

/// t_max ← (1 − κ) t_max + κ (1 − δ) max(t, ½), if that is lower.
fn lowered(rule: &Trust, trust: f64, ceiling: f64) -> f64 {
    let scar = (1.0 - rule.ceiling_loss) * trust.max(0.5);
    ceiling.min((1.0 - rule.lasting) * ceiling + rule.lasting * scar)
}

#[cfg(test)]
mod tests;

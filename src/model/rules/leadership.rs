#![doc = include_str!("leadership.md")]

use crate::math;
use crate::model::forum::{Forum, Seat, act, pair};
use crate::model::stage::{Room, Stage, Table, pair_word, seat_word, word};
use crate::random::uniform;
use crate::registry::mechanisms::{Leadership, LeadershipForm};

/// Those present claim leadership of the item, and grant or refuse each other's claims.
pub fn claim_and_grant(stage: &Stage, table: &mut Table) {
    claim(stage, table);
    match stage.mechanisms.leadership.form {
        LeadershipForm::Independent => grant_each(stage, table),
        LeadershipForm::Single => grant_one(stage, table),
    }
}

fn claim(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.leadership;
    let design = &table.levers.design;
    let begun = design.start.saturating_sub(1);
    let gone = if design.deadline <= begun {
        0.0
    } else {
        f64::from(stage.cycle - begun) / f64::from(design.deadline - begun)
    };
    let ending = rule.claim_ending * gone * gone;
    let silenced = rule.claim_dominance * table.forum.meeting.acts[act::DOMINANCE];
    let Table { forum, room, .. } = table;
    let strongest = room
        .seat
        .iter()
        .map(|seat| room.relative_power[*seat])
        .fold(0.0, f64::max);
    for (at, seat) in room.seat.iter().copied().enumerate() {
        let z = rule.claim_base
            + rule.claim_motivation * (stage.leaders.motivation[room.leader[at]] - 0.5)
            + rule.claim_voice * math::ln(room.voice[at])
            + rule.claim_knowledge * (room.knowledge[at] - rule.knowledge_typical)
            + rule.claim_invited * f64::from(stage.levers.given(room.leader[at]).invited)
            - if room.relative_power[seat] < strongest {
                silenced
            } else {
                0.0
            }
            - ending;
        forum.seats[seat].claimed =
            uniform(room.words.seat(seat, seat_word::CLAIM)) < math::logistic(z);
    }
}

/// Log-odds that `by` grants the claim of `to`, both positions in the room; `followed` stands for
/// what draws followers: relative air time, or grants received before.
fn grant_odds(
    room: &Room,
    rule: &Leadership,
    granted: f64,
    by: usize,
    to: usize,
    followed: f64,
) -> f64 {
    let trust = room.trust[by * room.present() + to];
    rule.grant_base
        + rule.grant_trust * (trust - 0.5)
        + rule.grant_knowledge * (room.knowledge[to] - rule.knowledge_typical)
        + rule.grant_skill * (room.skill[to] - 0.5)
        + if room.kind[by] == room.kind[to] {
            rule.grant_kin
        } else {
            0.0
        }
        + rule.grant_standing * granted
        + rule.grant_voice * math::ln(followed)
}

fn grant_each(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.leadership;
    let Table { forum, room, .. } = table;
    let (n, members) = (room.present(), forum.seats.len());
    for to in 0..n {
        let claimant = room.seat[to];
        if !forum.seats[claimant].claimed {
            continue;
        }
        let mut grants = 0u32;
        for by in (0..n).filter(|by| *by != to) {
            let judge = room.seat[by];
            let granted = f64::from(stage.ties.granted[forum.tie(stage.ties, judge, claimant)]);
            let z = grant_odds(room, rule, granted, by, to, room.voice[to]);
            let yes = uniform(room.drawn[by * n + to][pair_word::GRANT]) < math::logistic(z);
            forum.pairs[judge * members + claimant] |=
                if yes { pair::GRANTED } else { pair::REFUSED };
            grants += u32::from(yes);
        }
        settle(forum, claimant, grants, n);
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a share")]
fn settle(forum: &mut Forum, claimant: usize, grants: u32, present: usize) {
    let seat = &mut forum.seats[claimant];
    seat.grants += grants;
    seat.share_granted = (f64::from(grants) / present.saturating_sub(1).max(1) as f64) as f32;
}

/// One claimant is chosen with softmax weights; all others present grant to it and to nobody else.
fn grant_one(stage: &Stage, table: &mut Table) {
    let rule = &stage.mechanisms.leadership;
    let Table { forum, room, .. } = table;
    let (n, members) = (room.present(), forum.seats.len());
    let weight = |to: usize| {
        let claimant = room.seat[to];
        if !forum.seats[claimant].claimed {
            return 0.0;
        }
        let followed = 1.0 + f64::from(forum.seats[claimant].grants);
        let judges = (0..n).filter(|by| *by != to);
        let sum: f64 = judges
            .map(|by| {
                let granted =
                    f64::from(stage.ties.granted[forum.tie(stage.ties, room.seat[by], claimant)]);
                grant_odds(room, rule, granted, by, to, followed)
            })
            .sum();
        math::exp(sum / (n - 1) as f64)
    };
    let total: f64 = (0..n).map(weight).sum();
    let mut left = uniform(room.words.forum(word::SINGLE)) * total;
    let chosen = (0..n).find(|to| {
        left -= weight(*to);
        left < 0.0
    });
    let Some(chosen) = chosen else { return };
    let leader = room.seat[chosen];
    for by in (0..n).filter(|by| *by != chosen) {
        forum.pairs[room.seat[by] * members + leader] |= pair::GRANTED;
    }
    forum.seats[leader].grants += 1;
    forum.seats[leader].share_granted = 1.0;
}

/// l after one cycle: grants add `granted` of the gap, refusals take `refused` of it; a cycle with
/// neither takes `lapse`.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    reason = "leadership granted is kept short"
)]
pub fn update(rule: &Leadership, leadership: f32, grants: u8, refusals: u8) -> f32 {
    if grants + refusals == 0 {
        let mut lapsed = [leadership];
        lapse(rule, &mut lapsed);
        return lapsed[0];
    }
    let before = f64::from(leadership);
    let change = rule.granted * (1.0 - before) * f64::from(grants)
        - rule.refused * before * f64::from(refusals);
    (before + change).clamp(0.0, 1.0) as f32
}

/// Without a claim or a joint meeting: l (1 − lapse), for all of them.
#[allow(
    clippy::cast_possible_truncation,
    reason = "leadership granted is kept short"
)]
pub fn lapse(rule: &Leadership, leadership: &mut [f32]) {
    let kept = (1.0 - rule.lapse) as f32;
    for leadership in leadership {
        *leadership *= kept;
    }
}

/// Share of grants that claimants of a seat's own kind got in this meeting, on average: what role
/// models show. None where nobody else of the kind claimed.
#[must_use]
pub fn watched(stage: &Stage, forum: &Forum, seat: usize) -> Option<f64> {
    let kind = |seat: &Seat| stage.leaders.kind[seat.leader as usize];
    let own = kind(&forum.seats[seat]);
    let models = forum.seats.iter().enumerate();
    let models = models.filter(|(at, one)| *at != seat && one.claimed && kind(one) == own);
    let (count, sum) = models.fold((0_u32, 0.0), |(count, sum), (_, one)| {
        (count + 1, sum + f64::from(one.share_granted))
    });
    (count > 0).then(|| sum / f64::from(count))
}

/// m after one claim: more grants than expected raise it, fewer lower it; strain dulls both.
#[must_use]
pub fn motivation(rule: &Leadership, motivation: f64, share_granted: f64, strain: f64) -> f64 {
    let surprise = share_granted - rule.expected;
    let room = if surprise > 0.0 {
        1.0 - motivation
    } else {
        motivation
    };
    motivation + rule.motivation_rate * (1.0 - 0.5 * strain) * surprise * room
}

#[cfg(test)]
mod tests;

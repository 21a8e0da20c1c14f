#![doc = include_str!("decision.md")]

use crate::math;
use crate::model::forum::{Decision, TYPICAL_SCALE, act};
use crate::model::leader::distance;
use crate::model::stage::{Stage, Table, seat_word, word};
use crate::random::{happens, uniform};
use crate::registry::places::{ChairKind, Rule};

/// Who supports the proposal, and what the forum's rule makes of that.
pub fn decide(stage: &Stage, table: &mut Table) {
    let token = happens(
        table.room.words.forum(word::TOKEN),
        table.levers.design.token,
    );
    if token {
        table.forum.meeting.decision = Decision::Token;
        return;
    }
    let share = support(stage, table);
    table.forum.meeting.item.support = share;
    let agreed = carried(stage, table, share);
    let imposing = stage.pressure.hierarchy * table.forum.meeting.acts[act::DOMINANCE];
    let imposed = !agreed && happens(table.room.words.forum(word::IMPOSE), imposing);
    table.forum.meeting.item.imposed = imposed;
    table.forum.meeting.decision = match (agreed, imposed) {
        (true, _) => Decision::Agreement,
        (false, true) => Decision::Imposed,
        (false, false) => Decision::Impasse,
    };
    if imposed {
        for seat in &table.room.seat {
            let seat = &mut table.forum.seats[*seat];
            seat.overruled = !seat.supported;
        }
    }
}

/// Marks who supports the proposal; returns their share of those present.
fn support(stage: &Stage, table: &mut Table) -> f64 {
    let rule = &stage.mechanisms.decision;
    let step = table.forum.meeting.item.scale / TYPICAL_SCALE;
    let hardness = math::pow(step, rule.step);
    let side_payment = side_payments(stage, table);
    let mean = mean_payoff(table);
    let Table { forum, room, .. } = table;
    let mut supporters = 0;
    for (at, seat) in room.seat.iter().copied().enumerate() {
        let apart = distance(&room.view[at], &forum.meeting.item.proposal);
        let trusting = room.trusting[at];
        let own = room.payoff[forum.seats[seat].organisation as usize];
        let mut pay =
            rule.payoff * (own - rule.zero_sum * mean) + rule.payoff_shared * (1.0 - rule.zero_sum);
        if pay < 0.0 {
            pay *= 1.0 - rule.give_and_take * trusting;
        }
        let willing = rule.acceptance
            + rule.commitment * stage.leaders.commitment[room.leader[at]]
            + rule.trust * trusting
            - rule.distance * apart * hardness
            + (pay + side_payment) * step;
        let yes = uniform(room.words.seat(seat, seat_word::SUPPORT))
            < math::logistic(willing / rule.temperature);
        forum.seats[seat].supported = yes;
        supporters += usize::from(yes);
    }
    supporters as f64 / room.present() as f64
}

/// Mean payoff ξ over those present.
fn mean_payoff(table: &Table) -> f64 {
    let room = &*table.room;
    let worth = |seat: &usize| room.payoff[table.forum.seats[*seat].organisation as usize];
    room.seat.iter().map(worth).sum::<f64>() / room.present() as f64
}

/// What a member chair can offer from its organisation's resources.
fn side_payments(stage: &Stage, table: &Table) -> f64 {
    match (table.forum.chair, table.forum.chair_seat) {
        (ChairKind::Organic, Some(chair)) if table.forum.seats[chair as usize].present => {
            let leader = table.forum.seats[chair as usize].leader as usize;
            let catalysis = table.forum.meeting.acts[act::CATALYSIS];
            stage.mechanisms.decision.side_payments * catalysis * stage.resources(leader)
        }
        _ => 0.0,
    }
}

/// Whether the forum's rule lets the proposal pass.
fn carried(stage: &Stage, table: &Table, share: f64) -> bool {
    let design = &table.levers.design;
    let room = &*table.room;
    let supported = |seat: &usize| table.forum.seats[*seat].supported;
    match design.rule {
        Rule::Consensus => share >= design.share,
        Rule::Majority => share > 0.5,
        Rule::Power => {
            let power = |leader: &usize| stage.leaders.power[*leader];
            let all: f64 = room.leader.iter().map(power).sum();
            let for_it: f64 = room
                .seat
                .iter()
                .zip(&room.leader)
                .filter(|(seat, _)| supported(seat))
                .map(|(_, leader)| power(leader))
                .sum();
            for_it > 0.5 * all
        }
        Rule::Chair => match table.forum.chair_seat {
            Some(chair) if room.seat.contains(&(chair as usize)) => supported(&(chair as usize)),
            _ => share > 0.5,
        },
    }
}

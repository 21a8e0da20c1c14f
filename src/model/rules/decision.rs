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
    let reaching = stage.pressure.hierarchy * (1.0 - table.levers.delegated);
    let imposing = reaching * table.forum.meeting.acts[act::DOMINANCE];
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
    let zero_sum = rule.zero_sum * (1.0 - table.levers.rewarded_together);
    let Table { forum, room, .. } = table;
    let proposal = forum.meeting.item.proposal.map(f64::from);
    let mut supporters = 0;
    for (at, seat) in room.seat.iter().copied().enumerate() {
        let apart = distance(&room.view[at], &proposal);
        let trusting = room.trusting[at];
        let own = room.payoff[forum.seats[seat].organisation as usize];
        let mut pay = rule.payoff * (own - zero_sum * mean) + rule.payoff_shared * (1.0 - zero_sum);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::{Bench, assert_chance, assert_close, word as drawn};

    /// Two members, .1 from the proposal on either side, and a chair's side payments.
    fn weighing() -> Bench {
        let mut bench = Bench::clinicians(2);
        let rule = &mut bench.mechanisms.decision;
        (rule.acceptance, rule.commitment, rule.trust) = (0.05, 0.12, 0.1);
        (rule.distance, rule.step, rule.temperature) = (1.2, 1.5, 0.25);
        (rule.payoff, rule.payoff_shared, rule.zero_sum) = (0.06, 0.05, 0.4);
        (rule.give_and_take, rule.side_payments) = (0.8, 0.07);
        bench.forum.meeting.acts[act::CATALYSIS] = 0.5;
        bench.forum.meeting.item.scale = 0.5;
        bench.forum.meeting.item.proposal = [0.4; 3];
        bench.levers.organisations[1].resources = 2.0;
        bench.leaders.commitment = vec![0.5, 0.25];
        bench.leaders.view = vec![[0.3; 3], [0.5; 3]];
        bench.chair(ChairKind::Organic, 1);
        bench.come(&[0, 1]);
        bench.room.trusting = vec![0.6, 0.5];
        bench.room.payoff = vec![1.0, -2.0];
        bench
    }

    /// Asserts how willing a member is; .25 is the temperature.
    #[track_caller]
    fn assert_willing(mut bench: Bench, seat: usize, willing: f64) {
        assert_chance(math::logistic(willing / 0.25), |word| {
            *bench.room.words.seat_mut(seat, seat_word::SUPPORT) = word;
            bench.run(decide);
            bench.forum.seats[seat].supported
        });
    }

    #[test]
    fn every_reason_to_support_counts() {
        // Payoffs 1 and -2, mean -.5; steps of two: 1.2·.1·2^1.5 = .339411; side .07·.5·2 = .07.
        // .06(1 + .2) + .05·.6 = .102: .05 + .06 + .06 - .339411 + (.102 + .07)·2
        assert_willing(weighing(), 0, 0.174_589);
        // .06(-2 + .2) + .03 = -.078, less .8·.5 of it: .05 + .03 + .05 - .339411 + (-.0468 + .07)·2
        assert_willing(weighing(), 1, -0.163_011);
    }

    #[test]
    fn side_payments_need_a_member_chair_who_came() {
        for kind in [ChairKind::Appointed, ChairKind::Neutral] {
            let mut bench = weighing();
            bench.forum.chair = kind;
            assert_willing(bench, 0, 0.034_589);
        }
        let mut away = weighing();
        away.come(&[0]);
        away.room.trusting = vec![0.6];
        away.forum.meeting.item.proposal = [0.3; 3];
        // Alone: no distance, no side payment; payoff .06(1 - .4) + .03 = .066.
        assert_willing(away, 0, 0.05 + 0.06 + 0.06 + 0.132);
    }

    #[test]
    fn an_organisation_has_one_payoff() {
        let mut bench = weighing();
        bench.forum.seats[1].organisation = 0;
        // Both 1, mean 1: .06(1 - .4) + .03 = .066.
        assert_willing(bench, 1, 0.05 + 0.03 + 0.05 - 0.339_411 + 0.272);
    }

    /// Four members, of whom the first `ayes` support; powers 5, 1, 1, 1; the second chairs.
    fn voting(ayes: usize) -> Bench {
        let mut bench = Bench::clinicians(4);
        bench.leaders.power = vec![5.0, 1.0, 1.0, 1.0];
        bench.chair(ChairKind::Organic, 1);
        bench.come(&[0, 1, 2, 3]);
        bench.room.payoff = vec![0.0; 4];
        for seat in 0..4 {
            let draw = if seat < ayes { 1e-9 } else { 1.0 - 1e-9 };
            *bench.room.words.seat_mut(seat, seat_word::SUPPORT) = drawn(draw);
        }
        bench
    }

    fn decided(ayes: usize, rule: Rule) -> Decision {
        let mut bench = voting(ayes);
        bench.provides().design.rule = rule;
        bench.provides().design.share = 0.75;
        bench.run(decide);
        assert_close(bench.forum.meeting.item.support, ayes as f64 / 4.0);
        bench.forum.meeting.decision
    }

    #[test]
    fn each_rule_carries_at_its_own_boundary() {
        use Decision::{Agreement, Impasse};
        for (rule, ayes, decision) in [
            (Rule::Consensus, 2, Impasse),
            (Rule::Consensus, 3, Agreement),
            (Rule::Majority, 2, Impasse),
            (Rule::Majority, 3, Agreement),
            (Rule::Power, 0, Impasse),
            (Rule::Power, 1, Agreement),
            (Rule::Chair, 1, Impasse),
            (Rule::Chair, 2, Agreement),
        ] {
            assert_eq!(decided(ayes, rule), decision, "{rule:?} with {ayes} of 4");
        }
        let mut half = voting(1);
        half.leaders.power[0] = 3.0;
        half.provides().design.rule = Rule::Power;
        half.run(decide);
        assert_eq!(half.forum.meeting.decision, Impasse);
    }

    #[test]
    fn without_its_chair_a_majority_decides() {
        for (ayes, decision) in [(1, Decision::Impasse), (2, Decision::Agreement)] {
            let mut bench = voting(ayes);
            bench.provides().design.rule = Rule::Chair;
            bench.chair(ChairKind::Organic, 3);
            bench.come(&[0, 1, 2]);
            bench.run(decide);
            assert_eq!(bench.forum.meeting.decision, decision);
        }
    }

    #[test]
    fn the_hierarchy_ends_an_impasse_by_pressure_times_dominance() {
        let mut bench = voting(1);
        bench.pressure.hierarchy = 0.5;
        bench.forum.meeting.acts[act::DOMINANCE] = 0.4;
        assert_chance(0.2, |word| {
            *bench.room.words.forum_mut(word::IMPOSE) = word;
            for seat in &mut bench.forum.seats {
                seat.overruled = false;
            }
            bench.run(decide);
            let imposed = bench.forum.meeting.decision == Decision::Imposed;
            let overruled: Vec<bool> = bench.forum.seats.iter().map(|s| s.overruled).collect();
            assert_eq!(overruled, [false, imposed, imposed, imposed]);
            assert_eq!(bench.forum.meeting.item.imposed, imposed);
            imposed
        });
        let mut agreed = voting(4);
        agreed.pressure.hierarchy = 1.0;
        agreed.forum.meeting.acts[act::DOMINANCE] = 1.0;
        agreed.run(decide);
        assert_eq!(agreed.forum.meeting.decision, Decision::Agreement);
        assert!(!agreed.forum.meeting.item.imposed);
    }

    #[test]
    fn a_token_item_is_decided_elsewhere() {
        let mut bench = voting(4);
        bench.provides().design.token = 0.3;
        assert_chance(0.3, |word| {
            *bench.room.words.forum_mut(word::TOKEN) = word;
            bench.run(decide);
            bench.forum.meeting.decision == Decision::Token
        });
    }

    #[test]
    fn rewards_that_are_joint_make_it_less_of_a_zero_sum() {
        let mut bench = weighing();
        bench.provides().rewarded_together = 0.5;
        // Zero-sum .2: .06(1 + .1) + .05·.8 = .106: .004 more than before, times two.
        assert_willing(bench, 0, 0.182_589);
    }

    #[test]
    fn less_is_imposed_on_a_forum_with_the_right_to_decide() {
        let mut bench = voting(0);
        bench.pressure.hierarchy = 0.8;
        bench.forum.meeting.acts[act::DOMINANCE] = 0.5;
        bench.provides().delegated = 0.75;
        // .8·.25·.5
        assert_chance(0.1, |word| {
            *bench.room.words.forum_mut(word::IMPOSE) = word;
            bench.run(decide);
            bench.forum.meeting.decision == Decision::Imposed
        });
    }
}

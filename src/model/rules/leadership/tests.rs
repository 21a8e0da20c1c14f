//! Claims, grants and what they leave.

use super::*;
use crate::model::forum::Seat;
use crate::model::rules::testing::{Bench, assert_chance, assert_close, word as drawn};
use crate::registry::leaders::LeaderKind::{Clinician, Manager};

/// Two clinicians and a manager; every term of claims by and grants to the first counts.
fn bench() -> Bench {
    let mut bench = Bench::new(&[Clinician, Clinician, Manager]);
    let rule = &mut bench.mechanisms.leadership;
    (rule.claim_base, rule.claim_motivation, rule.claim_voice) = (0.2, 3.0, 0.5);
    (
        rule.claim_knowledge,
        rule.claim_dominance,
        rule.claim_ending,
    ) = (1.1, 2.0, 4.0);
    (rule.grant_base, rule.grant_trust, rule.grant_knowledge) = (-0.5, 2.8, 1.2);
    (rule.grant_skill, rule.grant_kin) = (0.9, 0.6);
    (rule.grant_standing, rule.grant_voice) = (1.1, 1.3);
    rule.knowledge_typical = 0.75;
    bench.leaders.motivation[0] = 0.7;
    bench.leaders.skill[0] = 0.7;
    bench.cycle = 3;
    bench.provides().design.deadline = 12;
    bench.forum.meeting.acts[act::DOMINANCE] = 0.15;
    bench.trust(1, 0, 0.8);
    bench.granted(1, 0, 0.3);
    bench.come(&[0, 1, 2]);
    // ln .8 = -.223144
    bench.room.voice = vec![0.8, 1.0, 1.2];
    bench.room.knowledge = vec![0.95, 0.75, 0.75];
    bench.room.relative_power = vec![0.9, 1.1, 1.0];
    bench
}

#[track_caller]
fn assert_claims(mut bench: Bench, z: f64) {
    assert_chance(math::logistic(z), |word| {
        *bench.room.words.seat_mut(0, seat_word::CLAIM) = word;
        bench.run(claim);
        bench.forum.seats[0].claimed
    });
}

#[test]
fn every_reason_to_claim_counts() {
    // .2 + 3·.2 + .5·ln .8 + 1.1·.2 - 2·.15 - 4·(3/12)²
    assert_claims(bench(), 0.358_428);
    let mut strongest = bench();
    strongest.room.relative_power[0] = 1.1;
    assert_claims(strongest, 0.658_428);
    let mut absent = bench();
    absent.come(&[0, 2]);
    absent.room.voice = vec![0.8, 1.2];
    absent.room.knowledge = vec![0.95, 0.75];
    absent.room.relative_power = vec![0.9, 1.1, 0.8];
    // The strongest of those present: the second stayed away.
    assert_claims(absent, 0.658_428);
    let mut lasting = bench();
    lasting.provides().design.deadline = 0;
    assert_claims(lasting, 0.608_428);
}

/// The first claims; asserts the log-odds with which `judge` grants it.
#[track_caller]
fn assert_grants(mut bench: Bench, judge: usize, z: f64) {
    bench.forum.seats[0].claimed = true;
    let stands = judge * 3;
    assert_chance(math::logistic(z), |word| {
        *bench.room.pair_mut(judge, 0, pair_word::GRANT) = word;
        bench.forum.pairs = vec![0; 9];
        bench.run(grant_each);
        let passed = bench.forum.pairs[stands];
        assert!(passed == pair::GRANTED || passed == pair::REFUSED);
        passed == pair::GRANTED
    });
}

#[test]
fn every_reason_to_grant_counts() {
    // -.5 + 2.8·.3 + 1.2·.2 + .9·.2 + .6 + 1.1·.3 + 1.3·ln .8
    assert_grants(bench(), 1, 1.399_913);
    let mut distant = bench();
    distant.room.trust[6] = 0.4;
    // Across kinds, trust .4, nothing granted before: -.5 - .28 + .24 + .18 + 1.3·ln .8
    assert_grants(distant, 2, -0.650_087);
}

fn draw_grants(bench: &mut Bench, draws: [[f64; 3]; 3]) {
    for (judge, row) in draws.into_iter().enumerate() {
        for (claimant, draw) in row.into_iter().enumerate().filter(|(to, _)| *to != judge) {
            *bench.room.pair_mut(judge, claimant, pair_word::GRANT) = drawn(draw);
        }
    }
}

#[test]
fn claims_are_settled_one_by_one() {
    let mut bench = bench();
    bench.forum.seats[0].claimed = true;
    bench.forum.seats[2].claimed = true;
    bench.forum.seats[0].grants = 4;
    draw_grants(
        &mut bench,
        [[0.5, 0.5, 0.001], [0.001, 0.5, 0.001], [0.999, 0.5, 0.5]],
    );
    bench.run(grant_each);
    let (yes, no) = (pair::GRANTED, pair::REFUSED);
    assert_eq!(bench.forum.pairs, [0, 0, yes, yes, 0, yes, no, 0, 0]);
    let settled = |seat: &Seat| (seat.grants, seat.share_granted);
    let found: Vec<_> = bench.forum.seats.iter().map(settled).collect();
    assert_eq!(found, [(5, 0.5), (0, 0.0), (2, 1.0)]);
}

#[test]
fn the_form_decides_how_grants_are_made() {
    let mut bench = bench();
    bench.mechanisms.leadership.claim_base = 20.0;
    draw_grants(&mut bench, [[0.999; 3]; 3]);
    bench.run(claim_and_grant);
    assert!(bench.forum.seats.iter().all(|seat| seat.claimed));
    assert_eq!(
        bench
            .forum
            .pairs
            .iter()
            .filter(|byte| **byte == pair::REFUSED)
            .count(),
        6
    );
    bench.mechanisms.leadership.form = LeadershipForm::Single;
    bench.forum.pairs = vec![0; 9];
    bench.run(claim_and_grant);
    assert_eq!(
        bench
            .forum
            .pairs
            .iter()
            .filter(|byte| **byte == pair::GRANTED)
            .count(),
        2
    );
    assert!(bench.forum.pairs.iter().all(|byte| *byte != pair::REFUSED));
}

#[test]
fn a_single_leader_is_drawn_by_mean_odds() {
    let mut bench = bench();
    bench.mechanisms.leadership.form = LeadershipForm::Single;
    bench.forum.seats[0].claimed = true;
    bench.forum.seats[2].claimed = true;
    bench.forum.seats[0].grants = 3;
    bench.room.trust = vec![0.5; 9];
    bench.room.trust[3] = 0.8;
    // The first: 1.3·ln 4 + 1.2·.2 + .9·.2 - .5 = 1.722183 from both, the second adds
    // 2.8·.3 + .6 + 1.1·.3 = 1.77: on average 2.607183. The third: -.5 and nothing else.
    // e^2.607183 / (e^2.607183 + e^-.5) = σ(3.107183)
    assert_chance(math::logistic(3.107_183), |word| {
        *bench.room.words.forum_mut(word::SINGLE) = word;
        bench.forum.pairs = vec![0; 9];
        bench.forum.seats[0].grants = 3;
        bench.run(grant_one);
        let first = bench.forum.pairs == [0, 0, 0, pair::GRANTED, 0, 0, pair::GRANTED, 0, 0];
        let third = bench.forum.pairs == [0, 0, pair::GRANTED, 0, 0, pair::GRANTED, 0, 0, 0];
        assert!(first || third);
        assert_eq!(bench.forum.seats[0].grants, if first { 4 } else { 3 });
        first
    });
    assert_eq!(bench.forum.seats[2].share_granted, 1.0);
}

#[test]
fn without_claims_nobody_leads() {
    for rule in [grant_each, grant_one] {
        let mut bench = bench();
        bench.run(rule);
        assert_eq!(bench.forum.pairs, [0; 9]);
    }
}

#[test]
fn leadership_grows_with_grants_and_lapses_without_claims() {
    let rule = Leadership {
        granted: 0.4,
        refused: 0.3,
        lapse: 0.14,
        ..Leadership::default()
    };
    // .5 + .4·.5 - .3·.5·2
    assert_close(update(&rule, 0.5, 1, 2).into(), 0.4);
    assert_close(update(&rule, 0.2, 1, 0).into(), 0.52);
    assert_close(update(&rule, 0.2, 0, 1).into(), 0.14);
    assert_close(update(&rule, 0.5, 0, 0).into(), 0.43);
    assert_close(update(&rule, 0.1, 3, 0).into(), 1.0);
    assert_close(update(&rule, 0.9, 0, 4).into(), 0.0);
}

#[test]
fn motivation_follows_the_share_granted_beyond_what_was_expected() {
    let rule = Leadership {
        motivation_rate: 0.2,
        expected: 0.35,
        ..Leadership::default()
    };
    // .6 + .2·(1 - .5·.4)·.4·(1 - .6) and .6 - .2·.8·.25·.6
    assert_close(motivation(&rule, 0.6, 0.75, 0.4), 0.6256);
    assert_close(motivation(&rule, 0.6, 0.1, 0.4), 0.576);
    assert_close(motivation(&rule, 0.6, 0.35, 0.4), 0.6);
}

#[test]
fn who_is_asked_to_lead_claims_more_readily() {
    let mut invited = bench();
    invited.mechanisms.leadership.claim_invited = 1.5;
    invited.levers.given = vec![crate::model::levers::Given::default(); 3];
    invited.levers.given[0].invited = 0.4;
    invited.levers.given[1].invited = 9.0;
    // 1.5·.4 more
    assert_claims(invited, 0.958_428);
}

#[test]
fn a_forum_that_began_later_ends_as_late_a_part_of_its_life() {
    let mut later = bench();
    later.cycle = 6;
    later.provides().design.start = 4;
    later.provides().design.deadline = 15;
    // (6 - 3)/(15 - 3), as 3/12.
    assert_claims(later, 0.358_428);
}

#[test]
fn role_models_are_claimants_of_ones_own_kind() {
    let mut bench = Bench::new(&[Clinician, Clinician, Clinician, Manager]);
    for (seat, share) in [(1, 0.2), (2, 0.7), (3, 0.9)] {
        bench.forum.seats[seat].claimed = true;
        bench.forum.seats[seat].share_granted = share;
    }
    let seen = |bench: &Bench, seat| watched(&bench.stage(), &bench.forum, seat);
    assert_close(seen(&bench, 0).unwrap(), 0.45);
    // Nobody watches itself.
    assert_close(seen(&bench, 1).unwrap(), 0.7);
    assert_eq!(seen(&bench, 3), None);
    bench.forum.seats[2].claimed = false;
    assert_close(seen(&bench, 0).unwrap(), 0.2);
}

//! Trust against hand-worked values.

use super::*;
use crate::model::levers::Given;
use crate::model::rules::testing::{Bench, assert_close, word};
use crate::model::stage::pair_word;
use crate::registry::leaders::LeaderKind;

/// Three members; every term of the first one's view of the second,
/// who chairs, counts.
fn bench() -> Bench {
    let mut bench = Bench::clinicians(3);
    let rule = &mut bench.mechanisms.trust;
    (rule.base, rule.skill, rule.language, rule.distance) = (0.9, 1.2, 1.1, 3.0);
    (rule.mediation, rule.confirmation, rule.fairness) = (0.5, 1.3, 0.9);
    (rule.pressure, rule.strain, rule.competition) = (0.5, 0.6, 0.7);
    (rule.agenda, rule.contact, rule.opportunities) = (3.0, 0.9, 1);
    rule.between_meetings = 0.5;
    bench.mechanisms.decision.agenda = 0.4;
    bench.pressure.hierarchy = 0.4;
    bench.levers.context.competition = 0.6;
    bench.leaders.skill = vec![0.6, 0.7, 0.1];
    bench.leaders.strain = vec![0.3, 0.8, 0.9];
    let acts = &mut bench.forum.meeting.acts;
    (acts[act::MEDIATION], acts[act::RELATIONAL]) = (0.4, 0.6);
    bench.forum.meeting.fairness = 0.7;
    bench.forum.chair_seat = Some(1);
    bench.come(&[0, 1, 2]);
    let room = &mut bench.room;
    (room.voice[1], room.language[1]) = (0.8, 0.7);
    (room.distance[1], room.trust[1]) = (0.1, 0.8);
    bench
}

/// Asserts what passes from the first to the second at a chance and beyond it.
#[track_caller]
fn assert_passes(mut bench: Bench, at: usize, chance: f64, below: u8, above: u8) {
    for (draw, expected) in [(chance - 1e-6, below), (chance + 1e-6, above)] {
        for other in [
            pair_word::MEETING,
            pair_word::MEETING + 1,
            pair_word::BETWEEN,
        ] {
            *bench.room.pair_mut(0, 1, other) = word(0.999_999);
        }
        *bench.room.pair_mut(0, 1, at) = word(draw);
        bench.forum.pairs = vec![0; 9];
        bench.run(encounter);
        assert_eq!(bench.forum.pairs[1], expected, "at {draw}");
    }
}

const GOOD: u8 = 1;

#[test]
fn every_term_of_an_encounter_counts() {
    // .9 + 1.2(.6 + .7 - 1) + 1.1(.7 - 1) - 3·.1(1 - .5·.4) + 1.3·.3 + .9·.2 - .5·.4 - .6·.3
    // - .7·.6 - 3·.4·.1·.2 = .436; met with chance .8·.9.
    let good = math::logistic(0.436);
    assert_passes(
        bench(),
        pair_word::MEETING,
        0.72 * good,
        GOOD,
        pair::ONE_BAD,
    );
    assert_passes(bench(), pair_word::MEETING, 0.72, pair::ONE_BAD, 0);
    // Between meetings .5·.6 instead.
    assert_passes(
        bench(),
        pair_word::BETWEEN,
        0.3 * good,
        GOOD,
        pair::HEARD_BAD,
    );
    assert_passes(bench(), pair_word::BETWEEN, 0.3, pair::HEARD_BAD, 0);
}

#[test]
fn agenda_counts_for_a_chair_present_and_rivalry_across_organisations() {
    let mut plain = bench();
    plain.forum.chair_seat = None;
    let good = math::logistic(0.46);
    assert_passes(plain, pair_word::MEETING, 0.72 * good, GOOD, pair::ONE_BAD);
    let mut other = bench();
    other.forum.chair_seat = Some(0);
    assert_passes(other, pair_word::MEETING, 0.72 * good, GOOD, pair::ONE_BAD);
    let mut colleagues = bench();
    colleagues.room.organisation[1] = 0;
    let good = math::logistic(0.856);
    assert_passes(
        colleagues,
        pair_word::MEETING,
        0.72 * good,
        GOOD,
        pair::ONE_BAD,
    );
}

#[test]
fn colleagues_do_not_meet_between_meetings() {
    let mut bench = bench();
    bench.room.organisation[1] = 0;
    assert_passes(bench, pair_word::BETWEEN, 0.000_002, 0, 0);
}

#[test]
fn a_meeting_gives_as_many_chances_as_it_has_opportunities() {
    for (opportunities, passed) in [(0, 0), (1, GOOD), (2, 2 * GOOD)] {
        let mut bench = bench();
        bench.mechanisms.trust.opportunities = opportunities;
        bench.mechanisms.trust.between_meetings = 0.0;
        for at in 0..3 {
            *bench.room.pair_mut(0, 1, pair_word::MEETING + at) = 0;
        }
        bench.run(encounter);
        assert_eq!(bench.forum.pairs[1], passed);
    }
    // Each opportunity has a word of its own.
    let mut two = bench();
    two.mechanisms.trust.opportunities = 2;
    two.mechanisms.trust.between_meetings = 0.0;
    *two.room.pair_mut(0, 1, pair_word::MEETING) = 0;
    *two.room.pair_mut(0, 1, pair_word::MEETING + 1) = word(0.71);
    two.run(encounter);
    assert_eq!(two.forum.pairs[1], GOOD | pair::ONE_BAD);
    // Much air time makes an encounter certain, not more.
    let mut loud = bench();
    loud.room.voice[1] = 3.0;
    let good = math::logistic(0.436);
    assert_passes(loud, pair_word::MEETING, good, GOOD, pair::ONE_BAD);
}

#[test]
fn a_broken_promise_is_seen_by_those_present_or_by_all() {
    let mut bench = bench();
    bench.come(&[0, 1]);
    bench.run(|_, table| break_promise(table, 1, true));
    assert_eq!(bench.forum.pairs, [0, pair::BROKEN, 0, 0, 0, 0, 0, 0, 0]);
    bench.run(|_, table| break_promise(table, 1, false));
    assert_eq!(
        bench.forum.pairs,
        [0, pair::BROKEN, 0, 0, 0, 0, 0, pair::BROKEN, 0]
    );
    let broke: Vec<bool> = bench.forum.seats.iter().map(|seat| seat.broke).collect();
    assert_eq!(broke, [false, true, false]);
}

/// Rates .1, .2 and .15; a scar of .6 at half lasting.
fn rule() -> Trust {
    Trust {
        gain: 0.1,
        loss_ratio: 2.0,
        hearsay_ratio: 1.5,
        ceiling_loss: 0.4,
        lasting: 0.5,
        regression: 0.05,
        ..Trust::default()
    }
}

/// What passed on a tie under a rule: encounters in forums, packed, and parts of one for wins and
/// failures.
fn passed(rule: &Trust, packed: &[u8], shared: Option<(f64, f64)>) -> Passed {
    let rates = Rates::new(rule);
    let mut passed = Passed::default();
    for one in packed {
        passed.add(&rates, *one);
    }
    if let Some((won, failed)) = shared {
        passed.share(&rates.shared(won, failed));
    }
    passed
}

#[track_caller]
fn assert_updates(rule: &Trust, start: (f32, f32), passed: &Passed, expected: (f64, f64)) {
    let (trust, ceiling) = update(rule, &Rates::new(rule), start, 0.9, passed);
    assert_close(trust.into(), expected.0);
    assert_close(ceiling.into(), expected.1);
}

#[test]
fn encounters_close_the_gap_or_take_a_share() {
    let rule = rule();
    let whole = (2 * GOOD) | pair::ONE_BAD | pair::HEARD_BAD;
    // (.9 - .4·.9²)·.8·.85, in one forum or in three.
    let expected = (0.391_68, 0.9);
    assert_updates(&rule, (0.5, 0.9), &passed(&rule, &[whole], None), expected);
    let parts = [GOOD, GOOD | pair::ONE_BAD, pair::HEARD_BAD];
    assert_updates(&rule, (0.5, 0.9), &passed(&rule, &parts, None), expected);
    // Two bad encounters: .5·.8².
    let bad = passed(&rule, &[2 * pair::ONE_BAD], None);
    assert_updates(&rule, (0.5, 0.9), &bad, (0.32, 0.9));
    // Parts of an encounter: .9 - .4·.9^.5, and .5·.8^.25.
    let won = passed(&rule, &[], Some((0.5, 0.0)));
    assert_updates(&rule, (0.5, 0.9), &won, (0.520_527, 0.9));
    let failed = passed(&rule, &[], Some((0.0, 0.25)));
    assert_updates(&rule, (0.5, 0.9), &failed, (0.472_871, 0.9));
    let heard = passed(&rule, &[pair::HEARD_BAD], None);
    assert_updates(&rule, (0.5, 0.9), &heard, (0.425, 0.9));
}

#[test]
fn what_passed_is_counted() {
    let seen = [
        (2 * GOOD) | pair::ONE_BAD | pair::GRANTED,
        pair::HEARD_BAD | pair::REFUSED,
        pair::GRANTED | pair::BROKEN,
    ];
    let all = passed(&rule(), &seen, None);
    assert_eq!((all.good, all.encounters), (2, 4));
    assert_eq!((all.grants, all.refusals), (2, 1));
    assert!(all.met && all.broken && all.touched);
    let asked = passed(&rule(), &[pair::GRANTED], None);
    assert!(asked.touched && !asked.met && !asked.broken);
}

#[test]
fn without_contact_trust_drifts_to_generalised_trust() {
    assert_close(drift(0.05, 0.5, 0.9).into(), 0.52);
    // .5 + .05·(.9 - .5), but not beyond the ceiling
    assert_updates(&rule(), (0.5, 0.9), &Passed::default(), (0.52, 0.9));
    assert_updates(&rule(), (0.5, 0.51), &Passed::default(), (0.51, 0.51));
    let off = Trust {
        regression: 0.0,
        ..rule()
    };
    assert_updates(&off, (0.5, 0.9), &Passed::default(), (0.5, 0.9));
}

#[test]
fn a_row_drifts_to_what_is_held_of_each_kind() {
    let mut trust = [0.5, 0.5, 0.5, 0.5];
    let ceiling = [1.0, 1.0, 1.0, 0.51];
    let marks = [0, 1, 2, 1].map(|kind| kind << KIND | 3);
    drift_all(&rule(), &mut trust, &ceiling, &marks, [0.3, 0.9, 0.7]);
    for (found, expected) in trust.iter().zip([0.49, 0.52, 0.51, 0.51]) {
        assert_close((*found).into(), expected);
    }
}

#[test]
fn a_broken_promise_lowers_the_ceiling_and_counts_as_one_bad_encounter() {
    let broken = &passed(&rule(), &[pair::BROKEN], None);
    // .5·.9 + .5·.6·.7 = .66; .7·.8
    assert_updates(&rule(), (0.7, 0.9), broken, (0.56, 0.66));
    // Low trust: the scar is of one half, .5·.9 + .5·.6·.5.
    assert_updates(&rule(), (0.3, 0.9), broken, (0.24, 0.6));
    // A ceiling that is already lower stays: .5·.2 + .5·.3 = .25.
    assert_updates(&rule(), (0.1, 0.2), broken, (0.08, 0.2));
    let off = Trust {
        lasting: 0.0,
        ..rule()
    };
    assert_updates(&off, (0.7, 0.9), broken, (0.56, 0.9));
}

#[test]
fn a_loss_of_everything_leaves_nothing() {
    let steep = Trust {
        gain: 0.5,
        loss_ratio: 3.0,
        ..rule()
    };
    let bad = &passed(&steep, &[pair::ONE_BAD], None);
    assert_updates(&steep, (0.5, 0.9), bad, (0.0, 0.9));
}

#[test]
fn beta_trust_is_the_share_of_good_encounters_among_those_remembered() {
    let rule = Trust {
        form: TrustForm::Beta,
        memory: 8.0,
        ..Trust::default()
    };
    let rates = Rates::new(&rule);
    let mut passed = Passed::default();
    // Two good, one bad, one bad word.
    passed.add(&rates, 2 | pair::ONE_BAD | pair::HEARD_BAD);
    let (trust, ceiling) = update(&rule, &rates, (0.5, 1.0), 0.2, &passed);
    assert_close(trust.into(), (8.0 * 0.5 + 2.0) / 12.0);
    assert_close(ceiling.into(), 1.0);
    passed.share(&rates.shared(0.5, 0.25));
    let (trust, _) = update(&rule, &rates, (0.5, 1.0), 0.2, &passed);
    assert_close(trust.into(), (4.0 + 2.5) / (8.0 + 2.5 + 2.25));
    passed.broken = true;
    let lasting = Trust {
        ceiling_loss: 0.1,
        ..rule
    };
    let (trust, ceiling) = update(&lasting, &rates, (0.4, 1.0), 0.2, &passed);
    // (8·.4 + 2.5)/(8 + 2.5 + 3.25) is below the scar, .9·.5.
    assert_close(trust.into(), 5.7 / 13.75);
    assert_close(ceiling.into(), 0.45);
}

#[test]
fn repair_lifts_low_trust_to_even_and_ceilings_toward_one() {
    let (mut trust, mut ceiling) = ([0.2, 0.7, 0.1], [0.8, 0.9, 0.12]);
    repair(0.25, &mut trust, &mut ceiling);
    for (found, expected) in trust.iter().zip([0.275, 0.7, 0.2]) {
        assert_close((*found).into(), expected);
    }
    for (found, expected) in ceiling.iter().zip([0.85, 0.925, 0.34]) {
        assert_close((*found).into(), expected);
    }
}

#[test]
fn pairs_meet_elsewhere_by_what_interventions_give_both() {
    let mut bench = Bench::new(&[LeaderKind::Clinician, LeaderKind::Manager]);
    bench.mechanisms.trust.between_meetings = 0.5;
    let chances = |bench: &Bench, kin, across| between(&bench.stage(), 0.4, [0, 1], (kin, across));
    assert_eq!(chances(&bench, false, true), (0.2, 0.2));
    bench.levers.given = vec![Given::default(); 2];
    assert_eq!(chances(&bench, false, true), (0.2, 0.2));
    bench.levers.given[0].paired = 0.8;
    assert_eq!(chances(&bench, false, true), (0.2, 0.2), "it takes both");
    bench.levers.given[1].paired = 0.5;
    // .2 and, of what is left, .5·.8·.5
    assert_close(chances(&bench, false, true).0, 0.36);
    assert_close(chances(&bench, true, true).0, 0.2);
    for given in &mut bench.levers.given {
        *given = Given {
            co_located: 0.5,
            practised: 0.8,
            ..Given::default()
        };
    }
    let (risky, met) = chances(&bench, true, true);
    assert_close(risky, 0.2 + 0.8 * 0.125);
    assert_close(met, 0.3 + 0.7 * 0.32);
    // Within an organisation nobody is shared an office with.
    assert_close(chances(&bench, true, false).0, 0.2);
}

#[test]
fn errors_of_practice_cost_nothing() {
    // Risky up to .3, of which .24 goes well; practice up to .5, of which .16 does.
    for (drawn, expected) in [
        (0.23, 1),
        (0.25, pair::HEARD_BAD),
        (0.45, 1),
        (0.47, 0),
        (0.6, 0),
    ] {
        assert_eq!(
            meet_elsewhere(word(drawn), (0.3, 0.5), 0.8),
            expected,
            "{drawn}"
        );
    }
}

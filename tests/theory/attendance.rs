//! C1 against discrete choice with social interactions.

use crate::go;
use crate::support::{baseline, know, one_forum, quiet, set};
use commonground::model::forum::Decision;
use commonground::model::setup::Setup;
use commonground::model::world::World;
use commonground::registry::leaders::Attribute;

/// Attendance by habit alone, with Brock & Durlauf's β = 2 and J = 1: habit 2 β J, base 2 β h.
fn habitual(leaders: u32, h: f64, start: f64) -> Setup {
    let mut setup = one_forum(leaders);
    quiet(&mut setup);
    set(&mut setup, "mechanisms.convening.habit", 4.0);
    set(&mut setup, "mechanisms.convening.base", 4.0 * h);
    set(&mut setup, "mechanisms.convening.start_attendance", start);
    setup
}

/// Mean of m = 2A − 1 over the last cycles.
fn settled(setup: &Setup) -> f64 {
    let mut world = World::new(setup, 1, 0);
    go(&mut world, 20);
    let mut sum = 0.0;
    for _ in 0..20 {
        go(&mut world, 1);
        let seats = &world.forums[0].seats;
        let came = seats.iter().filter(|seat| seat.present).count();
        sum += 2.0 * came as f64 / seats.len() as f64 - 1.0;
    }
    sum / 20.0
}

/// m = tanh(β (h + J m)): roots as in evidence 4.6. 300 leaders, 20 months: standard error of m
/// below .01 at these roots.
#[test]
fn brock_durlauf_roots() {
    for (h, start, expected) in [
        (0.0, 1.0, 0.958),
        (0.0, 0.0, -0.958),
        (0.1, 0.2, -0.930),
        (0.1, 0.6, 0.973),
        (0.3, 0.0, 0.988),
    ] {
        let found = settled(&habitual(300, h, start));
        assert!(
            (found - expected).abs() < 0.03,
            "h = {h} from {start}: {found}, not {expected}"
        );
    }
}

/// Hysteresis is lost beyond |h_c| = .2664: below it history decides, above it only h.
#[test]
fn hysteresis_edge() {
    assert!(
        settled(&habitual(300, -0.2, 1.0)) > 0.7,
        "inside the edge a full forum stays full"
    );
    assert!(
        settled(&habitual(300, -0.33, 1.0)) < -0.7,
        "outside it empties"
    );
    assert!(
        settled(&habitual(300, 0.2, 0.0)) < -0.7,
        "inside the edge an empty forum stays empty"
    );
}

/// Granovetter 1978: thresholds 0, 1 ... 99 draw in all 100; with 2 instead of 1 only one comes.
#[test]
fn granovetter_cascade() {
    for (second, expected) in [(1.0, 100), (2.0, 1)] {
        let mut setup = habitual(100, 0.0, 0.0);
        for organisation in &mut setup.organisations {
            organisation.terms.interdependence = 0.0;
            organisation.terms.outside_option = 0.0;
            organisation.terms.mandate = 0.0;
        }
        for key in [
            "trust",
            "mandate",
            "pull",
            "satiation",
            "load",
            "fatigue",
            "grievance",
        ] {
            set(&mut setup, &format!("mechanisms.convening.{key}"), 0.0);
        }
        // z = 4000 (A − threshold) + 20: thresholds enter by commitment 1 − threshold.
        set(&mut setup, "mechanisms.convening.sensitivity", 4000.0);
        set(&mut setup, "mechanisms.convening.commitment", 1.0);
        set(&mut setup, "mechanisms.convening.habit", 2000.0);
        set(&mut setup, "mechanisms.convening.base", -1980.0);
        for at in 0..100_u32 {
            let threshold = if at == 1 { second } else { f64::from(at) };
            know(
                &mut setup,
                at as usize,
                Attribute::Commitment,
                1.0 - threshold / 100.0,
            );
        }
        let mut world = World::new(&setup, 1, 0);
        go(&mut world, 110);
        let came = world.forums[0]
            .seats
            .iter()
            .filter(|seat| seat.present)
            .count();
        assert_eq!(came, expected);
    }
}

/// Forums share a room: where one does not meet this month, nobody of another forum is in its seats.
#[test]
fn forums_of_different_rhythm_and_size_meet_side_by_side() {
    let mut setup = baseline();
    for forum in setup.forums.iter_mut().skip(1) {
        forum.design.rhythm = 2;
    }
    let mut world = World::new(&setup, 1, 0);
    for cycle in 0..6 {
        go(&mut world, 1);
        for (index, forum) in world.forums.iter().enumerate() {
            let due = index == 0 || cycle % 2 == 0;
            assert_eq!(forum.meeting.decision != Decision::NoMeeting, due);
        }
    }
}

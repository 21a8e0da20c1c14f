use super::*;
use crate::measure::RUN;

fn outcome(name: &str) -> &'static Outcome {
    RUN.iter().find(|outcome| outcome.name == name).unwrap()
}

/// Ten runs at each look: `look` of the run's number.
fn seen(half: fn(f64) -> f64, whole: fn(f64) -> f64, double: fn(f64) -> f64) -> Seen {
    let of = |look: fn(f64) -> f64| (0..10).map(|run| look(f64::from(run))).collect();
    Seen {
        half: of(half),
        whole: of(whole),
        double: of(double),
        stays: vec![f64::NAN; 10],
    }
}

fn found(name: &str, seen: &Seen, smallest: f64) -> Vec<Flag> {
    flags(outcome(name), seen, seen, smallest)
}

#[test]
fn totals_that_grow_in_nearly_every_run_are_monotone() {
    let grown = |wins: fn(f64) -> f64| found("wins", &seen(|_| 1.0, |_| 2.0, wins), 9.0);
    // Nine of ten grow at both steps; then eight.
    assert_eq!(
        grown(|run| if run < 9.0 { 3.0 } else { 2.0 }),
        [Flag::Monotone]
    );
    assert_eq!(grown(|run| if run < 8.0 { 3.0 } else { 2.0 }), []);
    // What is no total may grow in every run and is not called one.
    let trust = seen(
        |run| 0.1 + 0.01 * run,
        |run| 0.2 + 0.01 * run,
        |run| 0.3 + 0.01 * run,
    );
    assert_eq!(found("trust_end", &trust, 9.0), []);
    // With half the horizon left out the last step counts alone.
    let late = Seen {
        half: vec![f64::NAN; 10],
        ..seen(|_| 0.0, |_| 2.0, |run| 3.0 + run)
    };
    assert_eq!(found("wins", &late, 99.0), [Flag::Monotone]);
}

/// Range 0 to 1: within .01 of an end in nine runs of ten.
#[test]
fn outcomes_at_the_end_of_their_range_are_saturated() {
    let at = |whole: fn(f64) -> f64| found("trust_end", &seen(|_| 0.5, whole, |_| 0.5), 9.0);
    assert_eq!(
        at(|run| if run < 9.0 { 0.995 } else { 0.5 }),
        [Flag::Saturated]
    );
    assert_eq!(at(|run| if run < 8.0 { 0.995 } else { 0.5 }), []);
    assert_eq!(at(|_| 0.005), [Flag::Saturated]);
    assert_eq!(at(|run| 0.98 - 0.01 * run), []);
    // A count has but a lower end, exactly; a yes or no may not be nearly one.
    let never = seen(|_| 0.0, |_| 0.0, |_| 0.0);
    assert_eq!(found("dropped", &never, 9.0), [Flag::Saturated]);
    assert_eq!(
        found("success", &seen(|_| 1.0, |_| 1.0, |_| 1.0), 9.0),
        [Flag::Saturated]
    );
}

/// Half: 0 to .9 in steps of .1, ten times each, sd .289. The whole: the same deviations from .45, times
/// .49. Their changes have mean 0 and sd .147, so that the 90 % interval is ±.024: within .2 · .289 =
/// .058, which .1 is not.
#[test]
fn runs_that_come_together_are_saturated() {
    let spread = |times: f64, shift: f64| {
        // A hundred runs: the ten, ten times each.
        let half: Vec<f64> = (0..100).map(|run| 0.1 * f64::from(run % 10)).collect();
        let whole = half
            .iter()
            .map(|one| 0.45 + shift + times * (one - 0.45))
            .collect();
        Seen {
            half,
            whole,
            double: vec![f64::NAN; 100],
            stays: vec![f64::NAN; 100],
        }
    };
    assert_eq!(
        found("trust_end", &spread(0.49, 0.0), 9.0),
        [Flag::Saturated]
    );
    assert_eq!(found("trust_end", &spread(0.52, 0.0), 9.0), []);
    // Together, and somewhere else: not at rest.
    assert_eq!(found("trust_end", &spread(0.49, 0.1), 9.0), []);
}

#[test]
fn a_yes_that_is_never_taken_back_is_absorbing() {
    let yes = |is: bool| f64::from(u8::from(is));
    let of = |runs: &[[bool; 3]]| {
        let look = |at: usize| runs.iter().map(|run| yes(run[at])).collect();
        let seen = Seen {
            half: look(0),
            whole: look(1),
            double: look(2),
            stays: vec![f64::NAN; runs.len()],
        };
        found("collapse", &seen, 9.0).contains(&Flag::Absorbing)
    };
    let (early, late, never) = ([true; 3], [false, true, true], [false; 3]);
    assert!(of(&[early, late, late, never, never]));
    // Two runs are too few; where none came later nobody knows; one of three left it again.
    assert!(!of(&[early, late, never, never]));
    assert!(!of(&[early, early, early, never, never]));
    assert!(!of(&[early, late, [true, true, false], never]));
    assert!(!of(&[early, late, [true, false, true], never]));
}

#[test]
fn a_series_that_rests_at_its_end_is_absorbing() {
    let of = |stays: &[f64]| {
        let seen = Seen {
            stays: stays.to_vec(),
            ..seen(|_| 0.5, |_| 0.5, |_| 0.5)
        };
        found("attendance", &seen, 9.0)
    };
    let never = f64::NAN;
    assert_eq!(of(&[1.0, 1.0, 1.0, never, never]), [Flag::Absorbing]);
    assert_eq!(of(&[1.0, 1.0, never, never, never]), []);
    assert_eq!(of(&[1.0, 1.0, 1.0, 0.0, never]), []);
}

/// Changes of .30, .31, ... .39 have mean .345, sd .030277 and an interval of ±.02166: from .3233.
#[test]
fn what_goes_on_after_the_horizon_is_drifting() {
    let trust = seen(|_| 0.2, |_| 0.2, |run| 0.5 + 0.01 * run);
    assert_eq!(found("trust_end", &trust, 0.323), [Flag::Drifting]);
    assert_eq!(found("trust_end", &trust, 0.324), []);
    let falling = seen(|_| 0.9, |_| 0.9, |run| 0.6 - 0.01 * run);
    assert_eq!(found("trust_end", &falling, 0.323), [Flag::Drifting]);
    // What happened before the horizon is no drift.
    let settled = seen(|_| 0.2, |run| 0.5 + 0.01 * run, |run| 0.5 + 0.01 * run);
    assert_eq!(found("trust_end", &settled, 0.1), []);
}

/// Yeses in 1, 5 and 5 of ten runs: the change .4 has sd .5164 and an interval of ±.3694.
#[test]
fn thresholds_that_some_pass_later_are_moving() {
    let early = seen(
        |run| f64::from(u8::from(run < 1.0)),
        |run| f64::from(u8::from(run < 5.0)),
        |run| f64::from(u8::from(run < 5.0)),
    );
    let is = |flags: &[Flag]| flags.contains(&Flag::Moving);
    assert!(is(&found("success", &early, 0.03)) && !is(&found("success", &early, 0.031)));
    let late = Seen {
        half: early.half.clone(),
        whole: early.half.clone(),
        ..early
    };
    assert!(is(&found("success", &late, 0.03)));
    assert!(!found("success", &late, 0.03).contains(&Flag::Drifting));
}

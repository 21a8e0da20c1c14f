use super::*;

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-9
}

/// Four years: wins of .5 in every third month from the sixth on, and one of 2 in the last; trust and
/// leadership rise by .01 a month, attendance is .4 but for half a year of .2.
fn series() -> Vec<Observed> {
    (0..48)
        .map(|month| Observed {
            wins: match month {
                47 => 2.0,
                month if month >= 5 && month % 3 == 2 => 0.5,
                _ => 0.0,
            },
            trust: 0.2 + 0.01 * f64::from(month),
            shared_leadership: 0.1 + 0.01 * f64::from(month),
            understanding: if month < 24 { 0.4 } else { 0.6 },
            commitment: 0.5 - 0.005 * f64::from(month),
            attendance: if (20..26).contains(&month) { 0.2 } else { 0.4 },
            leavers: 0.25,
            agreement: if month % 2 == 0 { f64::NAN } else { 0.8 },
            ..Observed::MISSING
        })
        .collect()
}

fn setup() -> Setup {
    let mut setup =
        crate::model::rules::testing::plain(&[crate::registry::leaders::LeaderKind::Clinician; 2]);
    (setup.horizon.success, setup.horizon.collapse) = (2.0, 0.25);
    setup
}

#[test]
fn wins_are_counted_over_the_run_and_its_halves() {
    let setup = setup();
    let run = summarise(&setup, &series());
    // Months 5, 8, ... 23: seven of .5; 26, ... 44: seven more, and the last of 2.
    assert_eq!((run.wins_first_half, run.wins_second_half), (3.5, 5.5));
    assert_eq!((run.wins, run.first_win), (9.0, 6.0));
    // 9 in one forum and four years are 2.25 a year.
    assert_eq!(run.success, 1.0);
    let mut demanding = setup.clone();
    demanding.horizon.success = 2.3;
    assert_eq!(summarise(&demanding, &series()).success, 0.0);
    let none = vec![
        Observed {
            wins: 0.0,
            ..Observed::MISSING
        };
        3
    ];
    assert!(summarise(&setup, &none).first_win.is_nan());
    assert_eq!(summarise(&setup, &none).success, 0.0);
}

#[test]
fn a_collapse_is_half_a_year_of_empty_rooms() {
    let mut setup = setup();
    assert_eq!(summarise(&setup, &series()).collapse, 1.0);
    setup.horizon.collapse = 0.19;
    assert_eq!(summarise(&setup, &series()).collapse, 0.0);
    // Three months of .2 and three of .4 are .3 on average.
    setup.horizon.collapse = 0.25;
    let mut brief = series();
    for month in &mut brief[23..26] {
        month.attendance = 0.4;
    }
    assert_eq!(summarise(&setup, &brief).collapse, 0.0);
}

#[test]
fn means_ends_and_trends() {
    let run = summarise(&setup(), &series());
    assert!(close(run.trust, 0.435) && close(run.trust_first_half, 0.315));
    assert!(close(run.shared_leadership_first_half, 0.215));
    assert!(close(run.understanding_first_half, 0.4) && close(run.understanding, 0.5));
    assert!(close(run.trust_end, 0.67) && close(run.shared_leadership_end, 0.57));
    // Over the last 24 months, and over the second half of a shorter run.
    assert!(close(run.trust_trend, 0.24) && close(run.commitment_trend, -0.12));
    let short = summarise(&setup(), &series()[..12]);
    assert!(close(short.trust_trend, 0.06));
    assert!(close(run.leavers, 12.0));
    // Months in which nothing was due are not counted.
    assert!(close(run.agreement, 0.8));
    assert!(summarise(&setup(), &[]).trust.is_nan());
}

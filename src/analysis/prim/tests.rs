use super::peel::{chosen, pasted, trajectory};
use super::region::{Data, Region};
use super::*;
use crate::random::{Draws, Purpose, uniform};

/// Six factors of `n` rows, even between 0 and 1, and a seventh number a row for noise.
fn even(n: usize, set: u64) -> Vec<Vec<f64>> {
    let column = |factor: u64| {
        let mut words = vec![0; n];
        Draws::new(5, set).fill(Purpose::Design, factor, 0, &mut words);
        words.into_iter().map(uniform).collect()
    };
    (0..7).map(column).collect()
}

fn numbers(columns: &[Vec<f64>]) -> Vec<Values> {
    columns[..6].iter().cloned().map(Values::Numbers).collect()
}

/// Cases where `inside`, and one row in twenty the other way round.
fn noisy(columns: &[Vec<f64>], inside: impl Fn(&[f64]) -> bool) -> Vec<bool> {
    let row = |at: usize| -> Vec<f64> { columns.iter().map(|column| column[at]).collect() };
    (0..columns[0].len())
        .map(|at| inside(&row(at)) != (columns[6][at] < 0.05))
        .collect()
}

/// The limits of a factor; open ends are those of the range.
fn ends(rule: &Rule, factor: usize) -> (f64, f64) {
    let mut each = rule.restrictions.iter();
    match each.find(|one| one.factor == factor).map(|one| &one.limits) {
        Some(Limits::Between { low, high }) => (low.unwrap_or(0.0), high.unwrap_or(1.0)),
        _ => (0.0, 1.0),
    }
}

fn restricted(rule: &Rule) -> Vec<usize> {
    rule.restrictions.iter().map(|one| one.factor).collect()
}

#[test]
fn a_box_in_two_of_six_dimensions_is_found() {
    for set in 0..6 {
        let columns = even(400, set);
        let cases = noisy(&columns, |row| row[1] < 0.4 && row[4] > 0.5);
        let found = rules(&numbers(&columns), &cases, 1).unwrap();
        assert_eq!(restricted(&found[0]), [1, 4], "{set}: {found:?}");
        let (low, high) = ends(&found[0], 1);
        assert!(low == 0.0 && (high - 0.4).abs() < 0.06, "{set}: {high}");
        let (low, high) = ends(&found[0], 4);
        assert!((low - 0.5).abs() < 0.06 && high == 1.0, "{set}: {low}");
        // Nineteen of twenty in the box are cases; .19 of .23 of all cases lie there.
        assert!((found[0].density - 0.95).abs() < 0.1, "{found:?}");
        assert!((found[0].coverage - 0.826).abs() < 0.1, "{found:?}");
        assert!(
            found[0].chance <= 0.01 && found[0].restrictions.iter().all(|one| one.quasi_p < 1e-4)
        );
    }
}

#[test]
fn a_box_with_both_ends_in_three_of_six_dimensions_is_found() {
    let columns = even(1000, 3);
    let cases = noisy(&columns, |row| {
        (0.2..0.8).contains(&row[0]) && row[2] > 0.4 && row[5] < 0.7
    });
    let found = rules(&numbers(&columns), &cases, 1).unwrap();
    assert_eq!(restricted(&found[0]), [0, 2, 5]);
    for (factor, (low, high)) in [(0, (0.2, 0.8)), (2, (0.4, 1.0)), (5, (0.0, 0.7))] {
        let ends = ends(&found[0], factor);
        assert!(
            (ends.0 - low).abs() < 0.04 && (ends.1 - high).abs() < 0.04,
            "{factor}: {ends:?}"
        );
    }
}

#[test]
fn two_boxes_are_found_one_after_the_other() {
    let columns = even(800, 4);
    let cases = noisy(&columns, |row| row[0] < 0.4 || row[2] > 0.8);
    let found = rules(&numbers(&columns), &cases, 1).unwrap();
    let restricted: Vec<Vec<usize>> = found.iter().map(restricted).collect();
    assert_eq!(restricted, [[0], [2]]);
    let (low, high) = (ends(&found[1], 2).0, ends(&found[0], 0).1);
    assert!(
        (low - 0.8).abs() < 0.04 && (high - 0.4).abs() < 0.04,
        "{found:?}"
    );
    // The second has .2 of the .6 that the first leaves; .52 · .95 + .48 · .05 = .518 of the rows are cases.
    assert!((found[0].mass - 0.4).abs() < 0.04 && (found[1].mass - 0.12).abs() < 0.03);
    assert!((found[0].coverage - 0.734).abs() < 0.06 && (found[1].coverage - 0.22).abs() < 0.05);
    assert!(found.iter().all(|one| one.density > 0.9), "{found:?}");
}

/// Twenty factors at two levels each: by quasi-p alone one is found in a third of the data sets. At a chance of
/// 5 % it is two of forty; more than six are one in a hundred.
#[test]
fn where_nothing_is_planted_nothing_is_found() {
    let found = |set: u64| {
        let columns: Vec<Vec<f64>> = (0..3)
            .flat_map(|at| even(120, 1000 + 10 * set + at))
            .collect();
        let levels = |column: &Vec<f64>| column.iter().map(|value| value.round()).collect();
        let factors: Vec<Values> = columns[1..]
            .iter()
            .map(|column| Values::Numbers(levels(column)))
            .collect();
        let cases: Vec<bool> = columns[0].iter().map(|noise| *noise < 0.3).collect();
        !rules(&factors, &cases, set).unwrap().is_empty()
    };
    let times = (0..40).filter(|set| found(*set)).count();
    assert!(times <= 6, "{times} of 40");
}

/// Twelve rows; a box of the first five, four of them cases; of six cases in all. Without its restriction
/// on the first factor (x <= 5) the box is that of the second, eight rows with five cases: 5/8 each, and
/// P(K >= 4 of 5) = 5 (5/8)^4 (3/8) + (5/8)^5 = .286102 + .095367 = .381470. Without the second all twelve
/// rows up to 5: the same five, so that the chance is that of 4/5: 5 · .4096 · .2 + .32768 = .73728.
#[test]
fn coverage_density_and_quasi_p_worked_by_hand() {
    let first: Vec<f64> = (1..=12).map(f64::from).collect();
    let second: Vec<f64> = (1..=12)
        .map(|row| if row <= 8 { 0.0 } else { 1.0 })
        .collect();
    let factors = [Values::Numbers(first), Values::Numbers(second)];
    let cases: Vec<bool> = (1..=12)
        .map(|row| [1, 2, 4, 5, 7, 11].contains(&row))
        .collect();
    let data = Data::of(&factors);
    let rows: Vec<usize> = (0..12).collect();
    let mut region = Region::whole(&data);
    for place in 5..12 {
        region.inside[0][place] = false;
    }
    region.inside[1][1] = false;
    assert_eq!(region.counts(&data, &rows, &cases), (5.0, 4.0));
    let found = restrictions(&region, &data, &rows, &cases);
    let high = |high| Limits::Between {
        low: None,
        high: Some(high),
    };
    assert_eq!(
        (&found[0].limits, &found[1].limits),
        (&high(5.0), &high(0.0))
    );
    assert!((found[0].quasi_p - 0.381_470).abs() < 1e-6, "{found:?}");
    assert!((found[1].quasi_p - 0.737_28).abs() < 1e-9, "{found:?}");
    // Two of ten or more at .1: 1 - .9^10 - 10 · .1 · .9^9.
    let two = 1.0 - 0.348_678_440_1 - 0.387_420_489;
    assert!((chance::upper_tail(10.0, 2.0, 0.1) - two).abs() < 1e-9);
    assert_eq!(chance::upper_tail(10.0, 2.0, 1.0), 1.0);
}

/// Twenty rows, cases from 13 to 20. Each peel takes one row of twenty and fewer; those at the lower end gain,
/// so that the last box, of density 1 and with all cases, is 13 to 20, and stands out most.
#[test]
fn a_trajectory_worked_by_hand() {
    let factors = [Values::Numbers((1..=20).map(f64::from).collect())];
    let cases: Vec<bool> = (1..=20).map(|row| row >= 13).collect();
    let data = Data::of(&factors);
    let rows: Vec<usize> = (0..20).collect();
    let boxes = trajectory(&data, &rows, &cases);
    let sizes: Vec<f64> = boxes.iter().map(|one| one.n).collect();
    assert_eq!(sizes, (8..=20).rev().map(f64::from).collect::<Vec<_>>());
    // Of eight in eight against eight in twenty: 8 ln(1 / .4).
    let region = chosen(&data, &rows, &cases).unwrap();
    assert_eq!(region.counts(&data, &rows, &cases), (8.0, 8.0));
    assert!((region.score(&data, &rows, &cases) - 7.330_326).abs() < 1e-6);
    // Pasting 1 to 12 back would lower the density.
    assert_eq!(pasted(&data, &rows, &cases, region.clone()), region);
    // What was peeled too far comes back: of 15 to 18 the ends, as long as they are cases.
    let mut narrow = Region::whole(&data);
    for place in (0..14).chain(18..20) {
        narrow.inside[0][place] = false;
    }
    let wide = pasted(&data, &rows, &cases, narrow);
    assert_eq!(
        wide.limits(&data, 0),
        Limits::Between {
            low: Some(13.0),
            high: None
        }
    );
}

/// Three levels of 40 rows each, all cases at the highest: equal values go together.
#[test]
fn levels_are_taken_whole() {
    let levels: Vec<f64> = (0..120).map(|row| f64::from(row % 3)).collect();
    let columns = even(120, 9);
    let mut factors = numbers(&columns);
    factors[2] = Values::Numbers(levels.clone());
    let cases: Vec<bool> = levels.iter().map(|level| *level > 1.5).collect();
    let found = rules(&factors, &cases, 1).unwrap();
    assert_eq!(found.len(), 1);
    let only = Limits::Between {
        low: Some(2.0),
        high: None,
    };
    assert_eq!(
        (restricted(&found[0]), &found[0].restrictions[0].limits),
        (vec![2], &only)
    );
    assert_eq!(
        (found[0].coverage, found[0].density, found[0].mass),
        (1.0, 1.0, 1.0 / 3.0)
    );
}

#[test]
fn words_are_found_by_their_levels() {
    let columns = even(300, 11);
    let word = |at: usize| ["random", "ring", "star", "tree"][at % 4].to_owned();
    let mut factors = numbers(&columns);
    factors[5] = Values::Words((0..300).map(word).collect());
    let cases: Vec<bool> = (0..300)
        .map(|at| {
            (["star", "ring"].contains(&&*word(at)) && columns[0][at] > 0.4)
                != (columns[6][at] < 0.04)
        })
        .collect();
    let found = rules(&factors, &cases, 1).unwrap();
    assert_eq!(restricted(&found[0]), [0, 5]);
    let levels = ["ring", "star"].map(str::to_owned).to_vec();
    assert_eq!(found[0].restrictions[1].limits, Limits::Among { levels });
    assert!((ends(&found[0], 0).0 - 0.4).abs() < 0.06, "{found:?}");
}

#[test]
fn the_same_rows_give_the_same_boxes() {
    let columns = even(200, 2);
    let cases = noisy(&columns, |row| row[1] < 0.4 && row[4] > 0.5);
    let found = rules(&numbers(&columns), &cases, 7).unwrap();
    assert_eq!(found, rules(&numbers(&columns), &cases, 7).unwrap());
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    assert_eq!(
        found,
        one.install(|| rules(&numbers(&columns), &cases, 7))
            .unwrap()
    );
    // A factor that never varies restricts nothing.
    let mut factors = numbers(&columns);
    factors.push(Values::Numbers(vec![0.5; 200]));
    assert_eq!(found, rules(&factors, &cases, 7).unwrap());
}

#[test]
fn too_few_rows_or_cases_are_said() {
    let some =
        |rows: usize, cases: usize| -> Vec<bool> { (0..rows).map(|at| at < cases).collect() };
    let none = |rows, cases| rules(&[], &some(rows, cases), 1).unwrap_err();
    assert_eq!(none(39, 15), TooFew::Rows(39));
    assert_eq!(none(40, 9), TooFew::Cases(9));
    assert_eq!(none(40, 31), TooFew::Others(9));
    assert_eq!(rules(&[], &some(40, 10), 1), Ok(Vec::new()));
    assert_eq!(
        none(40, 9).words(),
        "9 are too few to find where they lie: 10 at least"
    );
}

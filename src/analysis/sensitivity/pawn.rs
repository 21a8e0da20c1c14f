//! PAWN (Pianosi & Wagener 2018): how far the distribution of an outcome moves when a factor is held
//! within a part of its range. It needs no variance, so that it reads skewed outcomes too.
//!
//! The range is cut into ten parts with as many points each; a factor with levels has one part a level.
//! In each part the distance of Kolmogorov and Smirnov between the outcome there and over all points is
//! taken, and the index is the median over parts. Few points make distances where there is no effect:
//! [`by_luck`] says how large the index is of a factor that does nothing.

use crate::analysis::interval::quantile;
use crate::experiment::design::Scale;
use crate::random::{Draws, Purpose};

/// Parts of a range.
const PARTS: usize = 10;
/// Times that a factor is shuffled to see what does nothing.
const SHUFFLES: u64 = 200;

/// The part of its range that each point's factor lies in.
#[must_use]
pub fn parts(scale: Scale, shares: &[f64]) -> Vec<usize> {
    let edges: Vec<f64> = match scale {
        // Shares of levels lie in the middle of equal parts.
        Scale::Levels(count) => (1..count).map(|at| at as f64 / count as f64).collect(),
        Scale::Range => {
            let mut sorted = shares.to_vec();
            sorted.sort_by(f64::total_cmp);
            let edge = |at: usize| quantile(&sorted, at as f64 / PARTS as f64);
            (1..PARTS).filter_map(edge).collect()
        }
    };
    shares
        .iter()
        .map(|share| edges.partition_point(|edge| edge <= share))
        .collect()
}

/// Positions of the values from the lowest to the highest.
#[must_use]
pub fn order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    order
}

/// The index of a factor whose points lie in these parts; `order` sorts the values. `NaN` of no points.
#[must_use]
pub fn index(parts: &[usize], values: &[f64], order: &[usize]) -> f64 {
    let mut distances = distances(parts, values, order);
    distances.sort_by(f64::total_cmp);
    quantile(&distances, 0.5).unwrap_or(f64::NAN)
}

/// The distances between the values in each part that has points and all values.
fn distances(parts: &[usize], values: &[f64], order: &[usize]) -> Vec<f64> {
    let count = parts.iter().max().map_or(0, |most| most + 1);
    let mut sizes = vec![0.0_f64; count];
    order.iter().for_each(|at| sizes[parts[*at]] += 1.0);
    let all = order.len() as f64;
    let (mut below, mut found) = (vec![0.0_f64; count], vec![0.0_f64; count]);
    for (place, at) in order.iter().enumerate() {
        below[parts[*at]] += 1.0;
        // Distances are read behind the last of equal values.
        let next = order.get(place + 1).map(|next| values[*next]);
        if next.is_some_and(|next| next.total_cmp(&values[*at]).is_eq()) {
            continue;
        }
        let share = (place + 1) as f64 / all;
        for ((distance, below), size) in found.iter_mut().zip(&below).zip(&sizes) {
            *distance = distance.max((below / size - share).abs());
        }
    }
    let there = found.into_iter().zip(sizes);
    there
        .filter(|(_, size)| *size > 0.0)
        .map(|(distance, _)| distance)
        .collect()
}

/// The index that a factor which does nothing exceeds once in twenty: the 95 % quantile over shuffles of
/// its parts.
#[must_use]
pub fn by_luck(parts: &[usize], values: &[f64], order: &[usize], draws: &Draws) -> f64 {
    shuffled(parts, draws, |parts| index(parts, values, order))
}

/// The 95 % quantile of a figure over shuffles of what belongs to the points.
pub(in crate::analysis) fn shuffled<T: Copy>(
    of_points: &[T],
    draws: &Draws,
    figure: impl Fn(&[T]) -> f64,
) -> f64 {
    let mut found: Vec<f64> = (0..SHUFFLES)
        .map(|shuffle| {
            let mut words = vec![0; of_points.len()];
            draws.fill(Purpose::Design, shuffle, 0, &mut words);
            let mut mixed = of_points.to_vec();
            // From the last on each changes places with one of those up to it (Fisher & Yates 1938).
            for at in (1..mixed.len()).rev() {
                #[allow(clippy::cast_possible_truncation, reason = "at most `at`")]
                let other = ((u64::from(words[at]) * (at as u64 + 1)) >> 32) as usize;
                mixed.swap(at, other);
            }
            figure(&mixed)
        })
        .collect();
    found.sort_by(f64::total_cmp);
    quantile(&found, 0.95).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, known: f64) {
        assert!((found - known).abs() < 1e-12, "{found} {known}");
    }

    /// Values 1 to 4, the lower half in the first part: its distances to all are .25, .5, .25, 0, those of
    /// the other the same. Taking turns, 1 3 and 2 4: .25 each.
    #[test]
    fn distances_worked_by_hand() {
        let values = [1.0, 2.0, 3.0, 4.0];
        let order = order(&values);
        assert_eq!(distances(&[0, 0, 1, 1], &values, &order), [0.5, 0.5]);
        assert_eq!(distances(&[0, 1, 0, 1], &values, &order), [0.25, 0.25]);
        close(index(&[0, 0, 1, 1], &values, &order), 0.5);
        // A part without points is none.
        assert_eq!(distances(&[0, 0, 2, 2], &values, &order), [0.5, 0.5]);
    }

    /// Equal values have one place: 0 0 1 1 in parts 0 1 0 1 are the same in both.
    #[test]
    fn equal_values_stand_together() {
        let values = [0.0, 0.0, 1.0, 1.0];
        close(index(&[0, 1, 0, 1], &values, &order(&values)), 0.0);
    }

    #[test]
    fn ranges_are_cut_into_equal_counts_and_levels_by_level() {
        let shares: Vec<f64> = (0..100)
            .map(|at| f64::from((at * 37) % 100) / 99.0)
            .collect();
        let parts = super::parts(Scale::Range, &shares);
        for part in 0..10 {
            assert_eq!(parts.iter().filter(|one| **one == part).count(), 10);
        }
        assert_eq!(parts[shares.iter().position(|one| *one >= 1.0).unwrap()], 9);
        let levels = super::parts(Scale::Levels(3), &[1.0 / 6.0, 0.5, 5.0 / 6.0]);
        assert_eq!(levels, [0, 1, 2]);
    }

    /// y = x and a factor that does nothing: conditional distributions of a tenth lie at the quantiles, so
    /// the distances are .9, .8, .7, .6, .5 and back: median .7. The other's index is about as large as
    /// luck makes it.
    #[test]
    fn what_does_nothing_is_told_from_what_does() {
        let n = 500;
        let share = |at: usize, by: usize| ((at * by) % n) as f64 / n as f64;
        let drives: Vec<f64> = (0..n).map(|at| share(at, 1)).collect();
        let idle: Vec<f64> = (0..n).map(|at| share(at, 187)).collect();
        let order = order(&drives);
        let draws = Draws::new(1, 0);
        let of = |shares: &[f64]| {
            let parts = parts(Scale::Range, shares);
            let luck = by_luck(&parts, &drives, &order, &draws);
            (index(&parts, &drives, &order), luck)
        };
        let (strong, luck) = of(&drives);
        close(strong, 0.7);
        assert!((0.08..0.2).contains(&luck), "{luck}");
        let (none, luck) = of(&idle);
        assert!(none < luck, "{none} {luck}");
    }
}

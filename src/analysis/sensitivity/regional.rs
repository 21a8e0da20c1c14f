//! Where a target is missed (regional sensitivity, Spear & Hornberger 1980): how far the distribution of
//! a factor among the points that meet a target lies from that among the points that miss it, by the
//! distance of Kolmogorov and Smirnov. 0: the factor has no part in it; 1: it decides alone.

use super::pawn::shuffled;
use crate::analysis::compare::{Named, Target, numbered};
use crate::random::Draws;
use serde::Serialize;

/// The fewest points on either side.
pub const FEWEST: usize = 10;

/// Where a target is met, and where it is missed: regions of the fewer of the two.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Region {
    /// The scenario.
    pub scenario: String,
    /// The arm; empty where there are none.
    pub arm: String,
    /// The outcome.
    pub outcome: &'static str,
    /// What it should reach.
    pub target: Target,
    /// Points of the design that are looked at.
    pub points: u64,
    /// Those whose mean meets the target.
    pub met: u64,
    /// What the boxes are of: the points that meet it, where these are the fewer.
    pub of_met: bool,
    /// The boxes.
    pub boxes: Vec<Named>,
    /// Why none was looked for; empty where one was.
    pub too_few: String,
}

impl Region {
    /// The names of the columns of `regions.csv`, one row a restriction.
    pub const COLUMNS: [&'static str; 17] = [
        "scenario",
        "arm",
        "outcome",
        "target",
        "cases",
        "box",
        "factor",
        "parameter",
        "low",
        "high",
        "levels",
        "quasi_p",
        "coverage",
        "density",
        "mass",
        "chance",
        "points",
    ];

    /// Its lines; empty where missing.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<String>> {
        let cases = if self.of_met { "met" } else { "missed" };
        let line = |(number, fields): (u64, Vec<String>)| {
            let names = [
                self.scenario.clone(),
                self.arm.clone(),
                self.outcome.to_owned(),
            ];
            names
                .into_iter()
                .chain([self.target.words(), cases.to_owned(), number.to_string()])
                .chain(fields)
                .chain([self.points.to_string()])
                .collect()
        };
        numbered(&self.boxes).map(line).collect()
    }
}

/// The distance for a factor at these shares; `NaN` where all points are on one side.
#[must_use]
pub fn index(shares: &[f64], met: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| shares[*a].total_cmp(&shares[*b]));
    distance(&order, shares, met)
}

/// The distance that a factor which does nothing exceeds once in twenty.
#[must_use]
pub fn by_luck(shares: &[f64], met: &[bool], draws: &Draws) -> f64 {
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| shares[*a].total_cmp(&shares[*b]));
    shuffled(met, draws, |met| distance(&order, shares, met))
}

fn distance(order: &[usize], shares: &[f64], met: &[bool]) -> f64 {
    let side = |wanted: bool| met.iter().filter(|one| **one == wanted).count() as f64;
    let (all_met, all_missed) = (side(true), side(false));
    if all_met < 1.0 || all_missed < 1.0 {
        return f64::NAN;
    }
    let (mut below_met, mut below_missed, mut most) = (0.0, 0.0, 0.0_f64);
    for (place, at) in order.iter().enumerate() {
        match met[*at] {
            true => below_met += 1.0,
            false => below_missed += 1.0,
        }
        let next = order.get(place + 1).map(|next| shares[*next]);
        if next.is_none_or(|next| next.total_cmp(&shares[*at]).is_ne()) {
            most = most.max((below_met / all_met - below_missed / all_missed).abs());
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Met at .1, .2 and .6, missed at .4 and .8: at .2 two thirds against none, at .4 two thirds against
    /// a half, at .6 all against a half.
    #[test]
    fn a_distance_worked_by_hand() {
        let shares = [0.6, 0.1, 0.4, 0.8, 0.2];
        let met = [true, true, false, false, true];
        assert!((index(&shares, &met) - 2.0 / 3.0).abs() < 1e-12);
        assert!((index(&[0.3; 5], &met)).abs() < 1e-12);
        assert!(index(&shares, &[true; 5]).is_nan());
    }

    #[test]
    fn what_decides_alone_is_beyond_luck() {
        let shares: Vec<f64> = (0..60).map(|at| f64::from(at) / 60.0).collect();
        let met: Vec<bool> = shares.iter().map(|share| *share > 0.5).collect();
        assert!((index(&shares, &met) - 1.0).abs() < 1e-12);
        let luck = by_luck(&shares, &met, &Draws::new(1, 0));
        // Of 30 and 29 points 1.36 √(1/30 + 1/30) = .35, a little less with few (Smirnov 1948).
        assert!((0.25..0.45).contains(&luck), "{luck}");
    }
}

//! Trajectories for elementary effects (Morris 1991).
//!
//! A trajectory starts anywhere on a grid of p levels a factor and changes every factor once, in
//! random order, by Δ = p / (2 (p - 1)) of its range, up or down, whichever stays inside. Every
//! level is started from, and stepped to, equally often. Campolongo, Cariboni & Saltelli (2007)
//! choose trajectories that lie far apart; here each is drawn by itself, so that more can follow.

use super::{Coordinate, DesignError, Scale, below, level};
use crate::random::{Draws, Purpose};

/// A Morris design.
#[derive(Clone, Debug)]
pub(super) struct Morris {
    factors: Vec<Scale>,
    levels: u64,
    draws: Draws,
}

impl Morris {
    pub(super) fn new(factors: &[Scale], levels: u32, draws: Draws) -> Result<Self, DesignError> {
        if levels == 0 || levels % 2 == 1 {
            return Err(DesignError::OddLevels { levels });
        }
        if let Some(factor) = factors.iter().position(|scale| *scale == Scale::Levels(1)) {
            return Err(DesignError::OneLevel { factor });
        }
        Ok(Self {
            factors: factors.to_vec(),
            levels: u64::from(levels),
            draws,
        })
    }

    pub(super) fn point(&self, index: u64) -> Vec<Coordinate> {
        let count = self.factors.len();
        let steps = count as u64 + 1;
        let mut words = vec![0; 3 * count];
        self.draws
            .fill(Purpose::Design, index / steps, 0, &mut words);
        let drawn = words.chunks_exact(3).zip(&self.factors);
        // Sorted by a random word each, the factors stand in a random order.
        let turn = |at: usize| (words[3 * at + 2], at);
        let before = |at: usize| (0..count).filter(|other| turn(*other) < turn(at)).count() as u64;
        let moved = |at: usize| before(at) < index % steps;
        (0..)
            .zip(drawn)
            .map(|(at, (words, scale))| self.place(*scale, words[0], words[1], moved(at)))
            .collect()
    }

    /// Half of the levels further on, round the end, is Δ up from a level of the lower half and Δ
    /// down from one of the upper half. Half of an odd number is rounded either way by chance.
    fn place(&self, scale: Scale, start: u32, side: u32, moved: bool) -> Coordinate {
        let levels = match scale {
            Scale::Levels(count) => count as u64,
            Scale::Range => self.levels,
        };
        let half = levels / 2 + (levels % 2) * below(side, 2);
        let at = (below(start, levels) + if moved { half } else { 0 }) % levels;
        match scale {
            Scale::Levels(_) => level(at),
            Scale::Range => Coordinate::Share(at as f64 / (levels - 1) as f64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Coordinate, Design, DesignError, Kind, Scale};

    const SCALES: [Scale; 5] = [
        Scale::Range,
        Scale::Levels(2),
        Scale::Range,
        Scale::Levels(3),
        Scale::Levels(6),
    ];

    fn design(trajectories: u64, levels: u32, factors: &[Scale], seed: u64) -> Design {
        let kind = Kind::Morris {
            trajectories,
            levels,
        };
        Design::new(kind, factors, seed).unwrap()
    }

    /// Where a factor stands, as a whole number of steps of its grid of `levels`.
    fn place(coordinate: Coordinate, levels: u32) -> i64 {
        match coordinate {
            Coordinate::Level(at) => i64::try_from(at).unwrap(),
            Coordinate::Share(share) => {
                assert!((0.0..=1.0).contains(&share));
                let at = share * f64::from(levels - 1);
                assert!((at - at.round()).abs() < 1e-9, "{share} is no level");
                #[allow(clippy::cast_possible_truncation, reason = "a small whole number")]
                let at = at.round() as i64;
                at
            }
            Coordinate::Base => panic!("a Morris design sets every factor"),
        }
    }

    #[test]
    fn a_trajectory_changes_every_factor_once_by_half_of_its_levels() {
        for levels in [2, 4, 8] {
            let design = design(200, levels, &SCALES, 3);
            assert_eq!(design.len(), 200 * 6);
            for trajectory in 0..200 {
                let mut changed = Vec::new();
                for step in 0..5 {
                    let (a, b) = (
                        design.point(trajectory * 6 + step),
                        design.point(trajectory * 6 + step + 1),
                    );
                    let moves: Vec<_> = (0..5).filter(|at| a[*at] != b[*at]).collect();
                    assert_eq!(moves.len(), 1, "{a:?} {b:?}");
                    let at = moves[0];
                    let length = (place(b[at], levels) - place(a[at], levels)).abs();
                    match SCALES[at] {
                        Scale::Range => assert_eq!(length, i64::from(levels / 2)),
                        Scale::Levels(3) => assert!(length == 1 || length == 2),
                        Scale::Levels(count) => assert_eq!(length, (count / 2) as i64),
                    }
                    changed.push(at);
                }
                changed.sort_unstable();
                assert_eq!(changed, [0, 1, 2, 3, 4]);
            }
        }
    }

    /// On the first points of 6,000 trajectories each of n levels is expected 6,000 / n times with
    /// sd sqrt(6,000 (1 - 1/n) / n): five sd. The same for the turn of each factor and for levels
    /// stepped to.
    #[test]
    fn levels_steps_and_turns_are_drawn_evenly() {
        let (levels, trajectories) = (4, 6_000);
        let design = design(trajectories, levels, &SCALES, 11);
        let even = |counts: &[u32], n: f64| {
            let expected = 6_000.0 / n;
            let sd = (expected * (1.0 - 1.0 / n)).sqrt();
            let far = |count: &u32| (f64::from(*count) - expected).abs() > 5.0 * sd;
            assert!(!counts.iter().any(far), "{counts:?}");
        };
        for (at, n) in [(0, 4), (1, 2), (2, 4), (3, 3), (4, 6)] {
            let (mut first, mut last, mut turns) = (vec![0; n], vec![0; n], vec![0; 5]);
            for trajectory in 0..trajectories {
                let point = |step: u64| design.point(trajectory * 6 + step)[at];
                first[usize::try_from(place(point(0), levels)).unwrap()] += 1;
                last[usize::try_from(place(point(5), levels)).unwrap()] += 1;
                turns[(1..=5).position(|step| point(step) != point(0)).unwrap()] += 1;
            }
            even(&first, n as f64);
            even(&last, n as f64);
            even(&turns, 5.0);
        }
    }

    /// From 600 trajectories each of the six steps is expected 100 times with sd 9: five sd.
    #[test]
    fn of_three_levels_either_other_is_stepped_to() {
        let design = design(600, 4, &[Scale::Levels(3)], 2);
        let mut steps = [[0_i32; 3]; 3];
        for trajectory in 0..600_u64 {
            let at = |step: u64| {
                usize::try_from(place(design.point(2 * trajectory + step)[0], 3)).unwrap()
            };
            steps[at(0)][at(1)] += 1;
        }
        for (from, to) in (0..3).flat_map(|from| (0..3).map(move |to| (from, to))) {
            let expected = if from == to { 0 } else { 100 };
            assert!(
                (steps[from][to] - expected).abs() <= expected * 45 / 100,
                "{steps:?}"
            );
        }
    }

    #[test]
    fn elementary_effects_of_a_sum_are_its_coefficients() {
        let slopes = [3.0, -2.0, 0.5, 0.0];
        let design = design(50, 4, &[Scale::Range; 4], 1);
        let shares = |index: u64| {
            design.point(index).into_iter().map(|at| match at {
                Coordinate::Share(share) => share,
                other => panic!("{other:?}"),
            })
        };
        let sum = |index| shares(index).zip(slopes).map(|(x, b)| x * b).sum::<f64>();
        let mut seen = [0; 4];
        for index in (0..design.len()).filter(|index| index % 5 != 4) {
            let mut steps = shares(index).zip(shares(index + 1)).map(|(a, b)| b - a);
            let at = steps.clone().position(|step| step.abs() > 0.1).unwrap();
            let step = steps.nth(at).unwrap();
            assert!((step.abs() - 2.0 / 3.0).abs() < 1e-12);
            let effect = (sum(index + 1) - sum(index)) / step;
            assert!((effect - slopes[at]).abs() < 1e-12);
            seen[at] += 1;
        }
        assert_eq!(seen, [50; 4]);
    }

    #[test]
    fn more_trajectories_keep_the_ones_before_and_seeds_differ() {
        let (short, long) = (design(3, 4, &SCALES, 5), design(9, 4, &SCALES, 5));
        assert!(short.extends());
        assert!((0..short.len()).all(|index| short.point(index) == long.point(index)));
        let other = design(3, 4, &SCALES, 6);
        assert!((0..short.len()).any(|index| short.point(index) != other.point(index)));
    }

    #[test]
    fn odd_levels_and_factors_that_cannot_move_are_refused() {
        for levels in [0, 5] {
            let kind = Kind::Morris {
                trajectories: 4,
                levels,
            };
            let error = Design::new(kind, &[Scale::Range], 0).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "a Morris design on {levels} levels cannot move every factor by the same step, \
                     up or down, and use all levels equally often; the number of levels must be \
                     even and at least 2; 4 is usual"
                )
            );
        }
        let kind = |trajectories| Kind::Morris {
            trajectories,
            levels: 4,
        };
        let error = Design::new(kind(4), &[Scale::Range, Scale::Levels(1)], 0).unwrap_err();
        assert_eq!(error.factor(), Some(1));
        assert_eq!(
            error.to_string(),
            "a Morris design changes every factor once a trajectory, but factor 2 has one level \
             only; give it a second, or leave it out"
        );
        let error = Design::new(kind(0), &[Scale::Range], 0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "this Morris design would have no points; ask for at least one"
        );
        let error = Design::new(kind(u64::MAX), &[Scale::Range], 0).unwrap_err();
        assert_eq!(error, DesignError::TooLarge);
    }
}

//! Which parameters move the targets: elementary effects (Morris 1991).

use super::target::Target;
use crate::registry::calibrations::Use;

/// The elementary effects of a parameter on a target, over trajectories.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Mean absolute effect μ* (Campolongo et al. 2007): tolerances a whole range of the parameter;
    /// missing where the figure is.
    pub strength: f64,
    /// Standard deviation σ of the effects: large where it matters where the others stand.
    pub spread: f64,
}

/// The effects of each parameter (rows) on each target (columns). `points` are the shares of a Morris
/// design in its order, `values` the figures of its points; a parameter's effect is the change of the
/// figure over the change of its share, in tolerances. Steps to or from a missing figure are left out.
#[must_use]
pub fn effects(targets: &[Target], points: &[Vec<f64>], values: &[Vec<f64>]) -> Vec<Vec<Effect>> {
    let count = points.first().map_or(0, Vec::len);
    let mut found = vec![vec![Vec::new(); targets.len()]; count];
    let trajectories = points
        .chunks_exact(count + 1)
        .zip(values.chunks_exact(count + 1));
    for (points, values) in trajectories {
        for (step, value) in points.windows(2).zip(values.windows(2)) {
            let changed = (0..count).find(|at| (step[1][*at] - step[0][*at]).abs() > 1e-12);
            let Some(at) = changed else { continue };
            let share = step[1][at] - step[0][at];
            for (target, of_target) in targets.iter().enumerate() {
                let change = (value[1][target] - value[0][target]) / of_target.tolerance;
                if change.is_finite() {
                    found[at][target].push(change / share);
                }
            }
        }
    }
    let each = found.into_iter();
    each.map(|targets| targets.iter().map(|effects| Effect::of(effects)).collect())
        .collect()
}

impl Effect {
    fn of(effects: &[f64]) -> Self {
        let n = effects.len() as f64;
        let mean = effects.iter().sum::<f64>() / n;
        let squares: f64 = effects.iter().map(|one| (one - mean) * (one - mean)).sum();
        Self {
            strength: effects.iter().map(|one| one.abs()).sum::<f64>() / n,
            spread: (squares / (n - 1.0)).sqrt(),
        }
    }
}

/// The positions of the parameters that are fitted, in order: those with the largest effect on any
/// target that is fitted, `most` of them.
#[must_use]
pub fn chosen(targets: &[Target], effects: &[Vec<Effect>], most: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..effects.len()).collect();
    let largest = |at: &usize| largest(targets, &effects[*at]);
    order.sort_by(|a, b| largest(b).total_cmp(&largest(a)));
    order.truncate(most);
    order.sort_unstable();
    order
}

/// The largest effect of a parameter on any target that is fitted; 0 where it has none.
#[must_use]
pub fn largest(targets: &[Target], effects: &[Effect]) -> f64 {
    let fitted = targets.iter().zip(effects);
    let fitted = fitted.filter(|(target, _)| target.used == Use::Fit && target.weight > 0.0);
    fitted
        .map(|(_, effect)| effect.strength)
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::calibration::target::tests::target;

    /// Two trajectories on three parameters; figure = 4 a - 2 b a + 0 c with a tolerance of 2. Steps of
    /// a: with b at 0 it is worth 4, with b at 1 it is worth 2; of b: -2 with a at 1, 0 with a at 0.
    #[test]
    fn effects_worked_by_hand() {
        let points = [
            [0.0, 0.0, 0.0],
            [1.0, 0.0, 0.0],
            [1.0, 1.0, 0.0],
            [1.0, 1.0, 0.5],
            [1.0, 1.0, 1.0],
            [0.0, 1.0, 1.0],
            [0.0, 1.0, 0.5],
            [0.0, 0.5, 0.5],
        ];
        let points: Vec<Vec<f64>> = points.iter().map(|point| point.to_vec()).collect();
        let figure = |point: &Vec<f64>| vec![4.0 * point[0] - 2.0 * point[0] * point[1], f64::NAN];
        let values: Vec<Vec<f64>> = points.iter().map(figure).collect();
        let targets = [target("seen", 2.0), target("missing", 1.0)];
        let found = effects(&targets, &points, &values);
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(found[0][0].strength, 1.5);
        close(found[0][0].spread, 0.5_f64.sqrt());
        close(found[1][0].strength, 0.5);
        close(found[1][0].spread, 0.5_f64.sqrt());
        close(found[2][0].strength, 0.0);
        assert!(found[0][1].strength.is_nan());
        assert_eq!(chosen(&targets, &found, 2), [0, 1]);
        assert_eq!(chosen(&targets, &found, 1), [0]);
    }

    #[test]
    fn what_moves_held_out_targets_alone_is_not_chosen() {
        let mut targets = [target("fitted", 1.0), target("other", 1.0)];
        targets[1].used = Use::HeldOut;
        let effect = |strength| Effect {
            strength,
            spread: 0.0,
        };
        let effects = [
            vec![effect(0.1), effect(9.0)],
            vec![effect(0.2), effect(0.0)],
        ];
        assert_eq!(chosen(&targets, &effects, 1), [1]);
        targets[0].weight = 0.0;
        assert!(largest(&targets, &effects[1]) <= 0.0);
    }
}

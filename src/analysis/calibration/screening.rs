//! Which parameters move the targets: elementary effects (Morris 1991).

use super::target::Target;
use crate::analysis::sensitivity::elementary::{self, Effect};
use crate::registry::calibrations::Use;

/// The effects of each parameter (rows) on each target (columns), in tolerances a whole range of the
/// parameter. `points` are the shares of a Morris design in its order, `values` the figures of its points.
#[must_use]
pub fn effects(targets: &[Target], points: &[Vec<f64>], values: &[Vec<f64>]) -> Vec<Vec<Effect>> {
    let count = points.first().map_or(0, Vec::len);
    let mut found = vec![Vec::new(); count];
    for (at, target) in targets.iter().enumerate() {
        let figures: Vec<f64> = values
            .iter()
            .map(|row| row[at] / target.tolerance)
            .collect();
        let of_target = elementary::effects(points, &figures);
        let each = found.iter_mut().zip(of_target);
        each.for_each(|(all, effects)| all.push(Effect::of(effects.into_iter())));
    }
    found
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
    fitted.map(|(_, effect)| effect.mu_star).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::calibration::target::tests::target;

    /// One trajectory on two parameters: 6, 10, 9 in tolerances of 2; a held-out figure is missing.
    #[test]
    fn effects_are_in_tolerances() {
        let points = [vec![0.0, 0.0], vec![1.0, 0.0], vec![1.0, 0.5]];
        let values = [6.0, 10.0, 9.0].map(|figure| vec![figure, f64::NAN]);
        let targets = [target("seen", 2.0), target("missing", 1.0)];
        let found = effects(&targets, &points, &values);
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(found[0][0].mu_star, 2.0);
        close(found[1][0].mu_star, 1.0);
        close(found[1][0].mu, -1.0);
        assert!(found[0][1].mu_star.is_nan());
        assert_eq!(chosen(&targets, &found, 1), [0]);
        assert_eq!(chosen(&targets, &found, 2), [0, 1]);
    }

    #[test]
    fn what_moves_held_out_targets_alone_is_not_chosen() {
        let mut targets = [target("fitted", 1.0), target("other", 1.0)];
        targets[1].used = Use::HeldOut;
        let effect = |mu_star| Effect {
            mu: mu_star,
            mu_star,
            sigma: 0.0,
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

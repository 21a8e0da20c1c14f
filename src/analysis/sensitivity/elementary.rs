//! Elementary effects (Morris 1991): what an outcome changes while one factor moves, per whole range of
//! the factor, at several places of the others.
//!
//! mu is their mean, mu_star the mean of their absolute values (Campolongo, Cariboni & Saltelli 2007),
//! sigma their standard deviation: large where it matters where the others stand, or where the factor
//! itself stands.

/// The elementary effects of each factor on one outcome, trajectory by trajectory; missing where a
/// figure is. `points` are the shares of a Morris design in its order, `values` the figures there.
#[must_use]
pub fn effects(points: &[Vec<f64>], values: &[f64]) -> Vec<Vec<f64>> {
    let count = points.first().map_or(0, Vec::len);
    let mut found = vec![Vec::new(); count];
    let trajectories = points
        .chunks_exact(count + 1)
        .zip(values.chunks_exact(count + 1));
    for (points, values) in trajectories {
        let mut here = vec![f64::NAN; count];
        for (step, value) in points.windows(2).zip(values.windows(2)) {
            let changed = (0..count).find(|at| (step[1][*at] - step[0][*at]).abs() > 1e-12);
            if let Some(at) = changed {
                here[at] = (value[1] - value[0]) / (step[1][at] - step[0][at]);
            }
        }
        let each = found.iter_mut().zip(here);
        each.for_each(|(effects, effect)| effects.push(effect));
    }
    found
}

/// The elementary effects of a factor, in short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Mean.
    pub mu: f64,
    /// Mean absolute value.
    pub mu_star: f64,
    /// Standard deviation.
    pub sigma: f64,
}

impl Effect {
    /// Of these effects; those that are missing are left out.
    #[must_use]
    pub fn of(effects: impl Iterator<Item = f64>) -> Self {
        let there: Vec<f64> = effects.filter(|one| one.is_finite()).collect();
        let n = there.len() as f64;
        let mean = there.iter().sum::<f64>() / n;
        let squares: f64 = there.iter().map(|one| (one - mean) * (one - mean)).sum();
        Self {
            mu: mean,
            mu_star: there.iter().map(|one| one.abs()).sum::<f64>() / n,
            sigma: (squares / (n - 1.0)).sqrt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two trajectories on three factors; figure = 4 a - 2 b a + 0 c. Steps of a: with b at 0 it is worth
    /// 4, with b at 1 it is worth 2; of b: -2 with a at 1, 0 with a at 0.
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
        let figure = |point: &Vec<f64>| 4.0 * point[0] - 2.0 * point[0] * point[1];
        let mut values: Vec<f64> = points.iter().map(figure).collect();
        let found = effects(&points, &values);
        assert_eq!(found, [[4.0, 2.0], [-2.0, 0.0], [0.0, 0.0]]);
        let short = |at: usize| Effect::of(found[at].iter().copied());
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(short(0).mu_star, 3.0);
        close(short(0).sigma, 2.0_f64.sqrt());
        close(short(1).mu, -1.0);
        close(short(1).mu_star, 1.0);
        values[1] = f64::NAN;
        let found = effects(&points, &values);
        assert!(found[0][0].is_nan() && found[1][0].is_nan());
        close(Effect::of(found[0].iter().copied()).mu, 2.0);
    }
}

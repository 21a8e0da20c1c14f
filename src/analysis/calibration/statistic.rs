//! What a target computes from the replicates of a set of parameters.

use crate::analysis::dip;
use crate::random::{Draws, Purpose};
use nalgebra::{DMatrix, DVector};

/// Samples of the null distribution of the dip test.
const DIP_SAMPLES: u32 = 500;
/// The least share of an outcome's variance that those before it must leave to it.
const LEAST_OWN: f64 = 1e-10;

/// The mean; missing where there is no value. Values that are missing are left out.
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    let there: Vec<f64> = values.iter().copied().filter(|one| !one.is_nan()).collect();
    there.iter().sum::<f64>() / there.len() as f64
}

/// Pearson's correlation of two outcomes over replicates, -1 to 1; missing where one does not vary.
#[must_use]
pub fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let [one, other] = [centred(one), centred(other)];
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    product(&one, &other) / (product(&one, &one) * product(&other, &other)).sqrt()
}

/// The share of the variance of `outcome` that a linear function of `others` leaves open, 0 to 1 or a
/// little above: 1 − R², adjusted for the number of others (Theil 1961). Missing where it is not
/// defined: as many replicates as others are too few, or others that depend on each other.
#[must_use]
pub fn unexplained(outcome: &[f64], others: &[Vec<f64>]) -> f64 {
    let (n, k) = (outcome.len(), others.len());
    if n < k + 2 {
        return f64::NAN;
    }
    let y = DVector::from_vec(centred(outcome));
    let columns: Vec<DVector<f64>> = others
        .iter()
        .map(|other| DVector::from_vec(centred(other)))
        .collect();
    let gram = DMatrix::from_fn(k, k, |i, j| columns[i].dot(&columns[j]));
    let cross = DVector::from_fn(k, |i, _| columns[i].dot(&y));
    let spread: Vec<f64> = (0..k).map(|at| gram[(at, at)]).collect();
    let Some(root) = gram.cholesky() else {
        return f64::NAN;
    };
    let own = |at: usize| root.l_dirty()[(at, at)] * root.l_dirty()[(at, at)] / spread[at];
    if !(0..k).all(|at| own(at) > LEAST_OWN) {
        return f64::NAN;
    }
    let solved = root.solve(&cross);
    let open = 1.0 - solved.dot(&cross) / y.dot(&y);
    open * (n as f64 - 1.0) / (n as f64 - k as f64 - 1.0)
}

/// What of the mean change from month 1 to month `by` has come by `month`; `series` holds one run's
/// months each.
#[must_use]
pub fn share_of_change(series: &[Vec<f64>], month: usize, by: usize) -> f64 {
    let at = |month: usize| {
        let values = series.iter().map(|run| run.get(month - 1));
        mean(
            &values
                .map(|one| one.copied().unwrap_or(f64::NAN))
                .collect::<Vec<f64>>(),
        )
    };
    let first = at(1);
    (at(month) - first) / (at(by) - first)
}

/// The chance that a sample of a distribution with one hump has as large a dip (Hartigan & Hartigan
/// 1985). Counts are spread over the width of one, since each step between them would be a hump.
#[must_use]
pub fn one_hump(values: &[f64]) -> f64 {
    let draws = Draws::new(0, 0);
    let within = |at: u64| draws.uniforms::<1>(Purpose::Calibration, 0, at)[0] - 0.5;
    let spread: Vec<f64> = (0..)
        .zip(values)
        .map(|(at, value)| value + within(at))
        .collect();
    dip::dip_p(&spread, DIP_SAMPLES, 0)
}

fn centred(values: &[f64]) -> Vec<f64> {
    let middle = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| value - middle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }

    #[test]
    fn means_leave_out_what_is_missing() {
        close(mean(&[1.0, f64::NAN, 3.0]), 2.0);
        assert!(mean(&[f64::NAN]).is_nan() && mean(&[]).is_nan());
    }

    /// Deviations (-1, 0, 1) and (-2, 1, 1): 3 / √(2 · 6).
    #[test]
    fn a_correlation_worked_by_hand() {
        close(
            correlation(&[1.0, 2.0, 3.0], &[0.0, 3.0, 3.0]),
            3.0 / 12.0_f64.sqrt(),
        );
        assert!(correlation(&[1.0, 2.0], &[5.0, 5.0]).is_nan());
    }

    /// y = x1 + x2 + e with e at right angles to both: squares of y 4 + 4 + 8 = 16, of e 8, so 1 - R²
    /// is one half, times 7/5.
    #[test]
    fn what_two_outcomes_leave_open_worked_by_hand() {
        let signs = |rule: &dyn Fn(usize) -> bool| -> Vec<f64> {
            (0..8).map(|at| if rule(at) { 1.0 } else { -1.0 }).collect()
        };
        let (a, b) = (signs(&|at| at & 1 == 1), signs(&|at| at & 2 == 2));
        let e = signs(&|at| at & 4 == 4);
        let root = 0.5_f64.sqrt();
        let y: Vec<f64> = (0..8)
            .map(|at| root * (a[at] + b[at]) + e[at] + 7.0)
            .collect();
        close(unexplained(&y, &[a.clone(), b.clone()]), 0.5 * 7.0 / 5.0);
        // One of them alone explains a quarter.
        close(unexplained(&y, std::slice::from_ref(&a)), 0.75 * 7.0 / 6.0);
        assert!(unexplained(&y, &[a.clone(), a]).is_nan());
        assert!(unexplained(&[1.0, 2.0], &[vec![1.0, 3.0]]).is_nan());
    }

    #[test]
    fn a_share_of_change_worked_by_hand() {
        let series = [vec![1.0, 2.0, 5.0], vec![3.0, 4.0, 7.0]];
        close(share_of_change(&series, 2, 3), 0.25);
        close(share_of_change(&series, 3, 3), 1.0);
        assert!(share_of_change(&series, 4, 3).is_nan());
    }

    #[test]
    fn two_clusters_are_not_one_hump() {
        let clusters: Vec<f64> = (0..60)
            .map(|at| f64::from(at % 2 * 10 + at % 7) + 0.01 * f64::from(at))
            .collect();
        assert!(one_hump(&clusters) < 0.05);
        let even: Vec<f64> = (0..60).map(f64::from).collect();
        assert!(one_hump(&even) > 0.5);
    }
}

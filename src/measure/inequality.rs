//! Measures of inequality.

use crate::math;

/// Gini coefficient of values of zero or more; `values` are left sorted. Missing (`NaN`) for no
/// values or a sum of zero.
#[must_use]
pub fn gini(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let n = values.len() as f64;
    let sum: f64 = values.iter().sum();
    if sum <= 0.0 {
        return f64::NAN;
    }
    let ranked: f64 = values
        .iter()
        .enumerate()
        .map(|(rank, value)| (rank as f64 + 1.0) * value)
        .sum();
    2.0 * ranked / (n * sum) - (n + 1.0) / n
}

/// Entropy of the shares that values have of their sum, divided by its largest value ln n. Missing
/// for fewer than two values or a sum of zero.
#[must_use]
pub fn entropy(values: &[f64]) -> f64 {
    let sum: f64 = values.iter().sum();
    if sum <= 0.0 || values.len() < 2 {
        return f64::NAN;
    }
    // −Σ p ln p with p = v / S is ln S − Σ v ln v / S; ln is finite at zero.
    let weighted = values.iter().map(|value| value * math::ln(*value));
    (math::ln(sum) - weighted.sum::<f64>() / sum) / math::ln(values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hand_worked_values() {
        assert!((gini(&mut [1.0, 1.0, 1.0])).abs() < 1e-12);
        // One of four has all: (n - 1) / n.
        assert!((gini(&mut [0.0, 0.0, 5.0, 0.0]) - 0.75).abs() < 1e-12);
        // 1, 2, 3: sum of absolute differences 8 over 2 n² mean = 36.
        assert!((gini(&mut [3.0, 1.0, 2.0]) - 8.0 / 36.0).abs() < 1e-12);
        assert!((entropy(&[2.0, 2.0, 2.0, 2.0]) - 1.0).abs() < 1e-12);
        assert!(entropy(&[1.0, 0.0]).abs() < 1e-12);
        assert!(gini(&mut []).is_nan() && entropy(&[0.0, 0.0]).is_nan());
    }
}

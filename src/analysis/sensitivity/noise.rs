//! How much of an outcome is luck. With R replicates at each of P points, the same luck at every point:
//!
//! value = points + luck + luck × points,
//!
//! each part's variance from the mean squares of a two-way layout with one value a cell (Searle, Casella
//! & McCulloch 1992, section 4.3). Nothing is clamped: a part below zero is one that is not told from
//! zero.

/// The shares of the variance of single runs that are luck.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noise {
    /// Luck alone: a replicate that does well at every point.
    pub alone: f64,
    /// All luck, with what it does at some points and not at others.
    pub total: f64,
    /// What luck is left of the variance between the means of the replicates: it blurs every index.
    pub left: f64,
}

impl Noise {
    /// Of the values of each point (rows) and replicate (columns); none of fewer than two of either, or
    /// of values that do not vary. Replicates that miss a point are left out.
    #[must_use]
    pub fn of(values: &[&Vec<f64>]) -> Option<Self> {
        let replicates = values.iter().map(|row| row.len()).min()?;
        let whole = |at: &usize| values.iter().all(|row| !row[*at].is_nan());
        let kept: Vec<usize> = (0..replicates).filter(whole).collect();
        if kept.len() < 2 || values.len() < 2 {
            return None;
        }
        let (points, runs) = (values.len() as f64, kept.len() as f64);
        let of_point = |row: &&Vec<f64>| kept.iter().map(|at| row[*at]).sum::<f64>() / runs;
        let rows: Vec<f64> = values.iter().map(of_point).collect();
        let of_luck = |at: &usize| values.iter().map(|row| row[*at]).sum::<f64>() / points;
        let columns: Vec<f64> = kept.iter().map(of_luck).collect();
        let mean = rows.iter().sum::<f64>() / points;
        let squares =
            |of: &[f64]| -> f64 { of.iter().map(|one| (one - mean) * (one - mean)).sum() };
        let between_points = runs * squares(&rows) / (points - 1.0);
        let between_luck = points * squares(&columns) / (runs - 1.0);
        let cells = values.iter().zip(&rows).flat_map(|(row, of_point)| {
            let each = kept.iter().zip(&columns);
            each.map(move |(at, of_luck)| row[*at] - of_point - of_luck + mean)
        });
        let rest: f64 = cells.map(|one| one * one).sum();
        let rest = rest / ((points - 1.0) * (runs - 1.0));
        let of_points = (between_points - rest) / runs;
        let of_luck = (between_luck - rest) / points;
        let total = of_points + of_luck + rest;
        if total <= 1e-24 * mean * mean {
            return None;
        }
        Some(Self {
            alone: of_luck / total,
            total: (of_luck + rest) / total,
            left: rest / between_points,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[Vec<f64>]) -> Option<Noise> {
        Noise::of(&values.iter().collect::<Vec<_>>())
    }

    /// Points 0, 4 and luck −1, +1 without interaction: squares between points 2 · 8 / 1 = 16, between
    /// luck 2 · 2 / 1 = 4, rest 0; variances 8, 2, 0.
    #[test]
    fn luck_alone_worked_by_hand() {
        let found = of(&[vec![-1.0, 1.0], vec![3.0, 5.0]]).unwrap();
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(found.alone, 0.2);
        close(found.total, 0.2);
        close(found.left, 0.0);
    }

    /// Luck that turns round: 1, −1 and −1, 1: means 0 everywhere, rest 4; variances −2, −2, 4.
    #[test]
    fn luck_that_depends_on_the_point_is_no_luck_alone() {
        assert_eq!(of(&[vec![1.0, -1.0], vec![-1.0, 1.0]]), None);
        // With points 2 apart: means 1, −1: between points 2 · 2 = 4, luck 0, rest 4; 0, −2, 4.
        let found = of(&[vec![2.0, 0.0], vec![-2.0, 0.0]]).unwrap();
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(found.alone, -1.0);
        close(found.total, 1.0);
        close(found.left, 1.0);
    }

    #[test]
    fn one_replicate_tells_nothing_of_luck() {
        assert_eq!(of(&[vec![1.0], vec![2.0]]), None);
        assert_eq!(of(&[vec![1.0, f64::NAN], vec![2.0, 3.0]]), None);
        assert_eq!(of(&[vec![1.0, 1.0], vec![1.0, 1.0]]), None);
    }
}

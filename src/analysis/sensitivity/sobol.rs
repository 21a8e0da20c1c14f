//! Sobol' indices: the shares of an outcome's variance that are a factor's alone (S1), a pair's beyond
//! its members (S2), and all that a factor has a part in (ST).
//!
//! With A and B two samples, AB_i the first with factor i from the second, BA_i the second with factor
//! i from the first, and V the variance over A and B:
//!
//! * S1_i = mean(B · (AB_i − A)) / V (Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola 2010);
//! * ST_i = mean((A − AB_i)²) / 2V (Jansen 1999);
//! * S2_ij = mean(BA_i · AB_j − A · B) / V − S1_i − S1_j (Saltelli 2002).
//!
//! Values are taken less their mean, which changes no index in the limit and makes S1 far less noisy.

/// The indices of one outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    /// S1 of each factor.
    pub first: Vec<f64>,
    /// ST of each factor.
    pub total: Vec<f64>,
    /// S2 of each pair of factors, in the order 0-1, 0-2, ..., 1-2, ...; empty where the design has
    /// no second order.
    pub second: Vec<f64>,
}

impl Indices {
    /// From blocks of a Saltelli design over so many factors: A, AB_1 ... AB_k, (BA_1 ... BA_k,) B. `NaN`
    /// where the outcome does not vary.
    #[must_use]
    pub fn of<'a>(factors: usize, blocks: impl Iterator<Item = &'a [f64]> + Clone) -> Self {
        let n = blocks.clone().count() as f64;
        let all = blocks.clone().flatten();
        let mean = all.clone().sum::<f64>() / all.count() as f64;
        let ends = |block: &'a [f64]| (block[0] - mean, block[block.len() - 1] - mean);
        let (mut sum, mut squares) = (0.0, 0.0);
        for (a, b) in blocks.clone().map(ends) {
            sum += a + b;
            squares += a * a + b * b;
        }
        let variance = squares / (2.0 * n) - (sum / (2.0 * n)) * (sum / (2.0 * n));
        // What rounding leaves of equal values is none.
        let variance = match variance > 1e-24 * mean * mean {
            true => variance,
            false => f64::NAN,
        };
        let (mut first, mut total) = (vec![0.0; factors], vec![0.0; factors]);
        let pairs = factors * factors.saturating_sub(1) / 2;
        let is_second = blocks
            .clone()
            .next()
            .is_some_and(|block| block.len() == 2 * factors + 2);
        let mut second = vec![0.0; if is_second { pairs } else { 0 }];
        for block in blocks {
            let (a, b) = ends(block);
            for at in 0..factors {
                let mixed = block[1 + at] - mean;
                first[at] += b * (mixed - a);
                total[at] += (a - mixed) * (a - mixed);
            }
            if is_second {
                let each = (0..factors).flat_map(|i| (i + 1..factors).map(move |j| (i, j)));
                for (place, (i, j)) in second.iter_mut().zip(each) {
                    let (of_b, of_a) = (block[1 + factors + i] - mean, block[1 + j] - mean);
                    *place += of_b * of_a - a * b;
                }
            }
        }
        first.iter_mut().for_each(|one| *one /= n * variance);
        total.iter_mut().for_each(|one| *one /= 2.0 * n * variance);
        let each = (0..factors).flat_map(|i| (i + 1..factors).map(move |j| (i, j)));
        for (place, (i, j)) in second.iter_mut().zip(each) {
            *place = *place / (n * variance) - first[i] - first[j];
        }
        Self {
            first,
            total,
            second,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::design::{Coordinate, Design, Kind, Scale};

    fn of(factors: usize, second_order: bool, function: impl Fn(&[f64]) -> f64) -> Indices {
        let kind = Kind::Saltelli {
            points: 4096,
            second_order,
        };
        let design = Design::new(kind, &vec![Scale::Range; factors], 5).unwrap();
        let share = |at: Coordinate| match at {
            Coordinate::Share(share) => share,
            other => panic!("{other:?}"),
        };
        let value = |id| {
            let point: Vec<f64> = design.point(id).into_iter().map(share).collect();
            function(&point)
        };
        let values: Vec<f64> = (0..design.len()).map(value).collect();
        let block = if second_order {
            2 * factors + 2
        } else {
            factors + 2
        };
        Indices::of(factors, values.chunks_exact(block))
    }

    fn close(found: &[f64], known: &[f64], within: f64) {
        assert_eq!(found.len(), known.len());
        for (one, other) in found.iter().zip(known) {
            assert!((one - other).abs() < within, "{found:?} {known:?}");
        }
    }

    /// Ishigami & Homma (1990), a = 7 and b = .1: S1 .3139, .4424, 0; ST .5576, .4424, .2437; S2 of the
    /// first and third .2437, of the others 0.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test function with a sine")]
    fn indices_of_the_ishigami_function_are_the_known_ones() {
        let found = of(3, true, |at| {
            let x = [0, 1, 2].map(|one| std::f64::consts::TAU * (at[one] - 0.5));
            let fourth = x[2] * x[2] * x[2] * x[2];
            x[0].sin() * (1.0 + 0.1 * fourth) + 7.0 * x[1].sin() * x[1].sin()
        });
        close(&found.first, &[0.3139, 0.4424, 0.0], 0.02);
        close(&found.total, &[0.5576, 0.4424, 0.2437], 0.02);
        close(&found.second, &[0.0, 0.2437, 0.0], 0.03);
    }

    /// Sobol' g (Saltelli & Sobol' 1995) with a = 0, 1, 4.5, 9, 99: V_i = 1 / (3 (1 + a_i)²), V = Π (1 +
    /// V_i) − 1, S1 = V_i / V, ST = V_i Π_{j ≠ i} (1 + V_j) / V.
    #[test]
    fn indices_of_the_g_function_are_the_known_ones() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0];
        let found = of(5, false, |at| {
            let each = at.iter().zip(a);
            each.map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
                .product()
        });
        let alone = a.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let all: f64 = alone.iter().map(|one| 1.0 + one).product();
        close(&found.first, &alone.map(|one| one / (all - 1.0)), 0.02);
        let total = alone.map(|one| one * all / (1.0 + one) / (all - 1.0));
        close(&found.total, &total, 0.02);
        assert!(found.second.is_empty());
    }

    /// Two blocks of one factor, A AB B: 1 3 3, and 3 1 1. Mean 2, variance 1. S1: (1·2 + −1·−2) / 2 = 2;
    /// ST: (4 + 4) / 4 = 2. Nothing is clamped.
    #[test]
    fn two_blocks_worked_by_hand() {
        let values = [1.0, 3.0, 3.0, 3.0, 1.0, 1.0];
        let found = Indices::of(1, values.chunks_exact(3));
        close(&found.first, &[2.0], 1e-12);
        close(&found.total, &[2.0], 1e-12);
        let against = [1.0, 3.0, 1.0, 3.0, 1.0, 3.0];
        close(
            &Indices::of(1, against.chunks_exact(3)).first,
            &[-2.0],
            1e-12,
        );
    }

    /// Two blocks A AB_1 AB_2 BA_1 BA_2 B: 1 2 4 3 0 6 and 5 1 2 7 3 0. Mean 17/6, variance of A and B 6.5.
    /// S1: (19/6 · 1 + 17/6 · 4) / 13 = 29/26 and (19/6 · 3 + 17/6 · 3) / 13 = 36/26. BA_1 AB_2 − A B: 6 and 8/3,
    /// mean 13/3, of the variance 2/3: S2 = 2/3 − 65/26 = −11/6.
    #[test]
    fn a_pair_worked_by_hand() {
        let values = [1.0, 2.0, 4.0, 3.0, 0.0, 6.0, 5.0, 1.0, 2.0, 7.0, 3.0, 0.0];
        let found = Indices::of(2, values.chunks_exact(6));
        close(&found.first, &[29.0 / 26.0, 36.0 / 26.0], 1e-12);
        close(&found.second, &[-11.0 / 6.0], 1e-12);
    }

    #[test]
    fn an_outcome_that_does_not_vary_has_no_indices() {
        let found = Indices::of(1, [0.1; 6].chunks_exact(3));
        assert!(found.first[0].is_nan() && found.total[0].is_nan());
    }
}

//! A mean of what is known.

/// A running mean; missing where nothing was added.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mean {
    pub sum: f64,
    pub count: f64,
}

impl Mean {
    pub(super) fn add(&mut self, value: f64) {
        if !value.is_nan() {
            self.sum += value;
            self.count += 1.0;
        }
    }

    /// Adds `count` known values by their sum.
    pub(super) fn add_sum(&mut self, sum: f64, count: f64) {
        self.sum += sum;
        self.count += count;
    }

    pub(super) fn value(self) -> f64 {
        self.sum / self.count
    }
}

/// The mean of many values, added in four sums side by side. Missing (`NaN`) for none.
pub(super) fn mean(values: &[f64]) -> f64 {
    let quads = values.chunks_exact(4);
    let rest: f64 = quads.remainder().iter().sum();
    let sums = quads.fold([0.0; 4], |sums: [f64; 4], quad| {
        std::array::from_fn(|at| sums[at] + quad[at])
    });
    (sums.iter().sum::<f64>() + rest) / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_counts_once() {
        // 1 + 2 + 4 + ... + 32 over six; and the rest alone.
        assert_eq!(mean(&[1.0, 2.0, 4.0, 8.0, 16.0, 32.0]), 10.5);
        assert_eq!(mean(&[1.0, 2.0]), 1.5);
        assert!(mean(&[]).is_nan());
    }

    #[test]
    fn what_is_missing_counts_nowhere() {
        let mut known = Mean::default();
        assert!(known.value().is_nan());
        for value in [1.0, f64::NAN, 4.0] {
            known.add(value);
        }
        assert_eq!(known.value(), 2.5);
        known.add_sum(7.0, 2.0);
        assert_eq!(known.value(), 3.0);
    }
}

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

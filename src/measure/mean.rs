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

    pub(super) fn value(self) -> f64 {
        self.sum / self.count
    }
}

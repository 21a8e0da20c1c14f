//! Ranges of a factor, and how likely the values in them are.

use crate::math;
use crate::registry::experiments::Distribution;
use crate::scenario::Level;
use crate::scenario::source::At;

/// A range of values and how likely they are.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) distribution: Distribution,
    /// Mode of a triangular distribution.
    pub(super) mode: f64,
    /// Mean and standard deviation of a normal one.
    pub(super) normal: (f64, f64),
    /// Whether the parameter counts whole things.
    pub(super) whole: bool,
    /// Where its ends stand in the file.
    pub(super) at: [At; 2],
}

impl Range {
    /// The value below which it has this share of its values, a whole one where only such count.
    pub(super) fn level(&self, share: f64) -> Level {
        let value = self.value(share).clamp(self.low, self.high);
        let value = if self.whole { value.round() } else { value };
        Level::number(value, self.whole, &self.at[usize::from(share >= 1.0)])
    }

    /// The quantile.
    fn value(&self, share: f64) -> f64 {
        let (low, high, width) = (self.low, self.high, self.high - self.low);
        match self.distribution {
            Distribution::Uniform => low + share * width,
            Distribution::LogUniform => {
                math::exp(math::ln(low) + share * (math::ln(high) - math::ln(low)))
            }
            Distribution::Triangular => {
                let below = (self.mode - low) / width;
                if share < below {
                    low + (share * width * (self.mode - low)).sqrt()
                } else {
                    high - ((1.0 - share) * width * (high - self.mode)).sqrt()
                }
            }
            Distribution::Normal => {
                let (mean, sd) = self.normal;
                let chance = |value: f64| normal_chance((value - mean) / sd);
                let (first, last) = (chance(low), chance(high));
                let share = first + share * (last - first);
                mean + sd * math::normal_quantile(share.clamp(1e-12, 1.0 - 1e-12))
            }
        }
    }
}

/// The chance that a standard normal number is below `z`: where the quantile is `z`, by halving.
fn normal_chance(z: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if math::normal_quantile(middle) < z {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(distribution: Distribution, low: f64, high: f64) -> Range {
        Range {
            low,
            high,
            distribution,
            mode: 0.25 * high + 0.75 * low,
            normal: (0.5, 0.25),
            whole: false,
            at: [(); 2].map(|()| At::top(&crate::scenario::Source::new("test", "", 0))),
        }
    }

    /// Worked by hand: a triangle on [0, 4] with mode 1 has F(1) = 1/4, F(2) = 1 - 4/12.
    #[test]
    fn quantiles_worked_by_hand() {
        for (distribution, low, high, share, value) in [
            (Distribution::Uniform, 2.0, 4.0, 0.25, 2.5),
            (Distribution::LogUniform, 1.0, 100.0, 0.5, 10.0),
            (Distribution::Triangular, 0.0, 4.0, 0.25, 1.0),
            (Distribution::Triangular, 0.0, 4.0, 1.0 / 16.0, 0.5),
            (Distribution::Triangular, 0.0, 4.0, 2.0 / 3.0, 2.0),
            (Distribution::Normal, 0.0, 1.0, 0.5, 0.5),
            // (Φ(1) - Φ(-2)) / (Φ(2) - Φ(-2)) = .857 616 4
            (Distribution::Normal, 0.0, 1.0, 0.857_616_4, 0.75),
        ] {
            let found = range(distribution, low, high).value(share);
            assert!(
                (found - value).abs() < 2e-6,
                "{distribution:?} {found} {value}"
            );
        }
    }

    #[test]
    fn a_range_ends_where_it_says_and_rises() {
        for distribution in Distribution::ALL {
            let range = range(*distribution, 0.1, 0.9);
            let values: Vec<f64> = (0..=100)
                .map(|at| range.value(f64::from(at) / 100.0))
                .collect();
            assert!(values.is_sorted(), "{distribution:?}");
            assert!((values[0] - 0.1).abs() < 1e-6 && (values[100] - 0.9).abs() < 1e-6);
        }
    }
}

//! When results are looked at, and how sure each look has to be.
//!
//! Looks are fixed before anything runs: an eighth, a quarter, a half and all of the replicates. The error
//! that is allowed in all, 5 %, is spent as O'Brien and Fleming would, by the spending function of Lan &
//! DeMets (1983); what a look may spend is the level of its interval, so that the chance that any of the
//! intervals misses the truth is at most 5 % however the looks depend on each other (Bonferroni).

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// The error that is allowed in all.
const ERROR: f64 = 0.05;
/// Parts of the replicates after which results are looked at.
const PARTS: [f64; 4] = [0.125, 0.25, 0.5, 1.0];
/// Below so many pairs nobody looks.
const FEWEST: u64 = 25;

/// One look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Replicates that are there.
    pub replicates: u64,
    /// The error that its interval may have.
    pub error: f64,
}

impl Look {
    /// The interval of an estimate with a standard error, from so many pairs.
    #[must_use]
    pub fn interval(self, estimate: f64, error: f64, n: u64) -> (f64, f64) {
        let freedom = n.saturating_sub(1).max(1) as f64;
        let student = StudentsT::new(0.0, 1.0, freedom).ok();
        let quantile = student.map_or(f64::NAN, |t| t.inverse_cdf(1.0 - 0.5 * self.error));
        (estimate - quantile * error, estimate + quantile * error)
    }
}

/// The looks at an experiment of so many replicates, in order; the last is at all of them.
#[must_use]
pub fn looks(replicates: u64) -> Vec<Look> {
    let mut before = 0.0;
    let at = |part: f64| {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of a count"
        )]
        let at = (part * replicates as f64).ceil() as u64;
        at
    };
    let mut looks = Vec::new();
    for part in PARTS {
        if part < 1.0 && at(part) < FEWEST {
            continue;
        }
        let spent = spent(part);
        looks.push(Look {
            replicates: at(part),
            error: spent - before,
        });
        before = spent;
    }
    looks
}

/// The error that may be spent by this part of the replicates: 2 (1 - Φ(z/√part)).
fn spent(part: f64) -> f64 {
    let Ok(normal) = Normal::new(0.0, 1.0) else {
        return ERROR * part;
    };
    let z = normal.inverse_cdf(1.0 - 0.5 * ERROR);
    2.0 * normal.sf(z / part.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 (1 - Φ(1.95996/√½)) = .00557, 2 (1 - Φ(3.91993)) = .0000886.
    #[test]
    fn what_each_look_may_spend() {
        let looks = looks(400);
        let replicates: Vec<u64> = looks.iter().map(|look| look.replicates).collect();
        assert_eq!(replicates, [50, 100, 200, 400]);
        let whole: f64 = looks.iter().map(|look| look.error).sum();
        assert!((whole - 0.05).abs() < 1e-9, "{whole}");
        assert!((looks[1].error - 0.000_088_6).abs() < 2e-6, "{looks:?}");
        assert!(
            (looks[2].error - (0.005_57 - 0.000_089)).abs() < 2e-5,
            "{looks:?}"
        );
    }

    #[test]
    fn small_experiments_are_looked_at_less_often() {
        let count = |replicates| looks(replicates).len();
        assert_eq!([count(10), count(50), count(100), count(200)], [1, 2, 3, 4]);
        assert!((looks(10)[0].error - 0.05).abs() < 1e-9);
    }

    /// t of 9 degrees of freedom: 2.262157 at 5 %.
    #[test]
    fn an_interval_worked_by_hand() {
        let look = Look {
            replicates: 10,
            error: 0.05,
        };
        let (low, high) = look.interval(1.0, 0.5, 10);
        assert!((low - (1.0 - 1.131_079)).abs() < 1e-5 && (high - 2.131_079).abs() < 1e-5);
    }

    /// Of 1,000 sequences without any effect at most 5 % may ever be taken for one (four standard
    /// errors: .028).
    #[test]
    fn the_error_in_all_is_kept() {
        use crate::random::{Draws, Purpose, normal};
        let draws = Draws::new(21, 0);
        let wrong = (0..1000_u64).filter(|sequence| {
            let mut words = [0; 400];
            draws.fill(Purpose::Design, *sequence, 0, &mut words);
            let values: Vec<f64> = words.iter().map(|word| normal(*word)).collect();
            looks(400).into_iter().any(|look| {
                let n = look.replicates;
                let there = &values[..usize::try_from(n).unwrap()];
                let mean = there.iter().sum::<f64>() / n as f64;
                let squares: f64 = there.iter().map(|one| (one - mean) * (one - mean)).sum();
                let error = (squares / (n as f64 - 1.0) / n as f64).sqrt();
                let (low, high) = look.interval(mean, error, n);
                low > 0.0 || high < 0.0
            })
        });
        let share = wrong.count() as f64 / 1000.0;
        assert!(share < 0.05 + 0.028, "{share}");
    }
}

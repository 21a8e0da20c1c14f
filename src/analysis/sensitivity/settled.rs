//! Whether more points would change what is said: how wide the intervals are with a quarter, a half and
//! all of the design, and how sure the first place is.
//!
//! Values are settled where the widest 95 % interval is at most .05 wide (Sarrazin, Pianosi & Wagener
//! 2016); elementary effects have units, so theirs is measured in the largest mu_star.

use serde::Serialize;

/// The widest interval of indices that are settled.
pub const WIDEST: f64 = 0.05;
/// How sure the first place is, where the order is settled.
const SURE: f64 = 0.95;

/// One row of `convergence.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settled {
    /// The scenario.
    pub scenario: String,
    /// The arm; empty where there are none.
    pub arm: String,
    /// The outcome.
    pub outcome: &'static str,
    /// The index: S1, ST, `mu_star`.
    pub index: &'static str,
    /// Blocks or trajectories.
    pub n: u64,
    /// The width of the widest interval; missing where there is none.
    pub widest: Option<f64>,
    /// The factor that comes first.
    pub first: String,
    /// The share of resamples in which it does.
    pub p_first: f64,
}

impl Settled {
    /// The names of the columns of `convergence.csv`.
    pub const COLUMNS: [&'static str; 10] = [
        "scenario", "arm", "outcome", "index", "n", "widest", "settled", "first", "p_first",
        "needed",
    ];

    /// Whether the values are settled.
    #[must_use]
    pub fn values(&self) -> bool {
        self.widest.is_some_and(|widest| widest <= WIDEST)
    }

    /// Whether it is settled which factor comes first.
    #[must_use]
    pub fn order(&self) -> bool {
        self.p_first >= SURE
    }

    /// About how many blocks or trajectories would settle the values: intervals shrink as 1 / √n.
    #[must_use]
    pub fn needed(&self) -> Option<u64> {
        let ratio = self.widest? / WIDEST;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number, rounded up; beyond counting it is the largest"
        )]
        let needed = (self.n as f64 * ratio * ratio).ceil() as u64;
        Some(needed.max(self.n))
    }

    /// The fields of its line; empty where missing.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        vec![
            self.scenario.clone(),
            self.arm.clone(),
            self.outcome.to_owned(),
            self.index.to_owned(),
            self.n.to_string(),
            number(self.widest),
            self.values().to_string(),
            self.first.clone(),
            self.p_first.to_string(),
            self.needed()
                .map_or(String::new(), |needed| needed.to_string()),
        ]
    }

    /// In a sentence.
    #[must_use]
    pub fn words(&self) -> String {
        let values = match (self.values(), self.widest, self.needed()) {
            (true, Some(widest), _) => format!("settled: the widest interval is {widest:.3}"),
            (false, Some(widest), Some(needed)) => format!(
                "not settled: the widest interval is {widest:.2}, {WIDEST} would do, and take about {needed} \
                 instead of {}",
                self.n
            ),
            _ => "not known to be settled: there are no intervals".to_owned(),
        };
        let order = match self.order() {
            true => format!(
                "{} comes first in {:.0} % of resamples",
                self.first,
                100.0 * self.p_first
            ),
            false => format!(
                "which factor comes first is not: {} does in {:.0} % of resamples",
                self.first,
                100.0 * self.p_first
            ),
        };
        format!("{} of {}: {values}; {order}", self.index, self.outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An interval of .2 at 100 blocks is four times too wide: 1,600.
    #[test]
    fn what_is_needed_grows_with_the_square() {
        let found = |widest, p_first| Settled {
            scenario: "s".to_owned(),
            arm: String::new(),
            outcome: "wins",
            index: "ST",
            n: 100,
            widest,
            first: "hours".to_owned(),
            p_first,
        };
        let wide = found(Some(0.2), 0.7);
        assert_eq!(
            (wide.needed(), wide.values(), wide.order()),
            (Some(1600), false, false)
        );
        assert!(wide.words().contains(
            "about 1600 instead of 100; which factor comes first is not: hours does in 70 %"
        ));
        let narrow = found(Some(0.05), 0.95);
        assert_eq!(
            (narrow.needed(), narrow.values(), narrow.order()),
            (Some(100), true, true)
        );
        assert!(
            narrow
                .words()
                .ends_with("0.050; hours comes first in 95 % of resamples")
        );
        assert!(found(None, 1.0).words().contains("not known"));
        assert_eq!(wide.fields().len(), Settled::COLUMNS.len());
    }
}

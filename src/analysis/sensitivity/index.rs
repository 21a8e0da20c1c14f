//! One index of one factor on one outcome.

use crate::analysis::interval::Interval;
use serde::Serialize;

/// One row of `sensitivity.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Index {
    /// The scenario.
    pub scenario: String,
    /// The arm; empty where there are none.
    pub arm: String,
    /// The outcome.
    pub outcome: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Which index: S1, ST, S2, mu, `mu_star`, sigma, pawn, regional; `luck_alone`, `luck_total`, `luck_left`.
    pub index: &'static str,
    /// The factor; empty for luck.
    pub factor: String,
    /// The other factor of a pair.
    pub other: String,
    /// Its value.
    pub value: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// What a factor that does nothing exceeds once in twenty.
    pub by_luck: Option<f64>,
    /// Blocks, trajectories or points behind it.
    pub n: u64,
}

impl Index {
    /// The names of the columns of `sensitivity.csv`.
    pub const COLUMNS: [&'static str; 12] = [
        "scenario", "arm", "outcome", "unit", "index", "factor", "other", "value", "low", "high",
        "by_luck", "n",
    ];

    /// The fields of its line; empty where missing.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        vec![
            self.scenario.clone(),
            self.arm.clone(),
            self.outcome.to_owned(),
            self.unit.to_owned(),
            self.index.to_owned(),
            self.factor.clone(),
            self.other.clone(),
            number(self.value),
            number(self.interval.map(|one| one.low)),
            number(self.interval.map(|one| one.high)),
            number(self.by_luck),
            self.n.to_string(),
        ]
    }

    /// Whether it is told from what a factor that does nothing shows: beyond luck where that is known,
    /// else an interval that lies above zero.
    #[must_use]
    pub fn tells(&self) -> bool {
        match (self.by_luck, self.value, self.interval) {
            (Some(luck), Some(value), _) => value > luck,
            (None, _, Some(interval)) => interval.low > 0.0,
            _ => false,
        }
    }
}

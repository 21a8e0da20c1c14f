//! What was seen of an outcome after half, the whole and twice the horizon.

use crate::measure::Outcome;

use super::lengths::{Lengths, Look};

/// The values of one outcome at one design point, replicate by replicate and with the same luck at
/// each look; `NaN` where it is not defined, the run failed, or the look is left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// After half the horizon.
    pub half: Vec<f64>,
    /// At the horizon.
    pub whole: Vec<f64>,
    /// After twice the horizon.
    pub double: Vec<f64>,
    /// Of its time series over twice the horizon whether it stayed at the end of its range once it
    /// was there ([`stays`]): 1, 0, or `NaN`.
    pub stays: Vec<f64>,
}

impl Seen {
    /// The values of a look.
    #[must_use]
    pub fn at(&self, look: Look) -> &[f64] {
        match look {
            Look::Half => &self.half,
            Look::Whole => &self.whole,
            Look::Double => &self.double,
        }
    }

    /// The same a year, where the outcome is a total; else as it is.
    #[must_use]
    pub fn a_year(&self, outcome: &str, lengths: &Lengths) -> Self {
        let of = |look: Look| {
            let months = lengths.months(look);
            let counted = months.and_then(|months| counted(outcome, months));
            let years = counted.map_or(1.0, |months| f64::from(months) / 12.0);
            self.at(look).iter().map(|value| value / years).collect()
        };
        Self {
            half: of(Look::Half),
            whole: of(Look::Whole),
            double: of(Look::Double),
            stays: self.stays.clone(),
        }
    }
}

/// Outcomes that are totals since the start, which can only become larger.
const TOTALS: [&str; 11] = [
    "wins",
    "failures",
    "abandoned",
    "dropped",
    "delivered_value",
    "service_value",
    "hours",
    "cost",
    "leavers",
    "broken_promises",
    "clamped",
];

/// The months that a total is counted over in a run of `months`; none of an outcome that is no total.
#[must_use]
pub fn counted(outcome: &str, months: u32) -> Option<u32> {
    match outcome {
        "wins_first_half" => Some(months / 2),
        "wins_second_half" => Some(months - months / 2),
        _ => TOTALS.contains(&outcome).then_some(months),
    }
}

/// Whether `series`, month by month, stayed at the end of its range from when it came there, up to
/// month `whole`, to its last month: 1 or 0. `NaN` where it started there or never came there. Months
/// without a value are passed over.
#[must_use]
pub fn stays(series: &[f64], range: &Outcome, whole: usize) -> f64 {
    let known = |value: &&f64| !value.is_nan();
    let mut reached = f64::NAN;
    for end in [range.low, range.high] {
        let there = |value: &f64| value.total_cmp(&end).is_eq();
        if series.iter().find(known).is_none_or(&there) {
            continue;
        }
        let Some(first) = series.iter().take(whole).position(there) else {
            continue;
        };
        let left = series[first..]
            .iter()
            .filter(known)
            .any(|value| !there(value));
        if !left {
            return 1.0;
        }
        reached = 0.0;
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::RUN;

    const SHARE: Outcome = Outcome {
        name: "share",
        unit: "share",
        low: 0.0,
        high: 1.0,
        line: "",
        source: "",
    };

    #[test]
    fn a_series_that_never_leaves_its_bound_stays() {
        let of = |series: &[f64]| stays(series, &SHARE, 3);
        assert_eq!(of(&[0.5, 0.2, 0.0, 0.0, 0.0]), 1.0);
        assert_eq!(of(&[0.5, 1.0, f64::NAN, 1.0, 1.0]), 1.0);
        // It leaves again, the last month too late; in the second case to come back.
        assert_eq!(of(&[0.5, 0.2, 0.0, 0.0, 0.1]), 0.0);
        assert_eq!(of(&[0.5, 0.0, 0.2, 0.0, 0.0]), 0.0);
        // Never there, there after the horizon only, there from the start, never known.
        assert!(of(&[0.5; 5]).is_nan() && of(&[0.5, 0.5, 0.5, 0.0, 0.0]).is_nan());
        assert!(of(&[0.0; 5]).is_nan() && of(&[f64::NAN; 5]).is_nan());
        // One end was left, and at the other it stays.
        assert_eq!(of(&[0.5, 0.0, 1.0, 1.0, 1.0]), 1.0);
    }

    #[test]
    fn totals_are_outcomes_and_are_counted_over_their_months() {
        let known = |name: &&str| RUN.iter().any(|outcome| outcome.name == *name);
        assert!(TOTALS.iter().all(known));
        assert_eq!(counted("wins", 60), Some(60));
        assert_eq!(counted("wins_first_half", 7), Some(3));
        assert_eq!(counted("wins_second_half", 7), Some(4));
        assert_eq!(counted("trust_end", 60), None);
    }

    /// 6, 12 and 24 wins after half, one and two years are 12 a year each.
    #[test]
    fn totals_are_seen_a_year() {
        let lengths = Lengths {
            half: Some(6),
            whole: 12,
            double: Some(24),
            left_out: Vec::new(),
        };
        let seen = Seen {
            half: vec![6.0],
            whole: vec![12.0],
            double: vec![24.0],
            stays: vec![f64::NAN],
        };
        let year = seen.a_year("wins", &lengths);
        assert_eq!([year.half[0], year.whole[0], year.double[0]], [12.0; 3]);
        assert_eq!(seen.a_year("trust", &lengths).double, [24.0]);
    }
}

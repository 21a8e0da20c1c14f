//! The words of a comparison, fixed by rule: what is good, how large is large, and what an interval
//! says against the smallest effect of interest.

use crate::analysis::interval::Interval;
use serde::Serialize;

/// Which way an outcome is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Good {
    /// The more the better.
    More,
    /// The less the better.
    Less,
}

/// Outcomes of which more is better.
const MORE: [&str; 20] = [
    "wins",
    "wins_first_half",
    "wins_second_half",
    "success",
    "delivered_value",
    "service_value",
    "value_per_hour",
    "value_per_pound",
    "attendance",
    "agreement",
    "trust",
    "understanding",
    "commitment",
    "trust_first_half",
    "understanding_first_half",
    "trust_end",
    "understanding_end",
    "commitment_end",
    "trust_trend",
    "commitment_trend",
];

/// Outcomes of which less is better.
const LESS: [&str; 14] = [
    "failures",
    "abandoned",
    "dropped",
    "first_win",
    "collapse",
    "hours",
    "cost",
    "burnt_out",
    "leavers",
    "leavers_clinician",
    "leavers_executive",
    "hours_clinician",
    "hours_manager",
    "broken_promises",
];

impl Good {
    /// That of an outcome of a run; none where neither way is good in itself, such as how widely
    /// leadership is shared.
    #[must_use]
    pub fn of(outcome: &str) -> Option<Self> {
        if MORE.contains(&outcome) {
            return Some(Self::More);
        }
        LESS.contains(&outcome).then_some(Self::Less)
    }

    /// A value, such that more of it is better.
    #[must_use]
    pub fn oriented(self, value: f64) -> f64 {
        match self {
            Self::More => value,
            Self::Less => -value,
        }
    }
}

/// How large a difference is, in standard deviations of the baseline between its runs: its teams
/// and their luck (Cohen 1988, for want of a better scale).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// Below .2.
    Negligible,
    /// From .2.
    Small,
    /// From .5.
    Medium,
    /// From .8.
    Large,
}

/// Standard deviations of the baseline from which a difference is small: the smallest effect of
/// interest where nobody says another.
pub const SMALL: f64 = 0.2;
const MEDIUM: f64 = 0.5;
const LARGE: f64 = 0.8;

impl Size {
    /// That of a difference; none where the baseline never varies.
    #[must_use]
    pub fn of(difference: f64, baseline_sd: f64) -> Option<Self> {
        let size = difference.abs() / baseline_sd;
        match size.is_finite() {
            false => None,
            true if size < SMALL => Some(Self::Negligible),
            true if size < MEDIUM => Some(Self::Small),
            true if size < LARGE => Some(Self::Medium),
            true => Some(Self::Large),
        }
    }

    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Negligible => "negligible",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// What the intervals of a difference say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Better than the baseline.
    Better,
    /// Worse than the baseline.
    Worse,
    /// More, of an outcome that is good neither way.
    Higher,
    /// Less, of such an outcome.
    Lower,
    /// No difference that would matter.
    Equivalent,
    /// Too few runs to tell.
    Undecided,
}

impl Verdict {
    /// The verdict, by the first of these rules that holds:
    ///
    /// 1. equivalent: the 90 % interval lies within minus and plus the smallest effect of interest
    ///    (two one-sided tests at 5 %: Schuirmann 1987), even where zero is outside of it;
    /// 2. better or worse (higher or lower where neither way is good): the 95 % interval leaves out
    ///    zero;
    /// 3. undecided.
    #[must_use]
    pub fn of(ninety_five: Interval, ninety: Interval, smallest: f64, good: Option<Good>) -> Self {
        if ninety.low >= -smallest && ninety.high <= smallest {
            return Self::Equivalent;
        }
        let more = ninety_five.low > 0.0;
        if !more && ninety_five.high >= 0.0 {
            return Self::Undecided;
        }
        match (good, more) {
            (None, true) => Self::Higher,
            (None, false) => Self::Lower,
            (Some(Good::More), true) | (Some(Good::Less), false) => Self::Better,
            (Some(Good::Less), true) | (Some(Good::More), false) => Self::Worse,
        }
    }

    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Equivalent => "equivalent",
            Self::Undecided => "undecided",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::RUN;

    fn interval(middle: f64, half: f64) -> Interval {
        Interval {
            low: middle - half,
            high: middle + half,
        }
    }

    #[test]
    fn directions_are_of_outcomes_and_of_none_twice() {
        let known = |name: &&str| RUN.iter().any(|outcome| outcome.name == *name);
        assert!(MORE.iter().chain(&LESS).all(known));
        assert!(!MORE.iter().any(|name| LESS.contains(name)));
        assert_eq!(Good::of("shared_leadership"), None);
    }

    /// Smallest effect 1; half-widths of 95 % and 90 % as given.
    #[test]
    fn every_verdict_has_its_interval() {
        use Verdict::{Better, Equivalent, Higher, Lower, Undecided, Worse};
        for (middle, wide, narrow, more, less, neither) in [
            (3.0, 1.0, 0.8, Better, Worse, Higher),
            (-3.0, 1.0, 0.8, Worse, Better, Lower),
            // Told from zero, and whether it matters is open.
            (0.9, 0.8, 0.7, Better, Worse, Higher),
            // Told from zero, and too small to matter.
            (0.5, 0.4, 0.3, Equivalent, Equivalent, Equivalent),
            (0.0, 0.9, 0.8, Equivalent, Equivalent, Equivalent),
            // The 90 % interval decides on equivalence, at its ends too.
            (0.0, 1.2, 1.0, Equivalent, Equivalent, Equivalent),
            (0.0, 1.4, 1.1, Undecided, Undecided, Undecided),
            // Zero at an end is not left out.
            (1.0, 1.0, 0.8, Undecided, Undecided, Undecided),
            (-1.0, 1.0, 0.8, Undecided, Undecided, Undecided),
        ] {
            let found = |good| {
                let (wide, narrow) = (interval(middle, wide), interval(middle, narrow));
                Verdict::of(wide, narrow, 1.0, good)
            };
            assert_eq!(found(Some(Good::More)), more, "{middle} {wide}");
            assert_eq!(found(Some(Good::Less)), less, "{middle} {wide}");
            assert_eq!(found(None), neither, "{middle} {wide}");
        }
        let none = interval(0.0, 0.0);
        assert_eq!(Verdict::of(none, none, 0.0, None), Equivalent);
    }

    #[test]
    fn sizes_are_those_of_cohen() {
        let words = [0.0, 0.39, 0.4, -0.99, 1.0, 1.59, -1.6].map(|d| Size::of(d, 2.0));
        use Size::{Large, Medium, Negligible, Small};
        let expected = [Negligible, Negligible, Small, Small, Medium, Medium, Large];
        assert_eq!(words, expected.map(Some));
        assert_eq!((Size::of(1.0, 0.0), Size::of(0.0, 0.0)), (None, None));
    }
}

//! Hypotheses against results: the effect that a claim is about, with looks that were fixed beforehand.

mod effect;
mod looks;
#[cfg(test)]
mod planted;
pub mod shapley;

pub use effect::{Effect, Effects};
pub use looks::{Look, looks};

/// What the results say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The effect goes the way that was claimed.
    Supported,
    /// It goes the other way.
    Refuted,
    /// It is too small to matter, whichever way it goes.
    Equivalent,
    /// Too few runs to tell.
    Undecided,
}

impl Verdict {
    /// The verdict, by the first of these rules that holds, of an interval in the claimed direction:
    ///
    /// 1. practically equivalent: it lies within minus and plus the smallest effect of interest;
    /// 2. supported: it lies above zero; refuted: below;
    /// 3. undecided.
    #[must_use]
    pub fn of(low: f64, high: f64, smallest: f64) -> Self {
        if low >= -smallest && high <= smallest {
            Self::Equivalent
        } else if low > 0.0 {
            Self::Supported
        } else if high < 0.0 {
            Self::Refuted
        } else {
            Self::Undecided
        }
    }

    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Refuted => "refuted",
            Self::Equivalent => "practically equivalent",
            Self::Undecided => "undecided",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_has_its_interval() {
        for (low, high, word) in [
            (0.1, 0.5, "supported"),
            (-0.5, -0.1, "refuted"),
            (-0.1, 0.5, "undecided"),
            (-0.1, 0.1, "practically equivalent"),
            // Above zero, and too small to matter.
            (0.05, 0.2, "practically equivalent"),
            (0.0, 0.3, "undecided"),
            (f64::NAN, f64::NAN, "undecided"),
        ] {
            assert_eq!(Verdict::of(low, high, 0.2).word(), word, "{low} to {high}");
        }
    }
}

//! Why there is no such design, and what to do about it.

use thiserror::Error;

/// Why there is no such design. Factors are counted from one in the words, from zero in the fields.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DesignError {
    /// Nothing varies.
    #[error(
        "this design has no factors, so that all its points would be the same; name at least one parameter to vary"
    )]
    NoFactors,
    /// A factor has an empty list of levels.
    #[error("factor {} has no levels, so that it cannot be set to anything; give it at least one", factor + 1)]
    NoLevels {
        /// Which factor.
        factor: usize,
    },
    /// A factor has more levels than a design can have points.
    #[error("factor {} has more than 10 million levels, more than any design can visit; give it fewer, or a range", factor + 1)]
    TooManyLevels {
        /// Which factor.
        factor: usize,
    },
    /// A range where levels are needed.
    #[error("a {design} sets each factor to one level after another, but factor {} has a range without levels; give `levels`, or `steps` on its range", factor + 1)]
    NeedsLevels {
        /// The kind of design.
        design: &'static str,
        /// Which factor.
        factor: usize,
    },
    /// Factors that cannot be set together.
    #[error("a zipped design sets all factors to their first levels together, then to their second ones, and so on, so that all need equally many; factor 1 has {first}, factor {} has {levels}; make them equal, or use a grid for every combination", factor + 1)]
    UnequalLevels {
        /// Which factor.
        factor: usize,
        /// How many levels it has.
        levels: u64,
        /// How many levels the first factor has.
        first: u64,
    },
    /// Zero points were asked for.
    #[error("this {design} would have no points; ask for at least one")]
    NoPoints {
        /// The kind of design.
        design: &'static str,
    },
    /// More than [`MOST_POINTS`](super::MOST_POINTS).
    #[error(
        "this design has more than 10 million points, the most there can be; give fewer levels, points or factors, or use a Latin hypercube or Sobol' design, whose number of points you choose"
    )]
    TooLarge,
    /// More dimensions than there are direction numbers.
    #[error(
        "this {design} has {factors} factors, but can have at most {most}, for want of published direction numbers; vary fewer, for example those that a Morris design shows to matter"
    )]
    TooManyFactors {
        /// The kind of design.
        design: &'static str,
        /// How many factors there are.
        factors: usize,
        /// How many there can be.
        most: usize,
    },
    /// A Morris grid on which factors cannot step evenly.
    #[error(
        "a Morris design on {levels} levels cannot move every factor by the same step, up or down, and use all levels equally often; the number of levels must be even and at least 2; 4 is usual"
    )]
    OddLevels {
        /// How many levels were asked for.
        levels: u32,
    },
    /// A factor that cannot move.
    #[error("a Morris design changes every factor once a trajectory, but factor {} has one level only; give it a second, or leave it out", factor + 1)]
    OneLevel {
        /// Which factor.
        factor: usize,
    },
    /// A factor without exactly two levels.
    #[error("a fractional factorial sets each factor to one of two levels, but factor {} has {levels}; give it two, or a range, whose ends are then used", factor + 1)]
    NotTwoLevels {
        /// Which factor.
        factor: usize,
        /// How many levels it has.
        levels: usize,
    },
    /// A resolution that would confuse factors with each other or with the mean.
    #[error(
        "at resolution {resolution} the effects of single factors could not be told apart; ask for 3 (effects of single factors apart from each other), 4 (and from those of pairs) or 5 (pairs apart from each other) or more"
    )]
    LowResolution {
        /// What was asked for.
        resolution: u32,
    },
}

impl DesignError {
    /// The factor that stands in the way, counted from zero, where it is one.
    #[must_use]
    pub fn factor(&self) -> Option<usize> {
        match self {
            Self::NoLevels { factor }
            | Self::TooManyLevels { factor }
            | Self::NeedsLevels { factor, .. }
            | Self::UnequalLevels { factor, .. }
            | Self::OneLevel { factor }
            | Self::NotTwoLevels { factor, .. } => Some(*factor),
            _ => None,
        }
    }
}

//! Experimental designs: which combinations of settings are run.
//!
//! A [`Design`] knows nothing of files or of what its factors are called: it turns a [`Kind`] and
//! the shapes of the factors into design points, each a function of its index alone, so that any
//! machine can make any point, in any order, and nothing needs to be stored.

mod error;
mod fraction;
mod grid;
mod morris;
mod saltelli;
mod sample;
mod sequence;

pub use error::DesignError;

use crate::random::{Draws, Purpose};
use fraction::Fraction;
use morris::Morris;
use saltelli::Saltelli;
use sample::{LatinHypercube, Sobol};

/// The most points that a design can have.
pub const MOST_POINTS: u64 = 10_000_000;

/// What a factor can be set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// One of so many levels.
    Levels(usize),
    /// Anything on a range: a coordinate is a share of its distribution.
    Range,
}

/// Where a factor stands at a design point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coordinate {
    /// As the scenario has it.
    Base,
    /// A level, by index.
    Level(usize),
    /// A quantile: in (0, 1), and the ends 0 and 1 too for a design that sets factors to the ends
    /// of their ranges ([`Kind::Morris`], [`Kind::FractionalFactorial`]).
    Share(f64),
}

/// A kind of design. Each kind's file gives its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Every combination of levels, the last factor fastest.
    Grid,
    /// All first levels together, then all second ones, and so on.
    Zip,
    /// The base, then each level of each factor with the others as the scenario has them.
    OneAtATime,
    /// Each factor once in each of as many equal strata as there are points.
    LatinHypercube {
        /// How many points.
        points: u64,
    },
    /// A scrambled Sobol' sequence, even in all factors at once; best with 2, 4, 8, 16 ... points.
    Sobol {
        /// How many points.
        points: u64,
    },
    /// Two samples and their mixtures, for Sobol' indices of sensitivity.
    Saltelli {
        /// How many base points; each takes k + 2 design points, or 2k + 2 with second order.
        points: u64,
        /// Whether indices of pairs of factors are wanted.
        second_order: bool,
    },
    /// Trajectories that change every factor once, for elementary effects.
    Morris {
        /// How many trajectories of k + 1 points.
        trajectories: u64,
        /// Levels on a range, an even number; factors with levels keep their own.
        levels: u32,
    },
    /// Two levels of each factor, in a regular fraction of all combinations.
    FractionalFactorial {
        /// At resolution R no effect of p factors is confused with one of fewer than R - p.
        resolution: u32,
    },
}

impl Kind {
    /// What this kind is called in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Zip => "zipped design",
            Self::OneAtATime => "one-at-a-time design",
            Self::LatinHypercube { .. } => "Latin hypercube",
            Self::Sobol { .. } => "Sobol' design",
            Self::Saltelli { .. } => "Saltelli design",
            Self::Morris { .. } => "Morris design",
            Self::FractionalFactorial { .. } => "fractional factorial",
        }
    }
}

/// The points of a design.
#[derive(Clone, Debug)]
pub struct Design {
    kind: Kind,
    len: u64,
    points: Points,
}

/// What the points of each family are made from.
#[derive(Clone, Debug)]
enum Points {
    Grid(Vec<u64>),
    Zip(Vec<u64>),
    OneAtATime(Vec<u64>),
    LatinHypercube(LatinHypercube),
    Sobol(Sobol),
    Saltelli(Saltelli),
    Morris(Morris),
    Fraction(Fraction),
}

impl Design {
    /// The design of this kind over `factors`. The seed matters to designs that draw.
    ///
    /// # Errors
    /// [`DesignError`] if the factors do not suit the kind, or the design has no points or too many.
    pub fn new(kind: Kind, factors: &[Scale], seed: u64) -> Result<Self, DesignError> {
        if factors.is_empty() {
            return Err(DesignError::NoFactors);
        }
        for (factor, scale) in factors.iter().enumerate() {
            match scale {
                Scale::Levels(0) => return Err(DesignError::NoLevels { factor }),
                Scale::Levels(count) if *count as u64 > MOST_POINTS => {
                    return Err(DesignError::TooManyLevels { factor });
                }
                _ => {}
            }
        }
        let draws = Draws::new(seed, 0);
        let (points, len) = Points::new(kind, factors, draws)?;
        match len {
            Some(0) => Err(DesignError::NoPoints {
                design: kind.name(),
            }),
            Some(len) if len <= MOST_POINTS => Ok(Self { kind, len, points }),
            _ => Err(DesignError::TooLarge),
        }
    }

    /// How many points there are: at least one, at most [`MOST_POINTS`].
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "no design is empty")]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// What kind it is of.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The coordinates of a point, one a factor. Beyond the last point the design begins again.
    #[must_use]
    pub fn point(&self, index: u64) -> Vec<Coordinate> {
        let index = index % self.len;
        match &self.points {
            Points::Grid(levels) => grid::combination(levels, index),
            Points::Zip(levels) => grid::together(levels, index),
            Points::OneAtATime(levels) => grid::alone(levels, index),
            Points::LatinHypercube(points) => points.point(index),
            Points::Sobol(points) => points.point(index),
            Points::Saltelli(points) => points.point(index),
            Points::Morris(points) => points.point(index),
            Points::Fraction(points) => points.point(index),
        }
    }

    /// Whether the same design with more points begins with the points of this one.
    #[must_use]
    pub fn extends(&self) -> bool {
        matches!(
            self.kind,
            Kind::Sobol { .. } | Kind::Saltelli { .. } | Kind::Morris { .. }
        )
    }

    /// Whether the points were chosen, the first being a natural one to compare the others with, and
    /// not sampled.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        matches!(
            self.kind,
            Kind::Grid | Kind::Zip | Kind::OneAtATime | Kind::FractionalFactorial { .. }
        )
    }

    /// What a fractional factorial confuses, such as `resolution IV: D = ABC`, with the factors
    /// lettered in their order and I left out, as is usual.
    #[must_use]
    pub fn generators(&self) -> Option<String> {
        match &self.points {
            Points::Fraction(fraction) => Some(fraction.generators()),
            _ => None,
        }
    }
}

impl Points {
    /// What the points are made from, and how many there are, unless that is beyond counting.
    fn new(
        kind: Kind,
        factors: &[Scale],
        draws: Draws,
    ) -> Result<(Self, Option<u64>), DesignError> {
        let count = factors.len() as u64;
        Ok(match kind {
            Kind::Grid => {
                let levels = grid::levels(kind, factors)?;
                let len = grid::combinations(&levels);
                (Self::Grid(levels), len)
            }
            Kind::Zip => {
                let levels = grid::equal_levels(kind, factors)?;
                let len = levels.first().copied();
                (Self::Zip(levels), len)
            }
            Kind::OneAtATime => {
                let levels = grid::levels(kind, factors)?;
                let len = levels.iter().try_fold(1_u64, |sum, n| sum.checked_add(*n));
                (Self::OneAtATime(levels), len)
            }
            Kind::LatinHypercube { points } => {
                let made = LatinHypercube::new(factors, points, draws);
                (Self::LatinHypercube(made), Some(points))
            }
            Kind::Sobol { points } => (Self::Sobol(Sobol::new(factors, &draws)?), Some(points)),
            Kind::Saltelli {
                points,
                second_order,
            } => {
                let made = Saltelli::new(factors, second_order, &draws)?;
                let len = points.checked_mul(made.block());
                (Self::Saltelli(made), len)
            }
            Kind::Morris {
                trajectories,
                levels,
            } => {
                let made = Morris::new(factors, levels, draws)?;
                (Self::Morris(made), trajectories.checked_mul(count + 1))
            }
            Kind::FractionalFactorial { resolution } => {
                let made = Fraction::new(factors, resolution)?;
                let len = made.len();
                (Self::Fraction(made), Some(len))
            }
        })
    }
}

/// A level by its index, which is below a count of levels.
#[allow(clippy::cast_possible_truncation, reason = "such a count is a usize")]
fn level(index: u64) -> Coordinate {
    Coordinate::Level(index as usize)
}

/// Where a share between 0 and 1, both excluded, puts a factor: equal parts for its levels.
fn coordinate(scale: Scale, share: f64) -> Coordinate {
    match scale {
        Scale::Range => Coordinate::Share(share),
        #[allow(clippy::cast_possible_truncation, reason = "whole, below a count")]
        Scale::Levels(count) => Coordinate::Level(((share * count as f64) as usize).min(count - 1)),
    }
}

/// A whole number below `count`, by one word.
fn below(word: u32, count: u64) -> u64 {
    (u64::from(word) * count) >> 32
}

/// Streams of what belongs to a factor; points and trajectories have the streams below.
const KEYS: u64 = 1 << 48;

/// The random key of a factor, or of a dimension.
fn key(draws: &Draws, factor: usize) -> [u32; 2] {
    let mut words = [0; 2];
    draws.fill(Purpose::Design, KEYS + factor as u64, 0, &mut words);
    words
}

//! Scenario discovery: in which region of the factors do the cases of interest lie? The Patient Rule
//! Induction Method (Friedman & Fisher 1999) as decision makers use it (Bryant & Lempert 2010).
//!
//! 1. Peel: from all rows, take away the 5 % at one end of one factor (of words one level) that raises the
//!    density most for each row it takes, again and again, down to 5 % of the rows. Each step is a box.
//! 2. Choose: the box whose cases stand out most from those of all rows, by the likelihood ratio of its
//!    density against theirs. That weighs coverage against density without a threshold on either.
//! 3. Paste: give rows back at one end of one factor, as long as the density does not fall.
//! 4. Prune: open the end of a factor that is most likely chance while its quasi-p is above .05.
//! 5. Hold against chance: deal the cases at random among the rows and do the same, 99 times. A box that is
//!    not among the best five of the hundred is none: whoever looks in many places finds something.
//!
//! What the first box leaves is looked through once more (covering), which gives two boxes at most.
//!
//! * coverage: the share of all cases that lie in the box (recall);
//! * density: the share of the rows in the box that are cases (precision);
//! * mass: the share of all rows that lie in the box;
//! * quasi-p of a restriction: the chance that of as many rows as the box has, drawn from the box without
//!   this restriction, as many or more are cases (one-sided binomial). *Quasi*, because the limits were
//!   chosen on the same rows.

mod chance;
mod peel;
mod region;
#[cfg(test)]
mod tests;

use chance::{deals, upper_tail};
use peel::chosen;
use region::Region;
use serde::Serialize;

/// Rows below which nothing is looked for: a twentieth of them is two.
pub const LEAST_ROWS: usize = 40;
/// Cases of interest, and other rows, below which nothing is looked for.
pub const LEAST_CASES: usize = 10;
/// Boxes at most.
const BOXES: usize = 2;
/// Quasi-p up to which a restriction stays, and chance up to which a box does.
const SIGNIFICANT: f64 = 0.05;

/// The values of a factor, one a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers, none of them `NaN`.
    Numbers(Vec<f64>),
    /// Words, in no order.
    Words(Vec<String>),
}

impl Values {
    /// Those of some rows.
    #[must_use]
    pub fn at(&self, rows: &[usize]) -> Self {
        match self {
            Self::Numbers(all) => Self::Numbers(rows.iter().map(|row| all[*row]).collect()),
            Self::Words(all) => Self::Words(rows.iter().map(|row| all[*row].clone()).collect()),
        }
    }
}

/// Where a factor lies in a box.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Limits {
    /// Between two of its values, both included; an end that is missing is open.
    Between {
        /// Least value.
        low: Option<f64>,
        /// Greatest value.
        high: Option<f64>,
    },
    /// At one of these words.
    Among {
        /// The words, in the alphabet's order.
        levels: Vec<String>,
    },
}

/// A factor that a box restricts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Restriction {
    /// Position of the factor.
    pub factor: usize,
    /// Where it lies.
    #[serde(flatten)]
    pub limits: Limits,
    /// Chance of so many cases without this restriction.
    pub quasi_p: f64,
}

/// A box in which cases of interest are dense.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rule {
    /// What it restricts, in the order of the factors.
    pub restrictions: Vec<Restriction>,
    /// Share of all cases that lie in it, not counting those of an earlier box.
    pub coverage: f64,
    /// Share of its rows that are cases, without the rows of an earlier box.
    pub density: f64,
    /// Share of all rows that lie in it, without those of an earlier box.
    pub mass: f64,
    /// Share of a hundred looks that find a box as good, of which 99 have the cases dealt at random.
    pub chance: f64,
}

/// Why nothing was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooFew {
    /// So few rows.
    Rows(usize),
    /// So few cases of interest.
    Cases(usize),
    /// So few other rows.
    Others(usize),
}

impl TooFew {
    /// Whether there is something to look for.
    ///
    /// # Errors
    /// [`TooFew`] below [`LEAST_ROWS`] rows, [`LEAST_CASES`] cases or as many others.
    pub fn check(cases: &[bool]) -> Result<(), Self> {
        let there = cases.iter().filter(|case| **case).count();
        let others = cases.len() - there;
        match (cases.len() < LEAST_ROWS, there, others) {
            (true, _, _) => Err(Self::Rows(cases.len())),
            (false, few, _) if few < LEAST_CASES => Err(Self::Cases(few)),
            (false, _, few) if few < LEAST_CASES => Err(Self::Others(few)),
            _ => Ok(()),
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Rows(rows) => {
                format!("{rows} are too few to find a region: {LEAST_ROWS} at least")
            }
            Self::Cases(few) | Self::Others(few) => {
                format!("{few} are too few to find where they lie: {LEAST_CASES} at least")
            }
        }
    }
}

/// The boxes in which cases of interest are dense, the first found first; none where no region has more of
/// them than chance gives. `factors` have a value for each of `cases`; `seed` is for the deals at random.
///
/// # Errors
/// [`TooFew`] rows, cases or others to look for anything.
pub fn rules(factors: &[Values], cases: &[bool], seed: u64) -> Result<Vec<Rule>, TooFew> {
    TooFew::check(cases)?;
    let data = region::Data::of(factors);
    let all = cases.iter().filter(|case| **case).count() as f64;
    let mut rows: Vec<usize> = (0..cases.len()).collect();
    let mut found = Vec::new();
    while found.len() < BOXES {
        let left: Vec<bool> = rows.iter().map(|row| cases[*row]).collect();
        if TooFew::check(&left).is_err() {
            break;
        }
        let Some(region) = best(&data, &rows, cases) else {
            break;
        };
        let score = region.score(&data, &rows, cases);
        let dealt = deals(&rows, cases, (seed, found.len() as u64), |cases| {
            best(&data, &rows, cases).is_some_and(|other| other.score(&data, &rows, cases) >= score)
        });
        if dealt > SIGNIFICANT {
            break;
        }
        let (n, k) = region.counts(&data, &rows, cases);
        found.push(Rule {
            restrictions: restrictions(&region, &data, &rows, cases),
            coverage: k / all,
            density: k / n,
            mass: n / cases.len() as f64,
            chance: dealt,
        });
        rows.retain(|row| !region.holds(&data, *row));
    }
    Ok(found)
}

/// The box that is chosen, pasted and pruned; none where nothing remains of it.
fn best(data: &region::Data<'_>, rows: &[usize], cases: &[bool]) -> Option<Region> {
    let mut region = peel::pasted(data, rows, cases, chosen(data, rows, cases)?);
    loop {
        let wider = region.opened(data).into_iter();
        let each = wider.map(|wider| (quasi_p(&region, &wider, data, rows, cases), wider));
        let (weakest, wider) = each.max_by(|one, other| one.0.total_cmp(&other.0))?;
        if weakest <= SIGNIFICANT {
            return Some(region);
        }
        region = wider;
    }
}

/// The chance that of as many rows as a box has, drawn from a wider one, as many or more are cases.
fn quasi_p(
    region: &Region,
    wider: &Region,
    data: &region::Data<'_>,
    rows: &[usize],
    cases: &[bool],
) -> f64 {
    let (n, k) = region.counts(data, rows, cases);
    let (wide_n, wide_k) = wider.counts(data, rows, cases);
    upper_tail(n, k, wide_k / wide_n)
}

/// What a box restricts, with the outermost values inside of it as limits.
fn restrictions(
    region: &Region,
    data: &region::Data<'_>,
    rows: &[usize],
    cases: &[bool],
) -> Vec<Restriction> {
    let one = |factor: usize| Restriction {
        factor,
        limits: region.limits(data, factor),
        quasi_p: quasi_p(region, &region.without(factor), data, rows, cases),
    };
    region.restricted().into_iter().map(one).collect()
}

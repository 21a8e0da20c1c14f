//! Boxes, and the rows that lie in them.

use super::chance::evidence;
use super::{Limits, Values};

/// The factors of the rows, made ready for many boxes: each value by its place among the different values of
/// its factor, from 0.
#[derive(Debug)]
pub(super) struct Data<'a> {
    factors: &'a [Values],
    /// By factor, then by row.
    places: Vec<Vec<usize>>,
    /// By factor, a row at each place.
    at: Vec<Vec<usize>>,
}

impl<'a> Data<'a> {
    pub(super) fn of(factors: &'a [Values]) -> Self {
        let (at, places) = factors.iter().map(places).unzip();
        Self {
            factors,
            places,
            at,
        }
    }

    /// How many factors there are.
    pub(super) fn len(&self) -> usize {
        self.factors.len()
    }

    /// Whether the values of a factor have an order.
    pub(super) fn ordered(&self, factor: usize) -> bool {
        matches!(self.factors[factor], Values::Numbers(_))
    }

    /// How many different values a factor has.
    pub(super) fn size(&self, factor: usize) -> usize {
        self.at[factor].len()
    }

    /// The place of a row's value.
    pub(super) fn place(&self, factor: usize, row: usize) -> usize {
        self.places[factor][row]
    }
}

/// The different values, each by the first row that has it, and the place of each row among them.
fn places(values: &Values) -> (Vec<usize>, Vec<usize>) {
    let order = |one: &usize, other: &usize| match values {
        Values::Numbers(all) => all[*one].total_cmp(&all[*other]),
        Values::Words(all) => all[*one].cmp(&all[*other]),
    };
    let size = match values {
        Values::Numbers(all) => all.len(),
        Values::Words(all) => all.len(),
    };
    let mut rows: Vec<usize> = (0..size).collect();
    rows.sort_by(order);
    let (mut at, mut places): (Vec<usize>, _) = (Vec::new(), vec![0; size]);
    for row in rows {
        if at.last().is_none_or(|last| order(last, &row).is_ne()) {
            at.push(row);
        }
        places[row] = at.len() - 1;
    }
    (at, places)
}

/// A box: of each factor, which of its places lie inside.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Region {
    pub(super) inside: Vec<Vec<bool>>,
}

impl Region {
    /// All rows.
    pub(super) fn whole(data: &Data<'_>) -> Self {
        let all = |factor| vec![true; data.size(factor)];
        Self {
            inside: (0..data.len()).map(all).collect(),
        }
    }

    /// The same with a factor open.
    pub(super) fn without(&self, factor: usize) -> Self {
        let mut wider = self.clone();
        wider.inside[factor].fill(true);
        wider
    }

    /// The boxes with one end of what it restricts open; of words all of them.
    pub(super) fn opened(&self, data: &Data<'_>) -> Vec<Self> {
        let open = |factor: usize| {
            let inside = &self.inside[factor];
            let first = inside.iter().position(|inside| *inside).unwrap_or(0);
            let last = inside.iter().rposition(|inside| *inside).unwrap_or(0);
            let whole = 0..inside.len();
            let ends = match data.ordered(factor) {
                true => vec![0..first, last + 1..inside.len()],
                false => vec![whole],
            };
            let ends = ends.into_iter().filter(|end| !end.is_empty());
            let wider = |end: std::ops::Range<usize>| {
                let mut wider = self.clone();
                wider.inside[factor][end].fill(true);
                wider
            };
            ends.map(wider).collect::<Vec<_>>()
        };
        self.restricted().into_iter().flat_map(open).collect()
    }

    /// Whether a row lies in it.
    pub(super) fn holds(&self, data: &Data<'_>, row: usize) -> bool {
        let mut each = self.inside.iter().enumerate();
        each.all(|(factor, inside)| inside[data.place(factor, row)])
    }

    /// Of some rows those that lie in it.
    pub(super) fn rows(&self, data: &Data<'_>, rows: &[usize]) -> Vec<usize> {
        let rows = rows.iter().copied();
        rows.filter(|row| self.holds(data, *row)).collect()
    }

    /// Rows that lie in it, and cases among them.
    pub(super) fn counts(&self, data: &Data<'_>, rows: &[usize], cases: &[bool]) -> (f64, f64) {
        let here = self.rows(data, rows);
        (here.len() as f64, count(&here, cases))
    }

    /// Positions of the factors that it restricts.
    pub(super) fn restricted(&self) -> Vec<usize> {
        let open = |factor: &usize| self.inside[*factor].iter().all(|inside| *inside);
        (0..self.inside.len())
            .filter(|factor| !open(factor))
            .collect()
    }

    /// How much its cases stand out from those of some rows; see [`evidence`].
    pub(super) fn score(&self, data: &Data<'_>, rows: &[usize], cases: &[bool]) -> f64 {
        let (n, k) = self.counts(data, rows, cases);
        evidence(n, k, count(rows, cases) / rows.len() as f64)
    }

    /// The limits of a factor: the outermost of its values inside.
    pub(super) fn limits(&self, data: &Data<'_>, factor: usize) -> Limits {
        let inside = &self.inside[factor];
        let there: Vec<usize> = (0..inside.len()).filter(|place| inside[*place]).collect();
        match &data.factors[factor] {
            Values::Numbers(values) => {
                let value = |place: &usize| values[data.at[factor][*place]];
                let low = there.first().filter(|place| **place > 0);
                let high = there.last().filter(|place| **place + 1 < inside.len());
                Limits::Between {
                    low: low.map(value),
                    high: high.map(value),
                }
            }
            Values::Words(words) => Limits::Among {
                levels: there
                    .iter()
                    .map(|place| words[data.at[factor][*place]].clone())
                    .collect(),
            },
        }
    }
}

/// How many of some rows are cases.
pub(super) fn count(rows: &[usize], cases: &[bool]) -> f64 {
    rows.iter().filter(|row| cases[**row]).count() as f64
}

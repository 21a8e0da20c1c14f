//! Peeling and pasting, and the choice between the boxes that were peeled.

use super::chance::evidence;
use super::region::{Data, Region, count};

/// Share of the rows in a box that one step takes away or gives back, about.
const ALPHA: f64 = 0.05;
/// Share of all rows below which nothing is peeled.
const LEAST_MASS: f64 = 0.05;

/// Places of a factor that a step takes away or gives back, with the rows there and the cases among them.
#[derive(Clone, Debug)]
struct Step {
    factor: usize,
    places: Vec<usize>,
    n: f64,
    k: f64,
}

/// A box on the way, with its rows and the cases among them.
#[derive(Clone, Debug)]
pub(super) struct Peeled {
    pub(super) region: Region,
    pub(super) n: f64,
    pub(super) k: f64,
}

/// Every box that peeling comes through, from all `rows` on.
pub(super) fn trajectory(data: &Data<'_>, rows: &[usize], cases: &[bool]) -> Vec<Peeled> {
    let least = (LEAST_MASS * rows.len() as f64).max(1.0);
    let mut here = rows.to_vec();
    let mut now = Peeled {
        region: Region::whole(data),
        n: rows.len() as f64,
        k: count(rows, cases),
    };
    let mut all = vec![now.clone()];
    while now.k < now.n {
        let (n, k) = (now.n, now.k);
        let steps = (0..data.len()).flat_map(|factor| {
            let up: Vec<usize> = (0..data.size(factor)).collect();
            // Words have no ends: each is offered once.
            let mut down = if data.ordered(factor) {
                up.clone()
            } else {
                Vec::new()
            };
            down.reverse();
            steps(data, (&here, cases), factor, [up, down], share(n))
        });
        let steps = steps.filter(|step| step.n > 0.0 && n - step.n >= least);
        // The gain in density for each row taken (Kwakkel & Jaxa-Rozen 2016): ends of numbers take about
        // as many rows each, and levels their own.
        let gain = |step: &Step| ((k - step.k) / (n - step.n) - k / n) / step.n;
        let Some(step) = first_of_most(steps, gain) else {
            break;
        };
        for place in step.places {
            now.region.inside[step.factor][place] = false;
        }
        here.retain(|row| now.region.holds(data, *row));
        (now.n, now.k) = (n - step.n, k - step.k);
        all.push(now.clone());
    }
    all
}

/// The box on the trajectory that is chosen: that whose cases stand out most.
pub(super) fn chosen(data: &Data<'_>, rows: &[usize], cases: &[bool]) -> Option<Region> {
    let base = count(rows, cases) / rows.len() as f64;
    let boxes = trajectory(data, rows, cases).into_iter();
    let found = first_of_most(boxes, |one| evidence(one.n, one.k, base));
    found.map(|one| one.region)
}

/// A box with rows given back at its ends, as long as that does not make it less dense.
pub(super) fn pasted(
    data: &Data<'_>,
    rows: &[usize],
    cases: &[bool],
    mut region: Region,
) -> Region {
    loop {
        let (n, k) = region.counts(data, rows, cases);
        let steps = region.restricted().into_iter().flat_map(|factor| {
            let wide = region.without(factor).rows(data, rows);
            let inside = &region.inside[factor];
            let outside = (0..inside.len()).filter(|place| !inside[*place]);
            let first = inside.iter().position(|inside| *inside).unwrap_or(0);
            // Below the box downwards, above it upwards.
            let (mut below, above): (Vec<_>, Vec<_>) = outside.partition(|place| *place < first);
            below.reverse();
            steps(data, (&wide, cases), factor, [below, above], share(n))
        });
        let density = |step: &Step| (k + step.k) / (n + step.n);
        let steps = steps.filter(|step| density(step) >= k / n);
        let Some(step) = first_of_most(steps, density) else {
            return region;
        };
        for place in step.places {
            region.inside[step.factor][place] = true;
        }
    }
}

/// The steps that a factor offers: of words each place by itself, of numbers about `share` rows from the
/// start of either walk over its places, equal values together. `rows` are those that stand there.
fn steps(
    data: &Data<'_>,
    (rows, cases): (&[usize], &[bool]),
    factor: usize,
    walks: [Vec<usize>; 2],
    share: f64,
) -> Vec<Step> {
    let mut there = vec![(0.0, 0.0); data.size(factor)];
    for row in rows {
        let (n, k) = &mut there[data.place(factor, *row)];
        *n += 1.0;
        *k += f64::from(u8::from(cases[*row]));
    }
    let none = || Step {
        factor,
        places: Vec::new(),
        n: 0.0,
        k: 0.0,
    };
    let mut steps = Vec::new();
    for walk in walks {
        let mut step = none();
        for place in walk {
            step.places.push(place);
            step.n += there[place].0;
            step.k += there[place].1;
            if !data.ordered(factor) {
                steps.push(std::mem::replace(&mut step, none()));
            } else if step.n >= share {
                break;
            }
        }
        if !step.places.is_empty() {
            steps.push(step);
        }
    }
    steps
}

/// The rows that a step takes from a box of `n`, or gives back to it, about.
fn share(n: f64) -> f64 {
    (ALPHA * n).floor().max(1.0)
}

/// The first of those that have most of something.
fn first_of_most<T>(all: impl Iterator<Item = T>, most: impl Fn(&T) -> f64) -> Option<T> {
    let mut best: Option<(T, f64)> = None;
    for one in all {
        let value = most(&one);
        if best.as_ref().is_none_or(|(_, known)| value > *known) {
            best = Some((one, value));
        }
    }
    best.map(|(one, _)| one)
}

//! Where the leaders of a network stand: each organisation a ring of its members, the organisations on a circle.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::canvas::Point;

/// Widest distance of neighbours on a ring.
const WIDEST_SPACING: f64 = 27.0;
/// From a ring to the edge of its disc, in spacings.
const RIM: f64 = 0.9;
/// Between neighbouring discs, in spacings.
const GAP: f64 = 0.8;
/// Largest circle of organisations, in least ones: few organisations stay near each other.
const WIDEST_CIRCLE: f64 = 1.7;

/// One organisation on the map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Disc {
    pub(super) centre: Point,
    pub(super) radius: f64,
    /// From the middle of the map outward, a vector of length 1.
    pub(super) outward: Point,
}

/// Places on a map whose middle is (0, 0).
#[derive(Debug)]
pub(super) struct Layout {
    /// By organisation; `None` without members.
    pub(super) discs: Vec<Option<Disc>>,
    /// By leader.
    pub(super) places: Vec<Point>,
    /// Distance of neighbours on a ring.
    pub(super) spacing: f64,
}

impl Layout {
    /// The top of the highest disc and the bottom of the lowest.
    pub(super) fn ends(&self) -> (f64, f64) {
        let discs = || self.discs.iter().flatten();
        (
            discs()
                .map(|disc| disc.centre.1 - disc.radius)
                .fold(0.0, f64::min),
            discs()
                .map(|disc| disc.centre.1 + disc.radius)
                .fold(0.0, f64::max),
        )
    }
}

/// A layout within `radius` of the middle; `members` lists the leaders of each organisation in the order of its ring.
pub(super) fn layout(members: &[Vec<usize>], leaders: usize, radius: f64) -> Layout {
    let reach: Vec<f64> = members
        .iter()
        .map(|ring| ring_radius(ring.len()) + RIM)
        .collect();
    let occupied = |organisation: usize| !members[organisation].is_empty();
    let sizes: Vec<f64> = (0..members.len())
        .filter(|&o| occupied(o))
        .map(|o| reach[o] + GAP / 2.0)
        .collect();
    let largest = sizes.iter().copied().fold(RIM, f64::max);
    let circle = least_circle(&sizes);
    let spacing = (radius / (circle + largest)).min(WIDEST_SPACING);
    let circle = (radius / spacing - largest).min(WIDEST_CIRCLE * circle);
    let free = (TAU - sizes.iter().map(|&size| angle(size, circle)).sum::<f64>()).max(0.0);

    let mut layout = Layout {
        discs: vec![None; members.len()],
        places: vec![(0.0, 0.0); leaders],
        spacing,
    };
    let share = free / sizes.len().max(1) as f64;
    let mut turn = sizes
        .first()
        .map_or(0.0, |&size| -angle(size, circle) / 2.0 - share / 2.0)
        - if sizes.len() == 2 { PI } else { FRAC_PI_2 };
    for organisation in (0..members.len()).filter(|&o| occupied(o)) {
        let width = angle(reach[organisation] + GAP / 2.0, circle) + share;
        let outward = direction(turn + width / 2.0);
        let centre = (outward.0 * circle * spacing, outward.1 * circle * spacing);
        layout.discs[organisation] = Some(Disc {
            centre,
            radius: reach[organisation] * spacing,
            outward,
        });
        let ring = ring_radius(members[organisation].len()) * spacing;
        let step = TAU / members[organisation].len() as f64;
        let mut around = turn + width / 2.0;
        for &leader in &members[organisation] {
            let (x, y) = direction(around);
            layout.places[leader] = (centre.0 + x * ring, centre.1 + y * ring);
            around += step;
        }
        turn += width;
    }
    layout
}

/// Radius of a ring of `members` one spacing apart, in spacings.
fn ring_radius(members: usize) -> f64 {
    if members < 2 {
        0.0
    } else {
        0.5 / direction(PI / members as f64).1
    }
}

/// The angle that a disc of radius `size` takes on a circle of radius `circle`.
fn angle(size: f64, circle: f64) -> f64 {
    #[allow(
        clippy::disallowed_methods,
        reason = "a place in a picture: no result depends on it"
    )]
    let half = if size < circle {
        (size / circle).asin()
    } else {
        FRAC_PI_2
    };
    2.0 * half
}

/// The least circle on which discs of these radii stand side by side.
fn least_circle(sizes: &[f64]) -> f64 {
    if sizes.len() < 2 {
        return 0.0;
    }
    let largest = sizes.iter().copied().fold(0.0, f64::max);
    let (mut small, mut large) = (largest, sizes.iter().sum::<f64>());
    for _ in 0..60 {
        let middle = (small + large) / 2.0;
        let taken: f64 = sizes.iter().map(|&size| angle(size, middle)).sum();
        if taken > TAU {
            small = middle
        } else {
            large = middle
        }
    }
    large
}

/// The vector of length 1 at `angle`, which grows clockwise from the right.
#[allow(
    clippy::disallowed_methods,
    reason = "a place in a picture: no result depends on it"
)]
fn direction(angle: f64) -> Point {
    (angle.cos(), angle.sin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(a: Point, b: Point) -> f64 {
        ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt()
    }

    /// Organisations of these sizes, their members numbered through.
    fn organisations(sizes: &[usize]) -> (Vec<Vec<usize>>, usize) {
        let mut next = 0..;
        let members: Vec<Vec<usize>> = sizes
            .iter()
            .map(|&size| next.by_ref().take(size).collect())
            .collect();
        (members, sizes.iter().sum())
    }

    #[test]
    fn discs_do_not_overlap_and_stay_inside() {
        for sizes in [
            vec![20; 6],
            vec![8; 15],
            vec![60, 12, 12, 1, 1, 0],
            vec![1, 1],
            vec![3],
            vec![7; 40],
        ] {
            let (members, leaders) = organisations(&sizes);
            let layout = layout(&members, leaders, 200.0);
            let discs: Vec<Disc> = layout.discs.iter().flatten().copied().collect();
            for (i, disc) in discs.iter().enumerate() {
                assert!(
                    distance(disc.centre, (0.0, 0.0)) + disc.radius <= 200.1,
                    "{sizes:?}: {disc:?}"
                );
                for other in &discs[..i] {
                    assert!(
                        distance(disc.centre, other.centre) >= disc.radius + other.radius,
                        "{sizes:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn neighbours_on_a_ring_are_one_spacing_apart() {
        let (members, leaders) = organisations(&[5, 9]);
        let layout = layout(&members, leaders, 150.0);
        assert!((distance(layout.places[5], layout.places[6]) - layout.spacing).abs() < 1e-9);
        assert!((distance(layout.places[0], layout.places[1]) - layout.spacing).abs() < 1e-9);
    }

    #[test]
    fn a_lone_leader_stands_in_the_middle() {
        assert_eq!(layout(&[vec![0]], 1, 100.0).places, [(0.0, 0.0)]);
        assert!(layout(&[], 0, 100.0).places.is_empty());
    }
}

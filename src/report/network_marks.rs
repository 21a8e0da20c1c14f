//! The marks of a network map: a leader is a disc, a tie a curve that narrows from its source to its target.

use super::canvas::{Canvas, Point};
use super::palette::{Colour, PAPER};

const TIE: Colour = Colour(52, 62, 80);
/// Width of a tie at its source: of a weight near 0, and of a weight of 1 or of the largest beyond.
const TIE_WIDTH: (f64, f64) = (1.0, 4.0);
/// How much of its colour a tie of a weight near 0 has.
const PALEST: f64 = 0.3;
/// Radius of the leader with the highest standing.
const LARGEST_RADIUS: f64 = 10.5;

/// What both panels are measured by.
pub(super) struct Scale {
    /// Least and largest weight shown.
    pub(super) weights: (f64, f64),
    /// Whether any tie is shown.
    pub(super) any_tie: bool,
    /// Least and largest standing, the latter above 0.
    pub(super) standing: (f64, f64),
}

impl Scale {
    /// From 0 to 1. Weights are shares: strength starts at 0 and not at the weakest tie shown, or a weak network would look
    /// like a strong one.
    fn strength(&self, weight: f64) -> f64 {
        (weight / self.weights.1.max(1.0)).clamp(0.0, 1.0)
    }

    pub(super) fn tie_width(&self, weight: f64) -> f64 {
        TIE_WIDTH.0 + (TIE_WIDTH.1 - TIE_WIDTH.0) * self.strength(weight)
    }

    pub(super) fn tie_colour(&self, weight: f64) -> Colour {
        TIE.tint(PALEST + (1.0 - PALEST) * self.strength(weight))
    }

    /// Radius of a leader's circle, whose area follows standing; `NAN` for who is absent.
    pub(super) fn radius(&self, standing: f64, spacing: f64) -> f64 {
        (standing / self.standing.1).sqrt() * (0.42 * spacing).min(LARGEST_RADIUS)
    }
}

pub(super) fn draw_leader(canvas: &mut Canvas, place: Point, radius: f64, colour: Colour) {
    if radius.is_finite() {
        let radius = radius.max(1.6);
        canvas.circle(place, radius + 1.0, PAPER);
        canvas.circle(place, radius, colour);
    } else {
        canvas.circle(place, 2.6, colour.tint(0.6));
        canvas.circle(place, 1.7, PAPER);
    }
}

/// The control point of a curve from `from` to `to`, drawn by `pull` toward the middle of the map.
pub(super) fn bend(from: Point, to: Point, pull: f64) -> Point {
    (
        (from.0 + to.0) / 2.0 * (1.0 - pull),
        (from.1 + to.1) / 2.0 * (1.0 - pull),
    )
}

/// The outline of a curve (quadratic Bézier) that narrows from `width` at its start to a tenth of it: people read the direction
/// of such ties best (Holten and van Wijk 2009).
pub(super) fn wedge(from: Point, control: Point, to: Point, width: f64) -> Vec<Point> {
    const STEPS: u32 = 12;
    let side = |sign: f64| {
        (0..=STEPS).map(move |i| {
            let t = f64::from(i) / f64::from(STEPS);
            let mix = |a: f64, b: f64, c: f64| {
                (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c
            };
            let slope = |a: f64, b: f64, c: f64| (1.0 - t) * (b - a) + t * (c - b);
            let (along, down) = (
                slope(from.0, control.0, to.0),
                slope(from.1, control.1, to.1),
            );
            let length = (along * along + down * down).sqrt().max(1e-9);
            let half = sign * width / 2.0 * (1.0 - 0.9 * t);
            (
                mix(from.0, control.0, to.0) - down / length * half,
                mix(from.1, control.1, to.1) + along / length * half,
            )
        })
    };
    let back: Vec<Point> = side(-1.0).collect();
    side(1.0).chain(back.into_iter().rev()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wedge_narrows_to_a_tenth() {
        let outline = wedge((0.0, 0.0), (5.0, 0.0), (10.0, 0.0), 4.0);
        let (first, last) = (outline[0].1 - outline[25].1, outline[12].1 - outline[13].1);
        assert!(
            (first.abs() - 4.0).abs() < 1e-9 && (last.abs() - 0.4).abs() < 1e-9,
            "{outline:?}"
        );
    }

    #[test]
    fn area_follows_standing() {
        let scale = Scale {
            weights: (0.2, 0.5),
            any_tie: true,
            standing: (1.0, 4.0),
        };
        assert!((scale.radius(4.0, 10.0) - 2.0 * scale.radius(1.0, 10.0)).abs() < 1e-9);
        assert!(scale.radius(f64::NAN, 10.0).is_nan());
    }

    #[test]
    fn a_weak_network_is_drawn_weak() {
        let weak = Scale {
            weights: (0.02, 0.05),
            any_tie: true,
            standing: (0.5, 0.5),
        };
        assert!(weak.tie_width(0.05) < 1.5);
        assert!((weak.tie_width(1.0) - TIE_WIDTH.1).abs() < 1e-9);
        let beyond = Scale {
            weights: (1.0, 8.0),
            ..weak
        };
        assert!((beyond.tie_width(8.0) - TIE_WIDTH.1).abs() < 1e-9);
    }
}

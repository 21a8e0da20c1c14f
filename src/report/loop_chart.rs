//! The way up and the way down: an outcome against what is swept, panels beside each other.

use super::axis::{Axis, LARGEST, Plot};
use super::canvas::{Area, Canvas};
use super::legend::{self, Item};
use super::palette::{BLUE, Colour, TEXT, VERMILLION};
use super::{Chart, ChartError, Heading, MARGIN, WIDTH, data_error};

const HEIGHT: f64 = 330.0;
const GUTTER: f64 = 34.0;

/// Loops, each in its panel.
#[derive(Clone, Debug, Default)]
pub struct LoopChart {
    /// Title, caption, alternative text.
    pub heading: Heading,
    /// What is swept.
    pub x_title: String,
    /// The outcome.
    pub y_title: String,
    /// One to three.
    pub panels: Vec<LoopPanel>,
}

/// One loop.
#[derive(Clone, Debug, Default)]
pub struct LoopPanel {
    /// Stands above.
    pub title: String,
    /// On the way up, from the lowest level.
    pub up: Vec<LoopPoint>,
    /// On the way down, in the same order.
    pub down: Vec<LoopPoint>,
}

/// The outcome at one level.
#[derive(Clone, Copy, Debug)]
pub struct LoopPoint {
    /// The level.
    pub level: f64,
    /// The mean.
    pub mean: f64,
    /// Its interval.
    pub interval: (f64, f64),
}

/// The two ways: colour, meaning, and by how many points the intervals stand aside.
const WAYS: [(Colour, &str, f64); 2] = [
    (BLUE, "on the way up", -2.5),
    (VERMILLION, "on the way down", 2.5),
];

impl LoopChart {
    fn points(&self) -> impl Iterator<Item = &LoopPoint> {
        let panels = self.panels.iter();
        panels.flat_map(|panel| panel.up.iter().chain(&panel.down))
    }

    fn legend() -> Vec<Item<'static>> {
        let items = WAYS.iter();
        items.map(|(colour, words, _)| (*colour, *words)).collect()
    }

    fn panel(&self, canvas: &mut Canvas, panel: &LoopPanel, area: Area) {
        let values = self
            .points()
            .flat_map(|one| [one.mean, one.interval.0, one.interval.1]);
        let y = Axis::of_values(&self.y_title, None, values.chain([0.0]), 5.0);
        let levels = || self.points().map(|one| one.level);
        let plot = Plot::within(
            area,
            true,
            |_| Axis::of_values(&self.x_title, None, levels(), 5.0),
            y,
        );
        plot.draw_frame(canvas, (&panel.title, TEXT), area);
        for ((colour, _, aside), way) in WAYS.into_iter().zip([&panel.up, &panel.down]) {
            let line: Vec<(f64, f64)> = way
                .iter()
                .map(|one| {
                    let (x, y) = plot.at(one.level, one.mean);
                    (x + aside, y)
                })
                .collect();
            canvas.line(&line, colour, 2.4);
            for (one, place) in way.iter().zip(line) {
                let end = |value: f64| (place.0, plot.at(one.level, value).1);
                let ends = [end(one.interval.0), end(one.interval.1)];
                canvas.line(&ends, colour, 1.6);
                canvas.circle(place, 3.6, colour);
            }
        }
    }
}

impl Chart for LoopChart {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        format!(
            "{} Dot: mean; upright line: 95\u{a0}% interval.",
            self.heading.caption
        )
    }

    fn check(&self) -> Result<(), ChartError> {
        if !(1..=3).contains(&self.panels.len()) {
            return Err(data_error(&self.heading, "it needs one to three panels"));
        }
        let values = self
            .points()
            .flat_map(|one| [one.level, one.mean, one.interval.0, one.interval.1]);
        if values.into_iter().any(|v| v.is_nan() || v.abs() > LARGEST) {
            let reason = "a level, a mean or its interval is not a number that can be drawn";
            return Err(data_error(&self.heading, reason));
        }
        Ok(())
    }

    fn height(&self) -> f64 {
        let width = f64::from(WIDTH) - 2.0 * MARGIN;
        legend::height(&Self::legend(), width) + HEIGHT
    }

    fn draw(&self, canvas: &mut Canvas, area: Area) {
        let items = Self::legend();
        legend::draw(canvas, &items, area);
        let top = area.top + legend::height(&items, area.width());
        let count = self.panels.len() as f64;
        let wide = (area.width() - GUTTER * (count - 1.0)) / count;
        for (number, panel) in self.panels.iter().enumerate() {
            let left = area.left + (wide + GUTTER) * number as f64;
            let place = Area {
                left,
                right: left + wide,
                top,
                bottom: top + HEIGHT,
            };
            self.panel(canvas, panel, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::assert_readable;

    fn chart(panels: usize) -> LoopChart {
        let way = |apart: f64| {
            (0..5)
                .map(|at| f64::from(at) / 4.0)
                .map(|level| LoopPoint {
                    level,
                    mean: -0.1 * level - apart,
                    interval: (-0.1 * level - apart - 0.02, -0.1 * level - apart + 0.02),
                })
                .collect::<Vec<LoopPoint>>()
        };
        let panel = LoopPanel {
            title: "each level held 12 months".to_owned(),
            up: way(0.0),
            down: way(0.05),
        };
        LoopChart {
            heading: Heading {
                title: "Whether trust comes back the way it went".to_owned(),
                caption: "A system.".to_owned(),
                alt: "A loop.".to_owned(),
            },
            x_title: "intensity of target-regime".to_owned(),
            y_title: "difference in trust".to_owned(),
            panels: vec![panel; panels],
        }
    }

    #[test]
    fn a_loop_is_readable_and_what_cannot_be_drawn_is_refused() {
        assert_readable("loop", &chart(1));
        assert_readable("loops", &chart(2));
        assert!(chart(0).check().is_err());
        let mut wrong = chart(1);
        wrong.panels[0].up[0].mean = f64::NAN;
        assert!(wrong.check().is_err());
    }
}

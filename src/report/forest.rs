//! Differences with their intervals: a panel an outcome, a row a design.

use super::axis::{Axis, LARGEST, LINE};
use super::canvas::{Align, Area, Canvas, Type};
use super::palette::{AXIS, Colour, GRID, GROUND, QUIET_TEXT, TEXT};
use super::{Chart, ChartError, Heading, LABEL_SIZE, SMALL_SIZE, data_error, font};

/// Height of a row.
const ROW: f64 = 24.0;
/// Room for the names of designs, and for what is said of them.
const NAMES: f64 = 270.0;
const WORDS: f64 = 96.0;
/// Below a panel.
const BETWEEN: f64 = 16.0;

/// Differences from a baseline.
#[derive(Clone, Debug, Default)]
pub struct ForestChart {
    /// Title, caption, alternative text.
    pub heading: Heading,
    /// One an outcome.
    pub panels: Vec<ForestPanel>,
    /// What a dot is.
    pub mark: String,
}

/// One outcome.
#[derive(Clone, Debug, Default)]
pub struct ForestPanel {
    /// Stands above.
    pub title: String,
    /// What the axis measures, with its unit.
    pub axis: String,
    /// The differences that are too small to matter, where all rows share it: minus and plus this.
    pub smallest: Option<f64>,
    /// The designs.
    pub rows: Vec<ForestRow>,
}

/// One design.
#[derive(Clone, Debug)]
pub struct ForestRow {
    /// Its name.
    pub label: String,
    /// The difference.
    pub difference: f64,
    /// Its interval.
    pub interval: (f64, f64),
    /// What is said of it.
    pub word: String,
    /// Of mark and word.
    pub colour: Colour,
}

impl ForestPanel {
    fn height(&self) -> f64 {
        2.0 * LINE + ROW * self.rows.len() as f64 + 2.0 * LINE + BETWEEN
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        let rows = self.rows.iter();
        let rows = rows.flat_map(|row| [row.difference, row.interval.0, row.interval.1]);
        let small = self.smallest.into_iter().flat_map(|one| [-one, one]);
        rows.chain(small).chain([0.0])
    }

    fn draw(&self, canvas: &mut Canvas, area: Area) {
        let look = |size, colour, align| Type {
            size,
            colour,
            align,
        };
        let title = font::shorten(&self.title, LABEL_SIZE, area.width());
        let at = (area.left, area.top + LABEL_SIZE);
        canvas.text(&title, at, look(LABEL_SIZE, TEXT, Align::Left));
        let (left, right) = (area.left + NAMES, area.right - WORDS);
        let top = area.top + 1.4 * LINE;
        let bottom = top + ROW * self.rows.len() as f64 + 4.0;
        let axis = Axis::of_values(&self.axis, None, self.values(), 6.0);
        let x = |value: f64| left + axis.share(value) * (right - left);
        if let Some(small) = self.smallest {
            let (left, right) = (x(-small), x(small));
            canvas.rectangle(
                Area {
                    left,
                    top,
                    right,
                    bottom,
                },
                GROUND,
            );
        }
        for (share, label) in axis.marks() {
            let at = left + share * (right - left);
            canvas.line(&[(at, top), (at, bottom)], GRID, 1.0);
            let place = (at, bottom + LINE - 3.0);
            canvas.text(label, place, look(SMALL_SIZE, QUIET_TEXT, Align::Centre));
        }
        canvas.line(&[(x(0.0), top), (x(0.0), bottom)], AXIS, 1.4);
        canvas.line(&[(left, bottom), (right, bottom)], AXIS, 1.0);
        let place = (0.5 * (left + right), bottom + 2.0 * LINE - 4.0);
        let words = font::shorten(&self.axis, SMALL_SIZE, right - left);
        canvas.text(&words, place, look(SMALL_SIZE, QUIET_TEXT, Align::Centre));
        let mut middle = top + 2.0 + 0.5 * ROW;
        for row in &self.rows {
            let label = font::shorten(&row.label, LABEL_SIZE, NAMES - 14.0);
            let baseline = middle + 0.35 * LABEL_SIZE;
            canvas.text(
                &label,
                (left - 12.0, baseline),
                look(LABEL_SIZE, TEXT, Align::Right),
            );
            let ends = [(x(row.interval.0), middle), (x(row.interval.1), middle)];
            canvas.line(&ends, row.colour, 2.2);
            canvas.circle((x(row.difference), middle), 4.2, row.colour);
            let ink = row.colour.as_text();
            canvas.text(
                &row.word,
                (right + 12.0, baseline),
                look(LABEL_SIZE, ink, Align::Left),
            );
            middle += ROW;
        }
    }
}

impl Chart for ForestChart {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        let grey = match self.panels.iter().any(|panel| panel.smallest.is_some()) {
            true => "; grey: too small to matter",
            false => "",
        };
        format!(
            "{} Dot: {}; line: 95\u{a0}% interval{grey}.",
            self.heading.caption, self.mark
        )
    }

    fn check(&self) -> Result<(), ChartError> {
        let values = || self.panels.iter().flat_map(ForestPanel::values);
        if values().any(|value| value.is_nan() || value.abs() > LARGEST) {
            return Err(data_error(
                &self.heading,
                "a difference or its interval is not a number that can be drawn",
            ));
        }
        Ok(())
    }

    fn height(&self) -> f64 {
        self.panels.iter().map(ForestPanel::height).sum()
    }

    fn draw(&self, canvas: &mut Canvas, area: Area) {
        let mut top = area.top;
        for panel in &self.panels {
            let bottom = top + panel.height();
            panel.draw(
                canvas,
                Area {
                    top,
                    bottom,
                    ..area
                },
            );
            top = bottom;
        }
    }
}

//! Ranges of several figures, each on a scale of its own: what was expected, what was found.

use super::axis::LARGEST;
use super::canvas::{Align, Area, Canvas, Point, Type};
use super::legend::{self, Item};
use super::palette::{AXIS, BLUE, Colour, GREEN, GROUND, PAPER, QUIET_TEXT, TEXT, VERMILLION};
use super::{Chart, ChartError, Heading, LABEL_SIZE, SMALL_SIZE, data_error, font};

/// Height of a row, and of the heading of a group.
const ROW: f64 = 42.0;
const GROUP: f64 = 30.0;
/// Width of the labels on the left and of the notes on the right.
const LABELS: f64 = 250.0;
const NOTES: f64 = 70.0;

/// Rows of ranges, in groups.
#[derive(Clone, Debug, Default)]
pub struct RangesChart {
    /// Title, caption, alternative text.
    pub heading: Heading,
    /// What the band, the wide range, the narrow range and the mark are, in this order; empty where
    /// no row has one.
    pub meanings: [String; 4],
    /// The groups, each with its heading.
    pub groups: Vec<(String, Vec<RangesRow>)>,
}

/// One figure.
#[derive(Clone, Debug, Default)]
pub struct RangesRow {
    /// What it is.
    pub label: String,
    /// Stands behind the row, such as a verdict.
    pub note: String,
    /// The ends of its scale.
    pub scale: (f64, f64),
    /// Where it should lie; infinite ends are open.
    pub band: Option<(f64, f64)>,
    /// Ends and middle of what was thought possible.
    pub wide: Option<[f64; 3]>,
    /// Ends and middle of what was found.
    pub narrow: Option<[f64; 3]>,
    /// One value to compare with.
    pub mark: Option<f64>,
}

impl Chart for RangesChart {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        format!("{} Each row has a scale of its own.", self.heading.caption)
    }

    fn check(&self) -> Result<(), ChartError> {
        let rows = self.groups.iter().flat_map(|(_, rows)| rows);
        let mut rows = rows.peekable();
        if rows.peek().is_none() {
            return Err(data_error(
                &self.heading,
                "it needs at least one row".to_owned(),
            ));
        }
        for row in rows {
            let (low, high) = row.scale;
            let sound = low < high && low.abs() < LARGEST && high.abs() < LARGEST;
            if !sound {
                let reason = format!(
                    "\"{}\" needs a scale from a lower to a higher end",
                    row.label
                );
                return Err(data_error(&self.heading, reason));
            }
        }
        Ok(())
    }

    fn height(&self) -> f64 {
        let rows: usize = self.groups.iter().map(|(_, rows)| rows.len()).sum();
        let legend = legend::height(&self.legend(), 760.0);
        legend + GROUP * self.groups.len() as f64 + ROW * rows as f64 + 8.0
    }

    fn draw(&self, canvas: &mut Canvas, area: Area) {
        let items = self.legend();
        legend::draw(canvas, &items, area);
        let mut top = area.top + legend::height(&items, area.width());
        for (heading, rows) in &self.groups {
            let look = Type {
                size: LABEL_SIZE,
                colour: TEXT,
                align: Align::Left,
            };
            canvas.text(heading, (area.left, top + 20.0), look);
            top += GROUP;
            for row in rows {
                row.draw(
                    canvas,
                    Area {
                        top,
                        bottom: top + ROW,
                        ..area
                    },
                );
                top += ROW;
            }
        }
    }
}

/// The colours of band, wide range, narrow range and mark.
const COLOURS: [Colour; 4] = [Colour(178, 226, 213), AXIS, BLUE, VERMILLION];

impl RangesChart {
    fn legend(&self) -> Vec<Item<'_>> {
        let named = COLOURS.into_iter().zip(&self.meanings);
        named
            .filter(|(_, meaning)| !meaning.is_empty())
            .map(|(colour, meaning)| (colour, meaning.as_str()))
            .collect()
    }
}

impl RangesRow {
    fn draw(&self, canvas: &mut Canvas, area: Area) {
        let (left, right) = (area.left + LABELS, area.right - NOTES);
        let place = |value: f64| {
            let share = (value - self.scale.0) / (self.scale.1 - self.scale.0);
            left + share.clamp(0.0, 1.0) * (right - left)
        };
        let middle = area.top + 14.0;
        let strip = |from: f64, to: f64, half: f64| Area {
            left: place(from),
            right: place(to),
            top: middle - half,
            bottom: middle + half,
        };
        canvas.rectangle(strip(self.scale.0, self.scale.1, 11.0), GROUND);
        if let Some((low, high)) = self
            .band
            .filter(|(low, high)| *high >= self.scale.0 && *low <= self.scale.1)
        {
            canvas.rectangle(strip(low, high, 11.0), GREEN.tint(0.3));
        }
        let line = |from: f64, to: f64, height: f64| -> [Point; 2] {
            [(place(from), middle + height), (place(to), middle + height)]
        };
        if let Some([low, centre, high]) = known(self.wide) {
            canvas.line(&line(low, high, -6.0), AXIS, 2.0);
            canvas.circle((place(centre), middle - 6.0), 3.0, AXIS);
        }
        if let Some([low, centre, high]) = known(self.narrow) {
            canvas.line(&line(low, high, 2.0), BLUE, 4.0);
            canvas.circle((place(centre), middle + 2.0), 5.0, BLUE);
            canvas.circle((place(centre), middle + 2.0), 2.0, PAPER);
        }
        if let Some(mark) = self.mark.filter(|mark| mark.is_finite()) {
            let (x, y, r) = (place(mark), middle + 2.0, 5.5);
            canvas.polygon(
                &[(x, y - r), (x + r, y), (x, y + r), (x - r, y)],
                VERMILLION,
            );
        }
        let small = |align| Type {
            size: SMALL_SIZE,
            colour: QUIET_TEXT,
            align,
        };
        canvas.text(
            &short(self.scale.0),
            (left, area.top + 38.0),
            small(Align::Left),
        );
        canvas.text(
            &short(self.scale.1),
            (right, area.top + 38.0),
            small(Align::Right),
        );
        let label = font::shorten(&self.label, LABEL_SIZE, LABELS - 12.0);
        let look = Type {
            size: LABEL_SIZE,
            colour: TEXT,
            align: Align::Left,
        };
        canvas.text(&label, (area.left, middle + 4.5), look);
        let look = Type {
            align: Align::Right,
            ..look
        };
        canvas.text(&self.note, (area.right, middle + 4.5), look);
    }
}

/// A range without missing numbers.
fn known(range: Option<[f64; 3]>) -> Option<[f64; 3]> {
    range.filter(|range| range.iter().all(|value| value.is_finite()))
}

/// A number to three digits.
fn short(value: f64) -> String {
    let size = value.abs();
    let decimals = match size {
        s if s >= 100.0 => 0,
        s if s >= 10.0 => 1,
        s if s >= 0.1 || s <= 0.0 => 2,
        _ => 4,
    };
    let text = format!("{value:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

//! What tells marks apart: labels at the ends of lines, and legends.

use super::canvas::{Align, Area, Canvas, Point, Type};
use super::palette::{Colour, PAPER, TEXT};
use super::{LABEL_SIZE, LEADING, font};

/// Height of one row of a legend.
pub(super) const ROW: f64 = 22.0;
const SWATCH: f64 = 14.0;
const GAP: f64 = 6.0;
const BETWEEN: f64 = 18.0;

/// A colour and its word.
pub(super) type Item<'a> = (Colour, &'a str);

/// The rows that a legend breaks into over `width`, each with the items' distances from the left.
fn rows<'a>(items: &[Item<'a>], width: f64) -> Vec<Vec<(f64, Colour, String)>> {
    let mut rows: Vec<Vec<(f64, Colour, String)>> = Vec::new();
    let mut left = f64::INFINITY;
    for &(colour, label) in items {
        let label = font::shorten(label, LABEL_SIZE, width - SWATCH - GAP);
        let needed = SWATCH + GAP + font::width(&label, LABEL_SIZE);
        if left + needed > width {
            rows.push(Vec::new());
            left = 0.0;
        }
        if let Some(row) = rows.last_mut() {
            row.push((left, colour, label));
        }
        left += needed + BETWEEN;
    }
    rows
}

/// Height of the legend of `items` over `width`, with some distance to what is below.
pub(super) fn height(items: &[Item], width: f64) -> f64 {
    let rows = rows(items, width);
    if rows.is_empty() {
        0.0
    } else {
        rows.len() as f64 * ROW + 6.0
    }
}

/// Draws the legend of `items` from the top left of `area`.
pub(super) fn draw(canvas: &mut Canvas, items: &[Item], area: Area) {
    let mut top = area.top;
    for row in rows(items, area.width()) {
        for (left, colour, label) in row {
            let left = area.left + left;
            canvas.rectangle(
                Area {
                    left,
                    top: top + 4.0,
                    right: left + SWATCH,
                    bottom: top + 4.0 + SWATCH,
                },
                colour,
            );
            let look = Type {
                size: LABEL_SIZE,
                colour: TEXT,
                align: Align::Left,
            };
            canvas.text(&label, (left + SWATCH + GAP, top + 16.0), look);
        }
        top += ROW;
    }
}

/// A label to stand beside the end of a line.
pub(super) struct EndLabel {
    end: Point,
    colour: Colour,
    lines: Vec<String>,
}

impl EndLabel {
    /// A label of at most `width` points and two lines for a line that ends at `end`.
    pub(super) fn new(label: &str, end: Point, colour: Colour, width: f64) -> Self {
        EndLabel {
            end,
            colour,
            lines: font::wrap(label, LABEL_SIZE, width, 2),
        }
    }

    fn height(&self) -> f64 {
        self.lines.len() as f64 * LABEL_SIZE * LEADING
    }
}

/// Draws `labels` to the right of `area` at the height of their lines' ends, pushed apart where they would overlap.
pub(super) fn draw_end_labels(canvas: &mut Canvas, mut labels: Vec<EndLabel>, area: Area) {
    labels.sort_by(|a, b| a.end.1.total_cmp(&b.end.1));
    let heights: Vec<f64> = labels.iter().map(EndLabel::height).collect();
    let wanted: Vec<f64> = labels.iter().map(|label| label.end.1).collect();
    for (label, centre) in labels.iter().zip(push_apart(
        &wanted,
        &heights,
        (area.top - 6.0, area.bottom + 6.0),
    )) {
        let (x, y) = label.end;
        canvas.line(
            &[(x, y), (area.right + 4.0, y), (area.right + 16.0, centre)],
            label.colour.tint(0.6),
            1.0,
        );
        let mut baseline = centre - label.height() / 2.0 + LABEL_SIZE * 1.02;
        for line in &label.lines {
            let look = Type {
                size: LABEL_SIZE,
                colour: label.colour.as_text(),
                align: Align::Left,
            };
            canvas.text(line, (area.right + 19.0, baseline), look);
            baseline += LABEL_SIZE * LEADING;
        }
        canvas.circle(label.end, 3.6, PAPER);
        canvas.circle(label.end, 2.8, label.colour);
    }
}

/// Centres as near to the `wanted` ones (ascending) as their `heights` allow between `top` and `bottom`; the order stays.
fn push_apart(wanted: &[f64], heights: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut centres = wanted.to_vec();
    let mut free = top;
    for (centre, height) in centres.iter_mut().zip(heights) {
        *centre = centre.max(free + height / 2.0);
        free = *centre + height / 2.0;
    }
    let mut free = bottom;
    for (centre, height) in centres.iter_mut().zip(heights).rev() {
        *centre = centre.min(free - height / 2.0);
        free = *centre - height / 2.0;
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_would_overlap_are_pushed_apart() {
        let centres = push_apart(
            &[10.0, 50.0, 51.0, 99.0],
            &[10.0, 20.0, 10.0, 10.0],
            (0.0, 100.0),
        );
        assert_eq!(centres, [10.0, 50.0, 65.0, 95.0]);
    }

    #[test]
    fn labels_are_pushed_up_from_the_lower_edge() {
        assert_eq!(
            push_apart(&[98.0, 99.0, 100.0], &[10.0; 3], (0.0, 100.0)),
            [75.0, 85.0, 95.0]
        );
    }

    #[test]
    fn a_legend_breaks_into_rows_that_fit() {
        let long = "Vollversammlung der Leistungserbringer und Gemeinden – Süd";
        let items: Vec<Item> = (0..5).map(|_| (TEXT, long)).collect();
        let rows = rows(&items, 500.0);
        assert_eq!(rows.len(), 5);
        assert!(height(&[], 500.0) == 0.0);
    }
}

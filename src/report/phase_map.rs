//! Which way an outcome goes from each start: a heat map of its drift, with the boundaries at which the
//! drift changes sign.

use super::axis::{Axis, LINE};
use super::canvas::{Align, Area, Canvas, Type};
use super::legend::{self, Item};
use super::palette::{AXIS, BLUE, Colour, GREEN, INK, PAPER, QUIET_TEXT, TEXT, VERMILLION};
use super::{Chart, ChartError, Heading, LABEL_SIZE, MARGIN, SMALL_SIZE, WIDTH, data_error};

/// Height of a panel's plot.
const PLOT: f64 = 300.0;
/// Horizontal distance of panels.
const GUTTER: f64 = 22.0;
/// Room for the labels of the y axis.
const LABELS: f64 = 30.0;

/// Drift by start, in columns, in panels beside each other.
#[derive(Clone, Debug, Default)]
pub struct PhaseMap {
    /// Title, caption, alternative text.
    pub heading: Heading,
    /// What the starts are, from 0 to 1.
    pub y_title: String,
    /// What the columns are.
    pub x_title: String,
    /// One to four.
    pub panels: Vec<PhasePanel>,
}

/// Columns beside each other.
#[derive(Clone, Debug, Default)]
pub struct PhasePanel {
    /// Stands above.
    pub title: String,
    /// At least one.
    pub columns: Vec<PhaseColumn>,
}

/// The starts that share everything else.
#[derive(Clone, Debug, Default)]
pub struct PhaseColumn {
    /// Stands below.
    pub label: String,
    /// Start and drift, from the lowest start.
    pub cells: Vec<(f64, f64)>,
    /// Where the drift changes sign.
    pub boundaries: Vec<PhaseBoundary>,
}

/// A start at which the drift changes sign.
#[derive(Clone, Copy, Debug)]
pub struct PhaseBoundary {
    /// Where it lies.
    pub at: f64,
    /// Its interval.
    pub interval: (f64, f64),
    /// Whether it falls below and rises above.
    pub unstable: bool,
    /// Whether nearly all resamples have it.
    pub sure: bool,
}

impl PhaseMap {
    fn columns(&self) -> impl Iterator<Item = &PhaseColumn> {
        self.panels.iter().flat_map(|panel| &panel.columns)
    }

    /// The largest drift, whatever its sign.
    fn largest(&self) -> f64 {
        let cells = self.columns().flat_map(|column| &column.cells);
        cells.map(|(_, drift)| drift.abs()).fold(0.0, f64::max)
    }

    fn legend(&self) -> Vec<Item<'static>> {
        let any = |unstable: bool| {
            self.columns()
                .flat_map(|column| &column.boundaries)
                .any(|one| one.unstable == unstable)
        };
        let mut items = vec![(BLUE, "rises"), (VERMILLION, "falls")];
        if any(true) {
            items.push((INK, "tipping point: falls below, rises above"));
        }
        if any(false) {
            items.push((GREEN, "settles: rises below, falls above"));
        }
        items
    }

    fn panel(&self, canvas: &mut Canvas, panel: &PhasePanel, area: Area, axis: &Axis) {
        let look = |size, colour, align| Type {
            size,
            colour,
            align,
        };
        let at = (area.left, area.top - 8.0);
        canvas.text(&panel.title, at, look(LABEL_SIZE, TEXT, Align::Left));
        let wide = area.width() / panel.columns.len() as f64;
        let largest = self.largest();
        let y = |start: f64| area.bottom - axis.share(start) * area.height();
        for (number, column) in panel.columns.iter().enumerate() {
            let left = area.left + wide * number as f64;
            let (left, right) = (left + 1.0, left + wide - 1.0);
            for (number, (_, drift)) in column.cells.iter().enumerate() {
                let (low, high) = reach(&column.cells, number);
                canvas.rectangle(
                    Area {
                        left,
                        right,
                        top: y(high),
                        bottom: y(low),
                    },
                    shade(*drift, largest),
                );
            }
            for one in &column.boundaries {
                boundary(canvas, *one, (left, right), y);
            }
            let place = (0.5 * (left + right), area.bottom + LINE - 2.0);
            let small = look(SMALL_SIZE, QUIET_TEXT, Align::Centre);
            canvas.text(&column.label, place, small);
        }
        let ends = [(area.left, area.bottom), (area.right, area.bottom)];
        canvas.line(&ends, AXIS, 1.0);
    }
}

/// Where a cell begins and ends: half way to its neighbours, and as far beyond the last ones.
fn reach(cells: &[(f64, f64)], at: usize) -> (f64, f64) {
    let start = |at: usize| cells.get(at).map(|(start, _)| *start);
    let here = cells[at].0;
    let below = at.checked_sub(1).and_then(start);
    let above = start(at + 1);
    let gap = |one: Option<f64>| one.map(|one| 0.5 * (one - here).abs());
    let low = gap(below).or(gap(above)).unwrap_or(0.05);
    let high = gap(above).or(gap(below)).unwrap_or(0.05);
    ((here - low).max(0.0), (here + high).min(1.0))
}

/// The colour of a drift: the stronger the larger, by its root, so that small ones can be told apart.
fn shade(drift: f64, largest: f64) -> Colour {
    let colour = if drift > 0.0 { BLUE } else { VERMILLION };
    let share = drift.abs() / largest;
    colour.tint(if share.is_finite() {
        0.8 * share.sqrt()
    } else {
        0.0
    })
}

fn boundary(
    canvas: &mut Canvas,
    one: PhaseBoundary,
    (left, right): (f64, f64),
    y: impl Fn(f64) -> f64,
) {
    let colour = if one.unstable { INK } else { GREEN };
    let width = if one.sure { 3.2 } else { 1.2 };
    let middle = 0.5 * (left + right);
    let (low, high) = one.interval;
    canvas.line(&[(middle, y(low)), (middle, y(high))], PAPER, 4.4);
    canvas.line(&[(middle, y(low)), (middle, y(high))], colour, 1.8);
    canvas.line(&[(left, y(one.at)), (right, y(one.at))], PAPER, width + 2.0);
    canvas.line(&[(left, y(one.at)), (right, y(one.at))], colour, width);
}

impl Chart for PhaseMap {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        format!(
            "{} Strongest colour: a drift of {:.2}. Thick line: boundary; upright line: its 95\u{a0}% interval; thin: unsure.",
            self.heading.caption,
            self.largest()
        )
    }

    fn check(&self) -> Result<(), ChartError> {
        let refuse = |reason: &str| Err(data_error(&self.heading, reason));
        let empty = self.panels.iter().any(|panel| panel.columns.is_empty());
        if !(1..=4).contains(&self.panels.len()) || empty {
            return refuse("it needs one to four panels with a column each, or more");
        }
        let share = |value: f64| (0.0..=1.0).contains(&value);
        for column in self.columns() {
            let cells = &column.cells;
            let sound = cells
                .iter()
                .all(|(start, drift)| share(*start) && drift.is_finite());
            let lines = column.boundaries.iter();
            let mut ends = lines.flat_map(|one| [one.at, one.interval.0, one.interval.1]);
            if !sound || !cells.is_sorted_by(|a, b| a.0 <= b.0) || !ends.all(share) {
                return refuse("starts must be shares that ascend, with a drift each");
            }
        }
        Ok(())
    }

    fn height(&self) -> f64 {
        let width = f64::from(WIDTH) - 2.0 * MARGIN;
        legend::height(&self.legend(), width) + 2.7 * LINE + PLOT + 2.2 * LINE
    }

    fn draw(&self, canvas: &mut Canvas, area: Area) {
        let items = self.legend();
        legend::draw(canvas, &items, area);
        let top = area.top + legend::height(&items, area.width()) + 2.7 * LINE;
        let bottom = top + PLOT;
        let look = |align| Type {
            size: SMALL_SIZE,
            colour: QUIET_TEXT,
            align,
        };
        let title = (area.left, top - LINE - 12.0);
        canvas.text(&self.y_title, title, look(Align::Left));
        let axis = Axis::of_values("", Some((0.0, 1.0)), std::iter::empty(), 5.0);
        for (share, label) in axis.marks() {
            let place = (area.left + LABELS - 7.0, bottom - share * PLOT + 4.3);
            canvas.text(label, place, look(Align::Right));
        }
        let count = self.panels.len() as f64;
        let wide = (area.width() - LABELS - GUTTER * (count - 1.0)) / count;
        for (number, panel) in self.panels.iter().enumerate() {
            let left = area.left + LABELS + (wide + GUTTER) * number as f64;
            let right = left + wide;
            let place = Area {
                left,
                right,
                top,
                bottom,
            };
            self.panel(canvas, panel, place, &axis);
            let middle = (0.5 * (left + right), bottom + 2.0 * LINE);
            canvas.text(&self.x_title, middle, look(Align::Centre));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::assert_readable;

    fn chart(columns: usize) -> PhaseMap {
        let column = |number: usize| PhaseColumn {
            label: format!("−0.{number}"),
            cells: (1..10)
                .map(|at| f64::from(at) / 10.0)
                .map(|start| (start, (start - 0.2) * (0.5 - start) * (start - 0.8)))
                .collect(),
            boundaries: vec![
                PhaseBoundary {
                    at: 0.2,
                    interval: (0.15, 0.25),
                    unstable: false,
                    sure: true,
                },
                PhaseBoundary {
                    at: 0.5,
                    interval: (0.45, 0.56),
                    unstable: true,
                    sure: number != 1,
                },
            ],
        };
        PhaseMap {
            heading: Heading {
                title: "From where trust rises and from where it falls".to_owned(),
                caption: "A system.".to_owned(),
                alt: "A map.".to_owned(),
            },
            y_title: "trust in the first month".to_owned(),
            x_title: "history".to_owned(),
            panels: ["0.1", "0.5", "0.9"]
                .map(|level| PhasePanel {
                    title: format!("interdependence {level}"),
                    columns: (0..columns).map(column).collect(),
                })
                .to_vec(),
        }
    }

    #[test]
    fn a_map_is_readable() {
        assert_readable("phase map", &chart(5));
        assert_readable("phase map of one column", &chart(1));
    }

    /// Cells of .1, .2 and .5 meet at .15 and .35; the last ones reach as far on their other side.
    #[test]
    fn cells_meet_half_way() {
        let cells = [(0.1, 0.0), (0.2, 0.0), (0.5, 0.0)];
        let expected = [(0.05, 0.15), (0.15, 0.35), (0.35, 0.65)];
        for (at, (low, high)) in expected.into_iter().enumerate() {
            let found = reach(&cells, at);
            assert!((found.0 - low).abs() < 1e-12 && (found.1 - high).abs() < 1e-12);
        }
    }

    #[test]
    fn a_rise_is_blue_and_a_fall_is_not() {
        assert_eq!(shade(1.0, 1.0), BLUE.tint(0.8));
        assert_eq!(shade(-1.0, 1.0), VERMILLION.tint(0.8));
        assert_eq!(shade(0.0, 0.0), PAPER);
    }

    #[test]
    fn starts_that_are_no_shares_are_refused() {
        let mut wrong = chart(2);
        wrong.panels[0].columns[0].cells[0].0 = -0.1;
        assert!(wrong.check().is_err());
        let mut wrong = chart(2);
        wrong.panels[0].columns[0].cells.reverse();
        assert!(wrong.check().is_err());
        assert!(chart(0).check().is_err());
    }
}

//! What a design delivers against what it costs, as a path through the years.

use super::axis::{Axis, LARGEST, Plot};
use super::canvas::{Align, Area, Canvas, Point, Type};
use super::legend::{self, Item};
use super::palette::{Colour, PAPER};
use super::{Chart, ChartError, Heading, SMALL_SIZE, data_error};

/// Radius of a marker that holds a number, and of one that has no room for it.
const MARKER: (f64, f64) = (9.5, 4.5);

/// Paths of cumulative value over cumulative cost, one for each arm, with a numbered marker at the end of each year.
#[derive(Clone, Debug, Default)]
pub struct CostPathChart {
    /// Title, caption, alternative text.
    pub heading: Heading,
    /// What the x axis measures, with its unit, such as "cumulative cost, hours".
    pub x_title: String,
    /// What the y axis measures, with its unit.
    pub y_title: String,
    /// The paths, at least one.
    pub paths: Vec<CostPath>,
}

/// The path of one arm.
#[derive(Clone, Debug)]
pub struct CostPath {
    /// Name of the arm.
    pub label: String,
    /// See [`super::palette::arm`].
    pub colour: Colour,
    /// The months of the path's points, ascending.
    pub months: Vec<u32>,
    /// Mean cumulative cost by month.
    pub cost: Vec<f64>,
    /// Mean cumulative value by month.
    pub value: Vec<f64>,
    /// Cost and value of each run at its end.
    pub run_ends: Vec<(f64, f64)>,
}

impl Chart for CostPathChart {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        let runs = self
            .paths
            .iter()
            .map(|path| path.run_ends.len())
            .max()
            .unwrap_or(0);
        let ends = match runs {
            0 => String::new(),
            _ => format!(
                "; pale dots: where each run ends, n\u{a0}=\u{a0}{runs}{}",
                if self.paths.len() > 1 { " an arm" } else { "" }
            ),
        };
        format!(
            "{} Line: mean; numbered discs: end of that year (no number where they would overlap){ends}.",
            self.heading.caption
        )
    }

    fn check(&self) -> Result<(), ChartError> {
        let refuse = |reason: String| Err(data_error(&self.heading, reason));
        if self.paths.is_empty() {
            return refuse("it needs at least one path".to_owned());
        }
        for path in &self.paths {
            let points = path.months.len();
            if path.cost.len() != points
                || path.value.len() != points
                || !path.months.is_sorted_by(|a, b| a < b)
            {
                return refuse(format!(
                    "\"{}\" must have one cost and one value a month, months ascending",
                    path.label
                ));
            }
            if path
                .points()
                .chain(path.run_ends.iter().copied())
                .any(|(x, y)| x.abs() > LARGEST || y.abs() > LARGEST)
            {
                return refuse(format!("\"{}\" has values too large to draw", path.label));
            }
        }
        Ok(())
    }

    fn height(&self) -> f64 {
        480.0
    }

    fn draw(&self, canvas: &mut Canvas, area: Area) {
        let items: Vec<Item> = self
            .paths
            .iter()
            .map(|path| (path.colour, path.label.as_str()))
            .collect();
        legend::draw(canvas, &items, area);
        let outer = Area {
            top: area.top + legend::height(&items, area.width()),
            right: area.right - 12.0,
            ..area
        };
        let all = || {
            self.paths
                .iter()
                .flat_map(|path| path.points().chain(path.run_ends.iter().copied()))
        };
        let x = Axis::of_values(&self.x_title, None, all().map(|(x, _)| x).chain([0.0]), 6.0);
        let y = Axis::of_values(&self.y_title, None, all().map(|(_, y)| y).chain([0.0]), 6.0);
        let plot = Plot::within(outer, false, |_| x, y);
        plot.draw_frame(canvas, "", outer);
        for path in &self.paths {
            path.draw_run_ends(canvas, &plot);
        }
        for path in &self.paths {
            let line: Vec<Point> = path
                .points()
                .filter(known)
                .map(|(x, y)| plot.at(x, y))
                .collect();
            canvas.line(&line, path.colour, 2.4);
        }
        self.draw_years(canvas, &plot);
        if !all().any(|point| known(&point)) {
            plot.draw_no_data(canvas);
        }
    }
}

impl CostPathChart {
    /// A marker at the end of each year, numbered unless a number of a later year or an earlier path stands there.
    fn draw_years(&self, canvas: &mut Canvas, plot: &Plot) {
        let mut numbered: Vec<(Point, Colour, u32)> = Vec::new();
        for path in &self.paths {
            for (year, (cost, value)) in path.year_ends() {
                let (x, y) = plot.at(cost, value);
                let apart = |((other_x, other_y), ..): &(Point, Colour, u32)| {
                    let (across, down) = (x - other_x, y - other_y);
                    across * across + down * down >= 4.5 * MARKER.0 * MARKER.0
                };
                if numbered.iter().all(apart) {
                    numbered.push(((x, y), path.colour, year));
                } else {
                    draw_marker(canvas, (x, y), MARKER.1, path.colour);
                }
            }
        }
        for ((x, y), colour, year) in numbered {
            draw_marker(canvas, (x, y), MARKER.0, colour);
            let look = Type {
                size: SMALL_SIZE,
                colour: PAPER,
                align: Align::Centre,
            };
            canvas.text(&year.to_string(), (x, y + 4.3), look);
        }
    }
}

impl CostPath {
    fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        self.cost.iter().copied().zip(self.value.iter().copied())
    }

    /// Number and point of the end of each year, the last first.
    fn year_ends(&self) -> Vec<(u32, (f64, f64))> {
        let ends = self
            .months
            .iter()
            .copied()
            .zip(self.points())
            .filter(|(month, point)| month % 12 == 0 && *month > 0 && known(point));
        let mut ends: Vec<(u32, (f64, f64))> =
            ends.map(|(month, point)| (month / 12, point)).collect();
        ends.reverse();
        ends
    }

    fn draw_run_ends(&self, canvas: &mut Canvas, plot: &Plot) {
        for &(x, y) in self.run_ends.iter().filter(|end| known(end)) {
            canvas.circle(plot.at(x, y), 2.6, self.colour.opacity(0.3));
        }
    }
}

fn known((x, y): &(f64, f64)) -> bool {
    x.is_finite() && y.is_finite()
}

fn draw_marker(canvas: &mut Canvas, place: Point, radius: f64, colour: Colour) {
    canvas.circle(place, radius + 1.2, PAPER);
    canvas.circle(place, radius, colour);
}

//! What a design delivers against what it costs, as a path through the years.

use super::axis::{Axis, LARGEST, Plot};
use super::canvas::{Align, Area, Canvas, Point, Type};
use super::legend::{self, Item};
use super::line_panel::{Band, band_opacity, draw_stretch};
use super::palette::{Colour, PAPER};
use super::{Chart, ChartError, Heading, SMALL_SIZE, data_error};

/// Radius of a marker that holds a number, and of one that has no room for it.
const MARKER: (f64, f64) = (9.5, 4.5);
/// Least distance of numbered years of one path.
const YEARS_APART: f64 = 26.0;

/// Paths of cumulative value over cumulative cost, one for each arm, with a numbered marker at the end of each year.
#[derive(Clone, Debug, Default)]
pub struct CostPathChart {
    /// Title, caption, alternative text.
    pub heading: Heading,
    /// What the x axis measures, with its unit, such as "cumulative cost, hours".
    pub x_title: String,
    /// What the y axis measures, with its unit.
    pub y_title: String,
    /// What the bands of every path mean, the widest first, such as "10–90 % of runs".
    pub bands: Vec<String>,
    /// Number of runs behind each mean.
    pub runs: usize,
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
    /// Bands of the cumulative value by month, drawn at the mean cost; as many as [`CostPathChart::bands`].
    pub bands: Vec<Band>,
    /// Cumulative cost and value of a few single runs, by month.
    pub single_runs: Vec<(Vec<f64>, Vec<f64>)>,
    /// Cost and value of each run at its end.
    pub run_ends: Vec<(f64, f64)>,
}

impl Chart for CostPathChart {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        let several = self.paths.len() > 1;
        let singles = self.paths.iter().map(|path| path.single_runs.len()).max();
        let mut marks = vec![if self.runs == 1 {
            "Thick line: one run".to_owned()
        } else {
            "Thick line: mean".to_owned()
        }];
        if self.paths.iter().flat_map(|path| &path.months).any(is_year) {
            marks.push("discs: ends of years, with numbers where there is room".to_owned());
        }
        match self.bands.as_slice() {
            [] => {}
            [one] => marks.push(format!("band: {one}, in value at the mean cost")),
            [outer, .., inner] => marks.push(format!(
                "light band: {outer}, dark band: {inner}, both in value at the mean cost"
            )),
        }
        if singles > Some(0) {
            marks.push("pale lines: single runs".to_owned());
        }
        if self.paths.iter().any(|path| !path.run_ends.is_empty()) {
            marks.push("pale dots: where each run ends".to_owned());
        }
        let plural = if self.runs == 1 { "" } else { "s" };
        let each = if several { " an arm" } else { "" };
        marks.push(format!(
            "n\u{a0}=\u{a0}{}\u{a0}run{plural}{each}",
            self.runs
        ));
        format!("{} {}.", self.heading.caption, marks.join("; "))
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
            let bands = path.bands.iter().flat_map(|band| [&band.low, &band.high]);
            let singles = path.single_runs.iter().flat_map(|(x, y)| [x, y]);
            if path.bands.len() != self.bands.len()
                || bands.chain(singles).any(|row| row.len() != points)
            {
                return refuse(format!(
                    "\"{}\" must have all bands, and one value a month in bands and single runs",
                    path.label
                ));
            }
            if path
                .shown()
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
        let items = self.legend();
        legend::draw(canvas, &items, area);
        let outer = Area {
            top: area.top + legend::height(&items, area.width()),
            right: area.right - 12.0,
            ..area
        };
        let all = || self.paths.iter().flat_map(CostPath::shown);
        let x = Axis::of_values(&self.x_title, None, all().map(|(x, _)| x).chain([0.0]), 6.0);
        let y = Axis::of_values(&self.y_title, None, all().map(|(_, y)| y).chain([0.0]), 6.0);
        let plot = Plot::within(outer, false, |_| x, y);
        plot.draw_frame(canvas, ("", PAPER), outer);
        for path in &self.paths {
            path.draw_runs(canvas, &plot);
        }
        for path in &self.paths {
            path.draw_bands(canvas, &plot);
        }
        for path in &self.paths {
            draw_stretch(canvas, &places(path.points(), &plot), path.colour, 2.4);
        }
        self.draw_years(canvas, &plot);
        if !all().any(|point| known(&point)) {
            plot.draw_no_data(canvas);
        }
    }
}

impl CostPathChart {
    /// A single path needs none.
    fn legend(&self) -> Vec<Item<'_>> {
        match self.paths.as_slice() {
            [_] => Vec::new(),
            paths => paths
                .iter()
                .map(|path| (path.colour, path.label.as_str()))
                .collect(),
        }
    }

    /// A marker at the end of each year, numbered unless a number of a later year or an earlier path stands there.
    fn draw_years(&self, canvas: &mut Canvas, plot: &Plot) {
        let mut numbered: Vec<(Point, Colour, u32)> = Vec::new();
        for path in &self.paths {
            for (year, (x, y)) in path.year_ends(plot) {
                let apart = |((other_x, other_y), ..): &(Point, Colour, u32)| {
                    let (across, down) = (x - other_x, y - other_y);
                    across * across + down * down >= 4.5 * MARKER.0 * MARKER.0
                };
                // A disc with a number would cover the labels of the axes there.
                let inside = x > plot.area.left + 3.5 && y < plot.area.bottom - 3.5;
                if inside && numbered.iter().all(apart) {
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

    /// Every point this path shows.
    fn shown(&self) -> impl Iterator<Item = (f64, f64)> {
        let edges = self.bands.iter().flat_map(|band| [&band.low, &band.high]);
        let edges = edges.flat_map(|edge| self.cost.iter().copied().zip(edge.iter().copied()));
        let singles = self.single_runs.iter();
        let singles = singles.flat_map(|(x, y)| x.iter().copied().zip(y.iter().copied()));
        self.points()
            .chain(edges)
            .chain(singles)
            .chain(self.run_ends.iter().copied())
    }

    /// Number and place of the ends of years, the last first: of every year, or of every 2nd, 5th, 10th ... so that their
    /// numbers stay apart.
    fn year_ends(&self, plot: &Plot) -> Vec<(u32, Point)> {
        const STEPS: [u32; 6] = [1, 2, 5, 10, 20, 50];
        let mut ends: Vec<(u32, Point)> = self
            .months
            .iter()
            .zip(self.points())
            .filter(|(month, point)| is_year(month) && known(point))
            .map(|(month, (cost, value))| (month / 12, plot.at(cost, value)))
            .collect();
        ends.reverse();
        let every = |step: u32| -> Vec<(u32, Point)> {
            let chosen = ends.iter().filter(|(year, _)| year % step == 0);
            chosen.copied().collect()
        };
        let apart = |ends: &[(u32, Point)]| {
            ends.windows(2).all(|pair| {
                let ((_, a), (_, b)) = (pair[0], pair[1]);
                let (across, down) = (a.0 - b.0, a.1 - b.1);
                across * across + down * down >= YEARS_APART * YEARS_APART
            })
        };
        STEPS
            .into_iter()
            .map(every)
            .find(|ends| apart(ends))
            .unwrap_or_else(|| ends.first().copied().into_iter().collect())
    }

    fn draw_runs(&self, canvas: &mut Canvas, plot: &Plot) {
        for (cost, value) in &self.single_runs {
            let points = cost.iter().copied().zip(value.iter().copied());
            draw_stretch(canvas, &places(points, plot), self.colour.tint(0.4), 0.8);
        }
        for &(x, y) in self.run_ends.iter().filter(|end| known(end)) {
            canvas.circle(plot.at(x, y), 2.6, self.colour.opacity(0.4));
        }
    }

    fn draw_bands(&self, canvas: &mut Canvas, plot: &Plot) {
        for (number, band) in self.bands.iter().enumerate() {
            let edge = |edge: &[f64]| {
                let points = self.cost.iter().copied().zip(edge.iter().copied());
                places(points, plot)
            };
            let (low, high) = (edge(&band.low), edge(&band.high));
            let outline: Vec<Point> = low.into_iter().chain(high.into_iter().rev()).collect();
            let opacity = band_opacity(number, self.bands.len());
            canvas.polygon(&outline, self.colour.opacity(opacity));
        }
    }
}

fn places(points: impl Iterator<Item = (f64, f64)>, plot: &Plot) -> Vec<Point> {
    points.filter(known).map(|(x, y)| plot.at(x, y)).collect()
}

/// Whether a year ends with this month.
fn is_year(month: &u32) -> bool {
    *month > 0 && month.is_multiple_of(12)
}

fn known((x, y): &(f64, f64)) -> bool {
    x.is_finite() && y.is_finite()
}

fn draw_marker(canvas: &mut Canvas, place: Point, radius: f64, colour: Colour) {
    canvas.circle(place, radius + 1.2, PAPER);
    canvas.circle(place, radius, colour);
}

//! Outcomes over the months: means, bands and single runs, in one panel or in a grid of panels.

use super::axis::{Axis, LARGEST, Plot};
use super::canvas::{Area, Canvas, Point};
use super::legend::{self, EndLabel, Item};
use super::palette::Colour;
use super::{Chart, ChartError, Heading, LABEL_SIZE, data_error, font};

/// More lines than this in one panel cannot be told apart.
const MOST_SERIES: usize = 8;
const WIDEST_LABEL: f64 = 170.0;
/// Horizontal distance of panels.
const GUTTER: f64 = 28.0;

/// One or more panels of lines over the same months.
///
/// One panel has its labels at the ends of the lines. Several stand in a grid, row by row, with a title each and one legend.
/// Missing values are `NAN` and leave a gap.
#[derive(Clone, Debug, Default)]
pub struct LineChart {
    /// Title, caption, alternative text.
    pub heading: Heading,
    /// The months of all values, ascending.
    pub months: Vec<u32>,
    /// What the bands of every series mean, the widest first, such as "10–90 % of runs", "95 % interval of the mean".
    pub bands: Vec<String>,
    /// Number of runs behind each mean.
    pub runs: usize,
    /// The panels, at least one.
    pub panels: Vec<LinePanel>,
    /// Panels beside each other, 1 to 4.
    pub columns: usize,
}

/// One pair of axes and what is drawn in them.
#[derive(Clone, Debug, Default)]
pub struct LinePanel {
    /// Stands above the panel; not needed when there is only one.
    pub title: String,
    /// What the y axis measures, with its unit.
    pub y_title: String,
    /// The least range the y axis shows, such as (0, 1) for shares; `None` leaves it to the data.
    pub y_range: Option<(f64, f64)>,
    /// The lines, at most eight.
    pub series: Vec<Series>,
}

/// One line with what surrounds it.
#[derive(Clone, Debug)]
pub struct Series {
    /// What the line stands for.
    pub label: String,
    /// See [`super::palette`].
    pub colour: Colour,
    /// The mean over runs, by month.
    pub mean: Vec<f64>,
    /// As many as [`LineChart::bands`], or none.
    pub bands: Vec<Band>,
    /// A few single runs, by month, drawn thin behind everything.
    pub single_runs: Vec<Vec<f64>>,
}

/// Lower and upper edge of a band, by month.
#[derive(Clone, Debug, Default)]
pub struct Band {
    /// Lower edge.
    pub low: Vec<f64>,
    /// Upper edge, not below the lower.
    pub high: Vec<f64>,
}

impl Series {
    /// Every sequence of values this series shows.
    fn rows(&self) -> impl Iterator<Item = &Vec<f64>> {
        let bands = self.bands.iter().flat_map(|band| [&band.low, &band.high]);
        std::iter::once(&self.mean)
            .chain(bands)
            .chain(&self.single_runs)
    }
}

impl Chart for LineChart {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        let shades = match self.bands.as_slice() {
            [] => String::new(),
            [one] => format!("band: {one}; "),
            [outer, .., inner] => format!("light band: {outer}; dark band: {inner}; "),
        };
        let thin = self
            .panels
            .iter()
            .flat_map(|panel| &panel.series)
            .any(|series| !series.single_runs.is_empty());
        let (line, plural) = if self.runs == 1 {
            ("one run", "")
        } else {
            ("mean", "s")
        };
        let meaning = format!(
            "Thick line: {line}; {shades}{}n\u{a0}=\u{a0}{}\u{a0}run{plural}.",
            if thin {
                "thin lines: single runs; "
            } else {
                ""
            },
            self.runs
        );
        format!("{} {meaning}", self.heading.caption)
    }

    fn check(&self) -> Result<(), ChartError> {
        let refuse = |reason: &str| Err(data_error(&self.heading, reason));
        if self.months.is_empty() || !self.months.is_sorted_by(|a, b| a < b) {
            return refuse("its months must ascend, and there must be at least one");
        }
        if self.panels.is_empty() || !(1..=4).contains(&self.columns) || self.bands.len() > 2 {
            return refuse("it needs at least one panel, 1 to 4 columns and at most 2 bands");
        }
        for panel in &self.panels {
            if panel.series.len() > MOST_SERIES {
                return refuse("a panel holds at most 8 lines: split it");
            }
            let ends = panel.y_range.map_or([0.0, 1.0], |(low, high)| [low, high]);
            if !(ends[0] < ends[1] && ends.iter().all(|end| end.abs() <= LARGEST)) {
                return refuse("a range must run from a lower to a higher number");
            }
            for series in &panel.series {
                if series.rows().any(|row| row.len() != self.months.len()) {
                    return refuse(&format!("\"{}\" must have one value a month", series.label));
                }
                if !(series.bands.is_empty() || series.bands.len() == self.bands.len()) {
                    return refuse(&format!("\"{}\" must have all bands or none", series.label));
                }
                if series.rows().flatten().any(|value| value.abs() > LARGEST) {
                    return refuse(&format!(
                        "\"{}\" has values too large to draw",
                        series.label
                    ));
                }
            }
        }
        Ok(())
    }

    fn height(&self) -> f64 {
        if self.is_single() {
            return 420.0;
        }
        let rows = self.panels.len().div_ceil(self.columns) as f64;
        legend::height(
            &self.legend(),
            f64::from(super::WIDTH) - 2.0 * super::MARGIN,
        ) + rows * self.panel_height()
    }

    fn draw(&self, canvas: &mut Canvas, area: Area) {
        if self.is_single() {
            self.panels
                .iter()
                .for_each(|panel| self.draw_labelled(canvas, panel, area));
            return;
        }
        let items = self.legend();
        legend::draw(canvas, &items, area);
        let mut top = area.top + legend::height(&items, area.width());
        let columns = self.columns.min(self.panels.len()) as f64;
        let width = (area.width() - (columns - 1.0) * GUTTER) / columns;
        for (number, row) in self.panels.chunks(self.columns).enumerate() {
            let mut left = area.left;
            for (column, panel) in row.iter().enumerate() {
                let last = (number + 1) * self.columns + column >= self.panels.len();
                let outer = Area {
                    left,
                    top,
                    right: left + width,
                    bottom: top + self.panel_height() - 8.0,
                };
                self.draw_small(canvas, panel, outer, last);
                left += width + GUTTER;
            }
            top += self.panel_height();
        }
    }
}

impl LineChart {
    fn is_single(&self) -> bool {
        self.panels.len() == 1
    }

    fn panel_height(&self) -> f64 {
        if self.columns <= 2 { 240.0 } else { 210.0 }
    }

    /// The distinct series of all panels; empty if none has two.
    fn legend(&self) -> Vec<Item<'_>> {
        let mut items: Vec<Item> = Vec::new();
        if self.panels.iter().all(|panel| panel.series.len() < 2) {
            return items;
        }
        for series in self.panels.iter().flat_map(|panel| &panel.series) {
            let item = (series.colour, series.label.as_str());
            if !items.contains(&item) {
                items.push(item);
            }
        }
        items
    }

    fn months_axis(&self, width: f64) -> Axis {
        let first = self.months.first().copied().unwrap_or(0);
        Axis::of_months(first, self.months.last().copied().unwrap_or(first), width)
    }

    /// The only panel, with labels to its right.
    fn draw_labelled(&self, canvas: &mut Canvas, panel: &LinePanel, area: Area) {
        let widths = panel
            .series
            .iter()
            .map(|series| font::width(&series.label, LABEL_SIZE).min(WIDEST_LABEL));
        let beside = widths.fold(0.0, f64::max) + 26.0;
        let plot = Plot::within(
            area,
            !panel.title.is_empty(),
            |width| self.months_axis(width - beside),
            panel.y_axis(8.0),
        );
        let plot = Plot {
            area: Area {
                right: area.right - beside,
                ..plot.area
            },
            ..plot
        };
        plot.draw_frame(canvas, &panel.title, area);
        self.draw_series(canvas, panel, &plot);
        let labels = panel.series.iter().filter_map(|series| {
            let ends = self
                .months
                .iter()
                .zip(&series.mean)
                .rev()
                .find(|(_, mean)| mean.is_finite());
            ends.map(|(&month, &mean)| {
                EndLabel::new(
                    &series.label,
                    plot.at(f64::from(month), mean),
                    series.colour,
                    WIDEST_LABEL,
                )
            })
        });
        legend::draw_end_labels(canvas, labels.collect(), plot.area);
    }

    /// One panel of the grid.
    fn draw_small(
        &self,
        canvas: &mut Canvas,
        panel: &LinePanel,
        outer: Area,
        last_of_column: bool,
    ) {
        let months = |width| {
            let axis = self.months_axis(width);
            if last_of_column {
                axis
            } else {
                axis.untitled()
            }
        };
        let mut plot = Plot::within(outer, true, months, panel.y_axis(7.0));
        if !last_of_column {
            plot.area.bottom -= super::axis::LINE;
        }
        plot.area.right -= 8.0;
        plot.draw_frame(canvas, &panel.title, outer);
        self.draw_series(canvas, panel, &plot);
    }

    /// Single runs, then bands, then means, so that no line is hidden by another's band.
    fn draw_series(&self, canvas: &mut Canvas, panel: &LinePanel, plot: &Plot) {
        let single = panel
            .series
            .iter()
            .flat_map(|series| series.single_runs.iter().map(|run| (run, series.colour)));
        for (run, colour) in single {
            for stretch in self.stretches(run, plot) {
                canvas.line(&stretch, colour.tint(0.35), 0.8);
            }
        }
        for series in &panel.series {
            for band in &series.bands {
                for edges in self.band_outlines(band, plot) {
                    canvas.polygon(&edges, series.colour.opacity(0.2));
                }
            }
        }
        for series in &panel.series {
            for stretch in self.stretches(&series.mean, plot) {
                draw_stretch(canvas, &stretch, series.colour);
            }
        }
        if panel
            .series
            .iter()
            .all(|series| series.mean.iter().all(|mean| !mean.is_finite()))
        {
            plot.draw_no_data(canvas);
        }
    }

    /// The places of `row`, in stretches without a gap.
    fn stretches(&self, row: &[f64], plot: &Plot) -> Vec<Vec<Point>> {
        let points: Vec<(f64, f64)> = self
            .months
            .iter()
            .zip(row)
            .map(|(&month, &value)| (f64::from(month), value))
            .collect();
        points
            .split(|(_, value)| !value.is_finite())
            .filter(|stretch| !stretch.is_empty())
            .map(|stretch| {
                stretch
                    .iter()
                    .map(|&(month, value)| plot.at(month, value))
                    .collect()
            })
            .collect()
    }

    /// The outlines of `band`, one for each stretch where both edges are known.
    fn band_outlines(&self, band: &Band, plot: &Plot) -> Vec<Vec<Point>> {
        let known: Vec<bool> = band
            .low
            .iter()
            .zip(&band.high)
            .map(|(low, high)| low.is_finite() && high.is_finite())
            .collect();
        let edge = |row: &[f64]| -> Vec<f64> {
            row.iter()
                .zip(&known)
                .map(|(&value, &known)| if known { value } else { f64::NAN })
                .collect()
        };
        let (low, high) = (
            self.stretches(&edge(&band.low), plot),
            self.stretches(&edge(&band.high), plot),
        );
        low.into_iter()
            .zip(high)
            .map(|(low, high)| outline(&low, &high))
            .collect()
    }
}

impl LinePanel {
    fn y_axis(&self, wanted: f64) -> Axis {
        let shown = self.series.iter().flat_map(Series::rows).flatten().copied();
        Axis::of_values(&self.y_title, self.y_range, shown, wanted)
    }
}

/// Round the area between two edges; a single month gets a narrow bar.
fn outline(low: &[Point], high: &[Point]) -> Vec<Point> {
    match (low, high) {
        ([(x, low)], [(_, high)]) => vec![
            (x - 3.0, *low),
            (x + 3.0, *low),
            (x + 3.0, *high),
            (x - 3.0, *high),
        ],
        _ => low.iter().chain(high.iter().rev()).copied().collect(),
    }
}

/// A thick line, or a dot where a single month stands alone.
fn draw_stretch(canvas: &mut Canvas, stretch: &[Point], colour: Colour) {
    match stretch {
        [only] => canvas.circle(*only, 2.5, colour),
        _ => canvas.line(stretch, colour, 2.2),
    }
}

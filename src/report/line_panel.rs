//! One pair of axes with lines over the months, the bands around them and the single runs behind them.

use super::axis::{Axis, Plot};
use super::canvas::{Canvas, Point};
use super::palette::{Colour, TEXT};

/// Opacity of an only band, and of the outer and the inner of two.
const ONE_BAND: f64 = 0.28;
const TWO_BANDS: [f64; 2] = [0.16, 0.34];

/// One pair of axes and what is drawn in them.
#[derive(Clone, Debug, Default)]
pub struct LinePanel {
    /// Stands above the panel, in the colour of its line if it has only one; not needed when there is only one panel.
    pub title: String,
    /// What the y axis measures, with its unit.
    pub y_title: String,
    /// The least range the y axis shows, such as (0, 1) for shares; `None` leaves it to the data.
    pub y_range: Option<(f64, f64)>,
    /// The lines, at most eight.
    pub series: Vec<Series>,
    /// Means of other panels to compare with, by month, in their colours there.
    pub context: Vec<(Colour, Vec<f64>)>,
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
    /// As many as [`super::LineChart::bands`], or none.
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
    pub(super) fn rows(&self) -> impl Iterator<Item = &Vec<f64>> {
        let bands = self.bands.iter().flat_map(|band| [&band.low, &band.high]);
        std::iter::once(&self.mean)
            .chain(bands)
            .chain(&self.single_runs)
    }
}

impl LinePanel {
    /// Every sequence of values this panel shows.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Vec<f64>> {
        self.series
            .iter()
            .flat_map(Series::rows)
            .chain(self.context.iter().map(|(_, mean)| mean))
    }

    pub(super) fn y_axis(&self, wanted: f64) -> Axis {
        Axis::of_values(
            &self.y_title,
            self.y_range,
            self.rows().flatten().copied(),
            wanted,
        )
    }

    /// The colour of the title: that of the only line, which then needs no other label.
    pub(super) fn title_colour(&self) -> Colour {
        match self.series.as_slice() {
            [only] => only.colour.as_text(),
            _ => TEXT,
        }
    }

    /// Draws single runs, then bands, then means, so that no line is hidden by another's band.
    pub(super) fn draw(&self, canvas: &mut Canvas, plot: &Plot, months: &[u32]) {
        for series in &self.series {
            for run in &series.single_runs {
                for stretch in stretches(run, plot, months) {
                    draw_stretch(canvas, &stretch, series.colour.tint(0.4), 0.8);
                }
            }
        }
        for series in &self.series {
            for (number, band) in series.bands.iter().enumerate() {
                let opacity = band_opacity(number, series.bands.len());
                for edges in outlines(band, plot, months) {
                    canvas.polygon(&edges, series.colour.opacity(opacity));
                }
            }
        }
        for (colour, mean) in &self.context {
            for stretch in stretches(mean, plot, months) {
                draw_stretch(canvas, &stretch, *colour, 1.0);
            }
        }
        for series in &self.series {
            for stretch in stretches(&series.mean, plot, months) {
                draw_stretch(canvas, &stretch, series.colour, 2.2);
            }
        }
        let known = |series: &Series| series.mean.iter().any(|mean| mean.is_finite());
        if !self.series.iter().any(known) {
            plot.draw_no_data(canvas);
        }
    }
}

/// How much of what lies below it a band hides: number `number` of `bands`, the widest first.
pub(super) fn band_opacity(number: usize, bands: usize) -> f64 {
    match bands {
        1 => ONE_BAND,
        _ => TWO_BANDS[number.min(1)],
    }
}

/// The places of `row`, in stretches without a gap.
fn stretches(row: &[f64], plot: &Plot, months: &[u32]) -> Vec<Vec<Point>> {
    let points: Vec<(f64, f64)> = months
        .iter()
        .zip(row)
        .map(|(&month, &value)| (f64::from(month), value))
        .collect();
    points
        .split(|(_, value)| !value.is_finite())
        .filter(|stretch| !stretch.is_empty())
        .map(|stretch| {
            let place = |&(month, value): &(f64, f64)| plot.at(month, value);
            stretch.iter().map(place).collect()
        })
        .collect()
}

/// The outlines of `band`, one for each stretch where both edges are known.
fn outlines(band: &Band, plot: &Plot, months: &[u32]) -> Vec<Vec<Point>> {
    let edge = |row: &[f64], other: &[f64]| -> Vec<f64> {
        let both = row.iter().zip(other);
        both.map(|(&value, other)| if other.is_finite() { value } else { f64::NAN })
            .collect()
    };
    let low = stretches(&edge(&band.low, &band.high), plot, months);
    let high = stretches(&edge(&band.high, &band.low), plot, months);
    low.iter()
        .zip(&high)
        .map(|(low, high)| outline(low, high))
        .collect()
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

/// A line, or a dot where a single month stands alone.
pub(super) fn draw_stretch(canvas: &mut Canvas, stretch: &[Point], colour: Colour, width: f64) {
    match stretch {
        [only] => canvas.circle(*only, width + 0.3, colour),
        _ => canvas.line(stretch, colour, width),
    }
}

//! Answers made visible: charts as SVG and PNG. Nothing is computed here.
//!
//! A chart is a plain value that holds what it shows, ready computed. [`svg`] turns it into text to embed in a page, [`save`]
//! writes `STEM.svg` and `STEM.png`. The same chart gives the same bytes.
//!
//! Sizes are in points: a sheet is 800 points wide, no text is smaller than 12, and a PNG has two pixels to a point.

mod axis;
pub mod calibration_page;
mod canvas;
mod cost_path;
mod font;
mod forest;
mod forum_map;
mod legend;
mod line_panel;
mod lines;
mod loop_chart;
mod network_key;
mod network_layout;
mod network_map;
mod network_marks;
mod network_ties;
pub mod odd;
pub mod palette;
mod phase_map;
pub mod pictures;
mod ranges;

use std::path::{Path, PathBuf};

use plotters::prelude::{BitMapBackend, DrawingBackend};

use canvas::{Align, Area, Canvas, Type};
use palette::{QUIET_TEXT, TEXT};

pub use cost_path::{CostPath, CostPathChart};
pub use forest::{ForestChart, ForestPanel, ForestRow};
pub use forum_map::{ForumMap, ForumRow, MOST_NAMED_FORUMS};
pub use line_panel::{Band, LinePanel, Series};
pub use lines::LineChart;
pub use loop_chart::{LoopChart, LoopPanel, LoopPoint};
pub use network_map::{NetworkLeader, NetworkMap, NetworkPanel, NetworkTie};
pub use network_ties::TiesShown;
pub use phase_map::{PhaseBoundary, PhaseColumn, PhaseMap, PhasePanel};
pub use ranges::{RangesChart, RangesRow};

const WIDTH: u32 = 800;
/// Beyond this many points a picture is too long to be looked at, and too large for many viewers.
const MAX_HEIGHT: f64 = 4000.0;
const MARGIN: f64 = 20.0;
const TITLE_SIZE: f64 = 18.0;
const CAPTION_SIZE: f64 = 13.0;
const LABEL_SIZE: f64 = 13.0;
const SMALL_SIZE: f64 = 12.0;
/// Between title and caption.
const TITLE_GAP: f64 = 4.0;
/// Distance of baselines, in em.
const LEADING: f64 = 1.35;

/// Why a chart cannot be drawn or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// The data contradict each other or cannot be shown.
    #[error("the chart \"{chart}\" cannot be drawn: {reason}")]
    Data {
        /// Title of the chart.
        chart: String,
        /// What is wrong with its data.
        reason: String,
    },
    /// The bundled font is broken.
    #[error("the font of the charts cannot be read; the program file may be damaged")]
    Font,
    /// The drawing library reported a failure.
    #[error("a chart could not be drawn: {0}")]
    Drawing(String),
    /// A file could not be written.
    #[error("cannot write {}: {reason}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

/// What every chart says in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// What the chart shows, one line or two.
    pub title: String,
    /// What the reader must know to read it. Charts add to it what their marks mean.
    pub caption: String,
    /// What a reader who cannot see the picture should know: what is shown and what it comes to.
    pub alt: String,
}

/// A picture that can be drawn on a sheet: the charts of this module, and no others, because the sheet is ours.
pub trait Chart {
    /// Title, caption, alternative text as given.
    fn heading(&self) -> &Heading;

    /// The caption with what the chart adds to it: what its marks mean, how many runs are behind it.
    fn caption(&self) -> String;

    /// Refuses data that contradict each other or cannot be shown.
    ///
    /// # Errors
    /// [`ChartError::Data`].
    fn check(&self) -> Result<(), ChartError>;

    /// Height below title and caption, points.
    fn height(&self) -> f64;

    /// Draws what stands below title and caption.
    fn draw(&self, canvas: &mut Canvas, area: Area);
}

/// The chart as an SVG document that starts with the `<svg>` element, with its text as text.
///
/// # Errors
/// [`ChartError::Data`] if the chart's data contradict each other; [`ChartError::Font`], [`ChartError::Drawing`].
pub fn svg(chart: &dyn Chart) -> Result<String, ChartError> {
    let sheet = Sheet::of(chart)?;
    let drawn = canvas::draw_svg(sheet.size(), |canvas| sheet.draw(canvas))?;
    Ok(named(&drawn, &sheet))
}

/// Writes the chart to `STEM.svg` and `STEM.png` in `folder`, which must exist. Files of that name are replaced.
///
/// # Errors
/// Those of [`svg`], and [`ChartError::Write`].
pub fn save(chart: &dyn Chart, folder: &Path, stem: &str) -> Result<(), ChartError> {
    let sheet = Sheet::of(chart)?;
    let vector = folder.join(format!("{stem}.svg"));
    let failed = |path: &Path, reason: String| ChartError::Write {
        path: path.to_owned(),
        reason,
    };
    std::fs::write(&vector, svg(chart)?).map_err(|error| failed(&vector, error.to_string()))?;

    let (size, pixels) = canvas::draw_pixels(sheet.size(), |canvas| sheet.draw(canvas))?;
    let bitmap = folder.join(format!("{stem}.png"));
    let mut file = BitMapBackend::new(&bitmap, size);
    file.blit_bitmap((0, 0), size, &pixels)
        .map_err(|error| ChartError::Drawing(error.to_string()))?;
    file.present()
        .map_err(|error| failed(&bitmap, error.to_string()))
}

/// A chart with its title and caption laid out.
struct Sheet<'a> {
    chart: &'a dyn Chart,
    title: Vec<String>,
    caption: Vec<String>,
}

impl<'a> Sheet<'a> {
    fn of(chart: &'a dyn Chart) -> Result<Self, ChartError> {
        chart.check()?;
        let width = f64::from(WIDTH) - 2.0 * MARGIN;
        let sheet = Sheet {
            chart,
            title: font::wrap(&chart.heading().title, TITLE_SIZE, width, 2),
            caption: font::wrap(&chart.caption(), CAPTION_SIZE, width, 6),
        };
        if sheet.height() > MAX_HEIGHT {
            return Err(data_error(
                chart.heading(),
                "it would be too long: show fewer rows",
            ));
        }
        Ok(sheet)
    }

    fn header_height(&self) -> f64 {
        let text = TITLE_SIZE * self.title.len() as f64 + CAPTION_SIZE * self.caption.len() as f64;
        MARGIN + LEADING * text + TITLE_GAP + 8.0
    }

    fn height(&self) -> f64 {
        self.header_height() + self.chart.height() + MARGIN
    }

    fn size(&self) -> (u32, u32) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and MAX_HEIGHT"
        )]
        let height = self.height().ceil() as u32;
        (WIDTH, height)
    }

    fn draw(&self, canvas: &mut Canvas) {
        let mut baseline = MARGIN - TITLE_GAP;
        let blocks = [
            (&self.title, TITLE_SIZE, TEXT, 0.0),
            (&self.caption, CAPTION_SIZE, QUIET_TEXT, TITLE_GAP),
        ];
        for (lines, size, colour, gap) in blocks {
            baseline += gap;
            for line in lines {
                baseline += size * LEADING;
                canvas.text(
                    line,
                    (MARGIN, baseline),
                    Type {
                        size,
                        colour,
                        align: Align::Left,
                    },
                );
            }
        }
        let top = self.header_height();
        let right = f64::from(WIDTH) - MARGIN;
        self.chart.draw(
            canvas,
            Area {
                left: MARGIN,
                top,
                right,
                bottom: top + self.chart.height(),
            },
        );
    }
}

fn data_error(heading: &Heading, reason: impl Into<String>) -> ChartError {
    ChartError::Data {
        chart: heading.title.clone(),
        reason: reason.into(),
    }
}

/// The drawing with a size in points and, for readers who cannot see it, its title and description.
fn named(drawn: &str, sheet: &Sheet) -> String {
    let (width, height) = sheet.size();
    let body = drawn.split_once('>').map_or(drawn, |(_, body)| body);
    let heading = sheet.chart.heading();
    let [title, description] =
        [&heading.title, &heading.alt].map(|text| escaped(&font::printable(text)));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {}0 {}0\" stroke-linejoin=\"round\" role=\"img\">\n<title>{title}</title>\n<desc>{description}</desc>{body}",
        width, height
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

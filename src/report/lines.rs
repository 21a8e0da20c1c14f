//! Outcomes over the months: means, bands and single runs, in one panel or in a grid of panels.

use super::axis::{Axis, LARGEST, Plot};
use super::canvas::{Area, Canvas};
use super::legend::{self, EndLabel, Item};
use super::line_panel::LinePanel;
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
    /// Months in which interventions begin or have ended: upright lines behind the data.
    pub marks: Vec<u32>,
}

impl Chart for LineChart {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        let series = || self.panels.iter().flat_map(|panel| &panel.series);
        let singles = series().map(|series| series.single_runs.len()).max();
        let mut marks = vec![if self.runs == 1 {
            "Thick line: one run".to_owned()
        } else {
            "Thick line: mean".to_owned()
        }];
        match self.bands.as_slice() {
            [] => {}
            [one] => marks.push(format!("band: {one}")),
            [outer, .., inner] => {
                marks.push(format!("light band: {outer}"));
                marks.push(format!("dark band: {inner}"));
            }
        }
        match singles {
            None | Some(0) => {}
            Some(1) => marks.push("pale line: a single run".to_owned()),
            Some(several) => marks.push(format!("pale lines: {several} single runs")),
        }
        if self.panels.iter().any(|panel| !panel.context.is_empty()) {
            let means = if self.runs == 1 { "" } else { "means of " };
            marks.push(format!("thin lines: {means}the other panels"));
        }
        let plural = if self.runs == 1 { "" } else { "s" };
        marks.push(format!("n\u{a0}=\u{a0}{}\u{a0}run{plural}", self.runs));
        format!("{} {}.", self.heading.caption, marks.join("; "))
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
            let mut context = panel.context.iter();
            if context.any(|(_, mean)| mean.len() != self.months.len()) {
                return refuse("lines to compare with must have one value a month");
            }
            if panel.rows().flatten().any(|value| value.abs() > LARGEST) {
                return refuse(&format!(
                    "\"{}\" has values too large to draw",
                    panel.y_title
                ));
            }
            for series in &panel.series {
                if series.rows().any(|row| row.len() != self.months.len()) {
                    return refuse(&format!("\"{}\" must have one value a month", series.label));
                }
                if !(series.bands.is_empty() || series.bands.len() == self.bands.len()) {
                    return refuse(&format!("\"{}\" must have all bands or none", series.label));
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
        match (self.panels.len() <= self.columns, self.columns) {
            (true, _) => 340.0,
            (false, 1 | 2) => 240.0,
            (false, _) => 210.0,
        }
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
        plot.draw_frame(canvas, (&panel.title, panel.title_colour()), area);
        plot.draw_marks(canvas, &self.marks);
        panel.draw(canvas, &plot, &self.months);
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
        plot.draw_frame(canvas, (&panel.title, panel.title_colour()), outer);
        plot.draw_marks(canvas, &self.marks);
        panel.draw(canvas, &plot, &self.months);
    }
}

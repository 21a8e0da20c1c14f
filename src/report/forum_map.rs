//! How every forum's meetings ended, month by month.

use super::axis::{Axis, LINE};
use super::canvas::{Align, Area, Canvas, Point, Type};
use super::legend::{self, Item};
use super::palette::{AXIS, Decision, GROUND, QUIET_TEXT, TEXT, Tier};
use super::{Chart, ChartError, Heading, LABEL_SIZE, MARGIN, SMALL_SIZE, WIDTH, data_error, font};

/// With more forums, rows are too thin for names and for more than one run.
pub const MOST_NAMED_FORUMS: usize = 60;
/// With more forums, names have one line.
const MOST_WITH_TWO_LINES: usize = 30;
/// Heights of all rows together that the map aims at, with names and without.
const WANTED_HEIGHT: (f64, f64) = (420.0, 1_200.0);
/// Least height of a row with a name of one line, and of two lines; largest height.
const NAMED_ROW: (f64, f64, f64) = (16.0, 34.0, 34.0);
const UNNAMED_ROW: (f64, f64) = (3.0, 14.0);
const WIDEST_LABEL: f64 = 260.0;
/// Distance of the two lines of a name.
const LABEL_LINE: f64 = 14.5;
const TIER_HEADING: f64 = 24.0;

/// One row for each forum, grouped by tier; one column for each month.
///
/// A cell stacks the shares of runs by how the meeting ended; in a single run it has one colour. What is missing to a share
/// of 1 did not meet and stays empty.
#[derive(Clone, Debug, Default)]
pub struct ForumMap {
    /// Title, caption, alternative text.
    pub heading: Heading,
    /// The months of the columns, ascending in equal steps.
    pub months: Vec<u32>,
    /// Number of runs behind each cell.
    pub runs: usize,
    /// The forums; within a tier they keep this order.
    pub forums: Vec<ForumRow>,
}

/// One forum.
#[derive(Clone, Debug)]
pub struct ForumRow {
    /// Name of the forum.
    pub label: String,
    /// Its tier.
    pub tier: Tier,
    /// By month, the shares of runs in the order of [`Decision::ALL`]; not finite means no meeting.
    pub shares: Vec<[f64; 5]>,
}

impl Chart for ForumMap {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        let cells = match self.runs {
            1 => "colour: how the meeting ended in one run".to_owned(),
            runs => format!(
                "in each cell, from below: shares of the first {runs}\u{a0}runs, made again for this, by how the meeting ended"
            ),
        };
        let unnamed = if self.is_named() {
            ""
        } else {
            " Too many forums to name each."
        };
        format!(
            "{} Rows: forums; columns: months; {cells}.{unnamed}",
            self.heading.caption
        )
    }

    fn check(&self) -> Result<(), ChartError> {
        let refuse = |reason: String| Err(data_error(&self.heading, reason));
        let mut steps = self
            .months
            .windows(2)
            .map(|pair| pair[1].checked_sub(pair[0]));
        let step = steps.next().unwrap_or(Some(1));
        if self.months.is_empty()
            || self.forums.is_empty()
            || step.is_none_or(|step| step == 0)
            || steps.any(|other| other != step)
        {
            return refuse("it needs forums, and months that ascend in equal steps".to_owned());
        }
        for forum in &self.forums {
            if forum.shares.len() != self.months.len() {
                return refuse(format!(
                    "\"{}\" must have shares for each month",
                    forum.label
                ));
            }
            let is_share = |share: &f64| !share.is_finite() || (0.0..=1.0).contains(share);
            if forum
                .shares
                .iter()
                .any(|cell| !cell.iter().all(is_share) || cell.iter().sum::<f64>() > 1.0 + 1e-6)
            {
                return refuse(format!(
                    "the shares of \"{}\" must lie in 0 to 1 and sum to at most 1",
                    forum.label
                ));
            }
        }
        Ok(())
    }

    fn height(&self) -> f64 {
        let rows = self.forums.len() as f64 * self.row_height();
        let headings = self.tiers().count() as f64 * TIER_HEADING;
        legend::height(&self.legend(), f64::from(WIDTH) - 2.0 * MARGIN)
            + headings
            + rows
            + 2.0 * LINE
            + 6.0
    }

    fn draw(&self, canvas: &mut Canvas, area: Area) {
        let items = self.legend();
        legend::draw(canvas, &items, area);
        let cells = Area {
            left: area.left + self.label_width(),
            right: area.right - 8.0,
            ..area
        };
        let mut top = area.top + legend::height(&items, area.width());
        for tier in self.tiers() {
            top += TIER_HEADING;
            let look = Type {
                size: LABEL_SIZE,
                colour: tier.colour().as_text(),
                align: Align::Left,
            };
            canvas.text(tier.forums(), (area.left, top - 7.0), look);
            for forum in self.forums.iter().filter(|forum| forum.tier == tier) {
                // Thin rows touch: gaps would wash their colours out.
                let gap = if self.is_named() {
                    (0.5, 2.0)
                } else {
                    (0.0, 0.0)
                };
                let row = Area {
                    top: top + gap.0,
                    bottom: top + self.row_height() - gap.1,
                    ..cells
                };
                self.draw_row(canvas, forum, row, area.left);
                top += self.row_height();
            }
        }
        self.draw_months(
            canvas,
            Area {
                top,
                bottom: top + 6.0,
                ..cells
            },
        );
    }
}

impl ForumMap {
    fn legend(&self) -> Vec<Item<'static>> {
        let mut items = Decision::ALL
            .map(|decision| (decision.colour(), decision.label()))
            .to_vec();
        let mut cells = self.forums.iter().flat_map(|forum| &forum.shares);
        if cells.any(|cell| stacked(cell) < 1.0 - 1e-6) {
            items.push((GROUND, "no meeting"));
        }
        items
    }

    fn tiers(&self) -> impl Iterator<Item = Tier> {
        Tier::ALL
            .into_iter()
            .filter(|&tier| self.forums.iter().any(|forum| forum.tier == tier))
    }

    fn is_named(&self) -> bool {
        self.forums.len() <= MOST_NAMED_FORUMS
    }

    /// A forum's name in the lines it has room for.
    fn label(&self, forum: &ForumRow) -> Vec<String> {
        let lines = match self.forums.len() {
            ..=MOST_WITH_TWO_LINES => 2,
            _ => 1,
        };
        font::wrap(&forum.label, SMALL_SIZE, WIDEST_LABEL, lines)
    }

    fn row_height(&self) -> f64 {
        let forums = self.forums.len() as f64;
        if !self.is_named() {
            return (WANTED_HEIGHT.1 / forums).clamp(UNNAMED_ROW.0, UNNAMED_ROW.1);
        }
        let two_lines = self.forums.iter().any(|forum| self.label(forum).len() > 1);
        let (one, two, most) = NAMED_ROW;
        (WANTED_HEIGHT.0 / forums).clamp(if two_lines { two } else { one }, most)
    }

    fn label_width(&self) -> f64 {
        if !self.is_named() {
            return 0.0;
        }
        let lines = self.forums.iter().flat_map(|forum| self.label(forum));
        let widths = lines.map(|line| font::width(&line, SMALL_SIZE));
        widths.fold(0.0, f64::max) + 10.0
    }

    fn draw_label(&self, canvas: &mut Canvas, forum: &ForumRow, (left, middle): Point) {
        let lines = self.label(forum);
        let mut baseline = middle + 4.3 - (lines.len() as f64 - 1.0) * LABEL_LINE / 2.0;
        let look = Type {
            size: SMALL_SIZE,
            colour: TEXT,
            align: Align::Left,
        };
        for line in &lines {
            canvas.text(line, (left, baseline), look);
            baseline += LABEL_LINE;
        }
    }

    fn draw_row(&self, canvas: &mut Canvas, forum: &ForumRow, row: Area, label_left: f64) {
        if self.is_named() {
            self.draw_label(canvas, forum, (label_left, row.centre().1));
        }
        canvas.rectangle(row, GROUND);
        for depth in (0..Decision::ALL.len()).rev() {
            let top = |cell: &[f64; 5]| {
                if cell[depth] > 0.0 {
                    stacked(&cell[..=depth])
                } else {
                    0.0
                }
            };
            let tops: Vec<f64> = forum.shares.iter().map(top).collect();
            for outline in stack_outlines(&tops, row) {
                canvas.polygon(&outline, Decision::ALL[depth].colour());
            }
        }
    }

    fn draw_months(&self, canvas: &mut Canvas, below: Area) {
        let first = self.months.first().copied().unwrap_or(0);
        let last = self.months.last().copied().unwrap_or(first);
        let step = self.months.get(1).map_or(1, |second| second - first);
        let half = f64::from(step) / 2.0;
        let axis = Axis::of_months(first, last, below.width())
            .between(f64::from(first) - half, f64::from(last) + half);
        canvas.line(
            &[(below.left, below.top), (below.right, below.top)],
            AXIS,
            1.0,
        );
        let look = Type {
            size: SMALL_SIZE,
            colour: QUIET_TEXT,
            align: Align::Centre,
        };
        for (share, label) in axis.marks() {
            let x = below.left + share * below.width();
            canvas.line(&[(x, below.top), (x, below.top + 4.0)], AXIS, 1.0);
            canvas.text(label, (x, below.top + LINE - 1.0), look);
        }
        canvas.text(
            "month",
            (below.centre().0, below.top + 2.0 * LINE - 1.0),
            look,
        );
    }
}

/// The sum of `shares`; 0 where they are missing.
fn stacked(shares: &[f64]) -> f64 {
    shares
        .iter()
        .filter(|share| share.is_finite())
        .sum::<f64>()
        .min(1.0)
}

/// The outlines of a row of bars of equal width and the heights `tops` (shares of the row's height), one for each stretch
/// without an empty bar: whole stretches, because the edges of bars side by side would show.
fn stack_outlines(tops: &[f64], row: Area) -> Vec<Vec<Point>> {
    let width = row.width() / tops.len() as f64;
    let mut outlines: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    let mut left = row.left;
    for &top in tops {
        if top > 0.0 {
            if !open {
                outlines.push(vec![(left, row.bottom)]);
            }
            if let Some(outline) = outlines.last_mut() {
                let y = row.bottom - top * row.height();
                outline.extend([(left, y), (left + width, y)]);
            }
        } else if let (true, Some(outline)) = (open, outlines.last_mut()) {
            outline.push((left, row.bottom));
        }
        open = top > 0.0;
        left += width;
    }
    if let (true, Some(outline)) = (open, outlines.last_mut()) {
        outline.push((left, row.bottom));
    }
    outlines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_that_touch_share_an_outline() {
        let row = Area {
            left: 0.0,
            top: 0.0,
            right: 4.0,
            bottom: 10.0,
        };
        let outlines = stack_outlines(&[0.5, 1.0, 0.0, 0.1], row);
        let steps = vec![
            (0.0, 10.0),
            (0.0, 5.0),
            (1.0, 5.0),
            (1.0, 0.0),
            (2.0, 0.0),
            (2.0, 10.0),
        ];
        assert_eq!(
            outlines,
            [
                steps,
                vec![(3.0, 10.0), (3.0, 9.0), (4.0, 9.0), (4.0, 10.0)]
            ]
        );
        assert!(stack_outlines(&[0.0, 0.0], row).is_empty());
    }

    #[test]
    fn shares_above_one_are_refused() {
        let row = ForumRow {
            label: "board".to_owned(),
            tier: Tier::Executive,
            shares: vec![[0.5; 5]],
        };
        let map = ForumMap {
            months: vec![1],
            runs: 2,
            forums: vec![row],
            ..ForumMap::default()
        };
        assert!(
            map.check()
                .is_err_and(|error| error.to_string().contains("board"))
        );
    }
}

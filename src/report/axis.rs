//! Axes: round steps, their labels, and the frame that a plot is drawn in.

use super::canvas::{Align, Area, Canvas, Point, Type};
use super::palette::{AXIS, Colour, GRID, QUIET_TEXT};
use super::{LABEL_SIZE, SMALL_SIZE, font};

/// Values beyond this size are refused: their differences could no longer be drawn.
pub(super) const LARGEST: f64 = 1e100;

/// Room for one line of small text.
pub(super) const LINE: f64 = 18.0;

/// One direction of a plot: its ends and its labelled marks.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    title: String,
    low: f64,
    high: f64,
    /// Value and label, ascending.
    ticks: Vec<(f64, String)>,
    /// Values with a line across the plot.
    grid: Vec<f64>,
}

impl Axis {
    /// An axis over `data` (values that are not finite are missing) with about `wanted` labelled steps.
    ///
    /// A `range` is shown in full; it grows only if data lie outside.
    pub(super) fn of_values(
        title: &str,
        range: Option<(f64, f64)>,
        data: impl Iterator<Item = f64>,
        wanted: f64,
    ) -> Self {
        let (least, most) = range.unwrap_or((f64::INFINITY, f64::NEG_INFINITY));
        let known = data.filter(|value| value.is_finite());
        let (low, high) = known.fold((least, most), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let (low, high) = widened(low, high);
        let rim = 0.04 * (high - low);
        let low = if low >= least {
            least
        } else if low >= 0.0 {
            (low - rim).max(0.0)
        } else {
            low - rim
        };
        let high = if high <= most { most } else { high + rim };
        let step = round_step((high - low) / wanted);
        let first = (low / step - 1e-9).ceil();
        let marks: Vec<f64> = (0..100)
            .map(|i| (first + f64::from(i)) * step)
            .take_while(|&value| value <= high + step * 1e-9)
            .collect();
        let ticks = marks
            .iter()
            .map(|&value| (value, number(value, step)))
            .collect();
        Axis {
            title: title.to_owned(),
            low,
            high,
            ticks,
            grid: marks,
        }
    }

    /// An axis of months with a line at each year, labelled as closely as `width` points allow.
    pub(super) fn of_months(first: u32, last: u32, width: f64) -> Self {
        const STEPS: [u32; 12] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 12_000];
        let room = (width / 44.0).max(1.0);
        let fits = |step: &u32| f64::from((last - first) / step) < room;
        let step = STEPS.into_iter().find(fits).unwrap_or(last.max(1));
        let multiples = |step: u32| (first.div_ceil(step)..=last / step).map(move |i| i * step);
        let (low, high) = if first == last {
            (f64::from(first) - 1.0, f64::from(last) + 1.0)
        } else {
            (f64::from(first), f64::from(last))
        };
        Axis {
            title: "month".to_owned(),
            low,
            high,
            ticks: multiples(step)
                .map(|month| (f64::from(month), month.to_string()))
                .collect(),
            grid: multiples(step.max(12)).map(f64::from).collect(),
        }
    }

    /// The same axis without its title.
    pub(super) fn untitled(self) -> Self {
        Axis {
            title: String::new(),
            ..self
        }
    }

    /// The same marks on an axis with other ends, `low` below `high`.
    pub(super) fn between(self, low: f64, high: f64) -> Self {
        Axis { low, high, ..self }
    }

    /// Each labelled mark: where it lies on the axis, 0 to 1, and its label.
    pub(super) fn marks(&self) -> impl Iterator<Item = (f64, &str)> {
        self.ticks
            .iter()
            .map(|(value, label)| (self.share(*value), label.as_str()))
    }

    /// Where `value` lies on the axis: 0 at its low end, 1 at its high end.
    pub(super) fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// Width of the widest label.
    fn label_width(&self) -> f64 {
        self.ticks
            .iter()
            .map(|(_, label)| font::width(label, SMALL_SIZE))
            .fold(0.0, f64::max)
    }
}

/// Bounds with some distance between them, whatever the data.
fn widened(low: f64, high: f64) -> (f64, f64) {
    if low > high {
        return (0.0, 1.0);
    }
    let least = 1e-9 * low.abs().max(high.abs());
    if high - low > least {
        (low, high)
    } else if low.abs() < f64::MIN_POSITIVE {
        (0.0, 1.0)
    } else {
        (
            low - (low.abs() * 0.1).max(0.1),
            high + (high.abs() * 0.1).max(0.1),
        )
    }
}

/// The least of 1, 2, 5, 10, 20, 50 ... and of their tenths that is not below `step`.
fn round_step(step: f64) -> f64 {
    let mut power = 1.0;
    while power > step {
        power /= 10.0;
    }
    while power * 10.0 <= step {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|&nice| nice >= step * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// `value` with the decimals that tell multiples of `step` apart.
pub(super) fn number(value: f64, step: f64) -> String {
    let value = if value.abs() < step * 1e-6 {
        0.0
    } else {
        value
    };
    if value.abs() >= 1e9 || step < 1e-5 {
        return format!("{value:.1e}");
    }
    let decimals = (0..5)
        .find(|&places| step >= [1.0, 0.1, 0.01, 0.001, 0.0001][places] * (1.0 - 1e-9))
        .unwrap_or(5);
    let plain = format!("{:.decimals$}", value.abs());
    let whole = plain.find('.').unwrap_or(plain.len());
    let mut grouped = String::from(if value < 0.0 { "−" } else { "" });
    for (i, digit) in plain.chars().enumerate() {
        if whole > 4 && i > 0 && i < whole && (whole - i) % 3 == 0 {
            grouped.push('\u{2009}');
        }
        grouped.push(digit);
    }
    grouped
}

/// Two axes and the area between them.
pub(super) struct Plot {
    pub(super) area: Area,
    pub(super) x: Axis,
    pub(super) y: Axis,
}

impl Plot {
    /// A plot inside `outer`, which also holds both axes' labels and titles.
    ///
    /// `title` stands above the plot, with the title of the y axis on the line below it.
    pub(super) fn within(outer: Area, titled: bool, x: impl FnOnce(f64) -> Axis, y: Axis) -> Self {
        let above = f64::from(u8::from(titled)) * (LINE + 2.0)
            + if y.title.is_empty() { 0.0 } else { LINE + 2.0 }
            + 6.0;
        let left = outer.left + y.label_width() + 8.0;
        let x = x(outer.right - left);
        let below = LINE + if x.title.is_empty() { 0.0 } else { LINE };
        Plot {
            area: Area {
                left,
                top: outer.top + above,
                right: outer.right,
                bottom: outer.bottom - below,
            },
            x,
            y,
        }
    }

    /// The place of a pair of values.
    pub(super) fn at(&self, x: f64, y: f64) -> Point {
        let Area { left, bottom, .. } = self.area;
        (
            left + self.x.share(x) * self.area.width(),
            bottom - self.y.share(y) * self.area.height(),
        )
    }

    /// Draws upright lines at some values of the x axis, behind the data.
    pub(super) fn draw_marks(&self, canvas: &mut Canvas, marks: &[u32]) {
        let Area { top, bottom, .. } = self.area;
        let shown = |mark: &&u32| (self.x.low..=self.x.high).contains(&f64::from(**mark));
        for mark in marks.iter().filter(shown) {
            let (x, _) = self.at(f64::from(*mark), self.y.low);
            canvas.line(&[(x, top), (x, bottom)], QUIET_TEXT.tint(0.6), 1.4);
        }
    }

    /// Draws what lies behind the data: grid, labels, titles.
    pub(super) fn draw_frame(
        &self,
        canvas: &mut Canvas,
        (title, title_colour): (&str, Colour),
        outer: Area,
    ) {
        let Area {
            left,
            top,
            right,
            bottom,
        } = self.area;
        let small = |align| Type {
            size: SMALL_SIZE,
            colour: QUIET_TEXT,
            align,
        };
        for &value in &self.y.grid {
            let (_, y) = self.at(self.x.low, value);
            canvas.line(&[(left, y), (right, y)], GRID, 1.0);
        }
        for &value in &self.x.grid {
            let (x, _) = self.at(value, self.y.low);
            canvas.line(&[(x, top), (x, bottom)], GRID, 1.0);
        }
        canvas.line(&[(left, bottom), (right, bottom)], AXIS, 1.0);
        for (value, label) in &self.y.ticks {
            let (_, y) = self.at(self.x.low, *value);
            canvas.text(label, (left - 7.0, y + 4.3), small(Align::Right));
        }
        for (value, label) in &self.x.ticks {
            let (x, _) = self.at(*value, self.y.low);
            canvas.line(&[(x, bottom), (x, bottom + 4.0)], AXIS, 1.0);
            canvas.text(label, (x, bottom + LINE - 1.0), small(Align::Centre));
        }
        canvas.text(
            &self.x.title,
            ((left + right) / 2.0, bottom + 2.0 * LINE - 1.0),
            small(Align::Centre),
        );
        let y_title = font::shorten(&self.y.title, SMALL_SIZE, outer.right - outer.left);
        canvas.text(&y_title, (outer.left, top - 13.0), small(Align::Left));
        if !title.is_empty() {
            let title = font::shorten(title, LABEL_SIZE, outer.right - outer.left);
            canvas.text(
                &title,
                (outer.left, outer.top + LABEL_SIZE),
                Type {
                    size: LABEL_SIZE,
                    colour: title_colour,
                    align: Align::Left,
                },
            );
        }
    }

    /// Says in the middle that there is nothing to show.
    pub(super) fn draw_no_data(&self, canvas: &mut Canvas) {
        canvas.text(
            "no data",
            self.area.centre(),
            Type {
                size: LABEL_SIZE,
                colour: QUIET_TEXT,
                align: Align::Centre,
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis) -> Vec<&str> {
        axis.ticks.iter().map(|(_, label)| label.as_str()).collect()
    }

    #[test]
    fn steps_are_round() {
        for (step, round) in [
            (0.13, 0.2),
            (0.2, 0.2),
            (1.0, 1.0),
            (3.0, 5.0),
            (6.0, 10.0),
            (700.0, 1000.0),
        ] {
            assert!((round_step(step) - round).abs() < 1e-12 * round, "{step}");
        }
    }

    #[test]
    fn a_fixed_range_stays_and_grows_only_for_data_outside() {
        let inside = Axis::of_values("", Some((0.0, 1.0)), [0.4, 0.6].into_iter(), 5.0);
        assert_eq!(labels(&inside), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        let outside = Axis::of_values("", Some((0.0, 1.0)), [1.7].into_iter(), 5.0);
        assert!(outside.high >= 1.7 && outside.low <= 0.0);
    }

    #[test]
    fn odd_data_still_give_an_axis() {
        for data in [
            vec![],
            vec![f64::NAN],
            vec![0.0; 3],
            vec![-7.0],
            vec![1e99, -1e99],
            vec![1e-300, 2e-300],
            vec![1.0, 1.0 + 1e-15],
        ] {
            let axis = Axis::of_values("", None, data.iter().copied(), 5.0);
            assert!(
                axis.high > axis.low && axis.low.is_finite() && axis.high.is_finite(),
                "{data:?}: {axis:?}"
            );
            assert!((1..100).contains(&axis.ticks.len()), "{data:?}: {axis:?}");
        }
    }

    #[test]
    fn months_are_labelled_by_years_when_there_are_many() {
        assert_eq!(
            labels(&Axis::of_months(0, 60, 600.0)),
            [
                "0", "6", "12", "18", "24", "30", "36", "42", "48", "54", "60"
            ]
        );
        assert_eq!(
            labels(&Axis::of_months(0, 60, 300.0)),
            ["0", "12", "24", "36", "48", "60"]
        );
        assert_eq!(Axis::of_months(1, 30, 300.0).grid, [12.0, 24.0]);
        assert_eq!(labels(&Axis::of_months(1, 1, 300.0)), ["1"]);
    }

    #[test]
    fn numbers_are_short_and_grouped() {
        assert_eq!(number(0.30000000000000004, 0.1), "0.3");
        assert_eq!(number(-1234567.0, 1.0), "−1\u{2009}234\u{2009}567");
        assert_eq!(number(1e-17, 0.5), "0.0");
        assert_eq!(number(2500.0, 500.0), "2500");
        assert_eq!(number(3e12, 1e12), "3.0e12");
    }
}

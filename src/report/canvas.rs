//! A sheet measured in points, drawn through plotters to SVG or to pixels.
//!
//! Plotters places everything on whole numbers and treats text differently in its two backends. Charts see neither: they draw in
//! fractions of a point, text stands on its baseline at its em size, and the difference is settled here, once.

use plotters::prelude::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{ShapeStyle, TextStyle};

use super::palette::{Colour, Ink, PAPER};
use super::{ChartError, font};

/// A place on the sheet: points to the right of the left edge, points below the top edge.
pub(super) type Point = (f64, f64);

/// An upright rectangle on the sheet.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn centre(self) -> Point {
        (
            (self.left + self.right) / 2.0,
            (self.top + self.bottom) / 2.0,
        )
    }
}

/// Where text stands relative to its place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// How text looks: em size in points, colour, alignment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) colour: Colour,
    pub(super) align: Align,
}

/// How one kind of picture measures.
struct Measure {
    /// Whole units of the backend to a point.
    scale: f64,
    /// What the backend calls a font's size, in em.
    font_size: f64,
    /// From the place of text anchored at its top down to its baseline, in em.
    baseline: f64,
    /// Whether the backend draws the corners of wide lines well.
    corners: bool,
}

/// SVG coordinates are whole numbers too: ten to a point. Its text is 1.24 times smaller than its size says.
const SVG: Measure = Measure {
    scale: 10.0,
    font_size: 1.24,
    baseline: 0.76,
    corners: true,
};

/// Pixels of the finished bitmap to a point, so that it is sharp when printed or projected.
const PNG_SCALE: u32 = 2;
/// Bitmaps are drawn this many times larger and averaged, for smooth edges and evenly spaced letters.
const OVERSAMPLING: u32 = 2;
const BITMAP: Measure = Measure {
    scale: (PNG_SCALE * OVERSAMPLING) as f64,
    font_size: font::HEIGHT_PER_EM,
    baseline: font::HEIGHT_PER_EM / 2.0,
    // It lengthens sharp corners without limit: a zigzag would leave the plot.
    corners: false,
};

/// What charts draw on. The first failure is kept and reported when the drawing is finished.
pub struct Canvas<'a> {
    surface: &'a mut dyn Surface,
    measure: Measure,
    failure: Option<String>,
}

impl Canvas<'_> {
    /// A line through `points`; `width` in points.
    pub(super) fn line(&mut self, points: &[Point], ink: impl Into<Ink>, width: f64) {
        let mut places = self.places(points);
        places.dedup();
        if places.len() < 2 {
            return;
        }
        let style = self.stroke(ink.into(), width);
        if self.measure.corners {
            self.keep(|surface| surface.path(&places, style));
            return;
        }
        for piece in places.windows(2) {
            self.keep(|surface| surface.path(piece, style));
        }
        let round = style.filled();
        for &corner in &places[1..places.len() - 1] {
            self.keep(|surface| surface.circle(corner, style.stroke_width / 2, round));
        }
    }

    /// A filled polygon.
    pub(super) fn polygon(&mut self, corners: &[Point], ink: impl Into<Ink>) {
        let mut places = self.places(corners);
        places.dedup();
        if places.len() < 3 {
            return;
        }
        let style = self.stroke(ink.into(), 0.0).filled();
        self.keep(|surface| surface.polygon(&places, style));
    }

    /// A filled rectangle.
    pub(super) fn rectangle(&mut self, area: Area, ink: impl Into<Ink>) {
        let style = self.stroke(ink.into(), 0.0).filled();
        let (from, to) = (
            self.place((area.left, area.top)),
            self.place((area.right, area.bottom)),
        );
        self.keep(|surface| surface.rectangle(from, to, style));
    }

    /// A filled circle; `radius` in points.
    pub(super) fn circle(&mut self, centre: Point, radius: f64, ink: impl Into<Ink>) {
        let style = self.stroke(ink.into(), 0.0).filled();
        let (centre, radius) = (self.place(centre), self.whole(radius).unsigned_abs());
        self.keep(|surface| surface.circle(centre, radius, style));
    }

    /// One line of text whose baseline is at `at`.
    pub(super) fn text(&mut self, text: &str, at: Point, look: Type) {
        let em = look.size * self.measure.scale;
        let (x, baseline) = (at.0 * self.measure.scale, at.1 * self.measure.scale);
        let place = (round(x), round(baseline - em * self.measure.baseline));
        let horizontal = match look.align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        let ink: plotters::style::RGBAColor = Ink::from(look.colour).into();
        let style = TextStyle::from(font::at_size(em * self.measure.font_size))
            .color(&ink)
            .pos(Pos::new(horizontal, VPos::Top));
        let text = font::printable(text);
        self.keep(|surface| surface.text(&text, &style, place));
    }

    fn keep(&mut self, draw: impl FnOnce(&mut dyn Surface) -> Result<(), String>) {
        if self.failure.is_none() {
            self.failure = draw(&mut *self.surface).err();
        }
    }

    fn stroke(&self, ink: Ink, width: f64) -> ShapeStyle {
        ShapeStyle::from(plotters::style::RGBAColor::from(ink))
            .stroke_width(self.whole(width).unsigned_abs().max(1))
    }

    fn whole(&self, points: f64) -> i32 {
        round(points * self.measure.scale)
    }

    fn place(&self, (x, y): Point) -> (i32, i32) {
        (self.whole(x), self.whole(y))
    }

    fn places(&self, points: &[Point]) -> Vec<(i32, i32)> {
        points.iter().map(|&point| self.place(point)).collect()
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a float beyond the range becomes the nearest end, which lies off the sheet"
)]
fn round(value: f64) -> i32 {
    value.round() as i32
}

/// Draws on a white sheet of `width` by `height` points and gives the picture as SVG.
pub(super) fn draw_svg(
    (width, height): (u32, u32),
    draw: impl FnOnce(&mut Canvas),
) -> Result<String, ChartError> {
    let scale = SVG.scale;
    let mut picture = String::new();
    {
        let fine = (
            round(f64::from(width) * scale).unsigned_abs(),
            round(f64::from(height) * scale).unsigned_abs(),
        );
        let mut backend = SVGBackend::with_string(&mut picture, fine);
        draw_on(&mut backend, SVG, (width, height), draw)?;
        backend
            .present()
            .map_err(|error| ChartError::Drawing(error.to_string()))?;
    }
    Ok(picture)
}

/// Draws on a white sheet of `width` by `height` points and gives the picture's size in pixels and its bytes, red, green,
/// blue, row by row.
pub(super) fn draw_pixels(
    (width, height): (u32, u32),
    draw: impl FnOnce(&mut Canvas),
) -> Result<((u32, u32), Vec<u8>), ChartError> {
    let size = (width * PNG_SCALE, height * PNG_SCALE);
    let large = (size.0 * OVERSAMPLING, size.1 * OVERSAMPLING);
    let mut pixels = vec![255; large.0 as usize * large.1 as usize * 3];
    {
        let mut backend = BitMapBackend::with_buffer(&mut pixels, large);
        draw_on(&mut backend, BITMAP, (width, height), draw)?;
        backend
            .present()
            .map_err(|error| ChartError::Drawing(error.to_string()))?;
    }
    Ok((size, averaged(&pixels, large.0 as usize * 3)))
}

fn draw_on(
    surface: &mut dyn Surface,
    measure: Measure,
    (width, height): (u32, u32),
    draw: impl FnOnce(&mut Canvas),
) -> Result<(), ChartError> {
    font::register()?;
    let mut canvas = Canvas {
        surface,
        measure,
        failure: None,
    };
    canvas.rectangle(
        Area {
            left: 0.0,
            top: 0.0,
            right: f64::from(width),
            bottom: f64::from(height),
        },
        PAPER,
    );
    draw(&mut canvas);
    canvas
        .failure
        .map_or(Ok(()), |failure| Err(ChartError::Drawing(failure)))
}

/// The mean of each block of [`OVERSAMPLING`] by [`OVERSAMPLING`] pixels, of rows of `row` bytes.
fn averaged(pixels: &[u8], row: usize) -> Vec<u8> {
    let block = OVERSAMPLING as usize;
    let mut small = Vec::with_capacity(pixels.len() / (block * block));
    for rows in pixels.chunks_exact(row * block) {
        for left in (0..row).step_by(3 * block) {
            for channel in 0..3 {
                let sum: u32 = (0..block * block)
                    .map(|i| u32::from(rows[(i / block) * row + left + (i % block) * 3 + channel]))
                    .sum();
                let mean = (sum + OVERSAMPLING) / (OVERSAMPLING * OVERSAMPLING);
                small.push(u8::try_from(mean).unwrap_or(u8::MAX));
            }
        }
    }
    small
}

/// The five things a canvas asks of a backend of plotters, without naming the backend.
trait Surface {
    fn path(&mut self, points: &[(i32, i32)], style: ShapeStyle) -> Result<(), String>;
    fn polygon(&mut self, corners: &[(i32, i32)], style: ShapeStyle) -> Result<(), String>;
    fn rectangle(
        &mut self,
        from: (i32, i32),
        to: (i32, i32),
        style: ShapeStyle,
    ) -> Result<(), String>;
    fn circle(&mut self, centre: (i32, i32), radius: u32, style: ShapeStyle) -> Result<(), String>;
    fn text(&mut self, text: &str, style: &TextStyle, at: (i32, i32)) -> Result<(), String>;
}

impl<B: DrawingBackend> Surface for B {
    fn path(&mut self, points: &[(i32, i32)], style: ShapeStyle) -> Result<(), String> {
        self.draw_path(points.iter().copied(), &style)
            .map_err(|error| error.to_string())
    }

    fn polygon(&mut self, corners: &[(i32, i32)], style: ShapeStyle) -> Result<(), String> {
        self.fill_polygon(corners.iter().copied(), &style)
            .map_err(|error| error.to_string())
    }

    fn rectangle(
        &mut self,
        from: (i32, i32),
        to: (i32, i32),
        style: ShapeStyle,
    ) -> Result<(), String> {
        self.draw_rect(from, to, &style, true)
            .map_err(|error| error.to_string())
    }

    fn circle(&mut self, centre: (i32, i32), radius: u32, style: ShapeStyle) -> Result<(), String> {
        self.draw_circle(centre, radius, &style, true)
            .map_err(|error| error.to_string())
    }

    fn text(&mut self, text: &str, style: &TextStyle, at: (i32, i32)) -> Result<(), String> {
        self.draw_text(text, style, at)
            .map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zigzag_reaches_no_further_than_its_corners_and_half_its_width() {
        let corner = |at: u32| {
            let high = at.is_multiple_of(2);
            (10.0 + 0.5 * f64::from(at), if high { 20.0 } else { 80.0 })
        };
        let zigzag: Vec<Point> = (0..120).map(corner).collect();
        let draw = |canvas: &mut Canvas| canvas.line(&zigzag, Colour(0, 0, 0), 2.0);
        let ((width, _), pixels) = draw_pixels((100, 100), draw).unwrap();
        let row = width as usize * 3;
        let inked: Vec<usize> = pixels
            .chunks(row)
            .enumerate()
            .filter(|(_, row)| row.iter().any(|part| *part < 250))
            .map(|(at, _)| at)
            .collect();
        let scale = PNG_SCALE as usize;
        assert!(
            inked[0] >= 18 * scale && inked[0] <= 20 * scale,
            "{}",
            inked[0]
        );
        let last = inked[inked.len() - 1];
        assert!(last <= 82 * scale && last >= 80 * scale, "{last}");
    }
}

//! What the marks of a network map mean: widths, tints and sizes above it, names of numbered organisations below it.

use super::axis::{LINE, number};
use super::canvas::{Align, Area, Canvas, Point, Type};
use super::network_layout::{Disc, Layout};
use super::network_map::{NetworkMap, width};
use super::network_marks::{Scale, bend, draw_leader, wedge};
use super::palette::{QUIET_TEXT, TEXT};
use super::{LEADING, SMALL_SIZE, font};

/// Between columns of the key.
const KEY_GAP: f64 = 12.0;

const WIDEST_NAME: f64 = 180.0;

/// Both ends of a scale, or one if they are written the same.
fn two((low, high): (f64, f64)) -> Vec<f64> {
    if number(low, 0.01) == number(high, 0.01) {
        vec![high]
    } else {
        vec![low, high]
    }
}

/// An organisation's name, relative to the middle of the map.
struct Name {
    lines: Vec<String>,
    x: f64,
    top: f64,
    align: Align,
}

impl Name {
    fn area(&self) -> Area {
        let width = self
            .lines
            .iter()
            .map(|line| font::width(line, SMALL_SIZE))
            .fold(0.0, f64::max);
        let left = match self.align {
            Align::Left => self.x,
            Align::Centre => self.x - width / 2.0,
            Align::Right => self.x - width,
        };
        let bottom = self.top + self.lines.len() as f64 * SMALL_SIZE * LEADING;
        Area {
            left,
            top: self.top,
            right: left + width,
            bottom,
        }
    }

    fn covers(&self, other: &Name) -> bool {
        let (a, b) = (self.area(), other.area());
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
    }
}

impl NetworkMap {
    /// Whether the map shows numbers and a key below it, because names have no room.
    fn is_numbered(&self) -> bool {
        if self.is_pair() {
            return true;
        }
        let names = self.names(&self.layout(), false);
        let collide =
            |(index, name): (usize, &Name)| names[..index].iter().any(|other| name.covers(other));
        names.iter().enumerate().any(collide)
    }

    /// The key to numbered organisations.
    fn key(&self) -> Vec<String> {
        if !self.is_numbered() {
            return Vec::new();
        }
        let entry = |(index, name): (usize, &String)| format!("{}  {name}", index + 1);
        self.organisations.iter().enumerate().map(entry).collect()
    }

    /// The organisations' names, or their numbers, outside their discs.
    fn names(&self, layout: &Layout, numbered: bool) -> Vec<Name> {
        let place = |(index, disc): (usize, &Disc)| {
            let (across, down) = disc.outward;
            let away = disc.radius + 9.0;
            let (x, y) = (disc.centre.0 + across * away, disc.centre.1 + down * away);
            let align = match across {
                _ if across > 0.12 => Align::Left,
                _ if across < -0.12 => Align::Right,
                _ => Align::Centre,
            };
            let room = (width() / 2.0 - x.abs()).min(WIDEST_NAME);
            let lines = match numbered {
                true => vec![(index + 1).to_string()],
                false => font::wrap(&self.organisations[index], SMALL_SIZE, room, 2),
            };
            let height = lines.len() as f64 * SMALL_SIZE * LEADING;
            Name {
                lines,
                x,
                top: y + (down - 1.0) * height / 2.0,
                align,
            }
        };
        let discs = layout.discs.iter().enumerate();
        discs
            .filter_map(|(index, disc)| disc.as_ref().map(|disc| place((index, disc))))
            .collect()
    }

    pub(super) fn draw_names(&self, canvas: &mut Canvas, layout: &Layout, middle: Point) {
        for name in self.names(layout, self.is_numbered()) {
            let mut baseline = middle.1 + name.top + SMALL_SIZE;
            for line in &name.lines {
                let look = Type {
                    size: SMALL_SIZE,
                    colour: TEXT,
                    align: name.align,
                };
                canvas.text(line, (middle.0 + name.x, baseline), look);
                baseline += SMALL_SIZE * LEADING;
            }
        }
    }

    /// Rows of the key: in three columns if every name fits, else in two.
    pub(super) fn key_rows(&self) -> usize {
        let key = self.key();
        let fits = key
            .iter()
            .all(|entry| font::width(entry, SMALL_SIZE) <= width() / 3.0 - KEY_GAP);
        key.len().div_ceil(if fits { 3 } else { 2 })
    }

    /// What widths, tints and sizes mean.
    pub(super) fn draw_scales(
        &self,
        canvas: &mut Canvas,
        scale: &Scale,
        spacing: f64,
        (mut left, middle): Point,
    ) {
        let look = Type {
            size: SMALL_SIZE,
            colour: QUIET_TEXT,
            align: Align::Left,
        };
        let say = |canvas: &mut Canvas, left: &mut f64, text: &str| {
            canvas.text(text, (*left, middle + 4.3), look);
            *left += font::width(text, SMALL_SIZE) + 12.0;
        };
        if scale.any_tie {
            say(
                canvas,
                &mut left,
                &format!("{}:", font::shorten(&self.tie_label, SMALL_SIZE, 150.0)),
            );
            for weight in two(scale.weights) {
                let (from, to) = ((left, middle), (left + 34.0, middle));
                canvas.polygon(
                    &wedge(from, bend(from, to, 0.0), to, scale.tie_width(weight)),
                    scale.tie_colour(weight),
                );
                left += 40.0;
                say(canvas, &mut left, &number(weight, 0.01));
            }
            left += 16.0;
        }
        say(
            canvas,
            &mut left,
            &format!("{}:", font::shorten(&self.size_label, SMALL_SIZE, 150.0)),
        );
        for standing in two(scale.standing) {
            let radius = scale.radius(standing, spacing);
            draw_leader(canvas, (left + radius, middle), radius, QUIET_TEXT);
            left += 2.0 * radius + 6.0;
            say(canvas, &mut left, &number(standing, 0.01));
        }
    }

    pub(super) fn draw_key(&self, canvas: &mut Canvas, area: Area) {
        let key = self.key();
        let rows = self.key_rows().max(1);
        let column = area.width() / key.len().div_ceil(rows).max(1) as f64;
        let mut left = area.left;
        for entries in key.chunks(rows) {
            let mut baseline = area.top + SMALL_SIZE;
            for entry in entries {
                let look = Type {
                    size: SMALL_SIZE,
                    colour: TEXT,
                    align: Align::Left,
                };
                canvas.text(
                    &font::shorten(entry, SMALL_SIZE, column - KEY_GAP),
                    (left, baseline),
                    look,
                );
                baseline += LINE;
            }
            left += column;
        }
    }
}

//! Who is tied to whom, and how strongly: one moment, or two side by side.

use super::axis::LINE;
use super::canvas::{Align, Area, Canvas, Point, Type};
use super::legend::{self, Item};
use super::network_layout::{Layout, layout};
use super::network_marks::{Scale, bend, draw_leader, wedge};
use super::network_ties::TiesShown;
use super::palette::{GROUND, Kind, QUIET_TEXT, TEXT};
use super::{Chart, ChartError, Heading, LABEL_SIZE, MARGIN, SMALL_SIZE, WIDTH, data_error};

const MOST_LEADERS: usize = 1_000;
const MOST_TIES: usize = 20_000;
/// Radius of a single map, of two side by side, and of two one above the other.
const RADIUS: (f64, f64, f64) = (232.0, 164.0, 300.0);
/// Two maps stand one above the other where neighbours would come closer than this side by side.
const CLOSEST_BESIDE: f64 = 15.0;
/// Above a map: its title, what is drawn of its ties, and the name or number of the organisation at the top. Below it: another
/// name.
const ABOVE: f64 = 72.0;
const BELOW: f64 = 36.0;

/// Leaders by organisation, coloured by kind and sized by standing, and their strongest ties.
///
/// Two panels share layout and scales, so that start and end can be compared.
#[derive(Clone, Debug)]
pub struct NetworkMap {
    /// Title, caption, alternative text.
    pub heading: Heading,
    /// Names, in their order round the circle.
    pub organisations: Vec<String>,
    /// The leaders, up to 1,000; beyond 300 show a part of them.
    pub leaders: Vec<NetworkLeader>,
    /// What a tie gives, such as "trust".
    pub tie_label: String,
    /// From whom a tie leads to whom, such as "who trusts to who is trusted".
    pub direction: String,
    /// What the size of a leader shows, such as "standing".
    pub size_label: String,
    /// Which ties are drawn.
    pub shown: TiesShown,
    /// One moment, or two.
    pub panels: Vec<NetworkPanel>,
}

/// One leader.
#[derive(Clone, Copy, Debug)]
pub struct NetworkLeader {
    /// Decides the colour.
    pub kind: Kind,
    /// Index into [`NetworkMap::organisations`].
    pub organisation: usize,
}

/// The network at one moment.
#[derive(Clone, Debug, Default)]
pub struct NetworkPanel {
    /// The moment, such as "month 60".
    pub title: String,
    /// By leader, not negative; drawn as area. `NAN`: not there at this moment.
    pub standing: Vec<f64>,
    /// The ties, of which [`NetworkMap::shown`] selects.
    pub ties: Vec<NetworkTie>,
}

/// What one leader gives another.
#[derive(Clone, Copy, Debug)]
pub struct NetworkTie {
    /// Index of who gives.
    pub from: usize,
    /// Index of who receives.
    pub to: usize,
    /// How much.
    pub weight: f64,
}

impl Chart for NetworkMap {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        let absent = |panel: &NetworkPanel| panel.standing.iter().any(|standing| standing.is_nan());
        let hollow = if self.panels.iter().any(absent) {
            " Hollow: not there at that moment."
        } else {
            ""
        };
        let (caption, tie) = (&self.heading.caption, &self.tie_label);
        let (size, direction) = (&self.size_label, &self.direction);
        format!(
            "{caption} Area of a disc: {size}. Lines: {tie}; each narrows from {direction}; dark and wide is strong.{hollow}"
        )
    }

    fn check(&self) -> Result<(), ChartError> {
        let refuse = |reason: &str| Err(data_error(&self.heading, reason));
        if self.leaders.is_empty() || self.leaders.len() > MOST_LEADERS {
            return refuse("it shows 1 to 1000 leaders: choose a part of them");
        }
        if self
            .leaders
            .iter()
            .any(|leader| leader.organisation >= self.organisations.len())
        {
            return refuse("a leader belongs to an organisation that is not listed");
        }
        if !(1..=2).contains(&self.panels.len()) {
            return refuse("it shows one moment or two");
        }
        for panel in &self.panels {
            if panel.standing.len() != self.leaders.len()
                || panel
                    .standing
                    .iter()
                    .any(|&standing| standing < 0.0 || standing.is_infinite())
            {
                return refuse("each leader needs a standing of at least 0, or none");
            }
            let known = |leader: usize| leader < self.leaders.len();
            let sound = |tie: &NetworkTie| {
                known(tie.from) && known(tie.to) && tie.from != tie.to && tie.weight.is_finite()
            };
            if !panel.ties.iter().all(sound) {
                return refuse("a tie must join two leaders of the map and have a weight");
            }
            if self.shown.of(panel).len() > MOST_TIES {
                return refuse("it would show more than 20000 ties: raise the threshold");
            }
        }
        Ok(())
    }

    fn height(&self) -> f64 {
        let above = legend::height(&kinds(&self.leaders), width()) + LINE + 10.0;
        let rows = if self.is_stacked() { 2.0 } else { 1.0 };
        above + rows * self.map_height() + self.key_rows() as f64 * LINE
    }

    fn draw(&self, canvas: &mut Canvas, area: Area) {
        let scale = self.scale();
        legend::draw(canvas, &kinds(&self.leaders), area);
        let layout = self.layout();
        let scales_top = area.top + legend::height(&kinds(&self.leaders), width());
        self.draw_scales(
            canvas,
            &scale,
            layout.spacing,
            (area.left, scales_top + 8.0),
        );
        let mut map = Area {
            top: scales_top + LINE + 10.0,
            ..area
        };
        map.bottom = map.top + self.map_height();
        if self.is_pair() && !self.is_stacked() {
            map.right = area.centre().0;
        }
        for panel in &self.panels {
            self.draw_panel(canvas, panel, &layout, &scale, map);
            let (across, down) = match self.is_stacked() {
                true => (0.0, map.height()),
                false => (map.width(), 0.0),
            };
            map.left += across;
            map.right += across;
            map.top += down;
            map.bottom += down;
        }
        let top = area.bottom - self.key_rows() as f64 * LINE;
        self.draw_key(canvas, Area { top, ..area });
    }
}

/// Width of the map's sheet without its margins.
pub(super) fn width() -> f64 {
    f64::from(WIDTH) - 2.0 * MARGIN
}

/// The kinds that there are, for the legend.
fn kinds(leaders: &[NetworkLeader]) -> Vec<Item<'static>> {
    let there = |kind: &Kind| leaders.iter().any(|leader| leader.kind == *kind);
    let kinds = Kind::ALL.into_iter().filter(there);
    kinds.map(|kind| (kind.colour(), kind.label())).collect()
}

impl NetworkMap {
    pub(super) fn is_pair(&self) -> bool {
        self.panels.len() > 1
    }

    /// Whether two maps stand one above the other, because side by side their leaders would be too small to see.
    fn is_stacked(&self) -> bool {
        self.is_pair() && self.layout_within(RADIUS.1).spacing < CLOSEST_BESIDE
    }

    fn layout_within(&self, radius: f64) -> Layout {
        layout(&self.members(), self.leaders.len(), radius)
    }

    /// Where everybody stands, relative to the middle of a map.
    pub(super) fn layout(&self) -> Layout {
        let (alone, beside, stacked) = RADIUS;
        self.layout_within(match (self.is_pair(), self.is_stacked()) {
            (false, _) => alone,
            (true, false) => beside,
            (true, true) => stacked,
        })
    }

    fn map_height(&self) -> f64 {
        let (top, bottom) = self.layout().ends();
        ABOVE + bottom - top + BELOW
    }

    fn scale(&self) -> Scale {
        let drawn = self.panels.iter().flat_map(|panel| self.shown.of(panel));
        let weights: Vec<f64> = drawn.map(|tie| tie.weight).collect();
        let largest = weights.iter().copied().fold(0.0, f64::max);
        let standings = || {
            let all = self.panels.iter().flat_map(|panel| &panel.standing);
            all.copied().filter(|standing| standing.is_finite())
        };
        let highest = standings().fold(f64::MIN_POSITIVE, f64::max);
        Scale {
            weights: (weights.iter().copied().fold(largest, f64::min), largest),
            any_tie: !weights.is_empty(),
            standing: (standings().fold(highest, f64::min), highest),
        }
    }

    /// The leaders of each organisation, kinds together.
    fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.organisations.len()];
        for (index, leader) in self.leaders.iter().enumerate() {
            members[leader.organisation].push(index);
        }
        for ring in &mut members {
            ring.sort_by_key(|&leader| (self.leaders[leader].kind, leader));
        }
        members
    }

    fn draw_panel(
        &self,
        canvas: &mut Canvas,
        panel: &NetworkPanel,
        layout: &Layout,
        scale: &Scale,
        map: Area,
    ) {
        let look = Type {
            size: LABEL_SIZE,
            colour: TEXT,
            align: Align::Centre,
        };
        let (centre, top) = (map.centre().0, map.top + LABEL_SIZE);
        canvas.text(&panel.title, (centre, top), look);
        let small = Type {
            size: SMALL_SIZE,
            colour: QUIET_TEXT,
            ..look
        };
        canvas.text(&self.shown.in_words(panel), (centre, top + LINE), small);
        let middle = (map.centre().0, map.top + ABOVE - layout.ends().0);
        let on_sheet = |(x, y): Point| (middle.0 + x, middle.1 + y);
        for disc in layout.discs.iter().flatten() {
            canvas.circle(on_sheet(disc.centre), disc.radius, GROUND);
        }
        for tie in self.shown.of(panel) {
            let inside = self.leaders[tie.from].organisation == self.leaders[tie.to].organisation;
            let (from, to) = (layout.places[tie.from], layout.places[tie.to]);
            let control = bend(from, to, if inside { 0.0 } else { 0.3 });
            let outline: Vec<Point> = wedge(from, control, to, scale.tie_width(tie.weight))
                .into_iter()
                .map(on_sheet)
                .collect();
            canvas.polygon(&outline, scale.tie_colour(tie.weight).opacity(0.8));
        }
        for (index, (&place, leader)) in layout.places.iter().zip(&self.leaders).enumerate() {
            draw_leader(
                canvas,
                on_sheet(place),
                scale.radius(panel.standing[index], layout.spacing),
                leader.kind.colour(),
            );
        }
        self.draw_names(canvas, layout, middle);
    }
}

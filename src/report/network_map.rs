//! Who is tied to whom, and how strongly: one moment, or two side by side.

use super::axis::{LINE, number};
use super::canvas::{Align, Area, Canvas, Point, Type};
use super::legend::{self, Item};
use super::network_layout::{Layout, layout};
use super::network_marks::{Scale, bend, draw_leader, wedge};
use super::palette::{GROUND, Kind, TEXT};
use super::{Chart, ChartError, Heading, LABEL_SIZE, MARGIN, WIDTH, data_error};

const MOST_LEADERS: usize = 1_000;
const MOST_TIES: usize = 20_000;

/// Leaders by organisation, coloured by kind and sized by standing, and their strongest ties.
///
/// Two panels share layout, threshold and scales, so that start and end can be compared.
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

/// Which ties are drawn.
#[derive(Clone, Copy, Debug)]
pub enum TiesShown {
    /// Those of at least this weight.
    AtLeast(f64),
    /// This share of the ties of all panels together, in \[0, 1\], the strongest first; equal weights stand or fall together.
    Strongest(f64),
}

impl Chart for NetworkMap {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn caption(&self) -> String {
        let least = self.least_weight();
        let all: usize = self.panels.iter().map(|panel| panel.ties.len()).sum();
        let drawn: usize = self
            .panels
            .iter()
            .map(|panel| shown(panel, least).len())
            .sum();
        let absent = |panel: &NetworkPanel| panel.standing.iter().any(|standing| standing.is_nan());
        let hollow = if self.panels.iter().any(absent) {
            " Hollow: not there at that moment."
        } else {
            ""
        };
        let caption = &self.heading.caption;
        if drawn == 0 {
            return format!("{caption} No tie of {all} is strong enough to be shown.{hollow}");
        }
        let share = match self.shown {
            TiesShown::AtLeast(_) => String::new(),
            TiesShown::Strongest(share) => {
                format!("the strongest {}\u{a0}%, ", number(share * 100.0, 1.0))
            }
        };
        let (tie, least) = (&self.tie_label, number(least, 0.01));
        format!(
            "{caption} Ties: {share}{tie} at least {least} ({drawn} of {all}). Each narrows from who gives {tie} to who \
             receives it; dark is strong.{hollow}"
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
            if shown(panel, self.least_weight()).len() > MOST_TIES {
                return refuse("it would show more than 20000 ties: raise the threshold");
            }
        }
        Ok(())
    }

    fn height(&self) -> f64 {
        let above = legend::height(&kinds(), width()) + LINE + 10.0;
        above + self.map_height() + self.key_rows() as f64 * LINE
    }

    fn draw(&self, canvas: &mut Canvas, area: Area) {
        let scale = self.scale();
        legend::draw(canvas, &kinds(), area);
        let mut top = area.top + legend::height(&kinds(), width());
        let layout = self.layout();
        self.draw_scales(canvas, &scale, layout.spacing, (area.left, top + 8.0));
        top += LINE + 10.0;
        let share = area.width() / self.panels.len() as f64;
        let mut left = area.left;
        for panel in &self.panels {
            let map = Area {
                left,
                top,
                right: left + share,
                bottom: top + self.map_height(),
            };
            self.draw_panel(canvas, panel, &layout, &scale, map);
            left += share;
        }
        self.draw_key(
            canvas,
            Area {
                top: top + self.map_height(),
                ..area
            },
        );
    }
}

/// Width of the map's sheet without its margins.
pub(super) fn width() -> f64 {
    f64::from(WIDTH) - 2.0 * MARGIN
}

fn kinds() -> Vec<Item<'static>> {
    Kind::ALL.map(|kind| (kind.colour(), kind.label())).to_vec()
}

/// The ties of `panel` of at least the weight `least`, weakest first.
fn shown(panel: &NetworkPanel, least: f64) -> Vec<NetworkTie> {
    let mut ties: Vec<NetworkTie> = panel
        .ties
        .iter()
        .copied()
        .filter(|tie| tie.weight >= least)
        .collect();
    ties.sort_by(|a, b| a.weight.total_cmp(&b.weight));
    ties
}

impl NetworkMap {
    pub(super) fn is_pair(&self) -> bool {
        self.panels.len() > 1
    }

    fn radius(&self) -> f64 {
        if self.is_pair() { 164.0 } else { 232.0 }
    }

    /// Where everybody stands, relative to the middle of a map.
    pub(super) fn layout(&self) -> Layout {
        layout(&self.members(), self.leaders.len(), self.radius())
    }

    fn map_height(&self) -> f64 {
        2.0 * self.radius() + if self.is_pair() { 72.0 } else { 108.0 }
    }

    /// The weight from which ties are shown; infinite if there is none to show.
    fn least_weight(&self) -> f64 {
        match self.shown {
            TiesShown::AtLeast(weight) => weight,
            TiesShown::Strongest(share) => {
                let mut weights: Vec<f64> = self
                    .panels
                    .iter()
                    .flat_map(|panel| &panel.ties)
                    .map(|tie| tie.weight)
                    .collect();
                weights.sort_by(|a, b| b.total_cmp(a));
                let wanted = share * weights.len() as f64 - 1e-9;
                let kept = weights
                    .iter()
                    .zip(0_u32..)
                    .take_while(|&(_, before)| f64::from(before) < wanted);
                kept.last().map_or(f64::INFINITY, |(&weight, _)| weight)
            }
        }
    }

    fn scale(&self) -> Scale {
        let least = self.least_weight();
        let weights = || {
            self.panels
                .iter()
                .flat_map(|panel| &panel.ties)
                .map(|tie| tie.weight)
        };
        let largest = weights().fold(least, f64::max);
        let standings = self
            .panels
            .iter()
            .flat_map(|panel| panel.standing.iter().copied());
        Scale {
            weights: (least, largest),
            any_tie: weights().any(|weight| weight >= least),
            standing: standings.fold(f64::MIN_POSITIVE, f64::max),
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
        canvas.text(&panel.title, (map.centre().0, map.top + LABEL_SIZE), look);
        let middle = (map.centre().0, map.centre().1 + 10.0);
        let on_sheet = |(x, y): Point| (middle.0 + x, middle.1 + y);
        for disc in layout.discs.iter().flatten() {
            canvas.circle(on_sheet(disc.centre), disc.radius, GROUND);
        }
        for tie in shown(panel, scale.weights.0) {
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

//! The colours of every chart, named by what they stand for.
//!
//! All follow Okabe and Ito (2008), whose set stays apart under the common forms of colour blindness. Colours that draw lines
//! or text are darkened where needed to a contrast of at least 3:1 against white; colours of filled areas need not be.

use plotters::style::RGBAColor;

/// An opaque colour: red, green and blue, 0 to 255 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// A colour and how much of what lies below it hides: 0 nothing, 1 everything.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    colour: Colour,
    opacity: f64,
}

impl Colour {
    /// The same colour, letting what is below shine through; `opacity` in \[0, 1\].
    pub(super) fn opacity(self, opacity: f64) -> Ink {
        Ink {
            colour: self,
            opacity,
        }
    }

    /// The opaque mix of `share` (in \[0, 1\]) of this colour with white.
    pub(super) fn tint(self, share: f64) -> Colour {
        let mix = |part: u8| {
            let mixed = 255.0 + (f64::from(part) - 255.0) * share.clamp(0.0, 1.0);
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 255"
            )]
            let part = mixed.round() as u8;
            part
        };
        Colour(mix(self.0), mix(self.1), mix(self.2))
    }
}

impl From<Colour> for Ink {
    fn from(colour: Colour) -> Self {
        colour.opacity(1.0)
    }
}

impl From<Ink> for RGBAColor {
    fn from(
        Ink {
            colour: Colour(red, green, blue),
            opacity,
        }: Ink,
    ) -> Self {
        RGBAColor(red, green, blue, opacity)
    }
}

pub(super) const PAPER: Colour = Colour(255, 255, 255);
/// Titles and labels.
pub(super) const TEXT: Colour = Colour(34, 34, 34);
/// Captions, axis titles and tick labels.
pub(super) const QUIET_TEXT: Colour = Colour(95, 95, 95);
/// The line an axis stands on.
pub(super) const AXIS: Colour = Colour(120, 120, 120);
pub(super) const GRID: Colour = Colour(228, 228, 228);
/// Discs behind groups, and cells without data.
pub(super) const GROUND: Colour = Colour(243, 243, 243);

pub(crate) const BLUE: Colour = Colour(0, 114, 178);
pub(crate) const VERMILLION: Colour = Colour(213, 94, 0);
pub(crate) const GREEN: Colour = Colour(0, 158, 115);
pub(crate) const DARK_ORANGE: Colour = Colour(184, 122, 0);
const DARK_PURPLE: Colour = Colour(184, 96, 143);
const DARK_SKY: Colour = Colour(46, 139, 192);
pub(crate) const INK: Colour = Colour(51, 51, 51);
const VIOLET: Colour = Colour(111, 78, 156);

/// What kind of leader someone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Works in a care profession.
    Clinician,
    /// Works in the management of an organisation.
    Manager,
    /// Patient, carer, elected member or community group.
    Citizen,
}

impl Kind {
    /// Every kind, in the order of legends.
    pub const ALL: [Kind; 3] = [Kind::Clinician, Kind::Manager, Kind::Citizen];

    /// The colour of this kind in every chart.
    pub fn colour(self) -> Colour {
        match self {
            Kind::Clinician => BLUE,
            Kind::Manager => VERMILLION,
            Kind::Citizen => GREEN,
        }
    }

    /// The word in legends.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Clinician => "clinician",
            Kind::Manager => "manager",
            Kind::Citizen => "citizen",
        }
    }
}

/// At which level of the system a forum works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The board of the system.
    Executive,
    /// A standing group on one theme.
    Thematic,
    /// A group with one task.
    Project,
}

impl Tier {
    /// Every tier, from the board down.
    pub const ALL: [Tier; 3] = [Tier::Executive, Tier::Thematic, Tier::Project];

    /// The colour of this tier in every chart.
    pub fn colour(self) -> Colour {
        match self {
            Tier::Executive => VIOLET,
            Tier::Thematic => DARK_SKY,
            Tier::Project => DARK_ORANGE,
        }
    }

    /// The word in legends and group headings.
    pub fn label(self) -> &'static str {
        match self {
            Tier::Executive => "executive",
            Tier::Thematic => "thematic",
            Tier::Project => "project",
        }
    }
}

/// How a forum's meeting of one cycle ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// The forum agreed by its own rule.
    Agreement,
    /// No agreement.
    Impasse,
    /// Decided against the forum by hierarchy.
    Imposed,
    /// A token item: the decision had been made elsewhere.
    Token,
    /// Too few came.
    NoQuorum,
}

impl Decision {
    /// Every decision, in the order of stacks and legends.
    pub const ALL: [Decision; 5] = [
        Decision::Agreement,
        Decision::Impasse,
        Decision::Imposed,
        Decision::Token,
        Decision::NoQuorum,
    ];

    /// The colour of this decision in every chart (filled areas only).
    pub fn colour(self) -> Colour {
        match self {
            Decision::Agreement => GREEN,
            Decision::Impasse => Colour(240, 208, 80),
            Decision::Imposed => VERMILLION,
            Decision::Token => VIOLET,
            Decision::NoQuorum => Colour(196, 200, 204),
        }
    }

    /// The words in legends.
    pub fn label(self) -> &'static str {
        match self {
            Decision::Agreement => "agreement",
            Decision::Impasse => "impasse",
            Decision::Imposed => "imposed",
            Decision::Token => "decided elsewhere",
            Decision::NoQuorum => "no quorum",
        }
    }
}

const ARMS: [Colour; 8] = [
    INK,
    BLUE,
    VERMILLION,
    GREEN,
    DARK_PURPLE,
    DARK_ORANGE,
    DARK_SKY,
    VIOLET,
];

/// The colour of an arm of an experiment: 0 is the baseline (near black). Repeats after eight.
pub fn arm(number: usize) -> Colour {
    ARMS[number % ARMS.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast against white by the formula of WCAG 2.1.
    #[allow(
        clippy::disallowed_methods,
        reason = "a check of colours, no result depends on it"
    )]
    fn contrast(Colour(red, green, blue): Colour) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.03928 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        1.05 / (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05)
    }

    #[test]
    fn colours_of_lines_and_text_stand_out_from_white() {
        let lines = ARMS
            .into_iter()
            .chain(Kind::ALL.map(Kind::colour))
            .chain(Tier::ALL.map(Tier::colour));
        for colour in lines.chain([AXIS, TEXT]) {
            assert!(
                contrast(colour) >= 3.0,
                "{colour:?}: {:.2}",
                contrast(colour)
            );
        }
        assert!(contrast(QUIET_TEXT) >= 4.5);
    }

    #[test]
    fn a_tint_runs_from_white_to_the_colour() {
        assert_eq!(BLUE.tint(0.0), PAPER);
        assert_eq!(BLUE.tint(1.0), BLUE);
        assert_eq!(Colour(0, 0, 0).tint(0.6), Colour(102, 102, 102));
    }
}

//! The colours of every chart, named by what they stand for.
//!
//! They start from Okabe and Ito (2008). Colours that stand side by side stay apart under the three forms of colour blindness,
//! which a test simulates. Colours that draw lines have a contrast of at least 3:1 against white, and of 4.5:1 where they draw
//! text (`Colour::as_text`); colours of filled areas need not.

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

    /// The same colour, dark enough for letters.
    pub(super) fn as_text(self) -> Colour {
        let darker = |part: u8| u8::try_from(u32::from(part) * 4 / 5).unwrap_or(part);
        Colour(darker(self.0), darker(self.1), darker(self.2))
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

pub(crate) const INK: Colour = Colour(51, 51, 51);
pub(crate) const BLUE: Colour = Colour(0, 104, 178);
pub(crate) const VERMILLION: Colour = Colour(213, 94, 0);
pub(crate) const GREEN: Colour = Colour(0, 158, 115);
pub(crate) const DARK_ORANGE: Colour = Colour(184, 122, 0);
const DARK_SKY: Colour = Colour(46, 139, 192);
const VIOLET: Colour = Colour(88, 44, 140);
const LAVENDER: Colour = Colour(160, 116, 244);
const BROWN: Colour = Colour(110, 50, 0);
const PLUM: Colour = Colour(150, 20, 110);
const NAVY: Colour = Colour(40, 20, 150);

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

    /// The word for several of them.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Clinician => "clinicians",
            Kind::Manager => "managers",
            Kind::Citizen => "citizens",
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

    /// The words in legends and group headings.
    pub fn forums(self) -> &'static str {
        match self {
            Tier::Executive => "executive forums",
            Tier::Thematic => "thematic forums",
            Tier::Project => "project forums",
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
            Decision::NoQuorum => Colour(172, 178, 184),
        }
    }

    /// The words in legends.
    pub fn label(self) -> &'static str {
        match self {
            Decision::Agreement => "agreement",
            Decision::Impasse => "impasse",
            Decision::Imposed => "imposed",
            Decision::Token => "token: decided elsewhere",
            Decision::NoQuorum => "no quorum",
        }
    }
}

const ARMS: [Colour; 8] = [INK, BLUE, VERMILLION, GREEN, LAVENDER, BROWN, PLUM, NAVY];

/// The colour of an arm of an experiment: 0 is the baseline (near black). Repeats after eight.
pub fn arm(number: usize) -> Colour {
    ARMS[number % ARMS.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    type Matrix = [[f64; 3]; 3];

    /// How colours look without one of the three kinds of cones, in linear light (Machado, Oliveira and Fernandes 2009,
    /// severity 1); and to most people.
    const SIGHTS: [(&str, Matrix); 4] = [
        (
            "full colour",
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        ),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        ),
    ];
    /// From linear sRGB to CIE XYZ relative to the white point D65.
    const XYZ: Matrix = [
        [0.4339, 0.3762, 0.1898],
        [0.2127, 0.7152, 0.0722],
        [0.0177, 0.1095, 0.8730],
    ];

    fn times(matrix: Matrix, [x, y, z]: [f64; 3]) -> [f64; 3] {
        matrix.map(|[a, b, c]| (a * x + b * y + c * z).clamp(0.0, 1.0))
    }

    /// Linear light of a colour.
    #[allow(
        clippy::disallowed_methods,
        reason = "a check of colours, no result depends on it"
    )]
    fn linear(Colour(red, green, blue): Colour) -> [f64; 3] {
        [red, green, blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// CIE 1976 lightness, green to red, blue to yellow, as `sight` sees `colour`.
    fn lab(colour: Colour, sight: Matrix) -> [f64; 3] {
        let [x, y, z] = times(XYZ, times(sight, linear(colour))).map(|part| {
            if part > 216.0 / 24389.0 {
                part.cbrt()
            } else {
                (24389.0 / 27.0 * part + 16.0) / 116.0
            }
        });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
        let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
        squares.sum::<f64>().sqrt()
    }

    /// Contrast against white by the formula of WCAG 2.1.
    fn contrast(colour: Colour) -> f64 {
        let [red, green, blue] = linear(colour);
        1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    }

    fn lines() -> Vec<Colour> {
        ARMS.into_iter()
            .chain(Kind::ALL.map(Kind::colour))
            .chain(Tier::ALL.map(Tier::colour))
            .chain([AXIS, TEXT, DARK_ORANGE])
            .collect()
    }

    #[test]
    fn colours_of_lines_and_text_stand_out_from_white() {
        for colour in lines() {
            assert!(contrast(colour) >= 3.0, "{colour:?}");
            assert!(contrast(colour.as_text()) >= 4.5, "{colour:?} as text");
        }
        assert!(contrast(QUIET_TEXT) >= 4.5);
    }

    /// A difference of about 2.3 is just noticed between large areas side by side; thin lines and small discs need far more.
    #[test]
    fn colours_side_by_side_stay_apart_for_colour_blind_readers() {
        let mut decisions = Decision::ALL.map(Decision::colour).to_vec();
        decisions.push(GROUND);
        let sets = [
            ("kinds", Kind::ALL.map(Kind::colour).to_vec()),
            ("tiers", Tier::ALL.map(Tier::colour).to_vec()),
            ("decisions", decisions),
            ("arms", ARMS.to_vec()),
        ];
        for (set, colours) in sets {
            for (sight, matrix) in SIGHTS {
                for (index, &one) in colours.iter().enumerate() {
                    for &other in &colours[..index] {
                        let apart = distance(lab(one, matrix), lab(other, matrix));
                        assert!(
                            apart >= 18.0,
                            "{set}, {sight}: {one:?} and {other:?} are {apart:.1} apart"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn without_cones_for_red_or_green_some_colours_look_the_same() {
        let [red, grey] = [Colour(163, 110, 110), Colour(121, 121, 108)];
        let apart = |sight: usize| distance(lab(red, SIGHTS[sight].1), lab(grey, SIGHTS[sight].1));
        assert!(
            apart(0) > 18.0 && apart(2) < 9.0,
            "{} {}",
            apart(0),
            apart(2)
        );
    }

    #[test]
    fn a_tint_runs_from_white_to_the_colour() {
        assert_eq!(BLUE.tint(0.0), PAPER);
        assert_eq!(BLUE.tint(1.0), BLUE);
        assert_eq!(Colour(0, 0, 0).tint(0.6), Colour(102, 102, 102));
    }
}

//! What a scenario says of the leaders: groups, and the attributes as distributions.

use super::places::Each;
use super::section::choice;
use super::{Choice, Entry, Kind, Preset, Role};

choice! {
    /// The three kinds of leaders.
    LeaderKind {
        /// A primarily clinical background or role.
        Clinician = "clinician",
        /// Executives, managers and administrators.
        Manager = "manager",
        /// Patients, carers, elected members, community groups.
        Citizen = "citizen",
    }
}

/// A normal distribution; values beyond an attribute's bounds are set to the bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Standard deviation, zero or more.
    pub sd: f64,
}

macro_rules! attributes {
    ($($variant:ident = $key:literal, [$clinician:literal, $manager:literal, $citizen:literal] sd $sd:literal, in $low:literal ..= $high:literal, $unit:literal, $symbol:literal, $role:ident, $source:literal, $line:literal;)+) => {
        /// An attribute of a leader that a scenario can state.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Attribute { $(#[doc = $line] $variant,)+ }

        impl Attribute {
            /// Every attribute, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();
        }

        /// The registry lines of the attributes, in the order of [`Attribute::ALL`].
        pub const ATTRIBUTES: &[Entry] = &[$(Entry {
            path: concat!("groups.", $key),
            kind: Kind::Spread { low: $low, high: $high },
            preset: Preset::ByKind([$clinician, $manager, $citizen], $sd),
            unit: $unit, symbol: $symbol, role: Role::$role, source: $source, line: $line,
        },)+];
    };
}

attributes! {
    Value = "value", [0.35, 0.65, 0.45] sd 0.12, in 0.0..=1.0, "share", "θ", Uncertainty, "NG22, AU20", "view of value: the patient before me (0) or the population (1)";
    Locus = "locus", [0.5, 0.5, 0.5] sd 0.12, in 0.0..=1.0, "share", "θ", Uncertainty, "WA23", "view of locus: my organisation (0) or the system (1)";
    Pace = "pace", [0.5, 0.5, 0.5] sd 0.12, in 0.0..=1.0, "share", "θ", Uncertainty, "KP12", "view of pace: small steps (0) or big change (1)";
    Openness = "openness", [0.6, 0.6, 0.6] sd 0.15, in 0.0..=1.0, "share", "λ", Uncertainty, "FJ90; AU20", "how far the leader can be moved";
    Skill = "skill", [0.5, 0.5, 0.5] sd 0.15, in 0.0..=1.0, "share", "s", Lever, "AU20", "listening, empathy, communication";
    Bilingualism = "bilingualism", [0.25, 0.25, 0.25] sd 0.10, in 0.0..=1.0, "share", "k", Lever, "AU20, WA23", "command of the other professions' language and world";
    Clinical = "clinical", [0.75, 0.35, 0.30] sd 0.10, in 0.0..=1.0, "share", "e", Uncertainty, "NG22, WA23", "clinical knowledge";
    Managerial = "managerial", [0.35, 0.75, 0.30] sd 0.10, in 0.0..=1.0, "share", "e", Uncertainty, "NG22, WA23", "managerial and financial knowledge";
    Community = "community", [0.35, 0.35, 0.75] sd 0.10, in 0.0..=1.0, "share", "e", Uncertainty, "KP12", "knowledge of the community and of being a patient";
    Motivation = "motivation", [0.40, 0.60, 0.50] sd 0.15, in 0.0..=1.0, "share", "m", Uncertainty, "AU20", "motivation to lead";
    Commitment = "commitment", [0.45, 0.45, 0.45] sd 0.12, in 0.0..=1.0, "share", "c", Uncertainty, "AG08", "belief at the start that bargaining in good faith pays";
    Authority = "authority", [1.0, 1.0, 0.8] sd 0.15, in 0.0..=3.0, "ratio", "a", Lever, "WA23", "weight of the formal role, about one";
    Stake = "stake", [0.6, 0.6, 0.6] sd 0.2, in 0.0..=1.0, "share", "", Uncertainty, "NG22", "what is personally at stake";
    OwnWork = "own_work", [160.0, 138.0, 152.0] sd 4.0, in 0.0..=400.0, "hours a month", "", Uncertainty, "evidence 3d", "hours of work besides governance";
    Capacity = "capacity", [160.0, 160.0, 160.0] sd 0.0, in 0.0..=400.0, "hours a month", "", Uncertainty, "evidence 3d", "hours that can be worked without strain";
    Protected = "protected", [0.0, 0.0, 0.0] sd 0.0, in 0.0..=80.0, "hours a month", "", Lever, "AU20, NG22", "hours freed for governance";
    Support = "support", [0.5, 0.5, 0.5] sd 0.1, in 0.0..=1.0, "share", "", Lever, "NG22", "help and rest that ease strain";
    Grievance = "grievance", [0.0, 0.0, 0.0] sd 0.0, in 0.0..=1.0, "share", "h", Uncertainty, "JO23", "grievance at the start";
    Fatigue = "fatigue", [0.0, 0.0, 0.0] sd 0.0, in 0.0..=1.0, "share", "f", Uncertainty, "JO23", "fatigue from abandoned change at the start";
    Strain = "strain", [0.3, 0.3, 0.3] sd 0.1, in 0.0..=1.0, "share", "b", Uncertainty, "evidence 3d", "workload strain at the start";
}

impl Attribute {
    /// The attribute's registry line.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        &ATTRIBUTES[self as usize]
    }

    /// The attribute with this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|attribute| attribute.entry().key() == key)
    }

    /// The distribution that a kind of leaders has where the scenario is silent.
    #[must_use]
    pub fn preset(self, kind: LeaderKind) -> Spread {
        match self.entry().preset {
            Preset::ByKind(means, sd) => Spread {
                mean: means[kind as usize],
                sd,
            },
            _ => Spread { mean: 0.0, sd: 0.0 },
        }
    }
}

/// What describes a row of `[[groups]]` besides its attributes.
pub const GROUPS: &[Entry] = &[
    Entry::described("groups.id", Kind::Id, Preset::Required, "its id"),
    Entry::described(
        "groups.title",
        Kind::Text,
        Preset::Empty,
        "the leaders' title",
    ),
    Entry::described(
        "groups.kind",
        Kind::Choice {
            words: LeaderKind::WORDS,
        },
        Preset::Empty,
        "kind of all its leaders; or give a mix",
    ),
    Entry::described(
        "groups.mix",
        Kind::Mix,
        Preset::Empty,
        "shares of the kinds, drawn for each replicate",
    ),
    Entry::described(
        "groups.profession",
        Kind::Text,
        Preset::Empty,
        "their profession; without it the kind",
    ),
    Entry::described(
        "groups.organisations",
        Kind::References {
            table: "organisations",
        },
        Preset::Required,
        "where they work: spread in turn over these organisations",
    ),
    Entry::described(
        "groups.each",
        Kind::Choice { words: Each::WORDS },
        Preset::Number(0.0),
        "one such group in the scenario, or one in each region, system or neighbourhood",
    ),
    Entry::described(
        "groups.size",
        Kind::Id,
        Preset::Empty,
        "only in systems of this size class",
    ),
    Entry::described(
        "groups.count",
        Kind::Integer {
            low: 1.0,
            high: 1_000_000.0,
        },
        Preset::Number(1.0),
        "how many leaders",
    ),
    Entry::described(
        "groups.remove",
        Kind::Flag,
        Preset::Empty,
        "true drops the group of this id that the extended scenario has",
    ),
];

//! Sections: structures that are generated from their registry lines.

use super::entry::Entry;

/// A table of a scenario file whose keys all hold numbers or choices.
pub trait Section: Default {
    /// The table's path in the scenario file.
    const PATH: &'static str;
    /// Its keys, in the order of the fields.
    const ENTRIES: &'static [Entry];
    /// The value of a key as a number (a choice as the index of its word).
    fn get(&self, key: &str) -> Option<f64>;
    /// Sets a key; false when there is no such key. The caller has checked the range.
    fn set(&mut self, key: &str, value: f64) -> bool;
}

/// What a field of a section can be: a number, a whole number or a choice.
pub trait Number: Copy {
    /// The value as a number.
    fn to_number(self) -> f64;
    /// The value nearest to a number.
    fn from_number(value: f64) -> Self;
}

impl Number for f64 {
    fn to_number(self) -> f64 {
        self
    }
    fn from_number(value: f64) -> Self {
        value
    }
}

impl Number for u32 {
    fn to_number(self) -> f64 {
        f64::from(self)
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a float saturates"
    )]
    fn from_number(value: f64) -> Self {
        value.round() as u32
    }
}

/// A choice of form: an enumeration whose words stand in scenario files.
pub trait Choice: Copy + 'static {
    /// The words, in the order of the variants.
    const WORDS: &'static [&'static str];
    /// Position of this variant.
    fn index(self) -> usize;
    /// The variant at a position; the first one when there is no such position.
    fn at(index: usize) -> Self;
    /// The word of this variant.
    fn word(self) -> &'static str {
        Self::WORDS.get(self.index()).copied().unwrap_or_default()
    }
    /// The variant of a word.
    fn parse(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .position(|known| *known == word)
            .map(Self::at)
    }
}

/// Declares a [`Choice`].
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$line:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$line])* $variant,)+ }

        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
        }

        impl $crate::registry::Choice for $name {
            const WORDS: &'static [&'static str] = &[$($word,)+];
            fn index(self) -> usize { self as usize }
            fn at(index: usize) -> Self { Self::ALL.get(index).copied().unwrap_or(Self::ALL[0]) }
        }

        impl $crate::registry::Number for $name {
            #[allow(clippy::cast_precision_loss, reason = "a handful of variants")]
            fn to_number(self) -> f64 { self as usize as f64 }
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of a float saturates")]
            fn from_number(value: f64) -> Self { <Self as $crate::registry::Choice>::at(value as usize) }
        }
    };
}

/// Declares a section: its structure, defaults and registry entries from one line a key:
/// `key: type = default in low..=high, "unit", "symbol", Role, "source", "meaning";`
macro_rules! section {
    ($(#[$doc:meta])* $name:ident = $path:literal {
        $($key:ident : $kind:ident = $default:expr, in $low:literal ..= $high:literal, $unit:literal, $symbol:literal, $role:ident, $source:literal, $line:literal;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name { $(#[doc = $line] #[doc = concat!("(", $symbol, "; unit: ", $unit, "; from ", stringify!($low), " to ", stringify!($high), "; ", $source, ").")] pub $key: $kind,)+ }

        impl Default for $name {
            fn default() -> Self { Self { $($key: $default,)+ } }
        }

        impl $crate::registry::Section for $name {
            const PATH: &'static str = $path;
            const ENTRIES: &'static [$crate::registry::Entry] = &[$($crate::registry::Entry {
                path: concat!($path, ".", stringify!($key)),
                kind: $crate::registry::section::kinds::$kind($low, $high),
                preset: $crate::registry::Preset::Number($crate::registry::section::presets::$kind($default)),
                unit: $unit,
                symbol: $symbol,
                role: $crate::registry::Role::$role,
                source: $source,
                line: $line,
            },)+];
            fn get(&self, key: &str) -> Option<f64> {
                match key {
                    $(stringify!($key) => Some($crate::registry::Number::to_number(self.$key)),)+
                    _ => None,
                }
            }
            fn set(&mut self, key: &str, value: f64) -> bool {
                match key {
                    $(stringify!($key) => self.$key = $crate::registry::Number::from_number(value),)+
                    _ => return false,
                }
                true
            }
        }
    };
}

pub(crate) use {choice, section};

/// Constant versions of [`Number::kind`], for the tables of entries.
#[allow(non_snake_case, reason = "named after the types")]
pub(super) mod kinds {
    use super::super::entry::Kind;
    use super::super::{mechanisms as m, places as p};
    use super::Choice;

    pub(crate) const fn f64(low: f64, high: f64) -> Kind {
        Kind::Number { low, high }
    }
    pub(crate) const fn u32(low: f64, high: f64) -> Kind {
        Kind::Integer { low, high }
    }
    macro_rules! choices {
        ($($kind:ident in $module:ident),+) => {$(
            pub(crate) const fn $kind(_: f64, _: f64) -> Kind { Kind::Choice { words: <$module::$kind as Choice>::WORDS } }
        )+};
    }
    choices!(Confidence in m, Mixing in m, TrustForm in m, LeadershipForm in m, Rule in p, Generator in p);
}

/// The default of a key as a number, for the tables of entries.
#[allow(non_snake_case, reason = "named after the types")]
pub(super) mod presets {
    use super::super::{mechanisms as m, places as p};

    pub(crate) const fn f64(value: f64) -> f64 {
        value
    }
    pub(crate) const fn u32(value: u32) -> f64 {
        value as f64
    }
    macro_rules! choices {
        ($($kind:ident in $module:ident),+) => {$(
            pub(crate) const fn $kind(value: $module::$kind) -> f64 { value as usize as f64 }
        )+};
    }
    choices!(Confidence in m, Mixing in m, TrustForm in m, LeadershipForm in m, Rule in p, Generator in p);
}

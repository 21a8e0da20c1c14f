//! What a hypothesis file says besides the experiment that it is tested with: the claim, the outcome
//! that is looked at, and what would bear it out.

use super::section::choice;
use super::{Choice, Entry, Kind, Preset};

choice! {
    /// What is compared.
    Form {
        /// The outcome of one arm with that of another.
        Contrast = "contrast",
        /// The difference between two arms with that between two others.
        Interaction = "interaction",
        /// The outcome along the values of a factor.
        Trend = "trend",
        /// The value of a factor at which half of the runs say yes, in one arm and in another.
        Shift = "shift",
    }
}

choice! {
    /// Which way the difference is expected to go.
    Direction {
        /// Above zero.
        Higher = "higher",
        /// Below zero.
        Lower = "lower",
    }
}

choice! {
    /// The scale on which differences are taken.
    Scale {
        /// The outcome's own.
        Raw = "raw",
        /// Log odds of a share of runs, which floor and ceiling do not bend.
        Logit = "logit",
    }
}

/// The table `[hypothesis]`.
pub const HYPOTHESIS: &[Entry] = &[
    Entry::described(
        "hypothesis.claim",
        Kind::Text,
        Preset::Empty,
        "the claim in plain words",
    ),
    Entry::described(
        "hypothesis.source",
        Kind::Text,
        Preset::Empty,
        "who claims it: authors, year and section",
    ),
    Entry::described(
        "hypothesis.form",
        Kind::Choice { words: Form::WORDS },
        Preset::Empty,
        "what is compared: two arms, two differences of arms, the values of a factor, or two thresholds",
    ),
    Entry::described(
        "hypothesis.outcome",
        Kind::Id,
        Preset::Empty,
        "the outcome of a run that the claim is about; see describe outcomes",
    ),
    Entry::described(
        "hypothesis.direction",
        Kind::Choice {
            words: Direction::WORDS,
        },
        Preset::Empty,
        "whether the first arm, the first difference, the end of the factor or the first threshold is higher or lower",
    ),
    Entry::described(
        "hypothesis.smallest",
        Kind::Number {
            low: 0.0,
            high: 1e6,
        },
        Preset::Empty,
        "smallest effect of interest: in the outcome's unit, in logits, or for a shift in the factor's unit",
    ),
    Entry::described(
        "hypothesis.scale",
        Kind::Choice {
            words: Scale::WORDS,
        },
        Preset::Number(0.0),
        "scale of the differences: logit is for outcomes that are yes or no",
    ),
    Entry::described(
        "hypothesis.arms",
        Kind::Names,
        Preset::Empty,
        "arms that are compared: two of a contrast or a shift; four of an interaction, (first - second) - (third - fourth)",
    ),
    Entry::described(
        "hypothesis.factor",
        Kind::Text,
        Preset::Empty,
        "trend and shift: id of the factor along which the outcome changes",
    ),
    Entry::described(
        "hypothesis.search",
        Kind::Text,
        Preset::Empty,
        "log odds: parameter that is moved, before anything is tested, until the base lies between .2 and .8",
    ),
    Entry::described(
        "hypothesis.search_low",
        Kind::Number {
            low: -1e6,
            high: 1e6,
        },
        Preset::Empty,
        "smallest value that is tried",
    ),
    Entry::described(
        "hypothesis.search_high",
        Kind::Number {
            low: -1e6,
            high: 1e6,
        },
        Preset::Empty,
        "largest value that is tried",
    ),
];

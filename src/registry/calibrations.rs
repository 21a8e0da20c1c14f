//! What a calibration says besides the experiment that it is: published figures that the model should
//! show, which of them it is fitted to, and how hard the search is.

use super::section::choice;
use super::{Choice, Entry, Kind, Preset};

choice! {
    /// What is computed from the replicates of a set of parameters.
    Statistic {
        /// Mean of the outcome.
        Mean = "mean",
        /// Mean of the outcome, relative to that of `with`.
        Ratio = "ratio",
        /// Correlation of the outcome with that of `with` from one replicate to another.
        Correlation = "correlation",
        /// Share of the outcome's variance that those of `with` leave open, by least squares.
        Unexplained = "unexplained",
        /// What of the outcome's mean change from month 1 to month `by` has come by `month`.
        ShareOfChange = "share-of-change",
        /// Chance that so many humps come of a distribution with one (Hartigan's dip test).
        OneHump = "one-hump",
    }
}

choice! {
    /// What a target is for.
    Use {
        /// Sets of parameters are chosen by it.
        Fit = "fit",
        /// The choice does not see it; it is judged by it afterwards.
        HeldOut = "held-out",
    }
}

choice! {
    /// How sure a published figure is.
    Confidence {
        /// Read in the source, or in a report of it.
        Read = "read",
        /// Computed from published data or an equation.
        Computed = "computed",
        /// Remembered and not checked.
        Remembered = "remembered",
        /// Nobody has measured it.
        Assumed = "assumed",
    }
}

const WIDE: Kind = Kind::Number {
    low: -1e9,
    high: 1e9,
};
const POSITIVE: Kind = Kind::Number {
    low: 1e-9,
    high: 1e9,
};

const fn whole(low: f64, high: f64) -> Kind {
    Kind::Integer { low, high }
}

/// The tables `[calibration]` and `[[targets]]`.
pub const CALIBRATION: &[Entry] = &[
    Entry::described(
        "calibration.replicates",
        whole(8.0, 100_000.0),
        Preset::Number(100.0),
        "runs by which a set of parameters is judged",
    ),
    Entry::described(
        "calibration.trajectories",
        whole(0.0, 1000.0),
        Preset::Number(8.0),
        "trajectories of the Morris screening that chooses the parameters to be fitted; 0: all are",
    ),
    Entry::described(
        "calibration.free",
        whole(1.0, 12.0),
        Preset::Number(12.0),
        "most parameters that are fitted; the others keep the scenario's values",
    ),
    Entry::described(
        "calibration.waves",
        whole(1.0, 100.0),
        Preset::Number(5.0),
        "waves of approximate Bayesian computation, at most",
    ),
    Entry::described(
        "calibration.tries",
        whole(4.0, 1_000_000.0),
        Preset::Number(1000.0),
        "sets of parameters that are tried in each wave",
    ),
    Entry::described(
        "calibration.accepted",
        whole(2.0, 100_000.0),
        Preset::Number(300.0),
        "sets that are kept after each wave: those nearest to the targets so far",
    ),
    Entry::described("targets.id", Kind::Id, Preset::Required, "its id"),
    Entry::described(
        "targets.outcome",
        Kind::Id,
        Preset::Required,
        "outcome that it is about: of a run, or with month or by of a month",
    ),
    Entry::described(
        "targets.statistic",
        Kind::Choice {
            words: Statistic::WORDS,
        },
        Preset::Number(0.0),
        "what is computed from the replicates",
    ),
    Entry::described(
        "targets.with",
        Kind::Names,
        Preset::Empty,
        "other outcomes of a ratio, a correlation or an unexplained share",
    ),
    Entry::described(
        "targets.month",
        whole(1.0, 1200.0),
        Preset::Empty,
        "month in which the outcome is taken, instead of over the run",
    ),
    Entry::described(
        "targets.by",
        whole(2.0, 1200.0),
        Preset::Empty,
        "share-of-change: month by which the whole change is counted",
    ),
    Entry::described(
        "targets.arm",
        Kind::Id,
        Preset::Empty,
        "arm in which it is computed; without this line the first",
    ),
    Entry::described(
        "targets.against",
        Kind::Id,
        Preset::Empty,
        "arm whose statistic is taken off",
    ),
    Entry::described(
        "targets.low",
        WIDE,
        Preset::Empty,
        "lower end of the band in which it should lie",
    ),
    Entry::described("targets.high", WIDE, Preset::Empty, "upper end of the band"),
    Entry::described(
        "targets.tolerance",
        POSITIVE,
        Preset::Empty,
        "how far outside of the band counts as one; without this line half the band's width",
    ),
    Entry::described(
        "targets.weight",
        Kind::Number {
            low: 0.0,
            high: 1000.0,
        },
        Preset::Number(1.0),
        "weight of its square in the distance",
    ),
    Entry::described(
        "targets.use",
        Kind::Choice { words: Use::WORDS },
        Preset::Number(0.0),
        "whether sets of parameters are chosen by it or only judged",
    ),
    Entry::described(
        "targets.source",
        Kind::Text,
        Preset::Required,
        "who published the figure: authors and year, or that it is an assumption",
    ),
    Entry::described(
        "targets.confidence",
        Kind::Choice {
            words: Confidence::WORDS,
        },
        Preset::Required,
        "how sure the figure is",
    ),
];

/// A count of `[calibration]`: what a file states, or else what holds without it.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small whole number"
)]
pub fn count(stated: Option<u64>, key: &str) -> u64 {
    let entry = CALIBRATION
        .iter()
        .find(|entry| entry.table() == "calibration" && entry.key() == key);
    stated.unwrap_or_else(|| match entry.map(|entry| entry.preset) {
        Some(Preset::Number(number)) => number as u64,
        _ => 0,
    })
}

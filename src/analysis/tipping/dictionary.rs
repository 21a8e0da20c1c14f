//! What the columns of the tables of `tipping` mean.

use crate::store::{ColumnInfo, Kind, TableInfo};

/// The columns of `tipping_map.csv`.
pub const MAP: [(&str, Kind, &str); 11] = [
    ("outcome", Kind::Text, "outcome: a column of cycles"),
    ("history", Kind::Number, "prehistory that was stated"),
    (
        "interdependence",
        Kind::Number,
        "interdependence of organisations that was stated",
    ),
    (
        "level",
        Kind::Number,
        "starting level of the outcome that was stated",
    ),
    (
        "start",
        Kind::Number,
        "mean of the outcome in the first month",
    ),
    (
        "drift",
        Kind::Number,
        "mean of the outcome in the last month minus that in the first",
    ),
    (
        "drift_low",
        Kind::Number,
        "lower end of its 95 % interval by t",
    ),
    (
        "drift_high",
        Kind::Number,
        "upper end of its 95 % interval by t",
    ),
    (
        "n",
        Kind::Integer,
        "replicates that have a value at every start",
    ),
    ("left_out", Kind::Integer, "replicates that lack one"),
    ("months", Kind::Integer, "months of a run"),
];

/// The columns of `tipping_boundaries.csv`.
pub const BOUNDARIES: [(&str, Kind, &str); 9] = [
    ("outcome", Kind::Text, "outcome: a column of cycles"),
    ("history", Kind::Number, "prehistory that was stated"),
    (
        "interdependence",
        Kind::Number,
        "interdependence of organisations that was stated",
    ),
    (
        "regime",
        Kind::Text,
        "tips, settles, rises, falls, stays or undecided: what the drift from all starts says",
    ),
    (
        "kind",
        Kind::Text,
        "unstable (falls below, rises above) or stable; empty where the drift has one sign",
    ),
    (
        "boundary",
        Kind::Number,
        "start at which the mean drift changes sign, in the outcome's unit",
    ),
    (
        "low",
        Kind::Number,
        "lower end of its 95 % interval by the bootstrap over replicates",
    ),
    (
        "high",
        Kind::Number,
        "upper end of its 95 % interval by the bootstrap over replicates",
    ),
    (
        "support",
        Kind::Number,
        "share of resamples that have a boundary of this kind",
    ),
];

/// The columns of `hysteresis.csv`.
pub const HYSTERESIS: [(&str, Kind, &str); 9] = [
    ("outcome", Kind::Text, "outcome: a column of cycles"),
    (
        "intervention",
        Kind::Text,
        "intervention or shock that is swept",
    ),
    ("hold", Kind::Integer, "months that each level is held"),
    ("direction", Kind::Text, "up or down"),
    ("level", Kind::Number, "its intensity"),
    (
        "difference",
        Kind::Number,
        "mean over runs and over the last third of the step, minus the same run at the lowest level",
    ),
    ("low", Kind::Number, "lower end of its 95 % interval by t"),
    ("high", Kind::Number, "upper end of its 95 % interval by t"),
    ("n", Kind::Integer, "runs that have a value"),
];

/// The columns of `hysteresis_gaps.csv`.
pub const GAPS: [(&str, Kind, &str); 9] = [
    ("outcome", Kind::Text, "outcome: a column of cycles"),
    (
        "intervention",
        Kind::Text,
        "intervention or shock that is swept",
    ),
    ("hold", Kind::Integer, "months that each level is held"),
    (
        "gap",
        Kind::Number,
        "area of the loop per unit of intensity: how much more there is on the way down than at the same level on the way up",
    ),
    ("low", Kind::Number, "lower end of its 95 % interval by t"),
    ("high", Kind::Number, "upper end of its 95 % interval by t"),
    (
        "smallest",
        Kind::Number,
        "smallest gap that would matter: .2 standard deviations between runs",
    ),
    (
        "verdict",
        Kind::Text,
        "path-dependent, too little to matter or undecided",
    ),
    ("n", Kind::Integer, "runs that have every step"),
];

/// The columns of `impulse.csv`.
pub const IMPULSE: [(&str, Kind, &str); 9] = [
    ("outcome", Kind::Text, "outcome: a column of cycles"),
    ("shock", Kind::Text, "what happens in one month"),
    (
        "arm",
        Kind::Text,
        "whole, or alone: who comes, who leads, what results do and confirmation off",
    ),
    ("cycle", Kind::Integer, "governance cycle, from 1"),
    ("since", Kind::Integer, "months since the shock"),
    (
        "difference",
        Kind::Number,
        "mean of runs with the shock minus the same runs without it",
    ),
    ("low", Kind::Number, "lower end of its 95 % interval by t"),
    ("high", Kind::Number, "upper end of its 95 % interval by t"),
    ("n", Kind::Integer, "pairs of runs"),
];

/// The columns of `impulse_half_lives.csv`.
pub const HALF_LIVES: [(&str, Kind, &str); 9] = [
    ("outcome", Kind::Text, "outcome: a column of cycles"),
    ("shock", Kind::Text, "what happens in one month"),
    (
        "arm",
        Kind::Text,
        "whole, or alone: who comes, who leads, what results do and confirmation off",
    ),
    (
        "peak_since",
        Kind::Integer,
        "months from the shock to the largest mean difference",
    ),
    ("peak", Kind::Number, "the largest mean difference"),
    (
        "seen",
        Kind::Text,
        "yes where its 95 % interval leaves out zero",
    ),
    (
        "half_life",
        Kind::Number,
        "months from the peak to half of it; empty where it is not back within the horizon",
    ),
    (
        "low",
        Kind::Number,
        "lower end of its 95 % interval by the bootstrap over pairs",
    ),
    (
        "high",
        Kind::Number,
        "upper end of its 95 % interval by the bootstrap over pairs; empty where it lies beyond the horizon",
    ),
];

/// The tables of `tipping`.
#[must_use]
pub fn tables() -> Vec<TableInfo> {
    let table = |name: &str, columns: &[(&str, Kind, &str)]| TableInfo {
        name: name.to_owned(),
        columns: columns
            .iter()
            .map(|(name, kind, meaning)| ColumnInfo::own(name, *kind, meaning))
            .collect(),
    };
    vec![
        table("tipping_map", &MAP),
        table("tipping_boundaries", &BOUNDARIES),
        table("hysteresis", &HYSTERESIS),
        table("hysteresis_gaps", &GAPS),
        table("impulse", &IMPULSE),
        table("impulse_half_lives", &HALF_LIVES),
    ]
}

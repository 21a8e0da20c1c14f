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
    ]
}

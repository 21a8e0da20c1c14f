//! What the columns of the small tables mean: those that stand as CSV beside the chunks.

mod answers;

use super::pairs::Pair;
use crate::experiment::Experiment;
use crate::scenario::parameter;
use crate::store::{ColumnInfo, Kind, TableInfo};

/// The columns of a summary, after those that say what it is of.
const SUMMARY: [(&str, Kind, &str); 11] = [
    ("outcome", Kind::Text, "outcome: a column of runs or cycles"),
    ("unit", Kind::Text, "its unit"),
    ("n", Kind::Integer, "runs in which it is defined"),
    (
        "missing",
        Kind::Integer,
        "runs in which it is not, or that failed",
    ),
    ("mean", Kind::Number, "mean"),
    ("sd", Kind::Number, "standard deviation, divisor n - 1"),
    (
        "ci_low",
        Kind::Number,
        "lower end of the 95 % interval of the mean",
    ),
    (
        "ci_high",
        Kind::Number,
        "upper end of the 95 % interval of the mean",
    ),
    ("median", Kind::Number, "median"),
    ("p10", Kind::Number, "10 % quantile of runs"),
    ("p90", Kind::Number, "90 % quantile of runs"),
];
/// The columns of [`Pair::COLUMNS`], in their order.
const PAIRS: [(Kind, &str); 11] = [
    (Kind::Integer, "design point"),
    (Kind::Integer, "design point that it is compared with"),
    (Kind::Text, "outcome"),
    (Kind::Integer, "pairs of runs in which both are defined"),
    (Kind::Number, "mean of the paired differences"),
    (Kind::Number, "standard deviation of the paired differences"),
    (
        Kind::Number,
        "lower end of the 95 % interval of the mean difference",
    ),
    (
        Kind::Number,
        "upper end of the 95 % interval of the mean difference",
    ),
    (Kind::Number, "correlation of the paired outcomes"),
    (
        Kind::Number,
        "share of the variance of an unpaired difference that pairing takes away",
    ),
    (
        Kind::Number,
        "replicates that independent luck would need on top for as narrow an interval",
    ),
];
const PARTINGS: [(&str, Kind, &str); 7] = [
    ("design_id", Kind::Integer, "design point"),
    (
        "baseline_id",
        Kind::Integer,
        "design point that it is compared with",
    ),
    ("replicate", Kind::Integer, "replicate"),
    (
        "numbers_part",
        Kind::Integer,
        "first cycle after which any number differs",
    ),
    (
        "events_part",
        Kind::Integer,
        "first cycle in which something else happens",
    ),
    (
        "event",
        Kind::Text,
        "the first event that is another, at the design point",
    ),
    (
        "baseline_event",
        Kind::Text,
        "what happens there at the other",
    ),
];
const FAILURES: [(&str, Kind, &str); 5] = [
    ("design_id", Kind::Integer, "design point"),
    ("replicate", Kind::Integer, "replicate"),
    ("run_id", Kind::Text, "the run"),
    ("seed", Kind::Natural, "master seed"),
    ("failure", Kind::Text, "why it failed"),
];

/// The small tables of an experiment.
#[must_use]
pub fn beside(experiment: &Experiment) -> Vec<TableInfo> {
    let point = ("design_id", Kind::Integer, "design point");
    let cycle = ("cycle", Kind::Integer, "governance cycle, from 1");
    let all = |head: &[(&str, Kind, &str)], rest: &[(&str, Kind, &str)]| {
        [head, rest].concat().into_iter().map(column).collect()
    };
    let mut tables = vec![
        table("summary", all(&[point], &SUMMARY)),
        table("cycles_summary", all(&[point, cycle], &SUMMARY)),
        table("failures", all(&[], &FAILURES)),
        answers::horizon(),
    ];
    if !experiment.is_plain() {
        tables.push(table("design", design(experiment)));
        tables.push(table("pairs", named(&Pair::COLUMNS, &PAIRS)));
        tables.push(table("partings", all(&[], &PARTINGS)));
        tables.extend(answers::of_designs());
    }
    tables
}

/// The columns of `design.csv`: a factor's mean what its parameter does.
fn design(experiment: &Experiment) -> Vec<ColumnInfo> {
    let own = [
        ("design_id", Kind::Integer, "design point, from 0"),
        ("scenario", Kind::Text, "scenario"),
        ("arm", Kind::Text, "arm; empty where there are none"),
    ];
    let factors = experiment.factors.iter().map(|factor| {
        let entry = parameter(&factor.parameter);
        let line = entry.map_or("", |entry| entry.line);
        if factor.posterior().is_some() {
            let meaning = format!(
                "number of the particle of the posterior, which sets {} together",
                factor.parameter
            );
            return column((&factor.id, Kind::Text, &meaning));
        }
        let meaning = format!(
            "factor {}: {line}; empty where the scenario's own value holds",
            factor.parameter
        );
        ColumnInfo {
            unit: entry.map_or(String::new(), |entry| entry.unit.to_owned()),
            source: entry.map_or(String::new(), |entry| entry.source.to_owned()),
            ..column((&factor.id, Kind::Text, &meaning))
        }
    });
    own.into_iter().map(column).chain(factors).collect()
}

/// Columns, by their names and what these mean.
fn named(names: &[&str], meanings: &[(Kind, &str)]) -> Vec<ColumnInfo> {
    let both = names.iter().zip(meanings);
    both.map(|(name, (kind, meaning))| column((name, *kind, meaning)))
        .collect()
}

fn table(name: &str, columns: Vec<ColumnInfo>) -> TableInfo {
    TableInfo {
        name: name.to_owned(),
        columns,
    }
}

fn column((name, kind, meaning): (&str, Kind, &str)) -> ColumnInfo {
    ColumnInfo::own(name, kind, meaning)
}

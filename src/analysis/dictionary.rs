//! What the columns of the small tables mean: those that stand as CSV beside the chunks.

use super::compare::{Difference, Exceptions, Front, Rank, Robustness};
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
/// The columns of [`Difference::COLUMNS`], in their order.
const COMPARISON: [(Kind, &str); 23] = [
    (Kind::Integer, "design point"),
    (Kind::Integer, "design point that it is compared with"),
    (Kind::Text, "scenario"),
    (Kind::Text, "arm; empty where there are none"),
    (Kind::Text, "outcome"),
    (Kind::Text, "its unit"),
    (Kind::Integer, "pairs of runs in which it is defined"),
    (Kind::Integer, "pairs of which a run failed or is not there"),
    (
        Kind::Integer,
        "pairs of runs of which one has no value of it",
    ),
    (Kind::Number, "mean of the baseline's runs in pairs"),
    (Kind::Number, "mean of the design's runs in pairs"),
    (
        Kind::Number,
        "mean of the paired differences, design minus baseline",
    ),
    (Kind::Number, "lower end of its 95 % interval by t"),
    (Kind::Number, "upper end of its 95 % interval by t"),
    (
        Kind::Number,
        "lower end of its 95 % interval by the percentile-t bootstrap; missing where too few values vary",
    ),
    (
        Kind::Number,
        "upper end of its 95 % interval by the percentile-t bootstrap; missing where too few values vary",
    ),
    (Kind::Number, "lower end of its 90 % interval by t"),
    (Kind::Number, "upper end of its 90 % interval by t"),
    (
        Kind::Number,
        "difference in standard deviations of a single run (Hedges' g, g_av)",
    ),
    (
        Kind::Number,
        "chance that a run of the design has more than a run of the baseline with other luck, ties \
         halved (Vargha and Delaney's A)",
    ),
    (Kind::Number, "smallest difference that would matter"),
    (
        Kind::Text,
        "negligible, small, medium or large: from 0.2, 0.5, 0.8 standard deviations of the baseline",
    ),
    (
        Kind::Text,
        "better, worse (higher, lower where neither way is good), equivalent or undecided",
    ),
];
/// The design that a row is of.
const DESIGN: [(Kind, &str); 3] = [
    (Kind::Integer, "first design point of the design"),
    (Kind::Text, "its scenario"),
    (Kind::Text, "its arm; empty where there are none"),
];
/// The columns of [`Rank::COLUMNS`] after the design.
const RANKS: [(Kind, &str); 7] = [
    (Kind::Text, "outcome of which one way is good"),
    (Kind::Text, "its unit"),
    (
        Kind::Integer,
        "runs behind the mean: of replicates in which every design has a value",
    ),
    (
        Kind::Number,
        "mean over replicates and combinations of factors",
    ),
    (Kind::Integer, "designs whose mean is better, and one"),
    (
        Kind::Number,
        "chance of the best mean: share of resamples of replicates, ties shared",
    ),
    (Kind::Number, "chance of the worst mean"),
];
/// The columns of [`Front::COLUMNS`] after the design.
const FRONT: [(Kind, &str); 3] = [
    (Kind::Text, "outcomes that count"),
    (
        Kind::Text,
        "yes where no other design is at least as good in all of them and better in one",
    ),
    (
        Kind::Number,
        "share of resamples of replicates in which it is",
    ),
];
/// The columns of [`Robustness::COLUMNS`] after the design.
const ROBUSTNESS: [(Kind, &str); 13] = [
    (Kind::Text, "outcome of which one way is good"),
    (Kind::Text, "its unit"),
    (
        Kind::Integer,
        "combinations of factors in which every design has a value",
    ),
    (
        Kind::Number,
        "largest regret: how much better the best design does in the same combination",
    ),
    (Kind::Number, "lower end of its 95 % interval"),
    (Kind::Number, "upper end of its 95 % interval"),
    (Kind::Number, "mean regret"),
    (Kind::Number, "lower end of its 95 % interval"),
    (Kind::Number, "upper end of its 95 % interval"),
    (
        Kind::Text,
        "what the mean should reach; empty where nothing was said",
    ),
    (Kind::Number, "share of combinations in which it does"),
    (Kind::Number, "lower end of its 95 % interval"),
    (Kind::Number, "upper end of its 95 % interval"),
];
/// The columns of [`Exceptions::COLUMNS`] after the design.
const RULES: [(Kind, &str); 14] = [
    (Kind::Text, "outcome of which one way is good"),
    (
        Kind::Text,
        "combinations of factors that the box is of: those in which the design's mean is better than the \
         baseline's, or not",
    ),
    (Kind::Integer, "number of the box, from 1"),
    (Kind::Text, "factor that it restricts"),
    (Kind::Text, "parameter"),
    (
        Kind::Number,
        "least value in the box; empty where it has no lower end",
    ),
    (
        Kind::Number,
        "greatest value in the box; empty where it has no upper end",
    ),
    (Kind::Text, "levels in the box, of a factor of words"),
    (
        Kind::Number,
        "chance of so many such combinations in the box without this restriction (one-sided binomial)",
    ),
    (
        Kind::Number,
        "share of all such combinations that lie in the box, without those of an earlier box",
    ),
    (Kind::Number, "share of the box that are such combinations"),
    (
        Kind::Number,
        "share of all combinations that lie in the box",
    ),
    (
        Kind::Number,
        "chance of a box that stands out as much, where such combinations are dealt at random",
    ),
    (
        Kind::Integer,
        "combinations of factors in which both designs have a value",
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
    ];
    if !experiment.is_plain() {
        tables.push(table("design", design(experiment)));
        tables.push(table("pairs", named(&Pair::COLUMNS, &PAIRS)));
        tables.push(table("partings", all(&[], &PARTINGS)));
        tables.extend(comparisons());
    }
    tables
}

/// The tables of a comparison.
fn comparisons() -> [TableInfo; 5] {
    let of_design = |name: &str, names: &[&str], rest: &[(Kind, &str)]| {
        table(name, named(names, &[&DESIGN[..], rest].concat()))
    };
    [
        table("comparison", named(&Difference::COLUMNS, &COMPARISON)),
        of_design("ranks", &Rank::COLUMNS, &RANKS),
        of_design("front", &Front::COLUMNS, &FRONT),
        of_design("robustness", &Robustness::COLUMNS, &ROBUSTNESS),
        of_design("rules", &Exceptions::COLUMNS, &RULES),
    ]
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

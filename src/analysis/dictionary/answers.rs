//! What the columns of the answers mean: tables that `compare`, `sensitivity` and `horizon` write.

use super::{column, named, table};
use crate::analysis::compare::{Difference, Exceptions, Front, Information, Rank, Robustness};
use crate::analysis::horizon::Row;
use crate::analysis::sensitivity::{Index, Region, Settled};
use crate::store::{Kind, TableInfo};

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
/// The columns of [`Information::COLUMNS`].
const INFORMATION: [(Kind, &str); 10] = [
    (
        Kind::Integer,
        "first design point of the design that is best on average",
    ),
    (Kind::Text, "outcome of which one way is good"),
    (Kind::Text, "its unit"),
    (Kind::Text, "what would be known; empty for everything"),
    (Kind::Text, "its parameter"),
    (
        Kind::Number,
        "what knowing it before choosing is worth, on average over combinations of factors",
    ),
    (Kind::Number, "lower end of its 95 % interval"),
    (Kind::Number, "upper end of its 95 % interval"),
    (
        Kind::Number,
        "what a factor that does nothing exceeds once in twenty; empty for everything",
    ),
    (
        Kind::Integer,
        "combinations of factors in which every design has a value",
    ),
];
/// The columns of `waterfall.csv`.
const WATERFALL: [(&str, Kind, &str); 12] = [
    ("outcome", Kind::Text, "outcome"),
    ("n", Kind::Integer, "pairs in which every step has a value"),
    (
        "step",
        Kind::Text,
        "number of the change; interaction: what is left between them; total: all together",
    ),
    ("path", Kind::Text, "key that is changed, or row"),
    (
        "from",
        Kind::Text,
        "what the first scenario states; empty if nothing",
    ),
    ("to", Kind::Text, "what the second states"),
    (
        "alone",
        Kind::Number,
        "mean paired difference that the change makes alone; empty where it cannot stand alone",
    ),
    (
        "alone_low",
        Kind::Number,
        "lower end of its 95 % interval by t",
    ),
    (
        "alone_high",
        Kind::Number,
        "upper end of its 95 % interval by t",
    ),
    (
        "added",
        Kind::Number,
        "what it adds to the changes before it",
    ),
    (
        "added_low",
        Kind::Number,
        "lower end of its 95 % interval by t",
    ),
    (
        "added_high",
        Kind::Number,
        "upper end of its 95 % interval by t",
    ),
];
/// The columns of [`Index::COLUMNS`].
const SENSITIVITY: [(Kind, &str); 12] = [
    (Kind::Text, "scenario"),
    (Kind::Text, "arm; empty where there are none"),
    (Kind::Text, "outcome"),
    (Kind::Text, "its unit"),
    (
        Kind::Text,
        "S1, ST, S2 (shares of variance); mu, mu_star, sigma (elementary effects, in the outcome's unit \
         over a whole range); pawn, regional (distances, 0 to 1); luck_alone, luck_total (shares of the \
         variance of single runs), luck_left (of that between means)",
    ),
    (Kind::Text, "factor; empty for luck"),
    (Kind::Text, "the other factor of a pair"),
    (Kind::Number, "value; not clamped"),
    (
        Kind::Number,
        "lower end of its 95 % interval over resamples of the design's parts and of replicates",
    ),
    (Kind::Number, "upper end of its 95 % interval"),
    (
        Kind::Number,
        "what a factor that does nothing exceeds once in twenty",
    ),
    (Kind::Integer, "blocks, trajectories or points behind it"),
];
/// The columns of [`Settled::COLUMNS`].
const CONVERGENCE: [(Kind, &str); 10] = [
    (Kind::Text, "scenario"),
    (Kind::Text, "arm; empty where there are none"),
    (Kind::Text, "outcome"),
    (Kind::Text, "index"),
    (
        Kind::Integer,
        "blocks or trajectories: a quarter, a half and all of them",
    ),
    (
        Kind::Number,
        "width of the widest 95 % interval; of mu_star in its largest value",
    ),
    (Kind::Text, "true or false: whether that is at most 0.05"),
    (Kind::Text, "factor that comes first"),
    (Kind::Number, "share of resamples in which it does"),
    (
        Kind::Integer,
        "blocks or trajectories that would settle it, about",
    ),
];
/// The columns of [`Exceptions::COLUMNS`] after the design.
const RULES: [(Kind, &str); 3] = [
    (Kind::Text, "outcome of which one way is good"),
    (
        Kind::Text,
        "what the box is of: combinations of factors in which the design's mean is better than the baseline's, \
         or not",
    ),
    (Kind::Integer, "number of the box, from 1"),
];
/// The first columns of [`Region::COLUMNS`].
const REGIONS: [(Kind, &str); 6] = [
    (Kind::Text, "scenario"),
    (Kind::Text, "arm; empty where there are none"),
    (Kind::Text, "outcome"),
    (Kind::Text, "what its mean should reach"),
    (
        Kind::Text,
        "what the box is of: points at which it is met, or missed",
    ),
    (Kind::Integer, "number of the box, from 1"),
];
/// The columns of a region of factors, after those that say what it is of.
const BOX: [(Kind, &str); 11] = [
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
        "chance of so many cases in the box without this restriction (one-sided binomial)",
    ),
    (
        Kind::Number,
        "share of all cases that lie in the box, without those of an earlier box",
    ),
    (Kind::Number, "share of the box that are cases"),
    (
        Kind::Number,
        "share of all combinations that lie in the box",
    ),
    (
        Kind::Number,
        "chance of a box that stands out as much, where cases are dealt at random",
    ),
    (Kind::Integer, "combinations of factors that have a value"),
];
/// The columns of [`Row::COLUMNS`], in their order.
const HORIZON: [(Kind, &str); 24] = [
    (Kind::Integer, "design point"),
    (Kind::Text, "scenario"),
    (Kind::Text, "arm; empty where there are none"),
    (Kind::Text, "outcome"),
    (
        Kind::Text,
        "its unit; totals, their changes and differences are a year",
    ),
    (Kind::Integer, "the horizon, in months"),
    (
        Kind::Integer,
        "runs looked at in which it is defined at the horizon",
    ),
    (
        Kind::Number,
        "mean after half the horizon; empty where that is left out",
    ),
    (Kind::Number, "mean at the horizon"),
    (
        Kind::Number,
        "mean after twice the horizon; empty where that is left out",
    ),
    (Kind::Number, "smallest change that would matter"),
    (Kind::Number, "mean change from the horizon to twice of it"),
    (Kind::Number, "lower end of its 95 % interval"),
    (Kind::Number, "upper end of its 95 % interval"),
    (
        Kind::Text,
        "monotone, saturated, absorbing, drifting, moving, with spaces between; docs/answers.md",
    ),
    (
        Kind::Integer,
        "design point that it is compared with; empty for a baseline",
    ),
    (
        Kind::Number,
        "mean paired difference after half the horizon",
    ),
    (Kind::Number, "mean paired difference at the horizon"),
    (
        Kind::Number,
        "mean paired difference after twice the horizon",
    ),
    (Kind::Text, "its verdict after half the horizon"),
    (
        Kind::Text,
        "its verdict at the horizon, of the runs looked at",
    ),
    (Kind::Text, "its verdict after twice the horizon"),
    (
        Kind::Text,
        "what became of it from half to the whole: turns, fades, grows, holds or open",
    ),
    (
        Kind::Text,
        "what becomes of it from the whole to twice the horizon",
    ),
];

/// The tables of what is asked of an experiment.
pub(super) fn of_designs() -> [TableInfo; 11] {
    let of_design = |name: &str, names: &[&str], rest: &[(Kind, &str)]| {
        table(name, named(names, &[&DESIGN[..], rest].concat()))
    };
    [
        table("comparison", named(&Difference::COLUMNS, &COMPARISON)),
        table(
            "comparison_pooled",
            named(&Difference::COLUMNS, &COMPARISON),
        ),
        of_design("ranks", &Rank::COLUMNS, &RANKS),
        of_design("front", &Front::COLUMNS, &FRONT),
        of_design("robustness", &Robustness::COLUMNS, &ROBUSTNESS),
        of_design("rules", &Exceptions::COLUMNS, &[&RULES[..], &BOX].concat()),
        table(
            "regions",
            named(&Region::COLUMNS, &[&REGIONS[..], &BOX].concat()),
        ),
        table("information", named(&Information::COLUMNS, &INFORMATION)),
        table("waterfall", WATERFALL.into_iter().map(column).collect()),
        table("sensitivity", named(&Index::COLUMNS, &SENSITIVITY)),
        table("convergence", named(&Settled::COLUMNS, &CONVERGENCE)),
    ]
}

/// The table of the look at half and twice the horizon.
pub(super) fn horizon() -> TableInfo {
    table("horizon", named(&Row::COLUMNS, &HORIZON))
}

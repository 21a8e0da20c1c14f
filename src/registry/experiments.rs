//! What an experiment file says besides the scenario that it starts from: which parameters vary,
//! over which values, how they are combined, and how often each combination is run.

use super::section::choice;
use super::{Choice, Entry, Kind, Preset};

choice! {
    /// How factors are combined into design points.
    DesignKind {
        /// Every combination of the levels (full factorial).
        Grid = "grid",
        /// The first levels together, then the second ones, and so on.
        Zip = "zip",
        /// The combinations that are written down, in the file or in a table.
        List = "list",
        /// The scenario as it is, then each level of each factor alone.
        OneAtATime = "one_at_a_time",
        /// One point in each of so many strata of every factor (McKay et al. 1979).
        LatinHypercube = "latin_hypercube",
        /// A scrambled Sobol' sequence (Sobol' 1967; Owen 1995).
        Sobol = "sobol",
        /// Blocks for Sobol' indices (Saltelli et al. 2010).
        Saltelli = "saltelli",
        /// Trajectories for elementary effects (Morris 1991).
        Morris = "morris",
        /// A regular fraction of the combinations of two levels (Box & Hunter 1961).
        FractionalFactorial = "fractional_factorial",
    }
}

choice! {
    /// How likely the values of a range are.
    Distribution {
        /// All alike.
        Uniform = "uniform",
        /// All ratios alike: for values over several orders of magnitude.
        LogUniform = "log_uniform",
        /// Rising from the low end to `mode` and falling to the high end.
        Triangular = "triangular",
        /// Normal with `mean` and `sd`, cut at the ends of the range.
        Normal = "normal",
    }
}

const WIDE: Kind = Kind::Number {
    low: -1e9,
    high: 1e9,
};

const fn whole(low: f64, high: f64) -> Kind {
    Kind::Integer { low, high }
}

/// The tables `[experiment]`, `[design]`, `[[factors]]` and `[[arms]]`.
pub const EXPERIMENT: &[Entry] = &[
    Entry::described(
        "experiment.scenarios",
        Kind::Names,
        Preset::Empty,
        "scenarios that everything below is run on, instead of `extends`: names of the library or paths",
    ),
    Entry::described(
        "experiment.replicates",
        whole(1.0, 10_000_000.0),
        Preset::Empty,
        "runs of each design point that differ by their luck alone; without this line 200",
    ),
    Entry::described(
        "experiment.seed",
        whole(0.0, 9_007_199_254_740_992.0),
        Preset::Empty,
        "master seed; without this line 1",
    ),
    Entry::described(
        "experiment.outcomes",
        Kind::Names,
        Preset::Empty,
        "outcomes that the short table shows (all are kept); see describe outcomes",
    ),
    Entry::described(
        "experiment.baseline",
        Kind::Id,
        Preset::Empty,
        "arm that the others are compared with; without this line the first",
    ),
    Entry::described(
        "design.kind",
        Kind::Choice {
            words: DesignKind::WORDS,
        },
        Preset::Number(0.0),
        "how the factors are combined into design points",
    ),
    Entry::described(
        "design.size",
        whole(1.0, 1_000_000.0),
        Preset::Empty,
        "points of a latin_hypercube or sobol design, base points of a saltelli, trajectories of a morris",
    ),
    Entry::described(
        "design.levels",
        whole(2.0, 100.0),
        Preset::Number(4.0),
        "levels that a morris design cuts a range into: an even number",
    ),
    Entry::described(
        "design.resolution",
        whole(3.0, 9.0),
        Preset::Number(4.0),
        "fractional_factorial: 3 keeps single effects apart, 4 from pairs too, 5 pairs from each other",
    ),
    Entry::described(
        "design.second_order",
        Kind::Flag,
        Preset::Empty,
        "true adds to a saltelli design the blocks that interactions of two factors need",
    ),
    Entry::described(
        "design.rows",
        Kind::Values,
        Preset::Empty,
        "list: one design point a row, by ids of factors, such as [{ gain = 0.05 }, { gain = 0.1 }]",
    ),
    Entry::described(
        "design.file",
        Kind::Text,
        Preset::Empty,
        "list: CSV file with one design point a row and one column a factor, named by its id",
    ),
    Entry::described(
        "factors.id",
        Kind::Id,
        Preset::Required,
        "its id: the name of its column in the results",
    ),
    Entry::described(
        "factors.parameter",
        Kind::Text,
        Preset::Empty,
        "the parameter that it varies, such as \"mechanisms.trust.gain\" or \"groups.nurses.skill\"",
    ),
    Entry::described(
        "factors.levels",
        Kind::Values,
        Preset::Empty,
        "its values, such as [0.05, 0.1] or [\"consensus\", \"chair\"]",
    ),
    Entry::described(
        "factors.low",
        WIDE,
        Preset::Empty,
        "lower end of its range, instead of levels",
    ),
    Entry::described(
        "factors.high",
        WIDE,
        Preset::Empty,
        "upper end of its range",
    ),
    Entry::described(
        "factors.steps",
        whole(2.0, 1000.0),
        Preset::Empty,
        "so many levels from the lower to the upper end, evenly spaced",
    ),
    Entry::described(
        "factors.distribution",
        Kind::Choice {
            words: Distribution::WORDS,
        },
        Preset::Number(0.0),
        "how likely the values of the range are",
    ),
    Entry::described(
        "factors.mode",
        WIDE,
        Preset::Empty,
        "most likely value of a triangular distribution",
    ),
    Entry::described(
        "factors.mean",
        WIDE,
        Preset::Empty,
        "mean of a normal distribution",
    ),
    Entry::described(
        "factors.sd",
        Kind::Number {
            low: 1e-9,
            high: 1e9,
        },
        Preset::Empty,
        "standard deviation of a normal distribution",
    ),
    Entry::described(
        "factors.posterior",
        Kind::Text,
        Preset::Empty,
        "CSV file of weighted sets of parameters, from which whole sets are drawn (Kitagawa 1996)",
    ),
    Entry::described(
        "factors.particles",
        Kind::Values,
        Preset::Empty,
        "lines of a posterior, instead of its file: what results keep of it",
    ),
    Entry::described(
        "factors.draws",
        whole(1.0, 100_000.0),
        Preset::Empty,
        "draws from the posterior; without this line 100",
    ),
    Entry::described("arms.id", Kind::Id, Preset::Required, "its id"),
    Entry::described(
        "arms.name",
        Kind::Text,
        Preset::Empty,
        "its name, as tables show it",
    ),
    Entry::described(
        "arms.set",
        Kind::Changes,
        Preset::Empty,
        "what is different in this arm, such as set.forums.ground_rules = 0.8",
    ),
];

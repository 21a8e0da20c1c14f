//! Factors: the parameters that an experiment varies, and over which values.

use super::design::Scale;
use crate::math;
use crate::registry::experiments::Distribution;
use crate::registry::{Choice, Kind};
use crate::scenario::document::Table;
use crate::scenario::problem::{Class, Problem, Problems};
use crate::scenario::source::At;
use crate::scenario::{Change, Level, Scenario, parameter};

/// Names of columns that a factor cannot have.
const TAKEN: [&str; 6] = [
    "design_id",
    "replicate",
    "run_id",
    "seed",
    "scenario",
    "arm",
];

/// A parameter that varies.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Its id.
    pub id: String,
    /// The path of the parameter.
    pub parameter: String,
    /// Where the path stands.
    at: At,
    values: Values,
}

/// The values of a factor.
#[derive(Clone, Debug)]
enum Values {
    Levels(Vec<Level>),
    Range(Range),
    /// Those that a list design gives it.
    Listed,
}

/// A range of values and how likely they are.
#[derive(Clone, Debug)]
struct Range {
    low: f64,
    high: f64,
    distribution: Distribution,
    /// Mode of a triangular distribution.
    mode: f64,
    /// Mean and standard deviation of a normal one.
    normal: (f64, f64),
    /// Whether the parameter counts whole things.
    whole: bool,
    /// Where its ends stand in the file.
    at: [At; 2],
}

impl Factor {
    /// Where its parameter stands in the file.
    #[must_use]
    pub fn place(&self) -> &At {
        &self.at
    }

    /// What it can be set to, for a design.
    #[must_use]
    pub fn scale(&self) -> Scale {
        match &self.values {
            Values::Levels(levels) => Scale::Levels(levels.len()),
            Values::Range(_) | Values::Listed => Scale::Range,
        }
    }

    /// Its levels; none of a range.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        match &self.values {
            Values::Levels(levels) => levels,
            Values::Range(_) | Values::Listed => &[],
        }
    }

    /// The value below which the range has this share of its values.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<Level> {
        match &self.values {
            Values::Range(range) => Some(range.level(share)),
            Values::Levels(_) | Values::Listed => None,
        }
    }

    /// The values that must be allowed if all of its values are.
    #[must_use]
    pub fn extremes(&self) -> Vec<Level> {
        match &self.values {
            Values::Levels(levels) => levels.clone(),
            Values::Range(range) => [0.0, 1.0].map(|share| range.level(share)).to_vec(),
            Values::Listed => Vec::new(),
        }
    }

    /// The change that sets it to a value.
    #[must_use]
    pub fn change(&self, value: Level) -> Change {
        Change::of(&self.parameter, &self.at, value)
    }
}

impl Range {
    fn level(&self, share: f64) -> Level {
        let value = self.value(share).clamp(self.low, self.high);
        let value = if self.whole { value.round() } else { value };
        Level::number(value, self.whole, &self.at[usize::from(share >= 1.0)])
    }

    /// The quantile.
    fn value(&self, share: f64) -> f64 {
        let (low, high, width) = (self.low, self.high, self.high - self.low);
        match self.distribution {
            Distribution::Uniform => low + share * width,
            Distribution::LogUniform => {
                math::exp(math::ln(low) + share * (math::ln(high) - math::ln(low)))
            }
            Distribution::Triangular => {
                let below = (self.mode - low) / width;
                if share < below {
                    low + (share * width * (self.mode - low)).sqrt()
                } else {
                    high - ((1.0 - share) * width * (high - self.mode)).sqrt()
                }
            }
            Distribution::Normal => {
                let (mean, sd) = self.normal;
                let chance = |value: f64| normal_chance((value - mean) / sd);
                let (first, last) = (chance(low), chance(high));
                let share = first + share * (last - first);
                mean + sd * math::normal_quantile(share.clamp(1e-12, 1.0 - 1e-12))
            }
        }
    }
}

/// The chance that a standard normal number is below `z`: where the quantile is `z`, by halving.
fn normal_chance(z: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if math::normal_quantile(middle) < z {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The factors of an experiment; `listed` where a list gives their values.
pub(super) fn read(scenario: &Scenario, listed: bool, problems: &mut Problems) -> Vec<Factor> {
    let rows = scenario.document.rows("factors");
    let mut factors: Vec<Factor> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let id = row.text("factors.id").to_owned();
        if TAKEN.contains(&id.as_str()) {
            let message =
                format!("a factor cannot be called \"{id}\": the results have such a column");
            problems.push(
                Problem::error(Class::Duplicate, row.place("factors.id"), message)
                    .allowed("another id"),
            );
        }
        let parameter = row.text("factors.parameter").to_owned();
        let at = row.place("factors.parameter").clone();
        if let Some(other) = factors.iter().find(|other| other.parameter == parameter) {
            let message = format!("\"{}\" varies this parameter already", other.id);
            problems.push(
                Problem::error(Class::Contradiction, &at, message)
                    .allowed("each parameter once")
                    .help("give one factor all the levels"),
            );
        }
        let levels = Level::list(scenario, index);
        let values = Reader { row, problems }.values(levels, &parameter, listed);
        if let Some(values) = values {
            factors.push(Factor {
                id,
                parameter,
                at,
                values,
            });
        }
    }
    factors
}

/// Reads one row.
struct Reader<'a> {
    row: &'a Table,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn number(&self, path: &str) -> Option<f64> {
        self.row.value(path).and_then(|value| value.as_number())
    }

    fn refuse(&mut self, class: Class, path: &str, message: &str, help: &str) -> Option<Values> {
        let problem = Problem::error(class, self.row.place(path), message).allowed(help);
        self.problems.push(problem);
        None
    }

    fn values(&mut self, levels: Vec<Level>, parameter: &str, listed: bool) -> Option<Values> {
        let ends = (self.number("factors.low"), self.number("factors.high"));
        match ends {
            (None, None) if !levels.is_empty() => Some(Values::Levels(levels)),
            (None, None) if listed => Some(Values::Listed),
            (None, None) => self.refuse(
                Class::Missing,
                "factors.id",
                "this factor has no values",
                "give levels = [...], or low = ... and high = ...",
            ),
            _ if !levels.is_empty() => self.refuse(
                Class::Contradiction,
                "factors.levels",
                "this factor has levels and a range",
                "give levels = [...], or low = ... and high = ..., not both",
            ),
            (Some(low), Some(high)) if low < high => self.range((low, high), parameter),
            (Some(_), Some(_)) => self.refuse(
                Class::Contradiction,
                "factors.high",
                "the upper end of this range is not above the lower one",
                "low below high",
            ),
            (Some(_), None) => self.refuse(
                Class::Missing,
                "factors.low",
                "this range has no upper end",
                "add high = ...",
            ),
            (None, Some(_)) => self.refuse(
                Class::Missing,
                "factors.high",
                "this range has no lower end",
                "add low = ...",
            ),
        }
    }

    fn range(&mut self, (low, high): (f64, f64), parameter: &str) -> Option<Values> {
        let distribution = self.row.choice("factors.distribution");
        let distribution = distribution.unwrap_or(Distribution::Uniform);
        let (mean, sd) = (self.number("factors.mean"), self.number("factors.sd"));
        let mode = self.number("factors.mode");
        let lacking = match distribution {
            Distribution::LogUniform if low <= 0.0 => Some("a range above zero"),
            Distribution::Triangular if !mode.is_some_and(|mode| (low..=high).contains(&mode)) => {
                Some("mode = ..., from low to high")
            }
            Distribution::Normal if mean.is_none() || sd.is_none() => {
                Some("mean = ... and sd = ...")
            }
            _ => None,
        };
        if let Some(lacking) = lacking {
            let message = format!("a {} distribution needs {lacking}", distribution.word());
            return self.refuse(
                Class::Missing,
                "factors.distribution",
                &message,
                "what it needs, or another distribution",
            );
        }
        let kind = parameter_kind(parameter);
        let range = Range {
            low,
            high,
            distribution,
            mode: mode.unwrap_or(low),
            normal: (mean.unwrap_or(low), sd.unwrap_or(1.0)),
            whole: matches!(kind, Some(Kind::Integer { .. })),
            at: ["factors.low", "factors.high"].map(|end| self.row.place(end).clone()),
        };
        let Some(steps) = self.row.count("factors.steps") else {
            return Some(Values::Range(range));
        };
        let last = (steps - 1) as f64;
        let mut levels: Vec<Level> = (0..steps)
            .map(|step| range.level(step as f64 / last))
            .collect();
        levels.dedup();
        Some(Values::Levels(levels))
    }
}

fn parameter_kind(path: &str) -> Option<Kind> {
    parameter(path).map(|entry| entry.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(distribution: Distribution, low: f64, high: f64) -> Range {
        Range {
            low,
            high,
            distribution,
            mode: 0.25 * high + 0.75 * low,
            normal: (0.5, 0.25),
            whole: false,
            at: [(); 2].map(|()| At::top(&crate::scenario::Source::new("test", "", 0))),
        }
    }

    /// Worked by hand: a triangle on [0, 4] with mode 1 has F(1) = 1/4, F(2) = 1 - 4/12.
    #[test]
    fn quantiles_worked_by_hand() {
        for (distribution, low, high, share, value) in [
            (Distribution::Uniform, 2.0, 4.0, 0.25, 2.5),
            (Distribution::LogUniform, 1.0, 100.0, 0.5, 10.0),
            (Distribution::Triangular, 0.0, 4.0, 0.25, 1.0),
            (Distribution::Triangular, 0.0, 4.0, 1.0 / 16.0, 0.5),
            (Distribution::Triangular, 0.0, 4.0, 2.0 / 3.0, 2.0),
            (Distribution::Normal, 0.0, 1.0, 0.5, 0.5),
            // (Φ(1) - Φ(-2)) / (Φ(2) - Φ(-2)) = .857 616 4
            (Distribution::Normal, 0.0, 1.0, 0.857_616_4, 0.75),
        ] {
            let found = range(distribution, low, high).value(share);
            assert!(
                (found - value).abs() < 2e-6,
                "{distribution:?} {found} {value}"
            );
        }
    }

    #[test]
    fn a_range_ends_where_it_says_and_rises() {
        for distribution in Distribution::ALL {
            let range = range(*distribution, 0.1, 0.9);
            let values: Vec<f64> = (0..=100)
                .map(|at| range.value(f64::from(at) / 100.0))
                .collect();
            assert!(values.is_sorted(), "{distribution:?}");
            assert!((values[0] - 0.1).abs() < 1e-6 && (values[100] - 0.9).abs() < 1e-6);
        }
    }
}

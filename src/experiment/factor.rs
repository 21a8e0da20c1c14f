//! Factors: the parameters that an experiment varies, and over which values.

use super::design::Scale;
use super::posterior::Posterior;
use super::range::Range;
use crate::registry::experiments::Distribution;
use crate::registry::{Choice, Entry, Kind};
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

/// Keys of a factor that varies one parameter.
const OF_ONE: [&str; 9] = [
    "factors.parameter",
    "factors.levels",
    "factors.low",
    "factors.high",
    "factors.steps",
    "factors.distribution",
    "factors.mode",
    "factors.mean",
    "factors.sd",
];

/// Keys of a factor whose levels are draws from a posterior.
const SOURCES: [&str; 2] = ["factors.posterior", "factors.particles"];

/// A parameter that varies, or several that vary together.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Its id.
    pub id: String,
    /// The path of the parameter; of a posterior the paths, with commas.
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
    /// Draws of several parameters together.
    Joint(Posterior),
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
            Values::Joint(posterior) => Scale::Levels(posterior.drawn.len()),
            Values::Range(_) | Values::Listed => Scale::Range,
        }
    }

    /// Its levels; none of a range.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        match &self.values {
            Values::Levels(levels) => levels,
            Values::Joint(posterior) => &posterior.drawn,
            Values::Range(_) | Values::Listed => &[],
        }
    }

    /// The value below which the range has this share of its values.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<Level> {
        match &self.values {
            Values::Range(range) => Some(range.level(share)),
            Values::Levels(_) | Values::Listed | Values::Joint(_) => None,
        }
    }

    /// The values that must be allowed if all of its values are.
    #[must_use]
    pub fn extremes(&self) -> Vec<Level> {
        match &self.values {
            Values::Levels(levels) => levels.clone(),
            Values::Joint(posterior) => posterior.particles().cloned().collect(),
            Values::Range(range) => [0.0, 1.0].map(|share| range.level(share)).to_vec(),
            Values::Listed => Vec::new(),
        }
    }

    /// The changes that set it to a value: one, of a particle of a posterior one a parameter.
    #[must_use]
    pub fn changes(&self, value: &Level) -> Vec<Change> {
        match &self.values {
            Values::Joint(posterior) => posterior.changes(value),
            _ => vec![Change::of(&self.parameter, &self.at, value.clone())],
        }
    }

    /// The posterior that its levels are drawn from, if they are.
    #[must_use]
    pub fn posterior(&self) -> Option<&Posterior> {
        match &self.values {
            Values::Joint(posterior) => Some(posterior),
            _ => None,
        }
    }

    /// The paths of the parameters that it sets, each with its place.
    fn parameters(&self) -> Vec<(&str, &At)> {
        match &self.values {
            Values::Joint(posterior) => posterior.parameters(),
            _ => vec![(&self.parameter, &self.at)],
        }
    }
}

/// What a factor is whose values the file does not state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unstated {
    /// A mistake.
    Missing,
    /// One to which a list gives its values.
    Listed,
    /// One with an even prior over the range of the registry: that of a calibration.
    Prior,
}

/// The factors of an experiment; `seed` for those that draw.
pub(super) fn read(
    scenario: &Scenario,
    unstated: Unstated,
    seed: u64,
    problems: &mut Problems,
) -> Vec<Factor> {
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
        let listing = |key| Level::list(scenario, index, key);
        let factor = if SOURCES.iter().any(|path| row.states(path)) {
            joint(
                scenario,
                (row, &listing("particles")),
                (unstated, seed),
                problems,
            )
        } else {
            single(listing("levels"), row, unstated, problems)
        };
        let Some(factor) = factor else { continue };
        let set = factors.iter().flat_map(|other| {
            let paths = other.parameters().into_iter();
            paths.map(|(path, _)| (path, &other.id))
        });
        let set: Vec<(&str, &String)> = set.collect();
        for (path, at) in factor.parameters() {
            if let Some((_, other)) = set.iter().find(|(known, _)| *known == path) {
                let message = format!("\"{other}\" varies this parameter already");
                problems.push(
                    Problem::error(Class::Contradiction, at, message)
                        .allowed("each parameter once")
                        .help("give one factor all the levels"),
                );
            }
        }
        factors.push(factor);
    }
    factors
}

/// A factor of one parameter.
fn single(
    levels: Vec<Level>,
    row: &Table,
    unstated: Unstated,
    problems: &mut Problems,
) -> Option<Factor> {
    let mut reader = Reader { row, problems };
    if row.states("factors.draws") {
        reader.refuse(
            Class::Contradiction,
            "factors.draws",
            "`draws` means nothing without `posterior`",
            "add posterior = \"...\", or take it out",
        );
    }
    if !row.states("factors.parameter") {
        reader.refuse(
            Class::Missing,
            "factors.id",
            "this factor varies nothing",
            "add parameter = ..., or posterior = ...",
        );
        return None;
    }
    let parameter = row.text("factors.parameter").to_owned();
    let values = reader.values(levels, &parameter, unstated)?;
    Some(Factor {
        id: row.text("factors.id").to_owned(),
        parameter,
        at: row.place("factors.parameter").clone(),
        values,
    })
}

/// A factor whose levels are draws of several parameters together.
fn joint(
    scenario: &Scenario,
    (row, lines): (&Table, &[Level]),
    (unstated, seed): (Unstated, u64),
    problems: &mut Problems,
) -> Option<Factor> {
    let mut reader = Reader { row, problems };
    let beside = OF_ONE.into_iter().filter(|path| row.states(path));
    let beside: Vec<&str> = beside.collect();
    for path in &beside {
        let key = path.trim_start_matches("factors.");
        reader.refuse(
            Class::Contradiction,
            path,
            &format!("`{key}` means nothing beside `posterior`"),
            "take it out: the columns of the posterior are the parameters",
        );
    }
    if unstated == Unstated::Listed {
        reader.refuse(
            Class::Contradiction,
            "factors.id",
            "a list design says each value itself",
            "another design.kind, such as \"grid\"",
        );
    }
    if SOURCES.iter().all(|path| row.states(path)) {
        reader.refuse(
            Class::Contradiction,
            "factors.particles",
            "this factor has two posteriors",
            "give posterior = \"...\" or particles = [...], not both",
        );
        return None;
    }
    match Posterior::read(scenario, (row, lines), seed) {
        Ok(posterior) if beside.is_empty() && unstated != Unstated::Listed => Some(Factor {
            id: row.text("factors.id").to_owned(),
            parameter: posterior.paths(),
            at: row.place("factors.id").clone(),
            values: Values::Joint(posterior),
        }),
        Ok(_) => None,
        Err(problem) => {
            reader.problems.push(*problem);
            None
        }
    }
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

    fn values(&mut self, levels: Vec<Level>, path: &str, unstated: Unstated) -> Option<Values> {
        let whole_range = parameter(path).and_then(Entry::bounds);
        let ends = (self.number("factors.low"), self.number("factors.high"));
        match ends {
            (None, None) if !levels.is_empty() => Some(Values::Levels(levels)),
            (None, None) if unstated == Unstated::Listed => Some(Values::Listed),
            (None, None) if unstated == Unstated::Prior && whole_range.is_some() => {
                self.range(whole_range?, path)
            }
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
            (Some(low), Some(high)) if low < high => self.range((low, high), path),
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

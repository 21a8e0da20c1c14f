//! Calibration: which values of the uncertain parameters make the model show what was published.
//!
//! * [`Calibration`]: a checked file: priors, targets, and how hard the search is;
//! * [`screening`]: which parameters move the targets at all;
//! * [`Population`]: the sets of parameters that come near the targets, wave by wave;
//! * [`Answer`]: what came out: posterior, targets, tables.

mod answer;
mod kernel;
mod population;
mod read;
mod rows;
pub mod screening;
mod search;
pub mod statistic;
mod target;

pub use answer::{Answer, Quantiles, Standing, Verdict, Wave};
pub use kernel::Kernel;
pub use population::{Population, Set};
pub use rows::{Lines, OfParameter};
pub use search::{Places, search};
pub use target::{Target, distance};

use crate::experiment::design::Coordinate;
use crate::experiment::{Experiment, Point, RunError};
use crate::measure::{self, Keep, Outcome, Record};
use crate::random::Draws;
use crate::registry::calibrations::{self, Use};
use crate::scenario::problem::{Class, Problem, Problems};
use crate::scenario::{Level, ScenarioErrors};
use crate::store::Identity;
use std::collections::BTreeSet;

/// How hard the search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
    /// Runs by which a set of parameters is judged.
    pub replicates: u64,
    /// Trajectories of the screening; 0: none.
    pub trajectories: u64,
    /// Most parameters that are fitted.
    pub free: usize,
    /// Waves, at most.
    pub waves: u32,
    /// Sets that are tried in each wave.
    pub tries: u64,
    /// Sets that are kept after each wave.
    pub accepted: usize,
}

/// A calibration that can be run.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// The scenario, its arms, and as factors the parameters with their priors.
    pub experiment: Experiment,
    /// The published figures.
    pub targets: Vec<Target>,
    /// How hard the search is.
    pub search: Search,
    /// The columns of its tables: the parameters, then the targets.
    pub columns: &'static [Outcome],
}

/// Which of the targets are computed, and by which luck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Those that are fitted.
    Fit,
    /// All of them, by other luck than the fit saw.
    Check,
}

impl Look {
    fn sees(self, target: &Target) -> bool {
        self == Self::Check || target.used == Use::Fit
    }
}

impl Calibration {
    /// Reads a calibration file, or one of the library by its name.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(target: &str, sets: &[String], seed: Option<u64>) -> Result<Self, ScenarioErrors> {
        Self::of(Experiment::load(target, sets, seed)?)
    }

    /// The calibration that an experiment with targets describes.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn of(experiment: Experiment) -> Result<Self, ScenarioErrors> {
        let mut problems = Problems::default();
        let scenario = &experiment.scenarios[0];
        let top = &scenario.document.top;
        let targets = read::targets(scenario, &experiment.arms, &mut problems);
        let count = |key: &str| calibrations::count(top.count(&format!("calibration.{key}")), key);
        let whole = |key: &str| usize::try_from(count(key)).unwrap_or(usize::MAX);
        let search = Search {
            replicates: count("replicates"),
            trajectories: count("trajectories"),
            free: whole("free"),
            waves: u32::try_from(count("waves")).unwrap_or(u32::MAX),
            tries: count("tries"),
            accepted: whole("accepted"),
        };
        let columns = columns(&experiment, &targets, &mut problems);
        let calibration = Self {
            experiment,
            targets,
            search,
            columns,
        };
        calibration.check(&mut problems);
        if problems.any_error() {
            return Err(ScenarioErrors {
                problems: problems.ordered(),
            });
        }
        Ok(calibration)
    }

    fn check(&self, problems: &mut Problems) {
        let top = &self.experiment.scenarios[0].document.top;
        let mut refuse = |class, at: &_, message: String, help: &str| {
            problems.push(Problem::error(class, at, message).allowed(help));
        };
        if self.experiment.scenarios.len() > 1 {
            refuse(
                Class::Contradiction,
                top.place("experiment.scenarios"),
                "a calibration is of one scenario".to_owned(),
                "extends = \"...\", and arms for what else the targets need",
            );
        }
        if self.experiment.factors.is_empty() {
            refuse(
                Class::Missing,
                &top.at,
                "there is nothing to calibrate".to_owned(),
                "rows [[factors]] with the priors of parameters",
            );
        }
        for factor in &self.experiment.factors {
            if !factor.levels().is_empty() {
                refuse(
                    Class::Contradiction,
                    factor.place(),
                    format!("\"{}\" has levels, and a prior is a range", factor.id),
                    "low = ... and high = ...",
                );
            }
        }
        if !self
            .targets
            .iter()
            .any(|target| target.used == Use::Fit && target.weight > 0.0)
        {
            refuse(
                Class::Missing,
                &top.at,
                "there is no target to fit".to_owned(),
                "a row [[targets]] with a weight, and without use = \"held-out\"",
            );
        }
        if self.search.accepted as u64 > self.search.tries {
            refuse(
                Class::Contradiction,
                top.place("calibration.accepted"),
                format!(
                    "{} sets cannot be kept of {} that are tried",
                    self.search.accepted, self.search.tries
                ),
                "no more than tries",
            );
        }
    }

    /// What its results are of.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.experiment.identity()
    }

    /// The shares of a point of the screening, one a parameter.
    #[must_use]
    pub fn screened(&self, number: u64) -> Vec<f64> {
        let design = self.experiment.design();
        let point = design
            .map(|design| design.point(number))
            .unwrap_or_default();
        let share = |at: &Coordinate| match at {
            Coordinate::Share(share) => *share,
            _ => f64::NAN,
        };
        point.iter().map(share).collect()
    }

    /// How many points the screening has; none where every parameter is fitted anyway.
    #[must_use]
    pub fn screening_points(&self) -> u64 {
        let factors = self.experiment.factors.len();
        if self.search.trajectories == 0 || factors <= self.search.free {
            return 0;
        }
        self.search.trajectories * (factors as u64 + 1)
    }

    /// How many runs the whole search makes: each set that is tried in each arm that a target needs.
    #[must_use]
    pub fn runs_in_all(&self) -> u64 {
        let arms = |look: Look| -> u64 {
            let looked = self.targets.iter().filter(|target| look.sees(target));
            let arms: BTreeSet<usize> = looked.flat_map(Target::arms).collect();
            arms.len() as u64
        };
        let tried = self.screening_points() + u64::from(self.search.waves) * self.search.tries;
        let checked = self.search.accepted as u64 + 1;
        self.search.replicates * (tried * arms(Look::Fit) + checked * arms(Look::Check))
    }

    /// The sets of the first wave, from the prior: even in all parameters (scrambled Sobol' sequence).
    ///
    /// # Errors
    /// [`crate::experiment::design::DesignError`] in words, if there are too many parameters or tries.
    pub fn prior(&self, free: usize) -> Result<Vec<Vec<f64>>, String> {
        use crate::experiment::design::{Design, Kind, Scale};
        let kind = Kind::Sobol {
            points: self.search.tries,
        };
        let design = Design::new(kind, &vec![Scale::Range; free], self.experiment.seed);
        let design = design.map_err(|error| error.to_string())?;
        let share = |at: Coordinate| match at {
            Coordinate::Share(share) => share,
            _ => 0.5,
        };
        let set = |number| design.point(number).into_iter().map(share).collect();
        Ok((0..self.search.tries).map(set).collect())
    }

    /// The sets of a later wave, and how they were drawn.
    #[must_use]
    pub fn proposals(&self, population: &Population) -> Option<(Vec<Vec<f64>>, Kernel)> {
        population.proposals(self.search.tries, &Draws::new(self.experiment.seed, 0))
    }

    /// The values of the parameters at these shares of their priors; the scenario's own where none is
    /// given.
    #[must_use]
    pub fn values(&self, shares: &[Option<f64>]) -> Vec<Option<Level>> {
        let each = self.experiment.factors.iter().zip(shares);
        each.map(|(factor, share)| factor.quantile((*share)?))
            .collect()
    }

    /// The figures of a set of parameters, one a target; missing where the look leaves it out.
    ///
    /// # Errors
    /// [`RunError`] where the values contradict each other.
    pub fn figures(&self, values: &[Option<Level>], look: Look) -> Result<Vec<f64>, RunError> {
        let wanted = self.targets.iter().filter(|target| look.sees(target));
        let wanted: Vec<&Target> = wanted.collect();
        let arms = (0..self.experiment.arms.len()).map(|arm| {
            let needing = wanted
                .iter()
                .filter(|target| target.arms().any(|one| one == arm));
            let needing: Vec<&&Target> = needing.collect();
            if needing.is_empty() {
                return Ok(Vec::new());
            }
            let months = needing.iter().any(|target| target.needs_months());
            self.runs(arm, values, look, months)
        });
        let arms: Result<Vec<Vec<Record>>, RunError> = arms.collect();
        let arms = arms?;
        let figure = |target: &Target| match look.sees(target) {
            true => target.value(&arms),
            false => f64::NAN,
        };
        Ok(self.targets.iter().map(figure).collect())
    }

    /// The replicates of one arm. The check has its own.
    fn runs(
        &self,
        arm: usize,
        values: &[Option<Level>],
        look: Look,
        months: bool,
    ) -> Result<Vec<Record>, RunError> {
        let point = Point {
            combination: 0,
            scenario: 0,
            arm,
            values: values.to_vec(),
        };
        let scenario = self.experiment.scenario_of(&point).map_err(|errors| {
            let first = errors.problems.first().map(ToString::to_string);
            RunError::new(first.unwrap_or_else(|| errors.to_string()))
        })?;
        let first = match look {
            Look::Fit => 0,
            Look::Check => self.search.replicates,
        };
        let keep = Keep {
            cycles: months,
            ..Keep::default()
        };
        let replicates = first..first + self.search.replicates;
        let run = |replicate| measure::run(&scenario.setup, self.experiment.seed, replicate, keep);
        Ok(replicates.map(run).collect())
    }
}

/// The columns of the tables of a calibration. They live as long as the program, as those of the
/// catalogue do.
fn columns(
    experiment: &Experiment,
    targets: &[Target],
    problems: &mut Problems,
) -> &'static [Outcome] {
    let kept = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let outcome = |name: &str, line: String| Outcome {
        name: kept(name.to_owned()),
        unit: "",
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        line: kept(line),
        source: "",
    };
    let factors = experiment.factors.iter();
    let mut columns: Vec<Outcome> = factors
        .map(|factor| outcome(&factor.id, factor.parameter.clone()))
        .collect();
    let rows = experiment.scenarios[0].document.rows("targets");
    for target in targets {
        if columns.iter().any(|column| column.name == target.id) {
            let row = rows.iter().find(|row| row.text("targets.id") == target.id);
            let top = &experiment.scenarios[0].document.top;
            let place = row.map_or(&top.at, |row| row.place("targets.id"));
            let message = format!("a factor is called \"{}\" too", target.id);
            problems.push(Problem::error(Class::Duplicate, place, message).allowed("another id"));
        }
        columns.push(outcome(&target.id, target.words()));
    }
    Box::leak(columns.into_boxed_slice())
}

//! Experiment files: from a file to a checked [`Experiment`]. A plain scenario is the experiment with
//! one design point.

use super::design::{self, Design};
use super::factor::{self, Factor, Unstated};
use super::hypothesis;
use super::points::{Arm, Combination, Experiment};
use super::rows;
use crate::measure;
use crate::registry::Choice;
use crate::registry::calibrations;
use crate::registry::experiments::DesignKind;
use crate::scenario::document::Table;
use crate::scenario::problem::{Class, Problem, Problems};
use crate::scenario::{self, Change, Scenario, ScenarioErrors, nearest};

/// Keys of `[design]` and the kinds that read them.
const READ_BY: [(&str, &[DesignKind]); 6] = [
    (
        "design.size",
        &[
            DesignKind::LatinHypercube,
            DesignKind::Sobol,
            DesignKind::Saltelli,
            DesignKind::Morris,
        ],
    ),
    ("design.levels", &[DesignKind::Morris]),
    ("design.resolution", &[DesignKind::FractionalFactorial]),
    ("design.second_order", &[DesignKind::Saltelli]),
    ("design.rows", &[DesignKind::List]),
    ("design.file", &[DesignKind::List]),
];

impl Experiment {
    /// Reads an experiment or a scenario: a file, or a name of the library; `sets` are changes of
    /// the form `path=value`, and the master seed is that of the file if none is given.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(target: &str, sets: &[String], seed: Option<u64>) -> Result<Self, ScenarioErrors> {
        let name = std::path::Path::new(target).file_stem();
        let name = name.and_then(|stem| stem.to_str()).unwrap_or(target);
        Self::of(name, scenario::load_each(target, sets)?, seed)
    }

    /// The experiment that some scenarios, read from one file, describe.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn of(
        name: &str,
        scenarios: Vec<Scenario>,
        seed: Option<u64>,
    ) -> Result<Self, ScenarioErrors> {
        let mut problems = Problems::default();
        let Some(first) = scenarios.first() else {
            return Err(ScenarioErrors {
                problems: problems.ordered(),
            });
        };
        let top = &first.document.top;
        let calibrates = !first.document.rows("targets").is_empty();
        let usual = if calibrates {
            DesignKind::Morris
        } else {
            DesignKind::Grid
        };
        let kind = top.choice("design.kind").unwrap_or(usual);
        if calibrates && top.states("design.kind") {
            let place = top.place("design.kind");
            let message = "a calibration chooses its own points";
            problems.push(
                Problem::error(Class::Contradiction, place, message)
                    .allowed("no [design] beside [[targets]]"),
            );
        }
        let listed = kind == DesignKind::List;
        let seed = seed.or_else(|| top.count("experiment.seed"));
        let seed = seed.unwrap_or(DEFAULT_SEED);
        let unstated = match (listed, calibrates) {
            (true, _) => Unstated::Listed,
            (_, true) => Unstated::Prior,
            _ => Unstated::Missing,
        };
        let factors = factor::read(first, unstated, seed, &mut problems);
        let rows = if listed {
            rows::read(first, &factors, &mut problems)
        } else {
            Vec::new()
        };
        unread(top, kind, &mut problems);
        let arms = arms(first);
        let named = first.document.rows("factors").iter();
        let named: Vec<&str> = named.map(|row| row.text("factors.id")).collect();
        let experiment = Self {
            name: name.to_owned(),
            baseline: baseline(top, &arms, &mut problems),
            outcomes: outcomes(top, &mut problems),
            hypothesis: hypothesis::read(top, &arms, (&factors, &named), &mut problems),
            replicates: top.count("experiment.replicates"),
            seed,
            combination: combination(
                top,
                (kind, seed, named.len()),
                &factors,
                rows,
                &mut problems,
            ),
            factors,
            arms,
            scenarios,
        };
        experiment.check(&mut problems);
        if problems.any_error() {
            return Err(ScenarioErrors {
                problems: problems.ordered(),
            });
        }
        Ok(experiment)
    }

    /// Tries each arm and each level or end of a factor, in every scenario.
    fn check(&self, problems: &mut Problems) {
        for scenario in &self.scenarios {
            let mut tries: Vec<Vec<Change>> =
                self.arms.iter().map(|arm| arm.changes.clone()).collect();
            for factor in &self.factors {
                let extremes = factor.extremes();
                tries.extend(extremes.iter().map(|level| factor.changes(level)));
            }
            tries.extend(self.combination.rows().iter().map(|row| {
                let stated = self.factors.iter().zip(row);
                stated
                    .filter_map(|(factor, level)| Some(factor.changes(level.as_ref()?)))
                    .flatten()
                    .collect()
            }));
            for changes in tries.iter().filter(|changes| !changes.is_empty()) {
                if let Err(errors) = scenario.changed(changes) {
                    errors
                        .problems
                        .into_iter()
                        .for_each(|one| problems.push(one));
                }
            }
        }
    }
}

/// The arms; one without changes where the file has none.
fn arms(scenario: &Scenario) -> Vec<Arm> {
    let rows = scenario.document.rows("arms").iter().enumerate();
    let arms: Vec<Arm> = rows
        .map(|(index, row)| Arm {
            id: row.text("arms.id").to_owned(),
            name: match row.text("arms.name") {
                "" => row.text("arms.id").to_owned(),
                name => name.to_owned(),
            },
            changes: Change::of_arm(scenario, index),
        })
        .collect();
    if arms.is_empty() {
        return vec![Arm::default()];
    }
    arms
}

fn baseline(top: &Table, arms: &[Arm], problems: &mut Problems) -> usize {
    let id = top.text("experiment.baseline");
    let at = arms.iter().position(|arm| arm.id == id);
    if at.is_none() && !id.is_empty() {
        let ids: Vec<&str> = arms.iter().map(|arm| arm.id.as_str()).collect();
        problems.push(unknown(top, "experiment.baseline", id, "arm", &ids));
    }
    at.unwrap_or(0)
}

/// That nothing is called so, and what was meant.
pub(super) fn unknown(top: &Table, path: &str, name: &str, what: &str, known: &[&str]) -> Problem {
    let meant = nearest(name, known.iter().copied());
    let help = meant.map_or_else(
        || format!("there are: {}", known.join(", ")),
        |meant| format!("did you mean \"{meant}\"?"),
    );
    let message = format!("there is no {what} called \"{name}\"");
    Problem::error(Class::Reference, top.place(path), message)
        .allowed("not there")
        .help(help)
}

fn outcomes(top: &Table, problems: &mut Problems) -> Vec<String> {
    let known: Vec<&str> = measure::RUN.iter().map(|outcome| outcome.name).collect();
    let mut names = Vec::new();
    for name in top.references("experiment.outcomes") {
        if !known.contains(&name.id.as_str()) {
            let mut problem = unknown(top, "experiment.outcomes", &name.id, "outcome", &known);
            problem.at = name.at.clone();
            if nearest(&name.id, known.iter().copied()).is_none() {
                problem = problem.help("`commonground describe outcomes` lists them");
            }
            problems.push(problem);
        }
        names.push(name.id.clone());
    }
    names
}

/// What is stated and means nothing in this kind of design.
fn unread(top: &Table, kind: DesignKind, problems: &mut Problems) {
    for (path, kinds) in READ_BY {
        if top.states(path) && !kinds.contains(&kind) {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
            let key = path.trim_start_matches("design.");
            let message = format!("`{key}` means nothing in a {} design", kind.word());
            problems.push(
                Problem::error(Class::Contradiction, top.place(path), message)
                    .allowed(format!("only in: {}", words.join(", ")))
                    .help("take it out, or say another `kind`"),
            );
        }
    }
}

fn combination(
    top: &Table,
    (kind, seed, named): (DesignKind, u64, usize),
    factors: &[Factor],
    rows: Vec<rows::Row>,
    problems: &mut Problems,
) -> Combination {
    if kind == DesignKind::List {
        return Combination::Listed(rows);
    }
    let unread = factors.len() < named;
    if unread || factors.is_empty() && !top.states("design.kind") {
        return Combination::Single;
    }
    let Some(kind) = design_kind(top, kind, problems) else {
        return Combination::Single;
    };
    let scales: Vec<design::Scale> = factors.iter().map(Factor::scale).collect();
    match Design::new(kind, &scales, seed) {
        Ok(design) => Combination::Designed(Box::new(design)),
        Err(error) => {
            // The design counts factors; people know them by their ids.
            let ids = factors.iter().enumerate().rev();
            let message = ids.fold(error.to_string(), |text, (at, factor)| {
                text.replace(&format!("factor {}", at + 1), &format!("\"{}\"", factor.id))
            });
            let place = top.place("design.kind");
            problems.push(Problem::error(Class::Contradiction, place, message));
            Combination::Single
        }
    }
}

/// The master seed of experiments that state none.
const DEFAULT_SEED: u64 = 1;

/// The design that the file asks for; none where it lacks its number of points.
fn design_kind(top: &Table, kind: DesignKind, problems: &mut Problems) -> Option<design::Kind> {
    let short = |path: &str, without: u32| {
        let count = top.count(path).map(u32::try_from);
        count.map_or(without, |count| count.unwrap_or(u32::MAX))
    };
    let mut size = || {
        let size = top.count("design.size");
        if size.is_none() {
            let message = format!("a {} design needs its size", kind.word());
            problems.push(
                Problem::error(Class::Missing, top.place("design.kind"), message)
                    .allowed("add size = ...")
                    .help(
                        "usual: 64 to 1,024 points (a power of two for sobol and saltelli), 10 to 50 \
                         trajectories of a morris design",
                    ),
            );
        }
        size
    };
    Some(match kind {
        DesignKind::Grid | DesignKind::List => design::Kind::Grid,
        DesignKind::Zip => design::Kind::Zip,
        DesignKind::OneAtATime => design::Kind::OneAtATime,
        DesignKind::LatinHypercube => design::Kind::LatinHypercube { points: size()? },
        DesignKind::Sobol => design::Kind::Sobol { points: size()? },
        DesignKind::Saltelli => design::Kind::Saltelli {
            points: size()?,
            second_order: top.flag("design.second_order"),
        },
        // Chosen by nobody: that of a calibration's screening.
        DesignKind::Morris if !top.states("design.kind") => design::Kind::Morris {
            trajectories: calibrations::count(
                top.count("calibration.trajectories"),
                "trajectories",
            )
            .max(1),
            levels: 4,
        },
        DesignKind::Morris => design::Kind::Morris {
            trajectories: size()?,
            levels: short("design.levels", 4),
        },
        DesignKind::FractionalFactorial => design::Kind::FractionalFactorial {
            resolution: short("design.resolution", 4),
        },
    })
}

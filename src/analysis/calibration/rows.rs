//! The small tables of a calibration, as CSV and for the dictionary.

use super::{Answer, Calibration, Quantiles, screening};
use crate::experiment::Factor;
use crate::registry::Choice;
use crate::scenario::{Level, parameter};
use crate::store::{ColumnInfo, Kind, TableInfo};

/// A table: its name, and its columns with what they mean.
type Columns = [(&'static str, Kind, &'static str)];

const SCREENING: &Columns = &[
    ("factor", Kind::Text, "parameter, by its id in the file"),
    ("parameter", Kind::Text, "its path"),
    ("target", Kind::Text, "target"),
    (
        "mu_star",
        Kind::Number,
        "mean absolute elementary effect: tolerances of the target a whole range of the parameter",
    ),
    (
        "sigma",
        Kind::Number,
        "standard deviation of the elementary effects",
    ),
    (
        "fitted",
        Kind::Text,
        "whether the parameter was fitted: yes or no",
    ),
];
const WAVES: &Columns = &[
    ("wave", Kind::Integer, "wave, from 1"),
    ("tried", Kind::Integer, "sets of parameters that were tried"),
    (
        "nearer",
        Kind::Integer,
        "those as near to the targets as the farthest that was kept before",
    ),
    (
        "tolerance",
        Kind::Number,
        "distance of the farthest that is kept",
    ),
    (
        "effective",
        Kind::Number,
        "evenly weighted sets that tell as much: (sum of w)^2 / sum of w^2",
    ),
];
const PARAMETERS: &Columns = &[
    ("factor", Kind::Text, "parameter, by its id in the file"),
    ("parameter", Kind::Text, "its path"),
    ("unit", Kind::Text, "its unit"),
    ("fitted", Kind::Text, "whether it was fitted: yes or no"),
    (
        "effect",
        Kind::Number,
        "largest mu_star on a target that is fitted; missing without screening",
    ),
    ("prior_low", Kind::Number, "lower end of its prior"),
    ("prior_high", Kind::Number, "upper end of its prior"),
    ("default", Kind::Number, "value in the scenario as it is"),
    ("p05", Kind::Number, "5 % quantile of the posterior"),
    ("median", Kind::Number, "median of the posterior"),
    ("p95", Kind::Number, "95 % quantile of the posterior"),
    (
        "narrowed",
        Kind::Number,
        "standard deviation of the posterior, relative to the prior's: 1 where nothing was learnt",
    ),
    (
        "representative",
        Kind::Number,
        "value in the set nearest to the posterior's middle",
    ),
];
const TARGETS: &Columns = &[
    ("target", Kind::Text, "target"),
    ("figure", Kind::Text, "what is computed"),
    (
        "use",
        Kind::Text,
        "fit: sets were chosen by it; held-out: only judged by it",
    ),
    ("low", Kind::Number, "lower end of its band"),
    ("high", Kind::Number, "upper end of its band"),
    ("tolerance", Kind::Number, "how far outside counts as one"),
    (
        "weight",
        Kind::Number,
        "weight of its square in the distance",
    ),
    ("source", Kind::Text, "who published it"),
    ("confidence", Kind::Text, "how sure it is"),
    (
        "prior_p05",
        Kind::Number,
        "5 % quantile of the prior; missing where it is held out",
    ),
    ("prior_median", Kind::Number, "median of the prior"),
    ("prior_p95", Kind::Number, "95 % quantile of the prior"),
    (
        "p05",
        Kind::Number,
        "5 % quantile of the posterior, by luck that the fit did not see",
    ),
    ("median", Kind::Number, "median of the posterior"),
    ("p95", Kind::Number, "95 % quantile of the posterior"),
    ("inside", Kind::Number, "share of the posterior in the band"),
    (
        "default",
        Kind::Number,
        "figure of the scenario as it is, by the same luck",
    ),
    (
        "verdict",
        Kind::Text,
        "met: half of the posterior or more in the band; missed: less than a twentieth; else partly",
    ),
];

/// Lines of a table, the names of its columns first.
pub type Lines = Vec<Vec<String>>;

impl Calibration {
    /// What the columns of the small tables mean.
    #[must_use]
    pub fn dictionary() -> Vec<TableInfo> {
        let table = |name: &str, columns: &Columns| TableInfo {
            name: name.to_owned(),
            columns: columns
                .iter()
                .map(|(name, kind, line)| ColumnInfo::own(name, *kind, line))
                .collect(),
        };
        vec![
            table("screening.csv", SCREENING),
            table("waves.csv", WAVES),
            table("parameters.csv", PARAMETERS),
            table("targets.csv", TARGETS),
            table(
                "posterior.csv",
                &[
                    (
                        "particle",
                        Kind::Integer,
                        "a set of parameters: design_id of its figures in runs",
                    ),
                    (
                        "weight",
                        Kind::Number,
                        "its share of the posterior; the further columns are paths of parameters",
                    ),
                ],
            ),
        ]
    }
}

impl Answer {
    /// The tables, each with the name of its file.
    #[must_use]
    pub fn tables(&self, calibration: &Calibration) -> Vec<(&'static str, Lines)> {
        vec![
            ("screening.csv", self.screening(calibration)),
            ("waves.csv", self.waves()),
            ("parameters.csv", self.parameters(calibration)),
            ("targets.csv", self.targets(calibration)),
            ("posterior.csv", self.posterior(calibration)),
        ]
    }

    fn screening(&self, calibration: &Calibration) -> Lines {
        let factors = calibration.experiment.factors.iter().enumerate();
        let rows = factors
            .zip(&self.effects)
            .flat_map(|((at, factor), effects)| {
                let fitted = yes_or_no(self.free.contains(&at));
                calibration
                    .targets
                    .iter()
                    .zip(effects)
                    .map(move |(target, effect)| {
                        vec![
                            factor.id.clone(),
                            factor.parameter.clone(),
                            target.id.clone(),
                            cell(effect.mu_star),
                            cell(effect.sigma),
                            fitted.clone(),
                        ]
                    })
            });
        with_head(SCREENING, rows)
    }

    fn waves(&self) -> Lines {
        let rows = self.waves.iter().map(|wave| {
            vec![
                wave.wave.to_string(),
                wave.tried.to_string(),
                wave.nearer.to_string(),
                cell(wave.tolerance),
                cell(wave.effective),
            ]
        });
        with_head(WAVES, rows)
    }

    fn parameters(&self, calibration: &Calibration) -> Lines {
        let factors = calibration.experiment.factors.iter().enumerate();
        let rows = factors.map(|(at, factor)| {
            let place = self.free.iter().position(|one| *one == at);
            let posterior = place.map(|place| self.of_parameter(calibration, place));
            let effect = self.effects.get(at).map_or(f64::NAN, |effects| {
                screening::largest(&calibration.targets, effects)
            });
            let entry = parameter(&factor.parameter);
            let found = |of: fn(&OfParameter) -> f64| cell(posterior.as_ref().map_or(f64::NAN, of));
            vec![
                factor.id.clone(),
                factor.parameter.clone(),
                entry.map_or("", |entry| entry.unit).to_owned(),
                yes_or_no(place.is_some()),
                cell(effect),
                cell(value(factor, 0.0)),
                cell(value(factor, 1.0)),
                cell(calibration.as_it_is(factor)),
                found(|one| one.quantiles.low),
                found(|one| one.quantiles.median),
                found(|one| one.quantiles.high),
                found(|one| one.narrowed),
                found(|one| one.representative),
            ]
        });
        with_head(PARAMETERS, rows)
    }

    /// The posterior of the fitted parameter at this position among those fitted.
    #[must_use]
    pub fn of_parameter(&self, calibration: &Calibration, place: usize) -> OfParameter {
        let factor = &calibration.experiment.factors[self.free[place]];
        let weights = self.population.weights();
        let shares = self.shares(place);
        let values: Vec<f64> = shares.iter().map(|share| value(factor, *share)).collect();
        let representative = self.population.representative().unwrap_or(0);
        OfParameter {
            quantiles: Quantiles::of(&values, &weights),
            // The even prior of shares has a variance of 1/12.
            narrowed: (12.0 * self.population.covariance()[(place, place)]).sqrt(),
            representative: values.get(representative).copied().unwrap_or(f64::NAN),
        }
    }

    fn targets(&self, calibration: &Calibration) -> Lines {
        let standings = self.standings(calibration);
        let rows = calibration
            .targets
            .iter()
            .zip(standings)
            .map(|(target, found)| {
                vec![
                    target.id.clone(),
                    target.words(),
                    target.used.word().to_owned(),
                    cell(target.low),
                    cell(target.high),
                    cell(target.tolerance),
                    cell(target.weight),
                    target.source.clone(),
                    target.confidence.word().to_owned(),
                    cell(found.prior.low),
                    cell(found.prior.median),
                    cell(found.prior.high),
                    cell(found.posterior.low),
                    cell(found.posterior.median),
                    cell(found.posterior.high),
                    cell(found.inside),
                    cell(found.default),
                    found.verdict.word().to_owned(),
                ]
            });
        with_head(TARGETS, rows)
    }

    fn posterior(&self, calibration: &Calibration) -> Lines {
        let fitted = self
            .free
            .iter()
            .map(|at| &calibration.experiment.factors[*at]);
        let fitted: Vec<&Factor> = fitted.collect();
        let head = ["particle", "weight"].map(str::to_owned);
        let paths = fitted.iter().map(|factor| factor.parameter.clone());
        let mut lines: Lines = vec![head.into_iter().chain(paths).collect()];
        let sets = self
            .population
            .sets
            .iter()
            .zip(self.population.weights())
            .enumerate();
        lines.extend(sets.map(|(at, (set, weight))| {
            let values = fitted.iter().zip(&set.shares);
            let values = values.map(|(factor, share)| {
                factor
                    .quantile(*share)
                    .as_ref()
                    .map_or(String::new(), Level::cell)
            });
            [at.to_string(), cell(weight)]
                .into_iter()
                .chain(values)
                .collect()
        }));
        lines
    }
}

/// The posterior of one parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OfParameter {
    /// Median and the middle nine tenths.
    pub quantiles: Quantiles,
    /// Standard deviation relative to the prior's, on the scale of its shares.
    pub narrowed: f64,
    /// Value in the set nearest to the posterior's middle.
    pub representative: f64,
}

impl Calibration {
    /// The value of a parameter in the scenario as it is; missing where it differs by row.
    #[must_use]
    pub fn as_it_is(&self, factor: &Factor) -> f64 {
        let top = &self.experiment.scenarios[0].document.top;
        let stated = top
            .value(&factor.parameter)
            .and_then(|value| value.as_number());
        let preset = parameter(&factor.parameter).map(|entry| entry.preset);
        match (stated, preset) {
            (Some(stated), _) => stated,
            (None, Some(crate::registry::Preset::Number(number))) => number,
            _ => f64::NAN,
        }
    }
}

/// The value of a parameter at a share of its prior.
fn value(factor: &Factor, share: f64) -> f64 {
    let level = factor.quantile(share);
    level
        .and_then(|level| level.cell().parse().ok())
        .unwrap_or(f64::NAN)
}

fn yes_or_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// A number in a table; empty where it is missing or without bound.
fn cell(value: f64) -> String {
    if value.is_finite() {
        value.to_string()
    } else {
        String::new()
    }
}

fn with_head(columns: &Columns, rows: impl Iterator<Item = Vec<String>>) -> Lines {
    let head = columns
        .iter()
        .map(|(name, _, _)| (*name).to_owned())
        .collect();
    std::iter::once(head).chain(rows).collect()
}

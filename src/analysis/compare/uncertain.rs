//! What nobody can choose, by name: the values of uncertain factors, and regions of them.

use crate::analysis::prim::{self, Limits, TooFew, Values};
use crate::experiment::{Experiment, Factor};
use crate::scenario::Level;
use serde::Serialize;

/// A factor, or a parameter that a posterior sets, with its value in each of some futures.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// Id of the factor.
    pub factor: String,
    /// Path of the parameter.
    pub parameter: String,
    /// What people call it: the factor, or of a posterior the parameter.
    pub name: String,
    /// Its values.
    pub values: Values,
}

impl Uncertain {
    /// The same in some of the futures.
    #[must_use]
    pub fn at(&self, futures: &[usize]) -> Self {
        Self {
            values: self.values.at(futures),
            ..self.clone()
        }
    }
}

/// What the factors of an experiment are at some design points. A factor that leaves the scenario's own value
/// at one of them is left out; a posterior stands as the parameters that it sets.
#[must_use]
pub fn uncertain(experiment: &Experiment, points: &[u64]) -> Vec<Uncertain> {
    let each = points.iter().map(|id| experiment.point(*id).values);
    let rows: Vec<Vec<Option<Level>>> = each.collect();
    let of_factor = |(at, factor): (usize, &Factor)| -> Vec<Uncertain> {
        let levels: Option<Vec<&Level>> = rows.iter().map(|row| row.get(at)?.as_ref()).collect();
        let sets: Vec<_> = levels
            .unwrap_or_default()
            .into_iter()
            .map(|level| factor.changes(level))
            .collect();
        let paths = sets.first().map_or(0, Vec::len);
        let of_path = |path: usize| {
            let cells = sets.iter().map(|set| Some(set.get(path)?.value().cell()));
            let parameter = sets[0][path].path();
            Some(Uncertain {
                factor: factor.id.clone(),
                name: match factor.posterior() {
                    Some(_) => parameter.clone(),
                    None => factor.id.clone(),
                },
                parameter,
                values: values(cells.collect::<Option<_>>()?),
            })
        };
        (0..paths).filter_map(of_path).collect()
    };
    let factors = experiment.factors.iter().enumerate();
    factors.flat_map(of_factor).collect()
}

/// Numbers where all are; else words.
fn values(cells: Vec<String>) -> Values {
    let number = |cell: &String| cell.parse().ok().filter(|value: &f64| value.is_finite());
    let numbers: Option<Vec<f64>> = cells.iter().map(number).collect();
    numbers.map_or(Values::Words(cells), Values::Numbers)
}

/// A box with the names of what it restricts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Named {
    /// What it restricts.
    pub restrictions: Vec<Restriction>,
    /// Share of the futures looked for that lie in it.
    pub coverage: f64,
    /// Share of its futures that are looked for.
    pub density: f64,
    /// Share of all futures that lie in it.
    pub mass: f64,
    /// Chance of a box as good, where the futures looked for are dealt at random.
    pub chance: f64,
}

/// A restriction with the names of its factor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Restriction {
    /// Id of the factor.
    pub factor: String,
    /// Path of the parameter.
    pub parameter: String,
    /// What people call it.
    #[serde(skip)]
    pub name: String,
    /// Where it lies.
    #[serde(flatten)]
    pub limits: Limits,
    /// Chance of so many without this restriction.
    pub quasi_p: f64,
}

/// The regions in which the cases lie; why none was looked for, where there are too few.
///
/// # Errors
/// [`TooFew`] cases, or others.
pub fn regions(factors: &[Uncertain], cases: &[bool], seed: u64) -> Result<Vec<Named>, TooFew> {
    let values: Vec<Values> = factors.iter().map(|one| one.values.clone()).collect();
    let found = prim::rules(&values, cases, seed)?;
    Ok(found
        .into_iter()
        .map(|rule| Named::of(rule, factors))
        .collect())
}

/// The fields of each restriction of some boxes, with the number of its box, from 1.
pub fn numbered(boxes: &[Named]) -> impl Iterator<Item = (u64, Vec<String>)> {
    (1..).zip(boxes).flat_map(|(number, one)| {
        let rows = one.fields().into_iter();
        rows.map(move |fields| (number, fields))
    })
}

impl Named {
    fn of(rule: prim::Rule, factors: &[Uncertain]) -> Self {
        let name = |one: prim::Restriction| Restriction {
            factor: factors[one.factor].factor.clone(),
            parameter: factors[one.factor].parameter.clone(),
            name: factors[one.factor].name.clone(),
            limits: one.limits,
            quasi_p: one.quasi_p,
        };
        Self {
            restrictions: rule.restrictions.into_iter().map(name).collect(),
            coverage: rule.coverage,
            density: rule.density,
            mass: rule.mass,
            chance: rule.chance,
        }
    }

    /// What `rules.csv` and `regions.csv` hold of each restriction, as far as they are alike: factor,
    /// parameter, low, high, levels, `quasi_p`, coverage, density, mass, chance.
    #[must_use]
    pub fn fields(&self) -> Vec<Vec<String>> {
        let of = |restriction: &Restriction| {
            let [low, high, levels] = match &restriction.limits {
                Limits::Between { low, high } => {
                    let [low, high] =
                        [low, high].map(|end| end.map_or(String::new(), |end| end.to_string()));
                    [low, high, String::new()]
                }
                Limits::Among { levels } => [String::new(), String::new(), levels.join(" ")],
            };
            vec![
                restriction.factor.clone(),
                restriction.parameter.clone(),
                low,
                high,
                levels,
                restriction.quasi_p.to_string(),
                self.coverage.to_string(),
                self.density.to_string(),
                self.mass.to_string(),
                self.chance.to_string(),
            ]
        };
        self.restrictions.iter().map(of).collect()
    }
}

//! A calibrated posterior as a factor: weighted sets of parameters, of which whole sets are drawn, so that
//! what the data say of parameters together is kept.

use super::rows;
use crate::random::{Draws, Purpose, address, uniform};
use crate::scenario::document::Table;
use crate::scenario::problem::{Class, Problem};
use crate::scenario::source::{At, Source};
use crate::scenario::{Change, Level, Scenario};
use std::collections::BTreeMap;

/// Draws where a file does not say how many.
const DRAWS: u64 = 100;
/// Streams of the design from here on belong to posteriors, one an id: far above those of points.
const STREAMS: u64 = 1 << 55;
/// The columns that are no parameters.
const PARTICLE: &str = "particle";
const WEIGHT: &str = "weight";
/// Largest number that a particle may have: 2^53.
const LARGEST: u64 = 1 << 53;

/// Draws from a posterior: each level is the number of a particle, which sets all its parameters.
#[derive(Clone, Debug)]
pub struct Posterior {
    /// The lines of its table.
    lines: Vec<String>,
    /// The numbers of the particles drawn, in the order of the table; one that is drawn twice stands there
    /// twice, so that all levels weigh the same.
    pub(super) drawn: Vec<Level>,
    /// The paths of the parameters.
    parameters: Vec<String>,
    /// Where they stand.
    at: At,
    /// Each particle, and the values of the parameters in it.
    particles: BTreeMap<u64, (Level, Vec<Level>)>,
}

impl Posterior {
    /// Reads the table that a row of `[[factors]]` names, or else its `lines`, and draws from it.
    pub(super) fn read(
        scenario: &Scenario,
        (row, lines): (&Table, &[Level]),
        seed: u64,
    ) -> Result<Self, Box<Problem>> {
        let source = if row.states("factors.posterior") {
            let at = row.place("factors.posterior");
            scenario.table(row.text("factors.posterior"), at)?
        } else {
            let lines: Vec<String> = lines.iter().map(Level::cell).collect();
            Source::new("particles", lines.join("\n"), scenario.sources.len())
        };
        let mut records = rows::records(&source).into_iter();
        let (head, at) = records.next().unwrap_or_else(|| rows::empty(&source));
        let head: Vec<&str> = head.iter().map(str::trim).collect();
        let columns = Columns::of(&head, &at)?;
        let mut posterior = Self {
            lines: source.text.lines().map(str::to_owned).collect(),
            drawn: Vec::new(),
            parameters: columns
                .parameters
                .iter()
                .map(|at| head[*at].to_owned())
                .collect(),
            at: at.clone(),
            particles: BTreeMap::new(),
        };
        let (mut numbers, mut weights) = (Vec::new(), Vec::new());
        for (record, at) in records {
            let cells: Vec<&str> = record.iter().map(str::trim).collect();
            let (number, weight) = columns.row(&head, &cells, &at)?;
            let level = Level::typed(&number.to_string(), &at);
            let values = columns
                .parameters
                .iter()
                .map(|column| Level::typed(cells[*column], &at));
            let one = (level.clone(), values.collect());
            if posterior.particles.insert(number, one).is_some() {
                let message = format!("there is a particle {number} already");
                return Err(wrong(Class::Duplicate, &at, message, "each number once"));
            }
            numbers.push(level);
            weights.push(weight);
        }
        let total: f64 = weights.iter().sum();
        if weights.is_empty() {
            let message = format!("{} has no particles", source.name);
            return Err(wrong(Class::Missing, &at, message, "one line a particle"));
        }
        if !(total > 0.0 && total.is_finite()) {
            let message =
                "no particle of this posterior can be drawn: the weights have no sum above 0";
            return Err(wrong(Class::Range, &at, message, "weights with the sum 1"));
        }
        let mut words = [0];
        let stream = STREAMS | (address(row.text("factors.id")) >> 1);
        Draws::new(seed, 0).fill(Purpose::Design, stream, 0, &mut words);
        let count = row.count("factors.draws").unwrap_or(DRAWS);
        let drawn = resampled(&weights, count, uniform(words[0]));
        posterior.drawn = drawn.into_iter().map(|at| numbers[at].clone()).collect();
        Ok(posterior)
    }

    /// Its table as a list of lines in TOML, as a results folder keeps it.
    pub(super) fn written(&self) -> String {
        let line = |line: &String| format!("    {},\n", Level::text(line, &self.at).written());
        format!("[\n{}]", self.lines.iter().map(line).collect::<String>())
    }

    /// The numbers of all particles.
    pub(super) fn particles(&self) -> impl Iterator<Item = &Level> {
        self.particles.values().map(|(number, _)| number)
    }

    /// The paths of the parameters, each with its place.
    pub(super) fn parameters(&self) -> Vec<(&str, &At)> {
        self.parameters
            .iter()
            .map(|path| (path.as_str(), &self.at))
            .collect()
    }

    /// The paths of the parameters, with commas.
    pub(super) fn paths(&self) -> String {
        self.parameters.join(", ")
    }

    /// What a particle sets; nothing where there is none with this number.
    pub(super) fn changes(&self, number: &Level) -> Vec<Change> {
        let number = number.cell().parse().ok();
        let particle = number.and_then(|number: u64| self.particles.get(&number));
        let values = particle.map_or(&[][..], |(_, values)| values);
        let set = self.parameters.iter().zip(values);
        set.map(|(path, value)| Change::of(path, &self.at, value.clone()))
            .collect()
    }
}

/// Where the columns stand.
struct Columns {
    particle: usize,
    weight: usize,
    parameters: Vec<usize>,
}

impl Columns {
    fn of(head: &[&str], at: &At) -> Result<Self, Box<Problem>> {
        let find = |name: &str| {
            head.iter()
                .position(|column| *column == name)
                .ok_or_else(|| {
                    let message = format!("this posterior has no column `{name}`");
                    let columns = "particle, weight, and one column a parameter";
                    wrong(Class::Missing, at, message, columns)
                })
        };
        let (particle, weight) = (find(PARTICLE)?, find(WEIGHT)?);
        if let Some(twice) = (1..head.len()).find(|at| head[..*at].contains(&head[*at])) {
            let message = format!("the column `{}` stands here twice", head[twice]);
            return Err(wrong(Class::Duplicate, at, message, "each column once"));
        }
        let others = (0..head.len()).filter(|at| *at != particle && *at != weight);
        let parameters: Vec<usize> = others.collect();
        if parameters.is_empty() {
            let columns =
                "one column a parameter, headed by its path, such as mechanisms.trust.gain";
            return Err(wrong(
                Class::Missing,
                at,
                "this posterior has no parameters",
                columns,
            ));
        }
        Ok(Self {
            particle,
            weight,
            parameters,
        })
    }

    /// The number and the weight of a particle, of a row that is whole.
    fn row(&self, head: &[&str], cells: &[&str], at: &At) -> Result<(u64, f64), Box<Problem>> {
        if cells.len() != head.len() {
            let message = format!(
                "this row has {} cells, the first line {}",
                cells.len(),
                head.len()
            );
            return Err(wrong(Class::Type, at, message, "one cell a column"));
        }
        if let Some(empty) = cells.iter().position(|cell| cell.is_empty()) {
            let message = format!("this row has no value of `{}`", head[empty]);
            return Err(wrong(Class::Missing, at, message, "one value a cell"));
        }
        let number = cells[self.particle];
        let number = number
            .parse()
            .ok()
            .filter(|number| *number <= LARGEST)
            .ok_or_else(|| {
                let message = format!("\"{number}\" is no number of a particle");
                wrong(Class::Type, at, message, "a whole number, 0 or more")
            })?;
        let weight = cells[self.weight];
        let valid = |weight: &f64| weight.is_finite() && *weight >= 0.0;
        let weight = weight.parse().ok().filter(valid).ok_or_else(|| {
            let message = format!("\"{weight}\" is no weight");
            wrong(Class::Range, at, message, "a number, 0 or more")
        })?;
        Ok((number, weight))
    }
}

fn wrong(class: Class, at: &At, message: impl Into<String>, allowed: &str) -> Box<Problem> {
    let problem = Problem::error(class, at, message).allowed(allowed);
    Box::new(problem.help("a posterior is a table that a calibration writes: posterior.csv"))
}

/// Systematic resampling (Kitagawa 1996): the positions in which (k + `share`) / `count`, for k from 0, fall
/// into the weights laid end to end. Each is drawn `count` times its weight, rounded down or up.
fn resampled(weights: &[f64], count: u64, share: f64) -> Vec<usize> {
    let total: f64 = weights.iter().sum();
    // Rounding must not lead beyond the last position that can be drawn.
    let last = weights
        .iter()
        .rposition(|weight| *weight > 0.0)
        .unwrap_or(0);
    let (mut at, mut sum) = (0, weights.first().copied().unwrap_or(0.0));
    let mut drawn = Vec::new();
    for k in 0..count {
        let place = (k as f64 + share) / count as f64 * total;
        while sum <= place && at < last {
            at += 1;
            sum += weights[at];
        }
        drawn.push(at);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked by hand: with share .5 and four draws the places are .125, .375, .625, .875.
    #[test]
    fn systematic_resampling_worked_by_hand() {
        assert_eq!(resampled(&[0.5, 0.3, 0.2], 4, 0.5), [0, 0, 1, 2]);
        assert_eq!(resampled(&[0.5, 0.3, 0.2], 2, 0.5), [0, 1]);
        assert_eq!(resampled(&[0.1, 0.0, 0.9, 0.0], 4, 0.9), [2, 2, 2, 2]);
        // Weights are relative.
        assert_eq!(resampled(&[5.0, 3.0, 2.0], 4, 0.5), [0, 0, 1, 2]);
    }

    #[test]
    fn each_is_drawn_its_weight_rounded_down_or_up() {
        let weights = [0.05, 0.61, 0.002, 0.338];
        for share in [0.01, 0.3, 0.77, 0.99] {
            let drawn = resampled(&weights, 50, share);
            for (at, weight) in weights.iter().enumerate() {
                let times = drawn.iter().filter(|one| **one == at).count() as f64;
                assert!((times - 50.0 * weight).abs() < 1.0, "{at} {share}: {times}");
            }
        }
    }
}

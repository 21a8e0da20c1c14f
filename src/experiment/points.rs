//! An experiment: scenarios × arms × combinations of factors, each a design point by its number.

use super::design::{Coordinate, Design};
use super::factor::Factor;
use super::hypothesis::Hypothesis;
use super::rows::Row;
use crate::registry::hypotheses::HYPOTHESIS;
use crate::scenario::document::{Stated, Value};
use crate::scenario::{Change, Level, Scenario, ScenarioErrors, resolved, resolved_experiment};
use crate::store::Identity;

/// One policy: what is different in it.
#[derive(Clone, Debug, Default)]
pub struct Arm {
    /// Its id; empty where the experiment has no arms.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it changes.
    pub changes: Vec<Change>,
}

/// How the factors are combined.
#[derive(Clone, Debug)]
pub(super) enum Combination {
    /// No factors.
    Single,
    /// A design of the catalogue.
    Designed(Box<Design>),
    /// Written down, row by row.
    Listed(Vec<Row>),
}

impl Combination {
    fn len(&self) -> u64 {
        match self {
            Self::Single => 1,
            Self::Designed(design) => design.len(),
            Self::Listed(rows) => rows.len() as u64,
        }
    }

    /// The rows of a list.
    pub(super) fn rows(&self) -> &[Row] {
        match self {
            Self::Listed(rows) => rows,
            _ => &[],
        }
    }
}

/// A checked experiment.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// Its name: the file's without folder and ending.
    pub name: String,
    /// The scenarios that it is run on, at least one.
    pub scenarios: Vec<Scenario>,
    /// Its arms, at least one.
    pub arms: Vec<Arm>,
    /// The arm that the others are compared with.
    pub baseline: usize,
    /// Its factors.
    pub factors: Vec<Factor>,
    /// Replicates that the file asks for.
    pub replicates: Option<u64>,
    /// The master seed, of its runs and of its design.
    pub seed: u64,
    /// Outcomes that the file wants shown.
    pub outcomes: Vec<String>,
    /// What the file claims that it shows.
    pub hypothesis: Option<Hypothesis>,
    pub(super) combination: Combination,
}

/// A design point.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Position of its combination of factors.
    pub combination: u64,
    /// Position of its scenario.
    pub scenario: usize,
    /// Position of its arm.
    pub arm: usize,
    /// The value of each factor; none where the scenario's own holds.
    pub values: Vec<Option<Level>>,
}

impl Experiment {
    /// How many design points there are.
    #[must_use]
    pub fn points(&self) -> u64 {
        self.combination.len().saturating_mul(self.crossed())
    }

    /// How many points each combination of factors is run at: scenarios × arms.
    #[must_use]
    pub fn crossed(&self) -> u64 {
        (self.scenarios.len() * self.arms.len()) as u64
    }

    /// Whether it is to be calibrated: its file has targets.
    #[must_use]
    pub fn calibrates(&self) -> bool {
        !self.scenarios[0].document.rows("targets").is_empty()
    }

    /// Whether this is a scenario and nothing more.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.points() == 1 && self.factors.is_empty()
    }

    /// `design.size`, where a larger design of this kind begins with the same points; else 0.
    #[must_use]
    pub fn size(&self) -> u64 {
        let top = &self.scenarios[0].document.top;
        let grows = self.design().is_some_and(Design::extends);
        top.count("design.size").filter(|_| grows).unwrap_or(0)
    }

    /// The design; none where the combinations are written down or there is but one.
    #[must_use]
    pub fn design(&self) -> Option<&Design> {
        match &self.combination {
            Combination::Designed(design) => Some(design),
            _ => None,
        }
    }

    /// A design point by its number: the arm counts fastest, then the scenario, then the
    /// combination of factors, so that a longer design goes on where this one ends.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a position in a list")]
    pub fn point(&self, id: u64) -> Point {
        let (arms, crossed) = (self.arms.len() as u64, self.crossed());
        let combination = id / crossed;
        let values = match &self.combination {
            Combination::Single => Vec::new(),
            Combination::Listed(rows) => {
                rows.get(combination as usize).cloned().unwrap_or_default()
            }
            Combination::Designed(design) => {
                let coordinates = design.point(combination);
                let stand = self.factors.iter().zip(coordinates);
                stand.map(|(factor, at)| value(factor, at)).collect()
            }
        };
        Point {
            combination,
            scenario: (id % crossed / arms) as usize,
            arm: (id % arms) as usize,
            values,
        }
    }

    /// The scenario of a design point, with what its arm and its factors change.
    ///
    /// # Errors
    /// What contradicts each other in it.
    pub fn scenario(&self, id: u64) -> Result<Scenario, ScenarioErrors> {
        self.scenario_of(&self.point(id))
    }

    /// The scenario of any point: in its arm, with these values of the factors.
    ///
    /// # Errors
    /// What contradicts each other in it.
    pub fn scenario_of(&self, point: &Point) -> Result<Scenario, ScenarioErrors> {
        let mut changes = self.arms[point.arm].changes.clone();
        let stated = self.factors.iter().zip(&point.values);
        changes.extend(
            stated
                .filter_map(|(factor, level)| Some(factor.changes(level.as_ref()?)))
                .flatten(),
        );
        let scenario = &self.scenarios[point.scenario];
        if changes.is_empty() {
            return Ok(scenario.clone());
        }
        scenario.changed(&changes)
    }

    /// The design point that each is compared with, replicate by replicate: the same scenario and
    /// factors in the baseline's arm. Without arms it is the first point, where the points were
    /// chosen and not sampled.
    #[must_use]
    pub fn paired(&self) -> Vec<(u64, u64)> {
        let arms = self.arms.len() as u64;
        let chosen = match &self.combination {
            Combination::Designed(design) => {
                design.is_chosen() && !self.factors.iter().any(|one| one.posterior().is_some())
            }
            Combination::Single | Combination::Listed(_) => true,
        };
        let baseline = |id: u64| match arms {
            1 => 0,
            _ => id - id % arms + self.baseline as u64,
        };
        let points = if chosen || arms > 1 { self.points() } else { 0 };
        let pairs = (0..points).map(|id| (id, baseline(id)));
        pairs.filter(|(id, baseline)| id != baseline).collect()
    }

    /// What the results are of. A number of points that only makes a design longer is no part of it,
    /// nor are replicates or what the file claims.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let mut without = vec![
            "experiment.scenarios",
            "experiment.replicates",
            "experiment.seed",
            "experiment.outcomes",
            "design.file",
        ];
        without.extend(HYPOTHESIS.iter().map(|entry| entry.path));
        without.extend((self.size() > 0).then_some("design.size"));
        if let Combination::Listed(_) = self.combination {
            without.extend(["design.kind", "design.rows"]);
        }
        let text = |scenario: &Scenario| {
            let experiment =
                resolved_experiment(&self.with_posteriors(scenario), &without) + &self.listed();
            let both = [resolved(scenario), experiment];
            let there: Vec<&str> = both
                .iter()
                .map(String::as_str)
                .filter(|t| !t.is_empty())
                .collect();
            there.join("\n")
        };
        let texts = self
            .scenarios
            .iter()
            .map(|one| (one.name.clone(), text(one)));
        Identity::new(&self.name, texts.collect(), self.seed)
    }

    /// The scenario with the lines of each posterior instead of the name of its file.
    fn with_posteriors(&self, scenario: &Scenario) -> Scenario {
        let mut whole = scenario.clone();
        for row in whole.document.rows.entry("factors").or_default() {
            let id = row.text("factors.id");
            let mut factors = self.factors.iter().filter(|factor| factor.id == id);
            let posterior = factors.find_map(Factor::posterior);
            let keys = ["factors.posterior", "factors.particles"];
            let stated = keys.into_iter().find_map(|key| row.keys.remove(key));
            if let (Some(posterior), Some(stated)) = (posterior, stated) {
                let value = Value::Toml(posterior.written());
                row.keys
                    .insert("factors.particles", Stated { value, ..stated });
            }
        }
        whole
    }

    /// The rows of a list design, wherever they were written, as the file holds them.
    fn listed(&self) -> String {
        let Combination::Listed(rows) = &self.combination else {
            return String::new();
        };
        let row = |row: &Row| {
            let stated = self.factors.iter().zip(row);
            let cells = stated.filter_map(|(factor, level)| {
                Some(format!("{} = {}", factor.id, level.as_ref()?.written()))
            });
            format!("    {{ {} }},\n", cells.collect::<Vec<_>>().join(", "))
        };
        let rows: String = rows.iter().map(row).collect();
        format!("\n[design]\nkind = \"list\"\nrows = [\n{rows}]\n")
    }

    /// The lines of `design.csv`: what each design point is.
    #[must_use]
    pub fn table(&self) -> Vec<Vec<String>> {
        let factors = self.factors.iter().map(|factor| factor.id.clone());
        let head = ["design_id", "scenario", "arm"].map(str::to_owned);
        let mut lines: Vec<Vec<String>> = vec![head.into_iter().chain(factors).collect()];
        lines.extend((0..self.points()).map(|id| {
            let point = self.point(id);
            let of_point = [
                id.to_string(),
                self.scenarios[point.scenario].name.clone(),
                self.arms[point.arm].id.clone(),
            ];
            let values = point.values.iter();
            let values = values.map(|level| level.as_ref().map_or(String::new(), Level::cell));
            of_point.into_iter().chain(values).collect()
        }));
        lines
    }

    /// A design point in words, such as `stp-b · neutral · gain 0.1`.
    #[must_use]
    pub fn words(&self, id: u64) -> String {
        let point = self.point(id);
        let mut words = Vec::new();
        if self.scenarios.len() > 1 {
            words.push(self.scenarios[point.scenario].name.clone());
        }
        if self.arms.len() > 1 {
            words.push(self.arms[point.arm].name.clone());
        }
        let stated = self.factors.iter().zip(&point.values);
        words.extend(stated.filter_map(|(factor, level)| {
            Some(format!("{} {}", factor.id, level.as_ref()?.short()))
        }));
        if words.is_empty() {
            words.push("as it is".to_owned());
        }
        words.join(" · ")
    }
}

fn value(factor: &Factor, at: Coordinate) -> Option<Level> {
    match at {
        Coordinate::Base => None,
        Coordinate::Level(level) => factor.levels().get(level).cloned(),
        Coordinate::Share(share) => factor.quantile(share),
    }
}

//! Which designs are efficient: on the Pareto front, where no other is at least as good in every
//! outcome of a list and better in one.

use super::frame::Design;
use super::ranks::{Table, number};
use crate::analysis::bootstrap::{Of, RESAMPLES, Resampler};
use rayon::prelude::*;
use serde::Serialize;

/// One row of `front.csv`: whether a design is efficient.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Front {
    /// First design point of the design.
    pub design_id: u64,
    /// Its scenario.
    pub scenario: String,
    /// Its arm; empty where there are none.
    pub arm: String,
    /// The outcomes that count.
    pub outcomes: Vec<&'static str>,
    /// Whether it is on the Pareto front of the means.
    pub on_front: bool,
    /// Chance of being on it; none of fewer than two replicates.
    pub p_front: Option<f64>,
}

/// Which designs of a group are efficient in some outcomes.
#[must_use]
pub fn front(tables: &[(&'static str, Table)], designs: &[Design], seed: u64) -> Vec<Front> {
    let defined = tables.iter().filter(|(_, table)| table.n() > 0);
    let (outcomes, tables): (Vec<&'static str>, Vec<&Table>) =
        defined.map(|(name, table)| (*name, table)).unzip();
    let Some(replicates) = tables.first().map(|table| table.replicates()) else {
        return Vec::new();
    };
    let of = |replicates: &[usize]| -> Vec<bool> {
        let means: Vec<Vec<f64>> = tables.iter().map(|one| one.means(replicates)).collect();
        let point = |at: usize| means.iter().map(|all| all[at]).collect::<Vec<f64>>();
        efficient(&(0..designs.len()).map(point).collect::<Vec<_>>())
    };
    let found = of(&(0..replicates).collect::<Vec<_>>());
    let resampler = Resampler::new(seed, Of::Replicates, replicates);
    let resamples: Vec<Vec<bool>> = (0..RESAMPLES)
        .into_par_iter()
        .map(|resample| of(&resampler.indices(resample)))
        .collect();
    let row = |(at, design): (usize, &Design)| {
        let often = resamples.iter().filter(|one| one[at]).count() as f64;
        Front {
            design_id: design.design_id,
            scenario: design.scenario.clone(),
            arm: design.arm.clone(),
            outcomes: outcomes.clone(),
            on_front: found[at],
            p_front: (replicates > 1).then(|| often / RESAMPLES as f64),
        }
    };
    designs.iter().enumerate().map(row).collect()
}

/// Which of some points no other dominates; more is better in each coordinate.
fn efficient(points: &[Vec<f64>]) -> Vec<bool> {
    let dominates = |one: &[f64], other: &[f64]| {
        let both = || one.iter().zip(other);
        both().all(|(a, b)| a >= b) && both().any(|(a, b)| a > b)
    };
    let free = |point: &Vec<f64>| !points.iter().any(|other| dominates(other, point));
    points.iter().map(free).collect()
}

impl Front {
    /// The names of the columns of `front.csv`.
    pub const COLUMNS: [&'static str; 6] = [
        "design_id",
        "scenario",
        "arm",
        "outcomes",
        "on_front",
        "p_front",
    ];

    /// The fields of its line; empty where missing.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let on_front = if self.on_front { "yes" } else { "no" };
        vec![
            self.design_id.to_string(),
            self.scenario.clone(),
            self.arm.clone(),
            self.outcomes.join(" "),
            on_front.to_owned(),
            number(self.p_front),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::compare::verdict::Good;

    fn designs() -> Vec<Design> {
        let design = |design_id| Design {
            design_id,
            scenario: "s".to_owned(),
            arm: format!("arm-{design_id}"),
            name: String::new(),
        };
        (0..3).map(design).collect()
    }

    /// Three points in two outcomes: (1, 3) and (2, 2) are efficient, (1, 2) is dominated by both,
    /// two equal points do not dominate each other.
    #[test]
    fn a_front_worked_by_hand() {
        let points = [[1.0, 3.0], [2.0, 2.0], [1.0, 2.0], [2.0, 2.0]].map(|one| one.to_vec());
        assert_eq!(efficient(&points), [true, true, false, true]);
        let table = |good: Good, values: [f64; 3]| {
            let of = |value| vec![good.oriented(value); 4];
            Table::new(good, vec![values.map(of).to_vec()])
        };
        let tables = [
            ("wins", table(Good::More, [4.0, 5.0, 3.0])),
            ("hours", table(Good::Less, [10.0, 20.0, 11.0])),
        ];
        let found = front(&tables, &designs(), 1);
        let on: Vec<bool> = found.iter().map(|row| row.on_front).collect();
        assert_eq!(on, [true, true, false]);
        let often: Vec<Option<f64>> = found.iter().map(|row| row.p_front).collect();
        assert_eq!(often, [Some(1.0), Some(1.0), Some(0.0)]);
    }
}

//! A sampled design as an analysis sees it: where each factor stands at each combination, and which
//! points belong together.

use crate::experiment::Experiment;
use crate::experiment::design::{Coordinate, Kind, Scale};

/// Where the factors stand at each combination of a sampled design.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// The kind of design.
    pub kind: Kind,
    /// The shape of each factor.
    pub scales: Vec<Scale>,
    /// The share of its range at which each factor (columns) stands at each combination (rows). Levels
    /// have equal parts of it, and stand in their middle; in a Morris design, from end to end.
    pub shares: Vec<Vec<f64>>,
}

impl Inputs {
    /// Of an experiment's factors and design.
    ///
    /// # Errors
    /// In words, if its points were not sampled.
    pub fn of(experiment: &Experiment) -> Result<Self, String> {
        let sampled = "sensitivity needs a sampled design: [design] with kind = \"saltelli\" (Sobol' indices), \
                       \"morris\" (elementary effects), \"latin_hypercube\" or \"sobol\", over [[factors]] with \
                       low and high";
        let Some(design) = experiment.design() else {
            return Err(format!("{} has no design; {sampled}", experiment.name));
        };
        let kind = design.kind();
        if design.is_chosen() {
            return Err(format!(
                "the points of {} were chosen (a {}), and not sampled; {sampled}",
                experiment.name,
                kind.name()
            ));
        }
        let scales: Vec<Scale> = experiment.factors.iter().map(|one| one.scale()).collect();
        let share = |(scale, at): (&Scale, Coordinate)| match (scale, at, kind) {
            (Scale::Levels(count), Coordinate::Level(at), Kind::Morris { .. }) => {
                at as f64 / (*count as f64 - 1.0).max(1.0)
            }
            (Scale::Levels(count), Coordinate::Level(at), _) => (at as f64 + 0.5) / *count as f64,
            (_, Coordinate::Share(share), _) => share,
            (..) => f64::NAN,
        };
        let point = |number| scales.iter().zip(design.point(number)).map(share).collect();
        Ok(Self {
            kind,
            shares: (0..design.len()).map(point).collect(),
            scales,
        })
    }

    /// How many combinations belong together: a block of a Saltelli design, a trajectory; else one.
    #[must_use]
    pub fn part(&self) -> usize {
        let factors = self.scales.len();
        match self.kind {
            Kind::Saltelli { second_order, .. } => (1 + usize::from(second_order)) * factors + 2,
            Kind::Morris { .. } => factors + 1,
            _ => 1,
        }
    }

    /// The combinations of a part that are drawn from the factors' distributions, independent of each
    /// other: both samples of a Saltelli design; none of a trajectory.
    #[must_use]
    pub fn independent(&self) -> Vec<usize> {
        match self.kind {
            Kind::Saltelli { .. } => vec![0, self.part() - 1],
            Kind::Morris { .. } => Vec::new(),
            _ => vec![0],
        }
    }
}

/// The values of an outcome in one scenario and arm: one row a combination, one value a replicate.
#[derive(Clone, Debug)]
pub struct Sample {
    /// `NaN` is missing.
    pub values: Vec<Vec<f64>>,
}

/// The means of the points of each whole part, and which part it is.
pub(super) type Means = Vec<(usize, Vec<f64>)>;

impl Sample {
    /// Replicates of each combination.
    #[must_use]
    pub fn replicates(&self) -> usize {
        self.values.iter().map(Vec::len).min().unwrap_or(0)
    }

    /// The means over replicates, each counted as often as `weights` says, of parts of so many
    /// combinations. A replicate that misses a point of a part is left out there, and a part without
    /// replicates is missing.
    pub(super) fn means(&self, part: usize, weights: &[f64]) -> Means {
        let parts = self.values.chunks_exact(part).enumerate();
        let means = parts.filter_map(|(number, rows)| {
            let whole =
                |at: &usize| weights[*at] > 0.0 && rows.iter().all(|row| !row[*at].is_nan());
            let kept: Vec<usize> = (0..weights.len()).filter(whole).collect();
            let n: f64 = kept.iter().map(|at| weights[*at]).sum();
            let mean =
                |row: &Vec<f64>| kept.iter().map(|at| weights[*at] * row[*at]).sum::<f64>() / n;
            (n > 0.0).then(|| (number, rows.iter().map(mean).collect()))
        });
        means.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_of_replicates_that_a_part_has_throughout() {
        let values = vec![
            vec![1.0, 2.0, 6.0],
            vec![2.0, f64::NAN, 4.0],
            vec![f64::NAN; 3],
            vec![1.0; 3],
        ];
        let sample = Sample { values };
        assert_eq!(sample.means(2, &[1.0; 3]), [(0, vec![3.5, 3.0])]);
        assert_eq!(sample.means(2, &[2.0, 1.0, 0.0]), [(0, vec![1.0, 2.0])]);
        assert_eq!(sample.means(2, &[0.0, 3.0, 0.0]), []);
    }

    #[test]
    fn chosen_points_are_refused() {
        let of = |text: &str| {
            let text = format!(
                "extends = \"trust-board\"\n[[factors]]\nid = \"rules\"\nparameter = \"forums.ground_rules\"\n{text}"
            );
            let scenario = crate::scenario::from_text("plan", &text, &[]).unwrap();
            Inputs::of(&Experiment::of("plan", vec![scenario], None).unwrap())
        };
        let grid = of("levels = [0.2, 0.8]\n").unwrap_err();
        assert!(
            grid.contains("(a grid)") && grid.contains("\"saltelli\""),
            "{grid}"
        );
        let found = of("low = 0.2\nhigh = 0.8\n[design]\nkind = \"morris\"\nsize = 3\n").unwrap();
        assert_eq!((found.part(), found.shares.len()), (2, 6));
        assert_eq!(found.independent(), [] as [usize; 0]);
        let found = of("low = 0.2\nhigh = 0.8\n[design]\nkind = \"saltelli\"\nsize = 3\n").unwrap();
        assert_eq!((found.part(), found.independent()), (3, vec![0, 2]));
    }
}

//! What is compared with what: designs, the futures that they meet, and the groups that answers are
//! given for.

use crate::experiment::Experiment;

/// One of the alternatives: an arm, a scenario, or a design point where there are neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    /// Its first design point within a group.
    pub design_id: u64,
    /// Its scenario.
    pub scenario: String,
    /// Its arm; empty where there are none.
    pub arm: String,
    /// Its name for people.
    pub name: String,
}

/// The designs of one scenario, or of an experiment without arms, and every future that they meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The alternatives.
    pub designs: Vec<Design>,
    /// The position of the one that the others are compared with.
    pub baseline: usize,
    /// In each future the design point of each design.
    pub futures: Vec<Vec<u64>>,
}

impl Group {
    /// Design points with those that they are compared with, and the position of their design.
    pub fn pairs(&self) -> impl Iterator<Item = (u64, u64, usize)> {
        let of_future = |points: &'_ Vec<u64>| {
            let baseline = points[self.baseline];
            let others = points.iter().copied().enumerate();
            let others = others.filter(|(at, _)| *at != self.baseline);
            let pairs: Vec<(u64, u64, usize)> = others.map(|(at, id)| (id, baseline, at)).collect();
            pairs
        };
        self.futures.iter().flat_map(of_future)
    }
}

/// The groups of an experiment; none where there is nothing to compare.
///
/// * With arms, these are the designs; each scenario is a group, and each combination of factors a
///   future.
/// * Without arms, several scenarios are the designs of one group, the first the baseline.
/// * Without either, the points of a chosen design are the designs, and there is one future.
///   Points that were sampled are no alternatives.
#[must_use]
pub fn groups(experiment: &Experiment) -> Vec<Group> {
    let (arms, scenarios) = (experiment.arms.len(), experiment.scenarios.len());
    let (crossed, points) = (experiment.crossed(), experiment.points());
    let futures = |first: u64, designs: usize| -> Vec<Vec<u64>> {
        let combinations = (0..points).step_by(usize::try_from(crossed).unwrap_or(usize::MAX));
        let ids = |start: u64| (0..designs as u64).map(move |at| start + first + at);
        combinations.map(|start| ids(start).collect()).collect()
    };
    let design = |design_id: u64, name: &str| {
        let point = experiment.point(design_id);
        Design {
            design_id,
            scenario: experiment.scenarios[point.scenario].name.clone(),
            arm: experiment.arms[point.arm].id.clone(),
            name: name.to_owned(),
        }
    };
    if arms > 1 {
        let group = |scenario: usize| {
            let first = (scenario * arms) as u64;
            let each = (first..).zip(&experiment.arms);
            let name = |arm: &str| match scenarios {
                1 => arm.to_owned(),
                _ => format!("{} · {arm}", experiment.scenarios[scenario].name),
            };
            Group {
                designs: each.map(|(id, arm)| design(id, &name(&arm.name))).collect(),
                baseline: experiment.baseline,
                futures: futures(first, arms),
            }
        };
        return (0..scenarios).map(group).collect();
    }
    if scenarios > 1 {
        let each = (0..).zip(&experiment.scenarios);
        return vec![Group {
            designs: each.map(|(id, one)| design(id, &one.name)).collect(),
            baseline: 0,
            futures: futures(0, scenarios),
        }];
    }
    if experiment.paired().is_empty() {
        return Vec::new();
    }
    vec![Group {
        designs: (0..points)
            .map(|id| design(id, &experiment.words(id)))
            .collect(),
        baseline: 0,
        futures: vec![(0..points).collect()],
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Group> {
        let scenario = crate::scenario::from_text("plan", text, &[]).unwrap();
        groups(&Experiment::of("plan", vec![scenario], None).unwrap())
    }

    const LEVELS: &str = "extends = \"trust-board\"\n[[factors]]\nid = \"rules\"\nparameter = \"forums.ground_rules\"\n";
    const ARMS: &str = "[[arms]]\nid = \"a\"\n[[arms]]\nid = \"b\"\nset.context.hierarchy = 0.9\n";

    #[test]
    fn arms_meet_every_combination() {
        let found = of(&format!("{LEVELS}levels = [0.2, 0.5, 0.8]\n{ARMS}"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].futures, [[0, 1], [2, 3], [4, 5]]);
        let pairs: Vec<_> = found[0].pairs().collect();
        assert_eq!(pairs, [(1, 0, 1), (3, 2, 1), (5, 4, 1)]);
        assert_eq!(found[0].designs[1].arm, "b");
    }

    #[test]
    fn levels_alone_are_alternatives_and_samples_are_not() {
        let found = of(&format!("{LEVELS}levels = [0.2, 0.5, 0.8]\n"));
        assert_eq!(found[0].futures, [[0, 1, 2]]);
        let sampled = format!(
            "{LEVELS}low = 0.2\nhigh = 0.8\n[design]\nkind = \"latin_hypercube\"\nsize = 4\n"
        );
        assert_eq!(of(&sampled), []);
        assert_eq!(of("extends = \"trust-board\"\n"), []);
    }

    #[test]
    fn scenarios_alone_are_alternatives_and_with_arms_they_are_groups() {
        let scenario = |name: &str, text: &str| {
            let mut scenario = crate::scenario::from_text(name, text, &[]).unwrap();
            name.clone_into(&mut scenario.name);
            scenario
        };
        let of = |text: &str| {
            let scenarios = ["one", "two"].map(|name| scenario(name, text)).to_vec();
            groups(&Experiment::of("plan", scenarios, None).unwrap())
        };
        let plain = of("extends = \"trust-board\"\n");
        assert_eq!(plain[0].futures, [[0, 1]]);
        assert_eq!(plain[0].designs[1].name, "two");
        let crossed = of(&format!("{LEVELS}levels = [0.2, 0.8]\n{ARMS}"));
        assert_eq!(crossed.len(), 2);
        assert_eq!(crossed[1].futures, [[2, 3], [6, 7]]);
        assert_eq!(crossed[1].designs[0].name, "two · a");
    }
}

//! What the arguments of `compare` name: outcomes, amounts of them, scenarios.

use crate::analysis::compare::{Good, Target};
use crate::cli::Failure;
use crate::cli::job::Job;
use crate::experiment::Experiment;
use crate::measure::RUN;
use crate::scenario::{Scenario, nearest};
use crate::store::Folder;
use std::path::Path;

/// An outcome of a run.
pub(in crate::cli) fn outcome(text: &str) -> Result<String, String> {
    let name = text.trim();
    let names = RUN.iter().map(|outcome| outcome.name);
    if names.clone().any(|known| known == name) {
        return Ok(name.to_owned());
    }
    let help = match nearest(name, names) {
        Some(meant) => format!("did you mean {meant}?"),
        None => "`describe outcomes` lists them".to_owned(),
    };
    Err(format!(
        "there is no outcome of a run called {name}; {help}"
    ))
}

/// A smallest effect of interest such as `wins=2`.
pub(in crate::cli) fn smallest(text: &str) -> Result<(String, f64), String> {
    let wrong = || {
        "an outcome and the smallest difference of it that would matter, above 0, such as wins=2"
            .to_owned()
    };
    let (name, value) = text.split_once('=').ok_or_else(wrong)?;
    let value: f64 = value.trim().parse().map_err(|_| wrong())?;
    if !(value > 0.0 && value.is_finite()) {
        return Err(wrong());
    }
    Ok((outcome(name)?, value))
}

/// A target such as `wins>=20` or `hours<=9000`.
pub(super) fn target(text: &str) -> Result<(String, Target), String> {
    let wrong =
        || "an outcome and what it should reach, such as wins>=20 or hours<=9000".to_owned();
    let (name, value, target): (_, _, fn(f64) -> Target) =
        match (text.split_once(">="), text.split_once("<=")) {
            (Some((name, value)), _) => (name, value, Target::AtLeast),
            (None, Some((name, value))) => (name, value, Target::AtMost),
            (None, None) => return Err(wrong()),
        };
    let value: f64 = value.trim().parse().map_err(|_| wrong())?;
    if !value.is_finite() {
        return Err(wrong());
    }
    let name = outcome(name)?;
    if Good::of(&name).is_none() {
        return Err(format!(
            "neither more nor less of {name} is good in itself; choose another outcome"
        ));
    }
    Ok((name, target(value)))
}

/// The experiment of several scenarios that some targets name, and how many replicates the results
/// folders among them have.
pub(super) fn scenarios(
    targets: &[String],
    sets: &[String],
    seed: Option<u64>,
) -> Result<(Experiment, Option<u64>), Failure> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut replicates: Option<u64> = None;
    let mut found: Option<(u64, &String)> = None;
    for target in targets {
        let path = Path::new(target);
        let experiment = if path.is_dir() {
            let folder = Folder::open(path)?;
            let experiment = Job::of_folder(&folder, None)?.experiment;
            let manifest = folder.manifest();
            replicates = replicates.max(Some(manifest.replicates));
            match found {
                Some((other, first)) if other != manifest.seed && seed.is_none() => {
                    return Err(Failure::Other(format!(
                        "{first} has master seed {other} and {target} has {}: runs are paired under \
                         one; say which with --seed",
                        manifest.seed
                    )));
                }
                Some(_) => {}
                None => found = Some((manifest.seed, target)),
            }
            experiment
        } else {
            Experiment::load(target, sets, seed)?
        };
        if !experiment.is_plain() {
            return Err(Failure::Other(format!(
                "{target} is an experiment of {} design points, and scenarios are compared here: \
                 name it alone to compare its designs",
                experiment.points()
            )));
        }
        scenarios.extend(
            experiment
                .scenarios
                .into_iter()
                .map(|one| match path.is_dir() {
                    true => one.with(sets),
                    false => Ok(one),
                })
                .collect::<Result<Vec<_>, _>>()?,
        );
    }
    apart(&mut scenarios);
    let names: Vec<&str> = scenarios.iter().map(|one| one.name.as_str()).collect();
    let name = names.join("-or-");
    let seed = seed.or(found.map(|(seed, _)| seed));
    Ok((Experiment::of(&name, scenarios, seed)?, replicates))
}

/// Gives scenarios of one name a number each: names tell designs apart.
fn apart(scenarios: &mut [Scenario]) {
    for at in 1..scenarios.len() {
        let (before, here) = scenarios.split_at_mut(at);
        let taken = |name: &str| before.iter().any(|one| one.name == name);
        if taken(&here[0].name) {
            let numbered = (2..).map(|number| format!("{}-{number}", here[0].name));
            let free = numbered.into_iter().find(|name| !taken(name));
            here[0].name = free.unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smallest_effects_are_amounts_of_outcomes() {
        assert_eq!(smallest("wins=2"), Ok(("wins".to_owned(), 2.0)));
        assert_eq!(smallest("trust_end = .05").unwrap().1, 0.05);
        for wrong in ["wins", "wins=", "wins=-1", "wins=0", "wins=inf", "wins=nan"] {
            assert!(smallest(wrong).unwrap_err().contains("above 0"), "{wrong}");
        }
        assert!(
            smallest("winz=2")
                .unwrap_err()
                .contains("did you mean wins?")
        );
    }

    #[test]
    fn targets_have_a_side() {
        assert_eq!(target("wins >= 20").unwrap().1, Target::AtLeast(20.0));
        assert_eq!(target("hours<=9e3").unwrap().1, Target::AtMost(9000.0));
        for wrong in ["wins", "wins=20", "wins>20", "wins>=", "wins>=nan"] {
            assert!(target(wrong).unwrap_err().contains("wins>=20"), "{wrong}");
        }
        let neither = target("shared_leadership>=0.5").unwrap_err();
        assert!(neither.contains("neither more nor less"), "{neither}");
    }

    #[test]
    fn scenarios_of_one_name_are_told_apart() {
        let one = crate::scenario::load("trust-board", &[]).unwrap();
        let mut three = vec![one.clone(), one.clone(), one];
        apart(&mut three);
        let names: Vec<&str> = three.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["trust-board", "trust-board-2", "trust-board-3"]);
    }
}

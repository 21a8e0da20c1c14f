//! What a small trial of an experiment finds out before it is run: statements that change nothing, arms
//! that are the same, outcomes that never move, states that are held to their range.
//!
//! A few short runs cannot prove that something matters; that something changes no bit of any outcome
//! is plain.

use super::{Arm, Experiment, Setups};
use crate::measure::{Keep, RUN, Record, run};
use crate::model::setup::Setup;
use crate::registry::{Choice, Entry, Kind, Role, find};
use crate::scenario::document::Value;
use crate::scenario::{Level, Scenario};

/// Most months of a trial.
const MONTHS: u32 = 60;
/// Replicates in which an outcome has to move.
const REPLICATES: u64 = 4;
/// Statements that are tried at most.
const MOST: usize = 60;
/// Values held to their range, of all that leaders have, above which something is wrong.
const HELD: f64 = 0.01;
/// Slow states of a leader that are held to a range.
const STATES: f64 = 8.0;
/// How near to the end of its range a share counts as at that end.
const EDGE: f64 = 0.01;

/// What is found, one sentence each.
#[must_use]
pub fn trial(experiment: &Experiment) -> Vec<String> {
    let scenario = &experiment.scenarios[0];
    let mut found = Vec::new();
    statements(scenario, &mut found);
    interventions(scenario, &mut found);
    factors(experiment, &mut found);
    arms(experiment, &mut found);
    outcomes(experiment, &scenario.setup, &mut found);
    found
}

/// A run, bit by bit.
fn bits(setup: &Setup) -> Vec<u64> {
    let mut setup = setup.clone();
    setup.horizon.cycles = setup.horizon.cycles.min(MONTHS);
    let keep = Keep {
        cycles: true,
        ..Keep::default()
    };
    let record = run(&setup, 1, 0, keep);
    let values = record.run.iter().chain(&record.cycles);
    values.map(|value| value.to_bits()).collect()
}

/// What the scenario's own file states and what changes nothing when it is another value.
fn statements(scenario: &Scenario, found: &mut Vec<String>) {
    let top = &scenario.document.top;
    let own = |at: &crate::scenario::source::At| at.source.name == top.at.source.name;
    let stated = top.keys.iter().filter(|(_, stated)| own(&stated.key_at));
    let tried = stated.filter_map(|(path, stated)| {
        let entry = find(path).filter(|entry| matters(entry))?;
        Some((*path, other(entry, &stated.value)?))
    });
    let before = bits(&scenario.setup);
    for (path, value) in tried.take(MOST) {
        let set = format!("{path}={value}");
        let changed = scenario.with(std::slice::from_ref(&set));
        if changed.is_ok_and(|changed| bits(&changed.setup) == before) {
            found.push(format!(
                "`{path}` changes nothing here: with {value} a run is the same to the last bit"
            ));
        }
    }
}

/// Whether a statement should change runs: not what describes, and not what judges a run afterwards.
fn matters(entry: &Entry) -> bool {
    entry.role != Role::Description && !entry.path.starts_with("horizon.")
}

/// Another value that may stand behind a key: the end of its range that is further away, or another word.
fn other(entry: &Entry, stated: &Value) -> Option<String> {
    match (entry.kind, stated) {
        (Kind::Number { low, high } | Kind::Integer { low, high }, Value::Number(value)) => {
            let end = if value - low > high - value {
                low
            } else {
                high
            };
            Some(end.to_string())
        }
        (Kind::Choice { words }, Value::Word(at)) => {
            let other = words.iter().enumerate().find(|(index, _)| index != at)?;
            Some(other.1.to_string())
        }
        _ => None,
    }
}

/// Interventions that do nothing, such as those for nobody.
fn interventions(scenario: &Scenario, found: &mut Vec<String>) {
    let setup = &scenario.setup;
    for (at, one) in setup.interventions.iter().enumerate().take(MOST) {
        if one.intensity <= 0.0 || one.at > setup.horizon.cycles.min(MONTHS) {
            continue;
        }
        let mut without = setup.clone();
        without.interventions[at].intensity = 0.0;
        if bits(&without) == bits(setup) {
            found.push(format!(
                "the intervention \"{}\" ({}) changes nothing here: is there anybody whom it is for?",
                one.id,
                one.kind.word()
            ));
        }
    }
}

/// Factors of which all extremes give the same run, in every arm.
fn factors(experiment: &Experiment, found: &mut Vec<String>) {
    let scenario = &experiment.scenarios[0];
    for factor in experiment.factors.iter().take(MOST) {
        let levels = factor.extremes();
        let same_in = |arm: &Arm| {
            let run = |level: &Level| {
                let mut changes = arm.changes.clone();
                changes.extend(factor.changes(level));
                let changed = scenario.changed(&changes).ok()?;
                Some(bits(&changed.setup))
            };
            let mut runs = levels.iter().take(MOST).filter_map(run);
            let first = runs.next();
            runs.all(|other| Some(other) == first)
        };
        if levels.len() > 1 && experiment.arms.iter().take(MOST).all(same_in) {
            found.push(format!(
                "the factor \"{}\" changes nothing here: runs at all its ends are the same to the last bit",
                factor.id
            ));
        }
    }
}

/// Arms that are the same as one before them.
fn arms(experiment: &Experiment, found: &mut Vec<String>) {
    let setups = Setups::new(experiment);
    let mut seen: Vec<(&str, Vec<u64>)> = Vec::new();
    for (design_id, arm) in (0..).zip(experiment.arms.iter().take(MOST)) {
        let Ok(setup) = setups.of(design_id) else {
            continue;
        };
        let values = bits(&setup);
        if let Some((earlier, _)) = seen.iter().find(|(_, other)| *other == values) {
            found.push(format!(
                "the arms \"{earlier}\" and \"{}\" are the same to the last bit",
                arm.id
            ));
        }
        seen.push((&arm.id, values));
    }
}

/// Outcomes that are asked for and never move, shares at the end of their range, states held to theirs.
fn outcomes(experiment: &Experiment, setup: &Setup, found: &mut Vec<String>) {
    let replicates = 0..REPLICATES;
    let keep = Keep::default();
    let records: Vec<Record> = replicates
        .map(|replicate| run(setup, 1, replicate, keep))
        .collect();
    for name in &experiment.outcomes {
        let Some(at) = RUN.iter().position(|outcome| outcome.name == name) else {
            continue;
        };
        let values: Vec<f64> = records.iter().map(|record| record.run[at]).collect();
        let first = values[0];
        let same = |value: &f64| value.to_bits() == first.to_bits();
        let near = |edge: f64| values.iter().all(|value| (value - edge).abs() < EDGE);
        let (low, high) = (RUN[at].low, RUN[at].high);
        if values.iter().all(|value| value.is_nan()) {
            found.push(format!("{name} is missing in each of {REPLICATES} runs"));
        } else if values.iter().all(same) {
            found.push(format!(
                "{name} is {first} in each of {REPLICATES} runs: nothing can be seen in it here"
            ));
        } else if RUN[at].unit == "share" && (near(low) || near(high)) {
            found.push(format!("{name} lies at the end of its range in each of {REPLICATES} runs: effects on it are cut off"));
        }
    }
    if let Some(at) = RUN.iter().position(|outcome| outcome.name == "clamped") {
        let all = setup.posts.len() as f64 * f64::from(setup.horizon.cycles) * STATES;
        let held = records.iter().map(|record| record.run[at]).sum::<f64>() / REPLICATES as f64;
        if held > HELD * all {
            found.push(format!("{held:.0} values a run had to be held to their range: parameters drive states beyond it"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::from_text;

    fn found(text: &str) -> Vec<String> {
        let text = format!("extends = \"trust-board\"\n[about]\ntitle = \"Any\"\n{text}");
        let scenario = from_text("any", &text, &[]).unwrap();
        trial(&Experiment::of("any", vec![scenario], None).unwrap())
    }

    #[track_caller]
    fn assert_says(text: &str, says: &str) {
        let found = found(text);
        assert!(found.iter().any(|one| one.contains(says)), "{found:?}");
    }

    #[test]
    fn a_sound_scenario_has_nothing_to_note() {
        let found = found("[mechanisms.trust]\ngain = 0.08\n[context]\nhierarchy = 0.5\n");
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn a_parameter_without_its_intervention_is_dead() {
        let text = "[mechanisms.leadership]\nclaim_invited = 3.0\nclaim_voice = 0.4\n";
        assert_says(
            text,
            "`mechanisms.leadership.claim_invited` changes nothing",
        );
        assert!(!found(text).iter().any(|one| one.contains("claim_voice")));
    }

    #[test]
    fn an_intervention_for_nobody_is_found() {
        let row = "[[interventions]]\nid = \"time\"\nkind = \"protected-time\"\n";
        assert_eq!(found(row), Vec::<String>::new());
        assert_says(
            &format!("{row}kinds = [\"citizen\"]\n"),
            "the intervention \"time\" (protected-time) changes nothing",
        );
    }

    #[test]
    fn factors_and_arms_that_change_nothing_are_found() {
        let text = "[experiment]\noutcomes = [\"trust_end\"]\n[design]\nkind = \"grid\"\n\
                    [[factors]]\nid = \"asked\"\nparameter = \"mechanisms.leadership.claim_invited\"\n\
                    levels = [0.0, 4.0]\n[[factors]]\nid = \"gain\"\n\
                    parameter = \"mechanisms.trust.gain\"\nlevels = [0.02, 0.1]\n\
                    [[arms]]\nid = \"a\"\n[[arms]]\nid = \"b\"\nset.context.hierarchy = 0.9\n\
                    [[arms]]\nid = \"c\"\nset.mechanisms.leadership.claim_invited = 1.0\n";
        let found = found(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("the factor \"asked\" changes nothing"));
        assert!(found[1].contains("the arms \"a\" and \"c\" are the same"));
    }

    #[test]
    fn a_factor_that_matters_in_one_arm_matters() {
        let text = "[[interventions]]\nid = \"course\"\nkind = \"leadership-programme\"\nintensity = 0.0\n\
                    [experiment]\noutcomes = [\"trust_end\"]\n[design]\nkind = \"grid\"\n\
                    [[factors]]\nid = \"forgetting\"\nparameter = \"mechanisms.renewal.skill_decay\"\n\
                    levels = [0.0, 0.05]\n[[arms]]\nid = \"none\"\n[[arms]]\nid = \"course\"\n\
                    set.interventions.course.intensity = 1.0\n";
        assert_eq!(found(text), Vec::<String>::new());
        let without_arms = text.split("[[arms]]").next().unwrap();
        let gaining = without_arms.replace("renewal.skill_decay", "trust.gain");
        assert_eq!(found(&gaining), Vec::<String>::new());
        assert_says(without_arms, "the factor \"forgetting\" changes nothing");
    }

    #[test]
    fn outcomes_that_cannot_move_are_found() {
        let text = "[experiment]\noutcomes = [\"wins\", \"first_win\", \"trust_end\"]\n\
                    [mechanisms.convening]\nbase = -20.0\n";
        assert_says(text, "wins is 0 in each of 4 runs");
        assert_says(text, "first_win is missing in each of 4 runs");
        assert_says(
            "[experiment]\noutcomes = [\"attendance\"]\n[mechanisms.convening]\nbase = 5.0\n",
            "attendance lies at the end of its range",
        );
    }
}

//! Uncertainty from a calibrated posterior: whole sets of parameters, the same in every arm.

use super::support::{all_files, file, good, results, scratch};
use commonground::experiment::Experiment;

const EXPERIMENT: &str = r#"extends = "trust-board"
[about]
title = "Two arms under what is known"
[horizon]
cycles = 6
[experiment]
replicates = 3
[[factors]]
id = "draw"
posterior = "known.csv"
draws = 4
[[arms]]
id = "organic"
[[arms]]
id = "neutral"
set.forums.chair = { kind = "neutral" }
"#;

/// Of four draws the second is due two (4 × .5) and each of the others one, whatever the seed.
const POSTERIOR: &str = "particle,weight,mechanisms.trust.gain,context.hierarchy\n\
                         3,0.25,0.05,0.2\n8,0.5,0.1,0.4\n11,0.25,0.15,0.6\n";

#[test]
fn all_arms_get_the_same_draws_and_the_folder_holds_them() {
    let folder = scratch("posterior");
    file(&folder, "known.toml", EXPERIMENT);
    let table = file(&folder, "known.csv", POSTERIOR);
    let run = ["run", "known.toml", "--out", "out"];
    good(&folder, &run);
    let made = results(&folder, "out");
    let read = |name: &str| std::fs::read_to_string(made.join(name)).unwrap();
    assert_eq!(
        read("design.csv"),
        "design_id,scenario,arm,draw\n\
         0,trust-board,organic,3\n1,trust-board,neutral,3\n\
         2,trust-board,organic,8\n3,trust-board,neutral,8\n\
         4,trust-board,organic,8\n5,trust-board,neutral,8\n\
         6,trust-board,organic,11\n7,trust-board,neutral,11\n"
            .replace("trust-board", &name_of(&folder))
    );
    for pair in ["1,0,", "3,2,", "5,4,", "7,6,"] {
        let pairs = read("pairs.csv");
        assert!(pairs.lines().any(|line| line.starts_with(pair)), "{pairs}");
    }

    // More replicates go on, and the folder needs the table no more.
    good(&folder, &[&run[..], &["--replicates", "5"]].concat());
    let before = all_files(&made);
    std::fs::remove_file(table).unwrap();
    let made = made.to_str().unwrap();
    good(&folder, &["status", made]);
    good(&folder, &["verify", made, "--sample", "4"]);
    assert_eq!(all_files(made.as_ref()), before);
}

fn name_of(folder: &std::path::Path) -> String {
    let path = folder.join("known.toml");
    let experiment = Experiment::load(path.to_str().unwrap(), &[], None).unwrap();
    experiment.scenarios[0].name.clone()
}

#[test]
fn a_draw_sets_all_its_parameters() {
    let folder = scratch("posterior-sets");
    let path = file(&folder, "known.toml", EXPERIMENT);
    file(&folder, "known.csv", POSTERIOR);
    let experiment = Experiment::load(path.to_str().unwrap(), &[], None).unwrap();
    let setup = experiment.scenario(7).unwrap();
    let stated = |path: &str| setup.document.top.value(path).cloned();
    let number = |value| Some(commonground::scenario::document::Value::Number(value));
    assert_eq!(stated("mechanisms.trust.gain"), number(0.15));
    assert_eq!(stated("context.hierarchy"), number(0.6));
}

#[test]
fn results_are_of_the_values_and_not_of_the_name_of_their_file() {
    let folder = scratch("posterior-identity");
    let identity = |name: &str, table: &str| {
        file(&folder, name, table);
        let text = EXPERIMENT.replace("known.csv", name);
        let path = file(&folder, "known.toml", &text);
        let experiment = Experiment::load(path.to_str().unwrap(), &[], None).unwrap();
        experiment.identity()
    };
    let known = identity("known.csv", POSTERIOR);
    assert_eq!(known, identity("other.csv", POSTERIOR));
    assert_eq!(
        known,
        identity("other.csv", &POSTERIOR.replace('\n', "\r\n"))
    );
    assert_ne!(
        known,
        identity("known.csv", &POSTERIOR.replace("0.15", "0.16"))
    );
}

#[test]
fn every_sort_of_design_draws() {
    let folder = scratch("posterior-designs");
    file(&folder, "known.csv", POSTERIOR);
    for (design, points) in [
        ("kind = \"grid\"", 8),
        ("kind = \"one_at_a_time\"", 10),
        ("kind = \"latin_hypercube\"\nsize = 12", 24),
        ("kind = \"sobol\"\nsize = 8", 16),
        ("kind = \"saltelli\"\nsize = 8", 48),
        ("kind = \"morris\"\nsize = 5", 20),
    ] {
        let text = format!("{EXPERIMENT}[design]\n{design}\n");
        let path = file(&folder, "known.toml", &text);
        let experiment = Experiment::load(path.to_str().unwrap(), &[], None).unwrap();
        assert_eq!(experiment.points(), points, "{design}");
        for id in 0..points {
            let level = &experiment.point(id).values[0];
            let drawn = level.as_ref().map(|level| level.cell());
            assert_eq!(drawn.is_none(), design.contains("one_at") && id < 2);
            experiment.scenario(id).unwrap();
        }
    }
}

//! Designs as files state them: how many points, and what stands at them.

use super::support::{file, scratch};
use commonground::experiment::Experiment;

const FACTORS: &str = r#"extends = "trust-board"
[about]
title = "Three factors"
[[factors]]
id = "rules"
parameter = "forums.ground_rules"
low = 0.2
high = 0.8
[[factors]]
id = "rhythm"
parameter = "forums.rhythm"
low = 1
high = 6
[[factors]]
id = "skill"
parameter = "groups.consultant.skill"
low = 0.3
high = 0.7
distribution = "triangular"
mode = 0.6
"#;

fn load(name: &str, text: &str) -> Experiment {
    let folder = scratch(&format!("design-{name}"));
    let path = file(&folder, "design.toml", text);
    Experiment::load(path.to_str().unwrap(), &[], None).unwrap_or_else(|errors| {
        panic!(
            "{}",
            commonground::scenario::render(&errors.problems, false)
        )
    })
}

#[test]
fn each_design_has_its_points_and_each_point_its_scenario() {
    let ranged = |design: &str| FACTORS.to_owned() + design;
    let steps = FACTORS.replace("high = ", "steps = 3\nhigh = ");
    let rows = FACTORS
        .lines()
        .filter(|line| {
            !line.starts_with("low")
                && !line.starts_with("high")
                && !line.starts_with("mode")
                && !line.starts_with("dist")
        })
        .collect::<Vec<_>>()
        .join("\n");
    for (name, text, points) in [
        ("grid", steps.clone(), 27),
        ("zip", steps.clone() + "[design]\nkind = \"zip\"\n", 3),
        ("one", steps + "[design]\nkind = \"one_at_a_time\"\n", 10),
        (
            "lhs",
            ranged("[design]\nkind = \"latin_hypercube\"\nsize = 12\n"),
            12,
        ),
        (
            "sobol",
            ranged("[design]\nkind = \"sobol\"\nsize = 16\n"),
            16,
        ),
        (
            "saltelli",
            ranged("[design]\nkind = \"saltelli\"\nsize = 8\n"),
            40,
        ),
        (
            "second",
            ranged("[design]\nkind = \"saltelli\"\nsize = 8\nsecond_order = true\n"),
            64,
        ),
        (
            "morris",
            ranged("[design]\nkind = \"morris\"\nsize = 5\n"),
            20,
        ),
        (
            "fraction",
            ranged("[design]\nkind = \"fractional_factorial\"\nresolution = 3\n"),
            4,
        ),
        (
            "list",
            rows + "\n[design]\nkind = \"list\"\nrows = [{ rules = 0.3 }, { rhythm = 2, skill = 0.5 }]\n",
            2,
        ),
    ] {
        let experiment = load(name, &text);
        assert_eq!(experiment.points(), points, "{name}");
        let mut seen = std::collections::BTreeSet::new();
        for id in 0..points {
            let scenario = experiment.scenario(id);
            let scenario = scenario.unwrap_or_else(|errors| panic!("{name} {id}: {errors}"));
            let setup = &scenario.setup;
            let design = setup.forums[0].design;
            assert!((0.2..=0.8).contains(&design.ground_rules) || name == "list" || name == "one");
            assert!((1..=6).contains(&design.rhythm));
            let skill = setup
                .groups
                .iter()
                .find(|group| group.id == "consultant")
                .unwrap();
            seen.insert(format!(
                "{} {} {:?}",
                design.ground_rules, design.rhythm, skill.attributes
            ));
        }
        assert!(
            seen.len() as u64 >= points.min(10) / 2,
            "{name}: {} differ",
            seen.len()
        );
    }
}

/// Every experiment of the library is sound, and its first and last design points run.
#[test]
fn every_experiment_of_the_library_runs() {
    use commonground::experiment::Setups;
    use commonground::measure::Keep;
    let names = commonground::scenario::library::experiments();
    assert!(names.len() >= 3);
    for name in names {
        let short = ["horizon.cycles=3".to_owned()];
        let experiment = Experiment::load(name, &short, None).unwrap();
        let setups = Setups::new(&experiment);
        for point in [0, experiment.points() - 1] {
            let record = setups.run(point, 0, Keep::default());
            assert!(record.is_ok(), "{name}, {point}: {record:?}");
        }
    }
}

/// A list in a table is the list in the file: the same points, the same results.
#[test]
fn a_table_is_as_good_as_rows() {
    let folder = scratch("design-table");
    let base = "extends = \"trust-board\"\n[[factors]]\nid = \"rules\"\nparameter = \"forums.ground_rules\"\n[[factors]]\nid = \"decides\"\nparameter = \"forums.rule\"\n[design]\nkind = \"list\"\n";
    let rows = base.to_owned()
        + "rows = [{ rules = 0.3, decides = \"chair\" }, { decides = \"majority\" }]\n";
    let table = base.to_owned() + "file = \"points.csv\"\n";
    file(
        &folder,
        "points.csv",
        "decides,rules\nchair,0.3\nmajority,\n",
    );
    let load = |name: &str, text: &str| {
        let path = file(&folder, name, text);
        Experiment::load(path.to_str().unwrap(), &[], None).unwrap()
    };
    let (rows, table) = (load("same.toml", &rows), load("table.toml", &table));
    for id in 0..2 {
        assert_eq!(
            rows.point(id)
                .values
                .iter()
                .map(Option::is_some)
                .collect::<Vec<_>>(),
            table
                .point(id)
                .values
                .iter()
                .map(Option::is_some)
                .collect::<Vec<_>>()
        );
        assert_eq!(
            rows.scenario(id).unwrap().setup,
            table.scenario(id).unwrap().setup
        );
    }
    assert_eq!(
        rows.identity().scenarios[0].1,
        table.identity().scenarios[0].1
    );
}

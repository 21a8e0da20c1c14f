//! Calibrations as their users run them: the program, its files, its folders.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use commonground::analysis::calibration::{Calibration, Look};
use commonground::registry::calibrations::Use;
use commonground::scenario::{self, library};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Two parameters that matter and one that does not, on the smallest roster.
const SMALL: &str = include_str!("support/calibration.toml");

fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("calibration")
        .join(name);
    if path.is_dir() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(&path).unwrap();
    fs::write(path.join("small.toml"), SMALL).unwrap();
    path
}

fn calibrate(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_commonground"))
        .args(["calibrate", "small.toml", "--no-charts"])
        .args(more)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn results(folder: &Path) -> PathBuf {
    let mut folders = fs::read_dir(folder.join("output")).unwrap();
    folders.next().unwrap().unwrap().path()
}

/// Every file but those that say when and where, by path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name == "provenance") {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

fn column(folder: &Path, table: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(folder.join(table)).unwrap();
    let at = reader
        .headers()
        .unwrap()
        .iter()
        .position(|head| head == name);
    let at = at.unwrap_or_else(|| panic!("{table} has no {name}"));
    reader
        .records()
        .map(|row| row.unwrap()[at].to_owned())
        .collect()
}

fn numbers(folder: &Path, table: &str, name: &str) -> Vec<f64> {
    column(folder, table, name)
        .iter()
        .map(|cell| cell.parse().unwrap_or(f64::NAN))
        .collect()
}

#[test]
fn what_can_be_found_is_found_and_what_does_nothing_is_screened_out() {
    let folder = scratch("found");
    let done = calibrate(&folder, &[]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let results = results(&folder);
    assert_eq!(
        column(&results, "parameters.csv", "fitted"),
        ["yes", "no", "yes"]
    );
    // A parameter of an intervention that the scenario has not moves nothing.
    let strength = numbers(&results, "screening.csv", "mu_star");
    assert!(strength[0] > 1.0 && strength[3..5].iter().all(|one| *one <= 0.0));
    let tolerance = numbers(&results, "waves.csv", "tolerance");
    assert!(tolerance.len() == 3 && tolerance.is_sorted_by(|a, b| a >= b));
    assert_eq!(
        column(&results, "targets.csv", "use"),
        ["fit", "fit", "held-out"]
    );
    let inside = numbers(&results, "targets.csv", "inside");
    assert!(inside[0] > 0.5 && inside[1] > 0.5, "{inside:?}");
    let weights = numbers(&results, "posterior.csv", "weight");
    assert!(weights.len() == 16 && (weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    let start = numbers(&results, "posterior.csv", "mechanisms.trust.start_across");
    assert!(start.iter().all(|value| (0.2..=0.8).contains(value)));
    // The standard deviation of an even prior of .2 to .8 is .6/√12.
    let weighted = |of: &dyn Fn(f64) -> f64| -> f64 {
        let each = start.iter().zip(&weights);
        each.map(|(value, weight)| weight * of(*value)).sum()
    };
    let middle = weighted(&|value| value);
    let spread = weighted(&|value| (value - middle) * (value - middle)).sqrt();
    let narrowed = numbers(&results, "parameters.csv", "narrowed")[2];
    assert!(
        (narrowed - spread * 12.0_f64.sqrt() / 0.6).abs() < 1e-9,
        "{narrowed}"
    );
    let shown = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        shown.contains("Met: 2 of 2 targets that were fitted"),
        "{shown}"
    );
    let told: Vec<String> = column(&results, "dictionary.csv", "table");
    for table in [
        "screening.csv",
        "waves.csv",
        "parameters.csv",
        "targets.csv",
        "posterior.csv",
    ] {
        assert!(told.iter().any(|one| one == table), "{table}");
    }
}

#[test]
fn threads_and_stops_change_no_byte() {
    let folder = scratch("bytes");
    assert!(
        calibrate(&folder, &["--threads", "1", "--quiet"])
            .status
            .success()
    );
    let results = results(&folder);
    let first = files(&results);
    fs::remove_dir_all(results.join("wave-2")).unwrap();
    fs::remove_dir_all(results.join("runs")).unwrap();
    fs::remove_file(results.join("posterior.csv")).unwrap();
    let chunk = fs::read_dir(results.join("wave-3").join("runs"))
        .unwrap()
        .next()
        .unwrap();
    fs::remove_file(chunk.unwrap().path()).unwrap();
    let again = calibrate(&folder, &["--threads", "2"]);
    assert!(again.status.success());
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(said.contains("16 of 16 sets are there already"), "{said}");
    assert_eq!(files(&results), first);
    // Each session tells what it computed, and not what was there.
    let sessions = fs::read_dir(results.join("provenance")).unwrap();
    let mut ran: Vec<u64> = sessions
        .map(|entry| {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            let session: serde_json::Value = serde_json::from_str(&text).unwrap();
            session["ran"].as_u64().unwrap()
        })
        .collect();
    ran.sort_unstable();
    assert!(ran.len() == 2 && ran[0] > 0 && ran[0] < ran[1], "{ran:?}");
    let other = calibrate(&folder, &["--seed", "2", "--quiet"]);
    assert!(other.status.success());
    assert_eq!(fs::read_dir(folder.join("output")).unwrap().count(), 2);
}

#[test]
fn other_verbs_say_what_it_is_for() {
    let folder = scratch("verbs");
    let say = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_commonground"));
        let done = command
            .args(arguments)
            .current_dir(&folder)
            .output()
            .unwrap();
        let text = [done.stdout, done.stderr].concat();
        (
            done.status.code(),
            String::from_utf8_lossy(&text).into_owned(),
        )
    };
    let (code, said) = say(&["run", "small.toml"]);
    assert!(
        code == Some(1) && said.contains("it is for `commonground calibrate small.toml`"),
        "{said}"
    );
    let (code, said) = say(&["calibrate", "baseline"]);
    assert!(
        code == Some(2) && said.contains("there is nothing to calibrate"),
        "{said}"
    );
    let (code, said) = say(&["check", "small.toml"]);
    assert!(
        code == Some(0)
            && said.contains("a calibration of 3 parameters (2 are fitted), 2 targets, 1 held out"),
        "{said}"
    );
    assert!(
        said.contains("160 sets of parameters of 8 runs each"),
        "{said}"
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let broken = |from: &str, to: &str, says: &str| {
        assert!(SMALL.contains(from), "{from}");
        let folder = scratch("broken");
        fs::write(folder.join("small.toml"), SMALL.replacen(from, to, 1)).unwrap();
        let path = folder.join("small.toml");
        let errors = match Calibration::load(&path.to_string_lossy(), &[], None) {
            Ok(_) => panic!("{to} is taken"),
            Err(errors) => scenario::render(&errors.problems, false),
        };
        assert!(errors.contains(says), "{to}: {errors}");
        assert!(errors.contains("small.toml:"), "{errors}");
    };
    broken("low = 0.70\nhigh = 0.80", "", "this target has no band");
    broken(
        "low = 0.70\nhigh = 0.80",
        "low = 0.9\nhigh = 0.8",
        "not above the lower one",
    );
    broken(
        "low = 0.70\nhigh = 0.80",
        "low = 0.7",
        "add tolerance = ...",
    );
    broken(
        "outcome = \"attendance\"",
        "outcome = \"atendance\"",
        "did you mean \"attendance\"?",
    );
    broken(
        "outcome = \"attendance\"",
        "outcome = \"attendance\"\nwith = [\"wins\"]",
        "no other outcome",
    );
    broken(
        "outcome = \"attendance\"",
        "outcome = \"attendance\"\nstatistic = \"correlation\"",
        "one other outcome",
    );
    broken(
        "outcome = \"attendance\"",
        "outcome = \"attendance\"\nstatistic = \"share-of-change\"",
        "add month = ... and by = ...",
    );
    broken(
        "outcome = \"attendance\"",
        "outcome = \"attendance\"\nby = 3",
        "only in: share-of-change",
    );
    broken("month = 6", "month = 7", "up to horizon.cycles, 6");
    broken(
        "arm = \"strained\"",
        "arm = \"straned\"",
        "as-it-is, strained",
    );
    broken("confidence = \"assumed\"", "confidence = \"sure\"", "read");
    broken(
        "low = -3.0\nhigh = 3.0",
        "levels = [1.0, 2.0]",
        "a prior is a range",
    );
    broken("low = -3.0", "low = -30.0", "-20");
    broken("accepted = 16", "accepted = 49", "no more than tries");
    broken(
        "[calibration]",
        "[design]\nkind = \"grid\"\n[calibration]",
        "a calibration chooses its own points",
    );
    broken(
        "id = \"trust\"",
        "id = \"coming\"",
        "a factor is called \"coming\" too",
    );
    let held = SMALL
        .replace("source = ", "use = \"held-out\"\nsource = ")
        .replacen("use = \"held-out\"\nuse", "use", 1);
    let folder = scratch("unfitted");
    fs::write(folder.join("small.toml"), held).unwrap();
    let path = folder.join("small.toml");
    let errors = Calibration::load(&path.to_string_lossy(), &[], None).unwrap_err();
    assert!(scenario::render(&errors.problems, false).contains("there is no target to fit"));
}

#[test]
fn every_calibration_of_the_library_names_its_sources_and_holds_something_out() {
    let names = library::calibrations();
    assert!(!names.is_empty());
    for name in names {
        let one = Calibration::load(name, &[], None).unwrap();
        assert!(one.search.free <= 12, "{name}");
        for used in [Use::Fit, Use::HeldOut] {
            assert!(
                one.targets.iter().any(|target| target.used == used),
                "{name}"
            );
        }
        assert!(
            one.targets.iter().all(|target| target.source.len() > 10),
            "{name}"
        );
    }
}

/// The figures of a set do not depend on which others are looked at, and the check has its own luck.
#[test]
fn the_check_sees_other_luck_and_all_targets() {
    let folder = scratch("look");
    let path = folder.join("small.toml");
    let one = Calibration::load(&path.to_string_lossy(), &[], None).unwrap();
    // Half of the band's width where the file names no tolerance.
    let tolerances: Vec<f64> = one.targets.iter().map(|target| target.tolerance).collect();
    let stated = [0.05, 0.05, 0.05];
    let near = tolerances
        .iter()
        .zip(stated)
        .all(|(one, other)| (one - other).abs() < 1e-9);
    assert!(near, "{tolerances:?}");
    let values = one.values(&[Some(0.5), None, Some(0.4)]);
    let fit = one.figures(&values, Look::Fit).unwrap();
    let check = one.figures(&values, Look::Check).unwrap();
    assert!(fit[2].is_nan() && check[2].is_finite());
    assert!((fit[0] - check[0]).abs() > 1e-9 && (fit[0] - check[0]).abs() < 0.2);
}

/// Where a file gives no prior it is the registry's range.
#[test]
fn a_parameter_without_a_range_has_that_of_the_registry() {
    let folder = scratch("registry");
    let path = folder.join("small.toml");
    let text = SMALL.replacen("low = 0.0\nhigh = 4.0\n", "", 1);
    fs::write(&path, text).unwrap();
    let one = Calibration::load(&path.to_string_lossy(), &[], None).unwrap();
    let end = |share| one.experiment.factors[1].quantile(share).unwrap().cell();
    assert_eq!([end(0.0), end(0.25), end(1.0)], ["0.0", "5.0", "20.0"]);
}

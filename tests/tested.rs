//! `test` as its users run it: worlds in which a claim is true, false, or about nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A claim about the smallest roster, over half a year.
fn claim(arms: &str, rest: &str) -> String {
    format!(
        "extends = \"trust-board\"\n[about]\ntitle = \"A claim\"\n[horizon]\ncycles = 6\n\
         [experiment]\nreplicates = 100\n[hypothesis]\nclaim = \"So it is.\"\nsource = \"assumption\"\n{rest}\n{arms}"
    )
}

/// Trust at the start of .8 in one arm and of .3 in the other.
const APART: &str = "[[arms]]\nid = \"much\"\nset.mechanisms.trust.start_across = 0.8\n\
                     [[arms]]\nid = \"little\"\nset.mechanisms.trust.start_across = 0.3\n";
/// Arms that differ in a parameter of an intervention that nobody has.
const ALIKE: &str = "[[arms]]\nid = \"much\"\nset.mechanisms.leadership.claim_invited = 4.0\n\
                     [[arms]]\nid = \"little\"\nset.mechanisms.leadership.claim_invited = 0.0\n";

fn contrast(direction: &str) -> String {
    format!(
        "form = \"contrast\"\noutcome = \"trust_end\"\ndirection = \"{direction}\"\nsmallest = 0.02\n\
         arms = [\"much\", \"little\"]"
    )
}

fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("tested")
        .join(name);
    if path.is_dir() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(path.join("claims")).unwrap();
    path
}

fn test(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_commonground"))
        .arg("test")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Cells of a column of `hypotheses.csv`, with the hypothesis and the mechanism that is off.
fn column(folder: &Path, name: &str) -> Vec<(String, String, String)> {
    let mut reader = csv::Reader::from_path(folder.join("output/hypotheses.csv")).unwrap();
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|one| one == name).unwrap();
    let (id, off, wanted) = (at("hypothesis"), at("mechanism_off"), at(name));
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| {
        (
            row[id].to_owned(),
            row[off].to_owned(),
            row[wanted].to_owned(),
        )
    })
    .collect()
}

#[test]
fn planted_worlds_have_their_verdicts() {
    let folder = scratch("planted");
    let write =
        |name: &str, text: String| fs::write(folder.join("claims").join(name), text).unwrap();
    write("true.toml", claim(APART, &contrast("higher")));
    write("false.toml", claim(APART, &contrast("lower")));
    write("nothing.toml", claim(ALIKE, &contrast("higher")));
    let factor = "[[factors]]\nid = \"start\"\nparameter = \"mechanisms.trust.start_across\"\nlevels = [0.3, 0.5, 0.8]\n";
    let trend = "form = \"trend\"\noutcome = \"trust_end\"\ndirection = \"higher\"\nsmallest = 0.02\nfactor = \"start\"";
    write("trend.toml", claim(factor, trend));
    let done = test(&folder, &["claims", "--no-mechanisms"]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let verdicts: Vec<(String, String)> = column(&folder, "verdict")
        .into_iter()
        .map(|(id, _, verdict)| (id, verdict))
        .collect();
    let expected = [
        ("false", "refuted"),
        ("nothing", "practically equivalent"),
        ("trend", "supported"),
        ("true", "supported"),
    ];
    let expected = expected.map(|(id, verdict)| (id.to_owned(), verdict.to_owned()));
    assert_eq!(verdicts, expected);
    // Plain effects are settled at the first look, of a quarter of the replicates.
    assert!(column(&folder, "n").iter().all(|(_, _, n)| n == "25"));
    let estimate = |id: &str| -> f64 {
        let all = column(&folder, "estimate");
        all.iter()
            .find(|row| row.0 == id)
            .unwrap()
            .2
            .parse()
            .unwrap()
    };
    assert!((estimate("true") + estimate("false")).abs() < 1e-12 && estimate("true") > 0.1);
    // The trend is the slope over the range of its factor.
    assert!((estimate("trend") - estimate("true")).abs() < 0.1);
    let first = fs::read(folder.join("output/hypotheses.csv")).unwrap();
    assert!(
        test(&folder, &["claims", "--no-mechanisms", "--threads", "1"])
            .status
            .success()
    );
    assert_eq!(
        fs::read(folder.join("output/hypotheses.csv")).unwrap(),
        first
    );
}

#[test]
fn each_mechanism_is_switched_off_alone() {
    let folder = scratch("mechanisms");
    fs::write(folder.join("true.toml"), claim(APART, &contrast("higher"))).unwrap();
    let done = test(&folder, &["true.toml"]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let estimates = column(&folder, "estimate");
    let off: Vec<&(String, String, String)> =
        estimates.iter().filter(|row| !row.1.is_empty()).collect();
    assert!(off.len() > 20, "{}", off.len());
    // In half a year trust at the start carries the contrast by itself, whatever else is off.
    assert!(off.iter().all(|row| row.2.parse::<f64>().unwrap() > 0.0));
}

#[test]
fn what_cannot_be_tested_is_said() {
    let folder = scratch("refused");
    let refused = |arguments: &[&str], says: &str| {
        let done = test(&folder, arguments);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && said.contains(says), "{said}");
    };
    refused(
        &["baseline"],
        "baseline claims nothing: it has no table [hypothesis]",
    );
    refused(&["claims"], "claims has no hypothesis files (*.toml)");
    refused(&["nowhere.toml"], "nowhere.toml");
}

/// Success in every run of one arm and in none of the other, with the threshold as it stands; the search
/// moves it to where the base lies between.
#[test]
fn a_base_that_cannot_be_read_is_looked_for_within_bounds() {
    let folder = scratch("base");
    let arms = "[[arms]]\nid = \"often\"\n[[arms]]\nid = \"seldom\"\nset.mechanisms.convening.base = -1.5\n";
    let odds = |search: &str| {
        format!(
            "form = \"contrast\"\noutcome = \"success\"\ndirection = \"higher\"\nsmallest = 0.4\n\
             scale = \"logit\"\narms = [\"often\", \"seldom\"]\n{search}"
        )
    };
    let bounds = "search = \"horizon.success\"\nsearch_low = 0.0\nsearch_high = 8.0\n";
    let high = |text: &str| text.replace("cycles = 6", "cycles = 24\nsuccess = 90.0");
    let write = |name: &str, search: &str| {
        let text = high(&claim(arms, &odds(search)));
        fs::write(folder.join("claims").join(name), text).unwrap();
    };
    write("asis.toml", "");
    write("moved.toml", bounds);
    let done = test(&folder, &["claims", "--no-mechanisms", "--once"]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(
        said.contains("instead of the file's, so that the base can be read"),
        "{said}"
    );
    let base = column(&folder, "base");
    let moved = column(&folder, "moved");
    assert_eq!((base[0].2.as_str(), moved[0].2.as_str()), ("0", ""));
    let share: f64 = base[1].2.parse().unwrap();
    assert!(
        share > 0.0 && moved[1].2.starts_with("horizon.success="),
        "{base:?} {moved:?}"
    );
    assert!(column(&folder, "again").iter().all(|row| row.2.is_empty()));
    // What has no log odds has no base to look for, and bounds are needed.
    let refused = |rest: &str, says: &str| {
        fs::write(folder.join("wrong.toml"), claim(arms, rest)).unwrap();
        let done = test(&folder, &["wrong.toml"]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && said.contains(says), "{said}");
    };
    refused(
        &odds("search = \"horizon.success\""),
        "between which values",
    );
    refused(
        &odds("search = \"horizon.succes\"\nsearch_low = 0.0\nsearch_high = 1.0"),
        "no parameter with a number",
    );
    let raw = contrast("higher").replace("\"much\", \"little\"", "\"often\", \"seldom\"");
    refused(&format!("{raw}\n{bounds}"), "log odds alone");
}

#[test]
fn verdicts_are_repeated_under_the_next_seed() {
    let folder = scratch("again");
    fs::write(folder.join("true.toml"), claim(APART, &contrast("higher"))).unwrap();
    let said = |arguments: &[&str]| {
        let done = test(&folder, arguments);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let both = said(&["true.toml", "--no-mechanisms"]);
    assert!(
        both.contains("Under the next master seed all 1 verdicts are the same."),
        "{both}"
    );
    assert_eq!(column(&folder, "again")[0].2, "supported");
    let once = said(&["true.toml", "--no-mechanisms", "--once"]);
    assert!(once.contains("not repeated"), "{once}");
    let second = said(&["true.toml", "--no-mechanisms", "--once", "--seed", "2"]);
    assert_eq!(column(&folder, "verdict")[0].2, "supported", "{second}");
}

/// In half a year trust at the start is trust at the end: no phase carries the effect, and no other form of the
/// model changes the verdict.
#[test]
fn a_test_in_full_goes_on_where_it_was_stopped() {
    let folder = scratch("full");
    fs::write(folder.join("true.toml"), claim(APART, &contrast("higher"))).unwrap();
    let asked = ["true.toml", "--no-mechanisms", "--once", "--full"];
    let done = test(&folder, &asked);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{told}");
    assert!(told.contains("in full: about"), "{told}");
    for words in [
        "what each phase carries",
        "one leader at a time",
        "as claimed in 100 %",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let table = fs::read_to_string(folder.join("output/hypotheses_full.csv")).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split(',').collect())
        .collect();
    let of = |what: &str| rows.iter().filter(|row| row[1] == what).collect::<Vec<_>>();
    assert!(
        of("form").len() >= 7 && of("form").iter().all(|row| row[6] == "supported"),
        "{table}"
    );
    assert_eq!(
        (of("posterior").len(), of("posterior")[0][6]),
        (1, "supported")
    );
    // What the phases carry adds up to the effect with all less that with none.
    let mut folders = fs::read_dir(folder.join("output")).unwrap();
    let steps = folders
        .find_map(|one| Some(one.unwrap().path().join("steps.csv")).filter(|path| path.exists()))
        .unwrap();
    let kept = fs::read_to_string(&steps).unwrap();
    let lines: Vec<(&str, f64)> = kept
        .lines()
        .filter(|line| line.starts_with("without "))
        .map(|line| line.split_once(';').unwrap())
        .map(|(key, value)| (key, value.parse().unwrap()))
        .collect();
    let all = lines.iter().find(|(key, _)| *key == "without ").unwrap().1;
    let none = lines.iter().max_by_key(|(key, _)| key.len()).unwrap().1;
    let sum: f64 = of("phase")
        .iter()
        .map(|row| row[3].parse::<f64>().unwrap())
        .sum();
    assert!((sum - (all - none)).abs() < 1e-9, "{sum} {all} {none}");
    assert!(sum.abs() < 0.2 * all, "{table}");
    // A stop in the middle of a line loses that line alone.
    fs::write(&steps, &kept[..kept.len() * 2 / 3]).unwrap();
    assert!(test(&folder, &asked).status.success());
    assert_eq!(
        fs::read_to_string(folder.join("output/hypotheses_full.csv")).unwrap(),
        table
    );
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let again = sorted(&fs::read_to_string(&steps).unwrap());
    assert!(sorted(&kept).iter().all(|line| again.contains(line)));
}

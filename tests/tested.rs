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

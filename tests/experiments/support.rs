//! The program, scratch folders and small experiments.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Two arms and two levels of a factor on the smallest roster: cheap, and with all that an
/// experiment has.
pub(crate) const SMALL: &str = r#"extends = "trust-board"
[about]
title = "A small experiment"
[horizon]
cycles = 6
[outcomes]
tables = ["forums"]
[experiment]
replicates = 40
[[factors]]
id = "rules"
parameter = "forums.ground_rules"
levels = [0.2, 0.8]
[[arms]]
id = "organic"
[[arms]]
id = "neutral"
set.forums.chair = { kind = "neutral" }
"#;

/// A path of this test's own, with nothing there.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("experiments")
        .join(name);
    if path.is_dir() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(&path).unwrap();
    path
}

/// A file with this text in a folder.
pub(crate) fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

/// The program at work in a folder.
pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let built = env!("CARGO_BIN_EXE_commonground").into();
    let named = std::env::var_os("COMMONGROUND_PROGRAM");
    let mut command = Command::new(named.unwrap_or(built));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("SLURM_JOB_ID")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What the program says and how it ends.
pub(crate) fn go(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

/// What the program says where all goes well.
pub(crate) fn good(folder: &Path, arguments: &[&str]) -> String {
    let output = go(folder, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The one results folder in `out`.
pub(crate) fn results(folder: &Path, out: &str) -> PathBuf {
    let mut entries = fs::read_dir(folder.join(out)).unwrap();
    let path = entries.next().unwrap().unwrap().path();
    assert!(entries.next().is_none(), "more than one folder in {out}");
    path
}

/// Every file of a folder and its bytes, without who worked on it, replays and charts.
pub(crate) fn all_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(one).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if !["provenance", "replay", "charts"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The lines of a CSV file as cells.
pub(crate) fn cells(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

/// Whether the long versions of tests are asked for.
pub(crate) fn full() -> bool {
    std::env::var_os("COMMONGROUND_FULL").is_some()
}

/// That two folders hold the same bytes; names the files that differ.
pub(crate) fn assert_same(
    found: &BTreeMap<String, Vec<u8>>,
    expected: &BTreeMap<String, Vec<u8>>,
    when: &str,
) {
    let all = found.keys().chain(expected.keys());
    let mut differ: Vec<&String> = all
        .filter(|name| found.get(*name) != expected.get(*name))
        .collect();
    differ.dedup();
    assert!(differ.is_empty(), "{when}: {differ:?}");
}

//! The scenarios that come with the program, embedded in it.

use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// Folders whose TOML files are not scenarios: calibrations, experiments, hypotheses, lessons, tables.
const OTHER_FOLDERS: &[&str] = &[
    "calibrations",
    "experiments",
    "hypotheses",
    "lessons",
    "rosters",
];

/// The names of all scenarios of the library, in order.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = paths()
        .into_iter()
        .filter(|path| {
            !OTHER_FOLDERS
                .iter()
                .any(|folder| path.starts_with(&format!("{folder}/")))
        })
        .filter_map(|path| path.strip_suffix(".toml"))
        .collect();
    names.sort_unstable();
    names
}

/// The names of all experiments of the library, such as `experiments/what-matters`, in order.
#[must_use]
pub fn experiments() -> Vec<&'static str> {
    within("experiments/")
}

/// The names of all calibrations of the library, such as `calibrations/baseline`, in order.
#[must_use]
pub fn calibrations() -> Vec<&'static str> {
    within("calibrations/")
}

/// The names of all hypotheses of the library, such as `hypotheses/ag1-empowerment`, in order.
#[must_use]
pub fn hypotheses() -> Vec<&'static str> {
    within("hypotheses/")
}

/// The names of the TOML files in a folder, in order.
fn within(folder: &str) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = paths()
        .into_iter()
        .filter(|path| path.starts_with(folder))
        .filter_map(|path| path.strip_suffix(".toml"))
        .collect();
    names.sort_unstable();
    names
}

/// The text of a scenario of the library.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    file(&format!("{name}.toml")).and_then(|bytes| std::str::from_utf8(bytes).ok())
}

/// Any embedded file by its path below `scenarios/`, such as `rosters/example/roster.csv`.
#[must_use]
pub fn file(path: &str) -> Option<&'static [u8]> {
    FILES
        .get_file(Path::new(path))
        .map(include_dir::File::contents)
}

/// The paths of all embedded files below `scenarios/`, in order.
#[must_use]
pub fn paths() -> Vec<&'static str> {
    let mut paths = Vec::new();
    collect(&FILES, &mut paths);
    paths.sort_unstable();
    paths
}

fn collect(folder: &'static Dir<'static>, paths: &mut Vec<&'static str>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(below) => collect(below, paths),
            DirEntry::File(file) => paths.extend(file.path().to_str()),
        }
    }
}

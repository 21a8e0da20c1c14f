//! Every crate and font that the binary carries is listed, with its licence, in THIRD_PARTY.md.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

/// Why a file could not be read; in a test the message is all that is needed.
type Failure = Box<dyn Error>;

fn text(name: &str) -> Result<String, Failure> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// The names under `key` of a TOML table: the keys of a table, the items of a list, or none.
fn names(table: &toml::Table, key: &str) -> Vec<String> {
    match table.get(key) {
        Some(toml::Value::Table(entries)) => entries.keys().cloned().collect(),
        Some(toml::Value::Array(items)) => items
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

/// The names of all crates that the manifest's normal dependencies lead to in the lock file.
fn carried(manifest: &str, lock: &str) -> Result<BTreeSet<String>, Failure> {
    let mut waiting = names(&manifest.parse()?, "dependencies");
    let lock: toml::Table = lock.parse()?;
    let packages = lock
        .get("package")
        .and_then(toml::Value::as_array)
        .ok_or("no packages")?;
    // The lock file writes "name", or "name version" where two versions of a crate are in use.
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages.iter().filter_map(toml::Value::as_table) {
        let field = |key| {
            package
                .get(key)
                .and_then(toml::Value::as_str)
                .unwrap_or_default()
        };
        let (name, version) = (field("name"), field("version"));
        for key in [name.to_owned(), format!("{name} {version}")] {
            needs
                .entry(key)
                .or_default()
                .extend(names(package, "dependencies"));
        }
    }
    let mut seen = BTreeSet::new();
    while let Some(key) = waiting.pop() {
        let next = needs
            .get(&key)
            .ok_or_else(|| format!("Cargo.lock does not know {key}"))?;
        if seen.insert(key) {
            waiting.extend(next.iter().cloned());
        }
    }
    Ok(seen
        .iter()
        .filter_map(|key| key.split(' ').next())
        .map(str::to_owned)
        .collect())
}

/// The rows `| crate | licence |` of the page, as crate -> licence.
fn listed(page: &str) -> BTreeMap<String, String> {
    let cells = page
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    cells
        .filter_map(|row| row.split_once(" | "))
        .filter(|(name, _)| *name != "crate")
        .map(|(name, licence)| (name.to_owned(), licence.to_owned()))
        .collect()
}

/// Crates carried but not listed, and listed but not carried.
fn differences(
    carried: &BTreeSet<String>,
    listed: &BTreeMap<String, String>,
) -> (Vec<String>, Vec<String>) {
    let missing = carried
        .iter()
        .filter(|name| !listed.contains_key(*name))
        .cloned();
    let stale = listed
        .keys()
        .filter(|name| !carried.contains(*name))
        .cloned();
    (missing.collect(), stale.collect())
}

/// The file names of all fonts under `folder`, build products and version control left out.
fn fonts(folder: &Path, found: &mut Vec<String>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            if !name.starts_with('.') && name != "target" && name != "output" {
                fonts(&entry.path(), found)?;
            }
        } else if [".ttf", ".otf", ".woff", ".woff2"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            found.push(name);
        }
    }
    Ok(())
}

#[test]
fn every_crate_is_listed_and_every_listed_crate_is_used() -> Result<(), Failure> {
    let carried = carried(&text("Cargo.toml")?, &text("Cargo.lock")?)?;
    let (missing, stale) = differences(&carried, &listed(&text("THIRD_PARTY.md")?));
    assert!(
        missing.is_empty(),
        "add to THIRD_PARTY.md, with the licence: {missing:?}"
    );
    assert!(
        stale.is_empty(),
        "remove from THIRD_PARTY.md, no longer used: {stale:?}"
    );
    Ok(())
}

#[test]
fn every_font_is_listed() -> Result<(), Failure> {
    let page = text("THIRD_PARTY.md")?;
    let mut found = Vec::new();
    fonts(Path::new(env!("CARGO_MANIFEST_DIR")), &mut found)?;
    found.retain(|name| !page.contains(&format!("`{name}`")));
    assert!(
        found.is_empty(),
        "add to THIRD_PARTY.md, with the licence: {found:?}"
    );
    Ok(())
}

/// The long version: asks cargo, which may have to download manifests for other platforms.
#[test]
fn listed_licences_are_those_the_crates_declare() -> Result<(), Failure> {
    if std::env::var_os("COMMONGROUND_FULL").is_none() {
        return Ok(());
    }
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()?;
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    let listed = listed(&text("THIRD_PARTY.md")?);
    let mut wrong = Vec::new();
    for package in packages {
        let declared = package["license"]
            .as_str()
            .unwrap_or_default()
            .replace('/', " OR ");
        let name = package["name"].as_str().unwrap_or_default();
        if listed.get(name).is_some_and(|licence| *licence != declared) {
            wrong.push(format!("{name} declares {declared}"));
        }
    }
    assert!(wrong.is_empty(), "THIRD_PARTY.md says otherwise: {wrong:?}");
    Ok(())
}

#[test]
fn the_check_sees_what_is_missing_and_what_is_stale() -> Result<(), Failure> {
    let manifest = "[dependencies]\nfirst = \"1\"\n[dev-dependencies]\nonly_in_tests = \"1\"";
    let lock = r#"
        package = [
            { name = "first", version = "1.0.0", dependencies = ["second 2.0.0"] },
            { name = "second", version = "1.0.0", dependencies = ["behind_the_old_second"] },
            { name = "second", version = "2.0.0", dependencies = ["third"] },
            { name = "third", version = "1.0.0" },
            { name = "behind_the_old_second", version = "1.0.0" },
            { name = "only_in_tests", version = "1.0.0" },
        ]"#;
    let carried = carried(manifest, lock)?;
    let page = "| crate | licence |\n|---|---|\n| first | MIT |\n| second | ISC |\n| old | MIT |\n";
    let (missing, stale) = differences(&carried, &listed(page));
    assert_eq!(missing, ["third"]);
    assert_eq!(stale, ["old"]);
    Ok(())
}

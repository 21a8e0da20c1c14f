//! Computes the model hash: it names the sources of everything that can change a result, and the
//! locked versions that they use. Two programs with one model hash give the same results.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// What can change a result. Parts that do not exist are passed over.
const SOURCES: [&str; 6] = [
    "src/quantity.rs",
    "src/math.rs",
    "src/random.rs",
    "src/registry",
    "src/model",
    "src/measure",
];

/// The packages whose versions can change a result: the random number generator and what it is
/// made of. The model uses no others.
const PACKAGES: [&str; 4] = ["ppv-lite86", "rand", "rand_chacha", "rand_core"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        collect(Path::new(source), &mut files)?;
    }
    // Sorted by name with forward slashes, and without carriage returns: the same on every system.
    files.sort();
    let mut hash = blake3::Hasher::new();
    for (name, path) in files {
        part(&mut hash, &name);
        part(&mut hash, &fs::read_to_string(path)?.replace('\r', ""));
    }
    println!("cargo::rerun-if-changed=Cargo.lock");
    for package in locked(&fs::read_to_string("Cargo.lock")?) {
        part(&mut hash, &package);
    }
    println!(
        "cargo::rustc-env=COMMONGROUND_MODEL_HASH={}",
        hash.finalize().to_hex()
    );
    Ok(())
}

/// Adds a text and its length, so that no two lists of texts look alike.
fn part(hash: &mut blake3::Hasher, text: &str) {
    hash.update(&(text.len() as u64).to_le_bytes());
    hash.update(text.as_bytes());
}

/// The Rust files at or below `path`, each with its name.
fn collect(path: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<(), Box<dyn Error>> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") && path.exists() {
        let name = path.to_string_lossy().replace('\\', "/");
        files.push((name, path.to_owned()));
    }
    Ok(())
}

/// The entries of the lock file for [`PACKAGES`]: name, version, checksum.
fn locked(lock: &str) -> Vec<String> {
    let lock = lock.replace('\r', "");
    let entries = lock.split("[[package]]").filter(|entry| {
        PACKAGES
            .iter()
            .any(|name| entry.contains(&format!("\nname = \"{name}\"\n")))
    });
    let kept = ["name = ", "version = ", "checksum = "];
    entries
        .map(|entry| {
            let lines = entry
                .lines()
                .filter(|line| kept.iter().any(|key| line.starts_with(key)));
            lines.collect::<Vec<_>>().join("\n")
        })
        .collect()
}

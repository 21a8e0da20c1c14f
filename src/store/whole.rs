//! Files that are there whole or not at all.
//!
//! A file is written under a temporary name, flushed to the disk and renamed. Temporary files that
//! a killed process left behind are swept; a process that is alive holds a lock on its own.

use super::error::StoreError;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

const PREFIX: &str = ".commonground-";
const SUFFIX: &str = ".tmp";

/// Writes `bytes` to `path`, in place of what is there.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // Another process that sweeps may take a file that is not locked yet: then the rename finds
    // nothing, and the second attempt succeeds.
    for _ in 0..2 {
        let temporary = folder.join(temporary_name());
        let written = fill(&temporary, bytes);
        let renamed = written.and_then(|_lock| fs::rename(&temporary, path));
        match renamed {
            Ok(()) => return flush(folder),
            Err(cause) => {
                // Best effort: what stays is swept at the next start.
                fs::remove_file(&temporary).ok();
                if cause.kind() != ErrorKind::NotFound || !folder.is_dir() {
                    return Err(StoreError::system("write", path)(cause));
                }
            }
        }
    }
    Err(StoreError::damaged(folder, "files in it vanish"))
}

/// Writes `bytes` to `path`, unless it has them already: a file that is not touched keeps its time.
pub(super) fn update(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    match fs::read(path) {
        Ok(there) if there == bytes => Ok(()),
        _ => write(path, bytes),
    }
}

/// Copies a file into a folder, under its own name.
pub(super) fn copy_into(file: &Path, folder: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(StoreError::system("create", folder))?;
    let bytes = fs::read(file).map_err(StoreError::system("read", file))?;
    update(&folder.join(file.file_name().unwrap_or_default()), &bytes)
}

/// A new file with these bytes, on the disk and locked for as long as it is open.
fn fill(path: &Path, bytes: &[u8]) -> std::io::Result<File> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    // Where the file system has no locks, other processes leave our file alone too.
    file.lock().ok();
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(file)
}

/// Brings a folder's list of names to the disk. Only Unix has a call for this.
fn flush(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(StoreError::system("write", folder))?;
    }
    Ok(())
}

/// This computer's name, in plain letters.
pub(super) fn host() -> String {
    let named = fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = named
        .or_else(|| std::env::var("HOSTNAME").ok())
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .unwrap_or_default();
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '.';
    let name: String = named.chars().filter(plain).take(60).collect();
    if name.is_empty() {
        "unknown".into()
    } else {
        name
    }
}

fn temporary_name() -> String {
    let random = RandomState::new().hash_one(std::process::id());
    let (host, process) = (host(), std::process::id());
    format!("{PREFIX}{host}-{process}-{random:016x}{SUFFIX}")
}

/// Whether a file of this name is a temporary one of ours, whoever left it.
pub(super) fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Removes the temporary files that dead processes of this computer left in `folder`.
pub(super) fn sweep(folder: &Path) -> Result<(), StoreError> {
    let own = format!("{PREFIX}{}-", host());
    for (name, path) in files(folder)? {
        if !(name.starts_with(&own) && is_temporary(&name)) {
            continue;
        }
        let Ok(file) = OpenOptions::new().write(true).open(&path) else {
            continue;
        };
        match file.try_lock() {
            Ok(()) => remove(&path)?,
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => {}
        }
    }
    Ok(())
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            Err(StoreError::system("remove", path)(cause))
        }
        _ => Ok(()),
    }
}

/// What is in a folder, sorted by name; nothing if there is no folder.
pub(super) fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(StoreError::system("read", folder))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(StoreError::system("read", folder))?.path();
        let name = path.file_name().unwrap_or_default();
        files.push((name.to_string_lossy().into_owned(), path));
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sweep_takes_orphans_of_this_computer_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("sweep-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let orphan = folder.join(temporary_name());
        fs::write(&orphan, "half").unwrap();
        let alive = folder.join(temporary_name());
        let lock = fill(&alive, b"half").unwrap();
        let abroad = folder.join(".commonground-elsewhere-1-0000000000000000.tmp");
        fs::write(&abroad, "half").unwrap();
        let foreign = folder.join("notes.tmp");
        fs::write(&foreign, "mine").unwrap();
        sweep(&folder).unwrap();
        assert!(!orphan.exists());
        assert!(alive.exists() && abroad.exists() && foreign.exists());
        drop(lock);
        sweep(&folder).unwrap();
        assert!(!alive.exists());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_is_replaced_and_an_equal_one_is_not_touched() {
        let path = std::env::temp_dir().join(format!("whole-{}", std::process::id()));
        update(&path, b"one").unwrap();
        update(&path, b"two").unwrap();
        let time = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
        let before = time(&path);
        update(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(time(&path), before);
        fs::remove_file(path).unwrap();
    }
}

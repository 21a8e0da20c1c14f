//! When, where and by whom results were computed. The only file that two computers write
//! differently; the only place with a clock.

use super::error::StoreError;
use super::whole;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

const FILE: &str = "provenance.json";

/// One call of the program that worked on a results folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The program's version.
    pub version: String,
    /// When it started, in seconds since the start of 1970.
    pub started: u64,
    /// When it finished; none if it was killed or is still at work.
    pub finished: Option<u64>,
    /// The computer's name.
    pub host: String,
    /// The process, on that computer.
    pub process: u32,
    /// The number of threads.
    pub threads: usize,
    /// The commit that the working folder was at, if it is under version control; with `+` where
    /// files had changed since.
    pub version_control: Option<String>,
}

#[derive(Default, Serialize, Deserialize)]
struct Provenance {
    sessions: Vec<Session>,
}

impl Session {
    /// A session that starts now, on so many threads; 0 is one a processor.
    #[must_use]
    pub fn start(threads: usize) -> Self {
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads = if threads == 0 { processors() } else { threads };
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            started: now(),
            finished: None,
            host: whole::host(),
            process: std::process::id(),
            threads,
            version_control: version_control(),
        }
    }

    /// Marks the session as finished now.
    pub fn finish(&mut self) {
        self.finished = Some(now());
    }

    /// Saves it among the sessions of the folder.
    pub(super) fn save(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(FILE);
        // Sessions that cannot be read are no reason to lose results.
        let read = std::fs::read(&path).ok();
        let mut provenance: Provenance = read
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let id = |one: &Self| (one.started, one.host.clone(), one.process);
        provenance.sessions.retain(|one| id(one) != id(self));
        provenance.sessions.push(self.clone());
        let text = serde_json::to_string_pretty(&provenance)
            .map_err(|error| StoreError::damaged(&path, error))?;
        whole::write(&path, format!("{text}\n").as_bytes())
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}

fn version_control() -> Option<String> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    let commit = git(&["rev-parse", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    Some(if changed.is_empty() {
        commit
    } else {
        commit + "+"
    })
}

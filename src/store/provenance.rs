//! When, where and by whom results were computed: one small file a session, so that any number of
//! processes may work on one folder. The only files that two computers write differently; the only
//! place with a clock.

use super::error::StoreError;
use super::whole;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// The folder of the sessions.
pub(super) const FOLDER: &str = "provenance";

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
    /// Which part of the experiment was its own, as `i/n`.
    pub shard: String,
    /// The task of the cluster that it was, as `job.task`; none outside of one.
    pub task: Option<String>,
    /// How many runs it computed and kept; none if it was killed or is still at work.
    pub ran: Option<u64>,
    /// The commit that the working folder was at, if it is under version control; with `+` where
    /// files had changed since.
    pub version_control: Option<String>,
}

impl Session {
    /// A session that starts now, with its part of the experiment, on so many threads; 0 is one a
    /// processor.
    #[must_use]
    pub fn start(threads: usize, shard: &str) -> Self {
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads = if threads == 0 { processors() } else { threads };
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            started: now(),
            finished: None,
            host: whole::host(),
            process: std::process::id(),
            threads,
            shard: shard.to_owned(),
            task: task(),
            ran: None,
            version_control: version_control(),
        }
    }

    /// Marks the session as finished now, with so many runs that it kept.
    pub fn finish(&mut self, ran: u64) {
        self.finished = Some(now());
        self.ran = Some(ran);
    }

    /// Saves it among the sessions of the folder.
    pub(super) fn save(&self, folder: &Path) -> Result<(), StoreError> {
        let sessions = folder.join(FOLDER);
        fs::create_dir_all(&sessions).map_err(StoreError::system("create", &sessions))?;
        whole::sweep(&sessions)?;
        let path = sessions.join(format!(
            "{}-{}-{}.json",
            self.started, self.host, self.process
        ));
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| StoreError::damaged(&path, error))?;
        whole::write(&path, format!("{text}\n").as_bytes())
    }

    /// The sessions of a folder and their files, the oldest first. Files that are no sessions are
    /// left out.
    pub(super) fn all(folder: &Path) -> Result<Vec<(Self, std::path::PathBuf)>, StoreError> {
        let files = whole::files(&folder.join(FOLDER))?;
        let read = |path: &Path| serde_json::from_slice(&fs::read(path).ok()?).ok();
        let mut sessions: Vec<(Self, _)> = files
            .into_iter()
            .filter_map(|(_, path)| Some((read(&path)?, path)))
            .collect();
        sessions.sort_by_key(|(session, path)| (session.started, path.clone()));
        Ok(sessions)
    }

    /// Takes the sessions out of a folder.
    pub(super) fn remove_all(folder: &Path) -> Result<(), StoreError> {
        for (_, path) in Self::all(folder)? {
            whole::remove(&path)?;
        }
        // Stays where it holds files of others.
        fs::remove_dir(folder.join(FOLDER)).ok();
        Ok(())
    }
}

/// The task of a cluster that this process is, by the variables that Slurm sets.
fn task() -> Option<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let job = set("SLURM_ARRAY_JOB_ID").or_else(|| set("SLURM_JOB_ID"))?;
    Some(match set("SLURM_ARRAY_TASK_ID") {
        Some(task) => format!("{job}.{task}"),
        None => job,
    })
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

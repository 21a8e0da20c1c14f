//! What can go wrong with results on disk, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why results could not be written or read.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The system refused.
    #[error(
        "cannot {action} {}: {cause}; check the folder's permissions and free space, or choose \
         another folder with --out",
        path.display()
    )]
    System {
        /// What was tried, such as `write`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The folder has files, but no manifest of ours.
    #[error(
        "{} is not a results folder: it has files, but no manifest.json of ours; nothing was \
         changed; choose another folder with --out",
        path.display()
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds results of something else.
    #[error(
        "{} holds the results of another {what}; nothing was changed; choose another folder with \
         --out, or replace these results with --force",
        path.display()
    )]
    Another {
        /// The folder.
        path: PathBuf,
        /// What differs: model, scenario, seed.
        what: String,
    },
    /// The folder has another format.
    #[error(
        "{} was written by another version of this program; nothing was changed; use that version, \
         or choose another folder with --out",
        path.display()
    )]
    Format {
        /// The folder.
        path: PathBuf,
    },
    /// The record of the scenario is no longer what was run.
    #[error(
        "{} was changed after it was run; keep a copy under another name and run that, or replace \
         these results with --force",
        path.display()
    )]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A file of ours cannot be understood.
    #[error(
        "{} is damaged: {reason}; run the same command again to compute a damaged chunk anew, or \
         choose another folder with --out",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A column was asked for that the results do not have.
    #[error("the table {table} has no column {column}")]
    NoColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// The records of the runs do not fit the layout.
    #[error("the records of the runs do not fit the table {table}: {reason}")]
    Misfit {
        /// The table.
        table: String,
        /// What does not fit.
        reason: String,
    },
}

impl StoreError {
    /// For `map_err`: the system refused `action` on `path`.
    pub(crate) fn system(
        action: &'static str,
        path: &Path,
    ) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |cause| Self::System {
            action,
            path,
            cause,
        }
    }

    /// A file of ours cannot be understood.
    pub(crate) fn damaged(path: &Path, reason: impl std::fmt::Display) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }
}

//! What is done when the work on a folder ends: parts are put together, chunks that longer ones
//! replace are removed, failures are listed.

use super::error::StoreError;
use super::folder::{FAILURES, Folder, by_tile};
use super::layout::{RUNS, TableInfo};
use super::provenance::{self, Session};
use super::{parquet, whole};
use std::fs;
use std::path::PathBuf;

impl Folder {
    /// Takes over the chunks of another folder of the same results that are not here; returns how
    /// many runs came. What is here stays.
    ///
    /// # Errors
    /// [`StoreError::Another`] where the other folder holds something else; else [`StoreError`].
    pub fn take_over(&self, other: &Self) -> Result<u64, StoreError> {
        let what = self.manifest.difference(&other.manifest);
        if !what.is_empty() {
            let path = other.path.clone();
            return Err(StoreError::Another { path, what });
        }
        let mut came = 0;
        let here = by_tile(self.held(RUNS)?);
        for span in other.held(RUNS)? {
            let mut held = here.get(&span.tile()).into_iter().flatten();
            let whole = |table: &TableInfo| {
                parquet::is_whole(&other.chunk(&table.name, span), &self.key.chunk(span))
            };
            if held.any(|one| one.covers(span)) || !other.manifest.tables.iter().all(whole) {
                continue;
            }
            // The runs come last, as when a chunk is written.
            for table in other.manifest.tables.iter().rev() {
                let from = other.chunk(&table.name, span);
                let bytes = fs::read(&from).map_err(StoreError::system("read", &from))?;
                whole::write(&self.chunk(&table.name, span), &bytes)?;
            }
            came += span.count();
        }
        for (_, file) in Session::all(&other.path)? {
            whole::copy_into(&file, &self.path.join(provenance::FOLDER))?;
        }
        Ok(came)
    }

    /// Removes chunks that a longer one has replaced, and saves the list of failed runs, if there
    /// are any.
    ///
    /// # Errors
    /// [`StoreError`] if a table of ours is damaged or the system refuses.
    ///
    /// # Returns
    /// How many runs failed.
    pub fn settle(&self) -> Result<u64, StoreError> {
        let tables = self.manifest.tables.iter();
        for folder in tables.map(|table| self.path.join(&table.name)) {
            whole::sweep(&folder)?;
        }
        whole::sweep(&self.path)?;
        for table in &self.manifest.tables {
            let held = by_tile(self.held(&table.name)?);
            for span in self.spans(&table.name)? {
                let mut others = held.get(&span.tile()).into_iter().flatten();
                if others.any(|other| *other != span && other.covers(span)) {
                    whole::remove(&self.chunk(&table.name, span))?;
                }
            }
        }
        let lines = self.failures()?;
        let failed = lines.len() - 1;
        if failed > 0 {
            self.save_table(FAILURES, &lines)?;
        } else {
            whole::remove(&self.path.join(FAILURES))?;
        }
        Ok(failed as u64)
    }

    /// The files of chunks that are not whole, or not what their names say.
    ///
    /// # Errors
    /// [`StoreError::System`] if the system refuses.
    pub fn damaged(&self) -> Result<Vec<PathBuf>, StoreError> {
        let mut damaged = Vec::new();
        for table in &self.manifest.tables {
            for span in self.held(&table.name)? {
                let path = self.chunk(&table.name, span);
                if !parquet::is_whole(&path, &self.key.chunk(span)) {
                    damaged.push(path);
                }
            }
        }
        Ok(damaged)
    }

    /// How many runs failed, of those that are there.
    ///
    /// # Errors
    /// [`StoreError`] if the results cannot be read.
    pub fn failed(&self) -> Result<u64, StoreError> {
        Ok(self.failures()?.len() as u64 - 1)
    }
}

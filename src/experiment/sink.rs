//! Where the results of an experiment go.

use crate::store::{Chunk, Folder, Layout, Run, Span, StoreError};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Takes the results of an experiment, chunk by chunk, from any thread and in any order.
pub trait Sink: Sync {
    /// Those of `spans` that it does not hold yet.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot tell.
    fn missing(&self, spans: Vec<Span>) -> Result<Vec<Span>, StoreError>;

    /// Takes a chunk.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot keep it; the experiment then ends.
    fn write(&self, chunk: Chunk) -> Result<(), StoreError>;

    /// Ends the experiment; returns how many of the runs that it holds have failed.
    ///
    /// # Errors
    /// [`StoreError`] if what it holds cannot be read.
    fn finish(&self) -> Result<u64, StoreError>;
}

/// Keeps results in a folder.
#[derive(Debug)]
pub struct FolderSink {
    /// The folder.
    pub folder: Folder,
    /// What the records hold.
    pub layout: Layout,
    /// Whether nobody else works on the folder: then chunks that longer ones replace are removed at
    /// the end, and the failed runs listed.
    pub whole: bool,
}

impl Sink for FolderSink {
    fn missing(&self, spans: Vec<Span>) -> Result<Vec<Span>, StoreError> {
        self.folder.missing(spans, &self.layout)
    }

    fn write(&self, chunk: Chunk) -> Result<(), StoreError> {
        self.folder.write(&chunk, &self.layout)
    }

    fn finish(&self) -> Result<u64, StoreError> {
        if self.whole {
            return self.folder.settle();
        }
        self.folder.failed()
    }
}

/// Keeps results in memory, for analyses that need no files.
#[derive(Debug, Default)]
pub struct MemorySink {
    chunks: Mutex<BTreeMap<Span, Vec<Run>>>,
}

impl MemorySink {
    /// The runs, in order, and the sink empty again.
    #[must_use]
    pub fn take(&self) -> Vec<Run> {
        let mut chunks = self.chunks.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *chunks)
            .into_values()
            .flatten()
            .collect()
    }
}

impl Sink for MemorySink {
    fn missing(&self, spans: Vec<Span>) -> Result<Vec<Span>, StoreError> {
        let chunks = self.chunks.lock().unwrap_or_else(PoisonError::into_inner);
        let held = |span: &Span| chunks.keys().any(|one| one.covers(*span));
        Ok(spans.into_iter().filter(|span| !held(span)).collect())
    }

    fn write(&self, chunk: Chunk) -> Result<(), StoreError> {
        let mut chunks = self.chunks.lock().unwrap_or_else(PoisonError::into_inner);
        chunks.retain(|one, _| !chunk.span.covers(*one));
        chunks.insert(chunk.span, chunk.runs);
        Ok(())
    }

    fn finish(&self) -> Result<u64, StoreError> {
        let chunks = self.chunks.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = chunks.values().flatten().filter(|run| run.result.is_err());
        Ok(failed.count() as u64)
    }
}

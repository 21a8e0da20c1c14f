//! A results folder.
//!
//! Only files that we made are ever replaced or removed, and they are known by their names: the
//! manifest and the files beside it, and chunks, whose names hold a hash that nothing else has.

use super::chunk::{Chunk, Span};
use super::error::StoreError;
use super::identity::{Identity, Key};
use super::layout::{CYCLES, Layout, RUNS};
use super::manifest::{self, Manifest};
use super::provenance::Session;
use super::{parquet, table, whole};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const DESIGN: &str = "design.csv";
const DICTIONARY: &str = "dictionary.csv";
pub(super) const FAILURES: &str = "failures.csv";
/// The files beside the manifest that are removed when results are replaced.
const BESIDE: &[&str] = &[
    DESIGN,
    DICTIONARY,
    FAILURES,
    "summary.csv",
    "cycles_summary.csv",
    "pairs.csv",
    "partings.csv",
    "comparison.csv",
    "comparison_pooled.csv",
    "comparison.svg",
    "comparison.png",
    "ranks.csv",
    "front.csv",
    "robustness.csv",
    "sensitivity.csv",
    "sensitivity.svg",
    "sensitivity.png",
    "convergence.csv",
    "regions.csv",
    "horizon.csv",
    "rules.csv",
    "information.csv",
    "waterfall.csv",
    "waterfall.svg",
    "waterfall.png",
    "report.html",
    "odd.md",
    "calibration.md",
    "screening.csv",
    "waves.csv",
    "parameters.csv",
    "targets.csv",
    "posterior.csv",
    "steps.csv",
    "tipping_map.csv",
    "tipping_boundaries.csv",
    "hysteresis.csv",
    "hysteresis_gaps.csv",
    "impulse.csv",
    "impulse_half_lives.csv",
];

/// What to do with results that are there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Keep them and add what is missing; refuse where they are of something else.
    Resume,
    /// Remove what we made and start again.
    Replace,
}

/// What a results folder is made ready for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The tables.
    pub layout: &'a Layout,
    /// Design points.
    pub points: u64,
    /// What makes the design longer, such as its number of base points; 0 where nothing does.
    pub size: u64,
    /// Replicates of each.
    pub replicates: u64,
}

/// A results folder of ours.
#[derive(Clone, Debug)]
pub struct Folder {
    pub(super) path: PathBuf,
    pub(super) key: Key,
    pub(super) manifest: Manifest,
}

impl Folder {
    /// Opens a results folder for reading.
    ///
    /// # Errors
    /// [`StoreError::Foreign`] where it is not one, and the other kinds where it cannot be read.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        fs::read_dir(path).map_err(StoreError::system("read", path))?;
        let manifest = Manifest::read(path)?.ok_or_else(|| foreign(path))?;
        Ok(Self {
            path: path.to_owned(),
            key: manifest.key(),
            manifest,
        })
    }

    /// Makes a folder ready for so many design points and replicates of `identity`: a new one, or
    /// one that holds some of these results already.
    ///
    /// # Errors
    /// [`StoreError`]: the folder is not ours, holds results of something else, or the system
    /// refused. Nothing was changed then, except by [`Existing::Replace`] until the system refused.
    pub fn create(
        path: &Path,
        identity: &Identity,
        asked: Asked<'_>,
        existing: Existing,
    ) -> Result<Self, StoreError> {
        fs::create_dir_all(path).map_err(StoreError::system("create", path))?;
        let mut manifest = Manifest::new(identity, asked);
        match Manifest::read(path)? {
            None if !unused(path)? => return Err(foreign(path)),
            None => {}
            Some(there) if existing == Existing::Replace => clear(path, &there)?,
            Some(there) => {
                resumable(path, &manifest, &there)?;
                manifest = manifest.extending(&there);
            }
        }
        whole::sweep(path)?;
        whole::update(&path.join(manifest::FILE), manifest.text(path)?.as_bytes())?;
        for (file, text) in identity.files() {
            whole::update(&path.join(file), text.as_bytes())?;
        }
        save_lines(
            &path.join(DICTIONARY),
            &manifest.dictionary(&asked.layout.beside),
        )?;
        for table in &manifest.tables {
            let folder = path.join(&table.name);
            fs::create_dir_all(&folder).map_err(StoreError::system("create", &folder))?;
            whole::sweep(&folder)?;
        }
        Ok(Self {
            path: path.to_owned(),
            key: manifest.key(),
            manifest,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it holds.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Saves when, where and by whom results are computed.
    ///
    /// # Errors
    /// [`StoreError::System`] if the system refuses.
    pub fn save_session(&self, session: &Session) -> Result<(), StoreError> {
        session.save(&self.path)
    }

    /// When, where and by whom the results were computed, the oldest session first.
    ///
    /// # Errors
    /// [`StoreError::System`] if the system refuses.
    pub fn sessions(&self) -> Result<Vec<Session>, StoreError> {
        let sessions = Session::all(&self.path)?.into_iter();
        Ok(sessions.map(|(session, _)| session).collect())
    }

    /// Saves a file of ours beside the manifest, such as `summary.csv`, in place of an older one.
    ///
    /// # Errors
    /// [`StoreError::System`] if the system refuses.
    pub fn save(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        whole::update(&self.path.join(name), bytes)
    }

    /// Saves a small table of ours as CSV, the names of its columns first.
    ///
    /// # Errors
    /// [`StoreError::System`] if the system refuses.
    pub fn save_table(&self, name: &str, lines: &[Vec<String>]) -> Result<(), StoreError> {
        let path = self.path.join(name);
        let folder = path.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder).map_err(StoreError::system("create", folder))?;
        save_lines(&path, lines)
    }

    /// Those of `spans` whose chunks are not there, whole and undamaged, in every table of
    /// `layout`. Damaged chunks are removed.
    ///
    /// # Errors
    /// [`StoreError::System`] if the system refuses.
    pub fn missing(&self, spans: Vec<Span>, layout: &Layout) -> Result<Vec<Span>, StoreError> {
        let there = by_tile(self.spans(RUNS)?);
        let tables = layout.infos();
        let mut missing = Vec::new();
        for span in spans {
            let mut covered = false;
            for one in there.get(&span.tile()).into_iter().flatten() {
                let mut complete = one.covers(span);
                for table in tables.iter().filter(|_| one.covers(span)) {
                    complete &= self.intact(&table.name, *one)?;
                }
                covered |= complete;
            }
            if !covered {
                missing.push(span);
            }
        }
        Ok(missing)
    }

    /// Whether a chunk's file is whole; one that is there and is not whole is removed.
    fn intact(&self, table: &str, span: Span) -> Result<bool, StoreError> {
        let path = self.chunk(table, span);
        let intact = parquet::is_whole(&path, &self.key.chunk(span));
        if !intact {
            whole::remove(&path)?;
        }
        Ok(intact)
    }

    /// Writes the files of a chunk. The table of the runs comes last: a chunk is there once its
    /// runs are.
    ///
    /// # Errors
    /// [`StoreError::Misfit`] if the records do not fit `layout`; [`StoreError::System`] if the
    /// system refuses.
    pub fn write(&self, chunk: &Chunk, layout: &Layout) -> Result<(), StoreError> {
        let tables = table::tables(chunk, layout, self.manifest.seed)?;
        let key = self.key.chunk(chunk.span);
        for (info, columns) in layout.infos().iter().zip(&tables).rev() {
            let path = self.chunk(&info.name, chunk.span);
            let bytes = parquet::encode(info, columns, &key);
            whole::write(&path, &bytes.map_err(|e| StoreError::damaged(&path, e))?)?;
        }
        Ok(())
    }

    /// In what the results here are of something else than `identity`, in words; empty if in
    /// nothing.
    #[must_use]
    pub fn difference(&self, identity: &Identity) -> String {
        let layout = Layout::default();
        let asked = Asked {
            layout: &layout,
            points: 0,
            size: 0,
            replicates: 0,
        };
        Manifest::new(identity, asked).difference(&self.manifest)
    }

    /// The chunks of a table that a reader takes: those whose runs are there too, so that no run
    /// comes twice: of chunks that overlap, the largest. In order.
    ///
    /// # Errors
    /// [`StoreError::System`] if the system refuses.
    pub fn held(&self, table: &str) -> Result<Vec<Span>, StoreError> {
        let runs = self.spans(RUNS)?;
        let mut held: Vec<Span> = Vec::new();
        for (_, mut spans) in by_tile(self.spans(table)?.intersection(&runs).copied()) {
            spans.sort_by_key(|span| (std::cmp::Reverse(span.count()), *span));
            let mut kept: Vec<Span> = Vec::new();
            for span in spans {
                if !kept.iter().any(|one| one.overlaps(span)) {
                    kept.push(span);
                }
            }
            kept.sort_unstable();
            held.extend(kept);
        }
        Ok(held)
    }

    /// The chunks of a table, by the names of their files.
    pub(super) fn spans(&self, table: &str) -> Result<BTreeSet<Span>, StoreError> {
        let files = whole::files(&self.path.join(table))?;
        Ok(files
            .iter()
            .filter_map(|(name, _)| Span::of_file(name, &self.key))
            .collect())
    }

    /// The file of a chunk.
    pub(super) fn chunk(&self, table: &str, span: Span) -> PathBuf {
        self.path.join(table).join(span.file_name(&self.key))
    }
}

/// Spans by the tile that they are a part of.
pub(super) fn by_tile(spans: impl IntoIterator<Item = Span>) -> BTreeMap<(u64, u64), Vec<Span>> {
    let mut tiles: BTreeMap<(u64, u64), Vec<Span>> = BTreeMap::new();
    for span in spans {
        tiles.entry(span.tile()).or_default().push(span);
    }
    tiles
}

fn save_lines(path: &Path, lines: &[Vec<String>]) -> Result<(), StoreError> {
    let damaged = |error: csv::Error| StoreError::damaged(path, error);
    let mut file = csv::Writer::from_writer(Vec::new());
    for line in lines {
        file.write_record(line).map_err(damaged)?;
    }
    let bytes = file
        .into_inner()
        .map_err(|error| damaged(error.into_error().into()))?;
    whole::update(path, &bytes)
}

fn foreign(path: &Path) -> StoreError {
    StoreError::Foreign {
        path: path.to_owned(),
    }
}

/// Whether there is nothing in the folder, except what another process of ours is about to write.
fn unused(path: &Path) -> Result<bool, StoreError> {
    let files = whole::files(path)?;
    Ok(files.iter().all(|(name, _)| whole::is_temporary(name)))
}

/// Refuses to resume what is of something else, or was changed.
fn resumable(path: &Path, asked: &Manifest, there: &Manifest) -> Result<(), StoreError> {
    let what = asked.difference(there);
    if !what.is_empty() {
        return Err(StoreError::Another {
            path: path.to_owned(),
            what,
        });
    }
    for scenario in &there.scenarios {
        let path = path.join(&scenario.file);
        let text = fs::read(&path);
        if text.is_ok_and(|text| *blake3::hash(&text).to_hex() != *scenario.hash) {
            return Err(StoreError::Changed { path });
        }
    }
    Ok(())
}

/// Removes what we made, except the manifest: until it is replaced it says that the rest is ours.
fn clear(path: &Path, there: &Manifest) -> Result<(), StoreError> {
    let tables = there.tables.iter().map(|table| table.name.as_str());
    // The columns of a manifest can be lost, the chunks of the two main tables still be there.
    for table in tables.chain([RUNS, CYCLES]) {
        let folder = path.join(table);
        for (name, file) in whole::files(&folder)? {
            if Span::of_file(&name, &there.key()).is_some() {
                whole::remove(&file)?;
            }
        }
        // Stays where it holds files of others.
        fs::remove_dir(&folder).ok();
    }
    let scenarios = there
        .scenarios
        .iter()
        .map(|scenario| scenario.file.as_str());
    for name in scenarios.chain(BESIDE.iter().copied()) {
        whole::remove(&path.join(name))?;
    }
    Session::remove_all(path)
}

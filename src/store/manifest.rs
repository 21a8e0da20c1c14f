//! `manifest.json`: what a results folder holds. It depends on what was asked for alone, never on
//! when, where or how it was computed.

use super::chunk::CHUNK;
use super::error::StoreError;
use super::folder::Asked;
use super::identity::{Identity, Key};
use super::layout::TableInfo;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The manifest's file name.
pub(super) const FILE: &str = "manifest.json";
const TOOL: &str = "commonground";
/// The number of the folder's format; it changes when older programs cannot read it any more.
const FORMAT: u32 = 2;

/// A resolved scenario in a results folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioFile {
    /// The scenario's name.
    pub name: String,
    /// The file, beside the manifest.
    pub file: String,
    /// The hash of the file.
    pub hash: String,
}

/// What a results folder holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `commonground`.
    pub tool: String,
    /// The program's version.
    pub version: String,
    /// The number of the folder's format.
    pub format: u32,
    /// The scenario's name.
    pub name: String,
    /// The hash of everything in the program that can change a result.
    pub model_hash: String,
    /// The resolved scenarios, by name and file.
    pub scenarios: Vec<ScenarioFile>,
    /// The hash of their texts.
    pub scenario_hash: String,
    /// The master seed.
    pub seed: u64,
    /// The largest number of design points that was asked for.
    pub design_points: u64,
    /// The largest size of the design that was asked for, where it can grow; else 0.
    pub design_size: u64,
    /// The largest number of replicates of each that was asked for.
    pub replicates: u64,
    /// Runs in a whole chunk.
    pub chunk_runs: u64,
    /// The tables and their columns.
    pub tables: Vec<TableInfo>,
}

impl Manifest {
    /// The manifest of results that were asked for.
    pub(super) fn new(identity: &Identity, asked: Asked<'_>) -> Self {
        let key = identity.key();
        let named = identity.scenarios.iter().zip(identity.files());
        let scenarios = named.map(|((name, text), (file, _))| ScenarioFile {
            name: name.clone(),
            file,
            hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
        });
        Self {
            tool: TOOL.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            format: FORMAT,
            name: identity.name.clone(),
            model_hash: key.model,
            scenarios: scenarios.collect(),
            scenario_hash: key.scenario,
            seed: key.seed,
            design_points: asked.points,
            design_size: asked.size,
            replicates: asked.replicates,
            chunk_runs: CHUNK,
            tables: asked.layout.infos(),
        }
    }

    /// The manifest in `folder`; none where there is no such file.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, StoreError> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        let bytes = std::fs::read(&path).map_err(StoreError::system("read", &path))?;
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if value.get("tool").and_then(|tool| tool.as_str()) != Some(TOOL) {
            return Err(StoreError::Foreign {
                path: folder.to_owned(),
            });
        }
        if value.get("format").and_then(|format| format.as_u64()) != Some(u64::from(FORMAT)) {
            return Err(StoreError::Format {
                path: folder.to_owned(),
            });
        }
        let manifest: Self =
            serde_json::from_value(value).map_err(|error| StoreError::damaged(&path, error))?;
        // Names of tables and scenarios become paths: no file may send us elsewhere.
        let plain = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let tables = manifest.tables.iter().map(|table| &table.name);
        let odd = tables.clone().find(|name| !plain(name));
        let files = manifest.scenarios.iter().map(|scenario| &scenario.file);
        let leads_away = |file: &&String| {
            !file.starts_with("scenario") || !file.ends_with(".toml") || file.contains(['/', '\\'])
        };
        match odd.or_else(|| files.clone().find(leads_away)) {
            Some(odd) => Err(StoreError::damaged(&path, format!("the name {odd}"))),
            None => Ok(Some(manifest)),
        }
    }

    /// The manifest after `self` was asked for where `there` is already: nothing is taken back.
    pub(super) fn extending(mut self, there: &Self) -> Self {
        self.replicates = self.replicates.max(there.replicates);
        self.design_points = self.design_points.max(there.design_points);
        self.design_size = self.design_size.max(there.design_size);
        self.name.clone_from(&there.name);
        for table in &there.tables {
            if self.table(&table.name).is_none() {
                self.tables.push(table.clone());
            }
        }
        self
    }

    /// In what `there` is of something else, in words; empty if in nothing.
    pub(super) fn difference(&self, there: &Self) -> String {
        let parts = [
            ("model", self.model_hash != there.model_hash),
            ("scenario", self.scenario_hash != there.scenario_hash),
            ("seed", self.seed != there.seed),
            ("chunk size", self.chunk_runs != there.chunk_runs),
        ];
        let differing = parts.iter().filter(|(_, differs)| *differs);
        differing
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(" and ")
    }

    /// The key from which the names of the chunks are made.
    pub(super) fn key(&self) -> Key {
        Key {
            model: self.model_hash.clone(),
            scenario: self.scenario_hash.clone(),
            seed: self.seed,
        }
    }

    /// The table of this name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&TableInfo> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The text of the file.
    pub(super) fn text(&self, folder: &Path) -> Result<String, StoreError> {
        serde_json::to_string_pretty(self)
            .map(|text| text + "\n")
            .map_err(|error| StoreError::damaged(&folder.join(FILE), error))
    }

    /// The lines of `dictionary.csv`: the meaning of every column, of the chunks and of the small
    /// tables beside them.
    pub(super) fn dictionary(&self, beside: &[TableInfo]) -> Vec<Vec<String>> {
        let head = ["table", "column", "meaning", "unit", "range", "source"];
        let mut lines = vec![head.map(str::to_owned).to_vec()];
        for table in self.tables.iter().chain(beside) {
            lines.extend(table.columns.iter().map(|column| {
                vec![
                    table.name.clone(),
                    column.name.clone(),
                    column.meaning.clone(),
                    column.unit.clone(),
                    column.range.clone(),
                    column.source.clone(),
                ]
            }));
        }
        lines
    }
}

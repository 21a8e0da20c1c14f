//! Results on disk: a folder that can be read at any moment, resumed, extended and checked.
//!
//! * [`Identity`]: what the results are of: model, resolved scenario, seed. It names the folder.
//! * [`Layout`]: which tables are kept and what their columns mean.
//! * [`Span`] and [`Chunk`]: runs are written in chunks with fixed borders, one Parquet file a
//!   table, named by a hash of what it was computed from.
//! * [`Folder`]: opens, resumes or refuses a results folder, writes chunks, reads columns back.
//! * [`Session`]: when, where and by whom; the one thing that may differ between two computers.
//!
//! Every file is written whole under a temporary name, flushed to the disk and then renamed: a
//! killed run or a power cut loses the chunks in flight and nothing else. A chunk's file tells its
//! own key and checksum, so that a damaged one is found and computed again. Several processes may
//! fill one folder: what they write has the same bytes. A clock, the number of threads and the
//! order of work can change no file but those in `provenance/`.

mod chunk;
mod compare;
mod error;
mod folder;
mod identity;
mod layout;
mod manifest;
mod parquet;
mod provenance;
mod read;
mod settle;
mod table;
mod whole;

pub use chunk::{CHUNK, Chunk, Run, Span};
pub use compare::Comparison;
pub use error::StoreError;
pub use folder::{Asked, Existing, Folder};
pub use identity::{Identity, model_hash};
pub use layout::{CYCLES, ColumnInfo, Kind, Layout, RUNS, TableInfo};
pub use manifest::{Manifest, ScenarioFile};
pub use provenance::Session;
pub use read::Block;

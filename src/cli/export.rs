//! `export DIR`: results in long format, one value a row, as CSV: for spreadsheets, ggplot2, tidy
//! tools.

use super::Failure;
use crate::analysis::long;
use crate::store::{CYCLES, Folder, RUNS};
use clap::{Args, ValueEnum};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// What to export, and where to.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A results folder
    folder: PathBuf,
    /// One row an outcome of a run, or of a run and cycle
    #[arg(long, value_enum, default_value = "runs")]
    table: Exported,
    /// Outcomes to export, parted by commas [default: all]
    #[arg(long, value_delimiter = ',')]
    outcomes: Vec<String>,
    /// The file to write, which must not be there yet [default: to the screen]
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Exported {
    /// Outcomes of runs
    Runs,
    /// Outcomes of runs, cycle by cycle
    Cycles,
}

pub(crate) fn export(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = Folder::open(&arguments.folder)?;
    let table = match arguments.table {
        Exported::Runs => RUNS,
        Exported::Cycles => CYCLES,
    };
    let refused = |error: std::io::Error| Failure::Other(format!("cannot write: {error}"));
    let mut out: Box<dyn Write> = match &arguments.out {
        None => Box::new(std::io::stdout().lock()),
        Some(path) => {
            let file = File::create_new(path).map_err(|error| {
                Failure::Other(format!(
                    "cannot write {}: {error}; nothing was changed; name another file with --out",
                    path.display()
                ))
            })?;
            Box::new(BufWriter::new(file))
        }
    };
    match long::write(&folder, table, &arguments.outcomes, &mut out)? {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(refused(error)),
    }
}

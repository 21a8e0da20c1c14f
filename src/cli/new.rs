//! `new NAME`: a commented scenario to start from.

use super::{Failure, say};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// What to write, and where.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Name of the scenario: letters, digits, - and _
    name: String,
    /// Folder to write it to
    #[arg(long, default_value = ".", value_parser = super::folder)]
    out: PathBuf,
}

/// The program as its user called it.
fn called() -> String {
    let name = std::env::args().next();
    name.filter(|name| !name.is_empty())
        .unwrap_or_else(|| "commonground".to_owned())
}

pub(crate) fn new(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let name = arguments
        .name
        .strip_suffix(".toml")
        .unwrap_or(&arguments.name);
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Failure::Other(format!(
            "`{name}` cannot be the name of a scenario: use letters, digits, - and _, such as my-system"
        )));
    }
    let path = arguments.out.join(format!("{name}.toml"));
    let mut file = std::fs::File::create_new(&path).map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                "there is such a file already; choose another name".to_owned()
            }
            std::io::ErrorKind::NotFound => {
                "there is no such folder; make it first or leave out --out".to_owned()
            }
            _ => error.to_string(),
        };
        Failure::Other(format!("cannot write {}: {why}", path.display()))
    })?;
    std::io::Write::write_all(&mut file, crate::scenario::new(name).as_bytes())
        .map_err(|error| Failure::Other(format!("cannot write {}: {error}", path.display())))?;
    let program = called();
    say(&format!(
        "{} is written. Change what you like, then:\n  {program} check {0}\n  {program} run {0}",
        path.display()
    ));
    Ok(ExitCode::SUCCESS)
}

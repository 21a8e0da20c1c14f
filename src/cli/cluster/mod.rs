//! `cluster slurm FILE` and `cluster dask FILE`: a folder with everything that a cluster needs to do
//! an experiment in parts. Nobody hand-writes a scheduler.

use super::job::{Job, REPLICATES};
use super::run::whole;
use super::{Failure, say};
use crate::experiment::{Experiment, Plan, Shard};
use clap::{Args, Subcommand};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Tasks for each that runs at a time: a short task loses less when its node does.
const TASKS_A_NODE: u64 = 4;

/// Which kind of cluster.
#[derive(Debug, Subcommand)]
pub(crate) enum Arguments {
    /// An array job, a merge step and a README for Slurm
    Slurm(Slurm),
    /// A driver and a README for Dask
    Dask(Cluster),
}

/// A Slurm cluster.
#[derive(Debug, Args)]
pub(crate) struct Slurm {
    #[command(flatten)]
    cluster: Cluster,
    /// The most time that a task may take, as Slurm writes it
    #[arg(long, default_value = "01:00:00", value_parser = time)]
    time: String,
}

/// What is done, and on how many nodes.
#[derive(Debug, Args)]
pub(crate) struct Cluster {
    /// An experiment or scenario file, or a name of the library
    file: String,
    /// Tasks that run at a time
    #[arg(long, default_value_t = 2, value_parser = |text: &str| whole(text, 1, 10_000))]
    nodes: u64,
    /// Processors of each task
    #[arg(long, default_value_t = 1, value_parser = |text: &str| whole(text, 1, 1024))]
    cpus: u64,
    /// Tasks in all [default: four for each that runs at a time]
    #[arg(long, value_parser = |text: &str| whole(text, 1, 100_000))]
    tasks: Option<u64>,
    /// Replicates [default: the file's, or 200]
    #[arg(long, value_parser = |text: &str| whole(text, 1, 10_000_000))]
    replicates: Option<u64>,
    /// Master seed [default: the file's, or 1]
    #[arg(long, value_parser = |text: &str| whole(text, 0, u64::MAX))]
    seed: Option<u64>,
    /// The folder to write, which must not be there yet
    #[arg(long, value_parser = super::folder)]
    out: Option<PathBuf>,
}

/// A time as Slurm writes it, which goes into a script as it is.
fn time(text: &str) -> Result<String, String> {
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || c == ':' || c == '-');
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    (plain && digits && text.len() <= 20)
        .then(|| text.to_owned())
        .ok_or_else(|| "minutes, hours:minutes:seconds or days-hours, such as 02:30:00".to_owned())
}

pub(crate) fn cluster(arguments: &Arguments) -> Result<ExitCode, Failure> {
    match arguments {
        Arguments::Slurm(slurm) => {
            let files = [
                ("array.sh", include_str!("array.sh")),
                ("merge.sh", include_str!("merge.sh")),
                ("submit.sh", include_str!("submit.sh")),
                ("README.md", include_str!("slurm.md")),
            ];
            write(&slurm.cluster, ("slurm", &slurm.time), &files)
        }
        Arguments::Dask(cluster) => {
            let files = [
                ("run_dask.py", include_str!("dask.py")),
                ("README.md", include_str!("dask.md")),
            ];
            write(cluster, ("dask", ""), &files)
        }
    }
}

fn write(
    cluster: &Cluster,
    (kind, time): (&str, &str),
    files: &[(&str, &str)],
) -> Result<ExitCode, Failure> {
    let experiment = Experiment::load(&cluster.file, &[], cluster.seed)?;
    let replicates = cluster.replicates.or(experiment.replicates);
    let replicates = replicates.unwrap_or(REPLICATES);
    let job = Job::new(experiment, false);
    let plan = Plan {
        points: job.experiment.points(),
        replicates,
        shard: Shard::WHOLE,
        threads: 1,
        fail_fast: false,
    };
    let chunks = plan.spans().len() as u64;
    let tasks = cluster.tasks.unwrap_or(cluster.nodes * TASKS_A_NODE);
    let tasks = tasks.clamp(1, chunks.max(1));
    let named = format!("{}-{kind}", job.experiment.name);
    let folder = cluster.out.clone().unwrap_or_else(|| PathBuf::from(named));
    let made = fs::create_dir_all(folder.parent().unwrap_or(Path::new("")))
        .and_then(|()| fs::create_dir(&folder))
        .and_then(|()| fs::create_dir(folder.join("logs")))
        .and_then(|()| folder.canonicalize());
    let refused = |error: std::io::Error| {
        Failure::Other(format!(
            "cannot make {}: {error}; nothing was changed; name another folder with --out",
            folder.display()
        ))
    };
    let folder = made.map_err(refused)?;
    let program = std::env::current_exe().map_err(refused)?;
    let run = [
        located(&cluster.file)?,
        "--replicates".to_owned(),
        replicates.to_string(),
        "--seed".to_owned(),
        job.experiment.seed.to_string(),
    ];
    let shell: Vec<String> = run.iter().map(|word| quoted(word)).collect();
    let fill = |text: &str| {
        [
            ("@NAME@", plain(&job.experiment.name)),
            ("@TASKS@", tasks.to_string()),
            ("@NODES@", cluster.nodes.to_string()),
            ("@CPUS@", cluster.cpus.to_string()),
            ("@TIME@", time.to_owned()),
            (
                "@FOLDER@",
                folder.display().to_string().replace('\'', "'\\''"),
            ),
            (
                "@PROGRAM@",
                program.display().to_string().replace('\'', "'\\''"),
            ),
            (
                "@PROGRAM_QUOTED@",
                format!("{:?}", program.display().to_string()),
            ),
            ("@RUN@", shell.join(" ")),
            ("@RUN_LIST@", format!("{run:?}")),
            ("@RESULTS@", job.identity().folder_name()),
            ("@RUNS@", plan.points.saturating_mul(replicates).to_string()),
        ]
        .iter()
        .fold(text.to_owned(), |text, (mark, word)| {
            text.replace(mark, word)
        })
    };
    for (name, text) in files {
        fs::write(folder.join(name), fill(text)).map_err(refused)?;
    }
    say(&format!(
        "{}: {} runs in {tasks} parts. README.md says how to start them.",
        folder.display(),
        plan.points.saturating_mul(replicates)
    ));
    Ok(ExitCode::SUCCESS)
}

/// A file by its whole path; a name of the library as it is.
fn located(file: &str) -> Result<String, Failure> {
    let path = Path::new(file);
    if !path.is_file() {
        return Ok(file.to_owned());
    }
    let found = path.canonicalize();
    let found = found.map_err(|error| Failure::Other(format!("cannot find {file}: {error}")))?;
    Ok(found.display().to_string())
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// A name for a job: letters, digits and dashes.
fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    name.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_into_a_script_is_plain_or_quoted() {
        assert_eq!(quoted("it's here.toml"), r"'it'\''s here.toml'");
        assert_eq!(plain("a b;c"), "a-b-c");
        for good in ["90", "02:30:00", "1-12:00:00"] {
            assert_eq!(time(good).as_deref(), Ok(good));
        }
        for odd in ["", "1h", "$(rm)", "-1", "1:00\n#SBATCH"] {
            assert!(time(odd).is_err(), "{odd}");
        }
    }
}

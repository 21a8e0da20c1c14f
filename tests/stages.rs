//! `tests/all` says what it does: with pretended tools it is seen to run every stage, to go on after
//! one that fails, to name what is missing and where it comes from, and to fail when it should.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the script needs of the system, besides what it looks for.
const SYSTEM: [&str; 14] = [
    "bash", "cat", "cut", "dirname", "env", "find", "getent", "grep", "head", "mkdir", "mktemp",
    "rm", "sed", "sort",
];
/// What a cluster of two hosts is made with.
const SLURM: [&str; 7] = [
    "slurmctld",
    "slurmd",
    "sbatch",
    "munged",
    "ip",
    "nsenter",
    "unshare",
];
/// A test with tools from elsewhere that only says what it was asked, and fails if `FAILS` names it.
const OUTSIDE: &str = r#"#!/usr/bin/env bash
name=${BASH_SOURCE[0]##*/}
echo "ASKED $name $*"
case " ${FAILS:-} " in *" $name "*) exit 1 ;; esac
"#;

/// A cargo that only says what it was asked, and fails at what `FAILS` names.
const CARGO: &str = r#"#!/usr/bin/env bash
here=$(dirname "${BASH_SOURCE[0]}")
case "$1 ${2:-}" in
  "--version ") exit 0 ;;
  "fmt --version" | "clippy --version") [ -e "$here/has-$1" ]; exit ;;
  "metadata "*) echo '{"target_directory":"/nowhere"}'; exit 0 ;;
esac
echo "ASKED full=${COMMONGROUND_FULL:-} program=${COMMONGROUND_PROGRAM:-} cargo $*"
if [ "$1" = run ] && [ ! -e "$here/no-manifest" ]; then
  for last; do :; done
  mkdir -p "$last/run" && : > "$last/run/manifest.json"
fi
case " ${FAILS:-} " in *" $1 "*) exit 1 ;; esac
"#;

/// A machine with some tools.
struct Machine {
    bin: PathBuf,
}

/// What a run of the script came to.
struct Ran {
    code: Option<i32>,
    said: String,
}

impl Ran {
    /// The stages, with their verdicts.
    fn verdicts(&self) -> Vec<(String, String)> {
        let table = self
            .said
            .split("== seconds per stage\n")
            .nth(1)
            .unwrap_or_default();
        let lines = table.lines().take_while(|line| !line.is_empty());
        let words = lines.map(|line| line.split_whitespace().collect::<Vec<_>>());
        words
            .filter_map(|words| match words.as_slice() {
                [_, "s", name, verdict] => Some(((*name).to_owned(), (*verdict).to_owned())),
                ["-", name, "not", "run"] => Some(((*name).to_owned(), "not run".to_owned())),
                _ => None,
            })
            .collect()
    }

    fn with(&self, verdict: &str) -> Vec<String> {
        let verdicts = self.verdicts().into_iter();
        verdicts
            .filter(|(_, one)| one == verdict)
            .map(|(name, _)| name)
            .collect()
    }
}

impl Machine {
    /// One on which everything is there.
    fn new(name: &str) -> Self {
        let bin = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("stages")
            .join(name);
        // Left over from an earlier session; where there is nothing there is nothing to remove.
        let _ = fs::remove_dir_all(&bin);
        fs::create_dir_all(&bin).unwrap();
        for tool in SYSTEM {
            let paths = std::env::var_os("PATH").unwrap();
            let found = std::env::split_paths(&paths).map(|path| path.join(tool));
            symlink(
                found.into_iter().find(|path| path.exists()).unwrap(),
                bin.join(tool),
            )
            .unwrap();
        }
        let machine = Self { bin };
        machine.tool("cargo", CARGO);
        machine.tool(
            "rustc",
            "#!/usr/bin/env bash\necho 'rustc 1.999.0 (a date)'\n",
        );
        machine.tool("cc", "#!/usr/bin/env bash\nexit 0\n");
        machine.tool("id", "#!/usr/bin/env bash\necho 0\n");
        for tool in SLURM.iter().chain(&["python3"]) {
            machine.tool(tool, "#!/usr/bin/env bash\nexit 0\n");
        }
        for folder in ["cluster", "peers"] {
            fs::create_dir_all(machine.bin.join(folder)).unwrap();
        }
        machine.tool("cluster/slurm", OUTSIDE);
        machine.tool("cluster/dask", OUTSIDE);
        machine.tool("peers/compare", OUTSIDE);
        machine.tool("has-fmt", "");
        machine.tool("has-clippy", "");
        machine
    }

    fn tool(&self, name: &str, text: &str) {
        let path = self.bin.join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn without(self, tool: &str) -> Self {
        fs::remove_file(self.bin.join(tool)).unwrap();
        self
    }

    fn run(&self, arguments: &[&str], set: &[(&str, &str)]) -> Ran {
        let mut command = Command::new(self.bin.join("bash"));
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all");
        command.arg(script).args(arguments).env_clear();
        command
            .env("PATH", &self.bin)
            .env("HOME", &self.bin)
            .env("TMPDIR", &self.bin)
            .env("SBIN", "")
            .env("CLUSTER_TESTS", self.bin.join("cluster"))
            .env("PEERS_TESTS", self.bin.join("peers"));
        command.envs(set.iter().copied());
        let ran = command.output().unwrap();
        let said = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
        let code = ran.status.code();
        Ran { code, said }
    }
}

const CI: (&str, &str) = ("CI", "true");
const STAGES: [&str; 10] = [
    "tools", "format", "lints", "tests", "docs", "main-job", "released", "slurm", "dask", "peers",
];

#[test]
fn where_everything_is_there_everything_runs() {
    let machine = Machine::new("whole");
    for set in [&[][..], &[CI], &[("COMMONGROUND_FULL", "1")]] {
        let ran = machine.run(&[], set);
        assert_eq!(ran.code, Some(0), "{}", ran.said);
        assert_eq!(ran.with("passed"), STAGES);
        assert!(ran.said.ends_with("\nPASSED\n") && !ran.said.contains("NOT RUN"));
        assert!(
            ran.said
                .contains("ASKED full= program= cargo test --locked --no-fail-fast")
        );
        assert!(
            ran.said
                .contains("ASKED full= program=/nowhere/release/commonground cargo test")
        );
        for cluster in ["slurm", "dask", "compare"] {
            let asked = format!("ASKED {cluster} /nowhere/release/commonground\n");
            assert!(ran.said.contains(&asked), "{}", ran.said);
        }
    }
    let ran = machine.run(&["--full"], &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.said);
    assert_eq!(ran.with("passed").last().unwrap(), "benchmarks");
    assert!(
        ran.said
            .contains("ASKED full=1 program= cargo test --locked --no-fail-fast")
    );
    assert_eq!(machine.run(&["--fast"], &[]).code, Some(2));
}

#[test]
fn a_stage_that_fails_stops_no_other_and_is_named() {
    let machine = Machine::new("failing");
    for (asked, failed) in [
        ("fmt", &["format"][..]),
        ("clippy", &["lints"]),
        ("test", &["tests", "released", "budgets"]),
        ("slurm", &["slurm"]),
        ("dask", &["dask"]),
        ("compare", &["peers"]),
        ("doc", &["docs"]),
        ("run", &["main-job"]),
        ("bench", &["benchmarks"]),
    ] {
        let ran = machine.run(&["--full"], &[("FAILS", asked)]);
        assert_eq!(ran.code, Some(1), "{}", ran.said);
        assert_eq!(ran.with("FAILED"), failed);
        assert_eq!(ran.with("passed").len() + failed.len(), STAGES.len() + 2);
        assert!(
            ran.said
                .ends_with(&format!("FAILED: {}\n", failed.join(" ")))
        );
    }
    machine.tool("no-manifest", "");
    assert_eq!(machine.run(&[], &[]).with("FAILED"), ["main-job"]);
}

/// What is missing is named with a way to get it, and is a failure for continuous integration alone.
#[test]
fn what_is_missing_is_named_and_fails_in_continuous_integration() {
    let needing = [
        "lints", "tests", "docs", "main-job", "released", "slurm", "dask", "peers",
    ];
    for (name, tool, missing, stages) in [
        ("no-clippy", "has-clippy", "clippy", &["lints"][..]),
        ("no-rustfmt", "has-fmt", "rustfmt", &["format"]),
        ("no-linker", "cc", "linker", &needing),
        ("no-slurm", "slurmd", "slurm", &["slurm"]),
        ("no-python", "python3", "python", &["dask", "peers"]),
    ] {
        let machine = Machine::new(name).without(tool);
        let ran = machine.run(&[], &[]);
        assert_eq!(ran.code, Some(0), "{}", ran.said);
        assert_eq!(ran.with("not run"), stages);
        assert_eq!(ran.with("passed").len() + stages.len(), STAGES.len());
        assert!(ran.said.contains(&format!("missing: {missing}\n")));
        for stage in stages {
            let line = format!("NOT RUN: {stage}, because {missing} is missing, get it by ");
            assert!(ran.said.contains(&line));
        }
        assert!(ran.said.contains("PASSED, except what could not run"));
        let ran = machine.run(&[], &[CI]);
        assert_eq!(ran.code, Some(1), "{}", ran.said);
        assert!(
            ran.said
                .contains("FAILED: (with CI=true, not run is failed)")
        );
    }
}

/// Without a recent Rust nothing can run, and that is a failure everywhere. Places where images put
/// Rust are looked at too: on such a machine there is no being without.
#[test]
fn without_a_recent_rust_nothing_runs_and_that_fails() {
    if Path::new("/usr/local/cargo/bin/cargo").exists() {
        return;
    }
    let old = Machine::new("old-rust");
    old.tool(
        "rustc",
        "#!/usr/bin/env bash\necho 'rustc 1.80.1 (a date)'\n",
    );
    for machine in [
        Machine::new("no-cargo").without("cargo").without("rustc"),
        old,
    ] {
        for set in [&[][..], &[CI]] {
            let ran = machine.run(&[], set);
            assert_eq!(ran.code, Some(1), "{}", ran.said);
            assert_eq!(ran.with("passed"), ["tools"]);
            assert_eq!(ran.with("not run"), STAGES[1..]);
            assert!(!ran.said.contains("ASKED"));
            assert!(
                ran.said
                    .contains("because rust is missing, get it by installing Rust")
            );
            assert!(ran.said.contains("or newer from https://rustup.rs"));
        }
    }
}

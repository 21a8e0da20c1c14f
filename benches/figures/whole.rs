//! The main job without its charts: what a user waits for.

use crate::timing::{quartiles, seconds};
use crate::{Figure, short};
use std::path::Path;
use std::process::Command;

const RUNS: u32 = 400;

/// Runs a second of `baseline`, 60 cycles, with all files written, by the program itself.
pub fn runs() -> Vec<Figure> {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("figures");
    let block = || {
        // Left over from the block before; the first one has nothing to remove.
        let _ = std::fs::remove_dir_all(&out);
        let mut command = Command::new(env!("CARGO_BIN_EXE_commonground"));
        command.args(["run", "baseline", "--no-charts", "--quiet", "--replicates"]);
        command.arg(RUNS.to_string()).arg("--out").arg(&out);
        let block = seconds(|| assert!(command.status().expect("the program").success()));
        f64::from(RUNS) / block
    };
    let [low, median, high] = quartiles((0..5).map(|_| block()).collect());
    vec![Figure::new(
        "runs a second of `run baseline`, 60 cycles, files written",
        short(median),
        format!(
            "quartiles {} and {}, {RUNS} runs, all threads",
            short(low),
            short(high)
        ),
    )]
}

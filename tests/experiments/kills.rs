//! SIGKILL at moments spread evenly over a whole sweep, summary and merge included: the same command
//! again gives the bytes of a sweep that was never disturbed.

use super::support::{
    SMALL, all_files, assert_same, file, full, go, good, program, results, scratch,
};
use std::path::Path;
use std::time::{Duration, Instant};

/// How often to kill.
fn moments() -> u32 {
    if full() { 100 } else { 20 }
}

/// Starts the program and kills it after this long; whether it had ended by then.
fn killed(folder: &Path, arguments: &[&str], after: Duration) -> bool {
    let mut child = program(folder, arguments).spawn().unwrap();
    std::thread::sleep(after);
    let ended = child.try_wait().unwrap().is_some();
    child.kill().ok();
    child.wait().unwrap();
    ended
}

/// Temporary files that a killed process left.
fn orphans(folder: &Path) -> usize {
    let names = all_files(folder).into_keys();
    names.filter(|name| name.ends_with(".tmp")).count()
}

/// What `status` says is there is what a reader finds, and never more than was planned.
fn status_is_true(results: &Path) {
    let path = results.to_str().unwrap();
    let output = go(results, &["status", path, "--json"]);
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let export = good(results, &["export", path, "--outcomes", "wins"]);
    assert_eq!(
        said["there"].as_u64().unwrap() as usize,
        export.lines().count() - 1
    );
    assert!(said["there"].as_u64() <= said["planned"].as_u64());
}

#[test]
fn a_killed_sweep_goes_on_to_the_same_bytes() {
    let folder = scratch("kills");
    file(
        &folder,
        "small.toml",
        &SMALL.replace("replicates = 40", "replicates = 250"),
    );
    fn run(out: &str) -> [&str; 5] {
        ["run", "small.toml", "--quiet", "--out", out]
    }
    let begun = Instant::now();
    good(&folder, &run("reference"));
    let whole = begun.elapsed();
    let reference = all_files(&results(&folder, "reference"));
    let (mut in_the_middle, mut left) = (0, 0);
    for moment in 0..moments() {
        let out = format!("killed-{moment}");
        let after = whole.mul_f64((f64::from(moment) + 0.5) / f64::from(moments()));
        let ended = killed(&folder, &run(&out), after);
        in_the_middle += u32::from(!ended);
        if folder
            .join(&out)
            .read_dir()
            .is_ok_and(|mut all| all.next().is_some())
        {
            let there = results(&folder, &out);
            left += orphans(&there);
            if there.join("manifest.json").exists() {
                status_is_true(&there);
            }
        }
        good(&folder, &run(&out));
        let there = results(&folder, &out);
        assert_same(
            &all_files(&there),
            &reference,
            &format!("killed after {after:?}"),
        );
        std::fs::remove_dir_all(folder.join(&out)).unwrap();
    }
    println!(
        "{in_the_middle} of {} killed before their end, {left} files half written",
        moments()
    );
    assert!(in_the_middle >= moments() / 2, "{in_the_middle}");
    assert!(
        left > 0 || !full(),
        "no kill fell into a file that was being written"
    );
}

#[test]
fn a_killed_merge_is_finished_by_the_next_one() {
    let folder = scratch("killed-merges");
    file(
        &folder,
        "small.toml",
        &SMALL.replace("replicates = 40", "replicates = 100"),
    );
    let run = |out: &'static str, shard: &'static str| {
        good(
            &folder,
            &[
                "run",
                "small.toml",
                "--quiet",
                "--out",
                out,
                "--shard",
                shard,
            ],
        )
    };
    run("reference", "1/1");
    let reference = all_files(&results(&folder, "reference"));
    run("second", "2/2");
    let second = results(&folder, "second");
    for moment in 0..moments() / 4 {
        run("first", "1/2");
        let first = results(&folder, "first");
        let merge = [
            "merge",
            first.to_str().unwrap(),
            second.to_str().unwrap(),
            "--quiet",
        ];
        killed(
            &folder,
            &merge,
            Duration::from_millis(3 + 9 * u64::from(moment)),
        );
        status_is_true(&first);
        good(&folder, &merge);
        assert_same(&all_files(&first), &reference, &format!("moment {moment}"));
        std::fs::remove_dir_all(folder.join("first")).unwrap();
    }
}

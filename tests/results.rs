//! Results on disk survive what happens to programs and folders: kills, cuts, other processes,
//! other people's files. The model is a fake one: what counts is what becomes of its records.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "fake.rs serves tests alone"
)]

mod results {
    pub mod fake;
}

use commonground::analysis::summary;
use commonground::experiment::{Cancel, MemorySink, Progress, Watch, run};
use commonground::measure::{Record, Values};
use commonground::store::{Asked, CYCLES, Comparison, Existing, Folder, RUNS, Run, StoreError};
use results::fake::{
    self, FAILS, PANICS, REPLICATES, all_files, complete, create, go, identity, reference, scratch,
    simulate,
};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The work of a child process: not a test of its own.
#[test]
#[ignore = "run by other tests as a child process"]
fn child() {
    let Ok(folder) = std::env::var("RESULTS_FOLDER") else {
        return;
    };
    let slow = Duration::from_millis(6);
    match go(Path::new(&folder), REPLICATES, 2, slow) {
        Ok(_) => {}
        Err(error) => println!("refused: {error}"),
    }
}

/// This program again, at work on `folder`.
fn start(folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env("RESULTS_FOLDER", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

#[test]
fn a_killed_experiment_goes_on_to_the_same_bytes() {
    let reference = reference();
    for milliseconds in [0, 20, 50, 100, 150, 200, 250, 300, 350, 400] {
        let folder = scratch(&format!("killed-{milliseconds}"));
        let mut child = start(&folder).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        if let Ok(results) = Folder::open(&folder) {
            summary::runs(&results).unwrap();
            summary::cycles(&results).unwrap();
        }
        complete(&folder, 1);
        assert_eq!(all_files(&folder), reference, "after {milliseconds} ms");
    }
}

#[test]
fn two_processes_fill_one_folder() {
    let folder = scratch("two");
    let children: Vec<_> = (0..2).map(|_| start(&folder).spawn().unwrap()).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(complete(&folder, 1).ran, 0);
    assert_eq!(all_files(&folder), reference());
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    for threads in [1, 2, 8] {
        let folder = scratch(&format!("threads-{threads}"));
        complete(&folder, threads);
        assert_eq!(all_files(&folder), reference(), "{threads} threads");
    }
}

#[test]
fn an_extended_experiment_is_the_longer_one() {
    let folder = scratch("extended");
    for replicates in [1, 60, 61] {
        let done = go(&folder, replicates, 2, Duration::ZERO).unwrap();
        assert_eq!(done.there + done.ran, replicates);
    }
    let done = complete(&folder, 2);
    assert_eq!((done.there, done.ran), (32, REPLICATES - 32));
    assert_eq!(all_files(&folder), reference());
    let fewer = go(&folder, 60, 2, Duration::ZERO).unwrap();
    assert_eq!((fewer.there, fewer.ran), (60, 0));
    assert_eq!(all_files(&folder), reference());
}

#[test]
fn a_stopped_experiment_keeps_every_run_that_ended() {
    struct Stop(Cancel, AtomicU64);
    impl Progress for Stop {
        fn start(&self, _planned: u64, _there: u64) {}
        fn run(&self, _failed: bool) {
            if self.1.fetch_add(1, Ordering::Relaxed) == 40 {
                self.0.cancel();
            }
        }
    }
    let path = scratch("stopped");
    let sink = create(&path, REPLICATES, Existing::Resume).unwrap();
    let stop = Stop(Cancel::default(), AtomicU64::new(0));
    let watch = Watch {
        progress: &stop,
        cancel: &stop.0,
    };
    let plan = fake::plan(REPLICATES, 2);
    let done = run(plan, &simulate(Duration::ZERO), &sink, watch).unwrap();
    assert!(done.cancelled && (41..=42).contains(&done.ran), "{done:?}");
    let rows = summary::runs(&sink.folder).unwrap();
    assert!(
        rows.iter()
            .all(|r| r.summary.n + r.summary.missing == done.ran)
    );
    complete(&path, 2);
    assert_eq!(all_files(&path), reference());
}

#[test]
fn damaged_and_lost_chunks_are_computed_again() {
    let folder = scratch("damaged");
    complete(&folder, 2);
    let chunk = |table: &str, at: usize| {
        let files = fs::read_dir(folder.join(table)).unwrap();
        let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        files[at].clone()
    };
    let cut = chunk(CYCLES, 0);
    let bytes = fs::read(&cut).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let changed = chunk(RUNS, 2);
    let mut bytes = fs::read(&changed).unwrap();
    bytes[40] ^= 1;
    fs::write(&changed, bytes).unwrap();
    fs::remove_file(chunk("leaders", 3)).unwrap();
    let done = complete(&folder, 2);
    // Chunks of replicate 0, of 2 and 3, of 4 to 7.
    assert_eq!(done.ran, 7);
    assert_eq!(all_files(&folder), reference());
}

#[test]
fn a_value_that_differs_in_its_last_bit_is_found() {
    type Change = fn(&mut Record);
    let path = scratch("compared");
    complete(&path, 2);
    let folder = Folder::open(&path).unwrap();
    let span = folder.holding(0, 5).unwrap().unwrap();
    let compare = |change: Change| {
        let mut record = simulate(Duration::ZERO)(0, 5).unwrap();
        change(&mut record);
        let run = Run {
            design_id: 0,
            replicate: 5,
            result: Ok(record),
        };
        folder.compare(&run, span, &fake::layout()).unwrap()
    };
    assert_eq!(compare(|_| ()), Comparison::Same);
    let differs: [(Change, &str, &str); 3] = [
        (|r| r.run[0] *= 1.0 + f64::EPSILON, RUNS, "value"),
        (|r| r.cycles[23] *= 1.0 + f64::EPSILON, CYCLES, "voice"),
        (
            |r| r.tables[0].columns[1].values = Values::Integer(vec![41, -1]),
            "leaders",
            "age",
        ),
    ];
    for (change, table, column) in differs {
        let found = compare(change);
        let (table, column) = (table.to_owned(), column.to_owned());
        assert_eq!(found, Comparison::Different { table, column });
    }
}

#[test]
fn runs_that_are_there_twice_are_taken_once() {
    let (short, long) = (scratch("short"), scratch("long"));
    go(&short, 60, 2, Duration::ZERO).unwrap();
    complete(&long, 2);
    let (part, whole) = (Folder::open(&short).unwrap(), Folder::open(&long).unwrap());
    assert_eq!(whole.take_over(&part).unwrap(), 0);
    assert_eq!(all_files(&long), reference());
    // As after a kill between the longer chunk and the removal of the shorter one.
    for table in [RUNS, CYCLES, "leaders"] {
        for file in fs::read_dir(short.join(table)).unwrap() {
            let file = file.unwrap();
            let there = long.join(table).join(file.file_name());
            if !there.exists() {
                fs::copy(file.path(), there).unwrap();
            }
        }
    }
    assert!(all_files(&long).len() > reference().len());
    let rows = summary::runs(&whole).unwrap();
    assert!(
        rows.iter()
            .all(|row| row.summary.n + row.summary.missing == REPLICATES)
    );
    complete(&long, 2);
    assert_eq!(all_files(&long), reference());
}

#[test]
fn what_others_made_is_never_touched() {
    let foreign = scratch("foreign");
    fs::create_dir_all(&foreign).unwrap();
    fs::write(foreign.join("thesis.txt"), "years of work").unwrap();
    for existing in [Existing::Resume, Existing::Replace] {
        let refused = create(&foreign, 1, existing).err();
        assert!(matches!(refused, Some(StoreError::Foreign { .. })));
    }
    assert_eq!(all_files(&foreign).len(), 1);

    let mixed = scratch("mixed");
    complete(&mixed, 2);
    for name in [
        "notes.txt",
        "runs/mine.parquet",
        "runs/.hidden",
        "charts-of-mine.svg",
    ] {
        fs::write(mixed.join(name), "mine").unwrap();
    }
    let with_notes = all_files(&mixed);
    complete(&mixed, 2);
    assert_eq!(all_files(&mixed), with_notes);
    create(&mixed, REPLICATES, Existing::Replace).unwrap();
    assert!(mixed.join("runs/mine.parquet").exists());
    assert!(!mixed.join("summary.csv").exists());
    assert_eq!(complete(&mixed, 2).ran, REPLICATES);
    assert_eq!(all_files(&mixed), with_notes);
}

#[test]
fn results_of_something_else_are_refused_until_forced() {
    let path = scratch("another");
    complete(&path, 2);
    let before = all_files(&path);
    let mut other = identity();
    other.seed += 1;
    other.model.push('0');
    let layout = fake::layout();
    let asked = Asked {
        layout: &layout,
        points: 1,
        size: 0,
        replicates: 10,
    };
    let refused = Folder::create(&path, &other, asked, Existing::Resume).unwrap_err();
    assert!(
        refused.to_string().contains("another model and seed"),
        "{refused}"
    );
    assert_eq!(all_files(&path), before);
    let replaced = Folder::create(&path, &other, asked, Existing::Replace).unwrap();
    assert_eq!(replaced.manifest().replicates, 10);
    assert!(replaced.held(RUNS).unwrap().is_empty());
    assert_eq!(all_files(&path).len(), 3);

    let edited = scratch("edited");
    complete(&edited, 2);
    fs::write(edited.join("scenario.toml"), "edited = true").unwrap();
    let refused = create(&edited, 1, Existing::Resume).err();
    assert!(matches!(refused, Some(StoreError::Changed { .. })));
}

#[test]
fn a_manifest_that_is_odd_is_an_error() {
    let path = scratch("odd");
    complete(&path, 2);
    let manifest = path.join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let refused = |text: &str| {
        fs::write(&manifest, text).unwrap();
        Folder::open(&path).unwrap_err()
    };
    assert!(matches!(refused("{}"), StoreError::Foreign { .. }));
    assert!(matches!(refused("[1, "), StoreError::Foreign { .. }));
    let later = text.replace("\"format\": 2", "\"format\": 3");
    assert!(matches!(refused(&later), StoreError::Format { .. }));
    let outside = text.replace("\"leaders\"", "\"../leaders\"");
    assert!(matches!(refused(&outside), StoreError::Damaged { .. }));
    let seed = text.replace("\"seed\": 3", "\"seed\": -3");
    assert!(matches!(refused(&seed), StoreError::Damaged { .. }));
}

#[test]
fn a_failed_run_is_named_and_ends_nothing() {
    let path = scratch("failed");
    let done = complete(&path, 2);
    assert_eq!((done.failed, done.ran), (2, REPLICATES));
    let failures = fs::read_to_string(path.join("failures.csv")).unwrap();
    let expected = format!(
        "design_id,replicate,run_id,seed,failure\n\
         0,{FAILS},0-{FAILS},3,no quorum\n\
         0,{PANICS},0-{PANICS},3,\"the program failed: no, \"\"never\"\"\"\n"
    );
    assert_eq!(failures, expected);
    let folder = Folder::open(&path).unwrap();
    for row in summary::runs(&folder).unwrap() {
        assert_eq!(row.summary.n + row.summary.missing, REPLICATES);
        assert!(row.summary.missing >= 2);
    }
    for row in summary::cycles(&folder).unwrap() {
        assert_eq!((row.summary.n, row.summary.missing), (REPLICATES - 2, 2));
    }
}

#[test]
fn memory_and_folder_hold_the_same() {
    let path = scratch("memory");
    complete(&path, 2);
    let memory = MemorySink::default();
    let cancel = Cancel::default();
    let watch = Watch {
        progress: &(),
        cancel: &cancel,
    };
    let plan = fake::plan(REPLICATES, 2);
    assert_eq!(
        run(plan, &simulate(Duration::ZERO), &memory, watch)
            .unwrap()
            .failed,
        2
    );
    let mut read = Vec::new();
    for block in Folder::open(&path)
        .unwrap()
        .blocks(RUNS, &["value"])
        .unwrap()
    {
        if let [Values::Number(values)] = block.unwrap().columns.as_slice() {
            read.extend(values.iter().map(|value| value.to_bits()));
        }
    }
    let missing = f64::NAN;
    let kept = memory.take();
    let kept = kept
        .iter()
        .map(|run| run.result.as_ref().map_or(missing, |r| r.run[0]).to_bits());
    assert_eq!(kept.collect::<Vec<_>>(), read);
}

#[test]
fn a_folder_that_cannot_be_written_is_said_to_be_so() {
    let parent = scratch("locked");
    fs::write(&parent, "a file where a folder should be").unwrap();
    let refused = create(&parent.join("results"), 1, Existing::Resume).unwrap_err();
    let text = refused.to_string();
    assert!(
        text.starts_with("cannot create") && text.contains("--out"),
        "{text}"
    );
}

/// Nothing stops the superuser: then a child process without its rights is asked.
#[cfg(unix)]
#[test]
fn a_read_only_folder_is_said_to_be_so() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let parent = scratch("read-only");
    fs::create_dir_all(&parent).unwrap();
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o555)).unwrap();
    let mut child = start(&parent.join("results"));
    if fs::write(parent.join("probe"), "").is_ok() {
        fs::remove_file(parent.join("probe")).unwrap();
        child.uid(65_534);
    }
    // Where the program itself is out of others' reach nothing can be asked.
    if let Ok(output) = child.output() {
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("refused: cannot create"), "{text}");
        assert!(
            text.contains("Permission denied") && text.contains("--out"),
            "{text}"
        );
    }
}

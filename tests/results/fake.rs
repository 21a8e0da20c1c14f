//! A fake model with every kind of column, missing values, a run that fails and one that panics.

use commonground::analysis::summary;
use commonground::experiment::{
    Cancel, Done, ExperimentError, FolderSink, Plan, RunError, Shard, Watch, run,
};
use commonground::measure::{Column, Outcome, Record, Table, Values};
use commonground::random::{Draws, Purpose};
use commonground::store::{Asked, Existing, Folder, Identity, Layout, Session, StoreError};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub const REPLICATES: u64 = 130;
pub const FAILS: u64 = 13;
pub const PANICS: u64 = 77;
const CYCLES: usize = 12;

const fn outcome(name: &'static str) -> Outcome {
    Outcome {
        name,
        unit: "share",
        low: 0.0,
        high: f64::INFINITY,
        line: "a number that is drawn",
        source: "",
    }
}

fn leaders(id: Vec<String>, age: Vec<i64>, skill: Vec<f64>) -> Table {
    let column = |name, values| Column {
        name,
        unit: "",
        line: "",
        values,
    };
    Table {
        name: "leaders",
        columns: vec![
            column("leader", Values::Text(id)),
            column("age", Values::Integer(age)),
            column("skill", Values::Number(skill)),
        ],
    }
}

pub fn layout() -> Layout {
    Layout {
        run: &[const { outcome("value") }, const { outcome("first_win") }],
        cycle: &[const { outcome("trust") }, const { outcome("voice") }],
        tables: vec![leaders(vec![], vec![], vec![])],
        beside: Vec::new(),
    }
}

/// One run of the fake model, which takes `slow` to think.
pub fn simulate(slow: Duration) -> impl Fn(u64, u64) -> Result<Record, RunError> + Sync {
    move |_, replicate| {
        std::thread::sleep(slow);
        match replicate {
            FAILS => return Err(RunError::new("no quorum")),
            // A panic without its message on the screen.
            PANICS => std::panic::resume_unwind(Box::new("no, \"never\"")),
            _ => {}
        }
        let draws = Draws::new(3, replicate);
        let [value, win, skill] = draws.uniforms(Purpose::Team, 0, 0);
        let cycle = |cycle: u64| draws.uniforms::<2>(Purpose::System, 0, 2 * cycle);
        Ok(Record {
            run: vec![value, if win < 0.3 { f64::NAN } else { win }],
            cycles: (0..).take(CYCLES).flat_map(cycle).collect(),
            tables: vec![leaders(
                vec!["a".into(), String::new()],
                vec![40, -1],
                vec![skill, f64::NAN],
            )],
        })
    }
}

pub fn identity() -> Identity {
    Identity {
        name: "fake".into(),
        model: "fake model".into(),
        scenarios: vec![("fake".into(), "scale = 1\n".into())],
        seed: 3,
    }
}

/// A path of this test's own, with nothing there.
pub fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("results")
        .join(name);
    if path.is_dir() {
        fs::remove_dir_all(&path).unwrap();
    } else if path.exists() {
        fs::remove_file(&path).unwrap();
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    path
}

pub fn create(path: &Path, replicates: u64, existing: Existing) -> Result<FolderSink, StoreError> {
    let layout = layout();
    let asked = Asked {
        layout: &layout,
        points: 1,
        size: 0,
        replicates,
    };
    let folder = Folder::create(path, &identity(), asked, existing)?;
    Ok(FolderSink {
        folder,
        layout,
        whole: true,
    })
}

/// Runs the experiment in this process and summarises it.
pub fn go(
    path: &Path,
    replicates: u64,
    threads: usize,
    slow: Duration,
) -> Result<Done, ExperimentError> {
    let sink = create(path, replicates, Existing::Resume)?;
    let mut session = Session::start(threads, "1/1");
    sink.folder.save_session(&session)?;
    let cancel = Cancel::default();
    let watch = Watch {
        progress: &(),
        cancel: &cancel,
    };
    let plan = plan(replicates, threads);
    let done = run(plan, &simulate(slow), &sink, watch)?;
    summary::save(&sink.folder)?;
    session.finish(done.ran);
    sink.folder.save_session(&session)?;
    Ok(done)
}

pub fn plan(replicates: u64, threads: usize) -> Plan {
    Plan {
        points: 1,
        replicates,
        shard: Shard::WHOLE,
        threads,
        fail_fast: false,
    }
}

pub fn complete(path: &Path, threads: usize) -> Done {
    go(path, REPLICATES, threads, Duration::ZERO).unwrap()
}

/// The files of a complete experiment that was never disturbed.
pub fn reference() -> BTreeMap<String, Vec<u8>> {
    use std::sync::OnceLock;
    static REFERENCE: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    let compute = || {
        let path = scratch("reference");
        complete(&path, 1);
        all_files(&path)
    };
    REFERENCE.get_or_init(compute).clone()
}

/// Every file of a folder and its bytes, without those in `provenance/`.
pub fn all_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(one).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() && name != "provenance" {
                folders.push(path);
            } else if !path.is_dir() {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

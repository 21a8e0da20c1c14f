//! Sweeps: threads against processes, what keeping results costs, memory and time by the number of
//! runs. Each measurement is a process of its own.

use crate::timing::{quartiles, ratio, seconds};
use crate::{Figure, full, memory, short};
use commonground::analysis::summary;
use commonground::experiment::{
    Cancel, Experiment, FolderSink, MemorySink, Plan, Setups, Shard, Sink, Watch, run,
};
use commonground::measure::{CYCLE, Keep, RUN, Record};
use commonground::store::{Asked, Chunk, Existing, Folder, Layout, Span, StoreError};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first argument of a process that does a sweep.
pub const TASK: &str = "measure-sweep";

/// Takes chunks and keeps nothing.
struct Nowhere(MemorySink);

impl Sink for Nowhere {
    fn missing(&self, spans: Vec<Span>) -> Result<Vec<Span>, StoreError> {
        self.0.missing(spans)
    }
    fn write(&self, _: Chunk) -> Result<(), StoreError> {
        Ok(())
    }
    fn finish(&self) -> Result<u64, StoreError> {
        Ok(0)
    }
}

/// What a process does: which model, where results go, how many runs, on what.
struct Sweep<'a> {
    /// `baseline`, or `empty` for runs that take no time.
    model: &'a str,
    /// `nowhere`, `runs`, `cycles`, or `summary` of what is there.
    keep: &'a str,
    runs: u64,
    threads: usize,
    shard: &'a str,
    folder: &'a Path,
}

/// What a process took.
struct Took {
    seconds: f64,
    /// Seconds of processor time.
    processor: f64,
    /// The most memory at any time, in bytes.
    most: f64,
}

impl Sweep<'_> {
    fn start(&self) -> std::process::Child {
        let program = std::env::current_exe().expect("this program");
        let mut command = Command::new(program);
        command.args([TASK, self.model, self.keep]);
        command.args([
            &self.runs.to_string(),
            &self.threads.to_string(),
            self.shard,
        ]);
        let command = command
            .arg(self.folder)
            .stdout(std::process::Stdio::piped());
        command.spawn().expect("this program again")
    }

    fn took(child: std::process::Child) -> Took {
        let said = child.wait_with_output().expect("its end");
        let text = String::from_utf8(said.stdout).expect("numbers");
        let numbers: Vec<f64> = text
            .split_whitespace()
            .map_while(|word| word.parse().ok())
            .collect();
        let [seconds, processor, most] = numbers[..] else {
            panic!("it said {text}");
        };
        Took {
            seconds,
            processor,
            most,
        }
    }

    fn go(&self) -> Took {
        Self::took(self.start())
    }
}

/// The work of such a process.
pub fn child(arguments: &[String]) {
    let [_, model, keep, runs, threads, shard, folder] = arguments else {
        panic!("{arguments:?}");
    };
    let (runs, threads) = (
        runs.parse().expect("runs"),
        threads.parse().expect("threads"),
    );
    let shard: Shard = shard.parse().expect("a shard");
    let folder = Path::new(folder);
    let took = if keep == "summary" {
        let folder = Folder::open(folder).expect("results");
        seconds(|| summary::save(&folder).expect("a summary"))
    } else {
        let experiment = Experiment::load("baseline", &[], None).expect("the baseline");
        sweep(&experiment, (model, keep), (runs, threads, shard), folder)
    };
    let processor = processor_seconds().unwrap_or(f64::NAN);
    let most = memory::held("VmHWM").unwrap_or(f64::NAN);
    println!("{took} {processor} {most}");
}

fn sweep(
    experiment: &Experiment,
    (model, keep): (&str, &str),
    (runs, threads, shard): (u64, usize, Shard),
    path: &Path,
) -> f64 {
    let layout = Layout {
        run: RUN,
        cycle: if keep == "cycles" { CYCLE } else { &[] },
        tables: Vec::new(),
        beside: Vec::new(),
    };
    let kept = Keep {
        cycles: keep == "cycles",
        ..Keep::default()
    };
    let setups = Setups::new(experiment);
    let empty = |_: u64, replicate: u64| {
        let run = (0..RUN.len()).map(|at| (replicate * 7 + at as u64) as f64 % 1e3);
        Ok(Record {
            run: run.collect(),
            ..Record::default()
        })
    };
    let real = |point: u64, replicate: u64| setups.run(point, replicate, kept);
    let plan = Plan {
        points: 1,
        replicates: runs,
        shard,
        threads,
        fail_fast: false,
    };
    let sink: Box<dyn Sink> = if keep == "nowhere" {
        Box::new(Nowhere(MemorySink::default()))
    } else {
        let asked = Asked {
            layout: &layout,
            points: 1,
            size: 0,
            replicates: runs,
        };
        let identity = experiment.identity();
        let folder = Folder::create(path, &identity, asked, Existing::Resume);
        Box::new(FolderSink {
            folder: folder.expect("a folder"),
            layout: layout.clone(),
            whole: shard.is_whole(),
        })
    };
    let cancel = Cancel::default();
    let watch = Watch {
        progress: &(),
        cancel: &cancel,
    };
    seconds(|| {
        let done = match model {
            "empty" => run(plan, &empty, &*sink, watch),
            _ => run(plan, &real, &*sink, watch),
        };
        done.expect("a sweep");
    })
}

/// Seconds of processor time of this process. Only Linux says it so.
fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold spaces; ticks are hundredths of a second.
    let after = text.rsplit_once(')')?.1;
    let ticks: Vec<f64> = after
        .split_whitespace()
        .map_while(|word| word.parse().ok().or(Some(0.0)))
        .collect();
    Some((ticks.get(11)? + ticks.get(12)?) / 100.0)
}

fn scratch(name: &str) -> PathBuf {
    let path =
        std::env::temp_dir().join(format!("commonground-sweep-{}-{name}", std::process::id()));
    std::fs::remove_dir_all(&path).ok();
    path
}

/// Threads against processes, and the share of the store.
pub fn figures() -> Vec<Figure> {
    let (runs, rounds) = if full() { (10_000, 7) } else { (500, 3) };
    let how = format!(
        "{} runs of `baseline`, 60 cycles, in turn, {rounds} rounds",
        short(runs as f64)
    );
    let folder = scratch("threads");
    let sweep = |keep, threads, shard| Sweep {
        model: "baseline",
        keep,
        runs,
        threads,
        shard,
        folder: &folder,
    };
    let clean = || std::fs::remove_dir_all(&folder).ok();
    let threads = (0..rounds).map(|_| {
        clean();
        let together = sweep("runs", 2, "1/1").go().seconds;
        clean();
        let children = ["1/2", "2/2"].map(|shard| sweep("runs", 1, shard).start());
        let apart = children.map(|child| Sweep::took(child).seconds);
        apart[0].max(apart[1]) / together
    });
    let mut figures = vec![Figure::new(
        "two threads, speed relative to two processes of one thread each",
        ratio(threads.collect()),
        how.as_str(),
    )];
    let runs = runs.min(2_000);
    let how = format!(
        "{} runs, one thread, in turn, {rounds} rounds",
        short(runs as f64)
    );
    let sweep = |keep| Sweep {
        model: "baseline",
        keep,
        runs,
        threads: 1,
        shard: "1/1",
        folder: &folder,
    };
    for (keep, what) in [("runs", "runs alone"), ("cycles", "runs and cycles")] {
        let shares = (0..rounds).map(|_| {
            let nothing = sweep("nowhere").go().processor;
            clean();
            let kept = sweep(keep).go().processor;
            100.0 * (kept / nothing - 1.0)
        });
        let [low, median, high] = quartiles(shares.collect());
        figures.push(Figure::new(
            format!("processor time that keeping results adds, {what}"),
            format!("{median:.1} % ({low:.1} to {high:.1})"),
            how.as_str(),
        ));
    }
    clean();
    figures.extend(by_runs());
    figures
}

/// Memory and time by the number of runs, of a model that takes no time.
fn by_runs() -> Vec<Figure> {
    let many: u64 = if full() { 1_000_000 } else { 50_000 };
    let folder = scratch("many");
    let sweep = |keep, runs| Sweep {
        model: "empty",
        keep,
        runs,
        threads: 2,
        shard: "1/1",
        folder: &folder,
    };
    let few = sweep("runs", 1_000).go();
    let took = sweep("runs", many).go();
    let summary = sweep("summary", many).go();
    std::fs::remove_dir_all(&folder).ok();
    let megabytes = |bytes: f64| format!("{:.0} MB", bytes / 1e6);
    vec![
        Figure::new(
            format!(
                "most memory of a sweep of 1,000 and of {} runs",
                short(many as f64)
            ),
            format!("{}, {}", megabytes(few.most), megabytes(took.most)),
            "runs that take no time, outcomes kept",
        ),
        Figure::new(
            format!("to write {} such runs", short(many as f64)),
            format!("{} s", short(took.seconds)),
            "two threads",
        ),
        Figure::new(
            format!("to open and summarise {} runs", short(many as f64)),
            format!("{} s, {}", short(summary.seconds), megabytes(summary.most)),
            format!("{} outcomes", RUN.len()),
        ),
    ]
}

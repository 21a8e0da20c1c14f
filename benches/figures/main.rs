//! The figures of `docs/performance.md`, as a table to quote: what a run costs in time and memory.
//!
//! ```sh
//! cargo bench --bench figures                       # a minute
//! COMMONGROUND_FULL=1 cargo bench --bench figures   # also a million leaders and runs: twenty minutes
//! cargo bench --bench figures -- observer           # one of pairs, size, run, memory, observer, sweep
//! ```
//!
//! Whatever is compared is measured in turn, in one process, and the median of the ratios is given
//! with their quartiles: a busy machine slows both sides alike.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    unreachable_pub,
    reason = "it prints a table and may fail, and its modules serve it alone"
)]

#[path = "../../tests/support/mod.rs"]
mod support;

mod memory;
mod size;
mod sweep;
mod timing;
mod watching;
mod whole;

use commonground::model::setup::Setup;
use commonground::scenario;

/// One row of the table.
struct Figure {
    what: String,
    measured: String,
    how: String,
}

impl Figure {
    fn new(what: impl Into<String>, measured: impl Into<String>, how: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            measured: measured.into(),
            how: how.into(),
        }
    }
}

/// Whether this is the long version.
fn full() -> bool {
    std::env::var_os("COMMONGROUND_FULL").is_some()
}

/// The library's `scale` with at least so many leaders, in whole neighbourhoods of 60.
fn scale(leaders: u32) -> Setup {
    let set = format!("scale={}", leaders.div_ceil(60));
    match scenario::load("scale", &[set]) {
        Ok(scenario) => scenario.setup,
        Err(errors) => panic!("{}", scenario::render(&errors.problems, false)),
    }
}

/// A number with as many digits as are worth reading.
fn short(value: f64) -> String {
    let digits = (3.0 - value.abs().max(1e-9).log10().ceil()).max(0.0) as usize;
    let text = format!("{value:.digits$}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && whole.len() > 4 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if rest.is_empty() {
        grouped
    } else {
        format!("{grouped}.{rest}")
    }
}

/// A group of figures by its name.
type Group = (&'static str, fn() -> Vec<Figure>);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [task, leaders, cycles] = arguments.as_slice()
        && task == memory::TASK
    {
        let number = |text: &str| text.parse().expect("a number");
        return memory::child(number(leaders), number(cycles));
    }
    if arguments.first().is_some_and(|task| task == sweep::TASK) {
        return sweep::child(&arguments);
    }
    let groups: [Group; 6] = [
        ("pairs", size::pairs),
        ("size", size::leader_cycles),
        ("run", whole::runs),
        ("memory", memory::figures),
        ("observer", watching::observers),
        ("sweep", sweep::figures),
    ];
    let named: Vec<&String> = arguments
        .iter()
        .filter(|word| !word.starts_with('-'))
        .collect();
    println!("{} threads\n", rayon::current_num_threads());
    println!("| what | measured | how |\n|---|---|---|");
    for (name, group) in groups {
        if named.is_empty() || named.iter().any(|word| word.as_str() == name) {
            for Figure {
                what,
                measured,
                how,
            } in group()
            {
                println!("| {what} | {measured} | {how} |");
            }
        }
    }
}

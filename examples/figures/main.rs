//! The figures of `docs/model/README.md`, as Markdown tables, and its chart:
//! `cargo run --release --example figures -- starts|bands|library|loops|interventions [RUNS]`.
#![allow(clippy::print_stdout, reason = "the tables are what it is for")]

mod advice;
mod bands;
mod interventions;
mod library;
mod loops;
mod sample;
mod starts;

use sample::Failure;

/// Master seed of all figures.
const SEED: u64 = 1;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let which = arguments.next().unwrap_or_default();
    let asked = arguments.next().map(|runs| runs.parse()).transpose()?;
    let runs = |usual: u64| asked.unwrap_or(usual);
    match which.as_str() {
        "starts" => starts::report(runs(1000)),
        "bands" => bands::report(runs(1000)),
        "library" => library::report(runs(200)),
        "interventions" => interventions::report(runs(200)),
        "loops" => loops::report(runs(1000)),
        _ => Err("say which figures: starts, bands, library, loops or interventions".into()),
    }
}

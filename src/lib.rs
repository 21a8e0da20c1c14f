//! Shared leadership in care networks: an agent-based simulation of collaborative governance.
//!
//! What there is, in the order in which it depends on each other; `docs/README.md` has the order in
//! full, and a test keeps it:
//!
//! * [`math`] and [`random`]: the mathematics and the addressed random numbers that results stand on,
//!   the same bits on every machine.
//! * [`registry`]: everything a scenario file can say, with default, range, unit and source.
//! * [`model`]: the science. [`model::cycle`] is one month on one page; [`model::rules`] has one
//!   mechanism a file, each with its equation and source.
//! * [`measure`]: from a world to outcomes, cycle by cycle and of the whole run.
//! * [`scenario`]: from files to a checked [`model::setup::Setup`], every error with place and remedy.
//! * [`store`] and [`experiment`]: runs in parallel, and results on disk that resume and extend.
//! * [`analysis`] and [`report`]: from results to summaries, charts and networks.
//! * [`cli`]: the program `commonground`.
//!
//! One run of a scenario of the library, without any file:
//!
//! ```
//! use commonground::{measure, scenario};
//!
//! let baseline = scenario::load("baseline", &["horizon.cycles=12".to_owned()])
//!     .map_err(|errors| scenario::render(&errors.problems, false))?;
//! let record = measure::run(&baseline.setup, 1, 0, measure::Keep::default());
//! let at = measure::RUN.iter().position(|outcome| outcome.name == "trust_end");
//! let trust = record.run[at.ok_or("no such outcome")?];
//! assert!((0.0..=1.0).contains(&trust));
//! # Ok::<(), String>(())
//! ```
#![cfg_attr(test, allow(clippy::float_cmp, clippy::cast_possible_truncation))]
pub mod analysis;
pub mod cli;
pub mod experiment;
pub mod math;
pub mod measure;
pub mod model;
pub mod random;
pub mod registry;
pub mod report;
pub mod scenario;
pub mod store;

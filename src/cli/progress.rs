//! Progress on the terminal: a bar with an estimate, or plain lines where there is no terminal.

use crate::experiment::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Tells how far an experiment has come, on standard error.
pub(crate) struct Shown {
    what: &'static str,
    bar: ProgressBar,
    quiet: bool,
    terminal: bool,
    planned: AtomicU64,
    done: AtomicU64,
    said: Mutex<u64>,
}

impl Shown {
    /// Of runs.
    pub(crate) fn new(quiet: bool) -> Self {
        Self::of("runs", quiet)
    }

    /// Of anything, by its word in the plural.
    pub(crate) fn of(what: &'static str, quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let target = if quiet || !terminal {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        let template = format!("{{bar:30}} {{pos}}/{{len}} {what}, {{per_sec}}, ready in {{eta}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Self {
            what,
            bar,
            quiet,
            terminal,
            planned: AtomicU64::new(0),
            done: AtomicU64::new(0),
            said: Mutex::new(0),
        }
    }

    /// The bar goes away.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Shown {
    fn start(&self, planned: u64, there: u64) {
        self.planned.store(planned, Ordering::Relaxed);
        self.done.store(there, Ordering::Relaxed);
        self.bar.set_length(planned);
        self.bar.set_position(there);
        self.bar.reset_eta();
        if let Ok(mut said) = self.said.lock() {
            *said = there * 10 / planned.max(1);
        }
        if there > 0 && !self.quiet {
            eprintln!("{there} of {planned} {} are there already", self.what);
        }
    }

    fn run(&self, _failed: bool) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.bar.inc(1);
        let planned = self.planned.load(Ordering::Relaxed).max(1);
        let tenth = done * 10 / planned;
        if self.quiet || self.terminal {
            return;
        }
        if let Ok(mut said) = self.said.lock()
            && tenth > *said
        {
            *said = tenth;
            eprintln!(
                "{done}/{planned} {}, ready in {:.0} s",
                self.what,
                self.bar.eta().as_secs_f64()
            );
        }
    }
}

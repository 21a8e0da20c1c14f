//! Experiments as their users run them: the program, its files, its folders. What is computed in
//! parts, stopped, killed, extended or merged has the same bytes as what was never disturbed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    reason = "a test may fail and says what it saw"
)]

mod experiments {
    mod budget;
    mod compare;
    mod designs;
    mod disk;
    mod horizon;
    mod kills;
    mod paired;
    mod parts;
    mod posterior;
    mod sensitivity;
    pub(crate) mod support;
}

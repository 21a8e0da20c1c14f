//! The program `commonground`: arguments, one call, errors, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    commonground::cli::main()
}

//! The program, as an example: so it can be built beside itself with other settings of the compiler.

fn main() -> std::process::ExitCode {
    commonground::cli::main()
}

//! The `commonground` command.

fn main() {}

//! The `prongsai` program: see the library's `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(prongsai::cli::main(std::env::args_os()))
}

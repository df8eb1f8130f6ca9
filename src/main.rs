//! The `statusquo` program.

fn main() -> std::process::ExitCode {
    statusquo::cli::run(std::env::args_os())
}

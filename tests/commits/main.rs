//! Where people commit: lines that changed, and the hooks of pre-commit.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests make the files that they look at"
)]

#[path = "../support/binary.rs"]
mod binary;
mod changed;
mod pre_commit;
#[path = "../support/repository.rs"]
mod repository;

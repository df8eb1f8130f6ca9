//! `lint --fix` through the real binary, and what holds for every fix over all examples of all rules.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

#[path = "../support/binary.rs"]
mod binary;
mod examples;
#[path = "../support/fix_law.rs"]
mod fix_law;
mod large;
mod left_alone;
mod tied;
mod written;

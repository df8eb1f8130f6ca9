//! The `statusquo` program.

fn main() {}

//! The laws that fuzzing tries to break hold on what it starts from, and on every input that ever broke one.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read their data from disk, and a law that is broken panics"
)]

mod laws;

use std::panic::catch_unwind;
use std::path::Path;

use laws::{LAWS, seeds};
use rayon::prelude::*;

/// The inputs that are kept for a law, by name.
fn kept(law: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/fuzzed").join(law);
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).expect("fixtures can be read"))
    };
    files.map(read).collect()
}

/// The names of the inputs that break a law.
fn breaking(law: fn(&[u8]), inputs: &[(String, Vec<u8>)]) -> Vec<String> {
    let breaks = |(_, input): &&(String, Vec<u8>)| catch_unwind(|| law(input)).is_err();
    inputs.par_iter().filter(breaks).map(|(name, _)| name.clone()).collect()
}

#[test]
fn what_breaks_a_law_is_named() {
    let inputs = [("short".to_owned(), b"a".to_vec()), ("long".to_owned(), b"ab".to_vec())];
    assert_eq!(breaking(|input| assert!(input.len() < 2), &inputs), ["long"]);
}

#[test]
fn inputs_that_are_kept_hold() {
    for (name, law) in LAWS {
        let inputs = kept(name);
        assert!(!inputs.is_empty(), "nothing is kept for `{name}`");
        assert_eq!(breaking(law, &inputs), [""; 0], "{name}");
    }
}

#[test]
fn seeds_hold() {
    for (name, law) in LAWS {
        let inputs: Vec<(String, Vec<u8>)> =
            seeds::of(name).into_iter().enumerate().map(|(number, seed)| (number.to_string(), seed)).collect();
        assert!(inputs.len() > 50, "{} seeds for `{name}`", inputs.len());
        assert_eq!(breaking(law, &inputs), [""; 0], "{name}");
    }
}

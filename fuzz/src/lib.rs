//! The laws that fuzz targets try to break; the tests of the product hold them too.

#[path = "../../tests/fuzzed/laws/mod.rs"]
mod laws;

/// Holds the law of this name on an input.
///
/// # Panics
///
/// Where the input breaks the law, or there is no such law.
pub fn hold(name: &str, input: &[u8]) {
    let (_, law) = laws::LAWS.iter().find(|(law, _)| *law == name).expect("a law");
    law(input);
}

/// The laws, each with the inputs that fuzzing starts from.
pub fn seeds() -> impl Iterator<Item = (&'static str, Vec<Vec<u8>>)> {
    laws::LAWS.iter().map(|(name, _)| (*name, laws::seeds::of(name)))
}

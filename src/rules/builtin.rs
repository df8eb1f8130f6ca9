//! The built-in rules, embedded as the text they are in `rules/`.

use rayon::prelude::*;

use super::load::load;
use super::rule::Rule;
use crate::source::{Source, SourceId};
use crate::strict::Complaint;
use crate::syntax;

// The build script lists every file below `rules/`: `FILES: &[(path, text)]`.
include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The built-in rules. Complaints come with the name of their file; a test holds that there are none.
pub fn builtin() -> (Vec<Rule>, Vec<(String, Complaint)>) {
    let loaded: Vec<_> = FILES.par_iter().enumerate().map(|(number, (name, text))| (*name, loaded(number, name, text))).collect();
    let mut rules = Vec::with_capacity(FILES.len());
    let mut complaints = Vec::new();
    for (name, result) in loaded {
        match result {
            Ok(rule) => rules.push(rule),
            Err(found) => complaints.extend(found.into_iter().map(|complaint| (name.to_owned(), complaint))),
        }
    }
    (rules, complaints)
}

fn loaded(number: usize, name: &str, text: &str) -> Result<Rule, Vec<Complaint>> {
    load(&syntax::parse(Source::new(SourceId(number as u32), name, text)))
}

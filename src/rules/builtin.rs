//! The built-in rules, embedded as the text they are in `rules/`.

use super::load::load;
use super::rule::Rule;
use crate::source::{Source, SourceId};
use crate::strict::Complaint;
use crate::syntax;

// The build script lists every file below `rules/`: `FILES: &[(path, text)]`.
include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The built-in rules. Complaints come with the name of their file; a test holds that there are none.
pub fn builtin() -> (Vec<Rule>, Vec<(String, Complaint)>) {
    let mut rules = Vec::with_capacity(FILES.len());
    let mut complaints = Vec::new();
    for (number, (name, text)) in FILES.iter().enumerate() {
        let file = syntax::parse(Source::new(SourceId(number as u32), *name, *text));
        match load(&file) {
            Ok(rule) => rules.push(rule),
            Err(found) => complaints.extend(found.into_iter().map(|complaint| ((*name).to_owned(), complaint))),
        }
    }
    (rules, complaints)
}

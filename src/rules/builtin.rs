//! The built-in rules, embedded as the text they are in `rules/`.

use rayon::prelude::*;

use super::load::load_builtin;
use super::rule::Rule;
use crate::source::{Source, SourceId};
use crate::strict::Complaint;
use crate::syntax;

// The build script lists every file below `rules/`: `FILES: &[(path, text)]`.
include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The last key of a rule file, and more than half of it.
const EXAMPLES: &str = "\nexamples:\n";

/// The built-in rules. Complaints come with the name of their file; a test holds that there are none.
pub fn builtin() -> (Vec<Rule>, Vec<(String, Complaint)>) {
    load_all(|text| text)
}

/// The built-in rules without their examples: all that judging needs, and read in half the time.
pub fn builtin_without_examples() -> (Vec<Rule>, Vec<(String, Complaint)>) {
    load_all(|text| text.find(EXAMPLES).and_then(|end| text.get(..=end)).unwrap_or(text))
}

/// The ids of the built-in rules, after which their files are called.
#[cfg(feature = "cli")]
pub(crate) fn builtin_ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().filter_map(|(name, _)| name.rsplit('/').next()?.strip_suffix(".yaml"))
}

fn load_all(part: impl Fn(&'static str) -> &'static str + Sync) -> (Vec<Rule>, Vec<(String, Complaint)>) {
    let files = FILES.par_iter().enumerate();
    let loaded: Vec<_> = files.map(|(number, (name, text))| (*name, loaded(number, name, part(text)))).collect();
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
    load_builtin(&syntax::parse(Source::new(SourceId(number as u32), name, text)))
}

#[cfg(test)]
mod tests {
    use super::super::load::load;
    use super::*;

    #[test]
    fn they_are_right_also_where_nothing_is_trusted() {
        for (name, text) in FILES {
            let rule = load(&syntax::parse(Source::new(SourceId(0), *name, *text)));
            assert!(rule.is_ok(), "{name}: {rule:?}");
        }
    }
}

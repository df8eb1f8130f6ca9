//! The built-in rules, embedded as the text they are in `rules/`.

use std::borrow::Cow;

use rayon::prelude::*;

use super::load::{Extent, load_builtin};
use super::rule::{Documents, Rule};
use crate::finding::RuleId;
use crate::source::{Source, SourceId};
use crate::strict::Complaint;
use crate::syntax;

// The build script lists every file below `rules/` with the ranges of its text that judging needs:
// `FILES: &[(path, text, ranges)]`.
include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The last key of a rule file.
const EXAMPLES: &str = "\nexamples:\n";

/// The built-in rules, and what is to be complained about them, with the names of their files.
pub type BuiltIn = (Vec<Rule>, Vec<(String, Complaint)>);

/// The built-in rules. Complaints come with the name of their file; a test holds that there are none.
pub fn builtin() -> BuiltIn {
    load_all(Extent::Whole, |text, _| Cow::Borrowed(text))
}

/// The built-in rules without what only tells of them, the examples among it: all that judging needs, and read in a third of the
/// time. But for the examples, it is read once somebody asks for it.
pub fn builtin_without_documents() -> BuiltIn {
    load_all(Extent::Judged, |text, ranges| ranges.iter().filter_map(|range| text.get(range.clone())).collect::<String>().into())
}

/// What tells of the built-in rule with this id.
pub(super) fn documents(id: &RuleId) -> Option<Documents> {
    let is_it = |name: &str| name.rsplit('/').next().and_then(|file| file.strip_suffix(".yaml")) == Some(id.as_str());
    let (name, text, _) = FILES.iter().find(|(name, ..)| is_it(name))?;
    let told = text.find(EXAMPLES).and_then(|end| text.get(..=end)).unwrap_or(text);
    let rule = load_builtin(&syntax::parse(Source::new(SourceId(0), *name, told)), Extent::Whole).ok()?;
    rule.documents.into_inner()
}

/// The ids of the built-in rules, after which their files are called.
#[cfg(feature = "cli")]
pub(crate) fn builtin_ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().filter_map(|(name, ..)| name.rsplit('/').next()?.strip_suffix(".yaml"))
}

type Ranges = [std::ops::Range<usize>];

fn load_all(extent: Extent, part: impl Fn(&'static str, &'static Ranges) -> Cow<'static, str> + Sync) -> BuiltIn {
    let files = FILES.par_iter().enumerate();
    let loaded: Vec<_> = files
        .map(|(number, (name, text, ranges))| {
            let file = syntax::parse(Source::new(SourceId(number as u32), *name, part(text, ranges)));
            (*name, load_builtin(&file, extent))
        })
        .collect();
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

#[cfg(test)]
mod tests {
    use super::super::load::load;
    use super::*;

    #[test]
    fn they_are_right_also_where_nothing_is_trusted() {
        for (name, text, _) in FILES {
            let rule = load(&syntax::parse(Source::new(SourceId(0), *name, *text)));
            assert!(rule.is_ok(), "{name}: {rule:?}");
        }
    }

    #[test]
    fn what_tells_of_them_is_the_same_when_it_is_read_later() {
        for (early, late) in builtin().0.iter().zip(builtin_without_documents().0) {
            assert_eq!(late.documents.get(), None, "{}", late.id);
            assert_eq!((&early.id, early.documents.get()), (&late.id, Some(late.documents())));
        }
    }
}

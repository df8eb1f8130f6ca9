//! From what is to be done to changes of text.

use std::sync::OnceLock;

use super::reached::Reached;
use super::remedy::{Remedy, Wrong};
use super::{headers, keys, responses};
use crate::finding::{Fix, TextEdit};
use crate::openapi::Project;
use crate::rules::{Rule, Verb};
use crate::source::Span;
use crate::syntax::edit::{Hindrance, remove, written_value};
use crate::syntax::{Kind, Node};

/// Where fixes are made: the project, and what is looked up in it once for all of them.
#[derive(Debug)]
pub(crate) struct Workshop<'p> {
    project: &'p Project,
    reached: OnceLock<Reached>,
}

/// Changes of text, and the map that they rely on.
pub(super) struct Made {
    pub(super) edits: Vec<TextEdit>,
    pub(super) scope: Option<Span>,
}

impl Made {
    pub(super) fn free(edits: Vec<TextEdit>) -> Made {
        Made { edits, scope: None }
    }
}

impl<'p> Workshop<'p> {
    pub(crate) fn new(project: &'p Project) -> Self {
        Workshop { project, reached: OnceLock::new() }
    }

    /// The fix of a finding; `words` are those of the predicate that decided it.
    pub(crate) fn fix(&self, rule: &Rule, remedy: &Remedy<'p>, words: &[(&'static str, String)]) -> Result<Fix, Hindrance> {
        let clause = rule.clauses().get(remedy.clause);
        let treatment = clause.and_then(|clause| clause.treatments.get(remedy.treatment)).ok_or(Hindrance::Missing)?;
        let mut made = match &treatment.verb {
            Verb::AddHeader(added) => headers::add(remedy, added)?,
            Verb::RemoveHeader(names) => headers::remove_named(self, remedy, names)?,
            Verb::RemoveContent => responses::remove_content(self, remedy)?,
            Verb::RenameKey(name) => keys::rename(self, remedy, name, words)?,
            Verb::QuoteKey => keys::quote(remedy)?,
            Verb::RemoveResponse => responses::remove_repeated(remedy)?,
            Verb::AddResponse(status, names) => responses::add(remedy, status, names)?,
        };
        made.edits.sort_unstable();
        made.edits.dedup();
        Ok(Fix { title: treatment.verb.title(), safety: treatment.safety, edits: made.edits, scope: made.scope })
    }

    /// Whether a `$ref` leads to a node or into it.
    pub(super) fn is_reached(&self, node: Node<'_>) -> bool {
        self.reached().is_reached(node)
    }

    /// A response from which something may be taken away: all that use it are wrong.
    pub(super) fn removable<'r>(&self, remedy: &'r Remedy<'p>) -> Result<&'r Wrong<'p>, Hindrance> {
        let wrong = remedy.response.as_ref().ok_or(Hindrance::Missing)?;
        let others = wrong.is_shared && self.reached().count(wrong.definition.node()) > wrong.count_referrers();
        if wrong.fails_everywhere && !others { Ok(wrong) } else { Err(Hindrance::Shared) }
    }

    /// Takes entries out of a map, if nothing leads to them.
    pub(super) fn remove(&self, map: Node<'p>, keys: &[Node<'p>]) -> Result<Made, Hindrance> {
        for key in keys {
            let value = written_value(map, *key).ok_or(Hindrance::Missing)?;
            if value.kind() != Kind::Alias && self.is_reached(value) {
                return Err(Hindrance::Reference);
            }
        }
        Ok(Made { edits: remove(map, keys)?, scope: Some(map.span()) })
    }

    fn reached(&self) -> &Reached {
        self.reached.get_or_init(|| Reached::of(self.project))
    }
}

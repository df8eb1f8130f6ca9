//! From the errors of the validator to misfits: with the keyword in the description, each once.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::Misfit;
use super::lower::{Lowered, Place};
use super::problem::{lacking, problem};
use crate::syntax::{Node, unescaped};

/// The most misfits of one value.
const MOST: usize = 20;

/// The most characters of an offending value.
const SHOWN: usize = 200;

/// The misfits that errors stand for, in their order: one for each keyword and place in the instance, whatever the index
/// of an item.
pub(super) fn misfits<'p, 'e>(
    lowered: &Lowered<'p>,
    instance: Node<'e>,
    errors: impl Iterator<Item = ValidationError<'e>>,
) -> Vec<Misfit<'p>> {
    let mut found = Found { lowered, instance, misfits: Vec::new(), known: FxHashMap::default(), lacking: FxHashMap::default() };
    for error in errors {
        found.add(&error);
    }
    found.without_consequences()
}

struct Found<'f, 'p, 'e> {
    lowered: &'f Lowered<'p>,
    instance: Node<'e>,
    misfits: Vec<Misfit<'p>>,
    /// Misfits by schema location and instance location, indexes left out.
    known: FxHashMap<(String, String), usize>,
    /// What an object lacks, by misfit.
    lacking: FxHashMap<usize, Vec<String>>,
}

impl<'p> Found<'_, 'p, '_> {
    fn add(&mut self, error: &ValidationError<'_>) {
        if is_behind_the_end(error) {
            return;
        }
        if let Some(branch) = only_branch(error) {
            return branch.iter().for_each(|inner| self.add(inner));
        }
        let Some(place) = self.lowered.place(error.schema_path().as_str()) else { return };
        let at = Located::find(self.instance, error.instance_path().as_str());
        let key = (error.schema_path().as_str().to_owned(), at.folded.clone());
        let next = self.misfits.len();
        let index = *self.known.entry(key).or_insert(next);
        if let Kind::Required { property } = error.kind() {
            return self.add_lacking(index, place, &at, error.instance_path().as_str(), property);
        }
        if index == next && next < MOST {
            let text = problem(error, place, at.node);
            self.push(place, &at, error.instance_path().as_str(), text);
        }
    }

    /// A value of the wrong type breaks other keywords beside `type` too; they say nothing more.
    fn without_consequences(self) -> Vec<Misfit<'p>> {
        let object = |location: &str| location.rsplit_once('/').map(|(object, _)| object.to_owned());
        let of_type = |(location, at): &(String, String)| location.ends_with("/type").then(|| (object(location), at.clone()));
        let types: FxHashSet<_> = self.known.keys().filter_map(of_type).collect();
        let follows =
            |(location, at): &(String, String)| !location.ends_with("/type") && types.contains(&(object(location), at.clone()));
        let dropped: FxHashSet<usize> = self.known.iter().filter(|(key, _)| follows(key)).map(|(_, &index)| index).collect();
        self.misfits.into_iter().enumerate().filter(|(index, _)| !dropped.contains(index)).map(|(_, misfit)| misfit).collect()
    }

    fn add_lacking(&mut self, index: usize, place: Place<'p>, at: &Located<'_>, pointer: &str, property: &Value) {
        let name = property.as_str().unwrap_or_default().to_owned();
        if index == self.misfits.len() && index < MOST {
            self.push(place, at, pointer, String::new());
        }
        let Some(misfit) = self.misfits.get_mut(index).filter(|misfit| misfit.instance == pointer) else { return };
        let names = self.lacking.entry(index).or_default();
        names.push(name);
        misfit.problem = lacking(names);
        misfit.value = None;
    }

    fn push(&mut self, place: Place<'p>, at: &Located<'_>, pointer: &str, problem: String) {
        self.misfits.push(Misfit {
            keyword: place.key,
            name: place.key.text().unwrap_or_default().into_owned(),
            instance: pointer.to_owned(),
            problem,
            value: at.node.map(shown),
            is_write_only: false,
        });
    }
}

/// Whether an error was found once the work was used up, so that it may be false.
pub(super) fn is_behind_the_end(error: &ValidationError<'_>) -> bool {
    error.instance().as_ref() == &Value::Bool(true)
}

/// A value as JSON text, shortened.
pub(super) fn shown(node: Node<'_>) -> String {
    node.raw().chars().take(SHOWN).collect()
}

/// The alternative that was meant: the only one that is not ruled out by the type of the value.
fn only_branch<'a>(error: &'a ValidationError<'_>) -> Option<&'a [ValidationError<'static>]> {
    let (Kind::AnyOf { context } | Kind::OneOfNotValid { context }) = error.kind() else { return None };
    let is_ruled_out = |branch: &[ValidationError<'static>]| {
        branch.iter().any(|inner| {
            matches!(inner.kind(), Kind::Type { .. } | Kind::FalseSchema) && inner.instance_path() == error.instance_path()
        })
    };
    let mut open = context.iter().filter(|branch| !is_ruled_out(branch) || context.len() == 1);
    let only = open.next().filter(|branch| !branch.is_empty() && !branch.iter().any(is_behind_the_end))?;
    open.next().is_none().then_some(only)
}

/// A value in the instance.
struct Located<'e> {
    node: Option<Node<'e>>,
    /// The way to it, with a star for every index.
    folded: String,
}

impl<'e> Located<'e> {
    fn find(root: Node<'e>, pointer: &str) -> Self {
        let mut at = Located { node: Some(root), folded: String::new() };
        for step in pointer.split('/').skip(1) {
            let is_index = at.node.is_some_and(Node::is_list);
            at.folded.push('/');
            at.folded.push_str(if is_index { "*" } else { step });
            at.node = at.node.and_then(|node| node.child(&unescaped(step)));
        }
        at
    }
}

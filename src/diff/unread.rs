//! What could not be read of an old description, where no comparison comes across it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Change;
use super::outcome::nameless;
use crate::facts::{Api, PathFact, Role};
use crate::finding::Class;
use crate::lint::reachable;
use crate::openapi::{Target, version_of};
use crate::syntax::{Entry, File, MAXIMUM_DEPTH, Node};

/// The rules that say that something is unknown.
const UNKNOWN: [&str; 2] = ["operation-not-compared", "schema-comparison-unknown"];

/// Where responses may be described, in the file of a description.
const PROMISING: [&str; 7] = [
    "/paths",
    "/components/responses",
    "/components/headers",
    "/components/schemas",
    "/components/pathItems",
    "/definitions",
    "/responses",
];

/// Says that promises may have been where an old description could not be read, unless the new one could not be read in the
/// same words, or something else is told as unknown already.
pub(super) fn told<'o, 'n>(old: &Api<'o>, new: &Api<'n>, changes: &[Change<'_, '_>]) -> Option<Change<'o, 'n>> {
    let (before, now) = (unread(old), unread(new));
    let first = before.first().filter(|_| !same(&before, &now))?;
    if changes.iter().any(|change| UNKNOWN.contains(&change.rule)) {
        return None;
    }
    let side = if now.is_empty() { "the old description" } else { "both descriptions, and it is not the same" };
    let message = format!("part of it could not be compared: {} in {side}", first.file.reason_for(first.range).phrase());
    let place =
        now.first().map(|unread| unread.around(MAXIMUM_DEPTH)).or_else(|| version_of(new.root.node()).map(|version| version.key));
    Some(Change::new("operation-not-compared", Class::Risky, message).at(first.around(MAXIMUM_DEPTH), place))
}

/// Says of paths that lead nowhere in an old description that nobody knows what they held, unless the new one leads to the
/// same place, or shows operations there, which are told themselves.
pub(super) fn paths<'o, 'n>(old: &Api<'o>, new: &Api<'n>) -> Vec<Change<'o, 'n>> {
    let served = new.paths.iter().filter(|path| path.role == Role::Server);
    let by_template: FxHashMap<String, &PathFact<'n>> = served.map(|path| (nameless(&path.template), path)).collect();
    let lost = old.paths.iter().filter(|path| path.role == Role::Server).filter_map(|path| Some((path, lost(path)?)));
    lost.filter_map(|(path, before)| {
        let twin = by_template.get(&nameless(&path.template));
        let now = twin.and_then(|twin| self::lost(twin));
        let is_told = twin.is_some_and(|twin| !twin.operations.is_empty());
        if is_told || now.is_some_and(|now| now.text() == before.text()) {
            return None;
        }
        let fate = match (twin, now) {
            (None, _) => ", and it is gone",
            (_, Some(_)) => ", and it leads elsewhere now",
            (_, None) => ", and it holds no operation now",
        };
        let message = format!("what `{}` held could not be compared: its `$ref` leads nowhere{fate}", path.template);
        let around = || new.root.node().entry("paths").map(|entry| entry.key);
        let place = twin.map(|twin| twin.key).or_else(around);
        Some(Change::new("operation-not-compared", Class::Risky, message).at(before, place).word("path", path.template.as_ref()))
    })
    .collect()
}

/// The `$ref` of a path that leads nowhere.
fn lost<'p>(path: &PathFact<'p>) -> Option<Node<'p>> {
    match path.item.0.followed().target {
        Target::Broken(broken) => Some(broken.reference()),
        Target::Found(_) => None,
    }
}

/// A text that could not be read.
struct Unread<'p> {
    file: &'p File,
    range: &'p Range<u32>,
}

/// The texts of a description and its files that could not be read and may have described responses.
fn unread<'p>(api: &Api<'p>) -> Vec<Unread<'p>> {
    let root = api.root.node();
    let files = reachable(api.root.project(), root.file()).into_iter();
    let all = files.flat_map(|file| file.tree().damage().iter().map(move |range| Unread { file, range }));
    all.filter(|unread| !std::ptr::eq(unread.file, root.file()) || unread.may_promise()).collect()
}

fn same(old: &[Unread<'_>], new: &[Unread<'_>]) -> bool {
    let lines = |list: &[Unread<'_>]| {
        let mut texts: Vec<String> = list.iter().map(|unread| unread.text().lines().collect::<Vec<_>>().join("\n")).collect();
        texts.sort_unstable();
        texts
    };
    lines(old) == lines(new)
}

impl<'p> Unread<'p> {
    fn text(&self) -> &'p str {
        self.file.source().slice(self.range.start as usize..self.range.end as usize)
    }

    fn may_promise(&self) -> bool {
        let top = self.around(1).pointer();
        let place = if top == "/components" { self.around(2).pointer() } else { top };
        let is_above = |part: &str| part.strip_prefix(&place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        PROMISING.iter().any(|part| place.starts_with(part) || is_above(part))
    }

    /// The key of the innermost value that it stands in, so many levels deep at most.
    fn around(&self, depth: usize) -> Node<'p> {
        let holds = |entry: &Entry<'_>| {
            let (key, value) = (entry.key.span(), entry.value.span());
            entry.alias.is_none() && key.start <= self.range.start && self.range.end < value.end
        };
        let root = self.file.roots().filter(|root| root.span().start <= self.range.start).last();
        let mut around = root.map_or((self.file.node(0), None), |root| (root, Some(root)));
        for _ in 0..depth {
            let Some(entry) = around.1.and_then(|node| node.entries().find(holds)) else { break };
            around = (entry.key, Some(entry.value));
        }
        around.0
    }
}

//! Operations that only one of the descriptions has.

use rustc_hash::FxHashMap;

use super::compare::Comparison;
use super::gathering::Use;
use super::identity::nameless;
use super::{Change, Class, Hindered};
use crate::facts::{Api, OperationFact, unreadable};
use crate::http::time;
use crate::syntax::{FaultKind, Node};

/// Operations that are gone. One that was announced to go may go when its time has come.
pub(super) fn removed(comparison: &mut Comparison<'_, '_, '_, '_>, removed: &[usize]) {
    let (old, new) = (comparison.old, comparison.new);
    let unseen = Unseen::of(new);
    for operation in removed.iter().filter_map(|index| old.operations.get(*index)) {
        if let Some(hidden) = unseen.hides(old, operation) {
            let change = not_seen("new").at(hidden.without(operation.key, old), hidden.place);
            comparison.gathering.add(change, own(operation, usize::MAX));
            let (operation, reason) = (operation.label.to_string(), hidden.reason);
            comparison.obstacles.push(Hindered { operation, reason, old: None, new: Some(hidden.place) });
            continue;
        }
        let has_set = operation.operation.0.node().get("deprecated").and_then(Node::as_bool) == Some(true)
            && comparison.options.now.is_some_and(|now| sunset(old, operation).is_some_and(|sunset| sunset <= now));
        let (class, how) =
            if has_set { (Class::Compatible, "is gone, its sunset has passed") } else { (Class::Breaking, "is gone") };
        let change = Change::new("operation-removed", class, format!("{} {how}", operation.label));
        let change = change.at(operation.key, around(old, operation, new)).word("operation", operation.label.to_string());
        let change = if has_set {
            change
        } else {
            change.help("set `deprecated` and an `x-sunset` first, and remove the operation when that has passed")
        };
        comparison.gathering.add(change, own(operation, usize::MAX));
    }
}

/// Operations that are new.
pub(super) fn added(comparison: &mut Comparison<'_, '_, '_, '_>, added: &[usize]) {
    let (old, new) = (comparison.old, comparison.new);
    let unseen = Unseen::of(old);
    for operation in added.iter().filter_map(|index| new.operations.get(*index)) {
        if let Some(hidden) = unseen.hides(new, operation) {
            let change = not_seen("old").at(hidden.place, hidden.without(operation.key, new));
            comparison.gathering.add(change, own(operation, operation.rank));
            let (operation, reason) = (operation.label.to_string(), hidden.reason);
            comparison.obstacles.push(Hindered { operation, reason, old: Some(hidden.place), new: None });
            continue;
        }
        let change = Change::new("operation-added", Class::Compatible, format!("{} is new", operation.label));
        let change = change.at(around(new, operation, old), operation.key).word("operation", operation.label.to_string());
        comparison.gathering.add(change, own(operation, operation.rank));
    }
}

fn own<'a>(operation: &'a OperationFact<'_>, rank: usize) -> Use<'a> {
    Use { rank, label: &operation.label, status: None, is_error: false }
}

/// Where an operation may be that could not be read.
struct Hidden<'p> {
    place: Node<'p>,
    /// Why not.
    reason: &'static str,
    /// Whether it may be anywhere, because the paths could not be read whole, and not only in its path.
    is_anywhere: bool,
}

impl Hidden<'_> {
    /// Its place in the description that has it: all of its paths where it may be anywhere, so that it is said once.
    fn without<'q>(&self, key: Node<'q>, api: &Api<'q>) -> Node<'q> {
        let paths = api.root.node().entry("paths").filter(|_| self.is_anywhere);
        paths.map_or(key, |entry| entry.key)
    }
}

/// What of a description could not be read, so that it may have operations that nobody sees.
enum Unseen<'p> {
    /// Its paths.
    Paths { place: Node<'p>, reason: &'static str },
    /// Some of its path items, by their templates without names.
    Items(FxHashMap<String, (Node<'p>, &'static str)>),
}

impl<'p> Unseen<'p> {
    fn of(api: &Api<'p>) -> Self {
        let paths = api.root.node().entry("paths");
        let in_paths = || paths.and_then(|entry| unreadable(api.root.with(entry.value)));
        let around = || api.root_is_cut_off().then(|| unreadable(api.root).unwrap_or(FaultKind::Syntax.phrase()));
        if let Some(reason) = in_paths().or_else(around) {
            return Unseen::Paths { place: paths.map_or(api.root.node(), |entry| entry.key), reason };
        }
        let mut items = FxHashMap::default();
        for path in &api.paths {
            if let Some(reason) = unreadable(path.item.0) {
                items.entry(nameless(&path.template)).or_insert((path.key, reason));
            }
        }
        Unseen::Items(items)
    }

    /// Where an operation of the other description may be, which this one does not show.
    fn hides<'q>(&self, own: &Api<'q>, operation: &OperationFact<'q>) -> Option<Hidden<'p>> {
        match self {
            Unseen::Paths { place, reason } => Some(Hidden { place: *place, reason, is_anywhere: true }),
            Unseen::Items(items) if items.is_empty() => None,
            Unseen::Items(items) => {
                let template = nameless(&own.path_of(operation)?.template);
                let (place, reason) = items.get(template.as_str())?;
                Some(Hidden { place: *place, reason, is_anywhere: false })
            }
        }
    }
}

fn not_seen<'o, 'n>(side: &str) -> Change<'o, 'n> {
    let message = format!("it could not be compared: its place in the {side} description could not be read");
    Change::new("operation-not-compared", Class::Risky, message)
}

/// The nearest place in the other description: its path with the same key, else all its paths.
fn around<'p, 'q>(own: &Api<'q>, operation: &OperationFact<'q>, other: &Api<'p>) -> Option<Node<'p>> {
    let paths = other.root.node().entry("paths");
    let template = own.path_of(operation).map(|path| path.template.as_ref());
    let twin = paths.and_then(|paths| paths.value.entry(template?));
    twin.or(paths).map(|entry| entry.key)
}

/// When it goes, in seconds since 1970: `x-sunset`, or what its `Sunset` headers show.
fn sunset<'p>(api: &Api<'p>, operation: &OperationFact<'p>) -> Option<i64> {
    let extension = operation.operation.0.node().get("x-sunset").and_then(Node::text);
    let header = || {
        let headers = api.responses_of(operation).iter().filter_map(|response| response.header(api, "Sunset"));
        headers.flat_map(|header| header.values()).find_map(|example| seconds(&example.value.text()?))
    };
    extension.and_then(|text| seconds(&text)).or_else(header)
}

/// A date alone means its first moment.
fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    let is_date = text.len() == 10 && text.contains('-');
    let milliseconds = if is_date { time::milliseconds(&format!("{text}T00:00:00Z")) } else { time::milliseconds(text) };
    milliseconds.map(|milliseconds| milliseconds.div_euclid(1000))
}

//! Changing keys in place.

use super::{Edited, Hindrance, check, edit};
use crate::syntax::{Format, Kind, Node};

/// How many keys are looked at to tell how the keys of a map are written.
const TELLING: usize = 1_000;

/// Gives a key of a map another name; its quotation marks stay.
pub fn rename(map: Node<'_>, key: Node<'_>, to: &str) -> Edited {
    check(map)?;
    if !is_written_in(map, key) {
        return Err(Hindrance::Alias);
    }
    if map.entry(to).is_some_and(|other| other.key != key) {
        return Err(Hindrance::Exists);
    }
    if map.file().sharing().is_used_outside(key.index(), key.behind()) {
        return Err(Hindrance::Anchor);
    }
    let text = match key.kind() {
        Kind::Single => format!("'{to}'"),
        Kind::Double => format!("\"{to}\""),
        Kind::Plain => to.to_owned(),
        _ => return Err(Hindrance::Layout),
    };
    Ok(vec![edit(key, key.span().range(), text)])
}

/// Puts a key of a map in quotation marks.
pub fn quote(map: Node<'_>, key: Node<'_>, mark: char) -> Edited {
    check(map)?;
    if key.kind() != Kind::Plain || !is_written_in(map, key) {
        return Err(Hindrance::Alias);
    }
    Ok(vec![edit(key, key.span().range(), format!("{mark}{}{mark}", key.raw()))])
}

/// The quotation mark of the keys of a map: that of the first one that has any.
pub fn quotation_mark(map: Node<'_>) -> char {
    if map.file().format() == Format::Json {
        return '"';
    }
    let kinds = map.written_children().take(TELLING).map(|key| map.file().node(key).kind());
    let marked = kinds.into_iter().find(|kind| matches!(kind, Kind::Single | Kind::Double));
    if marked == Some(Kind::Single) { '\'' } else { '"' }
}

/// The value of a key that is written in a map, an alias not followed.
pub fn written_value<'t>(map: Node<'t>, key: Node<'t>) -> Option<Node<'t>> {
    is_written_in(map, key).then(|| map.file().node(key.behind()))
}

/// Whether a key stands in a map itself. Asked for every key of a map, and so without a walk through a large one.
fn is_written_in(map: Node<'_>, key: Node<'_>) -> bool {
    if !map.is_map() || !map.contains(key) {
        return false;
    }
    match map.file().tree().large(map.index()) {
        Some(large) => large.children.binary_search(&key.index()).is_ok(),
        None => map.written_children().any(|child| child == key.index()),
    }
}

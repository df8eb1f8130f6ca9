//! Changing keys in place.

use super::written::entries;
use super::{Edited, Hindrance, check, edit};
use crate::syntax::{Format, Kind, Node};

/// Gives a key of a map another name; its quotation marks stay.
pub fn rename(map: Node<'_>, key: Node<'_>, to: &str) -> Edited {
    check(map)?;
    let own = entries(map);
    let Some(entry) = own.iter().find(|entry| entry.key == key) else { return Err(Hindrance::Alias) };
    if own.iter().any(|other| other.key != key && other.key.is_text(to)) {
        return Err(Hindrance::Exists);
    }
    if map.file().sharing().is_used_outside(entry.key.index(), entry.key.behind()) {
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
    if key.kind() != Kind::Plain || !entries(map).iter().any(|entry| entry.key == key) {
        return Err(Hindrance::Alias);
    }
    Ok(vec![edit(key, key.span().range(), format!("{mark}{}{mark}", key.raw()))])
}

/// The quotation mark of the keys of a map: that of the first one that has any.
pub fn quotation_mark(map: Node<'_>) -> char {
    if map.file().format() == Format::Json {
        return '"';
    }
    let marked = entries(map).into_iter().find(|entry| matches!(entry.key.kind(), Kind::Single | Kind::Double));
    if marked.is_some_and(|entry| entry.key.kind() == Kind::Single) { '\'' } else { '"' }
}

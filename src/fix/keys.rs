//! `rename-key` and `quote-key`.

use super::edits::{Made, Workshop};
use super::remedy::Remedy;
use crate::http::status::StatusKey;
use crate::rules::filled_in;
use crate::syntax::Kind;
use crate::syntax::edit::{self, Hindrance, quotation_mark};

/// Gives status keys another name.
pub(super) fn rename(
    workshop: &Workshop<'_>,
    remedy: &Remedy<'_>,
    name: &str,
    words: &[(&'static str, String)],
) -> Result<Made, Hindrance> {
    let mut edits = Vec::new();
    for slot in remedy.distinct_slots() {
        let key = slot.key.text().ok_or(Hindrance::Layout)?;
        let value = |name: &str| match name {
            "key" => Some(key.clone().into_owned()),
            "trimmed" => Some(key.trim().to_owned()),
            "upper" => Some(key.to_ascii_uppercase()),
            _ => words.iter().find(|(word, _)| *word == name).map(|(_, text)| text.clone()),
        };
        let to = filled_in(name, value).ok_or(Hindrance::Missing)?;
        if StatusKey::parse(&to) == StatusKey::Invalid || key == to {
            return Err(Hindrance::Missing);
        }
        let value = edit::written_value(slot.map, slot.key);
        if value.is_some_and(|value| value.kind() != Kind::Alias && workshop.is_reached(value)) {
            return Err(Hindrance::Reference);
        }
        edits.extend(edit::rename(slot.map, slot.key, &to)?);
    }
    Ok(Made::free(edits))
}

/// Puts status keys in quotation marks, of the kind that their neighbours have.
pub(super) fn quote(remedy: &Remedy<'_>) -> Result<Made, Hindrance> {
    let mut edits = Vec::new();
    for slot in remedy.distinct_slots() {
        edits.extend(edit::quote(slot.map, slot.key, quotation_mark(slot.map))?);
    }
    Ok(Made::free(edits))
}

//! What is written where something changed: without it, an accepted change would stand for others at the same place.

use super::Change;
use super::schema::{Place, place, written};

/// Rules whose words do not hold both values.
const WORDLESS: [&str; 8] = [
    "schema-comparison-unknown",
    "response-union-widened",
    "response-object-opened",
    "response-pattern-changed",
    "response-format-changed",
    "response-property-added-to-closed-object",
    "response-constraint-loosened",
    "response-header-type-widened",
];

/// The values before and now, without what is for people; nothing where the words of the change say it all.
pub(super) fn detail(change: &Change<'_, '_>) -> String {
    if !WORDLESS.contains(&change.rule) {
        return String::new();
    }
    let (old, new) = (change.old.and_then(place), change.new.and_then(place));
    // Beside a keyword on the other side, a whole schema only stands for where the keyword is not: it is as it may be.
    let is_about_keywords = [&old, &new].into_iter().flatten().any(|place| place.is_own);
    let is_told = |place: &Place<'_>| place.is_own || !is_about_keywords && is_about_wholes(change);
    let text = |place: Option<Place<'_>>| place.filter(&is_told).map(|place| written(&place)).unwrap_or_default();
    format!("{}\n{}", text(old), text(new))
}

/// Whether a change may be one of two whole schemas.
fn is_about_wholes(change: &Change<'_, '_>) -> bool {
    matches!(change.rule, "schema-comparison-unknown" | "response-union-widened")
}

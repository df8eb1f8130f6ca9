//! Keywords about texts.

use regex::{Regex, RegexBuilder};

use super::{Own, Path, Question};
use crate::openapi::NodeId;
use crate::syntax::{KeySet, Node};
use crate::truth::Truth;

/// The most memory that a pattern of a description may cost.
const PATTERN_SIZE: usize = 1 << 20;

impl<'p> Question<'p> {
    pub(super) fn text(&mut self, own: Own<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        const LIMITING: KeySet = KeySet::of(&["minLength", "maxLength", "pattern"]);
        if !own.keys.may_have_any(LIMITING) {
            return Truth::True;
        }
        let text = value.text().unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "no text of a description is that long")]
        let length = || text.chars().count() as f64;
        if own.number("minLength").is_some_and(|least| length() < least) {
            return self.misfit(value, || format!("{} has {} characters, fewer than `minLength` wants", path.words(), length()));
        }
        if own.number("maxLength").is_some_and(|most| length() > most) {
            return self.misfit(value, || format!("{} has {} characters, more than `maxLength` allows", path.words(), length()));
        }
        let Some(node) = own.get("pattern") else { return Truth::True };
        let Some(pattern) = node.as_str() else { return Truth::True };
        let compiled = self.patterns.entry(NodeId::of(node)).or_insert_with(|| compiled(&pattern));
        match matches(compiled.as_ref(), &pattern, &text) {
            Truth::False => self.misfit(value, || format!("{} is `{text}`, which does not match `{pattern}`", path.words())),
            other => other,
        }
    }
}

fn compiled(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).build().ok()
}

/// Whether a text has a match of a pattern as ECMA 262 reads it. Where our engine may read it otherwise, a text without a
/// match is unknown.
fn matches(compiled: Option<&Regex>, pattern: &str, text: &str) -> Truth {
    // Anchors of other dialects, classes that mean something else here, and slashes around the pattern.
    const DOUBTS: [&str; 10] = ["\\A", "\\Z", "\\z", "[[", "[:", "&&", "--", "~~", "(?", "\\p"];
    let Some(regex) = compiled else { return Truth::Unknown };
    if regex.is_match(text) {
        return Truth::True;
    }
    let is_doubtful = !text.is_ascii() || pattern.starts_with('/') || DOUBTS.iter().any(|doubt| pattern.contains(doubt));
    if is_doubtful { Truth::Unknown } else { Truth::False }
}

//! Keywords about texts.

use regex::{Regex, RegexBuilder};

use super::{Own, Path, Question};
use crate::openapi::NodeId;
use crate::pattern::cost;
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
        let search = &mut self.search;
        let compiled = self.patterns.entry(NodeId::of(node)).or_insert_with(|| Costly::new(&pattern, search));
        match compiled.as_ref().map_or(Truth::Unknown, |compiled| compiled.matches(&pattern, &text, search)) {
            Truth::False => self.misfit(value, || format!("{} is `{text}`, which does not match `{pattern}`", path.words())),
            other => other,
        }
    }
}

/// A pattern, and what it costs to search a byte of a text for it.
#[derive(Debug)]
pub(super) struct Costly {
    regex: Regex,
    of_byte: u64,
}

impl Costly {
    /// None where it is no pattern, or costs more than there is.
    fn new(pattern: &str, search: &mut u64) -> Option<Costly> {
        pay(pattern.len() as u64, search)?;
        let cost = cost(pattern)?;
        pay(cost.to_compile, search)?;
        let regex = RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).build().ok()?;
        Some(Costly { regex, of_byte: cost.of_byte })
    }

    /// Whether a text has a match of a pattern as ECMA 262 reads it. Where our engine may read it otherwise, a text without a
    /// match is unknown.
    fn matches(&self, pattern: &str, text: &str, search: &mut u64) -> Truth {
        // Anchors of other dialects, classes that mean something else here, and slashes around the pattern.
        const DOUBTS: [&str; 10] = ["\\A", "\\Z", "\\z", "[[", "[:", "&&", "--", "~~", "(?", "\\p"];
        if pay(self.of_byte.saturating_mul(text.len() as u64), search).is_none() {
            return Truth::Unknown;
        }
        if self.regex.is_match(text) {
            return Truth::True;
        }
        let is_doubtful = !text.is_ascii() || pattern.starts_with('/') || DOUBTS.iter().any(|doubt| pattern.contains(doubt));
        if is_doubtful { Truth::Unknown } else { Truth::False }
    }
}

/// Takes what something costs; none where there is less.
fn pay(cost: u64, search: &mut u64) -> Option<()> {
    *search = search.checked_sub(cost)?;
    Some(())
}

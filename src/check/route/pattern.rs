//! One segment of a template: text with variables in it.

use std::ops::Range;

use memchr::memmem;

use crate::http::percent;

/// A segment as the texts around its variables, percent-encoding decoded: one more than there are variables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pattern {
    first: Vec<u8>,
    /// The text behind each variable.
    behind: Vec<Vec<u8>>,
}

impl Pattern {
    /// Reads a segment and notes the names of its variables.
    pub(super) fn parse(text: &str, names: &mut Vec<String>) -> Pattern {
        let bytes = |range: Range<usize>| percent::decoded(text.get(range).unwrap_or_default()).into_owned();
        let variables = variables(text);
        let first = bytes(0..variables.first().map_or(text.len(), |variable| variable.start));
        let ends = variables.iter().skip(1).map(|variable| variable.start).chain([text.len()]);
        let behind = variables.iter().zip(ends).map(|(variable, end)| bytes(variable.end..end)).collect();
        names.extend(variables.iter().map(|variable| name(text, variable).to_owned()));
        Pattern { first, behind }
    }

    /// The text, where there is no variable.
    pub(super) fn literal(&self) -> Option<&[u8]> {
        self.behind.is_empty().then_some(&self.first)
    }

    /// Whether it is one variable and nothing else.
    pub(super) fn is_variable(&self) -> bool {
        self.first.is_empty() && matches!(self.behind.as_slice(), [only] if only.is_empty())
    }

    /// The text in front of the first variable and that behind the last.
    pub(super) fn ends(&self) -> (&[u8], &[u8]) {
        (&self.first, self.behind.last().map(Vec::as_slice).unwrap_or_default())
    }

    /// How much of it is text, in bytes.
    pub(super) fn literal_length(&self) -> usize {
        self.first.len() + self.behind.iter().map(Vec::len).sum::<usize>()
    }

    /// What the variables stand for in a text; `None` where the text does not match. None of them stands for nothing.
    /// Of several ways the one is taken in which the first variables are longest, as in the regular expressions of routers.
    pub(super) fn captures<'t>(&self, text: &'t [u8]) -> Option<Vec<&'t [u8]>> {
        let inside = text.strip_prefix(self.first.as_slice())?;
        let Some((last, between)) = self.behind.split_last() else { return inside.is_empty().then(Vec::new) };
        let mut open = inside.strip_suffix(last.as_slice())?;
        let mut values = Vec::with_capacity(self.behind.len());
        for literal in between.iter().rev() {
            let (front, found) = open.split_at_checked(last_inside(open, literal)?)?;
            values.push(found.get(literal.len()..)?);
            open = front;
        }
        if open.is_empty() {
            return None;
        }
        values.push(open);
        values.reverse();
        Some(values)
    }

    /// Whether a text matches.
    pub(super) fn matches(&self, text: &[u8]) -> bool {
        self.captures(text).is_some()
    }
}

/// The last place of a literal that leaves at least a character on both sides.
fn last_inside(text: &[u8], literal: &[u8]) -> Option<usize> {
    let last_character = text.iter().rposition(|byte| byte & 0xC0 != 0x80)?;
    memmem::rfind(text.get(..last_character)?, literal).filter(|place| *place > 0)
}

/// The name between the braces of a variable.
pub(super) fn name<'t>(text: &'t str, variable: &Range<usize>) -> &'t str {
    text.get(variable.start + 1..variable.end.saturating_sub(1)).unwrap_or_default()
}

/// Where the variables of a template are, braces included. Braces inside of braces belong to the outer pair, as in
/// `{id:[0-9]{3}}`; one without a partner is text.
pub(super) fn variables(text: &str) -> Vec<Range<usize>> {
    let (mut open, mut pairs) = (Vec::new(), Vec::<Range<usize>>::new());
    for (place, brace) in text.match_indices(['{', '}']) {
        if brace == "{" {
            open.push(place);
        } else if let Some(start) = open.pop() {
            while pairs.last().is_some_and(|inner| inner.start > start) {
                pairs.pop();
            }
            pairs.push(start..place + 1);
        }
    }
    pairs
}

/// The first of these characters that stands outside of variables.
pub(super) fn find_outside(text: &str, characters: &[char]) -> Option<usize> {
    outside(text, characters).next()
}

/// The parts of a text between characters that stand outside of variables.
pub(super) fn split_outside(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = outside(text, &[separator]).chain([text.len()]).collect();
    let starts = std::iter::once(0).chain(ends.clone().into_iter().map(move |end| end + separator.len_utf8()));
    starts.zip(ends).filter_map(|(start, end)| text.get(start..end))
}

fn outside(text: &str, characters: &[char]) -> impl Iterator<Item = usize> {
    let variables = variables(text);
    let is_inside = move |place: usize| {
        let before = variables.partition_point(|variable| variable.start <= place);
        before.checked_sub(1).and_then(|last| variables.get(last)).is_some_and(|variable| place < variable.end)
    };
    text.match_indices(characters).map(|(place, _)| place).filter(move |place| !is_inside(*place))
}

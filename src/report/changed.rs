//! What people are told of a change beside its message: where it was before, and what may come now.

use super::Report;
use crate::finding::{Change, Finding};

/// Longer words of a description are cut, in characters.
const LONGEST: usize = 120;

/// Makes words of a description harmless where they are shown.
type Mark = fn(&str) -> String;

/// A line each.
pub(super) fn lines(report: &Report<'_>, finding: &Finding, mark: Mark) -> Vec<String> {
    let Some(Change { old, witness, .. }) = &finding.change else { return Vec::new() };
    let mut lines = Vec::new();
    // Of what has no place in the new description the place before is the one that stands above.
    if let Some(old) = old.as_ref().filter(|_| finding.primary.is_some()) {
        let at = report.locate(old.span);
        let place = mark(&format!("{}:{}:{}", at.file, at.start.line, at.start.column));
        let source = report.source(old.span.source);
        let text = source.map(|source| short(source.slice(old.span.start as usize..source.line_range(at.start.line).end).trim()));
        lines.push(format!("before: {place} {}", mark(&text.unwrap_or_default())));
    }
    lines.extend(witness.as_ref().map(|witness| format!("may come now: {}", mark(&short(witness)))));
    lines
}

fn short(text: &str) -> String {
    let cut = text.char_indices().nth(LONGEST).and_then(|(at, _)| text.get(..at));
    cut.map_or_else(|| text.to_owned(), |start| format!("{start}…"))
}

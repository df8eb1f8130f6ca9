//! What people are told of a change beside its message: where it was before, and what may come now.

use super::Report;
use crate::finding::{Change, Class, Finding};
use crate::words::shortened;

/// Longer words of a description are cut, in characters.
const LONGEST: usize = 120;

/// Makes words of a description harmless where they are shown.
type Mark = fn(&str) -> String;

/// A line each.
pub(super) fn lines(report: &Report<'_>, finding: &Finding, mark: Mark) -> Vec<String> {
    let Some(Change { class, old, witness, part }) = finding.change.as_deref() else { return Vec::new() };
    let mut lines = Vec::new();
    // Where nothing is lost nobody asks what was there; and of what has no place in the new description the place before is
    // the one that stands above.
    if let Some(old) = old.as_ref().filter(|_| *class > Class::Compatible && finding.primary.is_some()) {
        let at = report.locate(old.span);
        let place = mark(&format!("{}:{}:{}", at.file, at.start.line, at.start.column));
        let source = report.source(old.span.source);
        let text = source.map(|source| short(own(source.slice(old.span.start as usize..source.line_range(at.start.line).end))));
        lines.push(format!("before: {place} {}", mark(&text.unwrap_or_default())));
    }
    lines.extend(witness.as_ref().map(|witness| match part {
        Some(part) if witness.chars().count() > LONGEST => format!("may come there now: {}", mark(&short(part))),
        _ => format!("may come now: {}", mark(&short(witness))),
    }));
    lines
}

/// The rest of a line as far as it belongs to what it starts with: not the end of the brackets around it.
fn own(line: &str) -> &str {
    let mut depth = 0_usize;
    let end = line.char_indices().find(|(_, letter)| match letter {
        '{' | '[' => {
            depth += 1;
            false
        }
        '}' | ']' if depth == 0 => true,
        '}' | ']' => {
            depth -= 1;
            false
        }
        _ => false,
    });
    let own = end.and_then(|(end, _)| line.get(..end)).unwrap_or(line);
    own.trim().trim_end_matches(',')
}

fn short(text: &str) -> String {
    shortened(text, LONGEST).into_owned()
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn brackets_around_are_left_out() {
        for (line, expected) in [
            ("type: integer}", "type: integer"),
            ("enum: [a, b]} }", "enum: [a, b]"),
            ("\"paths\": {", "\"paths\": {"),
            ("required: true,  ", "required: true"),
        ] {
            assert_eq!(own(line), expected);
        }
    }
}

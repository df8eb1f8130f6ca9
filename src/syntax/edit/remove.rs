//! Taking entries out of a map.

use std::ops::Range;

use super::written::{Written, entries, is_flow};
use super::{Edited, Hindrance, check, edit, lines};
use crate::finding::TextEdit;
use crate::syntax::{Format, Node};

/// Takes the entries with these keys out of a map; where nothing is left, `{}` is.
pub fn remove(map: Node<'_>, keys: &[Node<'_>]) -> Edited {
    check(map)?;
    let own = entries(map);
    let is_going: Vec<bool> = own.iter().map(|entry| keys.contains(&entry.key)).collect();
    if is_going.iter().filter(|going| **going).count() != keys.len() || keys.is_empty() {
        return Err(Hindrance::Alias);
    }
    let sharing = map.file().sharing();
    for (entry, _) in own.iter().zip(&is_going).filter(|(_, going)| **going) {
        if sharing.is_used_outside(entry.nodes().start, entry.nodes().end) {
            return Err(Hindrance::Anchor);
        }
    }
    if is_going.iter().all(|going| *going) {
        return emptied(map);
    }
    let remover = Remover { text: map.file().source().text(), map, own };
    runs(&is_going).into_iter().map(|run| if is_flow(map) { remover.flow(run) } else { remover.block(run) }).collect()
}

/// The stretches of neighbours that go together.
fn runs(is_going: &[bool]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (index, _) in is_going.iter().enumerate().filter(|(_, going)| **going) {
        match runs.last_mut().filter(|run| run.end == index) {
            Some(run) => run.end += 1,
            None => runs.push(index..index + 1),
        }
    }
    runs
}

fn emptied(map: Node<'_>) -> Edited {
    let range = map.span().range();
    if map.file().format() == Format::Yaml && has_comment(map.raw()) {
        return Err(Hindrance::Layout);
    }
    Ok(vec![edit(map, range, "{}")])
}

/// Whether there may be a comment; a `#` inside of quotation marks counts as well.
fn has_comment(text: &str) -> bool {
    text.contains('#')
}

struct Remover<'t> {
    text: &'t str,
    map: Node<'t>,
    own: Vec<Written<'t>>,
}

impl<'t> Remover<'t> {
    /// Whole lines, with the comments at their ends.
    fn block(&self, run: Range<usize>) -> Result<TextEdit, Hindrance> {
        let (first, last) = self.ends(&run)?;
        if !lines::is_blank(lines::before(self.text, first.start())) {
            return Err(Hindrance::Layout);
        }
        let range = lines::start(self.text, first.start())..lines::behind(self.text, last.end());
        let before = run.start.checked_sub(1).and_then(|index| self.own.get(index));
        let next = self.between(range.end, lines::end(self.text, range.end)).trim_start();
        // A block scalar would take in the blank lines and comments that follow.
        if before.is_some_and(Written::ends_with_block_scalar)
            && (next.is_empty() || next.starts_with('#'))
            && range.end < self.text.len()
        {
            return Err(Hindrance::Layout);
        }
        Ok(edit(self.map, range, ""))
    }

    /// The entries with the comma behind them, or before them at the end.
    fn flow(&self, run: Range<usize>) -> Result<TextEdit, Hindrance> {
        let (first, last) = self.ends(&run)?;
        let next = self.own.get(run.end);
        let before = run.start.checked_sub(1).and_then(|index| self.own.get(index));
        let (gap, range) = match (before, next) {
            (_, Some(next)) => (last.end()..next.start(), first.start()..next.start()),
            (Some(before), None) => (before.end()..first.start(), before.end()..last.end()),
            (None, None) => return Err(Hindrance::Missing),
        };
        let is_yaml = self.map.file().format() == Format::Yaml;
        if !is_yaml || !has_comment(self.between(gap.start, gap.end)) {
            return Ok(edit(self.map, range, ""));
        }
        self.flow_lines(first, last)
    }

    /// Whole lines of a map in braces; YAML minds no comma behind the last entry.
    fn flow_lines(&self, first: &Written<'t>, last: &Written<'t>) -> Result<TextEdit, Hindrance> {
        let rest = self.between(last.end(), lines::end(self.text, last.end())).trim_start();
        let rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        let is_apart = lines::is_blank(lines::before(self.text, first.start())) && (rest.is_empty() || rest.starts_with('#'));
        if !is_apart {
            return Err(Hindrance::Layout);
        }
        Ok(edit(self.map, lines::start(self.text, first.start())..lines::behind(self.text, last.end()), ""))
    }

    fn ends(&self, run: &Range<usize>) -> Result<(&Written<'t>, &Written<'t>), Hindrance> {
        let ends = self.own.get(run.start).zip(self.own.get(run.end.saturating_sub(1)));
        ends.ok_or(Hindrance::Missing)
    }

    fn between(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }
}

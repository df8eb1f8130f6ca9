//! What of a file could not be read: where it is, why, and what is written there.

use std::ops::Range;

use super::{Fault, FaultKind, File, Node};
use crate::source::Span;

/// How many blanks behind damage still belong to it.
const MAXIMUM_BLANKS: usize = 4_096;

impl File {
    /// Whether text inside or at the edge of this span could not be read. Blanks in front of it belong to the edge: a map
    /// that starts behind them may have lost its first keys.
    pub fn is_damaged(&self, span: Span) -> bool {
        self.damage_at(span).next().is_some()
    }

    /// The texts that could not be read.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        self.tree.damage.iter().map(|range| self.source.slice(range.start as usize..range.end as usize))
    }

    /// Why the text of this range, which could not be read, could not: the fault in it, else the one before, of which it is
    /// a consequence.
    pub fn reason_for(&self, range: &Range<u32>) -> FaultKind {
        let breaks = || self.faults.iter().filter(|fault| fault.kind != FaultKind::DuplicateKey);
        let is_inside = |fault: &&Fault| (range.start..=range.end).contains(&fault.span.start);
        let before = || breaks().rev().find(|fault| fault.span.start < range.start);
        breaks().find(is_inside).or_else(before).map_or(FaultKind::Syntax, |fault| fault.kind)
    }

    fn damage_at(&self, span: Span) -> impl Iterator<Item = &Range<u32>> {
        let touches = move |range: &&Range<u32>| range.start <= span.end && span.start <= self.blanks_end(range.end);
        self.tree.damage.iter().filter(touches)
    }

    /// Where the blanks behind an offset end, or a good many of them.
    fn blanks_end(&self, offset: u32) -> u32 {
        let behind = self.source.text().as_bytes().get(offset as usize..).unwrap_or_default();
        let blanks = behind.iter().take(MAXIMUM_BLANKS).take_while(|byte| byte.is_ascii_whitespace());
        offset + blanks.count() as u32
    }
}

impl<'t> Node<'t> {
    /// Whether text inside or at the edge of it could not be read.
    pub fn is_damaged(self) -> bool {
        self.file().is_damaged(self.span())
    }

    /// Why text inside or at the edge of it could not be read; none where all of it could.
    pub fn damage(self) -> Option<FaultKind> {
        self.file().damage_at(self.span()).next().map(|range| self.file().reason_for(range))
    }

    /// Its text as written, together with what at its edges could not be read.
    pub fn raw_with_damage(self) -> &'t str {
        let whole = |whole: Span, range: &Range<u32>| Span {
            start: whole.start.min(range.start),
            end: whole.end.max(range.end),
            ..whole
        };
        let span = self.file().damage_at(self.span()).fold(self.span(), whole);
        self.file().source().slice(span.range())
    }
}

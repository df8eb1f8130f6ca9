//! What can be wrong with a file before any rule looks at it.

use std::ops::Range;

use crate::finding::Related;
use crate::source::{Source, Span};

/// How many syntax faults of one file are reported: behind so many the rest teaches nothing new.
const MAXIMUM_FAULTS: usize = 20;

/// How much of a text a message quotes.
const QUOTED_LENGTH: usize = 40;

/// The kinds of reading faults, each reported under its own rule id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The text breaks the grammar of JSON or YAML.
    Syntax,
    /// The bytes are no UTF-8.
    Encoding,
    /// Nesting, size or alias expansion past the limit.
    Limit,
    /// A key stands twice in one map.
    DuplicateKey,
    /// An alias inside the value of its own anchor.
    Circular,
}

impl FaultKind {
    /// The id of the rule that reports this kind.
    pub fn rule(self) -> &'static str {
        match self {
            FaultKind::Syntax => "syntax-error",
            FaultKind::Encoding => "invalid-encoding",
            FaultKind::Limit => "limit-exceeded",
            FaultKind::DuplicateKey => "duplicate-key",
            FaultKind::Circular => "circular-reference",
        }
    }

    /// What it is, as a phrase for what could not be looked at because of it.
    pub fn phrase(self) -> &'static str {
        match self {
            FaultKind::Syntax | FaultKind::DuplicateKey => "a syntax error",
            FaultKind::Encoding => "text that is no UTF-8",
            FaultKind::Limit => "nesting or aliases past the limit",
            FaultKind::Circular => "an alias inside its own anchor",
        }
    }
}

/// Something wrong while reading a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which kind.
    pub kind: FaultKind,
    /// Where; never empty unless the file is.
    pub span: Span,
    /// What is wrong here, one sentence, lower case, no final stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Places that explain it, such as the first of two equal keys.
    pub related: Vec<Related>,
    /// The node at fault, where there is one: its index in the tape.
    pub node: Option<u32>,
}

/// The faults of one reading while it goes on: limited in number, one per place.
pub(super) struct Faults<'s> {
    source: &'s Source,
    list: Vec<Fault>,
    last_start: Option<usize>,
    last_was_kept: bool,
}

impl<'s> Faults<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Faults { source, list: Vec::new(), last_start: None, last_was_kept: false }
    }

    /// Whether further faults would not be reported; worth asking before a message that costs something.
    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= MAXIMUM_FAULTS
    }

    /// Whether the fault noted last starts in this range.
    pub(super) fn last_is_in(&self, range: &Range<usize>) -> bool {
        self.last_start.is_some_and(|start| range.contains(&start))
    }

    /// Notes a break of the grammar. A second one at the same place is a consequence of the first and left out.
    pub(super) fn syntax(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.last_was_kept = false;
        if self.last_start != Some(range.start) {
            self.add(FaultKind::Syntax, range, message, help);
        }
    }

    /// Notes a fault of any kind.
    pub(super) fn add(&mut self, kind: FaultKind, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.last_start = Some(range.start);
        self.last_was_kept = !self.is_full();
        if self.last_was_kept {
            self.list.push(self.fault(kind, range, message.into(), help.into()));
        }
    }

    /// A place that explains the fault noted last, if that one was kept.
    pub(super) fn related(&mut self, range: Range<usize>, message: &str) {
        let span = self.source.span(range.start as u32, range.end as u32);
        if let Some(fault) = self.list.last_mut().filter(|_| self.last_was_kept) {
            fault.related.push(Related { span, message: message.to_owned() });
        }
    }

    pub(super) fn into_list(self) -> Vec<Fault> {
        self.list
    }

    fn fault(&self, kind: FaultKind, range: Range<usize>, message: String, help: String) -> Fault {
        let Range { start, end } = visible(self.source.text(), range);
        let span = self.source.span(start as u32, end as u32);
        Fault { kind, span, message, help: Some(help), related: Vec::new(), node: None }
    }
}

/// The range, on character boundaries and never empty unless the text is.
fn visible(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    if start < end {
        return start..end;
    }
    match text.get(start..).and_then(|rest| rest.chars().next()) {
        Some(next) => start..start + next.len_utf8(),
        None => text.floor_char_boundary(start.saturating_sub(1))..start,
    }
}

/// A text in backticks for a message, cut where it is long or goes on in another line.
pub(super) fn quoted(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let cut = line.floor_char_boundary(QUOTED_LENGTH);
    let dots = if cut < text.len() { "…" } else { "" };
    let printable = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    let shown: String = line.get(..cut).unwrap_or_default().chars().map(printable).collect();
    format!("`{shown}{dots}`")
}

//! One reading of a YAML text: from the first event to the last, or to the first error.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span, StructureStyle, Tag};

use super::{fold, place};
use crate::source::Source;
use crate::syntax::build::Builder;
use crate::syntax::fault::{Faults, quoted};
use crate::syntax::tree::{Kind, flag};
use crate::syntax::{FaultKind, MAXIMUM_DEPTH};

/// The longest key that is read. YAML says 1024 characters; longer ones are harmless.
const LONGEST_KEY: usize = 1 << 16;

/// What one reading gave.
pub(super) struct Reading<'s> {
    pub(super) builder: Builder,
    pub(super) faults: Faults<'s>,
    /// Why it stopped before the end.
    pub(super) stop: Option<Stop>,
}

/// Where and why a reading stopped, and what was open there.
pub(super) struct Stop {
    pub(super) kind: ErrorKind,
    pub(super) at: usize,
    /// Behind the last thing that was read.
    pub(super) read_to: usize,
    /// Where the last scalar starts.
    pub(super) last_scalar: usize,
    /// The opening bracket of the outermost flow collection that is open.
    pub(super) flow: Option<usize>,
    /// The last flow collection that was closed.
    pub(super) closed_flow: Range<usize>,
    /// The columns of the block collections that are open.
    pub(super) columns: Vec<usize>,
}

/// Reads `text`, which is the text of `source` or has blanks in place of parts of it.
pub(super) fn read<'s>(source: &'s Source, text: &str) -> Reading<'s> {
    let mut options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        simple_key_max_lookahead: LONGEST_KEY,
        flow_nesting_limit: MAXIMUM_DEPTH,
        block_nesting_limit: MAXIMUM_DEPTH,
    };
    options.max_directive_bytes = LONGEST_KEY;
    let mut reader = Reader::new(source, text);
    let mut stop = None;
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => reader.take(event, &span),
            Err(error) => {
                stop = Some(reader.stop(error.kind().clone(), error.marker().byte_offset().unwrap_or(text.len())));
                break;
            }
        }
    }
    Reading { builder: reader.builder, faults: reader.faults, stop }
}

/// A collection that is open.
#[derive(Clone, Copy)]
struct Opened {
    kind: Kind,
    is_flow: bool,
    start: usize,
    children: usize,
}

struct Reader<'s, 't> {
    /// The text that is read; blocks of it may be blanks.
    text: &'t str,
    /// The text of the file.
    written: &'s str,
    builder: Builder,
    faults: Faults<'s>,
    opened: Vec<Opened>,
    /// The node that carries the anchor with this id.
    anchors: Vec<Option<u32>>,
    last_scalar: usize,
    closed_flow: Range<usize>,
}

impl<'s, 't> Reader<'s, 't> {
    fn new(source: &'s Source, text: &'t str) -> Self {
        let builder = Builder::for_text(text.as_bytes(), super::nodes_at);
        let faults = Faults::new(source);
        let written = source.text();
        Reader { text, written, builder, faults, opened: Vec::new(), anchors: Vec::new(), last_scalar: 0, closed_flow: 0..0 }
    }

    fn take(&mut self, event: Event<'_>, span: &Span) {
        let range = span.byte_range().unwrap_or_default();
        match event {
            Event::DocumentStart(..) => self.builder.root(),
            Event::Scalar(value, style, anchor, tag) => {
                let index = self.scalar(&value, style, tag.as_deref(), range);
                self.anchor(anchor, index);
            }
            Event::MappingStart(style, anchor, _) => self.open(Kind::Map, style, anchor, range.start),
            Event::SequenceStart(style, anchor, _) => self.open(Kind::List, style, anchor, range.start),
            Event::MappingEnd | Event::SequenceEnd => self.close(range),
            Event::Alias(anchor) => self.alias(anchor, range),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, range),
            _ => {}
        }
    }

    /// Behind the last thing that was read.
    fn read_to(&self) -> usize {
        self.builder.end() as usize
    }

    fn open(&mut self, kind: Kind, style: StructureStyle, anchor: usize, at: usize) {
        let is_flow = style == StructureStyle::Flow;
        let start = match self.opened.last() {
            Some(parent) if kind == Kind::List && !is_flow && parent.kind == Kind::Map && !parent.is_flow => {
                place::first_dash(self.text, parent.start, self.read_to(), at)
            }
            _ => at,
        };
        self.count_child();
        let index = self.builder.open(kind, start as u32);
        self.opened.push(Opened { kind, is_flow, start, children: 0 });
        self.anchor(anchor, index);
    }

    fn close(&mut self, range: Range<usize>) {
        let opened = self.opened.pop();
        if let Some(opened) = opened.filter(|opened| opened.is_flow) {
            self.closed_flow = opened.start..range.end;
        }
        self.builder.close((!range.is_empty()).then_some(range.end as u32));
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, tag: Option<&Tag>, range: Range<usize>) -> u32 {
        self.last_scalar = range.start;
        let flags = if tag.is_some_and(means_text) { flag::TEXT_TAG } else { 0 };
        if style == ScalarStyle::Plain && range.is_empty() {
            return self.empty(flags, range.start);
        }
        let (kind, range) = match style {
            ScalarStyle::Plain => (Kind::Plain, range),
            ScalarStyle::SingleQuoted => (Kind::Single, range),
            ScalarStyle::DoubleQuoted => (Kind::Double, range),
            ScalarStyle::Literal => (Kind::Literal, place::block_scalar(self.text, self.read_to(), range)),
            ScalarStyle::Folded => (Kind::Folded, place::block_scalar(self.text, self.read_to(), range)),
        };
        self.last_scalar = range.start;
        let (read, written) =
            (self.text.get(range.clone()).unwrap_or_default(), self.written.get(range.clone()).unwrap_or_default());
        let unfolded = if read == written { None } else { fold::unfold(value, written, read) };
        self.leaf(kind, range, flags, unfolded.as_deref().unwrap_or(value))
    }

    fn leaf(&mut self, kind: Kind, range: Range<usize>, flags: u8, value: &str) -> u32 {
        self.count_child();
        let written = self.written.get(range.clone()).unwrap_or_default();
        let inner = match kind {
            Kind::Single | Kind::Double => written.get(1..written.len().saturating_sub(1)),
            Kind::Plain => Some(written),
            _ => None,
        };
        let range = range.start as u32..range.end as u32;
        if inner == Some(value) {
            return self.builder.leaf(kind, range, flags);
        }
        self.builder.leaf_with_text(kind, range, flags, value)
    }

    fn empty(&mut self, flags: u8, at: usize) -> u32 {
        let parent = self.opened.last().copied();
        let is_value = parent.is_some_and(|parent| parent.kind == Kind::Map && parent.children % 2 == 1);
        let at = place::empty_value(self.text, self.read_to(), at, is_value) as u32;
        self.count_child();
        self.builder.leaf(Kind::Empty, at..at, flags)
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) {
        self.count_child();
        let target = self.anchors.get(anchor).copied().flatten();
        let circular = target.is_some_and(|target| self.builder.is_open(target));
        if circular {
            let name = quoted(self.text.get(range.clone()).unwrap_or_default());
            let message = format!("the alias {name} stands inside the value of its own anchor");
            self.faults.add(FaultKind::Circular, range.clone(), message, "move the alias out, or use `$ref`");
            self.builder.damage(range.start as u32..range.end as u32);
        }
        self.builder.alias(target.filter(|_| !circular), range.start as u32..range.end as u32);
    }

    fn unknown_alias(&mut self, name: &str, range: Range<usize>) {
        self.count_child();
        let message = format!("there is no anchor {} before this alias", quoted(&format!("&{name}")));
        let help = "define it further up in the same document, or put text that starts with `*` in quotes";
        self.faults.syntax(range.clone(), message, help);
        self.builder.damage(range.start as u32..range.end as u32);
        self.builder.alias(None, range.start as u32..range.end as u32);
    }

    fn count_child(&mut self) {
        if let Some(parent) = self.opened.last_mut() {
            parent.children += 1;
        }
    }

    fn anchor(&mut self, id: usize, node: u32) {
        if id == 0 {
            return;
        }
        if self.anchors.len() <= id {
            self.anchors.resize(id + 1, None);
        }
        if let Some(anchor) = self.anchors.get_mut(id) {
            *anchor = Some(node);
        }
    }

    /// Completes what is open: a key gets a value, every collection its end.
    fn stop(&mut self, kind: ErrorKind, at: usize) -> Stop {
        let flow = self.opened.iter().find(|opened| opened.is_flow).map(|opened| opened.start);
        let blocks = self.opened.iter().filter(|opened| !opened.is_flow);
        let columns = blocks.map(|opened| opened.start - place::line_start(self.text, opened.start)).collect();
        let closed_flow = self.closed_flow.clone();
        let stop = Stop { kind, at, read_to: self.read_to(), last_scalar: self.last_scalar, flow, closed_flow, columns };
        while let Some(opened) = self.opened.last().copied() {
            if opened.kind == Kind::Map && opened.children % 2 == 1 {
                self.empty(0, self.read_to());
            }
            self.close(0..0);
        }
        stop
    }
}

/// Whether a tag makes text of any scalar: `!!str`, or the `!` that takes a scalar as it is.
fn means_text(tag: &Tag) -> bool {
    matches!((tag.handle(), tag.suffix()), ("tag:yaml.org,2002:", "str") | ("", "!" | "tag:yaml.org,2002:str") | ("!", ""))
}

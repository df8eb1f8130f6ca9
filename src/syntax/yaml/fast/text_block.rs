//! Scalars behind `|` and `>`.

use super::{Reader, Scalar};
use crate::syntax::tree::Kind;

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    /// `-`: none is kept.
    Strip,
    /// Nothing: one is kept.
    Clip,
    /// `+`: all are kept.
    Keep,
}

/// A line that may belong to a text block.
enum Line {
    /// It does; its content starts here.
    Inside(usize),
    /// It stands behind the block.
    Behind,
}

impl Reader<'_> {
    /// A text block whose `|` or `>` is looked at. Its lines are indented by `least` or more.
    pub(super) fn text_block(&mut self, least: usize) -> Option<()> {
        let start = self.at;
        let kind = if self.byte()? == b'|' { Kind::Literal } else { Kind::Folded };
        self.at += 1;
        let (chomping, indent) = self.text_block_header(least)?;
        self.line_ends()?;
        self.at = self.line_end(self.at);
        if self.at == self.bytes.len() {
            return None;
        }
        self.next_line();
        let indent = indent.or_else(|| self.first_indentation(least))?;
        self.decoded.clear();
        let end = self.text_block_lines(kind, indent)?;
        self.chomp(chomping);
        self.put(Scalar { kind, start, end, is_decoded: true });
        Some(())
    }

    /// The indicators behind the `|`: what becomes of the last line break, and the indentation if it is told.
    fn text_block_header(&mut self, least: usize) -> Option<(Chomping, Option<usize>)> {
        let (mut chomping, mut indent) = (None, None);
        while let Some(byte) = self.byte() {
            match byte {
                b'-' if chomping.is_none() => chomping = Some(Chomping::Strip),
                b'+' if chomping.is_none() => chomping = Some(Chomping::Keep),
                b'1'..=b'9' if indent.is_none() => indent = Some(least.checked_sub(1)? + usize::from(byte - b'0')),
                _ => break,
            }
            self.at += 1;
        }
        Some((chomping.unwrap_or(Chomping::Clip), indent))
    }

    /// The indentation of the first line that has content. No line before it may have more blanks.
    fn first_indentation(&self, least: usize) -> Option<usize> {
        let (mut at, mut most) = (self.at, 0);
        loop {
            let start = at;
            while self.bytes.get(at) == Some(&b' ') {
                at += 1;
            }
            let blanks = at - start;
            match self.bytes.get(at)? {
                b'\n' => at += 1,
                b'\r' => at += 2,
                b'\t' => return None,
                _ => return (blanks >= least && blanks > 0 && most <= blanks).then_some(blanks),
            }
            most = most.max(blanks);
        }
    }

    /// Decodes the lines of a block and gives the end of the last one with content.
    fn text_block_lines(&mut self, kind: Kind, indent: usize) -> Option<usize> {
        let (mut end, mut breaks, mut was_deeper) = (None, 0, false);
        let mut is_first = true;
        while let Line::Inside(content) = self.text_block_line(indent)? {
            let line = self.text.get(content..self.line_end(content))?;
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.is_empty() {
                breaks += 1;
            } else {
                let is_deeper = kind == Kind::Folded && line.starts_with([' ', '\t']);
                self.break_block(kind, breaks, is_first || was_deeper || is_deeper);
                self.decoded.push_str(line);
                (breaks, was_deeper, is_first) = (1, is_deeper, false);
                let visible = line.trim_end().len();
                end = if visible == 0 { end } else { Some(content + visible) };
            }
            self.at = self.line_end(content);
            if self.at == self.bytes.len() {
                return None;
            }
            self.next_line();
        }
        self.decoded.extend(std::iter::repeat_n('\n', breaks));
        end
    }

    /// The line breaks between two lines with content.
    fn break_block(&mut self, kind: Kind, breaks: usize, stay: bool) {
        if kind == Kind::Folded && !stay {
            self.fold(breaks);
        } else {
            self.decoded.extend(std::iter::repeat_n('\n', breaks));
        }
    }

    /// Whether the line belongs to the block, and where its content starts.
    fn text_block_line(&self, indent: usize) -> Option<Line> {
        let mut content = self.at;
        while content - self.at < indent && self.bytes.get(content) == Some(&b' ') {
            content += 1;
        }
        let is_deep = content - self.at == indent;
        match self.bytes.get(content) {
            Some(b'\t') if !is_deep => None,
            Some(b'\n' | b'\r') => Some(Line::Inside(content)),
            Some(_) if is_deep => Some(Line::Inside(content)),
            _ => Some(Line::Behind),
        }
    }

    fn chomp(&mut self, chomping: Chomping) {
        let content = self.decoded.trim_end_matches('\n').len();
        match chomping {
            Chomping::Keep => {}
            Chomping::Clip => self.decoded.truncate(self.decoded.len().min(content + 1)),
            Chomping::Strip => self.decoded.truncate(content),
        }
    }
}

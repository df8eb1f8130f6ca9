//! Comments of YAML, looked for when somebody asks: reading a file does not slow down for them.

use memchr::memmem;

use super::tree::{Kind, RawNode};
use super::{File, Format};
use crate::source::Span;

/// A comment of a YAML file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment<'t> {
    /// What it says behind the `#`, to the end of its line.
    pub text: &'t str,
    /// Where that text stands.
    pub span: Span,
    /// Whether nothing else stands on its line.
    pub is_alone: bool,
}

impl File {
    /// The comments that begin with this word, blanks before it left out. JSON has none.
    pub fn comments_with(&self, word: &str) -> Vec<Comment<'_>> {
        if self.format != Format::Yaml {
            return Vec::new();
        }
        let found = memmem::find_iter(self.source.text().as_bytes(), word);
        found.filter_map(|at| self.comment_at(at)).collect()
    }

    /// The comment whose first word starts at this offset.
    fn comment_at(&self, at: usize) -> Option<Comment<'_>> {
        let text = self.source.text();
        let start = text.get(..at)?.trim_end_matches([' ', '\t']).len().checked_sub(1)?;
        let before = text.get(..start)?;
        let is_comment = text.as_bytes().get(start) == Some(&b'#')
            && before.trim_start_matches('\u{feff}').bytes().next_back().is_none_or(is_blank);
        if !is_comment || self.is_inside_scalar(start) {
            return None;
        }
        let behind = text.as_bytes().get(at..)?;
        let end = at + memchr::memchr2(b'\n', b'\r', behind).unwrap_or(behind.len());
        let written = text.get(at..end)?.trim_end();
        let span = self.source.span(at as u32, (at + written.len()) as u32);
        let line_start = memchr::memrchr2(b'\n', b'\r', before.as_bytes()).map_or(0, |end| end + 1);
        let is_alone = before.get(line_start..)?.trim_start_matches('\u{feff}').trim_start().is_empty();
        (!self.is_damaged(span)).then_some(Comment { text: written, span, is_alone })
    }

    /// Whether a `#` at this offset is part of a scalar. Leaves do not overlap, so only the last one that starts before
    /// the offset can hold it.
    fn is_inside_scalar(&self, at: usize) -> bool {
        let nodes = &self.tree.nodes;
        let last = nodes.partition_point(|node| node.start as usize <= at).checked_sub(1);
        last.and_then(|last| nodes.get(last)).is_some_and(|node| self.holds(node, at))
    }

    fn holds(&self, node: &RawNode, at: usize) -> bool {
        match node.kind {
            Kind::Map | Kind::List | Kind::Empty => false,
            // Behind the `|` or `>`, on the same line, a comment may stand.
            Kind::Literal | Kind::Folded => {
                let header = self.source.slice(node.start as usize..at);
                at < node.end as usize && header.contains(['\n', '\r'])
            }
            _ => at < node.end as usize,
        }
    }
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use crate::source::{Source, SourceId};
    use crate::syntax::parse;

    fn found(name: &str, text: &str) -> Vec<(String, bool)> {
        let file = parse(Source::new(SourceId(0), name, text));
        file.comments_with("mark:").iter().map(|comment| (comment.text.to_owned(), comment.is_alone)).collect()
    }

    #[test]
    fn only_real_comments_are_found() {
        let cases = [
            ("a: 1 # mark: x\n", vec![("mark: x", false)]),
            ("# mark: x  \r\na: 1\r\n", vec![("mark: x", true)]),
            ("\u{feff}#mark: x\na: 1\n", vec![("mark: x", true)]),
            ("a:\n  - b\n  # mark: x\n  - c # mark: y", vec![("mark: x", true), ("mark: y", false)]),
            ("a: {b: 1, # mark: x\n  c: 2}\n", vec![("mark: x", false)]),
            ("a: | # mark: x\n  # mark: y\n  text # mark: z\n# mark: end\n", vec![("mark: x", false), ("mark: end", true)]),
            ("a: >-\n  # mark: y\nb: # mark: z\n  c: 1\n", vec![("mark: z", false)]),
            ("a: ' # mark: x'\nb: \"\n  # mark: y\n  \"\n", vec![]),
            ("a: b\n  # mark: x\n", vec![("mark: x", true)]),
            ("a: b#mark: x\n", vec![]),
            ("## mark: x\n# see mark: y\n", vec![]),
            ("a:\n  # mark: x\n  b: 1\n...\n---\n# mark: y\nc: 1\n", vec![("mark: x", true), ("mark: y", true)]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> = expected.into_iter().map(|(text, alone)| (text.to_owned(), alone)).collect();
            assert_eq!(found("a.yaml", text), expected, "{text}");
        }
        assert_eq!(found("a.json", "{\"a\": \" # mark: x\"}"), []);
    }
}

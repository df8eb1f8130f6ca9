//! How the tests of this module write faults and trees.

use super::{File, Kind, Node, parse};
use crate::source::{Source, SourceId, Span};

/// Reads a text under a name.
pub(super) fn file(name: &str, text: &str) -> File {
    parse(Source::new(SourceId(0), name, text))
}

/// Each fault as `1:5-1:6 kind: message`.
pub(super) fn faults(file: &File) -> Vec<String> {
    let line = |fault: &super::Fault| format!("{} {}", place(file, fault.span), fault.message);
    file.faults().iter().map(line).collect()
}

/// A span as `line:column-line:column`.
pub(super) fn place(file: &File, span: Span) -> String {
    let (start, end) = (file.source().position(span.start), file.source().position(span.end));
    format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
}

/// All documents: maps as `{key=value}`, lists as `[item]`, nothing as `~`, an alias as `*text`, scalars in the quotes they
/// were written in, with their decoded text.
pub(super) fn dump(file: &File) -> String {
    file.roots().map(dump_node).collect::<Vec<_>>().join(" --- ")
}

fn dump_node(node: Node<'_>) -> String {
    let text = node.text().unwrap_or_default();
    match node.kind() {
        Kind::Map => {
            let entry = |entry: super::Entry<'_>| format!("{}={}", dump_node(entry.key), dump_node(entry.value));
            format!("{{{}}}", node.entries().map(entry).collect::<Vec<_>>().join(" "))
        }
        Kind::List => format!("[{}]", node.items().map(dump_node).collect::<Vec<_>>().join(" ")),
        Kind::Plain => text.into_owned(),
        Kind::Single => format!("'{text}'"),
        Kind::Double => format!("\"{text}\""),
        Kind::Literal => format!("|{text:?}"),
        Kind::Folded => format!(">{text:?}"),
        Kind::Empty => "~".to_owned(),
        Kind::Alias => "*".to_owned(),
    }
}

/// The raw texts of all nodes in tape order: what their spans cover.
pub(super) fn spans(file: &File) -> Vec<&str> {
    (0..file.tree().len() as u32).map(|index| file.node(index).raw()).collect()
}

/// One line per number.
pub(super) fn lines(numbers: std::ops::Range<usize>, line: impl FnMut(usize) -> String) -> String {
    numbers.map(line).collect::<Vec<_>>().concat()
}

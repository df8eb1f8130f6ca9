//! Bytes to [`File`]: text, its tree with byte spans, and what was wrong while reading it. Parsing cannot fail.

mod build;
mod decode;
mod fault;
mod json;
mod node;
mod scalar;
mod tree;
mod yaml;

pub use decode::{Decoded, decode};
pub use fault::{Fault, FaultKind};
pub use node::{Entries, Entry, Items, Node};
pub use scalar::Scalar;
pub use tree::{Kind, Tree};

use crate::source::{Source, SourceId, Span};

/// The deepest nesting of lists and maps that is read; what lies deeper is a `limit-exceeded` finding.
pub const MAXIMUM_DEPTH: usize = 255;

/// The largest file that is read, in bytes.
pub const MAXIMUM_SIZE: usize = 1 << 30;

/// The largest number of nodes a file may stand for once its aliases are expanded.
pub const MAXIMUM_EXPANSION: u64 = 10_000_000;

/// Which reader made the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 8259, read strictly.
    Json,
    /// YAML 1.2, core schema.
    Yaml,
}

/// One file after reading: text, tree and faults.
#[derive(Debug)]
pub struct File {
    source: Source,
    format: Format,
    tree: Tree,
    faults: Vec<Fault>,
}

impl File {
    /// The text and its name.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Which reader made the tree.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// What was wrong while reading, in file order.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The root of each YAML document; JSON has at most one. Empty where nothing could be read.
    pub fn roots(&self) -> impl ExactSizeIterator<Item = Node<'_>> {
        self.tree.roots.iter().map(|&index| Node::new(self, index))
    }

    /// The node with this index in the tree's tape.
    pub fn node(&self, index: u32) -> Node<'_> {
        Node::new(self, index)
    }

    /// Whether text inside or at the edge of this span could not be read.
    pub fn is_damaged(&self, span: Span) -> bool {
        self.tree.damage.iter().any(|range| range.start <= span.end && span.start <= range.end)
    }
}

/// Reads the bytes of a file.
pub fn read(id: SourceId, name: &str, bytes: Vec<u8>) -> File {
    parse(Source::new(id, name, decode(bytes).text))
}

/// Reads a file. A name that ends in `.json`, or a text that starts like JSON, is read as JSON;
/// what is no JSON and does not claim to be is read as YAML.
pub fn parse(source: Source) -> File {
    if claims_to_be_json(source.name()) {
        return json::parse(source);
    }
    if !starts_like_json(source.text()) {
        return yaml::parse(source);
    }
    let file = json::parse(source);
    if file.faults.iter().all(|fault| fault.kind != FaultKind::Syntax) {
        return file;
    }
    yaml::parse(file.source)
}

fn claims_to_be_json(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("json"))
}

fn starts_like_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

//! Bytes to [`File`]: text, its tree with byte spans, and what was wrong while reading it. Parsing cannot fail.

mod build;
mod comments;
mod conflict;
mod damage;
mod decode;
pub mod edit;
mod entries;
mod examine;
mod fault;
mod json;
mod key_set;
#[cfg(test)]
mod mutation;
mod node;
mod pointer;
mod scalar;
mod seeker;
#[cfg(test)]
mod testing;
mod tree;
mod yaml;

pub use comments::Comment;
pub use decode::{Decoded, Replaced, decode};
pub use entries::{Entries, Entry, Items};
pub use fault::{Fault, FaultKind};
pub(crate) use key_set::KeySet;
pub use node::Node;
pub use pointer::{escaped, unescaped};
pub use scalar::Scalar;
pub(crate) use seeker::Seeker;
pub use tree::{Kind, Tree};
#[doc(hidden)]
pub use yaml::compare_readers;

use crate::source::{Source, SourceId};
use fault::Faults;

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

    /// The same with another path than the name of its source; see [`Source::path`].
    #[must_use]
    pub fn with_path(self, path: Option<String>) -> Self {
        File { source: self.source.with_path(path), ..self }
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

    /// What of it is used in more than one place.
    fn sharing(&self) -> &edit::Sharing {
        self.tree.sharing.get_or_init(|| edit::Sharing::of(self))
    }
}

/// Reads the bytes of a file: [`decode()`] and [`parse`], with what is no UTF-8 among the faults.
pub fn read(id: SourceId, name: impl Into<String>, bytes: Vec<u8>) -> File {
    if bytes.len() > MAXIMUM_SIZE {
        return too_large(Source::new(id, name, ""), bytes.len());
    }
    if let Some(encoding) = decode::wide_encoding(&bytes) {
        return wide(Source::new(id, name, decode(bytes).text), encoding);
    }
    let decoded = decode(bytes);
    let mut file = parse(Source::new(id, name, decoded.text));
    file.faults.extend(encoding_fault(&file.source, &decoded.replaced));
    file.tree.damage.extend(decoded.replaced.into_iter().map(|replaced| replaced.range));
    file.faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
    file
}

/// Reads a file. A name that ends in `.json` is always read as JSON. Any other text that starts like JSON is tried as
/// JSON first and is YAML if it reads better so.
pub fn parse(source: Source) -> File {
    let mut file = parse_text(source);
    conflict::explain(&mut file);
    file
}

fn parse_text(source: Source) -> File {
    if source.text().len() > MAXIMUM_SIZE {
        let size = source.text().len();
        return too_large(Source::new(source.id(), source.name(), ""), size);
    }
    if claims_to_be_json(source.name()) {
        return json::parse(source);
    }
    if !starts_like_json(source.text()) {
        return yaml::parse(source);
    }
    let json = json::parse(source);
    match broken_places(&json.faults) {
        0 => json,
        broken => json_or_yaml(json, broken),
    }
}

/// JSON with faults may be the flow style of YAML. Where that has faults too, a text whose first key is quoted was meant
/// to be JSON, and the JSON reader keeps more of it.
fn json_or_yaml(json: File, broken: usize) -> File {
    let File { source, tree, faults, .. } = json;
    let yaml = yaml::parse(source);
    let allowed = if has_quoted_key(yaml.source.text()) { 0 } else { broken - 1 };
    if broken_places(&yaml.faults) <= allowed {
        return yaml;
    }
    File { source: yaml.source, format: Format::Json, tree, faults }
}

fn broken_places(faults: &[Fault]) -> usize {
    faults.iter().filter(|fault| matches!(fault.kind, FaultKind::Syntax | FaultKind::Limit)).count()
}

fn too_large(source: Source, size: usize) -> File {
    let message = format!("the file has {size} bytes; at most {MAXIMUM_SIZE} are read");
    unread(source, FaultKind::Limit, message, "split it".to_owned())
}

fn wide(source: Source, encoding: &str) -> File {
    let message = format!("this file is {encoding}, not UTF-8");
    let help = format!("convert it: `iconv -f {encoding} -t UTF-8`");
    unread(source, FaultKind::Encoding, message, help)
}

/// A file of which nothing is read.
fn unread(source: Source, kind: FaultKind, message: String, help: String) -> File {
    let mut faults = Faults::new(&source);
    faults.add(kind, 0..1, message, help);
    let faults = faults.into_list();
    let whole = 0..source.text().len() as u32;
    let tree = Tree { damage: Vec::from([whole]), ..Tree::default() };
    File { source, format: Format::Yaml, tree, faults }
}

/// One fault for all bytes of a file: the encoding is wrong once.
fn encoding_fault(source: &Source, replaced: &[Replaced]) -> Option<Fault> {
    let first = replaced.first()?;
    let message = match replaced.len() {
        1 => format!("the byte 0x{:02X} is no UTF-8", first.byte),
        count => format!("{count} bytes of this file are no UTF-8, the first of them 0x{:02X}", first.byte),
    };
    Some(Fault {
        kind: FaultKind::Encoding,
        span: source.span(first.range.start, first.range.end),
        message,
        help: Some("save the file as UTF-8; from Latin-1: `iconv -f ISO-8859-1 -t UTF-8`".to_owned()),
        related: Vec::new(),
        node: None,
    })
}

fn claims_to_be_json(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("json"))
}

fn has_quoted_key(text: &str) -> bool {
    let inside = text.trim_start_matches('\u{feff}').trim_start().strip_prefix('{');
    inside.is_some_and(|inside| inside.trim_start().starts_with('"'))
}

fn starts_like_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

#[cfg(test)]
mod tests;

//! What can be wrong with a file before any rule looks at it.

use crate::finding::Related;
use crate::source::Span;

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

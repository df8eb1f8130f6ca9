//! What would cure a finding, as changes of text.

use crate::source::Span;

/// Whether a fix may be applied without a look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// The description means the same, or what its author plainly meant: `--fix` applies it.
    Safe,
    /// It changes what the description promises: `--unsafe-fixes` applies it.
    Unsafe,
}

impl Safety {
    /// The word used in rule files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

/// One change: these bytes become this text. An empty span is an insertion, an empty text a removal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextEdit {
    /// The bytes, of whichever file.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// The changes that cure a finding, all of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a short command: "remove `content`".
    pub title: String,
    /// Whether it may be applied without a look at it.
    pub safety: Safety,
    /// The changes, in file order; they do not overlap.
    pub edits: Vec<TextEdit>,
    /// The list of entries that it relies on: nothing else may change in there at the same time.
    pub scope: Option<Span>,
}

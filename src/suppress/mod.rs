//! Suppressions written into descriptions: `# statusquo: allow rule-id -- reason` and `x-statusquo-allow`.

mod comment;
mod extension;

use std::ops::Range;

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::source::{SourceId, Span};
use crate::syntax::File;

/// The key that allows findings in its object or below.
pub const EXTENSION: &str = "x-statusquo-allow";

/// What a comment of ours begins with.
pub const COMMENT: &str = "statusquo:";

/// One rule that a description allows somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The rule's id as written.
    pub rule: String,
    /// Where the id is written.
    pub span: Span,
    /// The node where it is written, in an extension: its index on the tape.
    pub node: Option<u32>,
    /// Why, in the author's words.
    pub reason: Option<String>,
    /// What it covers.
    pub scope: Scope,
}

/// What an allowance covers, as bytes of the file it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What is placed on one line: that of the comment, or the one below it.
    Line {
        /// The line's number, from 1.
        number: u32,
        /// Its bytes, without the line break.
        bytes: Range<u32>,
    },
    /// What is placed in an object, its key included.
    Object {
        /// From its key to its end.
        bytes: Range<u32>,
        /// The value of the `$ref` beside the extension.
        reference: Option<u32>,
    },
}

/// A suppression that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub span: Span,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// A place in an operation through which something that is defined elsewhere is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Where: the operation's key, its status key, a `$ref`.
    pub place: Span,
    /// Objects that begin before this offset are about more than the operation and its path.
    pub floor: u32,
}

/// All suppressions in the files of a run.
#[derive(Debug, Default)]
pub struct Suppressions {
    allowances: Vec<Allowance>,
    mistakes: Vec<Mistake>,
    by_rule: FxHashMap<(SourceId, String), Vec<usize>>,
}

impl Suppressions {
    /// Reads those of some files; most files have none, and that costs one search through their text.
    pub fn of<'p>(files: impl Iterator<Item = &'p File>) -> Suppressions {
        let mut found = Suppressions::default();
        let finder = memmem::Finder::new("statusquo");
        for file in files.filter(|file| finder.find(file.source().text().as_bytes()).is_some()) {
            comment::read(file, &mut found);
            extension::read(file, &mut found);
        }
        for (index, allowance) in found.allowances.iter().enumerate() {
            let key = (allowance.span.source, allowance.rule.clone());
            found.by_rule.entry(key).or_default().push(index);
        }
        found
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.allowances.is_empty() && self.mistakes.is_empty()
    }

    /// All allowances, by file.
    pub fn allowances(&self) -> &[Allowance] {
        &self.allowances
    }

    /// What could not be understood.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// The indexes of the allowances that cover a finding of a rule: at its place, or at one of the sites through which
    /// an operation uses what is at fault.
    pub fn covering(&self, rule: &str, place: Span, sites: &[Site]) -> Vec<usize> {
        let mut covering = self.matching(rule, place.source, |scope| scope.covers(place.start));
        for site in sites {
            covering.extend(self.matching(rule, site.place.source, |scope| scope.covers_use(*site)));
        }
        covering
    }

    fn matching(&self, rule: &str, source: SourceId, covers: impl Fn(&Scope) -> bool) -> Vec<usize> {
        let indexes = self.by_rule.get(&(source, rule.to_owned())).into_iter().flatten().copied();
        indexes.filter(|&index| self.allowances.get(index).is_some_and(|allowance| covers(&allowance.scope))).collect()
    }
}

impl Scope {
    /// Whether what is placed at this offset of the same file is covered.
    pub fn covers(&self, at: u32) -> bool {
        match self {
            // A value of which nothing is written stands at the end of its line.
            Scope::Line { bytes, .. } => (bytes.start..=bytes.end).contains(&at),
            Scope::Object { bytes, .. } => bytes.contains(&at),
        }
    }

    fn covers_use(&self, site: Site) -> bool {
        let at = site.place.start;
        match self {
            Scope::Line { .. } => self.covers(at),
            Scope::Object { bytes, reference } => *reference == Some(at) || bytes.start >= site.floor && bytes.contains(&at),
        }
    }
}

#[cfg(test)]
mod tests;

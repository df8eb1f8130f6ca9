//! Suppressions written into descriptions: `# statusquo: allow rule-id -- reason` and `x-statusquo-allow`.

mod comment;
mod covering;
mod extension;

use std::ops::Range;

use covering::Covering;
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    by_rule: FxHashMap<String, FxHashMap<SourceId, Covering>>,
    /// For each allowance the first one that allows the same at the same place.
    firsts: Vec<usize>,
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
        found.index();
        found
    }

    fn index(&mut self) {
        let mut known: FxHashMap<(&str, SourceId, &Scope), usize> = FxHashMap::default();
        for (index, allowance) in self.allowances.iter().enumerate() {
            let source = allowance.span.source;
            let first = *known.entry((&allowance.rule, source, &allowance.scope)).or_insert(index);
            self.firsts.push(first);
            if first == index {
                let by_source = self.by_rule.entry(allowance.rule.clone()).or_default();
                by_source.entry(source).or_default().add(index, &allowance.scope);
            }
        }
        self.by_rule.values_mut().flat_map(FxHashMap::values_mut).for_each(Covering::sort);
    }

    /// The allowance that stands for all that allow the same at the same place, by index.
    pub fn first_like(&self, index: usize) -> usize {
        self.firsts.get(index).copied().unwrap_or(index)
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
    /// an operation uses what is at fault. Of those that allow the same at the same place the first.
    pub fn covering(&self, rule: &str, place: Span, sites: &[Site]) -> Vec<usize> {
        let Some(by_source) = self.by_rule.get(rule) else { return Vec::new() };
        let at = |source: SourceId, at: u32| by_source.get(&source).map(|covering| covering.at(at)).unwrap_or_default();
        let mut covering = at(place.source, place.start);
        for site in sites {
            let is_covered = |index: &usize| self.allowances.get(*index).is_some_and(|one| one.scope.covers_use(*site));
            covering.extend(at(site.place.source, site.place.start).into_iter().filter(is_covered));
        }
        covering
    }
}

impl Scope {
    /// Whether what is placed at this offset of the same file is covered.
    pub fn covers(&self, at: u32) -> bool {
        self.range().contains(&at)
    }

    /// The offsets that are covered.
    pub fn range(&self) -> Range<u32> {
        match self {
            // A value of which nothing is written stands at the end of its line.
            Scope::Line { bytes, .. } => bytes.start..bytes.end + 1,
            Scope::Object { bytes, .. } => bytes.clone(),
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

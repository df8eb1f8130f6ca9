//! One finding, as programs look at it.

use std::fmt;
use std::ops::Range;

use crate::finding::{self, Severity};
use crate::report::Location;
use crate::source::Span;

/// One fault at one place of a description. Shown with `{}` it is one line, as editors read it.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'r> {
    inner: &'r finding::Finding,
    location: Location<'r>,
    url: Option<&'r str>,
}

impl<'r> Finding<'r> {
    pub(super) fn new(inner: &'r finding::Finding, location: Location<'r>, url: Option<&'r str>) -> Self {
        Finding { inner, location, url }
    }

    /// The id of the rule, such as `found-redirect`.
    pub fn rule(&self) -> &'r str {
        self.inner.rule.as_str()
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.inner.severity
    }

    /// What is wrong here: lower case, one sentence, no final stop.
    pub fn message(&self) -> &'r str {
        &self.inner.message
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'r str> {
        self.inner.help.as_deref()
    }

    /// The specification behind the rule.
    pub fn url(&self) -> Option<&'r str> {
        self.url
    }

    /// The name of the file.
    pub fn file(&self) -> &'r str {
        self.location.file
    }

    /// The line, from 1.
    pub fn line(&self) -> u32 {
        self.location.start.line
    }

    /// The column in Unicode scalar values, from 1.
    pub fn column(&self) -> u32 {
        self.location.start.column
    }

    /// The bytes of the file that it points at: the key or value that is wrong, or the key of what lacks something.
    pub fn range(&self) -> Range<usize> {
        self.inner.span().map(Span::range).unwrap_or_default()
    }

    /// The JSON Pointer of that place (RFC 6901).
    pub fn pointer(&self) -> &'r str {
        self.inner.pointer()
    }

    /// The operations that fail here, in document order, such as `POST /orders`.
    pub fn operations(&self) -> &'r [String] {
        &self.inner.operations
    }

    /// The status key as written (`404`, `4XX`, `default`), where the finding is about one.
    pub fn status(&self) -> Option<&'r str> {
        self.inner.status.as_deref()
    }

    /// Tells the same finding again after unrelated edits: moved lines, reordered paths, new operations leave it alone.
    pub fn fingerprint(&self) -> &'r str {
        &self.inner.fingerprint
    }
}

impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, line, column, severity) = (self.file(), self.line(), self.column(), self.severity());
        write!(f, "{file}:{line}:{column}: {severity}: {} [{}]", self.message(), self.rule())
    }
}

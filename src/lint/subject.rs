//! What a run is about: which files are descriptions.

use std::sync::LazyLock;

use regex::Regex;

use crate::openapi::version_of;
use crate::syntax::{FaultKind, File, Node};

/// Whether a document is a description, of whatever version.
pub fn is_description(root: Node<'_>) -> bool {
    version_of(root).is_some()
}

/// Whether a file holds a description, or wants to: much may be wrong with it.
pub fn claims_to_be_description(file: &File) -> bool {
    file.roots().any(is_description) || is_broken_description(file)
}

/// A file in which so much is wrong that its root was not found, but that says what it wants to be.
fn is_broken_description(file: &File) -> bool {
    static VERSION: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(?m)(^|[{,])\s*["']?(openapi|swagger)["']?\s*:\s*["']?[0-9]"#).ok());
    let serious = |kind| matches!(kind, FaultKind::Syntax | FaultKind::Encoding | FaultKind::Limit);
    if !file.faults().iter().any(|fault| serious(fault.kind)) {
        return false;
    }
    let text: String = file.source().text().chars().filter(|letter| !matches!(letter, '\0' | '?' | '\u{feff}')).collect();
    VERSION.as_ref().is_some_and(|version| version.is_match(&text))
}

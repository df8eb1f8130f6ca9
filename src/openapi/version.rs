//! Which kind of description a document is.

use crate::syntax::Node;

/// A version of the OpenAPI Specification that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Swagger 2.0.
    V2_0,
    /// OpenAPI 3.0.x.
    V3_0,
    /// OpenAPI 3.1.x.
    V3_1,
    /// OpenAPI 3.2.x.
    V3_2,
}

impl Version {
    /// The version as rules write it: `2.0`, `3.0`, `3.1`, `3.2`.
    pub fn word(self) -> &'static str {
        match self {
            Version::V2_0 => "2.0",
            Version::V3_0 => "3.0",
            Version::V3_1 => "3.1",
            Version::V3_2 => "3.2",
        }
    }
}

/// The root key that makes a document a description.
#[derive(Clone, Copy, Debug)]
pub struct VersionKey<'p> {
    /// The key, `openapi` or `swagger`.
    pub key: Node<'p>,
    /// Its value.
    pub value: Node<'p>,
    /// The version, if it is one that is understood.
    pub version: Option<Version>,
}

/// Looks for `openapi` or `swagger` at the root of a document; `None` if it is no description.
/// Configuration files of other tools have maps under these keys.
pub fn version_of(root: Node<'_>) -> Option<VersionKey<'_>> {
    let entry = root.entry("openapi").or_else(|| root.entry("swagger"))?;
    if entry.value.is_map() || entry.value.is_list() {
        return None;
    }
    let text = entry.value.text().unwrap_or_default();
    let version = if entry.key.is_text("swagger") { swagger(&text) } else { openapi(&text) };
    Some(VersionKey { key: entry.key, value: entry.value, version })
}

/// YAML readers turn an unquoted `2.0` into a number, and some writers drop the zero: `2` is taken for 2.0.
fn swagger(text: &str) -> Option<Version> {
    matches!(text.trim(), "2.0" | "2" | "2.0.0").then_some(Version::V2_0)
}

fn openapi(text: &str) -> Option<Version> {
    let mut parts = text.trim().split('.');
    let version = match (parts.next()?, parts.next()?) {
        ("3", "0") => Version::V3_0,
        ("3", "1") => Version::V3_1,
        ("3", "2") => Version::V3_2,
        _ => return None,
    };
    let patch = parts.next().unwrap_or("0");
    (parts.next().is_none() && patch.starts_with(|first: char| first.is_ascii_digit())).then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        let cases = [("3.0.3", Some(Version::V3_0)), ("3.1", Some(Version::V3_1)), ("3.2.0", Some(Version::V3_2))];
        let odd = [
            ("3.0.0-rc1", Some(Version::V3_0)),
            ("4.0.0", None),
            ("3", None),
            ("three", None),
            ("3.0.x", None),
            ("3.0.0.1", None),
        ];
        for (text, expected) in cases.into_iter().chain(odd) {
            assert_eq!(openapi(text), expected, "{text}");
        }
    }
}

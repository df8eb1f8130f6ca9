//! File names as URI references (RFC 3986).

use std::fmt::Write;

/// A name as a URI reference: relative stays relative, absolute becomes a `file:` URI.
pub(crate) fn reference(name: &str) -> String {
    if name.starts_with("//") {
        format!("file:{}", encoded(name))
    } else if name.starts_with('/') {
        format!("file://{}", encoded(name))
    } else if has_drive(name) {
        let (drive, path) = name.split_at(2);
        format!("file:///{drive}{}", encoded(path))
    } else {
        encoded(name)
    }
}

/// Whether a name does not hang on the working directory.
pub(super) fn is_absolute(name: &str) -> bool {
    name.starts_with('/') || has_drive(name)
}

fn has_drive(name: &str) -> bool {
    matches!(name.as_bytes(), [drive, b':', b'/', ..] if drive.is_ascii_alphabetic())
}

/// Everything but unreserved characters and `/` is escaped; a `:` too, which could be taken for the end of a scheme.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_references() {
        let table = [
            ("openapi.yaml", "openapi.yaml", false),
            ("a b/c,d.yaml", "a%20b/c%2Cd.yaml", false),
            ("../grüße.json", "../gr%C3%BC%C3%9Fe.json", false),
            ("a:b%.yaml", "a%3Ab%25.yaml", false),
            ("/srv/api.yaml", "file:///srv/api.yaml", true),
            ("C:/apis/a b.yaml", "file:///C:/apis/a%20b.yaml", true),
            ("//host/share/a.yaml", "file://host/share/a.yaml", true),
        ];
        for (name, uri, absolute) in table {
            assert_eq!((reference(name).as_str(), is_absolute(name)), (uri, absolute));
        }
    }
}

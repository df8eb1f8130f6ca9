//! Revisions on the command line.

/// A file or folder at a revision, as git writes it: `REV:PATH`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionPath {
    /// The revision as it was written; empty for the index.
    pub revision: String,
    /// The path from the root of the repository, or from the working directory if it starts with `./` or `../`;
    /// empty for the root. [`super::Repository::path_in`] tells which it is.
    pub path: String,
}

impl RevisionPath {
    /// Takes the word apart at the first colon, but for those in braces: `main@{10:30}:api.yaml`.
    /// `None` if it has none, if the colon belongs to a drive as in `C:\api.yaml`, and for a URL.
    pub fn parse(text: &str) -> Option<Self> {
        let (revision, path) = text.split_at_checked(colon(text)?)?;
        let path = path.get(1..)?;
        let is_drive = matches!(revision.as_bytes(), [letter] if letter.is_ascii_alphabetic()) && path.starts_with(['/', '\\']);
        let is_url = path.starts_with("//");
        (!is_drive && !is_url).then(|| RevisionPath { revision: revision.to_owned(), path: path.to_owned() })
    }
}

fn colon(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        byte == b':' && depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart_at_the_first_colon() {
        let table = [
            ("main:api.yaml", Some(("main", "api.yaml"))),
            ("feature/x:./a:b.yaml", Some(("feature/x", "./a:b.yaml"))),
            ("HEAD:", Some(("HEAD", ""))),
            (":api.yaml", Some(("", "api.yaml"))),
            ("main@{2026-01-01 10:30}:api.yaml", Some(("main@{2026-01-01 10:30}", "api.yaml"))),
            ("m:api.yaml", Some(("m", "api.yaml"))),
            ("C:\\api.yaml", None),
            ("c:/api.yaml", None),
            ("https://example.org/api.yaml", None),
            ("api.yaml", None),
            ("odd}:api.yaml", Some(("odd}", "api.yaml"))),
            ("odd{:api.yaml", None),
            ("", None),
        ];
        for (text, expected) in table {
            let expected = expected.map(|(revision, path)| RevisionPath { revision: revision.into(), path: path.into() });
            assert_eq!(RevisionPath::parse(text), expected, "{text}");
        }
    }
}

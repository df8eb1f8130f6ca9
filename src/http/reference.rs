//! Where a sentence comes from.

use std::fmt;

/// A place in a specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A section of an RFC.
    Rfc(u16, &'static str),
    /// An Internet-Draft, by its name without a version.
    Draft(&'static str),
}

impl Reference {
    /// The page, at the section.
    pub fn url(self) -> String {
        match self {
            Reference::Rfc(number, section) => {
                format!("https://www.rfc-editor.org/rfc/rfc{number}.html#section-{section}")
            }
            Reference::Draft(name) => format!("https://datatracker.ietf.org/doc/{name}/"),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reference::Rfc(number, section) => write!(f, "RFC {number}, section {section}"),
            Reference::Draft(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reference;

    #[test]
    fn words_and_pages() {
        let section = Reference::Rfc(9110, "15.5.5");
        assert_eq!(section.to_string(), "RFC 9110, section 15.5.5");
        assert_eq!(section.url(), "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5");
        let draft = Reference::Draft("draft-ietf-httpbis-resumable-upload");
        assert_eq!(draft.to_string(), "draft-ietf-httpbis-resumable-upload");
        assert_eq!(draft.url(), "https://datatracker.ietf.org/doc/draft-ietf-httpbis-resumable-upload/");
    }
}

//! Regular expressions (of the `regex` crate: linear time on every text), compiled when the first text is matched.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, bytes};

/// A regular expression. One that speaks of no other characters has a form for ASCII texts, in which `\w`, `\s`, `\d` and
/// `\b` know ASCII only: that means the same there and takes a fraction of the time to compile.
#[derive(Debug)]
pub struct Pattern {
    text: String,
    ascii: OnceLock<Option<bytes::Regex>>,
    unicode: OnceLock<Option<Regex>>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Clone for Pattern {
    fn clone(&self) -> Self {
        Pattern::trusted(self.text.clone())
    }
}

impl Pattern {
    /// A pattern; the error says what is wrong with it.
    pub fn new(text: &str) -> Result<Pattern, String> {
        syntax_error(text).map_or_else(|| Ok(Pattern::trusted(text.to_owned())), Err)
    }

    /// A pattern that is known to be one. If it is none, nothing matches.
    pub(crate) fn trusted(text: String) -> Pattern {
        Pattern { text, ascii: OnceLock::new(), unicode: OnceLock::new() }
    }

    /// Whether it can be compiled.
    #[cfg(test)]
    pub(crate) fn is_sound(&self) -> bool {
        self.for_unicode().is_some()
    }

    /// Whether a text has a match.
    pub fn is_match(&self, text: &str) -> bool {
        match self.for_ascii(text) {
            Some(regex) => regex.is_match(text.as_bytes()),
            None => self.for_unicode().is_some_and(|regex| regex.is_match(text)),
        }
    }

    /// The first match.
    pub(crate) fn find(&self, text: &str) -> Option<Range<usize>> {
        match self.for_ascii(text) {
            Some(regex) => regex.find(text.as_bytes()).map(|found| found.range()),
            None => self.for_unicode()?.find(text).map(|found| found.range()),
        }
    }

    /// The matches one after the other.
    pub(crate) fn find_all<'t>(&'t self, text: &'t str) -> Box<dyn Iterator<Item = Range<usize>> + 't> {
        match self.for_ascii(text) {
            Some(regex) => Box::new(regex.find_iter(text.as_bytes()).map(|found| found.range())),
            None => Box::new(self.for_unicode().into_iter().flat_map(|regex| regex.find_iter(text)).map(|found| found.range())),
        }
    }

    /// The form for ASCII, if the text is that and the pattern has such a form.
    fn for_ascii(&self, text: &str) -> Option<&bytes::Regex> {
        if !text.is_ascii() {
            return None;
        }
        self.ascii.get_or_init(|| compiled_for_ascii(&self.text)).as_ref()
    }

    fn for_unicode(&self) -> Option<&Regex> {
        self.unicode.get_or_init(|| Regex::new(&self.text).ok()).as_ref()
    }
}

/// Without regard to case, `ſ` is an `s` as well; a pattern that may speak of such characters has one meaning only.
fn compiled_for_ascii(pattern: &str) -> Option<bytes::Regex> {
    let speaks_of_others =
        !pattern.is_ascii() || ["\\x", "\\u", "\\U", "\\p", "\\P"].iter().any(|escape| pattern.contains(escape));
    if speaks_of_others { None } else { bytes::RegexBuilder::new(pattern).unicode(false).build().ok() }
}

/// Parsing alone is fast.
fn syntax_error(text: &str) -> Option<String> {
    regex_syntax::parse(text).err().map(|error| match error {
        regex_syntax::Error::Parse(error) => error.kind().to_string(),
        regex_syntax::Error::Translate(error) => error.kind().to_string(),
        _ => "it is no regular expression".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_mean_the_same_on_ascii() {
        let patterns = [
            r"(?i)\bk\w+\s\d",
            r"[^\w\s]+",
            r"^\W*(a|b)?$",
            r".\B.",
            r"(?-i:[A-Z])\S*",
            r"[–x]",
            r"é|e",
            r"(?i)ſ|ß",
            r"(?i)\u{212A}|\x{17F}",
        ];
        let texts = ["", "K1 2", "kelvin\u{b}7", "a-b, c!", "\tx\r\n", "Ab cD", "s", "~\u{7f}e"];
        for pattern in patterns {
            let unicode = Regex::new(pattern).expect("a pattern");
            let pattern = Pattern::new(pattern).expect("a pattern");
            for text in texts {
                let expected: Vec<Range<usize>> = unicode.find_iter(text).map(|found| found.range()).collect();
                assert_eq!(pattern.find_all(text).collect::<Vec<_>>(), expected, "{pattern:?} in {text:?}");
                assert_eq!(pattern.find(text), expected.first().cloned(), "{pattern:?} in {text:?}");
                assert_eq!(pattern.is_match(text), !expected.is_empty(), "{pattern:?} in {text:?}");
            }
        }
    }

    #[test]
    fn other_texts_are_read_as_unicode() {
        let pattern = Pattern::new(r"\bé\w+").expect("a pattern");
        assert_eq!(pattern.find("un événement"), Some(3..14));
        assert!(Pattern::new("(").is_err());
    }
}

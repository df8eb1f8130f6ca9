//! Short texts of the formats and patterns that are common, and of any pattern one that matches.

use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};

/// The longest text that is made for a pattern, in bytes.
const LONGEST: usize = 300;

/// A short text that matches a pattern, as far as can be seen: what stands around a word is not looked at.
pub(super) fn matching(pattern: &str) -> Option<String> {
    let mut text = String::new();
    append(&regex_syntax::parse(pattern).ok()?, &mut text).then_some(text)
}

/// Appends what matches a part of a pattern; whether it could.
fn append(part: &Hir, text: &mut String) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).is_ok_and(|literal| {
            text.push_str(literal);
            true
        }),
        HirKind::Class(class) => letter(class).is_some_and(|letter| {
            text.push(letter);
            true
        }),
        HirKind::Repetition(repetition) => repeated(&repetition.sub, repetition.min, text),
        HirKind::Capture(capture) => append(&capture.sub, text),
        HirKind::Concat(parts) => parts.iter().all(|part| append(part, text)),
        HirKind::Alternation(parts) => parts.first().is_some_and(|part| append(part, text)),
    }
}

fn repeated(part: &Hir, times: u32, text: &mut String) -> bool {
    for _ in 0..times {
        let before = text.len();
        if !append(part, text) {
            return false;
        }
        if text.len() == before {
            break;
        }
    }
    true
}

/// A letter of a class, best one that everybody can read.
fn letter(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let has = |letter: &char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(letter));
    ['a', 'A', '0', '1', '-'].into_iter().find(has).or_else(|| class.ranges().first().map(ClassUnicodeRange::start))
}

/// A text of a format.
pub(super) fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date" => "2024-01-01",
        "date-time" => "2024-01-01T00:00:00Z",
        "time" => "00:00:00Z",
        "duration" => "P1D",
        "uuid" => "00000000-0000-4000-8000-000000000000",
        "email" | "idn-email" => "a@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => "https://example.com/",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "YQ==",
        _ => return None,
    })
}

/// Texts that many patterns match, the shortest first.
pub(super) const COMMON: [&str; 24] = [
    "",
    "a",
    "A",
    "0",
    "1",
    "ab",
    "AB",
    "12",
    "abc",
    "ABC",
    "123",
    "1234",
    "12345",
    "a1",
    "a_1",
    "#ffffff",
    "1.0.0",
    "+491234567",
    "/a",
    "a@example.com",
    "2024-01-01",
    "2024-01-01T00:00:00Z",
    "00000000-0000-4000-8000-000000000000",
    "https://example.com/",
];

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn a_text_matches_its_pattern() {
        let patterns = ["^x-", "^[0-9]{3}-[A-Z]+$", "(cus|acct)_\\w{4,}", "^\\d+(\\.\\d+)?$", "[^a-z]", "^(?:a{3}|b){2}$", "()*"];
        for pattern in patterns {
            let text = matching(pattern).unwrap();
            assert!(regex::Regex::new(pattern).unwrap().is_match(&text), "{pattern}: {text}");
        }
        assert_eq!(matching("((a{100}){100}){100}"), None, "it would be too long");
        assert_eq!(matching("(?=a)"), None, "our engine looks nowhere ahead");
    }
}

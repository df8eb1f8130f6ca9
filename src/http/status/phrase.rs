//! The names of codes in descriptions: `Not Found`, `Payload Too Large`, `Request Time-out`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{find, registered, vendors};

/// The names of a code: the current one first, then former and other ones.
pub fn phrases(code: u16) -> impl Iterator<Item = &'static str> {
    find(code).into_iter().flat_map(|entry| std::iter::once(entry.name).chain(entry.other_names.iter().copied()))
}

/// Every name with its code, registered codes first. `(Unused)` is no name.
pub fn every_phrase() -> impl Iterator<Item = (&'static str, u16)> {
    let entries = registered().chain(vendors());
    entries.flat_map(|entry| phrases(entry.code).map(|phrase| (phrase, entry.code))).filter(|(phrase, _)| *phrase != "(Unused)")
}

/// The codes of every name, which is normalised once and not for each text that may be one.
static BY_PHRASE: LazyLock<FxHashMap<String, Vec<u16>>> = LazyLock::new(|| {
    let mut by_phrase: FxHashMap<String, Vec<u16>> = FxHashMap::default();
    for (phrase, code) in every_phrase() {
        by_phrase.entry(normalised(phrase)).or_default().push(code);
    }
    by_phrase.values_mut().for_each(Vec::dedup);
    by_phrase
});

/// The codes that a text names when it is exactly a name; letter case, hyphens, apostrophes and spaces do not count.
pub fn codes_with_phrase(text: &str) -> &'static [u16] {
    BY_PHRASE.get(&normalised(text)).map(Vec::as_slice).unwrap_or_default()
}

/// A text in lower case, words apart by one space, without hyphens and apostrophes: how phrases are compared.
pub fn normalised(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for word in text.split(|character: char| character.is_whitespace() || matches!(character, '-' | '_')) {
        if !word.is_empty() && !result.is_empty() {
            result.push(' ');
        }
        let letters = word.chars().filter(|character| !matches!(character, '\'' | '\u{2019}'));
        result.extend(letters.flat_map(char::to_lowercase));
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_codes() {
        let table: [(&str, &[u16]); 17] = [
            ("Not Found", &[404]),
            ("not-found", &[404]),
            ("Content Too Large", &[413]),
            ("Payload Too Large", &[413]),
            ("Request Entity Too Large", &[413]),
            ("Request-URI Too Long", &[414]),
            ("Requested Range Not Satisfiable", &[416]),
            ("I’m a teapot", &[418]),
            ("I'm a Teapot", &[418]),
            ("Unprocessable  Entity", &[422]),
            ("Moved Temporarily", &[302]),
            ("Request Time-out", &[408]),
            ("Gateway Timeout", &[504]),
            ("Non-Authoritative", &[203]),
            ("Client Closed Request", &[499]),
            ("(Unused)", &[]),
            ("Not Found or gone", &[]),
        ];
        for (text, codes) in table {
            assert_eq!(codes_with_phrase(text), codes, "{text}");
        }
    }

    #[test]
    fn the_current_name_comes_first() {
        assert_eq!(phrases(413).collect::<Vec<_>>(), ["Content Too Large", "Payload Too Large", "Request Entity Too Large"]);
        assert_eq!(phrases(299).count(), 0);
    }

    #[test]
    fn a_registered_name_means_one_code() {
        for entry in registered().filter(|entry| entry.name != "(Unused)") {
            assert_eq!(codes_with_phrase(entry.name).first(), Some(&entry.code), "{}", entry.name);
        }
        for entry in registered() {
            for phrase in phrases(entry.code).filter(|phrase| *phrase != "(Unused)") {
                let registered =
                    codes_with_phrase(phrase).iter().copied().filter(|&code| find(code).is_some_and(|e| e.vendor.is_none()));
                assert_eq!(registered.collect::<Vec<_>>(), [entry.code], "{phrase}");
            }
        }
    }
}

//! Words of names: `createUser`, `create_user` and `create-user` have the same two.

use std::borrow::Cow;
use std::ops::Deref;

/// The words of a name or text in lower case: split at everything that is no letter or digit, and inside camelCase.
/// A run of capitals is one word: `HTTPError` is `http` and `error`.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    each_word(text, |word| {
        words.push(word.to_owned());
        true
    });
    words
}

/// Hands out the words of a text as long as more are wanted.
pub(crate) fn each_word(text: &str, wants_more: impl FnMut(&str) -> bool) {
    if text.is_ascii() { each_ascii_word(text, wants_more) } else { each_other_word(text, wants_more) }
}

/// The same without a look at what letters of other scripts are: most names are ASCII.
fn each_ascii_word(text: &str, mut wants_more: impl FnMut(&str) -> bool) {
    let (mut start, mut previous) = (0, b' ');
    let bytes = text.as_bytes();
    for (at, &letter) in bytes.iter().enumerate() {
        let next_is_lower = || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        let starts = letter.is_ascii_uppercase()
            && (previous.is_ascii_lowercase() || (previous.is_ascii_uppercase() || previous.is_ascii_digit()) && next_is_lower());
        let is_part = letter.is_ascii_alphanumeric();
        if starts || !is_part {
            if start < at && !wants_more(&plain(text.get(start..at).unwrap_or_default())) {
                return;
            }
            start = if is_part { at } else { at + 1 };
        }
        previous = letter;
    }
    if start < bytes.len() {
        wants_more(&plain(text.get(start..).unwrap_or_default()));
    }
}

fn each_other_word(text: &str, mut wants_more: impl FnMut(&str) -> bool) {
    let mut word = String::new();
    let mut previous: Option<char> = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next_is_lower = letters.peek().is_some_and(|next| next.is_lowercase());
        let starts = letter.is_uppercase()
            && previous
                .is_some_and(|before| before.is_lowercase() || (before.is_uppercase() || before.is_numeric()) && next_is_lower);
        if (starts || !letter.is_alphanumeric()) && !word.is_empty() {
            if !wants_more(&word) {
                return;
            }
            word.clear();
        }
        if letter.is_ascii_alphanumeric() {
            word.push(letter.to_ascii_lowercase());
        } else if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        previous = Some(letter);
    }
    if !word.is_empty() {
        wants_more(&word);
    }
}

/// Whether a name has one of these words (in lower case).
pub fn has_word(text: &str, wanted: &[&str]) -> bool {
    any_word(text, |word| wanted.contains(&word))
}

/// Whether a word of a name, in lower case, passes a test.
pub(crate) fn any_word(text: &str, passes: impl Fn(&str) -> bool) -> bool {
    let mut found = false;
    each_word(text, |word| {
        found = passes(word);
        !found
    });
    found
}

/// A name without separators in lower case: `error_code` and `errorCode` are the same.
pub fn plain(name: &str) -> Plain<'_> {
    if name.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()) {
        return Plain::Written(name);
    }
    if name.len() <= SHORT && name.is_ascii() { short(name) } else { Plain::Long(long(name)) }
}

/// Those of a name in ASCII that is not long.
fn short(name: &str) -> Plain<'_> {
    let (mut letters, mut length) = ([0; SHORT], 0);
    for letter in name.bytes() {
        // There are never more than fit, and the compiler sees it.
        if let Some(place) = letters.get_mut(length % SHORT) {
            *place = letter.to_ascii_lowercase();
        }
        length += usize::from(letter.is_ascii_alphanumeric());
    }
    Plain::Short(letters, length)
}

/// Those of any name.
fn long(name: &str) -> String {
    if !name.is_ascii() {
        return name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    }
    let mut letters = name.to_ascii_lowercase();
    letters.retain(|letter| letter.is_ascii_alphanumeric());
    letters
}

/// How many letters take no memory of their own.
const SHORT: usize = 32;

/// A name as [`plain`] gives it.
#[derive(Clone, Debug)]
pub enum Plain<'n> {
    /// It is written like that.
    Written(&'n str),
    /// Letters that take no memory of their own, and how many there are.
    Short([u8; SHORT], usize),
    /// It had to be made.
    Long(String),
}

impl Deref for Plain<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Plain::Written(name) => name,
            Plain::Short(letters, length) => {
                letters.get(..*length).and_then(|letters| std::str::from_utf8(letters).ok()).unwrap_or_default()
            }
            Plain::Long(name) => name,
        }
    }
}

impl Plain<'_> {
    /// The letters.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Plain::Written(name) => name.as_bytes(),
            Plain::Short(letters, length) => letters.get(..*length).unwrap_or_default(),
            Plain::Long(name) => name.as_bytes(),
        }
    }

    /// Whether it is one of these.
    pub fn is_among(&self, words: &[&str]) -> bool {
        let letters = self.as_bytes();
        words.iter().any(|word| word.as_bytes() == letters)
    }
}

impl AsRef<str> for Plain<'_> {
    fn as_ref(&self) -> &str {
        self
    }
}

impl PartialEq<&str> for Plain<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

/// How many items a sentence names.
const MOST_LISTED: usize = 12;

/// `a`, `b` and `c`; of very many the first ones, and how many more there are.
pub fn listed(items: &[String], last: &str) -> String {
    match items {
        [..] if items.len() > MOST_LISTED => {
            let named = items.get(..MOST_LISTED - 2).unwrap_or_default();
            format!("{} {last} {} more", named.join(", "), items.len() - named.len())
        }
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., end] => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// A text of at most this many characters; of a longer one the start.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    // Characters have a byte each at least.
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let cut = text.char_indices().nth(most).and_then(|(at, _)| text.get(..at));
    cut.map_or(Cow::Borrowed(text), |start| Cow::Owned(format!("{start}…")))
}

/// `1 file`, `2 files`.
pub fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_are_in_lower_case_and_without_separators() {
        let cases = [("error_code", "errorcode"), ("errorCode", "errorcode"), ("code", "code"), ("_Grüße_", "grüße"), ("--", "")];
        for (name, expected) in cases {
            assert_eq!(&*plain(name), expected, "{name}");
        }
        for length in [SHORT - 1, SHORT, SHORT + 1, 5 * SHORT] {
            let letters = "aB3".repeat(length);
            let written = letters.get(..length).unwrap_or_default();
            let name: String = written.chars().flat_map(|letter| [letter, '-']).collect();
            assert_eq!(&*plain(&name), written.to_ascii_lowercase(), "{name}");
            assert_eq!(words(&format!("{}Bc", "x".repeat(length))), ["x".repeat(length), "bc".to_owned()]);
        }
    }

    #[test]
    fn names_are_split_into_words() {
        let cases = [
            ("createUser", "create user"),
            ("create_user-now", "create user now"),
            ("HTTPError", "http error"),
            ("userID", "user id"),
            ("paid", "paid"),
            ("/orders/{orderId}/export.csv", "orders order id export csv"),
            ("", ""),
            ("OAuth2Token", "o auth2 token"),
            ("getÜbersicht2Liste", "get übersicht2 liste"),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text).join(" "), expected, "{text}");
            if text.is_ascii() {
                let mut other = Vec::new();
                each_other_word(text, |word| {
                    other.push(word.to_owned());
                    true
                });
                assert_eq!(other.join(" "), expected, "{text}");
            }
        }
    }
}

//! The keys of a Responses Object, and the sets of status codes that rules speak about.

use std::fmt;

use super::{StatusCode, find};
use crate::truth::Truth;

/// The first digit of a status code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 1xx: the response is still to come.
    Informational,
    /// 2xx: done, or taken on.
    Successful,
    /// 3xx: there is something left to do for the client.
    Redirection,
    /// 4xx: the request is at fault.
    ClientError,
    /// 5xx: the server is at fault.
    ServerError,
}

impl Class {
    /// All classes.
    pub const ALL: [Class; 5] =
        [Class::Informational, Class::Successful, Class::Redirection, Class::ClientError, Class::ServerError];

    /// The class of a code from 100 to 599.
    pub fn of(code: u16) -> Option<Class> {
        Class::ALL.into_iter().find(|class| u16::from(class.digit()) == code / 100)
    }

    /// The first digit.
    pub fn digit(self) -> u8 {
        self as u8 + 1
    }

    /// The words for it: `client error`.
    pub fn word(self) -> &'static str {
        match self {
            Class::Informational => "informational",
            Class::Successful => "success",
            Class::Redirection => "redirection",
            Class::ClientError => "client error",
            Class::ServerError => "server error",
        }
    }

    /// What a client that does not know a code takes it for: the x00 of its class.
    pub fn representative(self) -> Option<&'static StatusCode> {
        find(u16::from(self.digit()) * 100)
    }
}

/// A key of a Responses Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusKey {
    /// One code: `404`.
    Code(u16),
    /// A range: `4XX`.
    Range(Class),
    /// `default`: whatever the other keys do not say.
    Default,
    /// None of these.
    Invalid,
}

impl StatusKey {
    /// Reads a key exactly as the specification spells it: three digits from 100 to 599, `1XX` to `5XX`, `default`.
    pub fn parse(text: &str) -> StatusKey {
        match text.as_bytes() {
            b"default" => StatusKey::Default,
            [first @ b'1'..=b'5', b'X', b'X'] => class_key(first - b'0'),
            [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => text.parse().map_or(StatusKey::Invalid, StatusKey::Code),
            _ => StatusKey::Invalid,
        }
    }

    /// The class, where the key says one.
    pub fn class(self) -> Option<Class> {
        match self {
            StatusKey::Code(code) => Class::of(code),
            StatusKey::Range(class) => Some(class),
            StatusKey::Default | StatusKey::Invalid => None,
        }
    }

    /// The code, where the key is one.
    pub fn code(self) -> Option<u16> {
        match self {
            StatusKey::Code(code) => Some(code),
            _ => None,
        }
    }

    /// Whether this key lies inside what is checked: true inside, false apart, unknown where they overlap.
    /// `default` overlaps with everything but itself, and nothing is known about a key that is none.
    pub fn relation(&self, checked: &StatusMatcher) -> Truth {
        match (*self, *checked) {
            (key, StatusMatcher::Default) => Truth::from(key == StatusKey::Default),
            (StatusKey::Default | StatusKey::Invalid, _) => Truth::Unknown,
            (StatusKey::Range(class), StatusMatcher::Code(code)) if Class::of(code) == Some(class) => Truth::Unknown,
            (StatusKey::Range(_), StatusMatcher::Code(_)) => Truth::False,
            (StatusKey::Code(code), StatusMatcher::Code(checked)) => Truth::from(code == checked),
            (key, StatusMatcher::Range(class)) => Truth::from(key.class() == Some(class)),
        }
    }

    /// Whether this key describes what is asked for: the code itself or a key around it does, `default` may, and so may a
    /// key that is none: `4xx` is meant for something.
    pub fn answers(&self, asked: &StatusMatcher) -> Truth {
        match (*self, *asked) {
            (StatusKey::Default | StatusKey::Invalid, StatusMatcher::Code(_) | StatusMatcher::Range(_)) => Truth::Unknown,
            (StatusKey::Range(class), StatusMatcher::Code(code)) => Truth::from(Class::of(code) == Some(class)),
            (key, asked) => key.relation(&asked),
        }
    }
}

impl fmt::Display for StatusKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StatusKey::Code(code) => write!(f, "{code}"),
            StatusKey::Range(class) => write!(f, "{}XX", class.digit()),
            StatusKey::Default => f.write_str("default"),
            StatusKey::Invalid => f.write_str("invalid"),
        }
    }
}

/// A word of a rule about statuses: `404`, `4XX`, or `default` for that key alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusMatcher {
    /// One code.
    Code(u16),
    /// All codes of a class.
    Range(Class),
    /// The `default` key.
    Default,
}

impl fmt::Display for StatusMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = match *self {
            StatusMatcher::Code(code) => StatusKey::Code(code),
            StatusMatcher::Range(class) => StatusKey::Range(class),
            StatusMatcher::Default => StatusKey::Default,
        };
        key.fmt(f)
    }
}

impl StatusMatcher {
    /// Reads a rule's word.
    pub fn parse(word: &str) -> Option<StatusMatcher> {
        match StatusKey::parse(word) {
            StatusKey::Code(code) => Some(StatusMatcher::Code(code)),
            StatusKey::Range(class) => Some(StatusMatcher::Range(class)),
            StatusKey::Default => Some(StatusMatcher::Default),
            StatusKey::Invalid => None,
        }
    }

    /// Whether a code on the wire is meant.
    pub fn contains(&self, code: u16) -> bool {
        StatusKey::Code(code).relation(self).is_true()
    }
}

/// Several words of a rule: any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusSet(pub Vec<StatusMatcher>);

impl StatusSet {
    /// Reads a rule's words; the first that is none comes back as the error.
    pub fn parse<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<StatusSet, &'w str> {
        words.into_iter().map(|word| StatusMatcher::parse(word).ok_or(word)).collect::<Result<_, _>>().map(StatusSet)
    }

    /// Whether a key lies inside the set.
    pub fn relation(&self, key: StatusKey) -> Truth {
        Truth::any(self.0.iter().map(|checked| key.relation(checked)))
    }

    /// Whether one of the keys describes one of the set.
    pub fn answered_by(&self, keys: impl IntoIterator<Item = StatusKey>) -> Truth {
        Truth::any(keys.into_iter().flat_map(|key| self.0.iter().map(move |asked| key.answers(asked))))
    }

    /// Whether a code on the wire is in the set.
    pub fn contains(&self, code: u16) -> bool {
        self.0.iter().any(|checked| checked.contains(code))
    }
}

fn class_key(digit: u8) -> StatusKey {
    Class::ALL.into_iter().find(|class| class.digit() == digit).map_or(StatusKey::Invalid, StatusKey::Range)
}

#[cfg(test)]
mod tests {
    use super::Truth::{False, True, Unknown};
    use super::*;

    #[test]
    fn keys_are_read_exactly() {
        let table = [
            ("404", StatusKey::Code(404)),
            ("100", StatusKey::Code(100)),
            ("599", StatusKey::Code(599)),
            ("4XX", StatusKey::Range(Class::ClientError)),
            ("1XX", StatusKey::Range(Class::Informational)),
            ("default", StatusKey::Default),
        ];
        for (text, key) in table {
            assert_eq!(StatusKey::parse(text), key);
            assert_eq!(key.to_string(), text);
        }
        for text in ["4xx", "4Xx", "600", "099", "6XX", "0XX", "40", "4040", " 404", "404 ", "Default", "", "4X4", "٤٠٤", "+40"]
        {
            assert_eq!(StatusKey::parse(text), StatusKey::Invalid, "{text}");
            assert_eq!(StatusMatcher::parse(text), None);
        }
    }

    #[test]
    fn inside_apart_or_overlapping() {
        let table = [
            ("404", "404", True, True),
            ("404", "410", False, False),
            ("404", "4XX", True, True),
            ("404", "5XX", False, False),
            ("404", "default", False, False),
            ("4XX", "404", Unknown, True),
            ("4XX", "500", False, False),
            ("4XX", "4XX", True, True),
            ("4XX", "5XX", False, False),
            ("4XX", "default", False, False),
            ("default", "404", Unknown, Unknown),
            ("default", "4XX", Unknown, Unknown),
            ("default", "default", True, True),
            ("4xx", "404", Unknown, Unknown),
            ("4xx", "default", False, False),
        ];
        for (key, checked, relation, answers) in table {
            let (key, Some(checked)) = (StatusKey::parse(key), StatusMatcher::parse(checked)) else { panic!("{checked}") };
            assert_eq!((key.relation(&checked), key.answers(&checked)), (relation, answers), "{key} {checked:?}");
        }
    }

    #[test]
    fn sets() {
        let set = StatusSet::parse(["404", "410", "5XX"]).unwrap();
        let relations = ["404", "500", "5XX", "4XX", "default", "200"].map(|key| set.relation(StatusKey::parse(key)));
        assert_eq!(relations, [True, True, True, Unknown, Unknown, False]);
        let answered = |keys: &[&str]| set.answered_by(keys.iter().map(|key| StatusKey::parse(key)));
        assert_eq!([answered(&["200", "4XX"]), answered(&["200", "default"]), answered(&["200"])], [True, Unknown, False]);
        assert!(set.contains(410) && set.contains(503) && !set.contains(400));
        assert_eq!(StatusSet::parse(["404", "4xx", "oops"]), Err("4xx"));
        assert_eq!(StatusSet::default().relation(StatusKey::Code(200)), False);
    }

    #[test]
    fn classes() {
        let classes = [99, 100, 204, 399, 451, 599, 600].map(|code| Class::of(code).map(Class::word));
        let expected =
            [None, Some("informational"), Some("success"), Some("redirection"), Some("client error"), Some("server error"), None];
        assert_eq!(classes, expected);
        assert!(Class::ALL.into_iter().all(|class| class.representative().is_some_and(|code| code.class() == Some(class))));
    }
}

//! The content of a recorded message: its bytes, or how much is known without them.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// The content of a message, with transfer and content codings taken away.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Body {
    /// The recording does not tell whether there was any: no rule may say that it was there or was not.
    #[default]
    Unknown,
    /// There was none.
    Empty,
    /// There was some; what it was is not recorded, or was too long to keep.
    Lost {
        /// Its length in bytes, where it is told.
        length: Option<u64>,
        /// Its beginning was kept, so that it reads as if it were broken.
        is_cut: bool,
    },
    /// The text, as the recording has it.
    Text(String),
    /// A JSON value that was recorded as itself: what it says is known, its length on the wire is not.
    Value(String),
    /// The bytes; they are no UTF-8.
    Bytes(Vec<u8>),
    /// Bytes of a type that is no text, as they are recorded: [`Body::decoded`] takes the Base64 away.
    Encoded(Encoded),
    /// There was some, but what is recorded as Base64 is none. That is the recording's fault, and tells nothing.
    Undecodable,
}

/// Base64 that nobody has decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoded(String);

impl Encoded {
    /// How many bytes it stands for, as long as it is valid.
    fn length(&self) -> u64 {
        let digits = self.0.trim_end_matches(['=', ' ', '\t', '\r', '\n']).as_bytes();
        let blanks = memchr::memchr3_iter(b' ', b'\r', b'\n', digits).count() + memchr::memchr_iter(b'\t', digits).count();
        (digits.len() - blanks) as u64 * 3 / 4
    }
}

impl Body {
    /// The body for a recorded text.
    pub fn of_text(text: String) -> Body {
        if text.is_empty() { Body::Empty } else { Body::Text(text) }
    }

    /// The body for recorded bytes.
    pub fn of_bytes(bytes: Vec<u8>) -> Body {
        if bytes.is_empty() {
            return Body::Empty;
        }
        String::from_utf8(bytes).map_or_else(|error| Body::Bytes(error.into_bytes()), Body::Text)
    }

    /// The body behind Base64 (RFC 4648 §4), padded or not, white space ignored.
    pub fn of_base64(text: &str) -> Body {
        let unpadded = text.trim_end_matches(['=', ' ', '\t', '\r', '\n']);
        let decoded = STANDARD_NO_PAD.decode(unpadded).or_else(|_| {
            let digits: String = unpadded.split_ascii_whitespace().collect();
            STANDARD_NO_PAD.decode(digits.trim_end_matches('='))
        });
        decoded.map_or(Body::Undecodable, Body::of_bytes)
    }

    /// The body behind Base64 of a type that is no text; it is decoded when somebody asks.
    pub(super) fn of_binary(text: &str) -> Body {
        let encoded = Encoded(text.to_owned());
        if encoded.0.trim_end_matches('=').is_empty() { Body::Empty } else { Body::Encoded(encoded) }
    }

    /// The same body with Base64 taken away.
    pub fn decoded(&self) -> Cow<'_, Body> {
        match self {
            Body::Encoded(Encoded(text)) => Cow::Owned(Body::of_base64(text)),
            _ => Cow::Borrowed(self),
        }
    }

    /// The text, if it is known.
    pub fn text(&self) -> Option<&str> {
        match self {
            Body::Text(text) | Body::Value(text) => Some(text),
            Body::Empty => Some(""),
            _ => None,
        }
    }

    /// The length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match self {
            Body::Empty => Some(0),
            Body::Text(text) => Some(text.len() as u64),
            Body::Bytes(bytes) => Some(bytes.len() as u64),
            Body::Encoded(encoded) => Some(encoded.length()),
            Body::Lost { length, .. } => *length,
            Body::Value(_) | Body::Unknown | Body::Undecodable => None,
        }
    }

    /// Whether there was content; `None` if that is unknown.
    pub fn is_present(&self) -> Option<bool> {
        match self {
            Body::Unknown => None,
            Body::Empty | Body::Lost { length: Some(0), .. } => Some(false),
            _ => Some(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_exporters_write_it() {
        for (text, body) in [
            ("aGk=", Body::Text("hi".to_owned())),
            ("aGk", Body::Text("hi".to_owned())),
            ("aG\nk=\n", Body::Text("hi".to_owned())),
            ("", Body::Empty),
            ("====", Body::Empty),
            ("/w==", Body::Bytes(vec![0xff])),
            ("/w==\r\n", Body::Bytes(vec![0xff])),
            ("{\"a\":1}", Body::Undecodable),
            ("a", Body::Undecodable),
            ("aG=k", Body::Undecodable),
        ] {
            assert_eq!(Body::of_base64(text), body, "{text}");
            let lazy = Body::of_binary(text);
            assert_eq!(*lazy.decoded(), body, "{text}");
            assert!(body == Body::Undecodable || lazy.length() == body.length(), "{text}");
        }
    }
}

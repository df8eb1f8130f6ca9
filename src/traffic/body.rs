//! The content of a recorded message: its bytes, or how much is known without them.

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

    /// The body behind Base64 (RFC 4648 §4), padded or not, white space ignored. `None` if it is something else.
    pub fn of_base64(text: &str) -> Option<Body> {
        let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let unpadded = digits.iter().rposition(|byte| *byte != b'=').map_or(&[][..], |last| &digits[..=last]);
        STANDARD_NO_PAD.decode(unpadded).ok().map(Body::of_bytes)
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
            Body::Lost { length, .. } => *length,
            Body::Value(_) | Body::Unknown => None,
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
            ("aGk=", Some(Body::Text("hi".to_owned()))),
            ("aGk", Some(Body::Text("hi".to_owned()))),
            ("aG\nk=", Some(Body::Text("hi".to_owned()))),
            ("", Some(Body::Empty)),
            ("====", Some(Body::Empty)),
            ("/w==", Some(Body::Bytes(vec![0xff]))),
            ("{\"a\":1}", None),
        ] {
            assert_eq!(Body::of_base64(text), body, "{text}");
        }
    }
}

//! What was recorded: a request and the response to it. Nothing here has been judged.

use super::body::Body;
use super::field_lines::FieldLines;

/// One request and the response to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// When the request was sent, as the recording writes it.
    pub time: Option<String>,
    /// What was asked.
    pub request: Request,
    /// What was answered.
    pub response: Response,
    /// Whether the request carried credentials.
    pub credentials: Credentials,
}

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method, in the case of the recording: methods are case-sensitive (RFC 9110 §9.1).
    pub method: String,
    /// The target as recorded: an absolute URL, or a path where nothing else is known.
    pub url: String,
    /// The header field lines.
    pub headers: FieldLines,
    /// The content.
    pub body: Body,
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status code on the wire.
    pub status: u16,
    /// The header field lines.
    pub headers: FieldLines,
    /// The content.
    pub body: Body,
    /// The protocol, where the recording tells it.
    pub protocol: Protocol,
    /// The field lines are those of the wire, not made up by the program that recorded.
    pub is_raw: bool,
    /// All header fields are recorded, so that one that is missing was not sent.
    pub has_all_headers: bool,
}

/// The version of HTTP, as far as rules about framing need it (RFC 9112 §6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP/1.0 or HTTP/1.1: messages are framed by header fields.
    Http1,
    /// HTTP/2 or HTTP/3: messages are framed below the fields.
    Later,
    /// The recording does not tell.
    #[default]
    Unknown,
}

impl Protocol {
    /// Reads `HTTP/1.1`, `http/2.0`, `h2`, `h3` and their like.
    pub fn parse(text: &str) -> Protocol {
        let lower = text.to_ascii_lowercase();
        match lower.strip_prefix("http/").unwrap_or(&lower) {
            "1.0" | "1.1" | "1" => Protocol::Http1,
            version if version.starts_with('2') || version.starts_with('3') => Protocol::Later,
            version if version.starts_with("h2") || version.starts_with("h3") => Protocol::Later,
            _ => Protocol::Unknown,
        }
    }
}

/// Whether a request carried credentials. Browsers leave them out of what they export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Credentials {
    /// There were none.
    None,
    /// There were some.
    Present,
    /// It cannot be told.
    #[default]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protocols() {
        for (text, protocol) in [
            ("HTTP/1.1", Protocol::Http1),
            ("http/1.0", Protocol::Http1),
            ("HTTP/2", Protocol::Later),
            ("http/2.0", Protocol::Later),
            ("h2", Protocol::Later),
            ("h2c", Protocol::Later),
            ("h3-29", Protocol::Later),
            ("HTTP/3", Protocol::Later),
            ("unknown", Protocol::Unknown),
            ("", Protocol::Unknown),
        ] {
            assert_eq!(Protocol::parse(text), protocol, "{text}");
        }
    }
}

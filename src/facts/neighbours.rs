//! What a recording shows of the same resource around one exchange.

use std::sync::Arc;

use crate::http::media_type::MediaType;
use crate::traffic::Response;

/// Exchanges of one recording that bear on another one: of the same resource, with the same credentials, and earlier unless said
/// otherwise. Each is known by its position in the recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours {
    /// The last 200 to a GET of the same URL with the same selecting header fields.
    pub full_answer: Option<Arc<Earlier>>,
    /// The last answers to GETs of the same URL that asked for something else.
    pub others: Vec<Other>,
    /// The last answer to GET where this is a HEAD, or to HEAD where it is a GET; the same in everything else, and nothing was
    /// changed at the origin since.
    pub other_method: Option<Arc<Earlier>>,
    /// Where the resource was last found missing, if nothing can have created it since.
    pub found_missing: Option<u64>,
    /// Where the resource was deleted, if nothing can have created it since.
    pub deleted: Option<u64>,
    /// The 201 that named this resource as the one it created, if nothing can have deleted it since.
    pub created: Option<u64>,
    /// The chain of redirects that leads here again.
    pub circle: Option<Circle>,
    /// For a 401 to credentials that were accepted before: a later success that shows that they were good all the time.
    pub accepted_credentials: Option<u64>,
}

/// A redirect to where its chain has been before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circle {
    /// The exchange that asked for its target first.
    pub index: u64,
    /// How many redirects lie on the way, from 1.
    pub hops: usize,
}

/// An answer to a request that asked for another representation of the same resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// The answer.
    pub answer: Arc<Earlier>,
    /// Whether the requests differ in `Accept`.
    pub by_media_type: bool,
    /// Whether they differ in `Accept-Encoding`.
    pub by_encoding: bool,
    /// Whether they differ in `Accept-Language`.
    pub by_language: bool,
}

/// An earlier answer, with what is compared. Values of more than [`Earlier::LONGEST`] bytes are not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// Its position in the recording.
    pub index: u64,
    /// Its status.
    pub status: u16,
    /// Whether a header field that it does not have was not sent.
    pub has_all_fields: bool,
    /// The `ETag`.
    pub entity_tag: Option<Box<str>>,
    /// The `Content-Length`.
    pub length: Option<u64>,
    /// The `Content-Encoding`.
    pub encoding: Option<Box<str>>,
    /// The media type in lower case, without parameters.
    pub media_type: Option<Box<str>>,
    /// The `Content-Language`.
    pub language: Option<Box<str>>,
    /// The `Vary`.
    pub vary: Option<Box<str>>,
    /// No cache keeps it.
    pub is_not_stored: bool,
    present: u16,
}

/// The fields of which it is known whether an earlier answer has them, in lower case.
const KNOWN: [&str; 14] = [
    "etag",
    "content-length",
    "content-encoding",
    "content-type",
    "content-language",
    "vary",
    "cache-control",
    "content-location",
    "date",
    "expires",
    "last-modified",
    "location",
    "accept-ranges",
    "allow",
];

impl Earlier {
    /// How long a value may be to be kept, in bytes.
    pub const LONGEST: usize = 128;

    /// What is kept of a response.
    pub fn of(index: u64, response: &Response) -> Earlier {
        let mut earlier = Earlier {
            index,
            status: response.status,
            has_all_fields: response.has_all_headers,
            entity_tag: None,
            length: None,
            encoding: None,
            media_type: None,
            language: None,
            vary: None,
            is_not_stored: false,
            present: 0,
        };
        for (name, value) in response.headers.iter() {
            if let Some(number) = KNOWN.iter().position(|known| known.eq_ignore_ascii_case(name)) {
                earlier.present |= 1 << number;
                earlier.take(number, value.trim());
            }
        }
        earlier
    }

    fn take(&mut self, number: usize, value: &str) {
        let short = || Some(value).filter(|value| value.len() <= Self::LONGEST).map(Box::from);
        match number {
            0 => self.entity_tag = short(),
            1 => self.length = value.parse().ok(),
            2 => self.encoding = short(),
            3 => self.media_type = MediaType::parse(value).and_then(|media_type| kept(media_type.essence())),
            4 => self.language = short(),
            5 => self.vary = joined(self.vary.take(), value),
            6 => self.is_not_stored |= value.to_ascii_lowercase().contains("no-store"),
            _ => {}
        }
    }

    /// Whether it has a header field: one of those that are compared.
    pub fn has(&self, name: &str) -> bool {
        let number = KNOWN.iter().position(|known| known.eq_ignore_ascii_case(name));
        number.is_some_and(|number| self.present & 1 << number != 0)
    }
}

fn kept(value: String) -> Option<Box<str>> {
    Some(value).filter(|value| value.len() <= Earlier::LONGEST).map(Box::from)
}

/// The lines of a field as one value (RFC 9110, section 5.2).
fn joined(before: Option<Box<str>>, line: &str) -> Option<Box<str>> {
    kept(before.map_or_else(|| line.to_owned(), |before| format!("{before}, {line}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic::{Body, FieldLines, Protocol};

    fn response(lines: &[(&str, &str)]) -> Response {
        let headers: FieldLines = lines.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Response { status: 200, headers, body: Body::Unknown, protocol: Protocol::Http1, is_raw: true, has_all_headers: true }
    }

    #[test]
    fn what_is_compared_is_kept() {
        let lines = [
            ("ETag", " \"a\""),
            ("vary", "Accept"),
            ("Vary", "Origin"),
            ("Content-Type", "Application/JSON; charset=utf-8"),
            ("Cache-Control", "private, No-Store"),
            ("content-length", "12"),
            ("X-Other", "b"),
        ];
        let earlier = Earlier::of(3, &response(&lines));
        assert_eq!((earlier.index, earlier.status, earlier.length), (3, 200, Some(12)));
        assert_eq!(earlier.entity_tag.as_deref(), Some("\"a\""));
        assert_eq!(earlier.vary.as_deref(), Some("Accept, Origin"));
        assert_eq!(earlier.media_type.as_deref(), Some("application/json"));
        assert!(earlier.is_not_stored && earlier.has("etag") && earlier.has("VARY"));
        assert!(!earlier.has("expires") && !earlier.has("x-other"));
    }

    #[test]
    fn long_values_are_there_but_not_kept() {
        let long = format!("\"{}\"", "a".repeat(Earlier::LONGEST));
        let earlier = Earlier::of(0, &response(&[("ETag", &long), ("Vary", &long)]));
        assert!(earlier.has("etag") && earlier.has("vary"));
        assert_eq!((earlier.entity_tag, earlier.vary), (None, None));
    }
}

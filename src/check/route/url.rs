//! The URL of a recorded request.

use std::borrow::Cow;

use super::origin::Origin;
use crate::http::{percent, uri};

/// A recorded URL.
#[derive(Clone, Debug)]
pub(super) struct Url<'u> {
    scheme: Option<&'u str>,
    authority: Option<&'u str>,
    /// The segments of its path, dot segments removed (RFC 3986, section 5.2.4).
    pub(super) segments: Vec<Segment<'u>>,
    /// Its query without the `?`.
    pub(super) query: &'u str,
}

/// A segment of a path.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment<'u> {
    /// As recorded.
    pub(super) raw: &'u str,
    /// Percent-encoding decoded.
    pub(super) decoded: Cow<'u, [u8]>,
    /// What stands in front of path parameters (`orders;jsessionid=1`), where there are any.
    pub(super) trimmed: Option<Cow<'u, [u8]>>,
}

impl<'u> Url<'u> {
    /// Reads an absolute or protocol-relative URL, or a path. `None` for what has no path that a server could know:
    /// `data:…`, and `*` of OPTIONS (RFC 9112, section 3.2.4).
    pub(super) fn parse(text: &'u str) -> Option<Url<'u>> {
        let text = text.split('#').next().unwrap_or_default();
        let (hierarchy, query) = text.split_once('?').unwrap_or((text, ""));
        let (scheme, rest) = uri::split_scheme(hierarchy);
        let Some(behind) = rest.strip_prefix("//") else {
            let is_path = scheme.is_none() && rest != "*";
            return is_path.then(|| Url { scheme: None, authority: None, segments: segments(rest), query });
        };
        let (authority, path) = behind.split_at_checked(behind.find('/').unwrap_or(behind.len()))?;
        Some(Url { scheme, authority: Some(authority), segments: segments(path), query })
    }

    /// Who was asked, where the recording tells it.
    pub(super) fn origin(&self) -> Option<Origin> {
        self.authority.map(|authority| Origin::new(self.scheme, authority))
    }
}

impl<'u> Segment<'u> {
    fn new(raw: &'u str) -> Segment<'u> {
        let trimmed = raw.split_once(';').map(|(front, _)| percent::decoded(front)).filter(|front| !front.is_empty());
        Segment { raw, decoded: percent::decoded(raw), trimmed }
    }
}

/// The segments of a path; that without any is `/` (RFC 9110, section 4.2.3).
fn segments(path: &str) -> Vec<Segment<'_>> {
    let mut segments: Vec<Segment<'_>> = Vec::new();
    let mut ends_in_dots = false;
    for segment in path.strip_prefix('/').unwrap_or(path).split('/').map(Segment::new) {
        ends_in_dots = matches!(*segment.decoded, [b'.'] | [b'.', b'.']);
        match *segment.decoded {
            [b'.'] => {}
            [b'.', b'.'] => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    if ends_in_dots {
        segments.push(Segment::default());
    }
    segments
}

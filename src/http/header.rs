//! Header fields: canonical spelling and where they are defined.

use super::Reference;

/// A header field that a rule, a message or an explanation names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name in its usual spelling; names ignore case.
    pub name: &'static str,
    /// Where it is defined; `None` for names that are only a custom.
    pub reference: Option<Reference>,
}

/// The field with this name, in any case.
pub fn find(name: &str) -> Option<&'static Header> {
    HEADERS.iter().find(|header| header.name.eq_ignore_ascii_case(name))
}

/// The usual spelling of a name; the name itself where it is not known.
pub fn canonical(name: &str) -> &str {
    find(name).map_or(name, |header| header.name)
}

/// Whether two names mean the same field.
pub fn same(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

const fn rfc(name: &'static str, number: u16, section: &'static str) -> Header {
    Header { name, reference: Some(Reference::Rfc(number, section)) }
}

const fn draft(name: &'static str) -> Header {
    Header { name, reference: Some(Reference::Draft("draft-ietf-httpapi-ratelimit-headers")) }
}

const fn custom(name: &'static str) -> Header {
    Header { name, reference: None }
}

/// In alphabetical order.
const HEADERS: &[Header] = &[
    rfc("A-IM", 3229, "10.5.3"),
    rfc("Accept", 9110, "12.5.1"),
    rfc("Accept-Charset", 9110, "12.5.2"),
    rfc("Accept-Encoding", 9110, "12.5.3"),
    rfc("Accept-Language", 9110, "12.5.4"),
    rfc("Accept-Patch", 5789, "3.1"),
    rfc("Accept-Ranges", 9110, "14.3"),
    rfc("Age", 9111, "5.1"),
    rfc("Allow", 9110, "10.2.1"),
    rfc("Authorization", 9110, "11.6.2"),
    rfc("Cache-Control", 9111, "5.2"),
    rfc("Connection", 9110, "7.6.1"),
    rfc("Content-Disposition", 6266, "4"),
    rfc("Content-Encoding", 9110, "8.4"),
    rfc("Content-Language", 9110, "8.5"),
    rfc("Content-Length", 9110, "8.6"),
    rfc("Content-Location", 9110, "8.7"),
    rfc("Content-Range", 9110, "14.4"),
    rfc("Content-Type", 9110, "8.3"),
    rfc("Cookie", 6265, "4.2"),
    rfc("DAV", 4918, "10.1"),
    rfc("Date", 9110, "6.6.1"),
    rfc("Deprecation", 9745, "2"),
    rfc("Depth", 4918, "10.2"),
    rfc("ETag", 9110, "8.8.3"),
    rfc("Early-Data", 8470, "5.1"),
    rfc("Expect", 9110, "10.1.1"),
    rfc("Expires", 9111, "5.3"),
    rfc("Host", 9110, "7.2"),
    rfc("IM", 3229, "10.5.2"),
    rfc("If-Match", 9110, "13.1.1"),
    rfc("If-Modified-Since", 9110, "13.1.3"),
    rfc("If-None-Match", 9110, "13.1.2"),
    rfc("If-Range", 9110, "13.1.5"),
    rfc("If-Unmodified-Since", 9110, "13.1.4"),
    rfc("Last-Modified", 9110, "8.8.2"),
    rfc("Link", 8288, "3"),
    rfc("Location", 9110, "10.2.2"),
    rfc("Lock-Token", 4918, "10.5"),
    custom("Operation-Location"),
    rfc("Prefer", 7240, "2"),
    rfc("Preference-Applied", 7240, "3"),
    rfc("Proxy-Authenticate", 9110, "11.7.1"),
    rfc("Proxy-Authorization", 9110, "11.7.2"),
    rfc("Range", 9110, "14.2"),
    draft("RateLimit"),
    custom("RateLimit-Limit"),
    draft("RateLimit-Policy"),
    custom("RateLimit-Remaining"),
    custom("RateLimit-Reset"),
    rfc("Retry-After", 9110, "10.2.3"),
    rfc("Server", 9110, "10.2.4"),
    rfc("Set-Cookie", 6265, "4.1"),
    rfc("Sunset", 8594, "3"),
    rfc("Trailer", 9110, "6.6.2"),
    rfc("Transfer-Encoding", 9112, "6.1"),
    rfc("Upgrade", 9110, "7.8"),
    rfc("Vary", 9110, "12.5.5"),
    rfc("Via", 9110, "7.6.3"),
    rfc("WWW-Authenticate", 9110, "11.6.1"),
    custom("X-Powered-By"),
    custom("X-Rate-Limit-Limit"),
    custom("X-Rate-Limit-Remaining"),
    custom("X-Rate-Limit-Reset"),
    custom("X-RateLimit-Limit"),
    custom("X-RateLimit-Remaining"),
    custom("X-RateLimit-Reset"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ignore_case() {
        let table = [
            ("location", "Location"),
            ("www-authenticate", "WWW-Authenticate"),
            ("ETAG", "ETag"),
            ("x-ratelimit-reset", "X-RateLimit-Reset"),
            ("x-own", "x-own"),
        ];
        for (name, expected) in table {
            assert_eq!(canonical(name), expected);
            assert!(same(name, expected));
        }
        assert!(!same("Location", "Content-Location"));
        assert_eq!(find("retry-after").and_then(|header| header.reference), Some(Reference::Rfc(9110, "10.2.3")));
        assert_eq!(find("x-powered-by").and_then(|header| header.reference), None);
    }

    #[test]
    fn every_name_stands_once() {
        let mut names: Vec<_> = HEADERS.iter().map(|header| header.name.to_ascii_lowercase()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), HEADERS.len());
    }
}

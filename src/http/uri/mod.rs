//! URIs as they are compared and resolved (RFC 3986, sections 5.2 and 6.2.2).

mod fault;
mod pieces;

use std::borrow::Cow;

pub use fault::fault;
pub use pieces::{authority, origin, path, split_scheme, without_query, without_slash_before_drive};

/// The one spelling of a URL that all its spellings have: scheme and host in lower case, no default port, no dot segments,
/// percent-encoding only where it is needed. User information and fragment are left out: they are not part of what is asked for.
pub fn normalised(url: &str) -> String {
    Parts::of(url).spelled()
}

/// What a reference such as the value of `Location` leads to from a URL, in its one spelling.
pub fn resolved(base: &str, reference: &str) -> String {
    let (base, reference) = (Parts::of(base), Parts::of(reference.trim()));
    if reference.scheme.is_some() {
        return reference.spelled();
    }
    if reference.authority.is_some() {
        return Parts { scheme: base.scheme, ..reference }.spelled();
    }
    if reference.path.is_empty() {
        return Parts { query: reference.query.or(base.query), ..base }.spelled();
    }
    let path = if reference.path.starts_with('/') { reference.path } else { merged(&base, &reference.path) };
    Parts { path, query: reference.query, ..base }.spelled()
}

struct Parts<'u> {
    scheme: Option<&'u str>,
    authority: Option<&'u str>,
    path: Cow<'u, str>,
    query: Option<&'u str>,
}

impl<'u> Parts<'u> {
    fn of(text: &'u str) -> Parts<'u> {
        let text = text.split('#').next().unwrap_or_default();
        let (hierarchy, query) = text.split_once('?').map_or((text, None), |(hierarchy, query)| (hierarchy, Some(query)));
        let (scheme, rest) = split_scheme(hierarchy);
        let (authority, path) = match rest.strip_prefix("//") {
            Some(behind) => {
                let (authority, path) = behind.split_at(behind.find('/').unwrap_or(behind.len()));
                (Some(authority), path)
            }
            None => (None, rest),
        };
        Parts { scheme, authority, path: Cow::Borrowed(path), query }
    }

    fn spelled(&self) -> String {
        let mut text = String::with_capacity(self.path.len() + self.query.map_or(0, str::len) + 48);
        if let Some(scheme) = self.scheme {
            text.extend(scheme.chars().map(|letter| letter.to_ascii_lowercase()));
            text.push(':');
        }
        if let Some(authority) = self.authority {
            text.push_str("//");
            push_host(&mut text, authority, self.scheme.unwrap_or_default());
        }
        let path = decoded_where_needless(&self.path);
        let path = without_dots(&path);
        text.push_str(if path.is_empty() && self.authority.is_some() { "/" } else { &path });
        if let Some(query) = self.query {
            text.push('?');
            text.push_str(&decoded_where_needless(query));
        }
        text
    }
}

fn push_host(text: &mut String, authority: &str, scheme: &str) {
    let host = authority.rsplit('@').next().unwrap_or_default();
    let default = [("http", ":80"), ("https", ":443")].into_iter().find(|(name, _)| name.eq_ignore_ascii_case(scheme));
    let host = default.and_then(|(_, port)| host.strip_suffix(port)).unwrap_or(host);
    let host = host.strip_suffix(':').unwrap_or(host);
    text.extend(host.chars().map(|letter| letter.to_ascii_lowercase()));
}

/// A relative path behind the directory of the base (RFC 3986, section 5.2.3).
fn merged<'u>(base: &Parts<'_>, path: &str) -> Cow<'u, str> {
    let directory = base.path.rfind('/').and_then(|slash| base.path.get(..=slash)).unwrap_or_default();
    let root = if directory.is_empty() && base.authority.is_some() { "/" } else { directory };
    Cow::Owned(format!("{root}{path}"))
}

/// RFC 3986, section 5.2.4.
fn without_dots(path: &str) -> Cow<'_, str> {
    if !path.starts_with('.') && !path.contains("/.") {
        return Cow::Borrowed(path);
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_dots = matches!(segment, "." | "..");
        if segment == ".." && kept.len() > 1 {
            kept.pop();
        }
        if !is_dots {
            kept.push(segment);
        } else if segments.peek().is_none() {
            kept.push("");
        }
    }
    Cow::Owned(kept.join("/"))
}

/// Percent-encoding decoded where it stands for a letter that needs none, and in upper case elsewhere (RFC 3986, section 6.2.2).
fn decoded_where_needless(text: &str) -> Cow<'_, str> {
    let mut pieces = text.split('%');
    let mut plain = match pieces.next() {
        Some(first) if first.len() < text.len() => first.to_owned(),
        _ => return Cow::Borrowed(text),
    };
    for piece in pieces {
        match piece.split_at_checked(2).and_then(|(digits, rest)| Some((digits, byte(digits)?, rest))) {
            Some((_, byte, rest)) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                plain.push(char::from(byte));
                plain.push_str(rest);
            }
            Some((digits, _, rest)) => plain.extend(["%", &digits.to_ascii_uppercase(), rest]),
            None => plain.extend(["%", piece]),
        }
    }
    Cow::Owned(plain)
}

fn byte(digits: &str) -> Option<u8> {
    let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u8::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::{normalised, resolved};

    #[test]
    fn one_spelling() {
        for (url, one) in [
            ("HTTPS://API.Example.com:443/a", "https://api.example.com/a"),
            ("http://example.com:80", "http://example.com/"),
            ("http://example.com:", "http://example.com/"),
            ("http://example.com:443/", "http://example.com:443/"),
            ("http://[::1]:80/a", "http://[::1]/a"),
            ("https://me:secret@example.com/a#part", "https://example.com/a"),
            ("/a/%7Ebob/%2f?q=%c3%a4", "/a/~bob/%2F?q=%C3%A4"),
            ("/a/./b/../c/", "/a/c/"),
            ("/a/%2e%2E/b", "/b"),
            ("/a/", "/a/"),
            ("/a", "/a"),
            ("/a/..", "/"),
            ("/../..", "/"),
            ("/100%/%4/%zz", "/100%/%4/%zz"),
            ("/orders/7:cancel", "/orders/7:cancel"),
            ("/ä/%e4%", "/ä/%E4%"),
            ("", ""),
        ] {
            assert_eq!(normalised(url), one, "{url}");
            assert_eq!(normalised(one), one, "{one} is its own spelling");
        }
    }

    /// The examples of RFC 3986, section 5.4.
    #[test]
    fn references_lead_somewhere() {
        for (reference, target) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g/"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q"),
            ("g?y#s", "http://a/b/c/g?y"),
            (";x", "http://a/b/c/;x"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("..g", "http://a/b/c/..g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
        ] {
            assert_eq!(resolved("http://a/b/c/d;p?q", reference), target, "{reference}");
        }
        assert_eq!(resolved("http://a", "g"), "http://a/g");
        assert_eq!(resolved("/orders?page=2", "/orders/7"), "/orders/7");
        assert_eq!(resolved("/orders/6", "7"), "/orders/7");
    }
}

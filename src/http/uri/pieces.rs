//! The pieces of a URL as they are written.

/// Scheme, host and port; empty for what is a path already.
pub fn origin(url: &str) -> &str {
    split(url).0
}

/// The host with its port and user information; empty for what is a path already.
pub fn authority(url: &str) -> &str {
    origin(url).split_once("://").map_or("", |(_, authority)| authority)
}

/// The path of an absolute URL, or what is a path already.
pub fn path(url: &str) -> &str {
    match split(url) {
        (origin, "") if !origin.is_empty() => "/",
        (_, path) => path,
    }
}

/// A URL without query and fragment.
pub fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// The scheme in front of a colon, and the rest. What is in front of one in a path is no scheme, as in `/orders/17:cancel`.
pub fn split_scheme(text: &str) -> (Option<&str>, &str) {
    match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
        _ => (None, text),
    }
}

/// The path of a `file:` URL as the system has it: `/C:/apis` is how a drive of Windows looks in a URL.
pub fn without_slash_before_drive(path: &str) -> &str {
    let has_drive = matches!(path.as_bytes(), [b'/', drive, b':', ..] if drive.is_ascii_alphabetic());
    path.get(usize::from(has_drive)..).unwrap_or_default()
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Origin and path. A `://` behind a slash is part of the path, as in `/proxy/https://example.com`.
fn split(url: &str) -> (&str, &str) {
    let url = without_query(url);
    let behind = url.split_once("://").filter(|(scheme, _)| !scheme.contains('/'));
    let path = behind.map_or(url, |(_, rest)| rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or_default());
    url.split_at(url.len() - path.len())
}

#[cfg(test)]
mod tests {
    use super::{authority, origin, path};

    #[test]
    fn pieces_of_urls() {
        for (url, expected) in [
            ("https://api.example.com/a/b?c=/d#e", ("https://api.example.com", "api.example.com", "/a/b")),
            ("http://[::1]:8080", ("http://[::1]:8080", "[::1]:8080", "/")),
            ("https://example.com?to=https://example.org/a", ("https://example.com", "example.com", "/")),
            ("https://{region}.example.com#a", ("https://{region}.example.com", "{region}.example.com", "/")),
            ("/a?to=https://example.org/b", ("", "", "/a")),
            ("/proxy/https://example.org/b", ("", "", "/proxy/https://example.org/b")),
            ("example.com:443", ("", "", "example.com:443")),
            ("", ("", "", "")),
        ] {
            assert_eq!((origin(url), authority(url), path(url)), expected, "{url}");
        }
    }
}

//! Percent-encoding (RFC 3986, section 2.1).

use std::borrow::Cow;

/// The bytes that a text stands for. A `%` without two hexadecimal digits behind it stands for itself.
pub fn decoded(text: &str) -> Cow<'_, [u8]> {
    let bytes = text.as_bytes();
    let Some(first) = memchr::memchr(b'%', bytes) else { return Cow::Borrowed(bytes) };
    let (plain, mut rest) = bytes.split_at(first);
    let mut decoded = plain.to_vec();
    while let Some((&byte, behind)) = rest.split_first() {
        let escaped = escaped(rest);
        decoded.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() { rest.get(3..).unwrap_or_default() } else { behind };
    }
    Cow::Owned(decoded)
}

/// The byte of the escape that stands at the start.
fn escaped(bytes: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = bytes else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn escapes() {
        let table: [(&str, &[u8]); 8] = [
            ("", b""),
            ("plain", b"plain"),
            ("a%20b", b"a b"),
            ("%2f%2F", b"//"),
            ("%C3%A4", "ä".as_bytes()),
            ("%ff", b"\xff"),
            ("100%", b"100%"),
            ("%%41%4", b"%A%4"),
        ];
        for (text, bytes) in table {
            assert_eq!(*decoded(text), *bytes, "{text}");
        }
    }
}

//! Bytes to text: UTF-8 is checked once, here, and offsets stay those of the file.

use std::ops::Range;

/// The text of a file, and where it was no UTF-8.
#[derive(Debug)]
pub struct Decoded {
    /// The text; each byte that is no UTF-8 has become a `?`, so that offsets stay.
    pub text: String,
    /// The first places where bytes were replaced, at most 20 of them.
    pub replaced: Vec<Replaced>,
}

/// Bytes that are no UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Where they stand.
    pub range: Range<u32>,
    /// The first of them.
    pub byte: u8,
}

/// How many places of one file are remembered.
const MAXIMUM_REPORTED: usize = 20;

/// Checks the bytes of a file.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, replaced: Vec::new() },
        Err(error) => replace(error.as_bytes()),
    }
}

fn replace(bytes: &[u8]) -> Decoded {
    let mut decoded = Decoded { text: String::with_capacity(bytes.len()), replaced: Vec::new() };
    for chunk in bytes.utf8_chunks() {
        decoded.text.push_str(chunk.valid());
        let start = decoded.text.len() as u32;
        decoded.text.extend(chunk.invalid().iter().map(|_| '?'));
        if let (Some(&byte), true) = (chunk.invalid().first(), decoded.replaced.len() < MAXIMUM_REPORTED) {
            decoded.replaced.push(Replaced { range: start..decoded.text.len() as u32, byte });
        }
    }
    decoded
}

/// The name of the encoding, as `iconv` knows it, of a text that is plainly UTF-16 or UTF-32: by its byte order mark,
/// or by the zeros that half of an ASCII text consists of.
pub(super) fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, 1..=255, ..] => Some("UTF-32BE"),
        [0xff, 0xfe, 0, 0, ..] | [1..=255, 0, 0, 0, ..] => Some("UTF-32LE"),
        [0xfe, 0xff, ..] | [0, 1..=255, 0, 1..=255, ..] | [0, 1..=255] => Some("UTF-16BE"),
        [0xff, 0xfe, ..] | [1..=255, 0, 1..=255, 0, ..] | [1..=255, 0] => Some("UTF-16LE"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_stay() {
        let decoded = decode(b"a\xffb\xe2\x82c\xc3\xa4".to_vec());
        assert_eq!(decoded.text, "a?b??c\u{e4}");
        let replaced = [Replaced { range: 1..2, byte: 0xff }, Replaced { range: 3..5, byte: 0xe2 }];
        assert_eq!(decoded.replaced, replaced);
        assert_eq!(decode(vec![0x80; 50].clone()).replaced.len(), MAXIMUM_REPORTED);
        assert_eq!(decode("grün".into()).replaced, []);
    }

    #[test]
    fn wide_encodings_are_known() {
        let cases: [(&[u8], Option<&str>); 8] = [
            (b"\xff\xfea\0", Some("UTF-16LE")),
            (b"\xfe\xff\0a", Some("UTF-16BE")),
            (b"{\0\"\0a\0", Some("UTF-16LE")),
            (b"\0{\0\"", Some("UTF-16BE")),
            (b"\xff\xfe\0\0a\0\0\0", Some("UTF-32LE")),
            (b"\0\0\0{", Some("UTF-32BE")),
            (b"\xef\xbb\xbf{}", None),
            (b"", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(wide_encoding(bytes), expected, "{bytes:?}");
        }
    }
}

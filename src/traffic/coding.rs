//! Content codings (RFC 9110 §8.4) and character sets (§8.3.2) of recorded bodies.
//!
//! What records traffic takes codings away nearly always. Where it did not, gzip is unpacked once; what is in another
//! coding is unknown. Zstandard and Brotli are not unpacked: no exporter is known to leave them.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::body::Body;
use super::field_lines::FieldLines;

/// How much gzip is unpacked: what a body may have.
const LONGEST: usize = 16 << 20;

/// What a gzip stream begins with (RFC 1952 §2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A body whose codings are taken away if that was not done.
pub(super) fn uncoded(body: Body, headers: &FieldLines) -> Body {
    let Body::Bytes(bytes) = &body else { return body };
    let is_coded = headers.lines("content-encoding").flat_map(|line| line.split(',')).any(|coding| {
        let coding = coding.trim();
        !coding.is_empty() && !coding.eq_ignore_ascii_case("identity")
    });
    if !is_coded {
        return body;
    }
    if bytes.starts_with(&GZIP) { unpacked(bytes) } else { Body::Lost { length: None, is_cut: false } }
}

fn unpacked(bytes: &[u8]) -> Body {
    let mut content = Vec::new();
    match MultiGzDecoder::new(bytes).take(LONGEST as u64 + 1).read_to_end(&mut content) {
        Ok(length) if length <= LONGEST => Body::of_bytes(content),
        Ok(_) => Body::Lost { length: None, is_cut: true },
        Err(_) => Body::Lost { length: None, is_cut: false },
    }
}

/// The characters of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Characters<'b> {
    /// These.
    Known(Cow<'b, str>),
    /// It cannot be told: the content is not known, or the character set is not named or not one that is read here.
    Unknown,
    /// The bytes are no text in the character set that is named.
    Invalid,
}

impl Body {
    /// The characters in the character set that the `charset` parameter of its media type names: UTF-8, UTF-16, ISO-8859-1
    /// and windows-1252. A text is one already, whatever is named.
    pub fn characters(&self, charset: Option<&str>) -> Characters<'_> {
        if let Body::Encoded(_) = self {
            return match self.decoded().into_owned().characters(charset) {
                Characters::Known(text) => Characters::Known(Cow::Owned(text.into_owned())),
                Characters::Unknown => Characters::Unknown,
                Characters::Invalid => Characters::Invalid,
            };
        }
        match (self, charset) {
            (Body::Bytes(bytes), Some(charset)) => in_charset(bytes, charset),
            _ => self.text().map_or(Characters::Unknown, |text| Characters::Known(Cow::Borrowed(text))),
        }
    }
}

fn in_charset<'b>(bytes: &[u8], charset: &str) -> Characters<'b> {
    let text = match charset.trim().trim_matches('"').to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => None,
        "iso-8859-1" | "latin1" | "iso8859-1" => Some(bytes.iter().map(|byte| char::from(*byte)).collect()),
        "windows-1252" | "cp1252" => Some(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
        "utf-16" if bytes.starts_with(&[0xff, 0xfe]) => wide(bytes, u16::from_le_bytes),
        "utf-16le" => wide(bytes, u16::from_le_bytes),
        "utf-16" | "utf-16be" => wide(bytes, u16::from_be_bytes),
        _ => return Characters::Unknown,
    };
    text.map_or(Characters::Invalid, |text: String| Characters::Known(Cow::Owned(text)))
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty())?;
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// The letters that windows-1252 has where ISO-8859-1 has control characters.
fn windows_1252(byte: u8) -> char {
    const LETTERS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“',
        '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let letter = byte.checked_sub(0x80).and_then(|index| LETTERS.get(usize::from(index)));
    letter.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(content).expect("memory can be written");
        encoder.finish().expect("memory can be written")
    }

    #[test]
    fn codings_are_taken_away_once() {
        let lost = |is_cut| Body::Lost { length: None, is_cut };
        let twice = gzip(&gzip(b"{}"));
        let bomb = gzip(&vec![0; LONGEST + 1]);
        let cases: [(&[u8], &str, Body); 7] = [
            (&gzip(b"{}"), "gzip", Body::Text("{}".to_owned())),
            (&twice, "gzip", Body::Bytes(gzip(b"{}"))),
            (&gzip(b"{}")[..12], "gzip", lost(false)),
            (&bomb, "gzip", lost(true)),
            (&[0x28, 0xb5, 0x2f, 0xfd], "zstd", lost(false)),
            (&[0x1f, 0x8b, 0xff], "identity", Body::Bytes(vec![0x1f, 0x8b, 0xff])),
            (&[0x1f, 0x8b, 0xff], "", Body::Bytes(vec![0x1f, 0x8b, 0xff])),
        ];
        for (bytes, coding, expected) in cases {
            let headers: FieldLines = [("Content-Encoding".to_owned(), coding.to_owned())].into_iter().collect();
            assert_eq!(uncoded(Body::of_bytes(bytes.to_vec()), &headers), expected, "{coding}");
        }
        let text = Body::Text("{}".to_owned());
        let headers: FieldLines = [("Content-Encoding".to_owned(), "gzip".to_owned())].into_iter().collect();
        assert_eq!(uncoded(text.clone(), &headers), text, "it was decoded already");
    }

    #[test]
    fn characters_by_charset() {
        let known = |text: &'static str| Characters::Known(Cow::Borrowed(text));
        let cases: [(&[u8], Option<&str>, Characters<'_>); 10] = [
            (b"hi", Some("utf-16"), known("hi")),
            (&[0xe9], Some("ISO-8859-1"), known("é")),
            (&[0x80, 0xe9], Some("windows-1252"), known("€é")),
            (&[0xe9], Some("UTF-8"), Characters::Invalid),
            (&[0xe9], None, Characters::Unknown),
            (&[0xe9], Some("koi8-r"), Characters::Unknown),
            (&[0xff, 0xfe, 0xe9, 0], Some("utf-16"), known("é")),
            (&[0, 0xe9], Some("utf-16be"), known("é")),
            (&[0, 0xe9, 0], Some("utf-16be"), Characters::Invalid),
            (&[0xd8, 0, 0, 0xe9], Some("utf-16be"), Characters::Invalid),
        ];
        for (bytes, charset, expected) in cases {
            assert_eq!(Body::of_bytes(bytes.to_vec()).characters(charset), expected, "{bytes:?} {charset:?}");
        }
        assert_eq!(Body::of_binary("6Q==").characters(Some("latin1")), known("é"));
        assert_eq!(Body::Unknown.characters(None), Characters::Unknown);
    }
}

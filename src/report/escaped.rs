//! JSON whose strings show nothing but what can be seen: what drives a terminal, turns the direction or hides is escaped.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::clean::is_unsafe;

/// Writes a value in one line.
pub(super) fn write<W: io::Write + ?Sized>(value: &(impl Serialize + ?Sized), out: &mut W) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Layout { depth: None, is_empty: false }))?)
}

/// Writes a value for people, too.
pub(super) fn write_pretty<W: io::Write + ?Sized>(value: &impl Serialize, out: &mut W) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Layout { depth: Some(0), is_empty: false }))?)
}

/// Writes a text in quotation marks; one in which nothing is to be escaped, as in most, is copied.
pub(super) fn write_text(text: &str, out: &mut Vec<u8>) -> io::Result<()> {
    // All letters are looked at, many at once.
    let is_special = |letter| !is_seen(letter) || letter == b'"' || letter == b'\\';
    if text.bytes().fold(false, |any, letter| any | is_special(letter)) {
        return write(text, out);
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
    Ok(())
}

/// Whether it is a letter of ASCII that can be seen, or a blank.
fn is_seen(letter: u8) -> bool {
    matches!(letter, b' '..=b'~')
}

/// The same layout as that of the serializer's own formatters, each line begun at once: a report has millions of them.
struct Layout {
    /// How deep it is in lists and maps; none in a single line.
    depth: Option<usize>,
    /// Whether the list or map that ends next has nothing in it.
    is_empty: bool,
}

/// A line break and more indentation than any report has.
const INDENTED: &[u8] = b"\n                                                                ";

impl Layout {
    fn line<W: ?Sized + io::Write>(&self, out: &mut W, before: &[u8]) -> io::Result<()> {
        out.write_all(before)?;
        let Some(depth) = self.depth else { return Ok(()) };
        out.write_all(INDENTED.get(..=2 * depth).unwrap_or(INDENTED))
    }

    fn begin<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth = self.depth.map(|depth| depth + 1);
        self.is_empty = true;
        out.write_all(bracket)
    }

    fn end<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth = self.depth.map(|depth| depth.saturating_sub(1));
        if !self.is_empty {
            self.line(out, b"")?;
        }
        self.is_empty = false;
        out.write_all(bracket)
    }

    fn next<W: ?Sized + io::Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, if first { b"" } else { b"," })
    }
}

impl Formatter for Layout {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = (!rest.bytes().all(is_seen)).then(|| rest.find(is_unsafe)).flatten() {
            let (before, behind) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            let mut letters = behind.chars();
            let mut units = [0; 2];
            for unit in letters.next().map(|letter| &*letter.encode_utf16(&mut units)).unwrap_or_default() {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = letters.as_str();
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_empty = false;
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if self.depth.is_some() { b": " } else { b":" })
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_empty = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_escaped_and_means_the_same() {
        let text = "plain ä\t✓ \u{1b}[31m \u{7f} \u{9b}1m a\u{202e}b \u{2028} \u{e0041}";
        let value = serde_json::json!({ "text": [text, 1], "\u{85}": {} });
        let (mut compact, mut pretty) = (Vec::new(), Vec::new());
        assert!(write(&value, &mut compact).is_ok() && write_pretty(&value, &mut pretty).is_ok());
        let compact = String::from_utf8(compact).unwrap_or_default();
        let expected = r#"{"text":["plain ä\t✓ \u001b[31m \u007f \u009b1m a\u202eb \u2028 \udb40\udc41",1],"\u0085":{}}"#;
        assert_eq!(compact, expected);
        for written in [compact.as_bytes(), &pretty] {
            assert_eq!(serde_json::from_slice::<serde_json::Value>(written).ok().as_ref(), Some(&value));
        }
        assert!(pretty.starts_with(b"{\n  \"text\": [\n"));
    }

    #[test]
    fn a_text_is_written_like_any_value() {
        for text in ["", "plain ~", "\"", "a\\b", "a\nb", "ä", "\u{7f}", "\u{202e}"] {
            let (mut copied, mut serialized) = (Vec::new(), Vec::new());
            assert!(write_text(text, &mut copied).is_ok() && write(text, &mut serialized).is_ok());
            assert_eq!(copied, serialized, "{text:?}");
        }
    }
}

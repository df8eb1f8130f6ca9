//! JSON whose strings show nothing but what can be seen: what drives a terminal, turns the direction or hides is escaped.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::clean::is_unsafe;

/// Writes a value in one line.
pub(super) fn write(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Escaped(CompactFormatter)))?)
}

/// Writes a value for people, too.
pub(super) fn write_pretty(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Escaped(PrettyFormatter::new())))?)
}

/// Lays values out as another formatter does.
struct Escaped<F>(F);

impl<F: Formatter> Formatter for Escaped<F> {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        // What is to be escaped is never ASCII here: the control characters of ASCII are escapes already, as JSON wants it.
        while let Some(at) =
            (!rest.is_ascii()).then(|| rest.find(|letter: char| !letter.is_ascii() && is_unsafe(letter))).flatten()
        {
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
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_escaped_and_means_the_same() {
        let text = "plain ä\t✓ \u{1b}[31m \u{9b}1m a\u{202e}b \u{2028} \u{e0041}";
        let value = serde_json::json!({ "text": [text, 1], "\u{85}": {} });
        let (mut compact, mut pretty) = (Vec::new(), Vec::new());
        assert!(write(&value, &mut compact).is_ok() && write_pretty(&value, &mut pretty).is_ok());
        let compact = String::from_utf8(compact).unwrap_or_default();
        let expected = r#"{"text":["plain ä\t✓ \u001b[31m \u009b1m a\u202eb \u2028 \udb40\udc41",1],"\u0085":{}}"#;
        assert_eq!(compact, expected);
        for written in [compact.as_bytes(), &pretty] {
            assert_eq!(serde_json::from_slice::<serde_json::Value>(written).ok().as_ref(), Some(&value));
        }
        assert!(pretty.starts_with(b"{\n  \"text\": [\n"));
    }
}

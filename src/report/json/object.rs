//! An object in one line, written as it is told: a report has a million of them, and their keys are known.

use std::io;

use serde::Serialize;

use crate::report::escaped::{self, write_text};

/// What stands between the members of an object, and the first letter of the next one.
const NEXT: &str = ",\"";

/// An object that is being written.
pub(super) struct Object<'o> {
    out: &'o mut Vec<u8>,
    /// What stands before the next member.
    before: &'static str,
}

impl<'o> Object<'o> {
    /// Writes an object with the members that it is told.
    pub(super) fn write(out: &'o mut Vec<u8>, members: impl FnOnce(&mut Object<'o>) -> io::Result<()>) -> io::Result<()> {
        out.push(b'{');
        let mut object = Object { out, before: "\"" };
        members(&mut object)?;
        object.out.push(b'}');
        Ok(())
    }

    /// A text.
    pub(super) fn text(&mut self, key: &'static str, text: &str) -> io::Result<()> {
        write_text(text, self.member(key))
    }

    /// A text or `null`.
    pub(super) fn optional(&mut self, key: &'static str, text: Option<&str>) -> io::Result<()> {
        self.either(key, text, write_text)
    }

    /// A value or `null`.
    pub(super) fn either<T>(
        &mut self,
        key: &'static str,
        value: Option<T>,
        write: impl FnOnce(T, &mut Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        let out = self.member(key);
        let Some(value) = value else {
            out.extend_from_slice(b"null");
            return Ok(());
        };
        write(value, out)
    }

    /// A list.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(T, &mut Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        let out = self.member(key);
        out.push(b'[');
        for (number, item) in items.into_iter().enumerate() {
            out.extend_from_slice(if number == 0 { b"" } else { b"," });
            write(item, out)?;
        }
        out.push(b']');
        Ok(())
    }

    /// A value that others serialize.
    pub(super) fn value(&mut self, key: &'static str, value: &impl Serialize) -> io::Result<()> {
        escaped::write(value, self.member(key))
    }

    /// The members of an object that others serialize.
    pub(super) fn members_of(&mut self, object: &impl Serialize) -> io::Result<()> {
        let mut written = Vec::new();
        escaped::write(object, &mut written)?;
        // One without members adds nothing.
        if let Some(members) = written.strip_prefix(b"{\"").and_then(|members| members.strip_suffix(b"}")) {
            self.out.extend_from_slice(self.before.as_bytes());
            self.out.extend_from_slice(members);
            self.before = NEXT;
        }
        Ok(())
    }

    /// Begins a member, the value of which is to follow.
    pub(super) fn member(&mut self, key: &'static str) -> &mut Vec<u8> {
        for part in [self.before, key, "\":"] {
            self.out.extend_from_slice(part.as_bytes());
        }
        self.before = NEXT;
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_was_told() {
        let mut out = Vec::new();
        let members = |object: &mut Object<'_>| {
            object.text("plain", "a b~")?;
            object.optional("escaped", Some("\n"))?;
            object.optional("none", None)?;
            object.list("list", ["x", "y"], write_text)?;
            object.list("empty", [""; 0], write_text)?;
            object.value("number", &7)?;
            object.members_of(&serde_json::json!({}))?;
            object.members_of(&serde_json::json!({ "a": { "b": "}" }, "c": [] }))?;
            object.either("object", Some(()), |(), out| Object::write(out, |_| Ok(())))
        };
        assert!(Object::write(&mut out, members).is_ok());
        let expected = r#"{"plain":"a b~","escaped":"\n","none":null,"list":["x","y"],"empty":[],"number":7,"a":{"b":"}"},"c":[],"object":{}}"#;
        assert_eq!(String::from_utf8(out).unwrap_or_default(), expected);
    }
}

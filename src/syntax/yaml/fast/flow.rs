//! Maps and lists in brackets.

use super::lines::is_blank_at;
use super::{LONGEST_KEY, Reader, Scalar};
use crate::syntax::tree::Kind;

impl Reader<'_> {
    /// A value inside brackets, or the brackets themselves. Its lines are indented as they like.
    pub(super) fn flow_value(&mut self) -> Option<()> {
        match self.byte()? {
            b'{' => self.flow_collection(Kind::Map, b'}', Self::flow_entry),
            b'[' => self.flow_collection(Kind::List, b']', Self::flow_value),
            _ => {
                let scalar = self.flow_scalar()?;
                self.put(scalar);
                Some(())
            }
        }
    }

    fn flow_collection(&mut self, kind: Kind, close: u8, child: fn(&mut Self) -> Option<()>) -> Option<()> {
        self.enter()?;
        self.builder.open(kind, self.at as u32);
        self.at += 1;
        self.skip_in_flow()?;
        while self.byte()? != close {
            child(self)?;
            self.flow_separator(close)?;
        }
        self.at += 1;
        self.builder.close(Some(self.at as u32));
        self.leave();
        Some(())
    }

    fn flow_entry(&mut self) -> Option<()> {
        let line = self.line;
        let key = self.flow_scalar()?;
        let fits = self.line == line && key.end - key.start <= LONGEST_KEY;
        self.skip_spaces();
        let is_adjacent = key.kind != Kind::Plain;
        if !fits || self.byte()? != b':' || !(is_adjacent || is_blank_at(self.bytes, self.at + 1)) {
            return None;
        }
        self.put_key(key);
        self.at += 1;
        self.skip_in_flow()?;
        if matches!(self.byte()?, b',' | b'}') {
            return None;
        }
        self.flow_value()
    }

    /// A comma, or the closing bracket, which stays.
    fn flow_separator(&mut self, close: u8) -> Option<()> {
        self.skip_in_flow()?;
        match self.byte()? {
            b',' => {
                self.at += 1;
                self.skip_in_flow()
            }
            byte => (byte == close).then_some(()),
        }
    }

    fn skip_in_flow(&mut self) -> Option<()> {
        let line = self.line;
        self.next_content()?;
        (self.line == line || !self.line_is_marker()).then_some(())
    }

    fn flow_scalar(&mut self) -> Option<Scalar> {
        match self.byte()? {
            b'"' | b'\'' => self.quoted(0),
            _ => self.flow_plain(),
        }
    }

    /// A plain scalar in one line. Behind it stands what ends it; the caller declines where that is more text.
    fn flow_plain(&mut self) -> Option<Scalar> {
        let start = self.at;
        if !self.may_start_flow_plain() {
            return None;
        }
        while let Some(byte) = self.byte() {
            match byte {
                b',' | b'[' | b']' | b'{' | b'}' | b'\n' => break,
                b':' if self.is_colon_in_flow() => break,
                b'#' if is_blank_at(self.bytes, self.at - 1) => break,
                _ => self.at += 1,
            }
        }
        let end = self.trimmed(start, self.at);
        self.at = end;
        Some(Scalar { kind: Kind::Plain, start, end, is_decoded: false })
    }

    fn is_colon_in_flow(&self) -> bool {
        is_blank_at(self.bytes, self.at + 1) || matches!(self.byte_behind(1), Some(b',' | b'[' | b']' | b'{' | b'}'))
    }

    fn may_start_flow_plain(&self) -> bool {
        match self.byte() {
            Some(b'-') => self.byte_behind(1).is_some_and(|byte| byte.is_ascii_alphanumeric()),
            Some(byte) => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'$' | b'_' | b'.' | b'~' | b'^' | b'(' | b'+' | b'<')
            }
            None => false,
        }
    }
}

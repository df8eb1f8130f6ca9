//! Maps and lists that are indented.

use super::lines::is_blank_at;
use super::plain::Stop;
use super::{LONGEST_KEY, Reader, Scalar};
use crate::syntax::tree::Kind;

impl Reader<'_> {
    /// A value that starts a line, or stands behind a dash. Its further lines are indented by `least` or more.
    pub(super) fn block_value(&mut self, least: usize) -> Option<()> {
        let column = self.column();
        if self.is_dash() {
            return self.list(column);
        }
        if self.is_indicator(b'?') {
            return self.map(column, None);
        }
        self.value_on_line(least, Some(column))
    }

    /// A map whose first key is read, the colon behind it too; or a `?` is looked at.
    fn map(&mut self, column: usize, first: Option<Scalar>) -> Option<()> {
        self.enter()?;
        self.builder.open(Kind::Map, first.map_or(self.at, |key| key.start) as u32);
        match first {
            Some(key) => self.entry(column, key)?,
            None => self.explicit_entry(column)?,
        }
        while self.goes_on_at(column)? && !self.is_dash() {
            if self.is_indicator(b'?') {
                self.explicit_entry(column)?;
                continue;
            }
            let key = self.key()?;
            self.entry(column, key)?;
        }
        self.builder.close(None);
        self.leave();
        Some(())
    }

    fn entry(&mut self, column: usize, key: Scalar) -> Option<()> {
        if key.end - key.start > LONGEST_KEY {
            return None;
        }
        self.put_key(key);
        self.value(column)
    }

    /// The value behind a colon.
    fn value(&mut self, column: usize) -> Option<()> {
        let behind_colon = self.at;
        self.skip_spaces();
        if !self.is_line_end() {
            return self.value_on_line(column + 1, None);
        }
        self.next_content()?;
        if self.at == self.bytes.len() || self.column() < column {
            self.put_nothing(behind_colon);
        } else if self.column() > column {
            self.block_value(column + 1)?;
        } else if self.is_dash() {
            self.list(column)?;
        } else {
            self.put_nothing(behind_colon);
        }
        Some(())
    }

    /// A key behind a `?`, as emitters write it where it is long, and its value behind a `:` of its own line.
    fn explicit_entry(&mut self, column: usize) -> Option<()> {
        self.at += 1;
        self.skip_spaces();
        self.value_on_line(column + 1, None)?;
        if !self.goes_on_at(column)? || !self.is_indicator(b':') {
            return None;
        }
        self.at += 1;
        self.skip_spaces();
        if self.is_line_end() { None } else { self.block_value(column + 1) }
    }

    /// A value that is no list. Where it may be a map, the column of its keys is told.
    fn value_on_line(&mut self, least: usize, map_column: Option<usize>) -> Option<()> {
        match self.byte()? {
            b'|' | b'>' => self.text_block(least),
            b'{' | b'[' => self.flow_in_block(),
            b'"' | b'\'' => {
                let line = self.line;
                let scalar = self.quoted(least)?;
                if let Some(column) = map_column
                    && self.line == line
                    && self.takes_colon()
                {
                    return self.map(column, Some(scalar));
                }
                self.put(scalar);
                self.line_ends()
            }
            _ => match self.plain_line()? {
                (scalar, Stop::Colon) => self.map(map_column?, Some(scalar)),
                (scalar, stop) => self.plain_lines(scalar, stop, least),
            },
        }
    }

    fn flow_in_block(&mut self) -> Option<()> {
        self.flow_value()?;
        self.line_ends()
    }

    /// A list whose first dash is looked at.
    fn list(&mut self, column: usize) -> Option<()> {
        self.enter()?;
        self.builder.open(Kind::List, self.at as u32);
        self.item(column)?;
        while self.goes_on_at(column)? && self.is_dash() {
            self.item(column)?;
        }
        self.builder.close(None);
        self.leave();
        Some(())
    }

    fn item(&mut self, column: usize) -> Option<()> {
        self.at += 1;
        let behind_dash = self.at;
        self.skip_spaces();
        if self.is_line_end() {
            self.next_content()?;
            if self.at == self.bytes.len() || self.column() <= column {
                self.put_nothing(behind_dash);
                return Some(());
            }
        }
        self.block_value(column + 1)
    }

    /// Whether the next content is in this column; what is deeper fits nowhere.
    fn goes_on_at(&mut self, column: usize) -> Option<bool> {
        self.next_content()?;
        if self.at == self.bytes.len() || self.column() < column {
            return Some(false);
        }
        (self.column() == column && !self.line_is_marker()).then_some(true)
    }

    fn key(&mut self) -> Option<Scalar> {
        if matches!(self.byte()?, b'"' | b'\'') {
            let line = self.line;
            let key = self.quoted(0)?;
            return (self.line == line && self.takes_colon()).then_some(key);
        }
        match self.plain_line()? {
            (key, Stop::Colon) => Some(key),
            _ => None,
        }
    }

    /// Goes behind the colon of a key in quotes, if there is one.
    fn takes_colon(&mut self) -> bool {
        let mut colon = self.at;
        while self.bytes.get(colon) == Some(&b' ') {
            colon += 1;
        }
        let found = self.bytes.get(colon) == Some(&b':') && is_blank_at(self.bytes, colon + 1);
        if found {
            self.at = colon + 1;
        }
        found
    }

    #[inline]
    fn is_dash(&self) -> bool {
        self.is_indicator(b'-')
    }

    /// Whether this byte is looked at, and a blank is behind it.
    #[inline]
    fn is_indicator(&self, indicator: u8) -> bool {
        self.byte() == Some(indicator) && is_blank_at(self.bytes, self.at + 1)
    }
}

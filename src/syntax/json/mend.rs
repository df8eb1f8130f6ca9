//! What the JSON reader does where the grammar is broken: say what is wrong, guess what was meant, go on.

use super::string::closing_quote;
use super::{Expect, Opened, Reader};
use crate::syntax::fault::quoted;
use crate::syntax::tree::Kind;

impl Reader<'_> {
    /// Whether the text starts like a JSON value; if not, nothing of it is read and one fault says why.
    pub(super) fn looks_like_json(&mut self) -> bool {
        let rest = self.rest();
        let looks = starts_like_json(rest);
        if !looks {
            self.no_json(rest);
            self.damage(0, self.text.len());
        }
        looks
    }

    fn no_json(&mut self, rest: &str) {
        let word = first_word(rest);
        let range = self.at..self.at + word.len().max(1);
        if rest.is_empty() {
            self.faults.syntax(0..self.text.len(), "there is no JSON in this file", "an empty description is written `{}`");
        } else if word.is_empty() {
            let message = format!("{} stands here before any value", quoted(self.written(range.clone())));
            self.faults.syntax(range, message, "JSON starts with `{` or `[`");
        } else {
            let message = format!("this is no JSON: it starts with {}", quoted(word));
            self.faults.syntax(range, message, "if it is YAML, name the file `.yaml`");
        }
    }

    /// Passes over a comment, which JSON does not have; the first one is reported.
    #[cold]
    pub(super) fn skip_comment(&mut self) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = match rest {
            [b'#', ..] | [b'/', b'/', ..] => memchr::memchr(b'\n', rest),
            [b'/', b'*', ..] => memchr::memmem::find(rest.get(2..).unwrap_or_default(), b"*/").map(|end| end + 4),
            _ => return false,
        };
        let start = self.at;
        self.at += length.unwrap_or(rest.len());
        if !std::mem::replace(&mut self.commented, true) {
            let line = self.written(start..self.at).lines().next().unwrap_or_default().len();
            self.faults.syntax(
                start..start + line,
                "JSON has no comments",
                "say it in a `description` or an `x-` key, or use YAML",
            );
        }
        true
    }

    pub(super) fn trailing_comma(&mut self, is_there: bool) {
        if is_there {
            let comma = self.comma..self.comma + 1;
            self.faults.syntax(comma, "there is nothing behind this comma", "remove it: JSON allows no trailing comma");
        }
    }

    /// A value is expected, and none of JSON's starts here.
    #[cold]
    pub(super) fn odd_value(&mut self, byte: u8) -> Expect {
        let at = self.at;
        match byte {
            b'\'' if self.single_quoted() => self.behind_value(),
            b',' | b'}' | b']' if self.in_map() => self.no_value(),
            b',' if !self.opened.is_empty() => {
                self.faults.syntax(at..at + 1, "a value is missing before this comma", "write the value, or remove the comma");
                self.next_entry()
            }
            b'}' if !self.opened.is_empty() => self.close(byte),
            b':' => {
                self.faults.syntax(at..at + 1, "a value is expected here, not a `:`", "remove it");
                self.damage(at, at + 1);
                self.at += 1;
                Expect::Value
            }
            _ => {
                let first = self.rest().chars().next().map_or(1, char::len_utf8);
                let rest = self.bytes.get(at + first..).unwrap_or_default();
                let more = rest.iter().position(|&byte| byte <= b' ' || b",:{}[]\"'#".contains(&byte)).unwrap_or(rest.len());
                self.odd_word(first + more);
                self.behind_value()
            }
        }
    }

    /// The key read last has no value.
    fn no_value(&mut self) -> Expect {
        let key = self.key.clone();
        let message = format!("the key {} has no value", quoted(self.written(key.clone())));
        self.faults.syntax(key, message, "write a `:` and the value behind it");
        self.nothing(self.at);
        self.behind_value()
    }

    /// A key is expected, and no string starts here.
    #[cold]
    pub(super) fn odd_key(&mut self, byte: u8) -> Expect {
        let at = self.at;
        match byte {
            b'\'' if self.single_quoted() => {
                self.key = at..self.at;
                Expect::Colon
            }
            b',' => {
                self.faults.syntax(at..at + 1, "there is nothing before this comma", "remove it");
                self.next_entry()
            }
            b']' => self.close(byte),
            b':' | b'{' | b'[' => {
                let message = format!("a key is missing before this `{}`", char::from(byte));
                self.faults.syntax(at..at + 1, message, "entries of a map are written `\"key\": value`");
                self.key = at..at;
                self.nothing(at);
                self.at += usize::from(byte == b':');
                Expect::Value
            }
            _ => self.bare_key(),
        }
    }

    /// The colon behind a key is missing.
    #[cold]
    pub(super) fn no_colon(&mut self, byte: u8) -> Expect {
        let at = self.at;
        match byte {
            b',' | b'}' | b']' => self.no_value(),
            b'=' => {
                let length = if self.bytes.get(at + 1) == Some(&b'>') { 2 } else { 1 };
                self.at += length;
                self.faults.syntax(at..self.at, "a `:` belongs between a key and its value", "replace it by `:`");
                Expect::Value
            }
            _ => {
                let key = self.key.clone();
                let message = format!("a `:` is missing behind the key {}", quoted(self.written(key.clone())));
                self.faults.syntax(key, message, "write it between the key and its value");
                Expect::Value
            }
        }
    }

    /// A comma or closing bracket is expected, and something else is there.
    #[cold]
    pub(super) fn no_separator(&mut self, byte: u8) -> Expect {
        let at = self.at;
        match byte {
            b';' => {
                self.faults.syntax(at..at + 1, "entries are separated by a comma, not by a `;`", "replace it by `,`");
                self.next_entry()
            }
            b':' if !self.in_map() => {
                self.faults.syntax(
                    at..at + 1,
                    "a `:` stands in a list",
                    "only maps have keys: open it with `{`, or remove the `:`",
                );
                self.damage(at, at + 1);
                self.at += 1;
                Expect::Value
            }
            b':' => {
                self.faults.syntax(at..at + 1, "this value is followed by a second `:`", "check the quotes and commas around it");
                self.nothing(at);
                self.at += 1;
                Expect::Value
            }
            _ => {
                let next = self.rest().chars().next().map_or(1, char::len_utf8);
                self.faults.syntax(at..at + next, "a comma is missing before this", "put a `,` behind the value before it");
                self.expect_entry()
            }
        }
    }

    /// A closing bracket that does not fit the innermost open one.
    #[cold]
    pub(super) fn mismatch(&mut self, byte: u8) -> Expect {
        let outer = self.opened.iter().rposition(|opened| opened.is_map == (byte == b'}'));
        self.unbalanced = true;
        match outer.filter(|&outer| self.belongs_to_outer(outer)) {
            Some(outer) => self.inner_unclosed(outer, byte),
            None => self.wrong_bracket(byte),
        }
        self.at += 1;
        self.close_innermost();
        self.behind_value()
    }

    /// A bracket first on its line closes what its indentation says; any other one the next that fits.
    fn belongs_to_outer(&self, outer: usize) -> bool {
        let own = indentation(self.bytes, self.at);
        let of = |opened: Option<&Opened>| opened.map(|opened| indentation(self.bytes, opened.at).0);
        !(own.1 && Some(own.0) == of(self.opened.last()) && Some(own.0) != of(self.opened.get(outer)))
    }

    fn inner_unclosed(&mut self, outer: usize, byte: u8) {
        if let Some(&innermost) = self.opened.last() {
            let bracket = if innermost.is_map { '{' } else { '[' };
            let message = format!("this `{bracket}` is not closed before the `{}` that ends what is around it", char::from(byte));
            let help = format!("put a `{}` where it ends", if innermost.is_map { '}' } else { ']' });
            self.faults.syntax(innermost.at..innermost.at + 1, message, help);
            self.faults.related(self.at..self.at + 1, "closed here");
            self.damage(innermost.at, self.at);
        }
        while self.opened.len() > outer + 1 {
            self.close_innermost();
        }
    }

    fn wrong_bracket(&mut self, byte: u8) {
        let Some(&innermost) = self.opened.last() else { return };
        let (open, close) = if innermost.is_map { ('{', '}') } else { ('[', ']') };
        let message = format!("a `{}` stands here, but what it closes was opened with `{open}`", char::from(byte));
        self.faults.syntax(self.at..self.at + 1, message, format!("replace it by `{close}`"));
        self.faults.related(innermost.at..innermost.at + 1, "opened here");
        self.damage(self.at, self.at + 1);
    }

    /// The text ends inside a structure.
    #[cold]
    pub(super) fn unclosed(&mut self, expect: Expect) {
        let end = self.text.len();
        if expect == Expect::Colon || (expect == Expect::Value && self.in_map()) {
            self.builder.leaf(Kind::Empty, end as u32..end as u32, 0);
        }
        let culprit = self.suspicious_bracket(|closing, opening| closing < opening).or(self.opened.last().copied());
        if let Some(opened) = culprit.filter(|_| !self.unbalanced) {
            let line = self.source.position(end as u32).line;
            let (bracket, close) = if opened.is_map { ('{', '}') } else { ('[', ']') };
            let message =
                format!("this `{bracket}` is never closed: the file ends in line {line} with {} open", self.opened.len());
            self.faults.syntax(opened.at..opened.at + 1, message, format!("put a `{close}` where it ends"));
        }
        self.damage(culprit.map_or(end, |opened| opened.at), end);
        while !self.opened.is_empty() {
            self.at = end;
            self.close_innermost();
        }
    }

    /// The first bracket whose closing bracket stands in a column that does not fit that of its own line: further left
    /// where a closing bracket was forgotten before it, further right where an opening one was.
    fn suspicious_bracket(&self, misfits: impl Fn(usize, usize) -> bool) -> Option<Opened> {
        let mut open: Vec<(Opened, usize)> = Vec::new();
        let (mut at, mut line) = (0, (0, 0));
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'\n' => line = (at + 1, blanks_at(self.bytes, at + 1)),
                b'"' => at = closing_quote(self.bytes, at + 1, b'"')?,
                b'{' | b'[' => open.push((Opened { at, is_map: byte == b'{' }, line.1)),
                b'}' | b']' => {
                    let (opened, indent) = open.pop()?;
                    if at == line.0 + line.1 && misfits(line.1, indent) {
                        return Some(opened);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// The root is complete, and more follows.
    #[cold]
    pub(super) fn text_behind_the_end(&mut self) {
        let (at, end) = (self.at, self.text.len());
        self.damage(self.lost_from(), end);
        if self.unbalanced {
            return;
        }
        let rest = self.rest();
        let (message, help) = match rest.as_bytes().first() {
            Some(b'}' | b']') => (
                "this bracket closes nothing: the JSON value is complete before it",
                "remove it, or add the bracket that it closes",
            ),
            Some(b'{' | b'[') => ("a second JSON value starts here", "keep one value per file"),
            _ => ("the JSON value is complete before this", "remove what follows, or put it inside"),
        };
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len()).min(if rest.starts_with(['{', '[']) { 1 } else { 40 });
        self.faults.syntax(at..at + length, message, help);
    }

    /// From where on things are not where they belong when the root is complete and its entries go on behind it: one
    /// closing bracket inside was too many.
    fn lost_from(&self) -> usize {
        // A bracket that was missing or wrong has put all around it in doubt already.
        if self.unbalanced || self.rest().starts_with(['{', '[']) {
            return self.at;
        }
        let rest = self.rest().trim_start_matches(|next: char| next.is_ascii_whitespace() || matches!(next, '}' | ']'));
        let unknown = if rest.starts_with(',') { 0 } else { self.at };
        self.suspicious_bracket(|closing, opening| closing > opening).map_or(unknown, |opened| opened.at)
    }
}

fn starts_like_json(text: &str) -> bool {
    if text.starts_with("---") || text.starts_with("- ") {
        return false;
    }
    let word = first_word(text).to_ascii_lowercase();
    let literal = matches!(word.as_str(), "true" | "false" | "null" | "nan" | "infinity" | "none");
    literal || text.starts_with(|first: char| "{[\"'-+.".contains(first) || first.is_ascii_digit())
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || ",:]}#/".contains(c)).next().unwrap_or_default()
}

/// How far back the start of a line is looked for; longer lines count as not indented.
const LONGEST_INDENTATION: usize = 1000;

/// The blanks that the line of an offset starts with, and whether there is nothing else before the offset.
fn indentation(bytes: &[u8], at: usize) -> (usize, bool) {
    let from = at.saturating_sub(LONGEST_INDENTATION);
    let before = bytes.get(from..at).unwrap_or_default();
    let start = match memchr::memrchr(b'\n', before) {
        Some(end) => from + end + 1,
        None if from == 0 => 0,
        None => return (0, false),
    };
    let blanks = blanks_at(bytes, start);
    (blanks, start + blanks == at)
}

fn blanks_at(bytes: &[u8], start: usize) -> usize {
    bytes.iter().skip(start).take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

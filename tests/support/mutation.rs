//! Seeded damage to YAML texts: what the two readers are compared on.

/// Marsaglia's xorshift: enough chance for a test, and the same everywhere.
pub(crate) struct Chance(pub(crate) u64);

/// What is put in by a mutation, beside copies of the text's own parts.
const PIECES: [&str; 64] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    ":",
    ": ",
    ",",
    ", ",
    "-",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "\n\n",
    " ",
    "  ",
    "\t",
    "#",
    " #",
    " # c",
    "|",
    ">",
    "|\n",
    ">-\n  ",
    "|+\n   ",
    "&x ",
    "*x",
    "!",
    "? ",
    "?",
    "\\",
    "\\n",
    "\\\n",
    "\\u00e9",
    "//",
    "---\n",
    "\n---\n",
    "...\n",
    "\u{0}",
    "ü",
    "\u{feff}",
    "%",
    "\r\n",
    "\r",
    "@",
    "`",
    "''",
    "\"\"",
    "{a: b}",
    "[a, b]",
    "a: b\n",
    "- a\n",
    "? a\n: b\n",
    "\u{85}",
    "\u{2028}",
    "\u{a0}",
    "<<: ",
    "~",
    ":a",
    "a:",
    "|2\n",
    "\u{7f}",
];

/// The characters that YAML is made of.
const SPECIAL: [char; 12] = [':', '-', '"', '\'', '\n', '|', '>', '{', '[', ',', '#', '}'];

impl Chance {
    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// A text after one to three mutations.
    pub(crate) fn mutated(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..=self.below(3) {
            self.mutate(&mut text);
        }
        text
    }

    fn mutate(&mut self, text: &mut String) {
        let at = self.place_in(text);
        match self.below(8) {
            0 => text.replace_range(self.piece_at(text, at), ""),
            1 => {
                let copy = text[self.piece_at(text, at)].to_owned();
                let to = self.place_in(text);
                text.insert_str(to, &copy);
            }
            2 => self.indent(text, at),
            3 => self.line(text, at),
            4 => text.replace_range(at..text.ceil_char_boundary((at + 1).min(text.len())), PIECES[self.below(PIECES.len())]),
            _ => {
                let special = text[at..].find(SPECIAL).map_or(at, |found| at + found);
                let to = text.ceil_char_boundary((special + self.below(2)).min(text.len()));
                text.insert_str(to, PIECES[self.below(PIECES.len())]);
            }
        }
    }

    /// A line gets more blanks before it, or loses some.
    fn indent(&mut self, text: &mut String, at: usize) {
        let start = line_start(text, at);
        if self.below(2) == 0 {
            text.insert_str(start, &" ".repeat(1 + self.below(4)));
        } else {
            let blanks = text[start..].bytes().take_while(|byte| *byte == b' ').count();
            text.replace_range(start..start + self.below(blanks + 1), "");
        }
    }

    /// A line goes, or comes twice.
    fn line(&mut self, text: &mut String, at: usize) {
        let start = line_start(text, at);
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length + 1);
        if self.below(2) == 0 {
            text.replace_range(start..end, "");
        } else {
            let line = text[start..end].to_owned();
            text.insert_str(start, &line);
        }
    }

    fn place_in(&mut self, text: &str) -> usize {
        text.floor_char_boundary(self.below(text.len() + 1))
    }

    fn piece_at(&mut self, text: &str, at: usize) -> std::ops::Range<usize> {
        at..text.ceil_char_boundary((at + self.below(40)).min(text.len()))
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

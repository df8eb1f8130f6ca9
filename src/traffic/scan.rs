//! Where a JSON value ends, found 64 bytes at a time without looking at what it says.

/// The odd bits.
const ODD: u64 = 0xaaaa_aaaa_aaaa_aaaa;

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// Where a map or list that starts at the first byte ends. Keeps its place, so that it can go on once there are more bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scan {
    /// Up to where it has looked, in whole blocks.
    at: usize,
    /// How many brackets are open there.
    depth: u32,
    /// All ones inside of a string.
    in_string: u64,
    /// One if the last byte escapes the next.
    escapes: u64,
}

impl Scan {
    /// The offset behind the closing bracket, if these bytes have it. The next call gets the same bytes and more.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        while let Some(block) = bytes.get(self.at..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
            if let Some(end) = self.block(block) {
                return Some(self.at + end);
            }
            self.at += BLOCK;
            if self.in_string != 0 && self.escapes == 0 {
                self.skip_plain(bytes);
            }
        }
        let rest = bytes.get(self.at..).unwrap_or_default();
        let mut last = [b' '; BLOCK];
        last.get_mut(..rest.len())?.copy_from_slice(rest);
        let mut ahead = *self;
        ahead.block(&last).map(|end| self.at + end)
    }

    /// Passes over whole blocks of a string that have neither quotation marks nor escapes.
    fn skip_plain(&mut self, bytes: &[u8]) {
        let rest = bytes.get(self.at..).unwrap_or_default();
        if rest.first_chunk::<8>().is_none_or(|word| equal(u64::from_le_bytes(*word), b'\\') != 0) {
            return;
        }
        let plain = memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
        self.at += plain - plain % BLOCK;
    }

    fn block(&mut self, block: &[u8; BLOCK]) -> Option<usize> {
        let escaped = self.escaped(mask(block, 0, b'\\'));
        let quotes = mask(block, 0, b'"') & !escaped;
        let in_string = parity(quotes) ^ self.in_string;
        let was_in_string = std::mem::replace(&mut self.in_string, if in_string >> 63 == 1 { u64::MAX } else { 0 });
        if quotes == 0 && was_in_string != 0 {
            return None;
        }
        // `[` and `{` differ in one bit, as `]` and `}` do.
        let opening = mask(block, 0x20, b'{') & !in_string;
        let closing = mask(block, 0x20, b'}') & !in_string;
        if self.depth > closing.count_ones() {
            self.depth = self.depth - closing.count_ones() + opening.count_ones();
            return None;
        }
        self.brackets(opening, closing)
    }

    /// Counts brackets one by one.
    fn brackets(&mut self, opening: u64, closing: u64) -> Option<usize> {
        let mut brackets = opening | closing;
        while brackets != 0 {
            let place = brackets.trailing_zeros();
            brackets &= brackets - 1;
            if opening >> place & 1 == 1 {
                self.depth += 1;
                continue;
            }
            self.depth = self.depth.saturating_sub(1);
            if self.depth == 0 {
                return Some(place as usize + 1);
            }
        }
        None
    }

    /// Which bytes are escaped by a backslash in front of them. In a run of backslashes every second one is: adding to
    /// the odd bits carries through a run and tells where it began (found so in simdjson).
    fn escaped(&mut self, backslashes: u64) -> u64 {
        if backslashes == 0 {
            return std::mem::take(&mut self.escapes);
        }
        let escaping = backslashes & !self.escapes;
        let codes = ((escaping << 1) | ODD).wrapping_sub(escaping) ^ ODD;
        let escaped = codes ^ (backslashes | self.escapes);
        self.escapes = (codes & backslashes) >> 63;
        escaped
    }
}

/// A bit for each byte that is this one, once these bits are set in it.
#[inline]
fn mask(block: &[u8; BLOCK], set: u8, wanted: u8) -> u64 {
    let (words, _) = block.as_chunks::<8>();
    words.iter().rev().fold(0, |mask, word| {
        let word = u64::from_le_bytes(*word) | u64::from_le_bytes([set; 8]);
        // The eight high bits side by side.
        (mask << 8) | ((equal(word, wanted) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56)
    })
}

/// The high bit of every byte that is this one.
#[inline]
pub(super) fn equal(word: u64, wanted: u8) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let other = word ^ u64::from_le_bytes([wanted; 8]);
    !(((other & LOW) + LOW) | other | LOW)
}

/// For every bit whether the number of bits up to it is odd.
#[inline]
fn parity(bits: u64) -> u64 {
    [1, 2, 4, 8, 16, 32].iter().fold(bits, |bits, shift| bits ^ (bits << shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, byte by byte. Backslashes outside of strings are no JSON; there they escape quotation marks only.
    fn naive(bytes: &[u8]) -> Option<usize> {
        let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
        for (at, byte) in bytes.iter().enumerate() {
            let is_escaped = std::mem::take(&mut escaped);
            match byte {
                b'\\' => escaped = !is_escaped,
                b'"' if !is_escaped => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    #[test]
    fn values_end_where_a_slow_reader_ends_them() {
        let mut random = 7_u64;
        let mut next = |limit: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % limit
        };
        for round in 0..20_000 {
            let pieces = [
                "{",
                "}",
                "[",
                "]",
                "\"",
                "\\",
                "\\\"",
                "a",
                "é",
                "                ",
                "\"\"",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            ];
            let text: String = "[".chars().chain((0..next(120)).flat_map(|_| pieces[next(pieces.len())].chars())).collect();
            let expected = naive(text.as_bytes());
            assert_eq!(Scan::default().end(text.as_bytes()), expected, "{round}: {text}");
            let mut scan = Scan::default();
            let pieces = (0..text.len()).step_by(1 + next(90)).chain([text.len()]);
            let found = pieces.into_iter().find_map(|length| scan.end(&text.as_bytes()[..length]));
            assert_eq!(found, expected, "{round} in pieces: {text}");
        }
    }
}

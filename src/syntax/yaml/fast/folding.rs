//! Line breaks inside scalars.

use super::Reader;

impl Reader<'_> {
    /// One line break is a space, each further one stays.
    pub(super) fn fold(&mut self, breaks: usize) {
        match breaks {
            0 => {}
            1 => self.decoded.push(' '),
            _ => self.decoded.extend(std::iter::repeat_n('\n', breaks - 1)),
        }
    }

    /// Goes over the line breaks inside a text in quotes to what stands behind them, and tells how many there are.
    pub(super) fn breaks_in_quotes(&mut self) -> Option<usize> {
        let mut breaks = 0;
        loop {
            match self.byte()? {
                b' ' | b'\r' => self.at += 1,
                b'\n' => {
                    self.next_line();
                    breaks += 1;
                }
                b'\t' => return None,
                _ => return (!self.line_is_marker()).then_some(breaks),
            }
        }
    }
}

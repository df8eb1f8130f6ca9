//! Colours and plurals.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};

use crate::finding::Severity;

/// Words in the colour of a severity, if there is to be colour.
pub(super) fn severity(color: bool, severity: Severity, words: impl Display) -> String {
    let shade = match severity {
        Severity::Note => AnsiColor::Cyan,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Error => AnsiColor::Red,
    };
    painted(color, shade.on_default(), words)
}

/// Words that matter less.
pub(super) fn faint(color: bool, words: impl Display) -> String {
    painted(color, Style::new().dimmed(), words)
}

/// A number and its noun: `1 error`, `2 errors`.
pub(in crate::report) fn count(number: usize, noun: &str) -> String {
    format!("{} {}", thousands(number as u64), self::noun(number, noun))
}

/// A noun as it stands behind a number.
pub(in crate::report) fn noun(number: usize, noun: &str) -> String {
    if number == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// A number with its thousands apart: `1,204`.
pub(in crate::report) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn painted(color: bool, style: Style, words: impl Display) -> String {
    if color { format!("{style}{words}{style:#}") } else { words.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_only_where_wanted() {
        assert_eq!(severity(false, Severity::Error, "x"), "x");
        assert_eq!(severity(true, Severity::Error, "x"), "\u{1b}[31mx\u{1b}[0m");
        assert_eq!(faint(true, "x"), "\u{1b}[2mx\u{1b}[0m");
        assert_eq!([0, 999, 1_204, 10_000_000].map(thousands), ["0", "999", "1,204", "10,000,000"]);
        assert_eq!([count(0, "file"), count(1, "file"), count(2, "file")], ["0 files", "1 file", "2 files"]);
    }
}

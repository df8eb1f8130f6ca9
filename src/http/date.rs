//! Dates in header fields (RFC 9110, section 5.6.7; RFC 9745, section 2.1).

use std::str::FromStr;
use std::time::UNIX_EPOCH;

/// A date that HTTP can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpDate {
    /// Seconds since 1970.
    pub seconds: i64,
    /// Whether it is written as all senders must: `Sun, 06 Nov 1994 08:49:37 GMT`.
    pub is_fixdate: bool,
}

/// Reads a date in any of the three formats. The day of the week is not held against the date:
/// recipients do not look at it, and it is often wrong.
pub fn parse(text: &str) -> Option<HttpDate> {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let (day, rest) = text.split_at_checked(3)?;
    if !days.contains(&day) {
        return None;
    }
    // RFC 850 spells the day out.
    let (tail, rest) = rest.split_at(rest.find([',', ' '])?);
    let suffixes = if tail.is_empty() { [""; 7] } else { ["day", "sday", "nesday", "rsday", "day", "urday", "day"] };
    let read = |(day, suffix): (&str, &str)| httpdate::HttpDate::from_str(&format!("{day}{suffix}{rest}")).ok();
    let date = days.into_iter().zip(suffixes).find_map(read)?;
    let seconds = std::time::SystemTime::from(date).duration_since(UNIX_EPOCH).ok()?.as_secs();
    let is_fixdate = date.to_string().get(3..) == Some(rest) && tail.is_empty();
    Some(HttpDate { seconds: i64::try_from(seconds).ok()?, is_fixdate })
}

/// Reads the Date of structured fields: `@1659578233`.
pub fn parse_structured(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('@')?;
    let is_integer = digits.strip_prefix('-').unwrap_or(digits).bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_integer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_formats() {
        let cases = [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some((784_111_777, true))),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some((784_111_777, false))),
            ("Sun Nov  6 08:49:37 1994", Some((784_111_777, false))),
            // The day of the week is wrong; PHP sends the last one with every page.
            ("Fri, 06 Nov 1994 08:49:37 GMT", Some((784_111_777, true))),
            ("Wednesday, 06-Nov-94 08:49:37 GMT", Some((784_111_777, false))),
            ("Mon, 26 Jul 1997 05:00:00 GMT", Some((869_893_200, true))),
            ("Sun, 6 Nov 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08:49:37 UTC", None),
            ("Sun, 06 Nov 1994 08:49:37 +0000", None),
            ("Sun, 31 Feb 1994 08:49:37 GMT", None),
            ("1994-11-06T08:49:37Z", None),
            ("784111777", None),
            ("Día", None),
            ("Sun", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).map(|date| (date.seconds, date.is_fixdate)), expected, "{text}");
        }
    }

    #[test]
    fn structured_dates() {
        let cases = [
            ("@1659578233", Some(1_659_578_233)),
            ("@-62135596800", Some(-62_135_596_800)),
            ("@0", Some(0)),
            ("1659578233", None),
            ("@1659578233.5", None),
            ("@+5", None),
            ("@", None),
            ("@-", None),
            ("true", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_structured(text), expected, "{text}");
        }
    }
}

//! Points in time, as recordings and descriptions write them.

use super::date;

/// Milliseconds since 1970 of a time as in RFC 3339, of a date as in HTTP, or of a number of seconds or milliseconds.
/// One without a zone is taken for UTC: times of one recording are only compared with each other.
pub fn milliseconds(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return number(text);
    }
    rfc_3339(text).or_else(|| date::parse(text).map(|date| date.seconds.saturating_mul(1000)))
}

/// Seconds reach this number in the year 5138, milliseconds did in 1973.
const MOST_SECONDS: i64 = 100_000_000_000;

fn number(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole: i64 = whole.parse().ok()?;
    if whole > MOST_SECONDS { Some(whole) } else { Some(whole * 1000 + thousandths(fraction)) }
}

fn rfc_3339(text: &str) -> Option<i64> {
    let (date, clock) = text.split_at_checked(10)?;
    let mut parts = date.splitn(3, '-').map(digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let clock = clock.strip_prefix(['T', 't', ' '])?;
    let (clock, offset) = clock.split_at(clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len()));
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.splitn(3, ':').map(digits);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().flatten().unwrap_or(0));
    let minutes = (days(year, month, day)? * 24 + hour) * 60 + minute - minutes_ahead(offset)?;
    Some((minutes * 60 + second) * 1000 + thousandths(fraction))
}

fn digits(text: &str) -> Option<i64> {
    text.parse().ok().filter(|_| text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn thousandths(fraction: &str) -> i64 {
    let digits = fraction.bytes().chain(*b"000").take(3).map(|digit| i64::from(digit.wrapping_sub(b'0').min(9)));
    digits.fold(0, |value, digit| value * 10 + digit)
}

/// How far a zone is ahead of UTC.
fn minutes_ahead(offset: &str) -> Option<i64> {
    let (ahead, rest) = match (offset.strip_prefix('+'), offset.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return Some(0),
    };
    let (hours, minutes) = rest.split_at_checked(2)?;
    let minutes = minutes.trim_start_matches(':');
    let minutes = if minutes.is_empty() { 0 } else { digits(minutes)? };
    Some(ahead * (digits(hours)? * 60 + minutes))
}

/// Days since 1970 in the Gregorian calendar; years begin in March, so that the day of the leap comes last.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let most = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if !(1..=12).contains(&month) || !(1..=most).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leaps + (month * 153 + 2) / 5 + day - 1 - 719_468)
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn times_of_recordings() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2024-02-29T12:30:45.678Z", Some(1_709_209_845_678)),
            ("2024-02-29T13:30:45.678+01:00", Some(1_709_209_845_678)),
            ("2024-02-29 07:30:45.678123-0500", Some(1_709_209_845_678)),
            ("2024-02-29T12:30:45", Some(1_709_209_845_000)),
            ("1969-12-31T23:59:59.9Z", Some(-100)),
            ("1709209845", Some(1_709_209_845_000)),
            ("1709209845.678", Some(1_709_209_845_678)),
            ("1709209845678", Some(1_709_209_845_678)),
            ("Thu, 29 Feb 2024 12:30:45 GMT", Some(1_709_209_845_000)),
            ("2024-13-01T00:00:00Z", None),
            ("2023-02-29T00:00:00Z", None),
            ("2023-04-31T00:00:00Z", None),
            ("2000-02-29T00:00:00Z", Some(951_782_400_000)),
            ("1900-02-29T00:00:00Z", None),
            ("2024-02-29T", None),
            ("yesterday", None),
            ("", None),
            ("2024-02-2ä", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(milliseconds(text), expected, "{text}");
        }
    }
}

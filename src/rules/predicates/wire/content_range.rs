//! `misstates-range`: a `Content-Range` that contradicts itself, its content or what was asked for (RFC 9110 §14.4).

use super::super::{Predicate, Reads};
use super::{about, length, shown};
use crate::facts::Observed;
use crate::rules::fields::Noun;
use crate::traffic::mask;

pub(in super::super) const MISSTATES_RANGE: Predicate = Predicate {
    name: "misstates-range",
    noun: Noun::Exchange,
    doc: "`Content-Range` in bytes cannot be read, contradicts itself, the length of the content or, in a 206, the one range that was asked for. Other units are left alone.",
    arguments: &[],
    words: &["fault", "shown"],
    reads: Reads::Definition,
    run: |row, _| about(row, |exchange| shown(fault(exchange))),
};

/// What a `Content-Range` says; `None` for what it leaves open with `*`.
struct Part {
    bounds: Option<(u64, u64)>,
    complete: Option<u64>,
}

fn fault(exchange: &Observed<'_>) -> Option<Vec<(&'static str, String)>> {
    let value = exchange.fields().lines("content-range").next()?.trim();
    let said = in_bytes(value)?;
    let is_partial = exchange.exchange.response.status == 206;
    let fault = match parse(said) {
        None => "cannot be read",
        Some(Part { bounds: None, .. }) => is_partial.then_some("names no range")?,
        Some(Part { bounds: Some(bounds), complete }) => contradiction(exchange, bounds, complete, is_partial)?,
    };
    let shown = format!("`{}`", mask::field_value("content-range", value, false));
    Some(vec![("fault", fault.to_owned()), ("shown", shown)])
}

fn contradiction(exchange: &Observed<'_>, bounds: (u64, u64), complete: Option<u64>, is_partial: bool) -> Option<&'static str> {
    let (first, last) = bounds;
    if last < first {
        return Some("ends before it begins");
    }
    if complete.is_some_and(|complete| complete <= last) {
        return Some("goes beyond its complete length");
    }
    if !is_partial {
        return None;
    }
    let has_content = exchange.exchange.request.method != "HEAD";
    if has_content && length::of(exchange).is_some_and(|length| length.checked_sub(1) != Some(last - first)) {
        return Some("is not the length of the content");
    }
    asked(exchange, complete)
        .filter(|asked| first < asked.0 || last > asked.1)
        .map(|_| "lies outside of the range that was asked for")
}

/// The rest of a value whose unit is bytes, also where `=` stands in place of the blank.
fn in_bytes(value: &str) -> Option<&str> {
    let (unit, rest) = value.split_at_checked("bytes".len())?;
    let is_whole = !rest.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_');
    (unit.eq_ignore_ascii_case("bytes") && is_whole).then_some(rest)
}

fn parse(said: &str) -> Option<Part> {
    let (range, complete) = said.strip_prefix(' ')?.trim_start().split_once('/')?;
    let complete = if complete == "*" { None } else { Some(number(complete)?) };
    if range == "*" {
        return complete.map(|_| Part { bounds: None, complete });
    }
    let (first, last) = range.split_once('-')?;
    Some(Part { bounds: Some((number(first)?, number(last)?)), complete })
}

/// The one range that the request asked for, as first and last byte.
fn asked(exchange: &Observed<'_>, complete: Option<u64>) -> Option<(u64, u64)> {
    let mut lines = exchange.exchange.request.headers.lines("range");
    let range = lines.next()?.trim().strip_prefix("bytes=").filter(|range| !range.contains(','))?;
    let (first, last) = range.split_once('-')?;
    match (number(first), number(last)) {
        (Some(first), Some(last)) => Some((first, last)),
        (Some(first), None) if last.is_empty() => Some((first, u64::MAX)),
        (None, Some(suffix)) if first.is_empty() => Some((complete?.saturating_sub(suffix), u64::MAX)),
        _ => None,
    }
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let read = |value| in_bytes(value).map(|said| parse(said).map(|part| (part.bounds, part.complete)));
        for (value, expected) in [
            ("bytes 0-9/20", Some(Some((Some((0, 9)), Some(20))))),
            ("Bytes 0-9/*", Some(Some((Some((0, 9)), None)))),
            ("bytes */20", Some(Some((None, Some(20))))),
            ("bytes */*", Some(None)),
            ("bytes=0-9/20", Some(None)),
            ("bytes 0-9", Some(None)),
            ("bytes -9/20", Some(None)),
            ("bytes 0-+9/20", Some(None)),
            ("bytes", Some(None)),
            ("bytestrings 0-9/20", None),
            ("items 9-0/2", None),
            ("", None),
        ] {
            assert_eq!(read(value), expected, "{value}");
        }
    }
}

//! Paths that differ in identifiers only have one shape, so that reports can group what is not described.

use super::accept::{is_date, is_uuid};
use crate::http::{percent, uri};

/// The most characters of a shape.
const LONGEST: usize = 200;

/// The path of a recorded URL with `{}` in place of what looks like an identifier; without its query, and at most 200
/// characters long.
pub fn path_shape(url: &str) -> String {
    let shape = |segment| if is_identifier(segment) { "{}" } else { segment };
    let shape: String = uri::path(url).split('/').map(shape).collect::<Vec<_>>().join("/");
    match shape.char_indices().nth(LONGEST) {
        None => shape,
        Some(_) => shape.chars().take(LONGEST - 1).chain(['…']).collect(),
    }
}

fn is_identifier(segment: &str) -> bool {
    let decoded = percent::decoded(segment);
    let Ok(text) = std::str::from_utf8(&decoded) else { return true };
    is_number(text) || is_uuid(text) || is_moment(text) || is_address(text) || is_hexadecimal(text) || is_token(text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A date, or one with a time behind it.
fn is_moment(text: &str) -> bool {
    is_date(text.split(['T', ' ']).next().unwrap_or_default())
}

/// An e-mail address, as far as two sides and a domain tell.
fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

/// Hashes and object ids; words such as `facade` have no digits.
fn is_hexadecimal(text: &str) -> bool {
    text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) && has_digit(text)
}

/// Random letters and digits change places often, or are mostly digits; words with a number in them do neither.
fn is_token(text: &str) -> bool {
    let is_of_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'=');
    if text.len() < 16 || !text.bytes().all(is_of_alphabet) {
        return false;
    }
    let is_border = |pair: &&[u8]| {
        let [one, other] = pair else { return false };
        one.is_ascii_digit() && other.is_ascii_alphabetic() || one.is_ascii_alphabetic() && other.is_ascii_digit()
    };
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits * 3 >= text.len() || text.as_bytes().windows(2).filter(is_border).count() >= 3
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

//! URLs as they may be shown.

use std::borrow::Cow;

use super::token::{has_random_run, is_token, without_tokens};
use super::{MASK, is_secret_name, shortened};
use crate::http::{percent, uri};

/// How long letters and digits behind a segment such as `reset-password` must be to be a credential.
const SHORTEST_BEHIND_NAME: usize = 12;

/// A URL or the path of one as it may be shown: without user information and fragment. Values of the query are masked
/// unless values are shown; those of secrets, and segments that look like credentials, always.
pub fn url(url: &str, show_values: bool) -> String {
    let whole = url.split('#').next().unwrap_or_default();
    let (start, rest) = split_origin(whole);
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    let mut shown = start;
    shown.push_str(&path_of(path, show_values));
    if let Some(query) = query {
        shown.push('?');
        shown.push_str(&query_of(query, '&', show_values));
    }
    shown
}

/// The scheme with the authority, user information taken away, and what follows. Browsers read `\` as `/`.
fn split_origin(url: &str) -> (String, &str) {
    let is_slash = |letter: char| matches!(letter, '/' | '\\');
    let (scheme, rest) = url.split_at(url.len() - uri::split_scheme(url).1.len());
    let slashes = rest.len() - rest.trim_start_matches(is_slash).len();
    if slashes < 2 && scheme.is_empty() {
        return (String::new(), url);
    }
    let (slashes, rest) = rest.split_at(slashes);
    let end = rest.find(|letter| is_slash(letter) || letter == '?').unwrap_or(rest.len());
    let end = behind_odd_password(rest, end);
    let (authority, rest) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or_default();
    (format!("{scheme}{slashes}{host}"), rest)
}

/// A password with a `/` or a `?` in it ends the authority early: what looks like a port is then none, and an `@` follows.
fn behind_odd_password(rest: &str, end: usize) -> usize {
    let authority = rest.get(..end).unwrap_or_default();
    let port = authority.rsplit_once(':').map_or("", |(_, port)| port.trim_end_matches(']'));
    let is_port = authority.ends_with(']') || port.bytes().all(|byte| byte.is_ascii_digit());
    let at = rest.rfind('@').filter(|at| *at > end && !is_port && !authority.contains('@'));
    at.map_or(end, |at| {
        let behind = rest.get(at..).unwrap_or_default();
        at + behind.find(['/', '\\', '?']).unwrap_or(behind.len())
    })
}

fn path_of(path: &str, show_values: bool) -> String {
    let mut follows_name = false;
    let segments = path.split('/').map(|segment| {
        let shown = segment_of(segment, follows_name, show_values);
        follows_name = is_secret_name(segment);
        shown
    });
    segments.collect::<Vec<_>>().join("/")
}

/// One segment with its matrix parameters (`;jsessionid=…`).
fn segment_of(segment: &str, follows_name: bool, show_values: bool) -> String {
    let (own, parameters) = segment.split_once(';').map_or((segment, None), |(own, parameters)| (own, Some(parameters)));
    let plain = decoded(own);
    let is_secret = is_token(&plain) || (follows_name && has_random_run(&plain, SHORTEST_BEHIND_NAME));
    let own = if is_secret { MASK } else { own };
    match parameters {
        Some(parameters) => format!("{own};{}", query_of(parameters, ';', show_values)),
        None => own.to_owned(),
    }
}

fn query_of(query: &str, separator: char, show_values: bool) -> String {
    let mut shown = String::new();
    for (index, pair) in query.split(separator).enumerate() {
        if index > 0 {
            shown.push(separator);
        }
        let (name, value) = pair.split_once('=').map_or((pair, None), |(name, value)| (name, Some(value)));
        let plain = decoded(name);
        shown.push_str(if is_token(&plain) { MASK } else { name });
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            shown.push('=');
            shown.push_str(&value_of(&plain, value, show_values));
        } else if value.is_some() {
            shown.push('=');
        }
    }
    shown
}

fn value_of(name: &str, value: &str, show_values: bool) -> String {
    let plain = decoded(value);
    // A URL inside of a value may have secrets of its own; so may a text.
    // The `code` of OAuth is as good as the token that it is changed for.
    let is_secret = !show_values
        || is_secret_name(name)
        || name == "code"
        || is_token(&plain)
        || plain.contains("://") && plain.contains('@');
    if is_secret || without_tokens(&plain) != *plain { MASK.to_owned() } else { shortened(value) }
}

/// Percent-encoding taken away, twice as proxies do it; invalid encoding is left as it is.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let once = decoded_once(text);
    Cow::Owned(if once.contains('%') { decoded_once(&once) } else { once })
}

/// In a query `+` stands for a blank.
fn decoded_once(text: &str) -> String {
    String::from_utf8_lossy(&percent::decoded(&text.replace('+', " "))).into_owned()
}

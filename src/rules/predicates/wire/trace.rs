//! `echoes-credentials`: the answer to a TRACE that repeats secrets of the request (RFC 9110 §9.3.8).

use super::super::{Judgement, Predicate, Reads};
use super::{about, shown};
use crate::facts::Observed;
use crate::http::header::canonical;
use crate::rules::fields::Noun;
use crate::traffic::mask::{MASK, is_secret_name};

pub(in super::super) const ECHOES_CREDENTIALS: Predicate = Predicate {
    name: "echoes-credentials",
    noun: Noun::Exchange,
    doc: "The body repeats the request with a header field that carries credentials, and these are not masked.",
    arguments: &[],
    words: &["header"],
    reads: Reads::Definition,
    run: |row, _| {
        about(row, |exchange| match exchange.exchange.response.body.text() {
            None if exchange.has_content() != Some(false) => Judgement::plain(crate::truth::Truth::Unknown),
            text => shown(text.and_then(|text| echoed(exchange, text))),
        })
    },
};

/// The first such line of the echo. Header lines end at the first line that is empty.
fn echoed(exchange: &Observed<'_>, text: &str) -> Option<Vec<(&'static str, String)>> {
    let lines = text.lines().skip(1).take_while(|line| !line.is_empty());
    let mut fields = lines.filter_map(|line| line.split_once(':'));
    let sent = &exchange.exchange.request.headers;
    let is_sent = |name: &str, value: &str| sent.is_empty() || sent.lines(name).any(|line| line.trim() == value.trim());
    let (name, _) = fields.find(|(name, value)| is_credential(name) && !is_masked(value) && is_sent(name, value))?;
    Some(vec![("header", canonical(name).to_owned())])
}

fn is_credential(name: &str) -> bool {
    !name.contains(' ') && is_secret_name(name)
}

fn is_masked(value: &str) -> bool {
    let value = value.trim();
    value.is_empty() || value.contains(MASK) || value.starts_with(['<', '[']) || value.to_ascii_lowercase().contains("redacted")
}

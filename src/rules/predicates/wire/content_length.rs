//! `misstates-length`: a `Content-Length` that is none, or not that of the content (RFC 9110 §8.6).

use super::super::{Predicate, Reads};
use super::{about, length, members, shown};
use crate::facts::Observed;
use crate::rules::fields::Noun;
use crate::traffic::Protocol;
use crate::traffic::mask;

pub(in super::super) const MISSTATES_LENGTH: Predicate = Predicate {
    name: "misstates-length",
    noun: Noun::Exchange,
    doc: "`Content-Length` is no number, has several values, or is another than the length of the content that came. Nothing is said over HTTP/2 and 3, nor where the recording may have changed the content.",
    arguments: &[],
    words: &["fault", "shown"],
    reads: Reads::Definition,
    run: |row, _| about(row, |exchange| shown(fault(exchange))),
};

fn fault(exchange: &Observed<'_>) -> Option<Vec<(&'static str, String)>> {
    let mut values = members(exchange.fields().lines("content-length"));
    let first = values.next()?;
    if exchange.exchange.response.protocol == Protocol::Later {
        return None;
    }
    let of_value = |fault: &str, value| vec![("fault", fault.to_owned()), ("shown", public(value))];
    if !is_number(first) {
        return Some(of_value("is no number", first));
    }
    if let Some(other) = values.find(|value| *value != first) {
        return Some(of_value("is given twice and differs", other));
    }
    if first.parse().ok() == exchange.exchange.response.body.length() {
        return None;
    }
    let (announced, came) = (first.parse().ok()?, length_of_content(exchange)?);
    let fault = "is not the length of the content".to_owned();
    is_broken(exchange, announced, came).then(|| vec![("fault", fault), ("shown", format!("{announced}, and {came} bytes came"))])
}

fn public(value: &str) -> String {
    format!("`{}`", mask::field_value("content-length", value, false))
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// HEAD and 304 announce the length that a GET would have; 1xx and 204 must not announce any, which is another rule's matter.
fn length_of_content(exchange: &Observed<'_>) -> Option<u64> {
    let has_content = !matches!(exchange.exchange.response.status, 100..=199 | 204 | 304);
    let has_content = has_content && !matches!(exchange.exchange.request.method.as_str(), "HEAD" | "CONNECT");
    length::of(exchange).filter(|_| has_content)
}

/// Readers take a mark of byte order (three bytes) away. More than was announced cannot be received, so it is content that
/// was decoded by a program that forgot to say so, unless no coding was asked for.
fn is_broken(exchange: &Observed<'_>, announced: u64, came: u64) -> bool {
    let sent = &exchange.exchange.request.headers;
    let asks_for_plain = || !sent.is_empty() && !members(sent.lines("accept-encoding")).any(|coding| coding != "identity");
    if came > announced { asks_for_plain() } else { came < announced && announced - came != 3 }
}

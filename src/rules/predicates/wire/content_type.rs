//! `malforms-content-type`: a `Content-Type` that cannot be read, or several (RFC 9110 §8.3).

use super::super::{Predicate, Reads};
use super::{about, shown};
use crate::facts::Observed;
use crate::http::media_type::MediaType;
use crate::rules::fields::Noun;
use crate::traffic::mask;

pub(in super::super) const MALFORMS_CONTENT_TYPE: Predicate = Predicate {
    name: "malforms-content-type",
    noun: Noun::Exchange,
    doc: "`Content-Type` came more than once, or is no media type. An empty one is let pass where no content came.",
    arguments: &[],
    words: &["fault", "shown"],
    reads: Reads::Definition,
    run: |row, _| about(row, |exchange| shown(fault(exchange))),
};

fn fault(exchange: &Observed<'_>) -> Option<Vec<(&'static str, String)>> {
    let mut lines = exchange.fields().lines("content-type");
    let first = lines.next()?;
    let fault = if lines.next().is_some() {
        "came more than once"
    } else if is_media_type(first) || first.trim().is_empty() && exchange.has_content() != Some(true) {
        return None;
    } else {
        "is no media type"
    };
    let shown = format!("`{}`", mask::field_value("content-type", first.trim(), false));
    Some(vec![("fault", fault.to_owned()), ("shown", shown)])
}

/// A range is what a client asks for; nothing that is sent has it for its type.
fn is_media_type(line: &str) -> bool {
    MediaType::parse(line).is_some_and(|media_type| !media_type.is_range())
}

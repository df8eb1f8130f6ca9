//! `uses-unasked-coding`: content in a coding that the request excludes (RFC 9110 §12.5.3).

use super::super::{Predicate, Reads};
use super::{about, members, shown};
use crate::facts::Observed;
use crate::rules::fields::Noun;
use crate::traffic::{FieldLines, mask};

pub(in super::super) const USES_UNASKED_CODING: Predicate = Predicate {
    name: "uses-unasked-coding",
    noun: Noun::Exchange,
    doc: "`Content-Encoding` names a coding that the request's `Accept-Encoding` excludes; false where the request has no such field.",
    arguments: &[],
    words: &["coding"],
    reads: Reads::Definition,
    run: |row, _| about(row, |exchange| shown(unasked(exchange))),
};

fn unasked(exchange: &Observed<'_>) -> Option<Vec<(&'static str, String)>> {
    let sent = &exchange.exchange.request.headers;
    let mut codings = members(exchange.fields().lines("content-encoding"));
    let coding = codings.find(|coding| sent.has("accept-encoding") && !accepts(sent, coding))?;
    Some(vec![("coding", mask::field_value("content-encoding", &coding.to_ascii_lowercase(), false))])
}

/// A member of its own counts before `*`; what neither names is excluded, but for content as it is.
fn accepts(sent: &FieldLines, coding: &str) -> bool {
    let weight = |wanted: &str| {
        let mut asked = members(sent.lines("accept-encoding")).map(|member| member.split_once(';').unwrap_or((member, "")));
        asked.find(|(name, _)| plain(name).eq_ignore_ascii_case(wanted)).map(|(_, weight)| !is_zero(weight))
    };
    weight(plain(coding)).or_else(|| weight("*")).unwrap_or_else(|| coding.eq_ignore_ascii_case("identity"))
}

/// `x-gzip` is the same as `gzip` (RFC 9110 §8.4.1.3).
fn plain(coding: &str) -> &str {
    let coding = coding.trim();
    match coding.get(..2) {
        Some("x-" | "X-") => coding.get(2..).unwrap_or_default(),
        _ => coding,
    }
}

/// Whether a weight says "not at all": `q=0`, `q=0.000`.
fn is_zero(weight: &str) -> bool {
    let value = weight.trim().strip_prefix(['q', 'Q']).and_then(|rest| rest.trim_start().strip_prefix('='));
    value.and_then(|value| value.trim().parse::<f64>().ok()).is_some_and(|value| value <= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accepted() {
        for (asked, coding, accepted) in [
            ("gzip, br", "gzip", true),
            ("gzip, br", "X-GZIP", true),
            ("x-gzip", "gzip", true),
            ("gzip", "br", false),
            ("*", "br", true),
            ("br;q=0, *", "br", false),
            ("gzip; q=0.5", "gzip", true),
            ("gzip;Q=0.000", "gzip", false),
            ("*;q=0", "gzip", false),
            ("", "gzip", false),
            ("identity", "gzip", false),
            ("gzip", "identity", true),
            ("*;q=0", "identity", false),
        ] {
            let sent: FieldLines = [("Accept-Encoding".to_owned(), asked.to_owned())].into_iter().collect();
            assert_eq!(accepts(&sent, coding), accepted, "{coding} for {asked}");
        }
    }
}

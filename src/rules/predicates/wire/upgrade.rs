//! `switches-unasked`: a switch to a protocol that the client did not offer (RFC 9110 §7.8).

use super::super::{Judgement, Predicate, Reads};
use super::sent::is_of_browser;
use super::{about, members, shown};
use crate::facts::Observed;
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(in super::super) const SWITCHES_UNASKED: Predicate = Predicate {
    name: "switches-unasked",
    noun: Noun::Exchange,
    doc: "`Upgrade` names a protocol that the `Upgrade` of the request does not; unknown where the fields of the request are not recorded.",
    arguments: &[],
    words: &["protocol"],
    reads: Reads::Definition,
    run: |row, _| about(row, judge),
};

/// The longest name that is shown; those of protocols are short.
const LONGEST: usize = 32;

fn judge<'p>(exchange: &Observed<'_>) -> Judgement<'p> {
    let sent = &exchange.exchange.request.headers;
    if !sent.has("upgrade") && (sent.is_empty() || is_of_browser(sent)) {
        return Judgement::plain(Truth::Unknown);
    }
    let is_offered = |protocol: &str| members(sent.lines("upgrade")).any(|offered| covers(offered, protocol));
    let unasked = members(exchange.fields().lines("upgrade")).find(|protocol| !is_offered(protocol));
    shown(unasked.map(|protocol| vec![("protocol", named(protocol))]))
}

/// Whether an offer is for a protocol: without a version it is for any.
fn covers(offered: &str, protocol: &str) -> bool {
    let (name, version) = offered.split_once('/').map_or((offered, None), |(name, version)| (name, Some(version)));
    let (other_name, other) = protocol.split_once('/').map_or((protocol, None), |(name, version)| (name, Some(version)));
    name.eq_ignore_ascii_case(other_name) && version.zip(other).is_none_or(|(version, other)| version == other)
}

fn named(protocol: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/.-_+".contains(&byte);
    let is_name = protocol.len() <= LONGEST && protocol.bytes().all(is_plain);
    if is_name { format!("`{protocol}`") } else { "a protocol".to_owned() }
}

//! `refuses-good-credentials`: a 401 to credentials that were accepted before and afterwards.

use super::super::cues::{has_cue, operation_has_word};
use super::super::unexplained_unauthorized::SIGNS_IN;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::http::uri;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(in super::super) const REFUSES_GOOD_CREDENTIALS: Predicate = Predicate {
    name: "refuses-good-credentials",
    noun: Noun::Exchange,
    doc: "The same credentials were accepted before and behind this refusal, by requests that need some; not where a login or a challenge says what is wrong with them.",
    arguments: &[],
    words: &["index"],
    reads: Reads::Operation,
    run: refuses_good,
};

/// What challenges say about credentials that are not good enough here (RFC 6750, 9449 and 9470). One that names a realm may mean
/// another one than that in which they are good (RFC 9110, section 11.5).
const SAID: [&str; 5] = ["invalid_token", "insufficient_user_authentication", "use_dpop_nonce", "expired", "realm="];

fn refuses_good<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange() else { return Judgement::plain(Truth::Unknown) };
    let Some(index) = exchange.neighbours.accepted_credentials else { return Judgement::plain(false) };
    let says_why = exchange.fields().lines("www-authenticate").any(|challenge| {
        let challenge = challenge.to_ascii_lowercase();
        SAID.iter().any(|said| challenge.contains(said))
    });
    let url = uri::without_query(&exchange.exchange.request.url);
    if says_why || operation_has_word(row, &SIGNS_IN) || has_cue(url, &SIGNS_IN) {
        return Judgement::plain(false);
    }
    Judgement::shown(true, Evidence { words: vec![("index", index.to_string())], ..Evidence::default() })
}

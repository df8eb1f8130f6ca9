//! What the names of an operation tell about its purpose: its path, its `operationId` and its summary.

use std::borrow::Cow;

use super::super::evaluate::Row;
use crate::facts::{Api, ResponseFact};
use crate::http::uri;
use crate::truth::Truth;
use crate::words::each_word;

/// Words of paths that tell how a server is doing.
pub(super) const HEALTH: [&str; 10] =
    ["health", "healthz", "healthcheck", "heartbeat", "liveness", "livez", "readiness", "readyz", "ping", "actuator"];

/// From how many bytes on a description is long.
const LONG: usize = 1_000;

/// Whether the path, the `operationId` or the summary of a row's operation has one of these words.
pub(super) fn operation_has_word(row: &Row<'_, '_>, wanted: &[&str]) -> bool {
    names(row).any(|name| has_cue(&name, wanted))
}

/// The same for a redirect, whose own description counts too, and where it led to.
pub(super) fn redirect_has_word(row: &Row<'_, '_>, wanted: &[&str]) -> bool {
    let described = row.response().is_some_and(|response| description_has_word(row.api, response, wanted));
    let target = || row.exchange().and_then(|exchange| exchange.fields().lines("location").next());
    described || target().is_some_and(|url| has_cue(uri::without_query(url), wanted)) || operation_has_word(row, wanted)
}

/// A long description that many uses share is looked through once.
fn description_has_word<'p>(api: &Api<'p>, response: &ResponseFact<'p>, wanted: &[&str]) -> bool {
    let Some(text) = response.description() else { return false };
    let like = response.first_use().filter(|_| text.len() > LONG && response.own_description().is_none());
    let look = || Truth::from(has_cue(&text, wanted));
    like.map_or_else(look, |like| api.answer(wanted.as_ptr().addr(), like, look)).is_true()
}

/// The path that a row is about: as it is described, else that of the URL that was asked for.
pub(super) fn path_of<'a>(row: &Row<'a, '_>) -> Option<&'a str> {
    let described = row.path().map(|path| path.template.as_ref());
    described.or_else(|| row.exchange().map(|exchange| uri::path(&exchange.exchange.request.url)))
}

/// Whether a name has one of these words (in lower case). Two words of the name may make one: `OAuth` has `oauth`,
/// `sign-in` has `signin`.
pub(super) fn has_cue(name: &str, wanted: &[&str]) -> bool {
    let (mut pair, mut found) = (String::with_capacity(name.len()), false);
    each_word(name, |word| {
        pair.push_str(word);
        found = wanted.contains(&word) || wanted.contains(&pair.as_str());
        pair.clear();
        pair.push_str(word);
        !found
    });
    found
}

fn names<'a>(row: &Row<'a, '_>) -> impl Iterator<Item = Cow<'a, str>> {
    let view = row.operation().map(|operation| operation.operation.0);
    let texts = ["operationId", "summary"].into_iter().filter_map(move |key| view?.text(key));
    texts.chain(path_of(row).map(Cow::Borrowed))
}

#[cfg(test)]
mod tests {
    use super::has_cue;

    #[test]
    fn words_are_whole_tokens_and_may_be_split() {
        let cases = [
            ("googleOAuthCallback", "oauth", true),
            ("/sign-in", "signin", true),
            ("/api_key", "apikey", true),
            ("/signing", "sign", false),
            ("Log in", "login", true),
            ("Blog index", "login", false),
            ("/profiles", "file", false),
        ];
        for (name, word, expected) in cases {
            assert_eq!(has_cue(name, &[word]), expected, "{word} in {name}");
        }
    }
}

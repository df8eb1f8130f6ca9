//! Whether a redirect is a step of a flow that a person walks through in a browser.

use super::super::evaluate::Row;
use super::super::fields::Noun;
use super::cues::redirect_has_word;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Observed, ResponseFact};
use crate::http::status::{Class, StatusKey};
use crate::http::uri;
use crate::openapi::{MediaType, Version, View};
use crate::syntax::Node;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "browser-flow",
    noun: Noun::Response,
    doc: "The redirect belongs to a flow in a browser: OAuth, OpenID Connect, SAML, a login, or a page of HTML; on the wire, a browser went to a page.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

const WORDS: [&str; 25] = [
    "login",
    "logon",
    "logout",
    "logoff",
    "signin",
    "signout",
    "signup",
    "authorize",
    "authorise",
    "authorization",
    "authorisation",
    "callback",
    "callbacks",
    "oauth",
    "oauth1",
    "oauth2",
    "oidc",
    "openid",
    "saml",
    "saml2",
    "sso",
    "slo",
    "consent",
    "auth",
    "authenticate",
];

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let navigates = row.exchange().is_some_and(navigates);
    Judgement::plain(navigates || redirect_has_word(row, &WORDS) || shows_a_page(row) || is_authorization_endpoint(row))
}

/// HTML in the redirect itself, or as the only thing that the operation answers with success.
fn shows_a_page(row: &Row<'_, '_>) -> bool {
    let Some(operation) = row.operation() else { return false };
    let of_success = |response: &&ResponseFact<'_>| {
        matches!(response.status, StatusKey::Code(_) | StatusKey::Range(_)) && response.status.class() == Some(Class::Successful)
    };
    let successes = row.api.responses_of(operation).iter().filter(of_success);
    let mut contents =
        successes.filter(|success| !row.api.content_of(success).is_empty()).map(|success| pages(row, success)).peekable();
    let is_page = row.response().is_some_and(|response| pages(row, response).0);
    is_page || contents.peek().is_some() && contents.all(|(_, nothing_else)| nothing_else)
}

/// Whether some of the content is a page, and whether nothing else is.
fn pages<'p>(row: &Row<'_, 'p>, response: &ResponseFact<'p>) -> (bool, bool) {
    let content = row.api.content_of(response);
    row.api.once(response, |known| &known.pages, || (content.iter().any(is_html), content.iter().all(is_html)))
}

/// A person went to a page or sent a form. That a redirect itself carries HTML says nothing: most servers send some.
fn navigates(exchange: &Observed<'_>) -> bool {
    let sent = &exchange.exchange.request.headers;
    let is = |name: &str, value: &str| sent.lines(name).any(|line| line.trim().eq_ignore_ascii_case(value));
    let wants_page = || sent.lines("accept").any(|line| line.trim_start().starts_with("text/html"));
    is("sec-fetch-mode", "navigate") || wants_page()
}

fn is_html(content: &MediaType<'_>) -> bool {
    let media_type =
        content.text().and_then(|text| crate::http::media_type::MediaType::parse(&text).map(|parsed| parsed.is("text/html")));
    media_type == Some(true)
}

/// The path is the one of an `authorizationUrl` or another URL of the description's security schemes.
fn is_authorization_endpoint(row: &Row<'_, '_>) -> bool {
    let Some(path) = row.path() else { return false };
    let template = path.template.trim_end_matches('/');
    let root = row.api.root;
    let holder = if root.version() == Version::V2_0 { Some(root) } else { root.get("components") };
    let name = if root.version() == Version::V2_0 { "securityDefinitions" } else { "securitySchemes" };
    let Some(holder) = holder.filter(|_| !template.is_empty()) else { return false };
    holder
        .entries_of(name)
        .filter_map(|entry| holder.with(entry.value).target())
        .flat_map(urls)
        .any(|url| has_path(&url, template))
}

/// The URLs of one scheme: beside its type in 2.0, in each of its flows later.
fn urls(scheme: View<'_>) -> Vec<String> {
    let flows = scheme.entries_of("flows").map(|entry| entry.value);
    let of_map = |map: Node<'_>| {
        ["authorizationUrl", "tokenUrl", "refreshUrl"]
            .into_iter()
            .filter_map(|key| map.get_str(key).map(std::borrow::Cow::into_owned))
            .collect::<Vec<_>>()
    };
    std::iter::once(scheme.node()).chain(flows).flat_map(of_map).collect()
}

/// Whether a URL has this path, behind whatever base path the server has.
fn has_path(url: &str, path: &str) -> bool {
    uri::without_query(url).trim_end_matches('/').ends_with(path) && path.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::has_path;

    #[test]
    fn urls_and_paths() {
        let cases = [
            ("https://example.com/api/connect/start?x=1", "/connect/start", true),
            ("/connect/start/", "/connect/start", true),
            ("https://example.com/reconnect/start", "/connect/start", false),
            ("https://example.com/connect", "/connect/start", false),
        ];
        for (url, path, expected) in cases {
            assert_eq!(has_path(url, path), expected, "{url} {path}");
        }
    }
}

//! `malforms-challenge` and `offers-no-described-scheme`: what a refusal asks the client for.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::http::challenge;
use crate::openapi::{Scheme, SchemeKind};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::truth::Truth;
use crate::words::listed;

pub(super) const MALFORMS_CHALLENGE: Predicate = Predicate {
    name: "malforms-challenge",
    noun: Noun::Exchange,
    doc: "A line of `WWW-Authenticate` or `Proxy-Authenticate` is no list of challenges.",
    arguments: &[],
    words: &["header", "fault"],
    reads: Reads::Definition,
    run: malforms,
};

pub(super) const OFFERS_NO_DESCRIBED_SCHEME: Predicate = Predicate {
    name: "offers-no-described-scheme",
    noun: Noun::Exchange,
    doc: "The challenges in `WWW-Authenticate` name none of the authentication schemes with which the operation is secured.",
    arguments: &[],
    words: &["offered", "described"],
    reads: Reads::Operation,
    run: offers_none,
};

/// The most schemes that a message names.
const NAMED: usize = 5;

fn malforms<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(observed) = row.exchange() else { return Judgement::plain(false) };
    let found = ["WWW-Authenticate", "Proxy-Authenticate"].into_iter().find_map(|name| {
        let fault = observed.fields().lines(name).find_map(|line| challenge::schemes(line).err())?;
        Some(vec![("header", name.to_owned()), ("fault", fault.to_owned())])
    });
    found.map_or(Judgement::plain(false), |words| Judgement::shown(true, Evidence { words, ..Evidence::default() }))
}

fn offers_none<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let (Some(observed), Some(operation)) = (row.exchange(), row.operation()) else { return Judgement::plain(false) };
    let lines: Result<Vec<_>, _> = observed.fields().lines("WWW-Authenticate").map(challenge::schemes).collect();
    let Ok(offered) = lines.map(|lines| lines.concat()) else { return Judgement::plain(false) };
    let Some(described) = described(row.api.security_of(operation).schemes()) else { return Judgement::plain(Truth::Unknown) };
    let is_described = |scheme: &&str| described.iter().any(|other| other.eq_ignore_ascii_case(scheme));
    if offered.is_empty() || described.is_empty() || offered.iter().any(is_described) {
        return Judgement::plain(false);
    }
    // Of tokens that are bound to a key, which OAuth has beside plain ones, descriptions have no word.
    let is_bound =
        offered.iter().any(|scheme| scheme.eq_ignore_ascii_case("DPoP")) && described.iter().any(|name| name == "Bearer");
    let words = vec![("offered", named(&offered)), ("described", named(&described))];
    Judgement::shown(!is_bound, Evidence { words, ..Evidence::default() })
}

/// The names of authentication schemes; `None` where there is a way in that has none, or one that is not known.
fn described<'s, 'p: 's>(schemes: impl Iterator<Item = &'s Scheme<'p>>) -> Option<Vec<String>> {
    schemes.map(name).collect()
}

fn name(scheme: &Scheme<'_>) -> Option<String> {
    match scheme.kind? {
        SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => Some("Bearer".to_owned()),
        SchemeKind::Http => {
            let definition = scheme.definition?;
            let own =
                definition.text("scheme").map(|name| if name.eq_ignore_ascii_case("bearer") { "Bearer".into() } else { name });
            own.or_else(|| definition.text("type").filter(|kind| kind == "basic")).map(std::borrow::Cow::into_owned)
        }
        SchemeKind::ApiKey | SchemeKind::MutualTls => None,
    }
}

fn named<T: AsRef<str>>(names: &[T]) -> String {
    let mut shown: Vec<String> = Vec::new();
    for name in names.iter().take(NAMED) {
        let name = format!("`{}`", name.as_ref().chars().take(40).collect::<String>());
        if !shown.contains(&name) {
            shown.push(name);
        }
    }
    listed(&shown, "or")
}

//! `leads-in-circle`: a redirect comes back to where its chain has been.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::traffic::Credentials;
use crate::truth::Truth;

pub(in super::super) const LEADS_IN_CIRCLE: Predicate = Predicate {
    name: "leads-in-circle",
    noun: Noun::Exchange,
    doc: "The redirect leads to a request that its chain of redirects has made before; one that sets a cookie or asks to wait does not count.",
    arguments: &[],
    words: &["where"],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange() else { return Judgement::plain(Truth::Unknown) };
    let Some(circle) = exchange.neighbours.circle else { return Judgement::plain(false) };
    if hides_cookies(exchange) {
        return Judgement::plain(Truth::Unknown);
    }
    let way = match circle.hops {
        1 => "to itself".to_owned(),
        hops => format!("back to itself over {hops} redirects"),
    };
    Judgement::shown(true, Evidence { words: vec![("where", way)], ..Evidence::default() })
}

/// A browser whose request shows no cookie may have taken them out of what it exported, those that were set, too.
fn hides_cookies(exchange: &Observed<'_>) -> bool {
    let is_browser = exchange.exchange.request.headers.lines("user-agent").any(|agent| agent.starts_with("Mozilla/"));
    is_browser && exchange.credentials == Credentials::Unknown
}

//! `drops-headers`: one response of an operation lacks header fields that another one declares.

use super::{Arguments, Judgement, Predicate, Reads, strings};
use crate::facts::ResponseFact;
use crate::openapi::Header;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::listed;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "drops-headers",
    noun: Noun::Operation,
    doc: "The response `to` of the operation does not declare those of the `names` that its response `from` declares.",
    arguments: &[("from", OptionKind::Statuses), ("to", OptionKind::Statuses), ("names", OptionKind::Strings)],
    words: &["missing"],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    // Most operations have no such response, and nothing else is asked of these.
    let Some(to) = response(row, arguments, "to") else { return Judgement::plain(false) };
    let Some(from) = response(row, arguments, "from") else { return Judgement::plain(false) };
    if from.definition.is_none() || to.definition.is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let kept = strings(arguments, "names").iter().filter(|name| to.header(row.api, name).is_none());
    let missing: Vec<(&String, Header<'p>)> = kept.filter_map(|name| Some((name, *from.header(row.api, name)?))).collect();
    if missing.is_empty() {
        return Judgement::plain(false);
    }
    let names: Vec<String> = missing.iter().map(|(name, _)| format!("`{name}`")).collect();
    let related: Vec<(Node<'p>, String)> =
        missing.iter().map(|(_, header)| (header.key(), format!("the {} declares it", from.text()))).collect();
    Judgement::shown(
        true,
        Evidence { at: Some(to.key), related, words: vec![("missing", listed(&names, "and"))], ..Evidence::default() },
    )
}

/// The first response of the operation whose key lies inside the argument.
fn response<'a, 'p>(row: &Row<'a, 'p>, arguments: &Arguments<'_>, name: &str) -> Option<&'a ResponseFact<'p>> {
    let Some(OptionValue::Statuses(wanted)) = arguments.get(name) else { return None };
    row.api.responses_of(row.operation()?).iter().find(|response| wanted.relation(response.status).is_true())
}

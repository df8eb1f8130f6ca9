//! `declares-header`: a response declares header fields that it should not have.

use super::{Arguments, Judgement, Predicate, strings};
use crate::facts::Observed;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::OptionKind;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "declares-header",
    noun: Noun::Response,
    doc: "The response declares one of the header fields in `names`, or came with one; shows each of them at its own key.",
    arguments: &[("names", OptionKind::Strings)],
    words: &["header"],
    reads_operation: false,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    if let Some(observed) = row.exchange() {
        return of_exchange(observed, strings(arguments, "names"));
    }
    let Some(response) = row.response().filter(|response| response.definition.is_some()) else {
        return Judgement::plain(Truth::Unknown);
    };
    let names = strings(arguments, "names");
    let declared = row.api.headers_of(response).iter().filter_map(|header| {
        let name = names.iter().find(|name| header.name().eq_ignore_ascii_case(name))?;
        Some(Evidence {
            at: Some(header.key()),
            related: Vec::new(),
            words: vec![("header", name.clone())],
            ..Evidence::default()
        })
    });
    let evidence: Vec<Evidence<'p>> = declared.collect();
    Judgement { truth: Truth::from(!evidence.is_empty()), evidence }
}

fn of_exchange<'p>(observed: &Observed<'_>, names: &[String]) -> Judgement<'p> {
    let truth = Truth::any(names.iter().map(|name| Truth::from(observed.has_field(name))));
    let came = names.iter().filter(|name| observed.fields().has(name));
    let item = |name: &String| Evidence { words: vec![("header", name.clone())], ..Evidence::default() };
    Judgement { truth, evidence: came.map(item).collect() }
}

//! `takes-header`: an operation has header parameters of certain names.

use super::{Arguments, Judgement, Predicate, Reads, strings};
use crate::openapi::Parameter;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::OptionKind;
use crate::truth::Truth;
use crate::words::listed;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "takes-header",
    noun: Noun::Operation,
    doc: "The operation has a header parameter with one of the `names`; shows which.",
    arguments: &[("names", OptionKind::Strings)],
    words: &["header"],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    let parameters = row.api.parameters_of(operation);
    let names = strings(arguments, "names");
    let taken = names.iter().filter(|name| parameters.iter().any(|parameter| is_header(*parameter, name)));
    let taken: Vec<String> = taken.map(|name| format!("`{name}`")).collect();
    if !taken.is_empty() {
        let words = vec![("header", listed(&taken, "and"))];
        return Judgement::shown(true, Evidence { words, ..Evidence::default() });
    }
    let unseen = parameters.iter().any(|parameter| parameter.target().is_none());
    Judgement::plain(if unseen { Truth::Unknown } else { Truth::False })
}

fn is_header(parameter: Parameter<'_>, name: &str) -> bool {
    parameter.is_in("header") && parameter.name().is_some_and(|other| other.eq_ignore_ascii_case(name))
}

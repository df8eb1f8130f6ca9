//! `has-extension`: the operation or its path carries a specification extension.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::syntax::Node;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "has-extension",
    noun: Noun::Response,
    doc: "The operation or its path has one of these `x-` keys, and its value is not false.",
    arguments: &[("names", OptionKind::Strings)],
    words: &[],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::Strings(names)) = arguments.get("names") else { return Judgement::plain(false) };
    let has = |node: Node<'_>| names.iter().any(|name| node.get(name).is_some_and(|value| value.as_bool() != Some(false)));
    let by_operation = row.operation().is_some_and(|operation| has(operation.operation.0.node()));
    Judgement::plain(by_operation || row.path().is_some_and(|path| has(path.item.0.node())))
}

//! `api-has-word`: what a description tells about the purpose of its API.

use super::cues::has_cue;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::openapi::View;
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::syntax::Node;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "api-has-word",
    noun: Noun::Response,
    doc: "The title, the description, the servers or the tags of the API, or the path, tags or summary of the operation, have one of these words.",
    arguments: &[("words", OptionKind::Strings)],
    words: &[],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::Strings(wanted)) = arguments.get("words") else { return Judgement::plain(false) };
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let has = |text: &str| has_cue(text, &wanted);
    let by_path = row.path().is_some_and(|path| has(&path.template));
    let by_operation = row.operation().is_some_and(|operation| {
        let view = operation.operation.0;
        let tags = view.node().get("tags").into_iter().flat_map(Node::items).filter_map(Node::text);
        view.text("summary").into_iter().chain(tags).any(|text| has(&text))
    });
    Judgement::plain(by_path || by_operation || texts(row.api.root).iter().any(|text| has(text)))
}

/// What the description says about itself as a whole.
fn texts(root: View<'_>) -> Vec<String> {
    let node = root.node();
    let info = node.get("info").into_iter().flat_map(|info| of(info, &["title", "summary", "description"]));
    let servers = node.get("servers").into_iter().flat_map(Node::items).flat_map(|server| of(server, &["url", "description"]));
    let tags = node.get("tags").into_iter().flat_map(Node::items).flat_map(|tag| of(tag, &["name", "description"]));
    info.chain(servers).chain(tags).chain(of(node, &["host", "basePath"])).collect()
}

fn of<'t>(node: Node<'t>, keys: &'static [&'static str]) -> impl Iterator<Item = String> + use<'t> {
    keys.iter().filter_map(move |key| node.get_str(key)).map(std::borrow::Cow::into_owned)
}

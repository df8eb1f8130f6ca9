//! Hover: what a status asks of a response, and the page of a rule where a configuration or a suppression names it.

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::context::word_at;
use super::handlers::Spot;
use super::markdown;
use super::positions::Lines;
use super::server::Server;
use super::workspace::is_config;
use crate::cli::{rule_page, status_page};
use crate::http::status::StatusKey;
use crate::rules::RuleSet;
use crate::source::Span;
use crate::suppress::{COMMENT, EXTENSION};
use crate::syntax::{File, Node};

/// What there is to know about the word at a position.
pub(super) fn hover(server: &Server, params: &HoverParams) -> Option<Hover> {
    let at = &params.text_document_position_params;
    let spot = server.spot(at)?;
    let rules = spot.workspace.subject(spot.file.source().name())?.rules.set();
    let (page, span) = status_at(spot, rules).or_else(|| rule_at(spot, rules))?;
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: markdown::page(&page) };
    let range = Lines::of(spot.file.source().text(), server.client.encoding).range(span);
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(range) })
}

fn status_at(spot: Spot<'_>, rules: &RuleSet) -> Option<(String, Span)> {
    let key = scalar_at(spot.file, spot.offset)?;
    let status = StatusKey::parse(&key.text()?);
    is_status_key(key).then_some(())?;
    Some((status_page(status, rules)?, key.span()))
}

/// Whether a key stands in the responses of an operation.
fn is_status_key(key: Node<'_>) -> bool {
    let value = key.file().node(key.index() + 1);
    let pointer = value.pointer();
    let mut steps = pointer.rsplit('/').skip(1);
    value.own_key() == Some(key) && steps.next() == Some("responses") && steps.next().is_some_and(|owner| owner != "components")
}

fn rule_at(spot: Spot<'_>, rules: &RuleSet) -> Option<(String, Span)> {
    let source = spot.file.source();
    let range = word_at(source.text(), spot.offset as usize);
    let word = source.slice(range.clone());
    let line = source.slice(source.line_range(source.position(spot.offset).line));
    let names_rules = is_config(source.name()) || line.contains(COMMENT) || is_in_extension(spot);
    let rule = rules.get(word).filter(|_| names_rules)?;
    Some((rule_page(rule), source.span(range.start as u32, range.end as u32)))
}

fn is_in_extension(spot: Spot<'_>) -> bool {
    let at = scalar_at(spot.file, spot.offset);
    at.is_some_and(|node| node.pointer().split('/').any(|step| step == EXTENSION))
}

/// The key or value at an offset.
pub(super) fn scalar_at(file: &File, offset: u32) -> Option<Node<'_>> {
    let nodes = (0..file.tree().len() as u32).map(|index| file.node(index));
    nodes.filter(|node| !node.is_map() && !node.is_list()).find(|node| super::definition::touches(node.span(), offset))
}

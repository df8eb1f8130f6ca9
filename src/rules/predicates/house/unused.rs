//! `leaves-components-unused`: shared responses and headers that nothing refers to.

use rustc_hash::FxHashSet;

use super::super::{Arguments, Judgement, Predicate, Reads};
use crate::openapi::{NodeId, Project, Version, View, resolve};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;

pub(in super::super) const LEAVES_COMPONENTS_UNUSED: Predicate = Predicate {
    name: "leaves-components-unused",
    noun: Noun::Document,
    doc: "The description has components for responses or headers that no `$ref` of the project leads to; shows each.",
    arguments: &[],
    words: &["kind", "name"],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let components = components(row.api.root);
    if components.is_empty() {
        return Judgement::plain(false);
    }
    let used = used(row.api.root.project(), row.api.root);
    let unused = components.into_iter().filter(|(_, entry)| !used.contains(&row.api.root.with(entry.value).id()));
    let evidence: Vec<Evidence<'p>> = unused
        .map(|(kind, entry)| {
            let name = entry.key.text().unwrap_or_default().into_owned();
            Evidence {
                at: Some(entry.key),
                related: Vec::new(),
                words: vec![("kind", kind.to_owned()), ("name", name)],
                ..Evidence::default()
            }
        })
        .collect();
    Judgement::found(evidence)
}

/// The shared responses and headers that are written in the description itself.
fn components(root: View<'_>) -> Vec<(&'static str, crate::syntax::Entry<'_>)> {
    if root.version() == Version::V2_0 {
        return root.entries_of("responses").map(|entry| ("response", entry)).collect();
    }
    let Some(components) = root.get("components") else { return Vec::new() };
    let responses = components.entries_of("responses").map(|entry| ("response", entry));
    responses.chain(components.entries_of("headers").map(|entry| ("header", entry))).collect()
}

/// Everything that some `$ref` leads to in one step.
fn used(project: &Project, root: View<'_>) -> FxHashSet<NodeId> {
    let sites = project.files().flat_map(|file| project.sites(file));
    sites.filter_map(|site| resolve(project, site.reference).ok()).map(|node| root.with(node).id()).collect()
}

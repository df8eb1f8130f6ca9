//! Find references: every `$ref` of the workspace that leads to one place.

use lsp_types::{Location, ReferenceParams};
use rustc_hash::FxHashMap;

use super::apart::{Later, Snapshot};
use super::definition::{place_of, reference_at};
use super::folders::Root;
use super::hover::scalar_at;
use super::index::whole_project;
use super::positions::Lines;
use super::server::Server;
use crate::openapi::{Project, resolve};
use crate::source::Span;
use crate::syntax::Node;

/// The references to what stands at a position, or to what the reference there leads to. Descriptions that are not open count.
pub(super) fn references(server: &Server, params: &ReferenceParams) -> Later<Option<Vec<Location>>> {
    let Some(sought) = sought(server, params) else { return Box::new(|| None) };
    let (snapshot, includes_declaration) = (server.snapshot(), params.context.include_declaration);
    Box::new(move || Some(sought.found(&snapshot, includes_declaration)))
}

/// What references are looked for: to this place of this file of a workspace.
struct Sought {
    root: Root,
    name: String,
    place: Span,
}

fn sought(server: &Server, params: &ReferenceParams) -> Option<Sought> {
    let spot = server.spot(&params.text_document_position)?;
    let (workspace, name, offset) = (spot.workspace, spot.file.source().name(), spot.offset);
    let subject = workspace.subject(name)?;
    let file = subject.opened.project.file(name)?;
    let target = match reference_at(subject, file, offset) {
        Some(site) => resolve(&subject.opened.project, site.reference).ok()?,
        None => named_at(&subject.opened.project, name, offset)?,
    };
    Some(Sought { root: workspace.root.clone(), name: target.file().source().name().to_owned(), place: place_of(target) })
}

impl Sought {
    fn found(&self, snapshot: &Snapshot, includes_declaration: bool) -> Vec<Location> {
        let project = whole_project(&self.root, &snapshot.buffers);
        let mut spans = uses_of(&project, &self.name, self.place);
        if let Some(file) = project.file(&self.name).filter(|_| includes_declaration) {
            spans.push(Span { source: file.source().id(), ..self.place });
        }
        let sources = project.sources();
        let mut lines = FxHashMap::default();
        let locations = spans.into_iter().filter_map(|span| {
            let source = *sources.get(span.source.index())?;
            let uri = snapshot.uri_of(&self.root.folder.join(source.name()))?;
            let lines = lines.entry(span.source).or_insert_with(|| Lines::of(source.text(), snapshot.encoding));
            Some(Location { uri, range: lines.range(span) })
        });
        locations.collect()
    }
}

/// The values of all `$ref`s that lead to this place of this file.
fn uses_of(project: &Project, name: &str, place: Span) -> Vec<Span> {
    let sites = project.files().flat_map(|file| project.sites(file));
    let leads_there = |node: Node<'_>| {
        node.file().source().name() == name && {
            let other = place_of(node);
            (other.start, other.end) == (place.start, place.end)
        }
    };
    sites.filter(|site| resolve(project, site.reference).is_ok_and(leads_there)).map(|site| site.reference.span()).collect()
}

/// The value of the key at an offset.
fn named_at<'p>(project: &'p Project, name: &str, offset: u32) -> Option<Node<'p>> {
    let file = project.file(name)?;
    let key = scalar_at(file, offset)?;
    let value = file.node(key.index() + 1);
    (value.own_key() == Some(key)).then_some(value)
}

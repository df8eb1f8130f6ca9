//! All operations of all descriptions of a run, ready to be asked.

use super::build::Builder;
use super::entry::Entry;
use super::origin::{Origin, OriginPattern};
use super::search::Search;
use super::tree::{Forest, NodeIndex, Walk};
use super::url::{Segment, Url};
use super::{Route, RouteOptions};
use crate::facts::Api;

/// All operations of all descriptions of a run, ready to be asked.
///
/// A search takes about as long as the URL is, however many paths there are: bases and templates are trees.
#[derive(Clone, Debug, Default)]
pub struct Router {
    /// The paths of servers, from the first root.
    pub(super) bases: Forest,
    /// What ends in `bases`.
    pub(super) places: Vec<Place>,
    pub(super) mounts: Vec<Mount>,
    /// A tree of templates for each mount.
    pub(super) templates: Forest,
    /// What ends in `templates`.
    pub(super) entries: Vec<Entry>,
    /// The origins of all servers, each with the first description that has it.
    pub(super) origins: Vec<(OriginPattern, usize)>,
}

/// A server that paths are below.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// None where it does not matter.
    pub(super) origin: Option<OriginPattern>,
    /// What is there, as an index of [`Router::mounts`].
    pub(super) mount: usize,
}

/// Paths with the same servers.
#[derive(Clone, Debug)]
pub(super) struct Mount {
    /// The root of their tree.
    pub(super) root: NodeIndex,
    /// The first description that has some of them.
    pub(super) api: usize,
}

impl Router {
    /// Reads the paths of descriptions. What a route tells are indexes into these.
    pub fn new(apis: &[&Api<'_>], options: &RouteOptions) -> Router {
        let mut builder = Builder::new(options);
        for (index, api) in apis.iter().enumerate() {
            builder.add(index, api);
        }
        builder.router
    }

    /// What a request with this method and URL asks for, both as recorded.
    pub fn route(&self, method: &str, url: &str) -> Route {
        let Some(mut url) = Url::parse(url) else { return Route::Foreign };
        let mut segments = std::mem::take(&mut url.segments);
        segments.push(Segment::default());
        Search::new(self, method, &url, &segments).run()
    }

    pub(super) fn walk_bases<'a>(&'a self, segments: &'a [Segment<'a>]) -> Walk<'a> {
        Walk::new(&self.bases, &[0], segments)
    }

    pub(super) fn places<'a>(&'a self, nodes: &'a [NodeIndex]) -> impl Iterator<Item = &'a Place> {
        nodes.iter().flat_map(|&node| self.bases.values(node)).filter_map(|&place| self.places.get(place))
    }

    pub(super) fn mounts<'a>(&'a self, mounts: &'a [usize]) -> impl Iterator<Item = &'a Mount> + Clone {
        mounts.iter().filter_map(|&mount| self.mounts.get(mount))
    }

    pub(super) fn templates(&self) -> &Forest {
        &self.templates
    }

    pub(super) fn entries<'a>(&'a self, nodes: &[NodeIndex]) -> impl Iterator<Item = &'a Entry> {
        nodes.iter().flat_map(|&node| self.templates.values(node)).filter_map(|&entry| self.entries.get(entry))
    }

    /// The first description with a server of this origin.
    pub(super) fn api_at(&self, origin: &Origin) -> Option<usize> {
        self.origins.iter().find(|(own, _)| own.matches(origin)).map(|(_, api)| *api)
    }
}

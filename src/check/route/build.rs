//! Puts the paths of descriptions below their servers.

use rustc_hash::{FxHashMap, FxHashSet};

use super::base::{self, Base};
use super::entry::{Asked, Entry};
use super::origin::OriginPattern;
use super::router::{Mount, Place, Router};
use super::template::Template;
use super::{RouteOptions, Target};
use crate::facts::{Api, OperationFact, PathFact, Role};
use crate::openapi::{NodeId, Version, View};

/// How many origins are known. They are asked one by one, and only when nothing else answers.
const MOST_ORIGINS: usize = 1_000;

/// A router that is being built.
pub(super) struct Builder<'o> {
    pub(super) router: Router,
    options: &'o RouteOptions,
    mounts: FxHashMap<Vec<Base>, usize>,
    /// The mounts of lists of servers; none for a list without any.
    lists: FxHashMap<(usize, NodeId), Option<usize>>,
    origins: FxHashSet<OriginPattern>,
}

impl<'o> Builder<'o> {
    pub(super) fn new(options: &'o RouteOptions) -> Self {
        let mut router = Router::default();
        router.bases.plant();
        Builder { router, options, mounts: FxHashMap::default(), lists: FxHashMap::default(), origins: FxHashSet::default() }
    }

    /// Adds the paths of a description. Webhooks and callbacks are no paths of a server.
    pub(super) fn add(&mut self, index: usize, api: &Api<'_>) {
        let bases = match self.options.servers.as_slice() {
            [] => base::of_description(api.root),
            servers => servers.iter().map(|server| Base::parse(server)).collect(),
        };
        let mount = self.mount(index, bases);
        for (path, fact) in api.paths.iter().enumerate().filter(|(_, path)| path.role == Role::Server) {
            self.add_path(Target { api: index, path }, api, fact, mount);
        }
    }

    /// Adds a path at each list of servers that its operations have.
    fn add_path<'p>(&mut self, target: Target, api: &Api<'p>, path: &PathFact<'p>, outer: usize) {
        let template = Template::parse(&path.template);
        let item = path.item.0;
        let servers = item.get("servers").or_else(|| item.target()?.get("servers"));
        let own = self.own_mount(target.api, servers).unwrap_or(outer);
        let mut mounted: Vec<(usize, Vec<Asked>)> = Vec::new();
        for (fact, operation) in api.operations_of(path).iter().zip(path.operations.clone()) {
            let mount = self.mount_of(target.api, fact).unwrap_or(own);
            let asked = Asked::new(api, fact, operation, &template);
            match mounted.iter_mut().find(|(other, _)| *other == mount) {
                Some((_, operations)) => operations.push(asked),
                None => mounted.push((mount, vec![asked])),
            }
        }
        if mounted.is_empty() {
            mounted.push((own, Vec::new()));
        }
        for (mount, operations) in mounted {
            self.add_entry(mount, Entry { target, template: template.clone(), operations });
        }
    }

    fn add_entry(&mut self, mount: usize, entry: Entry) {
        let Some(root) = self.router.mounts.get(mount).map(|mount| mount.root) else { return };
        self.router.templates.insert(root, &entry.template.segments, self.router.entries.len());
        self.router.entries.push(entry);
    }

    fn mount_of(&mut self, api: usize, fact: &OperationFact<'_>) -> Option<usize> {
        self.own_mount(api, fact.operation.0.get("servers"))
    }

    /// The mount of a list of servers that stands below the description. None where the outer ones count.
    fn own_mount(&mut self, api: usize, list: Option<View<'_>>) -> Option<usize> {
        let list = list?.target().filter(|list| self.options.servers.is_empty() && list.version() != Version::V2_0)?;
        if let Some(known) = self.lists.get(&(api, list.id())) {
            return *known;
        }
        let bases = base::of_servers(list);
        let mount = (!bases.is_empty()).then(|| self.mount(api, bases));
        self.lists.insert((api, list.id()), mount);
        mount
    }

    /// The mount of these bases. Equal lists share one, so that a search looks at few of them.
    fn mount(&mut self, api: usize, mut bases: Vec<Base>) -> usize {
        self.note_origins(api, &bases);
        if !self.options.strict_host {
            for base in &mut bases {
                base.origin = None;
            }
        }
        let mut seen = FxHashSet::default();
        bases.retain(|base| seen.insert(base.clone()));
        if let Some(known) = self.mounts.get(&bases) {
            return *known;
        }
        let mount = self.router.mounts.len();
        self.router.mounts.push(Mount { root: self.router.templates.plant(), api });
        for base in &bases {
            self.router.bases.insert(0, &base.path, self.router.places.len());
            self.router.places.push(Place { origin: base.origin.clone(), mount });
        }
        self.mounts.insert(bases, mount);
        mount
    }

    fn note_origins(&mut self, api: usize, bases: &[Base]) {
        for origin in bases.iter().filter_map(|base| base.origin.as_ref()) {
            if self.origins.len() < MOST_ORIGINS && self.origins.insert(origin.clone()) {
                self.router.origins.push((origin.clone(), api));
            }
        }
    }
}

//! A description of many files as one: what its `$ref`s lead to in other files becomes a component, or stands in its place.

use std::collections::{BTreeMap, BTreeSet};

use statusquo::openapi::{Broken, Project, resolve};
use statusquo::syntax::{File, Node};

use super::kind::Kind;
use super::tree::{Tree, single};

/// How deep other files may stand in each other's places.
const DEEPEST: u32 = 100;

/// How much one bundle may be.
const MOST_NODES: usize = 3_000_000;

/// The description in one file, with the number of references that led to others; nothing where it would
/// be too large or say something else.
pub(crate) fn bundled(project: &Project, root: &File) -> Option<(Tree, usize)> {
    let node = root.roots().next()?;
    let mut bundler = Bundler {
        project,
        root,
        is_swagger: node.get("swagger").is_some(),
        is_modern: node.get_str("openapi").is_some_and(|version| !version.starts_with("3.0")),
        names: BTreeMap::new(),
        taken: taken(node),
        added: Vec::new(),
        outgoing: 0,
        is_broken: false,
        depth: 0,
        left: MOST_NODES,
    };
    let mut tree = bundler.tree(node, Kind::Document);
    for (section, name, value) in std::mem::take(&mut bundler.added) {
        let holder = if bundler.is_swagger { Some(&mut tree) } else { below(&mut tree, "components") };
        below(holder?, bundler.key(section))?.set(&name, value);
    }
    (bundler.left > 0 && !bundler.is_broken).then_some((tree, bundler.outgoing))
}

/// The map under a key, an empty one where there is none.
fn below<'t>(tree: &'t mut Tree, key: &str) -> Option<&'t mut Tree> {
    if !matches!(tree.get(key), Some(Tree::Map(_))) {
        tree.set(key, Tree::Map(Vec::new()));
    }
    tree.get_mut(key)
}

/// The names of all components.
fn taken(root: Node<'_>) -> BTreeSet<String> {
    let sections = ["definitions", "responses", "parameters"].iter().filter_map(|section| root.get(section));
    let sections = sections.chain(root.get("components").into_iter().flat_map(Node::entries).map(|entry| entry.value));
    sections.flat_map(Node::entries).filter_map(|entry| Some(entry.key.text()?.into_owned())).collect()
}

struct Bundler<'p> {
    project: &'p Project,
    root: &'p File,
    is_swagger: bool,
    is_modern: bool,
    /// The new reference to each node of another file, by file and index.
    names: BTreeMap<(u32, u32, &'static str), String>,
    taken: BTreeSet<String>,
    added: Vec<(&'static str, String, Tree)>,
    outgoing: usize,
    /// Whether a reference of another file leads nowhere.
    is_broken: bool,
    depth: u32,
    left: usize,
}

impl<'p> Bundler<'p> {
    fn tree(&mut self, node: Node<'p>, kind: Kind) -> Tree {
        self.left = self.left.saturating_sub(1);
        if kind == Kind::Data || self.left == 0 || !(node.is_map() || node.is_list()) {
            return Tree::of(node).unwrap_or(Tree::List(Vec::new()));
        }
        if node.is_list() {
            let items = node.items().map(|item| self.tree(item, kind.below("", &Tree::List(Vec::new()))));
            return Tree::List(items.collect());
        }
        match node.get("$ref").filter(|reference| reference.as_str().is_some()) {
            Some(reference) => self.reference(node, reference, kind),
            None => self.map(node, kind),
        }
    }

    fn map(&mut self, node: Node<'p>, kind: Kind) -> Tree {
        let mut entries = Vec::new();
        for entry in node.entries() {
            let key = entry.key.text().unwrap_or_default().into_owned();
            let shape = match (entry.value.is_map(), entry.value.is_list()) {
                (true, _) => Tree::Map(Vec::new()),
                (_, true) => Tree::List(Vec::new()),
                _ => Tree::Text(String::new()),
            };
            let value = match (kind, key.as_str()) {
                (Kind::Schema, "discriminator") => self.discriminator(entry.value),
                _ => self.tree(entry.value, kind.below(&key, &shape)),
            };
            entries.push((key, value));
        }
        Tree::Map(entries)
    }

    fn reference(&mut self, node: Node<'p>, reference: Node<'p>, kind: Kind) -> Tree {
        let siblings = node.entries().any(|entry| !entry.key.is_text("$ref"));
        let target = match resolve(self.project, reference) {
            Ok(target) => target,
            Err(broken) => {
                // What leads nowhere from one file may lead somewhere from another.
                self.is_broken |= !self.is_here(node) && !matches!(broken, Broken::Remote(_));
                return Tree::of(node).unwrap_or(Tree::List(Vec::new()));
            }
        };
        if self.is_here(target) || kind.section().is_some_and(|section| self.has_section(section)) {
            let local = self.local(target, kind);
            let mut tree = if self.is_modern && siblings { self.map(node, kind) } else { single("$ref", Tree::List(Vec::new())) };
            tree.set("$ref", Tree::Text(local));
            return tree;
        }
        self.outgoing += 1;
        self.depth += 1;
        let tree = if self.depth > DEEPEST { Tree::List(Vec::new()) } else { self.tree(target, kind) };
        self.depth -= 1;
        tree
    }

    fn is_here(&self, target: Node<'p>) -> bool {
        target.file().source().id() == self.root.source().id()
    }

    fn has_section(&self, section: &str) -> bool {
        !self.is_swagger || matches!(section, "schemas" | "responses" | "parameters")
    }

    fn key(&self, section: &'static str) -> &'static str {
        if self.is_swagger && section == "schemas" { "definitions" } else { section }
    }

    /// The reference to a node, which is a component from now on if it is in another file.
    fn local(&mut self, target: Node<'p>, kind: Kind) -> String {
        if self.is_here(target) {
            return format!("#{}", target.pointer().replace('%', "%25"));
        }
        self.outgoing += 1;
        let section = kind.section().unwrap_or("schemas");
        let place = (target.file().source().id().0, target.index(), section);
        if let Some(known) = self.names.get(&place) {
            return known.clone();
        }
        let name = self.free_name(target);
        let holder = if self.is_swagger { "#" } else { "#/components" };
        let reference = format!("{holder}/{}/{name}", self.key(section));
        self.names.insert(place, reference.clone());
        let value = self.tree(target, kind);
        self.added.push((section, name, value));
        reference
    }

    /// The last step of the pointer, or the name of the file, with a number where that is taken.
    fn free_name(&mut self, target: Node<'p>) -> String {
        let pointer = target.pointer();
        let file = target.file().source().name();
        let stem = file.rsplit('/').next().unwrap_or(file);
        let stem = stem.split('.').next().unwrap_or(stem);
        let name = pointer.rsplit('/').next().filter(|step| !step.is_empty()).unwrap_or(stem);
        let name = name.replace(|letter: char| !letter.is_ascii_alphanumeric() && !"._-".contains(letter), "_");
        let numbers = (2..).map(|number| format!("{name}-{number}"));
        let free = std::iter::once(name.clone()).chain(numbers).find(|name| !self.taken.contains(name));
        let free = free.unwrap_or(name);
        self.taken.insert(free.clone());
        free
    }

    /// The references of a `mapping` lead to the same schemas as before.
    fn discriminator(&mut self, node: Node<'p>) -> Tree {
        let mut tree = Tree::of(node).unwrap_or(Tree::List(Vec::new()));
        let targets = node.get("mapping").into_iter().flat_map(Node::entries);
        let targets: Vec<(String, Node<'p>)> = targets
            .filter(|entry| entry.value.text().is_some_and(|text| text.contains(['/', '.'])))
            .filter_map(|entry| Some((entry.key.text()?.into_owned(), resolve(self.project, entry.value).ok()?)))
            .collect();
        for (value, target) in targets {
            let reference = self.local(target, Kind::Schema);
            if let Some(mapping) = tree.get_mut("mapping") {
                mapping.set(&value, Tree::Text(reference));
            }
        }
        tree
    }
}

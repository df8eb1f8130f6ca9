//! The closed set of files of one run: descriptions and everything they reference.

use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::identifiers::Identifiers;
use super::reference::{Why, is_remote, path_of_file_url, percent_decoded, split};
use super::sites::each_reference_site;
use super::view::NodeId;
use crate::provider::{Provider, Refusal};
use crate::source::{Source, SourceId};
use crate::syntax::{self, File, Node};

/// The number of nodes in a portion of a tape.
const PORTION: u32 = 32;

/// All files of one run. Never changes once it is loaded.
#[derive(Debug, Default)]
pub struct Project {
    members: Vec<Member>,
    by_name: FxHashMap<String, usize>,
    /// The name a relative reference leads to, by the file it stands in and its path as written.
    references: FxHashMap<(usize, String), Result<String, Refusal>>,
    /// Why files are not here that were found.
    unread: FxHashMap<String, Refusal>,
    /// Nodes by the `$id` or `$self` they carry, as it is written (but for a leading `./`) and as a whole.
    identified: FxHashMap<String, NodeId>,
}

#[derive(Debug)]
struct Member {
    file: File,
    /// Reference and holder of every reference site, by index on the tape.
    sites: Vec<(u32, u32)>,
    steps: Steps,
    /// The path parts of references that leave this file.
    paths: FxHashSet<String>,
    /// The files that it references, by index, once somebody asked.
    references: OnceLock<Vec<usize>>,
    identifiers: Identifiers,
}

/// What references lead to, once somebody asked.
#[derive(Debug)]
struct Steps {
    /// The index of each reference on the tape, in order, and which of the known steps is its own.
    of_references: Vec<(u32, u32)>,
    /// Where the references of each portion of the tape begin among them: most are asked for one after the other.
    starts: Vec<u32>,
    known: Vec<Step>,
}

/// References that lead to one place, because they are written in the same way.
#[derive(Debug)]
struct Step {
    /// The index of the first of them.
    first: u32,
    target: OnceLock<Result<NodeId, Why>>,
}

/// A project, and what of it could not be read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The project.
    pub project: Project,
    /// Files that were asked for and could not be read.
    pub refused: Vec<(String, Refusal)>,
}

/// Reads the named files and, round by round, every file they reference.
pub fn load(names: &[String], provider: &dyn Provider) -> Loaded {
    let mut loaded = Loaded::default();
    let mut wanted: Vec<String> = names.to_vec();
    while !wanted.is_empty() {
        wanted.sort();
        wanted.dedup();
        let first = loaded.project.members.len();
        for (name, outcome) in read_all(&wanted, first, provider) {
            match outcome {
                Ok(member) => loaded.project.add(name, member),
                Err(refusal) => {
                    loaded.project.unread.insert(name.clone(), refusal.clone());
                    loaded.refused.push((name, refusal));
                }
            }
        }
        wanted = loaded.project.resolve_references(first, provider);
    }
    loaded.refused.retain(|(name, _)| names.contains(name));
    loaded
}

/// What ties a file to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// Whether it references files.
    pub to_files: bool,
    /// Whether it has such names: `$id` or `$self`.
    pub has_names: bool,
}

/// What ties a file to others; nothing does where it cannot be read.
pub fn ties(name: &str, provider: &dyn Provider) -> Ties {
    let Ok(bytes) = provider.read(name) else { return Ties::default() };
    let member = Member::read(SourceId(0), name, None, bytes);
    Ties { to_files: member.outgoing_paths().next().is_some(), has_names: !member.identifiers.is_empty() }
}

fn read_all(names: &[String], first: usize, provider: &dyn Provider) -> Vec<(String, Result<Member, Refusal>)> {
    let bytes: Vec<_> = names.par_iter().map(|name| provider.read(name)).collect();
    let mut id = first;
    let numbered: Vec<_> = names
        .iter()
        .zip(bytes)
        .map(|(name, bytes)| {
            let own = id;
            id += usize::from(bytes.is_ok());
            (name.clone(), bytes.map(|bytes| (own, bytes)))
        })
        .collect();
    numbered
        .into_par_iter()
        .map(|(name, bytes)| {
            let member = bytes.map(|(id, bytes)| Member::read(SourceId(id as u32), &name, provider.path_of(&name), bytes));
            (name, member)
        })
        .collect()
}

impl Member {
    fn read(id: SourceId, name: &str, path: Option<String>, bytes: Vec<u8>) -> Member {
        let file = syntax::read(id, name, bytes).with_path(path);
        let mut sites: Vec<(u32, u32)> = Vec::new();
        for root in file.roots() {
            sites.reserve(root.referring().len());
            each_reference_site(root, |site| sites.push((site.reference.index(), site.holder.index())));
        }
        let identifiers = Identifiers::of(&file);
        let steps = Steps::of(&file, &sites, &identifiers);
        let texts = steps.known.iter().filter_map(|step| file.node(step.first).as_str());
        let paths =
            texts.filter_map(|text| split(&text).map(|(path, _)| path.to_owned())).filter(|path| !path.is_empty()).collect();
        Member { file, sites, steps, paths, references: OnceLock::new(), identifiers }
    }

    /// The path parts of references that leave this file and are no URLs.
    fn outgoing_paths(&self) -> impl Iterator<Item = &String> {
        self.paths.iter().filter(|path| !is_remote(path))
    }
}

impl Steps {
    fn of(file: &File, sites: &[(u32, u32)], identifiers: &Identifiers) -> Steps {
        let mut steps = Steps { of_references: Vec::with_capacity(sites.len()), starts: Vec::new(), known: Vec::new() };
        // Where that may depend on the place, each stands for itself.
        let is_one = identifiers.is_empty() && file.roots().nth(1).is_none() && file.tree().damage().is_empty();
        let mut by_text: FxHashMap<&str, usize> = FxHashMap::default();
        for &(reference, _) in sites {
            let next = steps.known.len();
            let known = if is_one { *by_text.entry(file.node(reference).raw()).or_insert(next) } else { next };
            if known == next {
                steps.known.push(Step { first: reference, target: OnceLock::new() });
            }
            steps.of_references.push((reference, known as u32));
        }
        steps.divide();
        steps
    }

    fn divide(&mut self) {
        self.of_references.sort_unstable();
        for (number, (reference, _)) in self.of_references.iter().enumerate() {
            self.starts.resize((reference / PORTION + 1) as usize, number as u32);
        }
        self.starts.push(self.of_references.len() as u32);
    }

    fn target_of(&self, reference: u32) -> Option<&OnceLock<Result<NodeId, Why>>> {
        let &[start, end] = self.starts.get((reference / PORTION) as usize..)?.first_chunk()?;
        let mut portion = self.of_references.get(start as usize..end as usize)?.iter();
        let (_, known) = portion.find(|(site, _)| *site == reference)?;
        self.known.get(*known as usize).map(|step| &step.target)
    }
}

impl Project {
    /// All files, by [`SourceId`].
    pub fn files(&self) -> impl ExactSizeIterator<Item = &File> {
        self.members.iter().map(|member| &member.file)
    }

    /// All sources, by [`SourceId`].
    pub fn sources(&self) -> Vec<&Source> {
        self.files().map(File::source).collect()
    }

    /// The node with this identity.
    pub fn node(&self, id: NodeId) -> Option<Node<'_>> {
        self.members.get(id.file as usize).map(|member| member.file.node(id.index))
    }

    /// The file with this name.
    pub fn file(&self, name: &str) -> Option<&File> {
        let &index = self.by_name.get(name)?;
        self.members.get(index).map(|member| &member.file)
    }

    /// The reference sites of a file: the value of each `$ref` and the map that holds it.
    pub fn sites<'p>(&'p self, file: &'p File) -> impl Iterator<Item = super::Site<'p>> {
        let member = self.members.get(file.source().id().index());
        member
            .into_iter()
            .flat_map(|member| &member.sites)
            .map(|&(reference, holder)| super::Site { reference: file.node(reference), holder: file.node(holder) })
    }

    /// The files that a file references directly, without itself.
    pub fn references_of(&self, file: &File) -> impl Iterator<Item = &File> {
        let own = file.source().id().index();
        let found = self.members.get(own).map(|member| member.references.get_or_init(|| self.referenced_by(own, member)));
        found.into_iter().flatten().filter_map(|&index| self.members.get(index)).map(|member| &member.file)
    }

    fn referenced_by(&self, own: usize, member: &Member) -> Vec<usize> {
        let file = |path: &String| self.by_name.get(self.references.get(&(own, path.clone()))?.as_ref().ok()?).copied();
        let mut found: Vec<usize> = member.outgoing_paths().filter_map(file).filter(|&index| index != own).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The file a relative reference leads to; `None` where it was never asked for.
    pub fn referenced(&self, from: &str, path: &str) -> Option<Result<&File, Refusal>> {
        let &from = self.by_name.get(from)?;
        let outcome = self.references.get(&(from, path.to_owned()))?;
        let unread = |name: &str| self.unread.get(name).cloned().unwrap_or(Refusal::Missing);
        Some(outcome.clone().and_then(|name| self.file(&name).ok_or_else(|| unread(&name))))
    }

    /// Whether a reference leads to a file that is not there.
    pub fn misses_files(&self) -> bool {
        self.references.values().any(Result::is_err)
    }

    /// Where it is remembered what the reference of a site leads to. Other references are data, and few ask for them.
    pub(super) fn step_of(&self, reference: Node<'_>) -> Option<&OnceLock<Result<NodeId, Why>>> {
        self.members.get(reference.file().source().id().index())?.steps.target_of(reference.index())
    }

    /// The node whose `$id` or `$self` is what a reference (without fragment) means where it stands.
    pub(super) fn identified(&self, reference: Node<'_>, path: &str) -> Option<Node<'_>> {
        if self.identified.is_empty() {
            return None;
        }
        let resolved = self.identifiers_in(reference.file())?.resolved(reference, path);
        let id = resolved.and_then(|uri| self.identified.get(uri.as_str())).or_else(|| self.identified.get(plain(path)))?;
        self.node(*id)
    }

    /// What a fragment without a path is looked for in: the nearest part with an `$id` around the reference, if there is one.
    pub(super) fn part_around<'p>(&'p self, reference: Node<'p>) -> Option<Node<'p>> {
        self.identifiers_in(reference.file())?.around(reference)
    }

    /// The node that carries an `$anchor`, best in this part of a file.
    pub(super) fn anchor<'p>(&'p self, part: Node<'p>, anchor: &str) -> Option<Node<'p>> {
        self.identifiers_in(part.file())?.anchor(part, anchor)
    }

    fn identifiers_in(&self, file: &File) -> Option<&Identifiers> {
        self.members.get(file.source().id().index()).map(|member| &member.identifiers)
    }

    /// Whether a file names its parts with `$id` or `$self`, so that its references may mean something else than paths.
    pub(super) fn has_own_base(&self, file: &File) -> bool {
        self.identifiers_in(file).is_some_and(|identifiers| !identifiers.is_empty())
    }

    fn add(&mut self, name: String, member: Member) {
        let index = self.members.len();
        for (name, node) in member.identifiers.names() {
            self.identified.entry(plain(name).to_owned()).or_insert(NodeId { file: index as u32, index: node });
        }
        self.by_name.insert(name, index);
        self.members.push(member);
    }

    /// Resolves the references of all files from `first` on; returns the names of files that are not there yet.
    fn resolve_references(&mut self, first: usize, provider: &dyn Provider) -> Vec<String> {
        let mut wanted = Vec::new();
        for (from, member) in self.members.iter().enumerate().skip(first) {
            for path in member.outgoing_paths() {
                let name = name_of_target(provider, member.file.source().name(), path);
                wanted.extend(name.as_ref().ok().filter(|name| !self.by_name.contains_key(*name)).cloned());
                self.references.insert((from, path.clone()), name);
            }
        }
        wanted
    }
}

/// The name of the file that a reference of the file `from` leads to; `path` is its part in front of `#`, as written.
pub(crate) fn name_of_target(provider: &dyn Provider, from: &str, path: &str) -> Result<String, Refusal> {
    let path = path_of_file_url(path).unwrap_or(path);
    let decoded = percent_decoded(path).unwrap_or(path.into());
    match provider.resolve(from, &decoded) {
        Err(Refusal::Missing) if decoded != path => provider.resolve(from, path),
        outcome => outcome,
    }
}

/// A relative name without what says that it is.
fn plain(name: &str) -> &str {
    name.strip_prefix("./").unwrap_or(name)
}

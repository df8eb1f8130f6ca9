//! Renames of files: the `$ref`s that lead to them follow.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use lsp_types::{RenameFilesParams, TextEdit, Uri, WorkspaceEdit};

use super::apart::{Later, Snapshot};
use super::edits::of_edits;
use super::folders::Root;
use super::index::names_and_files;
use super::paths::{path_of, written_path_of};
use super::positions::Lines;
use super::server::Server;
use crate::io::{Files, name_from};
use crate::openapi::{Project, load, name_of_target};
use crate::provider::Provider as _;
use crate::report::uri_reference;
use crate::syntax::{File, Node};

/// A file or folder that is about to move.
struct Move {
    from: PathBuf,
    to: PathBuf,
}

impl Move {
    /// Where a file will be, if this moves it.
    fn of(&self, path: &Path) -> Option<PathBuf> {
        let below = path.strip_prefix(&self.from).ok()?;
        Some(if below.as_os_str().is_empty() { self.to.clone() } else { self.to.join(below) })
    }
}

/// The edits that keep every reference of the workspaces on its file. The client makes them before it renames.
pub(super) fn edits(server: &Server, params: &RenameFilesParams) -> Later<Option<WorkspaceEdit>> {
    let (snapshot, params) = (server.snapshot(), params.clone());
    Box::new(move || edits_in(&snapshot, &params))
}

fn edits_in(snapshot: &Snapshot, params: &RenameFilesParams) -> Option<WorkspaceEdit> {
    let uri = |text: &str| text.parse::<Uri>().ok();
    let one = |files: &lsp_types::FileRename| {
        let to = uri(&files.new_uri).and_then(|uri| written_path_of(&uri))?;
        Some(Move { from: path_of(&uri(&files.old_uri)?)?, to: super::paths::real(&to) })
    };
    let moves: Vec<Move> = params.files.iter().filter_map(one).collect();
    let mut edits = Vec::new();
    for root in &snapshot.roots {
        let (project, files) = everything(root, snapshot);
        for file in project.files() {
            let found = in_file(snapshot, root, &files, &project, file, &moves);
            let uri = snapshot.uri_of(&root.folder.join(file.source().name()));
            edits.extend(uri.filter(|_| !found.is_empty()).map(|uri| (uri, found)));
        }
    }
    (!edits.is_empty()).then(|| of_edits(edits))
}

/// How many times over files may lead to others that no `$ref` leads to.
const MOST_STEPS: usize = 16;

/// All that is read of a workspace, with the files that only other references than `$ref` lead to.
fn everything(root: &Root, snapshot: &Snapshot) -> (Project, Files) {
    let (mut names, files) = names_and_files(root, &snapshot.buffers);
    let mut project = load(&names, &files).project;
    for _ in 0..MOST_STEPS {
        let targets = project.files().flat_map(|file| other_references(file).filter_map(|one| target(&files, one)));
        let new: BTreeSet<String> = targets.filter(|name| project.file(name).is_none() && files.read(name).is_ok()).collect();
        if new.is_empty() {
            break;
        }
        names.extend(new);
        project = load(&names, &files).project;
    }
    (project, files)
}

/// The file that a reference leads to, by its name, where that is another one.
fn target(files: &Files, reference: Node<'_>) -> Option<String> {
    let text = reference.as_str()?;
    let path = text.split_once('#').map_or(text.as_ref(), |(path, _)| path);
    if path.is_empty() || path.contains("://") {
        return None;
    }
    name_of_target(files, reference.file().source().name(), path).ok()
}

fn in_file(snapshot: &Snapshot, root: &Root, files: &Files, project: &Project, file: &File, moves: &[Move]) -> Vec<TextEdit> {
    let name = file.source().name();
    let place_of = |path: PathBuf| moves.iter().find_map(|one| one.of(&path)).unwrap_or(path);
    let old = root.folder.join(name);
    let new = place_of(old.clone());
    let lines = Lines::of(file.source().text(), snapshot.encoding);
    let edit = |reference: Node<'_>| {
        let text = reference.as_str()?;
        let (path, _) = text.split_once('#').unwrap_or((&text, ""));
        let old_target = root.folder.join(target(files, reference)?);
        let new_target = place_of(old_target.clone());
        if new == old && new_target == old_target {
            return None;
        }
        let written = name_from(&new_target, new.parent()?);
        let dot = if path.starts_with("./") && !written.starts_with("..") { "./" } else { "" };
        let written = format!("{dot}{}", uri_reference(&written));
        // The path is replaced where it stands, whatever quotes are around it.
        let span = reference.span();
        let start = span.start + reference.raw().find(path)? as u32;
        (written != path).then(|| TextEdit {
            range: lines.range(crate::source::Span { start, end: start + path.len() as u32, ..span }),
            new_text: written,
        })
    };
    let references = project.sites(file).map(|site| site.reference).chain(other_references(file));
    references.filter_map(edit).collect()
}

/// What leads to other files beside `$ref`: the values of `mapping` under `discriminator`, `operationRef`, `externalValue`.
fn other_references(file: &File) -> impl Iterator<Item = Node<'_>> {
    let maps = (0..file.tree().len() as u32).map(|index| file.node(index)).filter(|node| node.is_map());
    maps.flat_map(|map| {
        let mapping = map.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
        let targets = mapping.into_iter().flat_map(Node::entries).map(|entry| entry.value);
        targets.chain(["operationRef", "externalValue"].into_iter().filter_map(move |key| map.get(key))).collect::<Vec<_>>()
    })
}

//! Which descriptions of a workspace use which files. Reading all of them takes time, so a thread of its own does it.

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;

use super::buffers::Buffers;
use super::files::{candidates, files_with};
use super::folders::Root;
use super::server::Event;
use crate::io::{Files, name_under};
use crate::lint::{is_description, reachable};
use crate::openapi::{Project, load};
use crate::syntax::File;

/// The descriptions that use a file, by its name.
#[derive(Debug, Default)]
pub(super) struct Index(BTreeMap<String, Vec<String>>);

impl Index {
    fn of(project: &Project) -> Index {
        let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for description in project.files().filter(|file| file.roots().any(is_description)) {
            let user = description.source().name();
            for file in reachable(project, description) {
                users.entry(file.source().name().to_owned()).or_default().push(user.to_owned());
            }
        }
        Index(users)
    }

    /// The descriptions that use a file.
    pub(super) fn users_of(&self, name: &str) -> &[String] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a description is the only one that uses a file.
    pub(super) fn is_only_user(&self, description: &str, file: &File) -> bool {
        self.users_of(file.source().name()).iter().all(|user| user == description)
    }
}

/// Every description of a workspace and what they reference; of a folder that the client did not open only what is open.
pub(super) fn whole_project(root: &Root, buffers: &Buffers) -> Project {
    let (names, files) = names_and_files(root, buffers);
    load(&names, &files).project
}

/// The names of the files in which descriptions may be, and where files are read.
pub(super) fn names_and_files(root: &Root, buffers: &Buffers) -> (Vec<String>, Files) {
    let folder = &root.folder;
    let found = if root.is_foreign { Vec::new() } else { candidates(folder) };
    let mut names: Vec<String> = found.iter().map(|(candidate, _)| candidate.name.clone()).collect();
    names.extend(buffers.0.keys().filter(|path| path.starts_with(folder)).map(|path| name_under(path, folder)));
    (names, files_with(folder, buffers, found))
}

/// Makes the index of a workspace and sends it to the server.
pub(super) fn start(root: Root, buffers: Buffers, events: Sender<Event>) {
    std::thread::spawn(move || {
        let index = Index::of(&whole_project(&root, &buffers));
        // Nobody waits for it when the server is gone.
        let _ = events.send(Event::Indexed(root.folder, index));
    });
}

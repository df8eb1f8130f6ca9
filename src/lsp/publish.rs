//! Diagnostics on their way to the client.

use std::collections::BTreeMap;
use std::path::PathBuf;

use lsp_server::Notification;
use lsp_types::notification::{Notification as _, PublishDiagnostics};
use lsp_types::{Diagnostic, PublishDiagnosticsParams};
use rustc_hash::FxHashSet;

use super::server::Server;

impl Server {
    /// Sends the diagnostics that the client does not show yet, and takes back those that are gone.
    pub(super) fn publish(&mut self) {
        self.judge();
        let mut wanted = self.diagnostics();
        for path in self.buffers.0.keys().chain(self.published.keys()) {
            wanted.entry(path.clone()).or_default();
        }
        for (path, diagnostics) in wanted {
            let version = self.buffers.get(&path).map(|buffer| buffer.version);
            let is_shown = self.published.get(&path).is_some_and(|(known, shown)| *known == version && *shown == diagnostics);
            if !is_shown {
                self.publish_file(path, version, diagnostics);
            }
        }
    }

    fn publish_file(&mut self, path: PathBuf, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let Some(uri) = self.uri_of(&path) else { return };
        if diagnostics.is_empty() && version.is_none() {
            self.published.remove(&path);
        } else {
            self.published.insert(path, (version, diagnostics.clone()));
        }
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        self.send(Notification::new(PublishDiagnostics::METHOD.to_owned(), params));
    }

    /// What is to be shown, by file. What several descriptions say of a place in a file that they share is said once.
    fn diagnostics(&self) -> BTreeMap<PathBuf, Vec<Diagnostic>> {
        let mut wanted: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
        let mut said = FxHashSet::default();
        for workspace in &self.workspaces {
            for (_, subject) in workspace.subjects() {
                let mut own = Vec::new();
                for reported in &subject.reported {
                    let path = workspace.path_of(&reported.file);
                    let place = (path.clone(), reported.key());
                    if said.contains(&place) {
                        continue;
                    }
                    own.push(place);
                    let uri_of = |name: &str| self.uri_of(&workspace.path_of(name)).filter(|_| self.client.shows_related);
                    wanted.entry(path).or_default().push(reported.located(&uri_of));
                }
                said.extend(own);
            }
        }
        wanted
    }
}

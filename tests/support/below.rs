//! The files of a folder as a project sees them.
#![expect(clippy::disallowed_methods, reason = "a test reads its data from disk")]

use std::path::PathBuf;

use statusquo::provider::{Provider, Refusal, joined};

/// The files below a folder, by their path in it.
pub(crate) struct Below(pub(crate) PathBuf);

impl Provider for Below {
    fn resolve(&self, from: &str, reference: &str) -> Result<String, Refusal> {
        let name = joined(from, reference);
        if self.0.join(&name).is_file() { Ok(name) } else { Err(Refusal::Missing) }
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        std::fs::read(self.0.join(name)).map_err(|_| Refusal::Missing)
    }
}

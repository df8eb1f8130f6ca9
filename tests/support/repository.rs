//! Git repositories that tests make; git and the binary know nothing of the machine's user there.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::binary::{command, folder, said};

/// What would lead git elsewhere, as where a commit hook runs the tests.
const LEADING: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// A repository with one commit of these files; none where there is no git.
pub(crate) fn repository(files: &[(&str, &str)]) -> Option<TempDir> {
    if Command::new("git").arg("--version").output().is_err() {
        println!("skipped: there is no git");
        return None;
    }
    let folder = folder(files);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["symbolic-ref", "HEAD", "refs/heads/main"]);
    commit(folder.path());
    Some(folder)
}

/// Commits everything.
pub(crate) fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message=state"]);
}

pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    command.args(identity).args(arguments).current_dir(folder).env("HOME", folder).env("GIT_CONFIG_NOSYSTEM", "1");
    for name in LEADING {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

pub(crate) fn write(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What the binary says in a repository.
pub(crate) fn run_in(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = command(folder, arguments);
    command.env("HOME", folder.path()).env("GIT_CONFIG_NOSYSTEM", "1");
    for name in LEADING {
        command.env_remove(name);
    }
    said(&command.output().unwrap())
}

//! What to do about a revision that the repository does not have.

use super::command::{answer, git};
use super::{GitError, Repository};

/// The error about a revision that git does not know, with the next step.
pub(super) fn error(repository: &Repository, revision: &str) -> GitError {
    GitError::new(format!("git knows no revision `{revision}` here")).help(help(repository, revision))
}

fn help(repository: &Repository, revision: &str) -> String {
    if revision.is_empty() {
        return "name a revision, such as `HEAD~1` or `origin/main`".to_owned();
    }
    // What the server calls the branch that is `origin/main` here.
    let revision = revision.strip_prefix("origin/").unwrap_or(revision);
    let remote = format!("origin/{revision}");
    if matches!(repository.tree_of(&remote), Ok(Some(_))) {
        return format!("did you mean `{remote}`?");
    }
    let is_shallow = is_shallow(repository);
    let fetch = match is_name(revision) {
        true if is_shallow => format!("`git fetch --depth=1 origin {revision}`"),
        true => format!("`git fetch origin {revision}`"),
        false if is_shallow => "`git fetch --unshallow`".to_owned(),
        false => return "`git log --oneline --all` shows the revisions that there are".to_owned(),
    };
    let name = if is_shallow { "this clone is shallow" } else { "if it is on the server only" };
    let then = if is_name(revision) { format!("; a branch is then `{remote}`") } else { String::new() };
    format!("{name}: {fetch} brings it, or `fetch-depth: 0` of `actions/checkout`{then}")
}

/// Whether it is the name of a branch, a tag or a commit, and nothing is counted from there as in `main~3`.
fn is_name(revision: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'_' | b'-');
    revision.bytes().all(is_plain) && !revision.starts_with('-') && !revision.contains("..") && revision != "HEAD"
}

fn is_shallow(repository: &Repository) -> bool {
    let asked = answer(git(&repository.folder).args(["rev-parse", "--is-shallow-repository"]));
    asked.is_ok_and(|text| text.starts_with(b"true"))
}

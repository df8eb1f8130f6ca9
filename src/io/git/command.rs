//! The `git` program: how it is called, and what is said when it fails.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::super::plain_words;

/// Why git did not give what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitError {
    /// What is wrong: lower case, without a final stop.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl GitError {
    /// An error without help.
    pub(super) fn new(message: impl AsRef<str>) -> Self {
        GitError { message: printable(message.as_ref()), help: None }
    }

    /// The same with what to do about it.
    pub(super) fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help = Some(printable(help.as_ref()));
        self
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for GitError {}

/// Where a setting of the user names a folder of the repository, relative to the working directory.
const FOLDERS: [&str; 3] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"];

/// What makes a filter none.
const OFF: [(&str, &str); 4] = [("clean", ""), ("smudge", ""), ("process", ""), ("required", "false")];

/// A call of git in this folder that runs no hooks, asks nobody and leaves the repository as it is.
pub(super) fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    // `core.fsmonitor` may name a program, and before git 2.36 only the empty text was none.
    command.args(["--no-pager", "-c", "core.fsmonitor=", "-c", "core.hooksPath=/dev/null", "-C"]).arg(folder);
    command.envs([("GIT_OPTIONAL_LOCKS", "0"), ("GIT_LITERAL_PATHSPECS", "1"), ("GIT_TERMINAL_PROMPT", "0")]);
    command.env("LC_ALL", "C").stdin(Stdio::null());
    for name in FOLDERS {
        // With `-C`, git would take them as relative to that folder.
        if let Some(place) = std::env::var_os(name).and_then(|place| std::path::absolute(place).ok()) {
            command.env(name, place);
        }
    }
    command
}

/// The same for a call that looks into the files of the working tree. What belongs to none of the user's settings must not
/// run either: the programs that filter files are those of the repository, so every filter that is configured is none.
pub(super) fn git_in_tree(folder: &Path) -> Result<Command, GitError> {
    let listing = output(git(folder).args(["config", "-z", "--name-only", "--get-regexp", "^filter\\."]))?;
    let names = String::from_utf8_lossy(&listing.stdout).into_owned();
    let mut filters: Vec<&str> = names.split('\0').filter_map(|name| Some(name.rsplit_once('.')?.0)).collect();
    filters.sort_unstable();
    filters.dedup();
    let settings = filters.into_iter().flat_map(|filter| OFF.map(|(key, value)| (format!("{filter}.{key}"), value)));
    let mut command = git(folder);
    // Not with `-c`, which takes the first `=` for the end of a name.
    let mut count: usize = std::env::var("GIT_CONFIG_COUNT").ok().and_then(|count| count.parse().ok()).unwrap_or_default();
    for (name, value) in settings {
        command.env(format!("GIT_CONFIG_KEY_{count}"), name).env(format!("GIT_CONFIG_VALUE_{count}"), value);
        count += 1;
    }
    command.env("GIT_CONFIG_COUNT", count.to_string());
    Ok(command)
}

/// What git printed and how it ended. An error is only that it could not be called.
pub(super) fn output(command: &mut Command) -> Result<Output, GitError> {
    command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => GitError::new("there is no `git` program, and revisions are read through it")
            .help("install git, or name files in place of revisions"),
        _ => GitError::new(format!("git cannot be started: {}", plain_words(&error))),
    })
}

/// What git printed, if it ended well.
pub(super) fn answer(command: &mut Command) -> Result<Vec<u8>, GitError> {
    let output = output(command)?;
    if output.status.success() { Ok(output.stdout) } else { Err(refused(&output)) }
}

/// What git gave as its reason.
pub(super) fn refused(output: &Output) -> GitError {
    let text = String::from_utf8_lossy(&output.stderr);
    let reason = text.lines().find_map(|line| line.strip_prefix("fatal: ").or_else(|| line.strip_prefix("error: ")));
    let reason = reason.or(text.lines().next()).filter(|reason| !reason.is_empty());
    let error = GitError::new(match reason {
        Some(reason) => format!("git says: {reason}"),
        None => format!("git failed without a reason ({})", output.status),
    });
    // The repository belongs to somebody else, as in most containers: git names the command that allows it.
    match text.lines().map(str::trim).find(|line| line.starts_with("git config ") && line.contains("safe.directory")) {
        Some(line) => error.help(format!("if you trust this repository: `{line}`")),
        None => error,
    }
}

/// What git wrote must not drive the terminal that shows it.
fn printable(text: &str) -> String {
    crate::report::clean::line(&text.replace('\t', " ")).into_owned()
}

//! The lines of the working tree that are not as they were at a revision.

use std::ops::RangeInclusive;

use rustc_hash::{FxHashMap, FxHashSet};

use super::command::{answer, git, git_in_tree, output};
use super::{GitError, Repository, unknown};

/// The lines that changed, by file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedLines {
    /// By path from the root of the repository, in order.
    files: FxHashMap<String, Vec<RangeInclusive<u32>>>,
    /// The files that git knows. Of others all lines are new: of those that nobody added yet, that are ignored, or that are
    /// of another repository inside of this one.
    known: FxHashSet<String>,
}

impl ChangedLines {
    /// Whether any of these lines of a file changed; where some were only taken out, the ones around the gap did.
    pub fn touch(&self, path: &str, lines: RangeInclusive<u32>) -> bool {
        let hunks = self.files.get(path).map(Vec::as_slice).unwrap_or_default();
        !self.known.contains(path) || hunks.iter().any(|hunk| hunk.start() <= lines.end() && lines.start() <= hunk.end())
    }
}

impl Repository {
    /// The lines that changed since the working tree and this revision parted: what happened on the other side since does not
    /// count. A file that was renamed is held against what it was under its old name.
    pub fn changed_lines(&self, revision: &str) -> Result<ChangedLines, GitError> {
        let base = self.parting(revision)?;
        let mut command = git_in_tree(&self.folder)?;
        command.args(["-c", "core.quotePath=false", "-c", "diff.relative=false", "-c", "diff.noprefix=false", "diff"]);
        command.args(["--unified=0", "--text", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames"]);
        command.args(["--ignore-submodules=all", "--src-prefix=a/", "--dst-prefix=b/", &base, "--"]);
        let files = hunks(&String::from_utf8_lossy(&answer(&mut command)?));
        let listing = answer(git(&self.folder).args(["ls-files", "--cached", "--full-name", "-z"]))?;
        let known = listing.split(|byte| *byte == 0).map(|name| String::from_utf8_lossy(name).into_owned());
        Ok(ChangedLines { files, known: known.collect() })
    }

    /// The commit at which the working tree and a revision parted. Before the first commit that is nothing, the empty tree.
    fn parting(&self, revision: &str) -> Result<String, GitError> {
        if revision == "HEAD" && self.has_no_commit() {
            let id = answer(git(&self.folder).args(["hash-object", "-t", "tree", "--stdin"]))?;
            return Ok(String::from_utf8_lossy(&id).trim().to_owned());
        }
        if self.tree_of(revision)?.is_none() {
            return Err(unknown::error(self, revision));
        }
        let mut command = git(&self.folder);
        let output = output(command.args(["merge-base", "HEAD"]).arg(revision))?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if output.status.success() && !id.is_empty() {
            return Ok(id);
        }
        let error = GitError::new(format!("`{revision}` and the working tree have no commit in common"));
        Err(error.help("fetch more of the history: `git fetch --unshallow`, or `fetch-depth: 0` in CI"))
    }
}

impl Repository {
    /// Whether the branch that is checked out has no commit yet.
    fn has_no_commit(&self) -> bool {
        let asked = |arguments: &[&str]| output(git(&self.folder).args(arguments)).is_ok_and(|output| output.status.success());
        asked(&["symbolic-ref", "--quiet", "HEAD"]) && !asked(&["rev-parse", "--verify", "--quiet", "HEAD"])
    }
}

/// The hunks of a difference without context, by the new path of each file.
fn hunks(difference: &str) -> FxHashMap<String, Vec<RangeInclusive<u32>>> {
    let mut files: FxHashMap<String, Vec<RangeInclusive<u32>>> = FxHashMap::default();
    let mut path = None;
    // How many lines of the hunk are still to come: what they say is no header.
    let mut left = 0_u32;
    for line in difference.lines() {
        if left > 0 && line.starts_with(['+', '-', '\\']) {
            left -= u32::from(!line.starts_with('\\'));
        } else if let Some(name) = line.strip_prefix("+++ ") {
            path = new_path(name);
        } else if let Some((old, new)) = line.strip_prefix("@@ -").and_then(ranges) {
            left = old.1 + new.1;
            let lines = if new.1 == 0 { new.0.max(1)..=new.0 + 1 } else { new.0..=new.0 + new.1 - 1 };
            files.entry(path.clone().unwrap_or_default()).or_default().push(lines);
        }
    }
    files
}

/// First line and number of lines, before and now.
type Ranges = ((u32, u32), (u32, u32));

/// `12,3 +14 @@ …`
fn ranges(text: &str) -> Option<Ranges> {
    let (old, rest) = text.split_once(" +")?;
    let (new, _) = rest.split_once(" @@")?;
    let range = |text: &str| match text.split_once(',') {
        Some((first, count)) => Some((first.parse().ok()?, count.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    };
    Some((range(old)?, range(new)?))
}

/// `b/api.yaml`, in quotes where it has strange letters; `/dev/null` for a file that is gone.
fn new_path(name: &str) -> Option<String> {
    // A name with a blank has a tab behind it, also where it is in quotes.
    let name = name.trim_end_matches('\t');
    let quoted = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    let name = quoted.map_or_else(|| name.to_owned(), unquoted);
    name.strip_prefix("b/").map(str::to_owned)
}

/// A name as C would write it.
fn unquoted(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match (byte, if byte == b'\\' { rest.next() } else { None }) {
            (_, Some(digit @ b'0'..=b'3')) => {
                let digits = [Some(digit), rest.next(), rest.next()];
                digits.into_iter().flatten().fold(0, |value, digit| value << 3 | digit.wrapping_sub(b'0') & 7)
            }
            (_, Some(b't')) => b'\t',
            (_, Some(b'n')) => b'\n',
            (_, Some(b'r')) => b'\r',
            (_, Some(letter)) | (letter, None) => letter,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_lines_of_the_new_file() {
        let difference = "diff --git a/x.yaml b/x.yaml\n--- a/x.yaml\n+++ b/x.yaml\n@@ -1 +1,2 @@ title\n-a\n+++ b/no header\n+c\n\
                          @@ -9,2 +9,0 @@\n-d\n-e\n\\ No newline at end of file\n\
                          diff --git a/y b/y\n--- /dev/null\n+++ \"b/\\303\\244 \\\"q\\\".yaml\"\n@@ -0,0 +1 @@\n+a\n\
                          --- a/z z.yaml\t\n+++ b/z z.yaml\t\n@@ -1,3 +0,0 @@\n-a\n-b\n-c\n\
                          --- \"a/y \\\"z.yaml\"\t\n+++ \"b/y \\\"z.yaml\"\t\n@@ -1 +1 @@\n-a\n+b\n";
        let known = ["x.yaml", "ä \"q\".yaml", "z z.yaml", "y \"z.yaml", "no header"].map(str::to_owned).into_iter().collect();
        let changed = ChangedLines { files: hunks(difference), known };
        for (path, line, expected) in [
            ("x.yaml", 1, true),
            ("x.yaml", 2, true),
            ("x.yaml", 3, false),
            ("x.yaml", 9, true),
            ("x.yaml", 10, true),
            ("x.yaml", 11, false),
            ("ä \"q\".yaml", 1, true),
            ("z z.yaml", 1, true),
            ("y \"z.yaml", 1, true),
            ("no header", 1, false),
            ("of another.yaml", 7, true),
        ] {
            assert_eq!(changed.touch(path, line..=line), expected, "{path} {line}");
        }
    }
}

//! What the arguments of `diff` mean.

use std::path::{Path, PathBuf};

use super::DiffArgs;
use crate::cli::Failure;
use crate::cli::request::{Request, Stdin};
use crate::cli::shared::{BaselineArgs, CommonArgs};
use crate::diff::{Mode, Options};
use crate::io::{self, RevisionPath};
use crate::rules::{Reporter, builtin_without_documents};

/// A comparison of descriptions, free of how it was asked for.
pub(super) struct DiffRequest {
    /// Reports, rules and settings; its paths are those of the new descriptions.
    pub(super) lint: Request,
    /// What is compared.
    pub(super) between: Between,
    pub(super) options: Options,
    pub(super) new_findings: bool,
    pub(super) semver: bool,
    pub(super) accepted: Option<PathBuf>,
}

impl DiffRequest {
    /// Refuses what could only come out clean.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if let Some(prefix) = self.options.strip_prefix.iter().find(|prefix| !prefix.starts_with('/')) {
            let message = format!("`--strip-prefix` has `{prefix}`, and paths begin with `/`");
            return Err(Failure::new(message).help(format!("write `/{prefix}`")));
        }
        if !self.new_findings && !self.lint.only.is_empty() && self.lint.only.iter().all(|id| speaks_of_one(id)) {
            let failure = Failure::new("`--only` leaves no rule that compares descriptions");
            return Err(failure.help("name one of `statusquo rules` that is reported by `diff`, or add `--new-findings`"));
        }
        Ok(())
    }
}

/// Whether this is a built-in rule about single descriptions.
fn speaks_of_one(id: &str) -> bool {
    let (rules, _) = builtin_without_documents();
    rules.iter().any(|rule| rule.id.as_str() == id && !matches!(rule.reporter, Reporter::Diff))
}

/// What is compared.
pub(super) enum Between {
    /// Two descriptions.
    Two(Spec, Spec),
    /// The descriptions of the working tree with their state at a revision.
    Since(String),
}

/// One description as it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spec {
    /// A file, or a folder with one description.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// The same at a revision, and the word as it was written.
    Revision(RevisionPath, String),
}

impl Spec {
    /// A file that is there is that file, whatever its name looks like.
    fn of(word: &Path) -> Spec {
        let text = word.to_string_lossy();
        match RevisionPath::parse(&text) {
            _ if text == "-" => Spec::Stdin,
            Some(place) if !io::exists(word) => Spec::Revision(place, text.into_owned()),
            _ => Spec::Path(word.to_path_buf()),
        }
    }

    /// The word that named it.
    pub(super) fn word(&self) -> String {
        match self {
            Spec::Path(path) => path.display().to_string(),
            Spec::Stdin => "-".to_owned(),
            Spec::Revision(_, word) => word.clone(),
        }
    }

    /// The request whose only description it is.
    pub(super) fn request(&self, lint: &Request) -> Request {
        let (paths, stdin) = match self {
            Spec::Path(path) => (vec![path.clone()], None),
            Spec::Stdin => (Vec::new(), Some(Stdin { file: None })),
            Spec::Revision(..) => (Vec::new(), None),
        };
        Request { paths, stdin, ..lint.clone() }
    }
}

impl TryFrom<DiffArgs> for DiffRequest {
    type Error = Failure;

    fn try_from(args: DiffArgs) -> Result<Self, Failure> {
        let DiffArgs { descriptions, base, comparison, report, rules, run } = args;
        let (between, paths) = match base {
            Some(revision) => (Between::Since(revision), paths(descriptions)?),
            None => (two(&descriptions)?, Vec::new()),
        };
        let mode = match (comparison.strict, comparison.lenient) {
            (true, _) => Mode::Strict,
            (_, true) => Mode::Lenient,
            _ => Mode::Default,
        };
        let common = CommonArgs { report, rules, baseline: BaselineArgs::default(), run };
        Ok(DiffRequest {
            lint: common.request(paths, None)?,
            between,
            options: Options {
                mode,
                strip_prefix: comparison.strip_prefix,
                now: Some(io::seconds_since_1970()),
                ..Options::default()
            },
            new_findings: comparison.new_findings,
            semver: comparison.semver,
            accepted: comparison.accepted,
        })
    }
}

fn paths(named: Vec<PathBuf>) -> Result<Vec<PathBuf>, Failure> {
    if named.iter().any(|path| path.as_os_str() == "-") {
        let failure = Failure::new("`-` cannot stand with `--base`: standard input has no state at a revision");
        return Err(failure.help("name both sides: `statusquo diff REV:PATH -`"));
    }
    Ok(if named.is_empty() { vec![PathBuf::from(".")] } else { named })
}

fn two(words: &[PathBuf]) -> Result<Between, Failure> {
    let help = "name the old and the new one: `statusquo diff OLD NEW`, or `--base REV` to compare with a revision of git";
    let [old, new] = words else {
        let message = match words.len() {
            0 => "there is nothing to compare".to_owned(),
            1 => format!(
                "`{}` is only one description, and `diff` compares two",
                words.first().map(|word| word.display().to_string()).unwrap_or_default()
            ),
            count => format!("`diff` compares two descriptions, and {count} are named"),
        };
        return Err(Failure::new(message).help(help));
    };
    match (Spec::of(old), Spec::of(new)) {
        (Spec::Stdin, Spec::Stdin) => Err(Failure::new("standard input can only be one of the two descriptions").help(help)),
        (old, new) => Ok(Between::Two(old, new)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        let revision = |revision: &str, path: &str, word: &str| {
            Spec::Revision(RevisionPath { revision: revision.to_owned(), path: path.to_owned() }, word.to_owned())
        };
        for (word, expected) in [
            ("-", Spec::Stdin),
            ("openapi.yaml", Spec::Path("openapi.yaml".into())),
            ("main:api/openapi.yaml", revision("main", "api/openapi.yaml", "main:api/openapi.yaml")),
            ("HEAD~2:./a.yaml", revision("HEAD~2", "./a.yaml", "HEAD~2:./a.yaml")),
            ("C:\\api.yaml", Spec::Path("C:\\api.yaml".into())),
        ] {
            assert_eq!(Spec::of(Path::new(word)), expected, "{word}");
        }
    }
}

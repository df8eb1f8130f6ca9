//! More at the end of files that somebody else wrote. What is in them stays as it is, byte for byte.

use std::borrow::Cow;

use crate::source::{Source, SourceId};
use crate::syntax::{self, File, Node};

/// Whether a configuration of pre-commit has a hook of this program.
pub(super) fn has_hook(text: &str) -> bool {
    let file = read(text);
    let hooks = repos(&file).into_iter().flat_map(Node::items).filter_map(|repo| repo.get("hooks")).flat_map(Node::items);
    hooks.filter_map(|hook| hook.get_str("id")).any(|id| id.starts_with("statusquo"))
}

/// A configuration of pre-commit with one more item under `repos`, as deep as those before it. None where `repos` is no block
/// that could go on.
pub(super) fn hook(text: &str, item: &str) -> Option<String> {
    let file = read(text);
    let before = repos(&file).map_or(0, |repos| repos.items().count());
    let extended = with_item(text, &file, item)?;
    let is_right =
        |file: &File| file.faults().is_empty() && self::repos(file).is_some_and(|repos| repos.items().count() == before + 1);
    (is_right(&read(&extended)) && has_hook(&extended)).then_some(extended)
}

fn with_item(text: &str, file: &File, item: &str) -> Option<String> {
    if file.faults().is_empty() && file.roots().all(Node::is_null) {
        return Some(inserted(text, text.len(), &format!("repos:\n{item}")));
    }
    let root = file.roots().next().filter(|root| root.is_map() && file.faults().is_empty())?;
    let Some(entry) = root.entry("repos") else {
        return Some(inserted(text, text.len(), &format!("repos:\n{item}")));
    };
    if entry.value.is_null() {
        return Some(inserted(text, end_of_line(text, entry.key.span().end as usize), item));
    }
    let repos = repos(file)?;
    let Some(last) = repos.items().last() else {
        let (before, behind) = (text.get(..repos.span().start as usize)?, text.get(repos.span().end as usize..)?);
        let rest = behind.find('\n').map_or(behind.len(), |at| at + 1);
        let line = behind.get(..rest)?;
        let is_alone = line.trim().is_empty() || line.trim_start().starts_with('#');
        let emptied = format!("{}{line}", before.trim_end_matches(' '));
        return is_alone.then(|| inserted(&format!("{emptied}{}", behind.get(rest..).unwrap_or_default()), emptied.len(), item));
    };
    let indent = dash_indent(text, last)?;
    let item: String = item.lines().flat_map(|line| [indent, line, "\n"]).collect();
    Some(inserted(text, end_of_line(text, last.span().end as usize), &item))
}

/// Whether a pipeline of GitLab has a job of this program's name.
pub(super) fn has_job(text: &str) -> bool {
    read(text).roots().any(|root| root.get("statusquo").is_some())
}

/// The stage of a job that names none.
const DEFAULT_STAGE: &str = "test";

/// What stages that check something are called.
const CHECKING: [&str; 5] = ["lint", "check", "verify", "validate", "quality"];

/// A pipeline of GitLab with one more job. None where it is no map in block style; one that only has comments is as good.
/// Where the pipeline has stages of its own, the job is in one of them: GitLab refuses a job whose stage is not declared.
pub(super) fn job(text: &str, job: &str) -> Option<String> {
    let file = read(text);
    if file.roots().len() > 1 || !file.roots().all(|root| root.is_map() || root.is_null()) {
        return None;
    }
    let job = match file.roots().next().and_then(|root| root.get("stages")) {
        Some(stages) => &in_stage(job, stages)?,
        None => job,
    };
    let extended = inserted(text, text.len(), &format!("\n{job}"));
    let after = read(&extended);
    let keys = |file: &File| file.roots().next().map_or(0, |root| root.entries().count());
    (after.faults().is_empty() && has_job(&extended) && keys(&after) == keys(&file) + 1).then_some(extended)
}

/// The job in one of these stages: the default one, one that is there for checks, else the first. None where they are no list
/// of names.
fn in_stage(job: &str, stages: Node<'_>) -> Option<String> {
    let names: Vec<String> = stages.items().map(|item| item.as_str().map(Cow::into_owned)).collect::<Option<_>>()?;
    if names.iter().any(|name| name == DEFAULT_STAGE) {
        return Some(job.to_owned());
    }
    let checks = |name: &&String| CHECKING.iter().any(|word| name.to_lowercase().contains(word));
    let stage = names.iter().find(checks).or_else(|| names.iter().find(|name| !name.starts_with('.')))?;
    let (head, rest) = job.split_once("statusquo:\n")?;
    Some(format!("{head}statusquo:\n  stage: {}\n{rest}", quoted(stage)))
}

/// A name as YAML, in quotation marks where it is more than a word.
fn quoted(name: &str) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    if name.chars().all(is_word) { name.to_owned() } else { format!("'{}'", name.replace('\'', "''")) }
}

fn read(text: &str) -> File {
    syntax::parse(Source::new(SourceId(0), "", text))
}

fn repos(file: &File) -> Option<Node<'_>> {
    file.roots().next().filter(|_| file.faults().is_empty())?.get("repos").filter(|repos| repos.is_list())
}

/// The blanks in front of the dash of an item; none where the item is in flow style.
fn dash_indent<'t>(text: &'t str, item: Node<'_>) -> Option<&'t str> {
    let before = text.get(..item.span().start as usize)?;
    let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..)?;
    let indent = line.trim_end().strip_suffix('-')?;
    indent.trim().is_empty().then_some(indent)
}

/// Where the line ends on which something ends, comments behind it included.
fn end_of_line(text: &str, end: usize) -> usize {
    let end = text.get(..end).map_or(end, |before| before.trim_end().len());
    text.get(end..).and_then(|behind| behind.find('\n')).map_or(text.len(), |at| end + at + 1)
}

/// The text with whole lines put in, with line ends as they are in it.
fn inserted(text: &str, at: usize, lines: &str) -> String {
    let (before, behind) = text.split_at(at);
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let missing = if before.is_empty() || before.ends_with('\n') { "" } else { line_end };
    format!("{before}{missing}{}{behind}", lines.replace('\n', line_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: &str = "- repo: local\n  hooks:\n  - id: statusquo\n";

    #[test]
    fn an_item_goes_behind_the_last_one() {
        let cases = [
            ("repos:\n- repo: a\n  hooks: [{ id: x }]\n", "repos:\n- repo: a\n  hooks: [{ id: x }]\n{}", ""),
            (
                "repos:\n  - repo: a # why\n    hooks: # these\n      - id: x # last\n",
                "repos:\n  - repo: a # why\n    hooks: # these\n      - id: x # last\n{}",
                "  ",
            ),
            ("repos:\n- repo: a\n  hooks: []", "repos:\n- repo: a\n  hooks: []\n{}", ""),
            (
                "repos:\n- repo: a\n  hooks: []\n\n# ci\nci:\n  skip: []\n",
                "repos:\n- repo: a\n  hooks: []\n{}\n# ci\nci:\n  skip: []\n",
                "",
            ),
            (
                "repos:\n-   repo: a\n    hooks:\n    -   id: x\n        args: [\n          b,\n        ]\nfail_fast: true\n",
                "repos:\n-   repo: a\n    hooks:\n    -   id: x\n        args: [\n          b,\n        ]\n{}fail_fast: true\n",
                "",
            ),
        ];
        for (text, expected, indent) in cases {
            let item: String = ITEM.lines().flat_map(|line| [indent, line, "\n"]).collect();
            assert_eq!(hook(text, ITEM).as_deref(), Some(expected.replace("{}", &item).as_str()), "{text}");
            let windows = text.replace('\n', "\r\n");
            assert_eq!(hook(&windows, ITEM), Some(expected.replace("{}", &item).replace('\n', "\r\n")), "{text}");
        }
    }

    #[test]
    fn a_configuration_without_repositories_gets_the_first() {
        let cases = [
            ("", "repos:\n{}"),
            ("# none yet", "# none yet\nrepos:\n{}"),
            ("repos: []\n", "repos:\n{}"),
            ("repos: [] # none yet\nfail_fast: true\n", "repos: # none yet\n{}fail_fast: true\n"),
            ("repos:\nfail_fast: true\n", "repos:\n{}fail_fast: true\n"),
            ("repos: # none yet", "repos: # none yet\n{}"),
            ("ci: { skip: [] }", "ci: { skip: [] }\nrepos:\n{}"),
        ];
        for (text, expected) in cases {
            assert_eq!(hook(text, ITEM), Some(expected.replace("{}", ITEM)), "{text}");
        }
    }

    #[test]
    fn what_is_no_block_is_left_alone() {
        for text in ["repos: [{ repo: a }]\n", "repos: {}\n", "{ a: 1 }\n", "repos: ~\n", "repos:\n- repo: [\n", "- repos\n"] {
            assert_eq!(hook(text, ITEM), None, "{text}");
        }
    }

    #[test]
    fn a_hook_is_seen() {
        assert!(has_hook("repos:\n- repo: a\n  hooks:\n  - id: statusquo-system\n"));
        assert!(!has_hook("repos:\n- repo: statusquo\n  hooks:\n  - id: other\n"));
    }

    #[test]
    fn a_job_goes_to_the_end() {
        let with = |text: &str| job(text, "statusquo:\n  script: a\n");
        assert_eq!(with("test:\n  script: b").as_deref(), Some("test:\n  script: b\n\nstatusquo:\n  script: a\n"));
        assert_eq!(with("# empty\n").as_deref(), Some("# empty\n\nstatusquo:\n  script: a\n"));
        assert_eq!(with("{ test: { script: b } }\n"), None);
        let beside = |stages: &str| with(&format!("stages: {stages}\n"));
        let staged = |stages: &str, stage: &str| Some(format!("stages: {stages}\n\nstatusquo:\n{stage}  script: a\n"));
        for (list, stage) in [
            ("[build, test]", ""),
            ("[build, lint]", "  stage: lint\n"),
            ("[Static checks, deploy]", "  stage: 'Static checks'\n"),
            ("[.pre, build, deploy]", "  stage: build\n"),
        ] {
            assert_eq!(beside(list), staged(list, stage));
        }
        assert_eq!((beside("[]"), beside("build"), beside("[[a]]")), (None, None, None));
        assert_eq!(with("- a\n"), None);
        assert_eq!(with("---\na: 1\n---\nb: 2\n"), None);
        assert!(has_job("statusquo: { script: a }\n") && !has_job("test: { script: statusquo }\n"));
    }
}

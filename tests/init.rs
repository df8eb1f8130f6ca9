//! `statusquo init`: what the real binary writes, what it leaves alone, and whether those it is for accept it.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests make the files that they look at, and say what they skip"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

#[path = "support/binary.rs"]
mod binary;
#[path = "support/repository.rs"]
mod repository;

use binary::{command, folder, run, said};
use repository::{git, repository, run_in, write};

/// Its one finding that fails a run is `found-redirect`, at line 7.
const DESCRIPTION: &str = include_str!("../fixtures/bare-redirect.yaml");

fn text(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

/// What `init` says in a folder, with nothing on standard input.
fn init(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = command(folder, &["init"]);
    said(&command.args(arguments).stdin(Stdio::null()).output().unwrap())
}

/// Runs a program that may not be here; none where it is not.
fn tool(name: &str, arguments: &[&str], folder: &Path) -> Option<Output> {
    let output = Command::new(name).args(arguments).current_dir(folder).env("HOME", folder).output();
    if output.is_err() {
        println!("skipped: there is no {name}");
    }
    output.ok()
}

#[track_caller]
fn accepts(output: Option<Output>) {
    let Some(output) = output else { return };
    let (code, out, err) = said(&output);
    assert_eq!(code, Some(0), "{out}{err}");
}

#[test]
fn a_first_configuration_changes_nothing_and_says_what_comes_next() {
    let folder = folder(&[("api/openapi.yaml", DESCRIPTION), ("values.yaml", "# no openapi\nreplicas: 2\n")]);
    let before = said(&command(&folder, &["lint", "--format", "concise"]).output().unwrap());
    let (code, out, err) = init(&folder, &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("wrote statusquo.yaml: every rule with what it does\n"), "{out}");
    assert!(out.contains("Next: `statusquo lint` looks at api/openapi.yaml.\n"), "{out}");
    assert!(text(&folder, "statusquo.yaml").contains("# Descriptions here when this file was written: api/openapi.yaml"));
    let after = said(&command(&folder, &["lint", "--format", "concise"]).output().unwrap());
    assert!(before.0 == Some(1) && before.1.contains("[found-redirect]"), "{before:?}");
    assert_eq!(before, after);
}

#[test]
fn every_rule_stands_in_the_configuration_and_may_be_taken_in() {
    let folder = folder(&[("openapi.yaml", DESCRIPTION)]);
    init(&folder, &[]);
    let written = text(&folder, "statusquo.yaml");
    let rules = statusquo::rules::builtin().0;
    for rule in &rules {
        let line = written.lines().find(|line| line.starts_with(&format!("  # {}: ", rule.id))).unwrap();
        assert!(line.ends_with(&format!("  # {}", rule.summary)), "{line}");
    }
    let is_rule = |line: &str| rules.iter().any(|rule| line.starts_with(&format!("  # {}: ", rule.id)));
    let taken_in = |line: &str| if is_rule(line) { line.replacen("  # ", "  ", 1) } else { line.to_owned() };
    let everything: Vec<String> = written.lines().map(taken_in).collect();
    assert_eq!(everything.iter().filter(|line| line.starts_with("  ") && !line.starts_with("  #")).count(), rules.len());
    write(&folder, "statusquo.yaml", &(everything.join("\n") + "\n"));
    let (code, out, err) = said(&command(&folder, &["lint", "--format", "concise"]).output().unwrap());
    assert!(code == Some(1) && err.is_empty() && out.contains("[found-redirect]"), "{out}{err}");
}

#[test]
fn the_configuration_fits_its_schema() {
    let folder = folder(&[]);
    let (_, out, _) = init(&folder, &[]);
    assert!(out.contains("No description was found here yet"), "{out}");
    let schema: Value = serde_json::from_str(&run(&[], &["schema", "config"]).1).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let config: Value = serde_yaml::from_str(&text(&folder, "statusquo.yaml")).unwrap();
    assert!(config["rules"].is_null() && config["fail-on"] == "warning", "{config}");
    assert!(validator.is_valid(&config), "{:?}", validator.validate(&config));
}

#[test]
fn nothing_is_replaced_without_a_word() {
    let mine = "rules: { found-redirect: off }\n";
    let folder = folder(&[("statusquo.yaml", mine)]);
    let (code, out, err) = init(&folder, &[]);
    let expected = "error: `statusquo.yaml` is there already, and nothing was written\n  = help: give `--force` to replace it, or move it away\n";
    assert_eq!((code, out.as_str(), err.as_str()), (Some(2), "", expected));
    assert_eq!(text(&folder, "statusquo.yaml"), mine);

    write(&folder, ".github/workflows/statusquo.yml", "name: mine\n");
    let (code, out, err) = init(&folder, &["--github", "--gitlab"]);
    assert!(
        code == Some(2) && out.is_empty() && err.contains("`.github/workflows/statusquo.yml` is there already"),
        "{out}{err}"
    );
    assert!(!folder.path().join(".gitlab-ci.yml").exists(), "all or nothing");

    let (code, out, _) = init(&folder, &["--force"]);
    assert_eq!((code, out.lines().next()), (Some(0), Some("replaced statusquo.yaml: every rule with what it does")));
    assert!(text(&folder, "statusquo.yaml").contains("extends: [recommended]"));
    let (code, out, _) = init(&folder, &[]);
    assert_eq!((code, out.lines().next()), (Some(0), Some("left statusquo.yaml as it is: it is there already")));
}

#[test]
fn what_stands_in_the_way_is_said_before_anything_is_written() {
    let files = folder(&[(".github", "a file\n")]);
    let (code, out, err) = init(&files, &["--github"]);
    assert!(code == Some(2) && out.is_empty() && err.contains("`.github` on the way to it is no folder"), "{out}{err}");
    assert!(!files.path().join("statusquo.yaml").exists());
    let files = folder(&[(".github/workflows/statusquo.yaml", "name: mine\n")]);
    let (code, out, err) = init(&files, &["--github"]);
    assert!(code == Some(0) && out.contains("left .github/workflows/statusquo.yaml as it is"), "{out}{err}");
    assert!(!files.path().join(".github/workflows/statusquo.yml").exists());
}

/// `script` gives the program a terminal.
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_it_asks() {
    for (answer, replaced) in [("n\n", false), ("\n", false), ("y\n", true)] {
        let folder = folder(&[("statusquo.yaml", "rules: {}\n")]);
        let line = format!("printf '{answer}' | script -qec '{} init' /dev/null", env!("CARGO_BIN_EXE_statusquo"));
        let Some(output) = tool("bash", &["-c", &format!("command -v script >/dev/null || exit 77; {line}")], folder.path())
        else {
            return;
        };
        let (code, out, err) = said(&output);
        if code == Some(77) {
            println!("skipped: there is no script");
            return;
        }
        assert!(code == Some(0) && out.contains("`statusquo.yaml` is there already. Replace it? [y/N]"), "{out}{err}");
        assert_eq!(text(&folder, "statusquo.yaml") != "rules: {}\n", replaced, "{answer:?}: {out}");
    }
}

#[test]
fn the_hook_is_accepted_and_keeps_what_is_there() {
    let fresh = folder(&[]);
    let (code, out, err) = init(&fresh, &["--pre-commit"]);
    assert!(code == Some(0) && out.contains("wrote .pre-commit-config.yaml: lints before a commit"), "{out}{err}");
    accepts(tool("pre-commit", &["validate-config"], fresh.path()));

    for empty in ["", "# none yet\n", "repos: []\n"] {
        let folder = folder(&[(".pre-commit-config.yaml", empty)]);
        let (code, out, err) = init(&folder, &["--pre-commit"]);
        assert!(code == Some(0) && out.contains("extended .pre-commit-config.yaml"), "{out}{err}");
        accepts(tool("pre-commit", &["validate-config"], folder.path()));
    }

    let mine = "# ours\nrepos:\n  - repo: local # here\n    hooks:\n      - { id: a, name: a, entry: 'true', language: system }\n\nfail_fast: true # stop\n";
    let folder = folder(&[(".pre-commit-config.yaml", mine)]);
    let (code, out, err) = init(&folder, &["--pre-commit"]);
    assert!(code == Some(0) && out.contains("extended .pre-commit-config.yaml"), "{out}{err}");
    let extended = text(&folder, ".pre-commit-config.yaml");
    let (head, tail) = mine.split_once("\n\n").unwrap();
    let added = extended.strip_prefix(head).and_then(|text| text.strip_suffix(&format!("\n{tail}"))).unwrap();
    assert!(added.starts_with("\n  - repo: local\n    hooks:\n    - id: statusquo\n"), "{extended}");
    accepts(tool("pre-commit", &["validate-config"], folder.path()));
    let (code, out, _) = init(&folder, &["--pre-commit"]);
    assert!(code == Some(0) && out.contains("left .pre-commit-config.yaml as it is: it has the hook already"), "{out}");
    assert_eq!(text(&folder, ".pre-commit-config.yaml"), extended);
}

#[test]
fn what_cannot_be_extended_is_said_with_what_to_add() {
    for (name, flag, mine, part) in [
        (".pre-commit-config.yaml", "--pre-commit", "repos: [{ repo: local, hooks: [] }]\n", "- repo: local"),
        (".gitlab-ci.yml", "--gitlab", "{ test: { script: a } }\n", "statusquo:\n  image:"),
    ] {
        let folder = folder(&[(name, mine)]);
        let (code, out, err) = init(&folder, &[flag]);
        assert!(code == Some(2) && out.is_empty(), "{out}{err}");
        assert!(err.contains(&format!("cannot extend `{name}`")) && err.contains(part), "{err}");
        assert_eq!(text(&folder, name), mine);
        assert!(!folder.path().join("statusquo.yaml").exists(), "all or nothing");
    }
}

#[test]
fn the_workflow_is_one() {
    let folder = folder(&[("openapi.yaml", DESCRIPTION)]);
    let (code, out, err) = init(&folder, &["--github"]);
    assert!(code == Some(0) && out.contains("wrote .github/workflows/statusquo.yml"), "{out}{err}");
    let workflow: Value = serde_yaml::from_str(&text(&folder, ".github/workflows/statusquo.yml")).unwrap();
    let steps = workflow["jobs"]["statusquo"]["steps"].as_array().unwrap();
    let install = steps[1]["run"].as_str().unwrap();
    assert_eq!(install, concat!("pipx install statusquo==", env!("CARGO_PKG_VERSION")));
    accepts(tool("actionlint", &[".github/workflows/statusquo.yml"], folder.path()));
    let mut command = Command::new("bash");
    let path = Path::new(env!("CARGO_BIN_EXE_statusquo")).parent().unwrap();
    let path =
        std::env::join_paths([path.to_path_buf()].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())));
    command.args(["-c", steps[2]["run"].as_str().unwrap()]).env("GITHUB_STEP_SUMMARY", folder.path().join("a b.md"));
    let (code, out, err) = said(&command.current_dir(folder.path()).env("PATH", path.unwrap()).output().unwrap());
    assert!(code == Some(1) && out.contains("::warning file=openapi.yaml,line=7,"), "{out}{err}");
    assert!(text(&folder, "a b.md").starts_with("### statusquo\n"));
}

#[test]
fn the_job_reports_what_gitlab_reads() {
    let folder = folder(&[("openapi.yaml", DESCRIPTION), (".gitlab-ci.yml", "# ours\nbuild:\n  script: make")]);
    let (code, out, err) = init(&folder, &["--gitlab"]);
    assert!(code == Some(0) && out.contains("extended .gitlab-ci.yml"), "{out}{err}");
    let written = text(&folder, ".gitlab-ci.yml");
    assert!(written.starts_with("# ours\nbuild:\n  script: make\n\n# Lints"), "{written}");
    let job = serde_yaml::from_str::<Value>(&written).unwrap()["statusquo"].clone();
    let lint = job["script"][1].as_str().unwrap();
    let arguments: Vec<&str> = lint.split(' ').skip(1).collect();
    let (code, _, err) = said(&command(&folder, &arguments).output().unwrap());
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let report: Value =
        serde_json::from_str(&text(&folder, job["artifacts"]["reports"]["codequality"].as_str().unwrap())).unwrap();
    assert!(report.as_array().unwrap().iter().any(|one| one["check_name"] == "found-redirect"), "{report}");
    assert!(init(&folder, &["--gitlab"]).1.contains("it has a job `statusquo` already"));
}

#[test]
fn what_is_for_the_whole_repository_goes_to_its_root() {
    let Some(folder) = repository(&[("api/openapi.yaml", DESCRIPTION)]) else { return };
    git(folder.path(), &["status", "--short"]);
    let mut command = command(&folder, &["init", "--github", "--pre-commit"]);
    let (code, out, err) = said(&command.current_dir(folder.path().join("api")).output().unwrap());
    assert!(
        code == Some(0) && out.contains("wrote ../.pre-commit-config.yaml") && out.contains("wrote statusquo.yaml"),
        "{out}{err}"
    );
    assert!(
        folder.path().join(".github/workflows/statusquo.yml").is_file() && folder.path().join("api/statusquo.yaml").is_file()
    );
    assert_eq!(run_in(&folder, &["lint", "--format", "concise"]).0, Some(1));
}

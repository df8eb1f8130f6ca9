//! What a repository says does not make whoever checks it read, write or run anything outside of it.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests prepare their files and run the binary"
)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

#[path = "support/binary.rs"]
mod binary;
#[path = "support/repository.rs"]
mod repository;

use binary::{command, folder, said};

/// What stands in the file outside, and must never be shown.
const SECRET: &str = "hunter2";

const DESCRIPTION: &str = "openapi: 3.1.0\ninfo: { title: a, version: \"1\" }\npaths:\n  /a:\n    get:\n      responses:\n        \"405\": { description: no }\n";

/// A project in `project`, with this configuration, beside a file `secret` that is no business of it.
fn project(configuration: &str) -> TempDir {
    let folder = folder(&[("secret", &format!("{SECRET}: 1\n")), ("project/openapi.yaml", DESCRIPTION)]);
    fs::write(folder.path().join("project/statusquo.yaml"), configuration).unwrap();
    symlink("../secret", folder.path().join("project/link")).unwrap();
    symlink("../gone", folder.path().join("project/dangling")).unwrap();
    folder
}

fn run_in(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = command(folder, arguments);
    command.current_dir(folder.path().join("project")).stdin(Stdio::null());
    said(&command.output().unwrap())
}

#[test]
fn paths_of_a_configuration_stay_in_the_project() {
    for key in ["baseline", "rule-files"] {
        let probe = project("");
        let absolute = probe.path().join("secret").display().to_string();
        for path in ["../secret", "link", "sub/../../secret", "dangling", "/proc/self/environ", "/etc/passwd", &absolute] {
            let project = project(&format!("{key}: {path}\n"));
            for extra in [&["lint"][..], &["lint", "--write-baseline"], &["lint", "--prune"]] {
                let (code, out, err) = run_in(&project, extra);
                let expected = format!("error: `{path}` leads out of the project\n --> statusquo.yaml:1:");
                assert!(err.contains(&expected), "{key} {path} {extra:?}: {out}{err}");
                assert_eq!(code, Some(2), "{key} {path} {extra:?}");
                assert!(!out.contains(SECRET) && !err.contains(SECRET), "{key} {path}: {out}{err}");
                assert!(err.contains("`--allow-outside`"), "{err}");
            }
            assert_eq!(fs::read_to_string(project.path().join("secret")).unwrap(), "hunter2: 1\n");
            assert!(!project.path().join("gone").exists());
        }
    }
}

#[test]
fn what_the_user_allows_or_names_is_read() {
    let known = folder(&[("project/openapi.yaml", DESCRIPTION)]);
    let (code, _, err) = run_in(&known, &["lint", "--baseline", "../known.yaml", "--write-baseline"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(fs::read_to_string(known.path().join("known.yaml")).unwrap().contains("method-not-allowed-without-allow"));
    fs::write(known.path().join("project/statusquo.yaml"), "baseline: ../known.yaml\n").unwrap();
    assert_eq!(run_in(&known, &["lint"]).0, Some(2));
    assert_eq!(run_in(&known, &["lint", "--allow-outside"]).0, Some(0));
    // In a repository, everything in it is inside.
    fs::create_dir(known.path().join(".git")).unwrap();
    assert_eq!(run_in(&known, &["lint"]).0, Some(0));
}

/// What stands at a path: its name, how it is made, and why it cannot be read.
type Shape = (&'static str, fn(&Path), &'static str);

#[test]
fn a_configuration_that_is_no_file_of_the_project_is_refused() {
    let shapes: [Shape; 5] = [
        ("a folder", |path| fs::create_dir(path).unwrap(), "it is a folder, not a file"),
        ("a pipe", make_pipe, "it is a pipe, a socket or a device, not a file"),
        ("a loop", |path| symlink("statusquo.yaml", path).unwrap(), "too many levels of symbolic links"),
        ("a link that leads nowhere", |path| symlink("nothing", path).unwrap(), "there is no such file"),
        ("a link that leads out", |path| symlink("../secret", path).unwrap(), "it lies outside of the project"),
    ];
    for (what, make, expected) in shapes {
        let project = project("");
        let path = project.path().join("project/statusquo.yaml");
        fs::remove_file(&path).unwrap();
        make(&path);
        let (code, out, err) = run_in(&project, &["lint"]);
        assert_eq!(code, Some(2), "{what}: {out}{err}");
        let (first, rest) = err.split_once('\n').unwrap();
        assert_eq!(first, format!("error: cannot read `statusquo.yaml`: {expected}"), "{what}");
        assert!(rest.contains("= help: ") && !rest.contains("pipe the description in"), "{what}: {err}");
        assert!(!err.contains(SECRET), "{what}: {err}");
        assert_eq!(run_in(&project, &["lint", "--no-config"]).0, Some(1), "{what}");
    }
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn links_in_a_folder_do_not_lead_out_of_it() {
    let folder = folder(&[("outside/a.yaml", DESCRIPTION), ("project/openapi.yaml", DESCRIPTION)]);
    symlink("../outside/a.yaml", folder.path().join("project/file.yaml")).unwrap();
    symlink("../outside", folder.path().join("project/folder")).unwrap();
    symlink("openapi.yaml", folder.path().join("project/inside.yaml")).unwrap();
    let (_, out, err) = run_in(&folder, &["lint", ".", "--format", "concise", "--verbose"]);
    assert!(!out.is_empty() && out.lines().all(|line| line.starts_with("inside.yaml:")), "{out}");
    for link in ["file.yaml", "folder"] {
        let expected =
            format!("`{link}` was passed over: a symbolic link that leads out of the folder, which needs `--allow-outside`");
        assert!(err.contains(&expected), "{err}");
    }
    let (_, out, _) = run_in(&folder, &["lint", ".", "--format", "concise", "--allow-outside"]);
    assert!(out.contains("file.yaml:") || out.contains("folder/a.yaml:"), "{out}");
    let (_, out, _) = run_in(&folder, &["lint", "file.yaml", "--format", "concise"]);
    assert!(out.starts_with("file.yaml:"), "named, it is the user's own will: {out}");
}

#[test]
fn a_report_does_not_overwrite_what_it_is_about() {
    let project = project("fail-on: never\n");
    for (arguments, file) in [
        (&["lint", "-o", "openapi.yaml"][..], "openapi.yaml"),
        (&["lint", "openapi.yaml", "--format", "json=./alias.yaml"], "./alias.yaml"),
        (&["lint", "-o", "statusquo.yaml"], "statusquo.yaml"),
        (&["check", "--no-spec", "run.har", "-o", "run.har"], "run.har"),
    ] {
        let _ = symlink("openapi.yaml", project.path().join("project/alias.yaml"));
        fs::write(project.path().join("project/run.har"), "{\"log\":{\"entries\":[]}}").unwrap();
        let (code, out, err) = run_in(&project, arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {out}{err}");
        assert!(err.starts_with(&format!("error: the report would overwrite `{file}`, which was read for it\n")), "{err}");
        assert_eq!(fs::read_to_string(project.path().join("project/openapi.yaml")).unwrap(), DESCRIPTION);
    }
    assert_eq!(run_in(&project, &["lint", "openapi.yaml", "-o", "report.txt"]).0, Some(0));
    assert_eq!(run_in(&project, &["lint", "openapi.yaml", "-o", "report.txt"]).0, Some(0), "an old report is no input");
}

#[test]
fn help_that_cannot_be_written_is_no_success() {
    for arguments in [["--help"], ["--version"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_statusquo")).args(arguments).stdout(full).output().unwrap();
        let (code, _, err) = said(&output);
        assert_eq!((code, err.as_str()), (Some(2), "error: cannot write to standard output: no space left on device\n"));
    }
    assert_eq!(binary::run(&[], &["--help"]).0, Some(0));
}

#[test]
fn no_program_of_the_repository_runs() {
    let Some(folder) = repository::repository(&[("openapi.yaml", DESCRIPTION), (".gitattributes", "*.yaml filter=a=b diff=c\n")])
    else {
        return;
    };
    for (key, value) in [
        ("filter.a=b.clean", "touch ran-clean; cat"),
        ("filter.a=b.process", "touch ran-process"),
        ("filter.a=b.required", "true"),
        ("diff.c.textconv", "touch ran-textconv; cat"),
        ("diff.c.command", "touch ran-command"),
        ("diff.external", "touch ran-external"),
        ("core.fsmonitor", "touch ran-fsmonitor"),
        ("core.pager", "touch ran-pager"),
    ] {
        repository::git(folder.path(), &["config", key, value]);
    }
    repository::write(&folder, "openapi.yaml", &DESCRIPTION.replace("405", "404"));
    for arguments in [&["diff", "--base", "HEAD"][..], &["lint", "--changed"], &["diff", "HEAD:openapi.yaml", "openapi.yaml"]] {
        let (code, out, err) = repository::run_in(&folder, arguments);
        assert!(code != Some(2), "{arguments:?}: {out}{err}");
        let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let ran: Vec<String> = names.filter(|name| name.starts_with("ran-")).collect();
        assert!(ran.is_empty(), "{arguments:?} ran {ran:?}");
    }
}

#[test]
fn files_that_are_there_are_not_called_missing() {
    let text = "openapi: 3.1.0\ninfo: { title: a, version: \"1\" }\npaths:\n  /a:\n    get:\n      responses:\n        \"200\": { $ref: 'folder.yaml#/a' }\n        \"201\": { $ref: 'pipe.yaml#/a' }\n        \"202\": { $ref: 'empty.yaml#/a' }\n        \"203\": { $ref: 'gone.yaml#/a' }\n";
    let folder = binary::folder(&[("project/openapi.yaml", text), ("project/empty.yaml", "")]);
    fs::create_dir(folder.path().join("project/folder.yaml")).unwrap();
    make_pipe(&folder.path().join("project/pipe.yaml"));
    let (_, out, _) = run_in(&folder, &["lint", "openapi.yaml", "--only", "unresolved-reference", "--format", "concise"]);
    for expected in [
        "`folder.yaml`, and it is a folder, not a file",
        "`pipe.yaml`, and it cannot be read: it is a pipe, a socket or a device, not a file",
        "`empty.yaml`, and it is empty",
        "`gone.yaml`, and there is no such file",
    ] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
}

#[test]
fn a_rule_file_with_a_fault_is_not_called_empty() {
    for text in ["\0\0\0", "[", "%YAML\n", "'", "\t\u{1}"] {
        let folder = folder(&[("project/openapi.yaml", DESCRIPTION), ("project/rule.yaml", text)]);
        fs::write(folder.path().join("project/statusquo.yaml"), "rule-files: rule.yaml\n").unwrap();
        for arguments in [&["lint"][..], &["test", "rule.yaml"]] {
            let (code, out, err) = run_in(&folder, arguments);
            assert_eq!(code, Some(2), "{text:?}: {out}{err}");
            assert!(!err.contains("empty"), "{text:?}: {err}");
        }
    }
}

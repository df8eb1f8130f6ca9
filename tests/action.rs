//! The scripts of the GitHub Action, run as a job runs them: with inputs in the environment and a release made of files.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests make the files that they look at, and say what they skip"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

#[path = "support/binary.rs"]
mod binary;

use binary::{folder, run, said};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Its one finding that fails a run is `found-redirect`, at line 7.
const DESCRIPTION: &str = include_str!("../fixtures/bare-redirect.yaml");

/// A step: what it says, and what it leaves for the job.
struct Step {
    code: Option<i32>,
    said: String,
    folder: TempDir,
}

impl Step {
    fn left(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }
}

/// Runs a script of the action in a folder, with these variables beside those of a runner.
fn step(script: &str, folder: TempDir, variables: &[(&str, &str)]) -> Step {
    let at = |name: &str| folder.path().join(name);
    let program = Path::new(env!("CARGO_BIN_EXE_statusquo")).parent().unwrap().to_path_buf();
    let path = std::env::split_paths(&std::env::var_os("PATH").unwrap()).collect::<Vec<_>>();
    let path = std::env::join_paths(std::iter::once(program).chain(path)).unwrap();
    let mut command = Command::new(Path::new(ROOT).join("packaging/action").join(script));
    command.current_dir(folder.path()).env("PATH", path).env("GITHUB_ACTION_PATH", ROOT).env("RUNNER_TEMP", at("temp of it"));
    command.env("GITHUB_OUTPUT", at("output")).env("GITHUB_STEP_SUMMARY", at("summary.md")).env("GITHUB_PATH", at("path"));
    command.env("RUNNER_OS", "Linux").env("RUNNER_ARCH", "X64").env("REPOSITORY", "somebody/statusquo");
    command.env("GITHUB_SERVER_URL", format!("file://{}", at("server").display())).envs(variables.iter().copied());
    fs::create_dir_all(at("temp of it")).unwrap();
    let (code, out, err) = said(&command.output().unwrap());
    Step { code, said: format!("{out}{err}"), folder }
}

fn lint(variables: &[(&str, &str)]) -> Step {
    step("lint", folder(&[("api/open api.yaml", DESCRIPTION), ("-odd.yaml", DESCRIPTION)]), variables)
}

#[test]
fn findings_are_annotations_and_a_summary() {
    let step = lint(&[("FORMAT", "github"), ("PATHS", "api/open api.yaml\n")]);
    assert_eq!(step.code, Some(1), "{}", step.said);
    assert!(step.said.contains("::warning file=api/open api.yaml,line=7,") && !step.said.contains("odd.yaml"), "{}", step.said);
    assert!(step.left("summary.md").starts_with("### statusquo\n"), "{}", step.left("summary.md"));
    assert_eq!(step.left("output"), "exit-code=1\n");
}

#[test]
fn inputs_are_arguments_and_nothing_else() {
    let step = lint(&[
        ("FORMAT", "concise\njson=report of it.json"),
        ("ARGS", "--only\nfound-redirect\n\n--fail-on\r\nnever"),
        ("PATHS", "-odd.yaml\napi"),
        ("SARIF", "true"),
    ]);
    assert_eq!(step.code, Some(0), "{}", step.said);
    let places: Vec<&str> = step.said.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["-odd.yaml:7:9", "api/open api.yaml:7:9"], "{}", step.said);
    let report: Value = serde_json::from_str(&step.left("report of it.json")).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), 2);
    let sarif: Value = serde_json::from_str(&step.left("temp of it/statusquo.sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert!(step.left("output").contains("exit-code=0\nsarif=") && step.left("output").ends_with("temp of it/statusquo.sarif\n"));
    for hostile in ["$(touch harm)", "; touch harm", "`touch harm`", "'\"; touch harm #", "*", "--output=harm"] {
        for name in ["PATHS", "ARGS", "FORMAT", "BASELINE", "SARIF"] {
            if (name, hostile) == ("ARGS", "--output=harm") {
                continue;
            }
            let step = lint(&[("FORMAT", "concise"), (name, hostile)]);
            assert!(!step.folder.path().join("harm").exists(), "{name}={hostile}");
        }
    }
}

#[test]
fn a_baseline_is_taken_and_a_failure_stays_one() {
    let files = folder(&[("openapi.yaml", DESCRIPTION)]);
    let mut command = binary::command(&files, &["lint", "--baseline", "b.yaml", "--write-baseline", "--quiet"]);
    assert!(command.output().unwrap().status.success());
    let step = step("lint", files, &[("FORMAT", "concise"), ("BASELINE", "b.yaml")]);
    assert_eq!((step.code, step.left("output").as_str()), (Some(0), "exit-code=0\n"), "{}", step.said);
    let step = lint(&[("PATHS", "gone.yaml"), ("SARIF", "true")]);
    assert_eq!((step.code, step.left("output").as_str()), (Some(2), "exit-code=2\n"), "{}", step.said);
}

/// A server with one release, in which the binary only says who it is.
fn release(version: &str, checksum: Option<&str>) -> TempDir {
    let folder = folder(&[]);
    let name = format!("statusquo-{version}-x86_64-unknown-linux-musl");
    let files: PathBuf = folder.path().join("server/somebody/statusquo/releases/download").join(format!("v{version}"));
    fs::create_dir_all(files.join(&name)).unwrap();
    fs::write(files.join(&name).join("statusquo"), format!("#!/bin/sh\necho statusquo {version}\n")).unwrap();
    let archive = format!("{name}.tar.gz");
    let script = format!("chmod +x {name}/statusquo && tar -czf {archive} {name} && sha256sum {archive} > {archive}.sha256");
    assert!(Command::new("sh").args(["-c", &script]).current_dir(&files).status().unwrap().success());
    if let Some(checksum) = checksum {
        fs::write(files.join(format!("{archive}.sha256")), format!("{checksum}  {archive}\n")).unwrap();
    }
    folder
}

fn has_tools() -> bool {
    let has = |name: &str| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    let all = has("curl") && has("sha256sum");
    if !all {
        println!("skipped: there is no curl or no sha256sum");
    }
    all
}

#[test]
fn a_release_is_put_on_the_path() {
    if !has_tools() {
        return;
    }
    let own = run(&[], &["--version"]).1;
    let own = own.trim_end().trim_start_matches("statusquo ");
    for (version, input) in [(own, ""), ("9.8.7", "9.8.7"), ("9.8.7-rc.1", "v9.8.7-rc.1")] {
        let step = step("install", release(version, None), &[("VERSION", input)]);
        assert_eq!(step.code, Some(0), "{}", step.said);
        let path = step.left("path");
        let output = Command::new(Path::new(path.trim_end_matches('\n')).join("statusquo")).output().unwrap();
        assert_eq!(said(&output).1, format!("statusquo {version}\n"));
    }
}

#[test]
fn what_is_not_what_the_release_says_is_refused() {
    if !has_tools() {
        return;
    }
    let cases = [
        (release("9.8.7", Some(&"0".repeat(64))), "9.8.7", "is not what its checksum says"),
        (release("9.8.7", Some("nonsense")), "9.8.7", "is not what its checksum says"),
        (release("9.8.7", None), "9.8.6", "cannot get statusquo-9.8.6-x86_64-unknown-linux-musl.tar.gz"),
        (release("9.8.7", None), "latest", "is no version such as 0.1.0"),
        (release("9.8.7", None), "9.8.7/../../x", "is no version such as 0.1.0"),
    ];
    for (folder, version, expected) in cases {
        let step = step("install", folder, &[("VERSION", version)]);
        assert_eq!((step.code, step.left("path").as_str()), (Some(2), ""), "{}", step.said);
        assert!(step.said.contains("::error title=statusquo::") && step.said.contains(expected), "{}", step.said);
    }
    let step = step("install", release("9.8.7", None), &[("VERSION", "9.8.7"), ("RUNNER_ARCH", "RISCV64")]);
    assert!(step.code == Some(2) && step.said.contains("there is no binary for this runner"), "{}", step.said);
}

/// An expression inside a script would make an input part of the script.
#[test]
fn no_input_is_part_of_a_script() {
    let action: Value = serde_yaml::from_str(&fs::read_to_string(Path::new(ROOT).join("action.yml")).unwrap()).unwrap();
    let steps = action["runs"]["steps"].as_array().unwrap();
    let scripts: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    assert_eq!(scripts, [r#""$GITHUB_ACTION_PATH/packaging/action/install""#, r#""$GITHUB_ACTION_PATH/packaging/action/lint""#]);
    let inputs: Vec<&str> = action["inputs"].as_object().unwrap().keys().map(String::as_str).collect();
    let given = serde_json::to_string(steps).unwrap();
    for input in inputs {
        assert!(given.contains(&format!("inputs.{input} }}}}")), "{input} reaches no step");
    }
}

#[test]
fn the_scripts_are_sound() {
    let scripts = [
        "packaging/action/install",
        "packaging/action/lint",
        "packaging/archive",
        "packaging/notes",
        "packaging/profile",
        "packaging/smoke-test",
        ".ci/run",
    ];
    match Command::new("shellcheck").args(scripts).current_dir(ROOT).output() {
        Ok(output) => assert!(output.status.success(), "{}", said(&output).1),
        Err(_) => println!("skipped: there is no shellcheck"),
    }
}

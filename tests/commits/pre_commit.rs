//! The hooks, run by the real `pre-commit` where it is installed.

use std::path::Path;
use std::process::Command;

use super::repository::{git, repository, write};
use tempfile::TempDir;

const ROOT: &str = "openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders:
    get:
      responses:
        '200': { description: The orders }
        '302': { $ref: 'responses.yaml#/Moved' }
        default: { description: What went wrong }
";

const FINE: &str = "Moved: { description: Elsewhere for now, headers: { Location: { schema: { type: string } } } }\n";

/// A repository of hooks, and one that uses the hook which runs the installed program; none where there is no `pre-commit`.
struct World {
    hooks: TempDir,
    project: TempDir,
}

impl World {
    fn new() -> Option<World> {
        World::with_hook("statusquo-system", "--only, found-redirect, --format, concise")
    }

    fn with_hook(id: &str, arguments: &str) -> Option<World> {
        if Command::new("pre-commit").arg("--version").output().is_err() {
            assert!(std::env::var_os("STATUSQUO_TOOLS").is_none_or(|word| word.is_empty()), "pre-commit is to be there");
            println!("skipped: there is no pre-commit");
            return None;
        }
        let hooks = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.pre-commit-hooks.yaml")).unwrap();
        let hooks = repository(&[(".pre-commit-hooks.yaml", &hooks)])?;
        git(hooks.path(), &["tag", "v1.0.0"]);
        let config = format!(
            "repos:\n- repo: {}\n  rev: v1.0.0\n  hooks:\n  - id: {id}\n    args: [{arguments}]\n",
            hooks.path().display()
        );
        let values = ("deploy/values.yaml", "replicas: 2\n");
        let project = repository(&[
            (".pre-commit-config.yaml", &config),
            ("api/openapi.yaml", ROOT),
            ("api/responses.yaml", FINE),
            values,
        ])?;
        Some(World { hooks, project })
    }

    /// What `pre-commit run` says of what is staged, and whether it passes.
    fn run(&self, arguments: &[&str]) -> (bool, String) {
        git(self.project.path(), &["add", "--all"]);
        let program = Path::new(env!("CARGO_BIN_EXE_statusquo")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap();
        let path = std::env::join_paths(std::iter::once(program.to_path_buf()).chain(std::env::split_paths(&path))).unwrap();
        let mut command = Command::new("pre-commit");
        command.arg("run").args(arguments).current_dir(self.project.path()).env("PATH", path);
        command.env("PRE_COMMIT_HOME", self.hooks.path().join("cache")).env("GIT_CONFIG_NOSYSTEM", "1");
        let output = command.output().unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.success(), text)
    }
}

#[test]
fn the_hook_passes_and_fails() {
    let Some(world) = World::new() else { return };
    let (passes, text) = world.run(&["--all-files"]);
    assert!(!passes && text.contains("api/openapi.yaml:8:9: warning: ") && text.contains("[found-redirect]"), "{text}");
    assert!(!text.contains("values.yaml"), "files that are no part of a description are not worth a word: {text}");
    write(&world.project, "api/responses.yaml", &FINE.replace("Moved", "Other"));
    write(
        &world.project,
        "api/openapi.yaml",
        &ROOT.replace("'302': { $ref: 'responses.yaml#/Moved' }", "'307': { $ref: 'responses.yaml#/Other' }"),
    );
    let (passes, text) = world.run(&["--all-files"]);
    assert!(passes && text.contains("Passed"), "{text}");
}

#[test]
fn a_fragment_alone_has_its_descriptions_linted() {
    let Some(world) = World::new() else { return };
    git(world.project.path(), &["commit", "--quiet", "--no-verify", "--allow-empty", "--message=before"]);
    write(&world.project, "api/responses.yaml", &FINE.replace("Elsewhere", "Somewhere else"));
    let (passes, text) = world.run(&[]);
    assert!(!passes && text.contains("api/openapi.yaml:8:9: warning: "), "{text}");
}

#[test]
fn what_is_no_description_passes() {
    let Some(world) = World::new() else { return };
    write(&world.project, "deploy/values.yaml", "replicas: 3\n");
    let (passes, text) = world.run(&[]);
    assert!(passes && text.contains("Passed"), "{text}");
}

#[test]
fn the_fixing_hook_changes_the_files_and_passes_the_next_time() {
    let Some(world) = World::with_hook("statusquo-fix-system", "--only, unquoted-status-code, --format, concise") else { return };
    write(&world.project, "api/openapi.yaml", &ROOT.replace("'200'", "200"));
    let (passes, text) = world.run(&["--all-files"]);
    assert!(!passes && text.contains("files were modified by this hook"), "{text}");
    let fixed = std::fs::read_to_string(world.project.path().join("api/openapi.yaml")).unwrap();
    assert_eq!(fixed, ROOT);
    let (passes, text) = world.run(&["--all-files"]);
    assert!(passes && text.contains("Passed"), "{text}");
}

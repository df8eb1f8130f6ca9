//! `lint --changed`: only what stands on lines that changed.

use super::repository::{commit, git, repository, run_in, write};
use tempfile::TempDir;

const API: &str = "openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /a:
    get:
      responses:
        '302': { description: There }
  /b:
    get:
      responses:
        '302': { description: There }
";

fn lint(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    run_in(folder, &[&["lint", "--only", "found-redirect", "--format", "concise"], arguments].concat())
}

/// The places of the findings.
fn places(out: &str) -> Vec<&str> {
    out.lines().filter_map(|line| line.split(": ").next()).collect()
}

#[test]
fn only_lines_that_changed() {
    let Some(folder) = repository(&[("api/öffentlich.yaml", API), ("other.yaml", API)]) else { return };
    assert_eq!(places(&lint(&folder, &[]).1).len(), 4);
    assert_eq!(lint(&folder, &["--changed"]), (Some(0), String::new(), String::new()));
    write(&folder, "api/öffentlich.yaml", &API.replacen("There", "Over there", 1));
    let (code, out, err) = lint(&folder, &["--changed"]);
    assert_eq!((code, places(&out), err.as_str()), (Some(1), vec!["api/öffentlich.yaml:7:9"], ""));
    // A file that git does not know yet is new as a whole.
    write(&folder, "fresh.yaml", API);
    assert_eq!(places(&lint(&folder, &["--changed"]).1).len(), 3);
    // What a line that was taken out stood beside.
    write(&folder, "fresh.yaml", "a: 1\n");
    write(
        &folder,
        "api/öffentlich.yaml",
        &API.replacen("      responses:\n", "      responses:\n        default: { description: a }\n", 1),
    );
    commit(folder.path());
    write(&folder, "api/öffentlich.yaml", API);
    assert_eq!(places(&lint(&folder, &["--changed"]).1), ["api/öffentlich.yaml:7:9"]);
}

#[test]
fn before_the_first_commit_every_line_is_new() {
    let Some(folder) = repository(&[("api.yaml", API)]) else { return };
    git(folder.path(), &["checkout", "--quiet", "--orphan", "other"]);
    let (code, out, err) = lint(&folder, &["--changed"]);
    assert_eq!((code, places(&out), err.as_str()), (Some(1), vec!["api.yaml:7:9", "api.yaml:11:9"], ""));
    git(folder.path(), &["rm", "--quiet", "--cached", "api.yaml"]);
    assert_eq!(places(&lint(&folder, &["--changed"]).1).len(), 2);
}

#[test]
fn what_git_does_not_look_into_counts_all_the_same() {
    let Some(folder) = repository(&[("api.yaml", API), (".gitattributes", "*.yaml -diff\n"), (".gitignore", "built.yaml\n")])
    else {
        return;
    };
    assert_eq!(lint(&folder, &["--changed"]).0, Some(0));
    write(&folder, "api.yaml", &API.replacen("There", "Over there", 1));
    assert_eq!(places(&lint(&folder, &["--changed"]).1), ["api.yaml:7:9"], "attributes that call it binary");
    write(&folder, "built.yaml", API);
    assert_eq!(places(&lint(&folder, &["--changed", "built.yaml"]).1).len(), 2, "a file that is ignored");
    // A repository of its own inside of this one, as submodules are.
    write(&folder, "inner/api.yaml", API);
    git(&folder.path().join("inner"), &["init", "--quiet"]);
    commit(&folder.path().join("inner"));
    assert_eq!(places(&lint(&folder, &["--changed", "inner"]).1).len(), 2, "a file of another repository");
}

#[test]
fn the_repository_of_a_named_path_is_asked_from_outside() {
    let Some(folder) = repository(&[("api.yaml", API)]) else { return };
    write(&folder, "api.yaml", &API.replacen("There", "Over there", 1));
    let outside = super::binary::folder(&[]);
    for path in [folder.path().to_path_buf(), folder.path().join("api.yaml")] {
        let (code, out, err) = lint(&outside, &["--changed", path.to_str().unwrap()]);
        assert_eq!((code, places(&out).len(), err.as_str()), (Some(1), 1, ""), "{out}");
    }
}

#[test]
fn since_the_branch_was_left() {
    let Some(folder) = repository(&[("api.yaml", API)]) else { return };
    git(folder.path(), &["checkout", "--quiet", "-b", "work"]);
    write(&folder, "api.yaml", &API.replacen("There", "Over there", 1));
    commit(folder.path());
    git(folder.path(), &["checkout", "--quiet", "main"]);
    write(&folder, "api.yaml", &API.replace("  /b:", "  /c:"));
    commit(folder.path());
    git(folder.path(), &["checkout", "--quiet", "work"]);
    let (code, out, _) = lint(&folder, &["--changed=main"]);
    assert_eq!((code, places(&out)), (Some(1), vec!["api.yaml:7:9"]), "what others did on main is not ours");
    assert_eq!(lint(&folder, &["--changed"]).0, Some(0));
}

#[test]
fn a_renamed_file_is_held_against_its_old_name() {
    let Some(folder) = repository(&[("api.yaml", API)]) else { return };
    git(folder.path(), &["mv", "api.yaml", "orders.yaml"]);
    assert_eq!(lint(&folder, &["--changed"]), (Some(0), String::new(), String::new()));
    write(&folder, "orders.yaml", &API.replacen("There", "Over there", 1));
    assert_eq!(places(&lint(&folder, &["--changed"]).1), ["orders.yaml:7:9"]);
}

#[test]
fn what_cannot_be_told_is_said() {
    let Some(folder) = repository(&[("api.yaml", API)]) else { return };
    let (code, _, err) = lint(&folder, &["--changed", "HEAD~1"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("cannot read `HEAD~1`") && err.contains("a revision stands behind `=`: `--changed=HEAD~1`"), "{err}");
    let (code, out, err) = lint(&folder, &["--changed=nowhere"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("nowhere"), "{err}");
    let (code, _, err) = lint(&folder, &["--changed="]);
    assert!(code == Some(2) && err.contains("name a revision, such as `HEAD~1` or `origin/main`"), "{err}");
    let (code, _, err) = lint(&folder, &["--changed=origin/main"]);
    assert!(code == Some(2) && err.contains("git fetch origin main") && !err.contains("origin/origin"), "{err}");
    let (code, _, err) = lint(&folder, &["--changed", "-"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("standard input"), "{err}");
    let (code, _, err) = super::binary::run(&[("api.yaml", API)], &["lint", "--changed"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("no git repository"), "{err}");
}

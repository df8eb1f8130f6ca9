//! Revisions of the git repository around.

use std::fs;

use tempfile::TempDir;

use super::repository::{commit, git, repository, run_in, write};
use super::{OLD, changed};

fn diff(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    run_in(folder, &[&["diff"], arguments, &["--format", "concise"]].concat())
}

/// The description in two files.
fn split() -> (String, String) {
    let (root, schemas) = OLD.split_once("components:").unwrap();
    let root = root.replace("#/components/schemas/Order", "schemas/order.yaml#/Order");
    (root, schemas.replace("  schemas:\n", "").replace("\n    ", "\n"))
}

#[test]
fn references_stay_in_their_revision() {
    let (root, fragment) = split();
    let Some(folder) = repository(&[("api/openapi.yaml", &root), ("api/schemas/order.yaml", &fragment)]) else { return };
    write(&folder, "api/schemas/order.yaml", &fragment.replace("integer", "string"));
    for (old, new, file) in [
        ("main:api/openapi.yaml", "api/openapi.yaml", "api/schemas/order.yaml"),
        ("HEAD:api", "api", "api/schemas/order.yaml"),
        ("HEAD:./api/openapi.yaml", "./api/openapi.yaml", "api/schemas/order.yaml"),
    ] {
        let (code, out, err) = diff(&folder, &[old, new]);
        assert_eq!((code, err.as_str()), (Some(1), ""), "{old} {new}: {out}");
        assert!(out.starts_with(&format!("{file}:6:11: error: `/id`: ")) && out.lines().count() == 1, "{out}");
    }
    commit(folder.path());
    let (code, out, err) = diff(&folder, &["HEAD~1:api/openapi.yaml", "HEAD:api/openapi.yaml"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert!(out.starts_with("HEAD:api/schemas/order.yaml:6:11: error: "), "{out}");
    let (code, out, _) = diff(&folder, &["HEAD:api/openapi.yaml", "api/openapi.yaml"]);
    assert_eq!((code, out.as_str()), (Some(0), ""));
}

#[test]
fn the_working_tree_against_a_revision() {
    let other = OLD.replace("Orders", "Others");
    let Some(folder) = repository(&[("a.yaml", OLD), ("b/b.yaml", &other), ("gone.yaml", &other), ("values.yaml", "a: 1\n")])
    else {
        return;
    };
    assert_eq!(diff(&folder, &["--base", "HEAD"]), (Some(0), String::new(), String::new()));
    write(&folder, "a.yaml", &changed());
    fs::remove_file(folder.path().join("gone.yaml")).unwrap();
    git(folder.path(), &["mv", "b/b.yaml", "c.yaml"]);
    write(&folder, "fresh.yaml", "openapi: 3.1.0\ninfo: { title: Fresh, version: '1' }\npaths: {}\n");
    let (code, out, err) = diff(&folder, &["--base", "HEAD"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let rules: Vec<&str> = out.lines().filter_map(|line| line.split(' ').next_back()).collect();
    let expected = ["[description-removed]", "[response-type-changed]", "[response-enum-value-added]", "[description-added]"];
    assert_eq!(rules, expected, "{out}");
    assert!(out.starts_with("HEAD:gone.yaml:1:1: error: the description is gone, with 3 operations"), "{out}");
    // Only what is named.
    let (code, out, _) = diff(&folder, &["--base", "HEAD", "c.yaml"]);
    assert_eq!((code, out.as_str()), (Some(0), ""), "{out}");
}

#[test]
fn a_description_that_is_gone_is_a_file_that_was_compared() {
    let Some(folder) = repository(&[("gone.yaml", OLD), ("values.yaml", "a: 1\n")]) else { return };
    fs::remove_file(folder.path().join("gone.yaml")).unwrap();
    let (code, out, _) = run_in(&folder, &["diff", "--base", "HEAD"]);
    assert_eq!(code, Some(1));
    assert!(out.ends_with("1 breaking change in 1 file · 3 of 3 operations compared\n"), "{out}");
}

/// Operations of two descriptions are two, whatever they are called; and versions are told with their files.
#[test]
fn descriptions_that_share_a_file() {
    let (root, fragment) = split();
    let alone = root.split_once("    put:").unwrap().0;
    let Some(folder) = repository(&[("a.yaml", alone), ("b.yaml", alone), ("schemas/order.yaml", &fragment)]) else { return };
    write(&folder, "schemas/order.yaml", &fragment.replace("integer", "string"));
    let (code, out, err) = diff(&folder, &["--base", "HEAD"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert!(out.contains("(in 2 operations)") && out.lines().count() == 1, "{out}");
    for format in ["text", "markdown"] {
        let (_, out, _) = run_in(&folder, &["diff", "--base", "HEAD", "--semver", "--format", format]);
        for file in ["a.yaml", "b.yaml"] {
            let line = format!("{file}: version 1.2.0 to 1.2.0: no step; the changes ask for a major step\n");
            assert!(out.contains(&line), "{out}");
        }
    }
}

#[test]
fn a_description_that_is_none_any_more_is_gone() {
    let ignored = ("statusquo.yaml", "ignore: [old]\n");
    let Some(folder) = repository(&[("a.yaml", OLD), ("b.yaml", OLD), ("old/c.yaml", OLD), ignored]) else { return };
    write(&folder, "a.yaml", &OLD.replace("openapi:", "openapii:"));
    fs::remove_file(folder.path().join("old/c.yaml")).unwrap();
    let (code, out, _) = diff(&folder, &["--base", "HEAD"]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.starts_with("HEAD:a.yaml:1:1: error: the description is gone") && out.lines().count() == 1, "{out}");
    git(folder.path(), &["rm", "--quiet", "b.yaml"]);
    let (code, out, err) = diff(&folder, &["--base", "HEAD", "b.yaml"]);
    assert_eq!((code, err.as_str()), (Some(1), ""), "{out}");
    assert!(out.starts_with("HEAD:b.yaml:1:1: error: the description is gone"), "{out}");
}

#[test]
fn a_fragment_stands_for_its_descriptions() {
    let (root, fragment) = split();
    let Some(folder) = repository(&[("openapi.yaml", &root), ("schemas/order.yaml", &fragment)]) else { return };
    fs::create_dir_all(folder.path().join("schemas")).unwrap();
    write(&folder, "schemas/order.yaml", &fragment.replace("integer", "string"));
    let (code, out, err) = diff(&folder, &["--base", "HEAD", "schemas/order.yaml"]);
    assert_eq!((code, err.as_str()), (Some(1), ""), "{out}");
    assert!(out.starts_with("schemas/order.yaml:6:11: error: "), "{out}");
}

/// A rename that git was not told of is found where the texts are alike, and said.
#[test]
fn a_rename_that_is_not_staged() {
    let Some(folder) = repository(&[("api/a.yaml", OLD), ("values.yaml", "a: 1\n")]) else { return };
    fs::rename(folder.path().join("api/a.yaml"), folder.path().join("moved.yaml")).unwrap();
    for arguments in [&["--base", "HEAD"][..], &["--base", "HEAD", "moved.yaml"]] {
        let (code, out, err) = diff(&folder, arguments);
        assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
        assert!(err.contains("`moved.yaml` is compared with `HEAD:api/a.yaml`, which is gone and is most like it"), "{err}");
    }
    assert_eq!(diff(&folder, &["--base", "HEAD", "--quiet"]), (Some(0), String::new(), String::new()));
    write(&folder, "moved.yaml", &changed());
    let (_, out, _) = diff(&folder, &["--base", "HEAD"]);
    assert!(out.starts_with("moved.yaml:30:15: error: `/id`: ") && !out.contains("[description-"), "{out}");
    // Staged it says the same, and nothing has to be guessed.
    git(folder.path(), &["add", "--all"]);
    let (_, staged, err) = diff(&folder, &["--base", "HEAD"]);
    assert_eq!((staged.as_str(), err.as_str()), (out.as_str(), ""));
    git(folder.path(), &["reset", "--quiet"]);
    // What is something else was not moved.
    write(&folder, "moved.yaml", "openapi: 3.1.0\ninfo: { title: Other, version: '2' }\npaths: {}\n");
    let (_, out, _) = diff(&folder, &["--base", "HEAD"]);
    assert!(out.contains("[description-removed]") && out.contains("[description-added]"), "{out}");
}

#[test]
fn what_is_in_another_repository_is_not_new() {
    let (Some(one), Some(other)) = (repository(&[("a.yaml", OLD)]), repository(&[("b.yaml", OLD)])) else { return };
    let path = other.path().join("b.yaml").display().to_string();
    let (code, out, err) = diff(&one, &["--base", "HEAD", &path]);
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    assert!(err.contains("lies outside of the repository") && err.contains("change into the other one"), "{err}");
    let lonely = super::binary::folder(&[("c.yaml", OLD)]);
    let (code, _, err) = diff(&lonely, &["--base", "HEAD", &path]);
    assert_eq!(code, Some(2));
    assert!(err.contains("is in no git repository") && err.contains("b.yaml` is in the repository `"), "{err}");
}

/// What viewers get is a path of the working tree; what people read names the revision.
#[test]
fn viewers_get_paths_and_not_revisions() {
    let Some(folder) = repository(&[("api/a.yaml", OLD), ("api/gone.yaml", OLD)]) else { return };
    write(&folder, "api/a.yaml", &changed());
    fs::remove_file(folder.path().join("api/gone.yaml")).unwrap();
    commit(folder.path());
    let sides = ["HEAD~1:api/a.yaml", "HEAD:api/a.yaml"];
    let report = |arguments: &[&str], format: &str| run_in(&folder, &[&["diff"], arguments, &["--format", format]].concat()).1;
    for (format, part) in [
        ("sarif", "\"uri\": \"api/a.yaml\""),
        ("github", "::error file=api/a.yaml,line=30,"),
        ("gitlab", "\"path\":\"api/a.yaml\""),
        ("checkstyle", "<file name=\"api/a.yaml\">"),
        ("rdjson", "\"path\":\"api/a.yaml\""),
    ] {
        let out = report(&sides, format);
        let plain = out.replace("\": \"", "\":\"");
        assert!(out.contains(part) || plain.contains(part), "{format}: {out}");
        assert!(!out.contains("HEAD%3A") && !out.contains("HEAD~1%3A"), "{format}: {out}");
        let gone = report(&["--base", "HEAD~1", "api"], format);
        assert!(gone.contains("api/gone.yaml") && !gone.contains("HEAD~1%3Aapi"), "{format}: {gone}");
    }
    let log: serde_json::Value = serde_json::from_str(&report(&sides, "sarif")).unwrap();
    let related = &log["runs"][0]["results"][0]["relatedLocations"][0];
    assert_eq!(related["message"]["text"], "before, in HEAD~1:api/a.yaml:30");
    assert!(report(&sides, "concise").starts_with("HEAD:api/a.yaml:30:15: "));
    // Paths are seen from the working directory.
    let below = super::binary::command(&folder, &["diff", "HEAD~1:./a.yaml", "HEAD:./a.yaml", "--format", "github"])
        .current_dir(folder.path().join("api"))
        .output()
        .unwrap();
    let (_, out, err) = super::binary::said(&below);
    assert!(out.contains("::error file=a.yaml,line=30,"), "{out}{err}");
}

#[test]
fn what_git_does_not_know_is_said() {
    let Some(folder) = repository(&[("api/a.yaml", OLD), ("b.txt", "text")]) else { return };
    for (arguments, expected) in [
        (&["nowhere:api/a.yaml", "api/a.yaml"][..], "nowhere"),
        (&["HEAD:missing.yaml", "api/a.yaml"], "cannot read `HEAD:missing.yaml`: there is no such file"),
        (&["HEAD:../a.yaml", "api/a.yaml"], "it lies outside of the project"),
        (&["HEAD:b.txt", "api/a.yaml"], "no OpenAPI description in `HEAD:b.txt`"),
        (&["--base", "nowhere"], "nowhere"),
        // A variable that is not set: the index in its place would look like a comparison.
        (&["--base", ""], "a value is required for '--base <REV>'"),
        (&["--base=--upload-pack=x"], "upload-pack"),
        (&["--base", "HEAD", "-"], "standard input has no state at a revision"),
    ] {
        let (code, out, err) = diff(&folder, arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}: {err}");
        assert!(err.contains(expected) && err.contains("help"), "{arguments:?}: {err}");
    }
    let lonely = super::binary::folder(&[("a.yaml", OLD)]);
    let (code, _, err) = diff(&lonely, &["main:a.yaml", "a.yaml"]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("is in no git repository"), "{err}");
}

#[test]
fn nothing_of_other_files_is_shown() {
    let leak = OLD.replace("#/components/schemas/Order", "../../secret.yaml#/Order");
    let Some(folder) = repository(&[("api/a.yaml", &leak)]) else { return };
    let outside = folder.path().parent().unwrap().join("secret.yaml");
    let (_, out, err) = diff(&folder, &["HEAD:api/a.yaml", "api/a.yaml"]);
    assert!(!outside.exists() && !format!("{out}{err}").contains("hunter2"), "{out}{err}");
    assert!(out.lines().all(|line| line.contains("operation-not-compared")), "{out}");
}

//! What may stand on either side: files, folders, standard input; and what is said where it cannot.

use std::io::Write;
use std::process::Stdio;

use super::binary::{command, folder, said};
use super::{OLD, changed, diff, run};

#[test]
fn nothing_changed() {
    let (code, out, err) = diff(OLD, OLD, &[]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "no changes in 1 file · 3 of 3 operations compared\n", ""));
}

#[test]
fn a_file_against_itself_is_remarked() {
    let files = [("old.yaml", OLD)];
    for (arguments, expected) in [
        (&["old.yaml", "./old.yaml"][..], "note: `old.yaml` is both the old and the new description"),
        (&["old.yaml", "old.yaml", "--quiet"], ""),
    ] {
        let (code, out, err) = run(&files, &[&["diff"], arguments].concat());
        assert_eq!((code, out.as_str()), (Some(0), "no changes in 1 file · 3 of 3 operations compared\n"), "{err}");
        assert!(err.starts_with(expected) && err.is_empty() == expected.is_empty(), "{err}");
    }
}

#[test]
fn a_change_is_told_once_at_the_component_with_all_that_use_it() {
    let (code, out, err) = diff(OLD, &changed(), &["--format", "concise"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert_eq!(
        out,
        "new.yaml:30:15: error: `/id`: the type is string and was integer (in 2 operations) [response-type-changed]\n\
         new.yaml:31:32: warning: `/state`: `sent` may come now (in 2 operations) [response-enum-value-added]\n"
    );
}

#[test]
fn folders_with_one_description() {
    let root = OLD.replace("#/components/schemas/Order", "schemas/order.yaml#/Order");
    let (root, schemas) = root.split_once("components:").unwrap();
    let fragment = schemas.replace("  schemas:\n", "").replace("\n    ", "\n");
    let changed = fragment.replace("integer", "number");
    let files = [
        ("v1/openapi.yaml", root),
        ("v1/schemas/order.yaml", fragment.as_str()),
        ("v2/api.yaml", root),
        ("v2/schemas/order.yaml", changed.as_str()),
    ];
    let (code, out, _) = run(&files, &["diff", "v1", "v2", "--format", "concise"]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.starts_with("v2/schemas/order.yaml:6:11: error: `/id`: "), "{out}");
    let (code, _, err) = run(&[("a/one.yaml", OLD), ("a/two.yaml", OLD), ("b.yaml", OLD)], &["diff", "a", "b.yaml"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("`a` holds 2 descriptions") && err.contains("`a/one.yaml`, `a/two.yaml`"), "{err}");
}

#[test]
fn one_side_may_come_in() {
    let folder = folder(&[("old.yaml", OLD)]);
    let mut child = command(&folder, &["diff", "old.yaml", "-", "--format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(changed().as_bytes()).unwrap();
    let (code, out, err) = said(&child.wait_with_output().unwrap());
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert!(out.starts_with("<stdin>:30:15: error: "), "{out}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let files = [
        ("old.yaml", OLD),
        ("other.yaml", "a: 1\n"),
        ("strange.yaml", "openapi: 9.1.0\npaths: {}\n"),
        ("torn.yaml", "x: [\n"),
        ("empty.yaml", "\n"),
    ];
    for (arguments, expected) in [
        (&["old.yaml"][..], "`old.yaml` is only one description"),
        (&[], "there is nothing to compare"),
        (&["old.yaml", "old.yaml", "old.yaml"], "and 3 are named"),
        (&["-", "-"], "standard input can only be one"),
        (&["old.yaml", "missing.yaml"], "cannot read `missing.yaml`: there is no such file"),
        (&["missing.yaml", "gone.yaml"], "cannot read `gone.yaml`"),
        (&["old.yaml", "other.yaml"], "no OpenAPI description in `other.yaml`"),
        (&["old.yaml", "empty.yaml"], "no OpenAPI description in `empty.yaml`\n  = help: it is empty"),
        (&["old.yaml", "torn.yaml"], "it has a syntax error: torn.yaml:"),
        (&["strange.yaml", "old.yaml"], "`strange.yaml` cannot be compared: `openapi: 9.1.0` is no version"),
        (&["old.yaml", "old.yaml", "--strict", "--lenient"], "cannot be used with"),
    ] {
        let (code, out, err) = run(&files, &[&["diff"], arguments].concat());
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}: {err}");
        assert!(err.contains(expected), "{arguments:?}: {err}");
    }
}

#[test]
fn what_could_not_be_read_is_neither_gone_nor_clean() {
    let broken = format!("{OLD}    Broken: {{ type: [\n");
    let (code, out, err) = diff(OLD, &broken, &["--format", "concise"]);
    assert_eq!(code, Some(1), "what could not be read is unknown: {out}");
    assert!(!out.contains("operation-removed"), "{out}");
    assert!(err.contains("`new.yaml` could not be read whole") && err.contains("statusquo lint new.yaml"), "{err}");
    let lost = OLD.replace("\"404\": { description: No such order }", "\"404\": { $ref: \"#/components/responses/None\" }");
    let (code, out, _) = diff(OLD, &lost, &[]);
    assert_eq!(code, Some(1));
    assert!(out.contains("warning[operation-not-compared]"), "{out}");
    assert!(out.contains("2 of 3 operations compared\nnot compared: GET /orders/{id}: an unresolved `$ref`"), "{out}");
}

#[test]
fn unknown_is_an_answer() {
    let path = OLD.replace("  /orders:\n", "  /orders:\n    $ref: ./missing.yaml\n  /unused:\n");
    let nothing = OLD.replace("{ description: No such order }", "null");
    let (half, _) = OLD.split_at(OLD.find("    put:").unwrap());
    let cut = format!("{half}    put: {{ responses: {{ '200': [\n");
    for (new, expected) in
        [(path, "POST /orders: it could not"), (nothing, "GET /orders/{id} 404: it could not"), (cut, "it could not")]
    {
        let (code, out, _) = diff(OLD, &new, &["--format", "concise"]);
        assert_eq!(code, Some(1), "{out}");
        let said = out.lines().filter(|line| line.ends_with("[operation-not-compared]"));
        assert!(said.clone().any(|line| line.contains(expected)), "{expected}: {out}");
    }
}

#[test]
fn every_document_is_compared() {
    let two = format!("{OLD}---\n{OLD}");
    let (_, out, _) = diff(&two, &format!("{OLD}---\n{}", changed()), &["--format", "concise"]);
    assert_eq!(out.lines().count(), 2, "{out}");
    let (_, out, _) = diff(&two, OLD, &["--format", "concise"]);
    assert!(out.contains("[description-removed]"), "{out}");
}

#[test]
fn the_help_says_what_is_out_of_scope() {
    let (code, out, _) = run(&[], &["diff", "--help"]);
    assert_eq!(code, Some(0));
    for part in ["statusquo diff [OPTIONS] OLD NEW", "--base REV [PATH]...", "out of scope", "REV:PATH"] {
        assert!(out.contains(part), "{part:?} in {out}");
    }
}

//! What could not be read on both sides: no change where it is the same text, unknown where it is not.

use super::{OLD, classes, diff, run};

const NOT_COMPARED: &str = "risky operation-not-compared";

/// A description in JSON whose only response has a body of so many objects inside each other.
fn nested(depth: usize, leaf: &str) -> String {
    let (open, close) = (r#"{"type":"object","properties":{"x":"#.repeat(depth), "}}".repeat(depth));
    let schema = format!(r#"{open}{{"type":"{leaf}"}}{close}"#);
    let response = format!(r#"{{"description":"x","content":{{"application/json":{{"schema":{schema}}}}}}}"#);
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Deep","version":"1"}},"paths":{{"/a":{{"get":{{"responses":{{"200":{response}}}}}}}}}}}"#
    )
}

/// The same description broken in its last operation.
fn broken(kind: &str) -> String {
    OLD.replace(
        "headers: { Location: { schema: { type: string } } } }",
        &format!("headers: {{ Location: {{ schema: {{ type: {kind} }} }} }}"),
    )
}

fn said(old: &str, new: &str) -> (Option<i32>, Vec<String>, String) {
    let (code, out, _) = diff(old, new, &["--format", "json"]);
    (code, classes(&out), out)
}

#[test]
fn damage_that_is_the_same_is_no_change() {
    for (old, new, is_same) in [
        (nested(200, "string"), nested(200, "string"), true),
        (nested(200, "string"), nested(200, "integer"), false),
        (broken("string"), broken("string"), true),
        (broken("string"), broken("string").replace('\n', "\r\n"), true),
        (broken("string"), broken("integer"), false),
    ] {
        let (code, found, out) = said(&old, &new);
        let expected: &[&str] = if is_same { &[] } else { &[NOT_COMPARED] };
        assert_eq!(
            (code, found.as_slice()),
            (Some(i32::from(!is_same)), expected.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>().as_slice()),
            "{out}"
        );
    }
}

#[test]
fn the_reason_is_the_true_one() {
    let latin = OLD.replace("No such order", "Ung\u{fc}ltig");
    for (old, new, expected) in [
        (
            nested(200, "string"),
            nested(200, "integer"),
            "nesting or aliases past the limit in both descriptions, and it is not the same",
        ),
        (nested(1, "string"), nested(200, "string"), "nesting or aliases past the limit in the new description"),
        (nested(200, "string"), nested(1, "string"), "nesting or aliases past the limit in the old description"),
        (broken("string"), broken("integer"), "a syntax error in both descriptions, and it is not the same"),
    ] {
        let (_, out, _) = diff(&old, &new, &["--format", "concise"]);
        assert!(out.contains(expected), "{expected}: {out}");
    }
    let folder = super::binary::folder(&[("old.yaml", OLD)]);
    let bytes: Vec<u8> = latin.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    std::fs::write(folder.path().join("new.yaml"), bytes).unwrap();
    let output = super::binary::command(&folder, &["diff", "old.yaml", "new.yaml", "--format", "concise"]).output().unwrap();
    let (_, out, _) = super::binary::said(&output);
    assert!(
        out.contains("GET /orders/{id}: it could not be compared whole: text that is no UTF-8 in the new description"),
        "{out}"
    );
}

/// Whole paths that nobody sees, on both sides or only before.
#[test]
fn operations_may_hide_where_nothing_is_read() {
    let hidden = |path: &str| OLD.replace("components:\n", &format!("  {path}: {{ get: {{ responses: [\ncomponents:\n"));
    for (old, new, expected) in [
        (hidden("/a"), hidden("/a"), vec![]),
        (hidden("/a"), hidden("/b"), vec![NOT_COMPARED]),
        (hidden("/a"), OLD.to_owned(), vec![NOT_COMPARED]),
        // What cannot hold a response hides none.
        (OLD.replace("title: Orders", "title: *nothing"), OLD.to_owned(), vec![]),
    ] {
        let (code, found, out) = said(&old, &new);
        assert_eq!(
            (code, found),
            (Some(i32::from(!expected.is_empty())), expected.into_iter().map(str::to_owned).collect()),
            "{out}"
        );
    }
}

#[test]
fn paths_that_lead_nowhere_may_have_held_anything() {
    let with = |path: &str| OLD.replace("paths:\n", &format!("paths:\n  {path}\n"));
    let lost = with("/more/{a}: { $ref: ./one.yaml }");
    for (new, expected) in [
        (with("/more/{b}: { $ref: ./one.yaml }"), ""),
        (
            with("/more/{a}: { $ref: ./two.yaml }"),
            "what `/more/{a}` held could not be compared: its `$ref` leads nowhere, and it leads elsewhere now",
        ),
        (with("/more/{a}: {}"), "and it holds no operation now"),
        (OLD.to_owned(), "and it is gone"),
        (
            with("/more/{a}: { get: { responses: {} } }"),
            "GET /more/{a}: it could not be compared: its place in the old description",
        ),
    ] {
        let (code, out, _) = diff(&lost, &new, &["--format", "concise"]);
        assert_eq!(
            (code, out.lines().count()),
            (Some(i32::from(!expected.is_empty())), usize::from(!expected.is_empty())),
            "{out}"
        );
        assert!(out.contains(expected), "{out}");
    }
}

/// The order in which references lead nowhere, and how circles are called, say nothing.
#[test]
fn references_that_lead_nowhere_are_compared_one_by_one() {
    let with = |one: &str, other: &str| {
        OLD.replace("\"#/components/schemas/Order\"", &format!("\"./{one}.yaml\""))
            .replace("{ description: No such order }", &format!("{{ $ref: \"./{other}.yaml\" }}"))
    };
    for (old, new, expected) in
        [(with("a", "b"), with("a", "b"), 0), (with("a", "b"), with("c", "b"), 1), (with("a", "b"), with("a", "c"), 1)]
    {
        let (_, found, out) = said(&old, &new);
        assert_eq!(found.is_empty(), expected == 0, "{out}");
        assert!(found.iter().all(|line| line.starts_with("risky ")), "{out}");
    }
}

#[test]
fn a_file_that_could_not_be_read_may_have_changed() {
    let root = OLD.replace("#/components/schemas/Order", "order.yaml#/Order");
    let fragment = |kind: &str| format!("Order: {{ type: {kind} \n");
    let compared = |new: &str| {
        let old = fragment("object");
        let files = [("1/api.yaml", root.as_str()), ("1/order.yaml", &old), ("2/api.yaml", &root), ("2/order.yaml", new)];
        run(&files, &["diff", "1/api.yaml", "2/api.yaml", "--format", "json"])
    };
    let (code, out, _) = compared(&fragment("object"));
    assert_eq!((code, classes(&out)), (Some(0), vec![]), "{out}");
    let (code, out, _) = compared(&fragment("string"));
    assert_eq!(code, Some(1), "{out}");
    assert!(classes(&out).iter().any(|line| line.contains("not-compared") || line.contains("comparison-unknown")), "{out}");
}

#[test]
fn operations_that_may_be_anywhere_were_not_compared() {
    let broken = "openapi: 3.0.3\ninfo: { title: Orders, version: 1\npaths: {}\n";
    for (old, new) in [(OLD, broken), (broken, OLD)] {
        let (_, out, _) = diff(old, new, &[]);
        assert!(out.contains("0 of 3 operations compared\nnot compared: GET /orders/{id}: a syntax error ("), "{out}");
        assert!(out.contains("(in 3 operations)"), "{out}");
    }
}

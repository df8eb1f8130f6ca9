//! What `lint` finds in the new description only.

use super::{OLD, classes, diff};

#[test]
fn only_what_the_change_brought() {
    let new = OLD.replace(
        "  /orders:\n",
        "  /orders:\n    get:\n      responses:\n        \"302\": { description: Look there }\n        default: { description: Errors }\n",
    );
    let arguments =
        ["--new-findings", "--only", "found-redirect,operation-added,missing-server-error-response", "--format", "json"];
    let (code, out, _) = diff(OLD, &new, &arguments);
    assert_eq!(code, Some(1), "{out}");
    let mut found = classes(&out);
    found.sort();
    assert_eq!(found, ["compatible operation-added", "lint found-redirect"], "{out}");
    let (_, out, _) = diff(OLD, &new, &["--new-findings", "--only", "found-redirect,operation-added", "--format", "markdown"]);
    let rows = "| compatible | 1 | `operation-added` 1 |\n| new warning | 1 | `found-redirect` 1 |\n\n";
    assert!(out.contains(rows), "the table has what is new besides changes: {out}");
    let (_, out, _) = diff(&new, OLD, &["--new-findings", "--only", "found-redirect", "--format", "json"]);
    assert_eq!(classes(&out), Vec::<String>::new(), "what is mended is not new");
    let (_, out, _) = diff(OLD, &new, &["--only", "found-redirect,operation-added", "--format", "json"]);
    assert_eq!(classes(&out), ["compatible operation-added"], "nobody asked");
    let (code, _, err) = diff(OLD, &new, &["--only", "found-redirect"]);
    assert_eq!(code, Some(2), "nothing would be compared");
    assert!(err.contains("leaves no rule that compares"), "{err}");
}

#[test]
fn of_equal_findings_as_many_are_known_as_there_were() {
    let one = "openapi: 3.1.0\ninfo: { title: a, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        '302': { description: There }\n";
    let two = format!("{one}  /b:\n    get:\n      responses:\n        '302': {{ description: There }}\n");
    let (_, out, _) = diff(one, &two, &["--new-findings", "--only", "found-redirect", "--format", "concise"]);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.starts_with("new.yaml:11:"), "{out}");
}

//! Recordings that were made to break things.

use super::{API, FINE, check, line, run};

#[test]
fn control_characters_of_a_recording_do_not_reach_the_terminal() {
    let evil = r#"{"request":{"method":"GET\u001b[31m","url":"https://api.example.com/v1/x\u001b]0;owned\u0007\n::error::x"},"response":{"status":200,"headers":{}}}"#;
    for format in ["text", "concise", "github", "markdown"] {
        let (_, out, err) =
            run(&[API, ("run.ndjson", evil)], &["check", "run.ndjson", "--spec", "openapi.yaml", "--format", format]);
        assert!(!out.contains(['\u{1b}', '\u{7}']) && !err.contains('\u{1b}'), "{format}: {out:?}");
        assert!(!out.lines().any(|line| line.starts_with("::error::x")), "{format}: {out}");
    }
}

#[test]
fn a_deep_body_and_a_body_of_many_members_end() {
    let deep = format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000));
    let many: Vec<String> = (0..50_000).map(|number| format!("\\\"m{number}\\\":{number}")).collect();
    let json = |body: &str| format!(r#"{{"status":200,"headers":{{"Content-Type":"application/json"}},"body":"{body}"}}"#);
    let lines = [line("GET", "/orders/1", &json(&deep)), line("GET", "/orders/2", &json(&format!("{{{}}}", many.join(","))))];
    let (code, out, err) = check(&lines, &["--format", "json"]);
    assert!(matches!(code, Some(0 | 1)) && err.is_empty(), "{err}");
    assert!(out.contains("\"exchanges\": 2"), "{out}");
}

#[test]
fn ten_thousand_different_faults_are_bounded() {
    let lines: Vec<String> =
        (0..30_000).map(|number| line("GET", &format!("/nowhere-{number:x}-{}", "z".repeat(number % 40)), FINE)).collect();
    let (code, out, err) = check(&lines, &["--format", "concise"]);
    assert!(code == Some(1) && err.contains("more faults of `undocumented-operation` are not listed"), "{err}");
    assert!(out.lines().count() < 25_000, "{}", out.lines().count());
}

//! What is never fixed: what is silenced, what others rely on, what would get worse, what is not of the project.

use std::fs;

use super::binary::{command, folder, run, said};

const GONE: &str = "openapi: 3.0.3
info: { title: Example, version: \"1\" }
paths:
  /orders:
    delete:
      responses:
        \"204\":
          description: Removed
          content: { application/json: {} }
        default: { description: What went wrong, content: { application/json: {} } }
";

/// The text of `api.yaml` after a run, with what was said on standard error.
fn after(files: &[(&str, &str)], arguments: &[&str]) -> (String, String) {
    let folder = folder(files);
    let (_, _, err) = said(&command(&folder, &[&["lint", "--unsafe-fixes"], arguments].concat()).output().unwrap());
    (fs::read_to_string(folder.path().join("api.yaml")).unwrap(), err)
}

#[test]
fn silenced_findings_are_not_fixed() {
    let allowed = GONE.replace(
        "          content:",
        "          # statusquo: allow no-content-with-content -- clients rely on it\n          content:",
    );
    let off = "rules: { no-content-with-content: off }\n";
    let cases: [(&str, Option<(&str, &str)>); 3] =
        [(&allowed, None), (GONE, Some(("statusquo.yaml", off))), (GONE, Some(("statusquo.yaml", "ignore: [api.yaml]\n")))];
    for (text, config) in cases {
        let files: Vec<(&str, &str)> = std::iter::once(("api.yaml", text)).chain(config).collect();
        assert_eq!(after(&files, &["--allow-none"]).0, text, "{config:?}");
    }
}

#[test]
fn what_the_baseline_knows_is_not_fixed() {
    let folder = folder(&[("api.yaml", GONE)]);
    let baseline = ["--baseline", "known.json"];
    said(&command(&folder, &[&["lint", "--write-baseline"][..], &baseline].concat()).output().unwrap());
    let (code, out, err) = said(&command(&folder, &[&["lint", "--unsafe-fixes"][..], &baseline].concat()).output().unwrap());
    assert_eq!((code, fs::read_to_string(folder.path().join("api.yaml")).unwrap()), (Some(0), GONE.to_owned()), "{out}{err}");
}

#[test]
fn what_others_rely_on_stays_and_it_is_said() {
    let anchored = GONE.replace(
        "content: { application/json: {} }\n        default",
        "content: &none { application/json: {} }\n        \"404\": { description: No, content: *none }\n        default",
    );
    let merged = GONE.replace("\"204\":\n", "\"204\": &gone\n") + "x-more: { <<: *gone }\n";
    let referenced = GONE.to_owned()
        + "x-more: {}\ncomponents:\n  responses:\n    Other:\n      description: Other\n      content: { $ref: '#/paths/~1orders/delete/responses/204/content' }\n";
    let cases = [
        (anchored, "an anchor that is used elsewhere"),
        (merged, "`<<` merges maps here"),
        (referenced, "a `$ref` elsewhere leads to it"),
    ];
    for (text, why) in cases {
        let (left, err) = after(&[("api.yaml", &text)], &["--only", "no-content-with-content"]);
        assert_eq!(left, text, "{err}");
        assert!(
            err.contains(&format!(
                "`no-content-with-content` at api.yaml:9:11 is not fixed: {}",
                if why.starts_with("an") { format!("it carries {why}") } else { why.to_owned() }
            )),
            "{err}"
        );
    }
}

#[test]
fn a_component_that_others_use_otherwise_stays() {
    let text = GONE.replace(
        "\"204\":\n          description: Removed\n          content: { application/json: {} }",
        "\"204\": { $ref: '#/components/responses/Gone' }\n        \"410\": { $ref: '#/components/responses/Gone' }",
    ) + "components: { responses: { Gone: { description: Removed, content: { application/json: {} } } } }\n";
    let (left, err) = after(&[("api.yaml", &text)], &["--only", "no-content-with-content"]);
    assert_eq!(left, text);
    assert!(err.contains("is not fixed: other responses use the same definition"), "{err}");
}

#[test]
fn a_fix_that_would_make_another_finding_is_left_out() {
    let text = GONE.replace(
        "\"204\":\n          description: Removed\n          content: { application/json: {} }",
        "4xx: { description: Refused }",
    );
    let (left, err) = after(&[("api.yaml", &text)], &[]);
    assert_eq!(left, text);
    assert!(err.contains("`lowercase-status-range` at api.yaml:7:9 is not fixed: it would add `error-without-content`"), "{err}");
}

#[test]
fn of_fixes_that_nobody_asked_for_nothing_is_said() {
    let twice = "openapi: 3.0.3\ninfo: { title: Example, version: '1' }\npaths:\n  /orders:\n    delete:\n      responses:\n        \
                 '200': { description: Removed }\n        '204': { description: Removed }\n        default: { description: Problem }\n";
    for (flag, is_said) in [("--fix", false), ("--unsafe-fixes", true)] {
        let (_, _, err) = run(&[("api.yaml", twice)], &["lint", flag, "--only", "ok-without-content"]);
        assert_eq!(err.contains("`ok-without-content` at api.yaml:7:9 is not fixed"), is_said, "{flag}: {err}");
    }
}

#[test]
fn files_outside_of_the_project_are_read_and_not_written() {
    let shared = "Gone:\n  description: Removed\n  content: { application/json: {} }\n";
    let text = GONE.replace(
        "\"204\":\n          description: Removed\n          content: { application/json: {} }",
        "\"204\": { $ref: '../shared.yaml#/Gone' }",
    );
    let folder = folder(&[("shared.yaml", shared), ("project/api.yaml", &text)]);
    let project = folder.path().join("project");
    let mut lint = command(
        &folder,
        &["lint", "--unsafe-fixes", "--allow-outside", "--only", "no-content-with-content", "--format", "concise", "api.yaml"],
    );
    let (code, out, err) = said(&lint.current_dir(&project).output().unwrap());
    assert_eq!(fs::read_to_string(folder.path().join("shared.yaml")).unwrap(), shared, "{err}");
    assert!(code == Some(1) && out.contains("shared.yaml:3:3: error"), "{out}{err}");
}

#[test]
fn broken_files_are_not_fixed() {
    let broken = GONE.to_owned() + "x-broken: \"no end\n";
    let (code, out, err) = run(&[("api.yaml", &broken)], &["lint", "--dry-run", "--unsafe-fixes"]);
    assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
}

#[test]
fn what_another_description_of_the_project_promises_stays() {
    let description = |status: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Example, version: '1' }}\npaths:\n  /orders:\n    delete:\n      responses:\n        \
             '{status}': {{ $ref: 'shared.yaml#/Gone' }}\n        default: {{ description: What went wrong }}\n"
        )
    };
    let shared = "Gone: { description: Removed, content: { application/json: {} } }\n";
    let (own, alike, other) = (description("204"), description("204"), description("200"));
    let all = [("a.yaml", own.as_str()), ("b.yaml", &alike), ("c.yaml", &other), ("shared.yaml", shared), (".git/HEAD", "")];
    for (users, named, is_fixed) in [(0..3, "a.yaml", false), (0..3, ".", false), (0..2, "a.yaml", true), (0..2, ".", true)] {
        let files = [&all[users.clone()], &all[3..]].concat();
        let folder = folder(&files);
        let arguments = ["lint", named, "--fix", "--no-config", "--only", "no-content-with-content,ok-without-content"];
        let (_, out, err) = said(&command(&folder, &arguments).output().unwrap());
        let now = fs::read_to_string(folder.path().join("shared.yaml")).unwrap();
        assert_eq!(now != shared, is_fixed, "{users:?} {named}: {now}{out}{err}");
        assert!(!out.contains("c.yaml"), "it was not asked for: {out}");
    }
}

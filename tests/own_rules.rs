//! Users' rules: what `statusquo test` says about them, and what is refused.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

#[path = "support/binary.rs"]
mod binary;

use binary::run;

/// A rule of which each test breaks one thing.
const RULE: &str = r#"id: bare-conflict
summary: A 409 has no content
severity: warning
why: A client wants to know.
select: response
where: { status: 409 }
require: { body: true }
message: "the {status} of {operation} has no content"
help: describe it
examples:
  - fail: a conflict with what?
    operation: |
      put:
        responses:
          "409": { description: Conflict } # warning
  - pass: it says so
    responses: |
      "409": { description: Conflict, content: { text/plain: {} } }
  - pass: other refusals may be silent
    responses: |
      "404": { description: No such order }
"#;

const DESCRIPTION: (&str, &str) = ("openapi.yaml", "openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths: {}\n");

fn tested(rule: &str) -> (Option<i32>, String, String) {
    run(&[("bare-conflict.yaml", rule)], &["test", "bare-conflict.yaml"])
}

#[test]
fn noisy_and_missing_lines_show_what_was_expected_and_found() {
    assert_eq!(tested(RULE), (Some(0), "1 rule, 3 examples, 0 problems\n".to_owned(), String::new()));
    let cases = [
        (
            "content: { text/plain: {} }",
            "x-content: {}",
            "bare-conflict.yaml:18: Noisy: `it says so` reports a warning here\n  \
             18 |       \"409\": { description: Conflict, x-content: {} }\n    \
             + warning: the 409 of GET /examples has no content (at `/paths/~1examples/get/responses/409`)\n\
             1 rule, 3 examples, 1 problem\n",
        ),
        (
            "Conflict } # warning",
            "Conflict, content: { text/plain: {} } } # warning",
            "bare-conflict.yaml:15: Missing: `a conflict with what?` must report a warning here\n  \
             15 |           \"409\": { description: Conflict, content: { text/plain: {} } } # warning\n    \
             - warning\n\
             1 rule, 3 examples, 1 problem\n",
        ),
        (
            "Conflict } # warning",
            "Conflict } # error",
            "bare-conflict.yaml:15: Missing and Noisy: `a conflict with what?` must report an error here, not a warning\n  \
             15 |           \"409\": { description: Conflict } # error\n    \
             - error\n    \
             + warning: the 409 of PUT /examples has no content (at `/paths/~1examples/put/responses/409`)\n\
             1 rule, 3 examples, 1 problem\n",
        ),
    ];
    for (from, to, expected) in cases {
        assert!(RULE.contains(from), "{from}");
        assert_eq!(tested(&RULE.replace(from, to)), (Some(1), expected.to_owned(), String::new()), "{to}");
    }
}

#[test]
fn examples_that_prove_nothing_are_told_which_one_is_missing() {
    let without = |title: &str| {
        let start = RULE.find(&format!("  - pass: {title}")).unwrap();
        let end = RULE[start + 4..].find("  - ").map_or(RULE.len(), |at| start + 4 + at);
        format!("{}{}", &RULE[..start], &RULE[end..])
    };
    let (code, out, _) = tested(&without("other refusals"));
    let expected = "bare-conflict.yaml:1: no example needs `where`: without it all of them come out the same\n  \
                    help: add a `pass` with a response that fails `require` and that `where` leaves out, or take `where` out\n\
                    1 rule, 2 examples, 1 problem\n";
    assert_eq!((code, out.as_str()), (Some(1), expected));
    let (_, out, _) = tested(&without("it says so"));
    assert!(out.contains("no example needs `require`") && out.contains("that `where` selects and that meets `require`"), "{out}");
    let (_, out, _) = tested(
        &RULE.replace("\"404\": { description: No such order }", "\"404\": { description: Gone, content: { text/plain: {} } }"),
    );
    assert!(out.contains(":21: `other refusals may be silent` proves nothing: "), "{out}");
}

#[test]
fn everything_that_is_wrong_with_rule_files_is_said_at_once() {
    let broken = RULE
        .replace("id: bare-conflict", "id: Bare conflict")
        .replace("severity: warning", "severity: warnin")
        .replace("select: response", "select: response\noptions: { a: { type: strin, default: x } }")
        .replace("status: 409", "statu: 409, all: [{ methd: get }, { holds: has-contnt }]")
        .replace("{status}", "{stats}");
    let second = "summary: No id\nselect: respons\nrequire: {}\n";
    let files = [("rules/bare-conflict.yaml", broken.as_str()), ("rules/second.yaml", second), ("rules/third.yaml", "")];
    let (code, out, err) = run(&files, &["test", "rules"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    for said in [
        "`Bare conflict` is no id",
        "`warnin` is no severity",
        "this option needs `doc`",
        "`statu` is no field of a response",
        "`methd` is no field of a response",
        "`has-contnt` is no predicate",
        "did you mean `has-content`?",
        "rules/second.yaml:1:1",
        "a rule needs an `id`",
        "`respons` is no kind of row",
        "`severity` is missing",
        "`why` is missing",
        "`message` is missing",
        "rules/third.yaml:1:1",
    ] {
        assert!(err.contains(said), "{said}\n{err}");
    }
}

#[test]
fn an_id_is_given_once() {
    let found = RULE.replace("bare-conflict", "found-redirect");
    let files = [
        ("a/bare-conflict.yaml", RULE),
        ("b/bare-conflict.yaml", RULE),
        ("b/found-redirect.yaml", &found),
        ("statusquo.yaml", "rule-files: [a, b, a]\n"),
        DESCRIPTION,
    ];
    for arguments in [&["test", "a", "b"][..], &["lint"]] {
        let (code, out, err) = run(&files, arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(
            err.contains("there is another rule `bare-conflict`, in a/bare-conflict.yaml\n --> b/bare-conflict.yaml:1:5"),
            "{err}"
        );
        assert!(err.contains("there is a built-in rule `found-redirect` already\n --> b/found-redirect.yaml:1:5"), "{err}");
        assert_eq!(err.matches("error: ").count(), 2, "{err}");
    }
}

#[test]
fn a_configuration_hides_none_of_its_mistakes() {
    let config =
        "rule-files: [gone, own]\nrules:\n  found-redirct: off\n  found-redirect: warn\n  bare-conflict: off\nfail: error\n";
    let broken = RULE.replace("status: 409", "statu: 409");
    let files = [DESCRIPTION, ("statusquo.yaml", config), ("own/bare-conflict.yaml", &broken)];
    let (code, out, err) = run(&files, &["lint", "--only", "nothing"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    for said in [
        "cannot read `gone`",
        "there is no rule `found-redirct`",
        "`warn` is no severity",
        "`fail` is no key of the configuration",
        "`statu` is no field",
        "`--only` names `nothing`",
    ] {
        assert!(err.contains(said), "{said}\n{err}");
    }
    // Its file is broken, but the rule is no unknown one.
    assert!(!err.contains("no rule `bare-conflict`"), "{err}");
}

#[test]
fn explain_knows_the_rules_of_the_configuration() {
    let explain = |config: &str, rule: &str| {
        let files = [("statusquo.yaml", config), ("api-rules/bare-conflict.yaml", RULE), ("api-rules/other.yaml", rule)];
        run(&files, &["explain", "bare-conflict"])
    };
    let other = RULE.replace("bare-conflict", "other");
    let (code, page, said) = explain("rule-files: [api-rules]\n", &other);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(page.starts_with("bare-conflict\n") && page.contains("A client wants to know."), "{page}");
    let (code, _, said) = explain("rule-files: [api-rules/other.yaml]\n", &other);
    assert!(code == Some(2) && said.contains("`bare-conflict` is neither a rule nor a status"), "{said}");
    for (config, rule, expected) in [
        ("rule-files: [api-rules/other.yaml]\n", "id: other\n", "`select` is missing"),
        ("rule-files: [nowhere]\n", other.as_str(), "cannot read `nowhere`"),
        ("rule-file: [api-rules]\n", other.as_str(), "did you mean `rule-files`?"),
    ] {
        let (code, _, said) = explain(config, rule);
        assert!(code == Some(2) && said.contains(expected), "{said}");
    }
}

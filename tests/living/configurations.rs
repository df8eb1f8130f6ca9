//! Overrides, entries that match nothing, and what set a severity.

use super::{ALLOW, Files, LOCATION, lines, messages, report, run};

const UNUSED: &str = "unused-configuration";

const API: &str = "\
openapi: 3.1.0
info: { title: a, version: '1' }
paths:
  /a:
    post:
      responses:
        '201': { description: Created }
        '405': { $ref: shared/errors.yaml#/NotAllowed }
        default: { description: Problem }
";

const ERRORS: (&str, &str) = ("shared/errors.yaml", "NotAllowed:\n  description: Method Not Allowed\n");

/// `file severity rule` of what two rules say under a configuration.
fn severities(config: &str, arguments: &[&str]) -> Vec<String> {
    let files = [("a.yaml", API), ("old/b.yaml", &API.replace("shared/", "../shared/")), ERRORS, ("statusquo.yaml", config)];
    let report = report(&files, arguments);
    let findings = report["findings"].as_array().unwrap().iter().filter(|one| one["rule"] == LOCATION || one["rule"] == ALLOW);
    let word = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    findings.map(|one| format!("{} {} {}", word(one, "file"), word(one, "severity"), word(one, "rule"))).collect()
}

#[test]
fn an_override_rules_over_the_file_where_a_finding_stands() {
    let plain = [
        "a.yaml warning created-without-location",
        "old/b.yaml warning created-without-location",
        "shared/errors.yaml warning method-not-allowed-without-allow",
    ];
    assert_eq!(severities("", &[]), plain);
    let cases: [(&str, &[usize], [&str; 3]); 7] = [
        ("overrides: [{ files: old/, rules: { created-without-location: off } }]", &[0, 2], plain),
        ("overrides: [{ files: [old, shared], rules: { method-not-allowed-without-allow: off } }]", &[0, 1], plain),
        // The description is not where the finding stands.
        ("overrides: [{ files: a.yaml, rules: { method-not-allowed-without-allow: off } }]", &[0, 1, 2], plain),
        (
            "overrides: [{ files: '*.yaml', rules: { created-without-location: note } }, { files: old/*, rules: { created-without-location: error } }]",
            &[0, 1, 2],
            ["a.yaml note created-without-location", "old/b.yaml error created-without-location", plain[2]],
        ),
        (
            "rules: { created-without-location: off }\noverrides: [{ files: old/, rules: { created-without-location: warning } }]",
            &[1, 2],
            plain,
        ),
        ("overrides: [{ files: elsewhere/, rules: { created-without-location: off } }]", &[0, 1, 2], plain),
        ("overrides: []", &[0, 1, 2], plain),
    ];
    for (config, expected, all) in cases {
        let expected: Vec<&str> = expected.iter().map(|&index| all[index]).collect();
        assert_eq!(severities(config, &[]), expected, "{config}");
    }
    let config = "overrides: [{ files: old/, rules: { created-without-location: off } }]";
    let flag = severities(config, &["--rule", "created-without-location=error"]);
    assert_eq!(flag[1], "old/b.yaml error created-without-location", "a flag wins");
}

#[test]
fn an_override_sets_options_and_checks_them() {
    let text = "openapi: 3.1.0\ninfo: { title: a, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        '200': { description: OK, content: { text/plain: {} } }\n        \
                '461': { description: Ours }\n        default: { description: Problem }\n";
    let config = "overrides:\n  - files: b.yaml\n    rules:\n      unregistered-status-code: { severity: error, options: { extra-status-codes: [461] } }\n";
    let report = report(&[("a.yaml", text), ("b.yaml", text), ("statusquo.yaml", config)], &[]);
    assert_eq!(lines(&report, &["unregistered-status-code"]).len(), 1);
    for (wrong, expected) in [
        ("{ options: { extra-status-code: [461] } }", " --> statusquo.yaml:4:46"),
        ("eror", "`eror` is no severity"),
        ("{ options: { extra-status-codes: many } }", "statusquo.yaml:4:"),
    ] {
        let config = format!("overrides:\n  - files: b.yaml\n    rules:\n      unregistered-status-code: {wrong}\n");
        let (code, out, err) = run(&[("a.yaml", text), ("statusquo.yaml", &config)], &["lint"]);
        assert!(code == Some(2) && out.is_empty() && err.contains(expected), "{wrong}: {err}");
    }
}

#[test]
fn verbose_says_what_set_a_severity() {
    let config = "rules:\n  created-without-location: note\noverrides:\n  - files: shared\n    rules:\n      method-not-allowed-without-allow: error\n";
    let files = [("a.yaml", API), ERRORS, ("statusquo.yaml", config)];
    let says = |arguments: &[&str]| run(&files, &[&["lint", "--only", LOCATION, "--only", ALLOW], arguments].concat()).1;
    let out = says(&["--verbose"]);
    assert!(out.contains("  severity: note (statusquo.yaml:2:3)\n"), "{out}");
    assert!(out.contains("  severity: error (statusquo.yaml:6:7)\n"), "{out}");
    assert!(!says(&[]).contains("severity:"));
    let out = says(&["--verbose", "--rule", "created-without-location=error", "--no-config"]);
    assert!(out.contains("  severity: error (--rule)\n") && out.matches("severity:").count() == 1, "{out}");
    let out = says(&["--verbose", "--rule", "created-without-location=warning", "--no-config"]);
    assert!(!out.contains("severity:"), "it is what the rule says anyway: {out}");
    let text = "openapi: 3.1.0\ninfo: { title: a, version: '1' }\npaths: { /a: { get: { responses: { 200: { description: OK, content: {text/plain: {}} }, default: { description: x } } } } }\n";
    let (_, out, _) = run(&[("a.yaml", text)], &["lint", "--only", "unquoted-status-code", "--preset", "strict", "--verbose"]);
    assert!(out.contains("  severity: warning (preset strict)\n"), "{out}");
}

#[test]
fn entries_that_match_nothing_are_findings_in_the_configuration() {
    let config = "ignore: [vendor/, old]\noverrides:\n  - files: [old/b.yaml, a.yaml, gone/**]\n    rules: { found-redirect: note }\nrule-files: [rules]\n";
    let files: Files<'_> =
        &[("a.yaml", API), ("old/b.yaml", API), ERRORS, ("statusquo.yaml", config), ("rules/README.md", "none\n")];
    let found = report(files, &[]);
    let place = |finding: &serde_json::Value| {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        format!(
            "{}:{}:{} {} {}",
            text("file"),
            finding["span"]["start"]["line"],
            finding["span"]["start"]["column"],
            text("pointer"),
            text("message")
        )
    };
    let places: Vec<String> =
        found["findings"].as_array().unwrap().iter().filter(|one| one["rule"] == UNUSED).map(place).collect();
    assert_eq!(
        places,
        [
            "statusquo.yaml:1:10 /ignore/0 `vendor/` in `ignore` matches no file",
            "statusquo.yaml:3:13 /overrides/0/files/0 `old/b.yaml` in `overrides` matches no file that is linted",
            "statusquo.yaml:3:33 /overrides/0/files/2 `gone/**` in `overrides` matches no file that is linted",
            "statusquo.yaml:5:14 /rule-files/0 `rules` in `rule-files` holds no rule",
        ]
    );
    assert_eq!(
        found["findings"].as_array().unwrap().iter().filter(|one| one["severity"] == "warning" && one["rule"] == UNUSED).count(),
        4
    );
    // Who names a file does not look at the others.
    let named = messages(&report(files, &["a.yaml"]), UNUSED);
    assert_eq!(named.len(), 1, "{named:?}");
    for quiet in [&["--only", LOCATION][..], &["--rule", "unused-configuration=off"], &["--no-config"]] {
        assert_eq!(messages(&report(files, quiet), UNUSED), Vec::<String>::new(), "{quiet:?}");
    }
    let (code, out, _) = run(files, &["lint", "--only", UNUSED]);
    assert!(code == Some(1) && out.contains("1 | ignore: [vendor/, old]"), "{out}");
    // It counts like every finding, and the order of formats does not matter.
    for format in ["text", "concise", "json", "jsonl", "sarif", "github", "markdown"] {
        let one = run(files, &["lint", "--format", format, "--jobs", "1"]);
        assert_eq!(run(files, &["lint", "--format", format, "--jobs", "8"]), one, "{format}");
        assert!(one.1.contains("statusquo.yaml"), "{format}");
    }
}

#[test]
fn explain_says_how_to_silence_a_rule() {
    let (_, out, _) = run(&[], &["explain", LOCATION]);
    for expected in [
        "# statusquo: allow created-without-location -- the reason",
        "\"x-statusquo-allow\": [\"created-without-location\"]",
        "created-without-location: off",
        "overrides:",
        "--rule created-without-location=off",
    ] {
        assert!(out.contains(expected), "{expected}\n{out}");
    }
    assert!(!run(&[], &["explain", UNUSED]).1.contains("x-statusquo-allow"));
}

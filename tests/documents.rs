//! What README.md and CONTRIBUTING.md show is what the program does.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

use std::path::Path;

#[path = "support/binary.rs"]
mod binary;

use binary::run;

const DESCRIPTION: (&str, &str) = (
    "openapi.yaml",
    "openapi: 3.1.0\ninfo: { title: Orders, version: '1' }\npaths:\n  /orders:\n    post:\n      responses:\n        \
     '409': { description: Two orders at once }\n        default: { description: Problem }\n",
);

fn document(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap().replace("\r\n", "\n")
}

/// The code blocks of a document that start with this line, without their fences.
fn blocks<'a>(document: &'a str, language: &'a str) -> impl Iterator<Item = &'a str> {
    let fences = document.split("\n```").skip(1).step_by(2);
    fences.filter_map(move |block| block.strip_prefix(language)?.strip_prefix('\n'))
}

#[test]
fn the_demo_in_the_readme_is_the_real_one() {
    let (code, out, err) = run(&[], &["demo"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let readme = document("README.md");
    let shown = blocks(&readme, "").find(|block| block.contains("success-with-error-body"));
    let expected = format!("$ statusquo demo\n{}", out.trim_end());
    assert_eq!(shown, Some(expected.as_str()), "put the output of `cargo run --release -- demo` into README.md");
}

#[test]
fn the_readme_names_every_command_and_every_format() {
    let (_, help, _) = run(&[], &["--help"]);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(commands.len() >= 6, "{commands:?}");
    let readme = document("README.md");
    for name in commands {
        assert!(readme.contains(&format!("statusquo {name}")), "{name}");
    }
    for format in statusquo::report::Format::ALL {
        assert!(readme.contains(&format!("`{}`", format.word())), "{}", format.word());
    }
}

#[test]
fn the_configuration_in_the_readme_and_the_rule_in_the_guide_work_together() {
    let readme = document("README.md");
    let guide = document("CONTRIBUTING.md");
    let config = blocks(&readme, "yaml").find(|block| block.starts_with("extends:")).unwrap();
    let rule = blocks(&guide, "yaml").next().unwrap();
    let files = [DESCRIPTION, ("statusquo.yaml", config), ("api-rules/conflict-without-content.yaml", rule)];
    let (code, out, err) = run(&files, &["test", "api-rules"]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "1 rule, 3 examples, 0 problems\n", ""));
    let (code, out, err) = run(&files, &["lint", "--format", "concise", "--only", "conflict-without-content"]);
    let expected = "openapi.yaml:7:9: warning: the 409 of POST /orders does not say what the request is in conflict with [conflict-without-content]\n";
    assert_eq!((code, out.as_str(), err.as_str()), (Some(1), expected, ""));
}

#[test]
fn the_rule_in_the_readme_holds_and_speaks() {
    let readme = document("README.md");
    let rule = blocks(&readme, "yaml").find(|block| block.contains("\nselect: ")).unwrap();
    let files = [DESCRIPTION, ("statusquo.yaml", "rule-files: api-rules\n"), ("api-rules/error-without-request-id.yaml", rule)];
    let (code, out, err) = run(&files, &["test", "api-rules"]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "1 rule, 3 examples, 0 problems\n", ""));
    let (code, out, err) = run(&files, &["lint", "--format", "concise", "--only", "error-without-request-id"]);
    let expected = "\
openapi.yaml:7:9: warning: the 409 of POST /orders does not declare the `X-Request-Id` that support asks for [error-without-request-id]
openapi.yaml:8:9: warning: the `default` of POST /orders does not declare the `X-Request-Id` that support asks for [error-without-request-id]
";
    assert_eq!((code, out.as_str(), err.as_str()), (Some(1), expected, ""));
}

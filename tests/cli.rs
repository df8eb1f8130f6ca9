//! What the real binary says and how it ends, apart from judging descriptions.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

use std::io::Write;
use std::process::Stdio;

#[path = "support/binary.rs"]
mod binary;

use binary::{command, folder, run, said};

const DESCRIPTION: (&str, &str) = ("openapi.yaml", "openapi: 3.1.0\ninfo: { title: a, version: '1' }\npaths: {}\n");

#[test]
fn help_and_version_are_no_errors() {
    let (code, out, err) = run(&[], &["--version"]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), concat!("statusquo ", env!("CARGO_PKG_VERSION"), "\n"), ""));
    let (code, out, err) = run(&[], &["lint", "--help"]);
    assert!(code == Some(0) && out.contains("--fail-on") && err.is_empty(), "{out}{err}");
}

#[test]
fn bad_usage_ends_with_two_and_leaves_standard_output_empty() {
    let cases: [(&[&str], &str); 15] = [
        (&[], "Usage: statusquo"),
        (&["lnit"], "some similar subcommands exist: 'init', 'lint'"),
        (&["openapi.yaml"], "to check that file: statusquo lint openapi.yaml"),
        (&["lint", "--rule", "found-redirect"], "write ID=SEVERITY, such as found-redirect=off"),
        (&["lint", "--rule", "found-redirect=warnning"], "`warnning` is no severity; did you mean `warning`?"),
        (&["lint", "--format", "jsn"], "`jsn` is no format; did you mean `json`?"),
        (&["lint", "--format", "json="], "the file is missing behind `json=`"),
        (
            &["lint", "--format", "json", "--format", "sarif"],
            "`--format json` and `--format sarif` would both go to the same place",
        ),
        (&["lint", "--format", "json=a.json", "--output", "b.json"], "`--output` has no report to take"),
        (&["lint", "--stdin-filename", "a.yaml"], "`--stdin-filename` names standard input, which is not read"),
        (&["lint", "--config", "a", "--no-config"], "cannot be used with"),
        (&["lint", "--verbose", "--quiet"], "cannot be used with"),
        (&["lint", "--jobs", "0"], "invalid value '0'"),
        (&["lint", "--only", "found-redir"], "did you mean `found-redirect`?"),
        (&["lint", "--only", "zzz"], "`statusquo rules` lists them"),
    ];
    for (arguments, expected) in cases {
        let (code, out, err) = run(&[DESCRIPTION], arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.contains(expected), "{arguments:?}\n{err}");
    }
}

#[test]
fn nothing_to_lint_says_what_was_looked_at() {
    let cases: [(&[(&str, &str)], &str); 4] = [
        (
            &[("a.yaml", "openapi: 3.1.0\n"), ("statusquo.yaml", "ignore: a.yaml\n")],
            "the configuration ignores 1 file, and 1 file was looked at",
        ),
        (&[], "no OpenAPI description in `.`: there are no YAML or JSON files that git does not ignore"),
        (&[("a.yaml", "a: 1\n")], "1 file was looked at, and it has no `openapi` or `swagger` at its root"),
        (&[("a.yaml", "a: 1\n"), ("b/c.json", "{}")], "2 files were looked at, and none has"),
    ];
    for (files, expected) in cases {
        let (code, out, err) = run(files, &["lint"]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains(expected) && err.contains("--allow-none"), "{err}");
        assert_eq!(run(files, &["lint", "--allow-none"]), (Some(0), String::new(), String::new()));
    }
}

#[test]
fn a_missing_path_ends_with_two_whatever_else_is_allowed() {
    let (code, out, err) = run(&[], &["lint", "gone.yaml", "--allow-none"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    let expected = "error: cannot read `gone.yaml`: there is no such file\n  = help: check the path; it is relative to the working directory\n";
    assert_eq!(err, expected);
}

#[test]
fn complaints_about_the_configuration_show_the_line() {
    let config = ("statusquo.yaml", "rules:\n  found-redirect: warnning\nfail: error\n");
    let (code, out, err) = run(&[DESCRIPTION, config], &["lint"]);
    let expected = "\
error: `warnning` is no severity
 --> statusquo.yaml:2:19
  |
2 |   found-redirect: warnning
  |                   ^^^^^^^^
  = help: did you mean `warning`?
error: `fail` is no key of the configuration
 --> statusquo.yaml:3:1
  |
3 | fail: error
  | ^^^^
  = help: did you mean `fail-on`?
";
    assert_eq!((code, out.as_str(), err.as_str()), (Some(2), "", expected));
}

#[test]
fn the_configuration_is_the_nearest_one_or_the_named_one() {
    let broken = |name| (name, "fail-on: maybe\n");
    let files = [("api/openapi.yaml", DESCRIPTION.1), broken("api/statusquo.yaml"), broken("other.yaml"), ("statusquo.yaml", "")];
    let says = |arguments: &[&str]| run(&files, arguments).2.lines().nth(1).unwrap_or_default().trim().to_owned();
    assert_eq!(says(&["lint"]), "--> api/statusquo.yaml:1:10");
    assert_eq!(says(&["lint", "--config", "other.yaml"]), "--> other.yaml:1:10");
    let (code, _, err) = run(&files, &["lint", "--config", "gone.yaml"]);
    assert!(code == Some(2) && err.contains("cannot read `gone.yaml`"), "{err}");
}

#[test]
fn colour_is_for_terminals_or_on_demand() {
    assert!(!run(&[], &["lint", "gone.yaml"]).2.contains('\u{1b}'));
    assert!(run(&[], &["lint", "gone.yaml", "--color", "always"]).2.contains('\u{1b}'));
}

#[test]
fn completions_are_written_for_every_shell() {
    for (shell, expected) in [
        ("bash", "_statusquo()"),
        ("zsh", "#compdef statusquo"),
        ("fish", "complete -c statusquo"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion"),
    ] {
        let (code, out, err) = run(&[], &["completions", shell]);
        assert!(code == Some(0) && err.is_empty() && out.contains(expected), "{shell}: {err}");
        assert!(out.contains("fail-on"), "{shell} knows the flags");
        let knows_words = ["bash", "zsh", "fish"].contains(&shell);
        assert_eq!(out.contains("sarif"), knows_words, "{shell} and the words of a flag");
        assert_eq!(out.contains("created-without-location"), knows_words, "{shell} and the rules");
    }
}

#[test]
fn a_configuration_with_another_name_is_not_passed_over_in_silence() {
    let description = ("openapi.yaml", "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: {}\n");
    let misnamed = ("statusquo.yml", "rules: {}\n");
    let (_, _, err) = run(&[description, misnamed], &["lint"]);
    assert!(err.contains("`statusquo.yml` is not read") && err.contains("call it `statusquo.yaml`"), "{err}");
    for arguments in [&["lint", "--config", "statusquo.yml"][..], &["lint", "--no-config"], &["lint", "--quiet"]] {
        assert!(!run(&[description, misnamed], arguments).2.contains("is not read"), "{arguments:?}");
    }
    assert!(!run(&[description, misnamed, ("statusquo.yaml", "rules: {}\n")], &["lint"]).2.contains("is not read"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = folder(&[]);
    let mut child = command(&folder, &["completions", "zsh"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn standard_input_is_looked_for_where_it_says_it_is() {
    let folder = folder(&[("api/statusquo.yaml", "fail-on: maybe\n")]);
    let mut child = command(&folder, &["lint", "-", "--stdin-filename", "api/openapi.yaml"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(DESCRIPTION.1.as_bytes()).unwrap();
    let (code, out, err) = said(&child.wait_with_output().unwrap());
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains(" --> api/statusquo.yaml:1:10"), "{err}");
}

//! A folder that is too large to be held is judged a few files at a time, and told of as if it were held.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests prepare their files and run the binary")]

use std::fs;
use std::process::Stdio;

use tempfile::TempDir;

#[path = "support/binary.rs"]
mod binary;

use binary::{command, folder, said};

/// How much text takes a folder of twelve files above what is held.
const PADDING: usize = 3 << 20;

/// A description with findings that are the same in every file.
fn description(number: usize) -> String {
    let padding = "x".repeat(PADDING);
    let responses = r#"{"201": {"description": "Created"}, "405": {"description": "No"}}"#;
    let paths = format!(r#"{{"/orders": {{"post": {{"responses": {responses}}}}}}}"#);
    match number % 3 {
        0 => format!(r#"{{"openapi": "3.1.0", "info": {{"title": "{padding}", "version": "1"}}, "paths": {paths}}}"#),
        1 => format!("openapi: 3.0.3\ninfo: {{title: {padding}, version: \"1\"}}\npaths: {paths}\n"),
        _ => format!(
            "swagger: \"2.0\"\ninfo: {{title: {padding}, version: \"1\"}}\n# statusquo: allow method-not-allowed-without-allow -- old\npaths: {paths}\n"
        ),
    }
}

/// A large folder; two files in it have to do with each other and with a fragment, and stand apart in the order of names.
fn large() -> TempDir {
    let tied = "openapi: 3.1.0\ninfo: {title: a, version: \"1\"}\npaths:\n  /a:\n    get:\n      responses:\n        \"405\": {$ref: 'z/shared.yaml#/no'}\n";
    let folder = folder(&[
        ("d/04-tied.yaml", &tied.replace("z/", "../z/")),
        ("zz.yaml", tied),
        ("z/shared.yaml", "no: {description: No}\n"),
        ("d/notes.yaml", "what: openapi is only mentioned here\n"),
        ("d/lost.yaml", "openapi: 3.1.0\ninfo: {title: a, version: \"1\"}\npaths: {/a: {$ref: gone.yaml}}\n"),
        ("statusquo.yaml", "ignore: [nothing/**]\nrules:\n  missing-not-found: error\n"),
    ]);
    for number in 0..12 {
        let name = format!("d/{number:02}.{}", if number % 3 == 0 { "json" } else { "yaml" });
        fs::write(folder.path().join(name), description(number)).unwrap();
    }
    folder
}

fn lint(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    said(&command(folder, &[&["lint", "."], arguments].concat()).stdin(Stdio::null()).output().unwrap())
}

/// What the same run says that holds all files, as one must that tells what it passed over.
fn held(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String) {
    let (code, out, _) = lint(folder, &[arguments, &["--verbose"]].concat());
    (code, out)
}

#[test]
fn every_format_in_pieces_is_what_it_would_be_as_a_whole() {
    let folder = large();
    for format in ["json", "jsonl", "concise"] {
        let (code, out, errors) = lint(&folder, &["--format", format]);
        let expected = held(&folder, &["--format", format]);
        assert!(out == expected.1, "{format} differs");
        assert_eq!((code, errors.as_str()), (expected.0, ""), "{format}");
        for told in ["d/04-tied.yaml", "gone.yaml", "z/shared.yaml", "statusquo.yaml", "nothing/**", "d/11.yaml"] {
            assert!(out.contains(told), "{format} says nothing of {told}");
        }
    }
    let (code, out, _) = lint(&folder, &["--format", "json", "--only", "missing-not-found", "--fail-on", "never"]);
    assert_eq!((code, out), held(&folder, &["--format", "json", "--only", "missing-not-found", "--fail-on", "never"]));
}

#[test]
fn where_nothing_is_found_the_report_is_that_of_a_small_run() {
    let folder = large();
    for format in ["json", "jsonl", "concise"] {
        let arguments = ["--format", format, "--only", "redirect-loop"];
        let (code, out, errors) = lint(&folder, &arguments);
        assert_eq!((code, errors.as_str()), (Some(0), ""), "{format}");
        assert_eq!((code, out), held(&folder, &arguments), "{format}");
    }
}

#[test]
fn a_reader_that_goes_away_changes_nothing_about_the_end() {
    let folder = large();
    let mut run = command(&folder, &["lint", ".", "--format", "concise"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(run.stdout.take());
    assert_eq!(run.wait().unwrap().code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run() {
    let folder = large();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let (code, _, errors) = said(&command(&folder, &["lint", ".", "--format", "json"]).stdout(full).output().unwrap());
    assert_eq!(code, Some(2), "{errors}");
    assert!(errors.contains("cannot write to standard output: no space left on device"), "{errors}");
}

#[test]
fn several_reports_of_one_run_are_written() {
    let folder = large();
    let targets = ["--format", "json=all.json", "--format", "concise"];
    let (code, out, _) = lint(&folder, &targets);
    let json = fs::read_to_string(folder.path().join("all.json")).unwrap();
    assert_eq!(code, Some(1));
    assert_eq!(out, held(&folder, &["--format", "concise"]).1);
    assert!(json == held(&folder, &["--format", "json"]).1);
    let (code, _, errors) = lint(&folder, &["--format", "json=d/00.json"]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("would overwrite `d/00.json`"), "{errors}");
    let (code, _, errors) = lint(&folder, &["--format", "json=none/all.json"]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("cannot write `none/all.json`"), "{errors}");
}

#[test]
fn a_reference_that_nothing_showed_is_followed_all_the_same() {
    let folder = large();
    let hidden = fs::read_to_string(folder.path().join("d/00.json")).unwrap();
    let hidden = hidden.replace(r#"{"description": "No"}"#, r#"{"\u0024ref": "../z/shared.yaml#/no"}"#);
    fs::write(folder.path().join("d/00.json"), hidden).unwrap();
    let (code, out, _) = lint(&folder, &["--format", "json"]);
    assert!((code, out.clone()) == held(&folder, &["--format", "json"]));
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let of_fragment = report["findings"].as_array().unwrap().iter().find(|finding| finding["file"] == "z/shared.yaml").unwrap();
    assert_eq!(of_fragment["operations"], serde_json::json!(["POST /orders", "GET /a", "GET /a"]));
}

#[test]
fn a_large_folder_without_a_description_is_said_to_have_none() {
    let text = format!("what: openapi {}\n", "x".repeat(12 * PADDING));
    let (code, out, errors) = binary::run(&[("a.yaml", &text)], &["lint", ".", "--format", "json"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(errors.contains("1 file was looked at, and it has no `openapi` or `swagger` at its root"), "{errors}");
}

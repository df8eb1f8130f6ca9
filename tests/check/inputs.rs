//! Which recordings are read from where, and what is said about those that cannot be.

use std::io::Write as _;
use std::process::Stdio;

use super::binary::{command, folder, run, said};
use super::{API, FINE, check, line};

#[test]
fn standard_input_files_and_folders_are_recordings() {
    let fine = line("GET", "/orders/7", FINE);
    let folder =
        folder(&[API, ("runs/a.ndjson", &fine), ("runs/deep/b.jsonl", &fine), ("runs/notes.json", "{}"), ("runs/c.txt", &fine)]);
    let arguments = ["check", "-", "runs", "runs/c.txt", "--spec", "openapi.yaml", "--format", "json"];
    let mut child =
        command(&folder, &arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(fine.as_bytes()).unwrap();
    let (code, out, err) = said(&child.wait_with_output().unwrap());
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["summary"]["exchanges"], 4, "{out}");
}

#[test]
fn gzip_is_unpacked() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(line("GET", "/orders/7", FINE).as_bytes()).unwrap();
    let folder = folder(&[API]);
    std::fs::write(folder.path().join("run.gz"), packed.finish().unwrap()).unwrap();
    let output = command(&folder, &["check", "run.gz", "--spec", "openapi.yaml", "--format", "json"]).output().unwrap();
    let (code, out, _) = said(&output);
    assert!(code == Some(0) && out.contains("\"exchanges\": 1"), "{out}");
}

#[test]
fn what_is_no_recording_is_said_and_the_others_are_judged() {
    let fine = line("GET", "/orders/7", FINE);
    let files = [
        API,
        ("run.ndjson", fine.as_str()),
        ("notes.txt", "hello"),
        ("cut.har", "{\"log\":{\"version\":\"1.2\"}}"),
        ("empty.har", ""),
    ];
    let (code, out, err) = run(
        &files,
        &["check", "notes.txt", "cut.har", "empty.har", "gone.har", "run.ndjson", "--spec", "openapi.yaml", "--format", "json"],
    );
    assert_eq!(code, Some(2));
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["summary"]["exchanges"], 1, "{out}");
    for word in ["`notes.txt` is no recording", "`cut.har`", "`empty.har`", "cannot read `gone.har`: there is no such file"] {
        assert!(err.contains(word), "{word}\n{err}");
    }
}

#[test]
fn a_broken_entry_is_a_finding_with_its_place_and_the_rest_goes_on() {
    let lines = [line("GET", "/orders/7", FINE), "{\"request\":".to_owned(), line("GET", "/orders/8", FINE)];
    let (code, out, _) = check(&lines, &["--format", "concise", "--only", "invalid-entry"]);
    assert_eq!(code, Some(0), "a note fails nothing");
    assert!(out.starts_with("run.ndjson:2:1: note: ") && out.contains("[invalid-entry]"), "{out}");
    let (_, out, _) = check(&lines, &["--format", "json"]);
    assert!(out.contains("\"exchanges\": 2") && out.contains("\"broken\": 1"), "{out}");
}

#[test]
fn bad_usage_says_what_to_do() {
    let cases: [(&[&str], &str); 8] = [
        (&["check"], "<RECORDING>"),
        (&["check", "run.ndjson"], "--spec"),
        (&["check", "run.ndjson", "--spec", "openapi.yaml", "--no-spec"], "cannot be used with"),
        (&["check", "run.ndjson", "--spec", "gone.yaml"], "cannot read `gone.yaml`: there is no such file"),
        (&["check", "run.ndjson", "--spec", "run.ndjson"], "no OpenAPI description in `run.ndjson`"),
        (&["check", "run.ndjson", "--spec", "openapi.yaml", "--forbid-status", "4x"], "`4x`, which is no status"),
        (&["check", "run.ndjson", "--spec", "openapi.yaml", "--max-body", "big"], "write a number of bytes"),
        (&["check", "run.ndjson", "--spec", "openapi.yaml", "--fail-under", "200"], "from 0 to 100"),
    ];
    let fine = line("GET", "/orders/7", FINE);
    for (arguments, expected) in cases {
        let (code, out, err) = run(&[API, ("run.ndjson", &fine)], arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.contains(expected), "{arguments:?}\n{err}");
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let lines: Vec<String> = (0..500)
        .flat_map(|id| {
            let wrong = r#"{"status":200,"headers":{"Content-Type":"application/json"},"body":"{}"}"#;
            [
                line("GET", &format!("/orders/{id}"), wrong),
                line("DELETE", &format!("/orders/{id}"), r#"{"status":200,"headers":{}}"#),
            ]
        })
        .collect();
    let one = check(&lines, &["--format", "json", "--jobs", "1"]);
    assert_eq!(one, check(&lines, &["--format", "json", "--jobs", "8"]));
    assert!(one.1.contains("response-schema-mismatch"), "{}", one.1);
}

#[cfg(unix)]
#[test]
fn what_came_before_ctrl_c_is_reported() {
    let folder = folder(&[API]);
    let mut child = command(&folder, &["check", "-", "--spec", "openapi.yaml", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for id in 0..3 {
        writeln!(stdin, "{}", line("GET", &format!("/orders/{id}"), FINE)).unwrap();
    }
    stdin.flush().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(1));
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let (code, out, err) = said(&child.wait_with_output().unwrap());
    drop(stdin);
    assert!(code == Some(2) && err.contains("interrupted"), "{err}");
    assert!(out.contains("\"exchanges\": 3") && out.contains("\"interrupted\": true"), "{out}");
}

#[test]
fn a_run_that_checks_nothing_does_not_look_clean() {
    let elsewhere =
        r#"{"request":{"method":"GET","url":"http://localhost:8080/orders/7"},"response":{"status":404,"headers":{}}}"#;
    let cases: [(&str, &str); 3] = [
        (elsewhere, "none of the 1 exchanges belongs to an operation"),
        ("{\"log\":{\"entries\":[]}}", "no exchange was checked"),
        ("{\"log\":{\"entries\":[{},{}]}}", "no exchange was checked: 2 entries"),
    ];
    for (recording, expected) in cases {
        let (code, _, err) = run(&[API, ("run", recording)], &["check", "run", "--spec", "openapi.yaml"]);
        assert!(code == Some(2) && err.contains(expected), "{recording}\n{err}");
    }
}

#[test]
fn paths_of_contracts_stand_behind_the_base_path() {
    let contract = r#"{"consumer":{"name":"a"},"provider":{"name":"b"},"interactions":[{"description":"an order","request":{"method":"GET","path":"/orders/7"},"response":{"status":200,"headers":{"Content-Type":"application/json"},"body":{"id":7}}}]}"#;
    let (code, out, _) =
        run(&[API, ("pact.json", contract)], &["check", "pact.json", "--spec", "openapi.yaml", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &report["summary"]["matched"]), (Some(0), &1.into()), "{out}");
}

#[test]
fn bytes_in_cassettes_and_entries_of_hars_line_by_line_are_read() {
    let cassette = "interactions:\n- request: {body: null, headers: {}, method: GET, uri: 'https://api.example.com/v1/orders/7'}\n  response:\n    body:\n      string: !!binary |\n        eyJpZCI6InNldmVuIn0=\n    headers: {Content-Type: [application/json]}\n    status: {code: 200, message: OK}\nversion: 1\n";
    let entry = r#"{"request":{"method":"GET","url":"https://api.example.com/v1/orders/7","headers":[]},"response":{"status":200,"headers":[{"name":"Content-Type","value":"application/json"}],"content":{"size":14,"mimeType":"application/json","text":"{\"id\":\"seven\"}"}}}"#;
    let log = format!("# started\n{{\"level\":\"info\"}}\n{entry}\n");
    for (name, recording) in [("cassette.yaml", cassette), ("entries.jsonl", entry), ("log.jsonl", &log)] {
        let (code, out, err) = run(&[API, (name, recording)], &["check", name, "--spec", "openapi.yaml", "--format", "concise"]);
        assert!(code == Some(1) && out.contains("`/id` is a string and must be an integer"), "{name}: {out}{err}");
    }
}

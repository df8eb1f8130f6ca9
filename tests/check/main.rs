//! What the real binary says about recorded traffic, and how it ends.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

#[path = "../support/binary.rs"]
mod binary;
mod findings;
mod hostile;
mod inputs;
mod secrets;
mod shop;

use binary::run;

/// A small API for tests.
const API: (&str, &str) = (
    "openapi.yaml",
    r#"openapi: 3.1.0
info: { title: Orders, version: "1" }
servers: [{ url: "https://api.example.com/v1" }]
paths:
  /orders/{id}:
    get:
      responses:
        "200":
          description: The order
          content:
            application/json:
              schema: { type: object, required: [id], properties: { id: { type: integer }, note: { type: string } } }
        "404": { description: No such order }
  /orders:
    post:
      responses:
        "201": { description: Created, headers: { Location: { schema: { type: string } } } }
        default: { description: What went wrong }
"#,
);

/// One exchange as a line of a recording.
fn line(method: &str, path: &str, response: &str) -> String {
    format!(r#"{{"request":{{"method":"{method}","url":"https://api.example.com/v1{path}"}},"response":{response}}}"#)
}

const FINE: &str = r#"{"status":200,"headers":{"Content-Type":"application/json"},"body":"{\"id\":7}"}"#;

/// What `check` says about these lines with further arguments.
fn check(lines: &[String], arguments: &[&str]) -> (Option<i32>, String, String) {
    let recording = lines.join("\n");
    let arguments: Vec<&str> = ["check", "run.ndjson", "--spec", "openapi.yaml"].iter().chain(arguments).copied().collect();
    run(&[API, ("run.ndjson", &recording)], &arguments)
}

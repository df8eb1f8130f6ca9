//! What the real binary says about a new description against an old one, and how it ends.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests make the files that they look at"
)]

mod accepted;
#[path = "../support/binary.rs"]
mod binary;
mod catalogue;
mod git;
mod introduced;
mod reports;
#[path = "../support/repository.rs"]
mod repository;
mod settings;
mod sides;
mod unread;
mod versions;

use binary::run;

/// A small API for tests.
const OLD: &str = r##"openapi: 3.0.3
info: { title: Orders, version: 1.2.0 }
paths:
  /orders/{id}:
    get:
      responses:
        "200":
          description: The order
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Order" }
        "404": { description: No such order }
    put:
      responses:
        "200":
          description: The changed order
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Order" }
  /orders:
    post:
      responses:
        "201": { description: Created, headers: { Location: { schema: { type: string } } } }
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: integer }
        state: { type: string, enum: [open, paid] }
        note: { type: string }
"##;

/// The same with a change of the shared schema: one that breaks, one that may.
fn changed() -> String {
    OLD.replace("id: { type: integer }", "id: { type: string }").replace("[open, paid]", "[open, paid, sent]")
}

/// What `diff` says about these two descriptions with further arguments.
fn diff(old: &str, new: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let arguments = [&["diff", "old.yaml", "new.yaml"], arguments].concat();
    run(&[("old.yaml", old), ("new.yaml", new)], &arguments)
}

/// The findings of a JSON report, each as `class rule`.
fn classes(report: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(report).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("lint").to_owned();
    findings.iter().map(|finding| format!("{} {}", text(&finding["class"]), text(&finding["rule"]))).collect()
}

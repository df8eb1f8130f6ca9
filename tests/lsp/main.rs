//! What the language server says to editors: scripted sessions with the real binary, and one with Neovim.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests run programs and make the files that they look at"
)]

#[path = "../support/binary.rs"]
#[expect(dead_code, reason = "a server is not run to its end at once")]
mod binary;
mod client;
mod editing;
mod files;
mod neovim;
mod protocol;

/// A description in two files, with text before some places that UTF-8 and UTF-16 count differently.
const ROOT: &str = "openapi: 3.1.0
info: { title: Grüße, version: '1' }
paths:
  /orders:
    post:
      responses:
        \"201\": { description: Created }
        \"302\": { description: \"ä🙂\", $ref: 'parts.yaml#/Moved' }
        default: { $ref: '#/components/responses/Problem' }
components:
  responses:
    Problem: { description: \"🙂\", content: { application/json: { schema: { type: object } } } }
";

const PARTS: &str = "Moved: { description: Elsewhere for now }\n";

/// Only what these tests are about is reported.
const CONFIG: &str = "extends: [wire]\nrules:\n  created-without-location: warning\n  redirect-without-location: warning\n  method-rewriting-redirect: off\n  found-redirect: off\n";

//! How long the language server takes from a changed text to the diagnostics for it, on a description of 1 MB. The time of
//! reading the text alone stands beside it. Ends with an error where few findings take more than 30 ms.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_precision_loss,
    reason = "a bench makes its data, runs the program and prints its figures"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::json;
use statusquo::source::SourceId;
use statusquo::syntax::read;

#[path = "../tests/lsp/client.rs"]
#[expect(dead_code, reason = "the tests need more of it")]
mod client;
#[path = "../tests/support/generated.rs"]
#[expect(dead_code, reason = "it makes other descriptions, too")]
mod generated;

const ROUNDS: i32 = 31;

/// The longest that a description with few findings may take, in milliseconds.
const MOST: f64 = 30.0;

fn main() -> ExitCode {
    let mut is_slow = false;
    for (name, text) in [("full.yaml", generated::whole_yaml(1_200)), ("plain.yaml", plain())] {
        let mut times = Vec::new();
        let mut client = client::Client::ready(tempfile::tempdir().unwrap());
        client.open(name, &text);
        let found = client.diagnostics(name, &json!(1)).len();
        for version in 2..ROUNDS + 2 {
            let changed = text.replace("version: '1'", &format!("version: '{version}'"));
            let start = Instant::now();
            client.change(name, version, &changed);
            client.diagnostics(name, &json!(version));
            times.push(start.elapsed());
        }
        let parse = (0..ROUNDS).map(|_| {
            let start = Instant::now();
            black_box(read(SourceId(0), name, text.as_bytes().to_vec()));
            start.elapsed()
        });
        let size = text.len() as f64 / 1e6;
        is_slow |= name == "full.yaml" && median(&mut times) > MOST;
        println!("{name:12} {size:.2} MB, {found} diagnostics: {} (parsing alone {})", shown(times), shown(parse.collect()));
        client.leave();
    }
    if is_slow { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

fn shown(mut times: Vec<Duration>) -> String {
    let median = median(&mut times);
    let best = times.first().map_or(0.0, |time| time.as_secs_f64() * 1e3);
    format!("median {median:.1} ms, best {best:.1} ms")
}

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Things, version: '1' }\npaths:\n";

/// Thousands of findings.
fn plain() -> String {
    let mut text = HEAD.to_owned();
    for path in 0..5_500 {
        let _ = write!(
            text,
            "  /things{path}:\n    post:\n      operationId: createThing{path}\n      responses:\n        '201':\n          description: Created\n        \
             '405':\n          description: Method Not Allowed\n"
        );
    }
    text
}

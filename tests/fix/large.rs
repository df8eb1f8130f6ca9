//! Ten thousand findings that can be fixed, in one file: the time grows with the file, not with its square.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::binary::{command, folder, said};

/// A description with so many responses that lack `Allow`.
fn description(count: usize) -> String {
    let mut text = "openapi: 3.0.3\ninfo: { title: Large, version: \"1\" }\npaths:\n".to_owned();
    for number in 0..count {
        let _ = write!(
            text,
            "  /things{number}:\n    get:\n      responses:\n        '405':\n          description: Not allowed here\n          content: {{ application/json: {{}} }}\n"
        );
    }
    text
}

fn time(count: usize) -> Duration {
    let folder = folder(&[("api.yaml", &description(count))]);
    let start = Instant::now();
    let arguments = ["lint", "--dry-run", "--unsafe-fixes", "--only", "method-not-allowed-without-allow"];
    let (code, out, err) = said(&command(&folder, &arguments).output().unwrap());
    assert_eq!((code, out.matches("+            Allow:").count()), (Some(1), count), "{err}");
    start.elapsed()
}

#[test]
fn ten_thousand_fixes_end_soon() {
    let (small, large) = (time(1_000), time(10_000));
    let limit = small * 30 + Duration::from_secs(2);
    assert!(large < limit, "1,000 fixes took {small:?}, 10,000 took {large:?}");
}

//! How fast: parsing alone, linting alone, the whole run. `cargo bench` prints the medians.
//! Read them as ratios: a shared machine drifts, and everything here is measured in one process.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench reads its data and prints its figures"
)]

#[path = "../tests/support/generated.rs"]
#[expect(dead_code, reason = "it makes other descriptions, too")]
mod generated;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use statusquo::lint::{Job, lint};
use statusquo::openapi::load;
use statusquo::provider::InMemory;
use statusquo::report::{Format, Options, Report, write};
use statusquo::rules::{RuleSet, Settings, builtin};
use statusquo::source::SourceId;
use statusquo::syntax::read;

const ROUNDS: usize = 9;

fn main() {
    let rules = RuleSet::new(builtin().0);
    println!("{:28} {:>8} {:>16} {:>16} {:>16}", "", "size", "parse", "lint", "parse+lint+json");
    for (name, text) in inputs() {
        bench(&rules, &name, &text);
    }
    println!("{:28} {:>34}", "loading the rules", shown(median(|| drop(black_box(builtin())))));
}

/// Generated descriptions, and the largest real ones where they are.
fn inputs() -> Vec<(String, String)> {
    let mut inputs =
        vec![("generated.yaml".to_owned(), generated::yaml(2_000)), ("generated.json".to_owned(), generated::json(2_000))];
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus/github");
    for name in ["api.github.com.json", "api.github.com.derived.yaml"] {
        if let Ok(text) = std::fs::read_to_string(folder.join(name)) {
            inputs.push((name.to_owned(), text));
        }
    }
    inputs
}

fn bench(rules: &RuleSet, name: &str, text: &str) {
    let provider = InMemory::new().with(name, text);
    let project = load(&[name.to_owned()], &provider).project;
    let settings = Settings::default();
    let descriptions = rules.descriptions();
    let job = || project.files().map(|file| Job { file, settings: &settings }).collect::<Vec<_>>();
    let parse = median(|| drop(black_box(read(SourceId(0), name, text.as_bytes().to_vec()))));
    let judge = median(|| drop(black_box(lint(&project, rules, &job()))));
    let whole = median(|| {
        let project = load(&[name.to_owned()], &provider).project;
        let jobs: Vec<Job<'_>> = project.files().map(|file| Job { file, settings: &settings }).collect();
        let outcome = lint(&project, rules, &jobs);
        let report = Report {
            findings: &outcome.findings,
            sources: project.sources(),
            summary: &outcome.summary,
            rules: &descriptions,
            coverage: None,
        };
        let mut out = Vec::new();
        drop(write(Format::Json, &report, &Options::default(), &mut out));
        black_box(out);
    });
    let size = text.len() as f64 / 1e6;
    let rate = |time: Duration| format!("{} {:>5.0} MB/s", shown(time), size / time.as_secs_f64());
    println!("{name:28} {size:>5.1} MB {:>16} {:>16} {:>16}", rate(parse), shown(judge), rate(whole));
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

//! What each doubling of an input costs in processor time and memory, by the real binary on one thread, half and whole by turns.
//! Series are 1 to 128 MB of JSON and of YAML, and numbers of findings, operations, references and rules. Ends with an error
//! where a doubling costs more than 2.3 times as much. "own" is the ratio of the program's time without that of the system for
//! it, which has to clear all memory that it hands out.
//!
//! `cargo bench --bench doubling -- yaml runs=3 steps=5 binary=/usr/bin/statusquo` runs one series, three times each, five
//! doublings far, with another binary.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    reason = "a bench makes its files and prints its figures"
)]

#[path = "doubling/measure.rs"]
mod measure;
#[path = "doubling/series.rs"]
mod series;

use std::path::Path;
use std::process::ExitCode;

use series::SERIES;
use tempfile::TempDir;

/// The most that twice the input may cost, as a multiple.
const MOST: f64 = 2.3;

/// What takes less time than this, in seconds, says more about the machine than about the input.
const LEAST_TIME: f64 = 0.02;

/// Whether each doubling of a series costs what it may.
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [measure::ALONE, command @ ..] = words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        return measure::alone(command);
    }
    let option = |name: &str| words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    let number = |name, otherwise| option(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (runs, steps) = (number("runs", 7), number("steps", 7));
    let binary = Path::new(option("binary").unwrap_or(env!("CARGO_BIN_EXE_statusquo")));
    let names: Vec<&String> = words.iter().filter(|word| !word.contains('=')).collect();
    let wanted = SERIES.iter().filter(|series| names.is_empty() || names.iter().any(|name| *name == series.name));
    println!("{:12} {:>10} {:>9} {:>10} {:>7} {:>7} {:>10} {:>7}", "", "", "MB", "cpu ms", "ratio", "own", "peak MB", "ratio");
    let dear: usize = wanted.map(|series| run(series, binary, steps, runs)).sum();
    if dear == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints a series; gives the number of doublings that cost too much.
fn run(series: &series::Series, binary: &Path, steps: usize, runs: usize) -> usize {
    let mut before: Option<TempDir> = None;
    let mut dear = 0;
    for step in 0..=steps {
        let count = series.first << step;
        let folder = tempfile::tempdir().unwrap();
        let size: usize = series.write(count, folder.path());
        let half = before.as_ref().unwrap_or(&folder);
        let [less, cost] = measure::medians(binary, series.arguments, [half.path(), folder.path()], runs);
        let ratios = before.is_some().then(|| [cost.time / less.time, cost.own_time / less.own_time, cost.memory / less.memory]);
        let [time, own_time, memory] = ratios.map_or([const { String::new() }; 3], |ratios| ratios.map(shown));
        let is_dear = ratios.is_some_and(|[time, _, memory]| memory > MOST || time > MOST && cost.time > LEAST_TIME);
        dear += usize::from(is_dear);
        println!(
            "{:12} {count:>10} {:>9.1} {:>10.1} {time:>7} {own_time:>7} {:>10.1} {memory:>7}{}",
            series.name,
            size as f64 / 1e6,
            cost.time * 1e3,
            cost.memory / 1e6,
            if is_dear { "  more than it may" } else { "" }
        );
        before = Some(folder);
    }
    dear
}

fn shown(ratio: f64) -> String {
    format!("{ratio:.2}")
}

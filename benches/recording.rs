//! How fast recordings are read, on one thread: splitting alone, and splitting with reading. Where the system tells it,
//! the time is that of the processor, so that other programs do not count. Give it files:
//! `cargo bench --bench recording -- run.har run.ndjson` (`cargo run --release --example recording` writes them).
#![expect(clippy::disallowed_methods, clippy::print_stdout, clippy::cast_precision_loss, reason = "a bench prints its figures")]

use std::fs::File;
use std::hint::black_box;
use std::time::{SystemTime, UNIX_EPOCH};

use statusquo::traffic::{Limits, Recording};

const ROUNDS: usize = 3;

fn main() {
    println!("{:32} {:>8} {:>16} {:>16}", "", "MB", "split", "split and read");
    for path in std::env::args().skip(1).filter(|argument| !argument.starts_with('-')) {
        let megabytes = File::open(&path).and_then(|file| file.metadata()).map_or(0.0, |data| data.len() as f64 / 1e6);
        let name = path.rsplit('/').next().unwrap_or(&path);
        let (split, read) = (best(&path, false), best(&path, true));
        println!("{name:32} {megabytes:8.0} {:11.0} MB/s {:11.0} MB/s", megabytes / split, megabytes / read);
    }
}

/// The best time of some rounds, in seconds.
fn best(path: &str, read: bool) -> f64 {
    (0..ROUNDS).map(|_| run(path, read).unwrap_or(f64::NAN)).fold(f64::INFINITY, f64::min)
}

fn run(path: &str, read: bool) -> Option<f64> {
    let start = seconds();
    let mut recording = Recording::open(File::open(path).ok()?, Limits::default()).ok()?;
    while let Some(element) = recording.next_raw().ok()? {
        if read {
            black_box(element.into_entries());
        }
    }
    Some(seconds() - start)
}

/// The time that this thread was on a processor (Linux), or else that of the clock.
fn seconds() -> f64 {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    match statistics.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()) {
        Some(nanoseconds) => nanoseconds / 1e9,
        None => SystemTime::now().duration_since(UNIX_EPOCH).map_or(f64::NAN, |time| time.as_secs_f64()),
    }
}

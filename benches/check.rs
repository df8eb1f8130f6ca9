//! How fast and in how much memory the real binary checks recordings of 500 MB: half JSON bodies and half others, and none of
//! JSON. The figure that counts is megabytes for each second of processor time. A number as argument makes smaller
//! recordings: `cargo bench --bench check -- 100`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    reason = "a bench makes its files and prints its figures"
)]

#[path = "../examples/recording.rs"]
#[expect(dead_code, reason = "the example has a command line of its own")]
mod recording;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use recording::Kind;

const MIXED: &[Kind] = &[Kind::Json, Kind::Text, Kind::Json, Kind::Base64];
const WITHOUT_JSON: &[Kind] = &[Kind::Text, Kind::Base64];

/// Clock ticks of `/proc` in a second: the same on every Linux.
const TICKS: f64 = 100.0;

fn main() {
    let size = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(500);
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("openapi.json");
    std::fs::write(&spec, recording::DESCRIPTION).unwrap();
    println!("{:28} {:>6} {:>8} {:>8} {:>14} {:>10}", "", "MB", "wall s", "cpu s", "MB per cpu s", "peak MB");
    for (label, kinds) in [("half JSON", MIXED), ("without JSON", WITHOUT_JSON)] {
        let (har, lines) = (folder.path().join("run.har"), folder.path().join("run.ndjson"));
        recording::write_har(&mut writer(&har), size * 1_000_000, kinds).unwrap();
        recording::write_ndjson(&mut writer(&lines), size * 1_000_000, kinds).unwrap();
        show(&format!("HAR, {label}"), &har, &spec, false);
        show(&format!("NDJSON on stdin, {label}"), &lines, &spec, true);
    }
}

fn writer(path: &Path) -> BufWriter<File> {
    BufWriter::with_capacity(1 << 20, File::create(path).unwrap())
}

fn show(label: &str, recording: &Path, spec: &Path, on_stdin: bool) {
    let megabytes = recording.metadata().unwrap().len() as f64 / 1e6;
    let mut runs: Vec<Figures> = (0..3).map(|_| run(recording, spec, on_stdin)).collect();
    runs.sort_by(|one, other| one.cpu.total_cmp(&other.cpu));
    let Figures { wall, cpu, peak } = runs[1];
    println!("{label:28} {megabytes:6.0} {wall:8.2} {cpu:8.2} {:14.0} {peak:10.0}", megabytes / cpu);
}

/// Seconds and megabytes of one run.
struct Figures {
    wall: f64,
    cpu: f64,
    peak: f64,
}

fn run(recording: &Path, spec: &Path, on_stdin: bool) -> Figures {
    let mut command = Command::new(env!("CARGO_BIN_EXE_statusquo"));
    command.arg("check").arg("--spec").arg(spec).args(["--format", "json", "--jobs", "1"]);
    command.arg(if on_stdin { Path::new("-") } else { recording });
    let stdin = if on_stdin { Stdio::from(File::open(recording).unwrap()) } else { Stdio::null() };
    let start = Instant::now();
    let mut child = command.stdin(stdin).stdout(Stdio::null()).spawn().unwrap();
    let mut figures = Figures { wall: 0.0, cpu: 0.0, peak: 0.0 };
    while child.try_wait().unwrap().is_none() {
        figures.look(&child);
        sleep(Duration::from_millis(3));
    }
    figures.wall = start.elapsed().as_secs_f64();
    figures
}

impl Figures {
    /// What the system tells of the process while it runs; nothing where there is no `/proc`.
    fn look(&mut self, child: &Child) {
        let read = |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", child.id())).unwrap_or_default();
        let status = read("status");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        self.peak = peak.map_or(self.peak, |kibibytes: f64| kibibytes * 1.024 / 1000.0);
        let stat = read("stat");
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
        let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok());
        // The fields `utime` and `stime`, counted from behind the name of the program.
        self.cpu = ticks(11).zip(ticks(12)).map_or(self.cpu, |(user, system)| (user + system) / TICKS);
    }
}

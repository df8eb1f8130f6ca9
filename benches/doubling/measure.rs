//! What a run of the binary costs.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// The word that makes this program run one command and print what it cost: the system tells that of all children together.
pub(crate) const ALONE: &str = "alone";

/// Processor time in seconds, that of the program alone without the system's for it, and the highest memory in bytes.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) time: f64,
    pub(crate) own_time: f64,
    pub(crate) memory: f64,
}

/// The medians of some runs in each folder, of time and memory each. The folders take turns, so that what else the machine has
/// to do slows them down alike. Each run follows one that is not counted: a virtual machine gives memory that nobody used for
/// seconds back to its host, and to get it again takes longer than to use it, which says nothing about the binary.
pub(crate) fn medians<const N: usize>(binary: &Path, arguments: &[&str], folders: [&Path; N], runs: usize) -> [Cost; N] {
    let mut costs = [(); N].map(|()| Vec::new());
    for _ in 0..runs.max(1) {
        for (costs, folder) in costs.iter_mut().zip(folders) {
            cost(binary, arguments, folder);
            costs.push(cost(binary, arguments, folder));
        }
    }
    costs.map(|costs| median(&costs))
}

fn median(costs: &[Cost]) -> Cost {
    let middle = |of: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Cost { time: middle(|cost| cost.time), own_time: middle(|cost| cost.own_time), memory: middle(|cost| cost.memory) }
}

fn cost(binary: &Path, arguments: &[&str], folder: &Path) -> Cost {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(ALONE).arg(binary).args(arguments).current_dir(folder);
    let output = command.output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{arguments:?}: {out}{}", String::from_utf8_lossy(&output.stderr));
    let mut numbers = out.split_whitespace().map(|number| number.parse().unwrap());
    let mut next = || numbers.next().unwrap();
    Cost { time: next(), own_time: next(), memory: next() }
}

/// Runs one command and prints its cost.
pub(crate) fn alone(command: &[&str]) -> ExitCode {
    let [binary, arguments @ ..] = command else { return ExitCode::FAILURE };
    let status = Command::new(binary).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).status().unwrap();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let own_time = usage.user_time().num_microseconds();
    let time = own_time + usage.system_time().num_microseconds();
    // Linux counts kilobytes, macOS bytes.
    let unit = if cfg!(target_os = "linux") { 1024 } else { 1 };
    println!("{} {} {}", time as f64 / 1e6, own_time as f64 / 1e6, usage.max_rss() * unit);
    // Findings are no failure.
    if matches!(status.code(), Some(0 | 1)) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

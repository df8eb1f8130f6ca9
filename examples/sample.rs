//! Draws a random sample of findings, the same for the same seed, to be judged by reading the descriptions:
//!
//! ```text
//! statusquo lint FOLDER --no-config --fail-on never --format jsonl | cargo run --release --example sample -- --seed 7 --size 25
//! ```
//!
//! At most two findings come from one description while there are others, so that a large one does not speak for all.
//! `ACCURACY.md` says what the samples showed.
#![expect(clippy::print_stdout, reason = "an example prints what it is for")]

use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;

use clap::Parser;
use serde_json::Value;

/// How many findings one description gives before the others had their turn.
const PER_FILE: usize = 2;

/// Draws a random sample of the findings on standard input (`--format jsonl`).
#[derive(Parser)]
struct Arguments {
    /// Another seed draws another sample
    #[arg(long, default_value = "7")]
    seed: String,
    /// How many findings of each rule
    #[arg(long, default_value_t = 25)]
    size: usize,
    /// Only findings of this rule
    #[arg(long)]
    rule: Option<String>,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    for (rule, findings) in by_rule(&arguments)? {
        println!("# {rule}: {} findings", findings.len());
        for finding in drawn(findings, arguments.size) {
            let place = &finding["span"]["start"];
            println!(
                "{}:{}:{}: {}: {}\n    {}",
                text(&finding, "file"),
                place["line"],
                place["column"],
                text(&finding, "severity"),
                text(&finding, "message"),
                text(&finding, "pointer"),
            );
        }
    }
    Ok(())
}

/// The findings of each rule in the order in which they are drawn.
fn by_rule(arguments: &Arguments) -> std::io::Result<BTreeMap<String, Vec<Value>>> {
    let mut rules: BTreeMap<String, Vec<(u64, Value)>> = BTreeMap::new();
    for line in std::io::stdin().lock().lines() {
        let finding: Value = serde_json::from_str(&line?)?;
        let rule = text(&finding, "rule").to_owned();
        if arguments.rule.as_ref().is_none_or(|wanted| *wanted == rule) {
            rules.entry(rule).or_default().push((lot(&arguments.seed, &finding), finding));
        }
    }
    Ok(rules.into_iter().map(|(rule, findings)| (rule, sorted(findings))).collect())
}

fn sorted(mut findings: Vec<(u64, Value)>) -> Vec<Value> {
    findings.sort_by_key(|(lot, _)| *lot);
    findings.into_iter().map(|(_, finding)| finding).collect()
}

/// The first `size` findings that respect [`PER_FILE`], filled up with the first of those that do not.
fn drawn(findings: Vec<Value>, size: usize) -> Vec<Value> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let (mut drawn, rest): (Vec<Value>, Vec<Value>) = findings.into_iter().partition(|finding| {
        let count = seen.entry(text(finding, "file").to_owned()).or_default();
        *count += 1;
        *count <= PER_FILE
    });
    drawn.extend(rest);
    drawn.truncate(size);
    drawn
}

/// A number that depends on the seed and on what the finding is, not on its place in the report.
fn lot(seed: &str, finding: &Value) -> u64 {
    let file = text(finding, "file").rsplit('/').next().unwrap_or_default();
    let words =
        [seed, text(finding, "rule"), file, text(finding, "pointer"), text(finding, "message"), text(finding, "severity")];
    let fnv = words
        .concat()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // FNV alone leaves neighbours near each other; one round of murmur's finalizer spreads them.
    let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

fn text<'a>(finding: &'a Value, member: &str) -> &'a str {
    finding[member].as_str().unwrap_or_default()
}

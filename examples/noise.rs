//! How loud the default rules are on real descriptions, each linted on its own:
//!
//! ```text
//! cargo run --release --example noise -- FOLDER…
//! ```
//!
//! Prints the median and the 90th percentile of warnings and errors per 100 operations and of the blocks that a reader of the
//! text report sees, and the rules that speak most.
//! `ACCURACY.md` keeps the figures.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "an example reads its data and prints its figures"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use statusquo::finding::Severity;
use statusquo::lint::{Job, is_description, lint};
use statusquo::openapi::load;
use statusquo::provider::{Provider, Refusal, joined};
use statusquo::rules::{RuleSet, Settings, builtin};

/// The files of one folder, and those that they reference.
struct Disk;

impl Provider for Disk {
    fn resolve(&self, from: &str, reference: &str) -> Result<String, Refusal> {
        let name = joined(from, reference);
        if Path::new(&name).is_file() { Ok(name) } else { Err(Refusal::Missing) }
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        std::fs::read(name).map_err(|_| Refusal::Missing)
    }
}

/// What one description was told.
struct Told {
    operations: usize,
    /// Errors and warnings by rule.
    serious: BTreeMap<String, usize>,
    /// As how many blocks they are shown: findings of one rule with the same help are one.
    blocks: usize,
}

impl Told {
    fn per_hundred_operations(&self) -> f64 {
        self.serious.values().sum::<usize>() as f64 * 100.0 / self.operations as f64
    }
}

fn main() {
    let rules = RuleSet::new(builtin().0);
    for folder in std::env::args().skip(1) {
        let files = files_below(Path::new(&folder));
        let told: Vec<Told> = files.par_iter().filter_map(|name| told(name, &rules)).collect();
        print(&folder, &told);
    }
}

fn files_below(folder: &Path) -> Vec<String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path: &PathBuf| {
            path.extension().is_some_and(|ending| ["json", "yaml", "yml"].iter().any(|known| ending == *known))
        })
        .filter_map(|path| Some(path.to_str()?.to_owned()))
        .collect()
}

/// Nothing where the file is no description, or describes no operation.
fn told(name: &str, rules: &RuleSet) -> Option<Told> {
    let loaded = load(&[name.to_owned()], &Disk);
    let settings = Settings::default();
    let named = loaded.project.file(name).filter(|file| file.roots().any(is_description));
    let outcome = lint(&loaded.project, rules, &[Job { file: named?, settings: &settings }]);
    let mut serious = BTreeMap::new();
    let mut blocks = BTreeSet::new();
    for finding in outcome.findings.iter().filter(|finding| finding.severity != Severity::Note) {
        *serious.entry(finding.rule.to_string()).or_default() += 1;
        blocks.insert((&finding.rule, &finding.help));
    }
    Some(Told { operations: outcome.summary.operations, serious, blocks: blocks.len() }).filter(|told| told.operations > 0)
}

fn print(folder: &str, told: &[Told]) {
    println!("{folder}: {} descriptions", told.len());
    let rates = told.iter().map(Told::per_hundred_operations).collect();
    println!("  warnings and errors per 100 operations: {}", spread(rates));
    println!("  blocks in the text report: {}", spread(told.iter().map(|told| told.blocks as f64).collect()));
    for (rule, findings, descriptions) in loudest(told) {
        println!("  {findings:>7} {rule} in {descriptions} descriptions");
    }
}

/// The median and the 90th percentile of some figures.
fn spread(mut figures: Vec<f64>) -> String {
    figures.sort_unstable_by(f64::total_cmp);
    let percentile = |share: usize| figures.get(figures.len() * share / 100).or(figures.last()).copied().unwrap_or_default();
    format!("median {:.0}, 90th percentile {:.0}", percentile(50), percentile(90))
}

/// The ten rules with the most findings: how many, and in how many descriptions.
fn loudest(told: &[Told]) -> Vec<(&str, usize, usize)> {
    let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (rule, findings) in told.iter().flat_map(|told| &told.serious) {
        let entry = rules.entry(rule).or_default();
        *entry = (entry.0 + findings, entry.1 + 1);
    }
    let mut loudest: Vec<(&str, usize, usize)> =
        rules.into_iter().map(|(rule, (findings, uses))| (rule, findings, uses)).collect();
    loudest.sort_unstable_by_key(|(rule, findings, _)| (std::cmp::Reverse(*findings), *rule));
    loudest.truncate(10);
    loudest
}

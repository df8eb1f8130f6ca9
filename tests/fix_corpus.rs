//! Every real description is fixed, as far as rules know how: it still parses, nothing else changes, nothing gets worse.
//! The data is read from outside of the repository; where it is missing the test says so.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a test prints its summary and may fail loudly")]

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/fix_law.rs"]
mod fix_law;

use std::collections::BTreeMap;

use corpus::{corpus, is_yaml_or_json};
use rayon::prelude::*;
use statusquo::finding::Safety;
use statusquo::fix::Fixed;
use statusquo::lint::is_description;
use statusquo::provider::Provider;
use statusquo::rules::{RuleSet, builtin};
use statusquo::source::SourceId;
use statusquo::syntax::read;

#[test]
fn every_description_is_fixed() {
    let Some((below, names)) = corpus(is_yaml_or_json) else { return };
    let rules = RuleSet::new(builtin().0);
    let described =
        |name: &&String| below.read(name).is_ok_and(|bytes| read(SourceId(0), *name, bytes).roots().any(is_description));
    let names: Vec<&String> = names.par_iter().filter(described).collect();
    let both = names.par_iter().flat_map(|name| [(name, Safety::Safe), (name, Safety::Unsafe)]);
    let fixed = both.map(|(name, safety)| fix_law::fix(name, &below, &rules, safety));
    let outcomes: Vec<(Fixed, Vec<String>)> = fixed.collect();
    let broken: Vec<&String> = outcomes.iter().flat_map(|(_, broken)| broken).collect();
    print_summary(outcomes.iter().map(|(fixed, _)| fixed));
    assert!(
        broken.is_empty(),
        "{} broken\n{}",
        broken.len(),
        broken.iter().take(20).map(|one| one.as_str()).collect::<Vec<_>>().join("\n")
    );
    let fixed: usize = outcomes.iter().map(|(fixed, _)| fixed.count()).sum();
    assert!(names.len() > 1_000 && fixed > 1_000, "{fixed} fixes in {} descriptions", names.len());
}

fn print_summary<'f>(outcomes: impl Iterator<Item = &'f Fixed>) {
    let mut applied: BTreeMap<&str, usize> = BTreeMap::new();
    let mut dropped: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut rounds: BTreeMap<usize, usize> = BTreeMap::new();
    for fixed in outcomes {
        *rounds.entry(fixed.rounds.len()).or_default() += 1;
        fixed.rounds.iter().flatten().for_each(|one| *applied.entry(one.rule.as_str()).or_default() += 1);
        for one in &fixed.dropped {
            let why = one.reason.split(':').next().unwrap_or_default();
            *dropped.entry((one.rule.as_str(), why)).or_default() += 1;
        }
    }
    println!("descriptions by rounds: {rounds:?}");
    for (rule, count) in &applied {
        println!("{count:>7}  {rule}");
    }
    for ((rule, why), count) in &dropped {
        println!("{count:>7}  {rule} dropped: {why}");
    }
}

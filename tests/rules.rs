//! Every built-in rule: it loads, its examples hold, its ids and references fit the contract.

use std::collections::BTreeSet;

use statusquo::examples::check_examples;
use statusquo::rules::{Grade, Reporter, RuleSet, Witness, builtin, builtin_without_documents};

fn rules() -> RuleSet {
    let (rules, complaints) = builtin();
    let lines: Vec<String> = complaints.iter().map(|(file, complaint)| format!("{file}: {complaint:?}")).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    RuleSet::new(rules)
}

#[test]
fn built_in_rules_load_and_fit_together() {
    let rules = rules();
    assert!(rules.rules().len() > 50, "only {} rules", rules.rules().len());
    assert_eq!(rules.complaints(), []);
}

#[test]
fn only_what_tells_of_rules_is_missing_where_nobody_asks_for_it() {
    let (mut whole, (lean, complaints)) = (builtin().0, builtin_without_documents());
    assert!(complaints.is_empty(), "{complaints:?}");
    assert!(lean.iter().all(|rule| rule.examples.is_empty()), "the examples are the last key of every rule file");
    for (rule, lean) in whole.iter_mut().zip(&lean) {
        rule.examples.clear();
        assert_eq!(lean.documents(), rule.documents(), "{}", rule.id);
    }
    assert_eq!(format!("{whole:?}"), format!("{lean:?}"));
}

#[test]
fn every_example_holds() {
    let rules = rules();
    let mut problems = Vec::new();
    for rule in rules.rules() {
        for problem in check_examples(&rules, rule.id.as_str()) {
            problems.push(format!("rules/{}/{}.yaml:{}: {}", rule.subject, rule.id, problem.line, problem.message));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// A rule that can speak about recorded traffic shows an exchange that it reports, and one that it lets pass.
#[test]
fn what_speaks_about_traffic_shows_it() {
    let mut silent = Vec::new();
    for rule in rules().rules() {
        let is_engine = rule.clauses().iter().any(|clause| clause.is_about(Witness::Observed));
        let shows = |fails: bool| rule.examples.iter().any(|example| example.traffic.is_some() && example.fails == fails);
        if (is_engine || matches!(rule.reporter, Reporter::Check)) && !(shows(true) && shows(false)) {
            silent.push(rule.id.to_string());
        }
    }
    assert!(silent.is_empty(), "\n{}\n", silent.join("\n"));
}

/// An error rests on a MUST or a definition, a warning at least on a SHOULD or a guide; an opinion is a note.
/// What the linter says about its own configuration rests on nothing but that.
#[test]
fn severities_are_earned() {
    let mut unearned = Vec::new();
    for rule in rules().rules().iter().filter(|rule| !matches!(rule.reporter, Reporter::Lint)) {
        let levels: BTreeSet<&str> =
            rule.documents().references.iter().filter_map(|reference| reference.level.as_deref()).collect();
        let strongest = rule.severities.base.declared.max(rule.severities.base.observed);
        let earned = match strongest {
            Grade::On(statusquo::finding::Severity::Error) => levels.contains("must") || levels.contains("defined"),
            Grade::On(statusquo::finding::Severity::Warning) => !rule.documents().references.is_empty(),
            _ => true,
        };
        if !earned {
            unearned.push(format!("{}: {} with {levels:?}", rule.id, strongest.word()));
        }
    }
    assert!(unearned.is_empty(), "\n{}\n", unearned.join("\n"));
}

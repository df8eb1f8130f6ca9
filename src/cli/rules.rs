//! `statusquo rules`

use std::fmt::Write as _;

use serde::Serialize;

use super::{Ending, Failure, Outcome, print};
use crate::rules::{Grade, OptionKind, Reporter, Rule, RuleSet, builtin};

#[derive(Debug, clap::Args)]
pub(super) struct RulesArgs {
    /// Format of the list: a table for people, or JSON
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ListFormat,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(super) enum ListFormat {
    #[default]
    Text,
    Json,
}

/// Lists every built-in rule with its severity and summary.
pub(super) fn run(args: &RulesArgs) -> Ending {
    let (rules, _) = builtin();
    let rules = RuleSet::new(rules);
    let text = match args.format {
        ListFormat::Text => table(&rules),
        ListFormat::Json => json(&rules).map_err(|error| vec![Failure::new(format!("cannot write the list: {error}"))])?,
    };
    print(text.as_bytes()).map_err(|failure| vec![failure])?;
    Ok(Outcome::Clean)
}

fn table(rules: &RuleSet) -> String {
    let width = rules.ids().iter().map(|id| id.len()).max().unwrap_or_default();
    let mut by_subject: Vec<&Rule> = rules.rules().iter().collect();
    by_subject.sort_by_key(|rule| (&rule.subject, rule.id.as_str()));
    let mut lines = Vec::new();
    for group in by_subject.chunk_by(|one, other| one.subject == other.subject) {
        let subject = group.first().map(|rule| rule.subject.as_str()).unwrap_or_default();
        lines.push(format!("{}{subject}\n", if lines.is_empty() { "" } else { "\n" }));
        lines.extend(group.iter().map(|rule| format!("  {:width$}  {:7}  {}\n", rule.id, severity(rule), rule.summary)));
    }
    lines.push(format!("\n{} rules; `statusquo explain RULE` tells more about one\n", rules.rules().len()));
    lines.concat()
}

/// The severity in a description; where it depends on the case, the one that holds if no case does.
fn severity(rule: &Rule) -> &'static str {
    rule.grade().word()
}

/// One rule of the JSON list.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    subject: &'a str,
    summary: &'a str,
    severity: Levels,
    since: &'a str,
    reported_by: &'static str,
    references: Vec<Link<'a>>,
    options: Vec<Choice<'a>>,
}

/// An option of a rule.
#[derive(Serialize)]
struct Choice<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sample: Option<&'static str>,
    doc: &'a str,
}

#[derive(Serialize)]
struct Levels {
    declared: &'static str,
    observed: &'static str,
}

#[derive(Serialize)]
struct Link<'a> {
    title: &'a str,
    url: &'a str,
}

fn json(rules: &RuleSet) -> serde_json::Result<String> {
    let items: Vec<Item<'_>> = rules.rules().iter().map(item).collect();
    serde_json::to_string_pretty(&items).map(|text| text + "\n")
}

fn item(rule: &Rule) -> Item<'_> {
    let (base, documents) = (rule.severities.base, rule.documents());
    Item {
        id: rule.id.as_str(),
        subject: &rule.subject,
        summary: &rule.summary,
        severity: Levels { declared: base.declared.word(), observed: base.observed.word() },
        since: &documents.since,
        reported_by: match rule.reporter {
            Reporter::Clauses(_) => "rules",
            Reporter::Reader => "reader",
            Reporter::Lint => "lint",
            Reporter::Check => "check",
            Reporter::Diff => "diff",
        },
        references: documents.references.iter().map(|reference| Link { title: &reference.title, url: &reference.url }).collect(),
        options: rule.options.iter().map(|(name, kind, _, doc)| choice(name, *kind, doc)).collect(),
    }
}

fn choice<'a>(name: &'a str, kind: OptionKind, doc: &'a str) -> Choice<'a> {
    Choice { name, kind: kind.word(), sample: kind.sample(), doc }
}

/// The severities of a rule in words: `warning`, `note or warning`, `warning declared, error observed`.
pub(super) fn severities_in_words(rule: &Rule) -> String {
    let base = rule.severities.base;
    let mut words = base.declared.word().to_owned();
    if base.declared != base.observed {
        let _ = write!(words, " in a description, {} in recorded traffic", base.observed.word());
    }
    let mut others: Vec<Grade> =
        rule.clauses().iter().flat_map(|clause| &clause.severities.entries).map(|(level, _)| level.declared).collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|grade| *grade != base.declared);
    let softened: Vec<&str> = others.iter().map(|grade| if *grade == Grade::Off { "silent" } else { grade.word() }).collect();
    if !softened.is_empty() {
        let _ = write!(words, "; milder in some cases: {}", softened.join(", "));
    }
    words
}

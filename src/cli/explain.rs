//! `statusquo explain RULE|STATUS`

use std::fmt::Write as _;

use super::own_rules::{OwnRule, OwnRules};
use super::rules::severities_in_words;
use super::{Ending, Failure, Outcome, explain_status, print, rule_book};
use crate::http::status::StatusKey;
use crate::rules::{Example, OptionKind, Rule, RuleSet, builtin};
use crate::strict::near_words;

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// Id of a rule, built-in or of your own, a status code such as 405, a range such as 4XX, or `default`
    #[arg(value_name = "RULE|STATUS")]
    pub(super) subject: String,
}

/// Shows a rule as a page, or what a status asks for and which rules speak about it.
pub(super) fn run(args: &ExplainArgs) -> Ending {
    let (rules, _) = builtin();
    let rules = RuleSet::new(rules);
    let page = match (rules.get(&args.subject), status_key(&args.subject)) {
        (Some(rule), _) => rule_page(rule),
        (None, Some(key)) => explain_status::page(key, &rules).ok_or_else(|| vec![no_status(&args.subject)])?,
        (None, None) if args.subject.parse::<u64>().is_ok() => return Err(vec![no_status(&args.subject)]),
        (None, None) => own_page(&args.subject, &rules)?,
    };
    print(page.as_bytes()).map_err(|failure| vec![failure])?;
    Ok(Outcome::Clean)
}

/// A code, a range or `default`; nobody minds a small x here.
fn status_key(subject: &str) -> Option<StatusKey> {
    let keys = [subject.to_ascii_uppercase(), subject.to_ascii_lowercase()];
    keys.iter().map(|key| StatusKey::parse(key)).find(|key| *key != StatusKey::Invalid)
}

/// A rule of the user's own: one that the configuration of this folder names.
fn own_page(subject: &str, rules: &RuleSet) -> Result<String, Vec<Failure>> {
    let OwnRules { rules: own, failures, .. } = rule_book::own_rules_here()?;
    match own.iter().find(|own| own.rule.id.as_str() == subject) {
        Some(own) => Ok(rule_page(&own.rule)),
        // One of the files that could not be read may be the one that is asked for.
        None if !failures.is_empty() => Err(failures),
        None => Err(vec![unknown(subject, rules, &own)]),
    }
}

fn unknown(subject: &str, rules: &RuleSet, own: &[OwnRule]) -> Failure {
    let ids: Vec<&str> = rules.ids().into_iter().chain(own.iter().map(|own| own.rule.id.as_str())).collect();
    Failure::new(format!("`{subject}` is neither a rule nor a status")).help(next_word(subject, &ids))
}

fn next_word(subject: &str, ids: &[&str]) -> String {
    near_words(subject, ids).unwrap_or_else(|| {
        "give a code such as 405, a range such as 4XX, `default`, or one of the ids that `statusquo rules` lists".to_owned()
    })
}

fn no_status(subject: &str) -> Failure {
    let title = format!("{subject} is no status code: they go from 100 to 599");
    Failure::new(title).help("give a code such as 405, a range such as 4XX, `default`, or the id of a rule")
}

pub(crate) fn rule_page(rule: &Rule) -> String {
    let mut page = format!("{}\n{}\n\n{}\n", rule.id, "=".repeat(rule.id.as_str().len()), rule.summary);
    let _ = write!(page, "\nSeverity: {}\n", severities_in_words(rule));
    let documents = rule.documents();
    section(&mut page, "Why", &documents.why);
    if let Some(text) = &documents.wrong_when {
        section(&mut page, "When the rule is wrong", text);
    }
    section(&mut page, "What to do", &rule.help.in_general());
    let references: Vec<String> = documents.references.iter().map(|one| format!("{}\n  {}", one.title, one.url)).collect();
    section(&mut page, "References", &references.join("\n"));
    let options: Vec<String> = rule.options.iter().map(|(name, kind, _, doc)| option(name, *kind, doc)).collect();
    section(&mut page, "Options", &options.join("\n"));
    for (fails, title) in [(true, "Reported"), (false, "Fine")] {
        if let Some(example) = rule.examples.iter().find(|example| example.fails == fails) {
            section(&mut page, title, &example_text(example));
        }
    }
    section(&mut page, "How to silence it", &silence(rule));
    page
}

/// `allowed-statuses` (statuses, such as `[404, 5XX]`): what it means.
fn option(name: &str, kind: OptionKind, doc: &str) -> String {
    let sample = kind.sample().map(|sample| format!(", such as `{sample}`")).unwrap_or_default();
    format!("`{name}` ({}{sample}): {doc}", kind.word())
}

/// In one place, in several files, everywhere, for one run.
fn silence(rule: &Rule) -> String {
    let id = &rule.id;
    let everywhere = format!(
        "In `statusquo.yaml`, everywhere or in some files:\n\n    rules:\n      {id}: off\n    overrides:\n      \
         - {{ files: old/, rules: {{ {id}: off }} }}\n\nFor one run: --rule {id}=off"
    );
    // Its findings stand in no description.
    if id.as_str() == "unused-configuration" {
        return everywhere;
    }
    format!(
        "In YAML, on the line of the finding or right above it:\n\n    # statusquo: allow {id} -- the reason\n\n\
         In JSON or YAML, in an object that holds the finding:\n\n    \"x-statusquo-allow\": [\"{id}\"]\n\n{everywhere}"
    )
}

fn example_text(example: &Example) -> String {
    let lines: Vec<String> = example.snippet.lines().map(|line| format!("    {line}").trim_end().to_owned()).collect();
    format!("{}\n\n{}", example.title, lines.join("\n"))
}

/// A headed part of a page; nothing where there is nothing to say.
pub(super) fn section(page: &mut String, title: &str, text: &str) {
    if !text.trim().is_empty() {
        let _ = write!(page, "\n{title}\n{}\n{}\n", "-".repeat(title.len()), text.trim_end());
    }
}

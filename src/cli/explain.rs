//! `statusquo explain RULE|STATUS`

use std::fmt::Write as _;

use super::rules::severities_in_words;
use super::{Ending, Failure, Outcome, print};
use crate::http::status::{self, Body, Caching, Registration, StatusCode, StatusKey};
use crate::rules::{Clause, Example, OptionKind, Rule, RuleSet, builtin};
use crate::strict::advice;
use crate::truth::Truth;

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// Id of a rule, or a status code such as 405
    #[arg(value_name = "RULE|STATUS")]
    pub(super) subject: String,
}

/// Shows a rule as a page, or what a status code asks for and which rules speak about it.
pub(super) fn run(args: &ExplainArgs) -> Ending {
    let (rules, _) = builtin();
    let rules = RuleSet::new(rules);
    let page = match (rules.get(&args.subject), args.subject.parse::<u16>()) {
        (Some(rule), _) => rule_page(rule),
        (None, Ok(code)) => status_page(code, &rules).ok_or_else(|| vec![no_status(code)])?,
        (None, Err(_)) => return Err(vec![unknown(&args.subject, &rules)]),
    };
    print(page.as_bytes()).map_err(|failure| vec![failure])?;
    Ok(Outcome::Clean)
}

fn unknown(subject: &str, rules: &RuleSet) -> Failure {
    Failure::new(format!("`{subject}` is neither a rule nor a status code")).help(advice(subject, &rules.ids()))
}

fn no_status(code: u16) -> Failure {
    let title = format!("{code} is no status code: they go from 100 to 599");
    Failure::new(title).help("give a code such as 405, or the id of a rule")
}

fn rule_page(rule: &Rule) -> String {
    let mut page = format!("{}\n{}\n\n{}\n", rule.id, "=".repeat(rule.id.as_str().len()), rule.summary);
    let _ = write!(page, "\nSeverity: {}\n", severities_in_words(rule));
    section(&mut page, "Why", &rule.why);
    if let Some(text) = &rule.wrong_when {
        section(&mut page, "When the rule is wrong", text);
    }
    section(&mut page, "What to do", rule.help.text());
    let references: Vec<String> = rule.references.iter().map(|one| format!("{}\n  {}", one.title, one.url)).collect();
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
fn section(page: &mut String, title: &str, text: &str) {
    if !text.trim().is_empty() {
        let _ = write!(page, "\n{title}\n{}\n{}\n", "-".repeat(title.len()), text.trim_end());
    }
}

fn status_page(code: u16, rules: &RuleSet) -> Option<String> {
    let class = status::Class::of(code)?;
    let mut page = status::find(code).map_or_else(|| unknown_status(code, class), known_status);
    let about: Vec<String> = rules
        .rules()
        .iter()
        .filter(|rule| rule.clauses().iter().any(|clause| speaks_about(clause, code)))
        .map(|rule| format!("{}: {}", rule.id, rule.summary))
        .collect();
    section(&mut page, "Rules", &about.join("\n"));
    Some(page)
}

fn unknown_status(code: u16, class: status::Class) -> String {
    let general = class.representative().map(|code| code.code).unwrap_or_default();
    format!("{code}\n===\n\nNobody registered this code ({}). Clients treat it as {general}.\n", class.word())
}

/// Whether a clause is about this code or about codes of its standing, not about every response.
fn speaks_about(clause: &Clause, code: u16) -> bool {
    clause.statuses().is_some_and(|set| set.relation(StatusKey::Code(code)) == Truth::True)
        || clause.registrations().contains(&status::registration(code).word())
}

fn known_status(known: &StatusCode) -> String {
    let title = format!("{} {}", known.code, known.name);
    let mut page = format!("{title}\n{}\n\n{}\n", "=".repeat(title.chars().count()), known.meaning);
    let mut facts = vec![standing(known)];
    if !known.other_names.is_empty() {
        facts.push(format!("Also called: {}", known.other_names.join(", ")));
    }
    facts.push(format!("Content: {}", content(known.body)));
    facts.push(format!("Methods: {}", known.methods));
    facts.push(format!("Caching: {}", caching(known.caching)));
    let _ = write!(page, "\n{}\n", facts.join("\n"));
    let asks: Vec<String> = known.asks.iter().map(|ask| format!("- {} ({})", ask.text, ask.reference)).collect();
    section(&mut page, "What it asks of a response", &asks.join("\n"));
    let url = known.reference.map(|reference| format!("{reference}\n  {}", reference.url())).unwrap_or_default();
    section(&mut page, "Reference", &url);
    page
}

fn standing(known: &StatusCode) -> String {
    let text = match known.registration {
        Registration::Registered => "registered with IANA".to_owned(),
        Registration::Temporary => {
            format!("registered with IANA for a time, until {}", known.expires.unwrap_or("an unknown day"))
        }
        Registration::Deprecated => "registered, but no longer to be used".to_owned(),
        Registration::Reserved => "reserved: it has no meaning and must not be used".to_owned(),
        Registration::Vendor | Registration::None => "not registered".to_owned(),
    };
    let vendor = known.vendor.map(|vendor| {
        let instead: Vec<String> = vendor.instead.iter().map(u16::to_string).collect();
        let nearest = if instead.is_empty() { String::new() } else { format!("; nearest registered: {}", instead.join(", ")) };
        let logged = if vendor.only_logged { ", seen in logs only" } else { "" };
        format!(", used by {}{logged}{nearest}", vendor.owner)
    });
    format!("Standing: {text}{}", vendor.unwrap_or_default())
}

fn content(body: Body) -> &'static str {
    match body {
        Body::Forbidden => "forbidden",
        Body::Required => "required",
        Body::Expected => "expected",
        Body::Allowed => "allowed",
        Body::Undefined => "nothing is said about it",
    }
}

fn caching(caching: Caching) -> &'static str {
    match caching {
        Caching::Heuristic => "allowed, also without a word from the response",
        Caching::Explicit => "only if the response says so",
        Caching::Forbidden => "forbidden",
        Caching::Undefined => "nothing is said about it",
    }
}

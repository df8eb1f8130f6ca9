//! Conditions as written to conditions as they run: every word is checked against the tables.

use super::condition::{Bound, Check, Condition, Literal};
use super::fields::{FieldKind, Item, Noun};
use super::keys;
use super::load::OptionList;
use super::options::{OptionKind, OptionValue};
use super::predicates::{self, Predicate};
use crate::http::status::{StatusMatcher, StatusSet};
use crate::pattern::Pattern;
use crate::strict::{Complaint, unknown_word};
use crate::syntax::{Entry, Node, Scalar};

const CHECKS: [&str; 9] = ["matches", "at-least", "at-most", "has", "each", "some", "option", "present", "absent"];

/// What a condition may speak about.
#[derive(Clone)]
pub(super) struct Scope<'o> {
    /// The noun of the row or record.
    pub(super) noun: Noun,
    /// The options of the rule.
    pub(super) options: &'o OptionList,
    /// The words of the predicates met so far.
    pub(super) words: Vec<&'static str>,
    /// Whether the patterns are known to be right: those of the built-in rules are, a test compiles them all.
    pub(super) trusts_patterns: bool,
}

impl<'o> Scope<'o> {
    /// A scope in which nothing can be asked; used to read a severity list for its base alone.
    pub(super) fn nothing(options: &'o OptionList) -> Self {
        Scope { noun: Noun::Scheme, options, words: Vec::new(), trusts_patterns: true }
    }

    /// A scope of the same rule about another noun.
    pub(super) fn about(&self, noun: Noun) -> Scope<'o> {
        Scope { noun, options: self.options, words: Vec::new(), trusts_patterns: self.trusts_patterns }
    }

    /// Whether nothing can be asked here.
    pub(super) fn is_nothing(&self) -> bool {
        self.noun == Noun::Scheme
    }
}

type Read<T> = Option<T>;

/// Reads a condition: a map of fields, `all`, `any`, `not` and `holds`.
pub(super) fn condition(node: Node<'_>, scope: &mut Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Condition> {
    if !node.is_map() {
        complaints.push(
            Complaint::at(node, "a condition must be a map of fields")
                .help("for example `{ status: 201, method: [post, patch] }`"),
        );
        return None;
    }
    let parts: Vec<_> = node.entries().map(|entry| part(entry, scope, complaints)).collect();
    let mut parts: Vec<Condition> = parts.into_iter().collect::<Option<_>>()?;
    if parts.len() == 1 { parts.pop() } else { Some(Condition::All(parts)) }
}

fn part(entry: Entry<'_>, scope: &mut Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Condition> {
    let word = entry.key.text().unwrap_or_default();
    match word.as_ref() {
        "all" => conditions(entry, scope, complaints).map(Condition::All),
        "any" => conditions(entry, scope, complaints).map(Condition::Any),
        "not" => condition(entry.value, scope, complaints).map(|condition| Condition::Not(Box::new(condition))),
        "holds" => holds(entry.value, scope, complaints),
        "option" => boolean_option(entry.value, scope, complaints),
        name => field(entry, name, scope, complaints),
    }
}

fn conditions(entry: Entry<'_>, scope: &mut Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Vec<Condition>> {
    if !entry.value.is_list() {
        complaints.push(Complaint::at(entry.value, "this must be a list of conditions"));
        return None;
    }
    let read: Vec<_> = entry.value.items().map(|item| condition(item, scope, complaints)).collect();
    read.into_iter().collect()
}

fn field(entry: Entry<'_>, name: &str, scope: &mut Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Condition> {
    let Some((field, kind)) = scope.noun.field(name) else {
        let known: Vec<&str> = scope.noun.fields().map(|(name, ..)| *name).chain(keys::words(keys::ALGEBRA)).collect();
        complaints.push(unknown_word(entry.key, name, &format!("field of {}", a_noun(scope.noun)), &known));
        return None;
    };
    let check = check(entry.value, kind, scope, complaints)?;
    Some(Condition::Field(scope.noun, field, check))
}

fn a_noun(noun: Noun) -> String {
    format!("{} {}", if noun == Noun::Operation { "an" } else { "a" }, noun_word(noun))
}

pub(super) fn noun_word(noun: Noun) -> &'static str {
    match noun {
        Noun::Document => "document",
        Noun::Path => "path",
        Noun::Operation => "operation",
        Noun::Response => "response",
        Noun::Header => "header",
        Noun::MediaType => "media type",
        Noun::Schema => "schema",
        Noun::Parameter => "parameter",
        Noun::Request => "request",
        Noun::Scheme => "security scheme",
        Noun::Exchange => "exchange",
        Noun::SentRequest => "sent request",
    }
}

/// Reads a check of a value of some kind.
fn check(node: Node<'_>, kind: FieldKind, scope: &mut Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Check> {
    if node.is_text("present") {
        return Some(Check::Present);
    }
    if node.is_text("absent") {
        return Some(Check::Absent);
    }
    if !node.is_map() {
        return literal_check(node, kind, complaints);
    }
    let is_check = |entry: &Entry<'_>| entry.key.text().is_some_and(|word| CHECKS.contains(&word.as_ref()));
    if let FieldKind::Record(noun) = kind
        && !node.entries().any(|entry| is_check(&entry))
    {
        return nested(node, noun, scope, complaints).map(|condition| Check::Test(Box::new(condition)));
    }
    let checks: Vec<_> = node.entries().map(|entry| operator(entry, kind, scope, complaints)).collect();
    let mut checks: Vec<Check> = checks.into_iter().collect::<Option<_>>()?;
    if checks.len() == 1 { checks.pop() } else { Some(Check::Every(checks)) }
}

fn nested(node: Node<'_>, noun: Noun, scope: &mut Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Condition> {
    let mut inner = scope.about(noun);
    let condition = condition(node, &mut inner, complaints);
    scope.words.extend(inner.words);
    condition
}

fn literal_check(node: Node<'_>, kind: FieldKind, complaints: &mut Vec<Complaint>) -> Read<Check> {
    match kind {
        FieldKind::Status | FieldKind::Answers => statuses(node, complaints).map(Check::Status),
        FieldKind::List(_) | FieldKind::Record(_) => {
            let help = "write `present`, `absent`, or a map with `has`, `each` or `some`";
            complaints.push(Complaint::at(node, "several values cannot be compared with one").help(help));
            None
        }
        FieldKind::Word(words) => literals(node, kind, complaints).and_then(|literals| known(node, literals, words, complaints)),
        kind => literals(node, kind, complaints).map(Check::Is),
    }
}

/// The literals, if all of them are words that the field can have.
fn known(node: Node<'_>, literals: Vec<Literal>, words: &[&str], complaints: &mut Vec<Complaint>) -> Read<Check> {
    let is_known = |literal: &&Literal| matches!(literal, Literal::Text(text) if words.contains(&text.as_str()));
    match literals.iter().find(|literal| !is_known(literal)) {
        Some(Literal::Text(text)) => {
            complaints.push(unknown_word(node, text, "value of this field", words));
            None
        }
        _ => Some(Check::Is(literals)),
    }
}

fn operator(entry: Entry<'_>, kind: FieldKind, scope: &mut Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Check> {
    let word = entry.key.text().unwrap_or_default();
    let value = entry.value;
    match (word.as_ref(), kind) {
        ("matches", FieldKind::Text | FieldKind::Word(_) | FieldKind::Name | FieldKind::MediaType) => match option_of(value) {
            Some(option) => {
                fitting_option(option, &[OptionKind::Regex], scope, complaints).map(|name| Check::IsOption(name, kind))
            }
            None => pattern(value, scope, complaints).map(Check::Matches),
        },
        ("at-least", _) => bound(value, scope, complaints).map(Check::AtLeast),
        ("at-most", _) => bound(value, scope, complaints).map(Check::AtMost),
        ("option", _) => fitting_option(value, kinds_for(kind), scope, complaints).map(|name| Check::IsOption(name, kind)),
        ("has", FieldKind::List(item)) if value.is_map() => {
            let kind = name_kind(item);
            let option = |name| fitting_option(name, kinds_for(kind), scope, complaints).map(|name| Check::HasOption(name, kind));
            let option = value.get("option").map(option);
            option.unwrap_or_else(|| check(value, kind_of(item), scope, complaints).map(|check| Check::Some(Box::new(check))))
        }
        ("has", FieldKind::List(item)) => literals(value, name_kind(item), complaints).map(Check::Has),
        ("each", FieldKind::List(item)) => {
            check(value, kind_of(item), scope, complaints).map(|check| Check::Each(Box::new(check)))
        }
        ("some", FieldKind::List(item)) => {
            check(value, kind_of(item), scope, complaints).map(|check| Check::Some(Box::new(check)))
        }
        (word, _) if CHECKS.contains(&word) => {
            complaints.push(Complaint::at(entry.key, format!("`{word}` does not fit this field")));
            None
        }
        (word, _) => {
            complaints.push(unknown_word(entry.key, word, "check", &CHECKS));
            None
        }
    }
}

/// The name in `{ option: name }`.
fn option_of(node: Node<'_>) -> Option<Node<'_>> {
    node.get("option").filter(|_| node.is_map())
}

/// The types of options whose values a field can be compared with.
pub(super) fn kinds_for(kind: FieldKind) -> &'static [OptionKind] {
    match kind {
        FieldKind::Boolean => &[OptionKind::Boolean],
        FieldKind::Number => &[OptionKind::Number],
        FieldKind::Status | FieldKind::Answers => &[OptionKind::Statuses],
        FieldKind::List(_) | FieldKind::Record(_) => &[],
        _ => &[OptionKind::String, OptionKind::Strings, OptionKind::Regex],
    }
}

pub(super) fn kind_of(item: Item) -> FieldKind {
    match item {
        Item::Text => FieldKind::Text,
        Item::Name => FieldKind::Name,
        Item::Record(noun) => FieldKind::Record(noun),
        Item::Lists(noun) => FieldKind::List(Item::Record(noun)),
    }
}

/// How the items of a list are compared with `has`: by their name.
pub(super) fn name_kind(item: Item) -> FieldKind {
    match item {
        Item::Record(Noun::MediaType) => FieldKind::MediaType,
        Item::Record(Noun::Header | Noun::Parameter | Noun::Operation) | Item::Name => FieldKind::Name,
        _ => FieldKind::Text,
    }
}

fn literals(node: Node<'_>, kind: FieldKind, complaints: &mut Vec<Complaint>) -> Read<Vec<Literal>> {
    let nodes: Vec<Node<'_>> = if node.is_list() { node.items().collect() } else { vec![node] };
    let read: Vec<_> = nodes.into_iter().map(|node| literal(node, kind, complaints)).collect();
    read.into_iter().collect()
}

fn literal(node: Node<'_>, kind: FieldKind, complaints: &mut Vec<Complaint>) -> Read<Literal> {
    let text = node.text().map(std::borrow::Cow::into_owned);
    let read = match kind {
        FieldKind::Boolean => node.as_bool().map(Literal::Boolean),
        FieldKind::Number => node.scalar().and_then(Scalar::number).map(Literal::Number),
        FieldKind::Name => text.map(Literal::Name),
        FieldKind::MediaType => text.map(Literal::MediaType),
        _ => text.map(Literal::Text),
    };
    if read.is_none() {
        let needed = match kind {
            FieldKind::Boolean => "`true` or `false` is needed here",
            FieldKind::Number => "a number is needed here",
            _ => "a text is needed here",
        };
        complaints.push(Complaint::at(node, needed));
    }
    read
}

fn statuses(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Read<StatusSet> {
    let nodes: Vec<Node<'_>> = if node.is_list() { node.items().collect() } else { vec![node] };
    let read: Vec<_> = nodes.into_iter().map(|node| status(node, complaints)).collect();
    read.into_iter().collect::<Option<_>>().map(StatusSet)
}

fn status(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Read<StatusMatcher> {
    let word = node.text().unwrap_or_default();
    let matcher = StatusMatcher::parse(&word);
    if matcher.is_none() {
        let help = "write a code such as 404, a range such as 4XX, or `default`";
        complaints.push(Complaint::at(node, format!("`{word}` is no status")).help(help));
    }
    matcher
}

fn pattern(node: Node<'_>, scope: &Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Pattern> {
    let Some(text) = node.text() else {
        complaints.push(Complaint::at(node, "a pattern is needed here: a regular expression as text"));
        return None;
    };
    if scope.trusts_patterns {
        return Some(Pattern::trusted(text.into_owned()));
    }
    let pattern = Pattern::new(&text);
    pattern.map_err(|why| complaints.push(Complaint::at(node, format!("this pattern does not work: {why}")))).ok()
}

fn number(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Read<f64> {
    let number = node.scalar().and_then(Scalar::number);
    if number.is_none() {
        complaints.push(Complaint::at(node, "a number is needed here"));
    }
    number
}

fn bound(node: Node<'_>, scope: &Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Bound> {
    match option_of(node) {
        Some(option) => fitting_option(option, &[OptionKind::Number], scope, complaints).map(Bound::Option),
        None => number(node, complaints).map(Bound::Number),
    }
}

/// The name of an option of a type that fits.
fn fitting_option(node: Node<'_>, kinds: &[OptionKind], scope: &Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<String> {
    let name = option_name(node, scope, complaints)?;
    let kind = scope.options.iter().find(|(other, ..)| *other == name).map(|(_, kind, ..)| *kind)?;
    if kinds.contains(&kind) {
        return Some(name);
    }
    let fitting: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
    let message = format!("the option `{name}` has the type {}, which does not fit here", kind.word());
    let help = if fitting.is_empty() {
        "ask for the items with `has`, `each` or `some`".to_owned()
    } else {
        format!("{} fits", fitting.join(" or "))
    };
    complaints.push(Complaint::at(node, message).help(help));
    None
}

fn option_name(node: Node<'_>, scope: &Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<String> {
    let name = node.text().unwrap_or_default();
    let known: Vec<&str> = scope.options.iter().map(|(name, ..)| name.as_str()).collect();
    if known.contains(&name.as_ref()) {
        return Some(name.into_owned());
    }
    complaints.push(unknown_word(node, &name, "option of this rule", &known));
    None
}

fn boolean_option(node: Node<'_>, scope: &Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Condition> {
    let name = option_name(node, scope, complaints)?;
    let is_boolean = scope.options.iter().any(|(other, kind, ..)| *other == name && *kind == OptionKind::Boolean);
    if !is_boolean {
        complaints.push(Complaint::at(node, format!("the option `{name}` is no boolean, so it is no condition")));
        return None;
    }
    Some(Condition::Option(name))
}

/// `holds: name`, or `holds: { name: { argument: value } }`.
fn holds(node: Node<'_>, scope: &mut Scope<'_>, complaints: &mut Vec<Complaint>) -> Read<Condition> {
    let mut entries = node.entries().filter(|_| node.is_map());
    let entry = entries.next();
    if let Some(second) = entries.next() {
        let help = "write one `holds` for each inside `all` or `any`";
        complaints.push(Complaint::at(second.key, "`holds` names one predicate, and this is a second one").help(help));
    }
    let name_node = entry.map_or(node, |entry| entry.key);
    let name = name_node.text().unwrap_or_default();
    let Some(predicate) = predicates::find(&name) else {
        let known: Vec<&str> = predicates::ALL.iter().map(|predicate| predicate.name).collect();
        complaints.push(unknown_word(name_node, &name, "predicate", &known));
        return None;
    };
    if !predicate.asks_about(scope.noun) {
        let message = format!("`{name}` asks about a {}, not a {}", noun_word(predicate.noun), noun_word(scope.noun));
        complaints.push(Complaint::at(name_node, message));
        return None;
    }
    let arguments = entry.map_or(Some(Vec::new()), |entry| arguments(predicate, entry.value, scope, complaints))?;
    scope.words.extend(predicate.words);
    Some(Condition::Holds(predicate, arguments))
}

fn arguments(
    predicate: &'static Predicate,
    node: Node<'_>,
    scope: &Scope<'_>,
    complaints: &mut Vec<Complaint>,
) -> Read<Vec<(&'static str, OptionValue)>> {
    let known: Vec<&str> = predicate.arguments.iter().map(|(name, _)| *name).collect();
    let what = format!("the arguments of `{}`", predicate.name);
    let entries = crate::strict::closed_map(node, &what, &known, complaints);
    let mut read = Vec::new();
    for (name, entry) in entries {
        let Some(&(name, kind)) = predicate.arguments.iter().find(|(other, _)| *other == name) else { continue };
        let value = match entry.value.get("option").filter(|_| entry.value.is_map()) {
            // Which option it is stands in a text; the predicate looks it up when it runs.
            Some(option) => option_name(option, scope, complaints).map(|name| OptionValue::String(format!("option:{name}"))),
            None => kind.read(entry.value).map_err(|complaint| complaints.push(complaint)).ok(),
        };
        read.push(value.map(|value| (name, value)));
    }
    read.into_iter().collect()
}

//! `expects-specific-errors`: what can go wrong with requests to an operation and has a status of its own.

use super::can_fail::{at, secured};
use super::{Arguments, Judgement, Predicate, Reads, identifies};
use crate::facts::{OperationFact, Role};
use crate::http::status::{StatusKey, StatusSet};
use crate::openapi::Parameter;
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::rules::{Evidence, Row};
use crate::truth::Truth;
use crate::words::{listed, words};

pub(super) const PREDICATE: Predicate = Predicate {
    name: "expects-specific-errors",
    noun: Noun::Operation,
    doc: "At least so many things about its requests can be wrong that have a status of their own; statuses of `besides` are not asked for.",
    arguments: &[("at-least", OptionKind::Number), ("besides", OptionKind::Statuses)],
    words: &["expected"],
    reads: Reads::Operation,
    run,
};

/// Something that can go wrong: the statuses that say so, and why it can happen here.
struct Signal {
    codes: Vec<u16>,
    reason: String,
}

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    let besides = match arguments.get("besides") {
        Some(OptionValue::Statuses(set)) => Some(set),
        _ => None,
    };
    let groups: Vec<Vec<Signal>> = groups(row, operation).into_iter().map(|group| without(group, besides)).collect();
    let signals = groups.iter().filter(|group| !group.is_empty()).count();
    let least = match arguments.get("at-least") {
        Some(OptionValue::Number(number)) => *number,
        _ => 1.0,
    };
    #[expect(clippy::cast_precision_loss, reason = "there are five kinds of signals")]
    let enough = signals as f64 >= least;
    let unseen = row.api.security_of(operation).origin.is_none() && row.api.root_is_cut_off();
    let truth = if enough {
        Truth::True
    } else if unseen {
        Truth::Unknown
    } else {
        Truth::False
    };
    let expected: Vec<String> = groups.iter().flatten().map(described).collect();
    let words = vec![("expected", expected.join("; "))];
    Judgement::shown(truth, Evidence { words, ..Evidence::default() })
}

/// What can go wrong, in groups that count once: security has two statuses and is one signal.
fn groups<'p>(row: &Row<'_, 'p>, operation: &OperationFact<'p>) -> Vec<Vec<Signal>> {
    let parameters = row.api.parameters_of(operation);
    let has_body = row.api.request_of(operation).is_some();
    let security = secured(row, operation).into_iter().map(|(code, reason)| Signal { codes: vec![code], reason }).collect();
    let one = |codes: &[u16], reason: Option<String>| {
        reason.map(|reason| Signal { codes: codes.to_vec(), reason }).into_iter().collect()
    };
    vec![
        security,
        one(&[404], identified(row, operation)),
        one(&[422, 415, 413], has_body.then(|| "request body".to_owned())),
        one(&[412], precondition(&operation.method, parameters)),
        one(&[409], (has_body && creates(row, operation)).then(|| "may create what is there already".to_owned())),
    ]
}

fn identified<'p>(row: &Row<'_, 'p>, operation: &OperationFact<'p>) -> Option<String> {
    let looks_up = matches!(operation.method.as_ref(), "GET" | "HEAD" | "PATCH" | "DELETE");
    let (truth, names) = identifies::identified(row, operation);
    (looks_up && truth.is_true()).then(|| identifies::described(&names))
}

/// A condition for reading that does not hold is a 304 (`If-None-Match`, `If-Modified-Since`), and no 412.
fn precondition(method: &str, parameters: &[Parameter<'_>]) -> Option<String> {
    let reads = matches!(method, "GET" | "HEAD");
    let conditions: &[&str] =
        if reads { &["if-match", "if-unmodified-since"] } else { &["if-match", "if-none-match", "if-unmodified-since"] };
    let is_condition =
        |parameter: &&Parameter<'_>| parameter.name().is_some_and(|name| conditions.contains(&name.to_lowercase().as_str()));
    let found: Vec<Parameter<'_>> = parameters.iter().filter(is_condition).copied().collect();
    at(&found, "header")
}

/// Words for what an operation does where it creates nothing that could be there already.
const DOES: [&str; 80] = [
    "search",
    "query",
    "find",
    "filter",
    "lookup",
    "list",
    "get",
    "fetch",
    "count",
    "export",
    "token",
    "tokens",
    "login",
    "logout",
    "signin",
    "authenticate",
    "authorize",
    "introspect",
    "revoke",
    "validate",
    "verify",
    "check",
    "test",
    "ping",
    "calculate",
    "estimate",
    "quote",
    "preview",
    "simulate",
    "render",
    "convert",
    "parse",
    "translate",
    "update",
    "edit",
    "delete",
    "remove",
    "reset",
    "refresh",
    "sync",
    "init",
    "join",
    "leave",
    "start",
    "stop",
    "pause",
    "resume",
    "restart",
    "cancel",
    "close",
    "run",
    "execute",
    "build",
    "send",
    "notify",
    "publish",
    "unlock",
    "enable",
    "disable",
    "batch",
    "activate",
    "deactivate",
    "recognize",
    "transcribe",
    "process",
    "analyze",
    "return",
    "retrieve",
    "show",
    "read",
    "email",
    "mail",
    "modify",
    "configure",
    "change",
    "set",
    "replace",
    "rename",
    "move",
    "status",
];

/// A POST to a collection creates, and a PUT may. What is told to a callback or a webhook has happened already.
fn creates<'p>(row: &Row<'_, 'p>, operation: &OperationFact<'p>) -> bool {
    let template = row.path().map(|path| path.template.clone()).unwrap_or_default();
    let last = template.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_place = match operation.method.as_ref() {
        "POST" => !last.ends_with('}') && !does(last),
        "PUT" => last.ends_with('}'),
        _ => false,
    };
    let named = operation.operation.0.text("operationId").is_some_and(|name| does(&name));
    let told = operation.operation.0.text("summary").is_some_and(|summary| begins(&summary));
    operation.role == Role::Server && is_place && !named && !told
}

/// Whether a summary begins with what is done: "Sends a copy", "Update an order".
fn begins(summary: &str) -> bool {
    let words = words(summary);
    let is_deed = |word: &str| DOES.contains(&word) || word.strip_suffix('s').is_some_and(|verb| DOES.contains(&verb));
    words.first().is_some_and(|word| is_deed(word))
}

/// Whether a name begins or ends with what is done: `/users/search`, `validateOrder`.
fn does(name: &str) -> bool {
    let words = words(name);
    let is_deed = |word: &String| DOES.contains(&word.as_str());
    words.last().is_some_and(is_deed) || words.first().is_some_and(is_deed)
}

fn without(group: Vec<Signal>, besides: Option<&StatusSet>) -> Vec<Signal> {
    let is_wanted = |code: &u16| besides.is_none_or(|set| !set.relation(StatusKey::Code(*code)).is_true());
    let kept = group.into_iter().map(|signal| Signal { codes: signal.codes.into_iter().filter(is_wanted).collect(), ..signal });
    kept.filter(|signal| !signal.codes.is_empty()).collect()
}

/// "422, 415 or 413: request body"
fn described(signal: &Signal) -> String {
    let codes: Vec<String> = signal.codes.iter().map(u16::to_string).collect();
    format!("{}: {}", listed(&codes, "or"), signal.reason)
}

#[cfg(test)]
mod tests {
    use super::{begins, does};

    #[test]
    fn summaries_begin_with_deeds() {
        let cases =
            [("Sends a copy", true), ("Update an order", true), ("Create an order", false), ("Orders", false), ("", false)];
        for (summary, expected) in cases {
            assert_eq!(begins(summary), expected, "{summary}");
        }
    }

    #[test]
    fn deeds_create_nothing() {
        let cases = [
            ("search", true),
            ("orders", false),
            ("validateOrder", true),
            ("batch_update", true),
            ("createOrder", false),
            ("order-tokens", true),
            ("pet", false),
            ("", false),
        ];
        for (name, expected) in cases {
            assert_eq!(does(name), expected, "{name}");
        }
    }
}

//! `exposes-internals`: members of errors that are for those who debug the server, not for its clients.

use std::sync::LazyLock;

use super::bodies;
use crate::facts::{ErrorBody, Internal, Kind, Member, Shape};
use crate::http::status::Class;
use crate::http::uri;
use crate::openapi::Version;
use crate::pattern::Pattern;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::error_evidence::envelope::{is_about_errors, names_an_error};
use crate::rules::predicates::{Arguments, Judgement, Predicate, Reads};
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::{plain, words};

pub(in crate::rules::predicates) const EXPOSES_INTERNALS: Predicate = Predicate {
    name: "exposes-internals",
    noun: Noun::Response,
    doc: "The schema of an error has a member such as `stackTrace`, `exception`, `sql` or `debugInfo`.",
    arguments: &[],
    words: &["member", "what"],
    reads: Reads::Definition,
    run: exposes,
};

pub(in crate::rules::predicates) const SERVES_IN_PUBLIC: Predicate = Predicate {
    name: "serves-in-public",
    noun: Noun::Response,
    doc: "A server of the description is neither local nor, by its name, for tests; unknown where no host is named.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run: |row, _: &Arguments<'_>| Judgement::plain(serves_in_public(row)),
};

/// Members that are about the inside of a server whatever they are in, and what they show.
const INTERNAL: [(&str, &str); 18] = [
    ("stack", "a stack trace"),
    ("stacktrace", "a stack trace"),
    ("stacktraces", "a stack trace"),
    ("stacktracestring", "a stack trace"),
    ("callstack", "a stack trace"),
    ("backtrace", "a stack trace"),
    ("traceback", "a stack trace"),
    ("exceptionclass", "a class of the server"),
    ("innerexception", "an exception of the server"),
    ("sql", "a query of the server"),
    ("sqlquery", "a query of the server"),
    ("debug", "what debugging needs"),
    ("debuginfo", "what debugging needs"),
    ("debugmessage", "what debugging needs"),
    ("debugdetails", "what debugging needs"),
    ("sourcefile", "a file of the server"),
    ("hostname", "a host behind the API"),
    ("env", "the environment of the server"),
];

/// A member that is about the inside where it is the server that failed. Elsewhere it repeats what was asked for.
const QUERY: &str = "query";

/// Descriptions that say that production does without the member.
static NOT_IN_PRODUCTION: LazyLock<Pattern> = LazyLock::new(|| {
    let words = r"debug(ging)? (mode|build|environment)|development|develop mode|dev (mode|environment|server)|staging|non-?prod|(not|never|except|disabled|hidden|removed|omitted)( \w+)? (in|on) production|if debug|(only|just) .{0,40}\b(dev|debug|qa|test)\b";
    Pattern::trusted(format!("(?i)\\b({words})"))
});

fn exposes<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let class = row.response().and_then(|response| response.status.class());
    let fails = class == Some(Class::ServerError);
    let bodies = bodies(row).filter(|(id, _)| !row.api.error_bodies().serves_success(*id));
    let internals = bodies.flat_map(|(_, body)| body.finds.internals.get_or_init(|| internals(body).into()));
    let mut found: Vec<&Internal<'p>> = internals.filter(|internal| fails || !internal.is_of_failures).collect();
    found.sort_by_key(|member| (member.key.file().source().id().0, member.key.index()));
    found.dedup_by(|one, other| one.key == other.key);
    Judgement::found(found.into_iter().map(item).collect())
}

/// The members of a body that tell of the inside.
fn internals<'p>(body: &ErrorBody<'p>) -> Vec<Internal<'p>> {
    let mut found = Vec::new();
    if !is_error_body(body) {
        return found;
    }
    for shape in body.shapes.iter().filter(|shape| !repeats_fields(shape)) {
        gather(&shape.members, &mut found);
    }
    found
}

fn item<'p>(member: &Internal<'p>) -> Evidence<'p> {
    Evidence {
        at: Some(member.key),
        related: Vec::new(),
        words: vec![("member", member.name.to_string()), ("what", member.what.to_owned())],
        ..Evidence::default()
    }
}

/// Whether it is an error, not a resource that has a `hostname`.
fn is_error_body(body: &ErrorBody<'_>) -> bool {
    body.names.iter().any(|name| names_an_error(name)) || body.shapes.iter().any(tells_of_error)
}

/// Whether the members are the fields of the request, each with what is wrong about it.
fn repeats_fields(shape: &Shape<'_>) -> bool {
    shape.names().any(|name| plain(name) == "nonfielderrors")
}

fn tells_of_error(shape: &Shape<'_>) -> bool {
    shape.names().any(|name| {
        is_about_errors(name)
            || matches!(plain(name).as_ref(), "message" | "msg" | "detail" | "details" | "title" | "code" | "reason")
    })
}

fn gather<'p>(members: &[Member<'p>], found: &mut Vec<Internal<'p>>) {
    for member in members {
        if let Some(what) = internal(member, members).filter(|_| !is_for_developers_only(member)) {
            let is_of_failures = plain(&member.name) == QUERY;
            found.push(Internal { key: member.key, name: member.name.clone(), what, is_of_failures });
        }
        gather(&member.members, found);
    }
}

/// What a member shows of the inside.
fn internal(member: &Member<'_>, beside: &[Member<'_>]) -> Option<&'static str> {
    let name = plain(&member.name);
    let has = |names: &[&str]| beside.iter().any(|other| plain(&other.name).is_among(names));
    let is_value = !matches!(member.kind, Kind::Boolean | Kind::Number);
    match name.as_ref() {
        // A map called `exception` is how some call their envelope.
        "exception" => matches!(member.kind, Kind::Text | Kind::Unknown).then_some("an exception of the server"),
        "trace" => (member.kind == Kind::List).then_some("a stack trace"),
        QUERY => (member.kind == Kind::Text).then_some("a query of the server"),
        "file" | "filename" => {
            (member.kind == Kind::Text && has(&["line", "linenumber"]) && has(&["trace", "exception", "stack"]))
                .then_some("a file of the server")
        }
        name => INTERNAL.iter().find(|(other, _)| *other == name && is_value).map(|(_, what)| *what),
    }
}

fn is_for_developers_only(member: &Member<'_>) -> bool {
    let description = member.schema.keyword("description").and_then(Node::text);
    description.is_some_and(|text| NOT_IN_PRODUCTION.is_match(&text))
}

fn serves_in_public(row: &Row<'_, '_>) -> Truth {
    let root = row.api.root.node();
    let hosts: Vec<String> = if row.api.root.version() == Version::V2_0 {
        root.get_str("host").map(|host| host.to_string()).into_iter().collect()
    } else {
        let servers = root.get("servers").into_iter().flat_map(Node::items);
        servers.filter_map(|server| host(&server.get_str("url")?).map(str::to_owned)).collect()
    };
    if hosts.is_empty() { Truth::Unknown } else { Truth::from(hosts.iter().any(|host| is_public(host))) }
}

fn host(url: &str) -> Option<&str> {
    Some(uri::authority(url)).filter(|host| !host.is_empty())
}

/// Whether a host is neither local nor called a test.
fn is_public(host: &str) -> bool {
    const TESTS: [&str; 17] = [
        "localhost",
        "local",
        "internal",
        "test",
        "tests",
        "testing",
        "dev",
        "develop",
        "development",
        "staging",
        "stage",
        "stg",
        "sandbox",
        "qa",
        "uat",
        "mock",
        "preview",
    ];
    let is_private = ["127.", "0.0.0.0", "10.", "192.168.", "[::1]"].iter().any(|start| host.starts_with(start));
    !is_private && !words(host).iter().any(|word| TESTS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let cases = [
            ("https://api.example.com/v1", Some(true)),
            ("https://{region}.example.com", Some(true)),
            ("http://localhost:8080", Some(false)),
            ("http://127.0.0.1/", Some(false)),
            ("https://api-staging.example.com", Some(false)),
            ("https://latest.example.com", Some(true)),
            ("/v1", None),
        ];
        for (url, expected) in cases {
            assert_eq!(host(url).map(is_public), expected, "{url}");
        }
    }

    #[test]
    fn members_that_production_does_without() {
        let cases = [
            ("Stack trace, only in debug mode", true),
            ("Not returned in production", true),
            ("Shown in development only", true),
            ("The stack trace", false),
            ("Only visible in dev/qa", true),
            ("What to debug", false),
        ];
        for (text, expected) in cases {
            assert_eq!(NOT_IN_PRODUCTION.is_match(text), expected, "{text}");
        }
    }
}

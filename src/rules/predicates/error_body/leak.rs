//! What texts give away about the inside of a server. All patterns are matched in linear time.

use std::sync::LazyLock;

use crate::pattern::{Pattern, PatternSet};
use crate::rules::predicates::make;

/// What a text gives away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leak {
    /// What it is.
    pub(super) what: &'static str,
    /// A short piece of it, never all of it.
    pub(super) excerpt: String,
}

/// One kind of leak.
struct Kind {
    what: &'static str,
    pattern: &'static str,
    /// How many characters of it may be shown.
    shown: usize,
}

const fn kind(what: &'static str, pattern: &'static str, shown: usize) -> Kind {
    Kind { what, pattern, shown }
}

/// One of these is enough. Classes are those of ASCII, which are much quicker to compile.
const STRONG: [Kind; 16] = [
    kind("a frame of a Java stack trace", r"(?-u:\b)at [[:word:]$.<>/]+\([[:word:]]+\.(?:java|kt|scala|groovy):[0-9]+\)", 20),
    kind("a frame of a Java stack trace", r"(?-u:\b)at [[:word:]$.<>/]+\((?:Native Method|Unknown Source)\)", 20),
    kind("a Python traceback", r"Traceback \(most recent call last\)", 20),
    kind("a frame of a Python traceback", r#"File "[^"]+", line [0-9]+, in "#, 20),
    kind("a frame of a .NET stack trace", r"(?-u:\b)at .+ in .+\.(?:cs|vb|fs):line [0-9]+", 20),
    kind("a frame of a JavaScript stack trace", r"(?-u:\b)at .+\(?(?:/|[A-Za-z]:\\).+\.[cm]?[jt]sx?:[0-9]+:[0-9]+\)?", 20),
    kind("a Go stack trace", r"(?-u:\b)goroutine [0-9]+ \[", 20),
    kind("a panic of the server", r"(?-u:\b)panicked at |(?-u:\b)panic: runtime error", 20),
    kind("a frame of a PHP stack trace", r"#[0-9]+ /.+\.php\([0-9]+\)", 20),
    kind("an error of the database", r"(?-u:\b)ORA-[0-9]{5}(?-u:\b)", 5),
    kind("an error of the database", r"SQLSTATE\[|syntax error at or near|You have an error in your SQL syntax", 20),
    kind(
        "credentials in the address of a service",
        r"(?-u:\b)(?:jdbc:[[:word:]]+|postgres(?:ql)?|mysql|mongodb(?:\+srv)?|rediss?|amqps?)://[^ \t\r\n/@:]*:[^ \t\r\n/@]+@",
        8,
    ),
    kind("the key of a cloud account", r"(?-u:\b)(?:AKIA|ASIA)[0-9A-Z]{16}(?-u:\b)", 4),
    kind("a private key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----", 10),
    kind("a token of GitHub", r"(?-u:\b)gh[pousr]_[A-Za-z0-9]{36}(?-u:\b)", 4),
    kind("a live key of a payment provider", r"(?-u:\b)[sr]k_live_[A-Za-z0-9]{20,}", 8),
];

/// It takes two different ones of these.
const WEAK: [Kind; 6] = [
    kind(
        "a path of the server",
        r#"(?:^|[ \t\r\n"'(=])(?:/home/[[:word:]]+/|/var/www/|/usr/src/|/opt/[[:word:]]+/|[A-Za-z]:\\+(?:inetpub|Users|Windows)\\)"#,
        12,
    ),
    kind(
        "a query of the database",
        r"(?i:(?-u:\b)select(?-u:\b).*(?-u:\b)from(?-u:\b).*(?-u:\b)where(?-u:\b)|(?-u:\b)insert into(?-u:\b).*(?-u:\b)values(?-u:\b))|(?-u:\b)SELECT(?-u:\b).*(?-u:\b)FROM(?-u:\b)",
        12,
    ),
    kind(
        "a private address",
        r"(?-u:\b)(?:10\.[0-9]{1,3}|172\.(?:1[6-9]|2[0-9]|3[01])|192\.168)\.[0-9]{1,3}\.[0-9]{1,3}(?-u:\b)",
        4,
    ),
    kind("a host behind the API", r"(?-u:\b)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:internal|local)(?-u:\b)", 6),
    kind("an exception class", r"(?-u:\b)(?:[a-z][[:word:]]*\.){2,}[[:word:]]*Exception(?-u:\b)", 20),
    kind(
        "an exception of the runtime",
        r"(?-u:\b)NullPointerException(?-u:\b)|(?-u:\b)System\.NullReferenceException(?-u:\b)",
        12,
    ),
];

/// Texts that were cleaned before they were shown.
const CLEANED: &str = r"(?i)\*\*\*|<[[:word:] -]*(?:redacted|masked|hidden|password|secret|removed)[[:word:] -]*>|\[(?:redacted|masked|hidden|filtered)\]|(?:^|[^$[:word:].])\{[a-z][[:word:].-]*\}|example\.(?:com|org|net)(?-u:\b)|(?-i:[0-9A-Z]EXAMPLE)(?-u:\b)";

/// Patterns asked all at once, and the few that match one by one for the place.
struct Compiled {
    set: PatternSet,
    list: Vec<Pattern>,
}

static STRONG_SET: LazyLock<Option<Compiled>> = LazyLock::new(|| compiled(&STRONG));
static WEAK_SET: LazyLock<Option<Compiled>> = LazyLock::new(|| compiled(&WEAK));
static CLEANED_TEXT: LazyLock<Pattern> = LazyLock::new(|| Pattern::trusted(CLEANED.to_owned()));

fn compiled(kinds: &[Kind]) -> Option<Compiled> {
    let set = PatternSet::new(&kinds.iter().map(|kind| kind.pattern).collect::<Vec<_>>())?;
    let list = kinds.iter().map(|kind| Pattern::trusted(kind.pattern.to_owned())).collect();
    Some(Compiled { set, list })
}

/// Compiles the patterns that are asked all at once; the others are for the few texts that match.
pub(in super::super) const PATTERNS: &[fn()] = &[|| make(&STRONG_SET), || make(&WEAK_SET)];

/// Whether a text has any sign of a leak: much faster than to ask which.
pub(super) fn may_leak(text: &str) -> bool {
    [&STRONG_SET, &WEAK_SET].into_iter().any(|set| set.as_ref().is_some_and(|set| set.set.is_match(text)))
}

/// What a text gives away beyond doubt.
pub(super) fn strong(text: &str) -> Option<Leak> {
    first(STRONG_SET.as_ref()?, &STRONG, text).into_iter().next().map(|(_, leak)| leak)
}

/// What a text may give away, each kind with its number.
pub(super) fn weak(text: &str) -> Vec<(usize, Leak)> {
    WEAK_SET.as_ref().map(|set| first(set, &WEAK, text)).unwrap_or_default()
}

fn first(compiled: &Compiled, kinds: &[Kind], text: &str) -> Vec<(usize, Leak)> {
    let matched = compiled.set.matches(text);
    if matched.is_empty() || CLEANED_TEXT.is_match(text) {
        return Vec::new();
    }
    let leak = |number: usize| {
        let kind = kinds.get(number)?;
        let found = text.get(compiled.list.get(number)?.find(text)?)?.trim();
        Some((number, Leak { what: kind.what, excerpt: excerpt(found, kind.shown) }))
    };
    matched.into_iter().filter_map(leak).collect()
}

/// The start of a text, at most half of it.
fn excerpt(found: &str, most: usize) -> String {
    let length = found.chars().count();
    let start: String =
        found.chars().take(most.min(length / 2)).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_give_something_away() {
        let cases = [
            ("at com.acme.Users.find(Users.java:42)", "a frame of a Java stack trace"),
            ("Traceback (most recent call last):\n  File \"/srv/app.py\"", "a Python traceback"),
            ("File \"/srv/app.py\", line 3, in handler", "a frame of a Python traceback"),
            ("   at Acme.Users.Find(Int32 id) in /src/Users.cs:line 12", "a frame of a .NET stack trace"),
            ("at find (/srv/app/users.js:10:5)", "a frame of a JavaScript stack trace"),
            ("#0 /srv/app/index.php(12): run()", "a frame of a PHP stack trace"),
            ("thread 'main' panicked at src/main.rs:4", "a panic of the server"),
            ("goroutine 1 [running]:", "a Go stack trace"),
            ("ORA-00942: table or view does not exist", "an error of the database"),
            ("SQLSTATE[42S02]: Base table not found", "an error of the database"),
            ("no answer from postgres://app:hunter2@db/users", "credentials in the address of a service"),
            ("key AKIAABCDEFGHIJKLMNOP is not valid", "the key of a cloud account"),
        ];
        for (text, expected) in cases {
            assert_eq!(strong(text).map(|leak| leak.what), Some(expected), "{text}");
        }
    }

    #[test]
    fn texts_that_give_nothing_away() {
        let cases = [
            "The user was not found at the given address",
            "You are at position 4 (of 10)",
            "no answer from postgres://app:***@db/users",
            "no answer from postgres://{user}:{password}@db/users",
            "key AKIAIOSFODNN7EXAMPLE is not valid",
            "see https://example.com/errors at line 4",
            "mysql://db/users is not reachable",
            "Syntax error in line 3",
        ];
        for text in cases {
            assert_eq!(strong(text), None, "{text}");
        }
    }

    #[test]
    fn hints_are_told_apart() {
        let kinds = |text: &str| weak(text).into_iter().map(|(number, _)| number).collect::<Vec<_>>();
        assert_eq!(kinds("java.lang.NullPointerException"), [4, 5]);
        assert_eq!(kinds("SELECT id FROM users on 10.0.0.5"), [1, 2]);
        assert_eq!(kinds("select a plan from the list"), [0; 0]);
        assert_eq!(kinds("/home/app/server.log"), [0]);
    }

    #[test]
    fn excerpts_never_show_all() {
        let leak = strong("postgres://app:hunter2@db/users").map(|leak| leak.excerpt);
        assert_eq!(leak.as_deref(), Some("postgres…"));
        assert_eq!(strong("AKIAABCDEFGHIJKLMNOP").map(|leak| leak.excerpt).as_deref(), Some("AKIA…"));
    }
}

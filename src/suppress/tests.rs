//! What suppressions are read from texts, and what they cover.

use super::*;
use crate::source::{Source, SourceId};
use crate::syntax::parse;

/// Ids with their reasons.
type Allowed<'a> = &'a [(&'a str, Option<&'a str>)];

fn read(name: &str, text: &str) -> (File, Suppressions) {
    let file = parse(Source::new(SourceId(0), name, text));
    let found = Suppressions::of(std::iter::once(&file));
    (file, found)
}

fn allowed(name: &str, text: &str) -> Vec<(String, Option<String>)> {
    let (_, found) = read(name, text);
    assert_eq!(found.mistakes(), [], "{text}");
    found.allowances().iter().map(|one| (one.rule.clone(), one.reason.clone())).collect()
}

#[test]
fn every_form_is_read() {
    let cases: [(&str, Allowed<'_>); 8] = [
        ("a: 1 # statusquo: allow one\n", &[("one", None)]),
        (
            "a: 1 #statusquo:allow one-two,three -- because -- of that \n",
            &[("one-two", Some("because -- of that")), ("three", Some("because -- of that"))],
        ),
        ("# statusquo: allow one, two --\na: 1\n", &[("one", None), ("two", None)]),
        ("x-statusquo-allow: one\n", &[("one", None)]),
        ("x-statusquo-allow: [one, two]\n", &[("one", None), ("two", None)]),
        ("x-statusquo-allow: {one: why, two: }\n", &[("one", Some("why")), ("two", None)]),
        ("{\"a\": [{\"x-statusquo-allow\": [\"one\"]}]}", &[("one", None)]),
        ("a: '# statusquo: allow one'\n", &[]),
    ];
    for (text, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|(id, why)| ((*id).to_owned(), why.map(str::to_owned))).collect();
        assert_eq!(allowed("a.yaml", text), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_understood_is_said() {
    let cases = [
        ("a: 1 # statusquo: alow one\n", "`alow` is nothing that a comment can ask for"),
        ("a: 1 # statusquo: allow -- why\n", "this comment allows nothing: the rule is missing"),
        ("a: 1 # statusquo:\n", "this comment does not say what it wants"),
        ("x-statusquo-allow: []\n", "`x-statusquo-allow` allows nothing: it is empty"),
        ("x-statusquo-allow: [1]\n", "`x-statusquo-allow` allows rules by their ids, and this is no text"),
    ];
    for (text, expected) in cases {
        let (_, found) = read("a.yaml", text);
        let said: Vec<&str> = found.mistakes().iter().map(|mistake| mistake.message.as_str()).collect();
        assert_eq!((said, found.allowances()), (vec![expected], [].as_slice()), "{text}");
    }
}

#[test]
fn scopes_cover_lines_and_objects() {
    let text = "a:\n  # statusquo: allow one\n  # a word\n  b: 1\n  c: 2 # statusquo: allow two\nd:\n  x-statusquo-allow: three\n  e: {f: 1}\ng: 3\n";
    let (_, found) = read("a.yaml", text);
    let covered = |rule: &str| -> Vec<&str> {
        let keys = ["a:", "b:", "c:", "d:", "e:", "f:", "g:"];
        let at = |key: &&str| text.find(*key).unwrap() as u32;
        let place = |start| Span { source: SourceId(0), start, end: start + 1 };
        keys.into_iter().filter(|key| !found.covering(rule, place(at(key)), &[]).is_empty()).collect()
    };
    assert_eq!(covered("one"), ["b:"]);
    assert_eq!(covered("two"), ["c:"]);
    assert_eq!(covered("three"), ["d:", "e:", "f:"]);
    assert_eq!(covered("four"), [""; 0]);
}

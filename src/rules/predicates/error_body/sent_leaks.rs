//! `sends-internals`: bodies that came and show what should never leave the server.

use std::collections::BTreeMap;

use super::leak::{self, Leak};
use crate::facts::Observed;
use crate::http::uri;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::OptionKind;
use crate::rules::predicates::{Arguments, Judgement, Predicate, Reads, strings};
use crate::syntax::Node;
use crate::traffic::mask;
use crate::truth::Truth;

pub(in crate::rules::predicates) const SENDS_INTERNALS: Predicate = Predicate {
    name: "sends-internals",
    noun: Noun::Exchange,
    doc: "A text in the body that came is part of a stack trace, an error of the database or a secret, or has two weaker signs of such, and the host \
          that was asked is none of `besides`. Of a success only a page that calls itself an error is looked at.",
    arguments: &[("besides", OptionKind::Strings)],
    words: &["leak", "shown"],
    reads: Reads::Definition,
    run,
};

/// How much of a body is looked at, in bytes.
const LONGEST: usize = 1 << 20;
/// The most texts of one body that are looked at.
const BUDGET: usize = 20_000;
/// How deep a body is looked into.
const DEEPEST: u8 = 32;

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(observed) = row.exchange() else { return Judgement::plain(false) };
    let Some(text) = observed.exchange.response.body.text() else { return Judgement::plain(Truth::Unknown) };
    let text = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default();
    let is_error = observed.exchange.response.status >= 400 || is_error_page(observed, text);
    if !is_error || is_spared(observed, strings(arguments, "besides")) {
        return Judgement::plain(false);
    }
    let found = match observed.json() {
        Some(root) => first(&texts_of(root)),
        None if !leak::may_leak(text) => None,
        None => first(&text.lines().map(|line| (line.into(), String::new())).take(BUDGET).collect::<Vec<_>>()),
    };
    found.map_or(Judgement::plain(false), |(leak, place)| {
        let words = vec![("leak", leak.what.to_owned()), ("shown", shown(&place))];
        Judgement::shown(true, Evidence { words, ..Evidence::default() })
    })
}

/// A page under 2xx whose title says that it is about an error.
fn is_error_page(observed: &Observed<'_>, text: &str) -> bool {
    const WORDS: [&str; 4] = ["error", "exception", "traceback", "fatal"];
    const HEAD: usize = 4096;
    if observed.exchange.response.status / 100 != 2 || !observed.media_type().is_some_and(|came| came.is("text/html")) {
        return false;
    }
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default().to_ascii_lowercase();
    let title = head.split("<title").nth(1).and_then(|rest| rest.split("</title").next()).unwrap_or_default();
    WORDS.iter().any(|word| title.contains(word))
}

fn is_spared(observed: &Observed<'_>, hosts: &[String]) -> bool {
    let host = uri::authority(&observed.exchange.request.url).rsplit('@').next().unwrap_or_default();
    let name =
        host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit())).map_or(host, |(name, _)| name);
    hosts.iter().any(|other| other.eq_ignore_ascii_case(host) || other.eq_ignore_ascii_case(name))
}

type Text<'t> = (std::borrow::Cow<'t, str>, String);

/// The first text that leaks beyond doubt, else the first of two weaker signs.
fn first(texts: &[Text<'_>]) -> Option<(Leak, String)> {
    let mut weak: BTreeMap<usize, (Leak, String)> = BTreeMap::new();
    for (text, place) in texts {
        if let Some(leak) = leak::strong(text) {
            return Some((leak, place.clone()));
        }
        for (number, leak) in leak::weak(text) {
            weak.entry(number).or_insert((leak, place.clone()));
        }
    }
    let are_enough = weak.len() > 1;
    weak.into_values().next().filter(|_| are_enough)
}

/// The strings of a body, each with its place.
fn texts_of(root: Node<'_>) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    gather(root, 0, &mut texts);
    texts
}

fn gather<'t>(value: Node<'t>, depth: u8, texts: &mut Vec<Text<'t>>) {
    if depth > DEEPEST || texts.len() >= BUDGET {
        return;
    }
    if let Some(text) = value.as_str().filter(|text| leak::may_leak(text)) {
        texts.push((text, value.pointer()));
    }
    for entry in value.entries() {
        gather(entry.value, depth + 1, texts);
    }
    for item in value.items() {
        gather(item, depth + 1, texts);
    }
}

/// A place as it may be shown: names of members may be data.
fn shown(pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!(" in `{}`", mask::url(pointer, true)) }
}

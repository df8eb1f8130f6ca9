//! `names-another-status`: the description of a response begins like that of another one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Arguments, Judgement, Predicate, Reads};
use crate::http::status::{Class, StatusKey, find, phrases, registered};
use crate::pattern::GroupedPattern;
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "names-another-status",
    noun: Noun::Response,
    doc: "whether the description begins with the name or number of another status, or with a success where this is an error and the reverse",
    arguments: &[],
    words: &["claim"],
    reads: Reads::Response,
    run,
};

/// How far into a description a phrase or number still says what the response is.
const BEGINNING: usize = 60;
/// How far into it a number may stand.
const NUMBER_WITHIN: usize = 30;

/// `HTTP 404`, `status: 404`, `error code 404`; at the very start the number alone, unless it counts something.
static NUMBER: LazyLock<GroupedPattern> = LazyLock::new(|| {
    let after = r"\b(?:http(?:/[0-9.]+)?|status|code)[\s:=(\x22'`*-]{1,3}([1-5][0-9]{2})\b";
    let first =
        r"^([1-5][0-9]{2})(?:$|[^\w\s.%,/+]|\.(?:\D|$)|\s+[^\w\s]|\s+(?:error|response|status|code|http|if|when|returned)\b)";
    GroupedPattern::trusted(format!("(?i:{after}|{first})"))
});
static FAILURE: LazyLock<GroupedPattern> = LazyLock::new(|| {
    let ends = r"\s*(?:$|[.:!,;(–—-]|(?i:occurred|while|when|in case|if|response|message|due|to|because)\b)";
    GroupedPattern::trusted(format!(r"^(?i:(an? )?(error|invalid|unauthori[sz]ed|forbidden|failed)){ends}|^(?i:(not found))\b"))
});
static SUCCESS: LazyLock<GroupedPattern> = LazyLock::new(|| {
    GroupedPattern::trusted(r"^(?i:(ok|okay|success|successful|successfully|created))(?:\s*(?:$|[.:!,;(–—-])|(?i:\s+(?:operation|response|request|result)\b))".to_owned())
});

/// The registered names in lower case, without the words that are ordinary language on their own, by code.
static NAMES: LazyLock<Vec<(String, u16)>> = LazyLock::new(|| {
    let all = registered().flat_map(|entry| phrases(entry.code).map(|phrase| (plain(phrase), entry.code)));
    let mut names: Vec<_> = all.filter(|(phrase, _)| phrase != "unused").collect();
    names.sort_by_key(|(_, code)| *code);
    names
});

/// The names by their first two letters.
static BY_BEGINNING: LazyLock<FxHashMap<[u8; 2], Vec<&str>>> = LazyLock::new(|| {
    let mut by_beginning: FxHashMap<[u8; 2], Vec<&str>> = FxHashMap::default();
    for (name, letters) in NAMES.iter().filter_map(|(name, _)| Some((name, name.as_bytes().first_chunk()?))) {
        by_beginning.entry(*letters).or_default().push(name);
    }
    by_beginning
});

pub(super) const PATTERNS: &[fn()] = &[|| NUMBER.compile(), || FAILURE.compile(), || SUCCESS.compile()];

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response() else { return Judgement::plain(Truth::Unknown) };
    let Some(definition) = response.definition else { return Judgement::plain(Truth::Unknown) };
    let Some(claim) = response.description().and_then(|text| claim(response.status, &text)) else {
        return Judgement::plain(false);
    };
    let entry = response.own_description().or_else(|| definition.0.node().entry("description"));
    let words = vec![("claim", claim)];
    Judgement::shown(true, Evidence { at: entry.map(|entry| entry.value), words, ..Evidence::default() })
}

/// What the description claims the response to be, if that is something else.
fn claim(status: StatusKey, description: &str) -> Option<String> {
    let class = status.class()?;
    let text = without_markup(description);
    // What most descriptions are.
    if status.code().is_some_and(|code| is_name_of(code, text)) {
        return None;
    }
    let claim = by_number(status, text).or_else(|| by_name(status, text)).or_else(|| by_outcome(class, text))?;
    (!names_itself(status, text)).then_some(claim)
}

/// "Not Found or Forbidden" is fine for both.
fn names_itself(status: StatusKey, text: &str) -> bool {
    let words = format!(" {} ", plain(text));
    let has = |phrase: &str| words.contains(&format!(" {phrase} "));
    status.code().is_some_and(|code| has(&code.to_string()) || names_of(code).any(has))
}

fn by_number(status: StatusKey, text: &str) -> Option<String> {
    // Most descriptions have no digit at all.
    text.bytes().any(|byte| byte.is_ascii_digit()).then_some(())?;
    let found = NUMBER.captures(text)?;
    let number = found.get(1).or_else(|| found.get(2)).filter(|number| number.start() <= NUMBER_WITHIN)?;
    let code: u16 = number.as_str().parse().ok()?;
    (find(code).is_some() && differs(status, code)).then(|| format!("a {code}"))
}

fn by_name(status: StatusKey, text: &str) -> Option<String> {
    // Most descriptions begin with no name at all, many not even with its letters.
    begins_with_name(text.get(..text.floor_char_boundary(BEGINNING))?).then_some(())?;
    let ends =
        text.char_indices().filter(|(_, letter)| matches!(letter, '.' | ':' | '-' | '–' | '—' | '\n' | '<')).map(|(at, _)| at);
    let ends = ends.chain([text.len()]).take_while(|&end| end <= BEGINNING);
    let heads: Vec<&str> = ends.filter_map(|end| text.get(..end)).collect();
    let code = heads.into_iter().find_map(|head| code_of_name(&plain(head)))?;
    let generic = code == 200 && status.class() == Some(Class::Successful);
    // Who has found something has not been redirected, and who is still processing has accepted.
    let everyday = matches!(code, 102 | 302) && status.class() == Some(Class::Successful);
    if generic || everyday || !differs(status, code) {
        return None;
    }
    let name = find(code)?.name;
    Some(format!("`{name}`, which is the name of {code}"))
}

/// Whether a text begins with a name. Where it does not begin with two letters of ASCII, these tell nothing about the name.
fn begins_with_name(text: &str) -> bool {
    let letters = text.as_bytes().first_chunk::<2>().filter(|letters| letters.iter().all(u8::is_ascii_alphabetic));
    let Some(letters) = letters else { return NAMES.iter().any(|(name, _)| begins_with(text, name)) };
    let names = BY_BEGINNING.get(&letters.map(|letter| letter.to_ascii_lowercase()));
    names.into_iter().flatten().any(|name| begins_with(text, name))
}

/// Whether a text is nothing but a registered name of a code. One of other names may be that of another code, too.
fn is_name_of(code: u16, text: &str) -> bool {
    names_of(code).any(|name| name.eq_ignore_ascii_case(text))
}

/// The registered names of a code.
fn names_of(code: u16) -> impl Iterator<Item = &'static str> {
    let start = NAMES.partition_point(|(_, other)| *other < code);
    NAMES.iter().skip(start).take_while(move |(_, other)| *other == code).map(|(name, _)| name.as_str())
}

fn code_of_name(head: &str) -> Option<u16> {
    NAMES.iter().find(|(name, _)| name == head).map(|(_, code)| *code)
}

fn by_outcome(class: Class, text: &str) -> Option<String> {
    // Most texts do not even begin with the first letter of what the patterns look for.
    let (pattern, first_letters, meaning) = match class {
        Class::Successful => (&FAILURE, "aefinu", "a 2xx says that the request succeeded"),
        Class::ClientError => (&SUCCESS, "cos", "a 4xx says that it failed"),
        Class::ServerError => (&SUCCESS, "cos", "a 5xx says that it failed"),
        _ => return None,
    };
    let first = text.chars().next()?.to_ascii_lowercase();
    if first.is_ascii() && !first_letters.contains(first) {
        return None;
    }
    let found = pattern.captures(text)?;
    let words = found.iter().skip(1).flatten().last()?.as_str();
    Some(format!("`{words}`, and {meaning}"))
}

fn differs(status: StatusKey, code: u16) -> bool {
    match status {
        StatusKey::Code(own) => own != code,
        _ => status.class() != Class::of(code),
    }
}

/// Letters and digits in lower case, words apart by one space, apostrophes left out.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    plain_letters(text).for_each(|letter| plain.push(letter));
    plain
}

fn plain_letters(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|letter| !matches!(letter, '\'' | '’')).flat_map(char::to_lowercase);
    let mut spaced =
        letters.map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).skip_while(|letter| *letter == ' ').peekable();
    std::iter::from_fn(move || {
        let letter = spaced.next()?;
        if letter != ' ' {
            return Some(letter);
        }
        while spaced.next_if_eq(&' ').is_some() {}
        // There is no space at the end.
        spaced.peek().map(|_| ' ')
    })
}

/// Whether a text in plain letters begins with a name.
fn begins_with(text: &str, name: &str) -> bool {
    let mut letters = plain_letters(text);
    name.chars().all(|letter| letters.next() == Some(letter))
}

/// The text behind opening tags, quotation marks and the signs of Markdown.
fn without_markup(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '<');
        match rest.strip_prefix('<') {
            None => return rest,
            Some(tag) => rest = tag.split_once('>').map_or(tag, |(_, behind)| behind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims() {
        let cases = [
            ("200", "Not Found", Some("`Not Found`, which is the name of 404")),
            ("200", "<p>Not found</p>", Some("`Not Found`, which is the name of 404")),
            ("422", "**Bad Request**: something", Some("`Bad Request`, which is the name of 400")),
            ("400", "404 - no such user", Some("a 404")),
            ("400", "HTTP 409", Some("a 409")),
            ("200", "Status code: 201", Some("a 201")),
            ("500", "HTTP/1.1 404 nothing", Some("a 404")),
            ("200", "No Content", Some("`No Content`, which is the name of 204")),
            ("4XX", "Internal Server Error", Some("`Internal Server Error`, which is the name of 500")),
            ("4XX", "Not Found", None),
            ("404", "OK", Some("`OK`, which is the name of 200")),
            ("400", "successful operation", Some("`successful`, and a 4xx says that it failed")),
            ("500", "Success", Some("`Success`, and a 5xx says that it failed")),
            ("400", "Successful payments cannot be repeated", None),
            ("200", "Error", Some("`Error`, and a 2xx says that the request succeeded")),
            ("200", "Error log of the build", None),
            ("200", "Failed jobs of the queue", None),
            ("200", "Invalid: the order has errors", Some("`Invalid`, and a 2xx says that the request succeeded")),
            ("413", "Payload Too Large", None),
            ("561", "Unauthorized", Some("`Unauthorized`, which is the name of 401")),
            ("430", "Request Header Fields Too Large", Some("`Request Header Fields Too Large`, which is the name of 431")),
            ("422", "Unprocessable Entity", None),
            ("302", "Moved Temporarily", None),
            ("418", "I'm a teapot", None),
            ("410", "Not Found: gone for good", None),
            ("403", "Not Found or Forbidden", None),
            ("200", "Found products", None),
            ("200", "Found", None),
            ("201", "OK", None),
            ("204", "Success", None),
            ("200", "200 products at most", None),
            ("201", "100 of the newest items", None),
            ("201", "150 USD were paid", None),
            ("401", "Invalid Token", None),
            ("404", "HTTP 404 in place of 403", None),
            ("default", "Not Found", None),
            ("oops", "Not Found", None),
            ("200", "", None),
            ("200", "¿qué? – 404", None),
        ];
        for (status, description, expected) in cases {
            assert_eq!(claim(StatusKey::parse(status), description).as_deref(), expected, "{status}: {description}");
        }
    }
}

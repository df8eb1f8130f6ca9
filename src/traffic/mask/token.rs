//! Texts that look like credentials, whatever their name.

use super::{MASK, is_secret_name};

/// From this length on a run of mixed letters and digits is no word and no number.
const SHORTEST_TOKEN: usize = 32;

/// What the credentials of well-known services begin with, and how long they are at least.
const PREFIXES: [&str; 24] = [
    "AKIA",
    "ASIA",
    "AIza",
    "ya29.",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxa-",
    "xoxb-",
    "xoxp-",
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "pk_live_",
    "sk-",
    "SG.",
    "npm_",
    "pypi-",
    "shpat_",
    "hf_",
];

/// How long what begins so is at least.
const SHORTEST_PREFIXED: usize = 14;

/// Schemes of authentication: what follows one is a credential.
const SCHEMES: [&str; 8] = ["apikey", "aws4-hmac-sha256", "basic", "bearer", "digest", "hoba", "negotiate", "token"];

/// Whether a text without blanks looks like a credential: a JWT, a key of a well-known service, or 32 and more random
/// letters and digits. UUIDs are identifiers and are none.
pub(super) fn is_token(text: &str) -> bool {
    is_jwt(text) || has_known_prefix(text) || has_random_run(text, SHORTEST_TOKEN)
}

/// Whether a text has a run of this many letters and digits, both kinds in it; `-` and `_` belong to it where they stand
/// in mixed case as in base64url.
pub(super) fn has_random_run(text: &str, shortest: usize) -> bool {
    let is_inner = |letter: char| letter.is_ascii_alphanumeric();
    let plain = text.split(|letter: char| !is_inner(letter)).any(|run| run.len() >= shortest && is_mixed(run));
    plain
        || text.split(|letter: char| !is_inner(letter) && !matches!(letter, '-' | '_')).any(|run| {
            run.len() >= shortest && is_mixed(run) && has(run, |b| b.is_ascii_uppercase()) && has(run, |b| b.is_ascii_lowercase())
        })
}

/// A text with everything masked that looks like a credential or is announced as one (`token=…`, `Bearer …`).
pub(super) fn without_tokens(text: &str) -> String {
    let mut masked = String::with_capacity(text.len().min(1024));
    let mut rest = text;
    let mut gap = "";
    while !rest.is_empty() {
        let (word, behind) = rest.split_at(rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len()));
        // `://user:secret@host`
        let is_secret = is_token(word) || gap == ":" && word.contains('@');
        masked.push_str(if is_secret { MASK } else { word });
        let (between, behind) = behind.split_at(behind.find(is_of_word).unwrap_or(behind.len()));
        masked.push_str(between);
        (gap, rest) = (between, behind);
        if announces(word, between) && !behind.is_empty() {
            masked.push_str(MASK);
            (gap, rest) = ("", behind.get(announced_length(word, between, behind)..).unwrap_or_default());
        }
    }
    masked
}

/// Whether what follows a word and the gap behind it is a secret.
fn announces(word: &str, gap: &str) -> bool {
    let is_assigned = gap.contains([':', '=']);
    (is_scheme(word) && !gap.is_empty() && !gap.contains(',')) || (is_assigned && is_secret_name(word))
}

/// How long a secret is: up to the quotation mark that was opened, the whole line of a cookie, or else one word and that
/// behind the name of a scheme.
fn announced_length(word: &str, gap: &str, text: &str) -> usize {
    if let Some(quote) = gap.chars().next_back().filter(|last| matches!(last, '"' | '\'')) {
        return text.find(quote).unwrap_or(text.len());
    }
    if ["cookie", "authorization"].iter().any(|name| word.to_ascii_lowercase().ends_with(name)) {
        return text.find(['\r', '\n']).unwrap_or(text.len());
    }
    let end = text.find(|letter| !is_of_word(letter)).unwrap_or(text.len());
    let (first, rest) = text.split_at(end);
    if !is_scheme(first) {
        return end;
    }
    let gap = rest.find(is_of_word).unwrap_or(rest.len());
    let behind = rest.get(gap..).unwrap_or_default();
    end + gap + behind.find(|letter| !is_of_word(letter)).unwrap_or(behind.len())
}

fn is_scheme(word: &str) -> bool {
    SCHEMES.iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
}

/// Letters of words and of credentials: those of Base64 and of base64url, and what names have.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '+' | '/' | '~' | '%' | '!' | '$' | '*' | '@')
}

fn is_jwt(text: &str) -> bool {
    let Some(start) = text.find("eyJ") else { return false };
    let token = text.get(start..).unwrap_or_default();
    token.len() >= 20 && token.split('.').take(2).all(|part| part.len() >= 4)
}

fn has_known_prefix(text: &str) -> bool {
    PREFIXES.iter().any(|prefix| {
        let mut found = text.match_indices(prefix).take(8);
        found.any(|(at, _)| {
            let starts = !text.get(..at).is_some_and(|before| before.ends_with(|letter: char| letter.is_ascii_alphanumeric()));
            starts
                && text.len() - at >= SHORTEST_PREFIXED
                && has(text.get(at + prefix.len()..).unwrap_or_default(), |b| b.is_ascii_digit())
        })
    })
}

fn is_mixed(run: &str) -> bool {
    has(run, |byte| byte.is_ascii_digit()) && has(run, |byte| byte.is_ascii_alphabetic()) && !is_uuid(run)
}

/// Eight, four, four, four and twelve hexadecimal digits (RFC 9562 §4).
fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(|group| (group.len(), group.bytes().all(|byte| byte.is_ascii_hexdigit())));
    groups.eq([8, 4, 4, 4, 12].map(|length| (length, true)))
}

fn has(text: &str, is_wanted: impl Fn(u8) -> bool) -> bool {
    text.bytes().any(is_wanted)
}

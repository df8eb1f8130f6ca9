//! Regular expressions of the `regex` crate (linear time on every text), compiled when the first text is matched.

mod automaton;
mod form;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use regex_automata::meta::{Builder, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::{Input, MatchKind};
use regex_syntax::hir::{Class, Hir, HirKind};

use automaton::Automaton;
use form::{Form, config};

/// The most memory that a compiled pattern may take, in bytes; the limit of the `regex` crate.
const LARGEST: usize = 10 << 20;

/// From which size on, in states, a pattern is compiled to see whether it fits: far below [`LARGEST`].
const SUSPICIOUS: usize = 10_000;

/// A regular expression. Nearly all of them have a form for ASCII texts, in which `\w`, `\s`, `\d` and `\b` know ASCII only:
/// that means the same there and takes a fraction of the time to compile.
/// Clones share what was compiled.
#[derive(Clone, Debug)]
pub struct Pattern(Arc<Forms>);

#[derive(Debug)]
struct Forms {
    text: String,
    ascii: OnceLock<Option<Form>>,
    unicode: Form,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Pattern {
    /// A pattern; the error says what is wrong with it.
    pub fn new(text: &str) -> Result<Pattern, String> {
        let size = size_of(&parsed(text)?, states);
        let pattern = Pattern::trusted(text.to_owned());
        let fits = || pattern.0.unicode.regex(text).is_some();
        if size < SUSPICIOUS || fits() { Ok(pattern) } else { Err(TOO_LARGE.to_owned()) }
    }

    /// A pattern that is known to be one. If it is none, nothing matches.
    pub(crate) fn trusted(text: String) -> Pattern {
        Pattern(Arc::new(Forms { text, ascii: OnceLock::new(), unicode: Form::new(true) }))
    }

    /// Whether it can be compiled.
    #[cfg(test)]
    pub(crate) fn is_sound(&self) -> bool {
        let Forms { text, unicode, .. } = &*self.0;
        unicode.has_automaton(text) && unicode.regex(text).is_some()
    }

    /// Whether a text has a match.
    pub fn is_match(&self, text: &str) -> bool {
        let Forms { text: pattern, unicode, .. } = &*self.0;
        let in_ascii = self.for_ascii(text).and_then(|ascii| ascii.is_match(pattern, text));
        in_ascii.or_else(|| unicode.is_match(pattern, text)).unwrap_or(false)
    }

    /// The first match.
    pub(crate) fn find(&self, text: &str) -> Option<Range<usize>> {
        self.places(text)?.find(text).map(|found| found.range())
    }

    /// The matches one after the other.
    pub(crate) fn find_all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.places(text).into_iter().flat_map(move |regex| regex.find_iter(text)).map(|found| found.range())
    }

    /// Compiles what tells of most texts whether they have a match ahead of the first of them.
    pub(crate) fn compile(&self) {
        self.is_match("");
    }

    /// Compiles what tells of most texts where they have one ahead of the first of them.
    pub(crate) fn compile_places(&self) {
        self.places("");
    }

    /// What tells where a text has matches.
    fn places(&self, text: &str) -> Option<&Regex> {
        let Forms { text: pattern, unicode, .. } = &*self.0;
        let in_ascii = self.for_ascii(text).and_then(|ascii| ascii.regex(pattern));
        in_ascii.or_else(|| unicode.regex(pattern))
    }

    /// The form for a text of ASCII only. Without regard to case, `ſ` is an `s` and the sign of Kelvin a `k`: a pattern that names
    /// them, or has escapes that may, has one form only. So has one with characters outside of ASCII in brackets, which compiles
    /// with Unicode only.
    fn for_ascii(&self, text: &str) -> Option<&Form> {
        let others = ["\u{17f}", "\u{212a}", "\\x", "\\u", "\\U", "\\p", "\\P"];
        let speaks_of_others = || others.iter().any(|other| self.0.text.contains(other));
        let form = || if speaks_of_others() { None } else { Some(Form::new(false)) };
        if text.is_ascii() { self.0.ascii.get_or_init(form).as_ref() } else { None }
    }
}

/// A pattern with groups that are asked for, of which few texts have a match.
#[derive(Debug)]
pub(crate) struct GroupedPattern {
    whole: Pattern,
    groups: OnceLock<Option<regex::Regex>>,
}

impl GroupedPattern {
    /// A pattern that is known to be one. If it is none, nothing matches.
    pub(crate) fn trusted(text: String) -> GroupedPattern {
        GroupedPattern { whole: Pattern::trusted(text), groups: OnceLock::new() }
    }

    /// The groups of the first match.
    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<regex::Captures<'t>> {
        let groups = || self.groups.get_or_init(|| regex::Regex::new(&self.whole.0.text).ok()).as_ref();
        if self.whole.is_match(text) { groups()?.captures(text) } else { None }
    }

    /// Compiles what tells whether there is a match ahead of the first text.
    pub(crate) fn compile(&self) {
        self.whole.compile();
    }
}

/// Several patterns that a text is searched for at once.
#[derive(Debug)]
pub(crate) struct PatternSet {
    automaton: Automaton,
    patterns: Vec<String>,
    /// For the texts that the automaton does not get on with.
    regex: OnceLock<Option<Regex>>,
}

impl PatternSet {
    /// These patterns; none where one of them is no pattern, or where they are too large together.
    pub(crate) fn new(patterns: &[&str]) -> Option<PatternSet> {
        let automaton = Automaton::of_all(patterns)?;
        let patterns = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        Some(PatternSet { automaton, patterns, regex: OnceLock::new() })
    }

    /// Whether a text has a match of any of them.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let told = self.automaton.is_match(text);
        told.unwrap_or_else(|| self.regex().is_some_and(|regex| regex.is_match(text)))
    }

    /// Those that have a match, by their numbers.
    pub(crate) fn matches(&self, text: &str) -> Vec<usize> {
        let slowly = || {
            let mut matched = regex_automata::PatternSet::new(self.patterns.len());
            self.regex()?.which_overlapping_matches(&Input::new(text), &mut matched);
            Some(matched)
        };
        let matched = self.automaton.matches(text).or_else(slowly);
        matched.iter().flat_map(|matched| matched.iter()).map(|number| number.as_usize()).collect()
    }

    fn regex(&self) -> Option<&Regex> {
        let config = || config().match_kind(MatchKind::All).which_captures(WhichCaptures::None);
        self.regex.get_or_init(|| Builder::new().configure(config()).build_many(&self.patterns).ok()).as_ref()
    }
}

/// What is said about a pattern that takes too much memory.
const TOO_LARGE: &str = "it is too large: repeat less, or name the characters instead of `.`, `\\w` and the like";

/// Parsing alone is fast.
fn parsed(text: &str) -> Result<Hir, String> {
    regex_syntax::parse(text).map_err(|error| match error {
        regex_syntax::Error::Parse(error) => error.kind().to_string(),
        regex_syntax::Error::Translate(error) => error.kind().to_string(),
        _ => "it is no regular expression".to_owned(),
    })
}

/// What it takes to compile a pattern, and then to search each byte of a text for it, in steps of some ten nanoseconds at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) to_compile: u64,
    pub(crate) of_byte: u64,
}

/// How many steps it takes to compile one state.
const STEPS_OF_STATE: u64 = 64;

/// What a pattern costs; none where it is no pattern.
pub(crate) fn cost(pattern: &str) -> Option<Cost> {
    let parsed = parsed(pattern).ok()?;
    let to_compile = (size_of(&parsed, states) as u64).saturating_mul(STEPS_OF_STATE);
    // A search is in as many places of the pattern at once as there are characters in it, if it has to go the slow way.
    Some(Cost { to_compile, of_byte: size_of(&parsed, |_| 1) as u64 })
}

/// About how many states a class of characters has when it is compiled.
fn states(class: &Class) -> usize {
    match class {
        Class::Unicode(class) => class.ranges().len().saturating_mul(2),
        Class::Bytes(class) => class.ranges().len(),
    }
}

/// About how many states a pattern has, of which a class has so many.
fn size_of(pattern: &Hir, of_class: fn(&Class) -> usize) -> usize {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(class) => of_class(class),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min).max(1) as usize;
            size_of(&repetition.sub, of_class).saturating_mul(times)
        }
        HirKind::Capture(capture) => size_of(&capture.sub, of_class),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(|part| size_of(part, of_class)).fold(0, usize::saturating_add)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_mean_the_same_on_ascii() {
        let patterns = [
            r"(?i)\bk\w+\s\d",
            r"[^\w\s]+",
            r"^\W*(a|b)?$",
            r".\B.",
            r"(?-i:[A-Z])\S*",
            r"[–x]",
            r"é|e",
            r"(?i)\w(?:[ -]|–|É|$)",
            r"[^–a]",
            "(?i)\u{212a}1|\u{17f}",
            r"(?i)ſ|ß",
            r"(?i)\u{212A}|\x{17F}",
        ];
        let texts = ["", "K1 2", "kelvin\u{b}7", "a-b, c!", "\tx\r\n", "Ab cD", "s", "~\u{7f}e"];
        for pattern in patterns {
            let unicode = regex::Regex::new(pattern).expect("a pattern");
            let pattern = Pattern::new(pattern).expect("a pattern");
            for text in texts {
                let expected: Vec<Range<usize>> = unicode.find_iter(text).map(|found| found.range()).collect();
                assert_eq!(pattern.find_all(text).collect::<Vec<_>>(), expected, "{pattern:?} in {text:?}");
                assert_eq!(pattern.find(text), expected.first().cloned(), "{pattern:?} in {text:?}");
                assert_eq!(pattern.is_match(text), !expected.is_empty(), "{pattern:?} in {text:?}");
            }
        }
    }

    #[test]
    fn what_is_too_large_is_no_pattern() {
        for pattern in [r"^[\w ]{1,500}$", "^.{1,100000}$", "((a{1,1000}){1,1000}){1,1000}"] {
            assert_eq!(Pattern::new(pattern), Err(TOO_LARGE.to_owned()), "{pattern}");
        }
        for pattern in [r"^[\w ]{1,100}$", "^[a-z0-9]{1,1000}$", r"\p{L}+"] {
            assert!(Pattern::new(pattern).is_ok_and(|pattern| pattern.is_match("abc") && pattern.is_sound()), "{pattern}");
        }
    }

    #[test]
    fn what_is_too_large_for_an_automaton_is_searched_for_all_the_same() {
        let pattern = Pattern::new("^([a-z]{1000}){100}$").expect("a pattern");
        assert!(!pattern.0.unicode.has_automaton(&pattern.0.text));
        let text = "a".repeat(100_000);
        assert!(pattern.is_match(&text) && !pattern.is_match(&text[1..]));
        assert_eq!(pattern.find(&text), Some(0..100_000));
    }

    #[test]
    fn several_are_searched_for_at_once() {
        let set = PatternSet::new(&[r"\d+", "é", "^a|b$"]).expect("patterns");
        assert_eq!(set.matches("a1"), [0, 2]);
        assert_eq!(set.matches("é"), [1]);
        assert!(set.matches("").is_empty() && !set.is_match("c") && set.is_match("b"));
        assert!(PatternSet::new(&["a", "("]).is_none());
        let words = PatternSet::new(&[r"\bé", r"\bx\b", "n$"]).expect("patterns");
        assert!(words.is_match("un été") && words.is_match("é x é") && !words.is_match("aé xé"));
        assert_eq!(words.matches("x, un événement: un"), [0, 1, 2]);
    }

    #[test]
    fn other_texts_are_read_as_unicode() {
        let pattern = Pattern::new(r"\bé\w+").expect("a pattern");
        assert_eq!(pattern.find("un événement"), Some(3..14));
        assert!(pattern.is_match("un événement") && !pattern.is_match("unévénement"));
        assert!(Pattern::new("(").is_err());
    }
}

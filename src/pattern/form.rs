//! A pattern as it is compiled, in two parts: one tells whether there is a match, the other where. Few texts have one.

use std::sync::OnceLock;

use regex_automata::meta::{Builder, Config, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::syntax;

use super::LARGEST;
use super::automaton::Automaton;

/// One form of a pattern, compiled when a text is searched.
#[derive(Debug)]
pub(super) struct Form {
    unicode: bool,
    automaton: OnceLock<Option<Automaton>>,
    regex: OnceLock<Option<Regex>>,
}

impl Form {
    /// The form in which `\w` and the like know all of Unicode, or that in which they know ASCII only.
    pub(super) fn new(unicode: bool) -> Form {
        Form { unicode, automaton: OnceLock::new(), regex: OnceLock::new() }
    }

    /// Whether a text has a match; none where the pattern has no such form.
    pub(super) fn is_match(&self, pattern: &str, text: &str) -> Option<bool> {
        let told = self.automaton(pattern).and_then(|automaton| automaton.is_match(text));
        told.or_else(|| Some(self.regex(pattern)?.is_match(text)))
    }

    /// Whether it is searched for in the fast way.
    #[cfg(test)]
    pub(super) fn has_automaton(&self, pattern: &str) -> bool {
        self.automaton(pattern).is_some()
    }

    /// What tells whether a text has a match.
    fn automaton(&self, pattern: &str) -> Option<&Automaton> {
        self.automaton.get_or_init(|| Automaton::of(pattern, self.unicode)).as_ref()
    }

    /// What tells where the matches are.
    pub(super) fn regex(&self, pattern: &str) -> Option<&Regex> {
        self.regex.get_or_init(|| compiled(pattern, self.unicode)).as_ref()
    }
}

/// A pattern compiled as the `regex` crate does it, but for what costs more time than the few short texts of a run give back.
fn compiled(pattern: &str, unicode: bool) -> Option<Regex> {
    let config = config().utf8_empty(unicode);
    Builder::new().configure(config).syntax(syntax(unicode)).build(pattern).ok()
}

/// How a pattern is read for a form.
pub(super) fn syntax(unicode: bool) -> syntax::Config {
    syntax::Config::new().unicode(unicode).utf8(unicode)
}

/// Groups are not remembered, and no literals are searched for ahead.
pub(super) fn config() -> Config {
    let bare = Config::new().which_captures(WhichCaptures::Implicit).auto_prefilter(false).onepass(false);
    bare.nfa_size_limit(Some(LARGEST))
}

//! Tells whether a text has a match, and of which patterns, but not where: that takes half the time and memory to compile.

use std::panic::{RefUnwindSafe, UnwindSafe};

use regex_automata::hybrid::dfa::{Builder, Cache, Config, DFA};
use regex_automata::nfa::thompson;
use regex_automata::util::pool::Pool;
use regex_automata::{Input, MatchKind, PatternSet};

use super::LARGEST;
use super::form::syntax;

/// An automaton that is made while texts are searched, state by state.
#[derive(Debug)]
pub(super) struct Automaton {
    dfa: DFA,
    /// The states that were made, for each thread that searches.
    caches: Pool<Cache, NewCache>,
}

type NewCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

impl Automaton {
    /// The automaton of one pattern.
    pub(super) fn of(pattern: &str, unicode: bool) -> Option<Automaton> {
        Automaton::new(&[pattern], unicode, MatchKind::LeftmostFirst)
    }

    /// The automaton of several patterns.
    pub(super) fn of_all(patterns: &[&str]) -> Option<Automaton> {
        Automaton::new(patterns, true, MatchKind::All)
    }

    /// None where one of them is no pattern, or where they need more memory than this way of searching has.
    fn new(patterns: &[&str], unicode: bool, kind: MatchKind) -> Option<Automaton> {
        // Where it gets on badly with a text, it says so instead of going on.
        let config = Config::new().match_kind(kind).unicode_word_boundary(true);
        let config = config.minimum_cache_clear_count(Some(3)).minimum_bytes_per_state(Some(10));
        let nfa = thompson::Config::new().utf8(unicode).nfa_size_limit(Some(LARGEST)).shrink(false);
        let dfa = Builder::new().configure(config).thompson(nfa).syntax(syntax(unicode)).build_many(patterns).ok()?;
        let cached = dfa.clone();
        Some(Automaton { dfa, caches: Pool::new(Box::new(move || cached.create_cache())) })
    }

    /// Whether a text has a match; unknown where the automaton does not get on with the text.
    pub(super) fn is_match(&self, text: &str) -> Option<bool> {
        let found = self.dfa.try_search_fwd(&mut self.caches.get(), &Input::new(text).earliest(true));
        found.ok().map(|end| end.is_some())
    }

    /// The patterns that have a match, by number; unknown where the automaton does not get on with the text.
    pub(super) fn matches(&self, text: &str) -> Option<PatternSet> {
        let mut matched = PatternSet::new(self.dfa.pattern_len());
        let searched = self.dfa.try_which_overlapping_matches(&mut self.caches.get(), &Input::new(text), &mut matched);
        searched.ok().map(|()| matched)
    }
}

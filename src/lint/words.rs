//! Words of hits that nobody wanted before it was clear whether the hit stays: many of them yield to others.

use rayon::prelude::*;

use super::hit::{Hit, Words};
use super::pieces::Pieces;
use super::profiles::Profiles;
use crate::facts::Api;
use crate::rules::{Row, RuleSet, Subject, evidence};
use crate::source::SourceId;

/// Words as evidence has them.
type Named = Vec<(&'static str, String)>;

/// A judgement: the file in which the hit stands, the rule, its clause and the row.
type Judgement = (SourceId, usize, usize, Subject);

/// What the judgements of one description rest on.
#[derive(Clone, Copy)]
struct Evidences<'r, 'p> {
    rules: &'r RuleSet,
    profiles: &'r Profiles,
    api: &'r Api<'p>,
}

/// Fills in the words that were withheld.
pub(super) fn fill_in<'p>(rules: &RuleSet, profiles: &Profiles, api: &Api<'p>, hits: &mut Pieces<Hit<'p>>) {
    let evidences = Evidences { rules, profiles, api };
    hits.pieces_mut().par_iter_mut().for_each(|piece| evidences.fill_in(piece));
}

impl Evidences<'_, '_> {
    /// The uses of a shared response, which were judged together, follow each other.
    fn fill_in(self, hits: &mut [Hit<'_>]) {
        let mut last: Option<(Judgement, Named)> = None;
        for hit in hits {
            let Words::Withheld(clause, subject) = hit.words else { continue };
            let judgement = (hit.at.span().source, hit.rule, clause, subject);
            let known = last.take().filter(|(last, _)| *last == judgement);
            let (_, words) = last.insert(known.unwrap_or_else(|| (judgement, self.words(judgement))));
            hit.words = Words::Clause(clause, words.clone());
        }
    }

    fn words(self, (file, rule, clause, subject): Judgement) -> Named {
        let found = || {
            let clause = self.rules.rules().get(rule)?.clauses().get(clause)?;
            let part = self.profiles.part(file, rule)?;
            evidence(clause, &Row::declared(self.api, subject), &part.options).into_iter().next()
        };
        found().unwrap_or_default().words
    }
}

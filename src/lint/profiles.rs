//! What each rule is told in each file: the settings for all files, and the overrides for some.
//!
//! A finding is under the overrides of the file that it stands in, and only a judged row tells where that is. So the rules
//! that an override touches are judged once more under it, and of both judgements only what stands in the right files counts.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::hit::Hit;
use super::pieces::Pieces;
use super::rows::Judged;
use super::seen;
use crate::finding::Severity;
use crate::rules::{Grade, Part, RuleSet, Settings, Witness};
use crate::source::SourceId;
use crate::syntax::File;

/// A severity, and who set it where it is not the rule's own.
pub(crate) type Graded = (Severity, Option<Arc<str>>);

/// The parts of all rules in the files of one description.
#[derive(Debug, Default)]
pub(crate) struct Profiles {
    witness: Witness,
    base: Profile,
    others: Vec<Profile>,
    /// For each file under overrides its profile, an index into `others`.
    of_file: FxHashMap<SourceId, usize>,
}

#[derive(Debug, Default)]
struct Profile {
    /// What the rules are told; in a profile of overrides `None` for those that they do not touch.
    parts: Vec<Option<Part>>,
    /// The rules that the overrides touch.
    touched: Vec<bool>,
    /// The rules that can speak in these files.
    ran: Vec<bool>,
}

impl Profiles {
    /// The profiles of a description; which files it reaches is asked only where there are overrides.
    pub(crate) fn of<'p>(
        rules: &RuleSet,
        settings: &Settings,
        files: impl FnOnce() -> Vec<&'p File>,
        witness: Witness,
    ) -> Profiles {
        let parts = rules.parts(settings, witness);
        let ran = seen::ran(rules, &parts);
        let mut profiles = Profiles { witness, base: Profile { parts, touched: Vec::new(), ran }, ..Profiles::default() };
        let mut known: FxHashMap<Vec<usize>, usize> = FxHashMap::default();
        let files = if settings.overrides.is_empty() { Vec::new() } else { files() };
        for file in files {
            let matching = |(_, one): &(usize, &crate::rules::Override)| one.files.contains(file.source().name());
            let overrides: Vec<usize> = settings.overrides.iter().enumerate().filter(matching).map(|(index, _)| index).collect();
            if overrides.is_empty() {
                continue;
            }
            let index = *known.entry(overrides).or_insert_with_key(|overrides| {
                let other = profiles.base.under(rules, rules.parts_under(settings, overrides, witness));
                profiles.others.push(other);
                profiles.others.len() - 1
            });
            profiles.of_file.insert(file.source().id(), index);
        }
        profiles
    }

    /// The part of a rule in a file.
    pub(crate) fn part(&self, file: SourceId, rule: usize) -> Option<&Part> {
        self.profile(file, rule).parts.get(rule)?.as_ref()
    }

    /// The severity in a file of a rule that is not made of clauses, where its own would be `own`, and who set it. What is set
    /// from outside replaces the rule's base and everything above it; what is milder stays.
    pub(crate) fn severity(&self, rules: &RuleSet, file: SourceId, rule: usize, own: Severity) -> Option<Graded> {
        let base = rules.rules().get(rule)?.grade_for(self.witness);
        let part = self.part(file, rule)?;
        let own = Grade::On(own);
        let grade = match part.set {
            Some(set) if own < base => set.min(own),
            Some(set) => set,
            None if base == Grade::Off => Grade::Off,
            None => own,
        };
        Some((grade.severity()?, part.origin.clone().filter(|_| grade != own)))
    }

    /// The rules that can speak in a file, by index.
    pub(super) fn ran(&self, file: SourceId) -> &[bool] {
        self.of_file.get(&file).and_then(|&index| self.others.get(index)).map_or(&self.base.ran, |profile| &profile.ran)
    }

    /// The same where it is the same in all files.
    pub(super) fn ran_everywhere(&self) -> Option<&[bool]> {
        self.others.is_empty().then_some(&self.base.ran)
    }

    /// Judges under each profile and keeps what stands in its files.
    pub(super) fn judge<'p>(&self, mut judge: impl FnMut(&[Option<Part>]) -> Judged<'p>) -> Judged<'p> {
        if self.others.is_empty() {
            return judge(&self.base.parts);
        }
        let mut all = Judged::default();
        for profile in std::iter::once(&self.base).chain(&self.others) {
            let counts = |file: SourceId, rule: usize| std::ptr::eq(self.profile(file, rule), profile);
            let Judged { hits, unknown } = judge(&profile.parts);
            all.hits.extend(hits.into_iter().filter(|hit| counts(hit.at.span().source, hit.rule)));
            let unknown = unknown.iter().filter(|(rule, place)| counts(SourceId(place.file), *rule));
            unknown.for_each(|(rule, place)| all.unknown.note(rule, place));
        }
        all
    }

    /// The same for what makes no judgement that may come out unknown.
    pub(super) fn read<'p>(&self, mut read: impl FnMut(&[Option<Part>], &mut Pieces<Hit<'p>>)) -> Pieces<Hit<'p>> {
        let read = |parts: &[Option<Part>]| {
            let mut judged = Judged::default();
            read(parts, &mut judged.hits);
            judged
        };
        self.judge(read).hits
    }

    /// The profile that decides about a rule in a file.
    fn profile(&self, file: SourceId, rule: usize) -> &Profile {
        let other = self.of_file.get(&file).and_then(|&index| self.others.get(index));
        other.filter(|other| other.touched.get(rule).copied().unwrap_or(false)).unwrap_or(&self.base)
    }
}

impl Profile {
    /// The profile of files in which the rules have these parts.
    fn under(&self, rules: &RuleSet, parts: Vec<Option<Part>>) -> Profile {
        let ran = seen::ran(rules, &parts);
        let touched: Vec<bool> = self.parts.iter().zip(&parts).map(|(base, part)| base != part).collect();
        let parts = parts.into_iter().zip(&touched).map(|(part, touched)| part.filter(|_| *touched)).collect();
        Profile { parts, touched, ran }
    }
}

//! What each rule is told in each file: the settings for all files, and the overrides for some.
//!
//! A finding is under the overrides of the file that it stands in, and only a judged row tells where that is. So the rules
//! that an override touches are judged once more under it, and of both judgements only what stands in the right files counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::hit::Hit;
use super::pieces::Pieces;
use super::reach::{direct_users, users_among};
use super::rows::Judged;
use super::seen;
use crate::finding::Severity;
use crate::openapi::Project;
use crate::rules::{Grade, Part, RuleSet, Settings, Witness};
use crate::source::SourceId;

/// A severity, and who set it where it is not the rule's own.
pub(crate) type Graded = (Severity, Option<Arc<str>>);

/// The parts of all rules in the files of a project, under the same settings.
#[derive(Debug, Default)]
pub(crate) struct Profiles {
    witness: Witness,
    base: Profile,
    others: Vec<Profile>,
    /// For each file under overrides its profile, an index into `others`.
    of_file: FxHashMap<SourceId, usize>,
    /// For each file the profiles of those that it is or reaches, in order.
    within: FxHashMap<SourceId, Vec<usize>>,
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
    /// The profiles of each of these settings; the same settings share them.
    pub(crate) fn of_each<'s>(
        rules: &RuleSet,
        project: &Project,
        settings: impl Iterator<Item = &'s Settings>,
        witness: Witness,
    ) -> Vec<Arc<Profiles>> {
        let mut known: FxHashMap<*const Settings, Arc<Profiles>> = FxHashMap::default();
        let of = |settings: &Settings| {
            let known = known.entry(std::ptr::from_ref(settings));
            Arc::clone(known.or_insert_with(|| Arc::new(Profiles::of(rules, project, settings, witness))))
        };
        settings.map(of).collect()
    }

    fn of(rules: &RuleSet, project: &Project, settings: &Settings, witness: Witness) -> Profiles {
        let parts = rules.parts(settings, witness);
        let ran = seen::ran(rules, &parts);
        let mut profiles = Profiles { witness, base: Profile { parts, touched: Vec::new(), ran }, ..Profiles::default() };
        let mut known: FxHashMap<Vec<usize>, usize> = FxHashMap::default();
        for (file, overrides) in overrides_by_file(project, settings) {
            let index = *known.entry(overrides).or_insert_with_key(|overrides| {
                let other = profiles.base.under(rules, rules.parts_under(settings, overrides, witness));
                profiles.others.push(other);
                profiles.others.len() - 1
            });
            profiles.of_file.insert(file, index);
        }
        profiles.find_within(project);
        profiles
    }

    fn find_within(&mut self, project: &Project) {
        let mut files: Vec<Vec<SourceId>> = vec![Vec::new(); self.others.len()];
        for (file, profile) in &self.of_file {
            files.get_mut(*profile).into_iter().for_each(|files| files.push(*file));
        }
        let by_part = if files.is_empty() { FxHashMap::default() } else { direct_users(project) };
        for (profile, files) in files.into_iter().enumerate() {
            for user in users_among(&by_part, files) {
                self.within.entry(user).or_default().push(profile);
            }
        }
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

    /// Judges what a file is or reaches under each profile that it holds, and keeps what stands in the right files.
    pub(super) fn judge<'p>(&self, file: SourceId, mut judge: impl FnMut(&[Option<Part>]) -> Judged<'p>) -> Judged<'p> {
        let Some(others) = self.within.get(&file) else { return judge(&self.base.parts) };
        let others = others.iter().filter_map(|&other| self.others.get(other));
        let mut all = Judged::default();
        for profile in std::iter::once(&self.base).chain(others) {
            let counts = |file: SourceId, rule: usize| std::ptr::eq(self.profile(file, rule), profile);
            let Judged { hits, unknown, left_out } = judge(&profile.parts);
            all.left_out.extend(left_out);
            all.hits.extend(hits.into_iter().filter(|hit| counts(hit.at.span().source, hit.rule)));
            let unknown = unknown.iter().filter(|(rule, place)| counts(SourceId(place.file), *rule));
            unknown.for_each(|(rule, place)| all.unknown.note(rule, place));
        }
        all
    }

    /// The same for what makes no judgement that may come out unknown.
    pub(super) fn read<'p>(
        &self,
        file: SourceId,
        mut read: impl FnMut(&[Option<Part>], &mut Pieces<Hit<'p>>),
    ) -> Pieces<Hit<'p>> {
        let read = |parts: &[Option<Part>]| {
            let mut judged = Judged::default();
            read(parts, &mut judged.hits);
            judged
        };
        self.judge(file, read).hits
    }

    /// The profile that decides about a rule in a file.
    fn profile(&self, file: SourceId, rule: usize) -> &Profile {
        let other = self.of_file.get(&file).and_then(|&index| self.others.get(index));
        other.filter(|other| other.touched.get(rule).copied().unwrap_or(false)).unwrap_or(&self.base)
    }
}

/// The overrides that hold in a file, for all under any.
fn overrides_by_file(project: &Project, settings: &Settings) -> BTreeMap<SourceId, Vec<usize>> {
    let mut by_file: BTreeMap<SourceId, Vec<usize>> = BTreeMap::new();
    for (index, one) in settings.overrides.iter().enumerate() {
        for file in one.files.iter().filter_map(|name| project.file(name)) {
            by_file.entry(file.source().id()).or_default().push(index);
        }
    }
    by_file
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

//! Users' rules: read from their files, with everything that is wrong with any of them said at once.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Failure;
use crate::finding::RuleId;
use crate::io::{self, Trouble, name_of};
use crate::rules::{Rule, RuleSet, load};
use crate::source::SourceId;
use crate::strict::Complaint;
use crate::syntax::{self, File};

/// A rule and the file it comes from.
#[derive(Debug)]
pub(super) struct OwnRule {
    /// The name of the file.
    pub(super) name: String,
    /// Its text, for places.
    pub(super) file: File,
    /// The rule; taken out when the rules are put together.
    pub(super) rule: Rule,
}

/// The rules of some files, and what is wrong with the files that are no rules.
#[derive(Debug, Default)]
pub(super) struct OwnRules {
    /// The rules, each file once.
    pub(super) rules: Vec<OwnRule>,
    /// What is wrong.
    pub(super) failures: Vec<Failure>,
    /// The files that were looked at, by name, in order.
    seen: Vec<String>,
    known: FxHashSet<String>,
}

impl OwnRules {
    /// Reads these files, unless that was done before, and gives the ids of the rules in them.
    pub(super) fn read(&mut self, paths: &[PathBuf], here: &Path) -> Vec<String> {
        let names: Vec<String> = paths.iter().map(|path| name_of(path, here)).collect();
        for (path, name) in paths.iter().zip(&names) {
            if self.known.insert(name.clone()) {
                self.seen.push(name.clone());
                self.read_one(path, name);
            }
        }
        let names: FxHashSet<String> = names.into_iter().collect();
        self.rules.iter().filter(|own| names.contains(&own.name)).map(|own| own.rule.id.as_str().to_owned()).collect()
    }

    fn read_one(&mut self, path: &Path, name: &str) {
        let bytes = match io::read(path) {
            Ok(bytes) => bytes,
            Err(reason) => {
                self.failures.push(Failure::unreadable(&Trouble { name: name.to_owned(), reason }));
                return;
            }
        };
        let file = syntax::read(SourceId(0), name, bytes);
        match load(&file) {
            Ok(rule) => self.rules.push(OwnRule { name: name.to_owned(), file, rule }),
            Err(complaints) => self.failures.extend(complaints.iter().map(|one| Failure::of_complaint(one, file.source()))),
        }
    }

    /// The ids of the rules that could not be loaded: a rule's file has the name of its id.
    pub(super) fn broken_ids(&self) -> Vec<String> {
        let loaded: FxHashSet<&String> = self.rules.iter().map(|own| &own.name).collect();
        let broken = self.seen.iter().filter(|name| !loaded.contains(name));
        let stem = |name: &String| Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        broken.filter_map(stem).collect()
    }

    /// Complains about ids that are taken: by a built-in rule for which `is_taken` holds, or by another of these.
    pub(super) fn refuse_taken(&mut self, is_taken: impl Fn(&OwnRule) -> bool) {
        let mut by_id: FxHashMap<&RuleId, &OwnRule> = FxHashMap::default();
        for own in &self.rules {
            let earlier = by_id.get(&own.rule.id).copied();
            by_id.entry(&own.rule.id).or_insert(own);
            if let Some(earlier) = earlier {
                let message = format!("there is another rule `{}`, in {}", own.rule.id, earlier.name);
                self.failures.push(own.complaint(message, "give one of them another id"));
            } else if is_taken(own) {
                let message = format!("there is a built-in rule `{}` already", own.rule.id);
                let help = "give your rule another id, and set the built-in one to `off` if yours replaces it";
                self.failures.push(own.complaint(message, help));
            }
        }
    }

    /// The built-in rules and these as one set, with what is wrong only between them.
    pub(super) fn join(self, builtin: Vec<Rule>) -> (RuleSet, Vec<Failure>) {
        let OwnRules { rules: own, mut failures, .. } = self;
        let (mut all, mut files) = (builtin, FxHashMap::default());
        for one in own {
            files.entry(one.rule.id.clone()).or_insert(one.file);
            all.push(one.rule);
        }
        let rules = RuleSet::new(all);
        for (id, complaint) in rules.complaints() {
            failures.push(match files.get(&id) {
                Some(file) => Failure::of_complaint(&complaint, file.source()),
                None => Failure::new(complaint.message),
            });
        }
        (rules, failures)
    }
}

impl OwnRule {
    fn complaint(&self, message: String, help: &str) -> Failure {
        Failure::of_complaint(&Complaint { span: self.rule.id_span, message, help: Some(help.to_owned()) }, self.file.source())
    }
}

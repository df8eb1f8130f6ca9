//! A description that traffic is held against, with the rules that can speak about each status.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::facts::{Api, api};
use crate::finding::Severity;
use crate::http::status::StatusKey;
use crate::lint::{Graded, Job, Profiles};
use crate::openapi::{Project, version_of};
use crate::rules::{Grade, Noun, Part, RuleSet, Witness};
use crate::source::SourceId;
use crate::truth::Truth;

/// One description of a run.
#[derive(Debug)]
pub(super) struct Description<'p> {
    /// Its facts.
    pub(super) api: Api<'p>,
    /// The number of the job that it belongs to.
    pub(super) job: usize,
    profiles: Arc<Profiles>,
    plans: RwLock<FxHashMap<(SourceId, StatusKey), Plan>>,
}

/// The clauses that can speak about one status in one file: rule and number of the clause.
type Plan = Arc<[(usize, usize)]>;

impl<'p> Description<'p> {
    /// The descriptions in the file of a job.
    pub(super) fn of_job(project: &'p Project, number: usize, job: &Job<'p>, profiles: &Arc<Profiles>) -> Vec<Description<'p>> {
        let one = |root| {
            let version = version_of(root)?.version?;
            let profiles = Arc::clone(profiles);
            Some(Description { api: api(project, version, root), job: number, profiles, plans: RwLock::default() })
        };
        job.file.roots().filter_map(one).collect()
    }

    /// The file of its root.
    pub(super) fn file(&self) -> SourceId {
        self.api.root.node().file().source().id()
    }

    /// The part of a rule where findings stand in this file.
    pub(super) fn part(&self, file: SourceId, rule: usize) -> Option<&Part> {
        self.profiles.part(file, rule)
    }

    /// The severity of a rule that is not made of clauses, where its own would be `own`, and who set it.
    pub(super) fn severity(&self, rules: &RuleSet, file: SourceId, rule: usize, own: Severity) -> Option<Graded> {
        self.profiles.severity(rules, file, rule, own)
    }

    /// The clauses that can speak about a status where findings stand in this file.
    pub(super) fn plan(&self, rules: &RuleSet, file: SourceId, status: StatusKey) -> Plan {
        let key = (file, status);
        if let Some(plan) = self.plans.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(plan);
        }
        let plan = self.new_plan(rules, file, status);
        self.plans.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&plan));
        plan
    }

    fn new_plan(&self, rules: &RuleSet, file: SourceId, status: StatusKey) -> Plan {
        let clauses = rules
            .rules()
            .iter()
            .enumerate()
            .flat_map(|(index, rule)| rule.clauses().iter().enumerate().map(move |(number, clause)| (index, number, clause)));
        let can_speak = |(rule, number, clause): (usize, usize, &crate::rules::Clause)| {
            let part = self.part(file, rule)?;
            let base = clause.severities.base_under(part.set, Witness::Observed);
            let speaks = base != Grade::Off || !clause.severities.entries.is_empty();
            let is_about = matches!(clause.noun, Noun::Response | Noun::Exchange) && clause.is_about(Witness::Observed);
            let may_be_meant = clause.statuses().is_none_or(|set| set.relation(status) == Truth::True);
            (speaks && is_about && may_be_meant).then_some((rule, number))
        };
        clauses.filter_map(can_speak).collect()
    }
}

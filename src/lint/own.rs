//! Findings about the run itself, such as an entry of the configuration that matches nothing.

use std::cmp::Ordering;

use super::fingerprint::{fingerprint, number_equal_ones};
use super::{Job, MadeBy, Outcome};
use crate::finding::{Finding, Place};
use crate::rules::{RuleSet, Settings, Witness};
use crate::source::SourceId;

/// Something to be said about a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The id of the rule that says it.
    pub rule: &'static str,
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The jobs that it concerns; their settings decide how loud it is said.
    pub jobs: Vec<usize>,
}

impl Outcome {
    /// Takes in remarks as findings, behind all others; `name_of` tells the names of files, by which they are sorted.
    pub fn add<'n>(&mut self, rules: &RuleSet, jobs: &[Job<'_>], remarks: Vec<Remark>, name_of: impl Fn(SourceId) -> &'n str) {
        if !remarks.is_empty() {
            let settings: Vec<&Settings> = jobs.iter().map(|job| job.settings).collect();
            self.append(own(rules, &settings, remarks), name_of);
        }
    }

    /// Takes in findings, each with its jobs, behind all others: what is said about a run is known when it is over.
    pub(crate) fn append<'n>(&mut self, mut findings: Vec<(Finding, MadeBy)>, name_of: impl Fn(SourceId) -> &'n str) {
        findings.sort_by(|(one, _), (other, _)| order(one, other, &name_of));
        for (finding, jobs) in findings {
            self.findings.push(finding);
            self.jobs.push(jobs);
        }
        self.count();
    }

    /// Takes in findings, each with its jobs, at their places among the others.
    pub(crate) fn join<'n>(&mut self, findings: Vec<(Finding, MadeBy)>, name_of: impl Fn(SourceId) -> &'n str) {
        let own = std::mem::take(&mut self.findings).into_iter().zip(std::mem::take(&mut self.jobs));
        let mut all: Vec<(Finding, MadeBy)> = findings.into_iter().chain(own).collect();
        all.sort_by(|(one, _), (other, _)| order(one, other, &name_of));
        (self.findings, self.jobs) = all.into_iter().unzip();
        self.count();
    }
}

/// How findings are sorted: file, offset, rule and words.
fn order<'n>(one: &Finding, other: &Finding, name_of: impl Fn(SourceId) -> &'n str) -> Ordering {
    let place = |finding: &Finding| finding.span().map(|span| (name_of(span.source), span.start));
    place(one).cmp(&place(other)).then_with(|| one.rule.cmp(&other.rule)).then_with(|| one.message.cmp(&other.message))
}

/// Remarks as findings, each with its jobs. `settings` are those of the jobs.
pub(crate) fn own(rules: &RuleSet, settings: &[&Settings], remarks: Vec<Remark>) -> Vec<(Finding, MadeBy)> {
    let own = remarks.into_iter().filter_map(|remark| Some((finding(rules, settings, &remark)?, remark.jobs.into())));
    let mut own: Vec<(Finding, MadeBy)> = own.collect();
    number_equal_ones(own.iter_mut().map(|(finding, _)| finding));
    own
}

/// The finding of a remark; none where its rule does not run.
fn finding(rules: &RuleSet, settings: &[&Settings], remark: &Remark) -> Option<Finding> {
    let index = rules.index_of(remark.rule)?;
    let rule = rules.rules().get(index)?;
    let parts = rules.parts(settings.get(*remark.jobs.first()?)?, Witness::Declared);
    let part = parts.get(index)?.as_ref()?;
    let grade = part.set.unwrap_or(rule.grade());
    Some(Finding {
        rule: rule.id.clone(),
        severity: grade.severity()?,
        set_by: part.origin.clone().filter(|_| grade != rule.grade()),
        message: remark.message.clone(),
        help: Some(remark.help.clone()),
        primary: Some(remark.place.clone()),
        related: Vec::new(),
        operations: Vec::new(),
        status: None,
        observation: None,
        change: None,
        fix: None,
        fingerprint: fingerprint(&[remark.rule, &remark.message]),
    })
}

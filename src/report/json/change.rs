//! What only a report about two descriptions has: the class of a change, where it was before, and what may come now.

use serde::Serialize;
use serde_json::Value;

use super::{Range, place};
use crate::finding::{self, ChangeNumbers, Class, Finding, VersionStep};
use crate::report::Report;

#[derive(Serialize)]
pub(super) struct Change<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    old: Option<Old<'a>>,
    /// Left out where there is none: `null` is a value like others.
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Value>,
}

#[derive(Serialize)]
struct Old<'a> {
    file: &'a str,
    span: Range,
    pointer: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<u32>,
}

impl<'a> Change<'a> {
    pub(super) fn of(report: &Report<'a>, finding: &Finding, change: &'a finding::Change) -> Self {
        let old = change.old.as_ref().map(|old| {
            let (file, span) = place(report, old.span);
            Old { file, span, pointer: &old.pointer, document: old.document }
        });
        let witness = change.witness.as_deref().and_then(|witness| serde_json::from_str(witness).ok());
        Change { class: finding.class().map(Class::word), old, witness }
    }
}

#[derive(Serialize)]
pub(super) struct Changes {
    breaking: usize,
    risky: usize,
    compatible: usize,
    #[serde(skip_serializing_if = "is_none")]
    off: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    versions: Vec<Step>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Step {
    file: String,
    old: String,
    new: String,
    made: &'static str,
    asked_for: &'static str,
    enough: bool,
}

impl From<&ChangeNumbers> for Changes {
    fn from(numbers: &ChangeNumbers) -> Self {
        Changes {
            breaking: numbers.breaking,
            risky: numbers.risky,
            compatible: numbers.compatible,
            off: numbers.off,
            versions: numbers.versions.iter().map(Into::into).collect(),
        }
    }
}

impl From<&VersionStep> for Step {
    fn from(step: &VersionStep) -> Self {
        let VersionStep { file, old, new, made, asked_for, is_enough } = step.clone();
        Step { file, old, new, made, asked_for, enough: is_enough }
    }
}

//! What only a report about two descriptions has: the class of a change, where it was before, and what may come now.

use std::io;

use serde::Serialize;
use serde_json::Value;

use super::item::place;
use super::object::Object;
use crate::finding::{Change, ChangeNumbers, Finding, VersionStep};
use crate::report::Report;

/// Writes what a change means to clients, where it was in the old description, and what may come now.
pub(super) fn write(report: &Report<'_>, finding: &Finding, change: &Change, object: &mut Object<'_>) -> io::Result<()> {
    if let Some(class) = finding.class() {
        object.text("class", class.word())?;
    }
    object.either("old", change.old.as_ref(), |old, out| Object::write(out, |object| place(report, old, object)))?;
    let witness: Option<Value> = change.witness.as_deref().and_then(|witness| serde_json::from_str(witness).ok());
    // Left out where there is none: `null` is a value like others.
    witness.map_or(Ok(()), |witness| object.value("witness", &witness))
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

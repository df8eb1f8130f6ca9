//! Whether `info.version` was raised as far as the changes of its description ask for.

use super::findings::Teller;
use super::run::description;
use super::step::{Step, version};
use super::{Change, Pair, Sides};
use crate::facts::Api;
use crate::finding::{Class, VERSION_STEP, VersionStep};
use crate::lint::{MadeBy, Outcome, Profiles};
use crate::rules::{RuleSet, Witness};
use crate::suppress::Suppressions;
use crate::syntax::Node;

/// A version that cannot be judged: the name of its file, and the text where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrangeVersion {
    /// The name of the file.
    pub file: String,
    /// What is written; none where there is no `info.version`.
    pub text: Option<String>,
}

/// Holds the step of each pair's versions against the worst class of its changes, accepted and suppressed ones too: that a break
/// is fine does not undo it. What rules that are off would say asks for nothing. The steps go into the
/// summary, those that are too small become findings. What comes back are versions that are none of Semantic Versioning.
pub fn judge(sides: Sides<'_, '_>, rules: &RuleSet, pairs: &[Pair<'_, '_, '_>], outcome: &mut Outcome) -> Vec<StrangeVersion> {
    let mut strange = Vec::new();
    let mut found = Vec::new();
    let mut steps = Vec::new();
    let worst = worst(outcome, pairs.len());
    let profiles = Profiles::of_each(rules, sides.new, pairs.iter().map(|pair| pair.settings), Witness::Declared);
    for (((job, pair), worst), profiles) in pairs.iter().enumerate().zip(worst).zip(&profiles) {
        let old = pair.old.and_then(|file| description(sides.old, file));
        let new = pair.new.and_then(|file| description(sides.new, file));
        let (Some(old), Some(new)) = (old, new) else { continue };
        let step = match step(&old, &new, worst) {
            Ok(step) => step,
            Err(version) => {
                strange.push(version);
                continue;
            }
        };
        if !step.is_enough {
            let change = change(&old, &new, &step);
            let suppressions = Suppressions::of(pair.new.into_iter());
            let said = Teller::new(rules, &suppressions, profiles, Some(&new)).said(change, job);
            found.extend(said.and_then(|said| Some((said.finding(rules, sides.first_old)?, MadeBy::One(job)))));
        }
        steps.push(step);
    }
    outcome.summary.changes.get_or_insert_default().versions = steps;
    sides.join(outcome, found);
    strange
}

/// The worst class of the changes of each pair.
fn worst(outcome: &Outcome, pairs: usize) -> Vec<Option<Class>> {
    let mut worst = vec![None; pairs];
    let loud = outcome.findings.iter().zip(&outcome.jobs);
    let silenced = outcome.suppressed.iter().map(|(suppressed, jobs)| (&suppressed.finding, jobs));
    for (finding, jobs) in loud.chain(silenced) {
        for &job in jobs.iter() {
            worst.get_mut(job).into_iter().for_each(|worst: &mut Option<Class>| *worst = (*worst).max(finding.class()));
        }
    }
    worst
}

fn step(old: &Api<'_>, new: &Api<'_>, worst: Option<Class>) -> Result<VersionStep, StrangeVersion> {
    let read = |api: &Api<'_>| {
        let text = place(api).1.and_then(|node| Some(node.text()?.into_owned()));
        let parsed = text.as_deref().and_then(version);
        let file = name(api);
        text.clone().zip(parsed).ok_or(StrangeVersion { file, text })
    };
    let ((before, one), (after, other)) = (read(old)?, read(new)?);
    let (made, asked_for) = (Step::between(&one, &other), Step::asked_for(&one, worst));
    Ok(VersionStep {
        file: name(new),
        old: before,
        new: after,
        made: made.word(),
        asked_for: asked_for.word(),
        is_enough: made.is_enough(asked_for),
    })
}

/// The name of its file.
fn name(api: &Api<'_>) -> String {
    api.root.node().file().source().name().to_owned()
}

fn change<'o, 'n>(old: &Api<'o>, new: &Api<'n>, step: &VersionStep) -> Change<'o, 'n> {
    let VersionStep { old: before, new: after, asked_for, .. } = step;
    let message = if step.made == Step::Back.word() && *asked_for == Step::None.word() {
        format!("the version went back from `{before}` to `{after}`")
    } else if step.made == Step::Back.word() {
        format!("the version went back from `{before}` to `{after}`, and the changes ask for a {asked_for} step")
    } else if step.made == Step::None.word() {
        format!("the version is still `{after}`, and the changes ask for a {asked_for} step")
    } else {
        format!("`{before}` to `{after}` is a {} step, and the changes ask for a {asked_for} one", step.made)
    };
    let key = |(around, version): (Node<'o>, Option<Node<'o>>)| version.unwrap_or(around);
    let place_in_new = place(new);
    Change::new(VERSION_STEP, Class::Breaking, message)
        .at(key(place(old)), place_in_new.1.unwrap_or(place_in_new.0))
        .word("asked-for", *asked_for)
        .word("old", before.as_str())
        .word("new", after.as_str())
}

/// The nearest place to a version, and the version itself.
fn place<'p>(api: &Api<'p>) -> (Node<'p>, Option<Node<'p>>) {
    let info = api.root.node().entry("info");
    let version = info.and_then(|entry| entry.value.get("version"));
    (info.map_or(api.root.node(), |entry| entry.key), version)
}

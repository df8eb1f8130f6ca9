//! The text of a first `statusquo.yaml`: everything that can be decided, with what it means.

use std::fmt::Write as _;

use super::project::Project;
use crate::rules::{Rule, RuleSet, builtin};

/// How far severities go to the right before what the rule does follows on its line.
const WIDTH: usize = 52;

/// The text; every line that decides something is a comment, so that nothing changes by it.
pub(super) fn text(project: &Project) -> String {
    let rules = RuleSet::new(builtin().0);
    let found = project.descriptions().unwrap_or_else(|| "none yet".to_owned());
    let mut text = format!(
        "\
# What this team decided about the rules of statusquo, for every description in and below this folder.
# Lines that are commented out show what holds without them.
# Descriptions here when this file was written: {found}

# Severities to start from: recommended, strict (what HTTP requires is an error), wire (only what the wire forbids),
# guides (what the guides on status codes ask for).
extends: [recommended]

# The mildest severity that fails a run: error, warning, note, never.
fail-on: warning

# Files that are not linted, as in a .gitignore.
# ignore: [vendor, \"*.generated.yaml\"]

# What is known and not reported: `statusquo lint --baseline statusquo-baseline.yaml --write-baseline` writes it.
# baseline: statusquo-baseline.yaml

# Rules of your own.
# rule-files: [api-rules]

# Other severities for what is found in some files.
# overrides:
#   - files: [legacy, \"*.v1.yaml\"]
#     rules: {{ created-without-location: note }}

# The rules with the severities of `recommended`: off, note, warning, error. `statusquo explain RULE` tells more about one.
rules:
"
    );
    let mut by_subject: Vec<&Rule> = rules.rules().iter().collect();
    by_subject.sort_by_key(|rule| (&rule.subject, rule.id.as_str()));
    for group in by_subject.chunk_by(|one, other| one.subject == other.subject) {
        let _ = writeln!(text, "\n  # {}", group.first().map(|rule| rule.subject.as_str()).unwrap_or_default());
        for rule in group {
            let _ = writeln!(text, "  # {:WIDTH$}  # {}", setting(rule), rule.summary);
        }
    }
    text
}

/// A rule with its severities as the configuration has them.
fn setting(rule: &Rule) -> String {
    let base = rule.severities.base;
    let (declared, observed) = (base.declared.word(), base.observed.word());
    if declared == observed {
        return format!("{}: {declared}", rule.id);
    }
    format!("{}: {{ declared: {declared}, observed: {observed} }}", rule.id)
}

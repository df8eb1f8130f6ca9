//! What is to be written where, decided before anything is.

use super::project::{Project, Target};
use super::{InitArgs, append, config};
use crate::cli::Failure;
use crate::io::CONFIG_NAME;

const PRE_COMMIT: &str = ".pre-commit-config.yaml";
const GITHUB: &str = ".github/workflows/statusquo.yml";
const GITLAB: &str = ".gitlab-ci.yml";

/// A file and what becomes of it.
pub(super) struct Plan {
    pub(super) target: Target,
    /// The whole text of the file afterwards.
    pub(super) text: String,
    pub(super) action: Action,
    /// What the file is for, a few words.
    purpose: &'static str,
}

/// What becomes of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// There is none yet.
    Create,
    /// It gets something more at its end and keeps the rest as it is.
    Extend,
    /// There is one, and another takes its place if the user says so.
    Replace,
    /// It stays as it is, for this reason.
    Leave(&'static str),
}

impl Plan {
    /// What was done, one line.
    pub(super) fn outcome(&self) -> String {
        let name = &self.target.name;
        match self.action {
            Action::Create => format!("wrote {name}: {}", self.purpose),
            Action::Extend => format!("extended {name}: {}", self.purpose),
            Action::Replace => format!("replaced {name}: {}", self.purpose),
            Action::Leave(why) => format!("left {name} as it is: {why}"),
        }
    }
}

/// What the arguments ask for.
pub(super) fn plans(args: &InitArgs, project: &Project) -> Result<Vec<Plan>, Vec<Failure>> {
    let asks_for_more = args.pre_commit || args.github || args.gitlab;
    let mut plans = vec![configuration(project, asks_for_more && !args.force)?];
    if args.pre_commit {
        plans.push(pre_commit(project)?);
    }
    if args.github {
        let text = versioned(include_str!("github.yml"));
        plans.push(github(project, text)?);
    }
    if args.gitlab {
        plans.push(gitlab(project)?);
    }
    Ok(plans)
}

/// A workflow may end in `.yaml`, too; two of them would do the same twice.
fn github(project: &Project, text: String) -> Result<Plan, Vec<Failure>> {
    let (target, purpose) = (project.at_root(GITHUB), "lints every pull request");
    let other = project.at_root(&GITHUB.replace(".yml", ".yaml"));
    if target.read()?.is_none()
        && let Some(present) = other.read()?
    {
        return Ok(Plan { target: other, text: present, action: Action::Leave("it is there already"), purpose });
    }
    whole(target, text, purpose)
}

/// Where something else was asked for, a configuration that is there is no obstacle.
fn configuration(project: &Project, may_stay: bool) -> Result<Plan, Vec<Failure>> {
    let mut plan = whole(project.here(CONFIG_NAME), config::text(project), "every rule with what it does")?;
    if may_stay && plan.action == Action::Replace {
        plan.action = Action::Leave("it is there already");
    }
    Ok(plan)
}

/// A file that is written as a whole.
fn whole(target: Target, text: String, purpose: &'static str) -> Result<Plan, Vec<Failure>> {
    let action = match target.read()? {
        None => Action::Create,
        Some(present) if present == text => Action::Leave("it is there already"),
        Some(_) => Action::Replace,
    };
    Ok(Plan { target, text, action, purpose })
}

fn pre_commit(project: &Project) -> Result<Plan, Vec<Failure>> {
    let (target, purpose) = (project.at_root(PRE_COMMIT), "lints before a commit");
    let hook = versioned(include_str!("pre-commit.yaml"));
    let Some(present) = target.read()? else {
        return Ok(Plan { target, text: format!("repos:\n{hook}"), action: Action::Create, purpose });
    };
    if append::has_hook(&present) {
        return Ok(Plan { target, text: present, action: Action::Leave("it has the hook already"), purpose });
    }
    let text = append::hook(&present, &hook).ok_or_else(|| not_extended(&target, "add this to its `repos`", &hook))?;
    Ok(Plan { target, text, action: Action::Extend, purpose })
}

fn gitlab(project: &Project) -> Result<Plan, Vec<Failure>> {
    let (target, purpose) = (project.at_root(GITLAB), "lints every merge request");
    let job = versioned(include_str!("gitlab.yml"));
    let Some(present) = target.read()? else {
        return Ok(Plan { target, text: job, action: Action::Create, purpose });
    };
    if append::has_job(&present) {
        return Ok(Plan { target, text: present, action: Action::Leave("it has a job `statusquo` already"), purpose });
    }
    let text = append::job(&present, &job).ok_or_else(|| not_extended(&target, "add this job to it", &job))?;
    Ok(Plan { target, text, action: Action::Extend, purpose })
}

/// What somebody has to do by hand where a file is written in a way that cannot be extended safely.
fn not_extended(target: &Target, what: &str, text: &str) -> Vec<Failure> {
    let failure = Failure::new(format!("cannot extend `{}` without changing what is in it", target.name));
    vec![failure.help(format!("{what}:")).lines(text)]
}

/// The text with the version of this program, which is the one that is to run later.
fn versioned(text: &str) -> String {
    text.replace("\r\n", "\n").replace("{version}", env!("CARGO_PKG_VERSION"))
}

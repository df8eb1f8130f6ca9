//! `statusquo init`

mod append;
mod ask;
mod config;
mod plan;
mod project;

use std::fmt::Write as _;

use super::{Ending, Failure, Outcome, inputs, print};
use crate::io;
use plan::{Action, Plan};
use project::Project;

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct InitArgs {
    /// Add a hook to `.pre-commit-config.yaml`, which is made where there is none
    #[arg(long)]
    pub(super) pre_commit: bool,
    /// Write a workflow for GitHub Actions
    #[arg(long)]
    pub(super) github: bool,
    /// Add a job to `.gitlab-ci.yml`, which is made where there is none
    #[arg(long)]
    pub(super) gitlab: bool,
    /// Replace files that are there already
    #[arg(long)]
    pub(super) force: bool,
}

/// Writes a configuration, and what was asked for beside it. Nothing is written where any of it cannot be.
pub(super) fn run(args: &InitArgs) -> Ending {
    let project = Project::look_at(inputs::here()?);
    let mut plans = plan::plans(args, &project)?;
    ask::about_replacing(&mut plans, args.force)?;
    let mut said = String::new();
    for plan in &plans {
        carry_out(plan).map_err(|failure| vec![failure])?;
        let _ = writeln!(said, "{}", plan.outcome());
    }
    said.push_str(&project.next_steps());
    print(said.as_bytes()).map_err(|failure| vec![failure])?;
    Ok(Outcome::Clean)
}

/// Writes one file. A new one is never written over another that came in the meantime.
fn carry_out(plan: &Plan) -> Result<(), Failure> {
    let (path, text) = (&plan.target.path, plan.text.as_bytes());
    let written = match plan.action {
        Action::Leave(_) => Ok(()),
        Action::Create => io::create(path, text),
        Action::Extend | Action::Replace => io::write(path, text),
    };
    written.map_err(|error| {
        Failure::new(format!("cannot write `{}`: {}", plan.target.name, io::plain_words(&error)))
            .help("check that the folder can be written to")
    })
}

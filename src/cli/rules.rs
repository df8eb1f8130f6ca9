//! `statusquo rules`

use super::{Ending, Failure};

#[derive(Debug, clap::Args)]
pub(super) struct RulesArgs {
    /// Print the list as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// ENGINE: lists every rule with its severity and summary.
pub(super) fn run(args: &RulesArgs) -> Ending {
    Err(vec![Failure::new(format!("this build has no rules yet: {args:?}"))])
}

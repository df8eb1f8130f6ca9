//! `statusquo explain RULE|STATUS`

use super::{Ending, Failure};

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// Id of a rule, or a status code such as 405
    #[arg(value_name = "RULE|STATUS")]
    pub(super) subject: String,
}

/// ENGINE: shows a rule's file as a page, or what a status code demands and which rules speak about it.
pub(super) fn run(args: &ExplainArgs) -> Ending {
    Err(vec![Failure::new(format!("this build has no rules yet: {args:?}"))])
}

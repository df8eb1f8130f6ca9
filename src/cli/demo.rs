//! `statusquo demo`

use super::{Ending, Failure};

#[derive(Debug, clap::Args)]
pub(super) struct DemoArgs {
    /// Format of the report
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: super::ReportFormat,
}

/// ENGINE: lints the built-in description through [`crate::provider::InMemory`] and reports as `lint` would.
pub(super) fn run(args: &DemoArgs) -> Ending {
    Err(vec![Failure::new(format!("this build has no rules yet: {args:?}"))])
}

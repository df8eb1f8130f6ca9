//! `statusquo completions SHELL`

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Ending, Outcome, print};

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell to complete for
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "statusquo", &mut script);
    print(&script).map_err(|failure| vec![failure])?;
    Ok(Outcome::Clean)
}

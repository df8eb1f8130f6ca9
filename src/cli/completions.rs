//! `statusquo completions SHELL`

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Ending, Outcome, print};
use crate::rules::builtin_ids;

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell to complete for
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut with_rule_ids(Cli::command()), "statusquo", &mut script);
    print(&script).map_err(|failure| vec![failure])?;
    Ok(Outcome::Clean)
}

/// A command that offers the built-in rules where one is named. When it is run it takes rules of the user's own as well, so
/// that only shells are told.
fn with_rule_ids(command: Command) -> Command {
    let offer = |arg: Arg| match arg.get_id().as_str() {
        "only" | "subject" => arg.value_parser(PossibleValuesParser::new(builtin_ids())),
        _ => arg,
    };
    command.mut_args(offer).mut_subcommands(with_rule_ids)
}

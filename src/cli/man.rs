//! `statusquo man [COMMAND]`, for those who package the program, and those who have it from a package without manual pages.

use clap::CommandFactory;

use super::{Cli, Ending, Failure, Outcome, print};
use crate::io::plain_words;

#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// Command whose page to print; without it, the page of the program
    command: Option<String>,
    /// Print the names of the commands that have a page
    #[arg(long, conflicts_with = "command")]
    list: bool,
}

/// Prints a manual page in roff.
pub(super) fn run(args: &ManArgs) -> Ending {
    let text = if args.list { Ok(list()) } else { page(args.command.as_deref()) };
    print(&text.map_err(|failure| vec![failure])?).map_err(|failure| vec![failure])?;
    Ok(Outcome::Clean)
}

fn list() -> Vec<u8> {
    let program = program();
    let commands = program.get_subcommands().filter(|command| has_page(command));
    commands.flat_map(|command| [command.get_name(), "\n"]).collect::<String>().into_bytes()
}

fn page(name: Option<&str>) -> Result<Vec<u8>, Failure> {
    let command = name.map_or_else(|| Ok(program()), named)?;
    let mut text = Vec::new();
    let page = clap_mangen::Man::new(command).source(concat!("statusquo ", env!("CARGO_PKG_VERSION")));
    let written = page.render(&mut text);
    written.map_err(|error| Failure::new(format!("cannot write the manual page: {}", plain_words(&error))))?;
    Ok(text)
}

fn named(name: &str) -> Result<clap::Command, Failure> {
    let known = program().find_subcommand(name).filter(|command| has_page(command)).cloned();
    let help = "`statusquo man --list` names the commands that have one";
    known.ok_or_else(|| Failure::new(format!("there is no manual page for `{name}`")).help(help))
}

/// The program with the names of its commands as they are typed.
fn program() -> clap::Command {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    program
}

fn has_page(command: &clap::Command) -> bool {
    !command.is_hide_set()
}

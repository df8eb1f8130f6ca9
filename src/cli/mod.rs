//! The command line: one file per command. Arguments say what was typed, a request says what it means.

mod baseline;
mod changed;
mod check;
mod completions;
mod demo;
mod diff;
mod engine;
mod explain;
mod explain_status;
mod failure;
mod fixing;
mod format;
mod growing;
mod idle;
mod in_order;
mod init;
mod inputs;
mod lint;
mod lsp;
mod man;
mod own_rules;
mod portions;
mod progress;
mod reports;
mod request;
mod rule_book;
mod rule_setting;
mod rules;
mod schema;
mod session;
mod shared;
mod stream;
mod test;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

pub use failure::{Failure, Place};
pub use format::FormatTarget;
pub use inputs::{Inputs, LoadedConfig};
pub use request::{Request, Stdin, Target};
pub use rule_setting::RuleSetting;

pub(crate) use explain::rule_page;
pub(crate) use explain_status::page as status_page;
pub(crate) use session::{Judged, Opened, Rules, Session};

/// Finds wrong status codes, missing headers and misleading bodies in the responses of OpenAPI descriptions.
#[derive(Debug, Parser)]
#[command(name = "statusquo", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value_t, value_enum)]
    color: Color,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check descriptions: files, folders, or `-` for standard input
    Lint(Box<lint::LintArgs>),
    /// Check recorded traffic: a browser's HAR, a test run, a contract
    Check(Box<check::CheckArgs>),
    /// Compare a new description with an old one: what breaks clients
    Diff(Box<diff::DiffArgs>),
    /// Explain a rule or a status code
    Explain(explain::ExplainArgs),
    /// List the rules
    Rules(rules::RulesArgs),
    /// Write a first configuration, and on request a hook, a workflow or a job
    Init(init::InitArgs),
    /// Show what the tool finds in a small description full of mistakes
    Demo(demo::DemoArgs),
    /// Run the examples inside rule files
    Test(test::TestArgs),
    /// Print the JSON Schema of rule files or of the configuration, for editors
    Schema(schema::SchemaArgs),
    /// Serve an editor: the language server, over standard input and output
    Lsp(lsp::LspArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
    /// Print a manual page in roff
    Man(man::ManArgs),
}

/// How a command ended when the tool could do its job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing that fails the run.
    Clean,
    /// Findings at or above `--fail-on`.
    Findings,
    /// The report is written, and something else went wrong and was already said: a named file that is missing.
    Incomplete,
}

/// What a command comes to; the failures are not yet said.
pub type Ending = Result<Outcome, Vec<Failure>>;

/// Runs the program with these arguments, the first being its own name. Reports go to standard output, all else to
/// standard error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    crate::io::want_small_pages();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    use_color(cli.color);
    match cli.command.run() {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Incomplete) => ExitCode::from(2),
        Err(failures) => {
            failure::tell(&failures);
            ExitCode::from(2)
        }
    }
}

impl Command {
    fn run(self) -> Ending {
        match self {
            Command::Lint(args) => lint::run(*args),
            Command::Check(args) => check::run(*args),
            Command::Diff(args) => diff::run(*args),
            Command::Explain(args) => explain::run(&args),
            Command::Rules(args) => rules::run(&args),
            Command::Init(args) => init::run(&args),
            Command::Demo(args) => demo::run(&args),
            Command::Test(args) => test::run(&args),
            Command::Schema(args) => schema::run(&args),
            Command::Lsp(args) => lsp::run(&args),
            Command::Completions(args) => completions::run(&args),
            Command::Man(args) => man::run(&args),
        }
    }
}

/// Ends the program without a word, as Ctrl-C does.
#[expect(clippy::exit, reason = "the user asked twice, and nothing that waits can be waited for")]
fn end_at_once() -> ! {
    std::process::exit(130)
}

/// How many bytes are written to standard output at once.
const AT_ONCE: usize = 256 << 10;

/// Writes to standard output.
fn print(bytes: &[u8]) -> Result<(), Failure> {
    // Only colours begin with an escape character.
    print_while(memchr::memchr(0x1B, bytes).is_some(), |out| out.write_all(bytes))
}

/// Writes to standard output what is being made. Only colours need the stream that knows what standard output can show.
fn print_while(has_colors: bool, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let out: &mut dyn Write = if has_colors { &mut anstream::stdout().lock() } else { &mut io::stdout().lock() };
    let mut out = io::BufWriter::with_capacity(AT_ONCE, out);
    told(write(&mut out).and_then(|()| out.flush()))
}

/// What it comes to that standard output was written, or not.
fn told(written: io::Result<()>) -> Result<(), Failure> {
    written.map_err(|error| unwritten(&error)).or_else(|failure| failure.map_or(Ok(()), Err))
}

/// Why standard output could not be written. A reader that has gone away, such as `head`, is no failure.
fn unwritten(error: &io::Error) -> Option<Failure> {
    let is_failure = error.kind() != io::ErrorKind::BrokenPipe;
    is_failure.then(|| Failure::new(format!("cannot write to standard output: {}", crate::io::plain_words(error))))
}

/// Help and version are no errors; everything else is bad usage.
fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return asked(error);
    }
    // Nobody is left to tell if this cannot be written.
    let _ = error.print();
    if let Some(tip) = file_in_place_of_command(error) {
        let _ = writeln!(anstream::stderr(), "\n  tip: to check that file: statusquo lint {tip}");
    }
    ExitCode::from(2)
}

/// The help or the version that was asked for.
fn asked(help: &clap::Error) -> ExitCode {
    let written = help.print().and_then(|()| io::stdout().flush());
    match written.map_err(|error| unwritten(&error)) {
        Err(Some(failure)) => {
            failure::tell(&[failure]);
            ExitCode::from(2)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// `statusquo openapi.yaml` is what everyone types first.
fn file_in_place_of_command(error: &clap::Error) -> Option<&str> {
    let word = error.get(clap::error::ContextKind::InvalidSubcommand)?;
    match word {
        clap::error::ContextValue::String(word) if error.kind() == ErrorKind::InvalidSubcommand => {
            std::path::Path::new(word).exists().then_some(word)
        }
        _ => None,
    }
}

fn use_color(color: Color) {
    let choice = match color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}

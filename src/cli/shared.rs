//! The flags that several commands have.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::format::{self, FormatTarget};
use super::rule_setting::RuleSetting;
use crate::config::FailOn;
use crate::rules::Preset;

/// What `lint` and `check` have in common.
#[derive(Debug, Default, Args)]
pub(super) struct CommonArgs {
    #[command(flatten)]
    pub(super) report: ReportArgs,
    #[command(flatten)]
    pub(super) rules: RuleArgs,
    #[command(flatten)]
    pub(super) baseline: BaselineArgs,
    #[command(flatten)]
    pub(super) run: RunArgs,
}

/// Where reports go.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Report")]
pub(super) struct ReportArgs {
    /// Format of the report, or FORMAT=FILE; may be repeated [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = format::parser())]
    pub(super) format: Vec<FormatTarget>,
    /// File for the report that would go to standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Show every finding, also the many of one kind
    #[arg(long)]
    pub(super) all: bool,
    /// Also say what was skipped and what could not be judged
    #[arg(long, short, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// Say nothing beside the report
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// Which rules speak, and how loud.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Rules")]
pub(super) struct RuleArgs {
    /// Configuration file to use for everything, in place of the nearest `statusquo.yaml` above each description
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Use no configuration file
    #[arg(long)]
    pub(super) no_config: bool,
    /// Set of severities to start from
    #[arg(long, value_name = "NAME", value_parser = preset_parser())]
    pub(super) preset: Vec<Preset>,
    /// Severity of one rule, ID=off|note|warning|error; may be repeated
    #[arg(long, value_name = "ID=SEVERITY")]
    pub(super) rule: Vec<RuleSetting>,
    /// Run only this rule; may be repeated, or several with commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) only: Vec<String>,
    /// Least severity that makes the exit code 1 [default: warning]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on_parser())]
    pub(super) fail_on: Option<FailOn>,
}

/// Findings that were there before.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Baseline")]
pub(super) struct BaselineArgs {
    /// File with the findings that were there before: they are left aside
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the findings of this run into the baseline
    #[arg(long, conflicts_with = "prune")]
    pub(super) write_baseline: bool,
    /// Drop the entries of the baseline that are fixed
    #[arg(long)]
    pub(super) prune: bool,
}

/// How the work is done.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Running")]
pub(super) struct RunArgs {
    /// Let references, symbolic links and paths of the configuration lead out of the project
    #[arg(long)]
    pub(super) allow_outside: bool,
    /// Number of threads [default: one per core]
    #[arg(long, short, value_name = "N", value_parser = threads)]
    pub(super) jobs: Option<NonZeroUsize>,
}

fn threads(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "write the number of threads, 1 or more")
}

fn fail_on_parser() -> impl clap::builder::TypedValueParser<Value = FailOn> {
    use clap::builder::TypedValueParser;
    PossibleValuesParser::new(FailOn::WORDS).try_map(|word| FailOn::from_word(&word).ok_or("no such severity"))
}

fn preset_parser() -> impl clap::builder::TypedValueParser<Value = Preset> {
    use clap::builder::TypedValueParser;
    PossibleValuesParser::new(Preset::ALL.map(Preset::word)).try_map(|word| Preset::from_word(&word).ok_or("no such preset"))
}

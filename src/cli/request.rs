//! What the arguments of `lint` mean.

use std::path::{Path, PathBuf};

use super::lint::{FixArgs, LintArgs};
use super::shared::CommonArgs;
use super::{Failure, FormatTarget, RuleSetting};
use crate::config::FailOn;
use crate::finding::Safety;
use crate::report::Format;
use crate::rules::Preset;

/// One run of the linter, free of how it was asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Files and folders, `.` if none were named and there is no standard input.
    pub paths: Vec<PathBuf>,
    /// The description on standard input, if there is one.
    pub stdin: Option<Stdin>,
    /// The reports to write. Beside the diff of a dry run only those with a file are.
    pub targets: Vec<Target>,
    /// Which configuration counts.
    pub configuration: Configuration,
    /// Presets of the command line, over those of the configuration.
    pub presets: Vec<Preset>,
    /// Severities of the command line, over everything else.
    pub rules: Vec<RuleSetting>,
    /// The only rules to run; all if empty.
    pub only: Vec<String>,
    /// From which severity on a finding fails the run; over the configuration.
    pub fail_on: Option<FailOn>,
    /// The baseline of the command line, over those of the configurations.
    pub baseline: Option<PathBuf>,
    /// What becomes of the baseline.
    pub upkeep: Upkeep,
    /// Whether text output shows every finding.
    pub all: bool,
    /// Whether references may leave the project.
    pub allow_outside: bool,
    /// Whether it is fine that there is nothing to lint.
    pub allow_none: bool,
    /// The revision since which a line must have changed for what stands on it to be reported; everything is if `None`.
    pub changed: Option<String>,
    /// What is to be fixed, if anything is.
    pub fixing: Option<Fixing>,
    /// Number of threads; one per core if `None`.
    pub jobs: Option<usize>,
    /// How much is said beside the report.
    pub chatter: Chatter,
}

/// The description on standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stdin {
    /// The file it stands for: its name in reports, where its references start, where its configuration is looked for.
    pub file: Option<PathBuf>,
}

/// A report and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its format.
    pub format: Format,
    /// The file, or standard output.
    pub file: Option<PathBuf>,
}

/// Which configuration counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Configuration {
    /// The nearest one above each description.
    Nearest,
    /// This one for all.
    File(PathBuf),
    /// None.
    Nothing,
}

/// How much is said beside the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chatter {
    /// Only failures.
    Quiet,
    /// What a user should know.
    #[default]
    Normal,
    /// Also what was skipped and what could not be judged.
    Verbose,
}

/// What is to be fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixing {
    /// How safe a fix must be.
    pub safety: Safety,
    /// Whether the changes are only shown.
    pub dry_run: bool,
}

/// What becomes of the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Upkeep {
    /// It is only read.
    #[default]
    Read,
    /// The findings of the run are written into it.
    Write,
    /// What is fixed is dropped.
    Prune,
}

impl Request {
    /// Whether standard output holds what came in through standard input, fixed.
    pub(super) fn fixes_stdin(&self) -> bool {
        self.stdin.is_some() && self.fixing.is_some_and(|fixing| !fixing.dry_run)
    }
}

impl CommonArgs {
    /// The request for these descriptions.
    pub(super) fn request(self, paths: Vec<PathBuf>, stdin: Option<Stdin>) -> Result<Request, Failure> {
        Ok(Request {
            paths,
            stdin,
            targets: targets(self.report.format, self.report.output.as_deref())?,
            configuration: configuration(self.rules.config, self.rules.no_config),
            presets: self.rules.preset,
            rules: self.rules.rule,
            only: self.rules.only,
            fail_on: self.rules.fail_on,
            baseline: self.baseline.baseline,
            upkeep: upkeep(self.baseline.write_baseline, self.baseline.prune),
            all: self.report.all,
            allow_outside: self.run.allow_outside,
            allow_none: false,
            changed: None,
            fixing: None,
            jobs: self.run.jobs.map(Into::into),
            chatter: chatter(self.report.quiet, self.report.verbose),
        })
    }
}

impl TryFrom<LintArgs> for Request {
    type Error = Failure;

    fn try_from(args: LintArgs) -> Result<Self, Failure> {
        let (dashes, mut paths): (Vec<_>, Vec<_>) = args.paths.into_iter().partition(|path| path.as_os_str() == "-");
        let stdin = (!dashes.is_empty()).then_some(Stdin { file: args.stdin_filename.clone() });
        if stdin.is_none() && args.stdin_filename.is_some() {
            return Err(Failure::new("`--stdin-filename` names standard input, which is not read").help("add `-`"));
        }
        if paths.is_empty() && stdin.is_none() {
            paths.push(PathBuf::from("."));
        }
        if stdin.is_some() && args.changed.is_some() {
            return Err(Failure::new("`--changed` is about files, and standard input is none").help("name the file"));
        }
        let fixing = fixing(&args.fix);
        let is_homeless = |one: &&FormatTarget| one.file.is_none() && args.common.report.output.is_none();
        if let Some(one) = args.common.report.format.iter().find(is_homeless).filter(|_| args.fix.dry_run) {
            let word = one.format.word();
            let message = format!("`--format {word}` and the diff of `--dry-run` would both go to the same place");
            return Err(Failure::new(message).help(format!("give the report a file: `--format {word}=FILE`")));
        }
        Ok(Request { allow_none: args.allow_none, changed: args.changed, fixing, ..args.common.request(paths, stdin)? })
    }
}

/// `--output` is for the one report without a file of its own; two such reports would mix.
fn targets(formats: Vec<FormatTarget>, output: Option<&Path>) -> Result<Vec<Target>, Failure> {
    let formats = if formats.is_empty() { vec![FormatTarget { format: Format::Text, file: None }] } else { formats };
    let homeless: Vec<&str> = formats.iter().filter(|one| one.file.is_none()).map(|one| one.format.word()).collect();
    match (homeless.as_slice(), output) {
        ([first, second, ..], _) => {
            let message = format!("`--format {first}` and `--format {second}` would both go to the same place");
            Err(Failure::new(message).help(format!("give one of them a file: `--format {second}=FILE`")))
        }
        ([], Some(_)) => Err(Failure::new("`--output` has no report to take: every `--format` has a file of its own")
            .help("leave out `--output`, or add a `--format` without `=FILE`")),
        _ => Ok(formats
            .into_iter()
            .map(|one| Target { format: one.format, file: one.file.or_else(|| output.map(Path::to_path_buf)) })
            .collect()),
    }
}

/// Each of the flags alone means that something is to be fixed.
fn fixing(args: &FixArgs) -> Option<Fixing> {
    let safety = if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    (args.fix || args.unsafe_fixes || args.dry_run).then_some(Fixing { safety, dry_run: args.dry_run })
}

fn configuration(file: Option<PathBuf>, none: bool) -> Configuration {
    match file {
        _ if none => Configuration::Nothing,
        Some(file) => Configuration::File(file),
        None => Configuration::Nearest,
    }
}

fn upkeep(write: bool, prune: bool) -> Upkeep {
    match (write, prune) {
        (true, _) => Upkeep::Write,
        (_, true) => Upkeep::Prune,
        _ => Upkeep::Read,
    }
}

fn chatter(quiet: bool, verbose: bool) -> Chatter {
    match (quiet, verbose) {
        (true, _) => Chatter::Quiet,
        (_, true) => Chatter::Verbose,
        _ => Chatter::Normal,
    }
}

//! `statusquo lint [PATH…]`

use std::path::PathBuf;

use super::request::Chatter;
use super::rule_book::RuleBook;
use super::shared::CommonArgs;
use super::{Ending, Failure, Inputs, Outcome, Request, engine, failure, inputs};
use crate::openapi::Project;
use crate::provider::Refusal;
use crate::rules::builtin_without_documents;

#[derive(Debug, clap::Args)]
pub(super) struct LintArgs {
    /// Descriptions, folders to search, or `-` for standard input [default: the current folder]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// File that standard input stands for: its name in the report, and where its references start
    #[arg(long, value_name = "FILE")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Exit with 0 if there is no description to check
    #[arg(long)]
    pub(super) allow_none: bool,
    /// Report only what stands on lines that changed since this revision, such as `--changed=HEAD~1`, from where the branch left
    /// it; whole files are looked at all the same
    #[arg(long, value_name = "REV", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD")]
    pub(super) changed: Option<String>,
    #[command(flatten)]
    pub(super) fix: FixArgs,
    #[command(flatten)]
    pub(super) common: CommonArgs,
}

/// What is done about findings.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Fixes")]
pub(super) struct FixArgs {
    /// Fix in the files what can be fixed without changing what the description promises; the report is about what is left
    #[arg(long)]
    pub(super) fix: bool,
    /// Apply the other fixes, too, such as headers that are declared and content that goes; `--fix` is implied
    #[arg(long)]
    pub(super) unsafe_fixes: bool,
    /// Show as a diff, in place of the report, what would be fixed, and change nothing; reports with a file are about what would
    /// be left. `--fix` is implied
    #[arg(long, conflicts_with_all = ["write_baseline", "prune"])]
    pub(super) dry_run: bool,
}

pub(super) fn run(args: LintArgs) -> Ending {
    let request = Request::try_from(args).map_err(|failure| vec![failure])?;
    with_threads(request.jobs, || lint(&request))
}

fn lint(request: &Request) -> Ending {
    // While one thread finds the inputs, another one reads the rules.
    let (inputs, builtin) = rayon::join(|| inputs::gather(request), builtin_without_documents);
    let mut inputs = inputs?;
    if request.changed.is_some() {
        tell_revisions(request, &mut inputs.failures);
    }
    if inputs.configs.iter().any(|config| !config.complaints.is_empty()) {
        RuleBook::load(request, &inputs, &Project::default())?;
    }
    let ending = engine::run(request, &mut inputs, builtin);
    if request.chatter == Chatter::Verbose {
        inputs.skipped.iter().for_each(failure::warn);
    }
    // Said last, where a long report does not push it off the screen.
    failure::tell(&inputs.failures);
    ending.map(|outcome| if inputs.failures.is_empty() { outcome } else { Outcome::Incomplete })
}

/// A revision that stands apart from `--changed` is taken for a path.
fn tell_revisions(request: &Request, failures: &mut [Failure]) {
    for path in request.paths.iter().map(|path| path.display().to_string()) {
        let title = format!("cannot read `{path}`: {}", Refusal::Missing);
        let help = format!("check the path; a revision stands behind `=`: `--changed={path}`");
        failures.iter_mut().filter(|failure| failure.title == title).for_each(|failure| failure.help = Some(help.clone()));
    }
}

/// Works on so many threads, else on one for each core. This thread is one of them, as each one takes memory of its own.
/// Results do not depend on the number.
pub(super) fn with_threads(jobs: Option<usize>, work: impl FnOnce() -> Ending + Send) -> Ending {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or_default());
    // A thread stays with its first pool.
    let threads = if rayon::current_thread_index().is_none() { threads.use_current_thread() } else { threads };
    match threads.build() {
        Ok(pool) => pool.install(work),
        Err(error) => Err(vec![Failure::new(format!("cannot start threads: {error}")).help("use `--jobs 1`, which starts none")]),
    }
}

/// The end of a run without a description.
pub(super) fn nothing_to_lint(request: &Request, inputs: &Inputs) -> Ending {
    if !inputs.failures.is_empty() {
        return Ok(Outcome::Incomplete);
    }
    if request.allow_none {
        return Ok(Outcome::Clean);
    }
    let looked_at = looked_at(inputs);
    let paths: Vec<String> = request.paths.iter().map(|path| format!("`{}`", path.display())).collect();
    let place = if paths.is_empty() { "standard input".to_owned() } else { paths.join(", ") };
    let help = "name the description itself, or add `--allow-none` if it is fine that there is none";
    Err(vec![Failure::new(format!("no OpenAPI description in {place}: {looked_at}")).help(help)])
}

fn looked_at(inputs: &Inputs) -> String {
    let others = match inputs.unrelated + inputs.candidates.iter().filter(|input| !input.adopted).count() {
        0 if inputs.ignored > 0 => "nothing else is there",
        0 => return "there are no YAML or JSON files that git does not ignore".to_owned(),
        1 => "1 file was looked at, and it has no `openapi` or `swagger` at its root",
        count => &format!("{count} files were looked at, and none has `openapi` or `swagger` at its root"),
    };
    match inputs.ignored {
        0 => others.to_owned(),
        1 => format!("the configuration ignores 1 file, and {others}"),
        count => format!("the configuration ignores {count} files, and {others}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_has_its_threads_also_the_second_time() {
        for jobs in [2, 3] {
            let mut threads = 0;
            let ending = with_threads(Some(jobs), || {
                threads = rayon::current_num_threads();
                Ok(Outcome::Clean)
            });
            assert!(matches!(ending, Ok(Outcome::Clean)));
            assert_eq!(threads, jobs);
        }
    }
}

//! `statusquo check RECORDING…`

mod request;
mod stream;
mod subject;

use std::path::PathBuf;

use super::request::{Chatter, Upkeep};
use super::shared::CommonArgs;
use super::{Ending, Failure, Outcome, baseline, failure, lint, reports};
use crate::check::{Checker, Gathering};
use crate::finding::{Coverage, TrafficNumbers};
use crate::lint::Job;
use request::{CheckRequest, Percent, Size};
use stream::Recordings;
use subject::Subject;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Recordings are known by their content: HAR 1.2, one exchange a line (NDJSON), Pact contracts, VCR cassettes, \
                        Postman collections with saved examples; each may be packed with gzip."
)]
pub(super) struct CheckArgs {
    /// Recordings, folders of them, or `-` for standard input
    #[arg(value_name = "RECORDING", required = true)]
    pub(super) recordings: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) descriptions: DescriptionArgs,
    #[command(flatten)]
    pub(super) traffic: TrafficArgs,
    #[command(flatten)]
    pub(super) common: CommonArgs,
}

/// What the traffic is held against.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Description")]
pub(super) struct DescriptionArgs {
    /// Description to hold the traffic against, or a folder of them; may be repeated, and the best match wins
    #[arg(long, value_name = "FILE", required_unless_present = "no_spec")]
    pub(super) spec: Vec<PathBuf>,
    /// Use no description: only what HTTP itself asks for is checked
    #[arg(long, conflicts_with = "spec")]
    pub(super) no_spec: bool,
    /// URL or path under which the described paths are served, in place of the `servers` of the description; may be repeated
    #[arg(long, value_name = "URL")]
    pub(super) server: Vec<String>,
    /// What of a server must be in the recording: only its base path, or scheme and host as well
    #[arg(long = "match", value_name = "HOW", default_value = "basepath", value_parser = ["basepath", "strict-host"])]
    pub(super) matching: String,
    /// Check `format` in schemas, not only note it
    #[arg(long)]
    pub(super) assert_formats: bool,
}

/// What counts of the traffic, and what is shown of it.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Traffic")]
pub(super) struct TrafficArgs {
    /// Statuses that must not appear, described or not: codes and ranges with commas
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub(super) forbid_status: Vec<String>,
    /// Statuses of exchanges to leave out: codes and ranges with commas
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub(super) ignore_status: Vec<String>,
    /// Paths of exchanges to leave out, such as `/health` or `/static/**`; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(super) ignore_path: Vec<String>,
    /// The recording holds the credentials of requests: one without any was sent without any
    #[arg(long)]
    pub(super) credentials_recorded: bool,
    /// Longest body that is looked at, such as 4MB
    #[arg(long, value_name = "SIZE", default_value = "16MB")]
    pub(super) max_body: Size,
    /// Show values of queries and bodies; credentials and secrets are masked all the same
    #[arg(long)]
    pub(super) show_values: bool,
    /// Exit with 1 if less than this share of the described responses was seen, in percent
    #[arg(long, value_name = "PERCENT", conflicts_with = "no_spec")]
    pub(super) fail_under: Option<Percent>,
}

pub(super) fn run(args: CheckArgs) -> Ending {
    let request = CheckRequest::try_from(args).map_err(|failure| vec![failure])?;
    lint::with_threads(request.lint.jobs, || check(&request))
}

fn check(request: &CheckRequest) -> Ending {
    reports::refuse_inputs(&request.lint, request.recordings.iter().map(PathBuf::as_path))?;
    let mut subject = Subject::load(request)?;
    let recordings = Recordings::find(request, &subject)?;
    let jobs: Vec<Job<'_>> = subject.jobs();
    let checker = Checker::new(&subject.loaded.project, &subject.book.rules, &jobs, &request.options);
    let mut gathering = Gathering::default();
    let mut failures = recordings.judge(request, &checker, &mut gathering);
    let found = gathering.finish(&checker, &subject.loaded.project);
    let nothing_checked = found.lint.summary.traffic.as_ref().and_then(|numbers| nothing_checked(request, numbers));
    let outcome = report(request, &subject, found.lint, found.coverage.as_ref())?;
    for (rule, count) in found.left_out {
        let help = format!("see what most of them have in common, or leave it out: `--rule {rule}=off`");
        failure::warn(&Failure::new(format!("{count} more faults of `{rule}` are not listed")).help(help));
    }
    failures.append(&mut subject.inputs.failures);
    failures.extend(nothing_checked.filter(|_| outcome == Outcome::Clean && failures.is_empty()));
    // Said last, where a long report does not push it off the screen.
    failure::tell(&failures);
    Ok(if failures.is_empty() { outcome } else { Outcome::Incomplete })
}

/// What to say where a run without findings has looked at nothing: it must not look clean.
fn nothing_checked(request: &CheckRequest, numbers: &TrafficNumbers) -> Option<Failure> {
    let unread = numbers.skipped + numbers.broken + numbers.ignored;
    if numbers.exchanges == 0 && !numbers.is_interrupted {
        let message = format!("no exchange was checked: {unread} entries were skipped, left out or not readable");
        return Some(Failure::new(message).help("see `invalid-entry` in the report, and whether the right thing was recorded"));
    }
    let is_apart = request.options.is_described && numbers.exchanges > 0 && numbers.matched == 0;
    is_apart.then(|| {
        let message = format!("none of the {} exchanges belongs to an operation of the description", numbers.exchanges);
        Failure::new(message).help("if the API is served under another path than its `servers` say, name that: `--server URL`")
    })
}

/// Takes out what the baseline knows, writes the reports, and says whether anything fails the run.
fn report(
    request: &CheckRequest,
    subject: &Subject,
    mut found: crate::lint::Outcome,
    coverage: Option<&Coverage>,
) -> Result<Outcome, Vec<Failure>> {
    let sources = subject.sources();
    let run = baseline::Run {
        request: &request.lint,
        inputs: &subject.inputs,
        project: &subject.loaded.project,
        rules: &subject.book.rules,
        descriptions: &subject.descriptions(),
        names: &sources.iter().map(|source| source.name()).collect::<Vec<_>>(),
        concerns: &vec![true; found.findings.len()],
        may_be_missing: request.lint.upkeep == Upkeep::Write,
    };
    baseline::apply(&run, &mut found)?;
    if request.lint.chatter == Chatter::Verbose {
        super::engine::tell_suppressed(&sources, &found);
    }
    reports::write_reports(&request.lint, sources, &subject.book.rules, &found, coverage)?;
    let fails = |(finding, jobs): (&crate::finding::Finding, &crate::lint::MadeBy)| subject.fails(finding.severity, jobs);
    let failed = found.findings.iter().zip(&found.jobs).any(fails);
    let is_thin = request.fail_under.zip(coverage).is_some_and(|(least, coverage)| is_under(least, coverage));
    Ok(if failed || is_thin { Outcome::Findings } else { Outcome::Clean })
}

/// Whether too little was seen; says so.
fn is_under(Percent(least): Percent, coverage: &Coverage) -> bool {
    let share = coverage.share().percent();
    if share < least {
        let message = format!("{share:.1} % of the described responses were seen, and `--fail-under` asks for {least} %");
        failure::warn(&Failure::new(message).help("record more traffic; the report lists what was never seen"));
    }
    share < least
}

//! `statusquo diff OLD NEW`

mod accepted;
mod history;
mod moved;
mod request;
mod side;
mod subject;

use std::path::PathBuf;

use super::request::Chatter;
use super::rule_book::RuleBook;
use super::shared::{ReportArgs, RuleArgs, RunArgs};
use super::{Ending, Failure, Outcome, engine, failure, lint, reports};
use crate::diff::versions::{self, StrangeVersion};
use crate::diff::{Sides, diff, introduced};
use crate::finding::Finding;
use request::DiffRequest;
use subject::Subject;

#[derive(Debug, clap::Args)]
#[command(
    override_usage = "statusquo diff [OPTIONS] OLD NEW\n       statusquo diff [OPTIONS] --base REV [PATH]...",
    after_help = "Only the promise about responses is compared. What a new description asks of requests (parameters, bodies, security) is \
                  out of scope: a new required parameter breaks clients too, and is not reported.\n\n\
                  What only narrows a schema, or describes what an open object could hold before, is not told either (a property that \
                  is required or described now, a value that left an `enum`, a tighter bound): nothing comes that could not come \
                  before. So it asks for no step of the version.\n\n\
                  Examples:\n  \
                  statusquo diff v1.yaml v2.yaml\n  \
                  statusquo diff main:api/openapi.yaml api/openapi.yaml\n  \
                  statusquo diff --base origin/main --new-findings --format markdown"
)]
pub(super) struct DiffArgs {
    /// The old and the new description: each a file, a folder with one description, REV:PATH of the git repository, or `-` for
    /// standard input. With `--base` the descriptions or folders to compare [default: the current folder]
    #[arg(value_name = "DESCRIPTION")]
    pub(super) descriptions: Vec<PathBuf>,
    /// Compare the descriptions of the working tree with their state at this revision
    #[arg(long, value_name = "REV", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(super) base: Option<String>,
    #[command(flatten)]
    pub(super) comparison: ComparisonArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    #[command(flatten)]
    pub(super) rules: RuleArgs,
    #[command(flatten)]
    pub(super) run: RunArgs,
}

/// What is compared, and how.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Comparison")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct ComparisonArgs {
    /// Take what may newly arrive for breaking: values of an `enum`, looser bounds, statuses, opened objects; what changes in
    /// the body of an error stays risky, and what cannot be told does, too
    #[arg(long, conflicts_with = "lenient")]
    pub(super) strict: bool,
    /// Take new values of an `enum`, looser bounds and optional properties that are gone for compatible
    #[arg(long)]
    pub(super) lenient: bool,
    /// Prefix of paths that means nothing, such as `/api/v1`; may be repeated
    #[arg(long, value_name = "PREFIX")]
    pub(super) strip_prefix: Vec<String>,
    /// Also report what `lint` finds in the new description and not in the old one
    #[arg(long)]
    pub(super) new_findings: bool,
    /// Check that `info.version` was raised as far as the changes ask for
    #[arg(long)]
    pub(super) semver: bool,
    /// File with changes that were looked at and are fine, each with its fingerprint and a reason
    #[arg(long, value_name = "FILE")]
    pub(super) accepted: Option<PathBuf>,
}

pub(super) fn run(args: DiffArgs) -> Ending {
    let request = DiffRequest::try_from(args).map_err(|failure| vec![failure])?;
    lint::with_threads(request.lint.jobs, || compare(&request))
}

fn compare(request: &DiffRequest) -> Ending {
    request.check().map_err(|failure| vec![failure])?;
    let accepted = request.accepted.as_deref().map(accepted::load).transpose()?;
    let mut subject = Subject::load(request)?;
    subject.tell_sameness(request.lint.chatter);
    let book = RuleBook::load(&request.lint, &subject.inputs, &subject.new.project)?;
    let sources = subject.sources();
    let first_old = (sources.len() - subject.old.project.files().len()) as u32;
    let sides = Sides { old: &subject.old.project, new: &subject.new.project, first_old };
    let pairs = subject.pairs(&book)?;
    let mut outcome = diff(sides, &book.rules, &pairs, &request.options);
    let versions = if request.semver { versions::judge(sides, &book.rules, &pairs, &mut outcome) } else { Vec::new() };
    if let Some(accepted) = &accepted {
        accepted.apply(&mut outcome, request);
    }
    if request.new_findings {
        sides.join(&mut outcome, introduced(sides, &book.rules, &pairs));
    }
    if request.lint.chatter == Chatter::Verbose {
        engine::tell_suppressed(&sources, &outcome);
    }
    let fails = |(finding, jobs): (&Finding, &crate::lint::MadeBy)| subject.fails(&book, finding.severity, jobs);
    let failed = outcome.findings.iter().zip(&outcome.jobs).any(fails);
    reports::write_reports(&request.lint, sources, &book.rules, &outcome, None)?;
    // Said last, where a long report does not push it off the screen.
    subject.tell_damage(request.lint.chatter);
    let mut failures = std::mem::take(&mut subject.inputs.failures);
    failures.extend(versions.iter().map(strange));
    failure::tell(&failures);
    Ok(match failed {
        _ if !failures.is_empty() => Outcome::Incomplete,
        true => Outcome::Findings,
        false => Outcome::Clean,
    })
}

/// What to say of a version that no step can be told of.
fn strange(StrangeVersion { file, text }: &StrangeVersion) -> Failure {
    let failure = match text {
        Some(text) => {
            Failure::new(format!("`--semver` cannot judge `{file}`: its version `{text}` is none of Semantic Versioning"))
        }
        None => Failure::new(format!("`--semver` cannot judge `{file}`: it has no `info.version`")),
    };
    failure.help("write versions such as `1.4.0`, or leave out `--semver`")
}

//! Reports to where they go.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::request::{Chatter, Request, Target};
use super::{Failure, print_while};
use crate::finding::Coverage;
use crate::io;
use crate::lint::Outcome;
use crate::report::{self, Format, Options, Report};
use crate::rules::RuleSet;
use crate::source::Source;

/// Writes every report that was asked for.
pub(super) fn write_reports(
    request: &Request,
    sources: Vec<&Source>,
    rules: &RuleSet,
    outcome: &Outcome,
    coverage: Option<&Coverage>,
) -> Result<(), Vec<Failure>> {
    refuse_inputs(request, sources.iter().map(|source| Path::new(source.name())))?;
    let lists_all = request.targets.iter().any(|target| target.format.lists_rules());
    let rules =
        if lists_all { rules.descriptions() } else { rules.descriptions_of(outcome.findings.iter().map(|one| &one.rule)) };
    let report = Report { findings: &outcome.findings, sources, summary: &outcome.summary, rules: &rules, coverage };
    let shows_diff = request.fixing.is_some_and(|fixing| fixing.dry_run);
    for target in request.targets.iter().filter(|target| !shows_diff || target.file.is_some()) {
        write_report(request, target, &report).map_err(|failure| vec![failure])?;
    }
    Ok(())
}

/// A report that would take the place of what it is about is a slip of the one who typed it.
pub(super) fn refuse_inputs<'p>(request: &Request, inputs: impl Iterator<Item = &'p Path>) -> Result<(), Vec<Failure>> {
    let files = request.targets.iter().filter_map(|target| target.file.as_deref());
    let there: Vec<_> = files.filter_map(|file| Some((io::real_path(file).ok()?, file))).collect();
    if there.is_empty() {
        return Ok(());
    }
    let read: FxHashSet<PathBuf> = inputs.filter_map(|path| io::real_path(path).ok()).collect();
    let refused = there.iter().filter(|(real, _)| read.contains(real)).map(|(_, file)| {
        Failure::new(format!("the report would overwrite `{}`, which was read for it", file.display()))
            .help("give the report a file of its own")
    });
    let refused: Vec<Failure> = refused.collect();
    if refused.is_empty() { Ok(()) } else { Err(refused) }
}

/// A report goes out while it is written: one about very many findings is larger than all that it is about.
fn write_report(request: &Request, target: &Target, report: &Report<'_>) -> Result<(), Failure> {
    let options = options(request, target);
    let write = |out: &mut dyn Write| report::write(target.format, report, &options, out);
    match &target.file {
        // Standard output holds the text that was fixed.
        None if request.fixes_stdin() => {
            // Nobody is left to tell if this cannot be written.
            let _ = write(&mut BufWriter::new(anstream::stderr().lock()));
            Ok(())
        }
        None => print_while(options.color, write),
        Some(file) => io::open_to_write(file)
            .and_then(|mut out| write(&mut out).and_then(|()| out.flush()))
            .map_err(|error| unwritable(file, &error)),
    }
}

/// What is said about a report that cannot be written to its file.
pub(super) fn unwritable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot write `{}`: {}", file.display(), io::plain_words(error)))
        .help("check that the folder exists and can be written to")
}

/// Colour and width are those of the terminal; a file gets neither.
fn options(request: &Request, target: &Target) -> Options {
    let on_terminal = target.file.is_none() && target.format == Format::Text;
    let options = if on_terminal { terminal_options() } else { Options::default() };
    Options { all: request.all, verbose: request.chatter == Chatter::Verbose, ..options }
}

/// How text looks on standard output.
pub(super) fn terminal_options() -> Options {
    let color = !matches!(anstream::AutoStream::choice(&std::io::stdout()), anstream::ColorChoice::Never);
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    Options { color, width, ..Options::default() }
}

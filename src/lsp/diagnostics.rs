//! Findings as diagnostics.

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString,
    Position, Range, Uri,
};
use rustc_hash::FxHashMap;

use super::positions::{Encoding, Lines};
use crate::cli::{Failure, Judged, Opened};
use crate::finding::{Finding, Related, Severity};
use crate::rules::RuleSet;
use crate::source::{Source, SourceId, Span};

/// What clients show as the origin of a diagnostic.
pub(super) const SOURCE: &str = "statusquo";

/// A diagnostic and the file it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Reported {
    /// The name of the file.
    pub(super) file: String,
    /// The diagnostic, without its related places.
    pub(super) diagnostic: Diagnostic,
    related: Vec<(String, Range, String)>,
}

/// What is to be said about an opened description.
pub(super) fn of(opened: &Opened, judged: &Judged, rules: &RuleSet, encoding: Encoding) -> Vec<Reported> {
    let mut places = Places { sources: opened.sources(), lines: FxHashMap::default(), encoding };
    let findings = judged.outcome.findings.iter();
    let mut reported: Vec<Reported> = findings.filter_map(|finding| places.reported(finding, rules)).collect();
    reported.extend(judged.failures.iter().filter_map(|failure| places.failed(failure)));
    reported
}

impl Reported {
    /// What two descriptions that share a file say alike: rule and place.
    pub(super) fn key(&self) -> (Option<String>, u32, u32) {
        let rule = match &self.diagnostic.code {
            Some(NumberOrString::String(rule)) => Some(rule.clone()),
            _ => None,
        };
        (rule, self.diagnostic.range.start.line, self.diagnostic.range.start.character)
    }

    /// The diagnostic with its related places, for clients that show them.
    pub(super) fn located(&self, uri_of: &dyn Fn(&str) -> Option<Uri>) -> Diagnostic {
        let place = |(file, range, message): &(String, Range, String)| {
            let location = Location { uri: uri_of(file)?, range: *range };
            Some(DiagnosticRelatedInformation { location, message: message.clone() })
        };
        let related: Vec<_> = self.related.iter().filter_map(place).collect();
        Diagnostic { related_information: (!related.is_empty()).then_some(related), ..self.diagnostic.clone() }
    }
}

/// The sources of a description, with the lines of those that were asked for.
struct Places<'s> {
    sources: Vec<&'s Source>,
    lines: FxHashMap<SourceId, Lines<'s>>,
    encoding: Encoding,
}

impl Places<'_> {
    fn reported(&mut self, finding: &Finding, rules: &RuleSet) -> Option<Reported> {
        let (file, range) = self.place(finding.span()?)?;
        let id = finding.rule.as_str();
        let url =
            rules.get(id).and_then(|rule| rule.documents().references.first()).and_then(|reference| reference.url.parse().ok());
        let help = finding.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let diagnostic = Diagnostic {
            range,
            severity: Some(severity(finding.severity)),
            code: Some(NumberOrString::String(id.to_owned())),
            code_description: url.map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message: format!("{}{help}", finding.message),
            tags: tag(id).map(|tag| vec![tag]),
            ..Diagnostic::default()
        };
        let related = finding.related.iter().filter_map(|related| self.related(related)).collect();
        Some(Reported { file, diagnostic, related })
    }

    fn related(&mut self, related: &Related) -> Option<(String, Range, String)> {
        let (file, range) = self.place(related.span)?;
        Some((file, range, related.message.clone()))
    }

    fn place(&mut self, span: Span) -> Option<(String, Range)> {
        let source = *self.sources.get(span.source.index())?;
        let encoding = self.encoding;
        let lines = self.lines.entry(span.source).or_insert_with(|| Lines::of(source.text(), encoding));
        Some((source.name().to_owned(), lines.range(span)))
    }

    /// What is wrong with the configuration or a rule of the user's own. The text of a rule is not at hand: there the
    /// line is known and the column counts characters.
    fn failed(&mut self, failure: &Failure) -> Option<Reported> {
        let place = failure.place.as_ref()?;
        let help = failure.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let source = self.sources.iter().find(|source| source.name() == place.file);
        let line = source.map(|source| source.slice(source.line_range(place.line)));
        let column = |characters: usize| match line {
            Some(line) => units(line, characters, self.encoding),
            None => characters as u32,
        };
        let start = place.column as usize - 1;
        let at = |characters| Position { line: place.line - 1, character: column(characters) };
        let diagnostic = Diagnostic {
            range: Range { start: at(start), end: at(start + place.width) },
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some(SOURCE.to_owned()),
            message: format!("{}{help}", failure.title),
            ..Diagnostic::default()
        };
        Some(Reported { file: place.file.clone(), diagnostic, related: Vec::new() })
    }
}

/// The first characters of a line in the units of an encoding.
fn units(line: &str, characters: usize, encoding: Encoding) -> u32 {
    let width = |letter: char| if encoding == Encoding::Utf8 { letter.len_utf8() } else { letter.len_utf16() };
    line.chars().take(characters).map(width).sum::<usize>() as u32
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Note => DiagnosticSeverity::INFORMATION,
    }
}

/// Editors grey out what does nothing and strike out what is no longer to be used.
fn tag(rule: &str) -> Option<DiagnosticTag> {
    match rule {
        "unused-suppression" | "unused-configuration" | "unused-component" => Some(DiagnosticTag::UNNECESSARY),
        "deprecated-status-code" => Some(DiagnosticTag::DEPRECATED),
        _ => None,
    }
}

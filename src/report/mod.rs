//! Output formats: one file each, each with a small model of its own.

mod changed;
mod checkstyle;
pub(crate) mod clean;
mod concise;
mod covered;
mod escaped;
mod github;
mod gitlab;
mod group;
mod html;
mod json;
mod junit;
mod lines;
mod markdown;
mod observed;
#[cfg(feature = "cli")]
mod pieces;
mod places;
mod rdjson;
mod sarif;
mod sightings;
mod text;
mod uri;
#[cfg(feature = "cli")]
pub(crate) use uri::reference as uri_reference;
mod xml;
#[cfg(feature = "cli")]
pub(crate) use pieces::{Frame, frame, is_made_of_pieces, write_piece};

use std::io;

use rustc_hash::FxHashMap;

use crate::finding::{Coverage, Finding, Place, RuleDescription, RuleId, Severity, Sighting, Summary};
use crate::source::{Position, Source, SourceId, Span};

/// The rule about responses that are described and were never seen.
const NEVER_OBSERVED: &str = "response-never-observed";

/// Everything a format may show.
#[derive(Debug)]
pub struct Report<'a> {
    /// The findings, sorted by [`Report::location`], rule and words.
    pub findings: &'a [Finding],
    /// The sources, by [`SourceId`].
    pub sources: Vec<&'a Source>,
    /// The numbers of the run.
    pub summary: &'a Summary,
    /// The rules of the findings at least; all of them where the format lists them.
    pub rules: &'a [RuleDescription],
    /// Which described responses were seen, where the run is about recorded traffic.
    pub coverage: Option<&'a Coverage>,
}

/// A place as people and machines are told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The name of the file.
    pub file: &'a str,
    /// The path that viewers know it by: a file of a revision has the one that it has in the working tree.
    pub path: &'a str,
    /// Where it starts.
    pub start: Position,
    /// Behind its last character.
    pub end: Position,
}

impl<'a> Report<'a> {
    /// The source with this id.
    pub fn source(&self, id: SourceId) -> Option<&'a Source> {
        self.sources.get(id.index()).copied()
    }

    /// File, lines and columns of a span; the start of a nameless file where its source is not here.
    pub fn locate(&self, span: Span) -> Location<'a> {
        self.source(span.source).map_or(Location::UNKNOWN, |source| {
            let (start, end) = source.ends(span);
            Location { file: source.name(), path: source.path(), start, end }
        })
    }

    /// Where a finding is: its place in a description if it has one, else the entry of the recording that shows it, or its place
    /// in the old description.
    pub fn location(&self, finding: &'a Finding) -> Location<'a> {
        match (&finding.primary, &finding.observation) {
            (Some(place), _) => self.locate(place.span),
            (None, Some(observation)) => Location::of_entry(&observation.first),
            (None, None) => before(finding).map_or(Location::UNKNOWN, |place| self.locate(place.span)),
        }
    }

    /// The findings that people are told of one by one. The table of coverage stands for those about responses that were
    /// never seen, unless somebody made them more than notes.
    fn told(&self) -> impl Iterator<Item = &'a Finding> {
        let has_table = self.coverage.is_some_and(|coverage| !coverage.rows.is_empty());
        let is_note = |finding: &Finding| finding.severity == Severity::Note && finding.rule.as_str() == NEVER_OBSERVED;
        self.findings.iter().filter(move |finding| !(has_table && is_note(finding)))
    }

    /// The places of the rules in the list of rules.
    fn rule_index(&self) -> FxHashMap<&'a RuleId, usize> {
        self.rules.iter().enumerate().map(|(at, rule)| (&rule.id, at)).collect()
    }
}

/// Where a change was in the old description.
fn before(finding: &Finding) -> Option<&Place> {
    finding.change.as_ref()?.old.as_ref()
}

impl<'a> Location<'a> {
    const UNKNOWN: Location<'static> = Location {
        file: "unknown",
        path: "unknown",
        start: Position { line: 1, column: 1 },
        end: Position { line: 1, column: 1 },
    };

    /// Where an entry starts in its recording.
    fn of_entry(entry: &'a Sighting) -> Self {
        let short = |number: u64| u32::try_from(number).unwrap_or(u32::MAX).max(1);
        let start = Position { line: short(entry.line), column: short(entry.column) };
        Location { file: &entry.recording, path: &entry.recording, start, end: start }
    }
}

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Frames for people.
    Text,
    /// One line for each finding, as editors and problem matchers read it.
    Concise,
    /// One JSON document with everything.
    Json,
    /// One JSON object in each line for each finding.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions, shown as annotations.
    Github,
    /// For the comment of a pull request or the summary of a job.
    Markdown,
    /// The Code Quality report of GitLab.
    Gitlab,
    /// Test results as `JUnit` writes them, which most CI servers show.
    Junit,
    /// The XML of Checkstyle.
    Checkstyle,
    /// The Reviewdog Diagnostic Format.
    Rdjson,
    /// One page with everything, to be filtered in a browser.
    Html,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 12] = [
        Format::Text,
        Format::Concise,
        Format::Json,
        Format::Jsonl,
        Format::Sarif,
        Format::Github,
        Format::Markdown,
        Format::Gitlab,
        Format::Junit,
        Format::Checkstyle,
        Format::Rdjson,
        Format::Html,
    ];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Markdown => "markdown",
            Format::Gitlab => "gitlab",
            Format::Junit => "junit",
            Format::Checkstyle => "checkstyle",
            Format::Rdjson => "rdjson",
            Format::Html => "html",
        }
    }

    /// Whether it lists the rules that had nothing to say as well.
    pub fn lists_rules(self) -> bool {
        self == Format::Sarif
    }

    /// Whether it tells of fixes.
    pub fn shows_fixes(self) -> bool {
        matches!(self, Format::Text | Format::Json | Format::Jsonl | Format::Sarif)
    }

    /// The format with this word.
    pub fn from_word(word: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// How to write; only the formats for people ask for any of this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Options {
    /// Show every finding on its own, not those that repeat one cause together.
    pub all: bool,
    /// Colours and line drawing; plain ASCII frames without.
    pub color: bool,
    /// The width of the terminal in columns.
    pub width: usize,
    /// Also say what could not be judged.
    pub verbose: bool,
    /// Clickable links where there would be a URL.
    pub hyperlinks: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { all: false, color: false, width: 100, verbose: false, hyperlinks: false }
    }
}

/// Writes a report.
pub fn write(format: Format, report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, options, out),
        Format::Concise => concise::write(report, out),
        Format::Json => json::write(report, out),
        Format::Jsonl => json::write_lines(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, options, out),
        Format::Markdown => markdown::write(report, options, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Junit => junit::write(report, options, out),
        Format::Checkstyle => checkstyle::write(report, out),
        Format::Rdjson => rdjson::write(report, options, out),
        Format::Html => html::write(report, options, out),
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn words_find_their_format() {
        for format in Format::ALL {
            assert_eq!(Format::from_word(format.word()), Some(format));
        }
        assert_eq!(Format::from_word("xml"), None);
    }
}
